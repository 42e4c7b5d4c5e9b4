"""Calendars for the tests of legal time: Kosovo's as shipped, and small ones made by hand."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from calendar_rows import make_row

from transparency_check.calendars import Calendar
from transparency_check.packs.model import CalendarRow, Text

PACK = Path(__file__).parents[2] / "rules" / "kosovo"


@pytest.fixture(scope="session")
def kosovo_rows() -> list[CalendarRow]:
    with (PACK / "calendar.csv").open(encoding="utf-8", newline="") as file:
        return [
            CalendarRow.model_validate(
                {
                    "date": row["date"],
                    "name": Text(en=row["name_en"], sq=row["name_sq"], sr=row["name_sr"]),
                    "kind": row["kind"],
                    "off": row["off"],
                    "status": row["status"],
                    "source": row["source"],
                }
            )
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="session")
def kosovo(kosovo_rows: list[CalendarRow]) -> Calendar:
    return Calendar(kosovo_rows, dt.date(2009, 1, 1), dt.date(2040, 12, 31))


@pytest.fixture(scope="session")
def plain() -> Calendar:
    """Monday to Friday, no day off, 1990 to 2100."""
    return Calendar([], dt.date(1990, 1, 1), dt.date(2100, 12, 31))


@pytest.fixture(scope="session")
def mixed() -> Calendar:
    """2025 and 2026 with a day off of every kind, a worked Saturday, and doubtful days side by side."""
    rows = [
        make_row("2025-01-01"),
        make_row("2025-03-31", status="estimated", name="Lunar"),
        make_row("2025-04-01", off="uncertain", status="uncertain", name="Perhaps"),
        make_row("2025-04-05", off="working", name="Worked Saturday"),
        make_row("2025-05-01"),
        make_row("2025-05-01", off="working", name="Worked all the same"),
        make_row("2025-05-02", off="no", name="Feast without rest"),
        make_row("2025-05-05", off="no"),
        make_row("2025-05-05", name="Second"),
        make_row("2025-06-06", status="estimated", name="Lunar"),
        make_row("2025-06-06", off="uncertain", status="uncertain", name="Perhaps"),
        make_row("2025-06-09", status="estimated", name="Lunar"),
        make_row("2025-06-09", name="Certain too"),
        make_row("2025-06-14", status="estimated", name="Lunar Saturday"),
        make_row("2025-11-28", off="uncertain", status="uncertain", name="Perhaps"),
        *(make_row(f"2025-12-{day}") for day in range(22, 32)),
        make_row("2026-03-20", status="estimated", name="Lunar"),
    ]
    return Calendar(rows, dt.date(2025, 1, 1), dt.date(2026, 12, 31))
