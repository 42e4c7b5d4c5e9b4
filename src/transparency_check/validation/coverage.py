"""Days that a log does not claim to hold, between its first and its last record (semantics 4.15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..messages.validation import oddity
from ..model import Problem
from .facts import Fact, Facts

if TYPE_CHECKING:
    from ..engine import Prepared

_Days = tuple[dt.date, dt.date]
_ONE = dt.timedelta(days=1)


def gaps(facts: Facts, prepared: Prepared) -> Iterator[Problem]:
    """What each municipality leaves open: of the families of which it records anything."""
    vocabulary = prepared.rulebook.vocabulary
    declaring = vocabulary.coverage.event if vocabulary.coverage else None
    own: dict[str, list[Fact]] = {}
    declarations: dict[str, Fact] = {}
    for fact in facts.all:
        if fact.type == declaring:
            declarations.setdefault(fact.municipality, fact)
        else:
            own.setdefault(fact.municipality, []).append(fact)
    assumed = dict(prepared.con.execute("SELECT municipality, first FROM assumed").fetchall())
    islands: dict[tuple[str, str], list[_Days]] = {}
    for municipality, family, first, last in prepared.con.execute(
        "SELECT municipality, family, first, last FROM island ORDER BY first"
    ).fetchall():
        islands.setdefault((municipality, family), []).append((first, last))
    for municipality, members in own.items():
        if municipality in assumed:
            if declaring is not None:
                yield oddity(
                    "coverage_assumed",
                    min(members).file,
                    municipality=municipality,
                    day=assumed[municipality].isoformat(),
                )
            continue
        span = _day(members[0]), max(map(_day, members))
        families = sorted({fact.type.partition(".")[0] for fact in members})
        open_: dict[_Days, list[str]] = {}
        for family in families:
            covered = islands.get((municipality, family), islands.get((municipality, "*"), []))
            for gap in _between(span, covered):
                open_.setdefault(gap, []).append(family)
        for (first, last), names in sorted(open_.items()):
            at = declarations.get(municipality, members[0])
            yield oddity(
                "coverage_gap",
                at.place,
                municipality=municipality,
                families=", ".join(names),
                first=first.isoformat(),
                last=last.isoformat(),
            )


def _day(fact: Fact) -> dt.date:
    return dt.date.fromisoformat(fact.day)


def _between(span: _Days, covered: list[_Days]) -> Iterator[_Days]:
    """What of the days is not covered; ``covered`` does not overlap and is in order."""
    at, end = span
    for first, last in covered:
        if first > end:
            break
        if first > at:
            yield at, first - _ONE
        if last >= end:
            return
        at = max(at, last + _ONE)
    if at <= end:
        yield at, end
