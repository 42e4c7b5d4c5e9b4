"""The readiness sheet: all duties that bear on one case, what they wait for, and one verdict.

What is recorded is judged as in every report. What is still to come - the session, the adoption of the acts
on its agenda - is judged in a copy of the log in which it is assumed to happen on its date; what follows from
that is kept apart and never counts as judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import orjson

from transparency_check.checking import Answer, nearest
from transparency_check.engine import evaluate
from transparency_check.engine.case_file import CaseEvent, cases_of, events_of, linked
from transparency_check.errors import UsageError
from transparency_check.messages import text
from transparency_check.model import Finding
from transparency_check.packs.examples import restricted
from transparency_check.packs.model import Duty, PlanKind
from transparency_check.reports.options import OWN_INSTRUMENT
from transparency_check.times import Moment, TimeError, read_time

from .answer import Option, confirmed, option_for, stated_values
from .conditions import Asked
from .judging import records_of
from .law import Law, Limit
from .planner import plan
from .supposed import Supposed, on_day
from .windows import Window, joined, window
from .witness import witness

Phase = Literal["before", "day", "after"]
# What can be said of a duty of the sheet. The last three are about what is assumed to happen.
State = Literal[
    "done", "late", "violated", "undetermined", "open",
    "expected", "missed", "unclear",
]  # fmt: skip
Code = Literal[
    "ready", "ready_if", "not_lawful", "agenda", "undetermined", "cancelled", "breached", "open", "met",
]  # fmt: skip
_DAY: Final = dt.timedelta(days=1)
_PREFIX: Final = "supposed~"
_BROKEN: Final = frozenset({"late", "violated", "missed"})


@dataclass(frozen=True)
class Item:
    """One duty of the sheet.

    ``finding`` is what the engine says; where it rests on an assumption, ``assumed`` is the event that was
    assumed, and the outcome is that of the copy of the log. ``last`` is the last lawful moment under every
    reading and calendar, ``act_by`` the last working day until then. ``fields`` decide and are not known.
    ``conflict`` is the duty that this one cannot be met together with; ``follows`` are those that judge the
    record that would do it.
    """

    finding: Finding
    phase: Phase
    state: State
    assumed: Supposed | None = None
    limits: tuple[Limit, ...] = ()
    last: str | None = None
    act_by: dt.date | None = None
    fields: tuple[str, ...] = ()
    conflict: str | None = None
    follows: tuple[str, ...] = ()

    @property
    def law(self) -> bool:
        """Whether the law obliges the municipality to it; what the program itself asks is no law."""
        return self.finding.owed == "law" and self.finding.instrument != OWN_INSTRUMENT

    @property
    def binding(self) -> bool:
        """Whether a breach is a violation of the law."""
        return self.law and not self.finding.advisory


@dataclass(frozen=True)
class Linked:
    """A case that the one of the sheet is linked with, directly or through others; ``kind`` is one of the
    vocabulary's, None where it is of none of them.
    """

    case: str
    kind: str | None
    direct: bool
    events: int


@dataclass(frozen=True)
class Verdict:
    """What the sheet amounts to.

    ``items`` are those that decide it; ``by`` and ``until`` the days by which the first and the last of what
    is open have to be done; ``lacking`` what else keeps it open.
    """

    code: Code
    items: tuple[Item, ...] = ()
    by: dt.date | None = None
    until: dt.date | None = None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The sheet of one case.

    ``kind`` is the kind of case by the vocabulary, ``value`` which of its kinds (ordinary ...). ``date`` is
    the date that is fixed, ``held`` the event of that date where it is recorded, ``cancelled`` the one that
    gave it up. ``alternatives`` are the other kinds on the same date; ``moved`` is the same kind, on the
    earliest date that is still lawful.
    """

    answer: Answer
    law: Law
    municipality: str
    case: str
    kind: str | None
    what: PlanKind | None
    value: str | None
    fixed: CaseEvent | None
    date: Moment | None
    held: CaseEvent | None
    cancelled: CaseEvent | None
    events: tuple[CaseEvent, ...]
    linked: tuple[Linked, ...]
    assumed: tuple[tuple[str, Supposed], ...]
    items: tuple[Item, ...]
    unnumbered: tuple[Duty, ...]
    verdict: Verdict
    alternatives: tuple[Option, ...] = ()
    moved: Option | None = None

    @property
    def ahead(self) -> bool:
        """Whether the date is still to come: fixed, not given up, and nothing recorded of it."""
        return self.what is not None and self.what.fixed_by is not None and self.held is None


