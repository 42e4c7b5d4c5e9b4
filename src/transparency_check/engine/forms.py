"""Duties and their readings as rows of tables: the law as data for the pipeline.

A *form* is one duty under one reading, flattened: everything the pipeline must know to judge it. A *selector* is an event type
with a condition; forms name selectors in *roles* (trigger, fulfil, cancel ...), so that each condition is written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from transparency_check.calendars import Period
from transparency_check.packs.model import (
    CalendarTrigger,
    Count,
    Deadline,
    Duty,
    EventSelector,
    ObligationSelector,
    OpenFor,
    Reading,
    Requirement,
    Rulebook,
    Span,
    Trigger,
    Version,
)
from transparency_check.packs.overlay import laid_over
from transparency_check.packs.reads import fields

Part = TypeVar("Part", bound=BaseModel)
# The anchor in another event of the case (`engine/sql/triggers.sql`). No attribute can be called so.
OTHER_EVENT = "another event"


@dataclass(frozen=True)
class Hours:
    """Elapsed time from an instant (semantics 3.7)."""

    n: int
    direction: str


@dataclass(frozen=True)
class Form:
    """One duty under one reading. ``shape`` as in ``Duty.shape``; ``direction`` is ``forward``, ``backward`` or ``order`` (n = 0 before)."""

    form: int
    rule: str
    reading: int
    shape: str
    direction: str
    stratum: int
    take: str
    moved: bool
    by: str
    win: int | None
    anchor: str
    hours: bool
    same_day: bool
    not_before: str
    not_before_period: int | None
    survives_move: bool
    applies_by: str
    grouped: bool
    about: str | None
    restricted: bool
    only_if: bool


@dataclass(frozen=True)
class Selector:
    """Events of one type that satisfy a condition (``where`` as in the pack)."""

    selector: int
    event: str
    where: Mapping[str, Any]


@dataclass(frozen=True)
class Role:
    """What a selector means to a form. ``member`` counts the members of a requirement; ``extra`` carries a name or number."""

    form: int
    role: str
    member: int
    selector: int
    extra: str | None = None


@dataclass(frozen=True)
class Member:
    """A member of a requirement: the families of its event types, and whether only the website could carry it."""

    form: int
    member: int
    families: tuple[str, ...]
    one_channel: bool


@dataclass
class Plan:
    """All forms of a rulebook with the tables they refer to."""

    forms: list[Form] = field(default_factory=list)
    selectors: list[Selector] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    sources: list[tuple[int, str, str]] = field(default_factory=list)
    periods: list[Period | Hours] = field(default_factory=list)
    # (form, version index) -> period; the version index counts the versions of the duty.
    terms: list[tuple[int, int, int | None, int | None]] = field(default_factory=list)
    correlates: dict[int, list[str]] = field(default_factory=dict)
    counts: dict[int, Count] = field(default_factory=dict)
    calendars: dict[int, CalendarTrigger] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    unjudged: dict[str, str] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)
    _selector_ids: dict[str, int] = field(default_factory=dict)
    _period_ids: dict[Period | Hours, int] = field(default_factory=dict)

    def select(self, event: str, where: Mapping[str, Any] | None = None) -> int:
        key = f"{event}|{where!r}" if where else event
        if key not in self._selector_ids:
            self._selector_ids[key] = len(self.selectors)
            self.selectors.append(Selector(len(self.selectors), event, where or {}))
            self.attributes |= {*fields(where or {})} - {"municipality"}
        return self._selector_ids[key]

    def period(self, period: Period | Hours) -> int:
        if period not in self._period_ids:
            self._period_ids[period] = len(self.periods)
            self.periods.append(period)
        return self._period_ids[period]

    @property
    def strata(self) -> int:
        return 1 + max((f.stratum for f in self.forms), default=-1)

    def bundles(self) -> list[frozenset[str]]:
        """All duties, those together of which one begins with the outcome of another, or takes its place."""
        bundle = {rule: {rule} for rule in self.duties}
        begun = [(self.forms[form].rule, rule) for form, rule, _ in self.sources]
        for rule, other in begun + [(d.id, d.replaces) for d in self.duties.values() if d.replaces]:
            if other in bundle and bundle[other] is not bundle[rule]:
                bundle[rule] |= bundle[other]
                bundle.update(dict.fromkeys(bundle[other], bundle[rule]))
        return [*{frozenset(rules) for rules in bundle.values()}]


class UnknownNumber(Exception):
    """The duty's number of days is not known: it is listed, and judged once an office supplies it."""


