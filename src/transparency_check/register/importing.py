"""Importing logs: all of them or nothing, and nothing twice."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, TYPE_CHECKING, NamedTuple

import orjson

from ..errors import UsageError
from ..messages import phrase, system, text
from ..messages.problems import problem, shown
from ..readers.base import Row
from .exact import Exact, ExactForm, Unreadable, as_written, instant
from .intake import Bad, Intake, Taken
from .settled import latest
from .store import Draft, LeftOut, Register, Writing, written
from .texts import row_texts

if TYPE_CHECKING:
    from ..events import Normaliser
    from ..packs.model import Vocabulary
    from .chain import Head

_TOGETHER = 500
_FOREIGN = ("", "", "")


@dataclass
class Imported:
    """What became of an import: how many events were recorded, how many were there already, the rows that
    were left out, and the end of the chain, or None where nothing was done because of the problems
    of ``intake``.
    """

    intake: Intake
    recorded: int = 0
    corrections: int = 0
    known: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    head: Head | None = None


class _Held(NamedTuple):
    """A record that is there: its number, and the event that it states."""

    seq: int
    event: Exact


def import_events(
    register: Register,
    events: Iterable[Taken],
    intake: Intake,
    normaliser: Normaliser,
    vocabulary: Vocabulary,
    *,
    now: dt.datetime,
    by: str,
    skip_bad: bool = False,
) -> Imported:
    """Record the events of ``events_of`` in one transaction, where all rows can be read or ``skip_bad``
    leaves out the others.

    An event that is there already, word for word, is not recorded again. One whose id is there with other
    words is a correction; where its row does not say when it was entered, that is now, and so it is for what
    happened on the day of the import without a time of day.
    """
    done = Imported(intake)
    # What is still to be written is written when it is closed, and may fail then.
    with _room(), tempfile.TemporaryFile(prefix="transparency-check-") as spool:
        repeated = _spooled(spool, events)
        if intake.fatal or (intake.bad and not skip_bad):
            return done
        with register.writing() as writing:
            at = writing.moment(now)
            held = _Comparing(writing, normaliser, vocabulary, at, repeated)
            contradicting = held.contradicting(_events(spool))
            if contradicting:
                intake.bad += contradicting
                if not skip_bad:
                    return done
            left = {bad.place for bad in contradicting}
            writing.append(held.drafts(_events(spool), left, done), at, by)
            rows = list(_left_out(intake))
            if rows:
                done.left_out = writing.leave_out(rows, at, by)
            done.head = writing.head()
    return done


def _spooled(spool: IO[bytes], events: Iterable[Taken]) -> frozenset[str]:
    """Write the events down until all have been read; the ids that several of them have."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for place, event in events:
        if event.id is not None:
            (repeated if event.id in seen else seen).add(event.id)
        spool.write(orjson.dumps([place, *event], option=orjson.OPT_APPEND_NEWLINE))
    return frozenset(repeated)


