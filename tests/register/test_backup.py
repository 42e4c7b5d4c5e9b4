"""Backups are made while the register is in use, verified, and are registers themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from register.conftest import Run
from register.made_registers import NOTICE, SCHEDULED, entries, imported, log, made, recorder
from transparency_check.readers.location import located
from transparency_check.register.copying import copy
from transparency_check.register.store import Register
from transparency_check.register.verifying import verified

Done = Callable[..., str]


def test_a_backup_is_the_same_register(place: str, done: Done, tmp_path: Path) -> None:
    made(place)
    imported(
        place,
        [log(tmp_path / "log.jsonl", {**NOTICE, "id": "n"}, {"type": "meeting.held"})],
        9,
        skip_bad=True,
    )
    said = done("register", "backup", "copy.db", "--register", place)
    assert entries("copy.db") == entries(place)
    head = said.split("Head: ")[1].strip()
    verify = done("register", "verify", "--register", "copy.db", "--head", head)
    assert "all 4 records" in verify and "1 row was left out" in verify
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == ["copy.db"]


def test_a_backup_is_restored_into_an_empty_database(done: Done, database: str) -> None:
    made("register.db")
    done("register", "backup", database)
    assert entries(database) == entries("register.db")
    done("record", "--retract", "e3", "--reason", "not held", "--by", "A", "--register", database)
    assert [e.kind for e in entries(database)][-1] == "retraction"


def test_a_backup_of_a_register_that_is_written_to(place: str, tmp_path: Path) -> None:
    """It holds the state of its beginning, and the writer does not wait for it."""
    made(place, [SCHEDULED])
    with Register(located(place)) as reader, reader.reading() as reading:
        before = reading.head()
        with Register(located(place), write=True) as writer:
            recorder(writer, 9).event(NOTICE)
        assert reading.head() == before
        assert [e.seq for e in reading.entries()] == [1]
    with Register(located(place)) as register:
        head = copy(register, located(str(tmp_path / "copy.db")))
        assert head.count == 2


@pytest.mark.parametrize("target", ["there.db", "register.db", "nowhere/copy.db"])
def test_a_backup_overwrites_nothing(run: Run, tmp_path: Path, target: str) -> None:
    made("register.db")
    (tmp_path / "there.db").write_text("mine")
    result = run("register", "backup", target)
    assert result.exit_code == 2
    assert (tmp_path / "there.db").read_text() == "mine"
    with Register(located("register.db")) as register:
        assert verified(register).whole


def test_a_database_that_holds_a_register_is_no_target(run: Run, database: str) -> None:
    made("register.db")
    made(database, [SCHEDULED])
    result = run("register", "backup", database)
    assert result.exit_code == 2 and "already" in result.stderr
    assert len(entries(database)) == 1


def test_a_broken_register_is_not_copied(run: Run, tmp_path: Path) -> None:
    made("register.db")
    with sqlite3.connect("register.db", isolation_level=None) as con:
        con.execute("DROP TRIGGER register_record_no_delete")
        con.execute("DELETE FROM register_record WHERE seq = 2")
    con.close()
    result = run("register", "backup", "copy.db")
    assert result.exit_code == 2 and "chain of register.db is broken" in result.stderr
    assert not (tmp_path / "copy.db").exists()
    shown = run("register", "verify")
    assert shown.exit_code == 1
    assert "Records #2 to #2 are missing" in shown.stdout
