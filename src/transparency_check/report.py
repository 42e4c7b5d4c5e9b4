"""Views of a report: what a reader asked to see of it, what comes next, and the exit code it leads to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .model import BaselineEntry, BaselineUse, Finding, Outcome, Report, Weight
from .model import FailOn as FailOn

if TYPE_CHECKING:
    from .since import Since

# Outcomes of what is over: it does not come any more.
PAST: tuple[Outcome, ...] = ("fulfilled", "late", "violated", "not_applicable")

EXIT_FINE = 0
EXIT_VIOLATIONS = 1
EXIT_USAGE = 2
EXIT_RULE_FAILED = 3
EXIT_UNDELIVERED = 4
EXIT_NOTHING = 5
EXIT_INTERRUPTED = 130
EXIT_PIPE = 141

_LAST_DAY_OF_HALF = {"1": (6, 30), "2": (12, 31)}


def day_in(value: str | None) -> dt.date | None:
    """The local day of a due date, anchor or recorded time (``2026-11-18`` or an instant); None where there
    is none.
    """
    if value is None or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value[:10]):
        return None
    return dt.date.fromisoformat(value[:10])


def last_day_of(period: str) -> dt.date | None:
    """The last day of a civil period: ``2024``, ``2024-H1``, ``2024-Q1``, ``2024-03``, ``2024-W05``,
    ``2024-03-02``.

    None for a key that is not a civil period (a standing duty may be keyed by its instrument).
    """
    if not (
        match := re.fullmatch(r"([0-9]{4})(?:-(H[12]|Q[1-4]|W[0-9]{2}|[0-9]{2})(?:-([0-9]{2}))?)?", period)
    ):
        return None
    year, part, day = int(match[1]), match[2], match[3]
    try:
        if part is None:
            return dt.date(year, 12, 31)
        if part[0] == "H":
            return dt.date(year, *_LAST_DAY_OF_HALF[part[1]])
        if part[0] == "W":
            return dt.date.fromisocalendar(year, int(part[1:]), 7)
        if day is not None:
            return dt.date(year, int(part), int(day))
        month = dt.date(year, int(part[1]) * 3 if part[0] == "Q" else int(part), 1)
        return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def day_of(finding: Finding) -> dt.date | None:
    """The day a finding stands under: its due day, else anchor, trigger, or end of the period."""
    days = (finding.due, finding.anchor, finding.trigger.time if finding.trigger else None)
    for value in days:
        if (day := day_in(value)) is not None:
            return day
    return last_day_of(finding.period) if finding.period else None


def narrowed(
    report: Report,
    municipalities: Collection[str] = (),
    cases: Collection[str] = (),
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Report:
    """The report with only the findings asked for.

    An empty collection and None ask for all. ``first`` and ``last`` are inclusive; a finding without any
    day (a standing duty) holds at all times and stays.
    """

    def wanted(finding: Finding) -> bool:
        if municipalities and finding.municipality not in municipalities:
            return False
        if cases and finding.case not in cases:
            return False
        if first is None and last is None:
            return True
        day = day_of(finding)
        return day is None or ((first is None or day >= first) and (last is None or day <= last))

    if not (municipalities or cases or first or last):
        return report
    findings = tuple(f for f in report.findings if wanted(f))
    used = report.baseline
    if used is not None:
        used = _narrowed_baseline(used, {f.id for f in findings}, municipalities, cases, first, last)
    return replace(report, findings=findings, baseline=used)


def _narrowed_baseline(
    used: BaselineUse,
    shown: Collection[str],
    municipalities: Collection[str],
    cases: Collection[str],
    first: dt.date | None,
    last: dt.date | None,
) -> BaselineUse:
    """What a baseline says of the findings that are shown; of entries that nobody asked for it says
    nothing.
    """

    def asked(entry: BaselineEntry) -> bool:
        if municipalities and entry.municipality not in municipalities:
            return False
        if cases and entry.case not in cases:
            return False
        day = day_in(entry.due) or (last_day_of(entry.period) if entry.period else None)
        return day is None or ((first is None or day >= first) and (last is None or day <= last))

    out = tuple(entry for entry in used.resolved if not asked(entry))
    return replace(
        used,
        states={id_: state for id_, state in used.states.items() if id_ in shown},
        resolved=tuple(entry for entry in used.resolved if asked(entry)),
        worse={id_: entry for id_, entry in used.worse.items() if id_ in shown},
        unseen=(*used.unseen, *out),
    )


@dataclass(frozen=True, slots=True)
class Left:
    """What is left until the last working day to act: calendar days, and working days after today; negative
    days are past.
    """

    days: int
    working_days: int


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What comes next: the horizon, the findings by last working day to act, and the time left for each
    that has a date.

    A finding that is undetermined, but pending under a reading or calendar, is among them, and where they
    were asked for those that are ``still_owed``. Those without a date come last. ``ended`` are those that
    came next once and do no more, where they were asked for. ``since`` is what changed since an earlier
    report, where one was named.
    """

    until: str
    findings: tuple[Finding, ...]
    left: dict[str, Left]
    ended: tuple[Finding, ...] = ()
    since: Since | None = None


