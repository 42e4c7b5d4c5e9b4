"""Whether the examples of a duty would notice a change: of an event in them, or of a number of the duty.

Every example is judged again with one event shifted or gone, and with one number of the duty shifted. A
mutant is killed where an expectation no longer holds. One that survives does so for a reason that is told:
nothing is judged; the duty asks for no time of such a record, or reads none of its type; another example of
the duty notices the same change of such a record, which here lies away from any limit or does not count.
Where none of these holds, no example of the duty would notice the change.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from transparency_check.packs.judged import unjudged
from transparency_check.packs.model import Duty, EventSelector, Example, ObligationSelector, Rulebook
from transparency_check.packs.reads import selectors
from transparency_check.trials.company import judge_together
from transparency_check.trials.examples import Trial, compared, judged_alone, prepared

_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?(.*)", re.DOTALL)
# What a reading lays over the duty, with the key of its number.
_NUMBERS = (("deadline", "n"), ("open_for", "n"), ("count", "at_least"))


# What is done to the time of an event, in the order of ``shifted``.
_CHANGES = ("day_earlier", "day_later", "hour_earlier", "hour_later")


@dataclass(frozen=True)
class Mutation:
    """One change: of the event ``subject`` of an example, or (``example`` None) of a number of the duty."""

    example: str | None
    subject: str
    was: str
    becomes: str | None
    # Of an event: its type, and what was done to it.
    type: str = ""
    change: str = ""


Reason = Literal["not_judged", "not_read", "time_not_asked", "noticed_elsewhere"]


@dataclass
class DutyMutants:
    """What became of the mutants of one duty. ``failing`` are examples that do not hold as they are."""

    rule: str
    killed: int = 0
    # With the reason why nothing changes; None where no example would notice.
    survivors: list[tuple[Mutation, Reason | None]] = field(default_factory=list)
    failing: list[str] = field(default_factory=list)

    @property
    def mutants(self) -> int:
        return self.killed + len(self.survivors)

    @property
    def explained(self) -> int:
        """Survivors that have a reason."""
        return sum(reason is not None for _, reason in self.survivors)


def mutate(duties: Iterable[Duty], rulebook: Rulebook) -> list[DutyMutants]:
    """The mutants of every duty that has examples, in the order of the duties.

    Examples that do not hold are left out: they would seem to kill whatever is done to them.
    """
    with_examples = [d for d in duties if d.examples]
    results = {d.id: DutyMutants(d.id) for d in with_examples}
    originals = _holding(with_examples, rulebook, results)
    asked = [*_of_events(with_examples, originals, rulebook), *_of_numbers(with_examples, originals)]
    survived: dict[tuple[str, Mutation], bool] = {}
    for (mutation, trial), holds in zip(asked, _held([t for _, t in asked], rulebook), strict=True):
        # A number is judged by every example of its duty, and one that notices is enough.
        key = (trial.duty.id, mutation)
        survived[key] = survived.get(key, True) and holds
    noticed = {(rule, m.type, m.change) for (rule, m), alive in survived.items() if not alive}
    by_rule = {d.id: d for d in with_examples}
    for (rule, mutation), alive in survived.items():
        if not alive:
            results[rule].killed += 1
            continue
        seen = (rule, mutation.type, mutation.change) in noticed
        results[rule].survivors.append((mutation, _reason(by_rule[rule], mutation, rulebook, seen)))
    return list(results.values())


def _reason(duty: Duty, mutation: Mutation, rulebook: Rulebook, seen: bool) -> Reason | None:
    """Why the mutant survives; ``seen``: another example notices the same change of such a record."""
    if unjudged(duty) is not None:
        return "not_judged"
    if not mutation.type:
        return None
    declaring = {c.event for c in (rulebook.vocabulary.coverage, rulebook.vocabulary.outage) if c is not None}
    if mutation.type not in declaring and not _reads(duty, mutation.type, rulebook):
        return "not_read"
    if mutation.change != "gone" and (mutation.type in declaring or _timeless(duty, mutation.type)):
        return "time_not_asked"
    return "noticed_elsewhere" if seen else None


def _reads(duty: Duty, event: str, rulebook: Rulebook) -> bool:
    """Whether the duty, or one that starts it, reads events of this type."""
    started_by = [
        by
        for source in (duty.trigger.alternatives if duty.trigger else [])
        if isinstance(source, ObligationSelector) and (by := rulebook.duty(source.obligation)) is not None
    ]
    return any(s.event == event for d in (duty, *started_by) for s in selectors(d))


def _timeless(duty: Duty, event: str) -> bool:
    """Whether it is another moment than the event's own that the duty counts from, or none at all."""
    starts = duty.trigger is not None and any(
        isinstance(s, EventSelector) and s.event == event for s in duty.trigger.alternatives
    )
    if not starts or duty.trigger is None:
        return False
    if duty.shape == "content":
        return True
    anchor = duty.deadline and (duty.deadline.before or duty.deadline.after)
    own = anchor == "time" or anchor is None
    discharging = {s.event for member in (duty.requires.members if duty.requires else []) for s in member}
    return not own and event not in discharging


