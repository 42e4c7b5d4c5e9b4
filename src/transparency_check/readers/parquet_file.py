"""A file of Parquet before its rows are read: its columns, its row groups, and whether it asks for more than
there can be in it.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

import duckdb

from ..messages import phrase
from ..messages.problems import problem, shown
from ..model import Problem
from .archive import Refused
from .base import Input, Row
from .headers import is_header, listed, missing, twice

# Bounds of what is read: rows and values of a small file; bytes of text, and how much more than the file that
# may be.
MAX_ROWS = 1_000_000
MAX_VALUES = 20_000_000
MAX_TEXT = 200_000_000
MAX_RATIO = 100
_MAX_COLUMNS = 1_000
# Rows that are looked at together, where row groups are smaller.
_TOGETHER = 100_000
# Of the database that reads a file.
_MEMORY = "500MB"
_MAGIC, _ENCRYPTED = b"PAR1", b"PARE"
NUMBERED = "file_row_number"
# What would make a path a pattern.
_PATTERN = re.compile(r"[*?\[\]{}]")
_PARTITION = re.compile(r"([^=]+)=(.*)", re.DOTALL)
_INTEGERS = frozenset(
    f"{sign}{name}" for sign in ("", "U") for name in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
)
_LOCAL = frozenset({"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"})
_INSTANTS = frozenset({"TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS"})


class Column(NamedTuple):
    """A column of the file, or one that a folder stands for: the ``header`` as it is written, ``sql`` for its
    value, and the ``type`` that the database gives it.
    """

    header: str
    sql: str
    type: str

    @property
    def kind(self) -> str:
        """What its values are: ``text``, ``texts``, ``flag``, ``integer``, ``number``, ``day``, ``local`` (a
        time without zone), ``instant``, ``nothing``, or ``other``.
        """
        if self.type in _INTEGERS:
            return "integer"
        if self.type in _LOCAL:
            return "local"
        if self.type in _INSTANTS:
            return "instant"
        if self.type.startswith(("DECIMAL", "ENUM")):
            return "number" if self.type.startswith("DECIMAL") else "text"
        return _KINDS.get(self.type, "other")

    @property
    def length(self) -> str:
        """SQL for the bytes that its value takes as text; empty where that is little."""
        match self.kind:
            case "text":
                return f"coalesce(strlen({self.sql}::VARCHAR), 0)"
            case "texts":
                texts = f"{self.sql}::VARCHAR[]"
                return f"coalesce(strlen(array_to_string({texts}, '')) + 4 * len({texts}), 0)"
            case "other":
                return f"coalesce(strlen(TRY_CAST({self.sql} AS VARCHAR)), 0)"
            case _:
                return ""


_KINDS = {
    "VARCHAR": "text", "JSON": "text", "UUID": "text", "VARCHAR[]": "texts", '"NULL"[]': "texts",
    "BOOLEAN": "flag", "FLOAT": "number", "DOUBLE": "number", "DATE": "day", '"NULL"': "nothing",
}  # fmt: skip


class Window(NamedTuple):
    """Rows that are read together: the number of the first, from 0, how many, and the parts (alike) into
    which they can be taken apart.
    """

    first: int
    size: int
    parts: tuple[tuple[int, int], ...]


class Opened(NamedTuple):
    """A file that has been looked at. ``table`` is SQL for its rows; ``numbered`` says whether they can be
    chosen by number; ``told`` are warnings.
    """

    table: str
    size: int
    columns: tuple[Column, ...]
    windows: tuple[Window, ...]
    numbered: bool
    told: tuple[Problem, ...]

    @property
    def bound(self) -> int:
        """How many bytes of text its rows may hold."""
        return max(MAX_TEXT, MAX_RATIO * self.size)

    def within(self, first: int, count: int) -> str:
        """SQL for the rows with these numbers."""
        if not self.numbered:
            return self.table
        return f"{self.table} WHERE {NUMBERED} BETWEEN {first} AND {first + count - 1}"


def opening(source: Input) -> Generator[Row | Problem, None, Opened | None]:
    """Look at a file: gives what is to be told of it, and returns it as ``Opened``, or None where no row can
    be read.
    """
    path = source.on_disk(_plain)
    con = database()
    try:
        opened = _look(con, path, source)
    except Refused as refused:
        yield problem(refused.code, source.name, **refused.values)
        yield Row(source.name, {}, True)
        return None
    except duckdb.Error as error:
        yield problem(
            "file_unreadable",
            source.name,
            name=source.name,
            format=phrase("a Parquet file"),
            why=f"{said(error)}.",
        )
        yield Row(source.name, {}, True)
        return None
    finally:
        con.close()
    if opened is not None:
        yield from opened.told
    return opened


def database() -> duckdb.DuckDBPyConnection:
    """A database of its own for each file, as one that fails may be of no more use."""
    con = duckdb.connect(
        ":memory:",
        config={
            "threads": "1",
            "memory_limit": _MEMORY,
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    con.execute("SET parquet_metadata_cache = true")
    return con


def _plain(path: str) -> bool:
    """Whether the database takes a path for nothing but that path."""
    return path.isprintable() and _PATTERN.search(path) is None


def _look(con: duckdb.DuckDBPyConnection, path: str, source: Input) -> Opened | None:
    """What the file says of itself; None for one without bytes. Raises ``Refused``."""
    size = _magic(path, source)
    if size is None:
        return None
    quoted = "'" + path.replace("'", "''") + "'"
    schema = con.execute(
        f"SELECT name, num_children, type, converted_type, logical_type FROM parquet_schema({quoted})"
    ).fetchall()
    raw = _top(schema)
    table = f"read_parquet({quoted}, hive_partitioning = false)"
    described = con.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()
    if len(described) != len(raw):
        raise _unreadable(phrase("its list of columns contradicts itself."), source)
    if len(raw) > _MAX_COLUMNS:
        raise _unreadable(phrase("it has {n} columns, more than any log.", n=len(raw)), source)
    columns = [
        Column(name, _identifier(own), kind)
        for (name, *_), (own, kind, *_) in zip(raw, described, strict=True)
    ]
    _check_headers(columns, raw, source)
    columns, told = _with_folders(columns, source)
    headers = [column.header for column in columns]
    source.headers = tuple(headers)
    if not is_header(headers, source.column, source.needed):
        raise Refused("no_column", missing=missing(headers, source), found=listed(headers))
    groups = con.execute(
        f"""SELECT row_group_id, any_value(row_group_num_rows), sum(num_values), max(num_values)
        FROM parquet_metadata({quoted}) GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    rows = sum(count for _, count, _, _ in groups)
    if any(count < 0 for _, count, _, _ in groups):
        raise _unreadable(phrase("it says that it has less than no rows."), source)
    values = sum(total or 0 for _, _, total, _ in groups)
    most = max(MAX_ROWS, size)
    if rows > most or values > max(MAX_VALUES, MAX_RATIO * size):
        raise Refused("file_too_large", name=source.name, limit=f"{most} rows" if rows > most else "200 MB")
    numbered = all(own.casefold() != NUMBERED for own, *_ in described)
    windows = _windows([count for _, count, _, _ in groups], numbered)
    return Opened(table, size, tuple(columns), windows, numbered, told)


