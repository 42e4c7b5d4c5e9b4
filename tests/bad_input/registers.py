"""Registers: changed or damaged behind the back of the program, and with rows that an import left out."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from bad_input.entry import SEEN, Bad, Told, record
from readers.small_pack import ZONE
from transparency_check.readers.location import located
from transparency_check.register.store import Draft, LeftOut, Register, create

NOTHING: dict[str, object] = {}
START = dt.datetime(2026, 11, 29, 9, 0, tzinfo=ZoneInfo(ZONE))
ID = "00000000-0000-4000-8000-000000000000"


def register(
    events: Sequence[str],
    left_out: Sequence[LeftOut] = (),
    change: Callable[[sqlite3.Connection], object] | None = None,
) -> bytes:
    """A register with these events, as they are written, which nobody has looked at before; ``change`` is
    done to its database by another program.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "register.db")
        create(located(str(path)), ID, START)
        with Register(located(str(path)), write=True) as made, made.writing() as writing:
            drafts = [Draft("recorded", json.loads(event)["id"], event) for event in events]
            writing.append(drafts, START, "A. Krasniqi")
            if left_out:
                writing.leave_out(left_out, START, "A. Krasniqi")
        if change is not None:
            con = sqlite3.connect(path)
            for (trigger,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                con.execute(f"DROP TRIGGER {trigger}")
            change(con)
            con.commit()
            con.close()
        return path.read_bytes()


def _entry(
    name: str,
    change: Callable[[sqlite3.Connection], object],
    place: str = "",
    code: str = "register_broken",
    words: str = "",
) -> Bad:
    events = [record(f"e{n}") for n in range(1, 4)]
    return Bad(name, "register", register(events, change=change), (Told(place, code, words),), (), (NOTHING,))


def entries() -> list[Bad]:
    """All of them."""
    row = LeftOut("log.csv:7", "time", "2026-13-45 is no day", "c7;...", json.dumps(SEEN))
    update = "UPDATE register_record SET event = replace(event, 'kline', 'peja') WHERE seq = 2"
    return [
        _entry("an event that was changed", lambda con: con.execute(update), words="2"),
        _entry(
            "a record that was taken out",
            lambda con: con.execute("DELETE FROM register_record WHERE seq = 2"),
            words="2",
        ),
        _entry(
            "two records that changed places",
            lambda con: con.executescript(
                "UPDATE register_record SET seq = 9 WHERE seq = 2; UPDATE register_record SET seq = 2 "
                "WHERE seq = 3; UPDATE register_record SET seq = 3 WHERE seq = 9"
            ),
        ),
        Bad(
            "a row that an import left out",
            "register",
            register([record("e1")], [row]),
            (Told("left-out-1", "left_out", "log.csv:7"),),
            ("e1",),
            (SEEN,),
        ),
        Bad(
            "a value that cannot be read",
            "register",
            register([record("e1"), record("e2", time="2026-13-45")]),
            (Told("2", "bad_time"),),
            ("e1",),
            ({key: value for key, value in SEEN.items() if key != "time"},),
        ),
        Bad("no records", "register", register([]), (Told("", "no_rows"),)),
    ]
