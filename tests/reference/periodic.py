"""Duties that arise by themselves: counts, dates, standing ones (semantics 4.11, 4.12, 4.20, 7.10)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from transparency_check.packs.model import CalendarTrigger, EventSelector

from . import recurrences
from .candidates import absence, blurred
from .counting import NoCalendar, add_days, add_months, civil_period, part_of, roll
from .marks import mark
from .moments import Moment
from .placing import Position
from .readings import in_force
from .records import Event
from .triggered import Court, unknown
from .triggers import concerned
from .verdicts import ALL, NOT_APPLICABLE, Due, Variant
from .weighing import IN, LATE, NO, Candidate, Weighed, weigh

ONE_DAY = dt.timedelta(days=1)


def _variant(weighed: Weighed, key: Any, due: Due, instrument: str) -> Variant:
    evidence = tuple({e.id: e for e in weighed.evidence if e is not None}.values())
    return Variant(
        key, frozenset(weighed.possible), frozenset(weighed.reasons), due, instrument, fulfilment=evidence
    )


# -- counts


def judge_counts(court: Court) -> list[Variant]:
    """One obligation per municipality and civil period."""
    world, count = court.world, court.read.duty.count
    assert count is not None
    found: list[Variant] = []
    for municipality in concerned(court.read.duty, world):
        start = world.first_covered(municipality)
        if start is None:
            continue
        day = civil_period(start, count.per)[1]
        while day <= world.until:
            key, first, last = civil_period(day, count.per)
            variant = _count(court, municipality, key, first, last, start)
            if variant is not None:
                found.append(variant)
            day = last + ONE_DAY
    return found


def _count(
    court: Court, municipality: str, key: str, first: dt.date, last: dt.date, start: dt.date
) -> Variant | None:
    world, duty = court.world, court.read.duty
    count = duty.count
    assert count is not None
    begin, end = part_of(first, last, count.within)
    if end < start or begin > world.until:
        return None
    version = in_force(duty, first)
    wanted = court.read.number(count.at_least, version) if version else None
    if version is None or wanted is None:
        return None
    off = False
    if count.per == "working-day":
        try:
            if not any(world.days.working(first, bound) for bound in (0, 1, 2, 3)):
                return None
            off = not world.days.working(first, court.bound)
            if off:
                mark("working day in doubt")
        except NoCalendar:
            return None
    weighed = _weigh_count(court, municipality, begin, end, first, wanted)
    variant = _variant(weighed, (municipality, None, key, None, ()), Due(day=end), version.instrument)
    if off and weighed.possible != {"fulfilled"}:
        return replace(variant, possible=frozenset({NOT_APPLICABLE}), reasons=frozenset())
    return variant


def _weigh_count(
    court: Court, municipality: str, begin: dt.date, end: dt.date, first: dt.date, wanted: int
) -> Weighed:
    world, duty = court.world, court.read.duty
    count = duty.count
    assert count is not None
    base_missing = "violated" if world.as_of.day > end else "pending"
    absent = absence(world, municipality, count.members, first, end, end)
    base_reached, best_reached = True, True
    reasons: set[str] = set()
    evidence: list[Event | None] = []
    for number, selectors in enumerate(count.members):
        certain, doubtful, lost = _tally(court, municipality, selectors, begin, end)
        evidence += certain[:wanted]
        if len(certain) >= wanted:
            continue
        base_reached = False
        more = len(doubtful) + (len(lost) if base_missing == "violated" else 0)
        lacking = absent(number) if base_missing == "violated" else set()
        if len(certain) + more < wanted and not lacking:
            best_reached = False
        reasons |= lacking
        reasons |= {"missing_field"} if doubtful else set()
        reasons |= set(lost) if base_missing == "violated" else set()
    if base_reached:
        return Weighed("fulfilled", {"fulfilled"}, set(), evidence)
    if not best_reached:
        return Weighed(base_missing, {base_missing}, set(), evidence)
    return Weighed(base_missing, {base_missing, "fulfilled"}, reasons, evidence)


def _tally(
    court: Court, municipality: str, selectors: list[EventSelector], begin: dt.date, end: dt.date
) -> tuple[list[Event], list[Event], list[str]]:
    """Certain events, doubtful ones, and reasons of unreadable records (one each) in a period."""
    world = court.world
    certain: dict[str, Event] = {}
    doubtful: dict[str, Event] = {}
    lost: dict[int, str] = {}
    for sel in selectors:
        for event in world.of(municipality, sel.event):
            answer = world.condition(sel.where, event)
            if begin <= event.day <= end and answer is not False:
                (certain if answer is True else doubtful)[event.id] = event
        for blur in world.blurs_for(municipality, sel.event):
            if blur.moment is None or begin <= blur.moment.day <= end:
                lost[id(blur)] = blur.reason
    maybe = [event for identity, event in doubtful.items() if identity not in certain]
    return sorted(certain.values(), key=lambda e: e.order), maybe, list(lost.values())


# -- calendar dates


@dataclass
class Recurrence:
    """One date, its neighbours' due dates (shown calendar) and its civil period."""

    nominal: dt.date
    after: dt.date | None
    until: dt.date | None
    shown: dt.date
    key: str
    first: dt.date
    last: dt.date


