import csv
import io

import pytest

from reports.conftest import Write
from reports.made import LATE, SUPERSEDED, replace, report
from transparency_check.reports.csv import COLUMNS


def rows(shown: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(shown, newline="")))


def test_one_row_a_finding(write: Write) -> None:
    (row,) = rows(write(report(LATE, SUPERSEDED), "csv"))
    assert tuple(row) == COLUMNS
    assert (row["rule"], row["outcome"], row["due"], row["late_by"], row["late_unit"]) == (
        "XK-MTG-001", "late", "2026-11-18", "1", "working-day",
    )  # fmt: skip
    assert row["fulfilment_place"] == "log.jsonl:2"
    assert len(rows(write(report(LATE, SUPERSEDED), "csv", everything=True))) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_runs_as_a_formula(write: Write, start: str) -> None:
    (row,) = rows(write(report(replace(LATE, case=f"{start}1+1")), "csv"))
    assert row["case"] == f"'{start}1+1"


def test_quotes_and_line_breaks_survive(write: Write) -> None:
    (row,) = rows(write(report(replace(LATE, case='a"b,c\nd')), "csv"))
    assert row["case"] == 'a"b,c\nd'
