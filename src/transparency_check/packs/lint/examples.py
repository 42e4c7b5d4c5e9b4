"""Whether the examples of a duty test it: every outcome it can have, both sides of the due day, by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from transparency_check.messages import either, phrase
from transparency_check.model import Problem
from transparency_check.packs.judged import unjudged
from transparency_check.packs.lint.citations import own_number
from transparency_check.packs.lint.subject import One, of_duty
from transparency_check.packs.model import (
    Duty,
    EventSelector,
    Example,
    Expectation,
    ObligationSelector,
    Requirement,
)
from transparency_check.times import Moment, TimeError, read_time

_STATED = ("outcome", "due", "act_by", "reasons", "due_range", "instrument", "late_by")


@of_duty("no-examples")
def has_examples(one: One) -> Iterator[Problem]:
    """A duty that is judged has examples."""
    if unjudged(one.duty) is None and not one.duty.examples:
        yield one.told("no-examples", ("id",), rule=one.duty.id)


@of_duty("example-beside-duty")
def example_about_duty(one: One) -> Iterator[Problem]:
    """Some expectation of each example is about the duty itself."""
    for index, example in enumerate(one.duty.examples):
        if example.expect and not own_expectations(one.duty, example):
            yield one.told("example-beside-duty", ("examples", index, "name"), rule=one.duty.id)


@of_duty("empty-expectation")
def expectations_expect(one: One) -> Iterator[Problem]:
    """Each expectation states a value, or that there is no finding; each example has one."""
    for index, example in enumerate(one.duty.examples):
        if not example.expect:
            yield one.told("empty-expectation", ("examples", index, "expect"), at_key=True)
        for n, expected in enumerate(example.expect):
            if not expected.none and not expected.model_fields_set & set(_STATED):
                yield one.told("empty-expectation", ("examples", index, "expect", n))


@of_duty("not-counted")
def dates_counted(one: One) -> Iterator[Problem]:
    """Where days are counted, the example that expects a date says how."""
    number = own_number(one.duty)
    if one.duty.shape not in ("event", "duration") or (
        number is None and not any(v.n for v in one.duty.versions)
    ):
        return
    for index, example in enumerate(one.duty.examples):
        dated = [e for e in own_expectations(one.duty, example) if e.due]
        if dated and not (example.counted or "").strip():
            yield one.told("not-counted", ("examples", index, "name"), due=dated[0].due)


@of_duty("outcome-not-covered")
def outcomes_covered(one: One) -> Iterator[Problem]:
    """Each outcome that the duty can have, and both sides of its due day."""
    duty = one.duty
    if unjudged(duty) is not None or not duty.examples:
        return
    expected = {e.outcome for x in duty.examples for e in own_expectations(duty, x)}
    missing = [name for name in possible_outcomes(duty) if not expected & set(name.split(" or "))]
    anywhere = {e.outcome for x in duty.examples for e in x.expect}
    if can_fall_away(duty) and "not_applicable" not in (anywhere if duty.replaces else expected):
        missing.append("not_applicable")
    for outcome in missing:
        path = ("examples",)
        yield one.told(
            "outcome-not-covered.outcome",
            path,
            at_key=True,
            rule=duty.id,
            outcome=either(outcome.split(" or ")),
        )
    yield from _due_day(one)


def possible_outcomes(duty: Duty) -> list[str]:
    """What the shape of the duty can come to, apart from falling away."""
    outcomes = ["fulfilled", "late or violated", "pending", "undetermined"]
    if duty.count is not None:
        periods = {(duty.count.per, duty.count.within)}
        for reading in duty.readings:
            overlay = reading.count or {}
            periods.add((overlay.get("per", duty.count.per), overlay.get("within", duty.count.within)))
        # Where readings count by other periods, no obligation is one of all readings.
        if len(periods) > 1:
            return ["undetermined"]
    if not can_be_pending(duty):
        outcomes.remove("pending")
    # No log covers the whole time since a duty began that has no first day (semantics 4.20).
    if duty.standing and any(v.from_ is None for v in duty.versions):
        outcomes.remove("late or violated")
    return outcomes


def can_be_pending(duty: Duty) -> bool:
    """Whether some moment lies between the beginning of an obligation and its end."""
    if duty.shape in ("content", "standing"):
        return False
    if duty.calendar is not None and duty.calendar.only_if is not None:
        # It arises with the event that discharges it.
        return duty.calendar.only_if.event not in _discharging(duty)
    deadline = duty.deadline
    if deadline is None:
        return True
    # What must come before the trigger itself is decided once the trigger is there; what is counted from
    # another moment than the outcome of the duty that triggers it may be over by then.
    outcome_triggers = duty.trigger is not None and any(
        isinstance(s, ObligationSelector) for s in duty.trigger.alternatives
    )
    return deadline.before != "time" and (not outcome_triggers or deadline.after == "time")


def can_fall_away(duty: Duty) -> bool:
    """Whether some record, or a local duty, makes the duty not applicable."""
    trigger = duty.trigger
    ended = trigger is not None and (trigger.cancelled_by is not None or trigger.moved_by is not None)
    return bool(duty.unless or duty.replaces or ended)


def own_expectations(duty: Duty, example: Example) -> list[Expectation]:
    """The expectations that are about the duty itself."""
    return [e for e in example.expect if e.rule in (None, duty.id)]


@dataclass(frozen=True)
class _Act:
    """An act that could discharge the duty, with the limit that the example expects and what comes of it."""

    time: Moment
    due: str
    outcome: str | None

    @property
    def on_due(self) -> bool:
        # A limit in hours is an instant.
        return (
            self.time.lo == self._instant
            if self._instant is not None
            else self.time.day.isoformat() == self.due
        )

    @property
    def after_due(self) -> bool:
        return (
            self.time.lo > self._instant
            if self._instant is not None
            else self.time.day.isoformat() > self.due
        )

    @property
    def next_day(self) -> bool:
        return self._instant is None and (self.time.day - dt.timedelta(days=1)).isoformat() == self.due

    @property
    def _instant(self) -> int | None:
        return read_time(self.due, ZoneInfo("UTC")).lo if "T" in self.due else None


def _due_day(one: One) -> Iterator[Problem]:
    duty = one.duty
    if duty.shape not in ("event", "calendar", "duration") or duty.judged == "union":
        return
    if duty.deadline is not None and duty.deadline.before == "time":
        return
    acts = list(_acts(duty, ZoneInfo(one.whole.book.zone)))
    met = ("fulfilled", "undetermined")
    unmet = ("late", "violated", "undetermined")
    if duty.shape == "duration":
        # A closing with a time of day lies before the end of the due day: the next day is the first.
        what, when = phrase("a lawful closing"), phrase("before the end of the due day")
        right = any((a.on_due or a.next_day) and a.outcome in met for a in acts)
        wrong = any(not a.after_due and a.outcome in unmet for a in acts)
    else:
        what, when = phrase("a fulfilment"), phrase("after the due day")
        right = any(a.on_due and a.outcome in met for a in acts)
        # An order is broken on the day itself: the time of day decides.
        order = duty.deadline is not None and duty.deadline.before is not None and duty.deadline.n == 0
        wrong = any((a.after_due or (order and a.on_due)) and a.outcome in unmet for a in acts)
    path = ("examples",)
    if not right:
        yield one.told("outcome-not-covered.on-due", path, at_key=True, rule=duty.id, what=what)
    if not wrong:
        yield one.told("outcome-not-covered.after-due", path, at_key=True, rule=duty.id, what=what, when=when)


def _acts(duty: Duty, zone: ZoneInfo) -> Iterator[_Act]:
    types = _discharging(duty)
    for example in duty.examples:
        times = [t for e in example.events if e.get("type") in types if (t := _time(e.get("time"), zone))]
        for expected in own_expectations(duty, example):
            if expected.due is not None:
                yield from (_Act(t, expected.due, expected.outcome) for t in times)


def _time(value: object, zone: ZoneInfo) -> Moment | None:
    try:
        return read_time(value, zone) if isinstance(value, str) else None
    except TimeError:
        return None


def _discharging(duty: Duty) -> set[str]:
    """The event types that can discharge the duty under some reading, or close what it keeps open."""
    requirements: list[Requirement | None] = [duty.requires, *(r.requires for r in duty.readings)]
    types = {s.event for r in requirements if r is not None for member in r.members for s in member}
    if duty.open_for is not None:
        closing = duty.open_for.closed_by
        types.add(closing.event if isinstance(closing, EventSelector) else closing)
    return types
