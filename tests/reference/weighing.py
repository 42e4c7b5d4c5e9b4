"""Candidates, doubts, and from them the base and the possible outcomes (semantics 7.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .records import Event

IN, LATE, NO = "in", "late", "no"
RANK = {IN: 2, LATE: 1, NO: 0}


@dataclass
class Candidate:
    """Something that may discharge a member of a requirement.

    ``worst`` and ``best`` are its positions in time; ``reasons`` why it is doubtful for other causes than its
    position. A
    ``weak`` one weighs only where the base is late or violated.
    """

    worst: str
    best: str
    reasons: frozenset[str] = frozenset()
    weak: bool = False
    event: Event | None = None

    @property
    def all_reasons(self) -> frozenset[str]:
        return self.reasons | ({"time_of_day"} if self.worst != self.best else frozenset())

    @property
    def certain(self) -> bool:
        return not self.reasons


@dataclass
class Weighed:
    base: str
    possible: set[str]
    reasons: set[str]
    evidence: list[Event | None] = field(default_factory=list)


def member_state(candidates: list[Candidate]) -> tuple[str, Event | None]:
    """In time, late or missing (``no``) by certain candidates taken pessimistically; and the evidence."""
    for position in (IN, LATE):
        found = [c.event for c in candidates if c.certain and c.worst == position and c.event is not None]
        if found:
            return position, min(found, key=lambda event: event.order)
    return NO, None


def requirement(states: list[str], missing: str) -> str:
    """Missing when a member is, else late when a member is, else in time."""
    worst = min(states, key=lambda state: RANK[state])
    return {IN: "fulfilled", LATE: "late", NO: missing}[worst]


def weigh(
    members: list[list[Candidate]], missing: str, absence: Callable[[int], set[str]] = lambda _: set()
) -> Weighed:
    """Judge a requirement.

    ``missing`` is the outcome while a member is missing (pending or violated); ``absence(i)`` names the
    reasons for which the
    absence of a fulfilment of member i proves nothing (not_covered, outage).
    """
    found = [member_state(candidates) for candidates in members]
    states = [state for state, _ in found]
    base = requirement(states, missing)
    result = Weighed(base, {base}, set(), [event for _, event in found])
    if base == "fulfilled":
        return result
    broken = base in ("late", "violated")
    best_states, reasons = [], set()
    for number, (state, candidates) in enumerate(zip(states, members, strict=True)):
        best = state
        if state != IN:
            for candidate in candidates:
                betters = RANK[candidate.best] > RANK[state] and (broken or not candidate.weak)
                if betters:
                    reasons |= candidate.all_reasons
                    best = max(best, candidate.best, key=lambda position: RANK[position])
            lacking = absence(number) if broken else set()
            if lacking:
                reasons |= lacking
                best = IN
        best_states.append(best)
    optimistic = requirement(best_states, missing)
    if optimistic != base:
        result.possible.add(optimistic)
        result.reasons |= reasons
    return result