def _holding(
    duties: Sequence[Duty], rulebook: Rulebook, results: dict[str, DutyMutants]
) -> dict[tuple[str, int], Trial]:
    """The examples that hold, by duty and number."""
    keys = [(d.id, n) for d in duties for n in range(len(d.examples))]
    made = list(zip(keys, prepared(duties, rulebook), strict=True))
    trials = {key: trial for key, trial in made if isinstance(trial, Trial)}
    held = dict(zip(trials, _held(list(trials.values()), rulebook), strict=True))
    for (rule, _), trial in made:
        if not isinstance(trial, Trial):
            results[rule].failing.append(trial.name)
    for key, holds in held.items():
        if not holds:
            results[key[0]].failing.append(trials[key].example.name)
    return {key: trial for key, trial in trials.items() if held[key]}


def _held(trials: Sequence[Trial], rulebook: Rulebook) -> Iterator[bool]:
    for trial, findings in zip(trials, judge_together(trials, rulebook), strict=True):
        found = judged_alone(trial, rulebook) if findings is None else findings
        yield not compared(trial, found).mismatches


# -- events ------------------------------------------------------------------------------------------------


def _of_events(
    duties: Sequence[Duty], originals: dict[tuple[str, int], Trial], rulebook: Rulebook
) -> Iterator[tuple[Mutation, Trial]]:
    for duty in duties:
        changed: list[Example] = []
        mutations: list[Mutation] = []
        for n, example in enumerate(duty.examples):
            if (duty.id, n) in originals:
                for mutation, events in _changed_events(example):
                    mutations.append(mutation)
                    changed.append(example.model_copy(update={"events": events}))
        trials = prepared([duty.model_copy(update={"examples": changed})], rulebook)
        for mutation, trial in zip(mutations, trials, strict=True):
            if isinstance(trial, Trial):
                yield mutation, replace(trial, duty=duty)


def _changed_events(example: Example) -> Iterator[tuple[Mutation, list[dict[str, Any]]]]:
    for at, event in enumerate(example.events):
        name = f"{event.get('id', at + 1)} {event.get('type', '')}".strip()
        before, after = example.events[:at], example.events[at + 1 :]
        was = str(event.get("time", ""))
        kind = str(event.get("type", ""))
        for change, time in zip(_CHANGES, shifted(was), strict=False):
            moved = Mutation(example.name, name, was, time, kind, change)
            yield moved, [*before, {**event, "time": time}, *after]
        yield Mutation(example.name, name, was, None, kind, "gone"), [*before, *after]


def shifted(time: str) -> list[str]:
    """A time a day earlier and later, and an hour where it has a time of day; nothing for what is no time."""
    found = _TIME.fullmatch(time)
    if found is None:
        return []
    try:
        moment = dt.datetime.fromisoformat(found[1] + (found[2] or ""))
        steps = [dt.timedelta(days=-1), dt.timedelta(days=1)]
        if found[2]:
            steps += [dt.timedelta(hours=-1), dt.timedelta(hours=1)]
        moved = [moment + step for step in steps]
    except (ValueError, OverflowError):
        return []
    form = "%Y-%m-%d" + ("" if not found[2] else "T%H:%M:%S" if found[2].count(":") > 1 else "T%H:%M")
    return [m.strftime(form) + found[3] for m in moved]


# -- numbers -----------------------------------------------------------------------------------------------


def _of_numbers(
    duties: Sequence[Duty], originals: dict[tuple[str, int], Trial]
) -> Iterator[tuple[Mutation, Trial]]:
    for duty in duties:
        for mutation, changed in changed_numbers(duty):
            for n in range(len(duty.examples)):
                if (duty.id, n) in originals:
                    yield mutation, replace(originals[duty.id, n], changed=changed)


def changed_numbers(duty: Duty) -> Iterator[tuple[Mutation, Duty]]:
    """The duty with each number that some version and reading is judged by, one less and one more."""
    stating = [any(key in (getattr(r, part) or {}) for part, key in _NUMBERS) for r in duty.readings]
    shared = not stating or not all(stating)
    if shared and any(v.n is None for v in duty.versions):
        for part, key in _NUMBERS:
            value = getattr(duty, part)
            for was, number in _near(None if value is None else getattr(value, key)):
                changed = value.model_copy(update={key: number})
                yield _number(f"{part}.{key}", was, number), duty.model_copy(update={part: changed})
    for index, version in enumerate(duty.versions):
        for was, number in _near(version.n if shared else None):
            versions = list(duty.versions)
            versions[index] = version.model_copy(update={"n": number})
            yield (
                _number(f"versions[{index}].n", was, number),
                duty.model_copy(update={"versions": versions}),
            )
    for index, reading in enumerate(duty.readings):
        for part, key in _NUMBERS:
            overlay = getattr(reading, part) or {}
            for was, number in _near(overlay.get(key)):
                readings = list(duty.readings)
                readings[index] = reading.model_copy(update={part: {**overlay, key: number}})
                yield (
                    _number(f"readings[{reading.name}].{part}.{key}", was, number),
                    duty.model_copy(update={"readings": readings}),
                )


def _near(value: object) -> Iterator[tuple[int, int]]:
    """A number of days with the ones beside it; what is unknown, or 0 (an order), is no number of days."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        yield value, value - 1
        yield value, value + 1


def _number(subject: str, was: int, becomes: int) -> Mutation:
    return Mutation(None, subject, str(was), str(becomes))
