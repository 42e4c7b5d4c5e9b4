"""Where a moment stands against the limits of a deadline (semantics 4.7-4.10, 7.7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from transparency_check.packs.model import Deadline, Duty, Span

from .conditions import Tri
from .counting import Stops, Suspended, backward, forward
from .marks import mark
from .moments import EPOCH, HOUR, Moment, comes_before, local_day
from .records import World
from .triggers import Plan
from .verdicts import Due
from .weighing import IN, LATE, NO

Position = tuple[str, str]


@dataclass
class Clock:
    """The deadline of one obligation under one calendar: n units from the anchor."""

    world: World
    duty: Duty
    deadline: Deadline
    plan: Plan
    anchor: Moment
    n: int
    unit: str
    bound: int
    due: Due
    suspended: bool = False

    @property
    def backwards(self) -> bool:
        return self.deadline.before is not None

    @property
    def ordering(self) -> bool:
        """4.10: not after the anchor."""
        return self.backwards and self.n == 0

    def over(self) -> bool:
        """7.1: as-of is after due."""
        if self.suspended:
            return False
        if self.due.instants:
            return self.world.as_of.hi > self.due.instants[1]
        assert self.due.day is not None
        return self.world.as_of.day > self.due.day

    def by_due(self, moment: Moment) -> Tri:
        """At or before due, as modifiers count (7.8)."""
        return True if self.suspended else at_or_before(self.due, moment)

    def before_anchor(self, moment: Moment) -> bool:
        return comes_before(moment, self.anchor)

    # -- positions

    def place(self, moment: Moment) -> Position:
        """Worst and best position: in time, late, or not counting."""
        if not self._not_too_early(moment) or not self._within_window(moment):
            return NO, NO
        if self.suspended:
            return IN, IN
        if self.ordering:
            return self._in_order(moment)
        if self.due.instants:
            return self._by_hours(moment)
        assert self.due.day is not None
        if moment.day <= self.due.day:
            return IN, IN
        if self.backwards and not self._not_after_anchor(moment):
            return NO, NO
        return LATE, LATE

    def _not_too_early(self, moment: Moment) -> bool:
        trigger = self.plan.trigger
        assert trigger.moment is not None
        if self.plan.later and not self.deadline.survives_move and not comes_before(trigger.moment, moment):
            # 7.6: what came before the move was about the date given up.
            mark("move limits")
            return False
        if self.backwards:
            return True
        limit = self.deadline.not_before
        if limit == "any":
            return True
        if isinstance(limit, Span):
            return self._since(limit, moment)
        return comes_before(trigger.moment, moment)

    def _since(self, span: Span, moment: Moment) -> bool:
        start = self.plan.trigger.moment
        assert start is not None
        if moment.day >= start.day and span.unit != "hour":
            # 7.11: only an earlier candidate asks how far back the beginning lies.
            return True
        if span.unit == "hour":
            return moment.hi >= start.lo - span.n * HOUR
        first = backward(start.day, span.n, span.unit, False, "none", self.world.days, self.bound)
        return moment.day >= first

    def _within_window(self, moment: Moment) -> bool:
        correlate = self.duty.correlate
        if correlate.by != "municipality" or correlate.window is None:
            return True
        day = self.plan.trigger.day
        if moment.day > self.world.window_end(day, correlate.window, self.bound):
            mark("window")
            return False
        if self.deadline.not_before == "any":
            return True
        if isinstance(self.deadline.not_before, Span):
            return self._since(self.deadline.not_before, moment)
        return moment.day >= day

    def _in_order(self, moment: Moment) -> Position:
        if moment.day != self.anchor.day:
            return (IN, IN) if moment.day < self.anchor.day else (NO, NO)
        if self.deadline.same_day == "allowed":
            return IN, IN
        if moment.timed and self.anchor.timed:
            mark("order in the day")
            return (IN, IN) if moment.lo <= self.anchor.lo else (NO, NO)
        mark("time of day")
        return NO, IN

    def _not_after_anchor(self, moment: Moment) -> bool:
        if moment.day != self.anchor.day:
            return moment.day < self.anchor.day
        return not (moment.timed and self.anchor.timed and moment.lo > self.anchor.lo)

    def _by_hours(self, moment: Moment) -> Position:
        assert self.due.instants is not None
        lo, hi = self.due.instants
        start = moment.lo
        trigger = self.plan.trigger.moment
        if self.backwards:
            if start > self.anchor.hi:
                return NO, NO
        elif trigger is not None and (
            self.deadline.not_before == "trigger" or (self.plan.later and not self.deadline.survives_move)
        ):
            # 4.7, 7.6: a date-only one on the day of what it must not come before counts as after it.
            start = max(start, trigger.lo)
        if moment.hi <= lo:
            return IN, IN
        if start > hi:
            return LATE, LATE
        mark("time of day")
        return LATE, IN


def at_or_before(due: Due, moment: Moment) -> Tri:
    """7.8: whether a moment is at or before due; None where the hours leave it open."""
    if due.instants is None:
        assert due.day is not None
        return moment.day <= due.day
    first, last = due.instants
    if moment.hi <= first:
        return True
    return False if moment.lo > last else None


def due_of(
    world: World, deadline: Deadline, anchor: Moment, n: int, unit: str, bound: int, stops: Stops
) -> Due:
    """The due date. Raises NoCalendar, Suspended."""
    if deadline.before is not None:
        if unit == "hour":
            _crossed(world, anchor.lo, anchor.lo - n * HOUR)
            return Due(instants=(anchor.lo - n * HOUR, anchor.hi - n * HOUR))
        how = deadline.roll or "none"
        if deadline.clear:
            mark("clear")
        plain = backward(anchor.day, n, unit, deadline.clear, "none", world.days, bound)
        return _rolled(plain, backward(anchor.day, n, unit, deadline.clear, how, world.days, bound))
    if unit == "hour":
        _crossed(world, anchor.lo, anchor.lo + n * HOUR)
        return Due(instants=(anchor.lo + n * HOUR, anchor.hi + n * HOUR))
    how = deadline.roll or ("forward" if n else "none")
    day = forward(anchor.day, n, unit, how, world.days, bound, stops)
    if stops and day != forward(anchor.day, n, unit, how, world.days, bound):
        mark("stop")
    return _rolled(forward(anchor.day, n, unit, "none", world.days, bound, stops), day)


def _rolled(plain: dt.date, day: dt.date) -> Due:
    if plain != day:
        mark("roll")
    return Due(day=day)


def _crossed(world: World, one: int, other: int) -> None:
    """Note hours that cross a change of the clock."""
    offsets = {
        (EPOCH + dt.timedelta(microseconds=us)).astimezone(world.zone).utcoffset() for us in (one, other)
    }
    if len(offsets) > 1:
        mark("hours over a change")


def start_clock(
    world: World,
    duty: Duty,
    plan: Plan,
    n: int,
    unit: str,
    bound: int,
    stops: Stops = (),
) -> Clock:
    """A clock with its due date; suspended where the clock still stands. Raises NoCalendar."""
    assert duty.deadline is not None and plan.anchor is not None
    clock = Clock(world, duty, duty.deadline, plan, plan.anchor, n, unit, bound, Due())
    try:
        clock.due = due_of(world, duty.deadline, plan.anchor, n, unit, bound, stops)
    except Suspended:
        mark("still stopped")
        clock.suspended = True
    return clock


def due_day(due: Due, world: World) -> dt.date | None:
    """The day of a due date: its own, or the local day of its first instant."""
    if due.instants:
        return local_day(due.instants[0], world.zone)
    return due.day
