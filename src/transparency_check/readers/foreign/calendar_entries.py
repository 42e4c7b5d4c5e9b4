"""iCalendar: a row for each meeting. Reports are written as ``.ics`` too; this is the other direction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...errors import UsageError
from ...messages import phrase
from ...messages.problems import problem
from ...model import Problem
from ..base import Input, NoValue, Row
from ..json_walk import whole_text
from .calendar_text import Broken, Component, Property, components
from .calendar_times import Zones, duration
from .cells import no_value, put, whole
from .recurrence import Recurrences, Unclear, key_of, moments

FORMAT = "iCalendar"
_EVENT = "VEVENT"
_TIMES = frozenset({"dtstart", "dtend", "dtstamp", "created", "last-modified", "recurrence-id"})
_NUMBERS = frozenset({"sequence", "priority"})
_LISTS = frozenset({"categories", "resources"})
_MANY = frozenset({"attendee", "comment", "contact", "related-to", "attach", "request-status", *_LISTS})
# What says when it repeats is told by the rows.
_REPEATS = frozenset({"rrule", "rdate", "exdate", "exrule", "duration"})
# Values that are addresses, in which nothing is escaped.
_PLAIN = frozenset({"url", "attach", "attendee", "organizer"})


class Calendar:
    """``.ics``: places are ``file:line``, the line on which an entry begins.

    In a folder calendars are passed over: they may be reports of what is due.
    """

    name = "ics"
    suffixes: tuple[str, ...] = (".ics",)
    packed = True
    foreign = True
    named = True

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``. Raises ``UsageError`` where icalendar is not installed."""
        try:
            import icalendar  # noqa: F401
        except ImportError:
            raise UsageError(
                phrase("To read a calendar, {module} has to be installed.", module="icalendar"),
                phrase("Install it with pip install 'transparency-check[calendar]'."),
            ) from None
        data = source.read()
        if not data.strip():
            return
        text = whole_text(data, source.name)
        if not isinstance(text, str):
            yield from text
        elif not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
            why = phrase("it does not begin with BEGIN:VCALENDAR.")
            yield problem("file_unreadable", source.name, name=source.name, format=FORMAT, why=why)
            yield Row(source.name, {}, True)
        else:
            yield from _entries(source.name, text)


def _entries(name: str, text: str) -> Iterator[Row | Problem]:
    events: list[Component] = []
    zones: list[Component] = []
    end: Broken | None = None
    try:
        for component in components(text):
            if component.name == _EVENT:
                events.append(component)
            elif component.name == "VTIMEZONE":
                zones.append(component)
    except Broken as broken:
        end = broken
    made = _Meetings(name, Zones(zones), events)
    for event in events:
        yield from made.rows(event)
    if end is not None:
        place = f"{name}:{end.line}"
        yield problem("not_as_format", place, format=FORMAT, why=end.why)
        yield Row(place, {}, True)


class _Meetings:
    """Entries as rows. An entry that stands for one of many meetings takes its place."""

    def __init__(self, name: str, zones: Zones, events: list[Component]) -> None:
        self._name, self._zones = name, zones
        self._recurrences = Recurrences()
        self._replaced: set[tuple[str, tuple[int, str]]] = set()
        for event in events:
            uid = next((p.text for p in event.properties if p.name == "uid"), "")
            for given in event.properties:
                if given.name == "recurrence-id":
                    moment = zones.moment(given)
                    if not isinstance(moment, NoValue):
                        self._replaced.add((uid, key_of(moment)))

    def rows(self, event: Component) -> Iterator[Row | Problem]:
        """The meetings of an entry, and what is wrong with it."""
        place = f"{self._name}:{event.line}"
        cells, length = self._cells(event)
        if event.broken:
            at = f"{self._name}:{event.broken[0]}"
            yield problem("not_as_format", at, format=FORMAT, why=phrase("the line is no property"))
            yield Row(place, cells, True)
            return
        repeating = [p for p in event.properties if p.name in ("rrule", "rdate", "exdate", "exrule")]
        first = cells.get("dtstart")
        if not repeating and not _following(event):
            yield Row(place, cells)
            return
        try:
            starts = self._starts(event, first, repeating)
        except Unclear as unclear:
            if "recurrence-id" not in cells:
                yield Row(place, cells)
            yield problem("repetition", place, why=str(unclear))
            yield Row(place, {key: cells[key] for key in ("uid", "summary") if key in cells}, True)
            return
        uid = str(cells.get("uid", ""))
        for start in starts:
            if (uid, key_of(start)) not in self._replaced:
                end = None if length is None else {"dtend": start + length}
                yield Row(place, {**cells, "recurrence-id": start, "dtstart": start, **(end or {})})

    def _starts(self, event: Component, first: object, repeating: list[Property]) -> list[dt.date]:
        if _following(event):
            raise Unclear(phrase("it changes all meetings from one on"))
        if not isinstance(first, dt.date):
            raise Unclear(phrase("it is not known when it begins"))
        if any(p.name == "exrule" for p in repeating):
            raise Unclear(phrase("its rule cannot be read"))
        listed = {
            name: [m for p in repeating if p.name == name for m in moments(p, self._zones.moment)]
            for name in ("rdate", "exdate")
        }
        rules = [p.value for p in repeating if p.name == "rrule"]
        return self._recurrences.starts(first, rules, listed["rdate"], listed["exdate"])

    def _cells(self, event: Component) -> tuple[dict[str, object], dt.timedelta | None]:
        """The cells of an entry, and how long it takes, where that is known."""
        cells: dict[str, object] = {}
        lasts: dt.timedelta | None = None
        for given in event.properties:
            name = given.name
            if name == "duration":
                lasts = duration(given.value)
                if lasts is None:
                    put(cells, "dtend", no_value(given.value))
            if name in _REPEATS:
                continue
            if name in _LISTS:
                for part in given.texts:
                    put(cells, name, part, many=True)
            elif name in _TIMES:
                put(cells, name, self._zones.moment(given))
            elif name in _NUMBERS:
                put(cells, name, whole(given.value.strip()))
            else:
                put(cells, name, given.value if name in _PLAIN else given.text, many=name in _MANY)
        start, end = cells.get("dtstart"), cells.get("dtend")
        if not isinstance(start, dt.date):
            return cells, None
        if lasts is not None and end is None:
            try:
                cells["dtend"] = _after(start, lasts)
            except OverflowError:
                cells["dtend"] = no_value(str(lasts))
            return cells, lasts if isinstance(cells["dtend"], dt.date) else None
        if isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and start.tzinfo == end.tzinfo:
            return cells, end - start
        if type(start) is dt.date and type(end) is dt.date:
            return cells, end - start
        return cells, None


def _after(start: dt.date, lasts: dt.timedelta) -> dt.date:
    """A moment so much later; a day where only days pass."""
    if isinstance(start, dt.datetime) or not lasts.seconds:
        return start + lasts
    return dt.datetime.combine(start, dt.time()) + lasts


def _following(event: Component) -> bool:
    """Whether an entry stands for a meeting and all that follow it."""
    return any(p.name == "recurrence-id" and "RANGE" in p.parameters for p in event.properties)
