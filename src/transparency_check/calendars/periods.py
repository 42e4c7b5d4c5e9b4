"""A period of time as a legal norm states it, and its arithmetic on the civil calendar (semantics 3.4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

PeriodUnit = Literal["calendar-day", "working-day", "week", "month", "year"]
Direction = Literal["after", "before"]
Roll = Literal["none", "forward", "backward"]

UNITS: Final = ("calendar-day", "working-day", "week", "month", "year")
# The day before 0001-01-01: stands for "no such day" wherever days are ordinals.
NO_DAY: Final = 0
_LAST_ORDINAL: Final = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """``n`` units after or before an anchor.

    ``roll`` moves a last day that is off to the next or previous working day; periods in working days
    never roll. ``clear`` (backward only) demands n whole days between. Raises ``ValueError`` for what no
    rule can mean, hours among it: they are elapsed time between instants, not days.
    """

    n: int
    unit: str
    direction: str
    roll: str = "none"
    clear: bool = False

    def __post_init__(self) -> None:
        if self.n < 0:
            raise ValueError(
                f"a period of {self.n} is no period: n is 0 or more, and `direction` says to which side"
            )
        if self.unit == "hour":
            raise ValueError("hours are elapsed time between instants, not a period of days (semantics 3.7)")
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit {self.unit!r}: one of {', '.join(UNITS)}")
        if self.direction not in ("after", "before"):
            raise ValueError(f"unknown direction {self.direction!r}: after or before")
        if self.roll not in ("none", "forward", "backward"):
            raise ValueError(f"unknown roll {self.roll!r}: none, forward or backward")
        if self.clear and self.direction != "before":
            raise ValueError("`clear` belongs to a period before something (semantics 3.5)")


@lru_cache(maxsize=4096)
def _step(unit: str, n: int) -> relativedelta:
    return relativedelta(months=n) if unit == "month" else relativedelta(years=n)


def civil_end(anchor: dt.date, unit: str, n: int) -> int:
    """Ordinal of the day ``n`` calendar days, weeks, months or years after the anchor (before it where n is
    negative).

    Months and years end on the same day number, or on the last day of the month where it does not exist.
    ``NO_DAY`` where the end lies outside the years 1 to 9999.
    """
    if unit in ("calendar-day", "week"):
        end = anchor.toordinal() + (n if unit == "calendar-day" else 7 * n)
        return end if 0 < end <= _LAST_ORDINAL else NO_DAY
    try:
        return (anchor + _step(unit, n)).toordinal()
    except (ValueError, OverflowError):
        return NO_DAY
