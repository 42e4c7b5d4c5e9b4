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
_END = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
_CYCLE = 19 * 400
# What it costs to look for a day that does not come.
_IN_VAIN = 10_000
_LAST = dt.date(LAST_YEAR, 12, 31)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


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
        if frequency not in _FREQUENCIES or "BYSECOND" in parts or "BYMINUTE" in parts:
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
            found = self._made(first, parts, dt.datetime.combine(_LAST, dt.time.max), count)
            if len(found) < count:
                raise Unclear(phrase("its rule states no end"))
        else:
            found = self._made(first, parts, _end(parts.pop("UNTIL"), first), MOST + 1)
            if len(found) > MOST:
                raise Unclear(phrase("it repeats more than {limit} times", limit=MOST))
        if not isinstance(first, dt.datetime):
            return [start.date() for start in found]
        return [start.replace(tzinfo=first.tzinfo) for start in found]

    def _made(self, first: dt.date, parts: dict[str, str], end: dt.datetime, most: int) -> list[dt.datetime]:
        """What a rule gives up to an end, in local time."""
        from dateutil.rrule import rrulestr

        if self._left <= 0:
            raise Unclear(phrase("there are too many repetitions to follow"))
        written = ";".join(f"{key}={value}" for key, value in parts.items())
        begin = _local(first)
        try:
            # The library looks for the next day up to the year 9999, however long there is none. Days and
            # weekdays come again after 400 years, so it is asked about the last years that it knows.
            rule = rrulestr(f"{written};UNTIL={_later(end):%Y%m%dT%H%M%S}", dtstart=_later(begin))
            found = [start.replace(year=start.year - _CYCLE) for start in islice(rule, most)]
        except Exception as error:
            # A rule can be wrong in more ways than the library has words for.
            raise Unclear(phrase("its rule cannot be read")) from error
        looked = (found[-1] - begin).days if found else 0
        self._left -= looked if len(found) == most else max(looked, _IN_VAIN)
        return found


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


def _local(first: dt.date) -> dt.datetime:
    if isinstance(first, dt.datetime):
        return first.replace(tzinfo=None)
    return dt.datetime.combine(first, dt.time())


def _later(moment: dt.datetime) -> dt.datetime:
    return moment.replace(year=moment.year + _CYCLE)


def _end(until: str, first: dt.date) -> dt.datetime:
    """The end of a rule in the local time of its beginning. Raises ``Unclear``."""
    zone = first.tzinfo if isinstance(first, dt.datetime) else None
    if isinstance(first, dt.datetime) != ("T" in until):
        raise Unclear(phrase("its rule ends on a day and begins at a time, or the other way round"))
    match = _END.fullmatch(until)
    if match is None or (zone is None) != (match[3] in (None, "")):
        raise Unclear(phrase("its rule cannot be read"))
    try:
        end = dt.datetime.strptime(match[1] + (match[2] or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007
        if zone is not None:
            end = end.replace(tzinfo=dt.UTC).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise Unclear(phrase("its rule cannot be read")) from None
    if end.date() >= _LAST:
        raise Unclear(phrase("its rule states no end"))
    return end
