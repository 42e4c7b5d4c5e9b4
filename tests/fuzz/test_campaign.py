"""The summary of a campaign, and what counts as a finding."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from fuzz import campaign

STATS = {
    "target": "jsonl", "seconds": 60.0, "executions": 120_000, "exceptions": 2, "slowest_seconds": 0.25,
    "findings": [{"key": "x.py:1 KeyError", "file": "finding-1", "size": 3, "what": "Traceback"}],
}  # fmt: skip


def test_the_summary_names_what_was_reached_and_found() -> None:
    quiet = {**STATS, "target": "csv", "exceptions": 0, "findings": [], "slowest_seconds": 0.5}
    lines = campaign.summary([STATS, quiet]).splitlines()
    assert lines[1].split() == ["jsonl", "120,000", "2", "0.250", "s", "1"]
    assert lines[3].split() == ["total", "240,000", "2", "0.500", "s", "1"]
    assert lines[5:7] == ["jsonl: finding-1", "Traceback"]
    assert lines[-1] == (
        "240,000 executions of 2 targets, 120,000 at least (jsonl); 2 exceptions, 1 findings, slowest 0.50 s"
    )


def test_executions_asked_for_and_the_time_that_is_left_add_up() -> None:
    more = {**STATS, "executions": 5, "slowest_seconds": 0.5, "findings": []}
    both = campaign.added(STATS, more)
    assert (both["executions"], both["exceptions"], both["slowest_seconds"]) == (120_005, 4, 0.5)
    assert both["findings"] == STATS["findings"]


@pytest.mark.parametrize(
    ("script", "executions", "keys"),
    [
        ("import sys; sys.exit(0)", 120_000, ["x.py:1 KeyError"]),
        ("import sys; sys.exit(70)", 120_000, ["x.py:1 KeyError", "stopped"]),
        ("open('stopped-timeout-1', 'w').close()", 120_000, ["x.py:1 KeyError", "stopped"]),
    ],
    ids=["it ends in time", "it ends early", "it hangs"],
)
def test_a_process_that_ends_before_its_time_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, executions: int, keys: list[str]
) -> None:
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\nos.chdir(sys.argv[5])\n"
        f"open('stats.json', 'w').write({json.dumps(json.dumps(STATS))})\n{script}\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setattr(campaign.sys, "executable", str(program))
    found = campaign.fuzz("jsonl", 1, tmp_path / "kept", 1)
    assert found["executions"] == executions
    assert [finding["key"] for finding in found["findings"]] == keys


def test_a_process_that_leaves_no_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign.sys, "executable", "/bin/false")
    found = campaign.fuzz("jsonl", 1, tmp_path, 1)
    assert (found["executions"], [f["key"] for f in found["findings"]]) == (0, ["stopped"])
