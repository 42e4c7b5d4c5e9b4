"""A plan: the events of a date, and the steps that the duties they bring to life ask for, each with the last
day on which it is lawful.

Steps are events like those of a log. So a step can bring duties to life itself (a notice has its languages, a
consultation its length), and what comes out is judged by the engine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from transparency_check.engine.forms import Form, Selector
from transparency_check.packs.judged import UNKNOWN_NUMBER
from transparency_check.packs.model import Duty, EventSelector, PlanKind
from transparency_check.times import Moment

from .conditions import truth
from .law import Arisen, Law, Limit
from .plan import Ask, Open, Plan, Step, too_late
from .supposed import Supposed, on_day
from .windows import Window, joined, latest_opening, proposed, window
from .witness import witness

_DAY: Final = dt.timedelta(days=1)
# A chain of steps is as long as the duties that follow from each other; more passes than that change nothing.
_PASSES: Final = 16
_MOST_STEPS: Final = 60
# How far ahead a lawful date is looked for, in days.
LOOK_AHEAD: Final = 1100

# No more days off than these follow each other: a date that moves by a day moves the steps to it by no more.
_LONGEST_BREAK: Final = 15
# What keeps a duty from being provided for on every date alike.
_FOR_GOOD: Final = ("contradiction", "no_record")


@dataclass
class _Node:
    key: str
    type: str
    values: dict[str, Any]
    moment: Moment
    given: bool
    # What its values have to satisfy, and who asked for it.
    conditions: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    # The node that this one has to come before: what is closed was opened.
    opens: str | None = None
    # Kinds that nobody stated.
    taken: dict[str, str] = field(default_factory=dict)

    def event(self, municipality: str) -> Supposed:
        return Supposed(self.key, self.type, self.moment, municipality, dict(self.values))


def given_events(
    what: PlanKind, law: Law, municipality: str, date: Moment, today: dt.date, values: Mapping[str, Any]
) -> list[Supposed]:
    """The events that a plan of this kind is about: the fixing of the date, and what happens on it.

    ``values`` go to every event that carries the attribute.
    """
    vocabulary = law.rulebook.vocabulary

    def carried(event: str) -> dict[str, Any]:
        known = vocabulary.events[event].attributes
        return {name: value for name, value in {**what.values, **values}.items() if name in known}

    found = []
    if what.fixed_by is not None and what.date is not None:
        fixed = on_day(min(today, date.day), law.zone)
        found.append((what.fixed_by, fixed, {**carried(what.fixed_by), what.date: date.text}))
    found += [(event, date, carried(event)) for event in what.events]
    return [
        Supposed(f"s{n}", type_, moment, municipality, shown)
        for n, (type_, moment, shown) in enumerate(found, start=1)
    ]


def plan(law: Law, given: Sequence[Supposed], date: Moment, today: dt.date, kind: str | None = None) -> Plan:
    """The plan for events that are given, on one date, seen from ``today``."""
    return _Planner(law, given, date, today, kind).made()


def earliest(
    law: Law,
    what: PlanKind,
    municipality: str,
    today: dt.date,
    values: Mapping[str, Any],
    kind: str | None = None,
    lawful: bool = False,
) -> Plan | None:
    """The plan for the earliest date that can still be prepared from today on (see ``Plan.feasible``).

    None where there is none within ``LOOK_AHEAD`` days and the calendar.
    """
    ahead = 0
    while ahead < LOOK_AHEAD:
        day = today + ahead * _DAY
        if not law.calendar.covers(day):
            return None
        date = on_day(day, law.zone)
        found = plan(law, given_events(what, law, municipality, date, today, values), date, today, kind)
        if found.feasible(lawful):
            return found
        missed = found.missed(lawful)
        if ahead and not missed and all(o.why in _FOR_GOOD for o in found.left):
            return None
        # Where only the law counts, what is advisory may give way on the next day already.
        ahead += 1 if lawful else max(1, _short(missed, today) - _LONGEST_BREAK)
    return None


def _short(missed: Sequence[Step], today: dt.date) -> int:
    """By how many days the worst of the missed steps is too late."""
    return max(((today - s.window.last).days for s in missed if s.window.last is not None), default=0)


class _Planner:
    """Makes one plan: goes over the events until no step is added, changed or moved any more."""

    def __init__(
        self, law: Law, given: Sequence[Supposed], date: Moment, today: dt.date, kind: str | None
    ) -> None:
        self.law, self.date, self.today, self.kind = law, date, today, kind
        self.municipality = given[0].municipality
        self.vocabulary = law.rulebook.vocabulary
        self.nodes = {e.key: _Node(e.key, e.type, dict(e.values), e.moment, True) for e in given}
        self.stated: dict[str, Any] = {}
        for event in given:
            self.stated = {**event.values, **self.stated}
        # The step that serves a member of what a duty asks for, by duty, event, reading and member.
        self.serving: dict[tuple[str, str, str], str] = {}
        self.doubtful: dict[tuple[str, str], Arisen] = {}
        self.others: dict[tuple[str, str], Arisen] = {}
        self.left: dict[tuple[str, str], Open] = {}

    def made(self) -> Plan:
        for _ in range(_PASSES):
            before = self._state()
            self._pass()
            if self._state() == before:
                break
        steps = [
            Step(
                node.event(self.municipality),
                node.given,
                joined(a.window for a in node.asks),
                tuple(node.asks),
                node.opens is not None,
            )
            for node in self.nodes.values()
        ]
        # What happens on the date comes last on its day.
        steps.sort(key=lambda s: (s.event.day, s.given and s.event.day == self.date.day, s.event.key))
        return Plan(
            self.kind,
            self.date,
            self.today,
            self.municipality,
            tuple(steps),
            tuple(self.doubtful.values()),
            tuple(self.others.values()),
            tuple(self.left.values()),
            tuple(self._unnumbered()),
            tuple((node.type, *kind) for node in self.nodes.values() for kind in node.taken.items()),
        )

    def _state(self) -> list[tuple[str, str, str]]:
        return [(n.key, n.moment.text, repr(sorted(n.values.items(), key=str))) for n in self.nodes.values()]

    def _case(self) -> dict[str, Supposed]:
        events = [node.event(self.municipality) for node in self.nodes.values()]
        return {event.key: event for event in self.law.resolved(events)}

    def _pass(self) -> None:
        closing = {key: joined(a.window for a in node.asks) for key, node in self.nodes.items()}
        self.doubtful, self.others, self.left = {}, {}, {}
        for node in self.nodes.values():
            node.asks = []
        for key in list(self.nodes):
            case = self._case()
            for arisen in self.law.arising(case[key], list(case.values())):
                self._demand(self.nodes[key], arisen, closing)
                if arisen.truth and arisen.duty.binds == "municipality":
                    for next_one in self.law.following(arisen, "fulfilled", list(case.values())):
                        self._demand(self.nodes[key], next_one, closing)
        for node in self.nodes.values():
            if not node.given:
                self._place(node)

    def _place(self, node: _Node) -> None:
        bounds = [a.window for a in node.asks]
        if node.opens is not None:
            bounds.append(Window(last=self.nodes[node.opens].moment.day))
        if too_late(joined(bounds), self.today):
            # What only an advisory duty would have asked earlier is still done in time for the law.
            firm = [*(a.window for a in node.asks if a.binding), *bounds[len(node.asks) :]]
            bounds = firm if firm and not too_late(joined(firm), self.today) else bounds
        whole = joined(bounds)
        if whole.last is not None and any(n.opens == node.key for n in self.nodes.values()):
            # What is open ends by itself: nobody has to be at work.
            node.moment = on_day(whole.last, self.law.zone)
            return
        when = proposed(whole, self.law, self.today)
        if when is not None:
            node.moment = when
            return
        for ask in node.asks:
            self.left.setdefault(self._id(ask.arisen), Open(ask.arisen, "no_time"))

    def _id(self, arisen: Arisen) -> tuple[str, str]:
        return arisen.duty.id, arisen.event.key

    def _demand(self, node: _Node, arisen: Arisen, closing: Mapping[str, Window]) -> None:
        key = self._id(arisen)
        if arisen.duty.binds != "municipality":
            if arisen.truth:
                self.others[key] = arisen
            return
        if arisen.truth is None:
            self.doubtful[key] = arisen
            # What may apply to the event itself is provided for; what only a step may show is not known yet.
            if not node.given or arisen.duty.shape == "content":
                return
        if arisen.duty.shape == "content":
            self._show(node, arisen)
            return
        if not arisen.anchored:
            # It counts from something that the plan does not hold: whether it comes is an open question.
            self.doubtful[key] = arisen
            return
        windows = [window(limit, arisen.event, self.law) for limit in arisen.limits]
        for limit, when in zip(arisen.limits, windows, strict=True):
            if when is None:
                self.left[key] = Open(arisen, "no_calendar")
            elif limit.form.shape == "duration":
                self._keep_open(node, arisen, limit, when, closing)
            else:
                self._fulfil(arisen, limit, when)

    # -- the shapes ------------------------------------------------------------------------------------

    def _show(self, node: _Node, arisen: Arisen) -> None:
        """What the event itself has to show; publications judged together show it each."""
        must = arisen.duty.must or {}
        if self._satisfied(node, arisen.duty.id, must):
            node.asks.append(Ask(arisen, "show", Window()))
        else:
            self.left[self._id(arisen)] = Open(arisen, "contradiction")

    def _fulfil(self, arisen: Arisen, limit: Limit, when: Window) -> None:
        for number, member in enumerate(self.law.members(limit.form)):
            place = (arisen.duty.id, arisen.event.key, f"{limit.reading}/{number}")
            node = self._server(place, arisen, member, when)
            if node is None:
                self.left[self._id(arisen)] = Open(arisen, "no_record")
                continue
            _added(node, Ask(arisen, "fulfil", when, (limit,)))

    def _keep_open(
        self, node: _Node, arisen: Arisen, limit: Limit, when: Window, closing: Mapping[str, Window]
    ) -> None:
        place = (arisen.duty.id, arisen.event.key, "close")
        selectors = self.law.role(limit.form, "close")
        if not node.given and place not in self.serving:
            # Wherever the end lies now: the beginning is moved to suit it.
            ends = (
                n for n in self.nodes.values() if not n.given and any(s.event == n.type for s in selectors)
            )
            if (end := next(ends, None)) is not None:
                self.serving[place] = end.key
        closes = self._server(place, arisen, selectors, when)
        if closes is None:
            self.left[self._id(arisen)] = Open(arisen, "no_record")
            return
        before = closing.get(closes.key, Window())
        if before.last is None or node.given:
            _added(closes, Ask(arisen, "close", when, (limit,)))
        else:
            # The end is set by what comes after it, so that the beginning has to give way.
            last = latest_opening(closes.moment.day, [limit], self.law)
            if last is None:
                self.left[self._id(arisen)] = Open(arisen, "no_calendar")
                return
            _added(node, Ask(arisen, "open", Window(last=last), (limit,)))
            node.opens = closes.key
        for selector, planned in self.law.extras(limit.form, "planned"):
            if selector.event == node.type and planned is not None:
                node.values[planned] = closes.moment.text

    # -- which event serves ----------------------------------------------------------------------------

    def _server(
        self, place: tuple[str, str, str], arisen: Arisen, member: Sequence[Selector], when: Window
    ) -> _Node | None:
        """The event that serves a member of a requirement: one that is there, or a new one."""
        if (key := self.serving.get(place)) is not None:
            node = self.nodes[key]
            if node.given or any(
                s.event == node.type and self._satisfied(node, arisen.duty.id, s.where) for s in member
            ):
                return node
        for node in self.nodes.values():
            if node.key == arisen.event.key or not self._fits(node, when):
                continue
            for selector in member:
                if selector.event == node.type and self._serves(node, arisen.duty.id, selector.where):
                    self.serving[place] = node.key
                    return node
        for selector in member:
            if (new := self._new(arisen, selector, when)) is not None:
                self.serving[place] = new.key
                return new
        return None

    def _fits(self, node: _Node, when: Window) -> bool:
        """Whether the node can lie in the window as well as in its own."""
        if node.given:
            inside = Window(node.moment.day, node.moment.day, node.moment.lo, node.moment.hi)
            return not joined([when, inside]).empty
        own = joined(a.window for a in node.asks)
        both = joined([own, when])
        # One that may come at any time before is not held back to a first day that only a later duty has.
        return not both.empty and (own.first is None) == (when.first is None)

    def _serves(self, node: _Node, rule: str, where: Mapping[str, Any]) -> bool:
        if node.given:
            return truth(where, self.law.asked(node.event(self.municipality))) is True
        return self._satisfied(node, rule, where)

    def _satisfied(self, node: _Node, rule: str, where: Mapping[str, Any]) -> bool:
        """Make the values of the node satisfy the condition, with all that they had to satisfy before."""
        values = witness(where, self.law.asked(node.event(self.municipality)))
        if values is None:
            return False
        asked = replace(self.law.asked(node.event(self.municipality)), values=values)
        if any(truth(other, asked) is not True for _, other in node.conditions):
            return False
        node.values = values
        if (rule, where) not in node.conditions:
            node.conditions.append((rule, where))
        return True

    def _new(self, arisen: Arisen, selector: Selector, when: Window) -> _Node | None:
        if len(self.nodes) >= _MOST_STEPS:
            return None
        key = f"s{len(self.nodes) + 1}"
        node = _Node(
            key, selector.event, self._shared(selector.event, arisen.event), arisen.event.moment, False
        )
        if not self._satisfied(node, arisen.duty.id, selector.where):
            node.values = {}
            if not self._satisfied(node, arisen.duty.id, selector.where):
                return None
        node.moment = proposed(when, self.law, self.today) or arisen.event.moment
        self._take_kind(node)
        self.nodes[key] = node
        self._opening_of(node, arisen)
        return node

    def _shared(self, type_: str, event: Supposed) -> dict[str, Any]:
        """What a well-formed event of the type states and the events that the plan is about state as well."""
        required = self.vocabulary.events[type_].required
        return {name: self.stated[name] for name in required if name in self.stated}

    def _opening_of(self, node: _Node, arisen: Arisen) -> None:
        """What is closed was opened: the opening is a step of its own."""
        opening = next(
            (
                trigger.event
                for form in self.law.plan.forms
                if form.shape == "duration" and self._in_force(form)
                if any(s.event == node.type for s in self.law.role(form, "close"))
                for trigger in self.law.role(form, "trigger")
            ),
            None,
        )
        if opening is None or any(n.type == opening for n in self.nodes.values()):
            return
        known = self.vocabulary.events[opening].attributes
        values = {name: value for name, value in self.stated.items() if name in known}
        key = f"s{len(self.nodes) + 1}"
        opens = _Node(key, opening, values, node.moment, False, opens=node.key)
        self._take_kind(opens)
        self.nodes[key] = opens

    def _take_kind(self, node: _Node) -> None:
        """Of what the vocabulary puts side by side the first is taken where nothing says which."""
        for what in self.vocabulary.plans.values():
            if what.kind is None or node.type not in what.events or what.kind in node.values:
                continue
            if what.kind in self.vocabulary.events[node.type].attributes:
                node.values[what.kind] = node.taken[what.kind] = what.kinds[0]

    def _in_force(self, form: Form) -> bool:
        duty = self.law.plan.duties[form.rule]
        return self.law.version_on(duty, self.date.day) is not None

    def _unnumbered(self) -> Iterator[Duty]:
        """Duties that the given events would bring to life, were their number known."""
        given = [n.event(self.municipality) for n in self.nodes.values() if n.given]
        for duty in self.law.rulebook.duties:
            if self.law.plan.unjudged.get(duty.id) != UNKNOWN_NUMBER or duty.trigger is None:
                continue
            if duty.municipalities is not None and self.municipality not in duty.municipalities:
                continue
            if any(
                isinstance(source, EventSelector)
                and source.event == event.type
                and truth(source.where, self.law.asked(event)) is not False
                and self.law.version_on(duty, event.day) is not None
                for source in duty.trigger.alternatives
                for event in given
            ):
                yield duty


def _added(node: _Node, ask: Ask) -> None:
    """Readings of one duty that ask for the same step stand in one ask, whose window is what all leave."""
    about = (ask.part, ask.arisen.duty.id, ask.arisen.event.key)
    for n, other in enumerate(node.asks):
        if (other.part, other.arisen.duty.id, other.arisen.event.key) == about:
            limits = other.limits if ask.limits[0] in other.limits else (*other.limits, *ask.limits)
            node.asks[n] = replace(other, limits=limits, window=joined([other.window, ask.window]))
            return
    node.asks.append(ask)
