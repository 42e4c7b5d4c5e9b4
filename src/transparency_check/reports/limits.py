"""How a deadline is counted, in sentences and as data: period, roll, each reading, the range where a day off
is not certain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..messages import text
from ..messages.figures import day
from . import wording
from .duty_words import unit

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ..planning.law import Limit
    from ..times import Moment


def day_text(value: dt.date | None) -> str | None:
    """A day as programs read it; None stays."""
    return None if value is None else value.isoformat()


def instant_due(instant: int, zone: ZoneInfo) -> str:
    """A due instant as reports have it: local, with its offset."""
    from ..times import instant_text

    return instant_text(instant, zone)


def moment_text(moment: Moment) -> str:
    """A moment as people read it."""
    return wording.due_text(moment.text)


def due_of(limit: Limit, zone: ZoneInfo) -> str | None:
    """The due day, or instant with offset, under the calendar that is shown; None where it is not known."""
    return day_text(limit.shown) if limit.lo is None else instant_due(limit.lo, zone)


def range_of(limit: Limit) -> tuple[str, str] | None:
    """Between which days the due date may lie; None where it is certain."""
    if not limit.days or None in limit.days or limit.earliest == limit.latest:
        return None
    return limit.earliest.isoformat(), limit.latest.isoformat()


def _counted(limit: Limit, zone: ZoneInfo) -> str:
    due = due_of(limit, zone)
    if due is None:
        return text("plan.limit.unknown")
    due, anchor, form = wording.due_text(due), moment_text(limit.anchor), limit.form
    if form.direction == "order":
        return text("plan.limit.order.same_day" if form.same_day else "plan.limit.order", anchor=anchor)
    n = limit.period.n
    of = unit(n, getattr(limit.period, "unit", "hour"))
    values: dict[str, Any] = {"number": n, "unit": of, "anchor": anchor, "due": due}
    if form.shape == "duration":
        return text("plan.limit.open", **values)
    if form.direction == "backward":
        clear = getattr(limit.period, "clear", False)
        return text("plan.limit.before.clear" if clear else "plan.limit.before", **values)
    if n:
        return text("plan.limit.after", **values)
    code = "plan.limit.same.before" if form.not_before == "any" else "plan.limit.same"
    return text(code, day=day(limit.anchor.day))


def sentences(limits: Sequence[Limit], zone: ZoneInfo) -> list[str]:
    """How the readings of one duty count, one sentence each; readings that count alike are told once."""
    told = {limit.reading: _counted(limit, zone) for limit in limits}
    if len(set(told.values())) == 1:
        said = [next(iter(told.values()))]
    else:
        said = [text("plan.limit.reading", reading=name, limit=limit) for name, limit in told.items()]
    ranges = [r for limit in limits if (r := range_of(limit)) is not None]
    if ranges:
        first, last = min(r[0] for r in ranges), max(r[1] for r in ranges)
        said.append(text("plan.limit.range", first=day(first), last=day(last)))
    rolls = {getattr(limit.period, "roll", "none") for limit in limits if limit.form.shape != "duration"}
    said += [text(f"plan.limit.roll.{roll}") for roll in sorted(rolls - {"none"})]
    return said


def limit_object(limit: Limit, zone: ZoneInfo) -> dict[str, Any]:
    """One reading as data."""
    form = limit.form
    side = "open" if form.shape == "duration" else "after" if form.direction == "forward" else "before"
    return {
        "reading": limit.reading or None,
        "source": limit.source or None,
        "direction": side,
        "n": limit.period.n,
        "unit": getattr(limit.period, "unit", "hour"),
        "roll": getattr(limit.period, "roll", "none"),
        "clear": getattr(limit.period, "clear", False),
        "anchor": limit.anchor.text,
        "due": due_of(limit, zone),
        "due_range": range_of(limit),
    }
