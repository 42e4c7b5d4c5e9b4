"""Dates by a stated format: what fits is read, all else is a problem, nothing is guessed (semantics 2.1)."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from transparency_check.mapping.dates import Misfit, check_format, in_zone, read_date

READ = {
    "day first": ("05.03.2026", "dd.MM.yyyy", "2026-03-05"),
    "month first": ("05/03/2026", "MM/dd/yyyy", "2026-05-03"),
    "one digit": ("5.3.2026", "d.M.yyyy", "2026-03-05"),
    "one digit takes two": ("15.12.2026", "d.M.yyyy", "2026-12-15"),
    "year of two digits": ("05.03.26", "dd.MM.yy", "2026-03-05"),
    "no marks": ("20260305", "yyyyMMdd", "2026-03-05"),
    "time of day": ("05.03.2026 09:30", "dd.MM.yyyy HH:mm", "2026-03-05T09:30"),
    "seconds": ("05.03.2026 09:30:15", "dd.MM.yyyy HH:mm:ss", "2026-03-05T09:30:15"),
    "fraction": ("2026-03-05 09:30:15.250", "yyyy-MM-dd HH:mm:ss.SSS", "2026-03-05T09:30:15.250"),
    "noon": ("3/5/2026 12:05 PM", "M/d/yyyy h:mm a", "2026-03-05T12:05"),
    "midnight": ("3/5/2026 12:05 am", "M/d/yyyy h:mm a", "2026-03-05T00:05"),
    "afternoon": ("3/5/2026 2:30 pm", "M/d/yyyy h:mm a", "2026-03-05T14:30"),
    "offset": ("2026-03-05T09:30+0100", "yyyy-MM-dd'T'HH:mmXX", "2026-03-05T09:30+01:00"),
    "UTC": ("2026-03-05T09:30Z", "yyyy-MM-dd'T'HH:mmXXX", "2026-03-05T09:30Z"),
    "words around": ("më 05.03.2026", "'më 'dd.MM.yyyy", "2026-03-05"),
    "a quote": ("05'03'2026", "dd''MM''yyyy", "2026-03-05"),
    "blanks at the edges": (" 05.03.2026 ", "dd.MM.yyyy", "2026-03-05"),
    "the spelling of the vocabulary": ("2026-03-05T09:30", "iso", "2026-03-05T09:30"),
    "seconds since 1970": ("1772699400", "unix", "2026-03-05T08:30:00Z"),
    "thousandths since 1970": ("1772699400250", "unix-ms", "2026-03-05T08:30:00.250000Z"),
    "29 February of a leap year": ("29.02.2028", "dd.MM.yyyy", "2028-02-29"),
}
UNREAD = {
    "another order": ("2026.03.05", "dd.MM.yyyy", "is not written as dd.MM.yyyy"),
    "ISO where another format is stated": ("2026-03-05", "dd.MM.yyyy", "is not written as dd.MM.yyyy"),
    "one digit for two": ("5.3.2026", "dd.MM.yyyy", "is not written as"),
    "no such day": ("31.02.2026", "dd.MM.yyyy", "there is no such date"),
    "no such month": ("05.13.2026", "dd.MM.yyyy", "there is no such date"),
    "29 February of a common year": ("29.02.2026", "dd.MM.yyyy", "there is no such date"),
    "hour 24": ("05.03.2026 24:00", "dd.MM.yyyy HH:mm", "there is no such date or time of day"),
    "hour 13 of half a day": (
        "05.03.2026 13:00 PM",
        "dd.MM.yyyy hh:mm a",
        "there is no such date or time of day",
    ),
    "something behind": ("05.03.2026 (e enjte)", "dd.MM.yyyy", "is not written as"),
    "a second line": ("05.03.2026\n06.03.2026", "dd.MM.yyyy", "is not written as"),
    "digits of another script": ("٠٥.٠٣.٢٠٢٦", "dd.MM.yyyy", "is not written as"),
    "another mark for any character": ("05x03x2026", "dd.MM.yyyy", "is not written as"),
    "no number": ("yesterday", "unix", "is not written as unix"),
    "beyond all years": ("9999999999999", "unix", "is a moment of no log"),
}
NO_FORMAT = {
    "letters of others": ("DD.MM.YYYY", "Did you mean `dd`?"),
    "letters of strptime": ("%d.%m.%Y", "`m` is no part of a date"),
    "no year": ("dd.MM.", "is no whole date"),
    "minutes for months": ("dd.mm.yyyy", "is no whole date"),
    "a field twice": ("dd.MM.yyyy dd", "is no whole date"),
    "hours without minutes": ("dd.MM.yyyy HH", "is no whole date"),
    "half a day without its half": ("dd.MM.yyyy hh:mm", "is no whole date"),
    "a name of a month": ("d MMMM yyyy", "`MMMM` is no part of a date"),
    "empty": ("", "is no whole date"),
}


@pytest.mark.parametrize("case", READ)
def test_what_fits_is_read(case: str) -> None:
    text, form, expected = READ[case]
    assert read_date(text, [form]) == expected


@pytest.mark.parametrize("case", UNREAD)
def test_what_does_not_fit_is_told(case: str) -> None:
    text, form, why = UNREAD[case]
    with pytest.raises(Misfit, match=re.escape(why)):
        read_date(text, [form])


@pytest.mark.parametrize("case", NO_FORMAT)
def test_what_is_no_format_is_refused(case: str) -> None:
    form, why = NO_FORMAT[case]
    with pytest.raises(ValueError, match=re.escape(why)):
        check_format(form)


def test_of_several_formats_the_one_that_fits_counts() -> None:
    forms = ["dd.MM.yyyy HH:mm", "dd.MM.yyyy"]
    assert [read_date(text, forms) for text in ("05.03.2026", "05.03.2026 10:00")] == [
        "2026-03-05", "2026-03-05T10:00",
    ]  # fmt: skip


def test_two_formats_that_make_different_dates_make_none() -> None:
    forms = ["dd/MM/yyyy", "MM/dd/yyyy"]
    assert read_date("25/03/2026", forms) == "2026-03-25"
    assert read_date("03/03/2026", forms) == "2026-03-03"
    with pytest.raises(Misfit, match="2026-03-05 by dd/MM/yyyy, and 2026-05-03 by MM/dd/yyyy"):
        read_date("05/03/2026", forms)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-05", "2026-03-05"),
        ("2026-03-05T09:30", "2026-03-05T14:30:00Z"),
        ("2026-03-05T09:30Z", "2026-03-05T09:30Z"),
        ("2026-03-05T09:30+01:00", "2026-03-05T09:30+01:00"),
        ("2026-07-05T23:30", "2026-07-06T03:30:00Z"),
    ],
    ids=["a day is that day", "winter", "UTC", "offset", "summer, and the next day"],
)
def test_a_zone_is_that_of_times_without_offset(text: str, expected: str) -> None:
    assert in_zone(text, ZoneInfo("America/New_York")) == expected


def test_a_time_that_the_clocks_skip_is_told() -> None:
    with pytest.raises(Misfit, match="2026-03-08T02:30"):
        in_zone("2026-03-08T02:30", ZoneInfo("America/New_York"))
