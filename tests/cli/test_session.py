"""``session``: the sheet of the sample, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import Result

from cli.conftest import NOTICE, SCHEDULED, Logged, Run

ROOT = Path(__file__).parents[2]
LOG = "samples/session/log.jsonl"
SCHEMA = json.loads((ROOT / "docs/schemas/sheet.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def ask(run: Run, *args: str) -> Result:
    return run("session", LOG, "seanca-2026-12", "--as-of", "2026-11-20", *args)


def valid(shown: str) -> Any:
    value = json.loads(shown)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    return value


def test_the_sample_is_as_its_expectation_says(run: Run) -> None:
    """``samples/session/expected.json`` is worked out by hand; ``why`` says how."""
    expected = json.loads((ROOT / "samples/session/expected.json").read_text(encoding="utf-8"))
    for sheet in expected["sheets"]:
        result = run(
            "session", LOG, sheet["case"], "--as-of", sheet["as_of"], "--format", "json", *sheet["args"]
        )
        assert result.exit_code == 0, result.output
        value = valid(result.stdout)
        got = {
            "code": value["verdict"]["code"],
            "rules": value["verdict"]["rules"], "by": value["verdict"]["by"],
            "open": {
                (i.get("rule") or i["finding"]["rule"]): i["last_working_day"]
                for i in (*value["items"], *value["expected"])
                if i["phase"] == "before" and i["state"] in ("open", "expected")
            },
            "linked": [e["case"] for e in value["linked"]],
        }  # fmt: skip
        assert got == {key: sheet[key] for key in got}, sheet["why"]


def test_the_page_says_the_verdict_first_and_marks_what_is_assumed(run: Run) -> None:
    shown = ask(run)
    assert shown.exit_code == 0
    page = shown.stdout
    order = [
        "Session of the assembly: ordinary",
        "Verdict: undetermined",
        "To do before 2026-12-10 10:00, by last working day (1)",
        "Undetermined (1)",
        "On the day, if it takes place as planned (4)",
        "Done (",
        "What is assumed",
        "Linked cases (3)",
    ]
    places = [page.index(said) for said in order]
    assert places == sorted(places)
    assert 'Follows from what is assumed: "The meeting took place"' in page
    assert max(map(len, page.splitlines())) <= 80


def test_markdown_by_the_name_of_the_output(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "sheet.md"
    assert ask(run, "-o", str(target)).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("# Readiness sheet: seanca-2026-12\n")


@pytest.mark.parametrize("format_name", ["table", "markdown", "json"])
def test_names_from_a_log_cannot_act(run: Run, logged: Logged, format_name: str) -> None:
    hostile = "a\x1b[2J\u202e::error::<script>"
    log = logged({**SCHEDULED, "case": hostile, "related": [f"{hostile}2"]}, {**NOTICE, "case": hostile})
    result = run("session", log, hostile, "--as-of", "2026-11-20", "--format", format_name)
    assert result.exit_code == 0
    assert not set("\x1b\u202e") & set(result.stdout)
    if format_name == "markdown":
        assert "<script>" not in result.stdout
    if format_name == "table":
        assert "::error" not in result.stdout


def test_cures_are_told_with_their_last_day(run: Run, logged: Logged) -> None:
    late = {**NOTICE, "time": "2026-11-20"}
    page = run("session", logged(SCHEDULED, late), "assembly-2026-11", "--as-of", "2026-11-24").stdout
    assert "It then has to be done anew." in " ".join(page.split())
    page = run("session", logged(SCHEDULED, late), "assembly-2026-11", "--as-of", "2026-11-28").stdout
    assert "Not kept; final (" in page
    page = run("session", logged(SCHEDULED), "assembly-2026-11", "--as-of", "2026-11-24").stdout
    said = " ".join(page.split())
    assert "Not kept; can still be cured (3)" in page
    assert "Can be cured by moving the date, by 2026-11-26 at the latest: to 2026-12-04 or later" in said


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([LOG], "Name a log and then the case: session LOG CASE."),
        ([LOG, "seanca-2026-11"], "Did you mean seanca-2026-12?"),
        (["nowhere.jsonl", "seanca-2026-12"], "nowhere.jsonl"),
        ([LOG, "seanca-2026-12", "--with", "act=1"], "--with is written FIELD=VALUE"),
        ([LOG, "seanca-2026-12", "-o", LOG], "is an input"),
    ],
    ids=["no case", "a case that is not there", "a log that is not there", "a field that is not there",
         "the log as output"],
)  # fmt: skip
def test_mistakes(run: Run, args: list[str], message: str) -> None:
    result = run("session", *args, "--as-of", "2026-11-20")
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_input_errors_are_an_exit_code_of_their_own(run: Run, logged: Logged) -> None:
    log = logged(SCHEDULED, NOTICE, {"id": "e3", "type": "notice.published", "time": "soon"})
    result = run("session", log, "assembly-2026-11", "--as-of", "2026-11-20", "--format", "json")
    assert result.exit_code == 2
    assert "input" in json.loads(result.stdout)["verdict"]["lacking"]
