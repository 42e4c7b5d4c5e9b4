"""The rows that imports left out: what stands there, and how each is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UsageError
from ...messages import text
from ...messages.figures import grouped
from ...pages.blocks import Cell, Column, Drawable, Line, Notice, Table, cell
from ...pages.page import Link, Section
from ...spreadsheets.titles import title
from ..drawing import ServedPage
from ..forms import REASON, SETTLES
from ..frame import EVENTS, LEFT_OUT, RECORD, Served
from ..left_rows import RowReading, content_of, place_of, row_of, said_of, settling
from ..parts import Faults, FieldGroup, Form
from ..vocabulary import capital
from .asked import Asked, Elsewhere
from .record import PATIENCE, reason_field, reason_line

if TYPE_CHECKING:
    from ...register.store import LeftOut
    from ..registered import Registered

_MOST = 100


def left_out_page(frame: Served, asked: Asked, register: Registered) -> ServedPage:
    """All that nobody has settled, with what was wrong with each."""
    left = register.left_out()
    reading = RowReading(frame.rulebook)
    rows = tuple(_row(frame, row, reading) for row in left[:_MOST])
    columns = (
        Column(text("serve.column.seq"), "number"), Column(text("site.column.place"), "head"),
        Column(text("serve.left_out.column.says"), "wide"), Column(text("site.column.problem"), "wide"),
    )  # fmt: skip
    caption = text("serve.left_out.caption", n=len(left), number=grouped(len(left)))
    more: tuple[Line, ...] = ()
    if len(left) > _MOST:
        said = text("serve.import.more", number=grouped(_MOST), total=grouped(len(left)))
        more = (Line(said),)
    table = Table("left-out", caption, columns, rows, text("serve.left_out.none"), more)
    opening: list[Drawable] = []
    if (seq := asked.one("done")).isdecimal() and len(seq) < 16:
        opening.append(Notice((Line(text("serve.left_out.done", seq=seq)),), "fulfilled"))
    return ServedPage(
        title=text("serve.left_out"),
        surroundings=frame.surroundings(EVENTS),
        lead=(Line(text("serve.left_out.lead")),),
        opening=tuple(opening),
        sections=(Section("found", text("serve.left_out.found"), (table,)),),
        path=(*_way(frame)[:1], Link(text("serve.left_out"), "", current=True)),
    )


def _way(frame: Served) -> tuple[Link, ...]:
    return (
        Link(text("serve.nav.events"), frame.href(EVENTS)),
        Link(text("serve.left_out"), frame.href(LEFT_OUT)),
    )


def _row(frame: Served, row: LeftOut, reading: RowReading) -> tuple[Cell, ...]:
    place = place_of(row)
    type_ = reading.type(row)
    said = [Line(line) for line in content_of(row)]
    if type_:
        event = frame.rulebook.vocabulary.events[type_]
        said.insert(0, Line(capital(title(event.title)), tone="strong"))
    head = [Line(place)]
    if frame.may_record:
        number = str(row.n)
        there = f"{RECORD}/{type_}" if type_ else RECORD
        head.append(Line(text("serve.left_out.record", n=row.n), frame.href(there, **{SETTLES: number})))
        head.append(Line(text("serve.left_out.none_of", n=row.n), frame.href(f"{LEFT_OUT}/none", n=number)))
    return (cell(row.n), tuple(head), tuple(said), cell(row.message.replace(row.place, place)))


def none_page(frame: Served, asked: Asked, register: Registered) -> ServedPage:
    """The form by which a row is settled that is no event. Raises ``NotThere``."""
    return _none_page(frame, row_of(register, asked.one("n")), "")


def _none_page(frame: Served, row: LeftOut, reason: str, problem: str = "", message: str = "") -> ServedPage:
    field = reason_field(reason, problem)
    opening: list[Drawable] = []
    if problem or message:
        line = reason_line(field) if problem else Line(message)
        opening.append(Faults(text("serve.record.refused"), (line,)))
    opening.append(said_of(row))
    opening.append(
        Form(
            frame.href(f"{LEFT_OUT}/none"),
            (FieldGroup("", (field,)),),
            text("serve.left_out.settle"),
            post=True,
            hidden=(("n", str(row.n)),),
            away=(Line(text("serve.correct.back"), frame.href(LEFT_OUT)),),
        )
    )
    return ServedPage(
        title=text("serve.left_out.none.title", n=row.n),
        surroundings=frame.surroundings(EVENTS),
        lead=(Line(text("serve.left_out.none.lead")),),
        opening=tuple(opening),
        path=(*_way(frame), Link(text("serve.left_out.none.here"), "", current=True)),
        status=422 if problem or message else 200,
    )


def settled(frame: Served, asked: Asked, register: Registered, settle: Any) -> ServedPage:
    """Settle a row without an event. Raises ``Elsewhere`` where that is done, and ``NotThere``."""
    assert frame.person is not None and frame.now is not None
    row, reason = row_of(register, asked.one("n")), asked.one(REASON)
    if not reason:
        return _none_page(frame, row, "", text("serve.reason.needed"))
    recording = settling(register.recording(frame.rulebook, frame.person.name, frame.now, reason, True), row)
    try:
        with recording.lock:
            done = recording.recorder.settlement()
    except UsageError as error:
        return _none_page(frame, row, reason, "", str(error))
    settle(PATIENCE)
    raise Elsewhere(frame.href(LEFT_OUT, done=str(done.entry.seq)))
