"""What the evaluator says, and what it keeps while judging one variant (semantics 7.5, 7.11)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from .moments import Moment
from .records import Event

ALL = frozenset({"fulfilled", "late", "violated", "pending", "not_applicable"})
NOT_APPLICABLE = "not_applicable"
UNDETERMINED = "undetermined"
# 4.5: where several reasons apply.
NA_ORDER = ("superseded", "cancelled", "exception", "replaced")


@dataclass(frozen=True)
class Verdict:
    """One obligation as judged over all readings and calendars.

    ``due`` is a day, or an instant with offset where the period is in hours. ``readings`` holds (name, due,
    outcome) of each
    named reading; ``late_by`` a number and its unit.
    """

    rule: str
    municipality: str
    case: str | None
    period: str | None
    trigger: str | None
    outcome: str
    reasons: tuple[str, ...]
    possible: frozenset[str]
    due: str | None
    act_by: str | None
    due_range: tuple[str, str] | None
    readings: tuple[tuple[str, str | None, str], ...]
    instrument: str
    fulfilment: tuple[str, ...]
    late_by: tuple[float, str] | None


# Municipality, case, period, trigger event, and where an obligation was triggered by others: which of them.
Key = tuple[str, str | None, str | None, str | None, tuple[str, ...]]


@dataclass
class Due:
    """A due date: a day, or (hours) an interval of instants. Neither: unknown."""

    day: dt.date | None = None
    instants: tuple[int, int] | None = None


@dataclass
class Variant:
    """One obligation under one reading and one calendar."""

    key: Key
    possible: frozenset[str]
    reasons: frozenset[str] = frozenset()
    due: Due = field(default_factory=Due)
    instrument: str = ""
    fulfilment: tuple[Event, ...] = ()
    late_by: tuple[float, str] | None = None
    trigger: Event | None = None


@dataclass
class Judged:
    """A verdict with what other duties need of it: the moment it was due, and its trigger."""

    verdict: Verdict
    key: Key
    due: Due
    moment: Moment | None
    trigger: Event | None
