"""Meetings that repeat: only what a file states to its end becomes a meeting."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from itertools import islice

from ...messages import phrase
from ...times import LAST_YEAR
from ..base import NoValue
from .calendar_text import Property

# Meetings of one entry.
MOST = 10_000
# Days that the rules of one file are followed through.
STEPS = 60_000
_LONGEST = 500
_PART = re.compile(r"([A-Z]+)=([A-Za-z0-9,+-]*)")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_END = re.compile(r"([0-9]{8})(?:T[0-9]{6}(Z?))?")
_LAST = dt.date(LAST_YEAR, 12, 31)
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}


class Unclear(ValueError):
    """Why it is not known when a meeting repeats, in words."""


class Recurrences:
    """Follows rules, as many as are good for one file."""

    def __init__(self) -> None:
        self._left = STEPS

    def starts(
        self,
        first: dt.date,
        rules: Iterable[str],
        more: Iterable[dt.date],
        without: Iterable[dt.date],
    ) -> list[dt.date]:
        """When the meetings of an entry begin, in order. Raises ``Unclear``."""
        found = {key_of(first): first}
        for rule in rules:
            found |= {key_of(start): start for start in self._of_rule(first, rule)}
        for start in more:
            found.setdefault(key_of(_alike(start, first)), start)
        for start in without:
            found.pop(key_of(_alike(start, first)), None)
        return [found[key] for key in sorted(found)]

    def _of_rule(self, first: dt.date, rule: str) -> list[dt.date]:
        parts = dict(_PART.findall(rule.strip().upper()))
        written = ";".join(f"{key}={value}" for key, value in parts.items())
        if len(rule) > _LONGEST or written != rule.strip().strip(";").upper():
            raise Unclear(phrase("its rule cannot be read"))
        frequency = parts.get("FREQ", "")
        if frequency not in _DAYS or "BYSECOND" in parts or "BYMINUTE" in parts:
            raise Unclear(phrase("its rule is none of days, weeks, months or years"))
        if ("UNTIL" in parts) == ("COUNT" in parts):
            raise Unclear(phrase("its rule states no end"))
        step = parts.get("INTERVAL", "1")
        numbers = (step, parts.get("COUNT", "1"))
        if not all(_NUMBER.fullmatch(number) for number in numbers):
            raise Unclear(phrase("its rule cannot be read"))
        if "COUNT" in parts:
            count = int(parts.pop("COUNT"))
            if count > MOST:
                raise Unclear(phrase("it repeats more than {limit} times", limit=MOST))
            found = self._counted(first, parts, count, count * int(step) * _DAYS[frequency])
        else:
            found = self._until(first, parts)
        return [start if isinstance(first, dt.datetime) else start.date() for start in found]

    def _counted(self, first: dt.date, parts: dict[str, str], count: int, days: int) -> list[dt.datetime]:
        """So many: looked for in a span that grows, as a rule may have none for years, or for ever."""
        while True:
            end = _LAST if (_LAST - _day(first)).days <= days else _day(first) + dt.timedelta(days=days)
            found = self._made(first, parts, end, f"{end:%Y%m%d}T235959Z", count)
            if len(found) == count:
                return found
            if end == _LAST:
                raise Unclear(phrase("its rule states no end"))
            days = days * 8 + 400

    def _until(self, first: dt.date, parts: dict[str, str]) -> list[dt.datetime]:
        until = parts["UNTIL"]
        zoned = isinstance(first, dt.datetime) and first.tzinfo is not None
        if isinstance(first, dt.datetime) != ("T" in until):
            raise Unclear(phrase("its rule ends on a day and begins at a time, or the other way round"))
        match = _END.fullmatch(until)
        if match is None or (zoned and not match[2]):
            raise Unclear(phrase("its rule cannot be read"))
        try:
            end = dt.datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=dt.UTC).date()
        except ValueError:
            raise Unclear(phrase("its rule cannot be read")) from None
        if end >= _LAST:
            raise Unclear(phrase("its rule states no end"))
        found = self._made(first, parts, end, until, MOST + 1)
        if len(found) > MOST:
            raise Unclear(phrase("it repeats more than {limit} times", limit=MOST))
        return found

    def _made(
        self, first: dt.date, parts: dict[str, str], end: dt.date, until: str, most: int
    ) -> list[dt.datetime]:
        """What a rule gives up to an end."""
        # A rule of weeks looks at one day of each, all others at every day.
        self._left -= max(0, (end - _day(first)).days // (7 if parts["FREQ"] == "WEEKLY" else 1))
        if self._left < 0:
            raise Unclear(phrase("there are too many repetitions to follow"))
        from dateutil.rrule import rrulestr

        zoned = isinstance(first, dt.datetime) and first.tzinfo is not None
        # The library wants an end in UTC where the beginning has a zone, else one without.
        ending = until if zoned else until.removesuffix("Z")
        written = ";".join(f"{key}={value}" for key, value in {**parts, "UNTIL": ending}.items())
        try:
            return list(islice(rrulestr(written, dtstart=_start(first)), most))
        except Exception as error:
            # A rule can be wrong in more ways than the library has words for.
            raise Unclear(phrase("its rule cannot be read")) from error


def key_of(start: dt.date) -> tuple[int, str]:
    """What tells one beginning from another: instants in UTC, days and times without zone as they are."""
    if isinstance(start, dt.datetime):
        if start.tzinfo is not None:
            return 1, start.astimezone(dt.UTC).isoformat()
        return 1, start.isoformat()
    return 0, start.isoformat()


def moments(given: Property, read: Callable[[Property, str], dt.date | NoValue]) -> list[dt.date]:
    """The times of a property that lists them, of periods their beginnings. Raises ``Unclear``."""
    found: list[dt.date] = []
    for part in given.value.split(","):
        moment = read(given, part.partition("/")[0])
        if isinstance(moment, NoValue):
            raise Unclear(phrase("a time in {name} cannot be read", name=given.name.upper()))
        found.append(moment)
    return found


def _alike(start: dt.date, first: dt.date) -> dt.date:
    kinds = [(isinstance(m, dt.datetime), getattr(m, "tzinfo", None) is not None) for m in (start, first)]
    if kinds[0] != kinds[1]:
        raise Unclear(phrase("it names days for what has a time, or the other way round"))
    return start


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _start(first: dt.date) -> dt.datetime:
    return first if isinstance(first, dt.datetime) else dt.datetime.combine(first, dt.time())
