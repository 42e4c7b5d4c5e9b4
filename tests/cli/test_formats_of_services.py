"""The formats for pipelines through the command, on the samples: what is wrong in them arrives."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from cli.conftest import Run
from reports.services import azure_commands, github_commands
from reports.test_junit import read
from reports.test_sarif import run_of

NAMES = ("sarif", "junit", "github", "gitlab", "azure", "xlsx", "json")
SAMPLES = {
    "klina": ("samples/klina/log.jsonl",),
    "broken": ("samples/broken/log.jsonl", "samples/broken/broken.csv"),
    "sheet": ("samples/spreadsheet/regjistri-2026.xlsx",),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written")


@pytest.fixture(params=SAMPLES)
def written(run: Run, folder: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    """A sample in every format of one run, by the names of these; ``code`` is the exit code."""
    sample: str = request.param
    files = {name: folder / f"{sample}.{name}" for name in NAMES}
    if not files["json"].exists():
        formats = [part for name, file in files.items() for part in ("--format", f"{name}={file}")]
        code = run("check", *SAMPLES[sample], "--as-of", "2026-11-20", "--no-config", *formats).exit_code
        (folder / f"{sample}.code").write_text(str(code), encoding="utf-8")
    read_as = {name: file.read_bytes() for name, file in files.items()}
    shown: dict[str, Any] = {n: data if n == "xlsx" else data.decode() for n, data in read_as.items()}
    report = json.loads(shown["json"])
    code = int((folder / f"{sample}.code").read_text("utf-8"))
    return shown | {"report": report, "code": code, "sources": SAMPLES[sample]}


def violations(report: Any) -> list[Any]:
    return [f for f in report["findings"] if f["outcome"] in ("violated", "late")]


def failing(report: Any) -> list[Any]:
    return [f for f in violations(report) if f["severity"] == "violation" and f["binds"] == "municipality"]


def test_sarif(written: dict[str, Any]) -> None:
    run = run_of(written["sarif"])
    report = written["report"]
    results = run["results"]
    found = [r["properties"]["id"] for r in results if "properties" in r]
    attention = [f for f in report["findings"] if f["outcome"] in ("violated", "late", "undetermined")]
    assert sorted(found) == sorted(f["id"] for f in attention)
    assert len(results) - len(found) == len(report["problems"])
    errors = [r for r in results if r["level"] == "error"]
    assert len(errors) == len(failing(report)) + report["summary"]["problems"]["error"]
    assert run["invocations"][0]["exitCode"] == written["code"]
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results}
    assert uris <= set(written["sources"])
    (category, _) = run["automationDetails"]["id"].rsplit("/", 1)
    assert category == "transparency-check/kosovo"


def test_junit(written: dict[str, Any]) -> None:
    suites = list(read(written["junit"]))
    report = written["report"]
    assert sum(s.failures for s in suites) == len(failing(report))
    assert sum(s.errors for s in suites) == report["summary"]["problems"]["error"]
    assert sum(s.tests for s in suites) == len(report["findings"]) + len(report["problems"])
    assert [s.tests for s in suites] == [len(list(s)) for s in suites]


@pytest.mark.parametrize(("name", "commands"), [("github", github_commands), ("azure", azure_commands)])
def test_annotations(written: dict[str, Any], name: str, commands: Any) -> None:
    report, shown = written["report"], written[name]
    errors = len(failing(report)) + report["summary"]["problems"]["error"]
    assert f"transparency-check: {errors} error" in shown
    levels = [c.properties.get("type", c.name) for c in commands(shown)]
    assert levels.count("error") == min(errors, 10)
    files = {c.properties.get("file", c.properties.get("sourcepath")) for c in commands(shown)}
    assert files <= set(written["sources"])


def test_gitlab(written: dict[str, Any]) -> None:
    issues = json.loads(written["gitlab"])
    report = written["report"]
    severities = [issue["severity"] for issue in issues]
    assert severities.count("critical") == report["summary"]["problems"]["error"]
    assert severities.count("major") == len(failing(report))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_workbook(written: dict[str, Any]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written["xlsx"]))
    findings, problems = (len(book.get_sheet_by_name(n).to_python()) - 1 for n in ("Findings", "Problems"))
    report = written["report"]
    assert (findings, problems) == (len(report["findings"]), len(report["problems"]))


def test_the_step_of_github_gets_a_summary(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    args = ("check", SAMPLES["klina"][0], "--as-of", "2026-11-20", "--select", "XK-MTG-001", "--no-config")
    result = run(*args, "--format", "github")
    assert result.stdout.startswith("::error file=samples/klina/log.jsonl,line=58,title=XK-MTG-001")
    assert summary.read_text("utf-8") == run(*args, "--format", "markdown").stdout


def test_in_albanian_and_serbian(run: Run, tmp_path: Path) -> None:
    names = [name for name in NAMES if name != "xlsx"]
    for tag in ("en", "sq", "sr-Latn"):
        formats = [part for name in names for part in ("--format", f"{name}={tmp_path / name}")]
        run(
            "check", SAMPLES["klina"][0], "--as-of", "2026-11-20", "--select", "XK-MTG-001", "--no-config",
            "--lang", tag, *formats,
        )  # fmt: skip
        for name in names:
            said = (tmp_path / name).read_text("utf-8")
            assert ("Nothing recorded by the due date" in said) == (tag == "en"), (name, tag)
        run_of((tmp_path / "sarif").read_text("utf-8"))