def sheet_of(answer: Answer, case: str, municipality: str | None = None, stated: Sequence[str] = ()) -> Sheet:
    """The sheet of a case of the log that was judged (with ``keep_log``).

    ``stated`` are attributes of what is assumed, as ``name=value``. Raises ``UsageError`` for a case that the
    log does not have, where several municipalities have it, and for what cannot be stated.
    """
    return _Maker(answer, case, municipality, stated).made()


class _Maker:
    def __init__(self, answer: Answer, case: str, municipality: str | None, stated: Sequence[str]) -> None:
        assert answer.log is not None
        self.answer, self.log = answer, answer.log
        self.prepared = answer.judgement.prepared
        self.law = Law(self.prepared.rulebook)
        self.plans = self.law.rulebook.vocabulary.plans
        self.municipality, self.case = self._named(case, municipality)
        self.today = answer.as_of.day
        vocabulary = self.law.rulebook.vocabulary
        names = set()
        for what in self.plans.values():
            for type_ in (what.fixed_by, what.moved_by, *what.events):
                names |= set(vocabulary.events[type_].attributes) if type_ is not None else set()
        # Who vouches for one record does not vouch for another.
        self.attributes = sorted(names - {vocabulary.attestation})
        self.events: dict[str, list[CaseEvent]] = {}
        types = [type_ for what in self.plans.values() for type_ in what.events]
        self.stated = stated_values(stated, types, (), self.law, self.municipality)

    def _named(self, case: str, municipality: str | None) -> tuple[str, str]:
        known = cases_of(self.prepared)
        found = [m for m, name in known if name == case and municipality in (None, m)]
        if len(found) > 1:
            raise UsageError(text("error.session.municipality", name=case, names=", ".join(sorted(found))))
        if found:
            return found[0], case
        names = sorted({name for m, name in known if municipality in (None, m)})
        raise UsageError(nearest(text("error.session.case", name=case), case, names))

    def _of(self, case: str) -> list[CaseEvent]:
        if case not in self.events:
            self.events[case] = events_of(self.prepared, self.municipality, case, self.attributes)
        return self.events[case]

    def kind(self, case: str) -> str | None:
        """The kind of case that its events show: one whose date is fixed before others."""
        for name, what in sorted(self.plans.items(), key=lambda item: item[1].fixed_by is None):
            types = {*what.events, *([what.fixed_by] if what.fixed_by else [])}
            for event in self._of(case):
                told = all(event.values.get(a, v) == v for a, v in what.values.items())
                stated = not what.values or any(a in event.values for a in what.values)
                if event.type in types and told and stated:
                    return name
        return None

    def made(self) -> Sheet:
        name = self.kind(self.case)
        what = None if name is None else self.plans[name]
        own = self._of(self.case)
        fixed, date, cancelled = self._plan_of(what, own)
        held = None
        if what is not None:
            held = next((e for e in reversed(own) if e.type in what.events), None)
        around = self._linked(what)
        ahead = what is not None and what.fixed_by is not None and held is None and cancelled is None
        assumed: list[tuple[str, Supposed]] = []
        if what is not None and ahead and date is not None and date.day >= self.today:
            assumed = self._assumed(what, date, fixed, around)
        # Another meeting has a sheet of its own.
        cases = [self.case, *(o.case for o in around if not self._dated(o))]
        items = self._judged(cases, date if ahead else None)
        items += self._supposed(assumed, date)
        items = _conflicts(items, self.law)
        items.sort(key=_order)
        unnumbered = self._unnumbered(assumed)
        value = None
        if what is not None and what.kind is not None:
            last = next((e for e in reversed(own) if what.kind in e.values), None)
            value = None if last is None else str(last.values[what.kind])
        verdict = self._verdict(what, ahead, date, cancelled, items, unnumbered)
        sheet = Sheet(
            self.answer, self.law, self.municipality, self.case, name, what, value, fixed, date, held,
            cancelled, tuple(own), tuple(around), tuple(assumed), tuple(items), tuple(unnumbered), verdict,
        )  # fmt: skip
        return self._with_alternatives(sheet) if verdict.code == "not_lawful" else sheet

    def _plan_of(
        self, what: PlanKind | None, events: Sequence[CaseEvent]
    ) -> tuple[CaseEvent | None, Moment | None, CaseEvent | None]:
        """The event that fixed the date last, the date, and what gave it up afterwards."""
        if what is None or what.date is None:
            return None, None, None
        fixed: CaseEvent | None = None
        cancelled: CaseEvent | None = None
        for event in events:
            if event.type in (what.fixed_by, what.moved_by):
                fixed, cancelled = event, None
            elif event.type == what.cancelled_by and fixed is not None:
                cancelled = event
        stated = None if fixed is None else fixed.values.get(what.date)
        try:
            date = None if stated is None else read_time(stated, self.law.zone)
        except TimeError:
            date = None
        return fixed, date, cancelled

    def _linked(self, what: PlanKind | None) -> list[Linked]:
        """The cases linked with this one, and with those: a case whose date is fixed (another session) is
        named, and not gone beyond.
        """
        found: dict[str, Linked] = {}
        waiting = [(other, True) for other in linked(self.prepared, self.municipality, self.case)]
        while waiting:
            case, direct = waiting.pop(0)
            if case in found or case == self.case:
                continue
            kind = self.kind(case)
            found[case] = Linked(case, kind, direct, len(self._of(case)))
            if not self._dated(found[case]):
                waiting += [(other, False) for other in linked(self.prepared, self.municipality, case)]
        return [
            entry
            for entry in found.values()
            # Another session that is reached through an act only is none of this one's business.
            if entry.direct or not self._dated(entry)
        ]

    def _dated(self, entry: Linked) -> bool:
        return any(e.type in self._dating for e in self._of(entry.case))

    @property
    def _dating(self) -> set[str]:
        return {what.fixed_by for what in self.plans.values() if what.fixed_by is not None}

    # -- what is assumed -------------------------------------------------------------------------------

    def _assumed(
        self, what: PlanKind, date: Moment, fixed: CaseEvent | None, around: Sequence[Linked]
    ) -> list[tuple[str, Supposed]]:
        """What happens on the date: the events of the kind, and the decision of what is linked."""
        vocabulary = self.law.rulebook.vocabulary
        known = {} if fixed is None else dict(fixed.values)
        found: list[tuple[str, Supposed]] = []

        def suppose(case: str, type_: str, values: Mapping[str, Any]) -> None:
            carried = vocabulary.events[type_].attributes
            told = {**values, **self.stated}
            shown = {name: value for name, value in told.items() if name in carried}
            key = f"{_PREFIX}{len(found) + 1}"
            found.append((case, Supposed(key, type_, date, self.municipality, shown)))

        for type_ in what.events:
            suppose(self.case, type_, {**known, **what.values})
        if what.decides is None:
            return found
        decided = self.plans[what.decides]
        for entry in around:
            if not self._undecided(entry, what, decided, around):
                continue
            told: dict[str, Any] = {}
            for event in self._of(entry.case):
                told |= event.values
            for other in linked(self.prepared, self.municipality, entry.case):
                if self.kind(other) in what.prepared_by:
                    for event in self._of(other):
                        told = {**event.values, **told}
            body = {name: value for name, value in what.values.items() if name not in told}
            for type_ in decided.events:
                suppose(entry.case, type_, {**told, **body})
        return found

    def _undecided(self, entry: Linked, what: PlanKind, decided: PlanKind, around: Sequence[Linked]) -> bool:
        """Whether a linked case waits for its decision on the date."""
        if any(e.type in decided.events for e in self._of(entry.case)):
            return False
        if entry.kind in what.prepared_by:
            # The act has a case of its own where the preparation is linked with one.
            others = linked(self.prepared, self.municipality, entry.case)
            by_name = {other.case: other for other in around}
            return not any(
                name in by_name and by_name[name].kind not in what.prepared_by and name != self.case
                and not any(e.type in self._dating for e in self._of(name))
                for name in others
            )  # fmt: skip
        if entry.kind is not None:
            return entry.kind == what.decides
        # A case that is only named, or of which no meeting is recorded, is taken for that of an act.
        return not any(e.type.partition(".")[0] in self._dated_families for e in self._of(entry.case))

    @property
    def _dated_families(self) -> set[str]:
        return {type_.partition(".")[0] for type_ in self._dating}

    # -- the items -------------------------------------------------------------------------------------

    def _judged(self, cases: Sequence[str], date: Moment | None) -> list[Item]:
        found = []
        for finding in self.answer.report.findings:
            if finding.municipality != self.municipality or finding.case not in cases:
                continue
            if finding.outcome == "not_applicable":
                continue
            state: State = "open"
            if finding.outcome == "fulfilled":
                state = "done"
            elif finding.outcome != "pending":
                state = finding.outcome
            limits, whole = self._limits(finding)
            last, act_by = self._last(finding, whole)
            if state == "open" and act_by is not None and act_by < self.today:
                # An order can still be kept on the day itself; a last day that is off, at the weekend.
                last, act_by = finding.due, self.today
            phase = self._phase(finding, date)
            follows = self._follows(finding) if state in ("open", "violated", "undetermined") else ()
            fields = tuple(dict.fromkeys(f for s in finding.settled_by for f in s.fields))
            found.append(Item(finding, phase, state, None, limits, last, act_by, fields, None, follows))
        return found

    def _supposed(self, assumed: Sequence[tuple[str, Supposed]], date: Moment | None) -> list[Item]:
        """What follows from the assumed events, judged in a copy of the log on their day."""
        if not assumed or date is None:
            return []
        by_key = {event.key: event for _, event in assumed}
        resolved = {e.key: e for c in {c for c, _ in assumed} for e in self._resolved(c, assumed)}
        found = []
        for finding in self._copied(assumed, date):
            key = finding.trigger.event if finding.trigger else ""
            if key in by_key:
                found.append(self._expected(finding, by_key[key], resolved[key], date))
        return self._whether_or_not(found, assumed, resolved, date)

    def _copied(self, assumed: Sequence[tuple[str, Supposed]], date: Moment) -> list[Finding]:
        """The findings of the log with the assumed events in it, on their day."""
        believed = self.prepared.moments.known_at
        rows = [event.row(case, recorded_at=believed.text) for case, event in assumed]
        records, _ = records_of(rows, self.law)
        # What is dated later than today has not happened, and is not assumed to.
        known = [r for r in self.log.records if (orjson.loads(r).get("lo") or 0) <= self.answer.as_of.hi]
        book = restricted(
            self.law.rulebook, {d.id for d in self.law.rulebook.duties if d.trigger is not None}
        )
        day = on_day(date.day, self.law.zone)
        judgement = evaluate([*known, *records], book, day, believed, None, self.log.clean)
        off = self.answer.laid.off if self.answer.laid else frozenset()
        return [f for f in judgement.findings(all=False) if f.rule not in off]

    def _whether_or_not(
        self,
        items: list[Item],
        assumed: Sequence[tuple[str, Supposed]],
        resolved: Mapping[str, Supposed],
        date: Moment,
    ) -> list[Item]:
        """Where it is not known whether a duty applies, it is enough that it is met if it does."""
        changed: dict[str, dict[str, Any]] = {}
        for item in items:
            if item.state != "unclear" or not item.fields or item.assumed is None:
                continue
            key = item.assumed.key
            event = replace(resolved[key], values=changed.get(key, dict(resolved[key].values)))
            for form in self.law.forms[item.finding.rule]:
                for selector in self.law.role(form, "trigger"):
                    values = None
                    if selector.event == event.type:
                        values = witness(selector.where, self.law.asked(event))
                    if values is not None:
                        changed[key] = values
        if not changed:
            return items
        variant = [
            (case, replace(event, values=changed.get(event.key, event.values))) for case, event in assumed
        ]
        met = {
            (finding.rule, finding.trigger.event)
            for finding in self._copied(variant, date)
            if finding.trigger and finding.outcome == "fulfilled" and not self._in_future(finding)
        }
        return [
            replace(item, state="done")
            if item.state == "unclear" and item.assumed and (item.finding.rule, item.assumed.key) in met
            else item
            for item in items
        ]

    def _resolved(self, case: str, assumed: Sequence[tuple[str, Supposed]]) -> list[Supposed]:
        return self.law.resolved([event for other, event in assumed if other == case])

    def _expected(self, finding: Finding, event: Supposed, resolved: Supposed, date: Moment) -> Item:
        arisen = {a.duty.id: a for a in self.law.arising(resolved, [resolved])}
        limits, whole = self._limits(finding)
        last, act_by = self._last(finding, whole)
        phase = self._phase(finding, date)
        known = arisen.get(finding.rule)
        state: State
        fields = () if known is None else known.missing
        if known is not None and known.truth is None:
            state = "unclear"
        elif finding.outcome == "fulfilled" and not self._in_future(finding):
            state = "done"
        elif self.law.plan.duties[finding.rule].shape == "content":
            state, phase = "expected", "day"
        elif whole is None or (finding.outcome == "undetermined" and "missing_link" in finding.reasons):
            state = "unclear"
        elif self._over(whole):
            order = self.law.forms[finding.rule][0].direction == "order"
            if order and date.day == self.today:
                # On the day itself the order can still be kept, where both times are recorded.
                return Item(finding, phase, "unclear", event, limits, finding.due, self.today)
            # What was doubtful about the past stays so; what is simply not there is missed.
            doubts = {"not_covered", "outage"} & set(finding.reasons)
            state = "unclear" if doubts or finding.outcome == "undetermined" else "missed"
        else:
            state = "expected"
        follows = self._follows(finding) if state != "done" else ()
        return Item(finding, phase, state, event, limits, last, act_by, tuple(fields), None, follows)

    def _in_future(self, finding: Finding) -> bool:
        """Whether it rests on a record that is dated later than today."""
        for record in finding.fulfilment:
            try:
                if read_time(record.time, self.law.zone).lo > self.answer.as_of.hi:
                    return True
            except TimeError:
                return True
        return False

    def _over(self, whole: Window) -> bool:
        if whole.until is not None:
            return self.answer.as_of.hi > whole.until
        return whole.last is not None and whole.last < self.today

    def _limits(self, finding: Finding) -> tuple[tuple[Limit, ...], Window | None]:
        """The limits of a finding counted under every reading and calendar; none where it was lengthened or
        stopped, whose dates the finding itself says.
        """
        duty = self.law.plan.duties.get(finding.rule)
        if duty is None or finding.anchor is None or finding.due is None:
            return (), None
        version = next(
            (
                n
                for n, v in enumerate(duty.versions)
                if v.instrument == finding.instrument
                and (v.from_.isoformat() if v.from_ else None) == finding.version_from
            ),
            None,
        )
        anchor = _moment(finding.anchor, self.law)
        if version is None or anchor is None:
            return (), None
        limits, windows = [], []
        begins = _moment(finding.trigger.time, self.law) if finding.trigger else anchor
        event = Supposed("", finding.trigger.type if finding.trigger else "", begins or anchor, "")
        for form in self.law.forms[finding.rule]:
            limit = self.law.limit(form, version, anchor)
            if limit is None or duty.shape == "content":
                return (), None
            limits.append(limit)
            windows.append(window(limit, event, self.law))
        shown = limits[0].shown.isoformat() if limits and limits[0].shown else None
        if limits and limits[0].lo is None and shown != finding.due:
            return (), None
        if not windows or None in windows:
            return tuple(limits), None
        return tuple(limits), joined(w for w in windows if w is not None)

    def _last(self, finding: Finding, whole: Window | None) -> tuple[str | None, dt.date | None]:
        """The last lawful moment, and the last working day until then.

        Of what has to stay open, the day until which it has to, and the last day on which a closing that is
        too early can still be moved.
        """
        forms = self.law.forms.get(finding.rule) or []
        if forms and forms[0].shape == "duration":
            days = [r.due for r in finding.readings if r.due] + ([finding.due] if finding.due else [])
            extend = finding.act_by if finding.cure else None
            return max(days, default=None), None if extend is None else dt.date.fromisoformat(extend)
        if whole is not None and whole.until is not None:
            from .supposed import at_instant

            last = at_instant(whole.until, self.law.zone)
            return last.text, self.law.working_by(last.day)
        day = whole.last if whole is not None else None
        if day is None:
            days = [d for d in (finding.due, *(r.due for r in finding.readings)) if d]
            days += list(finding.due_range or ())
            day = min((dt.date.fromisoformat(d[:10]) for d in days), default=None)
        if day is None:
            return None, None
        return day.isoformat(), self.law.working_by(day) if self.law.calendar.covers(day) else None

    def _phase(self, finding: Finding, date: Moment | None) -> Phase:
        """Where a duty stands to the date."""
        if date is None:
            return "before"
        forms = self.law.forms.get(finding.rule) or []
        if forms and forms[0].direction in ("backward", "order"):
            anchor = finding.anchor or ""
            return "before" if anchor[:10] <= date.day.isoformat() else "after"
        day = (finding.due or finding.anchor or "")[:10]
        if not day or day < date.day.isoformat():
            return "before"
        return "day" if day == date.day.isoformat() else "after"

    def _follows(self, finding: Finding) -> tuple[str, ...]:
        """The duties that will judge the record by which this one is met."""
        form = next(iter(self.law.forms.get(finding.rule) or ()), None)
        if form is None or form.grouped or form.shape not in ("event", "duration"):
            return ()
        found: dict[str, None] = {}
        for member in self.law.members(form):
            for selector in member[:1]:
                day = self.today
                asked = Asked(
                    {}, self.municipality, self.law.languages(self.municipality, day),
                    self.law.rulebook.vocabulary, self.law.zone,
                )  # fmt: skip
                values = witness(selector.where, asked)
                if values is None:
                    continue
                record = Supposed("", selector.event, on_day(day, self.law.zone), self.municipality, values)
                for arisen in self.law.arising(record, [record]):
                    if arisen.truth and arisen.duty.shape == "content" and arisen.duty.id != finding.rule:
                        found[arisen.duty.id] = None
        return tuple(found)

    def _unnumbered(self, assumed: Sequence[tuple[str, Supposed]]) -> list[Duty]:
        """Duties of this case that are listed and not judged, as their number is unknown."""
        given = []
        for number, event in enumerate(self._of(self.case)):
            moment = _moment(event.evidence.time, self.law) or on_day(event.day, self.law.zone)
            given.append(Supposed(str(number), event.type, moment, self.municipality, event.values))
        given += [event for case, event in assumed if case == self.case]
        if not given:
            return []
        made = plan(self.law, given, given[-1].moment, self.today)
        off = self.answer.laid.off if self.answer.laid else frozenset()
        return [duty for duty in made.unnumbered if duty.id not in off]

    # -- the verdict -----------------------------------------------------------------------------------

    def _verdict(
        self,
        what: PlanKind | None,
        ahead: bool,
        date: Moment | None,
        cancelled: CaseEvent | None,
        items: Sequence[Item],
        unnumbered: Sequence[Duty],
    ) -> Verdict:
        report = self.answer.report
        lacking = []
        if any(p.severity == "error" for p in report.problems):
            lacking.append("input")
        if report.rule_errors:
            lacking.append("rules")
        if cancelled is not None:
            return Verdict("cancelled")
        before = [i for i in items if i.law and (not ahead or i.phase == "before" or _settled(i))]
        broken = [i for i in before if i.binding and (i.state in _BROKEN or _hopeless(i))]
        doubtful = [
            i for i in before if i not in broken and (i.state in ("undetermined", "unclear") or _spoilt(i))
        ]
        waiting = [i for i in before if i.state in ("open", "expected") and i not in broken + doubtful]
        days = [d for i in waiting if (d := _day_of(i)) is not None]
        by, until = min(days, default=None), max(days, default=None)
        code: Code
        if not ahead:
            code = "breached" if broken else "undetermined" if doubtful or lacking else "met"
            if code == "met" and waiting:
                code = "open"
            if code == "met" and not before:
                code, lacking = "undetermined", [*lacking, "nothing"]
            chosen = {"breached": broken, "undetermined": doubtful, "open": waiting}.get(code, [])
            return Verdict(code, tuple(chosen), by, until, tuple(lacking))
        if broken:
            own = [i for i in broken if i.finding.case == self.case]
            return Verdict(
                "not_lawful" if own else "agenda", tuple(own or broken), None, None, tuple(lacking)
            )
        if date is None:
            lacking.append("date")
        elif date.day < self.today:
            lacking.append("passed")
        if not before:
            lacking.append("nothing")
        if any(_comes_before(duty) for duty in unnumbered):
            lacking.append("number")
        if doubtful or lacking:
            return Verdict("undetermined", tuple(doubtful), by, until, tuple(lacking))
        if waiting:
            return Verdict("ready_if", tuple(waiting), by, until)
        return Verdict("ready")

    def _with_alternatives(self, sheet: Sheet) -> Sheet:
        """The other kinds on the same date, and the same kind on another."""
        what, date = sheet.what, sheet.date
        if what is None or what.kind is None or date is None or date.day < self.today:
            return sheet
        others: list[Option] = []
        for kind in [*([sheet.value] if sheet.value in what.kinds else []), *what.kinds]:
            if kind == sheet.value and others:
                continue
            on = None if kind == sheet.value else date
            values = {what.kind: kind}
            others.append(option_for(self.law, what, self.municipality, self.today, on, values, kind))
        judged = confirmed(others, self.law)
        moved = next((o for o in judged if o.kind == sheet.value), None)
        return replace(sheet, alternatives=tuple(o for o in judged if o.kind != sheet.value), moved=moved)


