"""One municipality as it was judged, laid out the way pages ask for it."""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import orjson

from ..as_of import Ahead
from ..calendars import working_days_between
from ..engine.case_file import cases_of
from ..model import Finding, Log, Outcome
from ..report import day_in, day_of, still_owed, upcoming
from ..scoring.score import scores
from ..selecting import areas
from ..site.record import Record, gathered
from .portions import EVERYWHERE

if TYPE_CHECKING:
    from ..checking import Answer

_PER: Final = "quarter"
Case = tuple[str, str]
# In place of a rule: all of them.
ALL: Final = ""


@dataclass(frozen=True)
class Part:
    """``answer`` has only the findings of this municipality in its report; where nothing names one, of all.
    ``events`` are how many of its events count. ``record`` is what the pages of a site show of it;
    ``findings`` are by id, ``waived`` those that were accepted, ``by_case`` those of each case, ``by_day``
    what is open or still owed by the last working day to act; ``listed`` are the findings by rule and
    outcome, and under ``ALL`` those of all rules by outcome, in ``in_list``. ``cases`` are all that count,
    each with its latest day, the latest first. ``turns`` is when time alone changes something, in seconds
    since 1970.
    """

    municipality: str
    answer: Answer
    events: int
    record: Record
    findings: Mapping[str, Finding]
    waived: tuple[Finding, ...]
    by_case: Mapping[Case, tuple[Finding, ...]]
    by_day: Mapping[dt.date, tuple[Finding, ...]]
    listed: Mapping[tuple[str, Outcome], tuple[Finding, ...]]
    cases: tuple[tuple[Case, str], ...]
    turns: float
    # The database behind a judgement takes one question at a time.
    asking: threading.Lock

    def knows(self, municipality: str, case: str) -> bool:
        """Whether there is such a case."""
        key = (municipality, case)
        return key in self.by_case or any(key == known for known, _ in self.cases)


def in_list(finding: Finding) -> tuple[str, str, str]:
    """The order in which findings are listed: what is open by the last day to act; what is over by its day,
    which comes from the end.
    """
    if finding.outcome == "pending":
        return finding.act_by or finding.due or "9", "", finding.id
    return str(day_of(finding) or ""), finding.rule, finding.id


def part_of(
    municipality: str,
    found: Answer,
    log: Log,
    foreign: Collection[str],
    now: dt.datetime,
    within: str,
    asking: threading.Lock,
) -> Part:
    """Lay out what an answer, which may be of others too, says of a municipality; ``log`` is of that alone,
    and ``foreign`` are places of rows that are not. ``within`` is how far ahead what comes is told (``30d``).
    """
    mine = [f for f in found.report.findings if municipality in (EVERYWHERE, f.municipality)]
    assumed = {
        name: day for name, day in found.report.assumed_coverage.items() if municipality in (EVERYWHERE, name)
    }
    # What is wrong with rows of others is for these to tell.
    problems = [p for p in found.report.problems if p.place not in foreign]
    ids = {f.id for f in mine}
    report = replace(
        found.report,
        findings=tuple(mine),
        problems=tuple(problems),
        assumed_coverage=assumed,
        levels={id_: level for id_, level in found.report.levels.items() if id_ in ids},
    )
    found = replace(found, report=report, log=log)
    by_case: defaultdict[Case, list[Finding]] = defaultdict(list)
    listed: defaultdict[tuple[str, Outcome], list[Finding]] = defaultdict(list)
    by_day: defaultdict[dt.date, list[Finding]] = defaultdict(list)
    for finding in mine:
        listed[finding.rule, finding.outcome].append(finding)
        listed[ALL, finding.outcome].append(finding)
        if finding.case is not None:
            by_case[finding.municipality, finding.case].append(finding)
        if (at := _open_by(finding)) is not None:
            by_day[at].append(finding)
    latest, moments = _latest(found, municipality)
    judgement = found.judgement
    events = judgement.events if municipality == EVERYWHERE else judgement.events_of(municipality)
    return Part(
        municipality=municipality,
        answer=found,
        events=events,
        record=_record(found, within),
        findings={f.id: f for f in mine},
        waived=tuple(f for f in mine if f.waiver is not None),
        by_case={case: tuple(own) for case, own in by_case.items()},
        by_day={at: tuple(own) for at, own in by_day.items()},
        listed={key: tuple(sorted(own, key=in_list)) for key, own in listed.items()},
        cases=tuple(sorted(latest.items(), key=lambda item: (item[1], item[0]), reverse=True)),
        turns=_turn(mine, moments, now),
        asking=asking,
    )


def _open_by(finding: Finding) -> dt.date | None:
    """The last working day to act of what is open, or was missed and is still owed."""
    open_ = finding.outcome == "pending" or (
        finding.outcome == "undetermined" and "pending" in finding.possible
    )
    if not (open_ or still_owed(finding)):
        return None
    return day_in(finding.act_by) or day_in(finding.due)


def _record(found: Answer, within: str) -> Record:
    report, rulebook = found.report, found.rulebook
    today, calendar = found.as_of.day, found.calendar()
    areas_of = areas(rulebook)
    coming = upcoming(
        report,
        today,
        Ahead.read(within).after(today),
        lambda a, b: working_days_between(a, b, calendar),
        {d.id for d in rulebook.duties if d.shape in ("content", "standing")},
        overdue=True,
    )
    timeless = {d.id for d in rulebook.duties if d.shape == "standing"}
    return Record(
        report=report,
        today=today,
        per=_PER,
        scores=scores(report.findings, areas_of, _PER, timeless=timeless),
        areas=areas_of,
        scopes=gathered(report.findings, areas_of, coming),
        coming=coming,
    )


def _latest(found: Answer, municipality: str) -> tuple[dict[Case, str], set[int]]:
    """The latest day of each case that counts, and the instants at which records begin to count."""
    latest: dict[Case, str] = {}
    moments: set[int] = set()
    # Records of what has not happened yet bring no case about.
    counted = set(cases_of(found.judgement.prepared))
    for row in found.log.records if found.log is not None else ():
        read = orjson.loads(row)
        case = (read.get("municipality"), read.get("case"))
        moments.update(read[name] for name in ("lo", "hi", "rlo", "rhi") if read.get(name) is not None)
        if case in counted and municipality in (EVERYWHERE, case[0]):
            day = str(read.get("time", ""))[:10]
            latest[case] = max(latest.get(case, ""), day)
    return latest, moments


def _turn(findings: Iterable[Finding], moments: Iterable[int], now: dt.datetime) -> float:
    """When time alone changes something: at the next midnight, at an hour at which something is due, or when
    what was recorded in advance comes about.
    """
    midnight = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo).timestamp()
    hours = [
        dt.datetime.fromisoformat(f.due).timestamp()
        for f in findings
        if f.due is not None and "T" in f.due and f.outcome in ("pending", "undetermined")
    ]
    come = [moment / 1_000_000 for moment in moments]
    return min([midnight, *(at for at in (*hours, *come) if at > now.timestamp())])
