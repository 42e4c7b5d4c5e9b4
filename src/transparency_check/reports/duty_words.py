"""The parts of a duty in words: conditions, what brings it to life, what discharges it, by when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..messages import text

if TYPE_CHECKING:
    from ..packs.model import (
        AnyOf,
        CalendarTrigger,
        Count,
        Deadline,
        Duty,
        EventSelector,
        ObligationSelector,
        Requirement,
        Trigger,
    )

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BOUNDS = ("at_least", "more_than", "at_most", "less_than")


def unit(n: int | str, of: str) -> str:
    """The name of a unit in the right number."""
    # The form that stands behind a number that is not known is that of many.
    return text(f"unit.{of}", n=n if isinstance(n, int) else 5)


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


def selector(events: EventSelector) -> str:
    """Events of a type that satisfy a condition."""
    if not events.where:
        return events.event
    return text("selector", event=events.event, where=condition(events.where))


def _source(source: EventSelector | ObligationSelector) -> str:
    from ..packs.model import ObligationSelector

    if isinstance(source, ObligationSelector):
        outcomes = text("test.or").join(text(f"outcome.{o}") for o in source.outcome)
        return text("selector.obligation", rule=source.obligation, outcomes=outcomes)
    return selector(source)


def named(events: str | EventSelector) -> str:
    """An event type, or a selector."""
    return events if isinstance(events, str) else selector(events)


def trigger(starts: Trigger) -> str:
    """What brings the duty to life."""
    said = text("test.or").join(_source(s) for s in starts.alternatives)
    if starts.take != "each":
        said += text(f"trigger.take.{starts.take}")
    if starts.moved_by:
        said += text("trigger.moved_by", event=named(starts.moved_by))
    if starts.cancelled_by:
        said += text("trigger.cancelled_by", event=named(starts.cancelled_by))
    return said


def _member(member: EventSelector | AnyOf) -> str:
    from ..packs.model import AnyOf

    if isinstance(member, AnyOf):
        return "(" + text("test.or").join(selector(s) for s in member.any_of) + ")"
    return selector(member)


def requirement(requires: Requirement) -> str:
    """What discharges the duty."""
    if requires.all_of is not None:
        return text("test.and").join(_member(m) for m in requires.all_of)
    return text("test.or").join(selector(s) for s in requires.members[0])


def _deadline(deadline: Deadline) -> str:
    side = "before" if deadline.before is not None else "after"
    anchor = deadline.before if deadline.before is not None else deadline.after
    if anchor is not None and not isinstance(anchor, str):
        anchor = selector(anchor)
    if deadline.n == 0:
        return text(f"deadline.{side}.zero", anchor=anchor)
    kind = ".unknown" if deadline.n == "unknown" else ".clear" if deadline.clear else ""
    code = f"deadline.{side}{kind}"
    return text(code, number=deadline.n, unit=unit(deadline.n, deadline.unit), anchor=anchor)


def _count(count: Count) -> str:
    return text(
        "deadline.count" + (".within" if count.within else ""),
        number=text("number.unknown") if count.at_least == "unknown" else count.at_least,
        per=text(f"per.{count.per}"),
        within=text(f"within.{count.within}") if count.within else "",
    )


def _recurring(calendar: CalendarTrigger) -> str:
    """``FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30`` as people say it; what is rarer stays as it is."""
    parts = dict(part.split("=", 1) for part in calendar.rrule.split(";"))
    rest = parts.keys() - {"FREQ", "BYMONTH", "BYMONTHDAY", "BYDAY"}
    frequency, months, days = parts.get("FREQ"), parts.get("BYMONTH", ""), parts.get("BYMONTHDAY", "")
    weekday = parts.get("BYDAY", "")
    if not rest and frequency == "YEARLY" and months and days and not weekday:
        named = [text(f"month.of.{int(m)}") for m in months.split(",")]
        return text("deadline.yearly", days=_days(days), months=text("test.and").join(named))
    if not rest and frequency == "MONTHLY" and days and not months and not weekday:
        return text("deadline.monthly", days=_days(days))
    if not rest and frequency == "WEEKLY" and weekday in _WEEKDAYS and not months and not days:
        return text("deadline.weekly", day=text(f"weekday.long.{_WEEKDAYS.index(weekday)}"))
    return text("deadline.calendar", rrule=calendar.rrule)


def _days(numbers: str) -> str:
    return text("test.and").join(
        text("day.last") if n == "-1" else text("day.number", number=n) for n in numbers.split(",")
    )


def deadline(duty: Duty) -> str:
    """By when, or how often, in a few words."""
    if duty.deadline is not None:
        return _deadline(duty.deadline)
    if duty.count is not None:
        return _count(duty.count)
    if duty.calendar is not None:
        return _recurring(duty.calendar)
    if duty.open_for is not None:
        return text("deadline.open", number=duty.open_for.n, unit=unit(duty.open_for.n, duty.open_for.unit))
    return text("deadline." + (duty.shape if duty.shape in ("content", "standing", "code") else "none"))
