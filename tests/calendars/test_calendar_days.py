"""Which days are worked, under every bound, and why not (semantics 3.3, 3.9, 3.10)."""

from __future__ import annotations

import datetime as dt

import pytest
from calendar_rows import make_row

from transparency_check.calendars import BOUNDS, Calendar, OutsideCalendar


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        pytest.param("2025-01-02", (0, 1, 2, 3), id="3.3 plain Thursday"),
        pytest.param("2025-01-01", (), id="3.3 day off"),
        pytest.param("2025-01-04", (), id="3.3 Saturday"),
        pytest.param("2025-01-05", (), id="3.3 Sunday"),
        pytest.param("2025-03-31", (2, 3), id="3.9 estimated: worked where bit 1 is set"),
        pytest.param("2025-04-01", (0, 2), id="3.9 uncertain: off where bit 0 is set"),
        pytest.param("2025-04-05", (0, 1, 2, 3), id="3.3 declared working Saturday"),
        pytest.param("2025-05-01", (0, 1, 2, 3), id="3.3 a working row prevails over a day off"),
        pytest.param("2025-05-02", (0, 1, 2, 3), id="3.3 feast that is not off"),
        pytest.param("2025-05-05", (), id="3.3 one row no, one row yes: off"),
        pytest.param("2025-06-06", (2,), id="3.9 estimated and uncertain on one day"),
        pytest.param("2025-06-09", (), id="3.9 estimated and certain on one day: certainly off"),
        pytest.param("2025-06-14", (), id="3.9 estimated at a weekend: off all the same"),
    ],
)
def test_worked_under(mixed: Calendar, text: str, bounds: tuple[int, ...]) -> None:
    assert tuple(bound for bound in BOUNDS if mixed.working(day(text), bound)) == bounds
    assert mixed.status(day(text)).worked_under == bounds
    assert mixed.status(day(text)).doubtful == (0 < len(bounds) < 4)
    for bound in BOUNDS:
        assert bool(mixed.why_off(day(text), bound)) == (bound not in bounds)


def test_doubtful_spans_agree_with_the_days(mixed: Calendar) -> None:
    span = [mixed.first + dt.timedelta(days=i) for i in range(200)]
    for i, first in enumerate(span):
        for last in span[i : i + 12]:
            expected = any(
                mixed.status(first + dt.timedelta(days=k)).doubtful for k in range((last - first).days + 1)
            )
            assert mixed.doubtful(first.toordinal(), last.toordinal()) == expected


def test_doubtful_span_may_reach_beyond_the_calendar(mixed: Calendar) -> None:
    assert not mixed.doubtful(day("1999-01-01").toordinal(), day("2024-12-31").toordinal())
    assert not mixed.doubtful(day("2027-01-01").toordinal(), day("2030-12-31").toordinal())
    assert mixed.doubtful(day("1999-01-01").toordinal(), day("2030-12-31").toordinal())
    assert not mixed.doubtful(day("2026-03-21").toordinal(), day("2030-12-31").toordinal())


def test_days_outside_are_told_not_guessed(mixed: Calendar) -> None:
    for text in ("2024-12-31", "2027-01-01"):
        assert not mixed.covers(day(text))
        assert [reason.kind for reason in mixed.why_off(day(text))] == ["outside"]
        status = mixed.status(day(text))
        assert (status.covered, status.worked_under, status.doubtful) == (False, (), False)
        with pytest.raises(OutsideCalendar, match="2025-01-01 to 2026-12-31"):
            mixed.working(day(text))


def test_reasons_name_weekend_and_feast() -> None:
    calendar = Calendar(
        [
            make_row("2026-02-21", off="no", name="Feast on Saturday"),
            make_row("2026-02-23", name="In its place"),
        ],
        day("2026-02-01"),
        day("2026-02-28"),
    )
    saturday = calendar.why_off(day("2026-02-21"))
    assert [(r.kind, r.weekday, r.row and r.row.name.en) for r in saturday] == [
        ("weekend", "Saturday", None),
        ("holiday", None, "Feast on Saturday"),
    ]
    (monday,) = calendar.why_off(day("2026-02-23"))
    assert monday.row is not None
    assert (monday.kind, monday.row.name.en, monday.row.source, monday.row.status) == (
        "holiday",
        "In its place",
        "Law 1",
        "derived",
    )
    assert calendar.status(day("2026-02-21")).weekend


@pytest.mark.parametrize(
    ("off", "status", "told_under"),
    [
        pytest.param("no", "official", (0, 1, 2, 3), id="a feast that is not off"),
        pytest.param("yes", "official", (0, 1, 2, 3), id="a day off"),
        pytest.param("yes", "estimated", (0, 1, 2, 3), id="3.9 an estimated day off"),
        pytest.param("uncertain", "announced", (1, 3), id="3.9 one that may be off, only where it is"),
    ],
)
def test_a_feast_at_the_weekend_is_told(off: str, status: str, told_under: tuple[int, ...]) -> None:
    row = make_row("2026-02-21", off=off, status=status, name="Feast")
    calendar = Calendar([row], day("2026-02-01"), day("2026-02-28"))
    for bound in BOUNDS:
        kinds = [r.kind for r in calendar.why_off(day("2026-02-21"), bound)]
        assert kinds == (["weekend", "holiday"] if bound in told_under else ["weekend"])


def test_range_must_run_forward() -> None:
    with pytest.raises(ValueError, match="exchange `from` and `to`"):
        Calendar([], day("2026-02-02"), day("2026-02-01"))


def test_rows_outside_the_range_are_ignored() -> None:
    calendar = Calendar([make_row("2026-03-02")], day("2026-02-02"), day("2026-02-02"))
    assert calendar.working(day("2026-02-02"))
    assert calendar.status(day("2026-03-02")).rows == ()
