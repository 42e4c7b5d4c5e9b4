"""The samples, read and judged as a user would have them: every finding worked out by hand must come out.

``counts`` of an ``expected.json`` pins how many findings a rule gives, by outcome; rules not named are free.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from transparency_check.engine import evaluate
from transparency_check.logs import read_logs
from transparency_check.model import Finding, Problem
from transparency_check.packs import load_rulebook
from transparency_check.times import read_time

SAMPLES = Path(__file__).parents[2] / "samples"
LOGS = {
    "klina": ["log.jsonl"],
    "practice": ["log.jsonl"],
    "spreadsheet": ["regjistri-2026.xlsx"],
    "broken": ["log.jsonl", "broken.csv"],
}
# What an expectation may say beside the finding it is about.
CHECKED = ("outcome", "due", "reasons", "due_range", "provisional", "late_by", "curable")


class Judged(NamedTuple):
    findings: list[Finding]
    problems: list[Problem]
    rules: frozenset[str]


def expected(sample: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((SAMPLES / sample / "expected.json").read_text("utf-8"))
    return content


@cache
def judged(sample: str) -> Judged:
    rulebook = load_rulebook(["kosovo"])
    zone = ZoneInfo(rulebook.zone)
    paths = [str(SAMPLES / sample / name) for name in LOGS[sample]]
    log = read_logs(paths, rulebook.vocabulary, rulebook.municipalities, zone)
    as_of = read_time(expected(sample)["as_of"], zone)
    judgement = evaluate(log.records, rulebook, as_of, None, None)
    rules = frozenset(d.id for d in rulebook.duties) | {"TC-REC-001"}
    return Judged(list(judgement.findings(all=True)), [*log.problems, *judgement.problems], rules)


def named(entry: dict[str, Any]) -> str:
    return " ".join(
        str(entry[k]) for k in ("rule", "municipality", "case", "period", "trigger") if k in entry
    )


def matching(findings: list[Finding], entry: dict[str, Any]) -> list[Finding]:
    """The findings that an entry is about."""

    def is_it(finding: Finding) -> bool:
        if any(
            getattr(finding, k) != entry[k] for k in ("rule", "municipality", "case", "period") if k in entry
        ):
            return False
        trigger = finding.trigger
        return ("trigger" not in entry or (trigger is not None and trigger.event == entry["trigger"])) and (
            "trigger_type" not in entry or (trigger is not None and trigger.type == entry["trigger_type"])
        )

    return [f for f in findings if is_it(f)]


def plain(value: object) -> object:
    """Tuples as the lists that JSON has."""
    return [plain(v) for v in value] if isinstance(value, list | tuple) else value


def entries(key: str) -> list[Any]:
    """The expectations of all samples for the duties that the pack holds; they know more of the law."""
    # By the names of the files: to load the pack takes seconds, in every worker that only collects the tests.
    files = (SAMPLES.parent / "rules" / "kosovo" / "duties").rglob("*.yaml")
    rules = {"-".join(file.stem.split("-")[:3]) for file in files} | {"TC-REC-001"}
    return [
        pytest.param(sample, entry, id=f"{sample}: {named(entry)}")
        for sample in LOGS
        for entry in expected(sample)[key]
        if entry["rule"] in rules
    ]


@pytest.mark.parametrize(("sample", "entry"), entries("findings"))
def test_finding(sample: str, entry: dict[str, Any]) -> None:
    found = matching(judged(sample).findings, entry)
    assert len(found) == 1, f"{len(found)} findings: {entry['why']}"
    actual = {k: plain(getattr(found[0], k)) for k in CHECKED if k in entry}
    assert actual == {k: entry[k] for k in CHECKED if k in entry}, entry["why"]


@pytest.mark.parametrize(("sample", "entry"), entries("absent"))
def test_no_finding(sample: str, entry: dict[str, Any]) -> None:
    assert matching(judged(sample).findings, entry) == [], entry["why"]


@pytest.mark.parametrize("sample", LOGS)
def test_counts(sample: str) -> None:
    counted: dict[str, Counter[str]] = {}
    for finding in judged(sample).findings:
        counted.setdefault(finding.rule, Counter())[finding.outcome] += 1
    pinned = expected(sample)["counts"]
    assert pinned
    assert {rule: dict(sorted(counted.get(rule, Counter()).items())) for rule in pinned} == pinned


def test_every_outcome_and_doubt() -> None:
    """The sample of Klina shows every outcome, and an office most of the reasons it will meet."""
    listed = expected("klina")["findings"]
    assert {e["outcome"] for e in listed} == {
        "fulfilled",
        "late",
        "violated",
        "pending",
        "undetermined",
        "not_applicable",
    }
    assert {r for e in listed for r in e["reasons"]} >= {
        "cancelled", "exception", "missing_field", "missing_link", "not_covered", "outage",
        "planned_too_short", "provisional_calendar", "readings_differ", "superseded", "time_of_day",
        "trigger_undetermined",
    }  # fmt: skip


@pytest.mark.parametrize("sample", ["klina", "practice", "spreadsheet"])
def test_clean_samples_have_no_errors(sample: str) -> None:
    assert [p for p in judged(sample).problems if p.severity == "error"] == []


def test_broken_problems() -> None:
    """Each deliberate defect is named at its place, and nothing else is complained of as an error."""
    problems = judged("broken").problems
    listed = expected("broken")["problems"]
    for entry in listed:
        said = [p for p in problems if p.code == entry["code"] and p.place.endswith(entry["place"])]
        assert any(entry["piece"] in p.message for p in said), (entry, [p.message for p in said])
    places = {entry["place"] for entry in listed}
    unlisted = [p for p in problems if p.severity == "error" and not any(p.place.endswith(x) for x in places)]
    assert unlisted == []


def test_unrelated_sheet_is_named() -> None:
    assert [(p.severity, p.code) for p in judged("spreadsheet").problems if "Telefonat" in p.message] == [
        ("warning", "sheet_ignored")
    ]


def test_spreadsheet_is_what_its_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "made.xlsx"
    script = SAMPLES / "spreadsheet" / "make.py"
    subprocess.run([sys.executable, str(script), str(made)], check=True)
    assert made.read_bytes() == (script.parent / "regjistri-2026.xlsx").read_bytes()
