"""Cases, and what happened in one: its records in order, what they brought about, what is still to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...engine.case_file import CaseEvent, events_of, linked
from ...messages import text
from ...messages.figures import day, grouped
from ...model import Finding
from ...pages.blocks import Column, Drawable, Line, Prose, Table, cell
from ...pages.page import Link, Section
from ...report import day_in
from ...reports import wording
from ...spreadsheets.titles import title
from ..drawing import ServedPage
from ..frame import CASES, EVENTS, RECORD, SHEET, Served
from ..parts import Actions, Field, FieldGroup, Form, Option, Step, Timeline
from ..vocabulary import shown_value
from .asked import Asked, NotThere
from .notices import notices
from .tables import obligations_table

_ON_PAGE = 60


def cases_page(frame: Served, asked: Asked) -> ServedPage:
    """All cases, those with the newest records first."""
    several = len(frame.record.towns) > 1
    part, town = asked.one("case"), asked.one("municipality")
    total, found = frame.whole.cases(part, town, _ON_PAGE)
    rows = []
    for (place, name), latest in found:
        findings = frame.whole.of_case(place, name)
        open_ = [f for f in findings if f.outcome in ("pending", "undetermined")]
        broken = [f for f in findings if f.violation and f.owed == "law"]
        about = [Line(name, frame.case_page(place, name))]
        if several:
            about.append(Line(frame.town(place), tone="quiet"))
        rows.append((tuple(about), cell(day(latest)), cell(grouped(len(open_))), cell(grouped(len(broken)))))
    columns = (
        Column(text("serve.column.case"), "head"), Column(text("serve.column.latest")),
        Column(text("serve.column.open"), "number"), Column(text("serve.column.broken"), "number"),
    )  # fmt: skip
    caption = text("serve.cases.caption", number=grouped(total))
    blocks: list[Drawable] = [Table("cases", caption, columns, tuple(rows), text("serve.cases.none"))]
    if total > _ON_PAGE:
        said = text("serve.cases.rest", number=grouped(_ON_PAGE), total=grouped(total))
        blocks.append(Prose.of([said]))
    fields = [Field("case", text("serve.filter.case"), value=part, narrow=True)]
    if several:
        towns = sorted((frame.town(t), t) for t in frame.record.towns)
        options = (
            Option("", text("serve.filter.all")),
            *(Option(t, name, t == town) for name, t in towns),
        )
        fields.append(
            Field("municipality", text("serve.filter.municipality"), "choice", options=options, narrow=True)
        )
    search = Form(
        frame.href(CASES), (FieldGroup("", tuple(fields)),), text("serve.filter.show"), compact=True,
        label=text("serve.filter.label"),
    )  # fmt: skip
    return ServedPage(
        title=text("serve.nav.cases"),
        surroundings=frame.surroundings(CASES),
        kicker=text("site.as_of", as_of=frame.as_of),
        opening=(*notices(frame), search),
        sections=(Section("found", text("serve.cases.found"), tuple(blocks)),),
    )


def case_page(frame: Served, asked: Asked) -> ServedPage:
    """One case. Raises ``NotThere``."""
    municipality, case = asked.one("municipality"), asked.one("case")
    part = frame.whole.of(municipality)
    if part is None or not part.knows(municipality, case):
        raise NotThere(text("serve.no.case", name=case))
    prepared = part.answer.judgement.prepared
    with part.asking:
        events = events_of(prepared, municipality, case, frame.rulebook.vocabulary.attributes)
        others = linked(prepared, municipality, case)
    findings = sorted(frame.whole.of_case(municipality, case), key=_order)
    shown = [f for f in findings if f.outcome != "not_applicable"]
    open_ = [f for f in shown if f.outcome in ("pending", "undetermined")]
    actions = []
    if frame.may_record:
        href = frame.href(RECORD, municipality=municipality, case=case)
        actions.append(Line(text("serve.action.record_case"), href))
    sheet = frame.href(SHEET, municipality=municipality, case=case)
    actions.append(Line(text("serve.action.sheet"), sheet))
    steps = [*_steps(frame, events, shown), *_ahead(frame, open_)]
    blocks: list[Drawable] = [Timeline(text("serve.case.timeline"), tuple(steps))]
    if not steps:
        blocks = [Prose.of([text("serve.case.nothing")])]
    sections = [Section("timeline", text("serve.case.timeline"), tuple(blocks))]
    if shown:
        caption = text("serve.obligations.caption", n=len(shown), number=grouped(len(shown)))
        table = obligations_table(frame, "obligations", caption, shown, False)
        sections.append(Section("obligations-heading", text("serve.nav.obligations"), (table,)))
    if others:
        lines = tuple(Line(name, frame.case_page(municipality, name)) for name in others)
        sections.append(Section("linked", text("serve.case.linked"), (Prose(lines),)))
    return ServedPage(
        title=case,
        surroundings=frame.surroundings(CASES),
        kicker=f"{text('serve.case.label')} · {frame.town(municipality)}",
        opening=(*notices(frame), Actions(tuple(actions))),
        sections=tuple(sections),
        path=(Link(text("serve.nav.cases"), frame.href(CASES)), Link(case, "", current=True)),
        contents=True,
    )


def _order(finding: Finding) -> tuple[str, str, str]:
    return (finding.due or "9999", finding.rule, finding.id)


def _steps(frame: Served, events: Iterable[CaseEvent], findings: Iterable[Finding]) -> Iterable[Step]:
    """What was recorded, each with what it set going and what it discharged."""
    begun: dict[str, list[Finding]] = {}
    done: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.trigger is not None:
            begun.setdefault(finding.trigger.event, []).append(finding)
        for evidence in finding.fulfilment:
            done.setdefault(evidence.event, []).append(finding)
    for event in events:
        id_ = event.evidence.event
        lines = list(_values(frame, event.values))
        for finding in {f.id: f for f in done.get(id_, ())}.values():
            code = "serve.case.late" if finding.outcome == "late" else "serve.case.done"
            lines.append(Line(frame.duty(finding.rule), frame.finding_page(finding.id), before=text(code)))
        if number := len(begun.get(id_, ())):
            lines.append(Line(text("serve.case.begun", n=number), tone="quiet"))
        lines.append(Line(event.evidence.place, tone="quiet"))
        href = frame.href(EVENTS, id=id_) if frame.writable else ""
        heading = Line(frame.names.events.get(event.type, event.type), href)
        yield Step(wording.moment(event.evidence.time), heading, tuple(lines))


def _values(frame: Served, values: Mapping[str, Any]) -> Iterable[Line]:
    attributes = frame.rulebook.vocabulary.attributes
    for name, value in values.items():
        attribute = attributes[name]
        if attribute.absent is not None and value == attribute.absent:
            # What absence means was stated by nobody.
            continue
        label = title(attribute.title) if attribute.title else name
        yield Line(f"{label}: {shown_value(attribute, value)}")


def _ahead(frame: Served, findings: Iterable[Finding]) -> Iterable[Step]:
    """What is still open, by when."""
    for finding in findings:
        when = day(finding.act_by) if finding.act_by else text("none.date")
        at = day_in(finding.act_by)
        tone = "ahead" if at is None or at >= frame.today else "passed"
        lines = (Line(wording.sentences(finding, frame.names)[0]),)
        heading = Line(frame.duty(finding.rule), frame.finding_page(finding.id))
        mark = wording.outcome_name(finding.outcome)
        yield Step(when, heading, lines, tone, mark)
