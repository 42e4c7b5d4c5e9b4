"""Due dates by example: the vectors and every clause of counting (semantics 3, 4.13, 6, 7.8)."""

from __future__ import annotations

import datetime as dt

import pytest
from calendar_rows import make_row

from transparency_check.calendars import (
    BOUNDS,
    Calendar,
    Due,
    Period,
    due,
    earliest_anchor,
    last_working_day,
    working_days_between,
)

NO_CALENDAR = Due(None, "no_calendar")
SUSPENDED = Due(None, "suspended")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def stop(begin: str, restart: str | None) -> tuple[dt.date, dt.date | None]:
    return day(begin), day(restart) if restart else None


def working(n: int, direction: str = "after", clear: bool = False) -> Period:
    return Period(n, "working-day", direction, clear=clear)


@pytest.mark.parametrize(
    ("anchor", "period", "expected"),
    [
        pytest.param("2026-01-03", working(5), "2026-01-09", id="V1 5 working days after a Saturday"),
        pytest.param("2026-03-16", Period(5, "calendar-day", "before"), "2026-03-11", id="V2 calendar"),
        pytest.param(
            "2026-03-16",
            Period(5, "calendar-day", "before", clear=True),
            "2026-03-10",
            id="V2 calendar clear",
        ),
        pytest.param("2026-03-16", working(5, "before"), "2026-03-09", id="V2 working"),
        pytest.param(
            "2026-03-16", working(5, "before", clear=True), "2026-03-08", id="V2 working clear: a Sunday"
        ),
        pytest.param("2013-01-31", Period(1, "month", "after"), "2013-02-28", id="V3 month end"),
        pytest.param("2012-02-29", Period(1, "year", "after"), "2013-02-28", id="V4 leap day a year on"),
        pytest.param(
            "2026-01-02", Period(3, "calendar-day", "after"), "2026-01-05", id="3.1 anchor excluded"
        ),
        pytest.param("2026-01-02", Period(0, "calendar-day", "after"), "2026-01-02", id="3.1 n = 0"),
        pytest.param("2026-01-03", working(1), "2026-01-05", id="3.3 Saturday and Sunday are no day 1"),
        pytest.param("2026-01-03", working(0), "2026-01-03", id="3.3 n = 0 stays, even on a Saturday"),
        pytest.param("2026-01-02", Period(2, "week", "after"), "2026-01-16", id="3.4 weeks"),
        pytest.param("2026-01-02", Period(2, "week", "before"), "2025-12-19", id="3.4 weeks backward"),
        pytest.param("2026-03-31", Period(1, "month", "before"), "2026-02-28", id="3.4 month end backward"),
        pytest.param("2024-03-31", Period(1, "month", "before"), "2024-02-29", id="3.4 leap year backward"),
        pytest.param(
            "2026-02-28", Period(1, "month", "after"), "2026-03-28", id="3.4 same day number, not month end"
        ),
        pytest.param(
            "2026-01-31", Period(13, "month", "after"), "2027-02-28", id="3.4 more than a year of months"
        ),
        pytest.param("2024-02-29", Period(4, "year", "after"), "2028-02-29", id="3.4 leap day to leap day"),
        pytest.param("2024-02-29", Period(1, "year", "before"), "2023-02-28", id="3.4 leap day backward"),
        pytest.param(
            "2026-03-16",
            Period(1, "week", "before", clear=True),
            "2026-03-08",
            id="3.5 week clear: one day earlier",
        ),
        pytest.param(
            "2026-03-31",
            Period(1, "month", "before", clear=True),
            "2026-02-27",
            id="3.5 month clear: one day earlier",
        ),
        pytest.param(
            "2026-03-16",
            Period(0, "calendar-day", "before", clear=True),
            "2026-03-16",
            id="7.7 n = 0: the anchor's day",
        ),
        pytest.param(
            "2026-01-03",
            Period(7, "calendar-day", "after", "forward"),
            "2026-01-12",
            id="3.2 Saturday rolls to Monday",
        ),
        pytest.param(
            "2026-01-03", Period(7, "calendar-day", "after"), "2026-01-10", id="3.2 roll none stays"
        ),
        pytest.param(
            "2026-01-03", Period(1, "month", "after", "forward"), "2026-02-03", id="3.2 working day stays"
        ),
        pytest.param(
            "2026-03-16",
            Period(1, "calendar-day", "before", "backward"),
            "2026-03-13",
            id="3.5 Sunday rolls to Friday",
        ),
        pytest.param(
            "2026-03-17",
            Period(1, "calendar-day", "before", "backward", clear=True),
            "2026-03-13",
            id="3.5 clear first, then rolled once",
        ),
        pytest.param(
            "2026-03-16",
            Period(5, "working-day", "before", "backward", clear=True),
            "2026-03-08",
            id="3.2 working days never roll",
        ),
    ],
)
def test_without_holidays(plain: Calendar, anchor: str, period: Period, expected: str) -> None:
    assert due(day(anchor), period, plain) == Due(day(expected))


