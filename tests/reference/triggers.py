"""Triggers, their plans and anchors (semantics 4.4, 4.19, 7.6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from transparency_check.packs.model import Duty, EventSelector

from .conditions import Tri, either
from .counting import SHOWN
from .marks import mark
from .moments import Moment, before, comes_before
from .records import Event, World, moment_of, selecting
from .verdicts import Judged


@dataclass(eq=False)
class Trigger:
    """What brings an obligation to life: an event, or another obligation's end (then without attributes)."""

    municipality: str
    case: str | None
    period: str | None
    event: Event | None
    moment: Moment | None
    holds: Tri = True
    origin: tuple[str, ...] = ()
    lost: bool = False
    a: dict[str, Any] = field(default_factory=dict)
    bad: frozenset[str] = frozenset()
    supposed: frozenset[str] = frozenset()

    @property
    def id(self) -> str | None:
        return self.event.id if self.event else None

    @property
    def own(self) -> str | None:
        """The id of the event that is the trigger itself; None where the trigger is no event."""
        return None if self.origin else self.id

    @property
    def day(self) -> dt.date:
        assert self.moment is not None
        return self.moment.day

    @property
    def order(self) -> tuple[int, str]:
        return (self.moment.lo if self.moment else 0), self.id or ""


@dataclass(eq=False)
class Plan:
    """A trigger that creates an obligation, with what 7.6 says of its place among the plans of its case."""

    trigger: Trigger
    anchor: Moment | None
    lacking: str = ""
    later: bool = False
    given_up: Tri = False


def concerned(duty: Duty, world: World) -> list[str]:
    """Municipalities with an event, of those the duty names (all where it names none)."""
    known = sorted(world.by_municipality)
    return [m for m in known if duty.municipalities is None or m in duty.municipalities]


def collect(duty: Duty, world: World, results: dict[str, list[Judged]]) -> list[Trigger]:
    """All triggers with what their condition says, false ones too."""
    assert duty.trigger is not None
    found: list[Trigger] = []
    for municipality in concerned(duty, world):
        answers: dict[str, tuple[Event, list[Tri]]] = {}
        for source in duty.trigger.alternatives:
            if isinstance(source, EventSelector):
                types = [source.event]
                moving = duty.trigger.moving
                if moving is not None and moving.event != source.event:
                    types.append(moving.event)
                for event_type in types:
                    for event in world.of(municipality, event_type):
                        answer = world.condition(source.where, event)
                        answers.setdefault(event.id, (event, []))[1].append(answer)
            else:
                for first in results.get(source.obligation, []):
                    if first.verdict.municipality == municipality:
                        found += _ended(source.obligation, list(source.outcome), first)
        for event, tries in answers.values():
            found.append(
                Trigger(
                    municipality,
                    event.case,
                    None,
                    event,
                    event.moment,
                    either(tries),
                    a=event.a,
                    bad=event.bad,
                    supposed=event.supposed,
                )
            )
    return sorted(found, key=lambda trigger: trigger.order)


def _ended(rule: str, outcomes: list[str], first: Judged) -> list[Trigger]:
    """4.19: the obligation that another's outcome triggers."""
    verdict = first.verdict
    lost = verdict.outcome == "undetermined" and bool(verdict.possible & set(outcomes))
    if not lost and (verdict.outcome not in outcomes or first.moment is None):
        return []
    origin = (rule, *(str(part) for part in first.key[:4]), *first.key[4])
    return [
        Trigger(
            verdict.municipality,
            verdict.case,
            verdict.period,
            first.trigger,
            first.moment,
            origin=origin,
            lost=lost,
        )
    ]


def anchor_of(duty: Duty, world: World, trigger: Trigger) -> tuple[Moment | None, str]:
    """The moment a deadline is counted from; or None and the reason."""
    if duty.deadline is None:
        return trigger.moment, ""
    named = duty.deadline.before if duty.deadline.before is not None else duty.deadline.after
    if named == "time":
        return trigger.moment, ""
    if isinstance(named, str):
        value = trigger.a.get(named)
        if named in trigger.bad or not isinstance(value, dict) or "day" not in value:
            return None, "missing_field"
        return moment_of(value), ""
    assert isinstance(named, EventSelector)
    if trigger.case is None or trigger.moment is None:
        return None, "missing_link"
    events = [
        event
        for event in world.of(trigger.municipality, named.event)
        if event.case == trigger.case and world.condition(named.where, event) is True
    ]
    earlier = [event for event in events if comes_before(event.moment, trigger.moment)]
    chosen = earlier[-1:] or events[:1]
    if chosen:
        mark("anchor before" if earlier else "anchor after")
    return (chosen[0].moment, "") if chosen else (None, "missing_link")


