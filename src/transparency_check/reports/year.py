"""A year of the calendar as a table, JSON and CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from ..messages import text
from ..messages.figures import day as written
from ..messages.language import current
from . import wording
from .cells import spreadsheet, wrapped
from .table import draw_table

if TYPE_CHECKING:
    from ..calendars.year import MonthCount, YearDay
    from ..packs.model import CalendarRow

COLUMNS = ("date", "weekday", "day", "name_en", "name_sq", "name_sr", "kind", "off", "status", "source")
# Columns that the source of a day leaves free, at least.
_BESIDE = 42


def year_object(year: int, months: list[MonthCount], days: list[YearDay]) -> dict[str, Any]:
    """The year for programs: counts of each month, and every day with its rows of the calendar."""
    return {
        "year": year,
        "months": [
            {
                "month": m.month,
                "working": m.working,
                "fewest": m.fewest,
                "most": m.most,
                "off": m.off,
                "weekend": m.weekend,
                "outside": m.outside,
            }
            for m in months
        ],
        "days": [
            {
                "date": d.day.isoformat(),
                "weekday": d.weekday,
                "day": d.kind,
                "rows": [
                    {
                        "name": row.name.model_dump(),
                        "kind": row.kind,
                        "off": row.off,
                        "status": row.status,
                        "source": row.source,
                    }
                    for row in d.rows
                ],
            }
            for d in days
        ],
    }


def year_csv(days: list[YearDay]) -> str:
    """One row a day; a day with several rows of the calendar has several."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for day in days:
        for row in day.rows or (None,):
            cells = [day.day.isoformat(), day.weekday, day.kind, *_cells(row)]
            rows.writerow([spreadsheet(cell) for cell in cells])
    return out.getvalue()


def _cells(row: CalendarRow | None) -> list[str]:
    if row is None:
        return [""] * (len(COLUMNS) - 3)
    names = [row.name.en, row.name.sq or "", row.name.sr or ""]
    return [*names, row.kind, row.off, row.status, row.source]


def year_text(year: int, months: list[MonthCount], days: list[YearDay], width: int) -> str:
    """Counts of each month, then every day that the calendar says something of."""
    counts = [[text(f"month.{m.month}"), _worked(m), str(m.off), str(m.weekend)] for m in months]
    total = text("calendar.total")
    fewest, most = sum(m.fewest for m in months), sum(m.most for m in months)
    worked = _span(sum(m.working for m in months), fewest, most)
    counts.append([total, worked, str(sum(m.off for m in months)), str(sum(m.weekend for m in months))])
    columns = tuple(text(f"calendar.{name}") for name in ("month", "working", "off", "weekend"))
    said = [
        (
            written(d.day),
            text(f"weekday.{d.day.weekday()}"),
            text(f"calendar.day.{d.kind}"),
            wording.status(row.status),
            (row.name.in_language(current()), *([row.source] if row.source else [])),
        )
        for d in days
        for row in d.rows
    ]
    heads = tuple(text(f"calendar.{name}") for name in ("date", "weekday", "day", "status", "what"))
    # Two blanks stand between the five columns.
    beside = max(_BESIDE, sum(max(len(row[i]) for row in [heads, *said]) for i in range(4)) + 8)
    listed = [[*cells, wrapped(what, max(width - beside, 18))] for *cells, what in said]
    parts = [text("calendar.heading", year=year), draw_table(columns, counts, apart=False)]
    if listed:
        parts.append(draw_table(heads, listed, apart=False))
    notes = []
    if most > fewest:
        notes.append(text("calendar.doubtful"))
    if outside := sum(m.outside for m in months):
        notes.append(text("calendar.outside", n=outside))
    return "\n\n".join([*parts, *(wrapped((note,), width) for note in notes)]) + "\n"


def _worked(month: MonthCount) -> str:
    return _span(month.working, month.fewest, month.most)


def _span(shown: int, fewest: int, most: int) -> str:
    return str(shown) if fewest == most else text("calendar.span", n=shown, fewest=fewest, most=most)
