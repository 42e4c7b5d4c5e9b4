"""The one place that reads dates and times (semantics 2.1, 2.2, 7.1).

Every time is a closed interval of instants in microseconds of UTC since 1970-01-01: a date is its whole
local day, a date-time a single instant. Exactly one spelling is read; whatever else an office may write is
an error that says how to write it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from .messages import either, later, phrase

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

# The spelling that is read, for engines that prove rows clean before they reach this module: no
# backreferences or lookaround.
DATE_PATTERN: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK_PATTERN: Final = (
    r"T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?"
    r"(Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
)

_DATE = re.compile(DATE_PATTERN)
_CLOCK = re.compile(CLOCK_PATTERN)
_FRACTION = re.compile(r"([0-9]{1,6})(Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?")
_EPOCH_ORDINAL: Final = dt.date(1970, 1, 1).toordinal()
_SECOND: Final = 1_000_000
_DAY: Final = 86_400 * _SECOND
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# Day number 0 of the date system that spreadsheets count in (exact for days from March 1900 on).
_SERIAL_ZERO: Final = dt.date(1899, 12, 30)
# Workbooks from older Macintosh computers count from here.
_SERIAL_1904: Final = dt.date(1904, 1, 1) - _SERIAL_ZERO
_HOW: Final = later("write a date as 2026-03-02, a date with time as 2026-03-02T10:00")


class TimeError(ValueError):
    """A text that is not a date, a date-time or an interval in the one spelling that is read.

    ``code`` names the kind of mistake (``excel-serial``, ``compact``, ``slashes``, ``year`` ...); the
    message says why the text is not read and what to write instead.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as recorded: the ``text``, its local civil ``day``, and the closed interval ``lo``..``hi`` of
    instants it covers.

    Instants are microseconds of UTC since 1970-01-01T00:00Z. For a date-time ``lo == hi``.
    """

    text: str
    day: dt.date
    lo: int
    hi: int

    @property
    def timed(self) -> bool:
        """Whether a time of day was recorded (semantics 7.1)."""
        return self.lo == self.hi


class _LocalDay:
    """One civil day of a zone: its instants, and the distance to UTC where no clock change falls on it."""

    __slots__ = ("day", "hi", "lo", "uniform")

    def __init__(self, day: dt.date, lo: int, hi: int) -> None:
        self.day = day
        self.lo = lo
        self.hi = hi
        self.uniform = hi - lo == _DAY - 1


def _first_instant(day: dt.date, zone: ZoneInfo) -> int:
    # fold=0 gives a midnight that is skipped the offset before the change, which is the instant of the change
    # itself.
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=zone)
    offset = zone.utcoffset(midnight) or dt.timedelta()
    return (day.toordinal() - _EPOCH_ORDINAL) * _DAY - offset // dt.timedelta(microseconds=1)


@lru_cache(maxsize=65_536)
def day_bounds(day: dt.date, zone: ZoneInfo) -> tuple[int, int]:
    """First and last microsecond of a local civil day, as UTC microseconds since the epoch, both
    inclusive.
    """
    lo = _first_instant(day, zone)
    if day == dt.date.max:
        return lo, lo + _DAY - 1
    return lo, _first_instant(day + dt.timedelta(days=1), zone) - 1


@lru_cache(maxsize=65_536)
def _local_day(day: dt.date, zone: ZoneInfo) -> _LocalDay:
    return _LocalDay(day, *day_bounds(day, zone))


@lru_cache(maxsize=65_536)
def _read_day(text: str, zone: ZoneInfo) -> _LocalDay:
    found = _local_day(_civil_day(text, text), zone)
    if found.lo > found.hi:
        raise TimeError(
            "skipped",
            phrase(
                "{text} did not exist in {key}: the calendar jumped over it; check the date",
                text=text,
                key=zone.key,
            ),
        )
    return found


@lru_cache(maxsize=65_536)
def _read_date(text: str, zone: ZoneInfo) -> Moment:
    found = _read_day(text, zone)
    return Moment(text, found.day, found.lo, found.hi)


@lru_cache(maxsize=65_536)
def _read_whole_clock(text: str) -> tuple[int, int | None] | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, offset = match.groups()
    time = (int(hour) * 3600 + int(minute) * 60 + int(second or 0)) * _SECOND
    return time + int((fraction or "").ljust(6, "0")), _read_offset(offset)


@lru_cache(maxsize=1024)
def _read_offset(text: str | None) -> int | None:
    if text is None:
        return None
    if text == "Z":
        return 0
    distance = (int(text[1:3]) * 60 + int(text[4:6])) * 60 * _SECOND
    return -distance if text[0] == "-" else distance


def _read_clock(text: str) -> tuple[int, int | None] | None:
    """Microseconds into the day, and the offset in microseconds or None; None for what is no time of day."""
    # Fractions hardly repeat: only what stands before and behind them is worth remembering.
    match = _FRACTION.fullmatch(text, 10) if text[9:10] == "." else None
    if match is not None and (clock := _read_whole_clock(text[:9])) is not None:
        return clock[0] + int(match[1].ljust(6, "0")), _read_offset(match[2])
    return _read_whole_clock(text)


def read_time(text: str, zone: ZoneInfo) -> Moment:
    """Read ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM[:SS[.ffffff]][Z|+HH:MM]``, years 1990 to 2100.

    Without offset a time is local to ``zone``; a local time that a clock change repeats is its first
    occurrence, one that it skips is an error. Raises ``TimeError``; nothing is ever guessed.
    """
    if not isinstance(text, str):
        raise TimeError("not-text", phrase("{text!r} is not a text; {how}", text=text, how=phrase(_HOW)))
    if len(text) == 10:
        return _read_date(text, zone)
    clock = _read_clock(text[10:])
    if clock is None:
        raise _mistake(text)
    head = text[:10]
    if _DATE.fullmatch(head) is None:
        raise _mistake(text)
    local = _read_day(head, zone)
    time, offset = clock
    if offset is None:
        if local.uniform:
            instant = local.lo + time
            return Moment(text, local.day, instant, instant)
        instant = _across_change(text, local.day, time, zone)
        return Moment(text, local.day, instant, instant)
    instant = (local.day.toordinal() - _EPOCH_ORDINAL) * _DAY + time - offset
    day = local.day
    # An offset may put the instant on a neighbouring local day; its day is the local one (semantics 7.1).
    while instant < local.lo:
        day -= dt.timedelta(days=1)
        local = _local_day(day, zone)
    while instant > local.hi:
        day += dt.timedelta(days=1)
        local = _local_day(day, zone)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _year(text, day.year)
    return Moment(text, day, instant, instant)


def _across_change(text: str, day: dt.date, time: int, zone: ZoneInfo) -> int:
    """The instant of a local time on a day with a clock change: the first where two have it; an error
    where none has.
    """
    naive = dt.datetime.combine(day, dt.time()) + dt.timedelta(microseconds=time)
    aware = naive.replace(tzinfo=zone)
    real = aware.astimezone(dt.UTC).astimezone(zone)
    if real.replace(tzinfo=None) != naive:
        raise TimeError(
            "skipped",
            phrase(
                "{text}: this time did not exist in {key}, the clocks were put forward over "
                "it that day; check the time, or write it with its offset, as in {real}",
                text=text,
                key=zone.key,
                real=real.isoformat(timespec="minutes"),
            ),
        )
    return (aware - _EPOCH) // dt.timedelta(microseconds=1)


def read_interval(text: str) -> tuple[dt.date, dt.date]:
    """Read ``2024-01-01/2024-12-31``: first and last day, both inclusive, first not after last. Raises
    ``TimeError``.
    """
    how = phrase("write the first and the last day, as in 2024-01-01/2024-12-31")
    if not isinstance(text, str):
        raise TimeError("not-text", phrase("{text!r} is not a text; {how}", text=text, how=how))
    parts = text.split("/")
    if len(parts) != 2:
        if re.fullmatch(r"[0-9]{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise TimeError(
                "interval",
                phrase("{text} is a year; as an interval write {text}-01-01/{text}-12-31", text=text),
            )
        if _DATE.fullmatch(text):
            raise TimeError(
                "interval",
                phrase("{text} is one day, not an interval; for a single day write {text}/{text}", text=text),
            )
        raise TimeError("interval", phrase("{text} is not an interval; {how}", text=_shown(text), how=how))
    days: list[dt.date] = []
    for index, part in enumerate(parts):
        try:
            days.append(_civil_day(part, part))
        except TimeError as error:
            if len(part) > 10 and _DATE.fullmatch(part[:10]) and _read_clock(part[10:]):
                raise TimeError(
                    "interval", phrase("an interval has whole days, no time of day; {how}", how=how)
                ) from None
            missing = not part or part == ".."
            if index:
                message = (
                    phrase("the last day of {text} is missing; {how}", text=_shown(text), how=how)
                    if missing
                    else phrase("the last day of {text}: {error}", text=_shown(text), error=error)
                )
            elif missing:
                message = phrase("the first day of {text} is missing; {how}", text=_shown(text), how=how)
            else:
                message = phrase("the first day of {text}: {error}", text=_shown(text), error=error)
            raise TimeError("interval" if missing else error.code, message) from None
    first, last = days
    if first > last:
        raise TimeError(
            "order",
            phrase(
                "{text}: the first day is after the last; the earlier day comes first: {last}/{first}",
                text=text,
                last=last,
                first=first,
            ),
        )
    return first, last


def instant_text(us: int, zone: ZoneInfo) -> str:
    """An instant (UTC microseconds since the epoch) as ISO 8601 in local time with offset:
    ``2026-11-27T10:00:00+01:00``.

    Raises ``TimeError`` for an instant outside the years 1 to 9999.
    """
    try:
        return (_EPOCH + dt.timedelta(microseconds=us)).astimezone(zone).isoformat()
    except (OverflowError, ValueError):
        raise TimeError("range", phrase("the instant {us} lies outside the years 1 to 9999", us=us)) from None


def _civil_day(head: str, text: str) -> dt.date:
    """The day written in ``head``; ``text`` is the whole value, for the message."""
    if _DATE.fullmatch(head) is None:
        raise _mistake(text)
    year, month, day = int(head[:4]), int(head[5:7]), int(head[8:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _year(text, year)
    try:
        return dt.date(year, month, day)
    except ValueError:
        pass
    if not 1 <= month <= 12:
        swapped = _iso(year, day, month)
        hint = (
            phrase("; if day and month were exchanged, write {swapped}", swapped=swapped) if swapped else ""
        )
        raise TimeError(
            "no-such-day",
            phrase(
                "{text}: there is no month {month:02d}; write YYYY-MM-DD{hint}",
                text=_shown(text),
                month=month,
                hint=hint,
            ),
        )
    last = 31 if month == 12 else (dt.date(year, month + 1, 1) - dt.timedelta(days=1)).day
    raise TimeError(
        "no-such-day",
        phrase(
            "{text}: there is no such day, {year}-{month:02d} has the days 01 to {last}; check the date",
            text=_shown(text),
            year=year,
            month=month,
            last=last,
        ),
    )


def _year(text: str, year: int) -> TimeError:
    return TimeError(
        "year",
        phrase(
            "{text}: the year {year:04d} is outside {first} to {final}, so it is "
            "probably a slip; check the year",
            text=_shown(text),
            year=year,
            first=FIRST_YEAR,
            final=LAST_YEAR,
        ),
    )


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


def _iso(year: int, month: int, day: int) -> str | None:
    """The date in the one spelling, or None where there is no such day in the years that are read."""
    try:
        return dt.date(year, month, day).isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _mistake(text: str) -> TimeError:
    """What is wrong with a text that is in no spelling that is read, and what to write instead."""
    shown = _shown(text)
    if not text.strip():
        return TimeError(
            "empty", phrase("there is no date here; {how}, or leave the field out", how=phrase(_HOW))
        )
    if text != text.strip():
        meant = text.strip()
        fault = None if _spelt(meant) else _mistake(meant)
        return TimeError(
            "space",
            phrase("{shown} has blanks around it; write {meant}", shown=shown, meant=meant)
            if fault is None
            else phrase("{shown} has blanks around it; without them, {fault}", shown=shown, fault=fault),
        )
    if not text.isascii():
        return TimeError(
            "characters",
            phrase("{shown} has characters other than 0-9 - : T Z + .; {how}", shown=shown, how=phrase(_HOW)),
        )
    for look in (_number, _other_order, _other_calendar, _near_clock):
        found = look(text, shown)
        if found is not None:
            return found
    return TimeError(
        "unknown", phrase("{shown} is not a date that is read; {how}", shown=shown, how=phrase(_HOW))
    )


def _spelt(text: str) -> bool:
    """Whether a text is a date, or a date with a time of day, in the one spelling."""
    return (
        _DATE.fullmatch(text[:10]) is not None
        and _iso(int(text[:4]), int(text[5:7]), int(text[8:10])) is not None
        and (len(text) == 10 or _read_clock(text[10:]) is not None)
    )


def _number(text: str, shown: str) -> TimeError | None:
    compact = re.fullmatch(
        r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[T ]?([0-9]{2}):?([0-9]{2})(?:[:0-9].*)?)?", text
    )
    if compact is not None:
        day = _iso(*map(int, compact.groups()[:3]))
        if day is not None:
            meant = f"{day}T{compact[4]}:{compact[5]}" if compact[4] else day
            return TimeError(
                "compact",
                phrase(
                    "{shown} is written without hyphens; if it means a date, write {meant}",
                    shown=shown,
                    meant=meant,
                ),
            )
    match = re.fullmatch(r"([0-9]+)(?:[.,][0-9]+)?", text)
    if match is None:
        return None
    digits = match[1]
    if len(digits) == 5:
        serial = _SERIAL_ZERO + dt.timedelta(days=int(digits))
        later = serial + _SERIAL_1904
        perhaps = (
            phrase(
                ", perhaps {serial} (or {later}, where days are counted from 1904)",
                serial=serial.isoformat(),
                later=later.isoformat(),
            )
            if serial.year >= FIRST_YEAR and later.year <= LAST_YEAR
            else ""
        )
        return TimeError(
            "excel-serial",
            phrase(
                "{shown} looks like a day number of a spreadsheet; format the cell as a date "
                "before saving, or write the date{perhaps}",
                shown=shown,
                perhaps=perhaps,
            ),
        )
    if len(digits) in (9, 10, 13, 16, 19):
        # Seconds, milliseconds, microseconds or nanoseconds.
        seconds = int(digits) // 10 ** ((len(digits) - 9) // 3 * 3)
        time = (_EPOCH + dt.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return TimeError(
            "epoch",
            phrase(
                "{shown} looks like a count since 1970; write the time itself, perhaps {time}",
                shown=shown,
                time=time,
            ),
        )
    if len(digits) == 4 and digits == text:
        return TimeError(
            "incomplete",
            phrase("{shown} is a year without month and day; {how}", shown=shown, how=phrase(_HOW)),
        )
    return TimeError(
        "number", phrase("{shown} is a number, not a date; {how}", shown=shown, how=phrase(_HOW))
    )


def _other_order(text: str, shown: str) -> TimeError | None:
    match = re.fullmatch(r"([0-9]{1,4})([/. -])([0-9]{1,2})\2([0-9]{1,4})\.?(.*)", text, re.DOTALL)
    if match is None:
        return None
    first, separator, second, third, rest = match.groups()
    if separator == "-" and len(first) == 4:
        return None
    code = {"/": "slashes", ".": "dots", " ": "spaces", "-": "order"}[separator]
    clock, remark = _clock_behind(rest)
    if len(first) == 4:
        day = _iso(int(first), int(second), int(third))
        return TimeError(
            code,
            phrase(
                "{shown} is not written as a date is read; {advice}",
                shown=shown,
                advice=phrase("write {meant}{remark}", meant=f"{day}{clock}", remark=remark)
                if day
                else phrase(_HOW),
            ),
        )
    if len(third) != 4:
        return TimeError(
            code,
            phrase("{shown} does not give the year in four digits; {how}", shown=shown, how=phrase(_HOW)),
        )
    meant = {
        phrase("day first"): _iso(int(third), int(second), int(first)),
        phrase("month first"): _iso(int(third), int(first), int(second)),
    }
    known = {how: day + clock for how, day in meant.items() if day}
    if len(set(known.values())) == 1:
        advice = phrase("write {meant}{remark}", meant=next(iter(known.values())), remark=remark)
    elif known:
        meanings = either(f"{day} ({how})" for how, day in known.items())
        return TimeError(
            code,
            phrase(
                "{shown}: the order of day and month is not guessed; write {either}, whichever is "
                "meant{remark}",
                shown=shown,
                either=meanings,
                remark=remark,
            ),
        )
    else:
        advice = phrase(_HOW)
    return TimeError(
        code, phrase("{shown} is not written as a date is read; {advice}", shown=shown, advice=advice)
    )


def _clock_behind(rest: str) -> tuple[str, str]:
    """What follows a date in another order, as a time of day in the one spelling; else a remark on it."""
    if not rest.strip():
        return "", ""
    match = re.fullmatch(r"[ T,]+([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?", rest)
    if match is not None:
        hour, minute, second = match.groups()
        clock = f"T{hour:0>2}:{minute}" + (f":{second}" if second else "")
        if _read_clock(clock) is not None:
            return clock, ""
    return "", phrase(", and a time of day behind it as T10:00")


def _other_calendar(text: str, shown: str) -> TimeError | None:
    week = re.fullmatch(r"([0-9]{4})-?[Ww]([0-9]{2})(?:-?([1-7]))?", text)
    if week is not None:
        try:
            day = dt.date.fromisocalendar(int(week[1]), int(week[2]), int(week[3] or 1)).isoformat()
        except ValueError:
            return TimeError(
                "week-date",
                phrase("{shown} names a week that does not exist; {how}", shown=shown, how=phrase(_HOW)),
            )
        if week[3]:
            return TimeError("week-date", phrase("{shown} is a week date; write {day}", shown=shown, day=day))
        return TimeError(
            "week-date",
            phrase(
                "{shown} is a week date; write the day itself; the Monday of that week is {day}",
                shown=shown,
                day=day,
            ),
        )
    ordinal = re.fullmatch(r"([0-9]{4})-([0-9]{3})", text)
    if ordinal is not None:
        return TimeError(
            "ordinal-date",
            phrase("{shown} counts the days of the year; {how}", shown=shown, how=phrase(_HOW)),
        )
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        return TimeError(
            "incomplete", phrase("{shown} is a month without a day; {how}", shown=shown, how=phrase(_HOW))
        )
    loose = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    if loose is not None:
        day_text = _iso(*map(int, loose.groups()))
        return TimeError(
            "digits",
            phrase(
                "{shown}: month and day have two digits; {advice}",
                shown=shown,
                advice=phrase("write {meant}{remark}", meant=day_text, remark="")
                if day_text
                else phrase(_HOW),
            ),
        )
    return None


def _near_clock(text: str, shown: str) -> TimeError | None:
    """Mistakes behind a date that is well written: the separator, the time of day, the offset."""
    if len(text) <= 10 or _DATE.fullmatch(text[:10]) is None:
        return None
    head, rest = text[:10], text[10:]
    if rest[0] in " t_" and _read_clock("T" + rest[1:].upper()) is not None:
        return TimeError(
            "separator",
            phrase(
                "{shown}: a capital T stands between date and time; write {head}T{rest}",
                shown=shown,
                head=head,
                rest=rest[1:].upper(),
            ),
        )
    if rest[0] != "T":
        return TimeError(
            "trailing", phrase("{shown} goes on after the date; {how}", shown=shown, how=phrase(_HOW))
        )
    if _read_clock(rest.upper()) is not None:
        return TimeError(
            "separator",
            phrase(
                "{shown}: the Z for UTC is a capital; write {head}{rest}",
                shown=shown,
                head=head,
                rest=rest.upper(),
            ),
        )
    if re.match(r"T24:00", rest):
        return TimeError(
            "clock",
            phrase(
                "{shown}: 24:00 is not read; write T00:00 of the next day, or {head}T23:59",
                shown=shown,
                head=head,
            ),
        )
    if re.match(r"T[0-9]{2}:[0-9]{2}:60", rest):
        return TimeError("clock", phrase("{shown}: leap seconds are not read; write second 59", shown=shown))
    if re.fullmatch(r"T[0-9]{1,2}", rest) or re.fullmatch(r"T[0-9]{1,2}(Z|[+-].*)", rest):
        return TimeError(
            "clock", phrase("{shown}: the minutes are missing; write {head}T10:00", shown=shown, head=head)
        )
    if re.search(r"[A-Za-z]{2}", rest):
        return TimeError(
            "clock",
            phrase(
                "{shown}: hours run from 00 to 23 and zones have no names; write "
                "{head}T14:30 or {head}T14:30+01:00",
                shown=shown,
                head=head,
            ),
        )
    if re.match(r"T[0-9]:", rest):
        return TimeError(
            "clock",
            phrase(
                "{shown}: the hour has two digits; write {head}T0{rest}",
                shown=shown,
                head=head,
                rest=rest[1:],
            ),
        )
    if re.match(r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(,|\.[0-9]{7})|[.,])", rest):
        return TimeError(
            "clock",
            phrase(
                "{shown}: a fraction follows the seconds, after a point, with at most six digits; {how}",
                shown=shown,
                how=phrase(_HOW),
            ),
        )
    if _read_clock(re.sub(r"[+-][0-9:]*$", "", rest)) is not None:
        return TimeError(
            "offset",
            phrase("{shown}: an offset from UTC is written Z or +01:00, within 14 hours", shown=shown),
        )
    return TimeError(
        "clock",
        phrase(
            "{shown}: there is no such time of day; hours run from 00 to 23, minutes from 00 to 59; {how}",
            shown=shown,
            how=phrase(_HOW),
        ),
    )
