"""Seeded random logs that are dense around what the duties of a rulebook ask, so that obligations meet every
outcome.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from transparency_check.packs.model import Duty, EventSelector, ObligationSelector, Rulebook

from . import flat
from .counting import Days, NoCalendar, backward, forward
from .random_values import Values, any_value, moment_text
from .readings import readings_of
from .recurrences import dates, parse

Json = dict[str, Any]
MANY_HOURS = 24
CLOCK_CHANGES = (dt.date(2026, 3, 29), dt.date(2026, 10, 25))


def some_duties(rng: random.Random, rulebook: Rulebook, number: int) -> Rulebook:
    """The rulebook with a few of its duties, together with those that they are triggered by or replace."""
    chosen = {duty.id for duty in rng.sample(rulebook.duties, min(number, len(rulebook.duties)))}
    while True:
        more = set(chosen)
        for duty in rulebook.duties:
            if duty.id in chosen:
                more |= {duty.replaces} if duty.replaces else set()
                for read in readings_of(duty):
                    sources = read.duty.trigger.alternatives if read.duty.trigger else []
                    more |= {s.obligation for s in sources if isinstance(s, ObligationSelector)}
        if more == chosen:
            return rulebook.model_copy(update={"duties": [d for d in rulebook.duties if d.id in chosen]})
        chosen = more


def random_times(
    rng: random.Random, rulebook: Rulebook, records: list[Json]
) -> tuple[str, str | None, str | None]:
    """As-of, known-at and until, near what the records speak of."""
    days = [dt.date.fromisoformat(r["day"]) for r in records if r.get("day")] or [dt.date(2026, 3, 1)]
    day = rng.choice(days) + dt.timedelta(days=rng.choice((0, 0, 1, 7, 20, 60)))
    if rng.random() < 0.5:
        day = max(days) + dt.timedelta(days=rng.choice((0, 1, 10, 100)))
    as_of = moment_text(rng, day)
    known_at = None
    if rng.random() < 0.3:
        known_at = moment_text(rng, day + dt.timedelta(days=rng.choice((-10, -3, 0, 3, 30))))
    until = (day + dt.timedelta(days=rng.choice((0, 10, 45)))).isoformat() if rng.random() < 0.3 else None
    return as_of, known_at, until


def random_log(rng: random.Random, rulebook: Rulebook, size: int) -> list[Json]:
    """About ``size`` records in the record form."""
    return flat.records(random_rows(rng, rulebook, size), rulebook)


def random_rows(rng: random.Random, rulebook: Rulebook, size: int) -> list[Json]:
    """About ``size`` rows as people write them; ``file`` says which file each is from."""
    writer = _Writer(rng, rulebook, size)
    duties = [duty for duty in rulebook.duties if duty.shape != "none"]
    while duties and len(writer.rows) < size:
        writer.play(rng.choice(duties))
    writer.declare()
    writer.trouble()
    rng.shuffle(writer.rows)
    return writer.rows


class _Writer:
    """Writes the events of one duty after another into a few cases of a few municipalities."""

    def __init__(self, rng: random.Random, rulebook: Rulebook, size: int) -> None:
        self.rng = rng
        self.rulebook = rulebook
        # Some logs are clean, so that verdicts are not all undetermined.
        self.noise = rng.choice((0.0, 0.2, 0.5, 1.0))
        self.values = Values(rng, rulebook, self.noise)
        span = rulebook.calendar_range
        self.days = Days.of(rulebook.calendar, span.from_, span.to)
        self.rows: list[Json] = []
        known = sorted({m.id for m in rulebook.municipalities})
        self.municipalities = rng.sample(known, min(len(known), rng.choice((1, 2, 2, 3))))
        # So few that their events meet, and as many more as the log is longer.
        self.cases = [f"c{n}" for n in range(1, rng.choice((3, 6, 10)) * max(1, size // 100))]
        self.municipality = self.municipalities[0]
        self.files = ["a.jsonl", "a.jsonl", "b.jsonl"]
        self.center = self._center()
        self.dues: list[dt.date] = []

    def _center(self) -> dt.date:
        """A day around which the log is dense: a change of the clock, a day off, the first day of a version,
        or some day of 2026.
        """
        rng = self.rng
        if rng.random() < 0.15:
            return rng.choice(CLOCK_CHANGES)
        special = [row.date for row in self.rulebook.calendar]
        special += [v.from_ for duty in self.rulebook.duties for v in duty.versions if v.from_]
        recent = [day for day in special if 2020 <= day.year <= 2027]
        if recent and rng.random() < 0.6:
            return rng.choice(recent) + dt.timedelta(days=rng.randint(-15, 10))
        return dt.date(2026, 1, 1) + dt.timedelta(days=rng.randint(0, 364))

    def write(
        self, event_type: str, day: dt.date, case: str | None, where: Json | None = None, **more: Any
    ) -> Json:
        """One row."""
        rng = self.rng
        row: Json = {
            "id": f"e{len(self.rows)}",
            "type": event_type,
            "time": moment_text(rng, day),
            "municipality": self.municipality,
            "case": case,
            "file": rng.choice(self.files),
            **self.values.event(event_type, where or {}, day),
            **more,
        }
        if self.spoilt(0.03):
            row["id"] = None
        if rng.random() < 0.05:
            row["related"] = [rng.choice(self.cases)]
        if self.spoilt(0.2):
            row["recorded_at"] = moment_text(rng, day + dt.timedelta(days=rng.choice((0, 1, 5, 7, 8, 9, 20))))
        self.rows.append(row)
        return row

    def spoilt(self, chance: float) -> bool:
        """Whether something goes wrong here: less often in clean logs."""
        return self.rng.random() < chance * self.noise

    def near(self, day: dt.date, reach: int = 3) -> dt.date:
        """A day on or about another."""
        offset = self.rng.choice((0, 0, 0, 1, -1, self.rng.randint(-reach, reach), self.rng.randint(-20, 20)))
        return day + dt.timedelta(days=offset)

    def tie(self, case: str) -> tuple[str | None, Json]:
        """The case of an event that belongs to ``case``: mostly it, else missing, linked or another."""
        luck = self.rng.random()
        if luck < 0.85:
            return case, {}
        if luck < 0.89:
            return (None if self.spoilt(1) else case), {}
        other = self.rng.choice(self.cases)
        return (other, {"related": [case]}) if luck < 0.95 else (other, {})

    def play(self, duty: Duty) -> None:
        """Events of one obligation of a duty."""
        rng = self.rng
        read = rng.choice(readings_of(duty)).duty
        self.municipality = rng.choice(self.municipalities)
        if duty.municipalities and rng.random() < 0.7:
            self.municipality = rng.choice(duty.municipalities)
        plays: dict[str, Callable[[Duty], None]] = {
            "event": self._event,
            "content": self._content,
            "duration": self._duration,
            "count": self._count,
            "calendar": self._calendar,
            "standing": self._standing,
        }
        plays[read.shape](read)

    def _trigger(self, duty: Duty) -> tuple[Json, EventSelector] | None:
        """A trigger event; for one by obligation, the events of that duty."""
        rng = self.rng
        assert duty.trigger is not None
        source = rng.choice(duty.trigger.alternatives)
        if isinstance(source, ObligationSelector):
            first = self.rulebook.duty(source.obligation)
            if first is not None and first.shape != "none":
                before = len(self.rows)
                self.play(first)
                if len(self.rows) > before:
                    return self.rows[before], EventSelector(event=self.rows[before]["type"])
            return None
        case = None if self.spoilt(0.04) else rng.choice(self.cases)
        row = self.write(source.event, self.near(self.center, 30), case, source.where)
        return row, source

    def _day(self, row: Json) -> dt.date:
        return dt.date.fromisoformat(str(row["time"])[:10])

    def _event(self, duty: Duty) -> None:
        rng = self.rng
        deadline = duty.deadline
        started = self._trigger(duty)
        if started is None or deadline is None or duty.requires is None:
            return
        row, _ = started
        case = row["case"] or rng.choice(self.cases)
        version = rng.choice(duty.versions)
        n = version.n if version.n is not None else deadline.n if isinstance(deadline.n, int) else 5
        unit = version.unit or deadline.unit
        named = deadline.before if deadline.before is not None else deadline.after
        anchor = self._day(row)
        if isinstance(named, EventSelector):
            anchor = self.near(anchor, 10)
            self.write(named.event, anchor, self.tie(case)[0], named.where)
        elif named != "time" and named is not None:
            reach = 40 if deadline.before is not None else 10
            anchor = anchor + dt.timedelta(days=rng.randint(0, reach))
            if named in row or rng.random() < 0.9:
                row[named] = moment_text(rng, anchor)
        due = self._due(anchor, n, unit, deadline.before is not None, deadline.roll)
        self.dues.append(due)
        for selectors in duty.requires.members:
            for _ in range(rng.choice((0, 1, 1, 1, 2))):
                sel = rng.choice(selectors)
                at, more = self.tie(case)
                made = self.write(sel.event, self.near(due), at, sel.where, **more)
                self._share_attributes(duty, row, made)
                if deadline.unit == "hour" and rng.random() < 0.7:
                    made["time"] = self._hours_near(row, made, n, deadline.before is not None, named)
        self._modify(duty, row, case, due, anchor)

    def _hours_near(self, row: Json, made: Json, n: int, backwards: bool, named: Any) -> str:
        """An instant close to an hour-based limit, where the anchor has a time of day without offset."""
        text = str(row.get(named, "") if isinstance(named, str) and named != "time" else row["time"])
        if len(text) != 16:
            return str(made["time"])
        limit = dt.datetime.fromisoformat(text) + dt.timedelta(hours=-n if backwards else n)
        moved = limit + dt.timedelta(hours=self.rng.choice((-1, 0, 0, 1)))
        return moved.isoformat(timespec="minutes") if moved.hour != 2 else str(made["time"])

    def _share_attributes(self, duty: Duty, row: Json, made: Json) -> None:
        if isinstance(duty.correlate.by, list):
            for name in duty.correlate.by:
                if name in row and self.rng.random() < 0.85:
                    made[name] = row[name]

    def _due(self, anchor: dt.date, n: int, unit: str, backwards: bool, how: str | None) -> dt.date:
        try:
            if unit == "hour":
                return anchor + dt.timedelta(days=(-n if backwards else n) // MANY_HOURS)
            bound = self.rng.choice((0, 1, 2, 3))
            if backwards:
                return backward(anchor, n, unit, False, how or "none", self.days, bound)
            return forward(anchor, n, unit, how or "forward", self.days, bound)
        except NoCalendar:
            return anchor

    def _modify(self, duty: Duty, row: Json, case: str, due: dt.date, anchor: dt.date) -> None:
        """Cancellations, moves, further triggers, exceptions, extensions, stops."""
        rng = self.rng
        trigger, deadline = duty.trigger, duty.deadline
        start = self._day(row)

        def between(last: dt.date) -> dt.date:
            reach = max((last - start).days, 0)
            return start + dt.timedelta(days=rng.randint(-1, reach + 1))

        if trigger is not None and trigger.cancelled_by is not None and rng.random() < 0.2:
            named = trigger.cancelled_by
            sel = named if isinstance(named, EventSelector) else EventSelector(event=named)
            self.write(sel.event, between(max(due, anchor)), self.tie(case)[0], sel.where)
        if trigger is not None and trigger.moving is not None and rng.random() < 0.35:
            moved = self.write(trigger.moving.event, between(anchor), self.tie(case)[0])
            named_anchor = deadline.before or deadline.after if deadline else None
            for name in list(moved):
                if name in self.rulebook.vocabulary.attributes and rng.random() < 0.6:
                    del moved[name]
            if isinstance(named_anchor, str) and named_anchor != "time" and rng.random() < 0.8:
                moved[named_anchor] = moment_text(rng, self.near(anchor, 15))
            if isinstance(named_anchor, str) and rng.random() < 0.2 and named_anchor in row:
                moved[named_anchor] = row[named_anchor]
        if trigger is not None and trigger.take != "each" and rng.random() < 0.3:
            sources = [s for s in trigger.alternatives if isinstance(s, EventSelector)]
            if sources:
                sel = rng.choice(sources)
                again = self.write(sel.event, between(anchor), self.tie(case)[0], sel.where)
                if deadline is not None and isinstance(deadline.before or deadline.after, str):
                    name = str(deadline.before or deadline.after)
                    if name != "time":
                        again[name] = moment_text(rng, self.near(anchor, 10))
        for exception in duty.unless:
            if exception.event is not None and rng.random() < 0.2:
                last = start if exception.by == "trigger" else due
                self.write(exception.event, self.near(last), self.tie(case)[0], exception.where)
        if deadline is not None and deadline.extended_by is not None and rng.random() < 0.45:
            extension = deadline.extended_by
            made = self.write(extension.event, between(due), self.tie(case)[0], extension.where)
            if isinstance(extension.add, str) and rng.random() < 0.9:
                made[extension.add] = rng.choice((1, 3, 15))
        if deadline is not None and deadline.suspended_by is not None and rng.random() < 0.6:
            for _ in range(rng.choice((1, 1, 2))):
                stop = between(due)
                self.write(deadline.suspended_by.from_, stop, self.tie(case)[0])
                if rng.random() < 0.75:
                    again_on = stop + dt.timedelta(days=rng.choice((0, 1, 3, 10)))
                    self.write(deadline.suspended_by.to, again_on, self.tie(case)[0])

    def _content(self, duty: Duty) -> None:
        rng = self.rng
        started = self._trigger(duty)
        if started is None or duty.must is None:
            return
        row, source = started
        row.update(self.values.event(row["type"], {**source.where, **duty.must}, self._day(row)))
        case = row["case"] or rng.choice(self.cases)
        self._modify(duty, row, case, self._day(row), self._day(row))
        if duty.judged == "union":
            for name, value in list(row.items()):
                if isinstance(value, list) and len(value) > 1 and rng.random() < 0.7:
                    row[name] = value[:1]
            for _ in range(rng.choice((0, 1, 2))):
                more = {k: row[k] for k in self.rulebook.vocabulary.kinds if k in row and rng.random() < 0.9}
                self.write(row["type"], self.near(self._day(row)), self.tie(case)[0], duty.must, **more)

    def _duration(self, duty: Duty) -> None:
        rng = self.rng
        started = self._trigger(duty)
        part = duty.open_for
        if started is None or part is None:
            return
        row, _ = started
        case = row["case"] or rng.choice(self.cases)
        n = part.n if isinstance(part.n, int) else 10
        due = self._due(self._day(row), n, part.unit, False, "none")
        self.dues.append(due)
        if part.planned is not None and rng.random() < 0.7:
            row[part.planned] = moment_text(rng, self.near(due))
        if part.planned is not None and part.moved_by is not None and rng.random() < 0.4:
            moved = self.write(part.moved_by, self.near(due, 6), self.tie(case)[0])
            if rng.random() < 0.85:
                moved[part.planned] = moment_text(rng, self.near(due + dt.timedelta(days=2)))
        if rng.random() < 0.6:
            closing = part.closed_by
            sel = closing if isinstance(closing, EventSelector) else EventSelector(event=closing)
            self.write(sel.event, self.near(due), self.tie(case)[0], sel.where)
        self._modify(duty, row, case, due, due)

    def _count(self, duty: Duty) -> None:
        assert duty.count is not None
        for selectors in duty.count.members:
            for _ in range(self.rng.randint(0, 3)):
                sel = self.rng.choice(selectors)
                month = self.center.replace(day=1)
                day = self.rng.choice((month, self.center, month - dt.timedelta(days=1)))
                self.write(sel.event, self.near(day, 10), self.rng.choice(self.cases), sel.where)

    def _calendar(self, duty: Duty) -> None:
        rng = self.rng
        assert duty.calendar is not None and duty.requires is not None
        last = self.center + dt.timedelta(days=200)
        near = dates(parse(duty.calendar.rrule), dt.date(2019, 1, 1), last)[-6:]
        due = rng.choice(near or [self.center])
        self.dues.append(due)
        for selectors in duty.requires.members:
            for _ in range(rng.choice((0, 1, 1, 2))):
                sel = rng.choice(selectors)
                made = self.write(sel.event, self.near(due, 6), rng.choice(self.cases), sel.where)
                if duty.calendar.about and rng.random() < 0.7:
                    made["period"] = any_value(rng, self.rulebook.vocabulary.attributes["period"], due)
        if duty.calendar.only_if is not None:
            sel = duty.calendar.only_if
            self.write(sel.event, self.near(due, 6), rng.choice(self.cases), sel.where)

    def _standing(self, duty: Duty) -> None:
        assert duty.requires is not None
        for selectors in duty.requires.members:
            if self.rng.random() < 0.6:
                sel = self.rng.choice(selectors)
                self.write(sel.event, self.near(self.center, 30), self.rng.choice(self.cases), sel.where)

    # -- what the log says of itself, and what is wrong with it

    def declare(self) -> None:
        """Coverage, in part or in whole; outages on due days."""
        rng, vocabulary = self.rng, self.rulebook.vocabulary
        families = sorted({name.split(".")[0] for name in vocabulary.events})
        for municipality in self.municipalities:
            self.municipality = municipality
            if vocabulary.coverage is not None and rng.random() < 0.6:
                for _ in range(rng.choice((1, 1, 2))):
                    first = self.center - dt.timedelta(days=rng.choice((10, 40, 90, 90, 400, 3000)))
                    last = self.center + dt.timedelta(days=rng.choice((0, 30, 400)))
                    made = self.write(vocabulary.coverage.event, self.near(first), None)
                    made.pop(vocabulary.coverage.families, None)
                    made[vocabulary.coverage.period] = "always" if self.spoilt(0.1) else f"{first}/{last}"
                    if rng.random() < 0.3:
                        some = rng.sample(families, rng.randint(1, len(families)))
                        made[vocabulary.coverage.families] = some
            outages = rng.choice((0, 0, 1, 4)) if vocabulary.outage is not None and self.dues else 0
            for _ in range(outages):
                assert vocabulary.outage is not None
                day = rng.choice(self.dues)
                made = self.write(vocabulary.outage.event, day, None)
                made[vocabulary.outage.from_] = moment_text(rng, day - dt.timedelta(days=rng.choice((0, 1))))
                made[vocabulary.outage.to] = moment_text(
                    rng, day + dt.timedelta(days=rng.choice((0, 0, 1, -1)))
                )

    def trouble(self) -> None:
        """Corrections, retractions, conflicts, rows twice, rows that cannot be read."""
        rng = self.rng
        for row in self.rows[:]:
            luck = rng.random() / max(self.noise, 0.001)
            day = self._day(row)
            if luck < 0.07:
                self._correct(row, day)
            elif luck < 0.09:
                later = moment_text(rng, day + dt.timedelta(days=rng.choice((1, 5, 30))))
                self.rows.append({**row, "retracted": True, "recorded_at": later})
            elif luck < 0.11:
                again = dict(row, file=rng.choice(self.files))
                if rng.random() < 0.5:
                    again["recorded_at"] = moment_text(rng, day + dt.timedelta(days=rng.choice((2, 12))))
                self.rows.append(again)
            elif luck < 0.16:
                self.rows.append(self._damaged(row))

    def _correct(self, row: Json, day: dt.date) -> None:
        rng = self.rng
        fixed = dict(row)
        names = [name for name in row if name in self.rulebook.vocabulary.attributes]
        if names and rng.random() < 0.6:
            name = rng.choice(names)
            fixed[name] = any_value(rng, self.rulebook.vocabulary.attributes[name], day)
        elif rng.random() < 0.7:
            fixed["time"] = moment_text(rng, self.near(day))
        else:
            fixed["case"] = rng.choice(self.cases)
        # The same day is no unique latest entry unless both are timed: a conflict.
        wait = rng.choice((0, 0, 0, 1, 2, 10, 40))
        fixed["recorded_at"] = moment_text(rng, day + dt.timedelta(days=wait))
        self.rows.append(fixed)

    def _damaged(self, row: Json) -> Json:
        """A copy that cannot be read, with some of its parts."""
        rng = self.rng
        broken = {k: row[k] for k in ("type", "time", "municipality", "case", "file") if k in row}
        broken["id"] = f"u{len(self.rows)}"
        if rng.random() < 0.3:
            broken["case"] = None
        if rng.random() < 0.3:
            broken["related"] = [rng.choice(self.cases)]
        if rng.random() < 0.15:
            broken["file"] = "c.jsonl"
        how = rng.choice(("time", "municipality", "type", "recorded_at", "time and municipality"))
        for name in how.split(" and "):
            broken[name] = "???"
        return broken


@dataclass(frozen=True)
class Round:
    """One random question: a log, the duties it is about, and the moments it is judged at."""

    rulebook: Rulebook
    records: list[Json]
    as_of: str
    known_at: str | None
    until: str | None


def random_round(seed: int, rulebook: Rulebook, size: int = 40, duties: int = 5) -> Round:
    """The round of a seed: a log about a few duties of the rulebook. The same seed gives the same round."""
    rng = random.Random(seed)
    few = some_duties(rng, rulebook, duties)
    log = random_log(rng, few, size)
    return Round(few, log, *random_times(rng, few, log))
