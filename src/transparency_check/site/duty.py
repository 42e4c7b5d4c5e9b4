"""The page of a duty: what the record shows of it, then all that its file says, law first."""

from __future__ import annotations

from dataclasses import replace

from ..messages import text
from ..messages.figures import grouped
from ..packs.model import Duty
from ..pages.blocks import Block, Column, Facts, Line, Listing, Prose, Quote, Table, cell
from ..pages.page import Page, Section
from ..reports.duty_page import Fact
from ..reports.duty_page import sections as sections_of
from .frame import DUTIES, Frame
from .overview import path_to
from .tables import duties_table, findings_table, numbers_cells, numbers_columns, rate, violations_sections


def duties_page(frame: Frame) -> Page:
    """All duties that have findings, by area."""
    rulebook = frame.rulebook
    area_of = {duty.id: duty.area for duty in rulebook.duties}
    everything = frame.record.of().by_rule("law", "commitment", "others")
    sections: list[Section] = []
    for area in sorted(frame.record.known_areas, key=lambda a: (frame.area(a), a)):
        rules = {r: n for r, n in everything.items() if area_of.get(r, frame.record.areas[r]) == area}
        if rules:
            table = duties_table(frame, f"duties-{len(sections) + 1}", frame.area(area), rules)
            # The heading above says the same.
            table = replace(table, caption_hidden=True)
            sections.append(Section(f"area-{len(sections) + 1}", frame.area(area), (table,)))
    return Page(
        title=text("site.nav.duties"),
        surroundings=frame.surroundings(DUTIES),
        kicker=text("site.as_of", as_of=frame.as_of),
        lead=(Line(text("site.duties.lead")),),
        sections=tuple(sections),
        contents=len(sections) > 1,
    )


def duty_page(frame: Frame, rule: str) -> Page:
    """One duty."""
    record = frame.record
    found = record.of(rule=rule)
    several = len(record.towns) > 1
    duty = frame.rulebook.duty(rule)
    area = duty.area if duty else record.areas[rule]
    sections = [_shown(frame, rule)]
    owed_by_law = found.by_rule("law")
    if owed_by_law:
        sections += violations_sections(frame, found, several, with_duty=False)
    if found.commitments:
        caption = text("site.commitments.caption", number=grouped(found.commitments.total))
        table = findings_table(frame, "commitments", caption, found.commitments, several, with_duty=False)
        sections.append(Section("commitments-heading", text("site.commitments"), (table,)))
    if duty is None:
        own = Prose.of([text("site.duty.own"), text("law.own")])
        sections.insert(0, Section("law", text("page.law"), (own,)))
    else:
        law, *rest = _of_file(frame, duty)
        sections = [law, *sections, *rest]
    return Page(
        title=frame.duty(rule),
        surroundings=frame.surroundings(DUTIES),
        kicker=rule,
        lead=(Line(frame.area(area), frame.href(frame.area_page(area)), before=text("site.duty.area")),),
        sections=tuple(sections),
        path=path_to(frame, (DUTIES, text("site.nav.duties")), rule),
        contents=True,
    )


def _shown(frame: Frame, rule: str) -> Section:
    """The numbers of the duty, by municipality."""
    record = frame.record
    found = record.of(rule=rule)
    rows = []
    if found.by_rule("law"):
        for town in sorted({name for name, _ in found.towns}, key=lambda t: (frame.town(t), t)):
            outcomes = found.outcomes(town=town)
            rows.append(
                (
                    cell(frame.town(town), frame.href(frame.town_page(town))),
                    cell(rate(outcomes), tone="figure"),
                    *numbers_cells(outcomes),
                )
            )
    else:
        outcomes = found.outcomes("commitment") + found.outcomes("others")
        rows.append((cell(text("site.all")), cell(rate(outcomes), tone="figure"), *numbers_cells(outcomes)))
    columns = (
        Column(text("column.municipality"), "head"), Column(text("score.column.rate")), *numbers_columns(),
    )  # fmt: skip
    table = Table("numbers", text("site.duty.numbers"), columns, tuple(rows))
    return Section("numbers-heading", text("site.duty.record"), (table,))


def _of_file(frame: Frame, duty: Duty) -> list[Section]:
    """The sections of the duty's page as ``rules show`` has them, what it rests on first."""
    quote, law = text("rules.quote"), text("page.law")
    made = []
    for number, section in enumerate(sections_of(duty, frame.rulebook), start=1):
        blocks: list[Block] = []
        facts: list[tuple[str, tuple[Line, ...]]] = []
        examples: list[Line] = []
        for fact in section.facts:
            if fact.exact:
                # The timeline, which is drawn with letters: its years stand in the versions.
                continue
            if fact.label == quote and section.title == law:
                blocks.insert(0, Quote("\n".join(fact.lines), duty.legal_basis.provision or ""))
            elif fact.label == text("rules.law") and duty.legal_basis.quote:
                # It stands below the quotation.
                continue
            elif section.title == text("page.examples"):
                examples += map(Line, fact.lines)
            else:
                facts.append((fact.label, _lines(fact)))
        if facts:
            blocks.insert(len([b for b in blocks if isinstance(b, Quote)]), Facts(tuple(facts)))
        if examples:
            blocks.append(Listing(tuple(examples)))
        made.append((section.title != law, Section(f"part-{number}", section.title, tuple(blocks))))
    return [section for _, section in sorted(made, key=lambda pair: pair[0])]


def _lines(fact: Fact) -> tuple[Line, ...]:
    """The lines of a fact; an address on the web is a link."""
    return tuple(
        Line(line, line) if line.startswith(("http://", "https://")) else Line(line) for line in fact.lines
    )
