"""OCEL 2.0 in SQLite: a table for each type of event and object."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ...messages import phrase
from ...messages.problems import problem, shown
from ...model import Problem
from ..base import Input, Row
from .ocel import Event, Objects, moment_cell, rows_of
from .sqlite_file import DAMAGE, cell, header, is_sqlite, quoted, read_only

FORMAT = "OCEL 2.0 (SQLite)"
_TABLES = ("event", "object", "event_object", "event_map_type", "object_map_type")
_ID, _TIME, _CHANGED = "ocel_id", "ocel_time", "ocel_changed_field"


class OcelSqlite:
    """``.ocel.sqlite`` and the like: places are ``file!table:row``, rows counted from 1."""

    name = "ocel-sqlite"
    suffixes: tuple[str, ...] = (".ocel.sqlite", ".ocel.db", ".sqliteocel")
    foreign = True

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        path = Path(source.on_disk())
        if not path.stat().st_size:
            return
        why = None
        try:
            if not is_sqlite(path):
                why = phrase("it does not begin as a file of SQLite does.")
            else:
                with closing(read_only(path)) as con:
                    log = _Log(source.name, con)
                    why = log.lacking()
                    if why is None:
                        yield from log.rows()
        except DAMAGE as error:
            place = source.name
            yield problem("rows_end", place, why=shown(" ".join(str(error).split()), 200)[1:-1])
            yield Row(place, {}, True)
        if why is not None:
            yield problem("file_unreadable", source.name, name=source.name, format=FORMAT, why=why)
            yield Row(source.name, {}, True)


class _Log:
    """The tables of a log."""

    def __init__(self, name: str, con: sqlite3.Connection) -> None:
        self._name, self._con = name, con
        found = con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self._tables = {str(table).casefold(): str(table) for (table,) in found}

    def lacking(self) -> str | None:
        """Why it is no such log, if it is none."""
        missing = [name for name in _TABLES if name not in self._tables]
        return phrase("it has no table {name}.", name=missing[0]) if missing else None

    def rows(self) -> Iterator[Row | Problem]:
        """All events, by their types. Raises what is in ``DAMAGE``."""
        objects = self._objects()
        related: dict[str, list[tuple[str, str]]] = {}
        for event, object_, qualifier in self._select(
            "event_object", "ocel_event_id", "ocel_object_id", "ocel_qualifier"
        ):
            related.setdefault(header(event), []).append((header(object_), header(qualifier or "")))
        types = {header(id_): cell(type_) for id_, type_ in self._select("event", _ID, "ocel_type")}
        left = dict.fromkeys(types)
        for type_, table in self._typed("event_map_type", "event_"):
            names, rows = self._all(table)
            for n, row in enumerate(rows, start=1):
                values = dict(zip(names, map(cell, row), strict=True))
                id_, time = values.pop(_ID, None), moment_cell(values.pop(_TIME, None))
                left.pop(str(id_), None)
                own = {"id": id_, "type": types.get(str(id_), type_), "time": time}
                place = f"{self._name}!{header(table)}:{n}"
                yield from rows_of(
                    Event(place, own, tuple(values.items()), tuple(related.get(str(id_), ()))), objects
                )
        for n, id_ in enumerate(types, start=1):
            if id_ in left:
                # It stands in no table that says when it was.
                own = {"id": id_, "type": types[id_]}
                event = Event(f"{self._name}!event:{n}", own, (), tuple(related.get(id_, ())))
                yield from rows_of(event, objects)

    def _objects(self) -> Objects:
        objects = Objects()
        for id_, type_ in self._select("object", _ID, "ocel_type"):
            objects.add(header(id_), header(type_))
        for _, table in self._typed("object_map_type", "object_"):
            names, rows = self._all(table)
            for row in rows:
                values = dict(zip(names, map(cell, row), strict=True))
                id_, time = header(values.pop(_ID, None)), moment_cell(values.pop(_TIME, None))
                changed = values.pop(_CHANGED, None)
                for name, value in values.items():
                    if value is not None and changed in (None, "", name):
                        objects.state(id_, name, time, value)
        return objects

    def _typed(self, mapping: str, prefix: str) -> Iterator[tuple[str, str]]:
        """Types with their tables, as far as these are there."""
        for type_, mapped in self._select(mapping, "ocel_type", "ocel_type_map"):
            table = self._tables.get(f"{prefix}{mapped}".casefold())
            if table is not None:
                yield header(type_), table

    def _select(self, table: str, *columns: str) -> list[tuple[object, ...]]:
        names = ", ".join(map(quoted, columns))
        return self._con.execute(f"SELECT {names} FROM {quoted(self._tables[table])}").fetchall()

    def _all(self, table: str) -> tuple[list[str], Iterator[tuple[object, ...]]]:
        """The columns of a table, and its rows in their order."""
        rows = self._con.execute(f"SELECT * FROM {quoted(table)}")
        return [header(column[0]) for column in rows.description], rows
