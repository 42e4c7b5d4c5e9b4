"""What pages show of a report, gathered in one pass, so that findings need not stand in memory together."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..model import Finding, Outcome, Owed, Report, Revision
from ..report import Left, Upcoming, day_of, still_owed
from ..scoring.score import JUDGED, Per, Score

# How many findings one table shows; open data has all of them.
MOST_ON_OVERVIEW, MOST = 8, 50


class Scope(NamedTuple):
    """What a page is about. None stands for all: municipalities, areas, duties."""

    municipality: str | None = None
    area: str | None = None
    rule: str | None = None


class Newest:
    """The ``most`` findings that stand under the latest days, and how many there were."""

    def __init__(self, most: int) -> None:
        self._most, self.total = most, 0
        self._kept: list[tuple[tuple[int, str, str], int, Finding]] = []

    def add(self, finding: Finding) -> None:
        """Keep it as long as there are not enough later ones."""
        self.total += 1
        day = day_of(finding)
        # Among equal days the ids decide, so that the order of reading does not.
        entry = ((day.toordinal() if day else 0, finding.rule, finding.id), self.total, finding)
        if len(self._kept) < self._most:
            heapq.heappush(self._kept, entry)
        else:
            heapq.heappushpop(self._kept, entry)

    def take(self, other: Newest) -> None:
        """Keep the latest of both; no finding stands in both."""
        self.total += other.total
        for entry in other._kept:
            push = heapq.heappush if len(self._kept) < self._most else heapq.heappushpop
            push(self._kept, entry)

    def __iter__(self) -> Iterator[Finding]:
        """The latest first."""
        return (finding for _, _, finding in sorted(self._kept, reverse=True))

    def __bool__(self) -> bool:
        return bool(self.total)


_NEWEST = ("curable", "final", "late", "undetermined", "commitments")


@dataclass
class Gathered:
    """What was found within a scope. ``numbers`` count obligations by what they are, rule and outcome;
    ``reasons`` why those under law are undetermined; ``towns`` count law by municipality and outcome.
    """

    most: int
    numbers: Counter[tuple[Owed, str, Outcome]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    towns: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    waived: int = 0
    curable: Newest = field(init=False)
    final: Newest = field(init=False)
    late: Newest = field(init=False)
    undetermined: Newest = field(init=False)
    commitments: Newest = field(init=False)
    overdue: list[Finding] = field(default_factory=list)
    coming: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in _NEWEST:
            setattr(self, name, Newest(self.most))

    def add(self, finding: Finding) -> None:
        """Take a finding in."""
        self.numbers[finding.owed, finding.rule, finding.outcome] += 1
        if finding.owed == "commitment":
            if finding.violation or finding.outcome == "undetermined":
                self.commitments.add(finding)
            return
        if finding.owed != "law":
            return
        self.towns[finding.municipality, finding.outcome] += 1
        self.waived += finding.waiver is not None
        if finding.outcome == "violated":
            (self.curable if finding.curable else self.final).add(finding)
        elif finding.outcome == "late":
            self.late.add(finding)
        elif finding.outcome == "undetermined":
            self.undetermined.add(finding)
            self.reasons.update(finding.reasons)

    def take(self, other: Gathered) -> None:
        """Take in what was found of other municipalities within the same scope. What comes, and what is
        overdue, has to be put in order afterwards.
        """
        self.numbers.update(other.numbers)
        self.reasons.update(other.reasons)
        self.towns.update(other.towns)
        self.waived += other.waived
        for name in _NEWEST:
            getattr(self, name).take(getattr(other, name))
        self.overdue += other.overdue
        self.coming += other.coming

    def outcomes(self, owed: Owed = "law", town: str | None = None) -> Counter[Outcome]:
        """Numbers of obligations by outcome."""
        found: Counter[Outcome] = Counter()
        if town is not None:
            for (name, outcome), number in self.towns.items():
                found[outcome] += number if name == town else 0
            return found
        for (kind, _, outcome), number in self.numbers.items():
            found[outcome] += number if kind == owed else 0
        return found

    def by_rule(self, *owed: Owed) -> dict[str, Counter[Outcome]]:
        """Numbers by rule and outcome, in the order of rules."""
        found: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
        for (kind, rule, outcome), number in self.numbers.items():
            if kind in owed:
                found[rule][outcome] += number
        return dict(sorted(found.items()))


def bounds(outcomes: Mapping[Outcome, int]) -> tuple[float, float] | None:
    """The share of what was fulfilled among what was judged, with undetermined ones as violated and as
    fulfilled.
    """
    judged = sum(outcomes.get(outcome, 0) for outcome in JUDGED)
    if not judged:
        return None
    kept, doubtful = outcomes.get("fulfilled", 0), outcomes.get("undetermined", 0)
    return kept / judged, (kept + doubtful) / judged


class Event(NamedTuple):
    """What the feed tells: a violation, with when the log last spoke of it (an instant in UTC)."""

    finding: Finding
    at: str


@dataclass
class Record:
    """All that the site shows, in no language."""

    report: Report
    today: dt.date
    per: Per
    scores: tuple[Score, ...]
    areas: Mapping[str, str]
    scopes: Mapping[Scope, Gathered]
    coming: Upcoming
    events: tuple[Event, ...] = ()

    def of(self, **scope: str) -> Gathered:
        """What was found within a scope; nothing where there is none."""
        return self.scopes.get(Scope(**scope)) or Gathered(MOST)

    @property
    def towns(self) -> list[str]:
        """The municipalities that have findings."""
        return sorted({s.municipality for s in self.scopes if s.municipality is not None})

    @property
    def known_areas(self) -> list[str]:
        """The areas of the duties that have findings."""
        return sorted({s.area for s in self.scopes if s.area is not None})

    @property
    def rules(self) -> list[str]:
        """The duties that have findings."""
        return sorted({s.rule for s in self.scopes if s.rule is not None})

    def left(self, finding: Finding) -> dict[str, Left]:
        """The time that is left for a finding, as tables of what comes take it."""
        given = self.coming.left.get(finding.id)
        return {} if given is None else {finding.id: given}

    def trend(self, town: str | None = None, area: str | None = None) -> list[tuple[str, Counter[Outcome]]]:
        """Numbers of obligations under law by civil period, in the order of time, without those that have
        none.
        """
        found: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
        for score in self.scores:
            key = score.key
            if key.owed != "law" or key.area != area or key.period in (None, "undated"):
                continue
            # Of an area there is no score of all municipalities: theirs are added up.
            if key.municipality != town and not (town is None and area is not None):
                continue
            if town is None and area is not None and key.municipality is None:
                continue
            assert key.period is not None
            found[key.period].update(score.outcomes)
        return sorted(found.items())


def gathered(
    findings: Iterable[Finding], areas: Mapping[str, str], coming: Upcoming
) -> dict[Scope, Gathered]:
    """What there is in each scope that a page is about."""
    found = defaultdict(lambda: Gathered(MOST), {Scope(): Gathered(MOST_ON_OVERVIEW)})
    for finding in findings:
        if finding.outcome == "not_applicable":
            continue
        for scope in _scopes(finding, areas):
            found[scope].add(finding)
    for finding in coming.findings:
        for scope in _scopes(finding, areas):
            part = found[scope]
            if not still_owed(finding):
                part.coming.append(finding)
            elif finding.owed == "law":
                # What a municipality has only promised stands with its other commitments.
                part.overdue.append(finding)
    return dict(found)


def _scopes(finding: Finding, areas: Mapping[str, str]) -> tuple[Scope, ...]:
    return (
        Scope(),
        Scope(municipality=finding.municipality),
        Scope(area=areas[finding.rule]),
        Scope(rule=finding.rule),
    )


def events(findings: Iterable[Finding], revisions: Mapping[str, Revision]) -> tuple[Event, ...]:
    """Violations by when the log last spoke of them, the latest first."""
    found = [Event(f, revisions[f.id].at) for f in findings if f.id in revisions]
    return tuple(sorted(found, key=lambda event: (event.at, event.finding.id), reverse=True))
