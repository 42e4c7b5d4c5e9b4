"""CSV: delimiter and encoding are found out and said where they are a guess; rows that do not fit their
headers are refused.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..messages.problems import problem, shown
from ..model import Problem
from .base import Input, Row, with_errors_told
from .encoding import UTF16_MARKS, encoding_of
from .headers import SEARCHED, columns_of, is_header, likeliest, listed, missing, twice

DELIMITERS = ",;\t|"
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
# A row with a cell too many or too few is shifted somewhere. These are recognised by their value, wherever
# they come from; a case is not.
_SELF_EVIDENT = ("municipality", "type", "time")
# A quote that is not closed is seen at the end of the file, and the lines are read once more. After so many
# lines read in vain, a row that spans more than a few is taken for another such one.
_PATIENCE = 100_000
_FEW_LINES = 20
# What stands for bytes that could not be decoded.
_LOST = "\N{REPLACEMENT CHARACTER}"


class CommaSeparated:
    """``.csv``: places are ``file:line``, the line on which a row begins."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".txt")
    packed = True

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        return rows_of(source.read(), source)


def rows_of(data: bytes, source: Input) -> Iterator[Row | Problem]:
    """What stands in the bytes of a whole file."""
    if not data.strip():
        return
    if not data.startswith(UTF16_MARKS) and data[:2000].count(0) > len(data[:2000]) // 4:
        yield problem("nul_byte", source.name)
        yield Row(source.name, {}, True)
        return
    encoding = encoding_of(data)
    if encoding.codec is None:
        yield problem("encoding_unknown", source.name, name=source.name, offset=encoding.offset + 1)
        yield Row(source.name, {}, True)
        return
    if encoding.assumed:
        yield problem(
            "encoding_assumed",
            source.name,
            name=source.name,
            offset=encoding.offset + 1,
            encoding=encoding.assumed,
        )
    errors = "replace" if encoding.damaged else "strict"
    text = io.TextIOWrapper(io.BytesIO(data), encoding.codec, errors, newline="")
    delimiter = _delimiter(text, source)
    text.seek(0)
    yield from _rows(_Table(text, delimiter), source, encoding.damaged)


def _delimiter(text: io.TextIOBase, source: Input) -> str:
    """The delimiter under which a row of headers appears, with most known columns; else the one that
    gives most cells.
    """
    lines = [line for _, line in zip(range(SEARCHED * 2), text, strict=False)]
    scores: dict[str, tuple[int, int]] = {}
    for delimiter in DELIMITERS:
        rows = [
            cells for _, _, cells in _Table(iter(lines), delimiter).rows(SEARCHED) if isinstance(cells, list)
        ]
        known = max((len(columns_of(cells, source.column)) for cells in rows), default=0)
        scores[delimiter] = known, max(map(len, rows), default=0)
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


class _Table:
    """Rows of cells. After a row that cannot be read, reading goes on with the line after its first."""

    def __init__(self, lines: Iterator[str], delimiter: str, before: int = 0) -> None:
        """``before`` is the number of lines before the first."""
        self.delimiter = delimiter
        self._source = lines
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._line = before
        self._in_vain = 0

    def _lines(self) -> Iterator[str]:
        while self._in_vain < _PATIENCE or len(self._taken) < _FEW_LINES:
            line = self._again.popleft() if self._again else next(self._source, None)
            if line is None:
                return
            self._taken.append(line)
            yield line

    def rows(self, most: int | None = None) -> Iterator[tuple[int, str, list[str] | csv.Error]]:
        """Line number, first line and cells (or the error) of each row that is not empty."""
        reader = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
        given = 0
        while most is None or given < most:
            self._taken.clear()
            number = self._line + 1
            cells: list[str] | csv.Error
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                cells = error
            self._line += len(self._taken)
            first = self._taken[0] if self._taken else ""
            if isinstance(cells, csv.Error):
                self.again()
                reader = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
            elif not any(cell and not cell.isspace() for cell in cells):
                continue
            given += 1
            yield number, first, cells

    @property
    def spans_lines(self) -> bool:
        """Whether the last row was written on several lines."""
        return len(self._taken) > 1

    @property
    def extent(self) -> int:
        """How many lines the last row was written on."""
        return len(self._taken)

    def again(self) -> None:
        """Take the last row for its first line alone: the lines after it are read once more."""
        self._in_vain += max(0, len(self._taken) - 1)
        self._again.extendleft(reversed(self._taken[1:]))
        self._line -= max(0, len(self._taken) - 1)
        del self._taken[1:]


class Layout(NamedTuple):
    """How a table is laid out: the delimiter, the headers, and the line on which they stand."""

    delimiter: str
    headers: list[str]
    line: int


def layout(text: str, source: Input) -> Layout | None:
    """The layout of a table as it is read, from its first lines; None where there is more to say of it: no
    headers, or such as need a problem, or more than a line for one of the first rows.
    """
    first = io.StringIO(text, newline="")
    delimiter = _delimiter(first, source)
    first.seek(0)
    table = _Table(first, delimiter)
    for number, _, cells in table.rows(SEARCHED):
        if isinstance(cells, csv.Error) or table.spans_lines:
            return None
        if is_header(cells, source.column, source.needed):
            named = len(set(cells)) == len(cells) and all(cell.strip() for cell in cells)
            return Layout(delimiter, cells, number) if named and twice(cells, source.column) is None else None
    return None


