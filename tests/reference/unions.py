"""Publications judged together (semantics 4.9, 7.5: ``judged: union``)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from transparency_check.packs.model import Duty, EventSelector

from . import candidates
from .conditions import Tri, both, either, holds, negate
from .records import Event, World
from .triggers import Trigger
from .weighing import IN, LATE, NO, RANK, Candidate

Group = tuple[Any, ...]


@dataclass
class _One:
    """One field of one publication, for a test of it alone."""

    municipality: str
    day: dt.date
    a: dict[str, Any]
    bad: frozenset[str]


def group_of(world: World, event: Any, event_type: str) -> Group | None:
    """Type and kinds of a publication; None where a kind cannot be read. An absent kind is a kind of its own.
    """
    kinds = world.rulebook.vocabulary.kinds
    if any(kind in event.bad for kind in kinds):
        return None
    return event_type, *(str(event.a.get(kind)) for kind in kinds)


def is_list(world: World, name: str) -> bool:
    attribute = world.rulebook.vocabulary.attributes.get(name)
    return attribute is not None and attribute.type.startswith("list")


def together(world: World, where: dict[str, Any], publications: list[Event], day: dt.date) -> Tri:
    """Whether several publications satisfy a condition together.

    The lists of all are put together; a test of anything else holds where it holds for one of them. ``day``
    is the day for
    which the municipality's languages are asked.
    """
    if not publications:
        return False
    results: list[Tri] = []
    for name, test in where.items():
        if name == "any":
            results.append(either(together(world, part, publications, day) for part in test))
        elif name == "all":
            results.append(both(together(world, part, publications, day) for part in test))
        elif is_list(world, name):
            results.append(_list_test(world, name, test, publications, day))
        else:
            results.append(either(world.condition({name: test}, one) for one in publications))
    return both(results)


def _list_test(world: World, name: str, test: Any, publications: list[Event], day: dt.date) -> Tri:
    if isinstance(test, dict) and "not" in test:
        rest = {key: value for key, value in test.items() if key != "not"}
        negated = negate(_list_test(world, name, test["not"], publications, day))
        return both([negated, _list_test(world, name, rest, publications, day)]) if rest else negated
    values = [one.a[name] for one in publications if name in one.a and name not in one.bad]
    merged = [part for value in values for part in value]
    open_ended = len(values) < len(publications)
    facts = _One(publications[0].municipality, day, {name: merged} if values else {}, frozenset())
    answer = holds({name: test}, facts, world.languages)
    if answer is False and open_ended:
        unreadable = any(name in one.bad for one in publications)
        # Absent from every publication is known to be not present; a value that cannot be read may be.
        return None if unreadable or test != {"present": True} else False
    return answer


def _supplies(where: dict[str, Any], world: World, event: Event, base: list[Event]) -> bool:
    """Whether a publication may add something to what the others have."""
    for name in _fields(where):
        if name in event.bad or name not in event.a:
            return True
        if is_list(world, name):
            had = {part for one in base for part in one.a.get(name, []) if name not in one.bad}
            if set(event.a[name]) - had:
                return True
        elif all(one.a.get(name) != event.a[name] for one in base):
            return True
    return False


def _fields(where: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for name, test in where.items():
        if name in ("any", "all"):
            found += [field for part in test for field in _fields(part)]
        elif name != "municipality":
            found.append(name)
    return found


def union_member(
    world: World,
    duty: Duty,
    trigger: Trigger,
    selectors: list[EventSelector],
    place: candidates.Place,
    own_group: Group | None = None,
    own: Event | None = None,
) -> list[Candidate]:
    """One member, by the publications of each group; as candidates that stand for the whole group.

    With ``own`` (content duties) only that event's group counts, and the event is part of it.
    """
    found: list[Candidate] = []
    for sel in selectors:
        known: dict[Group, list[tuple[Event, str, str]]] = {}
        doubtful: list[tuple[Event, str, str, frozenset[str]]] = []
        for event in world.of(trigger.municipality, sel.event):
            tie = candidates.link(world, duty, trigger, event)
            if own is not None and event.case is not None and event.case != trigger.case:
                tie = candidates.APART
            worst, best = place(event.moment)
            group = group_of(world, event, sel.event)
            if tie == candidates.APART or best == NO or (event.id == trigger.own and event is not own):
                continue
            if own is not None and group is not None and group != own_group:
                continue
            reasons = {"missing_link"} if tie == candidates.MISSING else set()
            reasons |= {"missing_field"} if group is None else set()
            if reasons:
                doubtful.append((event, worst, best, frozenset(reasons)))
            else:
                assert group is not None
                known.setdefault(group, []).append((event, worst, best))
        groups = [own_group] if own is not None and own_group is not None else list(known)
        if not groups and doubtful:
            groups = [None]
        for group in groups:
            found += _one_group(world, sel.where, trigger, known.get(group or (), []), doubtful)
        for blur in world.blurs_for(trigger.municipality, sel.event):
            weight = candidates.blur_weight(world, duty, trigger, blur)
            if own is not None and duty.correlate.by == "case" and blur.case not in (None, trigger.case):
                weight = candidates.APART
            if weight != candidates.APART:
                found += candidates.blurred(blur, place, weight == candidates.MISSING)
    return found


def _one_group(
    world: World,
    where: dict[str, Any],
    trigger: Trigger,
    known: list[tuple[Event, str, str]],
    doubtful: list[tuple[Event, str, str, frozenset[str]]],
) -> list[Candidate]:
    day = trigger.day
    found: list[Candidate] = []
    # The base: the earliest moment at which certain publications, at their worst, satisfy the condition
    # together.
    gathered: list[Event] = []
    certain_state = NO
    for event, worst, _ in sorted(known, key=lambda item: (-RANK[item[1]], item[0].order)):
        if worst == NO:
            continue
        gathered.append(event)
        if together(world, where, gathered, day) is True:
            certain_state = worst
            found.append(Candidate(worst, worst, event=event))
            break
    if certain_state == IN:
        return found
    # At best: all that could count, in time first.
    for level in (IN, LATE):
        if RANK[level] <= RANK[certain_state]:
            break
        certain = [e for e, worst, _ in known if RANK[worst] >= RANK[level]]
        possible = [(e, w, frozenset()) for e, w, b in known if RANK[b] >= RANK[level]]
        possible += [(e, w, r) for e, w, b, r in doubtful if RANK[b] >= RANK[level]]
        if together(world, where, [e for e, _, _ in possible], day) is False:
            continue
        reasons: set[str] = set()
        for event, worst, why in possible:
            if not _supplies(where, world, event, [e for e in certain if e is not event]):
                continue
            reasons |= why
            if RANK[worst] < RANK[level]:
                reasons.add("time_of_day")
            if world.condition(where, event) is None and any(
                name in event.bad or name not in event.a for name in _fields(where)
            ):
                reasons.add("missing_field")
        found.append(Candidate(level, level, frozenset(reasons or {"missing_field"})))
        break
    return found
