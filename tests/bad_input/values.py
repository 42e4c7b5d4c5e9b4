"""Dates and ids that are not what they seem: texts that every format can hold, written in each of them.

What is said about a value must not depend on the format that it came in.
"""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from bad_input.registers import register
from readers import foreign_files
from readers.parquet_files import writer
from readers.small_pack import GOOD

COLUMNS = list(GOOD)
NONE: dict[str, Any] = {}


@dataclass(frozen=True)
class Value:
    """A text in a column of a good record; the problem that is told, if any; what the record then holds."""

    name: str
    column: str
    text: str
    code: str = ""
    words: str = ""
    holds: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return f"{self.column}: {self.name}"


def _date(text: str, words: str) -> Value:
    return Value(repr(text), "time", text, "bad_time", words, (("readable", False),))


def _id(name: str, text: str, kept: str | None, code: str = "", words: str = "") -> list[Value]:
    """The same text as id and as case."""
    return [Value(name, column, text, code, words, ((column, kept),)) for column in ("id", "case")]


VALUES = [
    # -- other orders and other signs
    _date("02.11.2026", "the order of day and month is not guessed"),
    _date("02/11/2026", "the order of day and month is not guessed"),
    _date("31.12.2026", "write 2026-12-31"),
    _date("2026/11/02", "write 2026-11-02"),
    _date("20261102", "write 2026-11-02"),
    _date("2026-11-2", "write"),
    _date("02-11-2026", "write"),
    _date("2 nëntor 2026", "characters other than 0-9"),
    _date("2 November 2026", "is not a date that is read"),
    _date("yesterday", "is not a date that is read"),
    _date("2026", "write a date as 2026-03-02"),
    _date("2026-W45", "2026-W45"),
    _date("2026-306", "2026-306"),
    _date("46328", "day number of a spreadsheet"),
    _date("1793574000", "looks like a count since 1970"),
    # -- digits of other scripts, blanks, signs that cannot be seen
    _date("٢٠٢٦-١١-٠٢", "characters other than 0-9"),
    _date("２０２６-11-02", "characters other than 0-9"),
    _date("2026‐11‐02", "characters other than 0-9"),
    _date("2026\u221211\u221202", "characters other than 0-9"),
    _date("\u200f2026-11-02", "characters other than 0-9"),
    _date("\u200e2026-11-02\u200e", "characters other than 0-9"),
    _date(" 2026-11-02", "has blanks around it; write 2026-11-02"),
    _date("2026-11-02\u00a0", "has blanks around it; write 2026-11-02"),
    _date("2026-11-02\n", "has blanks around it; write 2026-11-02"),
    # -- days and times that there are not
    _date("2026-02-29", "there is no such day"),
    _date("2026-13-01", "there is no month 13"),
    _date("2026-00-10", "there is no month 00"),
    _date("2026-11-31", "there is no such day"),
    _date("0000-00-00", "the year 0000 is outside"),
    _date("0026-11-02", "the year 0026 is outside"),
    _date("1899-12-31", "the year 1899 is outside 1990 to 2100"),
    _date("9999-12-31", "the year 9999 is outside 1990 to 2100"),
    _date("2026-11-02T24:00", "2026-11-02T24:00"),
    _date("2026-11-02T10:60", "2026-11-02T10:60"),
    _date("2026-11-02 10:00", "write 2026-11-02T10:00"),
    _date("2026-11-02T10", "2026-11-02T10"),
    _date("2026-11-02T10:00+15:00", "2026-11-02T10:00+15:00"),
    _date("2026-11-02T10:00 CET", "2026-11-02T10:00 CET"),
    _date("2026-03-29T02:30", "the clocks were put forward"),
    # -- hours that there are twice, or elsewhere
    Value("an hour that there is twice", "time", "2026-10-25T02:30", holds=(("day", "2026-10-25"),)),
    Value("a neighbouring day by its offset", "time", "2026-11-02T00:30+14:00", holds=(("day", "2026-11-01"),)),
    # -- ids and cases: as written, but for blanks at the edges and for the composition of characters
    *_id("capitals", "C1", "C1"),
    *_id("taken apart (NFD)", "c\u0327e\u0301", "\u00e7\u00e9"),
    *_id("composed (NFC)", "\u00e7\u00e9", "\u00e7\u00e9"),
    *_id("a compatible letter (K of Kelvin)", "\u212a1", "K1"),
    *_id("a full-width letter", "\uff231", "\uff231"),
    *_id("a mark from right to left", "\u200fc1", "\u200fc1", "invisible", "(U+200F)"),
    *_id("an override of direction", "c1\u202e", "c1\u202e", "invisible", "(U+202E)"),
    *_id("a blank without width", "c\u200b1", "c\u200b1", "invisible", "(U+200B)"),
    *_id("a soft hyphen", "c\u00ad1", "c\u00ad1", "invisible", "(U+00AD)"),
    *_id("a blank that does not break", "c\u00a01", "c\u00a01", "invisible", "(U+00A0)"),
    *_id("blanks at the edges", " c1 ", "c1", "trimmed", "has blanks at its edge"),
    *_id("a blank of another kind at the edge", "c1\u2003", "c1", "trimmed", "has blanks at its edge"),
    *_id("a tab inside", "c\t1", "c\t1", "invisible", "(U+0009)"),
    *_id("a line break inside", "c\n1", "c\n1", "invisible", "(U+000A)"),
    *_id("a formula", "=1+1", "=1+1"),
    *_id("a face", "\U0001f600", "\U0001f600"),
    *_id("30,000 letters", "x" * 30_000, "x" * 30_000),
    Value("blanks", "case", "  ", holds=(("case", None),)),
    Value("nothing", "case", "", holds=(("case", None),)),
]  # fmt: skip


def json_lines(rows: list[dict[str, str]]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def json_document(rows: list[dict[str, str]]) -> bytes:
    return json.dumps(rows).encode()


def table(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def workbook(rows: list[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Log")
        for number, cells in enumerate([dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]):
            for column, name in enumerate(COLUMNS):
                sheet.write_string(number, column, cells[name])
    return out.getvalue()


def columns(rows: list[dict[str, str]]) -> bytes:
    marks = ", ".join("?" * len(COLUMNS))
    names = ", ".join(f'"{name}" VARCHAR' for name in COLUMNS)
    with tempfile.TemporaryDirectory() as folder, writer() as con:
        con.execute(f"CREATE TEMP TABLE log ({names})")
        con.executemany(
            f"INSERT INTO log VALUES ({marks})", [[row[name] for name in COLUMNS] for row in rows]
        )
        path = Path(folder, "log.parquet")
        con.execute(f"COPY log TO '{path.as_posix()}' (FORMAT parquet)")
        return path.read_bytes()


def chain(rows: list[dict[str, str]]) -> bytes:
    return register([json.dumps(row, ensure_ascii=False) for row in rows])


# What writes rows of texts for each reader: a new reader gets its line here.
WRITERS: dict[str, Callable[[list[dict[str, str]]], bytes]] = {
    "jsonl": json_lines,
    "json": json_document,
    "csv": table,
    "sheet": workbook,
    "parquet": columns,
    "register": chain,
    "xes": foreign_files.xes,
    "ocel-json": foreign_files.ocel_json,
    "ocel-xml": foreign_files.ocel_xml,
    "ocel-sqlite": foreign_files.ocel_sqlite,
    "sql": foreign_files.table_file,
    "ics": foreign_files.calendar,
    "ocds": foreign_files.ocds,
}
