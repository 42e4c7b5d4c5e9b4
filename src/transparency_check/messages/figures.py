"""Dates and numbers as the language that is spoken writes them.

Only what is told to people is written so: columns and fields for programs, and what is repeated from an input
or must be typed into one, stay as ISO 8601 has them.
"""

from __future__ import annotations

import datetime as dt
import re

from .language import ENGLISH, current

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(T(?=[0-9]))?")
# Parts of a second say nothing to people.
_FRACTION = re.compile(r"(?<=T[0-9]{2}:[0-9]{2}:[0-9]{2})\.[0-9]+")
_GROUPS = {"en": ",", "sq": "\N{NO-BREAK SPACE}", "sr-Latn": ".", "sr-Cyrl": "."}


def day(value: dt.date | str) -> str:
    """A day, or each day of a text that consists of days, times and periods: ``2026-11-18``, in Albanian and
    Serbian ``18.11.2026``; the T between a day and its time becomes a blank there. To the second.
    """
    shown = str(value)
    if "." in shown:
        shown = _FRACTION.sub("", shown)
    return shown if current() == ENGLISH else _DAY.sub(_day_first, shown)


def _day_first(found: re.Match[str]) -> str:
    return f"{found[3]}.{found[2]}.{found[1]}" + (" " if found[4] else "")


def decimal(value: float, digits: int) -> str:
    """A number with so many decimals: ``0.25``, ``0,25``."""
    shown = f"{value:.{digits}f}"
    return shown if current() == ENGLISH else shown.replace(".", ",")


def grouped(value: int) -> str:
    """A whole number with its thousands set apart: ``1,000,000``."""
    return f"{value:,}".replace(",", _GROUPS[current()])
