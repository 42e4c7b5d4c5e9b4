"""All municipalities together, as pages ask for them: put together of the parts whenever one of them was
judged anew, without going through the findings of the others.
"""

from __future__ import annotations

import datetime as dt
import heapq
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from ..checking import by_place
from ..configuration.uses import summed
from ..errors import UsageError
from ..model import (
    OUTCOMES,
    ConfigurationUse,
    Finding,
    Outcome,
    Problem,
    Report,
    Revision,
    Source,
    WaiversUse,
    Weight,
)
from ..packs.municipalities import municipality_id
from ..report import Upcoming, as_it_comes, day_of
from ..scoring.score import added
from ..site.record import MOST, MOST_ON_OVERVIEW, Gathered, Record, Scope
from .part import ALL, Case, Part, in_list
from .portions import EVERYWHERE

if TYPE_CHECKING:
    from ..checking import Answer


@dataclass(frozen=True)
class Wanted:
    """What a list of obligations is narrowed to; empty: all, but for what does not apply. ``rules`` None: all
    of them; ``case`` is a part of the name; days are inclusive, and what has none stays.
    """

    municipality: str = ""
    rules: Collection[str] | None = None
    outcomes: Collection[str] = ()
    case: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    def within(self, finding: Finding) -> bool:
        """Whether its day lies within the days."""
        if self.first is None and self.last is None:
            return True
        at = day_of(finding)
        return at is None or (
            (self.first is None or at >= self.first) and (self.last is None or at <= self.last)
        )


class Listed:
    """Obligations in the order of a list, taken in slices: what is open first, the next due day before
    others; then what is over, the latest before others.
    """

    def __init__(self, ahead: Sequence[Sequence[Finding]], over: Sequence[Sequence[Finding]]) -> None:
        self._ahead, self._over = ahead, over

    def __len__(self) -> int:
        return sum(map(len, self._ahead)) + sum(map(len, self._over))

    def __iter__(self) -> Iterator[Finding]:
        yield from heapq.merge(*self._ahead, key=in_list)
        yield from heapq.merge(*map(reversed, self._over), key=in_list, reverse=True)

    def part(self, first: int, number: int) -> list[Finding]:
        """So many of them, from one on."""
        return list(islice(self, first, first + number))