def make_plan(rulebook: Rulebook) -> Plan:
    """Flatten every duty of the rulebook that a log can judge; the others land in ``unjudged`` with the reason."""
    plan = Plan()
    strata = _strata(rulebook.duties)
    for duty in rulebook.duties:
        if duty.checkable is not None:
            plan.unjudged[duty.id] = duty.checkable.no
            continue
        overlays: list[Reading | None] = list(duty.readings) or [None]
        try:
            forms = [_Flattener(plan, rulebook, duty, strata[duty.id], i, r) for i, r in enumerate(overlays)]
        except UnknownNumber:
            plan.unjudged[duty.id] = "unknown_number"
            continue
        for flattener in forms:
            flattener.add()
        plan.duties[duty.id] = duty
    return plan


def _strata(duties: list[Duty]) -> dict[str, int]:
    """Level of each duty above those whose outcomes trigger it (semantics 4.19); packs with cycles are refused by the loader."""
    by_id = {d.id: d for d in duties}
    levels: dict[str, int] = {}

    def level(rule: str) -> int:
        if rule in levels or rule not in by_id:
            return levels.get(rule, 0)
        duty, below = by_id[rule], [0]
        triggers = [duty.trigger, *(r.trigger for r in duty.readings)]
        for trigger in triggers:
            for source in trigger.alternatives if trigger else []:
                if isinstance(source, ObligationSelector):
                    below.append(1 + level(source.obligation))
        below += [level(d.id) for d in duties if d.replaces == rule]
        levels[rule] = max(below)
        return levels[rule]

    for duty in duties:
        level(duty.id)
    return levels