def numbered_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str], list[str] | None]]:
    """All lines of a text in order, parted into rows: the number of the first line, the lines as they stand,
    and the cells; None for lines that are empty or no CSV.
    """
    lines = io.StringIO(text, newline="").readlines()
    done = 0
    table = _Table(iter(lines), delimiter)
    for number, _, cells in table.rows():
        if number - 1 > done:
            yield done + 1, lines[done : number - 1], None
        broken = isinstance(cells, csv.Error)
        done = number if broken else number - 1 + table.extent
        yield number, lines[number - 1 : done], None if isinstance(cells, csv.Error) else cells
    if done < len(lines):
        yield done + 1, lines[done:], None


def rows_from(lines: Iterator[str], before: int, laid: Layout, source: Input) -> Iterator[Row | Problem]:
    """Rows of a table in UTF-8 from a line on that is known to begin one."""
    return _rows(_Table(lines, laid.delimiter, before), source, False, laid.headers)


def _rows(
    table: _Table, source: Input, damaged: bool, headers: list[str] | None = None
) -> Iterator[Row | Problem]:
    above: list[Sequence[str]] = []
    unnamed_told = False
    for number, first, cells in table.rows():
        place = f"{source.name}:{number}"
        if headers is None:
            if isinstance(cells, list) and is_header(cells, source.column, source.needed):
                headers = cells
                source.headers = tuple(cells)
                clash = twice(headers, source.column)
                if clash is not None:
                    column, a, b = clash
                    yield problem(
                        "duplicate_header",
                        place,
                        column=column,
                        first=shown(headers[a]),
                        second=shown(headers[b]),
                    )
                    yield Row(source.name, {}, True)
                    return
            elif len(above) >= SEARCHED - 1:
                break
            else:
                above.append(cells if isinstance(cells, list) else [first])
            continue
        if isinstance(cells, csv.Error):
            yield _csv_problem(cells, place)
            yield Row(place, _self_evident(_loosely(first, table.delimiter), headers, source), True)
            continue
        while len(cells) > len(headers) and not cells[-1]:
            cells.pop()
        if "\0" in first or any("\0" in cell for cell in cells):
            yield problem("nul_byte", place)
            yield Row(place, {}, True)
        elif damaged and any(_LOST in cell for cell in cells):
            yield problem("csv_not_utf8", place)
            yield Row(place, _self_evident(cells, headers, source), True)
        elif len(cells) != len(headers):
            yield problem(
                "csv_ragged",
                place,
                cells=len(cells),
                headers=len(headers),
                delimiter=_NAMES[table.delimiter],
            )
            # The last cell of a short row may be cut.
            yield Row(
                place,
                _self_evident(cells[:-1] if len(cells) < len(headers) else cells, headers, source),
                True,
            )
            if table.spans_lines:
                table.again()
        else:
            values: dict[str, object] = {}
            for header, cell in zip(headers, cells, strict=True):
                if cell and header not in values:
                    values[header] = with_errors_told(cell)
            if not unnamed_told and _unnamed(values):
                unnamed_told = True
                yield problem("no_header_cell", place)
            yield Row(place, {header: cell for header, cell in values.items() if header.strip()})
    if headers is None and above:
        best = likeliest(above, source.column, source.needed)
        yield problem(
            "no_header", source.name, rows=SEARCHED, missing=missing(best, source), found=listed(best)
        )
        yield Row(source.name, {}, True)


def _unnamed(values: dict[str, object]) -> bool:
    return any(not header.strip() for header in values)


def _self_evident(cells: Sequence[str], headers: Sequence[str], source: Input) -> dict[str, object]:
    named = zip(headers, cells, strict=False)
    whole = ((h, cell) for h, cell in named if cell and "\0" not in cell and _LOST not in cell)
    evident = source.standing_for(_SELF_EVIDENT)
    return {h: cell for h, cell in whole if source.column(h) in evident}


def _loosely(line: str, delimiter: str) -> list[str]:
    """The cells of one line whose quotes do not close, as far as they can be told."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _csv_problem(error: csv.Error, place: str) -> Problem:
    if "field larger" in str(error):
        return problem("csv_field_large", place, limit=csv.field_size_limit())
    return problem("csv_quote", place)


def table_of(data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of a text with their line numbers, whatever their headers; none where it is in no encoding
    that is known. Rows that are no CSV are left out.
    """
    encoding = encoding_of(data)
    if encoding.codec is None:
        return []
    text = io.StringIO(data.decode(encoding.codec, "replace"), newline="")
    delimiter = _delimiter(text, Input(""))
    text.seek(0)
    rows = _Table(text, delimiter).rows()
    return [(number, cells) for number, _, cells in rows if not isinstance(cells, csv.Error)]
