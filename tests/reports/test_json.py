import json
from pathlib import Path
from typing import Any

import jsonschema

from reports.conftest import Write
from reports.made import (
    ADVISORY,
    COUNTED,
    DIFFERENT,
    ERROR,
    FAILURE,
    FULFILLED,
    LATE,
    PENDING,
    STOPPED,
    SUPERSEDED,
    VIOLATED,
    WARNING,
    replace,
    report,
)
from transparency_check.model import Problem
from transparency_check.report import Left, Upcoming

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/report.json").read_text(encoding="utf-8"))
EVERYTHING = report(
    LATE, VIOLATED, DIFFERENT, PENDING, STOPPED, FULFILLED, ADVISORY, SUPERSEDED, COUNTED,
    problems=(ERROR, WARNING), rule_errors=(FAILURE,),
)  # fmt: skip


def valid(shown: str) -> Any:
    value = json.loads(shown)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    return value


def test_a_report_satisfies_its_schema(write: Write) -> None:
    assert len(valid(write(EVERYTHING, "json", everything=True))["findings"]) == 9
    assert valid(write(report(), "json"))["summary"]["compliance"] is None


def test_not_applicable_findings_are_left_out_but_counted(write: Write) -> None:
    value = valid(write(EVERYTHING, "json"))
    assert {f["outcome"] for f in value["findings"]} == {
        "late",
        "violated",
        "undetermined",
        "pending",
        "fulfilled",
    }
    assert value["summary"]["outcomes"]["not_applicable"] == 1
    assert value["summary"]["obligations"] == 9


def test_values_of_a_finding(write: Write) -> None:
    (finding,) = valid(write(report(LATE), "json"))["findings"]
    assert finding["late_by"] == {"number": 1, "unit": "working-day"}
    assert finding["version"] == {"instrument": "ai-mlga-04-2023", "from": "2023-12-21", "to": None}
    assert finding["fulfilment"][0]["place"] == "log.jsonl:2"
    assert (
        finding["message"]
        == "A public notice was published on 2026-11-19 09:30 (log.jsonl:2): 1 working day late."
    )


def test_lines_compare_finding_by_finding(write: Write) -> None:
    one, two = (
        write(report(LATE, VIOLATED), "json"),
        write(report(LATE, replace(VIOLATED, provisional=True)), "json"),
    )
    assert sum(a != b for a, b in zip(one.splitlines(), two.splitlines(), strict=True)) == 1


def test_the_selection_and_upcoming_are_echoed(write: Write) -> None:
    value = valid(
        write(
            report(PENDING, until="2026-12-24"),
            "json",
            selection={"select": ("MTG",), "ignore": ()},
            upcoming=Upcoming("2026-12-24", (PENDING,), {PENDING.id: Left(3, 3)}),
        )
    )
    assert value["selection"] == {"select": ["MTG"]}
    assert value["until"] == "2026-12-24"
    assert value["findings"][0]["left"] == {"days": 3, "working_days": 3}


def test_file_names_that_are_not_utf8_are_written_as_escapes(write: Write) -> None:
    broken = Problem("error", "unreadable", "log\udcff.jsonl", "cannot be read", {"name": "log\udcff.jsonl"})
    assert valid(write(report(problems=(broken,)), "json"))["problems"][0]["place"] == "log\\udcff.jsonl"
