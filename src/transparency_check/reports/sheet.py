"""The readiness sheet for people and for programs. ``transparency-check/sheet/1`` is described by
``docs/schemas/sheet.json``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..messages import text
from ..messages.figures import day
from ..messages.language import current
from . import duty_words, wording
from .json import evidence_object, finding_object, head_object
from .limits import day_text, limit_object, moment_text, sentences
from .options import Names, ReportOptions
from .outline import Block, Cell, Outline, Section, Tone, header
from .planned import PlanWords, duty_object, kind_title, option_object

if TYPE_CHECKING:
    from ..planning.answer import Option
    from ..planning.sheet import Code, Item, Sheet

SCHEMA = "transparency-check/sheet/1"
_TONES: dict[Code, Tone] = {
    "ready": "good", "met": "good", "ready_if": "doubt", "open": "doubt", "undetermined": "doubt",
    "not_lawful": "bad", "agenda": "bad", "breached": "bad", "cancelled": "plain",
}  # fmt: skip
# Rules named in a sentence; the sections have them all.
_NAMED = 6


class _Words:
    """The sentences of one sheet."""

    def __init__(self, sheet: Sheet, names: Names) -> None:
        self.sheet, self.names = sheet, names
        self.plan = PlanWords(sheet.law, names)
        self.date = "" if sheet.date is None else moment_text(sheet.date)

    def kind(self, value: str | None) -> str:
        """Which of its kinds the case is, in words."""
        if value is None or self.sheet.what is None:
            return value or ""
        return kind_title(self.sheet.what, self.sheet.law.rulebook.vocabulary, value)

    # -- the head --------------------------------------------------------------------------------------

    def what(self) -> list[str]:
        """What the case is, its date, and whether it took place."""
        sheet, names = self.sheet, self.names
        if sheet.what is None:
            events = ", ".join(dict.fromkeys(names.events.get(e.type, e.type) for e in sheet.events))
            plans = sheet.law.rulebook.vocabulary.plans
            kinds = ", ".join(p.title.in_language(current()) for p in plans.values())
            said = [text("sheet.what.none", names=kinds, events=events or text("none.date"))]
        else:
            title = sheet.what.title.in_language(current())
            title = title[:1].upper() + title[1:]
            said = [
                text("sheet.what", what=title, kind=self.kind(sheet.value))
                if sheet.value
                else text("sheet.what.plain", what=title)
            ]
            if sheet.what.fixed_by is None:
                said.append(text("sheet.what.other"))
        if sheet.fixed is not None:
            shown = wording.evidence(sheet.fixed.evidence, names)
            said.append(
                text("sheet.fixed", date=self.date, evidence=shown)
                if sheet.date is not None
                else text("sheet.fixed.unknown", evidence=shown)
            )
        if sheet.held is not None:
            said.append(text("sheet.held", evidence=wording.evidence(sheet.held.evidence, names)))
        if sheet.cancelled is not None:
            said.append(text("sheet.cancelled", evidence=wording.evidence(sheet.cancelled.evidence, names)))
        return said

    # -- the verdict -----------------------------------------------------------------------------------

    def verdict(self) -> str:
        """The one line."""
        sheet, verdict = self.sheet, self.sheet.verdict
        rules = _listed([self.named(i) for i in verdict.items])
        if verdict.code == "ready_if":
            return text(
                "sheet.verdict.ready_if",
                n=len(verdict.items),
                date=self.date,
                by=_day(verdict.by),
                until=_day(verdict.until),
                rules=rules,
            )
        if verdict.code == "not_lawful":
            if sheet.date is None:
                return text("sheet.verdict.not_lawful.undated", rules=rules)
            if sheet.value is None:
                return text("sheet.verdict.not_lawful.plain", date=self.date, rules=rules)
            return text("sheet.verdict.not_lawful", date=self.date, kind=self.kind(sheet.value), rules=rules)
        if verdict.code == "open":
            return text("sheet.verdict.open", n=len(verdict.items), by=_day(verdict.by), rules=rules)
        return text(f"sheet.verdict.{verdict.code}", date=self.date, rules=rules)

    def named(self, item: Item) -> str:
        """A duty in a list: its id, with the case where it is another one."""
        finding = item.finding
        return finding.rule if finding.case == self.sheet.case else f"{finding.rule} ({finding.case})"

    def because(self) -> list[str]:
        """What stands behind the verdict, and what else there is to say."""
        sheet, verdict = self.sheet, self.sheet.verdict
        said = [text(f"sheet.lacking.{code}", date=self.date) for code in verdict.lacking]
        if verdict.code == "undetermined":
            said += [self._doubt(item) for item in verdict.items]
        if verdict.code in ("not_lawful", "agenda", "breached"):
            said += [self._broken(item) for item in verdict.items]
        for option in sheet.alternatives:
            said += self._alternative(option)
        linked = [self.named(i) for i in verdict.items if i.finding.case != sheet.case]
        if verdict.code == "not_lawful" and linked:
            said.append(text("sheet.verdict.agenda_too", rules=_listed(linked)))
        if sheet.moved is not None and sheet.moved.lawful is not None:
            command = self._command(sheet.moved.lawful.isoformat(), sheet.moved.kind)
            lawful = day(sheet.moved.lawful)
            kind = self.kind(sheet.moved.kind)
            said.append(text("sheet.verdict.moved", kind=kind, day=lawful, plan=command))
            if sheet.moved.whole is not None and sheet.moved.whole != sheet.moved.lawful:
                whole = day(sheet.moved.whole)
                said.append(text("sheet.verdict.moved.whole", kind=kind, day=whole))
        today = [
            self.named(i)
            for i in sheet.items
            if i.state in ("open", "expected") and i.act_by is not None and i.act_by <= sheet.answer.as_of.day
        ]
        if today:
            said.append(text("sheet.today", rules=_listed(today)))
        own = [
            i for i in sheet.items if i.finding.owed == "commitment" and i.state not in ("done", "expected")
        ]
        if own:
            said.append(text("sheet.commitments", n=len(own)))
        return said

    def _broken(self, item: Item) -> str:
        duty = " ".join(self.duty(item))
        if item.state == "missed":
            return text("sheet.because.missed", duty=duty, last=wording.due_text(item.last or ""))
        told = wording.sentences(item.finding, self.names)
        return text("sheet.because.broken", duty=duty, what=told[0])

    def _command(self, on: str, kind: str | None) -> str:
        sheet = self.sheet
        parts = ["transparency-check plan", sheet.kind or "", f"--on {on}"]
        parts += [f"--kind {kind}"] if kind else []
        parts += [f"--from {sheet.answer.as_of.day}", f"--municipality {sheet.municipality}"]
        return " ".join(parts)

    def _doubt(self, item: Item) -> str:
        rule = self.named(item)
        if item.conflict is not None:
            return text("sheet.because.conflict", rule=rule, other=item.conflict)
        if item.state == "unclear":
            fields = ", ".join(item.fields)
            if fields:
                return text("sheet.because.fields", rule=rule, fields=fields)
            return text("sheet.because.unclear", rule=rule)
        if item.state == "undetermined":
            told = wording.sentences(item.finding, self.names)
            return text("sheet.because.undetermined", rule=rule, what=told[0])
        return text("sheet.because.advisory", rule=rule)

    def _alternative(self, option: Option) -> list[str]:
        from ..planning.plan import missed_rules
        from ..planning.weighing import lawful_as

        if option.plan is None:
            return []
        kind = self.kind(option.kind)
        if not lawful_as(option):
            rules = missed_rules(option.plan, lawful=True)
            if not rules:
                return [text("sheet.verdict.unknown_as", kind=kind)]
            return [text("sheet.verdict.not_lawful_as", date=self.date, kind=kind, rules=_listed(rules))]
        command = self._command(option.plan.date.text[:16], option.kind)
        said = [text("sheet.verdict.lawful_as", date=self.date, kind=kind, plan=command)]
        if conditions := self._conditions(option):
            listed = text("test.and").join(conditions)
            said.append(text("sheet.verdict.lawful_as.conditions", kind=kind, conditions=listed))
        if missed := missed_rules(option.plan):
            said.append(text("sheet.verdict.lawful_as.missed", kind=kind, rules=_listed(missed)))
        return said

    def _conditions(self, option: Option) -> list[str]:
        """What the fixing of the date has to show for this kind."""
        assert option.plan is not None and self.sheet.what is not None
        return [
            f"{duty_words.condition(ask.arisen.duty.must or {})} ({ask.arisen.duty.id})"
            for step in option.plan.steps
            if step.given and step.event.type == self.sheet.what.fixed_by
            for ask in step.asks
            if ask.part == "show"
        ]

    # -- the items -------------------------------------------------------------------------------------

    def when(self, item: Item) -> Cell:
        """The first column: when to act, and the last lawful moment; of what is judged, when it was due."""
        finding = item.finding
        if item.assumed is None and item.state not in ("open", "missed"):
            due = wording.due_text(finding.due) if finding.due else ""
            return tuple(p for p in (due, wording.outcome_name(finding.outcome)) if p)
        forms = self.sheet.law.forms.get(item.finding.rule) or []
        if forms and forms[0].shape == "duration" and item.last is not None:
            first = () if item.act_by is None else (day(item.act_by),)
            return (*first, text("open_until", due=wording.due_text(item.last)))
        lines = [_day(item.act_by)]
        if forms and forms[0].direction == "order" and item.state in ("open", "expected"):
            lines.append(text("sheet.last.order"))
        elif item.last is not None and item.last[:10] != day_text(item.act_by):
            code = "sheet.last.instant" if "T" in item.last else "sheet.last"
            lines.append(text(code, last=wording.due_text(item.last)))
        if item.finding.provisional:
            lines.append(text("provisional"))
        return tuple(lines)

    def duty(self, item: Item) -> list[str]:
        """Id, title and marks; the case where it is another one."""
        finding = item.finding
        marks = wording.marks(finding)
        title = f"{finding.rule} {self.names.rule(finding.rule)}"
        said = [f"{title} ({', '.join(marks)})" if marks else title]
        if finding.case != self.sheet.case:
            said.append(text("sheet.case_of", case=finding.case))
        return said

    def story(self, item: Item) -> Cell:
        """The second column of a duty: what is so, what to do, where it stands."""
        finding, names = item.finding, self.names
        said = self.duty(item)
        if item.assumed is not None:
            said += self._assumed(item)
        else:
            told = wording.sentences(finding, names)
            said += told
            if item.conflict is not None:
                said.append(text("sheet.because.conflict", rule=finding.rule, other=item.conflict))
            if item.limits and item.state == "open" and not any(r.due for r in finding.readings):
                said += sentences(item.limits, self.sheet.law.zone)
        if item.state != "done" and not (item.state in ("late", "violated") and not finding.curable):
            if advice := names.advice.get(finding.rule):
                said.append(text("advice", text=advice))
            if item.follows:
                said.append(text("sheet.follows", rules=", ".join(item.follows)))
        return (*said, *wording.law_lines(finding, names))

    def _assumed(self, item: Item) -> list[str]:
        assert item.assumed is not None
        event = self.names.events.get(item.assumed.type, item.assumed.type)
        duty = self.sheet.law.plan.duties[item.finding.rule]
        if item.state == "unclear" and item.fields:
            condition = "" if duty.trigger is None else duty_words.trigger(duty.trigger)
            return [text("sheet.unclear", condition=condition, fields=", ".join(item.fields))]
        if item.state == "done" and item.fields:
            return [text("sheet.expected.either", event=event, date=self.date)]
        if item.state == "done":
            shown = "; ".join(wording.evidence(e, self.names) for e in item.finding.fulfilment)
            return [text("sheet.expected.done", event=event, date=self.date, evidence=shown)]
        said = [text("sheet.expected", event=event, date=self.date)]
        if duty.must is not None:
            said.append(text("sheet.expected.show", condition=duty_words.condition(duty.must)))
        return [*said, *sentences(item.limits, self.sheet.law.zone)]

    def table(self, items: Sequence[Item]) -> Block:
        """Items as a table."""
        rows = tuple((self.when(i), self.story(i)) for i in items)
        judged = all(i.assumed is None and i.state not in ("open", "missed") for i in items)
        first = text("column.due" if judged else "column.act_by")
        return Block(columns=(first, text("column.duty")), rows=rows)

    def short(self, items: Iterable[Item]) -> Block:
        """What is done, one row each."""
        rows = []
        for item in items:
            told = (
                self._assumed(item)
                if item.assumed is not None
                else wording.sentences(item.finding, self.names)[:1]
            )
            due = wording.due_text(item.finding.due) if item.finding.due else ""
            rows.append(((due,), (*self.duty(item), *told)))
        return Block(columns=(text("column.due"), text("column.duty")), rows=tuple(rows))


def _day(value: dt.date | None) -> str:
    return text("none.date") if value is None else day(value)


def _listed(rules: Sequence[str]) -> str:
    once = list(dict.fromkeys(rules))
    return ", ".join(once[:_NAMED]) + (" ..." if len(once) > _NAMED else "")


def outline(sheet: Sheet, names: Names) -> Outline:
    """The sheet as people read it: the verdict, what to do, what is not kept; what is done comes last."""
    words = _Words(sheet, names)
    options = ReportOptions(names=names)
    municipality = names.municipalities.get(sheet.municipality, sheet.municipality)
    head_lines = [
        *header(sheet.answer.report, options),
        text("sheet.case", case=sheet.case, municipality=municipality),
        *words.what(),
    ]
    verdict = Section(
        text("sheet.section.verdict", verdict=text(f"sheet.code.{sheet.verdict.code}")),
        _TONES[sheet.verdict.code],
        (Block(lines=(words.verdict(), *words.because())),),
    )
    sections = [verdict, *_sections(sheet, words)]
    return Outline(text("sheet.title", case=sheet.case), tuple(head_lines), tuple(sections))


def _sections(sheet: Sheet, words: _Words) -> Iterable[Section]:
    ahead = sheet.ahead and sheet.cancelled is None

    def some(code: str, tone: Tone, items: Sequence[Item], **values: object) -> Iterable[Section]:
        if items:
            yield Section(text(code, n=len(items), **values), tone, (words.table(items),))

    items = [i for i in sheet.items if i.finding.owed != "others"]
    waiting = [i for i in items if i.state in ("open", "expected")]
    first = [i for i in waiting if not ahead or i.phase == "before"]
    if ahead and sheet.date is not None:
        yield from some("sheet.section.todo", "plain", first, date=words.date)
    else:
        yield from some("sheet.section.todo.plain", "plain", first)
    broken = [i for i in items if i.state in ("late", "violated")]
    yield from some("sheet.section.curable", "bad", [i for i in broken if i.finding.curable])
    yield from some("sheet.section.final", "bad", [i for i in broken if not i.finding.curable])
    yield from some("sheet.section.missed", "bad", [i for i in items if i.state == "missed"])
    doubtful = [i for i in items if i.state in ("undetermined", "unclear")]
    yield from some("sheet.section.undetermined", "doubt", doubtful)
    later = [i for i in waiting if i not in first]
    yield from some("sheet.section.day", "plain", [i for i in later if i.phase == "day"])
    after = [i for i in later if i.phase == "after"]
    yield from some("sheet.section.after", "plain", [i for i in after if i.assumed is not None])
    yield from some("sheet.section.later", "plain", [i for i in after if i.assumed is None])
    if sheet.unnumbered:
        lines = []
        for duty in sheet.unnumbered:
            wanted = "" if duty.requires is None else duty_words.requirement(duty.requires)
            said = text("plan.unnumbered", deadline=duty_words.deadline(duty), requirement=wanted)
            lines += [words.plan.duty(duty), said]
        lines.append(text("plan.unnumbered.settle"))
        title = text("sheet.section.unnumbered", n=len(sheet.unnumbered))
        yield Section(title, "doubt", (Block(lines=tuple(lines)),))
    done = [i for i in items if i.state == "done"]
    if done:
        yield Section(text("sheet.section.done", n=len(done)), "good", (words.short(done),))
    yield from _around(sheet, words)


def _around(sheet: Sheet, words: _Words) -> Iterable[Section]:
    """What is assumed, and the linked cases."""
    if sheet.assumed:
        lines = [
            text(
                "sheet.assumed",
                event=words.names.events.get(event.type, event.type),
                date=moment_text(event.moment),
                case=case,
            )
            for case, event in sheet.assumed
        ]
        yield Section(text("sheet.section.assumed"), "plain", (Block(lines=tuple(lines)),))
    if others := [i for i in sheet.items if i.finding.owed == "others" and i.state != "done"]:
        title = text("plan.section.others", n=len(others))
        yield Section(title, "plain", (words.table(others),))
    if sheet.linked:
        plans = sheet.law.rulebook.vocabulary.plans
        rows = []
        for entry in sheet.linked:
            if entry.kind is not None:
                kind = plans[entry.kind].title.in_language(current())
            else:
                kind = text("sheet.kind.none" if entry.events else "sheet.kind.unrecorded")
            link = text("sheet.linked.direct" if entry.direct else "sheet.linked.through")
            rows.append(((entry.case,), (kind,), (link,)))
        columns = tuple(text(f"sheet.column.{name}") for name in ("case", "kind", "link"))
        block = Block(columns=columns, rows=tuple(rows))
        yield Section(text("sheet.section.linked", n=len(rows)), "plain", (block,))


# -- for programs ------------------------------------------------------------------------------------------


def _item_object(item: Item, words: _Words) -> dict[str, Any]:
    shared = {
        "phase": item.phase,
        "state": item.state,
        "last": item.last,
        "last_working_day": day_text(item.act_by),
        "limits": [limit_object(limit, words.sheet.law.zone) for limit in item.limits],
        "fields": list(item.fields),
        "conflict": item.conflict,
        "follows": list(item.follows),
    }
    if item.assumed is None:
        return {**shared, "finding": finding_object(item.finding, words.names)}
    duty = words.sheet.law.plan.duties[item.finding.rule]
    version = next((v for v in duty.versions if v.instrument == item.finding.instrument), None)
    return {
        **shared,
        **duty_object(duty, version, words.names),
        "case": item.finding.case,
        "assumed": item.assumed.key,
        "fulfilment": [evidence_object(e) for e in item.finding.fulfilment] if item.state == "done" else [],
    }


def sheet_object(sheet: Sheet, names: Names) -> dict[str, Any]:
    """The sheet as the schema has it. ``items`` are judged; ``expected`` rest on what is assumed."""
    words = _Words(sheet, names)
    whole = head_object(sheet.answer.report, ReportOptions(names=names))
    kept = (
        "tool", "as_of", "known_at", "zone", "language", "inputs", "packs", "calendar", "configuration",
        "assumed_coverage",
    )  # fmt: skip
    problems = whole["summary"]["problems"]
    return {
        "schema": SCHEMA,
        **{key: whole[key] for key in kept},
        "problems": problems,
        "case": sheet.case,
        "municipality": sheet.municipality,
        "kind": sheet.kind,
        "value": sheet.value,
        "date": None if sheet.date is None else sheet.date.text,
        "held": None if sheet.held is None else evidence_object(sheet.held.evidence),
        "cancelled": None if sheet.cancelled is None else evidence_object(sheet.cancelled.evidence),
        "verdict": {
            "code": sheet.verdict.code,
            "message": words.verdict(),
            "because": words.because(),
            "rules": list(dict.fromkeys(i.finding.rule for i in sheet.verdict.items)),
            "by": day_text(sheet.verdict.by),
            "until": day_text(sheet.verdict.until),
            "lacking": list(sheet.verdict.lacking),
        },
        "assumed": [
            {"id": event.key, "case": case, "event": event.type, "time": event.moment.text}
            for case, event in sheet.assumed
        ],
        "linked": [{"case": e.case, "kind": e.kind, "direct": e.direct} for e in sheet.linked],
        "items": [_item_object(i, words) for i in sheet.items if i.assumed is None],
        "expected": [_item_object(i, words) for i in sheet.items if i.assumed is not None],
        "unnumbered": [duty_object(duty, None, names) for duty in sheet.unnumbered],
        "alternatives": [option_object(option, words.plan) for option in sheet.alternatives],
        "moved": None if sheet.moved is None else option_object(sheet.moved, words.plan),
    }
