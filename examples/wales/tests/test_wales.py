"""The pack for Wales: its examples, its calendar, and whole logs as the commands judge them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

import transparency_check_wales
from transparency_check import Evaluation, evaluate
from transparency_check.testing import assert_examples_hold, assert_finding

ROOT = Path(__file__).parents[1]
(PACK,) = transparency_check_wales.transparency_check_packs()
CALLED = {
    "type": "meeting.called", "municipality": "Llangoedmor", "case": "finance", "time": "2026-11-09",
    "body": "committee of a community council", "planned_at": "2026-11-24T19:00",
}  # fmt: skip


def judged(*records: dict[str, object], as_of: str = "2026-11-25") -> Evaluation:
    return evaluate(records=records, packs="wales", as_of=as_of, plugins=[transparency_check_wales])


def notice(time: str, *channels: str, case: str = "finance") -> dict[str, object]:
    return {
        "type": "notice.published", "municipality": "Llangoedmor", "case": case, "time": time,
        "channel": list(channels),
    }  # fmt: skip


def test_the_examples_of_all_duties() -> None:
    assert assert_examples_hold(PACK) >= 24


def test_three_clear_days_across_a_weekend_depend_on_the_reading() -> None:
    # The last whole day before the day of the notice: Fri 20 by the words alone, Wed 18 without the weekend.
    (found,) = judged(CALLED, notice("2026-11-19", "website", "notice-board"))
    assert found.outcome == "undetermined" and found.reasons == ("readings_differ",)
    assert {reading.name: reading.due for reading in found.readings} == {
        "every-day": "2026-11-20",
        "working-days": "2026-11-18",
    }


def test_twenty_four_hours_are_counted_by_the_clock_of_the_country() -> None:
    urgent = CALLED | {"urgent": True, "time": "2026-10-22", "planned_at": "2026-10-25T10:00"}
    found = judged(urgent, notice("2026-10-24T11:30", "website", "notice-board"), as_of="2026-10-26")
    assert_finding(found, rule="GB-MTG-004", outcome="late", due="2026-10-24T11:00:00+01:00")
    assert_finding(found, rule="GB-MTG-003", outcome="not_applicable")


def test_what_comes_next_and_its_proof() -> None:
    found = judged(CALLED, as_of="2026-11-10")
    (next_,) = found.upcoming("30d")
    assert (next_.outcome, next_.due) == ("pending", "2026-11-20")
    assert [reading.due for reading in next_.readings] == ["2026-11-20", "2026-11-18"]
    assert str(found.explain(next_)).count("must lie wholly between") == 2


def test_nothing_of_another_country_is_said() -> None:
    found = judged(CALLED, notice("2026-11-18", "website", "notice-board"))
    told = "".join(found.render(form) for form in ("table", "json", "markdown", "csv"))
    assert "Europe/London" in told
    assert not [word for word in ("Kosov", "XK-", "Belgrade", "kline") if word in told]


def test_the_calendar_of_past_years_is_that_of_the_library() -> None:
    """Of years to come a newer library may know more: a reason to look, not to judge otherwise."""
    pytest.importorskip("holidays")
    made = runpy.run_path(str(ROOT / "calendar_from_holidays.py"))["table"]().splitlines()
    written = (PACK / "calendar.csv").read_text(encoding="utf-8").splitlines()
    assert written[0] == made[0]
    past = [{line[:10] for line in lines if "2020" <= line[:4] <= "2025"} for lines in (written, made)]
    assert past[0] == past[1] and len(past[0]) > 70
