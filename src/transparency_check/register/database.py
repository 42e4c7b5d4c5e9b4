"""The database under a register: how it is opened, locked and read, and what goes wrong with it, in words.

SQLite keeps a write-ahead log and brings every commit to the disk before it is acknowledged; one writer waits
for the other. PostgreSQL does the same by its own means; there writers wait for a lock that is theirs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..messages import text
from ..readers.base import cannot_open
from ..readers.location import Location
from .libraries import require_driver, sqlalchemy

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SQLITE, POSTGRESQL = "sqlite", "postgresql"
# Seconds that one writer waits for another.
PATIENCE = 60
# Says of a file that it is a register: "TCRE".
APPLICATION = 0x54435245
# Locks of PostgreSQL.
_MAKING, _WRITING = APPLICATION, APPLICATION + 1


class Database:
    """A database that is open for reading, or also for writing. Everything it raises is a ``UsageError``."""

    def __init__(self, location: Location, *, write: bool = False, create: bool = False) -> None:
        """``create`` makes a file that is not there. Raises ``UsageError`` where there is none else, and
        where a library is missing.
        """
        sqlalchemy()
        self.location = location
        self.write = write
        with self.telling():
            if location.path is not None:
                self.dialect = SQLITE
                self._engine = _file_engine(location.path, location.shown, write, create)
            else:
                self.dialect = POSTGRESQL
                self._engine = _server_engine(str(location.url), location.shown, write)

    def close(self) -> None:
        """Be done with it."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state, whatever is written meanwhile."""
        with self.telling(), self._engine.connect() as con, con.begin():
            yield con

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes. What is written is on the disk at its end, or, where
        something is raised, was never there.
        """
        with self.telling(), self._engine.connect() as con, con.begin():
            if self.dialect == POSTGRESQL:
                # It asks for no right but to connect, and the order of numbers holds without it, too.
                con.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING})")
            yield con

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A transaction in which nobody else makes or changes tables."""
        with self.telling(), self._engine.connect() as con, con.begin():
            if self.dialect == POSTGRESQL:
                con.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKING})")
            yield con

    @contextmanager
    def telling(self) -> Iterator[None]:
        """What the database raises, in words."""
        from sqlalchemy.exc import DBAPIError, SQLAlchemyError

        try:
            yield
        except DBAPIError as error:
            raise _told(error.orig, self.location.shown) from error
        except sqlite3.Error as error:
            raise _told(error, self.location.shown) from error
        except UnicodeDecodeError as error:
            # Of a damaged file that is told in bytes of that file.
            name, reason = self.location.shown, str(error)
            raise UsageError(text("register.error.damaged", name=name, reason=reason)) from error
        except SQLAlchemyError as error:
            raise _told(error, self.location.shown) from error


def _file_engine(path: Path, shown: str, write: bool, create: bool) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    if not create:
        try:
            path.open("rb").close()
        except OSError as error:
            if isinstance(error, FileNotFoundError):
                raise UsageError(text("register.error.none", name=shown)) from error
            raise cannot_open(shown, error) from error
    elif not path.absolute().parent.is_dir():
        raise UsageError(text("error.output.parent", path=path.absolute().parent))
    connect = _opened(path, write, create)
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    begin = "BEGIN IMMEDIATE" if write else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(con: Connection) -> None:
        # The driver would begin only at the first change, and two readers that turn into writers lock each
        # other out.
        con.exec_driver_sql(begin)

    return engine


def _opened(path: Path, write: bool, create: bool) -> Callable[[], sqlite3.Connection]:
    """How the file is opened. A reader needs no right to write where nobody has written since it was
    closed.
    """
    if write:
        return lambda: _connect(path, "rwc" if create else "rw", keep=True)
    ways: list[Callable[[], sqlite3.Connection]] = [
        # With the right to tidy up what the write-ahead log needs beside the file.
        lambda: _connect(path, "rw"),
        lambda: _connect(path, "ro"),
    ]
    log = path.with_name(f"{path.name}-wal")
    if not (log.exists() and log.stat().st_size):
        ways.append(lambda: _connect(path, "ro", "&immutable=1"))
    for way in ways[:-1]:
        try:
            con = way()
        except sqlite3.OperationalError:
            continue
        con.close()
        return way
    return ways[-1]


def _connect(path: Path, mode: str, more: str = "", *, keep: bool = False) -> sqlite3.Connection:
    con = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}{more}", uri=True, timeout=PATIENCE, isolation_level=None
    )
    try:
        # Whoever made the file may have put anything into it.
        con.execute("PRAGMA trusted_schema = OFF")
        con.execute("PRAGMA synchronous = FULL")
        if keep:
            con.execute("PRAGMA journal_mode = WAL")
        else:
            con.execute("PRAGMA query_only = ON")
            con.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        con.close()
        raise
    return con


def _server_engine(url: str, shown: str, write: bool) -> Engine:
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.exc import ArgumentError
    from sqlalchemy.pool import NullPool

    require_driver()
    try:
        where = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise UsageError(text("register.error.url", name=shown)) from None
    if write:
        return create_engine(where, poolclass=NullPool)
    engine = create_engine(where, poolclass=NullPool, isolation_level="REPEATABLE READ")
    return engine.execution_options(postgresql_readonly=True)


# What SQLite says, by the beginning of its name for it.
_LITE = (
    ("SQLITE_FULL", "full"), ("SQLITE_IOERR_WRITE", "full"), ("SQLITE_IOERR_FSYNC", "full"),
    ("SQLITE_BUSY", "busy"), ("SQLITE_LOCKED", "busy"), ("SQLITE_READONLY", "readonly"),
    ("SQLITE_CANTOPEN", "readonly"), ("SQLITE_NOTADB", "foreign"), ("SQLITE_CORRUPT", "damaged"),
)  # fmt: skip
# What PostgreSQL says, by the beginning of its code.
_SERVER = (
    ("53100", "full"), ("28", "login"), ("3D000", "missing"), ("42501", "readonly"), ("25006", "readonly"),
    ("55P03", "busy"), ("57014", "busy"),
)  # fmt: skip


def _told(error: Any, name: str) -> UsageError:
    """What the database says of an error, as a person can use it."""
    code = getattr(error, "sqlite_errorname", None)
    if code is not None:
        known = next((told for begins, told in _LITE if code.startswith(begins)), None)
    else:
        code = getattr(error, "sqlstate", None)
        known = next((told for begins, told in _SERVER if code is not None and code.startswith(begins)), None)
        if known is None and code is None and type(error).__name__ == "OperationalError":
            known = "reach"
    reason = " ".join(str(error).split())
    return UsageError(text(f"register.error.{known or 'other'}", name=name, reason=reason))