@pytest.mark.parametrize(
    ("anchor", "period", "expected", "act_by"),
    [
        pytest.param("2026-04-20", working(7, "before"), "2026-04-07", "2026-04-07", id="V6 lenient"),
        pytest.param(
            "2026-04-20", working(7, "before", clear=True), "2026-04-06", "2026-04-03", id="V6 clear"
        ),
        pytest.param(
            "2026-04-24",
            Period(7, "calendar-day", "after", "forward"),
            "2026-05-04",
            "2026-05-04",
            id="V7 Labour Day",
        ),
        pytest.param(
            "2026-01-01",
            Period(7, "calendar-day", "after", "forward"),
            "2026-01-08",
            "2026-01-08",
            id="V8 on a holiday",
        ),
        pytest.param("2026-11-27", working(7, "before"), "2026-11-18", "2026-11-18", id="V10 lenient"),
        pytest.param(
            "2026-11-27", working(7, "before", clear=True), "2026-11-17", "2026-11-17", id="V10 clear"
        ),
        pytest.param("2026-12-11", working(7, "before"), "2026-12-02", "2026-12-02", id="V12 lenient"),
        pytest.param(
            "2026-12-11", working(7, "before", clear=True), "2026-12-01", "2026-12-01", id="V12 clear"
        ),
        pytest.param(
            "2025-12-31", working(1), "2026-01-05", "2026-01-05", id="3.3 over New Year and a weekend"
        ),
        pytest.param(
            "2028-04-16", working(1), "2028-04-18", "2028-04-18", id="3.3 both Easters are one day off"
        ),
    ],
)
def test_in_kosovo(kosovo: Calendar, anchor: str, period: Period, expected: str, act_by: str) -> None:
    found = due(day(anchor), period, kosovo)
    assert found == Due(day(expected))
    assert found.day is not None
    assert last_working_day(found.day, kosovo) == day(act_by)


def test_act_by_of_the_clear_sunday(plain: Calendar) -> None:
    """V2: act by Friday 6 March."""
    assert last_working_day(day("2026-03-08"), plain) == day("2026-03-06")


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        pytest.param(0, "2025-04-02", id="3.9 shown: estimated off, uncertain worked"),
        pytest.param(1, "2025-04-03", id="3.9 estimated off, uncertain off"),
        pytest.param(2, "2025-04-01", id="3.9 estimated worked, uncertain worked"),
        pytest.param(3, "2025-04-02", id="3.9 estimated worked, uncertain off"),
    ],
)
def test_doubtful_days_move_the_due_date(mixed: Calendar, bound: int, expected: str) -> None:
    # Friday 28 March; Monday 31 is estimated, Tuesday 1 April uncertain.
    assert due(day("2025-03-28"), working(2), mixed, bound) == Due(day(expected))


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        pytest.param(0, "2025-04-01", id="shown"),
        pytest.param(1, "2025-04-02", id="uncertain off"),
        pytest.param(2, "2025-03-31", id="estimated worked"),
        pytest.param(3, "2025-03-31", id="both"),
    ],
)
def test_doubtful_days_move_the_roll(mixed: Calendar, bound: int, expected: str) -> None:
    assert due(day("2025-03-28"), Period(1, "calendar-day", "after", "forward"), mixed, bound) == Due(
        day(expected)
    )


@pytest.mark.parametrize(
    ("anchor", "period", "extension", "expected"),
    [
        pytest.param(
            "2026-04-24",
            Period(7, "calendar-day", "after", "forward"),
            15,
            "2026-05-18",
            id="4.13 counted in one go: 16 May is a Saturday; the holiday of 1 May does not roll in between",
        ),
        pytest.param("2026-01-05", working(5), 5, "2026-01-20", id="4.13 working days"),
        pytest.param(
            "2026-01-31", Period(1, "month", "after"), 1, "2026-03-31", id="4.13 months, clipped once"
        ),
    ],
)
def test_extension(kosovo: Calendar, anchor: str, period: Period, extension: int, expected: str) -> None:
    assert due(day(anchor), period, kosovo, 0, extension) == Due(day(expected))


