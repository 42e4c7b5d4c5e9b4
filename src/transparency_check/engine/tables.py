"""Database tables of Python rows, and the statements of this package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

import duckdb
import orjson

BATCH = 50_000
_IF = re.compile(r" *-- \[if (\w+)\]")
_END = re.compile(r" *-- \[end\]")


def fill(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
) -> None:
    """Create ``table`` with ``columns`` (name to SQL type) and put ``rows`` into it, in order.

    Values are those that Python has for the types. Table and column names come from this package, never from input.
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
    appender = con.appender(table, columns=[*columns])
    iterator = iter(rows)
    while batch := [*islice(iterator, BATCH)]:
        appender.append_rows(batch)
        appender.flush()


def json_structure(columns: Mapping[str, str]) -> str:
    """The structure that ``from_json`` takes, of columns (name to SQL type)."""
    return orjson.dumps({name: _json_type(kind) for name, kind in columns.items()}).decode()


def _json_type(sql: str) -> Any:
    return [_json_type(sql[:-2])] if sql.endswith("[]") else sql


def source(name: str) -> str:
    """The text of a file in ``engine/sql``."""
    return files("transparency_check.engine").joinpath("sql", f"{name}.sql").read_text("utf-8")


@cache
def statements(name: str, having: frozenset[str] | None = None) -> list[str]:
    """The statements of a file in ``engine/sql``, comments left out.

    What stands between ``-- [if X]`` and ``-- [end]`` is left out where ``having`` lacks X: it would add nothing, and the
    database would plan it all the same.
    """
    wanted, lines = True, []
    for line in source(name).splitlines():
        if begins := _IF.fullmatch(line):
            wanted = having is None or begins[1] in having
        elif _END.fullmatch(line):
            wanted = True
        elif wanted and not line.lstrip().startswith("--"):
            lines.append(line)
    return [s for s in (part.strip() for part in "\n".join(lines).split(";")) if s]


def any_row(con: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Whether a query has any row."""
    return con.execute(f"{query} LIMIT 1").fetchone() is not None


def run(con: duckdb.DuckDBPyConnection, name: str, having: frozenset[str] | None = None) -> None:
    """Run a file of ``engine/sql``, as far as it is about anything that the log and the duties have."""
    for statement in statements(name, having):
        con.execute(statement)
