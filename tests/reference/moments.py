"""Moments (semantics 2.1, 2.2, 7.1): every time is a closed interval of instants, in microseconds since 1970
UTC.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ONE_DAY = dt.timedelta(days=1)
HOUR = 3_600_000_000
TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


@dataclass(frozen=True)
class Moment:
    """``[lo, hi]`` and the local civil day of ``lo``. ``ordered``: an interval whose first instant decides
    what comes before it, as if it were a time of day (7.6).
    """

    lo: int
    hi: int
    day: dt.date
    ordered: bool = False

    @property
    def timed(self) -> bool:
        return self.ordered or self.lo == self.hi


def microseconds(instant: dt.datetime) -> int:
    """Whole microseconds from 1970 UTC to an aware instant."""
    return (instant - EPOCH) // dt.timedelta(microseconds=1)


def local_day(us: int, zone: ZoneInfo) -> dt.date:
    """The civil day in the zone at an instant."""
    return (EPOCH + dt.timedelta(microseconds=us)).astimezone(zone).date()


def instant_text(us: int, zone: ZoneInfo) -> str:
    """An instant with the zone's offset: 2026-03-27T09:00:00+01:00."""
    return (EPOCH + dt.timedelta(microseconds=us)).astimezone(zone).isoformat()


def whole_day(day: dt.date, zone: ZoneInfo) -> Moment:
    """The local day, from its first instant to the last microsecond before the next day."""
    start = microseconds(dt.datetime.combine(day, dt.time(), tzinfo=zone))
    following = microseconds(dt.datetime.combine(day + ONE_DAY, dt.time(), tzinfo=zone))
    return Moment(start, following - 1, day)


def point(us: int, zone: ZoneInfo) -> Moment:
    """One instant."""
    return Moment(us, us, local_day(us, zone))


def read(text: str, zone: ZoneInfo) -> Moment:
    """A date or date-time as text. A local time that is repeated is its first occurrence (fold 0)."""
    match = TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date or date-time: {text!r}")
    day = dt.date.fromisoformat(match[1])
    if match[2] is None:
        return whole_day(day, zone)
    clock = dt.time.fromisoformat(match[2])
    if match[3] is None:
        return point(microseconds(dt.datetime.combine(day, clock, tzinfo=zone)), zone)
    offset = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return point(microseconds(offset), zone)


def comes_before(a: Moment, b: Moment) -> bool:
    """7.1: an earlier day; or the same day and either is not timed, or not later in instants."""
    if a.day != b.day:
        return a.day < b.day
    return not a.timed or not b.timed or a.lo <= b.lo


def before(a: Moment, b: Moment) -> bool | None:
    """7.1: whether a is before b; None where it is open: one day, and either is not timed."""
    if a.day == b.day and not (a.timed and b.timed):
        return None
    return comes_before(a, b)