@pytest.mark.parametrize(
    ("period", "stops", "expected"),
    [
        pytest.param(
            Period(7, "calendar-day", "after"),
            [stop("2026-06-03", "2026-06-10")],
            "2026-06-15",
            id="4.13 stop day not counted, restart day counted",
        ),
        pytest.param(
            Period(7, "calendar-day", "after"),
            [stop("2026-06-08", "2026-06-10")],
            "2026-06-10",
            id="7.8 stop on the last day",
        ),
        pytest.param(
            Period(7, "calendar-day", "after"),
            [stop("2026-06-09", "2026-06-20")],
            "2026-06-08",
            id="7.8 stop after due changes nothing",
        ),
        pytest.param(
            Period(7, "calendar-day", "after"),
            [stop("2026-06-01", "2026-06-04")],
            "2026-06-10",
            id="7.8 stop on the anchor's day",
        ),
        pytest.param(
            Period(7, "calendar-day", "after"),
            [stop("2026-05-29", "2026-06-04")],
            "2026-06-08",
            id="7.8 stop before the anchor's day does not count",
        ),
        pytest.param(
            Period(7, "calendar-day", "after"),
            [stop("2026-06-03", "2026-06-03")],
            "2026-06-08",
            id="4.13 stopped and restarted on one day",
        ),
        pytest.param(
            Period(7, "calendar-day", "after"),
            [stop("2026-06-03", "2026-06-05"), stop("2026-06-10", "2026-06-12")],
            "2026-06-12",
            id="7.8 the second stop begins on the due date as moved by the first",
        ),
        pytest.param(
            Period(7, "calendar-day", "after"),
            [stop("2026-06-10", "2026-06-12"), stop("2026-06-03", "2026-06-05")],
            "2026-06-12",
            id="7.8 whatever the order they are given in",
        ),
        pytest.param(
            Period(7, "calendar-day", "after"),
            [stop("2026-06-03", "2026-06-05"), stop("2026-06-11", "2026-06-30")],
            "2026-06-10",
            id="7.8 the second stop begins after the due date as moved",
        ),
        pytest.param(
            Period(7, "calendar-day", "after", "forward"),
            [stop("2026-06-03", "2026-06-08")],
            "2026-06-15",
            id="4.13 rolled once, at the end",
        ),
        pytest.param(
            Period(6, "calendar-day", "after", "forward"),
            [stop("2026-06-08", "2026-06-20")],
            "2026-06-08",
            id="7.8 a stop on the day rolled to begins after due as counted",
        ),
        pytest.param(working(5), [stop("2026-06-03", "2026-06-10")], "2026-06-15", id="4.13 working days"),
        pytest.param(
            working(5), [stop("2026-06-06", "2026-06-07")], "2026-06-08", id="4.13 stop over a weekend"
        ),
        pytest.param(
            Period(1, "week", "after"),
            [stop("2026-06-03", "2026-06-10")],
            "2026-06-15",
            id="7.8 weeks move on",
        ),
        pytest.param(
            Period(1, "month", "after"),
            [stop("2026-06-10", "2026-06-20")],
            "2026-07-11",
            id="7.8 months move on",
        ),
        pytest.param(
            Period(1, "month", "after"),
            [stop("2026-06-10", "2026-06-20"), stop("2026-07-05", "2026-07-08")],
            "2026-07-14",
            id="7.8 repeated until nothing changes",
        ),
        pytest.param(
            Period(1, "year", "after"),
            [stop("2026-06-02", "2027-06-02")],
            "2028-05-31",
            id="7.8 years move on",
        ),
    ],
)
def test_stops(
    plain: Calendar, period: Period, stops: list[tuple[dt.date, dt.date | None]], expected: str
) -> None:
    # Anchor: Monday 1 June 2026.
    assert due(day("2026-06-01"), period, plain, 0, 0, tuple(stops)) == Due(day(expected))


