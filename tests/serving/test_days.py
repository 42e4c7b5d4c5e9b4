"""Days as people type them, and as a log states them."""

from __future__ import annotations

import datetime as dt

import pytest

from transparency_check.serving.days import TimeGiven, as_logged, as_typed, day_given


@pytest.mark.parametrize(
    ("day", "clock", "logged"),
    [
        ("18.11.2026", "", "2026-11-18"),
        ("1.3.2026", "9:30", "2026-03-01T09:30"),
        (" 18. 11. 2026. ", " 09.05 ", "2026-11-18T09:05"),
        ("2026-11-18", "10:00", "2026-11-18T10:00"),
        ("18,11,2026", "9,05", "2026-11-18T09:05"),
        ("18,11.2026", "9,5", "2026-11-18T9,5"),
        ("", "", ""),
        ("11/18/2026", "", "11/18/2026"),
        ("18.11.26", "", "18.11.26"),
        ("32.13.2026", "", "2026-13-32"),
        ("", "10:00", "T10:00"),
        ("18.11.2026", "noon", "2026-11-18Tnoon"),
    ],
)
def test_one_more_spelling_is_taken_and_what_is_no_day_stays_as_it_is(
    day: str, clock: str, logged: str
) -> None:
    assert as_logged(day, clock) == logged


@pytest.mark.parametrize("logged", ["2026-11-18", "2026-11-18T09:30", "", "2026-03-01T00:00:30+01:00"])
@pytest.mark.parametrize("day_first", [True, False])
def test_what_a_field_shows_is_read_as_the_same(logged: str, day_first: bool) -> None:
    assert as_logged(*as_typed(logged, day_first)) == logged


@pytest.mark.parametrize(
    "given", ["x", "30.2.2026", "2026-02-30", "18.11.26", "0.0.0000", "2026-11-18T10:00"]
)
def test_a_day_that_is_none_is_told(given: str) -> None:
    with pytest.raises(TimeGiven, match="is no day"):
        day_given(given)


def test_a_day_is_taken_in_both_orders() -> None:
    assert day_given("") is None
    assert day_given("1.12.2026") == day_given("2026-12-01") == dt.date(2026, 12, 1)
