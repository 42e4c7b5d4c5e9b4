"""A database of somebody else, opened to be read and for nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UsageError
from ...messages import text
from ..base import NoValue, cannot_open
from ..location import Location
from .cells import no_value
from .sqlite_file import DAMAGE, is_sqlite, read_only
from .sqlite_file import cell as of_sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# What PostgreSQL says, by the beginning of its code.
_SERVER = (("28", "login"), ("3D000", "missing"), ("42501", "rights"), ("57014", "other"))


@contextmanager
def reading(location: Location) -> Iterator[Connection]:
    """A transaction that sees one state, whatever is written meanwhile, and cannot write. Raises
    ``UsageError`` where the database cannot be opened, and what SQLAlchemy raises further on.
    """
    engine = _file(location.path, location.shown) if location.path is not None else _server(location)
    with telling(location.shown):
        con = engine.connect()
    try:
        yield con
    finally:
        con.close()
        engine.dispose()


@contextmanager
def telling(shown: str) -> Iterator[None]:
    """What the database raises, as a ``UsageError`` in words. Passwords are in none of them."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as error:
        raise _told(error.orig, shown) from None
    except (SQLAlchemyError, *DAMAGE) as error:
        raise _told(error, shown) from None
    except (TypeError, AttributeError, ValueError, LookupError) as error:
        # Of what a damaged file says of its tables the library can make nothing.
        raise UsageError(text("sql.error.other", name=shown, reason=reason_of(error))) from None


def reason_of(error: BaseException) -> str:
    """What the database says of an error, on one line."""
    said = str(getattr(error, "orig", None) or error)
    return " ".join(said.encode("utf-8", "replace").decode().split())[:300].rstrip(".")


def _told(error: Any, shown: str) -> UsageError:
    code = getattr(error, "sqlstate", None)
    kind = next((kind for begins, kind in _SERVER if code is not None and code.startswith(begins)), None)
    if kind is None and code is None and type(error).__module__.startswith("psycopg"):
        kind = "reach"
    return UsageError(text(f"sql.error.{kind or 'other'}", name=shown, reason=reason_of(error)))


def _file(path: Path, shown: str) -> Engine:
    sqlalchemy = library()
    try:
        sound = is_sqlite(path)
    except OSError as error:
        raise cannot_open(shown, error) from error
    if not sound:
        raise UsageError(text("sql.error.no_database", name=shown))
    from sqlalchemy.pool import NullPool

    engine: Engine = sqlalchemy.create_engine(
        "sqlite://", creator=lambda: read_only(path), poolclass=NullPool
    )
    return engine


def _server(location: Location) -> Engine:
    sqlalchemy = library()
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise UsageError(text("sql.error.psycopg")) from None
    from sqlalchemy import event, make_url
    from sqlalchemy.exc import ArgumentError
    from sqlalchemy.pool import NullPool

    try:
        where = make_url(str(location.url)).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise UsageError(text("sql.error.url", name=location.shown)) from None
    engine: Engine = sqlalchemy.create_engine(where, poolclass=NullPool, isolation_level="REPEATABLE READ")
    event.listen(engine, "connect", _loading)
    return engine.execution_options(postgresql_readonly=True)


def library() -> Any:
    """SQLAlchemy. Raises ``UsageError`` that says how to install it."""
    try:
        import sqlalchemy
    except ImportError:
        raise UsageError(text("sql.error.sqlalchemy")) from None
    return sqlalchemy


def _loading(con: Any, _: object) -> None:
    """Days and times that Python has none for have no value, and cost no more than themselves."""
    from psycopg import DataError
    from psycopg.types import datetime as types

    def forgiving(loader: type[Any]) -> type[Any]:
        class Forgiving(loader):  # type: ignore[misc]
            def load(self, data: Any) -> object:
                try:
                    return super().load(data)
                except (DataError, ValueError, OverflowError):
                    return no_value(bytes(data).decode("utf-8", "replace"))

        return Forgiving

    for name, loader in (
        ("date", types.DateLoader), ("timestamp", types.TimestampLoader),
        ("timestamptz", types.TimestamptzLoader), ("interval", types.IntervalLoader),
        ("time", types.TimeLoader), ("timetz", types.TimetzLoader),
    ):  # fmt: skip
        con.adapters.register_loader(name, forgiving(loader))


# Whole numbers beyond it stay what a float makes of them.
_LARGEST = 10**18
_PLAIN_TYPES = (bool, int, dt.date, NoValue, type(None))


def cell(value: Any) -> object:
    """A value of a database as a cell: days and times stay what they are."""
    from decimal import Decimal
    from math import isfinite

    if isinstance(value, Decimal):
        plain = value.is_finite() and value == value.to_integral_value() and abs(value) < _LARGEST
        value = int(value) if plain else float(value)
    if isinstance(value, str):
        return of_sqlite(value)
    if isinstance(value, _PLAIN_TYPES):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else no_value(str(value))
    if isinstance(value, bytes | memoryview | bytearray):
        return no_value("(bytes)")
    if isinstance(value, list | tuple):
        return [cell(part) for part in value]
    return value if isinstance(value, dict) else str(value)