@pytest.mark.parametrize(
    ("period", "begin", "expected"),
    [
        pytest.param(Period(7, "calendar-day", "after"), "2026-06-08", SUSPENDED, id="on the last day"),
        pytest.param(Period(7, "calendar-day", "after"), "2026-06-01", SUSPENDED, id="on the anchor's day"),
        pytest.param(
            Period(7, "calendar-day", "after"), "2026-06-09", Due(day("2026-06-08")), id="after due"
        ),
        pytest.param(working(5), "2026-06-08", SUSPENDED, id="working days, on the last day"),
        pytest.param(working(5), "2026-06-09", Due(day("2026-06-08")), id="working days, after due"),
        pytest.param(Period(1, "month", "after"), "2026-07-01", SUSPENDED, id="months, on the last day"),
        pytest.param(
            Period(0, "calendar-day", "after"), "2026-06-01", SUSPENDED, id="n = 0, on the anchor's day"
        ),
        pytest.param(
            Period(0, "working-day", "after"), "2026-06-02", Due(day("2026-06-01")), id="n = 0, later"
        ),
        pytest.param(
            Period(7, "calendar-day", "before"),
            "2026-06-01",
            Due(day("2026-05-25")),
            id="backward: no clock to stop",
        ),
    ],
)
def test_still_stopped(plain: Calendar, period: Period, begin: str, expected: Due) -> None:
    """4.13, 7.8: due is unknown while the clock stands still."""
    assert due(day("2026-06-01"), period, plain, 0, 0, (stop(begin, None),)) == expected


def test_stop_with_extension(plain: Calendar) -> None:
    stops = (stop("2026-06-09", "2026-06-11"),)
    assert due(day("2026-06-01"), Period(7, "calendar-day", "after"), plain, 0, 0, stops) == Due(
        day("2026-06-08")
    )
    assert due(day("2026-06-01"), Period(7, "calendar-day", "after"), plain, 0, 3, stops) == Due(
        day("2026-06-13")
    )


@pytest.fixture(scope="module")
def june() -> Calendar:
    """Monday 1 to Tuesday 30 June 2026; 1, 29 and 30 are off."""
    rows = [make_row("2026-06-01"), make_row("2026-06-29"), make_row("2026-06-30")]
    return Calendar(rows, day("2026-06-01"), day("2026-06-30"))


@pytest.mark.parametrize(
    ("anchor", "period", "expected"),
    [
        pytest.param("2026-06-25", working(1), "2026-06-26", id="last working day"),
        pytest.param("2026-06-25", working(2), None, id="one more"),
        pytest.param("2026-05-31", working(1), "2026-06-02", id="anchor one day before the range"),
        pytest.param("2026-05-30", working(1), None, id="anchor two days before: one day is not known"),
        pytest.param("2026-06-30", working(1), None, id="anchor on the last day"),
        pytest.param("2030-01-01", working(1), None, id="anchor after the range"),
        pytest.param("2030-01-01", working(0), "2030-01-01", id="n = 0 asks no calendar"),
        pytest.param("2026-07-01", working(1, "before"), "2026-06-26", id="backward from one day after"),
        pytest.param("2026-07-02", working(1, "before"), None, id="backward from two days after"),
        pytest.param("2026-06-03", working(1, "before"), "2026-06-02", id="first working day"),
        pytest.param("2026-06-03", working(2, "before"), None, id="backward, one more"),
        pytest.param(
            "2026-06-20", Period(20, "calendar-day", "after"), "2026-07-10", id="plain days never ask"
        ),
        pytest.param("1999-01-31", Period(1, "month", "after"), "1999-02-28", id="plain months never ask"),
        pytest.param("2026-06-20", Period(20, "calendar-day", "after", "forward"), None, id="roll outside"),
        pytest.param(
            "2026-06-20", Period(9, "calendar-day", "after", "forward"), None, id="rolls off the end"
        ),
        pytest.param(
            "2026-06-20", Period(6, "calendar-day", "after", "forward"), "2026-06-26", id="roll inside"
        ),
        pytest.param(
            "2026-06-20", Period(19, "calendar-day", "before", "backward"), None, id="rolls off the start"
        ),
        pytest.param(
            "2026-06-20", Period(18, "calendar-day", "before", "backward"), "2026-06-02", id="just inside"
        ),
        pytest.param(
            "2026-06-20", Period(30, "calendar-day", "before", "backward"), None, id="backward outside"
        ),
        pytest.param("9999-12-31", Period(1, "calendar-day", "after"), None, id="end of time, days"),
        pytest.param("9999-12-31", Period(1, "week", "after", "forward"), None, id="end of time, weeks"),
        pytest.param("9999-12-31", Period(1, "month", "after"), None, id="end of time, months"),
        pytest.param("2026-06-01", Period(10**9, "year", "after"), None, id="absurd number of years"),
        pytest.param("2026-06-01", Period(10**30, "month", "after"), None, id="absurd number of months"),
        pytest.param("2026-06-01", Period(10**30, "calendar-day", "after"), None, id="absurd number of days"),
        pytest.param(
            "2026-06-01", Period(10**30, "working-day", "after"), None, id="absurd number of working days"
        ),
        pytest.param("0001-01-01", Period(1, "calendar-day", "before"), None, id="beginning of time, days"),
        pytest.param(
            "0001-01-02", Period(1, "calendar-day", "before", clear=True), None, id="beginning of time, clear"
        ),
        pytest.param("0001-01-01", Period(1, "year", "before"), None, id="beginning of time, years"),
    ],
)
def test_ends_of_the_calendar(june: Calendar, anchor: str, period: Period, expected: str | None) -> None:
    """3.10: a working day that had to be known outside the calendar."""
    assert due(day(anchor), period, june) == (Due(day(expected)) if expected else NO_CALENDAR)


