"""A register: made once, then only ever added to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..messages import text
from ..readers.location import Location
from .chain import Entry, Head, beginning, hash_of
from .database import APPLICATION, SQLITE, Database
from .migrations import migrate, version_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Rows that go to and fro at a time.
BATCH = 1_000
# How far the clock of one writer may be behind that of another.
_DRIFT = dt.timedelta(minutes=1)
_STEP = dt.timedelta(microseconds=1)


class Draft(NamedTuple):
    """What is to be recorded: an ``Entry`` before it has its number, moment and hash."""

    kind: str
    event_id: str | None
    event: str
    follows: int | None = None
    settles: int | None = None
    reason: str | None = None
    origin: str | None = None


class LeftOut(NamedTuple):
    """A row that an import left out: its text, the problem, and what could be read of it (JSON)."""

    place: str
    code: str
    message: str
    content: str
    parts: str
    n: int = 0


class Known(NamedTuple):
    """A record of an event that is there already."""

    seq: int
    event_id: str
    event: str


class Register:
    """A register that is there. Raises ``UsageError`` for whatever goes wrong with it."""

    def __init__(self, location: Location, *, write: bool = False) -> None:
        """Open it; for writing, one of an earlier version becomes one of this. ``upgraded`` are the versions
        that it has come to by that.
        """
        from sqlalchemy import select

        from .tables import META

        self.location = location
        self.upgraded: tuple[int, ...] = ()
        self._database = Database(location, write=write)
        try:
            with self._database.reading() as con:
                self.version = _required_version(con, location)
            if write:
                self.upgraded = tuple(migrate(self._database))
            with self._database.reading() as con:
                self.version = _required_version(con, location)
                made = con.execute(select(META.c.id, META.c.created)).first()
            if made is None:
                raise UsageError(text("register.error.unfinished", name=location.shown))
        except BaseException:
            self._database.close()
            raise
        self.id, self.created = made
        self.first = Head(0, beginning(self.id, self.created))

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._database.dialect

    def telling(self) -> AbstractContextManager[None]:
        """In which the database says in words what is wrong: reading raises ``UsageError``."""
        return self._database.telling()

    def close(self) -> None:
        """Be done with it."""
        self._database.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One state of the register."""
        with self._database.reading() as con:
            yield Reading(con, self)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """The register while nobody else writes; what is written is there as a whole at the end, or not at
        all.
        """
        with self._database.writing() as con:
            yield Writing(con, self)


class Reading:
    """What is asked of one state of a register."""

    def __init__(self, con: Connection, register: Register) -> None:
        self.con = con
        self.register = register

    def head(self) -> Head:
        """How many records there are, and the hash of the last."""
        last = self._last()
        return self.register.first if last is None else Head(last.seq, last.hash)

    def _last(self) -> Entry | None:
        from sqlalchemy import select

        from .tables import RECORD

        found = self.con.execute(select(*RECORD.c).order_by(RECORD.c.seq.desc()).limit(1)).first()
        return None if found is None else Entry(*found)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """All records behind the one with this number, in order."""
        from sqlalchemy import select

        from .tables import RECORD

        query = select(*RECORD.c).where(RECORD.c.seq > after).order_by(RECORD.c.seq)
        found = self.con.execute(query.execution_options(yield_per=BATCH))
        return (Entry(*row) for row in found)

    def of_event(self, event_id: str) -> list[Entry]:
        """All records of one event, in order."""
        from sqlalchemy import select

        from .tables import RECORD

        query = select(*RECORD.c).where(RECORD.c.event_id == event_id).order_by(RECORD.c.seq)
        return [Entry(*row) for row in self.con.execute(query)]

    def known(self, event_ids: Sequence[str]) -> list[Known]:
        """The records of some events, in order."""
        from sqlalchemy import select

        from .tables import RECORD

        query = (
            select(RECORD.c.seq, RECORD.c.event_id, RECORD.c.event)
            .where(RECORD.c.event_id.in_(event_ids))
            .order_by(RECORD.c.seq)
        )
        return [Known(*row) for row in self.con.execute(query)]

    def newest_ids(self, most: int) -> list[str]:
        """The ids of the newest records."""
        from sqlalchemy import select

        from .tables import RECORD

        query = select(RECORD.c.event_id).where(RECORD.c.event_id.is_not(None))
        found = self.con.execute(query.order_by(RECORD.c.seq.desc()).limit(most))
        return list(dict.fromkeys(row[0] for row in found))

    def last_left_out(self) -> int:
        """The number of the last row that an import left out; 0 where there is none."""
        from sqlalchemy import func, select

        from .tables import LEFT_OUT

        if self.register.version < 2:
            return 0
        return int(self.con.execute(select(func.max(LEFT_OUT.c.n))).scalar() or 0)

    def left_out(self, unsettled: bool = True) -> list[LeftOut]:
        """The rows that imports left out, in order; those that no record has settled, or all."""
        from sqlalchemy import select

        from .tables import LEFT_OUT, RECORD

        if self.register.version < 2:
            return []
        fields = [LEFT_OUT.c[name] for name in LeftOut._fields]
        query = select(*fields).order_by(LEFT_OUT.c.n)
        if unsettled:
            settled = select(RECORD.c.settles).where(RECORD.c.settles.is_not(None))
            query = query.where(LEFT_OUT.c.n.not_in(settled))
        return [LeftOut(*row) for row in self.con.execute(query)]


