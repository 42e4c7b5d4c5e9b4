"""The readiness sheet: all duties that bear on one case, what they wait for, and one verdict.

What is recorded is judged as in every report. What is still to come - the session, the adoption of the acts
on its agenda - is judged in a copy of the log in which it is assumed to happen on its date; what follows from
that is kept apart and never counts as judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from transparency_check.checking import Answer
from transparency_check.engine import evaluate
from transparency_check.engine.case_file import cases_of
from transparency_check.errors import UsageError
from transparency_check.messages import text
from transparency_check.model import Finding
from transparency_check.packs.model import Duty
from transparency_check.packs.needed import restricted
from transparency_check.selecting import nearest
from transparency_check.times import Moment, TimeError, read_time

from .answer import Option, confirmed, option_for, stated_values
from .conditions import Asked
from .judging import records_of
from .law import Law, Limit
from .planner import plan
from .sheet import Item, Phase, Sheet, State
from .supposed import Supposed, on_day
from .surroundings import Surroundings
from .weighing import in_order, verdict_of, with_conflicts
from .windows import Window, joined, window
from .witness import witness


def sheet_of(
    answer: Answer,
    case: str,
    municipality: str | None = None,
    stated: Sequence[str] = (),
    law: Law | None = None,
) -> Sheet:
    """The sheet of a case of the log that was judged (with ``keep_log``).

    ``stated`` are attributes of what is assumed, as ``name=value``; ``law`` saves making it anew for each of
    many sheets. Raises ``UsageError`` for a case that the log does not have, where several municipalities
    have it, and for what cannot be stated.
    """
    return _Maker(answer, case, municipality, stated, law or law_of(answer)).made()


def law_of(answer: Answer) -> Law:
    """The law that a log was judged by, as a sheet asks it."""
    return Law(answer.judgement.prepared.rulebook)


class _Maker:
    def __init__(
        self, answer: Answer, case: str, municipality: str | None, stated: Sequence[str], law: Law
    ) -> None:
        assert answer.log is not None
        self.answer, self.log = answer, answer.log
        self.prepared = answer.judgement.prepared
        self.law = law
        self.plans = self.law.rulebook.vocabulary.plans
        self.municipality, self.case = self._named(case, municipality)
        self.today = answer.as_of.day
        types = [type_ for what in self.plans.values() for type_ in what.events]
        told = stated_values(stated, types, (), self.law, self.municipality)
        self.near = Surroundings(self.prepared, self.law, self.municipality, self.case, told)

    def _named(self, case: str, municipality: str | None) -> tuple[str, str]:
        known = cases_of(self.prepared)
        found = [m for m, name in known if name == case and municipality in (None, m)]
        if len(found) > 1:
            raise UsageError(text("error.session.municipality", name=case, names=", ".join(sorted(found))))
        if found:
            return found[0], case
        names = sorted({name for m, name in known if municipality in (None, m)})
        raise UsageError(nearest(text("error.session.case", name=case), case, names))

    def made(self) -> Sheet:
        near = self.near
        name = near.kind(self.case)
        what = None if name is None else self.plans[name]
        own = near.of(self.case)
        fixed, date, cancelled = near.plan_of(what, own)
        held = None
        if what is not None:
            held = next((e for e in reversed(own) if e.type in what.events), None)
        around = near.around()
        ahead = what is not None and what.fixed_by is not None and held is None and cancelled is None
        assumed: list[tuple[str, Supposed]] = []
        if what is not None and ahead and date is not None and date.day >= self.today:
            assumed = near.assumed(what, date, fixed, around)
        # Another meeting has a sheet of its own.
        cases = [self.case, *(o.case for o in around if not near.dated(o))]
        items = [*self._judged(cases, date if ahead else None), *self._supposed(assumed, date)]
        items = sorted(with_conflicts(items, self.law), key=in_order)
        unnumbered = self._unnumbered(assumed)
        value = None
        if what is not None and what.kind is not None:
            last = next((e for e in reversed(own) if what.kind in e.values), None)
            value = None if last is None else str(last.values[what.kind])
        verdict = verdict_of(
            self.answer.report, self.case, self.today, ahead, date, cancelled, items, unnumbered
        )
        sheet = Sheet(
            self.answer, self.law, self.municipality, self.case, name, what, value, fixed, date, held,
            cancelled, tuple(own), tuple(around), tuple(assumed), tuple(items), tuple(unnumbered), verdict,
        )  # fmt: skip
        return self._with_alternatives(sheet) if verdict.code == "not_lawful" else sheet

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
        for number, event in enumerate(self.near.of(self.case)):
            moment = _moment(event.evidence.time, self.law) or on_day(event.day, self.law.zone)
            given.append(Supposed(str(number), event.type, moment, self.municipality, event.values))
        given += [event for case, event in assumed if case == self.case]
        if not given:
            return []
        made = plan(self.law, given, given[-1].moment, self.today)
        off = self.answer.laid.off if self.answer.laid else frozenset()
        return [duty for duty in made.unnumbered if duty.id not in off]

    # -- the verdict -----------------------------------------------------------------------------------

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


def _moment(value: str, law: Law) -> Moment | None:
    try:
        return read_time(value, law.zone)
    except TimeError:
        return None
