"""XLSX and ODS workbooks: checked as archives before they are opened; every sheet with a row of headers
is read.
"""

from __future__ import annotations

import datetime as dt
import io
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..messages import phrase
from ..messages.problems import problem, shown
from ..model import Problem
from .archive import MAX_SPARSE, Refused, checked, said, unreadable
from .base import Cells, Input, NoValue, Row, with_errors_told
from .headers import SEARCHED, is_header, likeliest, listed, missing, twice

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

# What a sheet says in its first row that is no part of the log: the program writes it on its own pages.
UNREAD = "transparency-check:not-read"

T = TypeVar("T")
_Rows = list[tuple[int, list[Any]]]
_Merged = dict[tuple[int, int], str]


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
            workbook = _open(checked(data))
            _check_names(workbook)
        except Refused as refused:
            yield problem(refused.code, source.name, name=source.name, **refused.values)
            yield Row(source.name, {}, True)
            return
        yield from _sheets(workbook, source)


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
        raise unreadable(f"{said(error)}.") from error


def _open(archive: io.BytesIO) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return _guarded(lambda: CalamineWorkbook.from_filelike(archive))


def _check_names(workbook: CalamineWorkbook) -> None:
    """Raise ``Refused`` where two sheets have one name: by it only the first could be read."""
    times = Counter(sheet.name.casefold() for sheet in workbook.sheets_metadata)
    for sheet in workbook.sheets_metadata:
        if times[sheet.name.casefold()] > 1:
            raise unreadable(phrase("two of its sheets are called {name}.", name=shown(sheet.name)))


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
            rows, left, merged = _guarded(lambda name=sheet.name: _cells(workbook, name))  # type: ignore[misc]
        except Refused as refused:
            found = True
            yield problem(
                "sheet_too_large", place, sheet=shown(sheet.name), why=refused.values.get("why", "")
            )
            yield Row(place, {}, True)
            continue
        if rows and UNREAD in rows[0][1]:
            continue
        searched = [row for number, row in rows[:SEARCHED] if number < rows[0][0] + SEARCHED]
        column, needed = source.column, source.needed
        top = next((i for i, row in enumerate(searched) if is_header(row, column, needed)), None)
        if top is not None:
            found = True
            yield from _table(rows[top:], left, merged, place, source)
        elif rows and str(sheet.visible).rpartition(".")[2] == "Visible":
            best = likeliest(searched, source.column, source.needed)
            if any(str(cell).strip() for _, row in rows for cell in row):
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
        best = likeliest(candidates, source.column, source.needed)
        at = next(index for index, cells in enumerate(candidates) if cells is best)
        told = ignored.pop(at)
        values = {key: told.values[key] for key in ("missing", "found")}
        yield problem("no_header", told.place, rows=SEARCHED, **values)
        yield Row(source.name, {}, True)
        yield from ignored


def _cells(workbook: CalamineWorkbook, name: str) -> tuple[_Rows, int, _Merged]:
    """The rows of a sheet that are not empty, with their numbers; the column (from 0) of the first cell; the
    cells that are merged with another.
    """
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return [], 0, {}
    # One by one: between two cells that are far apart there may be a million empty rows.
    rows: _Rows = [(n, row) for n, row in enumerate(sheet.iter_rows(), 1) if row.count("") < len(row)]
    return rows, sheet.start[1], _merged(sheet.merged_cell_ranges or (), [n for n, _ in rows])


def _merged(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], numbers: Sequence[int]) -> _Merged:
    """The cell that holds the value, by row (from 1) and column (from 0) of those merged with it, in the rows
    with these numbers. The parser knows them in XLSX only.
    """
    found: _Merged = {}
    for (top, left), (bottom, right) in ranges:
        among = numbers[bisect_left(numbers, top + 1) : bisect_left(numbers, bottom + 2)]
        if len(found) + len(among) * (right - left + 1) > MAX_SPARSE:
            raise unreadable(phrase("more of its cells are merged than a sheet has."))
        cell = f"{_letters(left)}{top + 1}"
        found.update({(n, column): cell for n in among for column in range(left, right + 1)})
    return found


def _table(rows: _Rows, left: int, merged: _Merged, place: str, source: Input) -> Iterator[Row | Problem]:
    """The rows below the headers, which are the first of ``rows``."""
    number, cells = rows[0]
    headers = [cell if isinstance(cell, str) else str(cell) for cell in cells]
    source.headers = tuple(headers)
    letters = [_letters(left + index) for index in range(len(headers))]
    clash = twice(headers, source.column)
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
    for offset, row in rows[1:]:
        values: dict[str, object] = {}
        for index, header in named:
            value = _value(row[index])
            if value is None and merged and (cell := merged.get((offset, left + index))) is not None:
                value = NoValue(phrase("(merged with {cell})", cell=cell))
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
        return with_errors_told(cell) if cell and not cell.isspace() else None
    if isinstance(cell, dt.datetime):
        # Workbooks count days in fractions: what is below a second comes from rounding.
        return cell.replace(microsecond=0)
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


def tables_of(data: bytes) -> Iterator[tuple[str, list[tuple[int, list[object]]]]]:
    """The sheets that can be seen, by name, and their rows with numbers, whatever their headers. Raises
    ``Refused`` for a workbook or sheet that cannot be read.
    """
    workbook = _open(checked(data))
    _check_names(workbook)
    for sheet in workbook.sheets_metadata:
        if "WorkSheet" in str(sheet.typ) and str(sheet.visible).rpartition(".")[2] == "Visible":
            rows, _, _ = _guarded(lambda name=sheet.name: _cells(workbook, name))  # type: ignore[misc]
            if not (rows and UNREAD in rows[0][1]):
                yield sheet.name, [(number, [_value(cell) for cell in row]) for number, row in rows]
