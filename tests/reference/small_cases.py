"""Small cases by hand: a few duties over the vocabulary of the trial pack, and a log of a few rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from string import ascii_uppercase
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.engine import Judgement
from transparency_check.model import Finding
from transparency_check.packs.check_duty import Known
from transparency_check.packs.model import Attribute, Duty, Inheritance, Rulebook
from transparency_check.times import Moment, read_time
from transparency_check.trials.company import judge_together

from . import flat
from .questions import TRIAL, Question, book, judged
from .random_packs import checked
from .verdicts import Verdict

Json = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """Duties over the vocabulary of the trial pack, a log, and what is said of it. The municipality is
    ``north`` where a row names none, and a duty has one version, always in force, where it states none.
    """

    duties: list[Json]
    rows: list[Json]
    as_of: str
    expected: list[tuple[Any, ...]] = field(default_factory=list)
    told: tuple[str, ...] = ("trigger", "outcome", "reasons")
    absent: Json = field(default_factory=dict)
    # Event type to ``inherits`` of the vocabulary.
    inherits: Json = field(default_factory=dict)
    # First and last day of the calendar.
    since: str = "2020-01-01"
    till: str = "2028-12-31"
    # How the rules begin that are looked at.
    rules: str = "XX-TST"
    known_at: str | None = None
    # Name to type of attributes that every event may carry beside those of the vocabulary.
    attributes: Json = field(default_factory=dict)


def rulebook(case: Case, pack: str = "XX") -> Rulebook:
    """The duties, as the checker of packs lets them pass, numbered from XX-TST-001 on; or from YY-TST-001, if
    that is the ``pack``.
    """
    whole = book(TRIAL)
    attributes = {
        name: a.model_copy(update={"absent": case.absent.get(name, a.absent)})
        for name, a in whole.vocabulary.attributes.items()
    }
    attributes |= {name: Attribute.model_validate({"type": kind}) for name, kind in case.attributes.items()}
    inherits = {name: Inheritance.model_validate(stated) for name, stated in case.inherits.items()}
    events = {
        name: e.model_copy(
            update={
                "inherits": inherits.get(name, e.inherits),
                "attributes": [*e.attributes, *case.attributes],
            }
        )
        for name, e in whole.vocabulary.events.items()
    }
    vocabulary = whole.vocabulary.model_copy(update={"attributes": attributes, "events": events})
    instruments = [i.id for i in whole.instruments]
    # What a duty is triggered by or takes the place of is one of these.
    others = [f"{pack}-TST-{n:03}" for n in range(1, len(case.duties) + 1)]
    known = Known(vocabulary, instruments, ["north", "south"], {}, others, ("TST",))
    duties = []
    for n, stated in enumerate(case.duties, start=1):
        plain = {
            "id": f"XX-TST-{n:03}",
            "title": {"en": "A duty"},
            "area": "TST",
            "bearer": "somebody",
            "severity": "violation",
            "versions": [{"instrument": "act-2010", "confidence": "verified"}],
        }
        told = json.loads(json.dumps({**plain, **stated}).replace('"XX-TST-', f'"{pack}-TST-'))
        duty = checked(told, known)
        assert duty is not None, f"the checker of packs refuses {stated}"
        duties.append(duty)
    span = whole.calendar_range.model_copy(
        update={"from_": dt.date.fromisoformat(case.since), "to": dt.date.fromisoformat(case.till)}
    )
    return whole.model_copy(update={"duties": duties, "vocabulary": vocabulary, "calendar_range": span})


def question(case: Case, pack: str = "XX") -> Question:
    """The case as a question to either evaluator."""
    law = rulebook(case, pack)
    rows = [{"municipality": "north", **row} for row in case.rows]
    return Question(law, flat.records(rows, law), case.as_of, case.known_at, None)


def said(case: Case, judge: Callable[[Question], list[Verdict]]) -> list[tuple[Any, ...]]:
    """What an evaluator says: of each verdict what the case tells, sorted."""
    found = [v for v in judge(question(case)) if v.rule.startswith(case.rules)]
    return sorted((tuple(getattr(v, name) for name in case.told) for v in found), key=repr)


def told(case: Case, found: Iterable[Finding]) -> list[tuple[Any, ...]]:
    """What the case tells of findings, sorted as what ``said`` gives."""
    return sorted(
        (tuple(_of(f, name) for name in case.told) for f in found if f.rule.startswith(case.rules)), key=repr
    )


def _of(finding: Finding, name: str) -> Any:
    if name == "trigger":
        return finding.trigger.event if finding.trigger else None
    value = getattr(finding, name)
    return frozenset(value) if name == "possible" else value


def judgement(case: Case) -> Judgement:
    """The engine's judgement of the case."""
    return judged(question(case))


def findings(case: Case) -> list[Finding]:
    """The engine's findings of the rules that the case looks at."""
    return [f for f in judgement(case).findings() if f.rule.startswith(case.rules)]


@dataclass(frozen=True)
class _Trial:
    """A case among others that are judged with it."""

    records: tuple[bytes, ...]
    rules: frozenset[str]
    moments: tuple[Moment, Moment | None, Moment | None]
    changed: Duty | None = None


def together(cases: Mapping[str, Case]) -> dict[str, list[Finding]]:
    """The engine's findings of each case, of all its rules, by its name. They are judged at once, each in
    municipalities of its own: what a judgement costs beside its events is paid once.

    Only of cases that leave the vocabulary and the calendar of the trial pack as they are.
    """
    whole, duties, trials = book(TRIAL), [], []
    zone = ZoneInfo(whole.zone)
    packs = ("".join(letters) for letters in product(ascii_uppercase, repeat=3))
    for case, pack in zip(cases.values(), packs, strict=False):
        asked = question(case, pack)
        assert asked.rulebook.vocabulary == whole.vocabulary
        assert asked.rulebook.calendar_range == whole.calendar_range
        known_at = None if asked.known_at is None else read_time(asked.known_at, zone)
        duties += asked.rulebook.duties
        trials.append(
            _Trial(
                tuple(json.dumps(record).encode() for record in asked.records),
                frozenset(duty.id for duty in asked.rulebook.duties),
                (read_time(asked.as_of, zone), known_at, None),
            )
        )
    found = judge_together(trials, whole.model_copy(update={"duties": duties}))
    by_name = {}
    for name, of_case in zip(cases, found, strict=True):
        assert of_case is not None, f"{name} cannot be judged with others"
        by_name[name] = [f._replace(rule=f"XX{f.rule[3:]}") if f.rule[3:4] == "-" else f for f in of_case]
    return by_name
