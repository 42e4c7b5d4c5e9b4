"""Wrong usage: one clear line, with the nearest right name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import NOTICE, SCHEDULED, Logged, Run

CASES = [
    (["chekc"], "Did you mean check?"),
    (["rules", "lst"], "Did you mean list?"),
    (["check", "LOG", "--selct", "X"], "--select"),
    (["check", "LOG", "--select", "XK-MGT-001"], "Did you mean XK-MTG-001?"),
    (["check", "LOG", "--ignore", "MTGG"], "Did you mean MTG?"),
    (["rules", "show", "XK-MTG-01"], "Did you mean XK-MTG-001?"),
    (["check", "LOG", "--municipality", "Klinë e Poshtme", "--select", "XK-MTG-001"], "no municipality"),
    (["check", "LOG", "--municipality", "klin", "--select", "XK-MTG-001"], "Did you mean kline?"),
    (["check", "LOG", "--format", "jsn"], "Did you mean json?"),
    (["check", "LOG", "--pack", "kosov"], "kosovo"),
    (["check", "LOG", "--as-of", "1/12/2026"], "--as-of"),
    (["check", "LOG", "--known-at", "tomorrow"], "--known-at"),
    (["check", "LOG", "--from", "2026-13-01"], "--from is a day"),
    (["check", "LOG", "--from", "20260101"], "--from is a day"),
    (["check", "LOG", "--from", "2026-02-01", "--to", "2026-01-01"], "no day is between them"),
    (["upcoming", "LOG", "--within", "a month"], "Write 30d"),
    (["upcoming", "LOG", "--within", "9999w"], "at most 3660 days"),
    (["check"], "Name at least one log"),
    (["check", "no-such-file.jsonl"], "no-such-file.jsonl"),
    (["explain", "LOG", "ffff"], "There is no finding 'ffff'"),
    (["explain", "LOG", "xk-mtg-001"], "XK-MTG-001 is a duty, not a finding."),
    (["explain", "LOG", "XK-MTG-002"], "has none in this log"),
]


@pytest.mark.parametrize(("args", "said"), CASES, ids=[" ".join(args) for args, _ in CASES])
def test_one_line_that_says_what_to_do(run: Run, logged: Logged, args: list[str], said: str) -> None:
    log = logged(SCHEDULED, NOTICE)
    result = run(*(log if a == "LOG" else a for a in args))
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    if "is a duty, not a finding" in said:
        assert "(assembly-2026-11)." in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("Error: ")
    assert not result.stdout


def test_the_nearest_finding_and_an_ambiguous_beginning(run: Run, logged: Logged) -> None:
    log = logged(SCHEDULED, SCHEDULED | {"id": "e9", "case": "assembly-2026-12"})
    found = run("check", log, "--as-of", "2026-11-05", "--select", "XK-MTG-001", "--format", "csv").stdout
    first, second = (line.split(",")[0] for line in found.splitlines()[1:])
    wrong = first[:-1] + ("0" if first[-1] != "0" else "1")
    assert f"Did you mean {first}?" in run("explain", log, wrong, "--as-of", "2026-11-05").stderr
    assert second != first


def test_a_case_that_no_finding_has_is_named(run: Run, logged: Logged) -> None:
    args = ("--as-of", "2026-12-01", "--select", "XK-MTG-001", "--case", "asembly-2026-11")
    result = run("check", logged(SCHEDULED), *args)
    assert result.exit_code == 5
    assert "Did you mean assembly-2026-11?" in result.stderr


def test_a_report_is_never_written_over_a_log(run: Run, logged: Logged, tmp_path: Path) -> None:
    log = logged(SCHEDULED)
    before = Path(log).read_bytes()
    link = tmp_path / "link.json"
    link.symlink_to(log)
    for output in (log, str(tmp_path / "." / "log.jsonl"), str(link)):
        result = run("check", log, "--output", output)
        assert result.exit_code == 2
        assert "is an input" in result.stderr
    inside = run("check", str(tmp_path), "--output", str(tmp_path / "report.json"))
    assert inside.exit_code == 2
    assert "lies in the folder" in inside.stderr
    assert Path(log).read_bytes() == before


def test_an_output_that_cannot_be_written(run: Run, logged: Logged, tmp_path: Path) -> None:
    args = ("check", logged(SCHEDULED), "--select", "XK-MTG-001", "--output")
    assert "is a folder" in run(*args, "/").stderr
    assert "does not exist" in run(*args, str(tmp_path / "none" / "r.json")).stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "args",
    [
        ["check", "LOG", "--select", "XK-MTG-001"],
        ["check", "LOG", "--select", "XK-MTG-001", "--format", "json"],
        ["rules", "list"],
        ["--help"],
    ],
)
def test_an_output_that_takes_no_more(logged: Logged, args: list[str]) -> None:
    log = logged(SCHEDULED, NOTICE)
    command = [sys.executable, "-m", "transparency_check", *(log if a == "LOG" else a for a in args)]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == (
        "Error: The output could not be written: No space left on device. "
        "What was written so far is not complete.\n"
    )


@pytest.mark.parametrize("args", [[], ["rules"], ["plugins"]])
def test_a_group_without_a_command_shows_its_help(run: Run, args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")
    assert "\nCommands:\n" in result.stderr
    assert "Error" not in result.stderr