def judge_calendars(court: Court) -> list[Variant]:
    """One obligation per municipality and recurrence."""
    world, duty = court.world, court.read.duty
    calendar = duty.calendar
    assert calendar is not None
    found: list[Variant] = []
    rounds = _recurrences(court, calendar)
    for municipality in concerned(duty, world):
        start = world.first_covered(municipality)
        for one in rounds if start is not None else []:
            begin = one.after + ONE_DAY if one.after is not None else one.first
            if start is not None and one.shown >= start and begin <= world.until:
                variant = _recurrence(court, municipality, one)
                if variant is not None:
                    found.append(variant)
    return found


def _recurrences(court: Court, calendar: CalendarTrigger) -> list[Recurrence]:
    world, duty = court.world, court.read.duty
    rule = recurrences.parse(calendar.rrule)
    starts = [version.from_ for version in duty.versions]
    begin = dt.date(2000, 1, 1) if starts[0] is None else starts[0]
    far = add_days(world.until, 800)
    nominal = recurrences.dates(rule, begin, far)

    def shown(day: dt.date) -> dt.date:
        try:
            return roll(day, calendar.roll, world.days, 0)
        except NoCalendar:
            return day

    dues = [shown(day) for day in nominal]
    found = []
    for number, day in enumerate(nominal):
        key, first, last = civil_period(day, rule.period)
        after = dues[number - 1] if number else None
        following = dues[number + 1] if number + 1 < len(dues) else None
        found.append(Recurrence(day, after, following, dues[number], key, first, last))
    return found


def _recurrence(court: Court, municipality: str, one: Recurrence) -> Variant | None:
    world, duty = court.world, court.read.duty
    calendar = duty.calendar
    version = in_force(duty, one.nominal)
    if version is None or calendar is None:
        return None
    key = (municipality, None, one.nominal.isoformat(), None, ())
    blank = Variant(key, ALL, instrument=version.instrument)
    try:
        due = roll(one.nominal, calendar.roll, world.days, court.bound)
        blank.due = Due(day=due)
    except NoCalendar:
        due = None
    if calendar.only_if is not None:
        answer = _held(court, municipality, calendar.only_if, one)
        mark("only if not" if answer is False else "only if")
        if answer is False:
            return None
        if answer is None:
            return unknown(blank, "missing_field")
    if due is None:
        return unknown(blank, "no_calendar")
    assert duty.requires is not None
    members = [_about_member(court, calendar, municipality, part, one, due) for part in duty.requires.members]
    missing = "violated" if world.as_of.day > due else "pending"
    absent = absence(world, municipality, duty.requires.members, min(one.first, due), due, due)
    weighed = weigh(members, missing, absent)
    variant = _variant(weighed, key, Due(day=due), version.instrument)
    if weighed.base == "late":
        latest = max((e for e in weighed.evidence if e is not None), key=lambda e: e.order)
        variant.late_by = ((latest.day - due).days, "day")
    return variant


def _held(court: Court, municipality: str, sel: EventSelector, one: Recurrence) -> bool | None:
    answers = [
        court.world.condition(sel.where, event)
        for event in court.world.of(municipality, sel.event)
        if one.first <= event.day <= one.last
    ]
    if True in answers:
        return True
    return None if None in answers else False


