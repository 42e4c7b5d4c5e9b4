"""Single logs that show how findings behave; what must hold of every log is in ``tests/properties``."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

from engine.logs import findings, rulebook
from reference.flat import records
from transparency_check.engine import evaluate
from transparency_check.times import read_time


def test_an_edit_of_the_date_keeps_the_id_5_1() -> None:
    row = {"id": "r", "type": "request.registered", "time": "2024-10-08", "case": "q"}
    (before,) = findings([row], "2024-12-01", "XK-FOI-001")
    (after,) = findings([{**row, "time": "2024-10-09"}], "2024-12-01", "XK-FOI-001")
    assert before.id == after.id
    assert before.due != after.due


def test_records_that_contradict_each_other_are_told_2_6() -> None:
    rows = [
        {"id": "r", "type": "request.registered", "time": "2024-10-08", "case": "q"},
        {
            "id": "a",
            "type": "request.answered",
            "time": "2024-10-10",
            "case": "q",
            "outcome": "granted",
            "recorded_at": "2024-10-11",
        },
        {
            "id": "a",
            "type": "request.answered",
            "time": "2024-10-30",
            "case": "q",
            "outcome": "granted",
            "recorded_at": "2024-10-11",
        },
    ]
    (found,) = findings(rows, "2024-12-01", "XK-FOI-001")
    assert (found.outcome, found.reasons) == ("undetermined", ("conflicting_records",))
    assert {s.reason for s in found.settled_by} == {"conflicting_records"}


def test_a_moved_session_names_the_earliest_lawful_date_4_8() -> None:
    rows = [
        {
            "id": "s", "type": "meeting.scheduled", "time": "2026-11-16", "case": "s", "body": "assembly",
            "meeting_type": "session", "session_kind": "ordinary", "planned_at": "2026-11-26T10:00",
        }
    ]  # fmt: skip
    (found,) = findings(rows, "2026-11-24", "XK-MTG-001")
    assert found.outcome == "violated"
    assert found.curable is True
    assert found.cure is not None
    # Seven whole working days between (the stricter reading); 28 November is a Saturday.
    assert found.cure == {"kind": "move", "earliest": "2026-12-04", "by": "2026-11-25"}
    moved = [{**rows[0], "planned_at": found.cure["earliest"]}]
    notice = {
        "id": "n",
        "type": "notice.published",
        "time": "2026-11-24",
        "case": "s",
        "notice_kind": "meeting",
        "channel": ["website"],
    }
    (cured,) = findings([*moved, notice], "2026-12-20", "XK-MTG-001")
    assert cured.outcome == "fulfilled"


def test_a_late_notice_is_cured_by_moving_the_session_while_it_is_ahead_4_8() -> None:
    session = {
        "id": "s", "type": "meeting.scheduled", "time": "2026-11-16", "case": "s", "body": "assembly",
        "meeting_type": "session", "session_kind": "ordinary", "planned_at": "2026-11-26T10:00",
    }  # fmt: skip
    notice = {
        "id": "n", "type": "notice.published", "time": "2026-11-23", "case": "s", "notice_kind": "meeting",
        "channel": ["website"],
    }  # fmt: skip
    (found,) = findings([session, notice], "2026-11-24", "XK-MTG-001")
    assert (found.outcome, found.curable) == ("late", True)
    assert found.cure == {"kind": "move", "earliest": "2026-12-04", "by": "2026-11-25"}
    (found,) = findings([session, notice], "2026-11-26", "XK-MTG-001")
    assert (found.outcome, found.curable, found.cure) == ("late", False, None)
    moved = {"id": "m", "type": "meeting.rescheduled", "case": "s", "planned_at": "2026-12-04"}
    anew = {**notice, "id": "n2", "time": "2026-11-24"}
    rows = [session, notice, {**moved, "time": "2026-11-24"}, anew]
    outcomes = {f.trigger.event: f.outcome for f in findings(rows, "2026-12-20", "XK-MTG-001") if f.trigger}
    assert outcomes == {"s": "not_applicable", "m": "fulfilled"}


def test_a_document_about_a_period_can_be_late_without_end_4_12_7_10() -> None:
    rows = [{"id": "c", "type": "coverage.declared", "time": "2026-01-05", "period": "2026-01-01/2026-12-31"}]
    found = {f.period: f.cure for f in findings(rows, "2026-11-20", "XK-BUD-008") if f.violation}
    assert found["2026-07-30"] == found["2026-10-30"] == {"kind": "do"}


def test_records_may_come_one_by_one() -> None:
    row = {"id": "r", "type": "request.registered", "time": "2024-10-08", "case": "q"}
    book = rulebook("kosovo", "XK-FOI-001")
    lines = [json.dumps(record).encode() for record in records([{**row, "municipality": "kline"}], book)]
    as_of = read_time("2024-12-01", ZoneInfo(book.zone))
    assert evaluate(iter(lines), book, as_of).findings() == evaluate(lines, book, as_of).findings() != []
