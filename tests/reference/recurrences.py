"""Dates that recur (RFC 5545), found by asking every day whether the rule names it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .counting import add_months, civil_period

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONE_DAY = dt.timedelta(days=1)
KNOWN = {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "UNTIL", "COUNT", "WKST"}


@dataclass(frozen=True)
class Rule:
    freq: str
    interval: int
    months: tuple[int, ...]
    month_days: tuple[int, ...]
    weekdays: tuple[tuple[int, int], ...]
    positions: tuple[int, ...]
    count: int | None = None
    until: dt.date | None = None

    @property
    def period(self) -> str:
        """The civil period of a recurrence: a yearly rule that names four months has quarters (7.10)."""
        if self.freq == "YEARLY":
            return "quarter" if len(set(self.months)) == 4 else "year"
        return {"MONTHLY": "month", "WEEKLY": "week", "DAILY": "day"}[self.freq]


def parse(text: str) -> Rule:
    """Read a rule. Raises ValueError for parts this evaluator does not know."""
    parts = dict(part.split("=", 1) for part in text.removeprefix("RRULE:").split(";") if part)
    unknown = set(parts) - KNOWN
    if unknown or parts.get("WKST", "MO") != "MO":
        raise ValueError(f"not known in a recurrence: {sorted(unknown) or 'WKST'}")

    def numbers(name: str) -> tuple[int, ...]:
        return tuple(int(n) for n in parts.get(name, "").split(",") if n)

    weekdays = tuple(
        (WEEKDAYS.index(day[-2:]), int(day[:-2] or 0)) for day in parts.get("BYDAY", "").split(",") if day
    )
    return Rule(
        parts["FREQ"],
        int(parts.get("INTERVAL", "1")),
        numbers("BYMONTH"),
        numbers("BYMONTHDAY"),
        weekdays,
        numbers("BYSETPOS"),
        int(parts["COUNT"]) if "COUNT" in parts else None,
        dt.date.fromisoformat(parts["UNTIL"][:8]) if "UNTIL" in parts else None,
    )


def dates(rule: Rule, start: dt.date, last: dt.date) -> list[dt.date]:
    """Every date of the rule from its start to a day."""
    found: list[dt.date] = []
    last = min(last, rule.until or last)
    per = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day"}[rule.freq]
    _, begin, _ = civil_period(start, per)
    number = 0
    while begin <= last:
        _, begin, end = civil_period(begin, per)
        if number % rule.interval == 0:
            days = []
            day = begin
            while day <= end:
                if _named(rule, day, start):
                    days.append(day)
                day += ONE_DAY
            if rule.positions:
                days = sorted({days[p - 1 if p > 0 else p] for p in rule.positions if abs(p) <= len(days)})
            found += [day for day in days if start <= day <= last]
        begin = end + ONE_DAY
        number += 1
    # So many from the start, and no more.
    return found[: rule.count]


def _named(rule: Rule, day: dt.date, start: dt.date) -> bool:
    months = rule.months
    month_days = rule.month_days
    weekdays = rule.weekdays
    if not month_days and not weekdays:
        # What the rule leaves open it takes from its start.
        if rule.freq == "YEARLY" and not months:
            months, month_days = (start.month,), (start.day,)
        elif rule.freq in ("YEARLY", "MONTHLY"):
            month_days = (start.day,)
        elif rule.freq == "WEEKLY":
            weekdays = ((start.weekday(), 0),)
    if months and day.month not in months:
        return False
    length = (add_months(day.replace(day=1), 1) - ONE_DAY).day
    if month_days and day.day not in month_days and day.day - length - 1 not in month_days:
        return False
    return not weekdays or any(_is_weekday(rule, day, length, wanted, nth) for wanted, nth in weekdays)


def _is_weekday(rule: Rule, day: dt.date, length: int, wanted: int, nth: int) -> bool:
    if day.weekday() != wanted:
        return False
    if nth == 0:
        return True
    if rule.freq == "YEARLY" and not rule.months:
        first, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
        return nth in ((day - first).days // 7 + 1, -((last - day).days // 7) - 1)
    return nth in ((day.day - 1) // 7 + 1, -((length - day.day) // 7) - 1)
