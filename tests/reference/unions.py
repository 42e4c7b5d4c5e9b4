"""Publications judged together (semantics 4.9, 7.5: ``judged: union``).

What `includes_all` owes of a list is owed piece by piece: every piece by any publication that satisfies
the rest of the condition. A requirement becomes several members, one for each piece.
"""

from __future__ import annotations

from typing import Any

from transparency_check.packs.model import Duty, EventSelector

from . import candidates
from .conditions import Tri, both
from .marks import mark
from .records import Event, World
from .triggers import Trigger
from .weighing import Candidate

Piece = tuple[str, str]


def pieces_of(world: World, selectors: list[EventSelector]) -> list[Piece | None]:
    """The pieces owed by a member; ``[None]`` where it owes no list as a whole."""
    found: list[Piece] = []
    for sel in selectors:
        for name, test in sel.where.items():
            if isinstance(test, dict) and "includes_all" in test:
                wanted = test["includes_all"]
                values = (
                    world.rulebook.vocabulary.attributes[name].values if isinstance(wanted, dict) else wanted
                )
                found += [(name, str(value)) for value in values if (name, str(value)) not in found]
    if found:
        mark("pieces")
    return list(found) or [None]


def supplies(world: World, sel: EventSelector, piece: Piece | None, event: Event) -> Tri:
    """Whether a publication supplies a piece: what is not owed by the municipality is supplied by any."""
    if piece is None:
        return world.condition(sel.where, event)
    name, value = piece
    asked = sel.where.get(name)
    if not (isinstance(asked, dict) and "includes_all" in asked):
        return world.condition(sel.where, event)
    rest = {k: t for k, t in sel.where.items() if not (isinstance(t, dict) and "includes_all" in t)}
    answer = world.tried({name: value}, event)
    if isinstance(asked["includes_all"], dict):
        owed = world.languages(event.municipality, event.day)
        if owed is None:
            answer = True if answer is True else None
        elif value not in owed:
            answer = True
    return both([world.tried(rest, event), answer])


def same_group(world: World, one: Event, other: Event) -> Tri:
    """Whether two publications are of one type and kind (absent is a kind too); unknown where a kind cannot
    be read.
    """
    if one.type != other.type:
        return False
    kinds = world.rulebook.vocabulary.kinds
    if any(kind in one.bad or kind in other.bad for kind in kinds):
        return None
    return all(one.a.get(kind) == other.a.get(kind) for kind in kinds)


def union_members(
    world: World,
    duty: Duty,
    trigger: Trigger,
    selectors: list[EventSelector],
    place: candidates.Place,
    own: Event | None = None,
) -> list[list[Candidate]]:
    """The members of one requirement judged together. With ``own`` (content duties) only publications of its
    case and kind count, and it is one of them.
    """
    return [
        _member(world, duty, trigger, selectors, piece, place, own) for piece in pieces_of(world, selectors)
    ]


def _member(
    world: World,
    duty: Duty,
    trigger: Trigger,
    selectors: list[EventSelector],
    piece: Piece | None,
    place: candidates.Place,
    own: Event | None,
) -> list[Candidate]:
    found: list[Candidate] = []
    best: dict[str, Tri] = {}
    events: dict[str, Event] = {}
    for sel in selectors:
        for event in world.of(trigger.municipality, sel.event):
            if own is not None and event.case is not None and event.case != trigger.case:
                continue
            if candidates.link(world, duty, trigger, event) == candidates.APART:
                continue
            answer = supplies(world, sel, piece, event)
            events[event.id] = event
            best[event.id] = (
                True
                if True in (answer, best.get(event.id))
                else None
                if None in (answer, best.get(event.id, False))
                else False
            )
    for identity, event in events.items():
        answer: Any = best[identity]
        tie = candidates.link(world, duty, trigger, event)
        grouped: Tri = True
        if own is not None:
            grouped = True if event is own else same_group(world, own, event)
        if answer is False or grouped is False or (event.id == trigger.own and event is not own):
            continue
        reasons = {"missing_link"} if tie == candidates.MISSING else set()
        reasons |= {"missing_field"} if answer is None or grouped is None else set()
        worst, at_best = place(event.moment)
        found.append(Candidate(worst, at_best, frozenset(reasons), event=event))
    seen: set[int] = set()
    for sel in selectors:
        for blur in world.blurs_for(trigger.municipality, sel.event):
            weight = candidates.blur_weight(world, duty, trigger, blur)
            if own is not None and (
                sel.event != own.type
                or (duty.correlate.by == "case" and blur.case not in (None, trigger.case))
            ):
                weight = candidates.APART
            if weight != candidates.APART and id(blur) not in seen:
                seen.add(id(blur))
                found += candidates.blurred(blur, place, weight == candidates.MISSING)
    return found


__all__ = ["Any", "union_members"]