class _Flattener:
    """Adds one duty under one reading to the plan."""

    def __init__(
        self, plan: Plan, rulebook: Rulebook, duty: Duty, stratum: int, index: int, reading: Reading | None
    ) -> None:
        self.plan, self.rulebook, self.duty, self.stratum, self.index = plan, rulebook, duty, stratum, index
        self.trigger: Trigger | None = (reading and reading.trigger) or duty.trigger
        self.requires: Requirement | None = (reading and reading.requires) or duty.requires
        self.deadline = _merged(Deadline, duty.deadline, reading.deadline if reading else None)
        self.open_for = _merged(OpenFor, duty.open_for, reading.open_for if reading else None)
        self.count = _merged(Count, duty.count, reading.count if reading else None)
        self.calendar: CalendarTrigger | None = (reading and reading.calendar) or duty.calendar
        own = (reading and (reading.deadline or reading.open_for or reading.count)) or {}
        self.own_number = "n" in own or "at_least" in own
        numbers = [
            self.deadline.n if self.deadline else 0,
            self.open_for.n if self.open_for else 0,
            self.count.at_least if self.count else 0,
        ]
        if "unknown" in numbers and not all(v.n is not None for v in duty.versions):
            raise UnknownNumber(duty.id)

    def add(self) -> None:
        plan, duty = self.plan, self.duty
        number = len(plan.forms)
        deadline, trigger = self.deadline, self.trigger
        # Publications judged together are candidates like any others, due on the day of the one that is judged (§4.9).
        grouped = duty.shape == "content" and duty.judged == "union"
        shape = "event" if grouped else duty.shape
        order = deadline is not None and deadline.before is not None and deadline.n == 0
        backward = deadline is not None and deadline.before is not None
        correlate = duty.correlate
        by = correlate.by if isinstance(correlate.by, str) else "attributes"
        if shape in ("calendar", "count", "standing"):
            by = "municipality"
        window = plan.period(_period(correlate.window)) if correlate.window else None
        not_before, not_before_period = "any" if grouped else "trigger", None
        if deadline is not None:
            if isinstance(deadline.not_before, Span):
                not_before = "window"
                span = deadline.not_before
                not_before_period = plan.period(Period(span.n, span.unit, "before", "none"))
            else:
                not_before = deadline.not_before
        plan.forms.append(
            Form(
                form=number,
                rule=duty.id,
                reading=self.index,
                shape=shape,
                direction="order" if order else "backward" if backward else "forward",
                stratum=self.stratum,
                take=trigger.take if trigger else "each",
                moved=bool(trigger and trigger.moved_by),
                by=by,
                win=window,
                anchor=self._anchor(number),
                hours=self._unit() == "hour",
                same_day=bool(deadline and deadline.same_day == "allowed"),
                not_before=not_before,
                not_before_period=not_before_period,
                survives_move=bool(deadline and deadline.survives_move),
                applies_by=duty.applies_by if duty.shape == "event" else "trigger",
                grouped=grouped,
                about=self.calendar.about if self.calendar else None,
                restricted=duty.municipalities is not None,
                only_if=bool(self.calendar and self.calendar.only_if),
            )
        )
        if isinstance(correlate.by, list):
            plan.correlates[number] = list(correlate.by)
            plan.attributes |= set(correlate.by)
        if self.count:
            plan.counts[number] = self.count
        if self.calendar:
            plan.calendars[number] = self.calendar
            if self.calendar.about:
                plan.attributes.add("period")
            if self.calendar.only_if:
                self._role(number, "only_if", self.calendar.only_if)
        self._trigger_roles(number)
        self._requirement_roles(number)
        self._modifier_roles(number)
        for i, version in enumerate(duty.versions):
            plan.terms.append((number, i, self._term(version), self._threshold(version)))

    # -- parts ---------------------------------------------------------------------------------------------------

    def _unit(self) -> str:
        if self.deadline:
            return self.deadline.unit
        return self.open_for.unit if self.open_for else "calendar-day"

    def _anchor(self, number: int) -> str:
        """``time``, an attribute of the trigger, or ``OTHER_EVENT`` with a role of its own."""
        deadline = self.deadline
        if deadline is None:
            return "time"
        anchor = deadline.before if deadline.before is not None else deadline.after
        if isinstance(anchor, EventSelector):
            self._role(number, "anchor", anchor)
            return OTHER_EVENT
        assert isinstance(anchor, str)
        if anchor != "time":
            self.plan.attributes.add(anchor)
        return anchor

    def _term(self, version: Version) -> int | None:
        """The period that holds under a version: its own number replaces the duty's, unless the reading states one."""
        if self.deadline is not None:
            n, unit = self._number(self.deadline.n, self.deadline.unit, version)
            backward = self.deadline.before is not None
            if unit == "hour":
                return self.plan.period(Hours(n, "before" if backward else "after"))
            if unit == "working-day" or n == 0:
                roll = self.deadline.roll or "none"
            else:
                roll = self.deadline.roll or ("none" if backward else "forward")
            return self.plan.period(
                Period(n, unit, "before" if backward else "after", roll, self.deadline.clear)
            )
        if self.open_for is not None:
            n, unit = self._number(self.open_for.n, self.open_for.unit, version)
            if unit == "hour":
                return self.plan.period(Hours(n, "after"))
            return self.plan.period(Period(n, unit, "after", "none"))
        if self.calendar is not None:
            return self.plan.period(Period(0, "calendar-day", "after", self.calendar.roll))
        if self.count is not None or self.duty.must is not None:
            return self.plan.period(Period(0, "calendar-day", "after", "none"))
        return None

    def _threshold(self, version: Version) -> int | None:
        if self.count is None:
            return None
        if version.n is not None and not self.own_number:
            return version.n
        return None if self.count.at_least == "unknown" else self.count.at_least

    def _number(self, n: int | str, unit: str, version: Version) -> tuple[int, str]:
        if version.n is not None and not self.own_number:
            return version.n, version.unit or unit
        return int(n), unit

    def _role(
        self, form: int, role: str, selector: EventSelector | str, member: int = 0, extra: str | None = None
    ) -> None:
        if isinstance(selector, str):
            number = self.plan.select(selector)
        else:
            number = self.plan.select(selector.event, selector.where)
        self.plan.roles.append(Role(form, role, member, number, extra))

    def _trigger_roles(self, form: int) -> None:
        trigger = self.trigger
        if trigger is None:
            return
        for source in trigger.alternatives:
            if isinstance(source, ObligationSelector):
                for outcome in source.outcome:
                    self.plan.sources.append((form, source.obligation, outcome))
                continue
            self._role(form, "trigger", source)
            if trigger.moving:
                self._role(form, "trigger", EventSelector(event=trigger.moving.event, where=source.where))
                self._role(form, "plan", trigger.moving)
        if trigger.cancelled_by:
            self._role(form, "cancel", trigger.cancelled_by)

    def _requirement_roles(self, form: int) -> None:
        members: list[list[EventSelector]] = []
        if self.duty.shape == "content":
            must = self.duty.must or {}
            types = (
                [s.event for s in self.trigger.alternatives if isinstance(s, EventSelector)]
                if self.trigger
                else []
            )
            if self.trigger and self.trigger.moving:
                types.append(self.trigger.moving.event)
            members = [[EventSelector(event=t, where=must) for t in dict.fromkeys(types)]]
        elif self.count is not None:
            members = self.count.members
        elif self.requires is not None:
            members = self.requires.members
        union = self.duty.judged == "union"
        # A piece of what is owed on one channel is owed on that channel, whatever the piece itself says.
        parts = [(p, self._one_channel(m)) for m in members for p in (self._united(m) if union else [m])]
        for i, (member, one_channel) in enumerate(parts):
            for selector in member:
                self._role(form, "fulfil", selector, i)
            families = tuple(sorted({s.event.split(".")[0] for s in member}))
            self.plan.members.append(Member(form, i, families, one_channel))

    def _united(self, member: list[EventSelector]) -> list[list[EventSelector]]:
        """Judged together, "contains all of them" is owed piece by piece: a member for each piece (semantics 4.9)."""
        pieces: dict[str, Any] = {}
        for selector in member:
            for name, test in selector.where.items():
                if isinstance(test, Mapping) and "includes_all" in test:
                    wanted = test["includes_all"]
                    # All languages, also those that no municipality owes: where it is not known which are owed,
                    # any of them may be.
                    pieces[name] = (
                        self.rulebook.vocabulary.attributes[name].values
                        if isinstance(wanted, Mapping)
                        else wanted
                    )
        if not pieces:
            return [member]
        split: list[list[EventSelector]] = []
        for name, values in pieces.items():
            for value in values:
                split.append(
                    [EventSelector(event=s.event, where=_only(s.where, name, str(value))) for s in member]
                )
        return split

    def _one_channel(self, member: list[EventSelector]) -> bool:
        outage = self.rulebook.vocabulary.outage
        if outage is None:
            return False
        only = (outage.value, [outage.value], {"includes_all": [outage.value]})
        return all(s.where.get(outage.attribute) in only for s in member)

    def _modifier_roles(self, form: int) -> None:
        for exception in self.duty.unless:
            instead = exception.instead
            if exception.event is not None:
                selector = EventSelector(event=exception.event, where=exception.where)
                self._role(form, f"unless_{exception.by}", selector, extra=instead)
            elif self.trigger is not None:
                for source in self.trigger.alternatives:
                    if isinstance(source, EventSelector):
                        selector = EventSelector(event=source.event, where=exception.where)
                        self._role(form, "unless_where", selector, extra=instead)
                if self.trigger.moving:
                    # Asked of the move, too, which takes over what the plan before it states.
                    selector = EventSelector(event=self.trigger.moving.event, where=exception.where)
                    self._role(form, "unless_where", selector, extra=instead)
        if self.deadline and self.deadline.extended_by:
            extension = self.deadline.extended_by
            if isinstance(extension.add, str):
                self.plan.attributes.add(extension.add)
            selector = EventSelector(event=extension.event, where=extension.where)
            self._role(form, "extend", selector, extra=str(extension.add))
        if self.deadline and self.deadline.suspended_by:
            self._role(form, "suspend", self.deadline.suspended_by.from_)
            self._role(form, "resume", self.deadline.suspended_by.to)
        if self.open_for:
            self._role(form, "close", self.open_for.closed_by)
            if self.open_for.planned:
                self.plan.attributes.add(self.open_for.planned)
                for source in self.trigger.alternatives if self.trigger else []:
                    if isinstance(source, EventSelector):
                        self._role(form, "planned", source.event, extra=self.open_for.planned)
                if self.open_for.moved_by:
                    self._role(form, "move_close", self.open_for.moved_by, extra=self.open_for.planned)


def _only(where: Mapping[str, Any], name: str, value: str) -> dict[str, Any]:
    """The condition with the one list test replaced by one of its pieces; a language not owed is no piece."""
    test = where.get(name)
    if not (isinstance(test, Mapping) and "includes_all" in test):
        return dict(where)
    rest = {k: v for k, v in where.items() if not (isinstance(v, Mapping) and "includes_all" in v)}
    if isinstance(test["includes_all"], Mapping):
        return {**rest, name: {"owed": value}}
    return {**rest, name: value}


def _merged(model: type[Part], base: Part | None, overlay: Mapping[str, Any] | None) -> Part | None:
    """The part of a duty with the keys of a reading laid over it."""
    if base is None or not overlay:
        return base
    return model.model_validate(laid_over(base.model_dump(by_alias=True, exclude_unset=True), overlay))


def _period(span: Span) -> Period:
    return Period(span.n, span.unit, "after", "none")
