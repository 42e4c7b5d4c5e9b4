"""Registers with something in them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.events import Normaliser
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.plugins import Registry, load_registry
from transparency_check.readers.location import located
from transparency_check.register.chain import Entry
from transparency_check.register.importing import Imported, import_events
from transparency_check.register.intake import Intake, events_of
from transparency_check.register.recording import Recorder
from transparency_check.register.store import Register, create

ZONE = ZoneInfo("Europe/Belgrade")
START = dt.datetime(2026, 11, 29, 9, 0, tzinfo=ZONE)
ID = "00000000-0000-4000-8000-000000000000"
SCHEDULED = {
    "id": "e1",
    "type": "meeting.scheduled",
    "time": "2026-11-02",
    "municipality": "kline",
    "case": "c1",
    "body": "assembly",
    "meeting_type": "session",
    "session_kind": "ordinary",
    "planned_at": "2026-11-27T10:00",
}
NOTICE = {
    "id": "e2",
    "type": "notice.published",
    "time": "2026-11-17T09:30",
    "municipality": "kline",
    "case": "c1",
    "notice_kind": "meeting",
    "channel": ["website"],
    "languages": ["sq", "sr"],
}
HELD = {
    "id": "e3",
    "type": "meeting.held",
    "time": "2026-11-27T10:00",
    "municipality": "kline",
    "case": "c1",
    "body": "assembly",
    "meeting_type": "session",
    "session_kind": "ordinary",
}


@cache
def book() -> Rulebook:
    """The rules by which events are read."""
    return load_rulebook(["kosovo"])


@cache
def registry() -> Registry:
    return load_registry(plugins=False)


@cache
def normaliser() -> Normaliser:
    """What reads the rows of any log; it begins each anew."""
    return Normaliser(book().vocabulary, book().municipalities, ZONE)


def recorder(register: Register, minute: int, **more: Any) -> Recorder:
    """What records a number of minutes after the start."""
    now = START + dt.timedelta(minutes=minute)
    return Recorder(register, normaliser(), book().vocabulary, now, more.pop("by", "A. Krasniqi"), **more)


def made(place: str, events: Iterable[dict[str, object]] = (SCHEDULED, NOTICE, HELD)) -> str:
    """A register with some events, recorded minute by minute."""
    create(located(place), ID, START)
    with Register(located(place), write=True) as register:
        for minute, event in enumerate(events, start=1):
            recorder(register, minute).event(event)
    return place


def log(path: Path, *events: dict[str, object]) -> str:
    """A log of JSON lines."""
    path.write_text("".join(json.dumps(e, ensure_ascii=False) + "\n" for e in events), encoding="utf-8")
    return str(path)


def imported(place: str, logs: Sequence[str], minute: int = 0, *, skip_bad: bool = False) -> Imported:
    """What becomes of importing some logs."""
    intake = Intake()
    reading = normaliser()
    with Register(located(place), write=True) as register:
        events = events_of(logs, reading, book().vocabulary, registry(), intake)
        now = START + dt.timedelta(minutes=minute)
        return import_events(
            register, events, intake, reading, book().vocabulary, now=now, by="B. Berisha", skip_bad=skip_bad
        )


def entries(place: str) -> list[Entry]:
    """All records of a register."""
    with Register(located(place)) as register, register.reading() as reading:
        return list(reading.entries())


def events(place: str) -> list[dict[str, Any]]:
    """What its records say."""
    return [json.loads(entry.event) for entry in entries(place) if entry.event]
