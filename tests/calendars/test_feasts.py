"""Rows derived from the rules of a holiday law, for rules that Kosovo's do not have (3.9)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from transparency_check.calendars.feasts import CalendarRules, EasterRule, derive_rows
from transparency_check.packs.model import CalendarRow


def fixed(day: str, name: str, **more: Any) -> dict[str, Any]:
    return {"name": {"en": name}, "kind": "fixed", "date": day} | more


def rules(*feasts: dict[str, Any], **more: Any) -> CalendarRules:
    substitute = {"name": {"en": "{name} (day off)"}}
    return CalendarRules.model_validate(
        {"basis": "Law 1", "substitute": substitute, "feasts": feasts, **more}
    )


def told(rows: list[CalendarRow]) -> list[tuple[str, str, str, str]]:
    return [(str(row.date), row.name.en, row.off, row.status) for row in rows]


def test_the_disputed_day_is_counted_from_easter_sunday() -> None:
    """Easter is on 5 April 2026."""
    rule = EasterRule(church="western", offset=1, disputed_offset=-2)
    assert (rule.day(2026), rule.disputed(2026)) == (dt.date(2026, 4, 6), dt.date(2026, 4, 3))


def test_a_feast_at_a_weekend_on_a_disputed_day_has_an_uncertain_day_off() -> None:
    """Saturday 4 April 2026 is the day before Easter."""
    easter = {"church": "western", "offset": 1, "disputed_offset": -1}
    found = derive_rows(
        rules(
            {"name": {"en": "Easter Monday"}, "kind": "easter", "easter": easter},
            fixed("04-04", "Feast"),
            fixed("08-08", "Other"),
        ),
        [2026],
    )
    assert told(found) == [
        ("2026-04-04", "Feast", "no", "derived"),
        ("2026-04-06", "Easter Monday", "yes", "derived"),
        ("2026-04-07", "Feast (day off)", "uncertain", "uncertain"),
        ("2026-08-08", "Other", "no", "derived"),
        ("2026-08-10", "Other (day off)", "yes", "derived"),
    ]


def test_a_year_is_the_same_alone_and_among_others() -> None:
    """31 December 2022 is a Saturday, 2 January 2023 a feast on Monday."""
    book = rules(fixed("12-31", "Last"), fixed("01-02", "Second"))
    among = derive_rows(book, range(2020, 2026))
    for year in range(2020, 2026):
        assert derive_rows(book, [year]) == [row for row in among if row.date.year == year]
    (last,) = [row for row in among if str(row.date) == "2022-12-31"]
    assert last.source == "Law 1; feast on Saturday; day off 2023-01-03"


def test_a_feast_without_a_substitute_gives_none_beside_one_that_has_it() -> None:
    """6 June 2026 is a Saturday."""
    found = derive_rows(rules(fixed("06-06", "A"), fixed("06-06", "B", substitute=False)), [2026])
    assert told(found) == [
        ("2026-06-06", "A", "no", "derived"),
        ("2026-06-06", "B", "no", "derived"),
        ("2026-06-08", "A (day off)", "yes", "derived"),
    ]


@pytest.mark.parametrize("feast", ["2026-06-07", "2026-06-06"])
def test_a_week_of_feasts_is_passed_over_with_its_weekend(feast: str) -> None:
    week = [fixed(f"06-{day:02}", f"Feast {day}") for day in range(8, 13)]
    found = derive_rows(rules(fixed(feast[5:], "Feast"), *week), [2026])
    assert told(found)[-1] == ("2026-06-15", "Feast (day off)", "yes", "derived")


def test_an_estimated_feast_at_a_weekend_between_makes_nothing_uncertain() -> None:
    """From Sunday 7 June 2026 over a week of feasts and the weekend behind it, on which a lunar one falls."""
    week = [fixed(f"06-{day:02}", f"Feast {day}") for day in range(8, 13)]
    moon = {"name": {"en": "Lunar"}, "kind": "lunar", "lunar": "moon"}
    found = derive_rows(
        rules(fixed("06-07", "Feast"), *week, moon, lunar={"moon": [dt.date(2026, 6, 13)]}), [2026]
    )
    assert told(found)[-2:] == [
        ("2026-06-15", "Feast (day off)", "yes", "derived"),
        ("2026-06-16", "Lunar (day off)", "yes", "estimated"),
    ]


def test_a_declared_feast_takes_no_day_from_others_and_is_uncertain_on_weekdays() -> None:
    declared = {"substitute": False, "declared": True, "note": "if declared", "weekend_note": "at a weekend"}
    book = rules(fixed("06-08", "Declared", **declared), fixed("06-06", "Feast"))
    assert told(derive_rows(book, [2026])) == [
        ("2026-06-06", "Feast", "no", "derived"),
        ("2026-06-08", "Declared", "uncertain", "uncertain"),
        ("2026-06-08", "Feast (day off)", "yes", "derived"),
    ]
    notes = {
        row.date.year: (row.off, row.source)
        for row in derive_rows(book, [2024, 2025, 2026])
        if row.kind == "fixed" and row.name.en == "Declared"
    }
    assert notes == {
        2024: ("no", "at a weekend"),
        2025: ("no", "at a weekend"),
        2026: ("uncertain", "if declared"),
    }


def test_what_rests_on_an_estimated_day_is_estimated() -> None:
    """A lunar feast on Sunday 7 June 2026, a fixed one on Saturday, another lunar one on Tuesday."""
    lunar = [
        {"name": {"en": "Lunar"}, "kind": "lunar", "lunar": "moon"},
        fixed("06-06", "Feast"),
    ]
    dates = {"moon": [dt.date(2026, 6, 7), dt.date(2026, 6, 9)]}
    assert told(derive_rows(rules(*lunar, lunar=dates), [2026])) == [
        ("2026-06-06", "Feast", "no", "derived"),
        ("2026-06-07", "Lunar", "no", "estimated"),
        ("2026-06-08", "Feast (day off)", "yes", "derived"),
        ("2026-06-09", "Lunar", "yes", "estimated"),
        ("2026-06-10", "Lunar (day off)", "yes", "estimated"),
    ]
