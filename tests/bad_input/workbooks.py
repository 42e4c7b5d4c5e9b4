"""Workbooks: damaged, protected and hostile archives; cells that are not what they show."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import xlsxwriter

from bad_input.entry import SEEN, Bad, Told
from readers.test_workbooks import ods

HEADERS = ["id", "type", "time", "municipality", "case", "place", "signatures"]
DAY = dt.date(2026, 11, 2)
ROW = ["e1", "meeting.held", DAY, "kline", "c1", "salla"]
SHEET, TEXTS, TABLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "content.xml"
UNREADABLE = "cannot be read as a spreadsheet: "
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Change = Callable[[bytes], bytes]


def xlsx(
    *rows: list[Any],
    more: Callable[[Any, Any], None] = lambda book, sheet: None,
    headers: Iterable[str] = HEADERS,
    system: int = 1900,
) -> bytes:
    """A workbook with one sheet ``Log``; dates become true date cells."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": system == 1904}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, headers)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)
        more(book, sheet)
    return out.getvalue()


def table(*rows: list[str]) -> bytes:
    """A spreadsheet of LibreOffice with one table ``Log``; all cells are texts."""
    out = io.BytesIO()
    ods(out, *([("string", cell) for cell in row] for row in rows))  # type: ignore[arg-type]
    return out.getvalue()


def changed(data: bytes, changes: dict[str, Change], more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """An archive with some of its parts changed, and others added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in archive.namelist():
            part = archive.read(name)
            found = changes.get(name, lambda same: same)(part)
            assert name not in changes or found != part, name
            made.writestr(name, found)
        for name, part in more:
            made.writestr(name, part)
    return out.getvalue()


def put(old: bytes, new: bytes) -> Change:
    return lambda part: part.replace(old, new, 1)


def into_sheet(xml: bytes) -> bytes:
    """A good workbook with more XML at the end of its rows."""
    return changed(xlsx(ROW), {SHEET: put(b"</sheetData>", xml + b"</sheetData>")})


def with_flag(data: bytes) -> bytes:
    """An archive whose members say that they are encrypted."""
    made = bytearray(data)
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def lying(data: bytes) -> bytes:
    """A workbook of which one part unpacks to more than it says."""
    made = changed(data, {}, [("xl/worksheets/sheet9.xml", b"<x>" + b" " * 5_000_000 + b"</x>")])
    return made.replace((5_000_007).to_bytes(4, "little"), (50).to_bytes(4, "little"))


def bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to 201 MB."""
    out = io.BytesIO(xlsx(ROW))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as file:
        for _ in range(201):
            file.write(bytes(1_000_000))
    return out.getvalue()


GOOD_TABLE = [["id", "type", "time", "municipality", "case"], ["e1", "meeting.held", "2026-11-02", "kline", "c1"]]


def bombs() -> dict[str, bytes]:
    """Small files that ask for more memory than there is, each by another way."""
    huge = b"x" * 1_000_000
    many = b"".join(b"<row r='%d'>%s</row>" % (n, b"<c t='s'><v>0</v></c>" * 10) for n in range(9, 2000))
    cell = b'<table:table-cell table:number-columns-repeated="1" office:value-type="string">'
    row = b"<table:table-row>"
    ods_ = table(*GOOD_TABLE)
    return {
        "a member of 201 MB": bomb(),
        "a cell in the last row and column": into_sheet(b"<row r='9'><c r='XFD1048576'><v>1</v></c></row>"),
        "a far column, and a far row without the place of its cell": into_sheet(
            b"<row r='9'><c r='XFD9'><v>1</v></c></row><row r='1048576'><c><v>1</v></c></row>"
        ),
        "a far cell behind a > in an attribute": into_sheet(
            b"<row r='9'><c s='>' r='XFD1048576'><v>1</v></c></row>"
        ),
        "a far cell under a prefix": into_sheet(
            b"<x:row xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main' r='9'>"
            b"<x:c r='XFD1048576'><x:v>1</x:v></x:c></x:row>"
        ),
        "a row number of twenty digits": into_sheet(b"<row r='9'><c r='C99999999999999999999'><v>1</v></c></row>"),
        "a text of 1 MB in 20,000 cells": changed(
            xlsx(ROW),
            {
                TEXTS: put(b"<si>", b"<si><t>" + huge + b"</t></si><si>"),
                SHEET: put(b"</sheetData>", many + b"</sheetData>"),
            },
        ),
        "four billion texts that are not there": changed(
            xlsx(ROW), {TEXTS: put(b'uniqueCount="', b'uniqueCount="4294967295" x="')}
        ),
        "four billion blanks": changed(ods_, {TABLES: put(b"<text:p>", b'<text:p><text:s text:c="4000000000"/>')}),
        "a text of 1 MB in 10,000 cells of a table": changed(
            ods_, {TABLES: put(cell + b"<text:p>", cell.replace(b'"1"', b'"10000"') + b"<text:p>" + huge)}
        ),
        "a row a hundred million times": changed(
            ods_, {TABLES: put(row, b'<table:table-row table:number-rows-repeated="100000000">')}
        ),
        "empty cells before a full one, in a million rows": changed(
            ods_,
            {
                TABLES: put(
                    row,
                    b'<table:table-row table:number-rows-repeated="1048576">'
                    b'<table:table-cell table:number-columns-repeated="16384"/>'
                    + cell + b"<text:p>x</text:p></table:table-cell></table:table-row>" + row,
                )
            },
        ),
        "entities inside entities": changed(
            xlsx(ROW),
            {
                TEXTS: lambda part: part.replace(
                    b"<sst",
                    b'<!DOCTYPE x [<!ENTITY a "' + b"y" * 1000 + b'">' + b"".join(
                        b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 100) for c in b"bcdefg"
                    ) + b"]><sst", 1,
                ).replace(b"<t>", b"<t>&g;", 1)
            },
        ),
    }  # fmt: skip