class Writing(Reading):
    """A state that is being added to."""

    def moment(self, now: dt.datetime) -> dt.datetime:
        """When something is recorded that is recorded now: after all that was recorded before. Raises
        ``UsageError`` where the clock is behind that.
        """
        last = self._last()
        if last is None:
            return now
        before = dt.datetime.fromisoformat(last.entered_at)
        if now > before:
            return now
        if before - now > _DRIFT:
            raise UsageError(
                text("register.error.clock", now=written(now), last=last.entered_at, seq=last.seq)
            )
        return (before + _STEP).astimezone(now.tzinfo)

    def append(self, drafts: Iterable[Draft], at: dt.datetime, by: str) -> list[Entry]:
        """Record them in their order; the last of them (at most ``BATCH``), with numbers and hashes."""
        from .tables import RECORD

        head, entered_at = self.head(), written(at)
        entries: list[Entry] = []
        waiting = iter(drafts)
        while batch := list(islice(waiting, BATCH)):
            entries = []
            for draft in batch:
                entry = Entry(
                    head.count + 1,
                    entered_at,
                    by,
                    draft.kind,
                    draft.event_id,
                    draft.follows,
                    draft.settles,
                    draft.reason,
                    draft.origin,
                    draft.event,
                )
                entry = entry._replace(hash=hash_of(head.hash, entry))
                head = Head(entry.seq, entry.hash)
                entries.append(entry)
            self.con.execute(RECORD.insert(), [entry._asdict() for entry in entries])
        return entries

    def leave_out(self, rows: Iterable[LeftOut], at: dt.datetime, by: str) -> list[LeftOut]:
        """Keep rows that could not be recorded; they come back with their numbers."""
        from sqlalchemy import func, select

        from .tables import LEFT_OUT

        n = self.con.execute(select(func.max(LEFT_OUT.c.n))).scalar() or 0
        numbered = [row._replace(n=n + i) for i, row in enumerate(rows, start=1)]
        if numbered:
            entered: Mapping[str, object] = {"entered_at": written(at), "entered_by": by}
            self.con.execute(LEFT_OUT.insert(), [{**row._asdict(), **entered} for row in numbered])
        return numbered


def written(moment: dt.datetime) -> str:
    """A moment as a register holds it: to the microsecond, with its distance to UTC."""
    return moment.isoformat(timespec="microseconds")


def create(location: Location, register_id: str, now: dt.datetime) -> Head:
    """Make a register; what its chain begins with. One whose making was cut short is completed. Raises
    ``UsageError`` where there is one, or something else.
    """
    made = written(now)
    database = Database(location, write=True, create=True)
    try:
        with database.reading() as con:
            found = version_of(con)
            if found is None:
                _refuse_other(con, location)
        for _ in migrate(database):
            pass
        with database.writing() as con:
            begin(con, register_id, made, location)
    finally:
        database.close()
    return Head(0, beginning(register_id, made))


def begin(con: Connection, register_id: str, created: str, location: Location) -> None:
    """Give an empty register what its chain begins with. Raises ``UsageError`` where it has that."""
    from sqlalchemy import select

    from .tables import META

    if con.execute(select(META.c.one)).first() is not None:
        raise UsageError(text("register.error.there", name=location.shown))
    if con.dialect.name == SQLITE:
        con.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    con.execute(META.insert().values(one=1, id=register_id, created=created))


def _refuse_other(con: Connection, location: Location) -> None:
    """Raise ``UsageError`` for a file that holds other tables. A database of PostgreSQL may hold others."""
    from sqlalchemy import inspect

    if con.dialect.name == SQLITE and inspect(con).get_table_names():
        raise UsageError(text("register.error.foreign", name=location.shown))


def _required_version(con: Connection, location: Location) -> int:
    found = version_of(con)
    if found is None:
        raise UsageError(text("register.error.no_register", name=location.shown))
    return found
