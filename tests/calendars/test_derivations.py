"""What a derivation tells (3.11): each day counted or passed over and why, extension, clear day, roll."""

from __future__ import annotations

import datetime as dt

from transparency_check.calendars import Calendar, CountedDay, Derivation, Due, Period, derive


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def told(line: CountedDay) -> str:
    if line.number is not None:
        return f"{line.day} {line.number}"
    words = []
    for reason in line.why:
        if reason.row is not None:
            words.append(f"{reason.row.name.en}, {reason.row.status}")
        elif reason.stop is not None:
            words.append(f"stopped {reason.stop[0]}")
        else:
            words.append(reason.weekday or reason.kind)
    return f"{line.day} - {'; '.join(words)}"


def lines(derivation: Derivation) -> list[str]:
    return [told(line) for line in derivation.days]


def test_working_days_backward_clear(kosovo: Calendar) -> None:
    """V6 clear: act by Friday 3 April."""
    proof = derive(day("2026-04-20"), Period(7, "working-day", "before", clear=True), kosovo)
    assert lines(proof) == [
        "2026-04-19 - Sunday",
        "2026-04-18 - Saturday",
        "2026-04-17 1",
        "2026-04-16 2",
        "2026-04-15 3",
        "2026-04-14 4",
        "2026-04-13 - Orthodox Easter Monday, derived",
        "2026-04-12 - Sunday",
        "2026-04-11 - Saturday",
        "2026-04-10 5",
        "2026-04-09 - Constitution Day, derived",
        "2026-04-08 6",
        "2026-04-07 7",
    ]
    assert (proof.last_counted, proof.clear_day, proof.roll) == (day("2026-04-07"), day("2026-04-06"), ())
    assert proof.due == Due(day("2026-04-06"))


def test_roll_over_labour_day(kosovo: Calendar) -> None:
    """V7."""
    proof = derive(day("2026-04-24"), Period(7, "calendar-day", "after", "forward"), kosovo)
    assert [line.number for line in proof.days] == [1, 2, 3, 4, 5, 6, 7]
    assert [told(line) for line in proof.roll] == [
        "2026-05-01 - Labour Day, derived",
        "2026-05-02 - Saturday",
        "2026-05-03 - Sunday",
        "2026-05-04 - ",
    ]
    assert proof.due == Due(day("2026-05-04"))


def test_stop_extension_and_number(plain: Calendar) -> None:
    stops = ((day("2026-06-04"), day("2026-06-09")),)
    proof = derive(day("2026-06-01"), Period(3, "working-day", "after"), plain, 0, 2, stops)
    assert lines(proof) == [
        "2026-06-02 1",
        "2026-06-03 2",
        "2026-06-04 - stopped 2026-06-04",
        "2026-06-05 - stopped 2026-06-04",
        "2026-06-06 - stopped 2026-06-04",
        "2026-06-07 - stopped 2026-06-04",
        "2026-06-08 - stopped 2026-06-04",
        "2026-06-09 3",
        "2026-06-10 4",
        "2026-06-11 5",
    ]
    assert (proof.counted, proof.extension, proof.stops) == (5, 2, stops)


def test_month_that_is_clipped(plain: Calendar) -> None:
    proof = derive(day("2026-01-31"), Period(1, "month", "after"), plain)
    assert (proof.clipped, proof.counted, proof.due) == (True, 28, Due(day("2026-02-28")))
    assert not derive(day("2026-01-28"), Period(1, "month", "after"), plain).clipped
    assert not derive(day("2026-01-31"), Period(4, "week", "after"), plain).clipped


def test_doubtful_days_are_marked_under_every_bound(mixed: Calendar) -> None:
    """3.9: Monday 31 March 2025 is estimated, Tuesday 1 April uncertain."""
    for bound in range(4):
        proof = derive(day("2025-03-28"), Period(5, "working-day", "after"), mixed, bound)
        assert [line.day for line in proof.days if line.doubtful] == [day("2025-03-31"), day("2025-04-01")]
    shown = derive(day("2025-03-28"), Period(2, "working-day", "after"), mixed)
    assert lines(shown) == [
        "2025-03-29 - Saturday",
        "2025-03-30 - Sunday",
        "2025-03-31 - Lunar, estimated",
        "2025-04-01 1",
        "2025-04-02 2",
    ]


def test_still_stopped_ends_on_the_day_of_the_stop(plain: Calendar) -> None:
    proof = derive(
        day("2026-06-01"), Period(5, "working-day", "after"), plain, 0, 0, ((day("2026-06-03"), None),)
    )
    assert lines(proof) == ["2026-06-02 1", "2026-06-03 - stopped 2026-06-03"]
    assert (proof.due, proof.last_counted) == (Due(None, "suspended"), None)


def test_a_stop_that_ended_does_not_end_the_list(plain: Calendar) -> None:
    """4.13: the clock stands still from Thursday to Monday, and since Wednesday for good."""
    stops = ((day("2026-06-04"), day("2026-06-08")), (day("2026-06-10"), None))
    proof = derive(day("2026-06-01"), Period(9, "working-day", "after"), plain, 0, 0, stops)
    assert lines(proof) == [
        "2026-06-02 1",
        "2026-06-03 2",
        "2026-06-04 - stopped 2026-06-04",
        "2026-06-05 - stopped 2026-06-04",
        "2026-06-06 - stopped 2026-06-04",
        "2026-06-07 - stopped 2026-06-04",
        "2026-06-08 3",
        "2026-06-09 4",
        "2026-06-10 - stopped 2026-06-10",
    ]
    assert proof.due == Due(None, "suspended")


def test_calendar_that_ends_too_soon(mixed: Calendar) -> None:
    """3.10."""
    proof = derive(day("2026-12-29"), Period(5, "working-day", "after"), mixed)
    assert lines(proof) == ["2026-12-30 1", "2026-12-31 2", "2027-01-01 - outside"]
    assert proof.due == Due(None, "no_calendar")
    rolled = derive(day("2025-01-04"), Period(3, "calendar-day", "before", "backward"), mixed)
    assert [told(line) for line in rolled.roll] == ["2025-01-01 - Feast, derived", "2024-12-31 - outside"]
    assert rolled.due == Due(None, "no_calendar")


def test_end_of_time(plain: Calendar) -> None:
    for unit in ("calendar-day", "week", "month", "year"):
        proof = derive(day("9999-12-31"), Period(1, unit, "after", "forward"), plain)
        assert (proof.days, proof.last_counted, proof.due) == ((), None, Due(None, "no_calendar"))
        assert not proof.clipped
    clear = derive(day("0001-01-02"), Period(1, "calendar-day", "before", clear=True), plain)
    assert (clear.last_counted, clear.clear_day, clear.due) == (
        day("0001-01-01"),
        None,
        Due(None, "no_calendar"),
    )
    assert derive(day("9999-12-30"), Period(3, "working-day", "after"), plain).due == Due(None, "no_calendar")


def test_nothing_to_count(plain: Calendar) -> None:
    proof = derive(day("2026-06-06"), Period(0, "calendar-day", "after", "forward"), plain)
    assert (proof.days, proof.last_counted, proof.due) == ((), day("2026-06-06"), Due(day("2026-06-08")))
