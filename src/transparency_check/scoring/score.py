"""Findings counted by municipality, area and period; what a rate is stands in ``model.Report.compliance``."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from ..model import OUTCOMES, Finding, Outcome, Owed
from ..report import day_of

Per = Literal["year", "quarter", "month"]
KINDS: tuple[Owed, ...] = ("law", "commitment", "others")
JUDGED: tuple[Outcome, ...] = ("fulfilled", "late", "violated", "undetermined")


class Key(NamedTuple):
    """What a score is of. None stands for all: municipalities, areas, periods."""

    owed: Owed
    municipality: str | None
    area: str | None
    period: str | None


class Score(NamedTuple):
    """Numbers of findings by outcome, and how many of the violations are waived."""

    key: Key
    outcomes: Mapping[Outcome, int]
    waived: int

    @property
    def judged(self) -> int:
        """How many the rate is about."""
        return sum(self.outcomes.get(outcome, 0) for outcome in JUDGED)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share of fulfilled ones, undetermined ones counted as violated and as fulfilled; None where
        nothing was judged.
        """
        if not self.judged:
            return None
        fulfilled = self.outcomes.get("fulfilled", 0)
        return fulfilled / self.judged, (fulfilled + self.outcomes.get("undetermined", 0)) / self.judged


# Stands for the period of what has no day of its own: a duty that holds at all times.
UNDATED = "undated"


def period_of(day: dt.date | None, per: Per) -> str:
    """The civil period that a day lies in: ``2026``, ``2026-Q2``, ``2026-05``."""
    if day is None:
        return UNDATED
    if per == "year":
        return f"{day.year:04}"
    if per == "month":
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def scores(
    findings: Iterable[Finding],
    areas: Mapping[str, str],
    per: Per,
    municipalities: Collection[str] = (),
    timeless: Collection[str] = (),
) -> tuple[Score, ...]:
    """The scores of these findings, totals first, in the order of their keys.

    ``areas`` gives the area of each rule; only ``municipalities`` are counted, all where it is empty.
    ``timeless`` are the rules that hold at all times: the day from which they do is no day of what was done.
    Findings are gone through once, so that they need not stand in memory together.
    """
    counted: defaultdict[Key, Counter[Outcome]] = defaultdict(Counter)
    waived: Counter[Key] = Counter()
    for finding in findings:
        if finding.outcome == "not_applicable" or (
            municipalities and finding.municipality not in municipalities
        ):
            continue
        day = None if finding.rule in timeless else day_of(finding)
        for key in _keys(finding, areas[finding.rule], period_of(day, per)):
            counted[key][finding.outcome] += 1
            if finding.waiver is not None:
                waived[key] += 1
    ordered = sorted(counted, key=_order)
    return tuple(Score(key, {o: counted[key][o] for o in OUTCOMES[:-1]}, waived[key]) for key in ordered)


def added(parts: Iterable[Iterable[Score]]) -> tuple[Score, ...]:
    """The scores of several reports that share no municipality, as those of one."""
    counted: defaultdict[Key, Counter[Outcome]] = defaultdict(Counter)
    waived: Counter[Key] = Counter()
    for part in parts:
        for score in part:
            counted[score.key].update(score.outcomes)
            waived[score.key] += score.waived
    ordered = sorted(counted, key=_order)
    return tuple(Score(key, {o: counted[key][o] for o in OUTCOMES[:-1]}, waived[key]) for key in ordered)


def _keys(finding: Finding, area: str, period: str) -> Iterator[Key]:
    for town in (None, finding.municipality):
        for part in (None, area):
            for time in (None, period):
                if town is not None or part is None:
                    yield Key(finding.owed, town, part, time)


def _order(key: Key) -> tuple[int, str, str, int, str]:
    # What has no day comes after all periods.
    late = key.period == UNDATED
    return KINDS.index(key.owed), key.municipality or "", key.area or "", late, key.period or ""
