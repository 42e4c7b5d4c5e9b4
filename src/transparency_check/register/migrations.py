"""What a register is made of, and how one of an earlier version becomes one of this: forward only, each step
in a transaction of its own, so that one that is cut short leaves the version before it.

The statements of a version that was released are never changed: there are registers that were made by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..messages import text
from .database import SQLITE, Database
from .tables import VERSION

if TYPE_CHECKING:
    from sqlalchemy import Connection

# What the database says where it refuses: words for whoever looks for them.
_REFUSED, _ORDER = "register-append-only", "register-numbers-in-order"


class Migration(NamedTuple):
    """One step: the version that it leads to, and its statements for either kind of database."""

    version: int
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


def _kept_lite(table: str) -> tuple[str, ...]:
    """Triggers that refuse every change of a table."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        for what in ("UPDATE", "DELETE")
    )


def _ordered_lite(table: str, number: str) -> str:
    """A trigger that takes the next number and no other; it also keeps a row from being replaced."""
    return (
        f"CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table} "
        f"WHEN NEW.{number} IS NOT (SELECT coalesce(max({number}), 0) + 1 FROM {table}) "
        f"BEGIN SELECT RAISE(ABORT, '{_ORDER}'); END"
    )


def _kept_server(table: str) -> tuple[str, ...]:
    return (
        (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION register_refuse()"
        ),
        (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION register_refuse()"
        ),
    )


def _ordered_server(table: str, number: str) -> tuple[str, ...]:
    return (
        (
            f"CREATE FUNCTION {table}_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NEW.{number} IS DISTINCT FROM (SELECT coalesce(max({number}), 0) + 1 FROM {table}) THEN "
            f"RAISE EXCEPTION '{_ORDER}'; END IF; RETURN NEW; END $$"
        ),
        (
            f"CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_next()"
        ),
    )


MIGRATIONS = (
    Migration(
        1,
        (
            "CREATE TABLE register_version (version INTEGER PRIMARY KEY)",
            (
                "CREATE TABLE register_meta (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, "
                "created TEXT NOT NULL)"
            ),
            (
                "CREATE TABLE register_record (seq INTEGER PRIMARY KEY, entered_at TEXT NOT NULL, "
                "entered_by TEXT NOT NULL, kind TEXT NOT NULL, event_id TEXT, follows INTEGER, "
                "settles INTEGER, reason TEXT, origin TEXT, event TEXT NOT NULL, hash TEXT NOT NULL)"
            ),
            "CREATE INDEX register_record_event_id ON register_record (event_id)",
            *_kept_lite("register_version"),
            *_kept_lite("register_meta"),
            *_kept_lite("register_record"),
            _ordered_lite("register_record", "seq"),
        ),
        (
            "CREATE TABLE register_version (version INTEGER PRIMARY KEY)",
            (
                "CREATE TABLE register_meta (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, "
                "created TEXT NOT NULL)"
            ),
            (
                "CREATE TABLE register_record (seq BIGINT PRIMARY KEY, entered_at TEXT NOT NULL, "
                "entered_by TEXT NOT NULL, kind TEXT NOT NULL, event_id TEXT, follows BIGINT, "
                "settles BIGINT, reason TEXT, origin TEXT, event TEXT NOT NULL, hash TEXT NOT NULL)"
            ),
            # An id may be longer than a tree of this database takes.
            "CREATE INDEX register_record_event_id ON register_record USING hash (event_id)",
            (
                "CREATE FUNCTION register_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
            ),
            *_kept_server("register_version"),
            *_kept_server("register_meta"),
            *_kept_server("register_record"),
            *_ordered_server("register_record", "seq"),
        ),
    ),
    # Rows that an import left out, with what is known of them.
    Migration(
        2,
        (
            (
                "CREATE TABLE register_left_out (n INTEGER PRIMARY KEY, entered_at TEXT NOT NULL, "
                "entered_by TEXT NOT NULL, place TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, "
                "content TEXT NOT NULL, parts TEXT NOT NULL)"
            ),
            "CREATE INDEX register_record_settles ON register_record (settles) WHERE settles IS NOT NULL",
            *_kept_lite("register_left_out"),
            _ordered_lite("register_left_out", "n"),
        ),
        (
            (
                "CREATE TABLE register_left_out (n BIGINT PRIMARY KEY, entered_at TEXT NOT NULL, "
                "entered_by TEXT NOT NULL, place TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, "
                "content TEXT NOT NULL, parts TEXT NOT NULL)"
            ),
            "CREATE INDEX register_record_settles ON register_record (settles) WHERE settles IS NOT NULL",
            *_kept_server("register_left_out"),
            *_ordered_server("register_left_out", "n"),
        ),
    ),
)
NEWEST = MIGRATIONS[-1].version


def triggers(dialect: str, version: int) -> frozenset[str]:
    """The triggers that a register of a version has."""
    return frozenset(
        statement.split()[2]
        for migration in MIGRATIONS
        if migration.version <= version
        for statement in (migration.sqlite if dialect == SQLITE else migration.postgresql)
        if statement.startswith("CREATE TRIGGER")
    )


def version_of(con: Connection) -> int | None:
    """The version of the register in a database; None where there is none. Raises ``UsageError`` for a newer
    one than this program knows.
    """
    from sqlalchemy import func, inspect, select

    if not inspect(con).has_table(VERSION.name):
        return None
    found = con.execute(select(func.max(VERSION.c.version))).scalar()
    if found is not None and found > NEWEST:
        raise UsageError(text("register.error.newer", version=found, known=NEWEST))
    return None if found is None else int(found)


def migrate(database: Database) -> Iterator[int]:
    """Bring a database to the newest version; gives each version that was reached."""
    for migration in MIGRATIONS:
        with database.changing() as con:
            # Another program may have been quicker.
            if (version_of(con) or 0) >= migration.version:
                continue
            _apply(con, migration)
        yield migration.version


def _apply(con: Connection, migration: Migration) -> None:
    lite = con.dialect.name == SQLITE
    for statement in migration.sqlite if lite else migration.postgresql:
        con.exec_driver_sql(statement)
    con.execute(VERSION.insert().values(version=migration.version))
