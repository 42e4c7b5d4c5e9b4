"""Copies of a register, made while it is written to, and checked before they take their place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..messages import text
from ..readers.location import Location
from .chain import Entry, Head, Walk
from .database import Database
from .migrations import MIGRATIONS, migrate, version_of
from .store import BATCH, Reading, Register, begin
from .verifying import verified

if TYPE_CHECKING:
    from sqlalchemy import Connection


def copy(register: Register, target: Location) -> Head:
    """Copy a register as it stands into a file that is not there, or into an empty database of PostgreSQL;
    the end of its chain. A file is there as a whole or not at all.

    Raises ``UsageError`` where the target is taken, and where the register or its copy is not whole.
    """
    if target.path is None:
        return _into(register, target)
    if target.path.exists():
        raise UsageError(text("register.error.taken", name=target.shown))
    folder = target.path.absolute().parent
    if not folder.is_dir():
        raise UsageError(text("error.output.parent", path=folder))
    with tempfile.TemporaryDirectory(prefix=f".{target.path.name}.", suffix=".part", dir=folder) as made:
        beside = Path(made, "copy.db")
        head = _into(register, Location(target.shown, path=beside))
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        # Whoever made such a file meanwhile keeps it.
        try:
            target.path.hardlink_to(beside)
        except FileExistsError:
            raise UsageError(text("register.error.taken", name=target.shown)) from None
        except OSError:
            # File systems without links.
            beside.replace(target.path)
        _sync_folder(folder)
    return head


def _into(register: Register, target: Location) -> Head:
    database = Database(target, write=True, create=True)
    try:
        with database.reading() as con:
            if version_of(con) is not None and _occupied(con):
                raise UsageError(text("register.error.taken", name=target.shown))
        for _ in migrate(database):
            pass
        with register.reading() as reading:
            walk = Walk(register.first)
            with database.writing() as con:
                _fill(con, reading, walk)
                begin(con, register.id, register.created, target)
    finally:
        database.close()
    with Register(target) as made:
        found = verified(made, [walk.head])
    if not found.whole or found.head != walk.head:
        raise UsageError(text("register.error.copy", name=target.shown))
    return found.head


def _occupied(con: Connection) -> bool:
    from sqlalchemy import select

    from .tables import META, RECORD

    return any(con.execute(select(table).limit(1)).first() is not None for table in (META, RECORD))


def _fill(con: Connection, reading: Reading, walk: Walk) -> None:
    """All records and rows that were left out, word for word."""
    from sqlalchemy import select

    from .tables import LEFT_OUT, RECORD

    entries = _walked(reading, walk)
    while batch := [entry._asdict() for entry in islice(entries, BATCH)]:
        con.execute(RECORD.insert(), batch)
    if reading.register.version < MIGRATIONS[1].version:
        return
    query = select(*LEFT_OUT.c).order_by(LEFT_OUT.c.n).execution_options(yield_per=BATCH)
    left = reading.con.execute(query)
    while rows := [dict(row._mapping) for row in islice(left, BATCH)]:
        con.execute(LEFT_OUT.insert(), rows)


def _walked(reading: Reading, walk: Walk) -> Iterator[Entry]:
    """The records while they follow one another. Raises ``UsageError`` where one does not."""
    for entry in reading.entries():
        walk.step(entry)
        if walk.faults:
            raise UsageError(text("register.error.broken", name=reading.register.location.shown))
        yield entry


def _sync_folder(folder: Path) -> None:
    """Bring the name of a new file to the disk, where the system lets one."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
