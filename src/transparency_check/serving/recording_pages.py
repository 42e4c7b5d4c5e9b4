"""The addresses that need a register: recording, correcting, withdrawing, importing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from .application import Address, Office, Shown
from .frame import Served
from .pages.asked import Asked
from .pages.events import events_page
from .pages.importing import done_page, import_page, look, look_page, take
from .pages.left_out import left_out_page, none_page, settled
from .pages.record import (
    choice_page,
    corrected,
    correction_page,
    form_page,
    recorded,
    retracted,
    retraction_page,
)

if TYPE_CHECKING:
    from .registered import Registered
    from .uploads import Uploads


def recording_addresses(office: Office, register: Registered, uploads: Uploads) -> tuple[Address, ...]:
    """What a register that is served adds; one that is only read has its records shown."""
    settle = office.state.settle
    shown = tuple(
        Address(path, partial(_given, make, {"register": register}))
        for path, make in (("/events", events_page), ("/events/left-out", left_out_page))
    )
    if not register.writable:
        return shown
    one: dict[str, Any] = {"register": register}
    writing = {**one, "settle": settle}

    def address(path: str, make: Callable[..., Shown], method: str = "GET", **given: Any) -> Address:
        made = partial(_given, make, given)
        if method == "POST":
            made = partial(_noted, office, path, made)
        return Address(path, made, "recorder", method)

    return (
        *shown,
        address("/record", choice_page, **one),
        address("/record/{type_}", form_page, **one),
        address("/record/{type_}", recorded, "POST", **writing),
        address("/events/correct", correction_page, **one),
        address("/events/correct", corrected, "POST", **writing),
        address("/events/retract", retraction_page, **one),
        address("/events/retract", retracted, "POST", **writing),
        address("/events/left-out/none", none_page, **one),
        address("/events/left-out/none", settled, "POST", **writing),
        address("/import", import_page),
        address("/import", look, "POST", register=register, uploads=uploads),
        address("/import/look", look_page, register=register, uploads=uploads),
        address("/import/done", done_page),
        address("/import/take", take, "POST", uploads=uploads, **writing),
    )


def _given(
    make: Callable[..., Shown], given: dict[str, Any], frame: Served, asked: Asked, **parts: str
) -> Shown:
    return make(frame, asked, **parts, **given)


def _noted(
    office: Office, path: str, make: Callable[..., Shown], frame: Served, asked: Asked, **parts: str
) -> Shown:
    """What changes something is noted, whether it was done or not."""
    assert frame.person is not None
    before = office.state.source.head()
    try:
        return make(frame, asked, **parts)
    finally:
        after = office.state.source.head()
        office.audit.note(
            "sent", frame.person.name, frame.client, path=path, before=before, after=after, **parts
        )
