"""From the duties of a sheet to its verdict: never one that is wrong towards ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from transparency_check.engine.case_file import CaseEvent
from transparency_check.model import Report
from transparency_check.packs.model import Duty
from transparency_check.times import Moment

from .answer import Option
from .law import Law, binding
from .sheet import Code, Item, Verdict

_BROKEN: Final = frozenset({"late", "violated", "missed"})


def verdict_of(
    report: Report,
    case: str,
    today: dt.date,
    ahead: bool,
    date: Moment | None,
    cancelled: CaseEvent | None,
    items: Sequence[Item],
    unnumbered: Sequence[Duty],
) -> Verdict:
    """The verdict on a case: ``ahead`` of one whose date is to come, and nothing recorded of it."""
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
        own = [i for i in broken if i.finding.case == case]
        named = (*own, *(i for i in broken if i not in own))
        return Verdict("not_lawful" if own else "agenda", named, None, None, tuple(lacking))
    if date is None:
        lacking.append("date")
    elif date.day < today:
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


def lawful_as(option: Option) -> bool:
    """Whether another kind may be said to be lawful on the date: the law says something of it that can still
    be kept, nothing that binds is open, and the engine agrees.
    """
    if option.plan is None or not option.plan.feasible(lawful=True) or option.unmet:
        return False
    if any(binding(a.duty, a.version) for a in option.plan.doubtful):
        return False
    return any(ask.binding for step in option.plan.steps for ask in step.asks)


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


def with_conflicts(items: Iterable[Item], law: Law) -> list[Item]:
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


def in_order(item: Item) -> tuple[int, str, str, str, str]:
    day = item.act_by.isoformat() if item.act_by else (item.last or "9999")[:10]
    finding = item.finding
    return _ORDER[item.phase], day, finding.rule, finding.case or "", finding.id
