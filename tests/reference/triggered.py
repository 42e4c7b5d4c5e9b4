"""Obligations with a deadline before or after an anchor (semantics 4.7, 4.8, 4.10)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from transparency_check.packs.model import Version

from . import candidates, modifiers
from .counting import NoCalendar
from .marks import mark
from .moments import HOUR
from .placing import Clock, due_day, start_clock
from .readings import Read, in_force
from .records import Event, World
from .triggers import Plan, collect, plans
from .unions import union_members
from .verdicts import ALL, NOT_APPLICABLE, Due, Judged, Variant
from .weighing import Weighed, weigh


@dataclass
class Court:
    """One duty under one reading and one calendar."""

    world: World
    read: Read
    bound: int
    results: dict[str, list[Judged]]

    def plans(self) -> list[Plan]:
        return plans(self.read.duty, self.world, collect(self.read.duty, self.world, self.results))

    def blank(self, plan: Plan, version: Version) -> Variant:
        trigger = plan.trigger
        key = (trigger.municipality, trigger.case, trigger.period, trigger.id, trigger.origin)
        return Variant(key, ALL, instrument=version.instrument, trigger=trigger.event)

    def ended(self, plan: Plan, by_due: modifiers.Counts | None) -> str:
        """The certain reason for which nothing is owed (4.5), or an empty text."""
        if plan.given_up is True:
            return "superseded"
        if plan.trigger.moment is None:
            return ""
        if modifiers.cancelled(self.world, self.read.duty, plan, by_due):
            return "cancelled"
        return "exception" if modifiers.excepted(self.world, self.read.duty, plan, by_due) else ""

    def early(self, plan: Plan) -> str:
        """The reason for which nothing else is judged, or an empty text (7.6)."""
        if plan.trigger.lost:
            return "trigger_undetermined"
        if plan.trigger.holds is None:
            return "missing_field"
        return ""


def settle(variant: Variant, weighed: Weighed, doubts: list[modifiers.Doubt]) -> Variant:
    """The variant with its possible outcomes, doubtful modifiers added (7.5)."""
    possible, reasons = set(weighed.possible), set(weighed.reasons)
    for doubt in doubts:
        if weighed.base not in doubt.spares:
            possible.add(NOT_APPLICABLE)
            reasons.add(doubt.reason)
    evidence = tuple({e.id: e for e in weighed.evidence if e is not None}.values())
    return replace(variant, possible=frozenset(possible), reasons=frozenset(reasons), fulfilment=evidence)


def not_applicable(variant: Variant, reason: str) -> Variant:
    return replace(variant, possible=frozenset({NOT_APPLICABLE}), reasons=frozenset({reason}))


def unknown(variant: Variant, reason: str) -> Variant:
    return replace(variant, possible=ALL, reasons=frozenset({reason}))


def judge_deadlines(court: Court) -> list[Variant]:
    """Every obligation of a duty with a deadline."""
    found = []
    for plan in court.plans():
        variant = judge_deadline(court, plan)
        if variant is not None:
            found.append(variant)
    return found


def _clocks(court: Court, plan: Plan, version: Version, bound: int) -> tuple[Clock, Clock] | str | None:
    """The clock and the one without extension; a text why there is none; None where the number is unknown."""
    duty = court.read.duty
    assert duty.deadline is not None
    n = court.read.number(duty.deadline.n, version)
    if n is None:
        return None
    unit = court.read.unit(duty.deadline.unit, version)
    if plan.anchor is None:
        return plan.lacking
    stops = modifiers.stops_of(court.world, duty, plan.trigger)
    try:
        plain = start_clock(court.world, duty, plan, n, unit, bound, stops)
        extension = modifiers.first_extension(court.world, duty, plain)
        if extension is None:
            return plain, plain
        assert duty.deadline.extended_by is not None
        more = duty.deadline.extended_by.add
        if isinstance(more, str):
            value = None if more in extension.bad else extension.a.get(more)
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 36_500:
                mark("extension unreadable")
                return "missing_field"
            more = value
        return start_clock(court.world, duty, plan, n + more, unit, bound, stops), plain
    except NoCalendar:
        return "no_calendar"


def _version(court: Court, plan: Plan) -> Version | None:
    """4.1: in force on the trigger's day, or with ``applies_by: due`` on the due day it leads to in the
    calendar shown.
    """
    duty = court.read.duty
    moment = plan.trigger.moment
    day = moment.day if moment else court.world.as_of.day
    if duty.applies_by == "due" and moment is not None:
        known = False
        for version in duty.versions:
            clocks = _clocks(court, plan, version, 0)
            due = due_day(clocks[0].due, court.world) if isinstance(clocks, tuple) else None
            known = known or due is not None
            if due is not None and (version.from_ or due) <= due <= (version.to or due):
                mark("version by due")
                return version
        if known:
            return None
    return in_force(duty, day)


def judge_deadline(court: Court, plan: Plan) -> Variant | None:
    """One obligation; None where no law or no number is in force."""
    world, duty = court.world, court.read.duty
    version = _version(court, plan)
    if version is None:
        mark("no law")
        return None
    clocks = _clocks(court, plan, version, court.bound)
    if clocks is None:
        return None
    variant = court.blank(plan, version)
    clock, plain = clocks if isinstance(clocks, tuple) else (None, None)
    if clock is not None:
        variant.due = clock.due
    by_due = clock.by_due if clock is not None else None
    ended = court.ended(plan, by_due)
    if ended:
        return not_applicable(variant, ended)
    early = court.early(plan)
    if early:
        return unknown(variant, early)
    if candidates.lacks_link(duty, plan.trigger):
        return unknown(variant, "missing_link")
    if clock is None:
        return unknown(variant, str(clocks))
    try:
        weighed = _weigh(court, plan, clock)
    except NoCalendar:
        return unknown(replace(variant, due=Due()), "no_calendar")
    doubts = modifiers.doubts(world, duty, plan, by_due, clock, plain)
    variant = settle(variant, weighed, doubts)
    if weighed.base == "late":
        variant.late_by = lateness(clock, [e for e in weighed.evidence if e is not None])
    return variant


def _weigh(court: Court, plan: Plan, clock: Clock) -> Weighed:
    world, duty, trigger = court.world, court.read.duty, plan.trigger
    assert duty.requires is not None and trigger.moment is not None
    selectors = duty.requires.members
    if duty.judged == "union":
        found = [union_members(world, duty, trigger, part, clock.place) for part in selectors]
        selectors = [part for part, group in zip(selectors, found, strict=True) for _ in group]
        members = [member for group in found for member in group]
    else:
        members = [candidates.member(world, duty, trigger, part, clock.place) for part in selectors]
    missing = "violated" if clock.over() else "pending"
    due = due_day(clock.due, world)
    if due is None:
        return weigh(members, missing)
    first = min(trigger.day, due)
    absent = candidates.absence(world, trigger.municipality, selectors, first, due, due)
    return weigh(members, missing, absent)


def lateness(clock: Clock, evidence: list[Event]) -> tuple[float, str] | None:
    """7.7: from due to the latest member."""
    if not evidence:
        return None
    latest = max(evidence, key=lambda event: event.order)
    if clock.due.instants:
        mark("late by hours")
        return round((latest.moment.lo - clock.due.instants[1]) / HOUR, 2), "hour"
    assert clock.due.day is not None
    if clock.unit == "working-day":
        mark("late by working days")
        number = clock.world.days.working_after(clock.due.day, latest.day)
        return None if number is None else (number, "working-day")
    return (latest.day - clock.due.day).days, "day"
