"""Large logs are judged in parts of the municipalities, side by side; nothing but the time shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest

from reference.questions import PACKS, Question, ask
from transparency_check.engine import Judgement, evaluate, prepared
from transparency_check.times import read_time

_MOST = {"fulfilled": 1, "violated": 2, "undetermined": 2, "pending": 3}


@contextmanager
def _cores(monkeypatch: pytest.MonkeyPatch, cores: int) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(prepared, "_WORTH_A_PART", 1)
        patch.setattr(prepared, "_cores", lambda: cores)
        yield


def _judged(question: Question) -> Judgement:
    zone = ZoneInfo(question.rulebook.zone)
    texts = (question.as_of, question.known_at, question.until)
    as_of, known_at, until = (None if text is None else read_time(text, zone) for text in texts)
    assert as_of is not None
    lines = [json.dumps(record).encode() for record in question.records]
    return evaluate(lines, question.rulebook, as_of, known_at, until)


@pytest.mark.parametrize("seed", range(7_102, 7_108))
def test_parts_say_what_the_whole_says(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    question = ask(seed, PACKS[seed % len(PACKS)], 90)
    with _cores(monkeypatch, 1):
        whole = _judged(question)
    with _cores(monkeypatch, 3):
        parts = _judged(question)
    assert len(whole._engines) == 1
    assert len(parts._engines) == min(3, max(1, len(whole.municipalities())))
    findings = whole.findings()
    assert parts.findings() == findings
    assert parts.sample(_MOST) == whole.sample(_MOST)  # type: ignore[arg-type]
    assert parts.counts() == whole.counts()
    assert parts.versions() == whole.versions()
    assert parts.municipalities() == whole.municipalities()
    assert parts.problems == whole.problems
    assert parts.events == whole.events
    for finding in findings[:: max(1, len(findings) - 1)]:
        assert parts.explain(finding.id) == whole.explain(finding.id)


def test_the_logs_have_several_municipalities_and_unreadable_records() -> None:
    questions = [ask(seed, PACKS[seed % len(PACKS)], 90) for seed in range(7_102, 7_108)]
    assert sum(len({r.get("municipality") for r in q.records}) > 2 for q in questions) > 2
    assert sum(any(not r["readable"] for r in q.records) for q in questions) > 2
