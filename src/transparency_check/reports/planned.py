"""A planning for people and for programs: kinds side by side, then the steps of each in the order of time.

``transparency-check/plan/1`` is described by ``docs/schemas/plan.json``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..messages import text
from ..messages.figures import day
from ..messages.language import current
from ..spreadsheets.titles import title, value_title
from . import duty_words, wording
from .limits import day_text, limit_object, moment_text, sentences
from .options import Names
from .outline import Block, Cell, Outline, Section, Tone

if TYPE_CHECKING:
    from ..packs.model import Duty, PlanKind, Version, Vocabulary
    from ..planning.answer import Option, Planning
    from ..planning.law import Arisen, Law
    from ..planning.plan import Ask, Open, Plan, Step
    from ..planning.windows import Window

SCHEMA = "transparency-check/plan/1"


class PlanWords:
    """What is said of the parts of a plan; knows the law and the names it is told by."""

    def __init__(self, law: Law, names: Names) -> None:
        self.law, self.names = law, names
        self.vocabulary = law.rulebook.vocabulary

    def attribute(self, name: str) -> str:
        """What an attribute is called; its name where nothing says so."""
        words = self.vocabulary.attributes[name].title
        return title(words) if words else name

    # -- duties ----------------------------------------------------------------------------------------

    def duty(self, duty: Duty, version: Version | None = None) -> str:
        """Id and title, marked where a breach would be no violation of the law."""
        marks = []
        if duty.severity == "advisory" or (version is not None and not version.firm):
            marks.append(text("advisory"))
        if duty.commitment:
            marks.append(text("commitment"))
        if duty.binds != "municipality":
            marks.append(text(f"binds.{duty.binds}"))
        title = f"{duty.id} {self.names.rule(duty.id)}"
        return f"{title} ({', '.join(marks)})" if marks else title

    def law_line(self, arisen: Arisen) -> str:
        """Article, instrument and how sure the source is."""
        duty, version = arisen.duty, arisen.version
        provision = version.provision or duty.legal_basis.provision
        law = self.names.law(version.instrument, provision)
        confidence = wording.confidence(version.confidence)
        return text("document" if duty.commitment else "legal", law=law, confidence=confidence)

    def ask(self, ask: Ask) -> list[str]:
        """One duty of a step: what it asks, how it counts, where it stands."""
        arisen = ask.arisen
        duty = self.duty(arisen.duty, arisen.version)
        advice = self.names.advice.get(arisen.duty.id)
        if ask.part == "show":
            said = [text("plan.asks.show", duty=duty, condition=duty_words.condition(arisen.duty.must or {}))]
        elif ask.part == "fulfil" and arisen.duty.requires is not None and not advice:
            wanted = duty_words.requirement(arisen.duty.requires)
            said = [text("plan.asks.fulfil", duty=duty, requirement=wanted)]
        else:
            said = [duty if ask.part == "fulfil" else text(f"plan.asks.{ask.part}", duty=duty)]
        if arisen.truth is None and arisen.missing:
            fields = ", ".join(arisen.missing)
            said.append(text("plan.asks.if", condition=_trigger_condition(arisen), fields=fields))
        said += sentences(ask.limits, self.law.zone)
        if advice and ask.part == "fulfil":
            said.append(text("advice", text=advice))
        said.append(self.law_line(arisen))
        if arisen.version.presumption is not None:
            said.append(text("presumption", text=arisen.version.presumption.text))
        return said

    def doubtful(self, arisen: Arisen, plan: Plan) -> list[str]:
        """A duty that applies only under a condition."""
        said = [self.duty(arisen.duty, arisen.version)]
        if not arisen.anchored:
            said.append(text("plan.doubtful.anchor", deadline=duty_words.deadline(arisen.duty)))
            return said
        where = _trigger_condition(arisen)
        given = {step.event.key for step in plan.steps if step.given}
        if arisen.event.key in given:
            fields = ", ".join(arisen.missing)
            said.append(text("plan.doubtful.fields", condition=where, fields=fields))
        else:
            said.append(text("plan.doubtful.step", condition=where))
        return [*said, *sentences(arisen.limits, self.law.zone), self.law_line(arisen)]

    def left(self, left: Open) -> list[str]:
        """A duty that could not be provided for, and why."""
        duty = left.arisen.duty
        wanted = "" if duty.requires is None else duty_words.requirement(duty.requires)
        return [
            self.duty(duty, left.arisen.version),
            text(
                f"plan.left.{left.why}",
                condition=duty_words.condition(duty.must or {}),
                requirement=wanted,
            ),
            self.law_line(left.arisen),
        ]

    # -- steps -----------------------------------------------------------------------------------------

    def when(self, step: Step, plan: Plan) -> Cell:
        """The first column of a step: when to act, and the last lawful moment."""
        window, event = step.window, step.event
        if step.given:
            return (day(event.moment.text[:10]), text("plan.given"))
        lines = [moment_text(event.moment)]
        last = self._shown_last(window)
        if _passed(window, plan.today):
            missed = (text("plan.missed"), *([text("plan.missed.last", last=last)] if last else []))
            bound = step.opens or any(plan.weighty(ask) for ask in step.asks)
            # What the law asks for can still be done where only something advisory is missed.
            return (*lines, *missed) if bound and not _passed(plan.lawful(step), plan.today) else missed
        if last is not None and last != lines[0]:
            code = "plan.last.instant" if window.until is not None else "plan.last"
            lines.append(text(code, last=last))
        if window.last is None and window.first is not None:
            lines.append(text("plan.first.closing", first=day(window.first)))
        elif window.first is not None and window.first == window.last:
            lines.append(text("plan.first", first=day(window.first)))
        return tuple(lines)

    def last(self, window: Window) -> str | None:
        """The last lawful moment of a window, as programs read it."""
        if window.until is not None:
            from ..planning.supposed import at_instant

            moment = at_instant(window.until, self.law.zone).text
            return f"{moment[:10]} {moment[11:16]}".rstrip()
        return day_text(window.last)

    def _shown_last(self, window: Window) -> str | None:
        last = self.last(window)
        return None if last is None else day(last)

    def step(self, step: Step) -> Cell:
        """The second column: what, and for which duties."""
        title = self.names.events.get(step.event.type, step.event.type)
        lines = [text("plan.step", title=title, type=step.event.type)]
        for ask in step.asks:
            lines += self.ask(ask)
        return tuple(lines)

    def steps(self, plan: Plan) -> Block:
        """All steps of a plan as a table; what is given and asks for nothing is left out."""
        rows = [
            (self.when(step, plan), self.step(step)) for step in plan.steps if step.asks or not step.given
        ]
        columns = (text("column.act_by"), text("plan.column.step"))
        return Block(columns=columns, rows=tuple(rows))

    def conditions(self, plan: Plan) -> Cell:
        """What the events that the plan is about have to show, with the duties that demand it."""
        return tuple(
            text(
                "plan.condition",
                condition=duty_words.condition(ask.arisen.duty.must or {}),
                rule=ask.arisen.duty.id,
            )
            for step in plan.steps
            if step.given
            for ask in step.asks
            if ask.part == "show"
        )

    def verdict(self, option: Option) -> list[str]:
        """What the plan of one kind amounts to."""
        from ..planning.plan import missed_rules

        plan = option.plan
        if plan is None:
            return [text("plan.never.calendar")]
        date = moment_text(plan.date)
        broken, missed = missed_rules(plan, lawful=True), missed_rules(plan)
        if broken:
            if option.lawful is None:
                said = [text("plan.impossible.ever", date=date, rules=", ".join(broken))]
            else:
                lawful = day(option.lawful)
                said = [text("plan.impossible", date=date, rules=", ".join(broken), lawful=lawful)]
        elif missed and option.whole is not None:
            said = [text("plan.lawful", date=date, rules=", ".join(missed), whole=day(option.whole))]
        elif missed:
            said = [text("plan.lawful.only", date=date, rules=", ".join(missed))]
        else:
            said = [text("plan.possible", date=date)]
        if option.lawful is not None and option.given_up and option.lawful < plan.date.day:
            rules = ", ".join(option.given_up)
            said.append(text("plan.earlier", lawful=day(option.lawful), rules=rules))
        if any(ask.arisen.truth is None for step in plan.steps for ask in step.asks):
            said.append(text("plan.doubt"))
        if (following := self.next_working(plan.date.day)) is not None:
            said.append(text("plan.day_off", date=day(plan.date.day), next=day(following)))
        said += [
            text(
                "plan.taken",
                type=self.names.events.get(type_, type_),
                attribute=self.attribute(name),
                value=value_title(self.vocabulary.attributes[name], value),
            )
            for type_, name, value in plan.taken
        ]
        if option.unmet:
            unmet = [f"{f.rule} ({wording.outcome_name(f.outcome)})" for f in option.unmet]
            rules = ", ".join(dict.fromkeys(unmet))
            said.append(text("plan.unconfirmed", rules=rules))
        elif option.fulfilled and not missed:
            said.append(text("plan.confirmed", n=option.fulfilled))
        return said

    def next_working(self, day: dt.date) -> dt.date | None:
        """The first working day after one that is none; None where the day itself is worked."""
        calendar = self.law.calendar
        if not calendar.covers(day) or calendar.working(day):
            return None
        ordinal = calendar.nth_after(day.toordinal(), 1, 0)
        return dt.date.fromordinal(ordinal) if ordinal else None


def _passed(window: Window, today: dt.date) -> bool:
    from ..planning.plan import too_late

    return too_late(window, today)


def _trigger_condition(arisen: Arisen) -> str:
    return "" if arisen.duty.trigger is None else duty_words.trigger(arisen.duty.trigger)


def kind_title(what: PlanKind, vocabulary: Vocabulary, value: str) -> str:
    """Which of its kinds a case is, in words; the value itself where the vocabulary has none."""
    return value if what.kind is None else value_title(vocabulary.attributes[what.kind], value)


def _kind(option: Option, planning: Planning) -> str:
    if option.kind is None:
        return planning.what.title.in_language(current())
    return kind_title(planning.what, planning.rulebook.vocabulary, option.kind)


def _tone(option: Option) -> Tone:
    from ..planning.plan import missed_rules

    if option.plan is None or missed_rules(option.plan, lawful=True) or option.unmet:
        return "bad"
    return "doubt" if option.plan.doubtful or missed_rules(option.plan) else "good"


def _compare(planning: Planning, words: PlanWords) -> Section:
    on = planning.on is not None
    head = [text("plan.column.kind")]
    if planning.on is not None:
        head.append(text("plan.column.on", date=moment_text(planning.on)))
    head += [text(f"plan.column.{name}") for name in ("from", "conditions")]
    shared = _common([words.conditions(o.plan) for o in planning.options if o.plan is not None])
    rows = []
    for option in planning.options:
        row: list[Cell] = [(_kind(option, planning),)]
        if on:
            row.append((_on(option),))
        never = text("plan.never")
        row.append(
            (
                text("plan.from.lawful", date=day(option.lawful or never)),
                text("plan.from.whole", date=day(option.whole or never)),
            )
        )
        own = words.conditions(option.plan) if option.plan is not None else ()
        row.append(tuple(c for c in own if c not in shared))
        rows.append(tuple(row))
    block = Block(lines=(text("plan.compare.explained"),), columns=tuple(head), rows=tuple(rows))
    return Section(text("plan.section.compare"), "plain", (block,))


def _common(of_kinds: Sequence[Cell]) -> set[str]:
    """What is said of every kind tells none of them apart."""
    return set.intersection(*map(set, of_kinds)) if len(of_kinds) > 1 else set()


def _on(option: Option) -> str:
    from ..planning.plan import missed_rules

    assert option.plan is not None
    if missed_rules(option.plan, lawful=True):
        return text("plan.on.impossible")
    return text("plan.on.lawful" if missed_rules(option.plan) else "plan.on.possible")


def _signature(option: Option, words: PlanWords) -> object:
    """Kinds with the same signature are told together."""
    if option.plan is None:
        return None
    return (
        words.verdict(option),
        words.steps(option.plan),
        [(a.duty.id, a.missing) for a in option.plan.doubtful],
    )


def _section(options: Sequence[Option], planning: Planning, words: PlanWords) -> Section:
    first = options[0]
    kinds = ", ".join(_kind(o, planning) for o in options)
    # It begins a heading.
    kinds = kinds[:1].upper() + kinds[1:]
    if first.plan is None:
        verdict = Block(lines=tuple(words.verdict(first)))
        return Section(text("plan.section.never", kind=kinds), "bad", (verdict,))
    code = "plan.section.on"
    if planning.on is None:
        code = "plan.section.earliest" if first.whole is not None else "plan.section.lawful"
    steps = words.steps(first.plan)
    blocks = [Block(lines=tuple(words.verdict(first))), *([steps] if steps.rows else [])]
    blocks += _asides(first.plan, words)
    return Section(text(code, kind=kinds, date=moment_text(first.plan.date)), _tone(first), tuple(blocks))


def _asides(plan: Plan, words: PlanWords) -> Iterable[Block]:
    if plan.left:
        lines = [line for left in plan.left for line in words.left(left)]
        yield Block(text("plan.section.left", n=len(plan.left)), tuple(lines))
    if plan.doubtful:
        lines = [line for arisen in plan.doubtful for line in words.doubtful(arisen, plan)]
        yield Block(text("plan.section.doubtful", n=len(plan.doubtful)), tuple(lines))
    if plan.unnumbered:
        lines = []
        for duty in plan.unnumbered:
            wanted = "" if duty.requires is None else duty_words.requirement(duty.requires)
            said = text("plan.unnumbered", deadline=duty_words.deadline(duty), requirement=wanted)
            lines += [words.duty(duty), said]
        lines.append(text("plan.unnumbered.settle"))
        yield Block(text("plan.section.unnumbered", n=len(plan.unnumbered)), tuple(lines))
    if plan.others:
        lines = []
        for arisen in plan.others:
            lines.append(words.duty(arisen.duty, arisen.version))
            lines += sentences(arisen.limits, words.law.zone)
        yield Block(text("plan.section.others", n=len(plan.others)), tuple(lines))


def outline(planning: Planning, names: Names) -> Outline:
    """The planning as people read it."""
    from ..planning.answer import ANY

    words = PlanWords(planning.law, names)
    title = planning.what.title.in_language(current())
    what = title[:1].upper() + title[1:]
    today = wording.due_text(planning.today.text)
    header = [text("plan.head", version=__version__, what=what, today=today, zone=planning.rulebook.zone)]
    packs = ", ".join(f"{p.id} {p.version}" for p in planning.rulebook.packs)
    header.append(text("report.packs", packs=packs))
    if planning.laid.office is not None:
        header.append(text("plan.configuration", name=planning.laid.office.name))
    if planning.municipality == ANY:
        header.append(text("plan.municipality.any"))
    else:
        name = names.municipalities.get(planning.municipality, planning.municipality)
        header.append(text("plan.municipality", name=name))
    if planning.wish.stated:
        header.append(text("plan.stated", stated=", ".join(planning.wish.stated)))
    sections = [_compare(planning, words)] if len(planning.options) > 1 else []
    groups: list[tuple[object, list[Option]]] = []
    for option in planning.options:
        signature = _signature(option, words)
        same = next((group for known, group in groups if known == signature), None)
        if same is None:
            groups.append((signature, [option]))
        else:
            same.append(option)
    sections += [_section(group, planning, words) for _, group in groups]
    return Outline(text("plan.title", what=title), tuple(header), tuple(sections))


# -- for programs ------------------------------------------------------------------------------------------


def duty_object(duty: Duty, version: Version | None, names: Names) -> dict[str, Any]:
    """What is the same of a duty wherever it is told."""
    from ..planning.law import binding

    return {
        "rule": duty.id,
        "title": names.rule(duty.id),
        "severity": duty.severity,
        "binding": version is not None and binding(duty, version),
        "commitment": duty.commitment,
        "binds": duty.binds,
        "bearer": duty.bearer,
        "confidence": None if version is None else version.confidence,
        "presumption": None if version is None or version.presumption is None else version.presumption.text,
        "legal_basis": {
            "instrument": None if version is None else version.instrument,
            "provision": (version.provision if version else None) or duty.legal_basis.provision,
            "url": duty.legal_basis.url,
        },
    }


def _ask_object(ask: Ask, words: PlanWords) -> dict[str, Any]:
    zone = words.law.zone
    return {
        **duty_object(ask.arisen.duty, ask.arisen.version, words.names),
        "part": ask.part,
        "limits": [limit_object(limit, zone) for limit in ask.limits],
    }


def _step_object(step: Step, words: PlanWords, plan: Plan) -> dict[str, Any]:
    return {
        "event": step.event.type,
        "given": step.given,
        "act_by": step.event.moment.text,
        "first": day_text(step.window.first),
        "last": words.last(step.window),
        "last_lawful": words.last(plan.lawful(step)),
        "missed": not step.given and _passed(step.window, plan.today),
        "missed_lawful": not step.given and _passed(plan.lawful(step), plan.today),
        "duties": [_ask_object(ask, words) for ask in step.asks],
    }


def option_object(option: Option, words: PlanWords) -> dict[str, Any]:
    """One kind as the schema has it."""
    plan = option.plan
    found: dict[str, Any] = {
        "kind": option.kind,
        "date": None if plan is None else plan.date.text,
        "lawful": plan is not None and plan.feasible(lawful=True),
        "whole": plan is not None and plan.feasible(),
        "lawful_from": day_text(option.lawful),
        "whole_from": day_text(option.whole),
    }
    if plan is None:
        empty: list[Any] = []
        return found | {
            "steps": empty, "doubtful": empty, "left": empty, "unnumbered": empty, "others": empty,
            "taken": empty, "events": empty, "judged": None,
        }  # fmt: skip
    zone = words.law.zone
    return found | {
        "steps": [_step_object(step, words, plan) for step in plan.steps],
        "doubtful": [
            {
                **duty_object(a.duty, a.version, words.names),
                "fields": list(a.missing),
                "anchored": a.anchored,
                "limits": [limit_object(limit, zone) for limit in a.limits],
            }
            for a in plan.doubtful
        ],
        "left": [
            {**duty_object(o.arisen.duty, o.arisen.version, words.names), "why": o.why} for o in plan.left
        ],
        "unnumbered": [duty_object(duty, None, words.names) for duty in plan.unnumbered],
        "others": [
            {
                **duty_object(a.duty, a.version, words.names),
                "limits": [limit_object(limit, zone) for limit in a.limits],
            }
            for a in plan.others
        ],
        "taken": [{"event": e, "attribute": a, "value": v} for e, a, v in plan.taken],
        "events": list(option.rows),
        "judged": {
            "fulfilled": option.fulfilled,
            "unmet": [
                {"rule": f.rule, "outcome": f.outcome, "reasons": list(f.reasons)} for f in option.unmet
            ],
        },
    }


def plan_object(planning: Planning, names: Names) -> dict[str, Any]:
    """The planning as the schema has it."""
    from ..checking import calendar_digest, no_configuration
    from ..planning.answer import ANY

    words = PlanWords(planning.law, names)
    book, office = planning.rulebook, planning.laid.office
    own = planning.municipality
    return {
        "schema": SCHEMA,
        "tool": {"name": "transparency-check", "version": __version__},
        "what": planning.wish.what,
        "title": planning.what.title.in_language(current()),
        "from": planning.today.text,
        "on": None if planning.on is None else planning.on.text,
        "zone": book.zone,
        "language": current(),
        "municipality": None if own == ANY else own,
        "stated": dict(planning.stated),
        "packs": [{"id": p.id, "version": p.version, "sha256": book.digests[p.id]} for p in book.packs],
        "calendar": {"sha256": calendar_digest(book)},
        "configuration": {
            "file": None if office is None else office.name,
            "sha256": no_configuration() if office is None else office.sha256,
        },
        "options": [option_object(option, words) for option in planning.options],
    }
