"""Every due date of two years against a counter that takes one step a day (semantics 3, 7.8)."""

from __future__ import annotations

import calendar as civil
import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transparency_check.calendars import (
    BOUNDS,
    Calendar,
    Due,
    Period,
    derive,
    due,
    dues,
    earliest_anchor,
    last_working_day,
    working_days_between,
)

ONE = dt.timedelta(days=1)
Stop = tuple[dt.date, dt.date | None]


class Unknown(Exception):
    """A day outside the calendar had to be known."""


def is_worked(day: dt.date, calendar: Calendar, bound: int) -> bool:
    if not calendar.first <= day <= calendar.last:
        raise Unknown
    rows = calendar.status(day).rows
    if any(row.off == "working" for row in rows):
        return True
    if day.weekday() >= 5:
        return False
    for row in rows:
        if row.off == "uncertain" and bound in (1, 3):
            return False
        if row.off == "yes" and not (row.status == "estimated" and bound in (2, 3)):
            return False
    return True


def months_on(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, civil.monthrange(year, month + 1)[1]))


def is_stopped(day: dt.date, stops: list[Stop]) -> bool:
    return any(begin <= day and (restart is None or day < restart) for begin, restart in stops)


def count_days(anchor: dt.date, n: int, step: dt.timedelta, counts: object) -> dt.date:
    day = anchor
    while n:
        day += step
        n -= counts(day)  # type: ignore[operator]
    return day


def last_day(
    anchor: dt.date, period: Period, calendar: Calendar, bound: int, n: int, stops: list[Stop]
) -> dt.date:
    """The last day counted, given the stops that count."""
    forward = period.direction == "after"
    step = ONE if forward else -ONE
    if period.unit == "working-day":
        return count_days(
            anchor, n, step, lambda day: not is_stopped(day, stops) and is_worked(day, calendar, bound)
        )
    if period.unit == "calendar-day":
        return count_days(anchor, n, step, lambda day: not is_stopped(day, stops))
    if period.unit == "week":
        end = count_days(anchor, 7 * n, step, lambda day: True)
    else:
        end = months_on(anchor, (n if forward else -n) * (12 if period.unit == "year" else 1))
    first_end = end
    while stops:
        stopped = sum(is_stopped(anchor + i * ONE, stops) for i in range(1, (end - anchor).days + 1))
        if end == first_end + stopped * ONE:
            break
        end = first_end + stopped * ONE
    return end


def naive(
    anchor: dt.date, period: Period, calendar: Calendar, bound: int, extension: int, stops: list[Stop]
) -> Due:
    n = period.n + extension
    try:
        counting: list[Stop] = []
        if period.direction == "after":
            # Stops one after the other: each counts where it begins on or before the due date counted so far.
            for stop in sorted(stops, key=lambda s: s[0]):
                if stop[0] < anchor:
                    continue
                if stop[0] <= last_day(anchor, period, calendar, bound, n, counting):
                    if stop[1] is None:
                        return Due(None, "suspended")
                    counting.append(stop)
        day = last_day(anchor, period, calendar, bound, n, counting)
        if period.clear and n:
            day -= ONE
        if period.roll != "none" and period.unit != "working-day":
            while not is_worked(day, calendar, bound):
                day += ONE if period.roll == "forward" else -ONE
    except Unknown:
        return Due(None, "no_calendar")
    return Due(day)


NUMBERS = {
    "calendar-day": (0, 1, 7, 30),
    "working-day": (0, 1, 5, 7, 22),
    "week": (1, 2),
    "month": (1, 3),
    "year": (1,),
}
PERIODS = [
    Period(n, unit, direction, roll, clear)
    for unit, numbers in NUMBERS.items()
    for n in numbers
    for direction, clear in (("after", False), ("before", False), ("before", True))
    for roll in (("none", "forward", "backward") if unit != "working-day" else ("none",))
]


@pytest.mark.parametrize("unit", NUMBERS)
def test_every_day_of_two_years(mixed: Calendar, unit: str) -> None:
    """All units, directions, rolls and bounds, for every anchor, beyond both ends of the calendar too."""
    start = mixed.first - 10 * ONE
    for period, i in itertools.product([p for p in PERIODS if p.unit == unit], range(750)):
        anchor = start + i * ONE
        for bound in BOUNDS:
            assert due(anchor, period, mixed, bound) == naive(anchor, period, mixed, bound, 0, []), (
                anchor,
                period,
                bound,
            )


@pytest.mark.parametrize("unit", NUMBERS)
def test_every_stop_of_a_quarter(mixed: Calendar, unit: str) -> None:
    anchor = dt.date(2025, 3, 20)
    period = Period({"calendar-day": 12, "working-day": 8}.get(unit, 1), unit, "after", "forward")
    for i, length in itertools.product(range(-3, 60, 7 if unit == "year" else 1), [*range(20), None]):
        begin = anchor + i * ONE
        stops = [(begin, None if length is None else begin + length * ONE)]
        for bound in BOUNDS:
            expected = naive(anchor, period, mixed, bound, 0, stops)  # type: ignore[arg-type]
            assert due(anchor, period, mixed, bound, 0, tuple(stops)) == expected


def days() -> st.SearchStrategy[dt.date]:
    return st.dates(dt.date(2024, 12, 25), dt.date(2027, 1, 5))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    unit = draw(st.sampled_from(sorted(NUMBERS)))
    direction = draw(st.sampled_from(["after", "before"]))
    n = draw(st.integers(0, {"calendar-day": 60, "working-day": 40, "week": 8, "month": 6}.get(unit, 2)))
    roll = draw(st.sampled_from(["none", "forward", "backward"]))
    return Period(n, unit, direction, roll, direction == "before" and draw(st.booleans()))


