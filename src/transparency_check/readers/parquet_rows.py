"""Rows of Parquet, exactly. A row group that cannot be read is told of, and the others are read."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

import duckdb

from ..messages import phrase
from ..messages.problems import problem
from ..model import Problem
from .base import Input, NoValue, Row
from .parquet_file import NUMBERED, Column, Opened, Window, database, said

# Bytes of text in one row.
MAX_ROW = 1_000_000
# Rows of that size are held at a time.
_FETCHED = 100
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001


class Reading:
    """Rows of an opened file, exactly, by a database of their own. ``length`` is SQL for the bytes of text in
    a row.
    """

    def __init__(self, opened: Opened, source: Input) -> None:
        self._con: duckdb.DuckDBPyConnection | None = None
        self._opened = opened
        self._name = source.name
        self._text = 0
        self._bound = opened.bound
        self._stopped = False
        self._taken = -1
        columns = [column for column in opened.columns if column.kind != "nothing"]
        self._headers = [column.header for column in columns]
        self._makers = [_MAKERS.get(column.kind, _as_it_is) for column in columns]
        self._values = "".join(f", {_selected(column)}" for column in columns)
        self.length = " + ".join(c.length for c in columns if c.length) or "0"
        # What makes the database read the values: for a length alone it does not look at texts.
        self._touched = "".join(f", bit_xor(hash({column.sql}))" for column in columns)
        self._unnamed = [index for index, header in enumerate(self._headers) if not header.strip()]
        self._unnamed_told = False

    def close(self) -> None:
        """Be done with the database."""
        if self._con is not None:
            self._con.close()
        self._con = None

    def _execute(self, query: str) -> duckdb.DuckDBPyConnection:
        if self._con is None:
            self._con = database()
        return self._con.execute(query)

    def rows(self, window: Window, wanted: Collection[int] | None = None) -> Iterator[Row | Problem]:
        """The rows of a window, or those of them with the ``wanted`` numbers from 0, and problems."""
        if self._stopped:
            return
        if window.first == self._taken:
            yield from self._range(window.first, window.size, wanted)
            return
        ranges: Sequence[tuple[int, int]] = [(window.first, window.size)]
        text = self._text_of(*ranges[0])
        if isinstance(text, str) and len(window.parts) > 1:
            ranges = window.parts
        for first, count in ranges:
            if len(ranges) > 1:
                text = self._text_of(first, count)
            if isinstance(text, str):
                yield from self._unread(first, count, text)
                continue
            self._text += text
            if self._text > self._bound:
                self._stopped = True
                yield problem("file_too_large", self._name, name=self._name, limit="200 MB")
                yield Row(self._name, {}, True)
                return
            yield from self._range(first, count, wanted)

    def take(self, window: Window, text: int | None) -> bool:
        """Whether all rows of a window can be read and are within bounds, before some of them are read
        elsewhere; ``text`` is how many bytes they hold where that is known.
        """
        found = self._text_of(window.first, window.size) if text is None else text
        if isinstance(found, str) or self._text + found > self._bound:
            return False
        self._text += found
        self._taken = window.first
        return True

    def _unread(self, first: int, count: int, why: str) -> Iterator[Row | Problem]:
        place = f"{self._name}:{first + 1}"
        yield problem("rows_unreadable", place, first=first + 1, last=first + count, why=why)
        yield Row(place, {}, True)

    def _text_of(self, first: int, count: int) -> int | str:
        """The bytes of text in some rows, or why these cannot be read."""
        if not count:
            return 0
        try:
            found = self._execute(
                f"""SELECT count(*), sum({self.length}){self._touched}
                FROM {self._opened.within(first, count)}"""
            ).fetchone()
        except duckdb.Error as error:
            return self._failed(error)
        assert found is not None
        return (
            int(found[1] or 0) if found[0] == count else phrase("there are {found} of them", found=found[0])
        )

    def _failed(self, error: duckdb.Error) -> str:
        """Why, in words; a database that is of no more use is opened anew."""
        if isinstance(error, duckdb.FatalException | duckdb.InternalException):
            self.close()
        return said(error)

    def _range(self, first: int, count: int, wanted: Collection[int] | None) -> Iterator[Row | Problem]:
        some = ""
        if wanted is not None and self._opened.numbered:
            within = [number for number in wanted if first <= number < first + count]
            if not within:
                return
            if len(within) * 2 < count:
                some = f" AND {NUMBERED} IN ({', '.join(map(str, within))})"
        numbered = NUMBERED if self._opened.numbered else "NULL"
        number = first - 1
        try:
            cursor = self._execute(
                f"""SELECT {numbered}, {self.length} > {MAX_ROW}{self._values}
                FROM {self._opened.within(first, count)}{some}"""
            )
            while fetched := cursor.fetchmany(_FETCHED):
                for own, large, *cells in fetched:
                    number = number + 1 if own is None else own
                    if wanted is None or number in wanted:
                        yield from self._row(number + 1, large, cells)
        except duckdb.Error as error:
            yield from self._unread(number + 1, first + count - number - 1, self._failed(error))

    def _row(self, number: int, large: bool, cells: Sequence[object]) -> Iterator[Row | Problem]:
        place = f"{self._name}:{number}"
        if large:
            yield problem("row_too_large", place, limit="1 MB")
            yield Row(place, {}, True)
            return
        values: dict[str, object] = {}
        for header, cell, make in zip(self._headers, cells, self._makers, strict=True):
            if cell is not None and header not in values:
                values[header] = make(cell)
        if self._unnamed:
            if not self._unnamed_told and any(cells[index] is not None for index in self._unnamed):
                self._unnamed_told = True
                yield problem("no_header_cell", place)
            values = {header: cell for header, cell in values.items() if header.strip()}
        yield Row(place, values)


def _selected(column: Column) -> str:
    """SQL for a value in a form that Python takes without loss."""
    sql = column.sql
    match column.kind:
        case "text":
            return f"CASE WHEN strlen({sql}::VARCHAR) <= {MAX_ROW} THEN {sql}::VARCHAR END"
        case "texts":
            return f"CASE WHEN {column.length} <= {MAX_ROW} THEN {sql}::VARCHAR[] END"
        case "day":
            return f"{sql}::VARCHAR"
        case "local" | "instant":
            return f"CASE WHEN {sql} IS NOT NULL THEN coalesce(epoch_us({sql})::VARCHAR, {sql}::VARCHAR) END"
        case "other":
            return f"CASE WHEN {sql} IS NOT NULL THEN coalesce(left(TRY_CAST({sql} AS VARCHAR), 200), '') END"
        case _:
            return sql


def _as_it_is(cell: Any) -> object:
    return cell


def _day(cell: str) -> object:
    try:
        return dt.date.fromisoformat(cell) if len(cell) == 10 else NoValue(cell)
    except ValueError:
        return NoValue(cell)


def _local(cell: str) -> object:
    try:
        return _EPOCH + dt.timedelta(microseconds=int(cell))
    except (ValueError, OverflowError):
        return NoValue(cell)


def _instant(cell: str) -> object:
    local = _local(cell)
    return local.replace(tzinfo=dt.UTC) if isinstance(local, dt.datetime) else local


def _number(cell: float | Decimal) -> object:
    """A whole number as one, whatever type it was written in; others as they are."""
    if not math.isfinite(cell):
        return float(cell)
    whole = int(cell)
    if cell == whole and abs(whole) < 10**18:
        return whole
    return cell if isinstance(cell, float) else NoValue(str(cell))


_MAKERS: dict[str, Callable[[Any], object]] = {
    "day": _day, "local": _local, "instant": _instant, "number": _number, "other": NoValue,
}  # fmt: skip
