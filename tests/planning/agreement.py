"""Acting on the dates that are planned for a duty, judged like any log.

What is done on the last lawful day (and on the day that is proposed) is fulfilled, what is done one day
later is not. Each log is made from the duty's own model: an event that satisfies the selector of its trigger,
and events that satisfy what it requires. ``make agreement`` tries more dates than the tests do.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from planning.books import dated, law
from transparency_check.engine.forms import Form, Selector
from transparency_check.engine.recurring import about_period, civil_periods, part, recurrences, window_days
from transparency_check.model import Finding
from transparency_check.packs.model import Duty
from transparency_check.planning.judging import CASE, SmallLog, judged, small_log
from transparency_check.planning.law import Arisen, Law
from transparency_check.planning.supposed import Supposed, at_instant, on_day
from transparency_check.planning.windows import Window, joined, proposed, window
from transparency_check.planning.witness import witness
from transparency_check.times import Moment

When = Literal["proposed", "last", "too late"]
WHEN: tuple[When, ...] = ("proposed", "last", "too late")
DAY = dt.timedelta(days=1)
# Where the versions of the law and the calendar lie.
FIRST, LAST = dt.date(2010, 6, 1), dt.date(2028, 6, 1)
TOWNS = ("kline", "prizren", "lipjan")


class NotFound(Exception):
    """No log can be made from the model of the duty; the message says why."""


@dataclass(frozen=True)
class Attempt:
    """One log, the finding that is looked at, and whether it has to be fulfilled."""

    duty: str
    when: When
    log: SmallLog
    rows: tuple[dict[str, Any], ...]
    key: str
    fulfilled: bool

    def finding(self, findings: Sequence[Finding]) -> Finding | None:
        """The finding that this is about: by its trigger, or by its period."""
        mine = [f for f in findings if f.rule == self.duty]
        return next((f for f in mine if self.key in (f.period, f.trigger.event if f.trigger else None)), None)


def attempts(duty: Duty, rng: random.Random, dates: int) -> Iterator[Attempt]:
    """Logs for a duty: for each of so many dates one that acts as proposed, one on the last day, one a day
    later. Raises ``NotFound``.
    """
    known = law()
    for _ in range(dates):
        if duty.shape == "calendar":
            yield from _calendar(duty, known, rng)
        elif duty.shape == "count":
            yield from _count(duty, known, rng)
        else:
            yield from _triggered(duty, known, rng)


# -- what events bring to life ---------------------------------------------------------------------


def _town(duty: Duty, rng: random.Random) -> str:
    return rng.choice(duty.municipalities or TOWNS)


def _day(rng: random.Random, first: dt.date = FIRST, last: dt.date = LAST) -> dt.date:
    return first + rng.randrange((last - first).days) * DAY


def _in_force(duty: Duty, rng: random.Random) -> dt.date:
    """A day on which a version of the duty is in force."""
    for _ in range(1000):
        day = _day(rng)
        if law().version_on(duty, day) is not None:
            return day
    raise NotFound("no version in force")


def _moment(day: dt.date, known: Law, rng: random.Random) -> Moment:
    """The whole day, or a time of day on it."""
    whole = on_day(day, known.zone)
    if rng.random() < 0.5:
        return whole
    return at_instant(whole.lo + rng.randrange(7 * 60, 20 * 60) * 60_000_000, known.zone)


def _satisfying(
    selector: Selector, key: str, moment: Moment, town: str, known: Law, values: dict[str, Any] | None = None
) -> Supposed | None:
    event = Supposed(key, selector.event, moment, town, values or {})
    found = witness(selector.where, known.asked(event))
    return None if found is None else replace(event, values=found)


def _anchored(duty: Duty, form: Form, known: Law, rng: random.Random) -> list[Supposed]:
    """The events of a case from which the duty arises: its trigger, and what it counts from."""
    day, town = _in_force(duty, rng), _town(duty, rng)
    moment = _moment(day, known, rng)
    triggers = known.role(form, "trigger")
    rng.shuffle(triggers)
    for selector in triggers:
        values: dict[str, Any] = {}
        before = day
        if form.anchor not in ("time", "event"):
            values[form.anchor] = moment.text
            before = day - rng.randrange(1, 60) * DAY
            if known.version_on(duty, before) is None:
                before = day
        elif form.anchor == "event" and form.direction != "forward":
            before = day - rng.randrange(20, 60) * DAY
        at = moment if form.anchor == "time" else on_day(before, known.zone)
        event = _satisfying(selector, "e1", at, town, known, values)
        if event is None:
            continue
        events = [event]
        for anchor in {repr(s): s for f in known.forms[duty.id] for s in known.role(f, "anchor")}.values():
            counted = _satisfying(anchor, f"e0{len(events)}", moment, town, known)
            if counted is None:
                raise NotFound("no event to count from")
            events.append(counted)
        return events
    raise NotFound("no event satisfies its trigger")


def _arisen(duty: Duty, known: Law, rng: random.Random) -> tuple[list[Supposed], Arisen, dict[str, Any]]:
    """The events of a case with the duty that arises, and how the log is to go on."""
    form = known.forms[duty.id][0]
    sources = [(rule, outcome) for number, rule, outcome in known.plan.sources if number == form.form]
    if not known.role(form, "trigger") and sources:
        return _followed(duty, sources, known, rng)
    for _ in range(200):
        events = _anchored(duty, form, known, rng)
        found = [a for a in known.arising(events[0], known.resolved(events)) if a.duty.id == duty.id]
        if found and found[0].truth and found[0].anchored and all(x.known for x in found[0].limits):
            return events, found[0], {}
    raise NotFound("it never arises")


def _followed(
    duty: Duty, sources: list[tuple[str, str]], known: Law, rng: random.Random
) -> tuple[list[Supposed], Arisen, dict[str, Any]]:
    """A duty that follows from another one's being missed: that is not done."""
    for _ in range(200):
        rule, outcome = rng.choice([s for s in sources if s[1] == "violated"])
        events, first, _ = _arisen(known.plan.duties[rule], known, rng)
        found = [a for a in known.following(first, outcome, events) if a.duty.id == duty.id]
        if found and found[0].anchored and all(x.known for x in found[0].limits):
            return events, found[0], {}
    raise NotFound("it never follows")


