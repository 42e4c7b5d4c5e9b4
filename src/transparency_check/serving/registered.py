"""A register that is served: what it holds, and recording in it."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import orjson

from ..checking import logs_of
from ..events import Normaliser
from ..model import Problem, Source
from ..readers.inputs import display_name
from ..readers.jsonl import numbered, rows
from ..readers.location import located
from ..register.chain import Head
from ..register.input import RegisterInput
from ..register.intake import Intake, events_of
from ..register.recording import Recorded, Recorder
from ..register.store import BATCH
from .portions import portions
from .source import marks_beside

if TYPE_CHECKING:
    from ..checking import Inquiry
    from ..configuration.lay import Laid
    from ..packs.model import Rulebook
    from ..plugins import Registry
    from ..register.chain import Entry
    from ..register.importing import Imported
    from ..register.store import LeftOut, Reading
    from .portions import Portions


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
        self._known: _Known | None = None
        # Of this program one writer at a time; those of others wait in the database.
        self._writing = threading.Lock()

    def close(self) -> None:
        """Be done with it."""
        self._register.close()
        self._reader.close()

    def mark(self) -> Hashable:
        """The end of the chain, the last row that an import left out, and the sidecar."""
        with self._reader.reading() as reading:
            return str(reading.head()), reading.last_left_out(), self._beside()

    def _beside(self) -> tuple[Hashable, ...]:
        return () if self._location.path is None else marks_beside(self._location.path)

    def read(self, inquiry: Inquiry, laid: Laid, rulebook: Rulebook, registry: Registry) -> Portions:
        """All that the register holds."""
        beside = self._beside()
        log = logs_of(inquiry, laid, rulebook, registry)
        found = portions(log)
        register = next(source for source in log.sources if source.head is not None)
        left = frozenset(p.values["n"] for p in log.problems if p.code == "left_out")
        self._known = _Known(Head.read(register.head or ""), left, beside)
        return found

    def read_on(self, kept: Portions, laid: Laid, rulebook: Rulebook) -> frozenset[str] | None:
        """What was recorded since, added to what is kept. Returns whose verdicts may have changed; None where
        all has to be read anew: rows that were left out have come or gone, an event was moved from one
        municipality to another, there is a sidecar, or what follows does not belong to what was read.
        """
        known = self._known
        if known is None or not known.head.count or known.beside or self._beside():
            # Of an empty register it is told that it says nothing about anyone.
            return None
        zone = ZoneInfo(rulebook.zone)
        normaliser = Normaliser(rulebook.vocabulary, rulebook.municipalities, zone)
        columns = normaliser.columns
        source = RegisterInput(
            self._location, column=columns.find, spellings=columns.spellings, after=known.head
        )
        normaliser.begin(
            source.name, {} if laid.municipality is None else {"municipality": laid.municipality}
        )
        records: list[bytes] = []
        problems: list[Problem] = []
        for item in rows(source, numbered(source.open().readline, known.head.count)):
            if isinstance(item, Problem):
                problems.append(item)
            elif (record := normaliser.record(item, problems)) is not None:
                records.append(record)
        source.close()
        head = source.head
        if source.fault is not None or head is None or source.left_out != known.left_out:
            return None
        if self._moved(records):
            return None
        changed = kept.add(records, problems)
        index = next(n for n, s in enumerate(kept.sources) if s.head is not None)
        before = kept.sources[index]
        kept.sources[index] = Source(before.name, head.hash, before.events + normaliser.events, str(head))
        self._known = known._replace(head=head)
        return changed

    def _moved(self, records: Iterable[bytes]) -> bool:
        """Whether one of the events has had another municipality before."""
        ids = sorted({read["id"] for read in map(orjson.loads, records) if "id" in read})
        named: dict[str, object] = {}
        with self._reader.reading() as reading:
            for n in range(0, len(ids), BATCH):
                for known in reading.known(ids[n : n + BATCH]):
                    municipality = json.loads(known.event).get("municipality")
                    if named.setdefault(known.event_id, municipality) != municipality:
                        return True
        return False

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


class _Known(NamedTuple):
    """How far the register was read: the end of its chain, the rows that were left out, the sidecar."""

    head: Head
    left_out: frozenset[int]
    beside: tuple[Hashable, ...]


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
