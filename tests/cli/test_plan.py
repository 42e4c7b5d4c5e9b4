"""``plan``: what it shows, what it refuses, and that its events are a log that ``check`` finds nothing in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.conftest import Logged, Run

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/plan.json").read_text(encoding="utf-8"))


def valid(shown: str) -> Any:
    value = json.loads(shown)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    return value


def test_the_events_of_a_plan_are_a_log_in_which_check_finds_every_duty_fulfilled(
    run: Run, logged: Logged
) -> None:
    args = ("plan", "session", "--kind", "ordinary", "--from", "2026-11-20", "--municipality", "kline")
    value = valid(run(*args, "--format", "json").stdout)
    (option,) = value["options"]
    assert (option["lawful_from"], option["judged"]["unmet"]) == ("2026-12-02", [])
    log = logged(*option["events"])
    rules = {d["rule"] for step in option["steps"] for d in step["duties"]}
    select = [word for rule in sorted(rules) for word in ("--select", rule)]
    report = run("check", log, "--as-of", "2026-12-03", "--format", "json", *select)
    assert report.exit_code == 0, report.output
    found = {f["rule"]: f["outcome"] for f in json.loads(report.stdout)["findings"] if f["case"]}
    assert found == dict.fromkeys(sorted(rules), "fulfilled")


def test_kinds_side_by_side_with_what_only_some_of_them_demand(run: Run) -> None:
    shown = run("plan", "session", "--from", "2026-11-20", "--on", "2026-11-27")
    assert shown.exit_code == 0
    page = " ".join(shown.stdout.split())
    assert "Kind On 2026-11-27 Earliest date Conditions" in page
    for said in (
        "2026-11-27 is not lawful: XK-MTG-001 can no longer be kept",
        "(XK-MTG-005)",
        "For any municipality",
    ):
        assert said in page
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_markdown_by_the_name_of_the_output(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    assert run("plan", "request", "--from", "2026-11-20", "--kind", "none", "-o", str(target)).exit_code == 0
    page = target.read_text(encoding="utf-8")
    assert page.startswith("# Plan: request for access to public documents\n")
    assert "| Act by | Step |" in page


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["sesion"], "there are session, consultation, act, request. Did you mean session?"),
        (["session", "--kind", "ordinry"], "Did you mean ordinary?"),
        (["session", "--on", "27.11.2026"], "--on: '27.11.2026' is not written as a date is read"),
        (["session", "--from", "2026-13-01"], "--from: '2026-13-01': there is no month 13"),
        (["session", "--on", "2099-01-01"], "--on 2099-01-01 lies outside the calendar of the pack"),
        (["act", "--with", "consultation_required"], "--with is written FIELD=VALUE"),
        (["act", "--with", "bodi=assembly"], "Did you mean body?"),
        (["act", "--with", "body=asembly"], "body “asembly” is not one of its values"),
        (["session", "--municipality", "Klyne"], "There is no municipality 'Klyne' in the packs used."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_mistakes(run: Run, args: list[str], message: str) -> None:
    result = run("plan", *args, *([] if "--from" in args else ["--from", "2026-11-20"]))
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
