"""What was acknowledged is there: after kills, on a full disk, with two writers at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from faults.program import ROOT, SEARCHED, run
from register.kills import LATER, TRIALS, Fault
from register.made_registers import NOTICE, SCHEDULED, entries, log, made, recorder
from register.servers import installed
from transparency_check.readers.location import located
from transparency_check.register.chain import Head
from transparency_check.register.store import Draft, Register
from transparency_check.register.verifying import verified

TESTS = ROOT / "tests"


def python(*args: str, cwd: Path = TESTS) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([SEARCHED, str(TESTS)])}
    return subprocess.Popen(
        [sys.executable, *args],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_kills_lose_nothing() -> None:
    """At every thirtieth dealing with the database, then a few at random; `make kills` tries hundreds."""
    with python("-m", "register.kills", "--points", "15", "--step", "30", "--seed", "7") as process:
        out, err = process.communicate()
    assert process.returncode == 0, out + err
    assert out.splitlines()[-1].endswith("0 lost, halved or broken")


@pytest.mark.skipif(not installed(), reason="PostgreSQL is not installed (postgresql)")
def test_kills_lose_nothing_on_a_server() -> None:
    """A few of the same with databases; `make kills ARGS=--postgresql` tries hundreds."""
    with python("-m", "register.kills", "--points", "12", "--step", "31", "--postgresql") as process:
        out, err = process.communicate()
    assert process.returncode == 0, out + err
    assert out.splitlines()[-1].endswith("0 lost, halved or broken")


def test_the_kills_would_be_noticed(tmp_path: Path) -> None:
    """A writer that acknowledges before it writes is one that loses records."""
    TRIALS["record"].prepare(tmp_path)
    with pytest.raises(Fault, match="not whole"):
        TRIALS["record"].judge(tmp_path, [str(Head(4, "0" * 64))], False)
    with pytest.raises(Fault, match="gone"):
        TRIALS["import"].judge(tmp_path, [str(last_of(str(tmp_path / "register.db")))], True)


def last_of(place: str) -> Head:
    with Register(located(place)) as register, register.reading() as reading:
        return reading.head()


WRITER = """
import sys
from register.made_registers import NOTICE, recorder
from transparency_check.readers.location import located
from transparency_check.register.store import Register
place, name, number = sys.argv[1:]
with Register(located(place), write=True) as register:
    for n in range(int(number)):
        done = recorder(register, 5, by=name).event({**NOTICE, "id": f"{name}-{n}"})
        print(f"{done.entry.seq}:{done.entry.hash}", flush=True)
"""


def test_two_writers_at_once_leave_one_chain(place: str) -> None:
    made(place)
    writers = [python("-c", WRITER, place, name, "20") for name in ("one", "two")]
    acknowledged = []
    for writer in writers:
        out, err = writer.communicate()
        assert writer.returncode == 0, err
        acknowledged.append([Head.read(line) for line in out.splitlines()])
    with Register(located(place)) as register:
        found = verified(register, [head for heads in acknowledged for head in heads])
    assert found.whole, found
    numbers = sorted(head.count for heads in acknowledged for head in heads)
    assert numbers == list(range(4, 44))
    assert {e.entered_by for e in entries(place)} == {"A. Krasniqi", "one", "two"}


def limited(size: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("command", ["record", "import", "init", "backup"])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, command: str) -> None:
    """The system refuses to let files grow as a full disk does."""
    place = made(str(tmp_path / "register.db"))
    before = last_of(place)
    log(tmp_path / "log.jsonl", *({**NOTICE, "id": f"n{n}", "note": "x" * 2_000} for n in range(200)))
    args = {
        "record": [
            "record",
            "notice.published",
            "time=2026-11-17",
            "municipality=kline",
            "case=c1",
            "notice_kind=meeting",
            "channel=website",
            f"note={'x' * 100_000}",
            "--by",
            "A",
        ],
        "import": ["register", "import", "log.jsonl", "--by", "A"],
        "init": ["register", "init", "--register", "new.db"],
        "backup": ["register", "backup", "new.db"],
    }[command]
    size = 4_000 if command in ("init", "backup") else 90_000
    done = run(
        *args, cwd=tmp_path, prepare=lambda: limited(size), environment={"PYTHONDONTWRITEBYTECODE": "1"}
    )
    assert done.returncode == 2, done.stderr
    assert b"the disk takes no more" in done.stderr and done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    with Register(located(place)) as register:
        found = verified(register, [before])
    assert found.whole and found.head == before
    if command == "backup":
        assert not (tmp_path / "new.db").exists()
    # What failed for want of room succeeds where there is room.
    again = run(*args, cwd=tmp_path)
    assert again.returncode == 0, again.stderr


def test_a_writer_waits_for_another(place: str) -> None:
    """The second begins while the first is in the middle, and its record comes after."""
    made(place, [SCHEDULED])
    order = []
    with Register(located(place), write=True) as first:
        with first.writing() as writing:

            def second() -> None:
                with Register(located(place), write=True) as register:
                    recorder(register, 65).event({**NOTICE, "id": "second"})
                    order.append("second")

            thread = Thread(target=second)
            thread.start()
            writing.append([Draft("recorded", "first", '{"id":"first"}')], writing.moment(LATER), "first")
            order.append("first")
        thread.join(30)
    assert order == ["first", "second"]
    assert [e.event_id for e in entries(place)] == ["e1", "first", "second"]


def test_the_rights_to_read_and_to_add_are_enough_to_record(database: str) -> None:
    import psycopg

    made(database, [SCHEDULED])
    with psycopg.connect(database, autocommit=True) as con:
        con.execute("DROP ROLE IF EXISTS clerk")
        con.execute("CREATE ROLE clerk LOGIN")
        con.execute("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO clerk")
        with Register(located(database.replace("tester@", "clerk@")), write=True) as register:
            recorder(register, 5).event(NOTICE)
        with psycopg.connect(database.replace("tester@", "clerk@")) as other, pytest.raises(psycopg.Error):
            other.execute("DELETE FROM register_record")
        con.execute("DROP OWNED BY clerk")
        con.execute("DROP ROLE clerk")
    assert [e.event_id for e in entries(database)] == ["e1", "e2"]