def _wanted(arisen: Arisen, known: Law, town: str) -> list[tuple[Selector, Window, dict[str, Any]]]:
    """What has to be recorded, when, and with which values; what several readings ask for is one record."""
    found: dict[str, tuple[Selector, Window, dict[str, Any]]] = {}
    for limit in arisen.limits:
        when = window(limit, arisen.event, known)
        if when is None:
            raise NotFound("its limit lies outside the calendar")
        members = (
            [known.role(limit.form, "close")] if limit.form.shape == "duration" else known.members(limit.form)
        )
        for member in members:
            served = next((s for s in member if repr(s) in found), None)
            if served is None:
                served = next(
                    (s for s in member if _satisfying(s, "x", arisen.event.moment, town, known)), None
                )
            if served is None:
                raise NotFound("no event satisfies what it requires")
            before = found.get(repr(served), (served, Window(), {}))[1]
            event = _satisfying(served, "x", arisen.event.moment, town, known)
            assert event is not None
            found[repr(served)] = (served, joined([before, when]), dict(event.values))
    return list(found.values())


def _time(whole: Window, when: When, known: Law) -> Moment:
    """The moment to act at.

    What has to stay open is closed on the first day on which it may be: there, a day earlier is not lawful.
    """
    if whole.last is None and whole.until is None:
        assert whole.first is not None
        day = whole.first - (DAY if when == "too late" else dt.timedelta())
        return on_day(day, known.zone)
    if when == "proposed":
        found = proposed(whole, known)
        assert found is not None
        return found
    late = 86_400_000_000 if when == "too late" else 0
    if whole.until is not None:
        return at_instant(whole.until + late, known.zone)
    assert whole.last is not None
    return on_day(whole.last + (DAY if late else dt.timedelta()), known.zone)


def _triggered(duty: Duty, known: Law, rng: random.Random) -> Iterator[Attempt]:
    events, arisen, _ = _arisen(duty, known, rng)
    town = events[0].municipality
    wanted = _wanted(arisen, known, town)
    latest = max((limit.latest for limit in arisen.limits if limit.days), default=FIRST)
    for when in WHEN:
        acts = [
            Supposed(f"a{n}", selector.event, _time(whole, when, known), town, values)
            for n, (selector, whole, values) in enumerate(wanted, start=1)
        ]
        rows = [e.row(CASE) for e in (*events, *acts)]
        as_of = max([latest, arisen.event.day, *(e.day for e in (*events, *acts))]) + 3 * DAY
        yield _attempt(duty, when, rows, events[0].key, as_of, known, town)


def _attempt(
    duty: Duty, when: When, rows: list[dict[str, Any]], key: str, as_of: dt.date, known: Law, town: str
) -> Attempt:
    coverage = known.rulebook.vocabulary.coverage
    assert coverage is not None
    span = f"{known.calendar.first}/{known.calendar.last}"
    declared = {
        "id": "c0", "type": coverage.event, "time": known.calendar.first.isoformat(), "municipality": town,
        coverage.period: span,
    }  # fmt: skip
    log = small_log([*rows, declared], known, as_of, [duty.id])
    return Attempt(duty.id, when, log, tuple(rows), key, when != "too late")


# -- what arises by itself -------------------------------------------------------------------------


