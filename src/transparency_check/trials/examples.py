"""The examples of a duty as tests: a small log, judged, against the verdicts that the duty's author expects.

An expectation describes findings by rule (the duty's own where none is named), case, municipality, period and
trigger; every finding that it describes must have the values it states. ``none: true`` says that there is no
such finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.engine import evaluate
from transparency_check.events import Normaliser
from transparency_check.messages import phrase
from transparency_check.model import Finding, Problem
from transparency_check.packs.model import Duty, Example, Expectation, Rulebook
from transparency_check.packs.needed import closure, restricted
from transparency_check.readers.base import Row
from transparency_check.times import Moment, TimeError, read_time
from transparency_check.trials.company import judge_together

_COMPARED = ("outcome", "due", "act_by", "reasons", "due_range", "instrument", "late_by")
# What an example may be about: a record that leaves out what its duty asks for.
_MEANT = frozenset({"missing_attribute"})
_DESCRIBING = ("case", "municipality", "period", "trigger")


@dataclass(frozen=True)
class ExampleResult:
    """What came of one example. It holds where ``mismatches`` is empty; each mismatch is a sentence.

    ``problems`` are what the reader said about the rows. Each that the example does not expect is a mismatch:
    one that holds because a record was not understood shows nothing.
    """

    rule: str
    name: str
    mismatches: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Trial:
    """An example that is ready to be judged.

    ``rules`` are all duties that take part, ``moments`` are as-of, known-at and until. ``changed`` stands in
    place of the duty of the rulebook that has its id.
    """

    duty: Duty
    example: Example
    rules: frozenset[str]
    records: tuple[bytes, ...]
    problems: tuple[Problem, ...]
    moments: tuple[Moment, Moment | None, Moment | None]
    changed: Duty | None = None


def run_examples(duty: Duty, rulebook: Rulebook) -> list[ExampleResult]:
    """Judge every example of ``duty`` by that duty and those that it or its expectations speak of."""
    return run_all([duty], rulebook)


def run_all(duties: Iterable[Duty], rulebook: Rulebook) -> list[ExampleResult]:
    """Judge the examples of many duties, in their order.

    Many are judged in one go, each in municipalities of its own. An example that fails in company, or that
    cannot share a judgement, is judged alone, and that is its result.
    """
    all_of_them = prepared(duties, rulebook)
    trials = [(n, t) for n, t in enumerate(all_of_them) if isinstance(t, Trial)]
    held: set[int] = set()
    for (n, trial), findings in zip(trials, judge_together([t for _, t in trials], rulebook), strict=True):
        if findings is not None and not compared(trial, findings).mismatches:
            held.add(n)
    results: list[ExampleResult] = []
    for n, trial_or_result in enumerate(all_of_them):
        if isinstance(trial_or_result, ExampleResult):
            results.append(trial_or_result)
        elif n in held:
            results.append(_result(trial_or_result, []))
        else:
            results.append(compared(trial_or_result, judged_alone(trial_or_result, rulebook)))
    return results


def prepared(duties: Iterable[Duty], rulebook: Rulebook) -> list[Trial | ExampleResult]:
    """The examples of the duties, ready to be judged; a result where a moment cannot be read."""
    normaliser = Normaliser(rulebook.vocabulary, rulebook.municipalities, ZoneInfo(rulebook.zone))
    return [_prepared(duty, e, rulebook, normaliser) for duty in duties for e in duty.examples]


def judged_alone(trial: Trial, rulebook: Rulebook) -> list[Finding]:
    """The findings of a trial in a judgement of its own."""
    book = restricted(rulebook, trial.rules)
    if trial.changed is not None:
        changed = trial.changed
        book = book.model_copy(update={"duties": [changed if d.id == changed.id else d for d in book.duties]})
    return evaluate(list(trial.records), book, *trial.moments).findings(all=True)


def compared(trial: Trial, findings: Sequence[Finding]) -> ExampleResult:
    """What the findings make of the expectations."""
    return _result(trial, [m for e in trial.example.expect for m in _mismatches(e, trial.duty, findings)])


def _prepared(
    duty: Duty, example: Example, rulebook: Rulebook, normaliser: Normaliser
) -> Trial | ExampleResult:
    zone = ZoneInfo(rulebook.zone)
    try:
        as_of = read_time(example.as_of, zone)
        known_at, until = (
            None if text is None else read_time(text, zone) for text in (example.known_at, example.until)
        )
    except TimeError as error:
        return ExampleResult(duty.id, example.name, (str(error),))
    problems: list[Problem] = []
    normaliser.begin("example", {})
    rows = [Row(f"example:{number}", dict(event)) for number, event in enumerate(example.events, start=1)]
    records = [normaliser.record(row, problems) for row in rows]
    return Trial(
        duty,
        example,
        closure(rulebook, [duty.id, *(e.rule for e in example.expect if e.rule is not None)]),
        tuple(r for r in records if r is not None),
        tuple(problems),
        (as_of, known_at, until),
    )


def _result(trial: Trial, mismatches: list[str]) -> ExampleResult:
    meant = {*_MEANT, *trial.example.problems}
    told = [
        phrase("a record is not understood: {place}: {message}", place=p.place, message=p.message)
        for p in trial.problems
        if p.code not in meant
    ]
    there = {p.code for p in trial.problems}
    told += [
        phrase("problem {code} is expected; no record has it", code=code)
        for code in trial.example.problems
        if code not in there
    ]
    if mismatches:
        told += [
            phrase("note: {place}: {message}", place=p.place, message=p.message)
            for p in trial.problems
            if p.code in meant
        ]
    return ExampleResult(trial.duty.id, trial.example.name, (*mismatches, *told), trial.problems)


def _mismatches(expected: Expectation, duty: Duty, findings: Sequence[Finding]) -> list[str]:
    rule = expected.rule or duty.id
    described = [f for f in findings if f.rule == rule and _described(f, expected)]
    what = _words(expected, rule)
    if expected.none:
        return [
            phrase("{what}: no finding is expected; there is {finding}", what=what, finding=_told(f))
            for f in described
        ]
    if not described:
        others = [f for f in findings if f.rule == rule]
        there = phrase("; there is ") + ", ".join(_told(f) for f in others) if others else ""
        return [phrase("{what}: there is no such finding{there}", what=what, there=there)]
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
        phrase(
            "{what}: {key} is {got}, expected is {wanted}",
            what=what,
            key=key,
            got=_shown(got),
            wanted=_shown(wanted),
        )
        for key in stated
        if (got := _comparable(finding, key)) != (wanted := _wanted(expected, key))
    ]
    if found and several:
        found[0] += phrase(
            " (of several findings that fit: {finding}; say which by {list})",
            finding=_told(finding),
            list=", ".join(_DESCRIBING),
        )
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
    if key in ("due", "act_by") and value is not None and "T" in value:
        # An instant is written in full, whatever the example leaves out of it.
        return _in_full(value)
    return sorted(value) if key == "reasons" and value is not None else value


def _in_full(instant: str) -> str:
    try:
        return dt.datetime.fromisoformat(instant).isoformat()
    except ValueError:
        return instant


def _words(expected: Expectation, rule: str) -> str:
    parts = [f"{key} {getattr(expected, key)}" for key in _DESCRIBING if getattr(expected, key) is not None]
    return ", ".join([rule, *parts])


def _told(finding: Finding) -> str:
    """A finding in a few words: what it is about, and its outcome."""
    about = [finding.municipality, finding.case or finding.period or phrase("no case")]
    if finding.trigger is not None:
        about.append(finding.trigger.event)
    reasons = f" ({', '.join(finding.reasons)})" if finding.reasons else ""
    due = phrase(", due {due}", due=finding.due) if finding.due else ""
    return f"{' '.join(about)}: {finding.outcome}{reasons}{due}"


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value)
