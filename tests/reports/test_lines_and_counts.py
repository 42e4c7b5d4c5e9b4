"""JSON Lines hold what the JSON report holds; counts hold its numbers and name the violations."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

import pytest

from reports.conftest import Write
from reports.made import PENDING
from reports.test_json import EVERYTHING, valid
from transparency_check.report import Upcoming

COMING = Upcoming("2026-12-31", (PENDING,), {})


@pytest.mark.parametrize(
    "options",
    [{"everything": True}, {}, {"upcoming": COMING}],
    ids=["all", "without those that do not apply", "upcoming"],
)
def test_lines_hold_the_json_report(write: Write, options: dict[str, Any]) -> None:
    lines = [json.loads(line) for line in write(EVERYTHING, "jsonl", **options).splitlines()]
    kinds = [line.pop("line") for line in lines]
    assert [kind for kind, _ in groupby(kinds)] == ["head", "finding", "problem"]
    (head,) = (line for kind, line in zip(kinds, lines, strict=True) if kind == "head")
    for name in ("finding", "problem"):
        head[f"{name}s"] = [line for kind, line in zip(kinds, lines, strict=True) if kind == name]
    assert head == valid(write(EVERYTHING, "json", **options))


def test_counts_hold_the_numbers_of_the_json_report(write: Write) -> None:
    counts = json.loads(write(EVERYTHING, "counts"))
    whole = valid(write(EVERYTHING, "json", everything=True))
    findings = whole.pop("findings")
    del whole["problems"]
    named = ("id", "rule", "municipality", "case", "period", "outcome")
    assert counts.pop("violations") == [
        {key: f[key] for key in named} for f in findings if f["outcome"] in ("violated", "late")
    ]
    assert {
        (duty["rule"], outcome): n for duty in counts.pop("rules") for outcome, n in duty["outcomes"].items()
    } == {
        (f["rule"], f["outcome"]): sum(
            (g["rule"], g["outcome"]) == (f["rule"], f["outcome"]) for g in findings
        )
        for f in findings
    }
    assert counts == {**whole, "schema": "transparency-check/counts/1"}


def test_counts_of_what_comes_name_that(write: Write) -> None:
    counts = json.loads(write(EVERYTHING, "counts", upcoming=COMING))
    assert [finding["id"] for finding in counts["coming"]] == [PENDING.id]
    assert "violations" not in counts
