"""Which findings a setting touched, so that every report names it.

A number, reading, confirmation, weight or adoption touches the findings of its duty in the versions that it
went into, and those of duties that follow from them. A day off or a declaration of coverage touches a finding
that would be another one without it: the log is judged a second time without them, and the two compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from ..engine.late_recording import LATE_RECORDING
from ..messages import text
from ..model import VIOLATIONS, ConfigurationUse, Finding, Outcome, Setting, SettingUse
from ..packs.model import Duty, EventSelector, Rulebook
from ..packs.needed import closure as needed_by
from .lay import CLOSURE, Laid, Placed

# Kinds that change what a duty leads to, and so what follows from it.
_DECIDING = frozenset({"number", "reading", "adoption"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Compared = Callable[[], Iterable[Finding]]


def named(
    findings: Sequence[Finding], laid: Laid, without: Mapping[str, Compared]
) -> tuple[tuple[Finding, ...], frozenset[Setting]]:
    """The findings, each with the settings that touched it, and all settings that touched any.

    ``without`` gives, for the kinds ``closure`` and ``coverage``, the findings of the same log judged without
    those settings.
    """
    by_rule = _by_rule(laid)
    closures = [p.setting for p in laid.placed if p.setting.kind == CLOSURE]
    plain = {kind: {f.id: f for f in found()} for kind, found in without.items()}
    if not (by_rule or plain):
        return tuple(findings), frozenset()
    law = {d.id for d in laid.rulebook.duties} | {LATE_RECORDING}
    marked: list[Finding] = []
    touching: set[Setting] = set()
    for finding in findings:
        told = [p.setting for p in by_rule.get(finding.rule, ()) if _within(p, finding, laid.rulebook)]
        if finding.instead:
            told += [p.setting for p in by_rule.get(finding.instead, ()) if p.setting.kind in _DECIDING]
        touching.update(told)
        for kind, others in plain.items():
            # Rules in Python are not judged a second time.
            other = others.get(finding.id)
            if finding.rule not in law or (other is not None and _result(other) == _result(finding)):
                continue
            near = _nearby(closures if kind == CLOSURE else _covering(finding, laid), finding)
            touching.update(near)
            if kind == CLOSURE or _proven(finding, other):
                told += near
        kept = tuple(dict.fromkeys(told))
        marked.append(finding._replace(configured=kept) if kept else finding)
    return tuple(marked), frozenset(touching)


def _proven(finding: Finding, other: Finding | None) -> bool:
    """Whether coverage decides the outcome: what is open, or merely arises, needs no proof."""
    if finding.outcome == "fulfilled":
        return other is not None and other.outcome != "fulfilled"
    return finding.violation and (other is None or other.outcome != finding.outcome)


def summed(
    touching: Collection[Setting],
    laid: Laid,
    counts: Mapping[tuple[str, Outcome], int],
    judged: Collection[tuple[str, int]],
    by_path: Iterable[SettingUse] = (),
) -> ConfigurationUse | None:
    """What the report's head says of the configuration; None where there is none.

    ``touching`` are the settings that touched a finding that was made; ``counts`` are the numbers of findings
    per rule and outcome, made or not; ``judged`` the pairs of rule and index of version that any of them has;
    ``by_path`` what became of the settings for paths.
    """
    if laid.office is None:
        return None
    uses = []
    paths = {use.setting: use for use in by_path}
    for placed in laid.placed:
        if placed.setting in paths:
            uses.append(paths[placed.setting])
            continue
        setting, note = placed.setting, placed.idle or placed.remark
        used = setting in touching or any(
            (rule, v) in judged for rule, vs in placed.rules.items() for v in vs
        )
        if setting.kind == "severity" and setting.value == "off":
            hidden = {outcome: n for (rule, outcome), n in counts.items() if rule == setting.subject}
            used = bool(sum(hidden.values()))
            if used:
                violations = sum(n for outcome, n in hidden.items() if outcome in VIOLATIONS)
                note = text("configured.hidden", n=sum(hidden.values()), violations=violations)
        uses.append(SettingUse(setting, used, note))
    return ConfigurationUse(laid.office.name, laid.municipality, tuple(uses))


def _by_rule(laid: Laid) -> dict[str, list[Placed]]:
    """The settings that touch each rule, also by way of a duty whose outcome it follows from."""
    found: dict[str, list[Placed]] = {}
    for placed in laid.placed:
        for rule in placed.rules:
            found.setdefault(rule, []).append(placed)
    if not any(p.setting.kind in _DECIDING for p in laid.placed):
        return found
    direct = {rule: list(placed) for rule, placed in found.items()}
    for duty in laid.rulebook.duties:
        for rule in sorted(needed_by(laid.rulebook, [duty.id]) - {duty.id, duty.replaces or ""}):
            following = [p for p in direct.get(rule, ()) if p.setting.kind in _DECIDING]
            found.setdefault(duty.id, []).extend(following)
    return {rule: placed for rule, placed in found.items() if placed}


def _within(placed: Placed, finding: Finding, rulebook: Rulebook) -> bool:
    """Whether the finding stands under a version that the setting went into, or follows from such a duty."""
    versions = placed.rules.get(finding.rule)
    duty = rulebook.duty(finding.rule)
    if versions is None or duty is None:
        return True
    stands = {(duty.versions[v].instrument, _text(duty.versions[v].from_)) for v in versions}
    return (finding.instrument, finding.version_from) in stands


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _result(finding: Finding) -> tuple[object, ...]:
    return (
        finding.outcome, finding.possible, finding.reasons, finding.due, finding.act_by, finding.due_range,
        finding.readings, finding.late_by, finding.curable, str(finding.cure),
    )  # fmt: skip


def _covering(finding: Finding, laid: Laid) -> list[Setting]:
    """The declarations for the municipality of a finding that are about what its duty asks for."""
    own = [(setting, entry) for setting, entry in laid.coverage if setting.subject == finding.municipality]
    families = _families(laid.rulebook.duty(finding.rule))
    fitting = [s for s, e in own if not e.event_families or families.intersection(e.event_families)]
    return fitting or [setting for setting, _ in own]


def _families(duty: Duty | None) -> set[str]:
    """The families of the events that a duty asks for."""
    if duty is None:
        return set()
    parts = (part for part in (duty.requires, duty.count) if part is not None)
    events = [selector.event for part in parts for member in part.members for selector in member]
    if duty.must is not None and duty.trigger is not None:
        events += [s.event for s in duty.trigger.alternatives if isinstance(s, EventSelector)]
    if duty.open_for is not None:
        closed_by = duty.open_for.closed_by
        events.append(closed_by if isinstance(closed_by, str) else closed_by.event)
    return {event.partition(".")[0] for event in events}


def _nearby(settings: Sequence[Setting], finding: Finding) -> list[Setting]:
    """Those of the settings whose days meet the time of the finding; where none does, all of them."""
    times = [finding.anchor, finding.due, finding.act_by, *(finding.due_range or ())]
    times += [r.due for r in finding.readings] + [e.time for e in finding.fulfilment]
    times += [finding.trigger.time] if finding.trigger else []
    days = sorted(t[:10] for t in times if t)
    if not days:
        return list(settings)
    met = [s for s in settings if _meets(s, days[0], days[-1])]
    return met or list(settings)


def _meets(setting: Setting, first: str, last: str) -> bool:
    days = _DAY.findall(setting.subject if setting.kind == CLOSURE else setting.value)
    return bool(days) and days[0] <= last and days[-1] >= first
