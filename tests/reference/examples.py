"""The examples of a pack: each a small log with the verdicts it must yield."""

from __future__ import annotations

from transparency_check.packs.model import Duty, Example, Expectation, Rulebook

from .evaluator import evaluate
from .flat import records
from .verdicts import Verdict


def _matches(wanted: Expectation, rule: str, verdict: Verdict) -> bool:
    named = {"case": wanted.case, "municipality": wanted.municipality, "period": wanted.period}
    named["trigger"] = wanted.trigger
    return verdict.rule == (wanted.rule or rule) and all(
        value is None or getattr(verdict, name) == value for name, value in named.items()
    )


def failures(duty: Duty, example: Example, rulebook: Rulebook) -> list[str]:
    """What an example does not yield, one line each."""
    rows = [{"municipality": rulebook.municipalities[0].id, **row} for row in example.events]
    verdicts = evaluate(records(rows, rulebook), rulebook, example.as_of, example.known_at, example.until)
    found: list[str] = []
    for wanted in example.expect:
        matching = [v for v in verdicts if _matches(wanted, duty.id, v)]
        given = wanted.model_dump(exclude_unset=True)
        if wanted.none:
            found += [f"{duty.id} {example.name}: not expected: {v}" for v in matching]
            continue
        if len(matching) != 1:
            found.append(f"{duty.id} {example.name}: {len(matching)} verdicts for {given}: {matching}")
            continue
        verdict = matching[0]
        shown = {
            "outcome": verdict.outcome,
            "due": verdict.due,
            "act_by": verdict.act_by,
            "reasons": list(verdict.reasons),
            "due_range": list(verdict.due_range) if verdict.due_range else None,
            "instrument": verdict.instrument,
            "late_by": verdict.late_by[0] if verdict.late_by else None,
        }
        for name, value in given.items():
            if name in shown and value != shown[name]:
                found.append(
                    f"{duty.id} {example.name}: {name} is {shown[name]!r}, expected {value!r} ({verdict})"
                )
    return found
