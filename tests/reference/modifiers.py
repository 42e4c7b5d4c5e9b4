"""Cancellations, exceptions, extensions, stops, moves: what counts, and what is doubtful (semantics 4.5,
4.13, 4.14, 7.5, 7.8).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from transparency_check.packs.model import Duty, EventSelector, Exception_

from .conditions import Tri, both
from .counting import Stops
from .marks import mark
from .moments import Moment, before, comes_before
from .placing import Clock
from .records import Blur, Event, World, selecting
from .triggers import Plan, Trigger, gives_up

# Whether a modifier counts in time; None where that is open.
Counts = Callable[[Moment], Tri]


@dataclass(frozen=True)
class Doubt:
    """A doubtful modifier: its reason, and the base outcomes it leaves alone."""

    reason: str
    spares: frozenset[str] = frozenset()


def selector(named: str | EventSelector) -> EventSelector:
    return selecting(named) if isinstance(named, str) else named


def of_case(world: World, trigger: Trigger, sel: EventSelector) -> list[Event]:
    """Certain modifiers: events of the trigger's case whose condition is true, without the trigger."""
    if trigger.case is None:
        return []
    return [
        event
        for event in world.of(trigger.municipality, sel.event)
        if event.case == trigger.case
        and event.id != trigger.own
        and world.condition(sel.where, event) is True
    ]


def cancelled(world: World, duty: Duty, plan: Plan, by_due: Counts | None) -> bool:
    """4.5. Where no due date is known only a cancellation before an anchor can count."""
    assert duty.trigger is not None
    if duty.trigger.cancelled_by is None:
        return False
    counts = cancellation_counts(duty, plan, by_due)
    events = of_case(world, plan.trigger, selector(duty.trigger.cancelled_by))
    return any(counts(event.moment) is True for event in events)


def cancellation_counts(duty: Duty, plan: Plan, by_due: Counts | None) -> Counts:
    """After the trigger, and before the anchor (backward) or at or before due (otherwise)."""
    trigger = plan.trigger.moment
    assert trigger is not None

    def counts(moment: Moment) -> Tri:
        # What the first plan's cancellation is about can be no other plan.
        begun = before(trigger, moment) if plan.later else comes_before(trigger, moment)
        if duty.deadline is not None and duty.deadline.before is not None:
            ahead = False if plan.anchor is None else before(moment, plan.anchor)
        else:
            ahead = False if by_due is None else by_due(moment)
        answer = both([begun, ahead])
        if answer is None:
            mark("cancelled or not")
        return answer

    return counts


def exception_counts(plan: Plan, by_due: Counts | None, exception: Exception_) -> Counts:
    """By the trigger, or by due."""
    trigger = plan.trigger.moment
    assert trigger is not None

    def counts(moment: Moment) -> Tri:
        if exception.by == "trigger":
            return comes_before(moment, trigger)
        return False if by_due is None else by_due(moment)

    return counts


def excepted(world: World, duty: Duty, plan: Plan, by_due: Counts | None) -> bool:
    """4.14: an event of the case or a condition on the trigger makes the ordinary duty not applicable."""
    for exception in duty.unless:
        if exception.event is None:
            # A condition on the trigger asks nothing of a trigger that is no event.
            if not plan.trigger.origin and world.condition(exception.where, plan.trigger) is True:
                return True
            continue
        counts = exception_counts(plan, by_due, exception)
        sel = selecting(exception.event, exception.where)
        if any(counts(event.moment) is True for event in of_case(world, plan.trigger, sel)):
            return True
    return False


def stops_of(world: World, duty: Duty, trigger: Trigger) -> Stops:
    """7.8: the stops of the case, from its events in order."""
    suspension = duty.deadline.suspended_by if duty.deadline else None
    if suspension is None or trigger.case is None:
        return ()
    stops = []
    begun = None
    for event in world.by_municipality[trigger.municipality]:
        if event.case != trigger.case:
            continue
        if event.type == suspension.from_ and begun is None:
            begun = event.day
        elif event.type == suspension.to and begun is not None:
            stops.append((begun, event.day))
            begun = None
    return (*stops, *([(begun, None)] if begun is not None else []))


def first_extension(world: World, duty: Duty, plain: Clock) -> Event | None:
    """4.13: the first of the case after the trigger that is certainly by the unextended due date."""
    extension = duty.deadline.extended_by if duty.deadline else None
    if extension is None:
        return None
    sel = selecting(extension.event, extension.where)
    for event in of_case(world, plain.plan.trigger, sel):
        opened = plain.plan.trigger.moment
        if opened is not None and comes_before(opened, event.moment):
            counts = plain.by_due(event.moment)
            mark("extension" if counts else "extension too late")
            if counts:
                return event
    return None


# -- doubts


