"""The events by which findings moved, without the folders of the files that they stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Report
from .places import Shortening, shortening

if TYPE_CHECKING:
    from ..changes import Bearing, Recorded
    from ..comparing import Move

_Events = Callable[["Move"], "tuple[Bearing, ...]"]


def redacted_events(events: _Events, before: Report, after: Report) -> _Events:
    """What gives the same events with short places. The reports are those before anything was left out."""
    first, second = shortening(before), shortening(after)

    def given(move: Move) -> tuple[Bearing, ...]:
        return tuple(
            replace(
                item,
                change=item.change._replace(
                    before=_short(item.change.before, first), after=_short(item.change.after, second)
                ),
            )
            for item in events(move)
        )

    return given


def _short(event: Recorded | None, short: Shortening) -> Recorded | None:
    if event is None:
        return None
    return event._replace(evidence=replace(event.evidence, place=short(event.evidence.place)))
