"""Records that a program gives: mappings of columns to values, as the JSON lines that they would be in a
log.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping

import orjson

from ..errors import UsageError
from ..messages import text
from .inputs import RECORDS
from .values import written


def json_lines(records: Iterable[Mapping[str, object]]) -> bytes:
    """The records, one a line: a date as a day, a date-time as in a log, one with an offset in UTC.

    What a line has no value for is refused, never left out: to a duty, what is absent is not what is unknown.
    Raises ``UsageError`` that names the record (``records:3``) and the column.
    """
    return b"".join(_line(record, f"{RECORDS}:{n}") for n, record in enumerate(records, start=1))


def _line(record: object, place: str) -> bytes:
    if not isinstance(record, Mapping):
        raise UsageError(text("error.record.row", place=place, kind=type(record).__name__))
    cells = {}
    for column, value in record.items():
        if not isinstance(column, str):
            raise UsageError(text("error.record.column", place=place, name=column))
        if isinstance(value, list | tuple):
            cell: object = [_cell(part, column, place) for part in value]
        else:
            cell = _cell(value, column, place)
        cells[_text(column, column, place)] = cell
    return orjson.dumps(cells, option=orjson.OPT_APPEND_NEWLINE)


def _cell(value: object, column: str, place: str) -> object:
    """One value as JSON has it."""
    if isinstance(value, str):
        return _text(value, column, place)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) >= 1 << 63:
            raise UsageError(text("error.record.long", place=place, column=column))
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise UsageError(text("error.record.number", place=place, column=column, value=str(float(value))))
        return float(value)
    # That of pandas which stands for none is a date-time that does not equal itself.
    if isinstance(value, dt.date) and value == value:
        return written(value) if isinstance(value, dt.datetime) else value.isoformat()
    raise UsageError(text("error.record.value", place=place, column=column, kind=type(value).__name__))


def _text(value: str, column: str, place: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UsageError(text("error.record.text", place=place, column=column))
    # Without what a kind of text of its own would show itself as.
    return str.__str__(value)
