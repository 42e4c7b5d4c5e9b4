"""From records to what is known: corrections, as-of, inheritance, links, coverage (semantics 2.4-2.7, 4.3,
4.15, 7.2, 7.3).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.packs.model import EventSelector, Rulebook

from . import moments
from .conditions import Tri, holds
from .counting import Days, NoCalendar, forward
from .marks import mark
from .moments import Moment

Json = dict[str, Any]
ONE_DAY = dt.timedelta(days=1)


@dataclass(eq=False)
class Event:
    """A fact that is believed and has happened."""

    id: str
    type: str
    municipality: str
    case: str | None
    related: tuple[str, ...]
    moment: Moment
    a: Json
    bad: frozenset[str]
    files: set[str] = field(default_factory=set)
    supposed: frozenset[str] = frozenset()

    @property
    def day(self) -> dt.date:
        return self.moment.day

    @property
    def order(self) -> tuple[int, str]:
        """7.1: events are ordered by (lo, id)."""
        return self.moment.lo, self.id


@dataclass(eq=False)
class Blur:
    """A record that could not be read, or is in conflict with another of its id: it may stand for an event
    (7.5).
    """

    reason: str
    file: str
    type: str | None
    municipality: str | None
    case: str | None
    related: tuple[str, ...]
    moment: Moment | None


@dataclass(frozen=True)
class Entry:
    """The first entry of an event, for TC-REC-001."""

    event: Event
    day: dt.date
    recorded: Moment


_NOTHING: Json = {}


def selecting(event: str, where: Json = _NOTHING) -> EventSelector:
    """A selector that holds the very condition, not a copy: what is asked of it is remembered by it."""
    return EventSelector.model_construct(event=event, where=where)


def content_of(record: Json) -> str:
    """The digest of everything but the place and ``recorded_at``."""
    given = record.get("content")
    if given:
        return str(given)
    kept = {
        k: v for k, v in record.items() if k not in ("place", "file", "recorded", "rlo", "rhi", "content")
    }
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


class World:
    """Everything a judgement may look at, at one as-of and one known-at."""

    def __init__(
        self, records: list[Json], rulebook: Rulebook, as_of: Moment, known_at: Moment, until: dt.date | None
    ) -> None:
        self.rulebook = rulebook
        self.zone = ZoneInfo(rulebook.zone)
        self.as_of = as_of
        self.until = max(as_of.day, until) if until else as_of.day
        self.days = Days.of(rulebook.calendar, rulebook.calendar_range.from_, rulebook.calendar_range.to)
        self.events: list[Event] = []
        self.blurs: list[Blur] = []
        self.first_entries: list[Entry] = []
        # Answers that are asked for again and again. The condition and the facts are kept with the answer, so
        # that no other object can take their identity.
        self._answers: dict[tuple[int, int], tuple[Json, Any, Tri]] = {}
        self._fitting: dict[tuple[str, str, int], tuple[Json, list[Event]]] = {}
        self._doubted: dict[tuple[str, str, int], tuple[Json, list[Event]]] = {}
        self._covered: dict[tuple[str, str, dt.date], bool] = {}
        self._blurs_for: dict[tuple[str, str], list[Blur]] = {}
        self._windows: dict[tuple[dt.date, int, str, int], dt.date] = {}
        self._settle([r for r in records if self._known(r, known_at)])
        self.events.sort(key=lambda event: event.order)
        self._inherit()
        self.by_municipality: dict[str, list[Event]] = {}
        for event in self.events:
            self.by_municipality.setdefault(event.municipality, []).append(event)
        self._of_type: dict[tuple[str, str], list[Event]] = {}
        for event in self.events:
            self._of_type.setdefault((event.municipality, event.type), []).append(event)
        self._in_case: dict[tuple[str, str, str | None], list[Event]] = {}
        for event in self.events:
            self._in_case.setdefault((event.municipality, event.type, event.case), []).append(event)
        self._links: dict[tuple[str, str], set[str]] = {}
        for event in self.events:
            for other in event.related if event.case is not None else ():
                assert event.case is not None
                self._links.setdefault((event.municipality, event.case), set()).add(other)
                self._links.setdefault((event.municipality, other), set()).add(event.case)

    # -- which records are believed

    def _known(self, record: Json, known_at: Moment) -> bool:
        """2.4: entered not after known-at; without an entry, its time counts. With neither it is known."""
        entered = record.get("rlo") if record.get("rlo") is not None else record.get("lo")
        return entered is None or int(entered) <= known_at.hi

    def _settle(self, known: list[Json]) -> None:
        by_id: dict[str, dict[str, list[Json]]] = {}
        for record in known:
            if not record["readable"]:
                self._blur(record, "unreadable_record")
                continue
            content = content_of(record)
            by_id.setdefault(record.get("id") or content, {}).setdefault(content, []).append(record)
        for identity, contents in by_id.items():
            every = [r for same in contents.values() for r in same]
            about = {(r["type"], r["municipality"], r.get("case")) for r in every}
            # One id on two different things corrects nothing, unless the later one says when it was entered.
            latest = [c for c in contents if self._is_latest(c, contents, said=len(about) > 1)]
            if len(about) > 1:
                mark("one id on two things")
            if len(contents) > 1:
                mark("latest content" if latest else "conflict")
            if not latest:
                for same in contents.values():
                    for record in same:
                        self._blur(record, "conflicting_records")
                continue
            chosen = contents[latest[0]]
            record = chosen[0]
            moment = moment_of(record)
            if record.get("retracted"):
                mark("retracted")
                continue
            if moment.lo > self.as_of.hi:
                continue
            event = Event(
                identity,
                record["type"],
                record["municipality"],
                record.get("case"),
                tuple(record.get("related") or ()),
                moment,
                dict(record.get("a") or {}),
                frozenset(record.get("bad") or ()),
                {r.get("file", "") for r in chosen},
            )
            self.events.append(event)
            every = [r for same in contents.values() for r in same]
            first = min(every, key=lambda r: (r["rlo"], r["rhi"], r["lo"], content_of(r)))
            recorded = Moment(first["rlo"], first["rhi"], moments.local_day(first["rlo"], self.zone))
            self.first_entries.append(Entry(event, moment_of(first).day, recorded))

    @staticmethod
    def _is_latest(content: str, contents: dict[str, list[Json]], said: bool) -> bool:
        others = [r["rhi"] for c, same in contents.items() if c != content for r in same]
        own = [r for r in contents[content] if not said or (r["rlo"], r["rhi"]) != (r["lo"], r["hi"])]
        return not others or any(r["rlo"] > max(others) for r in own)

    def _blur(self, record: Json, reason: str) -> None:
        moment = moment_of(record) if record.get("lo") is not None else None
        if moment is not None and moment.lo > self.as_of.hi:
            return
        self.blurs.append(
            Blur(
                reason,
                record.get("file", ""),
                record.get("type"),
                record.get("municipality"),
                record.get("case"),
                tuple(record.get("related") or ()),
                moment,
            )
        )

    def _inherit(self) -> None:
        """7.3, in the order of 7.1; then what absence means."""
        vocabulary = self.rulebook.vocabulary
        for number, event in enumerate(self.events):
            known = vocabulary.events.get(event.type)
            rule = known.inherits if known else None
            if rule is None or event.case is None:
                continue
            for name in rule.attributes:
                if name in event.a or name in event.bad:
                    continue
                for earlier in reversed(self.events[:number]):
                    if (
                        earlier.municipality == event.municipality
                        and earlier.case == event.case
                        and earlier.type in rule.from_
                    ):
                        if name in earlier.bad:
                            mark("inherited unknown")
                            event.bad |= {name}
                            break
                        if name in earlier.a:
                            mark("inherited")
                            event.a[name] = earlier.a[name]
                            break
        for event in self.events:
            for name, attribute in vocabulary.attributes.items():
                if attribute.absent is not None and name not in event.a and name not in event.bad:
                    mark("default")
                    event.a[name] = attribute.absent
                    event.supposed |= {name}

    # -- questions

    def condition(self, where: Json, event: Any) -> Tri:
        """The condition of a duty asked of an event; the answer is kept."""
        key = (id(where), id(event))
        if key not in self._answers:
            self._answers[key] = where, event, self.tried(where, event)
        return self._answers[key][2]

    def fitting(self, municipality: str, event_type: str, where: Json) -> list[Event]:
        """Events of a type of which the condition holds or is not known; the answer is kept."""
        key = (municipality, event_type, id(where))
        if key not in self._fitting:
            events = self.of(municipality, event_type)
            self._fitting[key] = where, [e for e in events if self.condition(where, e) is not False]
        return self._fitting[key][1]

    def doubted(self, municipality: str, event_type: str, where: Json) -> list[Event]:
        """Of those, the ones of which the condition is not known, or that have no case; kept too."""
        key = (municipality, event_type, id(where))
        if key not in self._doubted:
            events = self.fitting(municipality, event_type, where)
            doubted = [e for e in events if e.case is None or self.condition(where, e) is None]
            self._doubted[key] = where, doubted
        return self._doubted[key][1]

    def tried(self, where: Json, event: Any) -> Tri:
        """A condition made for one question."""
        return holds(where, event, self.languages, self.rulebook.vocabulary.attestation)

    def languages(self, municipality: str, day: dt.date) -> list[str] | None:
        """Official languages of a municipality on a day; None where the table does not say."""
        for row in self.rulebook.municipalities:
            if row.id == municipality and (row.from_ or day) <= day <= (row.to or day):
                return row.official_languages
        return None

    def of(self, municipality: str, event_type: str) -> list[Event]:
        """Events of a type in a municipality, in the order of 7.1."""
        return self._of_type.get((municipality, event_type), [])

    def linked(self, municipality: str, one: str, other: str) -> bool:
        """4.3: the same case, or two of which an event of one names the other."""
        return one == other or other in self._links.get((municipality, one), ())

    def about(self, municipality: str, event_type: str, case: str | None) -> list[Event]:
        """Events of a type that may belong to a case: its own, those of cases linked to it, and those
        without a case; in the order of 7.1.
        """
        cases = {None, case} | (self._links.get((municipality, case), set()) if case is not None else set())
        found = [e for one in cases for e in self.in_case(municipality, event_type, one)]
        return sorted(found, key=lambda event: event.order)

    def in_case(self, municipality: str, event_type: str, case: str | None) -> list[Event]:
        """Events of a type in a case, or without one."""
        return self._in_case.get((municipality, event_type, case), [])

    def may_be_in(self, blur: Blur, municipality: str) -> bool:
        """7.5: the municipalities of a record that cannot be read."""
        if blur.municipality is not None:
            return blur.municipality == municipality
        same_file = [e for e in self.events if blur.file in e.files]
        same_case = [e for e in same_file if blur.case is not None and e.case == blur.case]
        concerned = same_case or same_file
        return not concerned or any(e.municipality == municipality for e in concerned)

    def blurs_for(self, municipality: str, event_type: str) -> list[Blur]:
        """Records that may stand for an event of the type in the municipality."""
        key = (municipality, event_type)
        if key not in self._blurs_for:
            self._blurs_for[key] = [
                b for b in self.blurs if b.type in (None, event_type) and self.may_be_in(b, municipality)
            ]
        return self._blurs_for[key]

    # -- coverage

    def _declarations(self, municipality: str) -> list[Event]:
        coverage = self.rulebook.vocabulary.coverage
        return self.of(municipality, coverage.event) if coverage else []

    def _declares(self, municipality: str) -> bool:
        """Whether anything is declared, readable or not: then the default does not hold."""
        coverage = self.rulebook.vocabulary.coverage
        unread = [
            b for b in self.blurs if coverage and b.type == coverage.event and b.municipality == municipality
        ]
        return bool(self._declarations(municipality) or unread)

    def window_end(self, day: dt.date, window: Any, bound: int) -> dt.date:
        """The last day of a window n units forward from a day; the end of time outside the calendar."""
        key = (day, window.n, window.unit, bound)
        if key not in self._windows:
            try:
                self._windows[key] = forward(day, window.n, window.unit, "none", self.days, bound)
            except NoCalendar:
                self._windows[key] = dt.date.max
        return self._windows[key]

    def _default_start(self, municipality: str) -> dt.date | None:
        events = self.by_municipality.get(municipality, [])
        return events[0].day.replace(day=1) if events else None

    def covered(self, municipality: str, family: str, day: dt.date) -> bool:
        """4.15: whether the log claims to be complete for a family of events on a day."""
        key = (municipality, family, day)
        if key not in self._covered:
            self._covered[key] = self._is_covered(municipality, family, day)
        return self._covered[key]

    def _is_covered(self, municipality: str, family: str, day: dt.date) -> bool:
        coverage = self.rulebook.vocabulary.coverage
        declarations = self._declarations(municipality)
        if coverage is None or not self._declares(municipality):
            start = self._default_start(municipality)
            return start is not None and start <= day
        for declared in declarations:
            families = declared.a.get(coverage.families)
            if coverage.families in declared.bad or (families and family not in families):
                continue
            if any(first <= day <= last for first, last in self._period(declared)):
                return True
        return False

    def _period(self, declared: Event) -> Iterable[tuple[dt.date, dt.date]]:
        coverage = self.rulebook.vocabulary.coverage
        period = declared.a.get(coverage.period) if coverage and coverage.period not in declared.bad else None
        if period:
            yield dt.date.fromisoformat(period["first"]), dt.date.fromisoformat(period["last"])

    def first_covered(self, municipality: str) -> dt.date | None:
        """The first day covered for any family."""
        coverage = self.rulebook.vocabulary.coverage
        declarations = self._declarations(municipality)
        if coverage is None or not self._declares(municipality):
            return self._default_start(municipality)
        starts = [
            first for d in declarations if coverage.families not in d.bad for first, _ in self._period(d)
        ]
        return min(starts, default=None)

    def all_covered(self, municipality: str, types: Iterable[str], first: dt.date, last: dt.date) -> bool:
        """Every day of a span, for the family of every type."""
        for event_type in types:
            day = first
            while day <= last:
                if not self.covered(municipality, event_type.split(".")[0], day):
                    return False
                day += ONE_DAY
        return True

    def outage_on(self, municipality: str, day: dt.date) -> bool:
        """4.15: a recorded outage touches the day. An end that is not known is still to come."""
        outage = self.rulebook.vocabulary.outage
        for event in self.of(municipality, outage.event) if outage else []:
            assert outage is not None
            start, end = event.a.get(outage.from_), event.a.get(outage.to)
            first = (
                dt.date.fromisoformat(start["day"]) if start and outage.from_ not in event.bad else event.day
            )
            last = dt.date.fromisoformat(end["day"]) if end and outage.to not in event.bad else dt.date.max
            if first <= day <= last:
                mark("outage")
                return True
        return False


def moment_of(record: Json) -> Moment:
    """The moment of a record or of a date-time attribute."""
    return Moment(int(record["lo"]), int(record["hi"]), dt.date.fromisoformat(record["day"]))
