"""Which findings a setting touched, so that every report names it.

A number, reading, confirmation, weight or adoption touches the findings of its duty in the versions that it
went into, and those of duties that follow from them. A day off or a declaration of coverage touches a finding
that would be another one without it: the log is judged a second time without them, and the two compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from ..engine.findings import LATE_RECORDING
from ..messages import text
from ..model import VIOLATIONS, ConfigurationUse, Finding, Outcome, Setting, SettingUse
from ..packs.examples import closure as needed_by
from ..packs.model import Rulebook
from .lay import CLOSURE, Laid, Placed

# Kinds that change what a duty leads to, and so what follows from it.
_DECIDING = frozenset({"number", "reading", "adoption"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Compared = Callable[[], Iterable[Finding]]


def named(findings: Sequence[Finding], laid: Laid, without: Mapping[str, Compared]) -> tuple[Finding, ...]:
    """The findings, each with the settings that touched it.

    ``without`` gives, for the kinds ``closure`` and ``coverage``, the findings of the same log judged without
    those settings.
    """
    by_rule = _by_rule(laid)
    by_day = [p.setting for p in laid.placed if p.setting.kind == CLOSURE]
    covering = [setting for setting, _ in laid.coverage]
    if not (by_rule or by_day or covering):
        return tuple(findings)
    plain = {kind: {f.id: _result(f) for f in found()} for kind, found in without.items()}
    law = {d.id for d in laid.rulebook.duties} | {LATE_RECORDING}

    def changed(finding: Finding, kind: str) -> bool:
        # Rules in Python are not judged a second time.
        return kind in plain and finding.rule in law and plain[kind].get(finding.id) != _result(finding)

    marked = []
    for finding in findings:
        touching = [p.setting for p in by_rule.get(finding.rule, ()) if _within(p, finding, laid.rulebook)]
        if finding.instead:
            touching += [p.setting for p in by_rule.get(finding.instead, ()) if p.setting.kind in _DECIDING]
        if changed(finding, CLOSURE):
            touching += _nearby(by_day, finding)
        if changed(finding, "coverage"):
            touching += _nearby([s for s in covering if s.subject == finding.municipality], finding)
        kept = tuple(dict.fromkeys(touching))
        marked.append(finding._replace(configured=kept) if kept else finding)
    return tuple(marked)


def summed(
    findings: Iterable[Finding],
    laid: Laid,
    counts: Mapping[tuple[str, Outcome], int],
    judged: Collection[tuple[str, int]],
) -> ConfigurationUse | None:
    """What the report's head says of the configuration; None where there is none.

    ``counts`` are the numbers of findings per rule and outcome, made or not; ``judged`` the pairs of rule and
    index of version that any of them has.
    """
    if laid.office is None:
        return None
    touching = {setting for finding in findings for setting in finding.configured}
    uses = []
    for placed in laid.placed:
        setting, note = placed.setting, placed.idle
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