def lawful_as(option: Option) -> bool:
    """Whether another kind may be said to be lawful on the date: the law says something of it that can still
    be kept, nothing that binds is open, and the engine agrees.
    """
    if option.plan is None or not option.plan.feasible(lawful=True) or option.unmet:
        return False
    from .law import binding

    if any(binding(a.duty, a.version) for a in option.plan.doubtful):
        return False
    return any(ask.binding for step in option.plan.steps for ask in step.asks)


def _moment(value: str, law: Law) -> Moment | None:
    try:
        return read_time(value, law.zone)
    except TimeError:
        return None


def _day_of(item: Item) -> dt.date | None:
    """The day that an open item has to be done by, or to be kept open until."""
    if item.act_by is not None:
        return item.act_by
    return None if item.last is None else dt.date.fromisoformat(item.last[:10])


def _settled(item: Item) -> bool:
    """Whether it is judged already, and badly: that weighs whenever it was due."""
    return item.assumed is None and (item.state in _BROKEN or item.state == "undetermined")


def _hopeless(item: Item) -> bool:
    """Whether no answer to what is open would do: every outcome that remains is a breach."""
    remain = set(item.finding.possible)
    return item.state == "undetermined" and bool(remain) and remain <= {"late", "violated"}


def _spoilt(item: Item) -> bool:
    """Whether something was missed that breaks the law only if that is as it is thought to be."""
    return not item.binding and item.state in _BROKEN


