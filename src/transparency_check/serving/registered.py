"""A register that is served: what it holds, and recording in it."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable, Hashable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ..events import Normaliser
from ..readers.inputs import display_name
from ..register.intake import Intake, events_of
from ..register.location import located
from ..register.recording import Recorded, Recorder

if TYPE_CHECKING:
    from ..packs.model import Rulebook
    from ..plugins import Registry
    from ..register.chain import Entry
    from ..register.importing import Imported
    from ..register.store import LeftOut, Reading


class Registered:
    """A register as the source of what is judged, and the one way in which pages write to it."""

    def __init__(self, given: str, *, writable: bool = True) -> None:
        """Open it; one of an earlier version becomes one of this, unless it is only read. Raises
        ``UsageError``.
        """
        from ..register.store import Register

        self.logs: tuple[str, ...] = (given,)
        self._location = located(given)
        self.shown = Path(self._location.shown).name or self._location.shown
        self.writable = writable
        self._register = Register(self._location, write=writable)
        # Reading is done beside the writer, never through it: it would wait for whoever writes.
        self._reader = Register(self._location)
        # Of this program one writer at a time; those of others wait in the database.
        self._writing = threading.Lock()

    def close(self) -> None:
        """Be done with it."""
        self._register.close()
        self._reader.close()

    def mark(self) -> Hashable:
        """The end of the chain."""
        return self.head()

    def head(self) -> str:
        with self._reader.reading() as reading:
            return str(reading.head())

    def latest(self) -> dt.datetime | None:
        """When the last record was entered."""
        with self._reader.reading() as reading:
            last = next(iter(reading.entries(reading.head().count - 1)), None)
        return None if last is None else dt.datetime.fromisoformat(last.entered_at)

    def reading(self) -> AbstractContextManager[Reading]:
        """One state of the register."""
        return self._reader.reading()

    def newest(self, before: int | None, most: int) -> tuple[list[Entry], int]:
        """The latest records before a number, the latest first; and how many there are in all."""
        with self._reader.reading() as reading:
            count = reading.head().count
            last = count if before is None else min(before - 1, count)
            entries = []
            for entry in reading.entries(max(0, last - most)):
                if entry.seq > last:
                    break
                entries.append(entry)
        return entries[::-1], count

    def of_event(self, event_id: str) -> list[Entry]:
        """All records of one event, in order."""
        with self._reader.reading() as reading:
            return reading.of_event(event_id)

    def left_out(self) -> list[LeftOut]:
        """The rows that imports left out and that nobody has settled."""
        with self._reader.reading() as reading:
            return reading.left_out()

    def recording(
        self, rulebook: Rulebook, by: str, now: dt.datetime, reason: str | None, allowed: bool
    ) -> Recording:
        """What records one thing for one person. ``allowed``: also where something is doubtful."""
        zone = ZoneInfo(rulebook.zone)
        normaliser = Normaliser(rulebook.vocabulary, rulebook.municipalities, zone)
        recorder = Recorder(
            self._register, normaliser, rulebook.vocabulary, now, by, reason, None, allowed, {}
        )
        return Recording(recorder, self._writing)

    def preview(
        self, path: Path, rulebook: Rulebook, registry: Registry, defaults: Mapping[str, str]
    ) -> tuple[Intake, list[tuple[str, Mapping[str, Any]]], int]:
        """What an import would meet: the problems, the first events with their places, and how many events
        there are. Nothing is recorded.
        """
        normaliser = Normaliser(rulebook.vocabulary, rulebook.municipalities, ZoneInfo(rulebook.zone))
        intake, number = Intake(), 0
        first: list[tuple[str, Mapping[str, Any]]] = []
        shown = {display_name(path): path.name}
        for place, event in events_of(
            [path], normaliser, rulebook.vocabulary, registry, intake, defaults=defaults, shown=shown
        ):
            number += 1
            if len(first) < _SHOWN:
                first.append((place, json.loads(event.text)))
        return intake, first, number

    def take(
        self,
        path: Path,
        rulebook: Rulebook,
        registry: Registry,
        defaults: Mapping[str, str],
        *,
        by: str,
        now: dt.datetime,
        skip_bad: bool,
    ) -> Imported:
        """Import a file: all of it, or nothing."""
        from ..register.importing import import_events

        normaliser = Normaliser(rulebook.vocabulary, rulebook.municipalities, ZoneInfo(rulebook.zone))
        intake = Intake()
        # The register keeps where a row stood: in the file that was sent, not where it lay meanwhile.
        shown = {display_name(path): path.name}
        events = events_of(
            [path], normaliser, rulebook.vocabulary, registry, intake, defaults=defaults, shown=shown
        )
        with self._writing:
            return import_events(
                self._register,
                events,
                intake,
                normaliser,
                rulebook.vocabulary,
                now=now,
                by=by,
                skip_bad=skip_bad,
            )


# Rows of an import that its preview shows.
_SHOWN = 20


@dataclass(frozen=True)
class Recording:
    """Records one thing. Raises ``Refused``, and ``UsageError`` where it cannot be."""

    recorder: Recorder
    lock: threading.Lock

    def event(self, values: Mapping[str, object]) -> Recorded:
        return self._done(lambda: self.recorder.event(_stated(values)))

    def correction(self, event_id: str, values: Mapping[str, object]) -> Recorded:
        """``values`` are all that can be stated; an empty one leaves it out."""
        return self._done(lambda: self.recorder.correction(event_id, values))

    def retraction(self, event_id: str) -> Recorded:
        return self._done(lambda: self.recorder.retraction(event_id))

    def _done(self, record: Callable[[], Recorded]) -> Recorded:
        with self.lock:
            return record()


def _stated(values: Mapping[str, object]) -> dict[str, object]:
    """Without what was left empty."""
    return {name: value for name, value in values.items() if value not in ("", [], None)}
