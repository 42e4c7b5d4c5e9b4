"""What is due, as a month and as an agenda."""

from __future__ import annotations

import calendar as months
import datetime as dt
import re
from collections.abc import Iterable, Mapping

from ...calendars import Calendar
from ...messages import text
from ...messages.figures import day, grouped
from ...messages.language import current
from ...model import Finding
from ...pages.blocks import Drawable, Line, Prose
from ...pages.page import Section
from ..drawing import ServedPage
from ..frame import CALENDAR, EXPORTS, Served
from ..parts import Actions, Day, Entry, Field, FieldGroup, Form, Month, Option
from ..vocabulary import capital
from .asked import Asked
from .notices import notices
from .tables import coming_table

# How many obligations a day of the grid names; the agenda has all.
_ON_DAY = 3
_MONTH = re.compile("([0-9]{4})-(0[1-9]|1[0-2])")
_ONE = dt.timedelta(days=1)


def calendar_page(frame: Served, asked: Asked) -> ServedPage:
    """One month, by default that of today."""
    first = _month(asked.one("month")) or frame.today.replace(day=1)
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    town = asked.one("municipality")
    several = len(frame.record.towns) > 1
    # The grid has whole weeks.
    days = _days(first - first.weekday() * _ONE, last + (6 - last.weekday()) * _ONE)
    by_day = {d: frame.whole.due_on(d, town) for d in days}
    within = [f for d in days if first <= d <= last for f in by_day[d]]
    title = text("serve.month", month=text(f"serve.month.{first.month}"), year=first.year)
    heading = capital(title)
    caption = text("serve.calendar.agenda.caption", n=len(within), number=grouped(len(within)), month=title)
    agenda: list[Drawable] = [coming_table(frame, "agenda-table", caption, within, several and not town)]
    if not within:
        agenda = [Prose.of([text("serve.calendar.none", month=title)])]
    before, after = (first - _ONE).replace(day=1), last + _ONE
    move = Actions(
        tuple(
            Line(text(code), frame.href(CALENDAR, month=f"{m:%Y-%m}", municipality=town))
            for code, m in (
                ("serve.calendar.before", before), ("serve.calendar.after", after),
                ("serve.calendar.today", frame.today),
            )
        ),
        plain=True,
    )  # fmt: skip
    opening: list[Drawable] = [*notices(frame)]
    if several:
        opening.append(_filter(frame, first, town))
    opening.append(move)
    grid = _grid(frame, first, by_day, title)
    return ServedPage(
        title=heading,
        surroundings=frame.surroundings(CALENDAR),
        kicker=text("serve.calendar.kicker"),
        lead=(Line(text("serve.calendar.feed"), f"{frame.href(EXPORTS)}#feed"),),
        opening=tuple(opening),
        sections=(
            Section("month", text("serve.calendar.month"), (grid,)),
            Section("agenda", text("serve.calendar.agenda"), tuple(agenda)),
        ),
    )


def _month(given: str) -> dt.date | None:
    found = _MONTH.fullmatch(given)
    if found is None or not 1990 <= int(found[1]) <= 2100:
        return None
    return dt.date(int(found[1]), int(found[2]), 1)


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + n * _ONE for n in range((last - first).days + 1)]


def _grid(frame: Served, first: dt.date, by_day: Mapping[dt.date, list[Finding]], title: str) -> Month:
    calendar = frame.snapshot.answer.calendar()
    holidays = {
        row.date: row.name.in_language(current()) for row in frame.rulebook.calendar if row.off == "yes"
    }
    cells = [_day(frame, d, first, found, calendar, holidays) for d, found in by_day.items()]
    weekdays = tuple(text(f"weekday.{n}") for n in range(7))
    weeks = tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))
    return Month(title, weekdays, weeks)


def _day(
    frame: Served,
    at: dt.date,
    first: dt.date,
    findings: Iterable[Finding],
    calendar: Calendar,
    holidays: Mapping[dt.date, str],
) -> Day:
    listed = list(findings)
    off = holidays.get(at, "")
    rest = bool(off) or (calendar.covers(at) and not calendar.working(at))
    entries = tuple(Entry(_short(frame, f), frame.finding_page(f.id), f.outcome) for f in listed[:_ON_DAY])
    more = None
    if len(listed) > _ON_DAY:
        more = Line(text("serve.calendar.more", n=len(listed) - _ON_DAY), "#agenda")
    full = text("weekday.date", weekday=text(f"weekday.{at.weekday()}"), day=day(at))
    if rest and not off:
        full = f"{full} ({text('off.weekend')})"
    # What is worst gives the number its colour.
    tones = {f.outcome for f in listed}
    tone = next((t for t in ("violated", "undetermined", "pending") if t in tones), "plain")
    number = text("serve.calendar.number", n=len(listed))
    return Day(
        at.day, full, entries, more, at.month == first.month, at == frame.today, rest, off, len(listed),
        number, tone,
    )  # fmt: skip


def _short(frame: Served, finding: Finding) -> str:
    """What stands in a cell: the duty, and the case it is about."""
    about = finding.case or finding.period
    return f"{frame.duty(finding.rule)} ({about})" if about else frame.duty(finding.rule)


def _filter(frame: Served, first: dt.date, town: str) -> Form:
    towns = sorted((frame.town(t), t) for t in frame.record.towns)
    options = (Option("", text("serve.filter.all")), *(Option(t, name, t == town) for name, t in towns))
    field = Field("municipality", text("serve.filter.municipality"), "choice", options=options, narrow=True)
    return Form(
        frame.href(CALENDAR),
        (FieldGroup("", (field,)),),
        text("serve.filter.show"),
        hidden=(("month", f"{first:%Y-%m}"),),
        compact=True,
        label=text("serve.filter.label"),
    )
