"""Days and times as people type them into a form: ``18.11.2026`` or ``2026-11-18``, ``9:30``.

A form has one spelling more than a log, and turns it into that of a log before the one exact reader sees it:
who types a day there has no column whose other cells say in which order it is written, so that only the one
order of Albanian and Serbian is taken.
"""

from __future__ import annotations

import datetime as dt
import re

from ..messages import text

# The keyboards of some phones have a comma where digits are typed, and no point.
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[.,]\s*([0-9]{1,2})\s*[.,]\s*([0-9]{4})\s*\.?")
_CLOCK = re.compile(r"([0-9]{1,2})\s*[:.,]\s*([0-9]{2})\s*h?")


class TimeGiven(ValueError):
    """What was typed is no day or no time; the message says how one is written."""


def as_logged(day: str, clock: str) -> str:
    """Day and time as a log writes them; what is no day stays as it is: the exact reader says what is wrong
    with it. Empty where nothing was typed.
    """
    day, clock = day.strip(), clock.strip()
    if found := _DAY_FIRST.fullmatch(day):
        day = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if not clock:
        return day
    if found := _CLOCK.fullmatch(clock):
        clock = f"{int(found[1]):02}:{found[2]}"
    # A time without a day is no time of anything, and is told as such.
    return f"{day}T{clock}"


def as_typed(logged: str, day_first: bool) -> tuple[str, str]:
    """The day and the time of what a log holds, as fields show them."""
    day, _, clock = logged.partition("T")
    if day_first and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        year, month, number = day.split("-")
        day = f"{number}.{month}.{year}"
    return day, clock


def day_given(value: str) -> dt.date | None:
    """The day that was typed, None where nothing was. Raises ``TimeGiven``."""
    if not value.strip():
        return None
    try:
        logged = as_logged(value, "")
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", logged):
            return dt.date.fromisoformat(logged)
    except ValueError:
        pass
    raise TimeGiven(text("serve.error.day", given=value[:40]))