def doubts(
    world: World,
    duty: Duty,
    plan: Plan,
    by_due: Counts | None,
    clock: Clock | None = None,
    plain: Clock | None = None,
) -> list[Doubt]:
    """Every doubtful modifier of a triggered obligation, except closings and extensions of a closing date.

    ``plain`` is the clock without extension.
    """
    assert duty.trigger is not None
    found = [Doubt("time_of_day")] if plan.given_up is None else []
    for exception in duty.unless:
        if exception.event is None:
            if not plan.trigger.origin and world.condition(exception.where, plan.trigger) is None:
                found.append(Doubt("missing_field"))
        else:
            sel = selecting(exception.event, exception.where)
            found += doubtful(world, duty, plan, sel, exception_counts(plan, by_due, exception))
    if duty.trigger.cancelled_by is not None:
        counts = cancellation_counts(duty, plan, by_due)
        found += doubtful(world, duty, plan, selector(duty.trigger.cancelled_by), counts)
    found += _further_triggers(world, duty, plan)
    if clock is not None and plain is not None:
        found += _doubtful_extensions(world, duty, plain)
        found += _doubtful_stops(world, duty, clock)
    return found


def doubtful(world: World, duty: Duty, plan: Plan, sel: EventSelector, counts: Counts) -> list[Doubt]:
    """Linked ones of unknown condition, ones without case, and records of the case that cannot be read."""
    trigger = plan.trigger
    found: list[Doubt] = []
    for event in of_case(world, trigger, sel):
        if counts(event.moment) is None:
            found.append(Doubt("time_of_day"))
    for event in world.doubted(trigger.municipality, sel.event, sel.where):
        if event.case not in (None, trigger.case) or event.id == trigger.own:
            continue
        if event.case is None:
            found += placed(Doubt("missing_link", frozenset({"fulfilled"})), counts(event.moment))
        elif world.condition(sel.where, event) is None:
            found += placed(Doubt("missing_field"), counts(event.moment))
    return found + unreadable(world, duty, plan, sel.event, counts)


def placed(doubt: Doubt, counts: Tri) -> list[Doubt]:
    """A doubtful modifier where it stands: nothing where it does not count, a second reason where that is
    open (7.5).
    """
    if counts is False:
        return []
    return [doubt] if counts else [doubt, Doubt("time_of_day", doubt.spares)]


def unreadable(world: World, duty: Duty, plan: Plan, event_type: str, counts: Counts) -> list[Doubt]:
    """Unreadable and conflicting records with the trigger's case."""
    return [
        blur_doubt(duty, blur)
        for blur in world.blurs_for(plan.trigger.municipality, event_type)
        if blur.case is not None
        and blur.case == plan.trigger.case
        and (blur.moment is None or counts(blur.moment) is not False)
    ]


def blur_doubt(duty: Duty, blur: Blur) -> Doubt:
    """For duties that do not correlate by case it weighs only where the base is late or violated."""
    spared = () if duty.correlate.by == "case" else ("fulfilled", "pending")
    return Doubt(blur.reason, frozenset(spared))


def _further_triggers(world: World, duty: Duty, plan: Plan) -> list[Doubt]:
    assert duty.trigger is not None
    trigger = plan.trigger.moment
    assert trigger is not None
    take = duty.trigger.take
    types = {source.event for source in duty.trigger.alternatives if isinstance(source, EventSelector)}
    if duty.trigger.moving is not None:
        types = {duty.trigger.moving.event} | types

    def counts(moment: Moment) -> Tri:
        if take == "first":
            return comes_before(moment, trigger)
        return both([comes_before(trigger, moment), gives_up(duty, moment, plan.anchor)])

    if take == "each":
        return []
    found: list[Doubt] = []
    for event_type in sorted(types):
        found += unreadable(world, duty, plan, event_type, counts)
    return found


def _doubtful_extensions(world: World, duty: Duty, plain: Clock) -> list[Doubt]:
    extension = duty.deadline.extended_by if duty.deadline else None
    if extension is None:
        return []
    certain = first_extension(world, duty, plain)
    trigger = plain.plan.trigger.moment
    assert trigger is not None
    sel = selecting(extension.event, extension.where)
    found: list[Doubt] = []

    def counts(moment: Moment) -> Tri:
        # What comes after the first that counts changes nothing.
        ahead = certain is None or moment.lo <= certain.moment.lo
        return both([comes_before(trigger, moment), plain.by_due(moment), ahead])

    for event in world.of(plain.plan.trigger.municipality, sel.event):
        answer = world.condition(sel.where, event)
        if event.id == plain.plan.trigger.own or answer is False:
            continue
        if event.case is None:
            found += placed(Doubt("missing_link", frozenset({"fulfilled"})), counts(event.moment))
        elif event.case == plain.plan.trigger.case and answer is None:
            found += placed(Doubt("missing_field"), counts(event.moment))
        elif event.case == plain.plan.trigger.case and counts(event.moment) is None:
            found.append(Doubt("time_of_day"))
    return found + unreadable(world, duty, plain.plan, sel.event, counts)


def _doubtful_stops(world: World, duty: Duty, clock: Clock) -> list[Doubt]:
    suspension = duty.deadline.suspended_by if duty.deadline else None
    if suspension is None or clock.backwards:
        return []
    stops = [s for s in stops_of(world, duty, clock.plan.trigger) if s[0] >= clock.anchor.day]

    def begins(moment: Moment) -> bool:
        return clock.anchor.day <= moment.day and clock.by_due(moment) is not False

    def ends(moment: Moment) -> bool:
        return any(start <= moment.day and (end is None or moment.day < end) for start, end in stops)

    return [
        *doubtful(world, duty, clock.plan, selecting(suspension.from_), begins),
        *doubtful(world, duty, clock.plan, selecting(suspension.to), ends),
    ]
