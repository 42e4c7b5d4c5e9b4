"""Large logs are judged in parts of the duties, side by side; nothing but the time shows it."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

import transparency_check.engine as engine_module
from engine.logs import TRIAL, judged, rulebook
from reference.questions import PACKS, Question, ask
from transparency_check import side_by_side
from transparency_check.engine import Judgement, Prepared, evaluate, paging, prepared
from transparency_check.engine.evaluate import Engine
from transparency_check.engine.forms import make_plan
from transparency_check.logs import read_logs
from transparency_check.model import Finding, Outcome, Weight
from transparency_check.packs import load_rulebook
from transparency_check.times import read_time

KLINA = Path(__file__).parents[2] / "samples" / "klina" / "log.jsonl"
REGISTERED = {"type": "request.registered", "time": "2024-10-08"}
_MOST: Mapping[Outcome, int] = {"fulfilled": 1, "violated": 2, "undetermined": 2, "pending": 3}
_LESS: Mapping[Outcome, int] = {"fulfilled": 2, "violated": 1}


@contextmanager
def _cores(monkeypatch: pytest.MonkeyPatch, cores: int) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(prepared, "_WORTH_A_PART", 1)
        patch.setattr(prepared, "_OF_A_KIND", 1)
        patch.setattr(side_by_side, "cores", lambda: cores)
        yield


def _judged(question: Question, most: Mapping[Outcome, int] | None = None) -> Judgement:
    zone = ZoneInfo(question.rulebook.zone)
    texts = (question.as_of, question.known_at, question.until)
    as_of, known_at, until = (None if text is None else read_time(text, zone) for text in texts)
    assert as_of is not None
    lines = [json.dumps(record).encode() for record in question.records]
    return evaluate(lines, question.rulebook, as_of, known_at, until, most=most)


# Of a drawn pack, of Kosovo's with two local ones, and of the trial pack: two or three municipalities.
# Each with pages of so many findings.
SIZES = {7_102: 7, 7_103: 10_000, 7_105: 1}


@cache
def _asked(seed: int) -> Question:
    return ask(seed, PACKS[seed % len(PACKS)], 90)


@pytest.mark.parametrize("seed", SIZES)
def test_parts_say_what_the_whole_says(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    question = _asked(seed)
    with _cores(monkeypatch, 1):
        whole = _judged(question)
    with _cores(monkeypatch, 3):
        parts = _judged(question, _MOST)
    assert len(whole._engines) == 1
    assert 1 < len(parts._engines) <= 3
    findings = whole.findings()
    assert parts.findings() == findings
    # Each part has made this one when it had judged; another one is made when it is asked for.
    assert parts._drawn is not None and whole._drawn is None
    assert parts.sample(_MOST) == whole.sample(_MOST)
    assert parts.sample(_LESS) == whole.sample(_LESS)
    assert parts.counts() == whole.counts()
    assert parts.versions() == whole.versions()
    assert parts.municipalities() == whole.municipalities()
    monkeypatch.setattr(paging, "PAGE", SIZES[seed])
    pages_say_what_the_whole_says(parts, findings)
    assert parts.problems == whole.problems
    assert parts.events == whole.events
    # Of a part that is not the first one, where there are several.
    assert parts.explain(findings[-1].id) == whole.explain(findings[-1].id)


def pages_say_what_the_whole_says(judgement: Judgement, findings: list[Finding]) -> None:
    """Of all rules and of half of them, however often one goes through them."""
    rules = sorted({f.rule for f in findings})
    for chosen in (rules, rules[::2]):
        expected = [f for f in findings if f.rule in chosen]
        found = judgement.paged(chosen)
        assert [*found] == expected
        assert len(found) == len(expected)
        assert found.weights() == Counter(Weight.of(f) for f in expected)
        half = iter(found)
        assert [next(half) for _ in expected[:3]] == expected[:3]
        assert [*found] == expected
        assert all(finding in found for finding in expected[:2])


def test_to_begin_anew_ends_what_went_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", 1)
    records = [{**REGISTERED, "id": name, "case": name} for name in ("q", "r", "s")]
    found = judged(records, "2024-12-01", "XK-FOI-001").paged(["XK-FOI-001"])
    before = iter(found)
    next(before)
    assert len([*found]) == 3
    with pytest.raises(RuntimeError, match="a second time"):
        next(before)


def test_the_logs_have_several_municipalities_and_unreadable_records() -> None:
    questions = [_asked(seed) for seed in SIZES]
    assert sum(len({r.get("municipality") for r in q.records}) > 2 for q in questions) > 1
    assert sum(any(not r["readable"] for r in q.records) for q in questions) > 0


def test_due_dates_counted_before_they_are_asked_for_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the log is laid out: of a log whose rows are proved in bulk, the days are known by then."""
    law = load_rulebook(["kosovo"])
    zone = ZoneInfo(law.zone)

    def found() -> Judgement:
        log = read_logs([KLINA], law.vocabulary, law.municipalities, zone, prove_from=0)
        return evaluate(log.records, law, read_time("2026-11-20", zone), clean=log.clean)

    with _cores(monkeypatch, 1):
        asked = found()
    with _cores(monkeypatch, 2):
        foreseen = found()
    assert not asked.prepared.con.execute("FROM foreseen").fetchall()
    assert len(foreseen.prepared.con.execute("FROM foreseen").fetchall()) > 100
    assert foreseen.findings() == asked.findings()


def test_a_part_that_fails_ends_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption too: nobody waits until the rest is judged for nothing."""
    begun, ended = threading.Barrier(2), []

    def engine(prepared: Prepared, part: list[str], keep: bool) -> None:
        if begun.wait() == 0:
            raise KeyboardInterrupt
        if prepared.over.wait(60):
            ended.append(part)

    records = [{**REGISTERED, "id": town, "municipality": town, "case": town} for town in ("kline", "peje")]
    with _cores(monkeypatch, 2), monkeypatch.context() as patch:
        patch.setattr(engine_module, "Engine", engine)
        with pytest.raises(KeyboardInterrupt):
            judged(records, "2024-12-01", "XK-FOI-001", "XK-FOI-004")
    assert len(ended) == 1


def test_duties_that_rest_on_each_other_stay_together() -> None:
    """Those that begin with an outcome (§4.19), and those of which one takes another's place (§4.2)."""
    plan = make_plan(rulebook(TRIAL))
    of = {rule: bundle for bundle in plan.bundles() for rule in bundle}
    assert of.keys() == plan.duties.keys()
    assert sum(map(len, set(of.values()))) == len(of)
    resting = [(plan.forms[form].rule, rule) for form, rule, _ in plan.sources]
    resting += [(d.id, d.replaces) for d in plan.duties.values() if d.replaces]
    assert len(resting) > 3
    assert all(of[a] is of[b] for a, b in resting)
    assert len(set(of.values())) > 20


def test_what_nobody_waits_for_stops_at_the_next_step() -> None:
    done = judged([{**REGISTERED, "id": "r", "case": "q"}], "2024-12-01", "XK-FOI-001")
    done.prepared.interrupt()
    with pytest.raises(duckdb.InterruptException):
        Engine(done.prepared)
