"""What the duties ask of an event that is only supposed: which of them it brings to life, under which version
of the law, and until when.

The duties come flattened as the engine takes them (``make_plan``), the days from ``calendars``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from transparency_check.calendars import BOUNDS, Calendar, Period, dues, last_working_day
from transparency_check.engine.forms import OTHER_EVENT, Form, Hours, Plan, Selector, make_plan
from transparency_check.packs.model import Duty, Rulebook, Version
from transparency_check.times import Moment, TimeError, day_bounds, read_time

from .conditions import Asked, Truth, truth, unknown
from .supposed import Supposed, at_instant, on_day

HOUR: Final = 3_600_000_000
_FAR: Final = dt.date(9999, 12, 31)
_BEGINNING: Final = dt.date(1, 1, 1)


@dataclass(frozen=True)
class Limit:
    """The last lawful moment under one reading.

    Days are counted under each calendar that may turn out (``days``, in the order of ``BOUNDS``; one is None
    where a day outside the calendar would have to be known). Hours lead to instants (``lo``..``hi``, as wide
    as the anchor).
    """

    form: Form
    reading: str
    source: str
    period: Period | Hours
    anchor: Moment
    days: tuple[dt.date | None, ...] = ()
    lo: int | None = None
    hi: int | None = None

    @property
    def known(self) -> bool:
        """Whether the limit can be known."""
        return self.lo is not None or None not in self.days

    @property
    def shown(self) -> dt.date | None:
        """The due day under the calendar that is shown; None for hours."""
        return self.days[0] if self.days else None

    @property
    def earliest(self) -> dt.date:
        """The earliest due day under any calendar."""
        return min(day for day in self.days if day is not None)

    @property
    def latest(self) -> dt.date:
        """The latest due day under any calendar."""
        return max(day for day in self.days if day is not None)


@dataclass(frozen=True)
class Arisen:
    """A duty that a supposed event brings to life, or may (``truth`` None; ``missing`` names what decides).

    ``limits`` stand in the order of the readings; there are none where the duty is judged at the event, or
    where what it counts from is not among the supposed events (``anchored`` is false).
    """

    duty: Duty
    version: Version
    event: Supposed
    truth: Truth
    missing: tuple[str, ...]
    forms: tuple[Form, ...]
    limits: tuple[Limit, ...]
    anchored: bool = True


class Law:
    """A rulebook as the planner asks it. Makes its plan once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.zone = ZoneInfo(rulebook.zone)
        span = rulebook.calendar_range
        self.calendar = Calendar(rulebook.calendar, span.from_, span.to)
        self.plan: Plan = make_plan(rulebook)
        self._terms = {(form, v): period for form, v, period, _ in self.plan.terms}
        self._thresholds = {(form, v): number for form, v, _, number in self.plan.terms}
        self._by_role: dict[tuple[int, str], list[tuple[int, Selector, str | None]]] = defaultdict(list)
        for role in self.plan.roles:
            entry = (role.member, self.plan.selectors[role.selector], role.extra)
            self._by_role[role.form, role.role].append(entry)
        self.forms: dict[str, list[Form]] = defaultdict(list)
        for form in self.plan.forms:
            self.forms[form.rule].append(form)

    # -- the parts of a form ---------------------------------------------------------------------------

    def role(self, form: Form, role: str) -> list[Selector]:
        """The selectors that play a role for a form."""
        return [selector for _, selector, _ in self._by_role[form.form, role]]

    def extras(self, form: Form, role: str) -> list[tuple[Selector, str | None]]:
        """The same with the name that stands beside each."""
        return [(selector, extra) for _, selector, extra in self._by_role[form.form, role]]

    def members(self, form: Form) -> list[list[Selector]]:
        """What must happen: all of these, each by any of its selectors."""
        found: dict[int, list[Selector]] = defaultdict(list)
        for member, selector, _ in self._by_role[form.form, "fulfil"]:
            found[member].append(selector)
        return [found[member] for member in sorted(found)]

    def term(self, form: Form, version: int) -> Period | Hours | None:
        """The period of a form under a version, by its index."""
        period = self._terms[form.form, version]
        return None if period is None else self.plan.periods[period]

    def threshold(self, form: Form, version: int) -> int | None:
        """How many a count asks for under a version."""
        return self._thresholds[form.form, version]

    def span(self, number: int) -> Period:
        """The period with this number, which is one of days."""
        found = self.plan.periods[number]
        assert isinstance(found, Period)
        return found

    def reading(self, form: Form) -> tuple[str, str]:
        """Name and source of the reading that a form is; empty where the duty has none."""
        readings = self.plan.duties[form.rule].readings
        return (readings[form.reading].name, readings[form.reading].source) if readings else ("", "")

    @cached_property
    def triggers(self) -> dict[str, list[tuple[Form, Selector]]]:
        """Forms by the type of the events that bring them to life."""
        found: dict[str, list[tuple[Form, Selector]]] = defaultdict(list)
        for form in self.plan.forms:
            for selector in self.role(form, "trigger"):
                found[selector.event].append((form, selector))
        return found

    @cached_property
    def downstream(self) -> dict[str, list[tuple[Form, str]]]:
        """Forms that follow from the outcome of another duty, with that outcome, by the other duty's id."""
        by_number = {form.form: form for form in self.plan.forms}
        found: dict[str, list[tuple[Form, str]]] = defaultdict(list)
        for number, rule, outcome in self.plan.sources:
            found[rule].append((by_number[number], outcome))
        return found

    # -- conditions ------------------------------------------------------------------------------------

    def languages(self, municipality: str, day: dt.date) -> list[str] | None:
        """The official languages of a municipality on a day; None where the table does not say."""
        for row in self.rulebook.municipalities:
            if row.id == municipality and (row.from_ or _BEGINNING) <= day <= (row.to or _FAR):
                return row.official_languages
        return None

    def asked(self, event: Supposed) -> Asked:
        """The event as conditions are asked about it."""
        languages = self.languages(event.municipality, event.day)
        return Asked(event.values, event.municipality, languages, self.rulebook.vocabulary, self.zone)

    def holds(self, selector: Selector, event: Supposed) -> Truth:
        """Whether an event is one of those selected."""
        return truth(selector.where, self.asked(event)) if selector.event == event.type else False

    def resolved(self, case: Sequence[Supposed]) -> list[Supposed]:
        """The events of one case with the values that they take over from earlier ones (semantics 7.3)."""
        known: list[Supposed] = []
        for event in sorted(case, key=lambda e: (e.moment.lo, e.key)):
            inherits = self.rulebook.vocabulary.events[event.type].inherits
            values = dict(event.values)
            for name in inherits.attributes if inherits else ():
                if name in values or inherits is None:
                    continue
                sources = (e for e in reversed(known) if e.type in inherits.from_ and name in e.values)
                if (source := next(sources, None)) is not None:
                    values[name] = source.values[name]
            known.append(replace(event, values=values))
        return known

    # -- what arises -----------------------------------------------------------------------------------

    def arising(self, event: Supposed, case: Sequence[Supposed]) -> list[Arisen]:
        """The duties that the event brings to life in its case, sorted by id; those that an exception or a
        duty of the municipality takes out are left out.
        """
        matched: dict[str, dict[int, tuple[Form, Truth, list[str]]]] = defaultdict(dict)
        for form, selector in self.triggers[event.type]:
            duty = self.plan.duties[form.rule]
            if duty.municipalities is not None and event.municipality not in duty.municipalities:
                continue
            found = truth(selector.where, self.asked(event))
            if found is False:
                continue
            before = matched[form.rule].get(form.reading)
            if before is None or found:
                lacking = [] if found else unknown(selector.where, self.asked(event))
                matched[form.rule][form.reading] = (form, found, lacking)
        arisen = []
        for rule in sorted(matched):
            forms = [matched[rule][reading] for reading in sorted(matched[rule])]
            if (one := self._arisen(self.plan.duties[rule], event, forms, case)) is not None:
                arisen.append(one)
        return self._not_replaced(arisen)

    def following(self, first: Arisen, outcome: str, case: Sequence[Supposed]) -> list[Arisen]:
        """The duties that arise when another one comes to this outcome, at its due date (semantics 4.19)."""
        due = next(iter(first.limits), None)
        if due is None or not due.known:
            return []
        day = due.shown
        moment = at_instant(due.lo, self.zone) if day is None and due.lo is not None else None
        if moment is None:
            assert day is not None
            moment = on_day(day, self.zone)
        event = replace(first.event, moment=moment)
        by_rule: dict[str, dict[int, Form]] = defaultdict(dict)
        for form, wanted in self.downstream.get(first.duty.id, ()):
            duty = self.plan.duties[form.rule]
            if wanted != outcome or (duty.municipalities and event.municipality not in duty.municipalities):
                continue
            by_rule[form.rule][form.reading] = form
        found = []
        for rule, forms in sorted(by_rule.items()):
            known = [(forms[reading], True, list[str]()) for reading in sorted(forms)]
            if (one := self._arisen(self.plan.duties[rule], event, known, case)) is not None:
                found.append(one)
        return found

    def _arisen(
        self,
        duty: Duty,
        event: Supposed,
        forms: Sequence[tuple[Form, Truth, list[str]]],
        case: Sequence[Supposed],
    ) -> Arisen | None:
        known: Truth = (
            True if all(t for _, t, _ in forms) and len(forms) == len(self.forms[duty.id]) else None
        )
        missing = list(dict.fromkeys(name for _, _, lacking in forms for name in lacking))
        version = self.version_on(duty, event.day)
        limits: list[Limit] = []
        anchored = True
        for form, _, _ in forms:
            if form.shape == "content" or form.grouped:
                continue
            anchor = self._anchor(form, event, case)
            if anchor is None:
                anchored = False
                continue
            if form.applies_by == "due":
                version = next(
                    (
                        v
                        for v in range(len(duty.versions))
                        if (day := self._due_day(form, v, anchor)) is not None
                        and self._in_force(duty, v, day)
                    ),
                    None,
                )
            if version is None:
                continue
            if (limit := self.limit(form, version, anchor)) is not None:
                limits.append(limit)
        if version is None or self._excepted(forms[0][0], event, case, limits):
            return None
        excluded = self._excluded(forms[0][0], event)
        if excluded is True:
            return None
        if excluded is None:
            known = None
            for selector in self.role(forms[0][0], "unless_where"):
                if selector.event == event.type:
                    missing += unknown(selector.where, self.asked(event))
        taken = tuple(form for form, _, _ in forms)
        missing = list(dict.fromkeys(missing))
        return Arisen(
            duty, duty.versions[version], event, known, tuple(missing), taken, tuple(limits), anchored
        )

    def version_on(self, duty: Duty, day: dt.date) -> int | None:
        """The index of the version in force on a day."""
        return next((v for v in range(len(duty.versions)) if self._in_force(duty, v, day)), None)

    def _version_by_due(self, duty: Duty, form: Form, anchor: Moment) -> int | None:
        for version in range(len(duty.versions)):
            day = self._due_day(form, version, anchor)
            if day is not None and self._in_force(duty, version, day):
                return version
        return None

    def _in_force(self, duty: Duty, version: int, day: dt.date) -> bool:
        found = duty.versions[version]
        return (found.from_ or _BEGINNING) <= day <= (found.to or _FAR)

    def _due_day(self, form: Form, version: int, anchor: Moment) -> dt.date | None:
        limit = self.limit(form, version, anchor)
        if limit is None or limit.lo is not None:
            return None
        return limit.shown

    def _anchor(self, form: Form, event: Supposed, case: Sequence[Supposed]) -> Moment | None:
        if form.anchor == "time":
            return event.moment
        if form.anchor == OTHER_EVENT:
            return self._anchor_event(form, event, case)
        value = event.values.get(form.anchor)
        try:
            return None if value is None else read_time(value, self.zone)
        except TimeError:
            return None

    def _anchor_event(self, form: Form, event: Supposed, case: Sequence[Supposed]) -> Moment | None:
        """The last such event not after the trigger, else the first one after it (semantics 7.6)."""
        selectors = self.role(form, "anchor")
        found = sorted(
            (e for e in case if any(self.holds(s, e) for s in selectors)), key=lambda e: (e.moment.lo, e.key)
        )
        before = [e for e in found if e.moment.lo <= event.moment.lo]
        chosen = before[-1:] or found[:1]
        return chosen[0].moment if chosen else None

    def limit(self, form: Form, version: int, anchor: Moment) -> Limit | None:
        """The limit of a form from an anchor; None for a duty without period."""
        spec = self.term(form, version)
        if spec is None:
            return None
        name, source = self.reading(form)
        if isinstance(spec, Hours):
            width = (-1 if spec.direction == "before" else 1) * spec.n * HOUR
            return Limit(form, name, source, spec, anchor, lo=anchor.lo + width, hi=anchor.hi + width)
        found = dues(anchor.day, spec, self.calendar)
        return Limit(form, name, source, spec, anchor, tuple(due.day for due in found))

    def _excluded(self, form: Form, event: Supposed) -> Truth:
        """Whether a condition on the trigger takes the duty out (semantics 4.14)."""
        found: list[Truth] = [
            truth(s.where, self.asked(event))
            for s in self.role(form, "unless_where")
            if s.event == event.type
        ]
        if True in found:
            return True
        return None if None in found else False

    def _excepted(
        self, form: Form, event: Supposed, case: Sequence[Supposed], limits: Sequence[Limit]
    ) -> bool:
        """Whether an event of the case takes the duty out: by the trigger, or by the due date."""
        last = max((limit.latest for limit in limits if limit.days and limit.known), default=None)
        for other in case:
            if other.key == event.key:
                continue
            if other.moment.lo <= event.moment.lo and self._is_one(form, "unless_trigger", other):
                return True
            if (last is None or other.day <= last) and self._is_one(form, "unless_due", other):
                return True
        return False

    def _is_one(self, form: Form, role: str, event: Supposed) -> bool:
        return any(self.holds(selector, event) for selector in self.role(form, role))

    def _not_replaced(self, arisen: list[Arisen]) -> list[Arisen]:
        """Without the general duties that a local one takes the place of (semantics 4.2)."""
        gone = set()
        by_rule = {a.duty.id: a for a in arisen}
        for local in arisen:
            general = by_rule.get(local.duty.replaces or "")
            if general is None or local.truth is not True:
                continue
            own, other = _shown(local.limits, self.zone), _shown(general.limits, self.zone)
            if own is None or other is None or own <= other:
                gone.add(general.duty.id)
        return [a for a in arisen if a.duty.id not in gone]

    # -- working days ----------------------------------------------------------------------------------

    def working_by(self, day: dt.date) -> dt.date | None:
        """The last day at or before this one that is worked under every calendar; None where none is
        known.
        """
        while True:
            found = [last_working_day(day, self.calendar, bound) for bound in BOUNDS]
            if None in found:
                return None
            earliest = min(d for d in found if d is not None)
            if all(d == earliest for d in found):
                return earliest
            day = earliest

    def day_end(self, day: dt.date) -> int:
        """The last microsecond of a local day."""
        return day_bounds(day, self.zone)[1]


def _shown(limits: Iterable[Limit], zone: ZoneInfo) -> dt.date | None:
    """The due day of the first reading."""
    for limit in limits:
        return limit.shown if limit.lo is None else at_instant(limit.lo, zone).day
    return None


def binding(duty: Duty, version: Version) -> bool:
    """Whether a breach under this version is a violation of the law by the municipality (semantics 4.17)."""
    return (
        duty.binds == "municipality" and not duty.commitment and duty.severity == "violation" and version.firm
    )