def _about_period(about: str, one: Recurrence) -> tuple[dt.date, dt.date]:
    """The civil period that ``about`` names, counted from the nominal date."""
    which, unit = about.split("-")
    step = {"same": 0, "next": 1, "previous": -1}[which] * {"year": 12, "quarter": 3, "month": 1}[unit]
    _, first, last = civil_period(add_months(one.nominal.replace(day=1), step), unit)
    return first, last


def _about_member(
    court: Court,
    calendar: CalendarTrigger,
    municipality: str,
    selectors: list[EventSelector],
    one: Recurrence,
    due: dt.date,
) -> list[Candidate]:
    world = court.world
    found: list[Candidate] = []
    for sel in selectors:
        for event in world.of(municipality, sel.event):
            answer = world.condition(sel.where, event)
            reasons = {"missing_field"} if answer is None else set()
            if calendar.about is None:
                position = _position(calendar, one, due, event.moment, limited=True)
            else:
                belongs = _belongs(calendar.about, one, event)
                reasons |= {"missing_field"} if belongs is None else set()
                position = (
                    (NO, NO)
                    if belongs is False
                    else _position(calendar, one, due, event.moment, limited=False)
                )
            if answer is not False and position[1] != NO:
                found.append(Candidate(*position, frozenset(reasons), event=event))
        for blur in world.blurs_for(municipality, sel.event):

            def place(moment: Moment) -> Position:
                return _position(calendar, one, due, moment, limited=calendar.about is None)

            found += blurred(blur, place, weak=True)
    return found


def _belongs(about: str, one: Recurrence, event: Event) -> bool | None:
    """Whether an event is about the period of a recurrence; unknown where its period cannot be read."""
    if "period" in event.bad:
        return None
    period = event.a.get("period")
    if period is None:
        return one.first <= event.day <= one.last
    first, last = _about_period(about, one)
    mark("about")
    return first <= dt.date.fromisoformat(period["first"]) <= last


def _position(
    calendar: CalendarTrigger, one: Recurrence, due: dt.date, moment: Moment, limited: bool
) -> Position:
    """In time, late or not counting. ``limited``: from the day after the previous due to the next due."""
    day = moment.day
    if limited:
        begin = one.after + ONE_DAY if one.after is not None else one.first
        if day < begin or (one.until is not None and day > one.until):
            return NO, NO
    if calendar.window is not None:
        start, end = (
            dt.date(one.nominal.year, int(part[:2]), int(part[3:])) for part in calendar.window.split("/")
        )
        if day < start:
            return NO, NO
        if day > end:
            mark("window end")
            return LATE, LATE
    return (IN, IN) if day <= due else (LATE, LATE)


# -- standing


def judge_standings(court: Court) -> list[Variant]:
    """One obligation per municipality, for the version in force on the day of as-of."""
    world, duty = court.world, court.read.duty
    version = in_force(duty, world.as_of.day)
    if version is None or duty.requires is None:
        return []
    starts = [v.from_ for v in duty.versions]
    begins = None if None in starts else min(s for s in starts if s is not None)
    found = []
    for municipality in concerned(duty, world):

        def place(moment: Moment) -> Position:
            return (IN, IN) if begins is None or moment.day >= begins else (NO, NO)

        def absent(number: int, municipality: str = municipality) -> set[str]:
            types = {sel.event for sel in duty.requires.members[number]}  # type: ignore[union-attr]
            since = version.from_
            proven = since is not None and world.all_covered(municipality, types, since, world.as_of.day)
            return set() if proven else {"not_covered"}

        members = []
        for selectors in duty.requires.members:
            candidates: list[Candidate] = []
            for sel in selectors:
                for event in world.of(municipality, sel.event):
                    answer = world.condition(sel.where, event)
                    if answer is not False and place(event.moment)[1] != NO:
                        reasons = frozenset({"missing_field"} if answer is None else ())
                        candidates.append(Candidate(IN, IN, reasons, event=event))
                for blur in world.blurs_for(municipality, sel.event):
                    candidates += blurred(blur, place, weak=True)
            members.append(candidates)
        weighed = weigh(members, "violated", absent)
        key = version.from_.isoformat() if version.from_ else version.instrument
        found.append(_variant(weighed, (municipality, None, key, None, ()), Due(), version.instrument))
    return found
