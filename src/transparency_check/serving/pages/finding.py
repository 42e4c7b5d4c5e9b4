"""One finding with its proof: the outcome, the law, the count of days, the records that were considered."""

from __future__ import annotations

from ...calendars import Derivation
from ...explanation import Candidate, Explanation, ReadingProof
from ...messages import text
from ...model import Evidence, Finding
from ...pages.blocks import Column, Drawable, Facts, Line, Notice, Prose, Quote, Table, cell
from ...pages.page import Link, Section
from ...reports import wording
from ...reports.proof import (
    DAY_COLUMNS,
    RECORD_COLUMNS,
    candidate_reason,
    considered,
    counting_rule,
    day_rows,
    facts,
    reading_lines,
    steps,
)
from ..drawing import ServedPage
from ..forms import BACK
from ..frame import EVENTS, OBLIGATIONS, RECORD, SHEET, Served
from ..parts import Actions
from .accepting import acceptable, accepting_form
from .asked import Asked, NotThere
from .notices import notices

# Facts that the top of the page says already, or a link.
_ABOVE = (
    "explain.outcome",
    "explain.because",
    "explain.duty",
    "explain.link",
    "explain.municipality",
    "explain.case",
)


def finding_page(frame: Served, asked: Asked, id_: str) -> ServedPage:
    """The page of a finding. Raises ``NotThere``."""
    finding = frame.whole.finding(id_.casefold())
    if finding is None:
        raise NotThere(text("serve.no.finding", id=id_, as_of=frame.as_of))
    proof = frame.snapshot.explain(finding)
    said = wording.sentences(finding, frame.names)
    tone = finding.outcome
    lines = [Line(wording.outcome_name(finding.outcome).capitalize(), tone=tone), *map(Line, said)]
    if (advice := frame.names.advice.get(finding.rule)) and finding.outcome not in (
        "fulfilled",
        "not_applicable",
    ):
        lines.append(Line(text("advice", text=advice)))
    opening: list[Drawable] = [*notices(frame), Notice(tuple(lines), tone)]
    opening += _actions(frame, finding)
    if acceptable(frame, finding):
        opening.append(accepting_form(frame, [finding], {}, {}, folded=True))
    sections = [_about(frame, finding, proof), _law(frame, finding)]
    if proof.readings:
        sections.append(_count(proof))
    sections.append(_records(frame, proof))
    return ServedPage(
        title=frame.duty(finding.rule),
        surroundings=frame.surroundings(OBLIGATIONS),
        kicker=f"{finding.rule} · #{finding.id}",
        lead=tuple(_lead(frame, finding)),
        opening=tuple(opening),
        sections=tuple(sections),
        path=(
            Link(text("serve.nav.obligations"), frame.href(OBLIGATIONS)),
            Link(f"#{finding.id[:8]}", "", current=True),
        ),
        contents=True,
    )


def _lead(frame: Served, finding: Finding) -> list[Line]:
    lines = [Line(frame.town(finding.municipality))]
    if finding.case:
        href = frame.case_page(finding.municipality, finding.case)
        lines.append(Line(finding.case, href, before=text("serve.case.label")))
    if finding.period:
        lines.append(Line(finding.period))
    return lines


def _actions(frame: Served, finding: Finding) -> list[Drawable]:
    """What can be done about it from here: record what it asks for."""
    links = []
    if frame.may_record and finding.outcome in ("pending", "violated", "undetermined"):
        duty = frame.rulebook.duty(finding.rule)
        for event in _asked_for(duty) if duty is not None else ():
            title = frame.names.events.get(event, event)
            given = {"municipality": finding.municipality, "case": finding.case, BACK: finding.id}
            href = frame.href(f"{RECORD}/{event}", **given)
            links.append(Line(text("serve.action.record_this", event=title), href))
    if finding.case:
        sheet = frame.href(SHEET, municipality=finding.municipality, case=finding.case)
        links.append(Line(text("serve.action.sheet"), sheet))
    return [Actions(tuple(links))] if links else []


