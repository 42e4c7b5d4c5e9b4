"""The examples that stand in duties: small logs with the verdicts they must yield, judged like any other
log.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import orjson

from .checking import narrowed_rulebook
from .engine import evaluate
from .errors import UsageError
from .events import read_logs
from .messages import text
from .times import Moment, TimeError, read_time

if TYPE_CHECKING:
    from .model import Finding
    from .packs.model import Duty, Example, Expectation, Rulebook
    from .plugins import Registry

_IDENTITY = ("case", "municipality", "period", "trigger")


@dataclass(frozen=True, slots=True)
class Result:
    """One example judged. ``mismatches`` say what came out otherwise than expected; none: the example
    holds.
    """

    rule: str
    name: str
    mismatches: tuple[str, ...]


def run_examples(duty: Duty, rulebook: Rulebook, registry: Registry) -> Iterator[Result]:
    """Judge each example of a duty. Raises nothing: an example that cannot be judged is a mismatch."""
    named = {duty.id} | {e.rule for example in duty.examples for e in example.expect if e.rule}
    narrowed = narrowed_rulebook(rulebook, lambda rule: rule in named)
    for example in duty.examples:
        try:
            findings = _findings(example, narrowed, registry)
        except (TimeError, UsageError) as error:
            yield Result(duty.id, example.name, (str(error),))
            continue
        mismatches = [m for e in example.expect for m in _mismatches(e, e.rule or duty.id, findings)]
        yield Result(duty.id, example.name, tuple(mismatches))


def _findings(example: Example, rulebook: Rulebook, registry: Registry) -> list[Finding]:
    zone = ZoneInfo(rulebook.zone)
    rows = b"\n".join(orjson.dumps(event) for event in example.events) + b"\n"
    log = read_logs(
        ["-"],
        rulebook.vocabulary,
        rulebook.municipalities,
        zone,
        input_format="jsonl",
        registry=registry,
        standard_input=io.BytesIO(rows),
    )

    def moment(value: str | None) -> Moment | None:
        return None if value is None else read_time(value, zone)

    as_of = read_time(example.as_of, zone)
    judgement = evaluate(log.records, rulebook, as_of, moment(example.known_at), moment(example.until))
    return list(judgement.findings(all=True))


def _identity(finding: Finding, name: str) -> str | None:
    if name == "trigger":
        return finding.trigger.event if finding.trigger else None
    value: str | None = getattr(finding, name)
    return value


def _mismatches(expected: Expectation, rule: str, findings: list[Finding]) -> list[str]:
    sought = {n: getattr(expected, n) for n in _IDENTITY if getattr(expected, n) is not None}
    about = ", ".join([rule, *(f"{name} {value}" for name, value in sought.items())])
    found = [
        f
        for f in findings
        if f.rule == rule and all(_identity(f, name) == value for name, value in sought.items())
    ]
    if expected.none:
        return [text("example.unexpected", about=about, outcome=f.outcome) for f in found]
    if not found:
        return [text("example.missing", about=about)]
    if len(found) > 1:
        return [text("example.several", about=about, n=len(found))]
    return [
        text("example.differs", about=about, name=name, found=shown, expected=wanted)
        for name, wanted, shown in _compared(expected, found[0])
        if wanted != shown
    ]


def _compared(expected: Expectation, finding: Finding) -> Iterator[tuple[str, Any, Any]]:
    """Name, expected and found value of everything that the expectation states."""
    for name in ("outcome", "due", "act_by", "instrument"):
        if (wanted := getattr(expected, name)) is not None:
            yield name, wanted, getattr(finding, name)
    if expected.reasons is not None:
        yield "reasons", sorted(expected.reasons), sorted(finding.reasons)
    if expected.due_range is not None:
        yield "due_range", list(expected.due_range), list(finding.due_range or ())
    if expected.late_by is not None:
        yield "late_by", expected.late_by, finding.late_by[0] if finding.late_by else None
