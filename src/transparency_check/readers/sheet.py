"""XLSX and ODS workbooks: checked as archives before they are opened; every sheet with a row of headers
is read.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..messages.problems import problem, shown
from ..model import Problem
from .base import Cells, Input, Row
from .headers import SEARCHED, is_header, likeliest, listed, missing, twice

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

T = TypeVar("T")

# Bounds of what is unpacked. The parser lays a sheet out in full from its first cell to its last, and cannot
# be stopped.
MAX_BYTES = 200_000_000
MAX_CELLS = 20_000_000
_MAX_MEMBERS = 10_000
_OLE = b"\xd0\xcf\x11\xe0"
_SLICE = 1 << 20

_XLSX_CELL = re.compile(
    rb'<(?:[A-Za-z0-9_]+:)?c\b[^<>]*?\br\s*=\s*["\']\$?([A-Za-z]{1,3})\$?([0-9]{1,9})["\'][^<>]*?(/?)>'
)
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>")
_ODS_COLUMNS = re.compile(rb'table:number-columns-repeated\s*=\s*["\']([0-9]{1,9})')
_ODS_ROWS = re.compile(rb'table:number-rows-repeated\s*=\s*["\']([0-9]{1,9})')


class Refused(Exception):
    """A workbook that is not opened: the problem that says why."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Spreadsheet:
    """``.xlsx``, ``.xlsm``, ``.ods``: places are ``file!sheet!cell``. Numbers are given as text, as they
    would stand in a CSV.

    Dates are given only for true date cells. Macros are never run; formulas give the value that was saved
    with them.
    """

    name = "sheet"
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".ods")

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        data = source.read()
        if not data:
            return
        try:
            _check_archive(data, source.name)
            workbook = _open(data, source.name)
        except Refused as refused:
            yield problem(refused.code, source.name, name=source.name, **refused.values)
            yield Row(source.name, {}, True)
            return
        yield from _sheets(workbook, source)


def _check_archive(data: bytes, name: str) -> None:
    """Raise ``Refused`` for what is no archive, is protected, or unpacks to more than can be held."""
    if data.startswith(_OLE):
        raise Refused("file_protected")
    if not data.startswith(b"PK"):
        raise Refused("not_zip")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > MAX_BYTES:
                raise Refused("file_too_large", limit="200 MB")
            if any(member.flag_bits & 1 for member in members):
                raise Refused("file_protected")
            left = MAX_BYTES
            for member in members:
                left = _check_member(archive, member, left)
    except Refused:
        raise
    except Exception as error:
        # zipfile and the decompressors under it have a dozen ways to say that an archive is damaged.
        raise Refused(
            "file_unreadable", format="a spreadsheet", why=f"its archive is damaged ({error})."
        ) from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """Unpack one member for counting, whatever size it declares; return how many bytes may still come."""
    extent = _Extent(member.filename)
    # The sheets of a workbook may have any name.
    look = extent.ods if member.filename == "content.xml" else extent.xlsx
    with archive.open(member) as stream:
        tail = b""
        while part := stream.read(_SLICE):
            left -= len(part)
            if left < 0:
                raise Refused("file_too_large", limit="200 MB")
            # A tag may lie across two slices: what follows the last `<` waits for the next one.
            part = tail + part
            cut = max(part.rfind(b"<"), 0)
            tail = part[cut:] if len(part) - cut < _SLICE else b""
            look(part[:cut])
    return left


