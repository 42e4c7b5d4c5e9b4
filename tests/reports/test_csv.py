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


@pytest.mark.parametrize(
    ("case", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("-1+1", "'-1+1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1+1", "' =1+1"),
        ("\r1+1", " 1+1"),
        (' "=1+1"', '\' "=1+1"'),
        # Where semicolons separate columns, a cell begins behind one.
        ("a;=1+1", "a;'=1+1"),
        ("a; -1+1", "a;' -1+1"),
        ("a - b", "a - b"),
        ("-3", "-3"),
    ],
)
def test_no_cell_runs_as_a_formula(write: Write, case: str, shown: str) -> None:
    (row,) = rows(write(report(replace(LATE, case=case)), "csv"))
    assert row["case"] == shown


def test_quotes_survive_and_a_finding_stays_on_its_line(write: Write) -> None:
    written = write(report(replace(LATE, case='a"b,c\nd')), "csv")
    (row,) = rows(written)
    assert row["case"] == 'a"b,c d'
    assert written.count("\n") == 2
