"""Minimum durations (semantics 3.8, 7.9)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from transparency_check.packs.model import EventSelector, OpenFor

from . import candidates, modifiers
from .conditions import Tri
from .counting import NoCalendar, forward
from .marks import mark
from .moments import HOUR, Moment, comes_before, whole_day
from .placing import at_or_before, due_day
from .readings import in_force
from .records import Event, World, moment_of, selecting
from .triggered import Court, not_applicable, unknown
from .triggers import Plan
from .verdicts import NOT_APPLICABLE, Due, Variant


@dataclass
class Planned:
    """The planned closing as last moved; ``bad`` where the value that counts cannot be read."""

    moment: Moment | None
    bad: bool = False


def judge_durations(court: Court) -> list[Variant]:
    """Every obligation of a duty to stay open."""
    return [variant for plan in court.plans() if (variant := judge_duration(court, plan)) is not None]


def _due(world: World, opened: Moment, n: int, unit: str, bound: int) -> Due:
    if unit == "hour":
        return Due(instants=(opened.lo + n * HOUR, opened.hi + n * HOUR))
    return Due(day=forward(opened.day, n, unit, "none", world.days, bound))


def judge_duration(court: Court, plan: Plan) -> Variant | None:
    """One obligation; None where no law or no number is in force."""
    world, duty, trigger = court.world, court.read.duty, plan.trigger
    part = duty.open_for
    assert part is not None
    opened = trigger.moment
    version = in_force(duty, opened.day if opened else world.as_of.day)
    number = court.read.number(part.n, version) if version else None
    if version is None or number is None:
        return None
    variant = court.blank(plan, version)
    due: Due | None = None
    if opened is not None:
        try:
            due = _due(world, opened, number, court.read.unit(part.unit, version), court.bound)
            variant.due = due
        except NoCalendar:
            due = None

    def by_due(moment: Moment) -> Tri:
        assert due is not None
        return at_or_before(due, moment)

    known = by_due if due is not None else None
    ended = court.ended(plan, known)
    if ended:
        return not_applicable(variant, ended)
    early = court.early(plan)
    if early:
        return unknown(variant, early)
    if candidates.lacks_link(duty, trigger):
        return unknown(variant, "missing_link")
    if due is None:
        return unknown(variant, "no_calendar")
    return _judge(court, plan, part, due, variant, modifiers.doubts(world, duty, plan, known))


def _closing_hi(moment: Moment) -> int:
    """A closing given as a date is at the end of that day."""
    return moment.hi


def _judge(
    court: Court, plan: Plan, part: OpenFor, due: Due, variant: Variant, doubts: list[modifiers.Doubt]
) -> Variant:
    world, trigger = court.world, plan.trigger
    opened = trigger.moment
    assert opened is not None
    end = due.instants[1] if due.instants else whole_day(due.day or dt.date.max, world.zone).hi
    over = world.as_of.hi > end if due.instants else world.as_of.day > (due.day or dt.date.max)
    sel = modifiers.selector(part.closed_by)
    closings = [e for e in modifiers.of_case(world, trigger, sel) if comes_before(opened, e.moment)]
    closing = closings[0] if closings else None
    if closing is not None:
        mark("closing")
    planned, perhaps = _planned(world, plan, part)
    reasons: set[str] = set()
    if closing is not None:
        base = "violated" if _closing_hi(closing.moment) < end else "fulfilled" if over else "pending"
        possible = {base}
    else:
        base, possible, reasons = _as_planned(planned, end, over, world)
        if perhaps is not None:
            other = _as_planned(perhaps, end, over, world)[1]
            if other != possible:
                mark("closing moved or not")
                reasons.add("time_of_day")
            possible |= other
    if base == "fulfilled" and closing is None:
        last = due_day(due, world)
        if not world.all_covered(trigger.municipality, [sel.event], opened.day, last or opened.day):
            possible.add("violated")
            reasons.add("not_covered")
    if base in ("pending", "fulfilled"):
        early = _early_closings(court, plan, sel, end)
        if base == "fulfilled" and closing is None:
            early |= _closings_anywhere(court, plan, sel, end)
        possible |= {"violated"} if early else set()
        reasons |= early
    if closing is None and base == "violated" and not planned.bad:
        later = _moved(court, plan, part, end)
        possible |= {"fulfilled"} if later else set()
        reasons |= later
    for doubt in doubts:
        if base not in doubt.spares:
            possible.add(NOT_APPLICABLE)
            reasons.add(doubt.reason)
    evidence = (closing,) if closing is not None else ()
    return replace(variant, possible=frozenset(possible), reasons=frozenset(reasons), fulfilment=evidence)


def _as_planned(planned: Planned, end: int, over: bool, world: World) -> tuple[str, set[str], set[str]]:
    """Base, possible outcomes and reasons where nothing but the planned closing decides."""
    if planned.bad:
        return "violated", {"violated", "fulfilled"}, {"missing_field"}
    if planned.moment is not None and _closing_hi(planned.moment) < end:
        if _closing_hi(planned.moment) > world.as_of.hi:
            return "pending", {"pending"}, {"planned_too_short"}
        return "violated", {"violated"}, set()
    base = "fulfilled" if over else "pending"
    return base, {base}, set()


def _planned(world: World, plan: Plan, part: OpenFor) -> tuple[Planned, Planned | None]:
    """The attribute of the trigger, or of the last moving event that came no later than the closing until
    then; and what it may be instead, where the hour of a moving event would tell whether it came too late.
    """
    if part.planned is None:
        return Planned(None), None
    trigger = plan.trigger
    sure = current = _stated(part.planned, trigger.a, trigger.bad) or Planned(None)
    in_doubt = False
    for event in _movers(world, plan, part):
        stated = _stated(part.planned, event.a, event.bad)
        if stated is None:
            continue
        until_then = current.moment
        if until_then is not None and not comes_before(event.moment, until_then):
            mark("closing moved too late")
            continue
        mark("closing moved")
        # What is on the day of the closing, at no hour, may have come after it; what follows rests on it.
        in_doubt |= until_then is not None and event.moment.hi > until_then.hi
        current = stated
        if not in_doubt:
            sure = stated
    return sure, current if in_doubt else None


def _movers(world: World, plan: Plan, part: OpenFor) -> list[Event]:
    if part.moved_by is None or plan.trigger.moment is None:
        return []
    events = modifiers.of_case(world, plan.trigger, selecting(part.moved_by))
    return [event for event in events if comes_before(plan.trigger.moment, event.moment)]


def _stated(name: str, a: dict[str, Any], bad: frozenset[str]) -> Planned | None:
    if name in bad:
        return Planned(None, bad=True)
    value = a.get(name)
    return Planned(moment_of(value)) if isinstance(value, dict) and "day" in value else None


def _early_closings(court: Court, plan: Plan, sel: EventSelector, end: int) -> set[str]:
    """Reasons of doubtful closings that could lie before the end of due."""
    world, trigger = court.world, plan.trigger
    opened = trigger.moment
    assert opened is not None

    def early(moment: Moment) -> bool:
        return comes_before(opened, moment) and moment.lo < end

    return {doubt.reason for doubt in modifiers.doubtful(world, court.read.duty, plan, sel, early)}


def _closings_anywhere(court: Court, plan: Plan, sel: EventSelector, end: int) -> set[str]:
    """Reasons of unreadable records without a case that may be a closing (where all rests on absence)."""
    opened = plan.trigger.moment
    assert opened is not None
    return {
        blur.reason
        for blur in court.world.blurs_for(plan.trigger.municipality, sel.event)
        if blur.case is None
        and (blur.moment is None or (comes_before(opened, blur.moment) and blur.moment.lo < end))
    }


def _moved(court: Court, plan: Plan, part: OpenFor, end: int) -> set[str]:
    """Reasons of doubtful extensions of the closing date that could lie before the end of due."""
    world, trigger = court.world, plan.trigger
    opened = trigger.moment
    if part.moved_by is None or part.planned is None or opened is None:
        return set()

    def counts(moment: Moment) -> bool:
        return comes_before(opened, moment) and moment.lo < end

    caseless = any(e.case is None and counts(e.moment) for e in world.of(trigger.municipality, part.moved_by))
    found = modifiers.unreadable(world, court.read.duty, plan, part.moved_by, counts)
    return {doubt.reason for doubt in found} | ({"missing_link"} if caseless else set())
