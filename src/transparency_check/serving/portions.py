"""What was read, by municipality: no obligation of one rests on an event of another, so that what was
recorded for one leaves the verdicts of the others as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson

from ..model import Log, Problem, Source

# Where nothing says which municipality it is about.
EVERYWHERE = ""


@dataclass
class Portions:
    """The records of each municipality, in the order of reading, and the problems of its rows; those that
    name none, which may be about any, stand under ``EVERYWHERE``.
    """

    sources: list[Source]
    records: dict[str, list[bytes]] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)

    @property
    def municipalities(self) -> list[str]:
        """Those that there is something of; ``EVERYWHERE`` alone where there are none."""
        return sorted({*self.records, *self.problems} - {EVERYWHERE}) or [EVERYWHERE]

    def log(self, municipality: str) -> Log:
        """All that can decide an obligation of one municipality."""
        asked = dict.fromkeys((municipality, EVERYWHERE))
        return Log(
            [record for name in asked for record in self.records.get(name, ())],
            [problem for name in asked for problem in self.problems.get(name, ())],
            self.sources,
        )

    def add(self, records: Iterable[bytes], problems: Iterable[Problem]) -> frozenset[str]:
        """Take more in. Returns whose verdicts may have changed: ``EVERYWHERE`` stands for all."""
        at: dict[str, str] = {}
        changed = set()
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


def portions(log: Log) -> Portions:
    """A log that was read row by row. An event that was moved from one municipality to another is with both:
    either has to know what became of it.
    """
    found = Portions(log.sources)
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