@contextmanager
def _room() -> Iterator[None]:
    """What the system says where the folder of temporary files takes no more, in words."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            text("register.error.full", name=tempfile.gettempdir(), reason=system.reason(error))
        ) from None


def _events(spool: IO[bytes]) -> Iterator[Taken]:
    spool.seek(0)
    for line in spool:
        place, *fields = orjson.loads(line)
        event = Exact(*fields)
        type_, municipality, case = event.thing
        yield Taken(place, event._replace(thing=(type_, municipality, case)))


class _Comparing:
    """Compares events with those that the register holds."""

    def __init__(
        self,
        writing: Writing,
        normaliser: Normaliser,
        vocabulary: Vocabulary,
        at: dt.datetime,
        repeated: frozenset[str],
    ) -> None:
        self._writing = writing
        self._normaliser = normaliser
        normaliser.begin("", {})
        self._exact = ExactForm(normaliser, vocabulary)
        self._at, self._instant = written(at), instant(at)
        self._repeated = repeated
        self._before = writing.head().count

    def _with_held(self, events: Iterator[Taken]) -> Iterator[tuple[Taken, list[_Held]]]:
        """Each event with the records of its id."""
        while batch := list(islice(events, _TOGETHER)):
            ids = sorted({taken.event.id for taken in batch if taken.event.id is not None})
            held: dict[str, list[_Held]] = {}
            for seq, id_, event in self._writing.known(ids):
                # What this import has recorded so far is compared within it.
                if seq > self._before:
                    continue
                held.setdefault(id_, []).append(_Held(seq, self._read(event)))
            for taken in batch:
                yield taken, held.get(taken.event.id or "", [])

    def _read(self, event: str) -> Exact:
        """An event that is there. What this vocabulary cannot read any more is compared by its words."""
        try:
            return self._exact.event(Row("", json.loads(event)), [])
        except Unreadable:
            values = {key: value for key, value in json.loads(event).items() if key != "recorded_at"}
            digest = json.dumps(values, sort_keys=True)
            return Exact(None, event, digest, digest, _FOREIGN, 0, -1, 0, -1, "", False)

    def _as_entered(self, event: Exact, held: list[_Held]) -> Exact:
        """The event with the moment of its entry, where that is now."""
        if event.recorded is not None:
            return event
        today = event.lo <= self._instant <= event.hi
        return event.entered(self._at, self._instant) if held or today else event

    def contradicting(self, events: Iterator[Taken]) -> list[Bad]:
        """The rows that would contradict a record, or one another."""
        groups: dict[str, tuple[list[Exact], list[str]]] = {}
        for (place, event), held in self._with_held(events):
            if event.id is None or event.thing == _FOREIGN or _there(event, held):
                continue
            if held or event.id in self._repeated:
                known = [record.event for record in held if record.event.thing != _FOREIGN]
                records, places = groups.setdefault(event.id, (known, []))
                records.append(self._as_entered(event, held))
                places.append(place)
        return [
            Bad(
                place,
                (problem("conflicting_records", place, id=shown(id_), others=_others(place, places)),),
                _parts(record),
                record.values,
            )
            for id_, (records, places) in groups.items()
            if latest(records) is None
            for place, record in zip(places, records[len(records) - len(places) :], strict=True)
        ]

    def drafts(self, events: Iterator[Taken], left: set[str], done: Imported) -> Iterator[Draft]:
        """What is to be recorded."""
        number = self._before
        newest: dict[str, int] = {}
        said: dict[str, set[tuple[str, str | None]]] = {}
        for (place, event), held in self._with_held(events):
            if place in left:
                continue
            id_ = event.id
            mine = said.setdefault(id_, set()) if id_ in self._repeated and id_ is not None else None
            if _there(event, held) or (mine is not None and _among(event, mine)):
                done.known += 1
                continue
            if mine is not None:
                mine.add((event.digest, event.recorded))
            event = self._as_entered(event, held)
            number += 1
            follows = newest.get(id_ or "") or (held[-1].seq if held else None)
            if id_ in self._repeated and id_ is not None:
                newest[id_] = number
            kind = "retraction" if event.retracted else "correction" if follows else "recorded"
            done.recorded += 1
            done.corrections += kind != "recorded"
            yield Draft(kind, id_, event.text, follows, origin=place)


def _there(event: Exact, held: list[_Held]) -> bool:
    return _among(event, {(record.event.digest, record.event.recorded) for record in held})


def _among(event: Exact, said: set[tuple[str, str | None]]) -> bool:
    """Whether an event is said there: in the same words, and, where it says so, entered at the same time."""
    if event.recorded is None:
        return any(digest == event.digest for digest, _ in said)
    return (event.digest, event.recorded) in said


def _others(place: str, places: list[str]) -> str:
    return ", ".join([other for other in places if other != place][:3]) or phrase("a record of the register")


def _parts(event: Exact) -> dict[str, object]:
    values = event.values
    return {key: values[key] for key in ("type", "municipality", "case", "related", "time") if key in values}


def _left_out(intake: Intake) -> Iterator[LeftOut]:
    found = row_texts(intake.files, [bad.place for bad in intake.bad])
    for bad in intake.bad:
        first = next((p for p in bad.problems if p.severity == "error"), bad.problems[0])
        content = found.get(bad.place)
        if content is None:
            shown = {header: as_written(cell) for header, cell in bad.values.items()}
            content = json.dumps(shown, ensure_ascii=False, default=str)
        parts = json.dumps(bad.parts, ensure_ascii=False, default=str)
        yield LeftOut(
            bad.place, first.code, first.message, content.replace("\0", "\N{SYMBOL FOR NULL}"), parts
        )
