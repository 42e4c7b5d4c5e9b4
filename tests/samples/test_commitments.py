"""Law and own commitments of three municipalities: each bound by its own documents, and both told apart."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "samples" / "commitments"


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", "transparency_check", "check", "log.jsonl", "--as-of", "2026-11-20"]
    done = subprocess.run(
        [*command, *arguments], cwd=FOLDER, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


@cache
def report() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("--format", "json", "--all"))
    return found


# Expected by hand. XK-MTG-001: seven working days before Fri 25 January 2019 are 24-21 and 18-16 January.
VERDICTS = [
    ("kllokot", "XK-MTG-001", "skupstina-2019-01", "fulfilled", "2019-01-16"),
    ("kllokot", "KLO-MTG-006", "2019-01", "fulfilled", "2019-01-31"),
    ("kllokot", "KLO-MTG-006", "2019-02", "violated", "2019-02-28"),
    ("kllokot", "KLO-MTG-006", "2020-02", "undetermined", "2020-02-29"),
    ("kllokot", "KLO-MTG-007", "skupstina-2019-01", "fulfilled", "2019-01-25"),
    # The meetings of the assembly are broadcast from 2020 on.
    ("kllokot", "KLO-PAR-007", "2019", "violated", "2019-12-31"),
    ("kline", "KLI-MTG-001", "2023-03-31", "fulfilled", "2023-03-31"),
    ("kline", "XK-PAR-001", "2023", "violated", "2023-12-31"),
    ("peje", "ZKK-MTG-001", "kuvendi-2015-04", "fulfilled", "2015-04-10"),
    ("peje", "XK-PAR-001", "2015", "violated", "2015-12-31"),
]


@pytest.mark.parametrize(("municipality", "rule", "about", "outcome", "due"), VERDICTS)
def test_verdict(municipality: str, rule: str, about: str, outcome: str, due: str) -> None:
    found = [
        f
        for f in report()["findings"]
        if (f["municipality"], f["rule"]) == (municipality, rule) and about in (f["case"], f["period"])
    ]
    assert [(f["outcome"], f["due"]) for f in found] == [(outcome, due)]
    assert found[0]["commitment"] == (not rule.startswith("XK-"))


def test_each_document_binds_its_own_municipality_4_2() -> None:
    binding = {(f["rule"].split("-")[0], f["municipality"]) for f in report()["findings"] if f["commitment"]}
    assert binding == {("KLO", "kllokot"), ("KLI", "kline"), ("ZKK", "peje")}


def test_own_commitments_are_advisory_and_have_a_rate_of_their_own_4_18() -> None:
    assert {f["severity"] for f in report()["findings"] if f["commitment"]} == {"advisory"}
    summary = report()["summary"]
    assert summary["compliance"] != summary["commitments"]


def test_the_report_for_people_keeps_them_apart_and_never_calls_them_law() -> None:
    page = run()
    law, rest = page.split("\nOwn commitments not kept; not law (", 1)
    broken = rest.split("\nUndetermined (", 1)[0].split("\nLate or not done by others", 1)[0]
    assert "KLO-PAR-007" in broken
    assert "XK-" not in broken
    assert "  Law: " not in broken
    assert not any(mark in law.split("\nViolations that", 1)[1] for mark in ("KLO-", "KLI-", "ZKK-"))
    assert "Own commitments kept: between" in page
