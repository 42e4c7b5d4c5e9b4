"""Kosovo's calendar follows from the rules of its law, unless a published calendar says otherwise (3.9)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import holidays
import pytest
from ruamel.yaml import YAML

from transparency_check.calendars import BOUNDS, Calendar
from transparency_check.calendars.feasts import CalendarRules, FeastRule, derive_rows
from transparency_check.packs.model import CalendarRow, Text

PACK = Path(__file__).parents[2] / "rules" / "kosovo"
YEARS = range(2009, 2041)
# Years whose rows were gathered from calendars, announcements and reports; the others are derived.
GATHERED = range(2018, 2029)


@pytest.fixture(scope="module")
def rules() -> CalendarRules:
    return CalendarRules.model_validate(
        YAML(typ="safe").load((PACK / "calendar-rules.yaml").read_text(encoding="utf-8"))
    )


def test_the_file_is_sorted_and_has_the_agreed_columns(kosovo_rows: list[CalendarRow]) -> None:
    head = (PACK / "calendar.csv").read_bytes().split(b"\n", 1)[0]
    assert head == b"date,name_en,name_sq,name_sr,kind,off,status,source"
    assert [row.date for row in kosovo_rows] == sorted(row.date for row in kosovo_rows)
    assert {row.date.year for row in kosovo_rows} == set(YEARS)
    assert all(row.name.sq and row.name.sr for row in kosovo_rows)


def test_derived_years_are_what_the_rules_give(kosovo_rows: list[CalendarRow], rules: CalendarRules) -> None:
    assert [row for row in kosovo_rows if row.date.year not in GATHERED] == [
        row for row in derive_rows(rules, YEARS) if row.date.year not in GATHERED
    ]


def test_gathered_years_have_the_same_days(kosovo_rows: list[CalendarRow], rules: CalendarRules) -> None:
    """Calendars and announcements confirm every day that the rules give; only its status is firmer."""
    gathered = [row for row in kosovo_rows if row.date.year in GATHERED]
    derived = derive_rows(rules, GATHERED)
    for ours, theirs in zip(derived, gathered, strict=True):
        assert (ours.date, ours.name, ours.kind, ours.off) == (
            theirs.date,
            theirs.name,
            theirs.kind,
            theirs.off,
        )
    firmer = Counter(
        (ours.status, theirs.status)
        for ours, theirs in zip(derived, gathered, strict=True)
        if ours.status != theirs.status
    )
    assert firmer == {
        ("derived", "official-calendar"): 37,
        ("estimated", "official-calendar"): 10,
        ("estimated", "announced"): 4,
        ("derived", "announced"): 2,
        # The day off for an announced lunar feast at a weekend.
        ("estimated", "derived"): 2,
    }


def test_lunar_dates_are_those_of_the_islamic_calendar(rules: CalendarRules) -> None:
    """To a day, as later versions of the library may know the day that was proclaimed."""
    known = holidays.country_holidays("XK", years=YEARS, observed=False, language="en_US")
    for name, title in (("eid-al-fitr", "Eid al-Fitr"), ("eid-al-adha", "Eid al-Adha")):
        theirs = sorted(day for day in known if title in known[day])
        ours = rules.lunar[name]
        assert len(ours) == len(theirs)
        assert all(abs((a - b).days) <= 1 for a, b in zip(ours, theirs, strict=True))


def test_every_feast_at_a_weekend_has_a_day_off(kosovo_rows: list[CalendarRow]) -> None:
    for row in kosovo_rows:
        if row.date.weekday() >= 5:
            assert row.off == "no"
        if row.off == "no" and row.kind != "ad-hoc":
            assert any(
                other.kind == "substitute" and f"in place of {row.date}" in other.source
                for other in kosovo_rows
                if row.date < other.date <= row.date + dt.timedelta(days=6)
            ) or row.date == dt.date(2022, 5, 1)
        if row.kind == "substitute":
            assert row.date.weekday() < 5


@pytest.mark.parametrize(
    ("year", "days"),
    [
        pytest.param(
            2012, ["04-09", "04-16"], id="Constitution Day and Catholic Easter Monday are one day off"
        ),
        pytest.param(2016, ["03-28", "04-11", "05-02"], id="Orthodox Easter Sunday on 1 May"),
        pytest.param(
            2018, ["04-02", "04-09"], id="Constitution Day and Orthodox Easter Monday are one day off"
        ),
        pytest.param(2023, ["04-10", "04-17", "04-21"], id="Constitution Day on Easter Sunday"),
        pytest.param(2029, ["04-02", "04-09", "04-24"], id="Orthodox Easter Monday on Constitution Day"),
        pytest.param(2034, ["04-10"], id="both Easters on Constitution Day"),
    ],
)
def test_spring_in_years_of_collisions(kosovo: Calendar, year: int, days: list[str]) -> None:
    day = dt.date(year, 3, 25)
    off = []
    while day <= dt.date(year, 5, 2):
        if day.weekday() < 5 and not kosovo.working(day) and (day.month, day.day) not in {(5, 1)}:
            off.append(f"{day:%m-%d}")
        day += dt.timedelta(days=1)
    assert off == days


@pytest.mark.parametrize("day", ["2016-05-03", "2023-04-11", "2034-04-11"])
def test_feast_on_a_disputed_easter_sunday_has_an_uncertain_day_off(kosovo: Calendar, day: str) -> None:
    assert [kosovo.working(dt.date.fromisoformat(day), bound) for bound in BOUNDS] == [
        True,
        False,
        True,
        False,
    ]


def test_flag_day_is_uncertain_every_year(kosovo: Calendar) -> None:
    for year in YEARS:
        status = kosovo.status(dt.date(year, 11, 28))
        assert status.doubtful == (status.day.weekday() < 5)
        assert [row.status for row in status.rows] == ["uncertain"]


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        pytest.param("2021-05-04", [("Labour Day (day off)", "derived")], id="Monday was Easter Monday"),
        pytest.param(
            "2023-01-03", [("New Year (day off)", "derived")], id="Monday was the second of January"
        ),
        pytest.param(
            "2033-01-04",
            [("Eid al-Fitr (first day) (day off)", "estimated"), ("New Year (day off)", "derived")],
            id="two feasts on one Sunday share a day off",
        ),
        pytest.param(
            "2035-02-19", [("Independence Day (day off)", "derived")], id="Saturday's feast comes first"
        ),
        pytest.param("2035-02-20", [("Eid al-Adha (first day) (day off)", "estimated")], id="then Sunday's"),
        pytest.param(
            "2039-12-27", [("Catholic Christmas (day off)", "estimated")], id="moved by an estimated feast"
        ),
    ],
)
def test_days_off_in_place_of_feasts(kosovo: Calendar, day: str, rows: list[tuple[str, str]]) -> None:
    assert [(row.name.en, row.status) for row in kosovo.status(dt.date.fromisoformat(day)).rows] == rows


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({}, "exactly one of date, easter, lunar", id="no rule"),
        pytest.param({"date": "01-01", "lunar": "x"}, "exactly one of date, easter, lunar", id="two rules"),
        pytest.param({"date": "1 January"}, "pattern", id="no MM-DD"),
        pytest.param(
            {"date": "01-01", "declared": True}, "substitute: false", id="declared with a substitute"
        ),
        pytest.param({"date": "01-01", "colour": "red"}, "Extra inputs", id="unknown key"),
    ],
)
def test_rules_that_mean_nothing(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        FeastRule.model_validate({"name": {"en": "Feast"}, "kind": "fixed"} | change)


def test_lunar_dates_may_be_passed_in(rules: CalendarRules) -> None:
    moved = {name: [day + dt.timedelta(days=1) for day in days] for name, days in rules.lunar.items()}
    eids = [row.date for row in derive_rows(rules, [2026], moved) if row.kind == "eid"]
    assert eids == [dt.date(2026, 3, 21), dt.date(2026, 5, 28)]
    with pytest.raises(ValueError, match="no dates for the lunar feast 'eid-al-fitr'"):
        derive_rows(rules, [2026], {})


def test_feasts_of_december_reach_into_january() -> None:
    rules = CalendarRules.model_validate(
        {
            "basis": "Law 1",
            "substitute": {"name": {"en": "{name} (day off)"}},
            "feasts": [
                {"name": {"en": "Last"}, "kind": "fixed", "date": "12-31"},
                {"name": {"en": "First"}, "kind": "fixed", "date": "01-01"},
                {"name": {"en": "Quiet"}, "kind": "fixed", "date": "01-03", "substitute": False},
                {"name": {"en": "Easter"}, "kind": "easter", "easter": {"church": "western", "offset": 0}},
            ],
        }
    )
    rows = derive_rows(rules, [2023])
    # 31 December 2022 is a Saturday, 1 January 2023 a Sunday, 3 January a feast.
    assert [(str(row.date), row.name.en, row.off) for row in rows if row.date.month == 1] == [
        ("2023-01-01", "First", "no"),
        ("2023-01-02", "Last (day off)", "yes"),
        ("2023-01-03", "Quiet", "yes"),
        ("2023-01-04", "First (day off)", "yes"),
    ]
    assert rows[1].name == Text(en="Last (day off)", sq="Last (day off)", sr="Last (day off)")
    quiet = [row for row in derive_rows(rules, [2026]) if row.name.en == "Quiet"]
    assert [(str(row.date), row.off, row.source) for row in quiet] == [("2026-01-03", "no", "Law 1")]
