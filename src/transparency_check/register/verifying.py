"""Whether a register is as it was recorded: its chain, and what guards it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import UsageError
from .chain import Fault, Head, Walk
from .database import SQLITE
from .migrations import triggers
from .store import Reading, Register


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: the end of the chain, what is wrong with it and where, what the database says of
    its file, the triggers that are gone, the rows left out that are unsettled, and all that were left out.
    """

    head: Head
    faults: tuple[Fault, ...]
    damage: tuple[str, ...]
    unguarded: tuple[str, ...]
    unsettled: int
    left_out: int

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.faults or self.damage or self.unguarded)


def verified(register: Register, noted: Sequence[Head] = ()) -> Verified:
    """Go along the whole chain, and compare it with heads that were ``noted`` before, as reports do.

    What was cut off at the end, or made anew from some record on, is seen only by such a head.
    """
    with register.reading() as reading:
        walk = Walk(register.first)
        wanted: dict[int, list[Head]] = {}
        for head in noted:
            wanted.setdefault(head.count, []).append(head)
        rewritten = [head for head in wanted.get(0, ()) if head != register.first]
        for entry in reading.entries():
            walk.step(entry)
            rewritten += [head for head in wanted.get(entry.seq, ()) if head.hash != entry.hash]
        faults = list(walk.faults)
        faults += [Fault("rewritten", head.count, head.count) for head in rewritten]
        if cut := [count for count in wanted if count > walk.head.count]:
            faults.append(Fault("cut", walk.head.count + 1, max(cut)))
        return Verified(
            walk.head,
            tuple(faults),
            _damage(reading),
            _unguarded(reading),
            len(reading.left_out()),
            len(reading.left_out(unsettled=False)),
        )


def _damage(reading: Reading) -> tuple[str, ...]:
    """What SQLite says of its file. PostgreSQL has no such question."""
    if reading.register.dialect != SQLITE:
        return ()
    try:
        said = [str(row[0]) for row in reading.con.exec_driver_sql("PRAGMA integrity_check(5)")]
    except UsageError as error:
        return (error.message,)
    return () if said == ["ok"] else tuple(said)


def _unguarded(reading: Reading) -> tuple[str, ...]:
    wanted = triggers(reading.register.dialect, reading.register.version)
    if reading.register.dialect == SQLITE:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        # One that was switched off is there and does nothing.
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal"
    there = {str(row[0]) for row in reading.con.exec_driver_sql(query)}
    return tuple(sorted(wanted - there))