def _asked_for(duty: object) -> list[str]:
    """The event types that would discharge a duty."""
    requires = getattr(duty, "requires", None)
    if requires is None:
        return []
    return list(dict.fromkeys(s.event for member in requires.members for s in member))[:3]


def _about(frame: Served, finding: Finding, proof: Explanation) -> Section:
    above = {text(code) for code in _ABOVE}
    shown: list[tuple[str, tuple[Line, ...]]] = [
        (label, (Line(value),)) for label, value in facts(proof, frame.names) if label not in above
    ]
    return Section("about", text("serve.finding.facts"), (Facts(tuple(shown)),))


def _law(frame: Served, finding: Finding) -> Section:
    """What the law says, where the pack quotes it, and where it stands."""
    duty = frame.rulebook.duty(finding.rule)
    blocks: list[Drawable] = []
    provision = frame.names.law(finding.instrument, finding.provision)
    if duty is not None and duty.legal_basis.quote:
        blocks.append(Quote(duty.legal_basis.quote, provision))
    else:
        blocks.append(Prose.of([provision]))
    lines = [Line(text("serve.finding.duty"), frame.href(frame.duty_page(finding.rule)))]
    if finding.url:
        lines.append(Line(finding.url, finding.url))
    blocks.append(Prose(tuple(lines)))
    return Section("law", text("page.law"), tuple(blocks))


def _count(proof: Explanation) -> Section:
    blocks: list[Drawable] = []
    for n, reading in enumerate(proof.readings, start=1):
        blocks += _reading(reading, n)
    return Section("count", text("explain.readings"), tuple(blocks))


def _reading(reading: ReadingProof, n: int) -> list[Drawable]:
    title, *lines = reading_lines(reading)
    derivation: Derivation | None = reading.derivation
    shown = [Line(title, tone="strong"), *map(Line, lines)]
    if derivation is None:
        return [Prose(tuple(shown))]
    shown.append(Line(counting_rule(derivation)))
    made: list[Drawable] = [Prose(tuple(shown))]
    rows = day_rows(derivation.days, derivation.period.unit == "working-day")
    if rows:
        kinds = ("head", "text", "number", "wide")
        columns = tuple(Column(text(code), kind) for code, kind in zip(DAY_COLUMNS, kinds, strict=True))  # type: ignore[arg-type]
        cells = tuple(tuple(cell(value) for value in row) for row in rows)
        made.append(Table(f"days-{n}", title, columns, cells, caption_hidden=True))
    if ends := steps(derivation):
        made.append(Prose.of(ends))
    return made


def _records(frame: Served, proof: Explanation) -> Section:
    records = considered(proof)
    if not records:
        return Section("records", text("explain.candidates"), (Prose.of([text("explain.no_candidates")]),))
    columns = tuple(
        Column(text(code), kind)  # type: ignore[arg-type]
        for code, kind in zip(RECORD_COLUMNS, ("head", "text", "wide"), strict=True)
    )
    rows = tuple((event_cell(frame, c.evidence), (_verdict(c),), cell(candidate_reason(c))) for c in records)
    table = Table("records-table", text("explain.candidates"), columns, rows, caption_hidden=True)
    return Section("records", text("explain.candidates"), (table,))


def _verdict(candidate: Candidate) -> Line:
    tones = {"used": "fulfilled", "rejected": "not_applicable", "doubtful": "undetermined"}
    return Line(text(f"verdict.{candidate.verdict}"), tone=tones[candidate.verdict])  # type: ignore[arg-type]


def event_cell(frame: Served, evidence: Evidence) -> tuple[Line, ...]:
    """An event by its title and time, its place below; it leads to its history in a register."""
    title = frame.names.events.get(evidence.type, evidence.type)
    href = frame.href(EVENTS, id=evidence.event) if frame.writable else ""
    return (
        Line(title, href),
        Line(wording.moment(evidence.time), tone="figure"),
        Line(evidence.place, tone="quiet"),
    )
