"""Which findings a waiver is about, and whether it holds: the one place that decides both (semantics 9).

Everything is judged before; a waiver marks what was found. Whatever is unclear about it, the finding counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..errors import UsageError
from ..messages import text
from ..messages.problems import problem
from ..model import Finding, Problem, Waived, WaiverState, WaiverUse
from ..packs.model import Rulebook
from ..packs.municipalities import municipality_id
from ..packs.problems import nearest
from ..report import day_of
from .file import Entry, WaiverFile

_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})")


class Applied(NamedTuple):
    """The findings, with their waivers; what became of each waiver; what is wrong with any."""

    findings: tuple[Finding, ...]
    uses: tuple[WaiverUse, ...]
    problems: tuple[Problem, ...]


def applied(
    findings: Sequence[Finding],
    file: WaiverFile,
    rulebook: Rulebook,
    rules: Mapping[str, bool],
    today: dt.date,
) -> Applied:
    """Mark the violations that are waived on the day of as-of.

    ``rules`` are all that there are, each with whether it was judged and is shown: of others nobody can say
    that their waivers are not used.
    """
    by_place: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_place[finding.rule, finding.municipality].append(finding)
    known = sorted(rules)
    accepted: dict[str, Waived] = {}
    uses: list[WaiverUse] = []
    problems = list(file.problems)
    for entry in file.entries:
        municipality, refused = _refusal(entry, rulebook, known)
        own = by_place[entry.waiver.rule, municipality]
        meant = [f for f in own if _about(entry, f)]
        violations = [f for f in meant if f.violation]
        state: WaiverState
        told: Problem | None
        if refused is not None:
            state, told = "refused", refused
        elif entry.waiver.until < today:
            state, told = "expired", _expired(entry, len(violations))
        elif not violations:
            state, told = "unused", _unused(entry, own, meant) if rules[entry.waiver.rule] else None
        else:
            state, told = "used", None
            for finding in violations:
                # The first of several says why.
                accepted.setdefault(finding.id, _waived(entry))
        uses.append(WaiverUse(_waived(entry), state, len(violations)))
        problems += [told] if told is not None else []
    marked = tuple(f._replace(waiver=accepted[f.id]) if f.id in accepted else f for f in findings)
    return Applied(marked, tuple(uses), tuple(problems))


def _refusal(entry: Entry, rulebook: Rulebook, rules: Sequence[str]) -> tuple[str, Problem | None]:
    """The id of the municipality that a waiver names, and why it waives nothing, if so."""
    waiver, place = entry.waiver, entry.place
    if waiver.rule not in rules:
        near = nearest(waiver.rule, rules)
        return waiver.municipality, problem("waiver_rule", place, rule=waiver.rule, nearest=near)
    try:
        municipality = municipality_id(waiver.municipality, rulebook)
    except UsageError as error:
        return waiver.municipality, problem("waiver_municipality", place, why=str(error))
    duty = rulebook.duty(waiver.rule)
    if duty is not None and not duty.waivable:
        return municipality, problem("waiver_not_waivable", place, rule=waiver.rule)
    if waiver.period is not None and (days := _DAYS.fullmatch(waiver.period)):
        try:
            first, last = map(dt.date.fromisoformat, days.groups())
        except ValueError:
            first, last = dt.date.max, dt.date.min
        if first > last:
            return municipality, problem("waiver_period", place, period=waiver.period)
    return municipality, None


def _about(entry: Entry, finding: Finding) -> bool:
    waiver = entry.waiver
    if waiver.finding is not None:
        return finding.id == waiver.finding
    if waiver.case is not None:
        return finding.case == waiver.case
    if waiver.period == finding.period:
        return True
    days = _DAYS.fullmatch(waiver.period or "")
    day = day_of(finding)
    return days is not None and day is not None and days[1] <= day.isoformat() <= days[2]


def _waived(entry: Entry) -> Waived:
    waiver = entry.waiver
    return Waived(
        rule=waiver.rule,
        municipality=waiver.municipality,
        subject=waiver.subject,
        reason=waiver.reason,
        approved_by=waiver.approved_by,
        legal_basis=waiver.legal_basis,
        until=waiver.until.isoformat(),
        place=entry.place,
    )


def _expired(entry: Entry, violations: int) -> Problem:
    return problem(
        "waiver_expired",
        entry.place,
        until=entry.waiver.until.isoformat(),
        rule=entry.waiver.rule,
        subject=entry.waiver.subject,
        violations=violations,
    )


def _unused(entry: Entry, own: Sequence[Finding], meant: Sequence[Finding]) -> Problem:
    """A waiver that was not needed: what it is about is no violation, or is not there."""
    waiver = entry.waiver
    if meant:
        outcomes = ", ".join(sorted({text(f"outcome.{f.outcome}") for f in meant}))
        return problem(
            "waiver_not_needed", entry.place, rule=waiver.rule, subject=waiver.subject, outcomes=outcomes
        )
    there = {f.case for f in own} | {f.period for f in own} | {f.id for f in own}
    near = nearest(waiver.subject, [name for name in there if name])
    return problem("waiver_unused", entry.place, rule=waiver.rule, subject=waiver.subject, nearest=near)
