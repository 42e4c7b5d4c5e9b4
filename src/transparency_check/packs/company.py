"""Many examples in one judgement: what one judgement costs beside its events is paid once for all of them.

Municipalities do not see each other, so every example gets copies of its own: the municipality ``kline`` of
example 7 becomes ``0007~kline``. Ids of events get the same prefix, which keeps their order. What tells
municipalities apart by name, or has rows without a municipality, is left to be judged alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson

from transparency_check.packs.model import Duty, Rulebook

if TYPE_CHECKING:
    from transparency_check.model import Finding
    from transparency_check.packs.examples import Trial


def judge_together(trials: Sequence[Trial], rulebook: Rulebook) -> list[list[Finding] | None]:
    """The findings of each trial, as it would have them alone; None where it cannot share a judgement."""
    by_name = {d.id for d in rulebook.duties if _names_a_municipality(d.model_dump(exclude={"examples"}))}
    groups: dict[tuple[str | None, ...], list[int]] = {}
    for n, trial in enumerate(trials):
        if not trial.rules & by_name and all(b'"municipality":' in record for record in trial.records):
            key = tuple(None if m is None else m.text for m in trial.moments)
            groups.setdefault(key, []).append(n)
    found: list[list[Finding] | None] = [None] * len(trials)
    for numbers in groups.values():
        if len(numbers) > 1:
            for n, findings in _judged({n: trials[n] for n in numbers}, rulebook).items():
                found[n] = findings
    return found


def _judged(trials: Mapping[int, Trial], rulebook: Rulebook) -> dict[int, list[Finding]]:
    from transparency_check.engine import evaluate

    records = [_moved(n, record) for n, trial in trials.items() for record in trial.records]
    moments = next(iter(trials.values())).moments
    findings: dict[int, list[Finding]] = {n: [] for n in trials}
    for finding in evaluate(records, _shared(trials, rulebook), *moments).findings(all=True):
        number, _, municipality = finding.municipality.partition("~")
        trigger = finding.trigger
        if trigger is not None:
            trigger = replace(trigger, event=trigger.event.partition("~")[2])
        findings[int(number)].append(finding._replace(municipality=municipality, trigger=trigger))
    return findings


def _moved(n: int, record: bytes) -> bytes:
    """The record in the municipality and the file of its own example."""
    values = orjson.loads(record)
    for key in ("id", "municipality", "file"):
        if key in values:
            values[key] = _own(n, values[key])
    return orjson.dumps(values)


def _own(n: int, name: str) -> str:
    return f"{n:04}~{name}"


def _shared(trials: Mapping[int, Trial], rulebook: Rulebook) -> Rulebook:
    """The rulebook with each municipality once for every trial; a duty that names some names its own."""
    municipalities = [
        m.model_copy(update={"id": _own(n, m.id)}) for n in trials for m in rulebook.municipalities
    ]
    duties: list[Duty] = []
    for duty in rulebook.duties:
        own = [n for n, trial in trials.items() if duty.id in trial.rules]
        if own and duty.municipalities is not None:
            names = [_own(n, name) for n in own for name in duty.municipalities]
            duties.append(duty.model_copy(update={"municipalities": names}))
        elif own:
            duties.append(duty)
    return rulebook.model_copy(update={"municipalities": municipalities, "duties": duties})


def _names_a_municipality(value: Any) -> bool:
    """Whether some condition tests the municipality itself."""
    if isinstance(value, dict):
        test = value.get("municipality", "official_languages")
        return test != "official_languages" or any(_names_a_municipality(v) for v in value.values())
    return isinstance(value, list) and any(_names_a_municipality(v) for v in value)
