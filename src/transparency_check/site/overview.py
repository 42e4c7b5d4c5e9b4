"""The first page of a site, and those of municipalities and areas."""

from __future__ import annotations

from collections import Counter

from ..messages import text
from ..messages.figures import day, grouped
from ..model import Outcome, Problem
from ..pages.blocks import Block, Cell, Column, Facts, Line, Listing, Notice, Prose, Table, cell
from ..pages.page import Link, Page, Section
from ..reports import wording
from .frame import AREAS, METHOD, OPEN_DATA, OVERVIEW, TOWNS, Frame
from .record import MOST_ON_OVERVIEW, Gathered
from .tables import (
    areas_table,
    coming_sections,
    duties_table,
    findings_table,
    reasons_table,
    score,
    towns_table,
    trend_section,
    violations_sections,
)

_PROBLEMS_SHOWN = 20
_DIGEST = 12


def overview(frame: Frame) -> Page:
    """What the whole record shows."""
    record = frame.record
    everything = record.of()
    several = len(record.towns) > 1
    sections: list[Section] = []
    if trend := trend_section(frame):
        sections.append(trend)
    if several:
        per_town = towns_table(frame, "towns", [(t, everything.outcomes(town=t)) for t in record.towns])
        sections.append(Section("towns-heading", text("site.towns"), (per_town,)))
    sections.append(_areas(frame))
    sections += coming_sections(frame, everything, several, MOST_ON_OVERVIEW)
    sections += violations_sections(frame, everything, several)
    if everything.undetermined:
        # Only why: the findings themselves stand on the pages of municipalities and areas.
        sections[-1] = Section(
            "undetermined-heading",
            text("site.undetermined"),
            (
                Prose.of(
                    [text("site.undetermined.explained", number=grouped(everything.undetermined.total))]
                ),
                reasons_table(everything),
            ),
        )
    sections += _commitments(frame, everything, several)
    sections.append(Section("basis", text("site.basis"), _basis(frame)))
    return Page(
        title=frame.name,
        surroundings=frame.surroundings(OVERVIEW),
        kicker=text("site.as_of", as_of=frame.as_of),
        lead=(
            Line(text("site.overview.lead")),
            Line(text("site.method.link"), frame.href(METHOD), before=text("site.honest")),
        ),
        opening=(*_failures(frame), score(frame, "score", everything.outcomes())),
        sections=tuple(sections),
        contents=True,
    )


def _areas(frame: Frame, town: str | None = None) -> Section:
    return Section("areas-heading", text("site.areas"), (areas_table(frame, "areas", areas_of(frame, town)),))


def areas_of(frame: Frame, town: str | None = None) -> list[tuple[str, Counter[Outcome]]]:
    """The areas in which anything is owed under law, with the numbers of outcomes."""
    found: dict[str, Counter[Outcome]] = {}
    for key, outcomes, *_ in frame.record.scores:
        if key.owed != "law" or key.area is None or key.period is not None:
            continue
        if town in (None, key.municipality):
            found.setdefault(key.area, Counter()).update(outcomes)
    return sorted(found.items(), key=lambda item: (frame.area(item[0]), item[0]))


def _failures(frame: Frame) -> list[Block]:
    """What keeps the record from being whole: records that could not be read, rules that failed."""
    report = frame.record.report
    said = []
    if errors := sum(p.severity == "error" for p in report.problems):
        said.append(Line(text("site.problems.error", n=errors)))
    if report.rule_errors:
        said.append(Line(text("site.rule_errors", rules=", ".join(_failed(frame)))))
    return [Notice(tuple(said), "undetermined")] if said else []


def _failed(frame: Frame) -> list[str]:
    return sorted({e.rule or e.plugin for e in frame.record.report.rule_errors})


