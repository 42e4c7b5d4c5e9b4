"""Content duties: what an event must say (semantics 4.9)."""

from __future__ import annotations

from dataclasses import replace

from . import candidates, modifiers
from .moments import Moment
from .placing import Position
from .readings import in_force
from .records import Event, selecting
from .triggered import Court, not_applicable, settle, unknown
from .triggers import Plan
from .unions import union_members
from .verdicts import NOT_APPLICABLE, Due, Variant
from .weighing import IN, LATE, Weighed, weigh


def judge_contents(court: Court) -> list[Variant]:
    """Every obligation of a content duty."""
    return [variant for plan in court.plans() if (variant := judge_content(court, plan)) is not None]


def judge_content(court: Court, plan: Plan) -> Variant | None:
    """One obligation; None where no law is in force."""
    world, duty, trigger = court.world, court.read.duty, plan.trigger
    moment = trigger.moment
    version = in_force(duty, moment.day if moment else world.as_of.day)
    if version is None:
        return None
    variant = court.blank(plan, version)
    if moment is not None:
        variant.due = Due(day=moment.day)

    def by_due(other: Moment) -> bool:
        return other.day <= trigger.day

    ended = court.ended(plan, by_due)
    if ended:
        return not_applicable(variant, ended)
    early = court.early(plan)
    if early:
        return unknown(variant, early)
    alone = duty.judged != "union"
    if not alone and candidates.lacks_link(duty, trigger):
        return unknown(variant, "missing_link")
    assert duty.must is not None
    doubts = modifiers.doubts(world, duty, plan, by_due)
    if alone:
        return _alone(court, plan, variant, doubts)
    event = trigger.event
    assert event is not None
    weighed = _united(court, plan, event)
    variant = settle(variant, weighed, doubts)
    if weighed.base == "late":
        last = max((e for e in weighed.evidence if e is not None), key=lambda e: e.order)
        variant.late_by = ((last.day - trigger.day).days, "day")
    return variant


def _alone(court: Court, plan: Plan, variant: Variant, doubts: list[modifiers.Doubt]) -> Variant:
    """Judged at the event: no doubt but its own fields."""
    world, duty = court.world, court.read.duty
    assert duty.must is not None
    answer = world.condition(duty.must, plan.trigger)
    possible = {True: {"fulfilled"}, False: {"violated"}, None: {"fulfilled", "violated"}}[answer]
    reasons = {"missing_field"} if answer is None else set()
    base = "fulfilled" if answer is True else "violated"
    for doubt in doubts:
        if base not in doubt.spares:
            possible = possible | {NOT_APPLICABLE}
            reasons.add(doubt.reason)
    evidence = (plan.trigger.event,) if answer is True and plan.trigger.event else ()
    return replace(variant, possible=frozenset(possible), reasons=frozenset(reasons), fulfilment=evidence)


def _united(court: Court, plan: Plan, event: Event) -> Weighed:
    """Judged together with the other publications of its group: the last needed one decides lateness."""
    world, duty, trigger = court.world, court.read.duty, plan.trigger
    assert duty.must is not None

    def place(moment: Moment) -> Position:
        return (IN, IN) if moment.day <= trigger.day else (LATE, LATE)

    sel = [selecting(event.type, duty.must)]
    members = union_members(world, duty, trigger, sel, place, event)
    day = trigger.day
    absent = candidates.absence(world, trigger.municipality, [sel] * len(members), day, day, day)
    return weigh(members, "violated", absent)
