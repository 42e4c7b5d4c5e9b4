"""The moments that somebody asks for: as-of, known-at, how far ahead; without one, what the clock says."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .errors import UsageError
from .messages import text
from .times import Moment, TimeError, read_time

_MOST_DAYS_AHEAD = 3660


@dataclass(frozen=True, slots=True)
class Ahead:
    """A horizon: so many days, weeks or months after the day of as-of."""

    n: int
    unit: str

    @classmethod
    def read(cls, value: str) -> Ahead:
        """Read ``30d``, ``4w`` or ``2m``. Raises ``UsageError``."""
        match = re.fullmatch(r"([0-9]{1,4})([dwm])", value.strip().lower())
        if match is None or int(match[1]) * {"d": 1, "w": 7, "m": 31}[match[2]] > _MOST_DAYS_AHEAD:
            raise UsageError(text("error.within", name=value))
        return cls(int(match[1]), match[2])

    def after(self, day: dt.date) -> dt.date:
        """The last day of the horizon."""
        from dateutil.relativedelta import relativedelta

        if self.unit == "m":
            return day + relativedelta(months=self.n)
        return day + dt.timedelta(days=self.n * (7 if self.unit == "w" else 1))


def clock(zone: ZoneInfo) -> str:
    """The full second that is now or next: what was entered within this one is known, and nothing that is due
    then has passed.
    """
    now = dt.datetime.now(zone)
    full = now + dt.timedelta(microseconds=-now.microsecond % 1_000_000)
    # Whole days end at midnight, and not before.
    return (full if full.date() == now.date() else now).isoformat()


def moment(option: str, value: str, zone: ZoneInfo) -> Moment:
    """A time given on the command line. Raises ``UsageError`` naming the option."""
    try:
        return read_time(value, zone)
    except TimeError as error:
        raise UsageError(text("error.time", option=option, message=error)) from None
