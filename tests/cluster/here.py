"""Workers of one process: rows fall into any number of partitions, in any order, as a cluster would have
them.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from transparency_check.cluster.judging import Beside
from transparency_check.cluster.part import judge_part
from transparency_check.cluster.placing import Routes
from transparency_check.cluster.reading import normaliser_of, read_slice
from transparency_check.cluster.rows import (
    Belongs,
    Facts,
    Found,
    Job,
    ReadRow,
    SliceTold,
    Survey,
    packed,
    read_row,
    unpacked,
)
from transparency_check.cluster.settling import facts_of
from transparency_check.cluster.slices import Slice
from transparency_check.packs.model import Rulebook


class Here:
    """See ``judging.Workers``. What passes between processes is packed here too."""

    def __init__(self, seed: int = 0, at_once: int = 2) -> None:
        self.at_once = at_once
        self._rng = random.Random(seed)
        self.rows: list[ReadRow] = []

    def read(self, slices: Sequence[Slice], records: Iterable[bytes], rulebook: Rulebook) -> list[SliceTold]:
        found = [read_row(record) for record in records]
        told = []
        parts = unpacked(packed(list(slices)))
        self._rng.shuffle(parts)
        normaliser = normaliser_of(unpacked(packed(rulebook))) if parts else None
        for part in parts:
            assert normaliser is not None
            for item in read_slice(part, normaliser):
                if isinstance(item, ReadRow):
                    found.append(item)
                else:
                    told.append(unpacked(packed(item)))
        self._rng.shuffle(found)
        self._rng.shuffle(told)
        self.rows = found
        return told

    def survey(self) -> Survey:
        numbers = Counter(row.municipality for row in self.rows if row.municipality is not None)
        belongs: defaultdict[str, set[Belongs]] = defaultdict(set)
        for row in self.rows:
            if row.id is not None:
                assert row.municipality is not None and row.type is not None
                belongs[row.id].add(Belongs(row.municipality, row.case, row.type))
        entangled = {id_: frozenset(found) for id_, found in belongs.items() if len(found) > 1}
        return Survey(numbers, entangled, tuple(r.record for r in self.rows if r.municipality is None))

    def links(self, municipalities: Collection[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
        for row in self.rows:
            if row.municipality in municipalities and row.case is not None and row.related:
                yield row.municipality, (row.case, *row.related)

    def settle(self, routes: Routes, job: Job, files: Collection[str], cases: Collection[str]) -> list[Facts]:
        return [facts_of(records, job, files, cases) for _, records in self._parts(routes)]

    def judge(self, routes: Routes, job: Job, beside: Mapping[int, Beside]) -> Iterator[Found]:
        """Pages come in any order, as from a cluster."""
        all_of_them = []
        for part, records in self._parts(routes):
            given = beside.get(part, Beside())
            found = judge_part(part, [*records, *given.records], job, routes, given.elsewhere)
            for number, each in enumerate(found):
                kept = each if isinstance(each, bytes) else unpacked(packed(each))
                all_of_them.append(Found(part, number, kept))
        self._rng.shuffle(all_of_them)
        yield from all_of_them

    def _parts(self, routes: Routes) -> list[tuple[int, list[bytes]]]:
        found: dict[int, list[bytes]] = {part: [] for part in range(routes.number)}
        for row in self.rows:
            if row.municipality is not None:
                for part in routes.of_row(row):
                    found[part].append(row.record)
        parts = [*found.items()]
        self._rng.shuffle(parts)
        return parts
