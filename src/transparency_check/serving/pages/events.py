"""The records of a register: the newest, and all of one event with what it brought about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ...messages import text
from ...messages.figures import day, grouped
from ...pages.blocks import Cell, Column, Drawable, Facts, Line, Notice, Prose, Table, cell
from ...pages.page import Link, Section
from ...reserved import COLUMNS
from ...spreadsheets.titles import title
from ..drawing import ServedPage
from ..forms import BACK
from ..frame import EVENTS, LEFT_OUT, RECORD, Served
from ..parts import Actions
from ..vocabulary import attribute_title, capital, shown_value
from .asked import Asked, NotThere
from .notices import notices
from .tables import obligations_table

if TYPE_CHECKING:
    from ...register.chain import Entry
    from ..registered import Registered

_ON_PAGE = 50
_DONE = ("recorded", "known", "corrected", "retracted")


def events_page(frame: Served, asked: Asked, register: Registered) -> ServedPage:
    """The newest records, or those of the event that is asked for. Raises ``NotThere``."""
    if id_ := asked.one("id"):
        return _event_page(frame, asked, register, id_)
    given = asked.one("before")
    before = int(given) if given.isdecimal() and len(given) < 16 else None
    entries, count = register.newest(before, _ON_PAGE)
    rows = tuple(_row(frame, entry) for entry in entries)
    columns = (
        Column(text("serve.column.seq"), "number"), Column(text("serve.column.event"), "head"),
        Column(text("serve.column.case")), Column(text("serve.column.kind")),
        Column(text("serve.column.entered"), "wide"),
    )  # fmt: skip
    caption = text("serve.events.caption", n=count, number=grouped(count))
    blocks: list[Drawable] = [Table("records", caption, columns, rows, text("serve.events.none"))]
    if entries and entries[-1].seq > 1:
        older = frame.href(EVENTS, before=str(entries[-1].seq))
        blocks.append(Prose((Line(text("serve.events.older"), older),)))
    if left := register.left_out():
        there = Line(text("serve.events.left_out", n=len(left)), frame.href(LEFT_OUT))
        blocks.append(Prose((there,)))
    actions = []
    if frame.may_record:
        actions.append(Actions((Line(text("serve.action.record"), frame.href(RECORD)),)))
    return ServedPage(
        title=text("serve.nav.events"),
        surroundings=frame.surroundings(EVENTS),
        lead=(Line(text("serve.events.lead")),),
        opening=tuple(actions),
        sections=(Section("found", text("serve.events.found"), tuple(blocks)),),
    )


def _row(frame: Served, entry: Entry) -> tuple[Cell, ...]:
    values = json.loads(entry.event) if entry.event else {}
    event = frame.rulebook.vocabulary.events.get(str(values.get("type", "")))
    name = title(event.title) if event is not None else str(values.get("type", "-"))
    about: list[Line] = []
    if case := values.get("case"):
        about.append(Line(str(case), frame.case_page(str(values.get("municipality", "")), str(case))))
    about.append(Line(frame.town(str(values.get("municipality", ""))), tone="quiet"))
    when = day(str(values.get("time", ""))[:16].replace("T", " "))
    href = frame.href(EVENTS, id=entry.event_id) if entry.event_id else ""
    return (
        cell(entry.seq),
        (Line(capital(name), href), Line(when, tone="figure")),
        tuple(about),
        cell(text(f"serve.kind.{entry.kind}")),
        _entered(entry),
    )


def _entered(entry: Entry) -> Cell:
    lines = [
        Line(text("serve.entered", by=entry.entered_by, at=day(entry.entered_at[:16].replace("T", " "))))
    ]
    if entry.reason:
        lines.append(Line(text("serve.entered.reason", reason=entry.reason)))
    if entry.origin:
        # The file, without the folders in which it lay.
        lines.append(Line(entry.origin.rpartition("/")[2], tone="quiet"))
    return tuple(lines)


def _event_page(frame: Served, asked: Asked, register: Registered, id_: str) -> ServedPage:
    entries = register.of_event(id_)
    if not entries:
        raise NotThere(text("serve.no.event", id=id_))
    newest = entries[-1]
    values = json.loads(newest.event)
    type_ = str(values.get("type", ""))
    event = frame.rulebook.vocabulary.events.get(type_)
    name = capital(title(event.title) if event is not None else type_)
    withdrawn = newest.kind == "retraction"
    opening: list[Drawable] = [*_done(frame, asked, newest)]
    opening += notices(frame)
    if withdrawn:
        opening.append(Notice((Line(text("serve.event.withdrawn")),), "undetermined"))
    opening += _actions(frame, values, id_, withdrawn, event is not None)
    sections = [Section("says", text("serve.event.says"), (_facts(frame, values),))]
    if not withdrawn:
        sections.append(_touched(frame, id_, str(values.get("municipality", ""))))
    rows = tuple(
        (cell(e.seq), cell(text(f"serve.kind.{e.kind}")), _entered(e), cell(e.hash)) for e in entries
    )
    columns = (
        Column(text("serve.column.seq"), "number"), Column(text("serve.column.kind"), "head"),
        Column(text("serve.column.entered"), "wide"), Column(text("serve.column.hash")),
    )  # fmt: skip
    history = Table("history-table", text("serve.event.history"), columns, rows, caption_hidden=True)
    sections.append(Section("history", text("serve.event.history"), (history,)))
    return ServedPage(
        title=name,
        surroundings=frame.surroundings(EVENTS),
        kicker=id_,
        opening=tuple(opening),
        sections=tuple(sections),
        path=(Link(text("serve.nav.events"), frame.href(EVENTS)), Link(id_, "", current=True)),
    )


def _done(frame: Served, asked: Asked, newest: Entry) -> list[Drawable]:
    """What was just done, and the obligation for which it was done."""
    done = asked.one("done")
    if done not in _DONE:
        return []
    lines = [Line(text(f"serve.done.{done}", seq=newest.seq))]
    finding = frame.whole.finding(asked.one(BACK))
    assert frame.seen is not None
    if finding is not None and not frame.seen.behind:
        lines.append(
            Line(
                frame.duty(finding.rule),
                frame.finding_page(finding.id),
                before=text("serve.done.back"),
                after=f"({text(f'outcome.{finding.outcome}')})",
            )
        )
    return [Notice(tuple(lines), "fulfilled")]


def _actions(frame: Served, values: dict[str, Any], id_: str, withdrawn: bool, known: bool) -> list[Drawable]:
    links = []
    if case := values.get("case"):
        href = frame.case_page(str(values.get("municipality", "")), str(case))
        links.append(Line(text("serve.event.case"), href))
    if frame.may_record and known:
        links.append(Line(text("serve.correct"), frame.href(f"{EVENTS}/correct", id=id_)))
        if not withdrawn:
            links.append(Line(text("serve.retract"), frame.href(f"{EVENTS}/retract", id=id_)))
    return [Actions(tuple(links))] if links else []


def _facts(frame: Served, values: dict[str, Any]) -> Facts:
    vocabulary = frame.rulebook.vocabulary
    found: list[tuple[str, tuple[Line, ...]]] = []
    for name, value in values.items():
        if name in ("type", "retracted", "recorded_at"):
            continue
        if name in vocabulary.attributes:
            shown = shown_value(vocabulary.attributes[name], value)
            found.append((attribute_title(vocabulary, name), (Line(shown),)))
        elif name in COLUMNS:
            found.append((capital(title(COLUMNS[name])), (_reserved(frame, name, value),)))
        else:
            found.append((name, (Line(str(value)),)))
    order = [capital(title(COLUMNS[name])) for name in COLUMNS]
    found.sort(key=lambda fact: order.index(fact[0]) if fact[0] in order else len(order))
    return Facts(tuple(found))


def _reserved(frame: Served, name: str, value: Any) -> Line:
    if name == "municipality":
        return Line(frame.town(str(value)))
    if name == "time":
        return Line(day(str(value).replace("T", " ")))
    if name == "source" and str(value).startswith(("https://", "http://")):
        return Line(str(value), str(value))
    return Line("; ".join(map(str, value)) if isinstance(value, list) else str(value))


def _touched(frame: Served, id_: str, municipality: str) -> Section:
    """The obligations that rest on the event."""
    assert frame.seen is not None
    findings = frame.whole.touching(id_, municipality)
    if frame.seen.behind:
        said = Prose.of([text("serve.event.not_yet")])
        return Section("touched", text("serve.event.touched"), (said,))
    caption = text("serve.obligations.caption", n=len(findings), number=grouped(len(findings)))
    several = len(frame.record.towns) > 1
    table = obligations_table(frame, "touched-table", caption, findings, several, text("serve.event.nothing"))
    return Section("touched", text("serve.event.touched"), (table,))