@pytest.mark.parametrize(
    ("anchor", "period", "stops", "expected"),
    [
        pytest.param(
            "2026-06-20", working(9), [stop("2026-06-25", None)], SUSPENDED, id="stopped inside, due beyond"
        ),
        pytest.param(
            "2026-06-20", working(9), [stop("2026-07-25", None)], NO_CALENDAR, id="stop beyond the end"
        ),
        pytest.param(
            "2026-06-20", working(2), [stop("2026-07-25", None)], Due(day("2026-06-23")), id="due before it"
        ),
        pytest.param(
            "2026-06-20",
            working(4),
            [stop("2026-06-22", "2026-06-25")],
            NO_CALENDAR,
            id="pushed over the end",
        ),
        pytest.param(
            "2026-06-20", working(2), [stop("2026-06-22", "2026-07-25")], NO_CALENDAR, id="restart beyond"
        ),
        pytest.param(
            "2026-05-20",
            working(2),
            [stop("2026-05-21", "2026-06-02")],
            Due(day("2026-06-03")),
            id="stopped until the start",
        ),
        pytest.param(
            "2026-05-20",
            working(2),
            [stop("2026-05-25", "2026-06-02")],
            NO_CALENDAR,
            id="ran before the start",
        ),
        pytest.param(
            "9999-12-20",
            Period(5, "calendar-day", "after"),
            [stop("9999-12-22", "9999-12-31")],
            NO_CALENDAR,
            id="end of time",
        ),
        pytest.param(
            "9999-12-20",
            Period(5, "calendar-day", "after"),
            [stop("9999-12-22", "9999-12-28")],
            Due(day("9999-12-31")),
            id="last day of time",
        ),
    ],
)
def test_stops_at_the_ends(
    june: Calendar, anchor: str, period: Period, stops: list[tuple[dt.date, dt.date | None]], expected: Due
) -> None:
    assert due(day(anchor), period, june, 0, 0, tuple(stops)) == expected


def test_last_working_day_and_lateness(june: Calendar) -> None:
    assert last_working_day(day("2026-06-30"), june) == day("2026-06-26")
    assert last_working_day(day("2026-06-02"), june) == day("2026-06-02")
    assert last_working_day(day("2026-06-01"), june) is None
    assert last_working_day(day("2026-07-01"), june) is None
    assert working_days_between(day("2026-06-05"), day("2026-06-09"), june) == 2
    assert working_days_between(day("2026-06-05"), day("2026-06-05"), june) == 0
    assert working_days_between(day("2026-06-09"), day("2026-06-05"), june) == 0
    assert working_days_between(day("2026-05-31"), day("2026-06-30"), june) == 19
    assert working_days_between(day("2026-05-30"), day("2026-06-30"), june) is None
    assert working_days_between(day("2026-06-05"), day("2026-07-01"), june) is None


def test_last_working_day_and_lateness_as_dates_are_shown_3_9(mixed: Calendar) -> None:
    """Monday 31 March 2025 is estimated, shown as off; Tuesday 1 April uncertain, shown as worked."""
    assert last_working_day(day("2025-03-31"), mixed) == day("2025-03-28")
    assert last_working_day(day("2025-04-01"), mixed) == day("2025-04-01")
    assert [last_working_day(day("2025-04-01"), mixed, bound) for bound in (1, 3)] == [
        day("2025-03-28"),
        day("2025-03-31"),
    ]
    assert working_days_between(day("2025-03-28"), day("2025-04-02"), mixed) == 2
    assert [working_days_between(day("2025-03-28"), day("2025-04-02"), mixed, b) for b in (1, 2, 3)] == [
        1,
        3,
        2,
    ]


