"""The examples of a duty as tests: a small log, judged, against the verdicts that the duty's author expects.

An expectation describes findings by rule (the duty's own where none is named), case, municipality, period and trigger; every finding that
it describes must have the values it states. ``none: true`` says that there is no such finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from transparency_check.packs.model import Duty, Example, Expectation, ObligationSelector, Rulebook

if TYPE_CHECKING:
    from transparency_check.model import Finding, Problem

_COMPARED = ("outcome", "due", "act_by", "reasons", "due_range", "instrument", "late_by")
_DESCRIBING = ("case", "municipality", "period", "trigger")


@dataclass(frozen=True)
class ExampleResult:
    """What came of one example. It holds where ``mismatches`` is empty; each mismatch is a sentence.

    ``problems`` are what the reader said about the rows; an example may be about a bad row, so they are no mismatch by themselves.
    """

    rule: str
    name: str
    mismatches: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def run_examples(duty: Duty, rulebook: Rulebook) -> list[ExampleResult]:
    """Judge every example of ``duty``, in their order, by that duty and those that it or its expectations speak of."""
    return [_run(example, duty, restricted(rulebook, _rules(duty, example))) for example in duty.examples]


def restricted(rulebook: Rulebook, rules: Iterable[str]) -> Rulebook:
    """The rulebook with these duties, those whose outcomes trigger them, and those that they replace."""
    by_id = {d.id: d for d in rulebook.duties}
    wanted: set[str] = set()
    waiting = [rule for rule in rules if rule in by_id]
    while waiting:
        rule = waiting.pop()
        if rule not in wanted:
            wanted.add(rule)
            waiting += [r for r in _needed(by_id[rule]) if r in by_id]
    return rulebook.model_copy(update={"duties": [d for d in rulebook.duties if d.id in wanted]})


def _rules(duty: Duty, example: Example) -> list[str]:
    return [duty.id, *(e.rule for e in example.expect if e.rule is not None)]


def _needed(duty: Duty) -> list[str]:
    triggers = [t for t in (duty.trigger, *(r.trigger for r in duty.readings)) if t is not None]
    found = [s.obligation for t in triggers for s in t.alternatives if isinstance(s, ObligationSelector)]
    return [*found, duty.replaces] if duty.replaces else found


def _run(example: Example, duty: Duty, rulebook: Rulebook) -> ExampleResult:
    # Imported here: reading and judging need more than whoever only loads packs should pay for.
    from transparency_check.engine import evaluate
    from transparency_check.times import TimeError, read_time

    zone = ZoneInfo(rulebook.zone)
    problems: list[Problem] = []
    records = _records(example, rulebook, zone, problems)
    try:
        as_of, known_at, until = (
            None if text is None else read_time(text, zone) for text in (example.as_of, example.known_at, example.until)
        )
    except TimeError as error:
        return ExampleResult(duty.id, example.name, (str(error),))
    assert as_of is not None  # noqa: S101 - required by the model
    findings = evaluate(records, rulebook, as_of, known_at, until).findings(all=True)
    mismatches = [m for expected in example.expect for m in _mismatches(expected, duty, findings)]
    if mismatches:
        mismatches += [f"note: {p.place}: {p.message}" for p in problems]
    return ExampleResult(duty.id, example.name, tuple(mismatches), tuple(problems))


def _records(example: Example, rulebook: Rulebook, zone: ZoneInfo, problems: list[Problem]) -> list[bytes]:
    from transparency_check.events import Normaliser
    from transparency_check.readers.base import Row

    normaliser = Normaliser(rulebook.vocabulary, rulebook.municipalities, zone)
    normaliser.begin("example", {})
    rows = [Row(f"example:{number}", dict(event)) for number, event in enumerate(example.events, start=1)]
    made = [normaliser.record(row, problems) for row in rows]
    return [record for record in made if record is not None]


def _mismatches(expected: Expectation, duty: Duty, findings: Sequence[Finding]) -> list[str]:
    rule = expected.rule or duty.id
    described = [f for f in findings if f.rule == rule and _described(f, expected)]
    what = _words(expected, rule)
    if expected.none:
        return [f"{what}: no finding is expected; there is {_told(f)}" for f in described]
    if not described:
        others = [f for f in findings if f.rule == rule]
        there = "; there is " + ", ".join(_told(f) for f in others) if others else ""
        return [f"{what}: there is no such finding{there}"]
    return [m for f in described for m in _differences(f, expected, what, several=len(described) > 1)]


def _described(finding: Finding, expected: Expectation) -> bool:
    return all(
        getattr(expected, key) is None or getattr(expected, key) == value
        for key, value in (
            ("case", finding.case),
            ("municipality", finding.municipality),
            ("period", finding.period),
            ("trigger", finding.trigger.event if finding.trigger else None),
        )
    )


def _differences(finding: Finding, expected: Expectation, what: str, *, several: bool) -> list[str]:
    # A value that the file states is compared, also where it states that there is none (`due: null`).
    stated = [key for key in _COMPARED if key in expected.model_fields_set]
    found = [
        f"{what}: {key} is {_shown(got)}, expected is {_shown(wanted)}"
        for key in stated
        if (got := _comparable(finding, key)) != (wanted := _wanted(expected, key))
    ]
    if found and several:
        found[0] += f" (of several findings that fit: {_told(finding)}; say which by {', '.join(_DESCRIBING)})"
    return found


def _comparable(finding: Finding, key: str) -> Any:
    value = getattr(finding, key)
    if key == "late_by":
        return None if value is None else value[0]
    if key in ("reasons", "due_range"):
        return None if value is None else list(value)
    return value


def _wanted(expected: Expectation, key: str) -> Any:
    value = getattr(expected, key)
    return sorted(value) if key == "reasons" and value is not None else value


def _words(expected: Expectation, rule: str) -> str:
    parts = [f"{key} {getattr(expected, key)}" for key in _DESCRIBING if getattr(expected, key) is not None]
    return ", ".join([rule, *parts])


def _told(finding: Finding) -> str:
    """A finding in a few words: what it is about, and its outcome."""
    about = [finding.municipality, finding.case or finding.period or "no case"]
    if finding.trigger is not None:
        about.append(finding.trigger.event)
    reasons = f" ({', '.join(finding.reasons)})" if finding.reasons else ""
    due = f", due {finding.due}" if finding.due else ""
    return f"{' '.join(about)}: {finding.outcome}{reasons}{due}"


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value)
