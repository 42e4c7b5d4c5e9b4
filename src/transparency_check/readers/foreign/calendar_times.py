"""Times of a calendar: days, moments with their zones, and durations."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from ..base import NoValue
from .calendar_text import Component, Property
from .cells import no_value

_TIME = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]{1,4})W|(?:([0-9]{1,5})D)?(?:T(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,6})S)?)?)"
)
# The most lines of a zone that a file describes itself, and the most zones.
_LINES, _ZONES = 500, 20


class Zones:
    """The zones of one file: known ones by their names, those of Windows by theirs, others as the file
    describes them.
    """

    def __init__(self, described: Iterable[Component]) -> None:
        self._described: dict[str, Component] = {}
        for component in described:
            name = next((p.value for p in component.properties if p.name == "tzid"), None)
            if name is not None and len(component.written) <= _LINES and len(self._described) < _ZONES:
                self._described.setdefault(name, component)
        self._known: dict[str, dt.tzinfo | None] = {}

    def zone(self, name: str) -> dt.tzinfo | None:
        """The zone of a name, None where nobody says what it is."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> dt.tzinfo | None:
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        # Some programs put a path before the name.
        parts = name.strip("/").split("/")
        for key in (name, WINDOWS_TO_OLSON.get(name, ""), "/".join(parts[-2:]), "/".join(parts[-3:])):
            if key in available_timezones():
                return ZoneInfo(key)
        described = self._described.get(name)
        return None if described is None else _made(described)

    def moment(self, given: Property, value: str | None = None) -> dt.date | NoValue:
        """The day or moment of a property, or of one of its ``value``s; without zone it is local."""
        text = given.value if value is None else value
        match = _TIME.fullmatch(text.strip())
        day_only = given.parameters.get("VALUE", "").upper() == "DATE"
        if match is None or (day_only and match[2]):
            return no_value(text)
        try:
            day = dt.date(int(text.strip()[:4]), int(match[1][4:6]), int(match[1][6:]))
            if match[2] is None:
                return day
            clock = dt.time(int(match[2][:2]), int(match[2][2:4]), int(match[2][4:]))
        except ValueError:
            return no_value(text)
        name = given.parameters.get("TZID")
        zone: dt.tzinfo | None = dt.UTC if match[3] else None
        if zone is None and name is not None:
            zone = self.zone(name)
            if zone is None:
                return no_value(f"{text} ({name})")
        return dt.datetime.combine(day, clock, zone)


def duration(text: str) -> dt.timedelta | None:
    """A duration, None where it is not written as one."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] == "-" else length


def _made(described: Component) -> dt.tzinfo | None:
    from icalendar import Timezone

    try:
        component: Any = Timezone.from_ical("\r\n".join(described.written) + "\r\n")
        zone = component.to_tz(lookup_tzid=False)
        zone.utcoffset(dt.datetime(2026, 7, 1))  # noqa: DTZ001
    except Exception:
        # The library says in a dozen ways that it cannot make sense of a description.
        return None
    return zone if isinstance(zone, dt.tzinfo) else None
