"""The first findings of each kind and the numbers of all agree with the findings themselves."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reference.questions import TRIAL, ask
from transparency_check.engine import Judgement, evaluate
from transparency_check.model import Finding
from transparency_check.times import read_time

SEEDS = (3, 5, 11)
MOST = [{"violated": 1, "undetermined": 2}, {"fulfilled": 3, "not_applicable": 1, "late": 1}, {}]


@cache
def judgement(seed: int) -> Judgement:
    question = ask(seed, TRIAL, 250)
    zone = ZoneInfo(question.rulebook.zone)
    as_of, known_at, until = (
        t and read_time(t, zone) for t in (question.as_of, question.known_at, question.until)
    )
    assert as_of is not None
    return evaluate(
        [json.dumps(r).encode() for r in question.records],
        question.rulebook,
        as_of,
        known_at or None,
        until or None,
    )


def kind(finding: Finding) -> tuple[Any, ...]:
    """What findings have in common of which a report shows the first."""
    movable = finding.outcome == "violated" and finding.cure is not None and finding.cure["kind"] == "move"
    cured = finding.curable if finding.outcome == "violated" else None
    return finding.rule, finding.instrument, finding.outcome, cured, finding.id if movable else None


def place(finding: Finding) -> tuple[str, str, str]:
    return finding.municipality, finding.case or "", finding.period or ""


@pytest.mark.parametrize("most", MOST, ids=lambda most: ", ".join(most) or "all of them")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_sample_has_the_first_of_each_kind_and_says_how_many_others(
    seed: int, most: dict[Any, int]
) -> None:
    every = judgement(seed).findings()
    kinds: dict[tuple[Any, ...], list[Finding]] = defaultdict(list)
    for finding in every:
        kinds[kind(finding)].append(finding)
    expected = []
    left_out = {}
    for found in kinds.values():
        # Advice about entries made late is given whole.
        limit = most.get(found[0].outcome, len(found)) if found[0].rule != "TC-REC-001" else len(found)
        # Those that stand at the place of the last one are shown with it.
        shown = [f for f in found if place(f) <= place(found[min(limit, len(found)) - 1])]
        expected += shown
        if len(shown) < len(found):
            left_out[kind(shown[0])] = len(found) - len(shown)
    sample = judgement(seed).sample(most)
    by_id = {f.id: f for f in every}
    assert sample.findings == [f for f in every if f in expected]
    assert {kind(by_id[id_]): n for id_, n in sample.more.items()} == left_out


@pytest.mark.parametrize("seed", SEEDS)
def test_counts_versions_and_municipalities_are_those_of_the_findings(seed: int) -> None:
    every = judgement(seed).findings()
    assert judgement(seed).counts() == Counter((f.rule, f.outcome) for f in every)
    assert {f.municipality for f in every} <= set(judgement(seed).municipalities())
    assert {rule for rule, _ in judgement(seed).versions()} == {
        f.rule for f in every if f.rule != "TC-REC-001"
    }
    assert judgement(seed).findings(all=False) == [f for f in every if f.outcome != "not_applicable"]


def test_the_logs_have_something_to_leave_out() -> None:
    assert {f.outcome for seed in SEEDS for f in judgement(seed).findings()} >= {
        *("fulfilled", "late", "violated", "undetermined", "not_applicable"),
    }
    assert all(judgement(seed).sample(MOST[0]).more for seed in SEEDS)
