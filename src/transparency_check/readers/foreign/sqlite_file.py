"""A file of SQLite that somebody else has made, opened to be read and for nothing else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .cells import no_value

MAGIC = b"SQLite format 3\0"
# Bytes of one value or row.
_LARGEST = 10_000_000
_PATIENCE = 60
# What Python raises for a damaged file; of what it says of bytes of the file that are no text, too.
DAMAGE = (sqlite3.Error, UnicodeError)


def is_sqlite(path: Path) -> bool:
    """Whether a file begins as one of SQLite does. Raises ``OSError``."""
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot write. Raises ``sqlite3.Error``."""
    log = path.with_name(f"{path.name}-wal")
    try:
        return _opened(path, "")
    except sqlite3.OperationalError:
        # In a folder that cannot be written to, nothing can be laid beside the file; without a log that is
        # waiting there is no need.
        if log.exists() and log.stat().st_size:
            raise
        return _opened(path, "&immutable=1")


def _opened(path: Path, more: str) -> sqlite3.Connection:
    con = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro{more}", uri=True, timeout=_PATIENCE, isolation_level=None
    )
    try:
        # Whoever made the file may have put anything into it.
        con.execute("PRAGMA trusted_schema = OFF")
        con.execute("PRAGMA query_only = ON")
        con.execute("PRAGMA cell_size_check = ON")
        con.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
        con.text_factory = _text
        con.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        con.close()
        raise
    return con


def _text(data: bytes) -> str:
    """A text with what is no UTF-8 in it kept apart."""
    return data.decode("utf-8", "surrogateescape")


def cell(value: object) -> object:
    """A value of SQLite as a cell: bytes are nothing that a column takes, nor is what is no UTF-8."""
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return no_value(value.encode("utf-8", "replace").decode())
    return no_value("(bytes)") if isinstance(value, bytes) else value


def header(name: object) -> str:
    """The name of a column or table as text that can be shown and written."""
    return str(name).encode("utf-8", "replace").decode()


def quoted(name: str) -> str:
    """A name in a statement."""
    return '"' + name.replace('"', '""') + '"'