def _commitments(frame: Frame, gathered: Gathered, with_town: bool) -> list[Section]:
    """What municipalities have promised beyond the law, apart from it."""
    outcomes = gathered.outcomes("commitment")
    if not outcomes:
        return []
    blocks: list[Block] = [
        Prose.of([text("site.commitments.explained")]),
        score(frame, "commitments-score", outcomes, commitment=True),
    ]
    if gathered.commitments:
        caption = text("site.commitments.caption", number=grouped(gathered.commitments.total))
        blocks.append(findings_table(frame, "commitments", caption, gathered.commitments, with_town))
    return [Section("commitments-heading", text("site.commitments"), tuple(blocks))]


def _basis(frame: Frame) -> tuple[Block, ...]:
    """What the record rests on: moment, law, logs with their digests, coverage, problems."""
    report = frame.record.report
    facts: list[tuple[str, tuple[Line, ...]]] = [
        (text("document.as_of"), (Line(f"{frame.as_of} ({report.zone})"),))
    ]
    if report.known_at != report.as_of:
        facts.append((text("document.known_at"), (Line(day(report.known_at)),)))
    facts.append(
        (
            text("document.pack"),
            tuple(Line(f"{p.id} {p.version}", after=_digest(p.sha256)) for p in report.packs),
        )
    )
    facts.append(
        (
            text("document.input"),
            tuple(
                Line(text("report.input", name=s.name, n=s.events), after=_digest(s.sha256))
                for s in report.sources
            ),
        )
    )
    if read_by := wording.mappings(report):
        digests = (_digest(used.sha256) for used in report.mappings)
        said = tuple(Line(line, after=after) for line, after in zip(read_by, digests, strict=True))
        facts.append((text("document.mapping"), said))
    covered = tuple(map(Line, wording.coverage(report)))
    facts.append((text("site.coverage"), covered or (Line(text("site.coverage.declared")),)))
    if settings := wording.configuration(report):
        facts.append((text("document.configuration"), tuple(map(Line, settings))))
    if report.waivers is not None:
        waived = text("site.waivers", name=report.waivers.name, n=frame.record.of().waived)
        facts.append((text("document.waivers"), (Line(waived),)))
    shown = [f"{name}: {', '.join(values)}" for name, values in _selection(frame) if values]
    if shown:
        facts.append((text("site.selection"), tuple(map(Line, shown))))
    facts.append((text("document.program"), (Line(f"transparency-check {report.tool_version}"),)))
    blocks: list[Block] = [Facts(tuple(facts))]
    if report.problems:
        blocks.append(_problems(frame, report.problems))
    return tuple(blocks)


def _selection(frame: Frame) -> list[tuple[str, tuple[str, ...]]]:
    given = frame.settings.selection
    return [(text(f"site.selection.{name}"), given.get(name, ())) for name in ("select", "ignore")]


def _digest(sha256: str) -> str:
    return f"(SHA-256 {sha256[:_DIGEST]}…)"


def _problems(frame: Frame, problems: tuple[Problem, ...]) -> Table:
    """The first problems of the records, what people wrote left out."""
    ordered = sorted(problems, key=lambda p: p.severity != "error")
    rows: list[tuple[Cell, ...]] = [(cell(p.place), cell(p.message)) for p in ordered[:_PROBLEMS_SHOWN]]
    columns = (Column(text("site.column.place"), "head"), Column(text("site.column.problem"), "wide"))
    more: tuple[Line, ...] = ()
    if len(problems) > len(rows):
        said = text("site.rest.first", number=grouped(len(rows)), total=grouped(len(problems)))
        more = (Line(text("site.rest.link"), frame.href(OPEN_DATA), before=said),)
    return Table("problems", text("site.problems.caption"), columns, tuple(rows), more=more)


