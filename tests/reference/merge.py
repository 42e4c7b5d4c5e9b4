"""From variants to one verdict (semantics 3.6, 3.9, 7.11)."""

from __future__ import annotations

from transparency_check.packs.model import Duty

from .moments import Moment, instant_text, local_day, whole_day
from .placing import due_day
from .readings import Read
from .records import World
from .verdicts import NA_ORDER, NOT_APPLICABLE, UNDETERMINED, Due, Judged, Key, Variant, Verdict

# Per reading, per calendar: the variants by key.
Table = list[tuple[Read, list[dict[Key, Variant]]]]
NOTHING = frozenset({NOT_APPLICABLE})


def due_text(due: Due, world: World) -> str | None:
    if due.instants:
        return instant_text(due.instants[0], world.zone)
    return due.day.isoformat() if due.day else None


def due_moment(due: Due, world: World) -> Moment | None:
    """The shown due as a moment: a date, or for hours the instants that it may be."""
    if due.instants:
        return Moment(*due.instants, local_day(due.instants[0], world.zone), ordered=True)
    return whole_day(due.day, world.zone) if due.day else None


def outcome_of(possible: frozenset[str]) -> str:
    return next(iter(possible)) if len(possible) == 1 else UNDETERMINED


def merge(duty: Duty, table: Table, world: World) -> list[Judged]:
    """One verdict per key that arises under any reading and calendar."""
    keys: dict[Key, None] = {}
    for _, calendars in table:
        for variants in calendars:
            keys.update(dict.fromkeys(variants))
    return [_merged(duty, key, table, world) for key in keys]


def _merged(duty: Duty, key: Key, table: Table, world: World) -> Judged:
    sets = [
        [variants[key].possible if key in variants else NOTHING for variants in calendars]
        for _, calendars in table
    ]
    every = [variants[key] for _, calendars in table for variants in calendars if key in variants]
    possible = frozenset(outcome for reading in sets for one in reading for outcome in one)
    reasons = {reason for variant in every for reason in variant.reasons}
    if any(len(set(reading)) > 1 for reading in sets):
        reasons.add("provisional_calendar")
    if len({reading[0] for reading in sets}) > 1:
        reasons.add("readings_differ")
    outcome = outcome_of(possible)
    if outcome == NOT_APPLICABLE:
        reasons = {next(reason for reason in NA_ORDER if reason in reasons)} if reasons else set()
    shown_in = next((c for _, c in table if key in c[0]), None)
    calendars = shown_in or next(c for _, c in table if any(key in variants for variants in c))
    shown = next(variants[key] for variants in calendars if key in variants)
    day = due_day(shown.due, world)
    act_by = world.days.last_working(day) if day else None
    verdict = Verdict(
        duty.id,
        key[0],
        key[1],
        key[2],
        key[3],
        outcome,
        tuple(sorted(reasons)),
        possible,
        due_text(shown.due, world),
        act_by.isoformat() if act_by else None,
        _range([variants[key].due for variants in calendars if key in variants], world),
        _readings(key, table, world),
        shown.instrument,
        tuple(sorted(event.id for event in shown.fulfilment)),
        shown.late_by,
    )
    return Judged(verdict, key, shown.due, due_moment(shown.due, world), shown.trigger)


def _range(dues: list[Due], world: World) -> tuple[str, str] | None:
    days = sorted(due.day for due in dues if due.day is not None)
    if len(days) < len(dues) or not days or days[0] == days[-1]:
        return None
    return days[0].isoformat(), days[-1].isoformat()


def _readings(key: Key, table: Table, world: World) -> tuple[tuple[str, str | None, str], ...]:
    found = []
    for read, calendars in table:
        if read.name:
            sets = [variants[key].possible if key in variants else NOTHING for variants in calendars]
            due = due_text(calendars[0][key].due, world) if key in calendars[0] else None
            found.append((read.name, due, outcome_of(frozenset(o for one in sets for o in one))))
    return tuple(found)