def _calendar(duty: Duty, known: Law, rng: random.Random) -> Iterator[Attempt]:
    """Every reading names its own dates: only those that all of them know can be met under all of them."""
    town, forms = _town(duty, rng), known.forms[duty.id]
    first_day = duty.versions[0].from_
    by_form = [
        {r.nominal: r for r in recurrences(known.plan.calendars[f.form], first_day, LAST)} for f in forms
    ]
    dates = [
        day
        for day in sorted(set.intersection(*map(set, by_form)))
        if FIRST <= day <= LAST and known.version_on(duty, day) is not None
    ]
    if not dates:
        raise NotFound("no date while it is in force that all readings know")
    nominal = rng.choice(dates)
    version = known.version_on(duty, nominal)
    assert version is not None
    windows, events = [], []
    latest = nominal
    for form in forms:
        calendar = known.plan.calendars[form.form]
        limit = known.limit(form, version, on_day(nominal, known.zone))
        assert limit is not None
        if not limit.known:
            raise NotFound("outside the calendar")
        latest = max(latest, limit.latest)
        windows.append(Window(last=limit.earliest))
        if calendar.window is not None:
            windows.append(Window(last=window_days(calendar.window, nominal.year)[1]))
        if calendar.only_if is not None:
            if calendar.only_if.where == (duty.requires.where if duty.requires else None):
                raise NotFound("what makes it due is what fulfils it")
            selector = Selector(0, calendar.only_if.event, calendar.only_if.where)
            begins = on_day(by_form[0][nominal].civil.first, known.zone)
            event = _satisfying(selector, f"e{len(events)}", begins, town, known)
            if event is None:
                raise NotFound("no event satisfies `only_if`")
            events.append(event)
    for when in WHEN:
        moment = _time(joined(windows), when, known)
        acts: list[Supposed] = []
        for form in forms:
            about = known.plan.calendars[form.form].about
            values = {"period": "/".join(map(str, about_period(nominal, about)))} if about else {}
            acts += [
                replace(e, key=f"{e.key}-{form.form}")
                for e in _members(known.members(form), moment, town, known, values)
            ]
        rows = [e.row(CASE) for e in (*events, *acts)]
        as_of = max(moment.day, latest) + 3 * DAY
        yield _attempt(duty, when, rows, nominal.isoformat(), as_of, known, town)


def _members(
    members: Sequence[Sequence[Selector]], moment: Moment, town: str, known: Law, values: dict[str, Any]
) -> list[Supposed]:
    found = []
    for n, member in enumerate(members, start=1):
        event = None
        for selector in member:
            carried = known.rulebook.vocabulary.events[selector.event].attributes
            fit = {k: v for k, v in values.items() if k in carried}
            event = event or _satisfying(selector, f"a{n}", moment, town, known, fit)
        if event is None:
            raise NotFound("no event satisfies what it requires")
        found.append(event)
    return found


def _count(duty: Duty, known: Law, rng: random.Random) -> Iterator[Attempt]:
    (form, *others), town = known.forms[duty.id], _town(duty, rng)
    counted = known.plan.counts[form.form]
    if any(known.plan.counts[other.form].per != counted.per for other in others):
        raise NotFound("its readings count in different periods, so that none can be met under all of them")
    day = _in_force(duty, rng)
    every = [
        p
        for p in civil_periods(day, day + 400 * DAY, "day" if counted.per == "working-day" else counted.per)
        if known.version_on(duty, p.first) is not None
        and (
            counted.per != "working-day"
            or (known.calendar.working(p.first) and not _doubtful(p.first, known))
        )
    ]
    if not every:
        raise NotFound("no period while it is in force")
    period = rng.choice(every)
    version = known.version_on(duty, period.first)
    assert version is not None
    needed = known.threshold(form, version)
    assert needed is not None
    first, last = part(period, counted.within)
    for when in WHEN:
        if when == "proposed" and first == last:
            continue
        moment = _time(Window(last=last), "last" if when == "proposed" else when, known)
        acts = []
        for n in range(needed):
            at = moment if n == 0 else on_day(first, known.zone)
            acts += [
                replace(e, key=f"{e.key}-{n}") for e in _members(known.members(form), at, town, known, {})
            ]
        rows = [e.row(f"{CASE}-{n}") for n, e in enumerate(acts)]
        as_of = max(moment.day, period.last) + 3 * DAY
        yield _attempt(duty, when, rows, period.key, as_of, known, town)


def _doubtful(day: dt.date, known: Law) -> bool:
    return known.calendar.doubtful(day.toordinal(), day.toordinal())


# -- judging ---------------------------------------------------------------------------------------


def disagreements(made: Sequence[Attempt]) -> list[str]:
    """What the engine says otherwise than the plan, in words."""
    found = []
    for attempt, findings in zip(made, judged([a.log for a in made], law()), strict=True):
        finding = attempt.finding(findings)
        outcome = finding.outcome if finding else "no finding"
        if (outcome == "fulfilled") is not attempt.fulfilled:
            due = f", due {finding.due}, readings {finding.readings}" if finding else ""
            found.append(f"{attempt.duty}, {attempt.when}: {outcome}{due}: {list(attempt.rows)}")
    return found


def main() -> int:
    """Try every dated duty of the bundled packs on many dates, and print every disagreement."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--dates", type=int, default=60, help="dates for each duty")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    made: list[Attempt] = []
    unmade = []
    for duty in dated():
        try:
            made += attempts(duty, random.Random(f"{given.seed}/{duty.id}"), given.dates)
        except NotFound as why:
            unmade.append(f"{duty.id}: {why}")
    wrong = disagreements(made)
    print(f"{len(dated())} duties with a date, {len({a.duty for a in made})} tried, {len(made)} logs judged")
    print(dict(Counter(a.when for a in made)))
    for line in (*unmade, *wrong):
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
