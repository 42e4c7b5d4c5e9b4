"""Who may discharge an obligation: candidates for each member of a requirement (semantics 4.3, 4.6, 7.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from transparency_check.packs.model import Duty, EventSelector

from .marks import mark
from .moments import Moment
from .placing import Position
from .records import Blur, Event, World
from .triggers import Trigger
from .weighing import IN, NO, Candidate

Place = Callable[[Moment], Position]
YES, MISSING, APART = "yes", "missing", "apart"


def link(world: World, duty: Duty, trigger: Trigger, event: Event) -> str:
    """4.3: whether trigger and event belong together; missing where it cannot be said."""
    by = duty.correlate.by
    if by == "municipality":
        return YES
    if by == "case":
        if event.case is None:
            return MISSING
        together = trigger.case is not None and world.linked(trigger.municipality, trigger.case, event.case)
        if together and event.case != trigger.case:
            home = _at_home(world, duty, trigger, event.case)
            mark("at home" if home else "linked case")
            return APART if home else YES
        return YES if together else APART
    answer = YES
    for name in by:
        own, other = _known(trigger, name), _known(event, name)
        if own is None or other is None:
            answer = MISSING
        elif own != other:
            return APART
    return answer


def _at_home(world: World, duty: Duty, trigger: Trigger, case: str) -> bool:
    """Whether another case holds a trigger of the duty itself: its events belong there."""
    if case == trigger.case or duty.trigger is None:
        return False
    for source in duty.trigger.alternatives:
        if not isinstance(source, EventSelector):
            continue
        types = [source.event] + ([duty.trigger.moving.event] if duty.trigger.moving else [])
        for event_type in types:
            for event in world.in_case(trigger.municipality, event_type, case):
                if world.condition(source.where, event) is not False:
                    return True
    return False


def lacks_link(duty: Duty, trigger: Trigger) -> bool:
    """A trigger without what it is correlated by."""
    by = duty.correlate.by
    if by == "case":
        return trigger.case is None
    return by != "municipality" and any(_known(trigger, name) is None for name in by)


def _known(facts: Any, name: str) -> Any:
    return None if name in facts.bad else facts.a.get(name)


def blur_weight(world: World, duty: Duty, trigger: Trigger, blur: Blur) -> str:
    """How an unreadable record weighs: on every base outcome (yes), on broken ones only (missing), or not
    (apart).
    """
    if duty.correlate.by != "case" or blur.case is None:
        return MISSING
    assert trigger.case is not None
    together = world.linked(trigger.municipality, trigger.case, blur.case) or trigger.case in blur.related
    return YES if together and not _at_home(world, duty, trigger, blur.case) else APART


def member(
    world: World, duty: Duty, trigger: Trigger, selectors: list[EventSelector], place: Place
) -> list[Candidate]:
    """Candidates for one member, by any of its selectors."""
    found: list[Candidate] = []
    for sel in selectors:
        if duty.correlate.by == "case":
            events = world.about(trigger.municipality, sel.event, trigger.case)
        else:
            events = world.fitting(trigger.municipality, sel.event, sel.where)
        for event in events:
            tie = link(world, duty, trigger, event)
            if event.id == trigger.own or tie == APART:
                continue
            answer = world.condition(sel.where, event)
            if answer is False:
                continue
            worst, best = place(event.moment)
            if best == NO:
                continue
            reasons = {"missing_link"} if tie == MISSING else set()
            if answer is None:
                reasons.add("missing_field")
            found.append(Candidate(worst, best, frozenset(reasons), event=event))
        for blur in world.blurs_for(trigger.municipality, sel.event):
            weight = blur_weight(world, duty, trigger, blur)
            if weight != APART:
                found += blurred(blur, place, weight == MISSING)
    # What one alternative is known to hold of, no field of another one settles.
    sure = {c.event.id for c in found if c.event is not None and "missing_field" not in c.reasons}
    return [
        c for c in found if c.event is None or c.event.id not in sure or "missing_field" not in c.reasons
    ]


def blurred(blur: Blur, place: Place, weak: bool) -> list[Candidate]:
    """An unreadable record as a candidate: in time, where its own time cannot be read."""
    worst, best = place(blur.moment) if blur.moment is not None else (IN, IN)
    return [] if best == NO else [Candidate(worst, best, frozenset({blur.reason}), weak)]


def absence(
    world: World, municipality: str, members: list[list[EventSelector]], first: Any, last: Any, due: Any
) -> Callable[[int], set[str]]:
    """4.15: why the absence of a fulfilment of a member may prove nothing: coverage from first to last,
    outage on due.
    """

    def reasons(number: int) -> set[str]:
        found = set()
        if not world.all_covered(municipality, {sel.event for sel in members[number]}, first, last):
            found.add("not_covered")
        if only_channel(world, members[number]) and world.outage_on(municipality, due):
            found.add("outage")
        return found

    return reasons


def only_channel(world: World, selectors: list[EventSelector]) -> bool:
    """Whether every selector of a member demands the channel that an outage strikes, and no other."""
    outage = world.rulebook.vocabulary.outage
    if outage is None:
        return False
    return all(
        sel.where.get(outage.attribute) in (outage.value, [outage.value], {"includes_all": [outage.value]})
        for sel in selectors
    )