def town_page(frame: Frame, town: str) -> Page:
    """What the record shows of one municipality."""
    record = frame.record
    found = record.of(municipality=town)
    sections = coming_sections(frame, found, False)
    if trend := trend_section(frame, town=town):
        sections.append(trend)
    sections.append(_areas(frame, town))
    sections += violations_sections(frame, found, False)
    if under_law := found.by_rule("law"):
        table = duties_table(frame, "duties", text("site.duties.counted"), under_law)
        sections.append(Section("duties-heading", text("site.duties"), (table,)))
    sections += _commitments(frame, found, False)
    sections += _of_others(frame, found)
    return Page(
        title=frame.town(town),
        surroundings=frame.surroundings(TOWNS),
        kicker=text("site.as_of", as_of=frame.as_of),
        opening=(score(frame, "score", found.outcomes()),),
        sections=tuple(sections),
        path=path_to(frame, *_parents(frame), frame.town(town)),
        contents=True,
    )


def _parents(frame: Frame) -> list[tuple[str, str]]:
    return [(TOWNS, text("site.nav.towns"))] if len(frame.record.towns) > 1 else []


def _of_others(frame: Frame, found: Gathered) -> list[Section]:
    """What binds others than the municipality, and counts for nothing."""
    rules = found.by_rule("others")
    if not rules:
        return []
    blocks: tuple[Block, ...] = (
        Prose.of([text("site.others.explained")]),
        duties_table(frame, "others", text("site.others.caption"), rules),
    )
    return [Section("others-heading", text("site.others"), blocks)]


def path_to(frame: Frame, *parts: tuple[str, str] | str) -> tuple[Link, ...]:
    """The way to a page, from the overview; the last part is the page itself."""
    links = [Link(text("site.nav.overview"), frame.href(OVERVIEW))]
    for part in parts:
        if isinstance(part, str):
            links.append(Link(part, "", current=True))
        else:
            links.append(Link(part[1], frame.href(part[0])))
    return tuple(links)


def area_page(frame: Frame, area: str) -> Page:
    """What the record shows of one area of the law, in all municipalities."""
    record = frame.record
    found = record.of(area=area)
    several = len(record.towns) > 1
    sections: list[Section] = []
    if several:
        in_towns = {name for name, _ in found.towns}
        table = towns_table(frame, "towns", [(t, found.outcomes(town=t)) for t in in_towns])
        sections.append(Section("towns-heading", text("site.towns"), (table,)))
    sections += coming_sections(frame, found, several)
    if trend := trend_section(frame, area=area):
        sections.append(trend)
    sections += violations_sections(frame, found, several)
    rules = found.by_rule("law", "commitment", "others")
    table = duties_table(frame, "duties", text("site.duties.counted"), rules)
    sections.append(Section("duties-heading", text("site.duties"), (table,)))
    sections += _commitments(frame, found, several)
    return Page(
        title=frame.area(area),
        surroundings=frame.surroundings(AREAS),
        kicker=text("site.as_of", as_of=frame.as_of),
        opening=(score(frame, "score", found.outcomes()),),
        sections=tuple(sections),
        path=path_to(frame, (AREAS, text("site.nav.areas")), frame.area(area)),
        contents=True,
    )


def towns_page(frame: Frame) -> Page:
    """All municipalities with their scores."""
    everything = frame.record.of()
    table = towns_table(frame, "towns", [(t, everything.outcomes(town=t)) for t in frame.record.towns])
    return Page(
        title=text("site.nav.towns"),
        surroundings=frame.surroundings(TOWNS),
        kicker=text("site.as_of", as_of=frame.as_of),
        lead=(Line(text("site.towns.lead")),),
        opening=(table,),
    )


def areas_page(frame: Frame) -> Page:
    """All areas with their scores; those in which nothing is owed under law are named."""
    under_law = areas_of(frame)
    others = [area for area in frame.record.known_areas if area not in dict(under_law)]
    opening: list[Block] = [areas_table(frame, "areas", under_law)]
    if others:
        opening.append(Prose.of([text("site.areas.others")]))
        items = tuple(Line(frame.area(a), frame.href(frame.area_page(a))) for a in others)
        opening.append(Listing(items))
    return Page(
        title=text("site.nav.areas"),
        surroundings=frame.surroundings(AREAS),
        kicker=text("site.as_of", as_of=frame.as_of),
        lead=(Line(text("site.areas.lead")),),
        opening=tuple(opening),
    )
