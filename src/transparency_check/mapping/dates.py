"""Dates as others write them, by a format that is stated in the letters of Unicode (CLDR): ``dd.MM.yyyy``.

Nothing is guessed: a text fits the whole format or is no date. What fits is written as the vocabulary has it,
``2026-03-02`` or ``2026-03-02T10:00``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cache
from zoneinfo import ZoneInfo

from ..messages import either, phrase
from ..messages.problems import shown
from ..packs.problems import did_you_mean
from ..times import CLOCK_PATTERN, DATE_PATTERN, TimeError, read_time

# Letters of a format: what they stand for, and what is written there.
_PARTS = {
    "yyyy": ("year", "[0-9]{4}"), "yy": ("short", "[0-9]{2}"), "MM": ("month", "[0-9]{2}"),
    "M": ("month", "[0-9]{1,2}"), "dd": ("day", "[0-9]{2}"), "d": ("day", "[0-9]{1,2}"),
    "HH": ("hour", "[0-9]{2}"), "H": ("hour", "[0-9]{1,2}"), "hh": ("half", "[0-9]{2}"),
    "h": ("half", "[0-9]{1,2}"), "mm": ("minute", "[0-9]{2}"), "ss": ("second", "[0-9]{2}"),
    "a": ("noon", "[AaPp][Mm]"), "XXX": ("offset", "Z|[+-][0-9]{2}:[0-9]{2}"), "XX": ("offset",
    "Z|[+-][0-9]{4}"), **{"S" * n: ("fraction", f"[0-9]{{{n}}}") for n in range(1, 7)},
}  # fmt: skip
# Formats by name: the spelling of the vocabulary itself; seconds, and thousandths of a second, since 1970.
ISO, UNIX, UNIX_MS = "iso", "unix", "unix-ms"
NAMED = (ISO, UNIX, UNIX_MS)
_TOKEN = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|.", re.DOTALL)
_ISO = re.compile(f"{DATE_PATTERN}(?:{CLOCK_PATTERN})?")
_COUNT = re.compile("[0-9]{1,13}")
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - written with Z below
_LONGEST = 64
_CENTURY = 2000
_NOON = 12


class Misfit(ValueError):
    """A text that is no date in any of the formats: the message says why, without a full stop."""


def check_format(value: str) -> str:
    """The format, where it is one. Raises ``ValueError``."""
    _reader(value)
    return value


def read_date(text: str, formats: Sequence[str]) -> str:
    """The date in ``text`` as the vocabulary writes it. Raises ``Misfit``, also where two of the formats make
    different dates of it.
    """
    found: dict[str, str] = {}
    why = ""
    for name in formats:
        try:
            found.setdefault(_reader(name)(text[:_LONGEST]), name)
        except Misfit as error:
            why = why or str(error)
    if len(found) > 1:
        (first, by), (second, other) = list(found.items())[:2]
        raise Misfit(
            phrase(
                "{text} is {first} by {by}, and {second} by {other}",
                text=shown(text), first=first, by=by, second=second, other=other,
            )
        )  # fmt: skip
    if not found:
        raise Misfit(
            why or phrase("{text} is not written as {formats}", text=shown(text), formats=either(formats))
        )
    return next(iter(found))


def in_zone(text: str, zone: ZoneInfo) -> str:
    """A date with a time of day and without offset, as written in ``zone``, as an instant in UTC; any other
    text as it is. Raises ``Misfit`` for a time that the clocks of the zone skip.
    """
    if len(text) <= len("2026-03-02") or not _ISO.fullmatch(text) or _has_offset(text):
        return text
    try:
        read = read_time(text, zone)
    except TimeError as error:
        raise Misfit(str(error)) from None
    return _utc(read.lo)


def _has_offset(text: str) -> bool:
    return text.endswith("Z") or text[-6:-5] in ("+", "-")


def _utc(microseconds: int) -> str:
    at = _EPOCH + dt.timedelta(microseconds=microseconds)
    return f"{at.isoformat(timespec='microseconds' if at.microsecond else 'seconds')}Z"


@cache
def _reader(name: str) -> Callable[[str], str]:
    """What reads a text by a format. Raises ``ValueError`` for what is no format."""
    if name == ISO:
        return _iso
    if name in (UNIX, UNIX_MS):
        return lambda text: _counted(text, 1_000_000 if name == UNIX else 1_000)
    pattern, fields = _compiled(name)

    def read(text: str) -> str:
        match = pattern.fullmatch(text.strip())
        if match is None:
            return _unfit(text, name)
        return _written(text, dict(zip(fields, match.groups(), strict=True)))

    return read


def _unfit(text: str, name: str) -> str:
    raise Misfit(phrase("{text} is not written as {formats}", text=shown(text), formats=name))


def _iso(text: str) -> str:
    return text.strip() if _ISO.fullmatch(text.strip()) else _unfit(text, ISO)


def _counted(text: str, unit: int) -> str:
    if not _COUNT.fullmatch(text.strip()):
        return _unfit(text, UNIX if unit == 1_000_000 else UNIX_MS)
    try:
        return _utc(int(text) * unit)
    except OverflowError:
        raise Misfit(phrase("{text} is a moment of no log", text=shown(text))) from None


def _compiled(name: str) -> tuple[re.Pattern[str], list[str]]:
    """The pattern of a format, and what its groups stand for. Raises ``ValueError``."""
    pattern, fields = "", []
    for match in _TOKEN.finditer(name):
        token = match[0]
        if match[2] is None:
            literal = token if match[1] is None else match[1].replace("''", "'") or "'"
            pattern += re.escape(literal)
            continue
        if token not in _PARTS:
            raise ValueError(
                phrase(
                    "`{token}` is no part of a date.{hint} A format is made of {known}; other letters stand "
                    "between quotes ('T')",
                    token=token,
                    hint=did_you_mean(token, (*_PARTS, *NAMED), most=0),
                    known=", ".join(part for part in _PARTS if not part.startswith("SS")),
                )
            )
        field, written = _PARTS[token]
        fields.append(field)
        pattern += f"({written})"
    _check(name, fields)
    return re.compile(pattern), fields


def _check(name: str, fields: list[str]) -> None:
    parts = ["year" if field == "short" else "hour" if field == "half" else field for field in fields]
    twice = next((field for field in parts if parts.count(field) > 1), None)
    lacking = [part for part in ("year", "month", "day") if part not in parts]
    broken = (
        ("hour" in parts) != ("minute" in parts)
        or ("second" in parts and "minute" not in parts)
        or ("fraction" in parts and "second" not in parts)
        or ("offset" in parts and "hour" not in parts)
        or ("half" in fields) != ("noon" in fields)
    )
    if twice or lacking or broken:
        raise ValueError(
            phrase(
                "`{name}` is no whole date: it has yyyy, MM and dd, each once, and, where there is a time of "
                "day, "
                "HH and mm (or hh, mm and a), as in dd.MM.yyyy HH:mm",
                name=name,
            )
        )


def _written(text: str, found: dict[str, str]) -> str:
    year = int(found["year"]) if "year" in found else _CENTURY + int(found["short"])
    try:
        day = dt.date(year, int(found["month"]), int(found["day"])).isoformat()
        if "minute" not in found:
            return day
        hour = int(found["hour"]) if "hour" in found else _hour(int(found["half"]), found["noon"])
        dt.time(hour, int(found["minute"]), int(found.get("second", 0)))
    except ValueError:
        raise Misfit(phrase("{text}: there is no such date or time of day", text=shown(text))) from None
    clock = f"T{hour:02}:{found['minute']}"
    if "second" in found:
        clock += f":{found['second']}"
    if "fraction" in found:
        clock += f".{found['fraction']}"
    offset = found.get("offset", "")
    return day + clock + (f"{offset[:3]}:{offset[-2:]}" if len(offset) > 1 else offset)


def _hour(hour: int, noon: str) -> int:
    if not 1 <= hour <= _NOON:
        raise ValueError(hour)
    return hour % _NOON + (_NOON if noon[0] in "Pp" else 0)
