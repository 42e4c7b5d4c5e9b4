"""Sheets as they are, before it is known what their words mean."""

from __future__ import annotations

from pathlib import Path

from ..errors import UsageError
from ..messages import text
from ..readers.archive import Refused
from ..readers.base import cannot_open
from ..readers.csv_ import CommaSeparated, table_of
from ..readers.inputs import display_name
from ..readers.sheet import Spreadsheet, tables_of
from .suggest import Rows


def sheets_of(file: str) -> list[tuple[str, Rows]]:
    """The sheets of a spreadsheet or CSV by name. Raises ``UsageError`` for another file, or one that cannot
    be read.
    """
    path = Path(file)
    name, suffix = display_name(path), path.suffix.lower()
    if suffix not in (*Spreadsheet.suffixes, *CommaSeparated.suffixes):
        raise UsageError(text("error.mapping.format", path=name))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise cannot_open(name, error) from error
    if suffix in CommaSeparated.suffixes:
        return [(path.name, table_of(data))]
    try:
        return list(tables_of(data))
    except Refused as refused:
        from ..messages.problems import problem

        told = problem(refused.code, name, name=name, **refused.values)
        raise UsageError(told.message) from None
