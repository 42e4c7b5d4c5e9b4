"""One question to both evaluators, and what each answers."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.engine import Judgement
from transparency_check.engine import evaluate as engine_evaluate
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.times import read_time

from .compare import differences
from .evaluator import evaluate as reference_evaluate
from .random_logs import random_log, random_times, some_duties
from .random_packs import random_pack
from .verdicts import Verdict

TRIAL = str(Path(__file__).resolve().parent.parent / "packs" / "trial")
# A pack that is drawn anew for every seed, over the vocabulary of the trial pack.
DRAWN = "drawn"
LOCAL = "kosovo+klina+kllokot"
PACKS = (DRAWN, TRIAL, DRAWN, "kosovo", DRAWN, LOCAL)
Json = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """A log in the record form, the duties it is judged by, and the moments it is judged at."""

    rulebook: Rulebook
    records: list[Json]
    as_of: str
    known_at: str | None
    until: str | None


@dataclass
class Answered:
    """What came of a question: the reference's verdicts, and where the engine's differ from them."""

    verdicts: list[Verdict]
    differences: list[str]


@cache
def book(pack: str) -> Rulebook:
    """A pack by name or folder, or several joined by a plus."""
    return load_rulebook(pack.split("+"), examples=False)


def ask(seed: int, pack: str, size: int) -> Question:
    """The question of a seed about a pack; the same seed gives the same question."""
    rng = random.Random(seed)
    if pack == DRAWN:
        rulebook = random_pack(rng, book(TRIAL), rng.choice((8, 16, 24)))
    else:
        rulebook = some_duties(rng, book(pack), rng.choice((6, 12, 24)))
    records = random_log(rng, rulebook, size)
    return Question(rulebook, records, *random_times(rng, rulebook, records))


def judged(question: Question) -> Judgement:
    """The engine's judgement of a question."""
    zone = ZoneInfo(question.rulebook.zone)
    texts = (question.as_of, question.known_at, question.until)
    as_of, known_at, until = (None if text is None else read_time(text, zone) for text in texts)
    assert as_of is not None
    lines = [json.dumps(r).encode() for r in question.records]
    return engine_evaluate(lines, question.rulebook, as_of, known_at, until)


def ours(question: Question) -> list[Verdict]:
    """The engine's verdicts, in the words of the reference evaluator."""
    return [
        Verdict(
            f.rule,
            f.municipality,
            f.case,
            f.period,
            f.trigger.event if f.trigger else None,
            f.outcome,
            f.reasons,
            frozenset(f.possible),
            f.due,
            f.act_by,
            f.due_range,
            tuple((r.name, r.due, r.outcome) for r in f.readings),
            f.instrument,
            tuple(sorted(e.event for e in f.fulfilment)),
            f.late_by,
        )
        for f in judged(question).findings()
    ]


def theirs(question: Question) -> list[Verdict]:
    """The reference evaluator's verdicts."""
    return reference_evaluate(
        question.records, question.rulebook, question.as_of, question.known_at, question.until
    )


def answer(question: Question, known: list[Verdict] | None = None) -> Answered:
    """Both evaluators' answers side by side. An evaluator that fails is a difference too. ``known``: what the
    reference evaluator said before.
    """
    verdicts = _tried("reference", theirs, question) if known is None else known
    mine = _tried("engine", ours, question)
    if isinstance(verdicts, str) or isinstance(mine, str):
        told = [text for text in (verdicts, mine) if isinstance(text, str)]
        return Answered([] if isinstance(verdicts, str) else verdicts, told)
    told = differences(
        [_comparable(v, question.rulebook) for v in mine],
        [_comparable(v, question.rulebook) for v in verdicts],
    )
    return Answered(verdicts, told)


def _comparable(verdict: Any, rulebook: Rulebook) -> Any:
    """What the semantics fix of a verdict: lateness belongs to late ones, evidence to what was done for a
    trigger. What else a finding shows (of a count, say) is for its reader.
    """
    duty = rulebook.duty(verdict.rule)
    changed: Json = {}
    if verdict.outcome != "late":
        changed["late_by"] = None
    if verdict.outcome not in ("late", "fulfilled") or verdict.period is not None or duty is None:
        changed["fulfilment"] = ()
    if duty is None or duty.shape == "duration":
        changed["act_by"] = None
    if duty is None:
        changed["instrument"] = ""
    if verdict.outcome == "not_applicable":
        # What each reading led to is past asking: the obligation is not owed under any.
        changed["readings"] = ()
    return replace(verdict, **changed) if changed else verdict


def _tried(name: str, judge: Callable[[Question], Any], question: Question) -> Any:
    try:
        return judge(question)
    except Exception as error:
        return f"the {name} fails: {type(error).__name__}: {str(error)[:300]}"