class _Extent:
    """How many cells a sheet spans, from its XML."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.first_row = self.first_column = 1 << 40
        self.last_row = self.last_column = 0
        self.repeated = 1
        self.cells = 0

    def xlsx(self, part: bytes) -> None:
        for letters, number, empty in _XLSX_CELL.findall(part):
            if empty:
                continue
            row, column = int(number), 0
            for letter in letters.upper():
                column = column * 26 + letter - 64
            self.first_row, self.last_row = min(row, self.first_row), max(row, self.last_row)
            self.first_column, self.last_column = (
                min(column, self.first_column),
                max(column, self.last_column),
            )
        if self.last_row:
            self._limit((self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1))

    def ods(self, part: bytes) -> None:
        for tag, attributes in _ODS_TAG.findall(part):
            if tag == b"table-row":
                found = _ODS_ROWS.search(attributes)
                self.repeated = int(found[1]) if found else 1
            elif b"office:value-type" in attributes:
                found = _ODS_COLUMNS.search(attributes)
                self.cells += self.repeated * (int(found[1]) if found else 1)
        self._limit(self.cells)

    def _limit(self, cells: int) -> None:
        if cells > MAX_CELLS:
            raise Refused("sheet_too_wide", sheet=self.sheet, cells=cells, limit=MAX_CELLS)


def _guarded(work: Callable[[], T]) -> T:
    """Run a call into the parser. A panic in it is a ``BaseException`` of its own; it becomes a
    ``Refused`` like its errors.
    """
    try:
        return work()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        if type(error).__name__ == "PasswordError":
            raise Refused("file_protected") from error
        why = " ".join(str(error).split()) or type(error).__name__
        raise Refused("file_unreadable", format="a spreadsheet", why=f"{why}.") from error


def _open(data: bytes, name: str) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))


def _sheets(workbook: CalamineWorkbook, source: Input) -> Iterator[Row | Problem]:
    """The rows of all sheets; what is said about sheets without headers depends on whether another one
    has them.
    """
    ignored: list[Problem] = []
    candidates: list[Sequence[object]] = []
    found = False
    for sheet in workbook.sheets_metadata:
        if "WorkSheet" not in str(sheet.typ):
            continue
        place = f"{source.name}!{sheet.name}"
        try:
            rows, start = _guarded(lambda name=sheet.name: _cells(workbook, name))  # type: ignore[misc]
        except Refused as refused:
            found = True
            yield problem(
                "sheet_too_large", place, sheet=shown(sheet.name), why=refused.values.get("why", "")
            )
            yield Row(place, {}, True)
            continue
        top = next((i for i, row in enumerate(rows[:SEARCHED]) if is_header(row, source.column)), None)
        if top is not None:
            found = True
            yield from _table(rows, top, start, place, source)
        elif rows and str(sheet.visible).rpartition(".")[2] == "Visible":
            best = likeliest(rows[:SEARCHED], source.column)
            if any(str(cell).strip() for row in rows for cell in row):
                candidates.append(best)
                ignored.append(
                    problem(
                        "sheet_ignored",
                        place,
                        sheet=shown(sheet.name),
                        missing=missing(best, source),
                        found=listed(best),
                    )
                )
    if found:
        yield from ignored
    elif ignored:
        # The sheet that is most like a log is told of as the log.
        best = likeliest(candidates, source.column)
        at = next(index for index, cells in enumerate(candidates) if cells is best)
        told = ignored.pop(at)
        values = {key: told.values[key] for key in ("missing", "found")}
        yield problem("no_header", told.place, rows=SEARCHED, **values)
        yield Row(source.name, {}, True)
        yield from ignored


def _cells(workbook: CalamineWorkbook, name: str) -> tuple[list[list[object]], tuple[int, int]]:
    """All rows of a sheet, and row and column (from 0) of its first cell."""
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return [], (0, 0)
    rows: list[list[object]] = sheet.to_python(skip_empty_area=True)  # type: ignore[assignment]
    return rows, sheet.start


def _table(
    rows: list[list[object]], top: int, start: tuple[int, int], place: str, source: Input
) -> Iterator[Row | Problem]:
    headers = [cell if isinstance(cell, str) else "" if cell == "" else str(cell) for cell in rows[top]]
    letters = [_letters(start[1] + index) for index in range(len(headers))]
    clash = twice(headers, source.column)
    number = start[0] + top + 1
    if clash is not None:
        column, a, b = clash
        yield problem(
            "duplicate_header",
            f"{place}!{letters[b]}{number}",
            column=column,
            first=shown(headers[a]),
            second=shown(headers[b]),
        )
        yield Row(place, {}, True)
        return
    named = [(index, header) for index, header in enumerate(headers) if header.strip()]
    unnamed = [index for index, header in enumerate(headers) if not header.strip()]
    by_header = {header: letters[index] for index, header in reversed(named)}
    leftmost = letters[named[0][0]]
    for offset, row in enumerate(rows[top + 1 :], number + 1):
        values: dict[str, object] = {}
        for index, header in named:
            value = _value(row[index])
            if value is not None and header not in values:
                values[header] = value
        stray = next((index for index in unnamed if _value(row[index]) is not None), None)
        if stray is not None:
            unnamed = []
            yield problem("no_header_cell", f"{place}!{letters[stray]}{offset}")
        if values:
            yield Row(f"{place}!{leftmost}{offset}", values, False, Cells(f"{place}!", by_header, offset))


def _value(cell: object) -> object:
    """A cell as it would be written in a CSV: None where it is empty, numbers as text; flags and true
    dates stay what they are.
    """
    if isinstance(cell, str):
        return cell if cell and not cell.isspace() else None
    if isinstance(cell, bool | dt.date):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return None if cell is None else str(cell)


def _letters(column: int) -> str:
    """The letters of a column counted from 0: A, B ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
