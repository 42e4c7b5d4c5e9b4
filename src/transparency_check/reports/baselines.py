"""What reports say of a baseline: how many findings are new, which are known, what is resolved."""

from __future__ import annotations

from typing import Any

from ..messages import text
from ..messages.figures import day
from ..model import BaselineEntry, BaselineUse, Finding, Report
from .wording import due_text, outcome_name


def known(report: Report, finding: Finding) -> bool:
    """Whether the baseline holds the finding."""
    return report.baseline is not None and report.baseline.states.get(finding.id) == "unchanged"


def head_line(report: Report) -> list[str]:
    """What the head of a report says of the baseline; nothing where there is none."""
    used = report.baseline
    if used is None:
        return []
    states = [
        text("report.baseline.new", n=used.count("new")),
        text("report.baseline.unchanged", n=used.count("unchanged")),
        text("report.baseline.resolved", n=len(used.resolved)),
    ]
    if used.unseen:
        states.append(text("report.baseline.unseen", n=len(used.unseen)))
    return [text("report.baseline", name=used.name, states=", ".join(states))]


def why_new(report: Report, finding: Finding) -> list[str]:
    """Why a finding is new although the baseline has an entry for it."""
    if report.baseline is None or (entry := report.baseline.worse.get(finding.id)) is None:
        return []
    since = day(entry.since)
    if entry.outcome != finding.outcome and entry.outcome != "violated":
        return [text("baseline.state.worse", since=since, was=outcome_name(entry.outcome))]
    if entry.severity != finding.severity and entry.severity == "advisory":
        return [text("baseline.state.weight", since=since)]
    return [text("baseline.state.other", since=since, trigger=entry.trigger)]


def resolved_rows(used: BaselineUse, most: int) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The first ``most`` of what is resolved: what it was about, since when it was known, how it is now."""
    return tuple(
        (
            (entry.rule, *about(entry)),
            (day(entry.since), outcome_name(entry.outcome)),
            (_now(used, entry),),
        )
        for entry in used.resolved[:most]
    )


def about(entry: BaselineEntry) -> tuple[str, ...]:
    """Municipality, case or period of an entry, and its event and due day where it has them."""
    parts = [part for part in (entry.municipality, entry.case, entry.period) if part]
    if entry.trigger:
        parts.append(text("baseline.trigger", trigger=entry.trigger))
    if entry.due:
        parts.append(text("due_on", due=due_text(entry.due)))
    return tuple(parts)


def _now(used: BaselineUse, entry: BaselineEntry) -> str:
    outcome = used.now.get(entry.fingerprint)
    if outcome is None:
        return text("baseline.resolved.none")
    return text("baseline.resolved", outcome=outcome_name(outcome))


def head_object(used: BaselineUse | None) -> dict[str, Any] | None:
    """The baseline of a run for programs."""
    if used is None:
        return None
    return {
        "file": used.name,
        "sha256": used.sha256,
        "new": used.count("new"),
        "unchanged": used.count("unchanged"),
        "resolved": [
            entry_object(entry) | {"now": used.now.get(entry.fingerprint)} for entry in used.resolved
        ],
        "unseen": [entry_object(entry) for entry in used.unseen],
    }


def finding_object(used: BaselineUse, finding: Finding) -> dict[str, Any]:
    """What the baseline says of one finding, for programs: ``was`` is the outcome of its entry, if any."""
    entry = used.worse.get(finding.id)
    state = used.states.get(finding.id)
    return {
        "state": state,
        "fingerprint": used.fingerprints[finding.id],
        "was": entry.outcome if entry is not None else None,
    }


def entry_object(entry: BaselineEntry) -> dict[str, Any]:
    """One entry of a baseline for programs."""
    return {
        "rule": entry.rule,
        "municipality": entry.municipality,
        "case": entry.case,
        "period": entry.period,
        "outcome": entry.outcome,
        "severity": entry.severity,
        "due": entry.due,
        "since": entry.since,
        "trigger": entry.trigger,
        "fingerprint": entry.fingerprint,
        "place": entry.place,
    }