def dates(finding: Finding) -> list[dt.date]:
    """The days on which a finding that is not over may be due."""
    named = [finding.act_by, finding.due, *(finding.due_range or ())]
    named += [r.due for r in finding.readings if r.outcome in ("pending", "undetermined")]
    return [day for value in named if (day := day_in(value)) is not None]


def may_come(finding: Finding, today: dt.date, until: dt.date, timeless: Collection[str]) -> bool:
    """Whether it is or may be pending on ``today``, and due by ``until``; ``timeless`` as in ``upcoming``."""
    if finding.outcome == "pending":
        days = dates(finding)
        return not days or min(days) <= until
    if finding.outcome != "undetermined" or "pending" not in finding.possible:
        return False
    days = dates(finding)
    if not days:
        return finding.rule not in timeless
    return min(days) <= until and max(days) >= today


def still_owed(finding: Finding) -> bool:
    """Whether the municipality missed it, and has to do it all the same."""
    missed = finding.outcome == "violated" and finding.binds == "municipality"
    return missed and (finding.cure or {}).get("kind") == "do"


def upcoming(
    report: Report,
    today: dt.date,
    until: dt.date,
    working_days: Callable[[dt.date, dt.date], int | None],
    timeless: Collection[str] = (),
    overdue: bool = False,
) -> Upcoming:
    """The obligations that are or may be pending and fall due by ``until``; with ``overdue`` also those that
    were missed and can still be done late.

    ``working_days(a, b)`` counts the working days after ``a`` up to ``b``, None outside the calendar.
    ``timeless`` are the duties that are never pending, because they are judged at an event or hold at all
    times.
    """
    chosen: list[Finding] = []
    left: dict[str, Left] = {}
    for finding in report.findings:
        if not (may_come(finding, today, until, timeless) or (overdue and still_owed(finding))):
            continue
        act_by = day_in(finding.act_by) or day_in(finding.due)
        if act_by is not None:
            counted = working_days(today, act_by) if act_by > today else 0
            if counted is not None:
                left[finding.id] = Left((act_by - today).days, counted)
        chosen.append(finding)
    return Upcoming(until.isoformat(), tuple(sorted(chosen, key=as_it_comes)), left)


def as_it_comes(finding: Finding) -> tuple[dt.date, str, str, str, str]:
    """The order of what comes: by the last working day to act, what has no date last."""
    act_by = day_in(finding.act_by) or day_in(finding.due) or dt.date.max
    return act_by, finding.due or "", finding.municipality, finding.rule, finding.id


def ended(report: Report, today: dt.date, until: dt.date) -> tuple[Finding, ...]:
    """The obligations with a date that are over - met, missed or no longer owed - and were due as long
    before ``today`` at most as ``until`` is after it, or are not due yet.
    """
    first = today - (until - today)

    def recent(finding: Finding) -> bool:
        day = day_in(finding.act_by) or day_in(finding.due)
        return finding.outcome in PAST and day is not None and day >= first

    return tuple(f for f in report.findings if recent(f))


def fails(weight: Weight, fail_on: FailOn) -> bool:
    """Whether findings weigh enough to fail the run; what binds others than the municipality never
    does, nor what is waived.
    """
    if fail_on == "never" or weight.binds != "municipality" or weight.waived:
        return False
    if weight.violation:
        return fail_on != "violation" or not weight.advisory
    return fail_on == "undetermined" and weight.outcome == "undetermined"


def _failing(report: Report, fail_on: FailOn) -> bool:
    """Whether any finding fails the run; what a baseline holds does not, and a path may have its own say."""
    if report.baseline is None and not report.levels:
        return any(fails(weight, fail_on) for weight in report.weights())
    return any(failing(report, finding, fail_on) for finding in report.findings)


def failing(report: Report, finding: Finding, fail_on: FailOn) -> bool:
    """Whether one finding fails a run; ``never`` holds whatever a path says."""
    if report.baseline is not None and report.baseline.states.get(finding.id) == "unchanged":
        return False
    level = fail_on if fail_on == "never" else report.levels.get(finding.id, fail_on)
    return fails(Weight.of(finding), level)


def exit_code(report: Report, fail_on: FailOn = "violation") -> int:
    """The exit code of a run; where several apply, the one that says most about what went wrong with the
    run itself.
    """
    if any(p.severity == "error" for p in report.problems):
        return EXIT_USAGE
    if report.rule_errors:
        return EXIT_RULE_FAILED
    if _failing(report, fail_on):
        return EXIT_VIOLATIONS
    return EXIT_FINE if report.judged else EXIT_NOTHING