def test_a_due_date_is_the_shown_one_where_no_bound_is_named_3_9(mixed: Calendar) -> None:
    """Two working days over an estimated Monday, shown as off, and an uncertain Tuesday, shown as worked."""
    days = [due(day("2025-03-28"), working(2), mixed, bound).day for bound in BOUNDS]
    assert days == [day("2025-04-02"), day("2025-04-03"), day("2025-04-01"), day("2025-04-02")]
    assert due(day("2025-03-28"), working(2), mixed).day == days[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param({"n": -1}, "n is 0 or more", id="negative"),
        pytest.param({"unit": "hour"}, "elapsed time between instants", id="3.7 hours"),
        pytest.param({"unit": "day"}, "one of calendar-day, working-day", id="unknown unit"),
        pytest.param({"direction": "during"}, "after or before", id="unknown direction"),
        pytest.param({"roll": "nearest"}, "none, forward or backward", id="unknown roll"),
        pytest.param({"clear": True}, "belongs to a period before", id="3.5 clear forward"),
    ],
)
def test_periods_that_mean_nothing(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Period(**({"n": 1, "unit": "calendar-day", "direction": "after"} | arguments))  # type: ignore[arg-type]


def test_extension_never_shortens(plain: Calendar) -> None:
    with pytest.raises(ValueError, match="would shorten"):
        due(day("2026-06-01"), working(5), plain, 0, -1)


@pytest.mark.parametrize(
    ("as_of", "period", "expected"),
    [
        pytest.param(
            "2026-11-24", working(7, "before"), "2026-12-03", id="4.8 28 November is a Saturday in 2026"
        ),
        pytest.param(
            "2025-11-24", working(7, "before"), "2025-12-04", id="4.8 28 November perhaps off: the later one"
        ),
        pytest.param("2026-11-24", Period(7, "calendar-day", "before"), "2026-12-01", id="4.8 calendar days"),
        pytest.param("2026-11-24", Period(0, "calendar-day", "before"), "2026-11-24", id="4.8 n = 0"),
        pytest.param("2026-02-28", Period(1, "month", "before"), "2026-03-28", id="4.8 smallest of several"),
        pytest.param(
            "2026-11-28", Period(1, "calendar-day", "before", "backward"), "2026-12-01", id="4.8 rolled back"
        ),
        pytest.param("2040-12-20", working(30, "before"), None, id="3.10 beyond the calendar"),
        pytest.param("2050-12-20", working(3, "before"), None, id="3.10 far beyond the calendar"),
        pytest.param("2008-12-30", working(3, "before"), None, id="3.10 before the calendar"),
        pytest.param("2008-12-31", working(1, "before"), None, id="3.10 one day before the calendar"),
        pytest.param("2050-12-20", working(0, "before"), "2050-12-20", id="no working days never ask"),
        pytest.param("2050-12-20", Period(3, "week", "before"), "2051-01-10", id="plain weeks never ask"),
        pytest.param(
            "2008-12-30", Period(1, "week", "before", "backward"), None, id="rolled weeks before it"
        ),
        pytest.param("2050-12-20", Period(3, "week", "before", "backward"), None, id="rolled weeks do"),
        pytest.param("2026-12-20", Period(9000, "year", "before"), None, id="end of time"),
    ],
)
def test_earliest_anchor(kosovo: Calendar, as_of: str, period: Period, expected: str | None) -> None:
    assert earliest_anchor(day(as_of), period, kosovo) == (day(expected) if expected else None)


def test_earliest_anchor_behind_days_off_that_begin_the_calendar(june: Calendar) -> None:
    """A date on 1 June, a day off, rolls back out of the calendar: too early, whatever day that is."""
    period = Period(3, "calendar-day", "before", "backward")
    assert due(day("2026-06-04"), period, june) == NO_CALENDAR
    assert earliest_anchor(day("2026-06-01"), period, june) == day("2026-06-05")


def test_earliest_anchor_is_a_question_to_backward_periods(kosovo: Calendar) -> None:
    with pytest.raises(ValueError, match="before something"):
        earliest_anchor(day("2026-11-24"), working(7), kosovo)
