"""Duties as people read them: a list, and the page that a lawyer would check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..messages import text
from ..packs.judged import unjudged
from .cells import linked, wrapped
from .table import draw_table

if TYPE_CHECKING:
    from ..packs.model import (
        AnyOf,
        CalendarTrigger,
        Count,
        Deadline,
        Duty,
        EventSelector,
        Expectation,
        ObligationSelector,
        Requirement,
        Trigger,
        Version,
    )

_LABEL = 14
_BOUNDS = ("at_least", "more_than", "at_most", "less_than")


def _unit(n: int | str, unit: str) -> str:
    return text(f"unit.{unit}", n=n if isinstance(n, int) else 2)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return text("value.true" if value else "value.false")
    return str(value)


def _test(name: str, test: Any) -> str:
    if not isinstance(test, Mapping):
        values = test if isinstance(test, list) else [test]
        return text("test.is", name=name, values=text("test.or").join(_scalar(v) for v in values))
    parts = []
    for key, value in test.items():
        if key == "not":
            parts.append(text("test.not", test=_test(name, value)))
        elif key == "present":
            parts.append(text("test.present" if value else "test.absent", name=name))
        elif key == "includes_all":
            wanted = ", ".join(value) if isinstance(value, list) else text("test.official_languages")
            parts.append(text("test.includes_all", name=name, values=wanted))
        elif key in _BOUNDS:
            bound = value["field"] if isinstance(value, Mapping) else value
            parts.append(text(f"test.{key}", name=name, value=bound))
        elif key == "share_of" and isinstance(value, Mapping):
            bound, share = next((k, value[k]) for k in _BOUNDS if value.get(k) is not None)
            parts.append(
                text(f"test.{bound}", name=name, value=text("test.share", share=share, field=value["field"]))
            )
        else:
            parts.append(text("test.is", name=name, values=f"{key} {value}"))
    return text("test.and").join(parts)


def condition(where: Mapping[str, Any]) -> str:
    """A condition of a pack in words."""
    parts = []
    for name, test in where.items():
        if name in ("any", "all"):
            joint = text("test.or" if name == "any" else "test.and")
            parts.append("(" + joint.join(condition(inner) for inner in test) + ")")
        else:
            parts.append(_test(name, test))
    return text("test.and").join(parts)


def _selector(selector: EventSelector) -> str:
    return (
        text("selector", event=selector.event, where=condition(selector.where))
        if selector.where
        else selector.event
    )


def _source(selector: EventSelector | ObligationSelector) -> str:
    from ..packs.model import ObligationSelector

    if isinstance(selector, ObligationSelector):
        return text(
            "selector.obligation", rule=selector.obligation, outcomes=text("test.or").join(selector.outcome)
        )
    return _selector(selector)


def _named(events: str | EventSelector) -> str:
    return events if isinstance(events, str) else _selector(events)


def _trigger(trigger: Trigger) -> str:
    said = text("test.or").join(_source(s) for s in trigger.alternatives)
    if trigger.take != "each":
        said += text("trigger.take", take=trigger.take)
    if trigger.moved_by:
        said += text("trigger.moved_by", event=_named(trigger.moved_by))
    if trigger.cancelled_by:
        said += text("trigger.cancelled_by", event=_named(trigger.cancelled_by))
    return said


def _member(member: EventSelector | AnyOf) -> str:
    from ..packs.model import AnyOf

    if isinstance(member, AnyOf):
        return "(" + text("test.or").join(_selector(s) for s in member.any_of) + ")"
    return _selector(member)


def _requirement(requires: Requirement) -> str:
    if requires.all_of is not None:
        return text("test.and").join(_member(m) for m in requires.all_of)
    return text("test.or").join(_selector(s) for s in requires.members[0])


def _deadline(deadline: Deadline) -> str:
    side = "before" if deadline.before is not None else "after"
    anchor = deadline.before if deadline.before is not None else deadline.after
    if anchor is not None and not isinstance(anchor, str):
        anchor = _selector(anchor)
    if deadline.n == 0:
        return text(f"deadline.{side}.zero", anchor=anchor)
    return text(f"deadline.{side}", number=deadline.n, unit=_unit(deadline.n, deadline.unit), anchor=anchor)


def _count(count: Count) -> str:
    return text(
        "deadline.count" + (".within" if count.within else ""),
        number=count.at_least,
        per=count.per,
        within=count.within,
    )


def _calendar(calendar: CalendarTrigger) -> str:
    return text("deadline.calendar", rrule=calendar.rrule)


def deadline(duty: Duty) -> str:
    """By when, or how often, in a few words."""
    if duty.deadline is not None:
        return _deadline(duty.deadline)
    if duty.count is not None:
        return _count(duty.count)
    if duty.calendar is not None:
        return _calendar(duty.calendar)
    if duty.open_for is not None:
        return text("deadline.open", number=duty.open_for.n, unit=_unit(duty.open_for.n, duty.open_for.unit))
    return text("deadline." + (duty.shape if duty.shape in ("content", "standing", "code") else "none"))


def confidence(duty: Duty) -> str:
    """The confidence of the latest version."""
    return max(duty.versions, key=lambda v: (v.from_ is not None, str(v.from_ or ""))).confidence


def in_force(duty: Duty, day: dt.date) -> Version | None:
    """The version in force on the day, or None."""
    fitting = (
        v for v in duty.versions if (v.from_ is None or v.from_ <= day) and (v.to is None or day <= v.to)
    )
    return next(fitting, None)


def list_object(duty: Duty, pack: str | None) -> dict[str, Any]:
    """One duty of the list for programs; ``pack`` is None for a rule of a plugin."""
    why = unjudged(duty)
    return {
        "id": duty.id,
        "pack": pack,
        "title": duty.title.model_dump(exclude_none=True),
        "area": duty.area,
        "bearer": duty.bearer,
        "severity": duty.severity,
        "commitment": duty.commitment,
        "shape": duty.shape,
        "deadline": deadline(duty),
        "confidence": confidence(duty),
        "versions": [
            {
                "instrument": v.instrument,
                "from": v.from_.isoformat() if v.from_ else None,
                "to": v.to.isoformat() if v.to else None,
                "confidence": v.confidence,
            }
            for v in duty.versions
        ],
        "municipalities": duty.municipalities,
        "judged": why is None,
        "reason": why,
        "checkable": duty.checkable is None,
    }


def list_text(duties: Iterable[Duty], width: int) -> str:
    """The duties as a table."""
    columns = [text(f"rules.{c}") for c in ("id", "title", "deadline", "confidence")]
    rest = width - 10 - 20 - 10 - 6
    rows = [
        [d.id, wrapped((d.title.in_language("en"),), rest), wrapped((deadline(d),), 20), confidence(d)]
        for d in duties
    ]
    if not rows:
        return text("rules.count", n=0) + "\n"
    return draw_table(tuple(columns), rows, apart=False) + "\n\n" + text("rules.count", n=len(rows)) + "\n"


def _version(version: Version) -> str:
    open_end = text("explain.version.open")
    said = text(
        "version",
        instrument=version.instrument,
        from_=version.from_ or open_end,
        to=version.to or open_end,
        confidence=version.confidence,
    )
    if version.n is not None:
        said += text(
            "version.n", number=version.n, unit=_unit(version.n, version.unit) if version.unit else ""
        )
    if version.presumption is not None:
        presumption = version.presumption
        said += text("version.presumption", text=presumption.text, decided_by=presumption.decided_by)
    return said


def _expected(expected: Expectation) -> str:
    if expected.none:
        return text("rules.expected.none")
    outcome = text(f"outcome.{expected.outcome}") if expected.outcome else ""
    said = text("rules.expected.due", outcome=outcome, due=expected.due) if expected.due else outcome
    return f"{said} ({', '.join(expected.reasons)})" if expected.reasons else said


def _exceptions(duty: Duty) -> list[str]:
    said = []
    for exception in duty.unless:
        what = exception.event or ""
        if exception.where:
            what = text("selector", event=what, where=condition(exception.where)).strip()
        said.append(what + (text("rules.instead", rule=exception.instead) if exception.instead else ""))
    return said


def _facts(duty: Duty) -> list[tuple[str, list[str]]]:
    titles = [t for t in (duty.title.sq, duty.title.sr) if t]
    law = duty.legal_basis
    weight = text(f"severity.{duty.severity}") + (text("rules.commitment") if duty.commitment else "")
    facts = [
        ("rules.title", [duty.title.en, *titles]),
        ("rules.bearer", [duty.bearer]),
        ("rules.severity", [weight]),
        ("rules.not_checkable", [duty.checkable.no] if duty.checkable else []),
        ("rules.municipalities", [", ".join(duty.municipalities)] if duty.municipalities else []),
        ("rules.replaces", [duty.replaces] if duty.replaces else []),
        ("rules.trigger", [_trigger(duty.trigger)] if duty.trigger else []),
        ("rules.requires", [_requirement(duty.requires)] if duty.requires else []),
        (
            "rules.counted",
            [text("test.or").join(_selector(s) for s in m) for m in duty.count.members] if duty.count else [],
        ),
        ("rules.must", [condition(duty.must)] if duty.must else []),
        ("rules.deadline", [deadline(duty)] if duty.checkable is None else []),
        ("rules.unless", _exceptions(duty)),
        ("rules.readings", [text("rules.reading", name=r.name, source=r.source) for r in duty.readings]),
        ("rules.law", [law.provision] if law.provision else []),
        ("rules.quote", [law.quote] if law.quote else []),
        ("rules.link", [law.url] if law.url else []),
        ("rules.versions", [_version(v) for v in duty.versions]),
        ("rules.help", [duty.help.in_language("en")] if duty.help else []),
        ("rules.notes", [duty.notes] if duty.notes else []),
        (
            "rules.examples",
            [
                text(
                    "rules.example",
                    name=e.name,
                    as_of=e.as_of,
                    expected="; ".join(_expected(x) for x in e.expect),
                )
                for e in duty.examples
            ],
        ),
    ]
    return [(text(code), lines) for code, lines in facts if lines]


def page(duty: Duty, width: int) -> str:
    """One duty with everything its file says, in words."""
    out = [duty.id, "=" * len(duty.id), ""]
    for label, lines in _facts(duty):
        shown = [part for line in lines for part in linked(line, width - _LABEL - 2).splitlines()]
        out.append(f"{label:<{_LABEL}}  {shown[0]}")
        out += [" " * (_LABEL + 2) + line for line in shown[1:]]
    return "\n".join(out) + "\n"
