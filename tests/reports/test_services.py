"""GitHub, Azure and GitLab: read back as the services do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reports.conftest import Write
from reports.made import ADVISORY, DIFFERENT, FULFILLED, LATE, NAMES, PENDING, VIOLATED, replace, report
from reports.services import KNOWN, OTHERS, WAIVED, WHOLE, azure_commands, github_commands, many
from transparency_check.errors import UsageError
from transparency_check.fingerprints import fingerprints
from transparency_check.model import Evidence
from transparency_check.report import Upcoming
from transparency_check.reports import github

HOSTILE = "100 % of: a, b; c]\r\n::error::d\n##vso[e]f%0Ag%AZP25"


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(github.SUMMARY, raising=False)


WHAT = "A public notice was published on 2026-11-19 09:30 (log.jsonl:2): 1 working day late."
LOUD = [
    pytest.param(VIOLATED, "error", id="violated"),
    pytest.param(LATE, "error", id="late"),
    pytest.param(ADVISORY, "warning", id="advisory"),
    pytest.param(DIFFERENT, "notice", id="undetermined"),
    pytest.param(OTHERS, "notice", id="a matter of others"),
    pytest.param(WAIVED, "notice", id="waived"),
    pytest.param(FULFILLED, None, id="fulfilled"),
    pytest.param(PENDING, None, id="pending"),
]


@pytest.mark.parametrize(("finding", "level"), LOUD)
def test_github_levels(write: Write, finding: Any, level: str | None) -> None:
    found = [c.name for c in github_commands(write(WHOLE, "github")) if finding.id in c.data]
    assert found == ([level] if level else [])


@pytest.mark.parametrize(("finding", "level"), LOUD)
def test_azure_levels(write: Write, finding: Any, level: str | None) -> None:
    shown = write(WHOLE, "azure")
    found = [c.properties["type"] for c in azure_commands(shown) if finding.id in c.data]
    assert found == ([level] if level in ("error", "warning") else [])
    assert (finding.id in shown) == (level is not None)


@pytest.mark.parametrize(("finding", "level"), LOUD)
def test_gitlab_severities(write: Write, finding: Any, level: str | None) -> None:
    issues = json.loads(write(WHOLE, "gitlab"))
    found = [i["severity"] for i in issues if finding.id in i["description"]]
    severities = {"error": "major", "warning": "minor", "notice": "info"}
    assert found == ([severities[level]] if level else [])


def test_what_an_annotation_says(write: Write) -> None:
    (command,) = github_commands(write(report(LATE), "github"))
    assert command.properties == {
        "file": "log.jsonl", "line": "1", "title": "XK-MTG-001 Public notice of an ordinary assembly meeting",
    }  # fmt: skip
    assert command.data.splitlines() == [
        f"kline, assembly-2026-11 (due 2026-11-18): {WHAT}",
        f"Law: Art. 44; {NAMES.instruments[LATE.instrument]} (source: unverified)",
        f"#{LATE.id}",
    ]


def test_what_an_issue_of_azure_says(write: Write) -> None:
    (command,) = azure_commands(write(report(LATE), "azure"))
    assert command.name == "task.logissue"
    assert command.properties == {
        "type": "error", "sourcepath": "log.jsonl", "linenumber": "1", "code": "XK-MTG-001",
    }  # fmt: skip
    assert command.data.splitlines()[0] == "XK-MTG-001 Public notice of an ordinary assembly meeting"


@pytest.mark.parametrize(("name", "commands"), [("github", github_commands), ("azure", azure_commands)])
def test_hostile_texts_arrive_as_texts(write: Write, name: str, commands: Any) -> None:
    """Nothing that a text says ends a property, adds one, or begins another command."""
    trigger = Evidence("e1", f"{HOSTILE}.jsonl:3", "2026-11-02", "meeting.scheduled")
    odd = replace(VIOLATED, rule=HOSTILE, case=HOSTILE, trigger=trigger, message=HOSTILE)
    (command,) = commands(write(report(odd), name))
    shown = r"100 % of: a, b; c] \u003a:error\u003a:d \u0023#vso[e]f%0Ag%AZP25"
    values = command.properties
    assert values["file" if name == "github" else "sourcepath"] == f"{shown}.jsonl"
    assert values["line" if name == "github" else "linenumber"] == "3"
    assert values["title" if name == "github" else "code"] == shown
    assert f"kline, {shown} (due 2026-11-18): {shown}" in command.data


@pytest.mark.parametrize(("name", "commands"), [("github", github_commands), ("azure", azure_commands)])
def test_ten_of_each_level_are_shown_and_the_rest_is_counted(write: Write, name: str, commands: Any) -> None:
    shown = write(report(*many(12), replace(ADVISORY, case="zz"), more={f"{0:016x}": 30}), name)
    levels = [c.properties.get("type", c.name) for c in commands(shown)]
    assert levels == ["error"] * 10 + ["warning"]
    assert shown.splitlines()[-1] == (
        "transparency-check: 42 errors, 1 warning, 0 notices. Shown are at most 10 of each, the most serious "
        "first; --format json=FILE holds all."
    )


def test_new_ones_come_first_and_known_ones_are_marked(write: Write) -> None:
    commands = github_commands(write(KNOWN, "github"))
    (known,) = [c for c in commands if VIOLATED.id in c.data]
    assert known.name == "notice"
    assert "Known before: it stands in the baseline." in known.data
    levels = [c.name for c in commands]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)


@pytest.mark.parametrize("name", ["github", "azure"])
def test_what_comes_is_told_as_notices(write: Write, name: str) -> None:
    shown = write(WHOLE, name, upcoming=Upcoming("2026-12-31", (PENDING,), {}))
    assert PENDING.id in shown
    assert VIOLATED.id not in shown
    assert "1 notice." in shown


# -- the summary of a step --------------------------------------------------------------------------------


def test_the_summary_of_the_step_is_the_report_in_markdown(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("earlier\n", encoding="utf-8")
    monkeypatch.setenv(github.SUMMARY, str(summary))
    alone = write(WHOLE, "markdown")
    assert "# " not in write(WHOLE, "github").splitlines()[0]
    assert summary.read_text("utf-8") == f"earlier\n{alone}"


@pytest.mark.parametrize("filled", [0, 30_000, 79_990])
def test_the_summary_of_the_step_has_room_for_so_much(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled: int
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * filled)
    monkeypatch.setenv(github.SUMMARY, str(summary))
    monkeypatch.setattr(github, "ROOM", 80_000)
    findings = [
        replace(VIOLATED, id=f"{n:016x}", rule=f"XK-MTG-{n:03}", bearer="b" * 300) for n in range(400)
    ]
    write(report(*findings), "github")
    written = summary.read_bytes()[filled:].decode()
    assert len(written.encode()) + filled <= 80_000
    if filled < 79_000:
        assert written.endswith("has no room for the rest; --format html=FILE holds all of it.\n")
        assert written.count("XK-MTG-") > 10
    else:
        assert written == ""


def test_a_summary_that_cannot_be_written_is_told(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(github.SUMMARY, str(tmp_path))
    with pytest.raises(UsageError, match="could not be written"):
        write(WHOLE, "github")


# -- GitLab -----------------------------------------------------------------------------------------------


def test_every_issue_has_what_gitlab_needs(write: Write) -> None:
    issues = json.loads(write(WHOLE, "gitlab"))
    for issue in issues:
        assert set(issue) == {"type", "check_name", "description", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert re.fullmatch("[0-9a-f]{32}", issue["fingerprint"])
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith(("/", "./"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert [i["severity"] for i in issues[:2]] == ["critical", "critical"], (
        "what could not be read comes first"
    )


def test_fingerprints_of_gitlab_are_those_of_the_findings(write: Write) -> None:
    known = fingerprints(WHOLE.findings)
    issues = json.loads(write(WHOLE, "gitlab"))
    (issue,) = [i for i in issues if VIOLATED.id in i["description"]]
    assert issue["fingerprint"] == known[VIOLATED.id]
    assert issue["location"] == {"path": "log.jsonl", "lines": {"begin": 1}}


def test_no_issues_are_an_empty_list(write: Write) -> None:
    assert json.loads(write(report(FULFILLED), "gitlab")) == []
