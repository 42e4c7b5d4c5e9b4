"""Two duties that can never both be met. Only what follows from their files alone is reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from transparency_check.model import Problem
from transparency_check.packs.lint.satisfiable import impossible
from transparency_check.packs.lint.subject import One, of_duty
from transparency_check.packs.model import Duty, EventSelector
from transparency_check.packs.spans import overlap

# A last day that is off moves on; no run of days off is longer.
_LONGEST_ROLL = 14


@of_duty("contradicting-duties")
def compatible(one: One) -> Iterator[Problem]:
    """This duty against every other that arises from the same events at the same time and place."""
    for other in one.whole.duties:
        if other.id != one.duty.id and _meet(one.duty, other):
            yield from _demands(one, other)
            yield from _lengths(one, other)


def _meet(one: Duty, other: Duty) -> bool:
    """Whether both always bind where the first does: same event, the other's condition is part of its own."""
    if one.unless or other.unless or one.replaces == other.id or other.replaces == one.id:
        return False
    if other.municipalities is not None and set(one.municipalities or ()) - set(other.municipalities):
        return False
    if other.municipalities is not None and one.municipalities is None:
        return False
    ours, theirs = _trigger(one), _trigger(other)
    if ours is None or theirs is None or ours.event != theirs.event:
        return False
    implied = all(name in ours.where and ours.where[name] == test for name, test in theirs.where.items())
    return implied and any(overlap(a, b) for a in one.versions for b in other.versions)


def _trigger(duty: Duty) -> EventSelector | None:
    """The one event that triggers the duty, where it is one under every reading."""
    if duty.trigger is None or duty.checkable is not None or any(r.trigger for r in duty.readings):
        return None
    alternatives = duty.trigger.alternatives
    source = alternatives[0] if len(alternatives) == 1 else None
    return source if isinstance(source, EventSelector) else None


def _demands(one: One, other: Duty) -> Iterator[Problem]:
    ours, theirs = one.duty.must, other.must
    if not ours or not theirs or one.duty.judged or other.judged:
        return
    where: Mapping[str, Any] = _trigger(one.duty).where  # type: ignore[union-attr]
    vocabulary = one.whole.vocabulary
    alone = impossible([where, ours], vocabulary) or impossible([where, theirs], vocabulary)
    why = None if alone else impossible([where, ours, theirs], vocabulary)
    if why:
        yield one.told("contradicting-duties.must", ("must",), at_key=True, other=other.id, why=why)


def _lengths(one: One, other: Duty) -> Iterator[Problem]:
    """This duty keeps something open for long; the other wants it closed soon."""
    open_for, deadline = one.duty.open_for, other.deadline
    if open_for is None or deadline is None or deadline.after != "time" or other.requires is None:
        return
    if (
        one.duty.readings
        or other.readings
        or any(v.n is not None for d in (one.duty, other) for v in d.versions)
    ):
        return
    closing = open_for.closed_by if isinstance(open_for.closed_by, str) else open_for.closed_by.event
    same_event = other.requires.event == closing and not other.requires.where
    lengthened = deadline.extended_by or deadline.suspended_by
    if not same_event or lengthened or deadline.unit != open_for.unit:
        return
    if not isinstance(deadline.n, int) or not isinstance(open_for.n, int):
        return
    slack = 0 if deadline.unit in ("working-day", "hour") or deadline.roll == "none" else _LONGEST_ROLL
    if deadline.unit in ("month", "year", "week"):
        slack = 0 if deadline.roll == "none" else 1
    if deadline.n + slack < open_for.n:
        yield one.told(
            "contradicting-duties.length",
            ("open_for", "n"),
            other=other.id,
            event=closing,
            n=deadline.n,
            unit=deadline.unit,
            least=open_for.n,
        )
