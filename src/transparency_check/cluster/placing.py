"""Which parts a record goes to, and which of them answers for what it says."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from .rows import Belongs, Facts, ReadRow
from .splitting import Case, Duties, Split


@dataclass(frozen=True, slots=True)
class Routes:
    """The parts of a log.

    A record goes to every part that has to know of it: one whose id stands for different things to all parts
    of these, so that each settles its corrections as the whole would. ``owner`` is the one that answers for
    it.
    """

    whole: Mapping[str, int]
    split: Mapping[str, Split]
    duties: Duties
    # The case that stands for all that it is linked to, of split municipalities.
    linked: Mapping[Case, str] = field(default_factory=dict)
    entangled: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """How many parts there are."""
        return len({*self.whole.values()}) + sum(1 + len(split.cases) for split in self.split.values())

    def owner(self, municipality: str, case: str | None) -> int:
        """The part that answers for a case, or what is of none."""
        split = self.split.get(municipality)
        if split is None:
            return self.whole[municipality]
        if case is None:
            return split.cases[0]
        stands = self.linked.get((municipality, case), case)
        drawn = zlib.crc32(stands.encode("utf-8", "surrogatepass"))
        return split.cases[drawn % len(split.cases)]

    def wide(self, part: int) -> str | None:
        """The municipality whose duties beyond its cases are judged in a part."""
        return next((name for name, split in self.split.items() if split.wide == part), None)

    def narrow(self, part: int) -> bool:
        """Whether only cases of a municipality are judged in a part."""
        return any(part in split.cases for split in self.split.values())

    def of_row(self, row: ReadRow) -> tuple[int, ...]:
        """The parts that a record of some municipality goes to."""
        assert row.municipality is not None
        if row.id is not None and (found := self.entangled.get(row.id)) is not None:
            return found
        if row.municipality not in self.split:
            return (self.whole[row.municipality],)
        return self._of(row.municipality, row.case, row.type, row.readable)

    def of_belonging(self, belongs: Iterable[Belongs]) -> tuple[int, ...]:
        """The parts of all that an id stands for."""
        found = {part for b in belongs for part in self._of(b.municipality, b.case, b.type, True)}
        return tuple(sorted(found))

    def of_municipalities(self, names: Iterable[str]) -> set[int]:
        """All parts of municipalities."""
        return {part for name in names for part in self._of(name, None, None, False)}

    def _of(self, municipality: str, case: str | None, type_: str | None, readable: bool) -> tuple[int, ...]:
        split = self.split.get(municipality)
        if split is None:
            return (self.whole[municipality],)
        wide = self.duties.types
        general = not readable or type_ in self.duties.general
        cases = split.cases if general or case is None else (self.owner(municipality, case),)
        return (split.wide, *cases) if general or wide is None or type_ in wide else cases


def concerned(unplaced: Iterable[bytes], facts: Facts) -> Iterator[tuple[str, bytes, frozenset[str]]]:
    """Place and record of each row that names no municipality, with those that it may be about (semantics
    7.5): those that its case has events of in its file, else those that its file has events of, else all that
    have any.
    """
    standing: dict[tuple[str, str | None], set[str]] = {}
    for municipality, file, case in facts.standing:
        standing.setdefault((file, case), set()).add(municipality)
    for record in unplaced:
        read = orjson.loads(record)
        file, case = read["file"], read.get("case")
        found = case is not None and standing.get((file, case))
        yield read["place"], record, frozenset(found or standing.get((file, None)) or facts.first_days)