def _magic(path: str, source: Input) -> int | None:
    """The size of a file that begins and ends as Parquet does, None for an empty one. Raises ``Refused``."""
    with open(path, "rb") as file:  # noqa: PTH123
        start = file.read(4)
        size = file.seek(0, 2)
        file.seek(max(0, size - 4))
        end = file.read(4)
    if size == 0:
        return None
    if start == _ENCRYPTED or end == _ENCRYPTED:
        raise Refused("parquet_encrypted", name=source.name)
    if start != _MAGIC or end != _MAGIC or size < 12:
        raise Refused("not_parquet", name=source.name)
    return size


def _top(schema: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The columns among the elements of a schema, which is a tree in order of its parts."""
    found: list[tuple[Any, ...]] = []
    at = 1
    while at < len(schema):
        found.append(schema[at])
        left = 1
        while left and at < len(schema):
            left += (schema[at][1] or 0) - 1
            at += 1
    return found


def _check_headers(columns: Sequence[Column], raw: Sequence[tuple[Any, ...]], source: Input) -> None:
    headers = [column.header for column in columns]
    clash = twice(headers, source.column)
    if clash is not None:
        column, a, b = clash
        raise Refused("duplicate_header", column=column, first=shown(headers[a]), second=shown(headers[b]))
    for name, _, stored, converted, logical in raw:
        old = stored == "INT96" or (str(converted).startswith("TIMESTAMP") and logical is None)
        if old and source.column(name) is not None:
            kind = "INT96" if stored == "INT96" else str(converted)
            raise Refused("timestamp_kind", column=shown(name), kind=kind)


def _with_folders(columns: list[Column], source: Input) -> tuple[list[Column], tuple[Problem, ...]]:
    """The columns with those that folders stand for, as ``municipality=kline``."""
    told: list[Problem] = []
    known = {source.column(column.header) for column in columns}
    for folder in PurePath(source.name).parent.parts:
        found = _PARTITION.fullmatch(folder)
        name = source.column(found[1]) if found else None
        if found is None or name is None:
            continue
        if name in known:
            told.append(problem("folder_ignored", source.name, folder=shown(folder), column=name))
            continue
        known.add(name)
        value = _unescaped(found[2])
        if value is not None:
            columns.append(Column(found[1], "'" + value.replace("'", "''") + "'::VARCHAR", "VARCHAR"))
    return columns, tuple(told)


def _unescaped(value: str) -> str | None:
    """The value that a folder is named after, None for the one that stands for no value."""
    from urllib.parse import unquote

    if value == "__HIVE_DEFAULT_PARTITION__":
        return None
    plain = unquote(value, errors="replace")
    return plain if plain.isprintable() else value


def _windows(counts: Sequence[int], numbered: bool) -> tuple[Window, ...]:
    """Row groups put together where they are small; all of them where rows cannot be chosen by number."""
    found: list[Window] = []
    parts: list[tuple[int, int]] = []
    first = 0
    for index, count in enumerate(counts):
        parts.append((first, count))
        first += count
        size = first - parts[0][0]
        last = index == len(counts) - 1
        if last or (numbered and size + counts[index + 1] > _TOGETHER):
            if size:
                found.append(Window(parts[0][0], size, tuple(parts) if numbered else ((parts[0][0], size),)))
            parts = []
    return tuple(found)


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _unreadable(why: str, source: Input) -> Refused:
    return Refused("file_unreadable", name=source.name, format=phrase("a Parquet file"), why=why)


def said(error: BaseException) -> str:
    """What the database says of a damaged file, on one line, without where it stands in the query."""
    text = " ".join(str(error).partition("\n")[0].split()) or type(error).__name__
    return shown(text.rstrip("."), 200)[1:-1]
