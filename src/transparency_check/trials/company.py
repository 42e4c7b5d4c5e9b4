"""Many examples in one judgement: what one judgement costs beside its events is paid once for all of them.

Municipalities do not see each other, so every example gets copies of its own: the municipality ``kline`` of
example 7 becomes ``0007~kline``, is judged at the moments of example 7, and is bound only by the duties that
example 7 speaks of. Ids of events get the same prefix, which keeps their order. A duty that an example states
otherwise than the rulebook (a mutant) is judged beside the original under an id of its own. What tells
municipalities apart by name, or has rows without a municipality, is left to be judged alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import orjson

from transparency_check.engine import Moments, evaluate
from transparency_check.model import Finding
from transparency_check.packs.model import Duty, ObligationSelector, Reading, Rulebook, Trigger
from transparency_check.times import Moment

# Of so many examples in one judgement, each costs next to nothing; more would only take memory.
TOGETHER = 1000
_MARK = "~"


class Trial(Protocol):
    """A small log, the duties that it is judged by, and as-of, known-at and until.

    ``changed`` stands in place of the duty of the rulebook that has its id.
    """

    @property
    def rules(self) -> frozenset[str]: ...

    @property
    def records(self) -> tuple[bytes, ...]: ...

    @property
    def moments(self) -> tuple[Moment, Moment | None, Moment | None]: ...

    @property
    def changed(self) -> Duty | None: ...


def judge_together(trials: Sequence[Trial], rulebook: Rulebook) -> Iterator[list[Finding] | None]:
    """The findings of each trial, as it would have them alone; None where it cannot share a judgement."""
    by_name = {d.id for d in rulebook.duties if _names_a_municipality(d.model_dump(exclude={"examples"}))}
    for first in range(0, len(trials), TOGETHER):
        numbered = {
            n: trial
            for n, trial in enumerate(trials[first : first + TOGETHER])
            if not trial.rules & by_name and all(b'"municipality":' in r for r in trial.records)
        }
        found = _judged(numbered, rulebook) if len(numbered) > 1 else {}
        yield from (found.get(n) for n in range(len(trials[first : first + TOGETHER])))


def _judged(trials: Mapping[int, Trial], rulebook: Rulebook) -> dict[int, list[Finding]]:
    records: list[bytes] = []
    towns: dict[int, set[str]] = {n: set() for n in trials}
    for n, trial in trials.items():
        for record in trial.records:
            values = orjson.loads(record)
            towns[n].add(values["municipality"])
            records.append(_moved(n, values))
    own_moments = {_own(n, town): _moments(trials[n]) for n in trials for town in towns[n]}
    general = _moments(next(iter(trials.values())))
    book = _shared(trials, towns, rulebook)
    judgement = evaluate(
        records, book, general.as_of, general.known_at, general.until, own_moments=own_moments
    )
    findings: dict[int, list[Finding]] = {n: [] for n in trials}
    for finding in judgement.findings(all=True):
        number, _, municipality = finding.municipality.partition(_MARK)
        trigger = finding.trigger
        if trigger is not None:
            trigger = replace(trigger, event=trigger.event.partition(_MARK)[2])
        rule = finding.rule.partition(_MARK)[0]
        findings[int(number)].append(finding._replace(rule=rule, municipality=municipality, trigger=trigger))
    return findings


def _moments(trial: Trial) -> Moments:
    as_of, known_at, until = trial.moments
    return Moments(as_of, known_at or as_of, until or as_of)


def _moved(n: int, values: dict[str, Any]) -> bytes:
    """The record in the municipality and the file of its own example."""
    for key in ("id", "municipality", "file"):
        if key in values:
            values[key] = _own(n, values[key])
    return orjson.dumps(values)


def _own(n: int, name: str) -> str:
    return f"{n:04}{_MARK}{name}"


def _shared(
    trials: Mapping[int, Trial], towns: Mapping[int, Collection[str]], rulebook: Rulebook
) -> Rulebook:
    """The rulebook in which every trial has municipalities of its own, bound by its duties only."""
    municipalities = [
        m.model_copy(update={"id": _own(n, m.id)})
        for n in trials
        for m in rulebook.municipalities
        if m.id in towns[n]
    ]
    by_id = {d.id: d for d in rulebook.duties}
    # Trials that judge by the same law: that of the rulebook, or one with a certain mutant in it.
    laws: dict[int, list[int]] = {}
    for n, trial in trials.items():
        laws.setdefault(0 if trial.changed is None else id(trial.changed), []).append(n)
    duties: list[Duty] = []
    for law, (key, numbers) in enumerate(laws.items()):
        changed = trials[numbers[0]].changed
        bound: dict[str, list[int]] = {}
        for n in numbers:
            for rule in trials[n].rules:
                bound.setdefault(rule, []).append(n)
        for rule in sorted(bound):
            duty = changed if changed is not None and changed.id == rule else by_id[rule]
            names = [
                _own(n, town)
                for n in bound[rule]
                for town in sorted(towns[n])
                if duty.municipalities is None or town in duty.municipalities
            ]
            duty = duty.model_copy(update={"municipalities": names})
            duties.append(_renamed(duty, {r: f"{r}{_MARK}{law}" for r in bound}) if key else duty)
    duties.sort(key=lambda d: d.id)
    return rulebook.model_copy(update={"municipalities": municipalities, "duties": duties})


def _renamed(duty: Duty, names: Mapping[str, str]) -> Duty:
    """The duty under another id, which speaks of other duties by their other ids."""
    readings: list[Reading] = [
        r if r.trigger is None else r.model_copy(update={"trigger": _retold(r.trigger, names)})
        for r in duty.readings
    ]
    return duty.model_copy(
        update={
            "id": names[duty.id],
            "replaces": names.get(duty.replaces or "", duty.replaces),
            "trigger": None if duty.trigger is None else _retold(duty.trigger, names),
            "readings": readings,
        }
    )


def _retold(trigger: Trigger, names: Mapping[str, str]) -> Trigger:
    if trigger.obligation is not None:
        return trigger.model_copy(update={"obligation": names.get(trigger.obligation, trigger.obligation)})
    if trigger.any_of is None:
        return trigger
    sources = [
        s.model_copy(update={"obligation": names.get(s.obligation, s.obligation)})
        if isinstance(s, ObligationSelector)
        else s
        for s in trigger.any_of
    ]
    return trigger.model_copy(update={"any_of": sources})


def _names_a_municipality(value: Any) -> bool:
    """Whether some condition tests the municipality itself."""
    if isinstance(value, dict):
        test = value.get("municipality", "official_languages")
        return test != "official_languages" or any(_names_a_municipality(v) for v in value.values())
    return isinstance(value, list) and any(_names_a_municipality(v) for v in value)