# What is told of each of them.
BOMBS = {
    "a member of 201 MB": ("file_too_large", "unpacks to more than 200 MB and is not opened"),
    "a text of 1 MB in 20,000 cells": ("file_too_large", "unpacks to more than 200 MB"),
    "four billion texts that are not there": ("file_unreadable", "declares 4294967295 texts and holds 12"),
    "four billion blanks": ("file_too_large", "unpacks to more than 200 MB"),
    "a text of 1 MB in 10,000 cells of a table": ("file_too_large", "unpacks to more than 200 MB"),
    "entities inside entities": ("file_unreadable", "declares entities, which no spreadsheet program writes"),
}
TOO_WIDE = ("sheet_too_wide", "a stray cell far away is the usual reason")


def _whole(name: str, data: bytes, code: str, words: str, file: str = "") -> Bad:
    return Bad(name, "sheet", data, (Told("", code, words),), (), ({},), file)


def _damaged() -> list[Bad]:
    good = xlsx(ROW)
    closed = table(*GOOD_TABLE)
    return [
        *(_whole(name, data, *BOMBS.get(name, TOO_WIDE)) for name, data in bombs().items()),
        _whole("a member that unpacks to more than it says", lying(good), "file_unreadable", "its archive is damaged"),
        _whole("cut off", good[:-30], "file_unreadable", "its archive is damaged"),
        _whole("half of it", good[: len(good) // 2], "file_unreadable", "its archive is damaged"),
        _whole("encrypted members", with_flag(good), "file_protected", "is protected by a password"),
        _whole("a password, or an old workbook", OLE + bytes(600), "file_protected", "or is an old .xls workbook"),
        _whole("text with the ending of a workbook", b"id;type;time\n", "not_zip", "is not a spreadsheet"),
        _whole("an archive of something else", changed(good, {"xl/workbook.xml": lambda part: b"<x/>"}),
               "file_unreadable", UNREADABLE),
        _whole("a file from outside, by an entity", changed(good, {TEXTS: lambda part: part.replace(
            b"<sst", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst', 1).replace(b"<t>", b"<t>&a;", 1)}),
            "file_unreadable", "declares entities, which no spreadsheet program writes"),
        # The parser would wait for the end of the table.
        _whole("a table without end", changed(closed, {TABLES: put(b"</table:table>", b"</table:tab>")}),
               "file_unreadable", "“content.xml” in it is no XML", "log.ods"),
        _whole("a sheet without end", changed(good, {SHEET: lambda part: part[: part.rfind(b"</row>")]}),
               "file_unreadable", "“xl/worksheets/sheet1.xml” in it is no XML"),
        _whole("a sheet in UTF-16", changed(good, {SHEET: lambda part: part.decode().encode("utf-16")}),
               "file_unreadable", "“xl/worksheets/sheet1.xml” in it is not UTF-8"),
        _whole("one member twice", changed(good, {}, [("xl/Worksheets/sheet1.xml", b"<x/>")]),
               "file_unreadable", "twice"),
        _whole("two sheets of one name", changed(
            xlsx(ROW, more=lambda book, sheet: book.add_worksheet("Other").write_row(0, 0, HEADERS)),
            {"xl/workbook.xml": put(b'name="Other"', b'name="LOG"')}),
            "file_unreadable", "two of its sheets are called “Log”"),
        Bad("a sheet whose part is missing", "sheet",
            changed(good, {"xl/_rels/workbook.xml.rels": put(b"sheet1.xml", b"sheet7.xml")}),
            (Told("Log", "sheet_too_large", "the sheet “Log” cannot be read"),), (), ({},)),
        Bad("a text that is not there", "sheet", changed(good, {SHEET: put(b"<v>8</v>", b"<v>999</v>")}),
            (Told("Log", "sheet_too_large", "the sheet “Log” cannot be read"),), (), ({},)),
        Bad("a column twice", "sheet", xlsx(ROW, headers=[*HEADERS, "Lënda"]),
            (Told("Log!H1", "duplicate_header", "(“case” and “Lënda”)"),), (), ({},)),
        Bad("nothing in it", "sheet", b"", (Told("", "no_rows", "holds no rows"),)),
    ]  # fmt: skip


def _time(name: str, value: Any, *told: Told, system: int = 1900) -> Bad:
    """A row whose time is this value."""
    row = [value if cell is DAY else cell for cell in ROW]
    if told:
        return Bad(name, "sheet", xlsx(row, system=system), told, (), ({**SEEN, "time": None},))
    return Bad(name, "sheet", xlsx(row, system=system), (), ("e1",))


def _formatted(name: str, value: float, number_format: str, *told: Told) -> Bad:
    def write(book: Any, sheet: Any) -> None:
        sheet.write(1, 2, value, book.add_format({"num_format": number_format}))

    seen = ({**SEEN, "time": None},) if told else ()
    return Bad(name, "sheet", xlsx(ROW, more=write), told, () if told else ("e1",), seen)


def _bad_time(words: str) -> Told:
    return Told("Log!C2", "bad_time", words)


def _cells() -> list[Bad]:
    macro = [("xl/vbaProject.bin", OLE + bytes(3000))]

    def failed(book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 6, "=X", None, "#REF!")

    def failed_time(book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 2, "=X", None, "#N/A")

    def formulas(book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 2, "=DATE(2026,11,2)", book.add_format({"num_format": "dd.mm.yyyy"}), 46328)
        sheet.write_formula(1, 4, '="c"&1', None, "c1")

    def merged(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 4, 2, 4, "c1")

    def merged_types(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 1, 2, 1, "meeting.held")

    def hidden(book: Any, sheet: Any) -> None:
        sheet.set_row(1, None, None, {"hidden": True})
        other = book.add_worksheet("Other")
        other.hide()
        other.write_row(0, 0, HEADERS)
        other.write_row(1, 0, ["e2", "meeting.held", "2026-11-03", "kline"])

    second = ["e2", "meeting.held", DAY, "kline", None, "salla"]
    error = b'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error">'
    error = error.replace(b"calcext:", b"xmlns:calcext='urn:x' calcext:")
    return [
        # -- days: true dates, numbers, texts
        _time("a true date", DAY),
        _time("a true date in a workbook that counts from 1904", DAY, system=1904),
        _time("a day as text", "2026-11-02"),
        _time("a day number", 46328, _bad_time("perhaps 2026-11-02 (or 2030-11-03, where days are counted from 1904)")),
        _time("a day number as text", "46328", _bad_time("perhaps 2026-11-02 (or 2030-11-03")),
        _time("a day number in a workbook that counts from 1904", 44866,
              _bad_time("perhaps 2022-11-01 (or 2026-11-02, where days are counted from 1904)"), system=1904),
        _time("a day as text in the order of an office", "02.11.2026", _bad_time("the order of day and month is not")),
        _time("true or false for a day", True, _bad_time("time: true is not text")),
        _formatted("a day number with the format of a date", 46328, "[$-41C]d mmmm yyyy"),
        _formatted("a time of day", 0.4375, "hh:mm", _bad_time("'10:30:00' is not a date")),
        _formatted("a span of time", 1.5, "[h]:mm", _bad_time("'1 day, 12:00:00' is not a date")),
        _formatted("a day that never was", 60, "dd.mm.yyyy", _bad_time("the year 1900 is outside 1990 to 2100")),
        _formatted("a number with the format of days", 46328, '0 "day"', _bad_time("day number of a spreadsheet")),
        _formatted("a number too large for a date", 1e10, "dd.mm.yyyy", _bad_time("is a number, not a date")),
        # -- what a formula gave
        Bad("formulas", "sheet", xlsx(ROW, more=formulas), (), ("e1",)),
        Bad("a case and a number that are errors", "sheet", xlsx(ROW, more=failed),
            (Told("Log!E2", "bad_case", "the case #DIV/0! is not text"),
             Told("Log!G2", "bad_value", "signatures #REF! cannot be read")), ("e1",)),
        Bad("a time that is an error", "sheet", xlsx(ROW, more=failed_time), (_bad_time("time: #N/A is not text"),), (),
            ({**SEEN, "time": None},)),
        Bad("a municipality that is an error", "sheet", changed(table(*GOOD_TABLE), {TABLES: put(
            b'office:value-type="string"><text:p>kline', error + b"<text:p>#VALUE!")}),
            (Told("Log!D2", "bad_municipality", "the municipality #VALUE! is not text"),), (),
            ({**SEEN, "municipality": None},), "log.ods"),
        # -- merged cells: only the first holds the value
        Bad("cases that are merged", "sheet", xlsx(ROW, second, more=merged),
            (Told("Log!E3", "bad_case", "the case (merged with E2) is not text"),), ("e1", "e2")),
        Bad("types that are merged", "sheet", xlsx(ROW, [*second[:1], None, *second[2:]], more=merged_types),
            (Told("Log!B3", "bad_type", "the type (merged with B2) is not text"),), ("e1",),
            ({k: v for k, v in SEEN.items() if k not in ("type", "case")},)),
        # -- what is not seen, or not run
        Bad("a hidden row and a hidden sheet", "sheet", xlsx(ROW, more=hidden), (), ("e1", "e2")),
        Bad("macros", "sheet", changed(xlsx(ROW), {"[Content_Types].xml": put(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")}, macro), (), ("e1",), (), "log.xlsm"),
        Bad("characters that cannot be seen", "sheet", xlsx(["e1", "meeting.held", DAY, "kline", "c\u200f1", "a\x00b"]),
            (Told("Log!E2", "invisible", "(U+200F)"), Told("Log!F2", "bad_value", "it holds a NUL character")), ("e1",)),
        Bad("numbers and flags for texts", "sheet", xlsx([12, "meeting.held", DAY, "kline", 2026, True]),
            (Told("Log!F2", "bad_value", "place true cannot be read: it takes text"),), ("12",)),
        Bad("a cell below no header", "sheet", xlsx([*ROW, None, "x"]), (Told("Log!H2", "no_header_cell"),), ("e1",)),
        Bad("a sheet without headers", "sheet",
            xlsx(ROW, more=lambda book, sheet: book.add_worksheet("Notes").write(0, 0, "x")),
            (Told("Notes", "sheet_ignored", "the sheet “Notes” has no row of headers"),), ("e1",)),
    ]  # fmt: skip


@cache
def entries() -> list[Bad]:
    return [*_damaged(), *_cells()]
