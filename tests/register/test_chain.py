"""What the chain proves: every change of the middle, and with a noted head also of the end."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from register.made_registers import HELD, NOTICE, SCHEDULED, START, made, recorder
from transparency_check.checking import Inquiry, answer
from transparency_check.errors import UsageError
from transparency_check.plugins import load_registry
from transparency_check.readers.location import located
from transparency_check.register.chain import Entry, Head, beginning, hash_of
from transparency_check.register.store import Register, create
from transparency_check.register.verifying import Verified, verified

FIVE = [{**NOTICE, "id": f"n{n}", "time": f"2026-11-1{n}T09:30"} for n in range(1, 6)]
GUARDS = [f"DROP TRIGGER {name}" for name in ("register_record_no_update", "register_record_no_delete")]
ORDER = "DROP TRIGGER register_record_in_order"


def verify(place: str, *heads: Head) -> Verified:
    with Register(located(place)) as register:
        return verified(register, heads)


def head_of(place: str) -> Head:
    with Register(located(place)) as register, register.reading() as reading:
        return reading.head()


def tampered(place: str, *statements: str) -> None:
    """Change a register past the program, as who may write its file can."""
    with sqlite3.connect(place, isolation_level=None) as con:
        for statement in statements:
            con.execute(statement)
    con.close()


def anew(place: str, first: int) -> None:
    """Make the hashes anew from a record on: who knows how it is done leaves a chain that follows."""
    with sqlite3.connect(place, isolation_level=None) as con:
        names = ", ".join(Entry._fields)
        rows = [Entry(*row) for row in con.execute(f"SELECT {names} FROM register_record ORDER BY seq")]
        id_, created = con.execute("SELECT id, created FROM register_meta").fetchone()
        previous = beginning(id_, created)
        for entry in rows:
            if entry.seq >= first:
                entry = entry._replace(hash=hash_of(previous, entry))
                con.execute("UPDATE register_record SET hash = ? WHERE seq = ?", (entry.hash, entry.seq))
            previous = entry.hash
    con.close()


def test_anyone_can_check_the_chain_without_the_program(tmp_path: Path) -> None:
    """As docs/contract.md describes it, with what every Python has."""
    place = made(
        str(tmp_path / "register.db"), [SCHEDULED, {**NOTICE, "note": '“Ђорђе” \\ "ë"\t\x1f\x7f\u2028'}, HELD]
    )
    con = sqlite3.connect(place)
    id_, created = con.execute("SELECT id, created FROM register_meta").fetchone()
    text = json.dumps([id_, created], ensure_ascii=False, separators=(",", ":"))
    previous = hashlib.sha256(f"transparency-check/register/1\n{text}".encode()).hexdigest()
    fields = "seq, entered_at, entered_by, kind, event_id, follows, settles, reason, origin, event"
    rows = con.execute(f"SELECT {fields}, hash FROM register_record ORDER BY seq").fetchall()
    assert [row[0] for row in rows] == [1, 2, 3]
    for *said, noted in rows:
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
        assert previous == noted
    con.close()


@pytest.mark.parametrize(
    ("statements", "faults"),
    [
        pytest.param(
            [*GUARDS, "UPDATE register_record SET event = replace(event, '09:30', '08:30') WHERE seq = 2"],
            [("changed", 2, 2)],
            id="event edited",
        ),
        pytest.param(
            [*GUARDS, "UPDATE register_record SET entered_at = '2026-11-01T09:00:00+01:00' WHERE seq = 2"],
            [("changed", 2, 2)],
            id="moment edited",
        ),
        pytest.param(
            [*GUARDS, "UPDATE register_record SET entered_by = 'X' WHERE seq = 5"],
            [("changed", 5, 5)],
            id="name of the last edited",
        ),
        pytest.param(
            [*GUARDS, "UPDATE register_record SET event_id = 'x' WHERE seq = 1"],
            [("changed", 1, 1)],
            id="id edited",
        ),
        pytest.param(
            [*GUARDS, "UPDATE register_record SET event = CAST(event AS BLOB) WHERE seq = 3"],
            [("changed", 3, 3)],
            id="text made bytes",
        ),
        pytest.param(
            [*GUARDS, "DELETE FROM register_record WHERE seq = 3"], [("missing", 3, 3)], id="deleted"
        ),
        pytest.param(
            [*GUARDS, "DELETE FROM register_record WHERE seq < 3"],
            [("missing", 1, 2)],
            id="first two deleted",
        ),
        pytest.param(
            [
                *GUARDS,
                "DELETE FROM register_record WHERE seq = 2",
                "UPDATE register_record SET seq = seq - 1 WHERE seq > 2",
            ],
            [("changed", 2, 2), ("changed", 3, 3), ("changed", 4, 4)],
            id="deleted and closed up",
        ),
        pytest.param(
            [
                *GUARDS,
                "UPDATE register_record SET seq = 99 WHERE seq = 2",
                "UPDATE register_record SET seq = 2 WHERE seq = 3",
                "UPDATE register_record SET seq = 3 WHERE seq = 99",
            ],
            [("changed", 2, 2), ("changed", 3, 3), ("changed", 4, 4)],
            id="two exchanged",
        ),
        pytest.param(
            [
                ORDER,
                (
                    "INSERT INTO register_record SELECT seq + 1, entered_at, entered_by, kind, event_id, "
                    "follows, settles, reason, origin, event, hash FROM register_record WHERE seq = 5"
                ),
            ],
            [("changed", 6, 6)],
            id="one put in at the end",
        ),
        pytest.param(
            ["DROP TRIGGER register_meta_no_update", "UPDATE register_meta SET created = '2020'"],
            [("changed", 1, 1)],
            id="beginning edited",
        ),
    ],
)
def test_tampering_is_seen_and_said_where(
    tmp_path: Path, statements: list[str], faults: list[tuple[str, int, int]]
) -> None:
    place = made(str(tmp_path / "register.db"), FIVE)
    assert verify(place).whole
    tampered(place, *statements)
    found = verify(place)
    assert [tuple(fault) for fault in found.faults] == faults
    assert not found.whole
    assert set(found.unguarded) == {s.split()[-1] for s in statements if s.startswith("DROP")}


def test_a_cut_tail_is_seen_by_a_noted_head(tmp_path: Path) -> None:
    place = made(str(tmp_path / "register.db"), FIVE)
    noted = head_of(place)
    tampered(place, *GUARDS, "DELETE FROM register_record WHERE seq > 3")
    assert verify(place).faults == ()
    assert [tuple(fault) for fault in verify(place, noted).faults] == [("cut", 4, 5)]


def test_a_chain_made_anew_is_seen_by_a_noted_head(tmp_path: Path) -> None:
    place = made(str(tmp_path / "register.db"), FIVE)
    noted = head_of(place)
    tampered(
        place, *GUARDS, "UPDATE register_record SET event = replace(event, '09:30', '08:30') WHERE seq = 2"
    )
    anew(place, 2)
    assert verify(place).faults == ()
    assert [tuple(fault) for fault in verify(place, noted).faults] == [("rewritten", 5, 5)]


def test_an_earlier_head_holds_after_more_was_recorded(tmp_path: Path) -> None:
    place = made(str(tmp_path / "register.db"), FIVE[:2])
    early, none = head_of(place), Head(0, "0" * 64)
    with Register(located(place), write=True) as register:
        recorder(register, 9).event(FIVE[2])
        start = register.first
    assert verify(place, early, start).whole
    assert [fault.code for fault in verify(place, none).faults] == ["rewritten"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_record SET event = '{}' WHERE seq = 1",
        "DELETE FROM register_record",
        "INSERT OR REPLACE INTO register_record SELECT * FROM register_record WHERE seq = 1",
        (
            "INSERT INTO register_record SELECT seq + 7, entered_at, entered_by, kind, event_id, follows, "
            "settles, reason, "
            "origin, event, hash FROM register_record WHERE seq = 1"
        ),
        "UPDATE register_meta SET id = 'x'",
        "DELETE FROM register_version",
        "UPDATE register_left_out SET n = 2",
    ],
)
def test_the_database_itself_refuses_changes(tmp_path: Path, statement: str) -> None:
    place = made(str(tmp_path / "register.db"))
    before = head_of(place)
    with sqlite3.connect(place) as con:
        if "left_out" in statement:
            con.execute("INSERT INTO register_left_out VALUES (1, '', '', '', '', '', '', '{}')")
        with pytest.raises(sqlite3.IntegrityError, match=r"register-(append-only|numbers-in-order)"):
            con.execute(statement)
    con.close()
    assert verify(place, before).whole


def test_a_check_uses_nothing_of_a_register_that_was_tampered_with(tmp_path: Path) -> None:
    place = made(str(tmp_path / "register.db"))
    sound = answer(
        Inquiry((place,), as_of="2026-12-01", select=("XK-MTG-001",)), load_registry(plugins=False)
    )
    assert [f.outcome for f in sound.report.findings] == ["fulfilled"]
    tampered(
        place,
        *GUARDS,
        "UPDATE register_record SET event = replace(event, 'ordinary', 'urgent') WHERE seq = 3",
    )
    found = answer(
        Inquiry((place,), as_of="2026-12-01", select=("XK-MTG-001",)), load_registry(plugins=False)
    )
    assert [problem.code for problem in found.report.problems if problem.severity == "error"] == [
        "register_broken"
    ]
    assert [f.outcome for f in found.report.findings if f.outcome == "fulfilled"] == []


@pytest.mark.parametrize("given", ["", "12", "x:1", "1:abc", f"-1:{'a' * 64}", f"1:{'g' * 64}"])
def test_what_is_no_head_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="no head of a register"):
        Head.read(given)


def test_a_head_is_read_as_it_is_written() -> None:
    assert Head.read(f" 12:{'A' * 64}\n") == Head(12, "a" * 64)


def test_two_registers_share_no_record(tmp_path: Path) -> None:
    """A record of one cannot be put into another, whatever stands before it."""
    first, second = (create(located(str(tmp_path / n)), i, START) for n, i in (("a.db", "a"), ("b.db", "b")))
    assert first.hash != second.hash
