"""Reading dates and times: one spelling, all else an error that says what to write (semantics 2.1, 7.1)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency_check.times import Moment, TimeError, day_bounds, instant_text, read_interval, read_time

BELGRADE = ZoneInfo("Europe/Belgrade")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
YEARS_READ = (dt.datetime(1990, 1, 2), dt.datetime(2100, 12, 30))  # noqa: DTZ001 - local times


def us(text: str) -> int:
    return (dt.datetime.fromisoformat(text) - EPOCH) // dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        pytest.param("2026-01-15T10:00", "2026-01-15T09:00Z", id="2.1 local time in winter"),
        pytest.param("2026-07-15T10:00", "2026-07-15T08:00Z", id="2.1 local time in summer"),
        pytest.param("2026-07-15T10:00:30", "2026-07-15T08:00:30Z", id="2.1 seconds"),
        pytest.param("2026-07-15T10:00:30.5", "2026-07-15T08:00:30.500000Z", id="2.1 one digit of fraction"),
        pytest.param("2026-07-15T10:00:30.000001", "2026-07-15T08:00:30.000001Z", id="2.1 microseconds"),
        pytest.param("2026-07-15T10:00Z", "2026-07-15T10:00Z", id="2.1 UTC"),
        pytest.param(
            "2026-07-15T10:00:00.25+05:30", "2026-07-15T04:30:00.250000Z", id="2.1 offset in half hours"
        ),
        pytest.param("2026-07-15T10:00-04:00", "2026-07-15T14:00Z", id="2.1 offset west"),
        pytest.param("2026-10-25T02:30", "2026-10-25T00:30Z", id="2.1 repeated hour is its first occurrence"),
        pytest.param("2026-10-25T02:30+01:00", "2026-10-25T01:30Z", id="2.1 second occurrence by its offset"),
        pytest.param("2026-10-25T03:00", "2026-10-25T02:00Z", id="2.1 after the repeated hour"),
        pytest.param("2026-03-29T01:59:59", "2026-03-29T00:59:59Z", id="2.1 before the skipped hour"),
        pytest.param("2026-03-29T03:00", "2026-03-29T01:00Z", id="2.1 after the skipped hour"),
        pytest.param("1990-01-01T00:00", "1989-12-31T23:00Z", id="2.1 first minute of the years read"),
        pytest.param("2100-12-31T23:59", "2100-12-31T22:59Z", id="2.1 last minute of the years read"),
    ],
)
def test_date_time_is_one_instant(text: str, instant: str) -> None:
    moment = read_time(text, BELGRADE)
    assert (moment.lo, moment.hi, moment.timed) == (us(instant), us(instant), True)
    assert moment.text == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param(
            "2026-07-15T23:30Z", dt.date(2026, 7, 16), id="7.1 offset moves it to the next local day"
        ),
        pytest.param(
            "2026-07-15T00:30+05:00", dt.date(2026, 7, 14), id="7.1 offset moves it to the day before"
        ),
        pytest.param("2026-07-15T23:30-12:00", dt.date(2026, 7, 16), id="7.1 far west"),
        pytest.param("2026-07-15T10:00", dt.date(2026, 7, 15), id="7.1 local"),
    ],
)
def test_day_is_the_local_day(text: str, day: dt.date) -> None:
    assert read_time(text, BELGRADE).day == day


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        pytest.param("2026-03-02", 24, id="2.2 whole local day"),
        pytest.param("2026-03-29", 23, id="2.2 day of the change to summer time"),
        pytest.param("2026-10-25", 25, id="2.2 day of the change to winter time"),
        pytest.param("2024-02-29", 24, id="2.2 leap day"),
        pytest.param("1990-01-01", 24, id="2.1 first day read"),
        pytest.param("2100-12-31", 24, id="2.1 last day read"),
    ],
)
def test_date_covers_its_whole_local_day(text: str, hours: int) -> None:
    moment = read_time(text, BELGRADE)
    assert (moment.lo, moment.hi) == day_bounds(dt.date.fromisoformat(text), BELGRADE)
    assert moment.hi - moment.lo + 1 == hours * 3_600_000_000
    assert not moment.timed
    assert instant_text(moment.lo, BELGRADE)[:19] == f"{text}T00:00:00"


def test_midnight_that_is_skipped_begins_at_the_change() -> None:
    # Beirut puts the clocks forward at midnight: the day begins at 01:00.
    beirut = ZoneInfo("Asia/Beirut")
    lo, hi = day_bounds(dt.date(2022, 3, 27), beirut)
    assert instant_text(lo, beirut) == "2022-03-27T01:00:00+03:00"
    assert instant_text(hi, beirut) == "2022-03-27T23:59:59.999999+03:00"


def test_day_that_a_zone_left_out_is_refused() -> None:
    with pytest.raises(TimeError, match="2011-12-30 did not exist in Pacific/Apia"):
        read_time("2011-12-30", ZoneInfo("Pacific/Apia"))


@pytest.mark.parametrize(
    ("text", "code", "advice"),
    [
        pytest.param("46083", "excel-serial", "perhaps 2026-03-02", id="day number of a spreadsheet"),
        pytest.param("46083.5", "excel-serial", "format the cell as a date", id="day number with time"),
        pytest.param("99999", "excel-serial", "write the date", id="day number beyond the years"),
        pytest.param("20260302", "compact", "write 2026-03-02", id="compact date"),
        pytest.param("20260302T1000", "compact", "write 2026-03-02T10:00", id="compact date-time"),
        pytest.param("202603021000", "compact", "write 2026-03-02T10:00", id="compact in twelve digits"),
        pytest.param("20261302", "number", "write a date as", id="eight digits that are no date"),
        pytest.param(
            "02/03/2026", "slashes", "2026-03-02 (day first) or 2026-02-03 (month first)", id="either order"
        ),
        pytest.param("13/03/2026", "slashes", "write 2026-03-13", id="only one order possible"),
        pytest.param("32/13/2026", "slashes", "write a date as", id="no order possible"),
        pytest.param("02/03/26", "slashes", "year in four digits", id="two-digit year"),
        pytest.param("2026/03/02", "slashes", "write 2026-03-02", id="year first with slashes"),
        pytest.param("02.03.2026.", "dots", "2026-03-02 (day first)", id="dots, as on paper"),
        pytest.param("02-03-2026", "order", "2026-03-02 (day first)", id="hyphens, year last"),
        pytest.param("02 03 2026", "spaces", "2026-03-02 (day first)", id="blanks between"),
        pytest.param("2026-3-2", "digits", "write 2026-03-02", id="single digits"),
        pytest.param("2026-W10-1", "week-date", "write 2026-03-02", id="week date"),
        pytest.param(
            "2026W10", "week-date", "the Monday of that week is 2026-03-02", id="week without a day"
        ),
        pytest.param("2026-W60-1", "week-date", "does not exist", id="week that does not exist"),
        pytest.param("2026-061", "ordinal-date", "write a date as", id="day of the year"),
        pytest.param("1772445600", "epoch", "perhaps 2026-03-02T10:00:00Z", id="seconds since 1970"),
        pytest.param("1772445600000", "epoch", "perhaps 2026-03-02T10:00:00Z", id="milliseconds since 1970"),
        pytest.param(
            "1772445600000000", "epoch", "perhaps 2026-03-02T10:00:00Z", id="microseconds since 1970"
        ),
        pytest.param("946684800", "epoch", "perhaps 2000-01-01T00:00:00Z", id="seconds in nine digits"),
        pytest.param("946684800000000000", "number", "write a date as", id="a number of eighteen digits"),
        pytest.param(
            "1772445600000000000", "epoch", "perhaps 2026-03-02T10:00:00Z", id="nanoseconds since 1970"
        ),
        pytest.param("1772445600.5", "epoch", "perhaps 2026-03-02T10:00:00Z", id="seconds with a fraction"),
        pytest.param("7", "number", "write a date as", id="small number"),
        pytest.param("9" * 60, "number", "write a date as", id="huge number"),
        pytest.param("1989-12-31", "year", "outside 1990 to 2100", id="year too early"),
        pytest.param("2101-01-01", "year", "outside 1990 to 2100", id="year too late"),
        pytest.param("0026-01-01T10:00", "year", "0026", id="year with noughts"),
        pytest.param("1990-01-01T00:00+14:00", "year", "1989", id="local day before the years"),
        pytest.param("2100-12-31T23:59-10:00", "year", "2101", id="local day after the years"),
        pytest.param("2026", "incomplete", "without month and day", id="year only"),
        pytest.param("2026-03", "incomplete", "without a day", id="month only"),
        pytest.param("2026-02-30", "no-such-day", "the days 01 to 28", id="30 February"),
        pytest.param("2026-01-32", "no-such-day", "the days 01 to 31", id="32 January"),
        pytest.param("2026-12-32", "no-such-day", "the days 01 to 31", id="32 December"),
        pytest.param("2026-13-02", "no-such-day", "write 2026-02-13", id="month and day exchanged"),
        pytest.param("2026-00-10", "no-such-day", "no month 00", id="month 00"),
        pytest.param("", "empty", "leave the field out", id="empty"),
        pytest.param("   ", "empty", "leave the field out", id="blanks"),
        pytest.param(" 2026-03-02", "space", "blanks around it; write 2026-03-02", id="blank before"),
        pytest.param(" 2026-02-30", "space", "without them, '2026-02-30'", id="blank before no day"),
        pytest.param(" 2026-02-31", "space", "without them, '2026-02-31'", id="blank before 31 February"),
        pytest.param(" 2026-09-22T25:00", "space", "without them, '2026", id="blank before no time of day"),
        pytest.param(" 3/3/2026 ", "space", "write 2026-03-03", id="blanks around slashes"),
        pytest.param("2026-03-02\n", "space", "write 2026-03-02", id="newline behind"),
        pytest.param("2026-03-02T10:00\n", "space", "write 2026-03-02T10:00", id="newline behind the time"),
        pytest.param(
            "2026-09-22T09:30\n", "space", "around it; write 2026-09-22T09:30", id="only a newline is wrong"
        ),
        pytest.param("٢٠٢٦-٠٣-٠٢", "characters", "0-9", id="Arabic-Indic digits"),
        pytest.param("2026−03−02", "characters", "0-9", id="minus signs for hyphens"),
        pytest.param("2026-03-02 10:00", "separator", "write 2026-03-02T10:00", id="blank for T"),
        pytest.param("2026-03-02t10:00", "separator", "write 2026-03-02T10:00", id="small t"),
        pytest.param("2026-03-02T10:00z", "separator", "write 2026-03-02T10:00Z", id="small z"),
        pytest.param("2026-03-02 soon", "trailing", "write a date as", id="a word behind a date"),
        pytest.param("2026-03-02x10:00", "trailing", "write a date as", id="a letter for T"),
        pytest.param("2026-03-02Z", "trailing", "write a date as", id="zone behind a date"),
        pytest.param(
            "02/03/2026T10:00", "slashes", "2026-03-02T10:00 (day first)", id="slashes before a time"
        ),
        pytest.param(
            "22/09/2026 10:00",
            "slashes",
            "'22/09/2026 10:00' is not written as a date is read; write 2026-09-22T10:00",
            id="one order only, with a time",
        ),
        pytest.param("22.09.2026. 9.30", "dots", "; write 2026-09-22T09:30", id="dots with a time"),
        pytest.param("22/09/2026 25:00", "slashes", "and a time of day behind it as T", id="no such hour"),
        pytest.param("2026/09/22 10:00", "slashes", "write 2026-09-22T10:00", id="year first with a time"),
        pytest.param("2026-03-02T", "clock", "no such time of day", id="T and nothing"),
        pytest.param("2026-03-02T10", "clock", "the minutes are missing", id="hour only"),
        pytest.param("2026-03-02T9:30", "clock", "write 2026-03-02T09:30", id="hour of one digit"),
        pytest.param("2026-03-02T24:00", "clock", "T00:00 of the next day", id="24:00"),
        pytest.param("2026-03-02T25:00", "clock", "hours run from 00 to 23", id="25:00"),
        pytest.param("2026-03-02T10:60", "clock", "minutes from 00 to 59", id="minute 60"),
        pytest.param("2026-03-02T10:00:60", "clock", "leap seconds", id="second 60"),
        pytest.param(
            "2026-03-02T10:00:00.1234567", "clock", "at most six digits", id="seven digits of fraction"
        ),
        pytest.param("2026-03-02T10:00:00,5", "clock", "after a point", id="comma in the fraction"),
        pytest.param("2026-03-02T2:30 PM", "clock", "hours run from 00 to 23", id="twelve-hour clock"),
        pytest.param("2026-03-02T10:00 CET", "clock", "zones have no names", id="zone by name"),
        pytest.param("2026-03-02T10:00+0100", "offset", "+01:00", id="offset without colon"),
        pytest.param("2026-03-02T10:00+15:00", "offset", "within 14 hours", id="offset beyond the earth"),
        pytest.param(
            "2026-03-29T02:30", "skipped", "as in 2026-03-29T03:30+02:00", id="2.1 hour that is skipped"
        ),
        pytest.param("2026-03-29T02:00", "skipped", "did not exist", id="2.1 first skipped minute"),
        pytest.param("today", "unknown", "write a date as", id="word"),
        pytest.param("2 March 2026", "unknown", "write a date as", id="month by name"),
    ],
)
def test_everything_else_says_what_to_write(text: str, code: str, advice: str) -> None:
    with pytest.raises(TimeError) as caught:
        read_time(text, BELGRADE)
    assert caught.value.code == code
    assert advice in str(caught.value)
    assert "None" not in str(caught.value)


@pytest.mark.parametrize(
    ("number", "perhaps"),
    [
        pytest.param("46083", ("2026-03-02", "2030-03-03"), id="in the middle"),
        pytest.param("32874", ("1990-01-01", "1994-01-02"), id="the first day read"),
        pytest.param("32873", None, id="the day before it"),
        pytest.param("71953", ("2096-12-29", "2100-12-31"), id="the last day read"),
        pytest.param("71954", None, id="the day after it"),
    ],
)
def test_day_numbers_of_spreadsheets_are_proposed_as_both_dates(
    number: str, perhaps: tuple[str, str] | None
) -> None:
    with pytest.raises(TimeError) as caught:
        read_time(number, BELGRADE)
    proposed = (
        f", perhaps {perhaps[0]} (or {perhaps[1]}, where days are counted from 1904)" if perhaps else ""
    )
    assert str(caught.value).endswith(f"or write the date{proposed}")


@pytest.mark.parametrize("value", [20260302, 46083.0, True, None, dt.date(2026, 3, 2)])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(TimeError, match="is not a text"):
        read_time(value, BELGRADE)  # type: ignore[arg-type]
    with pytest.raises(TimeError, match="is not a text"):
        read_interval(value)  # type: ignore[arg-type]


@given(st.text(max_size=40) | st.from_regex(r"[0-9T:./+Z -]{1,30}", fullmatch=True))
def test_no_text_makes_anything_but_a_time_error(text: str) -> None:
    for read in (lambda: read_time(text, BELGRADE), lambda: read_interval(text)):
        try:
            read()
        except TimeError as error:
            assert str(error)
            assert error.code


@given(
    st.datetimes(*YEARS_READ),
    st.integers(-14 * 60, 14 * 60),
)
def test_instants_agree_with_the_standard_library(naive: dt.datetime, minutes: int) -> None:
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    aware = naive.replace(tzinfo=zone)
    moment = read_time(aware.isoformat(), BELGRADE)
    assert moment.lo == (aware - EPOCH) // dt.timedelta(microseconds=1)
    assert moment.day == aware.astimezone(BELGRADE).date()
    assert dt.datetime.fromisoformat(instant_text(moment.lo, BELGRADE)) == aware


@given(st.datetimes(*YEARS_READ))
def test_local_times_agree_with_the_standard_library(naive: dt.datetime) -> None:
    aware = naive.replace(tzinfo=BELGRADE, fold=0)
    back = aware.astimezone(dt.UTC).astimezone(BELGRADE)
    try:
        moment = read_time(naive.isoformat(), BELGRADE)
    except TimeError as error:
        assert error.code == "skipped"
        assert back.replace(tzinfo=None, fold=0) != naive.replace(fold=0)
    else:
        assert moment.lo == (aware - EPOCH) // dt.timedelta(microseconds=1)
        assert moment.day == naive.date()


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        pytest.param(40, "x" * 40, id="whole"),
        pytest.param(41, "x" * 37 + "...", id="its beginning"),
    ],
)
def test_a_long_text_is_shown_by_its_beginning(length: int, shown: str) -> None:
    with pytest.raises(TimeError) as caught:
        read_time("x" * length, BELGRADE)
    assert str(caught.value).startswith(f"'{shown}' is not a date")


def test_days_follow_each_other_without_gap() -> None:
    day = dt.date(2026, 1, 1)
    for _ in range(366):
        following = day + dt.timedelta(days=1)
        assert day_bounds(day, BELGRADE)[1] + 1 == day_bounds(following, BELGRADE)[0]
        day = following
    first, last = day_bounds(dt.date.max, BELGRADE)
    assert last - first + 1 == 24 * 3_600_000_000


def test_instant_text() -> None:
    assert instant_text(us("2026-11-27T09:00Z"), BELGRADE) == "2026-11-27T10:00:00+01:00"
    assert instant_text(us("2026-07-15T08:00:00.5Z"), BELGRADE) == "2026-07-15T10:00:00.500000+02:00"
    with pytest.raises(TimeError, match="outside the years"):
        instant_text(10**18, BELGRADE)


@pytest.mark.parametrize(
    ("text", "code", "advice"),
    [
        pytest.param("2024-12-31/2024-01-01", "order", "2024-01-01/2024-12-31", id="wrong way round"),
        pytest.param("2024", "interval", "write 2024-01-01/2024-12-31", id="year"),
        pytest.param("2024-01-01", "interval", "write 2024-01-01/2024-01-01", id="one day"),
        pytest.param("2024-01-01/..", "interval", "the last day", id="open end"),
        pytest.param("/2024-01-01", "interval", "the first day", id="open begin"),
        pytest.param("2024-01-01T00:00/2024-12-31", "interval", "no time of day", id="time of day"),
        pytest.param("2024-01-01/2024-02-30", "no-such-day", "the last day", id="no such day"),
        pytest.param("01/02/2024", "interval", "write the first and the last day", id="a date in slashes"),
        pytest.param(
            "2024-01-01 - 2024-12-31", "interval", "write the first and the last day", id="hyphen between"
        ),
        pytest.param("2024-01-01/1850-01-01", "year", "1850", id="year out of range"),
        pytest.param("", "interval", "write the first and the last day", id="empty"),
    ],
)
def test_bad_intervals(text: str, code: str, advice: str) -> None:
    with pytest.raises(TimeError) as caught:
        read_interval(text)
    assert caught.value.code == code
    assert advice in str(caught.value)


def test_intervals() -> None:
    assert read_interval("2024-01-01/2024-12-31") == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert read_interval("2024-02-29/2024-02-29") == (dt.date(2024, 2, 29), dt.date(2024, 2, 29))


def test_moments_compare_by_value_and_are_frozen() -> None:
    assert read_time("2026-03-02", BELGRADE) == Moment(
        "2026-03-02", dt.date(2026, 3, 2), *day_bounds(dt.date(2026, 3, 2), BELGRADE)
    )
    with pytest.raises(AttributeError):
        read_time("2026-03-02", BELGRADE).lo = 0  # type: ignore[misc]


def test_hours_across_a_clock_change_are_elapsed_time() -> None:
    """V5: 48 hours before 2026-03-29T10:00+02:00 (semantics 3.7)."""
    anchor = read_time("2026-03-29T10:00+02:00", BELGRADE)
    assert instant_text(anchor.lo - 48 * 3_600_000_000, BELGRADE) == "2026-03-27T09:00:00+01:00"