def _comes_before(duty: Duty) -> bool:
    """Whether a duty whose number is unknown is one of law, towards a date."""
    backward = duty.deadline is not None and duty.deadline.before is not None
    return backward and not duty.commitment and duty.binds == "municipality"


def _conflicts(items: Iterable[Item], law: Law) -> list[Item]:
    """What has to stay open longer than another duty lets it: the two cannot both be met."""
    found = list(items)
    for n, item in enumerate(found):
        form = next(iter(law.forms.get(item.finding.rule) or ()), None)
        if form is None or form.shape != "duration" or item.state != "open" or not item.limits:
            continue
        ends = {selector.event for selector in law.role(form, "close")}
        latest = max((limit.latest for limit in item.limits if limit.days and limit.known), default=None)
        for other in found:
            forms = law.forms.get(other.finding.rule) or []
            wanted = {s.event for f in forms for member in law.members(f) for s in member}
            if other.state not in ("open", "expected") or not wanted & ends or other.last is None:
                continue
            if latest is not None and latest.isoformat() > other.last[:10]:
                found[n] = replace(item, state="missed", phase="before", conflict=other.finding.rule)
    return found


_ORDER: Final = {"before": 0, "day": 1, "after": 2}


def _order(item: Item) -> tuple[int, str, str, str, str]:
    day = item.act_by.isoformat() if item.act_by else (item.last or "9999")[:10]
    finding = item.finding
    return _ORDER[item.phase], day, finding.rule, finding.case or "", finding.id
