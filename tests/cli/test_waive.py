"""Waivers on the command line: the file that is used, reports that show them, the command that writes one."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from cli.conftest import Run
from reports.test_json import SCHEMA

LOG = str(Path(__file__).parents[2] / "samples/klina/log.jsonl")
NARROW = ("--as-of", "2026-11-20", "--select", "XK-FOI-001")
SAID = (
    "--reason",
    'The "archive" was\nunder water',
    "--approved-by",
    "Mayor, 12/2026",
    "--legal-basis",
    "Art. 17",
)
ACCEPTED = "aa9cebf7728468f2"


@pytest.fixture(autouse=True)
def _office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def waive(run: Run, finding: str = ACCEPTED, until: str = "2026-12-31", *more: str) -> tuple[int, str]:
    result = run("waive", LOG, finding, *NARROW, *SAID, "--until", until, *more)
    return result.exit_code, " ".join((result.stderr or result.stdout).split())


def test_what_is_waived_is_marked_everywhere_and_no_longer_fails(run: Run, tmp_path: Path) -> None:
    assert run("check", LOG, *NARROW, "--case", "qasja-2026-02").exit_code == 1
    assert waive(run) == (0, f"{ACCEPTED} (XK-FOI-001) is accepted until 2026-12-31: waivers.toml.")
    shown = run("check", LOG, *NARROW, "--case", "qasja-2026-02")
    assert shown.exit_code == 0
    assert "Violations accepted by a waiver (1)" in shown.stdout
    assert "No violations that are not accepted." in shown.stdout
    assert run("check", LOG, *NARROW, "--case", "qasja-2026-02", "--no-waivers").exit_code == 1
    report = json.loads(run("check", LOG, *NARROW, "--format", "json").stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    (waived,) = (f for f in report["findings"] if f["waiver"])
    assert waived["id"] == ACCEPTED
    assert waived["waiver"] == {
        "reason": 'The "archive" was\nunder water', "approved_by": "Mayor, 12/2026", "legal_basis": "Art. 17",
        "until": "2026-12-31", "place": "waivers.toml:4",
    }  # fmt: skip
    assert "Accepted until 2026-12-31 by Mayor, 12/2026 (Art. 17)" in waived["message"]
    assert [e["state"] for e in report["waivers"]["entries"]] == ["used"]
    assert report["summary"]["waived"] == 1
    counts = json.loads(run("check", LOG, *NARROW, "--format", "counts").stdout)
    assert counts["summary"]["waived"] == 1
    assert "Accepted until" in run("check", LOG, *NARROW, "--format", "csv").stdout
    assert "Accepted until" in run("explain", LOG, ACCEPTED, "--as-of", "2026-11-20").stdout


def test_entries_are_added_and_what_stands_there_stays(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "waivers.toml"
    file.write_text("# Decided by the board", encoding="utf-8")
    assert waive(run)[0] == 0
    assert waive(run, "87140ff5")[0] == 0
    assert file.read_text(encoding="utf-8").startswith(
        "# Decided by the board\n\n# violated: XK-FOI-001, kline"
    )
    report = json.loads(run("check", LOG, *NARROW, "--format", "json").stdout)
    assert [(e["state"], e["place"]) for e in report["waivers"]["entries"]] == [
        ("used", "waivers.toml:4"), ("used", "waivers.toml:14"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("finding", "until", "said"),
    [
        ("3513962", "2026-12-31", "is pending: only a violation can be accepted"),
        ("ffffffff", "2026-12-31", "no finding"),
        (ACCEPTED, "2026-11-19", "lies before"),
        (ACCEPTED, "soon", "--until"),
    ],
    ids=["no violation", "no finding", "over before it begins", "no day"],
)
def test_what_cannot_be_waived(run: Run, tmp_path: Path, finding: str, until: str, said: str) -> None:
    code, message = waive(run, finding, until)
    assert (code, (tmp_path / "waivers.toml").exists()) == (2, False)
    assert said in message


def test_nothing_is_waived_twice_while_it_holds(run: Run) -> None:
    assert waive(run)[0] == 0
    code, message = waive(run)
    assert code == 2
    assert "is accepted already, until 2026-12-31: waivers.toml:4" in message


@pytest.mark.parametrize("content", ["[[waivers]", 'waivers = "none"'], ids=["no TOML", "no list"])
def test_a_file_that_is_broken_is_not_written_to_and_waives_nothing_8_4(
    run: Run, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "waivers.toml"
    file.write_text(content, encoding="utf-8")
    code, message = waive(run)
    assert (code, file.read_text(encoding="utf-8")) == (2, content)
    assert "waivers.toml:1: " in message
    shown = run("check", LOG, *NARROW)
    assert shown.exit_code == 2
    assert "Violations that can still be cured (2)" in shown.stdout
    assert "Violations that are final (1)" in shown.stdout
    assert "every violation counts" in " ".join(shown.stdout.split())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--waivers", "there.toml"), "could not be read"),
        (("--waivers", "."), "are no file"),
        (("--waivers", "w.toml", "--no-waivers"), "exclude each other"),
        (("--output", "waivers.toml"), "which are an input"),
    ],
)
def test_mistakes(run: Run, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    (tmp_path / "waivers.toml").touch()
    result = run("check", LOG, *NARROW, *options)
    assert result.exit_code == 2
    assert said in result.stderr