class Findings(Collection[Finding]):
    """The findings of several parts in the order of a report."""

    def __init__(self, parts: Sequence[Collection[Finding]]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[Finding]:
        return chain.from_iterable(self._parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __contains__(self, sought: object) -> bool:
        return any(sought in part for part in self._parts)


class _Counted(Findings):
    """The same, weighed part by part."""

    def __init__(self, reports: Sequence[Report]) -> None:
        super().__init__([report.findings for report in reports])
        self._reports = reports

    def weights(self) -> Mapping[Weight, int]:
        """How many there are of each weight."""
        found: Counter[Weight] = Counter()
        for report in self._reports:
            found.update(report.weights())
        return found


class _Scopes(Mapping[Scope, Gathered]):
    """What was found within each scope, put together when it is asked for."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._known: dict[Scope, Gathered] = {}

    @cached_property
    def _scopes(self) -> frozenset[Scope]:
        return frozenset(chain.from_iterable(record.scopes for record in self._records))

    def __iter__(self) -> Iterator[Scope]:
        return iter(self._scopes)

    def __len__(self) -> int:
        return len(self._scopes)

    def __getitem__(self, scope: Scope) -> Gathered:
        if scope not in self._known:
            parts = [record.scopes[scope] for record in self._records if scope in record.scopes]
            if not parts:
                raise KeyError(scope)
            self._known[scope] = parts[0] if len(parts) == 1 else _together(scope, parts)
        return self._known[scope]


def _together(scope: Scope, parts: Iterable[Gathered]) -> Gathered:
    found = Gathered(MOST_ON_OVERVIEW if scope == Scope() else MOST)
    for part in parts:
        found.take(part)
    found.overdue.sort(key=as_it_comes)
    found.coming.sort(key=as_it_comes)
    return found


class Whole:
    """Everything that pages show, of the parts of one snapshot, which never change."""

    def __init__(self, parts: Mapping[str, Part], sources: Sequence[Source]) -> None:
        self.parts = dict(sorted(parts.items()))
        self._all = list(self.parts.values())
        self._latest = max(self._all, key=lambda part: part.answer.as_of.hi).answer
        self.report = _report(self._all, sources, self._latest)
        records = [part.record for part in self._all]
        self.record = Record(
            report=self.report,
            today=self._latest.as_of.day,
            per=records[0].per,
            scores=added(record.scores for record in records),
            areas=records[0].areas,
            scopes=_Scopes(records),
            coming=_coming([record.coming for record in records]),
        )

    @property
    def answer(self) -> Answer:
        """Law, moment and calendar of all."""
        return self._latest

    def of(self, municipality: str) -> Part | None:
        """The part that a municipality is in."""
        return self.parts.get(municipality) or self.parts.get(EVERYWHERE)

    def finding(self, id_: str) -> Finding | None:
        """The finding with this id."""
        return next((part.findings[id_] for part in self._all if id_ in part.findings), None)

    def listed(self, wanted: Wanted) -> Listed:
        """The obligations that are wanted."""
        ahead: list[Sequence[Finding]] = []
        over: list[Sequence[Finding]] = []
        rules = {ALL} if wanted.rules is None else wanted.rules
        outcomes = wanted.outcomes or [o for o in OUTCOMES if o != "not_applicable"]
        for part in self._all:
            if wanted.municipality and wanted.municipality not in (part.municipality, *part.record.towns):
                continue
            narrowed = _case(part, wanted) if wanted.case else part.listed
            for (rule, outcome), own in narrowed.items():
                if outcome not in outcomes or rule not in rules:
                    continue
                kept = _within(outcome, own, wanted)
                if kept:
                    (ahead if outcome == "pending" else over).append(kept)
        return Listed(ahead, over)

    def due_on(self, day: dt.date, municipality: str = "") -> list[Finding]:
        """What has a day for its last working day to act, and is open or still owed."""
        found = [f for part in self._all for f in part.by_day.get(day, ())]
        return [f for f in found if municipality in ("", f.municipality)]

    def of_case(self, municipality: str, case: str) -> tuple[Finding, ...]:
        """The findings of a case."""
        part = self.of(municipality)
        return () if part is None else part.by_case.get((municipality, case), ())

    def waived(self) -> Iterator[Finding]:
        """The findings that somebody has accepted."""
        return chain.from_iterable(part.waived for part in self._all)

    def cases(
        self, named: str = "", municipality: str = "", most: int | None = None
    ) -> tuple[int, list[tuple[Case, str]]]:
        """How many cases have this in their name; and the first of them, each with its latest day, the latest
        first.
        """
        parts: list[Sequence[tuple[Case, str]]] = [
            p.cases for p in self._all if municipality in ("", p.municipality) or p.municipality == EVERYWHERE
        ]
        if named or municipality:
            sought = named.casefold()
            parts = [
                [
                    item
                    for item in own
                    if sought in item[0][1].casefold() and municipality in ("", item[0][0])
                ]
                for own in parts
            ]
        merged = heapq.merge(*parts, key=lambda item: (item[1], item[0]), reverse=True)
        return sum(map(len, parts)), list(islice(merged, most))

    def touching(self, event_id: str, municipality: str) -> list[Finding]:
        """The obligations that an event began or discharged. ``municipality`` is as a record states it: where
        that is no id, all are looked through.
        """
        part = self.of(municipality)
        return [
            f
            for own in ([part] if part is not None else self._all)
            for f in own.answer.report.findings
            if f.outcome != "not_applicable"
            and (
                (f.trigger is not None and f.trigger.event == event_id)
                or any(e.event == event_id for e in f.fulfilment)
            )
        ]

    def revisions(self, findings: Iterable[Finding]) -> dict[str, Revision]:
        """How often the log has said something of each finding, by its id."""
        by_town: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            by_town[finding.municipality].append(finding)
        found: dict[str, Revision] = {}
        for municipality, own in by_town.items():
            if (part := self.of(municipality)) is not None:
                with part.asking:
                    found.update(part.answer.judgement.revisions(own))
        return found


def _case(part: Part, wanted: Wanted) -> Mapping[tuple[str, Outcome], Sequence[Finding]]:
    """What a part lists of the cases with this in their name."""
    found: defaultdict[tuple[str, Outcome], list[Finding]] = defaultdict(list)
    sought = wanted.case.casefold()
    for (_, name), own in part.by_case.items():
        if sought in name.casefold():
            for finding in own:
                found[finding.rule, finding.outcome].append(finding)
                found[ALL, finding.outcome].append(finding)
    return {key: sorted(own, key=in_list) for key, own in found.items()}


def _within(outcome: str, own: Sequence[Finding], wanted: Wanted) -> Sequence[Finding]:
    """Those within the days: by halving, where the list goes by the same days."""
    if wanted.first is None and wanted.last is None:
        return own
    if outcome == "pending":
        return [f for f in own if wanted.within(f)]

    def day(finding: Finding) -> str:
        return in_list(finding)[0]

    undated = bisect_right(own, "", key=day)
    low = undated if wanted.first is None else bisect_left(own, wanted.first.isoformat(), undated, key=day)
    high = len(own) if wanted.last is None else bisect_right(own, wanted.last.isoformat(), undated, key=day)
    return [*own[:undated], *own[low:high]]


def _coming(parts: Sequence[Upcoming]) -> Upcoming:
    if len(parts) == 1:
        return parts[0]
    left = {id_: time for part in parts for id_, time in part.left.items()}
    findings = heapq.merge(*(part.findings for part in parts), key=as_it_comes)
    return Upcoming(max(part.until for part in parts), tuple(findings), left)


def _report(parts: Sequence[Part], sources: Sequence[Source], latest: Answer) -> Report:
    """The report of all, as it would be if they had been judged at once."""
    reports = [part.answer.report for part in parts]
    uses, telling = _waivers(parts, latest)
    problems: dict[tuple[str, str, str, str], Problem] = {}
    for n, report in enumerate(reports):
        for problem in report.problems:
            if telling.get(problem.place, n) == n:
                key = (problem.severity, problem.code, problem.place, problem.message)
                problems.setdefault(key, problem)
    errors = {(e.plugin, e.rule, e.message): e for report in reports for e in report.rule_errors}
    return replace(
        latest.report,
        sources=tuple(sorted(sources, key=lambda s: (s.name, s.sha256))),
        events=sum(part.events for part in parts),
        findings=_Counted(reports),
        problems=tuple(sorted(problems.values(), key=by_place)),
        rule_errors=tuple(errors.values()),
        assumed_coverage=dict(sorted(item for report in reports for item in report.assumed_coverage.items())),
        configuration=_configuration(parts, latest),
        waivers=uses,
        levels={id_: level for report in reports for id_, level in report.levels.items()},
    )


def _waivers(parts: Sequence[Part], latest: Answer) -> tuple[WaiversUse | None, dict[str, int]]:
    """What became of each waiver in the municipality that it is for; and by the place of each, which part
    that is: of the others it is no concern.
    """
    used = [part.answer.report.waivers for part in parts]
    first = used[0]
    if first is None:
        return None, {}
    by_name = {part.municipality: n for n, part in enumerate(parts)}
    chosen, telling = [], {}
    for k, use in enumerate(first.uses):
        try:
            named = municipality_id(use.waiver.municipality, latest.rulebook)
        except UsageError:
            named = ""
        n = by_name.get(named, 0)
        own = used[n]
        assert own is not None
        chosen.append(own.uses[k])
        telling[use.waiver.place] = n
    return replace(first, uses=tuple(chosen)), telling


def _configuration(parts: Sequence[Part], latest: Answer) -> ConfigurationUse | None:
    laid = latest.laid
    if laid is None or latest.report.configuration is None:
        return latest.report.configuration
    touching = {
        use.setting
        for part in parts
        if part.answer.report.configuration is not None
        for use in part.answer.report.configuration.uses
        if use.used
    }
    counts: Counter[tuple[str, Outcome]] = Counter()
    versions: set[tuple[str, int]] = set()
    for part in parts if laid.placed else ():
        with part.asking:
            counts.update(part.answer.judgement.counts() if laid.off else {})
            versions |= part.answer.judgement.versions()
    return summed(touching, laid, counts, versions)
