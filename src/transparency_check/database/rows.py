"""Tables of the database that are filled from Python rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import duckdb
import orjson

BATCH = 50_000


def fill(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
) -> None:
    """Create ``table`` with ``columns`` (name to SQL type) and put ``rows`` into it, in order.

    Values are those that Python has for the types. Names of tables and columns come from this program, never
    from input.
    """
    create(con, table, columns)
    append(con, table, columns, rows)


def share(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
) -> None:
    """``fill`` for a table that the other connections to the database see."""
    create(con, table, columns, shared=True)
    append(con, table, columns, rows)


def create(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], shared: bool = False
) -> None:
    """Create an empty table, ``shared`` with the other connections to the database or not."""
    definition = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    con.execute(f"CREATE OR REPLACE {'' if shared else 'TEMP '}TABLE {table} ({definition})")


def append(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
) -> None:
    """Put more ``rows`` into a table made by ``fill``."""
    iterator = iter(rows)
    while batch := [*islice(iterator, BATCH)]:
        appender = con.appender(table, columns=[*columns])
        appender.append_rows(batch)
        appender.flush()


def column(attribute: str) -> str:
    """The quoted column of an attribute in a table of events; ``municipality`` is a column of its own."""
    name = "municipality" if attribute == "municipality" else f"a_{attribute}"
    return '"' + name.replace('"', '""') + '"'


def json_structure(columns: Mapping[str, str]) -> str:
    """The structure that ``from_json`` takes, of columns (name to SQL type)."""
    return orjson.dumps({name: _json_type(kind) for name, kind in columns.items()}).decode()


def _json_type(sql: str) -> Any:
    return [_json_type(sql[:-2])] if sql.endswith("[]") else sql


def any_row(con: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Whether a query has any row."""
    return con.execute(f"{query} LIMIT 1").fetchone() is not None
