"""Settings for the logs under a path: which findings they are about, and what they do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from configuration.conftest import REQUEST, SCHEDULED, Office
from reports.made import COUNTED, LATE, VIOLATED, report
from transparency_check.cli import application
from transparency_check.configuration.paths import PathRule, matches, placed
from transparency_check.model import Evidence, Setting
from transparency_check.report import exit_code


@pytest.mark.parametrize(
    ("pattern", "log", "under"),
    [
        ("archive", "archive/2019.jsonl", True),
        ("archive/", "archive/a/b.csv", True),
        ("./archive", "archive/2019.jsonl", True),
        ("archive", "archives/2019.jsonl", False),
        ("archive/*.csv", "archive/2019.csv", True),
        ("archive/*.csv", "archive/2019.jsonl", False),
        ("*/2019.csv", "archive/2019.csv", True),
        ("log.jsonl", "log.jsonl", True),
        ("log.jsonl", "other/log.jsonl", False),
        (".", "anything/at.all", True),
        ("../out", "../out/a.csv", True),
        ("archive", "Archive/a.csv", False),
        ("[odd]", "o", True),
    ],
)
def test_what_is_under_a_path(
    pattern: str, log: str, under: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "office"
    (folder / "inner").mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert matches(pattern, log, folder) is under
    monkeypatch.chdir(folder / "inner")
    assert matches(pattern, f"../{log}", folder) is under
    assert matches(pattern, str((folder / log).resolve()), folder) is under


def rule(pattern: str = "old", **changed: Any) -> PathRule:
    setting = Setting("path", pattern, "x", "c.toml:1", "A", None, "r")
    return PathRule(setting, **{"pattern": pattern, "ignored": frozenset(), "fail_on": "never", **changed})


IN_OLD = Evidence("e1", "old/a.jsonl:3", "2026-11-02", "meeting.scheduled")
IN_SHEET = Evidence("e1", "old/a.xlsx!Sheet1!A3", "2026-11-02", "meeting.scheduled")
IN_NEW = Evidence("e2", "new.jsonl:3", "2026-11-02", "notice.published")
LOGS = ("old/a.jsonl", "old/a.xlsx", "new.jsonl")


@pytest.mark.parametrize(
    ("finding", "files", "meant"),
    [
        pytest.param(VIOLATED._replace(trigger=IN_OLD), LOGS, True, id="its trigger is there"),
        pytest.param(VIOLATED._replace(trigger=IN_SHEET), LOGS, True, id="its trigger is in a sheet there"),
        pytest.param(VIOLATED._replace(trigger=IN_NEW), LOGS, False, id="its trigger is elsewhere"),
        pytest.param(LATE._replace(trigger=IN_OLD, fulfilment=(IN_NEW,)), LOGS, False, id="one elsewhere"),
        pytest.param(LATE._replace(trigger=IN_OLD, fulfilment=(IN_OLD,)), LOGS, True, id="all are there"),
        pytest.param(COUNTED, ("old/a.jsonl",), True, id="nothing shown: all logs there"),
        pytest.param(COUNTED, ("old/a.jsonl", "new.jsonl"), False, id="nothing shown, and one log elsewhere"),
        pytest.param(COUNTED, (), False, id="nothing shown, and no log"),
        pytest.param(
            VIOLATED._replace(trigger=Evidence("e", "?:1", "2026-11-02", "meeting.scheduled")), LOGS, False,
            id="a place of no log",
        ),
    ],
)  # fmt: skip
def test_which_findings_a_path_is_about(
    finding: Any, files: tuple[str, ...], meant: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    by_municipality = {"kline": files} if files else {}
    found = placed([finding], [rule()], tmp_path, LOGS, by_municipality)
    assert (found.findings, dict(found.levels)) == ((finding,), {finding.id: "never"} if meant else {})
    assert found.uses[0].used is meant
    left = placed([finding], [rule(ignored=frozenset({finding.rule}))], tmp_path, LOGS, by_municipality)
    assert left.findings == (() if meant else (finding,))
    assert (left.uses[0].note is not None) is meant
    shown = report(finding, levels=found.levels)
    assert exit_code(shown) == (0 if meant else 1)


def test_the_last_of_several_paths_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    finding = VIOLATED._replace(trigger=IN_OLD)
    rules = [rule(), rule("old/a.jsonl", fail_on="advisory")]
    assert placed([finding], rules, tmp_path, LOGS, {}).levels == {finding.id: "advisory"}
    # A run that is to fail for nothing fails for nothing.
    assert exit_code(report(finding, levels={finding.id: "violation"}), "never") == 0


def test_a_path_leaves_out_and_is_told(office: Office) -> None:
    office.configure(
        '[paths."archive"]\nignore = ["FOI"]\nby = "A. Krasniqi"\nreason = "before the office was set up"\n'
        '[paths."drafts/*.jsonl"]\nfail_on = "never"\nby = "A. Krasniqi"\nreason = "not yet published"\n'
        '[paths."nowhere"]\nfail_on = "never"\nby = "A. Krasniqi"\nreason = "r"\n'
    )
    for folder, record in (("archive", REQUEST), ("drafts", SCHEDULED)):
        (office.folder / folder).mkdir()
        (office.folder / folder / "a.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    args = ("--as-of", "2026-12-01", "--no-plugins", "--select", "XK-FOI-001", "--select", "XK-MTG-001")
    result = office.run("check", "archive", "drafts", *args, "--format", "json")
    found = json.loads(result.stdout)
    assert [f["rule"] for f in found["findings"]] == ["XK-MTG-001"]
    assert found["findings"][0]["outcome"] == "violated"
    uses = {s["subject"]: s for s in found["configuration"]["settings"]}
    assert {name: use["used"] for name, use in uses.items()} == {
        "archive": True, "drafts/*.jsonl": True, "nowhere": False,
    }  # fmt: skip
    assert "1" in uses["archive"]["remark"]
    assert uses["nowhere"]["remark"] == "no log of this run is under it"
    assert uses["drafts/*.jsonl"]["value"] == "fail-on never"
    assert result.exit_code == 0
    assert office.run("check", "archive", "drafts", *args, "--isolated").exit_code == 1
    shown = office.run("check", "archive", "drafts", *args).stdout
    assert "before the office was set up" in " ".join(shown.split())
    assert "archive" in office.run("config", "show", "--no-plugins").stdout
    # What a path hides is not resolved.
    office.run("baseline", "create", "archive", "drafts", *args, "--no-config")
    hidden = json.loads(
        office.run(
            "check", "archive", "drafts", *args, "--baseline", "baseline.json", "--format", "json"
        ).stdout
    )
    assert (hidden["baseline"]["resolved"], len(hidden["baseline"]["unseen"])) == ([], 1)


def test_many_that_are_left_out_hide_none_that_is_not(tmp_path: Path) -> None:
    """A table makes only the first findings of a kind, but not where some of them are left out."""
    archive = tmp_path / "archive"
    archive.mkdir()
    row = (
        '{{"id": "{0}", "type": "request.registered", "time": "2026-03-02", '
        '"municipality": "kline", "case": "{0}"}}\n'
    )
    (archive / "old.jsonl").write_text("".join(row.format(f"a{n:02}") for n in range(40)), "utf-8")
    (tmp_path / "new.jsonl").write_text(row.format("z"), "utf-8")
    config = tmp_path / "transparency-check.toml"
    config.write_text('[paths.archive]\nignore = ["FOI"]\nby = "A"\nreason = "paper"\n', "utf-8")
    logs = [str(archive), str(tmp_path / "new.jsonl")]
    asked = ["--config", str(config), "--as-of", "2026-04-01", "--select", "XK-FOI-001"]
    found = CliRunner().invoke(application, ["check", *logs, *asked])
    assert found.exit_code == 1, found.output
    assert "1 violated" in found.output
