"""SQL: the rows of a table, a view or a query."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import orjson

from ...errors import UsageError
from ...messages import text
from ...messages.problems import problem, shown
from ...model import Problem
from ..base import Input, NoValue, Row
from ..location import Location
from ..names import nearest
from .sql_address import Address, address, is_address
from .sql_database import cell, library, reading, reason_of, telling
from .sqlite_file import DAMAGE, header, quoted

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Types whose values have no order.
_UNORDERED = ("JSON", "XML", "POINT", "BOX", "CIRCLE", "LINE", "LSEG", "PATH", "POLYGON", "HSTORE")


class Sql:
    """``sql:sqlite:///records.db#meetings``, ``sql:postgresql://user@host/database#meetings``, or a query in
    place of the table: places are ``records.db!meetings:17``, rows counted from 1 in the order of the primary
    key. A file of SQLite with one table is read by its name alone.
    """

    name = "sql"
    suffixes: tuple[str, ...] = ()
    foreign = True

    def locates(self, given: str) -> bool:
        """Whether a text names a table that is no file of a folder."""
        return is_address(given)

    def input(
        self,
        given: str | PurePath,
        column: Callable[[str], str | None],
        spellings: Callable[[str], Sequence[str]],
    ) -> Input:
        """The table that is named, as an input. Raises ``UsageError``."""
        return SqlInput(address(given), column=column, spellings=spellings)

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``. A database that comes as a stream is read from a copy."""
        if isinstance(source, SqlInput):
            yield from source.rows()
            return
        path = Path(source.on_disk())
        if not path.stat().st_size:
            return
        copy = SqlInput(Address(Location(source.name, path=path)))
        try:
            yield from copy.rows()
        except UsageError as error:
            yield problem("file_unreadable", source.name, name=source.name, format="SQLite", why=str(error))
            yield Row(source.name, {}, True)


class SqlInput(Input):
    """The rows of one state of a table. The digest is that of what was read: a database is no file."""

    def __init__(
        self,
        where: Address,
        *,
        column: Callable[[str], str | None] = lambda header: header,
        spellings: Callable[[str], Sequence[str]] = lambda name: (name,),
    ) -> None:
        super().__init__(where.shown, where.location.path, column=column, spellings=spellings)
        self._where = where
        self._digest = hashlib.sha256()
        self._read = False

    def open(self) -> io.BufferedReader:
        """Nothing: a table has no bytes."""
        return io.BufferedReader(io.BytesIO())

    def changed(self) -> bool:
        """Never: one state is read, whatever is written meanwhile."""
        return False

    def close(self) -> str:
        """The SHA-256 of what was read."""
        return self._digest.hexdigest()

    def rows(self) -> Iterator[Row | Problem]:
        """All rows. Raises ``UsageError`` for a database that cannot be opened or has no such table."""
        library()
        from sqlalchemy.exc import SQLAlchemyError

        number = 0
        with ExitStack() as stack:
            con = stack.enter_context(reading(self._where.location))
            with telling(self.name):
                table, statement = self._statement(con)
                start = (
                    self.name if self._where.table or self._where.query else f"{self.name}!{header(table)}"
                )
                result = con.execution_options(stream_results=True, no_parameters=True).exec_driver_sql(
                    statement
                )
                headers = [header(name) for name in result.keys()]  # noqa: SIM118
            twice = next((name for name in headers if headers.count(name) > 1), None)
            if twice is not None:
                at = [str(n) for n, name in enumerate(headers, start=1) if name == twice][:2]
                yield problem("duplicate_header", start, column=shown(twice), first=at[0], second=at[1])
                yield Row(start, {}, True)
                return
            self._digest.update(orjson.dumps(headers))
            try:
                for values in result:
                    number += 1
                    cells = dict(zip(headers, map(cell, values), strict=True))
                    self._digest.update(
                        orjson.dumps([_written(value) for value in cells.values()], default=str)
                    )
                    yield Row(f"{start}:{number}", cells)
            except (SQLAlchemyError, *DAMAGE, OverflowError, ValueError) as error:
                yield problem("rows_end", f"{start}:{number + 1}", why=shown(reason_of(error), 300)[1:-1])
                yield Row(f"{start}:{number + 1}", {}, True)

    def _statement(self, con: Connection) -> tuple[str, str]:
        """The name of the table, and what is asked. Raises ``UsageError``."""
        from sqlalchemy import inspect

        if self._where.query is not None:
            return "query", self._where.query
        inspector = inspect(con)
        tables = inspector.get_table_names()
        wanted = self._where.table
        if wanted is None:
            if len(tables) != 1:
                names = ", ".join(sorted(map(header, tables))[:12]) or "-"
                raise UsageError(text("sql.error.which", name=self.name, tables=names))
            wanted = str(tables[0])
        name, schema = wanted, None
        views = inspector.get_view_names()
        if name not in (*tables, *views) and "." in name and con.dialect.name != "sqlite":
            schema, _, name = wanted.partition(".")
            tables, views = inspector.get_table_names(schema), inspector.get_view_names(schema)
        if name not in (*tables, *views):
            message = text("sql.error.table", name=self._where.location.shown, table=wanted)
            near = nearest(name, [*tables, *views])
            raise UsageError(text("nearest", message=message, name=near) if near else message)
        found = inspector.get_columns(name, schema)
        order = [] if name in views else inspector.get_pk_constraint(name, schema)["constrained_columns"]
        if (
            not order
            and con.dialect.name == "sqlite"
            and name in tables
            and "rowid" not in [c["name"] for c in found]
        ):
            order = ["rowid"]
        if not order:
            # Without a key the order of the rows is that of their values.
            order = [c["name"] for c in found if not str(c["type"]).upper().startswith(_UNORDERED)]
        whole = ".".join(quoted(part) for part in (schema, name) if part)
        sorted_by = f" ORDER BY {', '.join(map(quoted, order))}" if order else ""
        return wanted, f"SELECT * FROM {whole}{sorted_by}"


def _written(value: Any) -> Any:
    """A value as it goes into the digest."""
    return ["no value", str(value)] if isinstance(value, NoValue) else value
