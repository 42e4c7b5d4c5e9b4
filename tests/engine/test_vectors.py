"""The vectors of semantics 6 that need an engine: V5 and V9 to V12."""

from __future__ import annotations

import pytest

from engine.logs import TRIAL, Row, findings

SESSION = {
    "type": "meeting.scheduled",
    "case": "s",
    "body": "assembly",
    "meeting_type": "session",
    "session_kind": "ordinary",
}


def session(planned: str, time: str = "2026-11-02", **more: str) -> Row:
    return {"id": "s1", "time": time, **SESSION, "planned_at": planned, **more}


def notice(day: str, number: str = "n1") -> Row:
    return {
        "id": number,
        "type": "notice.published",
        "time": day,
        "case": "s",
        "notice_kind": "meeting",
        "channel": ["website"],
    }


def test_v5_hours_across_a_change_of_clocks() -> None:
    rows = [
        {
            "id": "p",
            "type": "meeting.scheduled",
            "time": "2026-03-20",
            "case": "k",
            "kind": "press-conference",
            "planned_at": "2026-03-29T10:00+02:00",
        },
    ]
    (found,) = [f for f in findings(rows, "2026-03-21", pack=TRIAL) if f.rule == "TST-HRS-001"]
    assert found.due == "2026-03-27T09:00:00+01:00", "elapsed hours, back across the change"


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [("2024-10-15", "pending"), ("2024-10-16", "violated")],
    ids=["on the due day", "a day later"],
)
def test_v9_a_due_day_is_open_until_its_end(as_of: str, outcome: str) -> None:
    rows = [{"id": "r", "type": "request.registered", "time": "2024-10-08", "case": "q"}]
    (found,) = findings(rows, as_of, "XK-FOI-001")
    assert (found.due, found.outcome) == ("2024-10-15", outcome)


@pytest.mark.parametrize(
    ("day", "outcome", "reasons"),
    [
        ("2026-11-17", "fulfilled", ()),
        ("2026-11-18", "undetermined", ("readings_differ",)),
        ("2026-11-19", "late", ()),
    ],
)
def test_v10_two_readings_of_seven_working_days(day: str, outcome: str, reasons: tuple[str, ...]) -> None:
    (found,) = findings([session("2026-11-27"), notice(day)], "2026-12-01", "XK-MTG-001")
    assert [r.due for r in found.readings] == ["2026-11-18", "2026-11-17"]
    assert (found.outcome, found.reasons) == (outcome, reasons)


def test_v11_order_within_a_day_needs_the_time() -> None:
    rows = [
        {"id": "c", "type": "consultation.closed", "time": "2026-05-04", "case": "k"},
        {
            "id": "a", "type": "act.adopted", "time": "2026-05-04T11:00", "case": "a", "related": ["k"],
            "act_kind": "regulation", "consultation_required": True,
        },
    ]  # fmt: skip
    (found,) = findings(rows, "2026-06-01", "XK-CON-001")
    assert (found.outcome, found.reasons) == ("undetermined", ("time_of_day",))


def test_v12_a_session_that_was_moved() -> None:
    rows = [
        session("2026-11-27"),
        notice("2026-11-17"),
        {
            "id": "m",
            "type": "meeting.rescheduled",
            "time": "2026-11-20",
            "case": "s",
            "planned_at": "2026-12-11",
        },
    ]
    old, new = sorted(findings(rows, "2026-11-24", "XK-MTG-001"), key=lambda f: f.due or "")
    assert (old.outcome, old.reasons) == ("not_applicable", ("superseded",))
    assert (new.outcome, [r.due for r in new.readings]) == ("pending", ["2026-12-02", "2026-12-01"])
    assert old.id != new.id
