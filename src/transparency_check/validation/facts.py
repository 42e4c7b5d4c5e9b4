"""The facts of a log: its records as the engine sees them, corrections settled, withdrawals taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from ..packs.model import Vocabulary

if TYPE_CHECKING:
    from ..engine import Prepared


class Fact(NamedTuple):
    """One event. ``lo``..``hi`` are instants in UTC microseconds; ``rlo`` is when it was entered, at the
    earliest; ``planned`` holds, by attribute, the end and the text of the dates that its type fixes;
    ``order`` is its place among all records.
    """

    order: int
    place: str
    file: str
    id: str
    type: str
    municipality: str
    case: str | None
    related: tuple[str, ...]
    time: str
    day: str
    lo: int
    hi: int
    recorded: str
    rlo: int
    content: str
    planned: Mapping[str, tuple[int, str]]

    @property
    def timed(self) -> bool:
        """Whether a time of day was recorded."""
        return self.lo == self.hi

    @property
    def own_entry(self) -> bool:
        """Whether it says itself when it was entered."""
        return self.recorded != self.time


Case = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts, in order of time; those of each case; the cases of which a record cannot be read."""

    all: Sequence[Fact]
    cases: Mapping[Case, Sequence[Fact]]
    unclear: frozenset[str]

    def narrowed(self, kept: Iterable[Fact]) -> Facts:
        """Only these, in this order."""
        return replace(self, all=tuple(kept))


def facts_of(prepared: Prepared, records: Sequence[bytes]) -> Facts:
    """The facts among these records, from which ``prepared`` was made."""
    rows = prepared.con.execute("SELECT r FROM event ORDER BY n").fetchall()
    dates = _dates(prepared.rulebook.vocabulary)
    found = [_fact(r, orjson.loads(records[r]), dates) for (r,) in rows]
    cases: dict[Case, list[Fact]] = {}
    for fact in found:
        if fact.case is not None:
            cases.setdefault((fact.municipality, fact.case), []).append(fact)
    blurred = prepared.con.execute("SELECT DISTINCT cas FROM blur WHERE cas IS NOT NULL").fetchall()
    return Facts(found, cases, frozenset(name for (name,) in blurred))


def _dates(vocabulary: Vocabulary) -> dict[str, set[str]]:
    """By type the attributes in which it fixes a date beforehand."""
    found: dict[str, set[str]] = {}
    for plan in vocabulary.plans.values():
        if plan.date is not None:
            for type_ in (plan.fixed_by, plan.moved_by):
                if type_ is not None:
                    found.setdefault(type_, set()).add(plan.date)
    return found


def _fact(order: int, record: dict[str, Any], dates: Mapping[str, set[str]]) -> Fact:
    attributes = record["a"]
    return Fact(
        order=order,
        place=record["place"],
        file=record["file"],
        id=record["id"],
        type=record["type"],
        municipality=record["municipality"],
        case=record.get("case"),
        related=tuple(record.get("related", ())),
        time=record["time"],
        day=record["day"],
        lo=record["lo"],
        hi=record["hi"],
        recorded=record["recorded"],
        rlo=record["rlo"],
        content=record["content"],
        planned={
            name: (attributes[name]["hi"], attributes[name]["text"])
            for name in sorted(dates.get(record["type"], ()))
            if name in attributes
        },
    )