@st.composite
def stop_lists(draw: st.DrawFn) -> tuple[Stop, ...]:
    """Stops as a case forms them, at most the last one open, around days that many periods meet."""
    begins = sorted(draw(st.lists(st.dates(dt.date(2025, 3, 1), dt.date(2025, 6, 30)), max_size=4)))
    stops: list[Stop] = [(begin, begin + draw(st.integers(0, 25)) * ONE) for begin in begins]
    if stops and draw(st.booleans()):
        stops[-1] = (stops[-1][0], None)
    return tuple(stops)


CASES = {
    "anchor": days() | st.dates(dt.date(2025, 2, 15), dt.date(2025, 6, 30)),
    "period": periods(),
    "bound": st.sampled_from(BOUNDS),
    "extension": st.integers(0, 12),
    "stops": stop_lists(),
}


@given(**CASES)
def test_random_periods_with_stops_and_extensions(
    mixed: Calendar, anchor: dt.date, period: Period, bound: int, extension: int, stops: tuple[Stop, ...]
) -> None:
    assert due(anchor, period, mixed, bound, extension, stops) == naive(
        anchor, period, mixed, bound, extension, list(stops)
    )


@given(**CASES)
def test_the_derivation_adds_up_to_the_due_date(
    mixed: Calendar, anchor: dt.date, period: Period, bound: int, extension: int, stops: tuple[Stop, ...]
) -> None:
    """3.11: from the list of days alone follows the due date."""
    result = due(anchor, period, mixed, bound, extension, stops)
    proof = derive(anchor, period, mixed, bound, extension, stops)
    assert proof.due == result
    step = ONE if period.direction == "after" else -ONE
    for i, line in enumerate(proof.days):
        assert line.day == anchor + (i + 1) * step
        assert (line.number is None) == bool(line.why)
    numbers = [line.number for line in proof.days if line.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    if result.day is None:
        obstacles = {reason.kind for line in (*proof.days[-1:], *proof.roll[-1:]) for reason in line.why}
        on_anchor = result.reason == "suspended" and not proof.counted
        assert on_anchor or (
            {"no_calendar": "outside", "suspended": "stopped"}[str(result.reason)] in obstacles
        )
        return
    assert len(numbers) == proof.counted
    end = proof.days[-1].day if proof.days else anchor
    assert proof.last_counted == end
    if proof.days:
        assert proof.days[-1].number == proof.counted
    assert (proof.clear_day is not None) == (period.clear and period.n + extension > 0)
    end = proof.clear_day or end
    if proof.roll:
        assert proof.roll[0].day == end
        assert [bool(line.why) for line in proof.roll] == [True] * (len(proof.roll) - 1) + [False]
        end = proof.roll[-1].day
    assert end == result.day


@settings(deadline=None)
@given(as_of=days(), period=periods())
def test_the_earliest_anchor_is_lawful_and_no_earlier_one_is(
    mixed: Calendar, as_of: dt.date, period: Period
) -> None:
    """4.8: smallest anchor day whose due date is not before as-of, under all bounds."""
    if period.direction != "before":
        return

    def lawful(anchor: dt.date) -> bool:
        found = [due(anchor, period, mixed, bound).day for bound in BOUNDS]
        return all(day is not None and day >= as_of for day in found)

    found = earliest_anchor(as_of, period, mixed)
    last = found if found is not None else as_of + 1200 * ONE
    anchor = as_of
    while anchor < last:
        if lawful(anchor):
            # Only where the calendar does not say what the days before as-of are may an answer be withheld.
            assert found is None
            assert not mixed.covers(as_of)
            return
        anchor += ONE
    assert found is None or lawful(found)


@given(a=days(), b=days(), bound=st.sampled_from(BOUNDS))
def test_working_days_between_and_last_working_day(
    mixed: Calendar, a: dt.date, b: dt.date, bound: int
) -> None:
    between = [a + i * ONE for i in range(1, (b - a).days + 1)]
    if all(mixed.covers(day) for day in between):
        assert working_days_between(a, b, mixed, bound) == sum(
            is_worked(day, mixed, bound) for day in between
        )
    else:
        assert working_days_between(a, b, mixed, bound) is None
    found = last_working_day(a, mixed, bound)
    day = a
    while mixed.covers(day) and not is_worked(day, mixed, bound):
        day -= ONE
    assert found == (day if mixed.covers(day) else None)


@given(**{name: strategy for name, strategy in CASES.items() if name != "bound"})
def test_all_bounds_at_once(
    mixed: Calendar, anchor: dt.date, period: Period, extension: int, stops: tuple[Stop, ...]
) -> None:
    """3.9: counting once where no day on the way is doubtful changes nothing."""
    assert dues(anchor, period, mixed, extension, stops) == tuple(
        due(anchor, period, mixed, bound, extension, stops) for bound in BOUNDS
    )


def test_a_doubtful_day_that_only_clear_reaches(mixed: Calendar) -> None:
    """3.5, 3.9: the day before the last counted one is an estimated feast, from which the roll leads back."""
    period = Period(3, "calendar-day", "before", "forward", True)
    # Counted are 21 to 23 March; the day before them is Friday 20 March.
    shown, *others = dues(dt.date(2026, 3, 24), period, mixed)
    assert shown == Due(dt.date(2026, 3, 23))
    assert [answer.day for answer in others] == [
        dt.date(2026, 3, 23),
        dt.date(2026, 3, 20),
        dt.date(2026, 3, 20),
    ]
