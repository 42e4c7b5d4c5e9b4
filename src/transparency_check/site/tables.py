"""Tables and figures of the site: findings as rows, numbers as scores and trends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..messages import text
from ..messages.figures import day, grouped
from ..model import Finding, Outcome
from ..pages.blocks import Block, Cell, Chart, Column, Line, Score, Table, cell
from ..pages.charts import Period, bar, trend
from ..pages.page import Section
from ..report import still_owed
from ..reports import wording
from ..reports.outline import time_left
from ..scoring.score import JUDGED
from .frame import OPEN_DATA, Frame
from .record import MOST, Gathered, Newest, bounds

# How many periods a chart shows, the last ones.
PERIODS = 12
_SHOWN: tuple[Outcome, ...] = (*JUDGED, "pending")


# A period with the numbers of its outcomes.
Trended = tuple[str, Counter[Outcome]]


def share(value: float) -> str:
    """A share as people read it, never broken before its sign: ``42.3 %``."""
    return text("percent", n=100 * value).replace(" ", "\N{NO-BREAK SPACE}")


def rate(outcomes: Mapping[Outcome, int]) -> str:
    """Both bounds, or one where they are the same."""
    if (found := bounds(outcomes)) is None:
        return text("score.none")
    low, high = map(share, found)
    return low if low == high else text("score.range", low=low, high=high)


def score(frame: Frame, id_: str, outcomes: Mapping[Outcome, int], commitment: bool = False) -> Score:
    """How much was kept, in a figure, in words and as a bar."""
    numbers = {outcome: outcomes.get(outcome, 0) for outcome in JUDGED}
    found = bounds(outcomes)
    said = []
    if found is None:
        said.append(text("site.score.nothing"))
    else:
        said.append(
            text("site.score.numbers", judged=grouped(sum(numbers.values())))
            if commitment
            else text("site.score.numbers.law", judged=grouped(sum(numbers.values())))
        )
        low, high = map(share, found)
        said.append(
            text("site.score.same", low=low) if low == high else text("site.score.bounds", low=low, high=high)
        )
    drawn = bar(
        f"{id_}-bar",
        text("site.score.bar"),
        [(o, wording.outcome_name(o), numbers[o], grouped(numbers[o])) for o in JUDGED],
    )
    label = text("site.score.commitments") if commitment else text("site.score.law")
    return Score(label, rate(outcomes), tuple(map(Line, said)), drawn)


def trend_section(frame: Frame, town: str | None = None, area: str | None = None) -> Section | None:
    """How the score went from period to period; None where there is but one."""
    periods = judged(frame.record.trend(town, area))
    if len(periods) < 2:
        return None
    left_out, periods = len(periods) > PERIODS, periods[-PERIODS:]
    per = frame.record.per
    title = text(f"site.trend.{per}")
    drawn = trend(
        "trend",
        title,
        text(
            "site.trend.description",
            first=periods[0][0],
            first_rate=rate(periods[0][1]),
            last=periods[-1][0],
            last_rate=rate(periods[-1][1]),
        ),
        [Period(_labels(name, n), bounds(outcomes)) for n, (name, outcomes) in enumerate(periods)],
    )
    rows = tuple(
        (
            cell(name),
            cell(rate(outcomes), tone="figure"),
            *(cell(grouped(outcomes.get(o, 0))) for o in JUDGED),
        )
        for name, outcomes in reversed(periods)
    )
    table = Table(
        "trend-figures",
        title,
        (
            Column(text(f"score.column.{per}"), "head"),
            Column(text("score.column.rate")),
            *(Column(wording.outcome_name(o), "number") for o in JUDGED),
        ),
        rows,
        more=(_rest(frame, text("site.trend.rest", n=PERIODS)),) if left_out else (),
    )
    return Section("trend-heading", text("site.trend"), (Chart(drawn, table),))


def judged(periods: list[Trended]) -> list[Trended]:
    """From the first period in which anything was judged to the last one."""
    places = [n for n, (_, outcomes) in enumerate(periods) if bounds(outcomes)]
    return periods[places[0] : places[-1] + 1] if places else []


def _labels(period: str, place: int) -> tuple[str, ...]:
    """A period below its column: the part of the year, and the year below the first part that is shown."""
    year, _, part = period.partition("-")
    if not part:
        return (year,)
    return (part, year) if place == 0 or part in ("Q1", "01") else (part,)


def _rest(frame: Frame, said: str) -> Line:
    """Where all of it is."""
    return Line(text("site.rest.link"), frame.href(OPEN_DATA), before=said)


def numbers_columns() -> tuple[Column, ...]:
    """The columns of the outcomes."""
    return tuple(Column(wording.outcome_name(o), "number") for o in _SHOWN)


def numbers_cells(outcomes: Mapping[Outcome, int]) -> tuple[Cell, ...]:
    """The numbers of the outcomes."""
    return tuple(cell(grouped(outcomes.get(o, 0))) for o in _SHOWN)


def towns_table(frame: Frame, id_: str, towns: Iterable[tuple[str, Mapping[Outcome, int]]]) -> Table:
    """Municipalities with their scores under law."""
    rows = tuple(
        (
            cell(frame.town(town), frame.href(frame.town_page(town))),
            cell(rate(outcomes), tone="figure"),
            *numbers_cells(outcomes),
        )
        for town, outcomes in sorted(towns, key=lambda pair: (frame.town(pair[0]), pair[0]))
    )
    columns = (
        Column(text("column.municipality"), "head"), Column(text("score.column.rate")), *numbers_columns(),
    )  # fmt: skip
    return Table(id_, text("site.towns.caption"), columns, rows)


def areas_table(
    frame: Frame, id_: str, areas: Iterable[tuple[str, Mapping[Outcome, int]]], caption: str = ""
) -> Table:
    """Areas of the law with their scores."""
    rows = tuple(
        (
            cell(frame.area(area), frame.href(frame.area_page(area))),
            cell(rate(outcomes), tone="figure"),
            *numbers_cells(outcomes),
        )
        for area, outcomes in areas
    )
    columns = (
        Column(text("score.column.area"), "head"),
        Column(text("score.column.rate")),
        *numbers_columns(),
    )
    return Table(id_, caption or text("site.areas.caption"), columns, rows)


def duties_table(frame: Frame, id_: str, caption: str, rules: Mapping[str, Counter[Outcome]]) -> Table:
    """Duties with the numbers of their outcomes."""
    rows = tuple((duty_cell(frame, rule), *numbers_cells(outcomes)) for rule, outcomes in rules.items())
    return Table(id_, caption, (Column(text("column.duty"), "head"), *numbers_columns()), rows)


def duty_cell(frame: Frame, rule: str, finding: Finding | None = None, named: bool = True) -> Cell:
    """A duty by its title and id, with the marks of a finding; links find it where it is ``named``."""
    id_ = f"f-{finding.id}" if finding and named else ""
    lines = [
        Line(frame.duty(rule), frame.href(frame.duty_page(rule)), id=id_),
        Line(rule, tone="quiet"),
    ]
    if finding is not None:
        lines += [Line(mark, tone="quiet") for mark in wording.marks(finding)]
    return tuple(lines)


def findings_table(
    frame: Frame,
    id_: str,
    caption: str,
    findings: Newest,
    with_town: bool,
    empty: str = "",
    with_duty: bool = True,
) -> Table:
    """Findings with what happened, by which article, and what can still be done."""
    shown = list(findings)
    columns = [Column(text("column.duty"), "head")] if with_duty else []
    columns += [
        Column(text("column.finding"), "text" if with_duty else "head"),
        Column(text("column.due")),
        Column(text("column.what"), "wide"),
    ]
    rows = []
    for finding in shown:
        due = [Line(wording.due_text(finding.due), tone="figure")] if finding.due else []
        if finding.provisional:
            due.append(Line(text("provisional"), tone="quiet"))
        due.append(Line(wording.outcome_name(finding.outcome), tone=finding.outcome))
        if finding.waiver is not None:
            due.append(Line(text("xlsx.known.waived"), tone="quiet"))
        about = frame.about(finding, with_town)
        if not with_duty:
            about = (Line(about[0].text, about[0].href, id=f"f-{finding.id}"), *about[1:])
        rows.append(
            (
                *((duty_cell(frame, finding.rule, finding),) if with_duty else ()),
                about,
                tuple(due),
                _story(frame, finding),
            )
        )
    more: tuple[Line, ...] = ()
    if findings.total > len(shown):
        more = (_rest(frame, text("site.rest", number=grouped(len(shown)), total=grouped(findings.total))),)
    return Table(id_, caption, tuple(columns), tuple(rows), empty, more)


def _story(frame: Frame, finding: Finding) -> Cell:
    """What happened, what would settle or cure it, and the article."""
    said = [Line(sentence) for sentence in wording.sentences(finding, frame.names)]
    if finding.trigger and finding.outcome in ("violated", "late", "undetermined"):
        evidence = wording.evidence(finding.trigger, frame.names)
        said.insert(1, Line(text("trigger", evidence=evidence), tone="quiet"))
    law = frame.names.law(finding.instrument, finding.provision)
    code = "document" if finding.commitment else "legal"
    said.append(Line(text(code, law=law, confidence=wording.confidence(finding.confidence)), tone="quiet"))
    return tuple(said)


def coming_table(
    frame: Frame, id_: str, caption: str, findings: Sequence[Finding], with_town: bool, most: int = MOST
) -> Table:
    """What is still to be done, by the last working day to act."""
    rows = []
    for finding in findings[:most]:
        due = text("due_on", due=wording.due_text(finding.due)) if finding.due else ""
        when = [Line(day(finding.act_by), tone="figure")] if finding.act_by else []
        if due and finding.due != finding.act_by:
            when.append(Line(due, tone="quiet"))
        if not still_owed(finding):
            when += [Line(line, tone="quiet") for line in time_left(finding, frame.record.left(finding))]
        if finding.outcome == "undetermined":
            when.append(Line(wording.outcome_name(finding.outcome), tone="undetermined"))
        said = wording.sentences(finding, frame.names)
        if finding.outcome == "undetermined":
            said[0] = text("upcoming.doubt", reasons=wording.reasons(finding))
        if advice := frame.names.advice.get(finding.rule):
            said.append(text("advice", text=advice))
        rows.append(
            (
                duty_cell(frame, finding.rule, finding, named=False),
                frame.about(finding, with_town),
                tuple(when) or cell(text("none.date"), tone="quiet"),
                tuple(map(Line, said)),
            )
        )
    columns = (
        Column(text("column.duty"), "head"),
        Column(text("column.finding")),
        Column(text("column.act_by")),
        Column(text("site.column.to_do"), "wide"),
    )
    more: tuple[Line, ...] = ()
    if len(findings) > most:
        more = (_rest(frame, text("site.rest.first", number=grouped(most), total=grouped(len(findings)))),)
    return Table(id_, caption, columns, tuple(rows), more=more)


def reasons_table(gathered: Gathered) -> Table:
    """Why obligations are undetermined, the most frequent reason first."""
    ordered = sorted(gathered.reasons.items(), key=lambda item: (-item[1], item[0]))
    rows = tuple((cell(_capital(wording.reason(code))), cell(grouped(number))) for code, number in ordered)
    columns = (Column(text("site.column.reason"), "head"), Column(text("column.number"), "number"))
    return Table("reasons", text("site.reasons.caption"), columns, rows)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def violations_sections(
    frame: Frame, gathered: Gathered, with_town: bool, with_duty: bool = True
) -> list[Section]:
    """Violations that can be cured, those that are final, what was late, what is undetermined; those that
    nothing is in are told as such in the first.
    """
    violations: list[Block] = []
    for id_, found in (("curable", gathered.curable), ("final", gathered.final), ("late", gathered.late)):
        if found:
            caption = text(f"site.violations.{id_}", number=grouped(found.total))
            violations.append(findings_table(frame, id_, caption, found, with_town, with_duty=with_duty))
    if not violations:
        violations.append(Table("violations-none", "", (), (), text("site.violations.none")))
    sections = [Section("violations", text("site.violations"), tuple(violations))]
    if gathered.undetermined:
        caption = text("site.undetermined.caption", number=grouped(gathered.undetermined.total))
        table = findings_table(
            frame, "undetermined", caption, gathered.undetermined, with_town, with_duty=with_duty
        )
        blocks: tuple[Block, ...] = (reasons_table(gathered), table) if with_duty else (table,)
        sections.append(Section("undetermined-heading", text("site.undetermined"), blocks))
    return sections


def coming_sections(frame: Frame, gathered: Gathered, with_town: bool, most: int = MOST) -> list[Section]:
    """What is overdue and what comes next, where there is any."""
    sections = []
    if gathered.overdue:
        caption = text("site.overdue.caption", number=grouped(len(gathered.overdue)))
        table = coming_table(frame, "overdue", caption, gathered.overdue[::-1], with_town, most)
        sections.append(Section("overdue-heading", text("site.overdue"), (table,)))
    if gathered.coming:
        until = day(frame.record.coming.until)
        caption = text("site.coming.caption", until=until, number=grouped(len(gathered.coming)))
        table = coming_table(frame, "coming", caption, gathered.coming, with_town, most)
        sections.append(Section("coming-heading", text("site.coming"), (table,)))
    return sections
