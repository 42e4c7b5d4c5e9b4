"""A register of every version that there was becomes one of today, and one of tomorrow is let alone."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from register.conftest import Run
from register.made_registers import HELD, ID, NOTICE, SCHEDULED, START, entries, made, recorder
from transparency_check.errors import UsageError
from transparency_check.readers.location import located
from transparency_check.register import migrations
from transparency_check.register.database import Database
from transparency_check.register.store import Register, create
from transparency_check.register.verifying import verified

MADE = Path(__file__).parent / "made"
# Of each version that was released, as it was made then.
EARLIER = {1: MADE / "version-1.db"}
EVENTS = [SCHEDULED, NOTICE, HELD]


def made_of_version(place: str, version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty register as the program of that version made it; with ``EVENTS``, the files in ``made``."""
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:version])
        create(located(place), ID, START)


def test_there_is_a_register_of_every_earlier_version() -> None:
    assert sorted(EARLIER) == list(range(1, migrations.NEWEST))
    assert [m.version for m in migrations.MIGRATIONS] == list(range(1, migrations.NEWEST + 1))


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_register_is_read_as_it_is(tmp_path: Path, run: Run, version: int) -> None:
    shutil.copy(EARLIER[version], tmp_path / "register.db")
    before = (tmp_path / "register.db").read_bytes()
    with Register(located("register.db")) as register:
        assert register.version == version
        assert verified(register).whole
    result = run(
        "check", "register.db", "--as-of", "2026-12-01", "--select", "XK-MTG-001", "--format", "json"
    )
    assert [f["outcome"] for f in json.loads(result.stdout)["findings"]] == ["fulfilled"]
    assert (tmp_path / "register.db").read_bytes() == before


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_register_is_brought_to_today_when_it_is_written_to(
    tmp_path: Path, run: Run, version: int
) -> None:
    shutil.copy(EARLIER[version], tmp_path / "register.db")
    before = entries("register.db")
    result = run("record", "--retract", "e3", "--reason", "it was not held", "--by", "A")
    assert result.exit_code == 0
    assert f"brought to version {migrations.NEWEST}" in result.stderr
    with Register(located("register.db")) as register:
        assert register.version == migrations.NEWEST
        assert verified(register).whole
    assert entries("register.db")[:-1] == before
    assert [json.loads(e.event)["id"] for e in before] == ["e1", "e2", "e3"]


@pytest.mark.parametrize("version", EARLIER)
def test_a_migration_gives_what_a_new_register_has(
    place: str, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In PostgreSQL, too, of which no file can be kept."""
    made_of_version(place, version, monkeypatch)
    with Register(located(place), write=True) as register:
        assert register.upgraded == tuple(range(version + 1, migrations.NEWEST + 1))
        for minute, event in enumerate(EVENTS):
            recorder(register, minute).event(event)
        assert verified(register).whole
        assert verified(register).unguarded == ()


def test_the_tables_are_those_of_a_new_register(tmp_path: Path) -> None:
    shutil.copy(EARLIER[1], tmp_path / "old.db")
    Register(located(str(tmp_path / "old.db")), write=True).close()
    create(located(str(tmp_path / "new.db")), ID, START)
    shapes = []
    for name in ("old.db", "new.db"):
        with sqlite3.connect(tmp_path / name) as con:
            shapes.append(sorted(row[0] or "" for row in con.execute("SELECT sql FROM sqlite_master")))
        con.close()
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("command", ["check", "verify", "record"])
def test_a_newer_register_is_let_alone(place: str, run: Run, command: str) -> None:
    made(place)
    with Database(located(place), write=True).writing() as con:
        con.exec_driver_sql("INSERT INTO register_version (version) VALUES (99)")
    args = {
        "check": ["check", place, "--as-of", "2026-12-01"],
        "verify": ["register", "verify", "--register", place],
        "record": ["record", "--retract", "e1", "--reason", "x", "--by", "A", "--register", place],
    }[command]
    result = run(*args)
    assert result.exit_code == 2
    assert "of version 99" in result.stderr and "Install a newer version" in result.stderr


def test_a_making_that_was_cut_short_is_completed(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("transparency_check.register.store.begin", cut)
        with pytest.raises(KeyboardInterrupt):
            create(located(place), ID, START)
    with pytest.raises(UsageError, match="cut short"):
        Register(located(place))
    create(located(place), ID, START)
    with Register(located(place)) as register:
        assert verified(register).whole
