"""The command `calendar`: a year as table, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest

from cli.conftest import Run


def test_the_table_tells_months_and_days_off(run: Run) -> None:
    shown = run("calendar", "2026").stdout
    lines = shown.splitlines()
    assert lines[0] == "Working days 2026"
    assert max(map(len, lines)) <= 80
    assert any(line.split() == ["January", "19", "3", "9"] for line in lines)
    assert any(line.startswith("2026-03-20") and "doubtful" in line and "estimated" in line for line in lines)
    assert "tried both ways" in lines[-3] + lines[-2] + lines[-1]


def test_json_has_every_day(run: Run) -> None:
    year = json.loads(run("calendar", "2024", "--format", "json").stdout)
    assert list(year) == ["year", "months", "days"]
    assert len(year["days"]) == 366
    assert sum(m["working"] + m["off"] + m["weekend"] for m in year["months"]) == 366
    (new_year,) = year["days"][0]["rows"]
    assert list(new_year) == ["name", "kind", "off", "status", "source"]
    assert (year["days"][0]["day"], year["days"][6]["weekday"], year["days"][6]["day"]) == (
        "off",
        "Sunday",
        "weekend",
    )


def test_csv_has_a_row_for_each_day(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("calendar", "2025", "--format", "csv").stdout)))
    assert len({row["date"] for row in rows}) == 365
    assert {row["day"] for row in rows} <= {"working", "weekend", "off", "doubtful"}
    assert rows[0]["name_sq"] == "Viti i Ri"


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("2041", "The calendar does not cover 2041: it knows the days from 2009-01-01 to 2040-12-31."),
        ("0", "0 is not in the range"),
        ("next", "'next' is not a valid integer"),
    ],
)
def test_years_that_there_are_not(run: Run, year: str, said: str) -> None:
    result = run("calendar", year)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