def plans(duty: Duty, world: World, triggers: list[Trigger]) -> list[Plan]:
    """4.4, 7.6: which triggers create an obligation, and which of these were given up."""
    assert duty.trigger is not None
    take = duty.trigger.take
    groups: dict[tuple[Any, ...], list[Trigger]] = {}
    for number, trigger in enumerate(triggers):
        key: tuple[Any, ...] = (trigger.municipality, trigger.case)
        if take == "each" or trigger.lost:
            key = (number,)
        elif duty.correlate.by == "municipality":
            key = (trigger.municipality,)
        elif trigger.case is None:
            key = (number,)
        groups.setdefault(key, []).append(trigger)
    found: list[Plan] = []
    for group in groups.values():
        candidates = [t for t in group if t.holds is not False or _moves(duty, world, t)]
        made = [Plan(trigger, *anchor_of(duty, world, trigger)) for trigger in candidates]
        if take == "first":
            found += _firsts(duty, world, made)
        elif take == "last":
            found += _lasts(duty, world, made)
        else:
            found += made
    return [plan for plan in found if plan.trigger.holds is not False]


def _firsts(duty: Duty, world: World, made: list[Plan]) -> list[Plan]:
    window = duty.correlate.window
    chosen: list[Plan] = []
    free_from = dt.date.min
    for plan in made:
        if chosen and (
            window is None or duty.correlate.by != "municipality" or plan.trigger.day <= free_from
        ):
            continue
        chosen.append(plan)
        if window is not None:
            free_from = world.window_end(plan.trigger.day, window, SHOWN)
    return chosen


def _moves(duty: Duty, world: World, trigger: Trigger) -> bool:
    """Whether a record moves a plan, whatever it moves it to."""
    moving = duty.trigger.moving if duty.trigger else None
    if moving is None or trigger.event is None or trigger.event.type != moving.event:
        return False
    return world.condition(moving.where, trigger.event) is not False


def _same_anchor(duty: Duty, one: Moment, other: Moment | None) -> bool:
    """The same day, or the same moment where hours count."""
    if other is None:
        return False
    hours = duty.deadline is not None and duty.deadline.unit == "hour"
    return one == other if hours else one.day == other.day


def _called_off(duty: Duty, world: World, before: Trigger, after: Trigger) -> bool:
    """Whether a certain cancellation lies between two plans of a case."""
    named = duty.trigger.cancelled_by if duty.trigger else None
    if named is None or before.moment is None or after.moment is None:
        return False
    sel = selecting(named) if isinstance(named, str) else named
    found = any(
        event.case == after.case
        and world.condition(sel.where, event) is True
        and comes_before(before.moment, event.moment)
        and comes_before(event.moment, after.moment)
        for event in world.of(after.municipality, sel.event)
    )
    if found:
        mark("called off between")
    return found


def _lasts(duty: Duty, world: World, made: list[Plan]) -> list[Plan]:
    assert duty.trigger is not None
    runs: list[Plan] = []
    previous: Plan | None = None
    for plan in made:
        continues = (
            duty.trigger.moved_by is not None
            and not (previous is not None and _called_off(duty, world, previous.trigger, plan.trigger))
            and previous is not None
            and previous.trigger.holds is True
            and plan.trigger.holds is True
            and plan.anchor is not None
            and _same_anchor(duty, plan.anchor, previous.anchor)
        )
        if continues:
            mark("continued")
        else:
            runs.append(plan)
        previous = plan
    for number, plan in enumerate(runs):
        plan.later = number > 0
        if number + 1 < len(runs):
            plan.given_up = gives_up(duty, runs[number + 1].trigger.moment, plan.anchor)
            if plan.given_up is None:
                mark("given up or not")
    return runs


def gives_up(duty: Duty, move: Moment | None, anchor: Moment | None) -> Tri:
    """Whether the next plan is before the anchor of the plan before it; None where that is open. An anchor
    that is the trigger's own time was not fixed ahead: there the next plan has the benefit of the order.
    """
    if anchor is None or move is None:
        return True
    if duty.deadline is None or "time" in (duty.deadline.before, duty.deadline.after):
        return comes_before(move, anchor)
    return before(move, anchor)
