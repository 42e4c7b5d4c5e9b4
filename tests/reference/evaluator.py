"""The reference evaluator: ``evaluate`` judges a log event by event, duty by duty, one reading and one
calendar at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.packs.model import Duty, ObligationSelector, Rulebook

from . import moments
from .content import judge_contents
from .counting import BOUNDS, NoCalendar, forward
from .duration import judge_durations
from .merge import merge
from .periodic import judge_calendars, judge_counts, judge_standings
from .readings import judged as is_judged
from .readings import readings_of
from .records import Entry, World
from .triggered import Court, judge_deadlines
from .verdicts import ALL, NOT_APPLICABLE, UNDETERMINED, Judged, Variant, Verdict

__all__ = ["Verdict", "evaluate"]

SHAPES: dict[str, Callable[[Court], list[Variant]]] = {
    "event": judge_deadlines,
    "content": judge_contents,
    "duration": judge_durations,
    "count": judge_counts,
    "calendar": judge_calendars,
    "standing": judge_standings,
}
LATE_RECORDING = "TC-REC-001"


def evaluate(
    records: list[dict[str, Any]],
    rulebook: Rulebook,
    as_of: str,
    known_at: str | None = None,
    until: str | None = None,
) -> list[Verdict]:
    """Every obligation, not_applicable ones included, sorted by rule, municipality, case, period, trigger.

    ``records`` are in the form that the reader hands to the engine. ``as_of`` and ``known_at`` are dates or
    date-times as in
    a log, ``until`` is a date: the horizon up to which periods arise.
    """
    zone = ZoneInfo(rulebook.zone)
    now = moments.read(as_of, zone)
    known = moments.read(known_at, zone) if known_at else now
    horizon = dt.date.fromisoformat(until[:10]) if until else None
    world = World(records, rulebook, now, known, horizon)
    results: dict[str, list[Judged]] = {}
    for duty in in_strata(rulebook.duties):
        table = []
        for read in readings_of(duty) if is_judged(duty) else ():
            calendars = []
            for bound in BOUNDS if read.duty.shape in SHAPES else ():
                found = SHAPES[read.duty.shape](Court(world, read, bound, results))
                calendars.append({variant.key: variant for variant in found})
            table.append((read, calendars))
        judged = merge(duty, table, world)
        results[duty.id] = [_replaced(duty, one, rulebook, results) for one in judged]
    verdicts = [one.verdict for found in results.values() for one in found]
    verdicts += [v for entry in world.first_entries if (v := late_recording(entry, world)) is not None]
    return sorted(
        verdicts,
        key=lambda v: (v.rule, v.municipality, v.case or "", v.period or "", v.trigger or "", v.due or ""),
    )


def in_strata(duties: list[Duty]) -> list[Duty]:
    """Duties in an order in which each comes after those it is triggered by, and after those that replace it
    (4.2, 4.19).

    Raises ValueError for a cycle, which is a pack error.
    """
    before: dict[str, set[str]] = {duty.id: set() for duty in duties}
    for duty in duties:
        if duty.replaces is not None and duty.replaces in before:
            before[duty.replaces].add(duty.id)
        for read in readings_of(duty):
            for source in read.duty.trigger.alternatives if read.duty.trigger else []:
                if isinstance(source, ObligationSelector) and source.obligation in before:
                    before[duty.id].add(source.obligation)
    ordered: list[Duty] = []
    done: set[str] = set()
    while len(ordered) < len(duties):
        ready = [duty for duty in duties if duty.id not in done and before[duty.id] <= done]
        if not ready:
            raise ValueError(f"duties that wait for each other: {sorted(set(before) - done)}")
        ordered += ready
        done |= {duty.id for duty in ready}
    return ordered


def _replaced(duty: Duty, one: Judged, rulebook: Rulebook, results: dict[str, list[Judged]]) -> Judged:
    """4.2: not applicable where a local duty that replaces it is due no later."""
    if one.verdict.outcome == NOT_APPLICABLE:
        return one
    for local in rulebook.duties:
        if local.replaces != duty.id:
            continue
        for other in results[local.id]:
            if (
                other.key[:4] == one.key[:4]
                and other.verdict.outcome != NOT_APPLICABLE
                and _not_later(other, one)
            ):
                verdict = replace(
                    one.verdict,
                    outcome=NOT_APPLICABLE,
                    reasons=("replaced",),
                    possible=frozenset({NOT_APPLICABLE}),
                )
                return replace(one, verdict=verdict)
    return one


def _not_later(local: Judged, general: Judged) -> bool:
    """By what ends a due date: of a day the end of the day, of hours the last instant that it may be."""
    if local.moment is None or general.moment is None:
        return local.moment is None and general.moment is None
    return local.moment.hi <= general.moment.hi


def late_recording(entry: Entry, world: World) -> Verdict | None:
    """TC-REC-001 (2.4, 7.2): entered after so many working days. None where it was in time."""
    limit = world.rulebook.late_record_days
    event, recorded = entry.event, entry.recorded
    if (recorded.day - entry.day).days <= limit:
        return None
    dues: list[dt.date | None] = []
    for bound in BOUNDS:
        try:
            dues.append(forward(entry.day, limit, "working-day", "none", world.days, bound))
        except NoCalendar:
            dues.append(None)
    late = [due is None or recorded.day > due for due in dues]
    if not any(late):
        return None
    reasons = ("no_calendar",) if None in dues else () if all(late) else ("provisional_calendar",)
    shown = None if None in dues else dues[0]
    outcome = "late" if not reasons else UNDETERMINED
    possible = ALL if None in dues else {"late"} if all(late) else {"late", "fulfilled"}
    act_by = world.days.last_working(shown) if shown else None
    by = world.days.working_after(shown, recorded.day) if shown else None
    known = sorted(due for due in dues if due is not None)
    spread = (
        (known[0].isoformat(), known[-1].isoformat()) if len(set(dues)) > 1 and None not in dues else None
    )
    return Verdict(
        LATE_RECORDING,
        event.municipality,
        event.case,
        None,
        event.id,
        outcome,
        reasons,
        frozenset(possible),
        shown.isoformat() if shown else None,
        act_by.isoformat() if act_by else None,
        spread,
        (),
        "",
        (event.id,),
        (by, "working-day") if outcome == "late" and by is not None else None,
    )
