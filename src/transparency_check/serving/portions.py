"""What was read, by municipality: no obligation of one rests on an event of another, so that what was
recorded for one leaves the verdicts of the others as they are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import orjson

from ..model import Log, MappingUse, Problem, Source

# Where nothing says which municipality it is about.
EVERYWHERE = ""
# Records that take longer to judge than the planning of the statements, which is to be paid for each group.
MANY = 50_000
# A file, and a case in it.
_Key = tuple[str, str | None]


@dataclass
class Portions:
    """The records of each municipality, in the order of reading, and the problems of its rows; those that
    name none stand under ``EVERYWHERE``.
    """

    sources: list[Source]
    records: dict[str, list[bytes]] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    mappings: tuple[MappingUse, ...] = ()

    @property
    def municipalities(self) -> list[str]:
        """Those that there is something of; ``EVERYWHERE`` alone where there are none."""
        return sorted({*self.records, *self.problems} - {EVERYWHERE}) or [EVERYWHERE]

    def groups(self, asked: Iterable[str]) -> list[tuple[str, ...]]:
        """Municipalities that are worth judging together: planning costs as much as many records."""
        groups: list[tuple[str, ...]] = []
        size = 0
        for name in asked:
            number = len(self.records.get(name, ()))
            if not groups or size + number > MANY:
                groups.append(())
                size = 0
            groups[-1] += (name,)
            size += number
        return groups

    def together(self, logs: Iterable[Log]) -> Log:
        """The logs of several municipalities as one."""
        kept = list(logs)
        records = dict.fromkeys(record for log in kept for record in log.records)
        problems = {(p.severity, p.code, p.place, p.message): p for log in kept for p in log.problems}
        return Log([*records], [*problems.values()], self.sources, mappings=self.mappings)

    def logs(self, asked: Iterable[str], now: dt.datetime) -> dict[str, Log]:
        """Of each municipality all that can decide its obligations as of a moment."""
        unplaced = [orjson.loads(record) for record in self.records.get(EVERYWHERE, ())]
        whose = self._whose(int(now.timestamp() * 1_000_000)) if unplaced else {}
        found = {}
        for name in asked:
            about = [
                record
                for read, record in zip(unplaced, self.records.get(EVERYWHERE, ()), strict=True)
                if _may_be_of(name, read, whose)
            ]
            own = self.records.get(name, ()) if name != EVERYWHERE else ()
            places = dict.fromkeys((name, EVERYWHERE))
            problems = [problem for place in places for problem in self.problems.get(place, ())]
            found[name] = Log([*own, *about], problems, self.sources, mappings=self.mappings)
        return found

    def _whose(self, now: int) -> Mapping[_Key, set[str]]:
        """The municipalities that each case of a file is of, and under None the file, as of ``now``: what the
        engine goes by where a row that cannot be read names none (semantics 7.5).
        """
        latest: dict[object, tuple[int, dict[str, Any]]] = {}
        for record in chain.from_iterable(own for name, own in self.records.items() if name != EVERYWHERE):
            read = orjson.loads(record)
            entered = read.get("rlo", 0)
            # What is not known yet, or has not happened, says nothing yet.
            if read["readable"] and max(entered, read.get("lo", 0)) <= now:
                key = read.get("id") or read["place"]
                if key not in latest or latest[key][0] <= entered:
                    latest[key] = entered, read
        found: defaultdict[_Key, set[str]] = defaultdict(set)
        for _, read in latest.values():
            if not read.get("retracted"):
                for case in {None, read.get("case")}:
                    found[read["file"], case].add(read["municipality"])
        return found

    def add(self, records: Iterable[bytes], problems: Iterable[Problem]) -> frozenset[str]:
        """Take more in. Returns whose verdicts may have changed: ``EVERYWHERE`` stands for all."""
        # Whose a row is that names no municipality may be known better with every record.
        changed = {EVERYWHERE} if self.records.get(EVERYWHERE) else set()
        at: dict[str, str] = {}
        for record in records:
            read = orjson.loads(record)
            municipality = read.get("municipality") or EVERYWHERE
            at[read["place"]] = municipality
            self.records.setdefault(municipality, []).append(record)
            changed.add(municipality)
        for problem in problems:
            municipality = at.get(problem.place, EVERYWHERE)
            self.problems.setdefault(municipality, []).append(problem)
            changed.add(municipality)
        return frozenset(changed)


def _may_be_of(municipality: str, read: Mapping[str, Any], whose: Mapping[_Key, set[str]]) -> bool:
    keys = dict.fromkeys(((read["file"], read.get("case")), (read["file"], None)))
    known = next((whose[key] for key in keys if whose.get(key)), None)
    return known is None or municipality in known


def places_of(log: Log) -> set[str]:
    """Where the rows of a log stand."""
    return {orjson.loads(record)["place"] for record in log.records}


def portions(log: Log) -> Portions:
    """A log that was read row by row. An event that was moved from one municipality to another is with both:
    either has to know what became of it.
    """
    found = Portions(log.sources, mappings=log.mappings)
    found.add(log.records, log.problems)
    for municipality, records in _strangers(found.records):
        found.records[municipality] += records
    return found


def _strangers(records: dict[str, list[bytes]]) -> Iterator[tuple[str, list[bytes]]]:
    """For each municipality the records of others that share an id with one of its own."""
    home: dict[str, str] = {}
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for municipality, own in records.items():
        for record in own:
            id_ = orjson.loads(record).get("id")
            if id_ is not None and (first := home.setdefault(id_, municipality)) != municipality:
                shared[id_] |= {first, municipality}
    if not shared:
        return
    moved: defaultdict[str, list[bytes]] = defaultdict(list)
    for municipality, own in records.items():
        for record in own:
            for other in shared.get(orjson.loads(record).get("id"), ()):
                if other != municipality:
                    moved[other].append(record)
    moved.pop(EVERYWHERE, None)
    yield from moved.items()
