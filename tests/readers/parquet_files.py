"""Parquet written by the database that reads it, as tests need it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb

from readers.small_pack import GOOD

# SQL for the columns of a good row, whose id ends in the number ``i``.
COLUMNS: dict[str, str] = {
    "id": "'e' || i",
    **{key: f"'{value}'" for key, value in GOOD.items() if key != "id"},
}


def parquet(
    changes: Mapping[str, str | None] | None = None,
    rows: int = 3,
    *,
    options: str = "",
    group: int | None = None,
) -> bytes:
    """A file of ``rows`` good rows, numbered from 1 by ``i``; ``changes`` gives SQL for other columns, None
    for one that is left out. ``group`` is the number of rows of a row group, a multiple of 2048.
    """
    columns = {key: sql for key, sql in (COLUMNS | dict(changes or {})).items() if sql is not None}
    values = ", ".join(f'{sql} AS "{key}"' for key, sql in columns.items())
    return written(f"SELECT {values} FROM range(1, {rows + 1}) r(i) ORDER BY i", options, group)


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")


def writer() -> duckdb.DuckDBPyConnection:
    """A connection to one database for all: to open another takes longer than to write a file."""
    return _database().cursor()


def written(query: str, options: str = "", group: int | None = None, setup: Sequence[str] = ()) -> bytes:
    """What a query gives, as a file."""
    more = f", row_group_size {group}" if group else ""
    more += f", {options}" if options else ""
    with tempfile.TemporaryDirectory() as folder, writer() as con:
        path = Path(folder, "log.parquet")
        for statement in setup:
            con.execute(statement)
        con.execute(f"COPY ({query}) TO '{path.as_posix()}' (FORMAT parquet{more})")
        return path.read_bytes()
