"""Logs that once hid a violation, or made a wrong ``fulfilled``: each stays a case of its own."""

from __future__ import annotations

import pytest

from engine.logs import Row, findings, judged, rulebook

ASSEMBLY = {"body": "assembly", "meeting_type": "session", "session_kind": "ordinary"}


def session(number: str, time: str, planned: str, case: str, **more: str) -> Row:
    return {
        "id": number,
        "type": "meeting.scheduled",
        "time": time,
        "case": case,
        **ASSEMBLY,
        "planned_at": planned,
        **more,
    }


def notice(number: str, time: str, case: str) -> Row:
    return {
        "id": number,
        "type": "notice.published",
        "time": time,
        "case": case,
        "notice_kind": "meeting",
        "channel": ["website"],
    }


def test_the_notice_of_one_session_is_not_lent_to_another_4_3() -> None:
    rows = [
        session("a", "2026-08-20", "2026-09-15T10:00", "s1"),
        notice("n", "2026-09-02", "s1"),
        session("b", "2026-09-20", "2026-10-15T10:00", "s2"),
        # The minutes of the first session are approved in the second.
        {
            "id": "m",
            "type": "minutes.approved",
            "time": "2026-10-15",
            "case": "s2",
            "related": ["s1"],
            "body": "assembly",
        },
    ]
    told = {f.case: f.outcome for f in findings(rows, "2026-11-01", "XK-MTG-001")}
    assert told == {"s1": "fulfilled", "s2": "violated"}


@pytest.mark.parametrize(
    "other",
    [
        {"type": "meeting.scheduled", "planned_at": "2026-10-20", "meeting_type": "committee-meeting"},
        {"type": "meeting.rescheduled", "planned_at": "2026-10-20"},
        {"type": "meeting.cancelled"},
    ],
    ids=["scheduled", "moved", "called off"],
)
def test_a_committee_in_the_case_gives_no_session_of_the_assembly_up_7_6(other: Row) -> None:
    rows = [
        session("a", "2026-09-01", "2026-09-30T10:00", "s"),
        {"id": "c", "time": "2026-09-10", "case": "s", "body": "policy-finance-committee", **other},
    ]
    assert [f.outcome for f in findings(rows, "2026-11-01", "XK-MTG-001")] == ["violated"]


def test_moving_the_hour_is_no_move_of_the_day_7_6() -> None:
    rows = [
        session("a", "2026-11-02", "2026-11-27T10:00", "s"),
        notice("n", "2026-11-10", "s"),
        {
            "id": "m",
            "type": "meeting.rescheduled",
            "time": "2026-11-20",
            "case": "s",
            "planned_at": "2026-11-27T14:00",
        },
    ]
    assert [f.outcome for f in findings(rows, "2026-12-01", "XK-MTG-001")] == ["fulfilled"]


def test_a_session_called_off_and_convened_again_owes_its_notice_7_6() -> None:
    rows = [
        session("a", "2026-11-02", "2026-11-27T10:00", "s"),
        {"id": "c", "type": "meeting.cancelled", "time": "2026-11-04", "case": "s"},
        {
            "id": "m",
            "type": "meeting.rescheduled",
            "time": "2026-11-06",
            "case": "s",
            "planned_at": "2026-11-27T10:00",
        },
    ]
    assert "violated" in [f.outcome for f in findings(rows, "2026-12-01", "XK-MTG-001")]


OPENED = {
    "id": "2", "type": "consultation.opened", "time": "2026-05-04", "case": "k",
    "consultation_kind": "written", "closes_at": "2026-06-10",
}  # fmt: skip


def test_one_id_on_two_things_corrects_nothing_7_2() -> None:
    rows = [
        {**OPENED, "id": "1"},
        {"id": "2", "type": "consultation.closed", "time": "2026-05-20", "case": "k"},
        {"id": "2", "type": "request.registered", "time": "2026-09-01", "case": "q"},
    ]
    (found,) = [f for f in findings(rows, "2026-11-01", "XK-CON-007") if f.rule == "XK-CON-007"]
    assert (found.outcome, found.reasons) == ("undetermined", ("conflicting_records",))
    assert len(judged(rows, "2026-11-01", "XK-CON-007").problems) == 2


def test_an_unreadable_closing_leaves_no_fulfilment_by_absence_7_9() -> None:
    import json
    from zoneinfo import ZoneInfo

    from reference.flat import records
    from transparency_check.engine import evaluate
    from transparency_check.times import read_time

    book = rulebook("kosovo", "XK-CON-007")
    good = records([{"municipality": "kline", **OPENED}], book)
    lost = {
        "place": "log.jsonl:9",
        "file": good[0]["file"],
        "readable": False,
        "type": "consultation.closed",
        "municipality": "kline",
    }
    as_of = read_time("2026-11-01", ZoneInfo(book.zone))

    def outcome(*rows: Row) -> list[tuple[str, tuple[str, ...]]]:
        found = evaluate([json.dumps(r).encode() for r in rows], book, as_of).findings()
        return [(f.outcome, f.reasons) for f in found]

    assert outcome(*good) == [("fulfilled", ())]
    assert outcome(*good, lost) == [("undetermined", ("unreadable_record",))]


def test_a_duration_says_no_day_to_act_by_but_the_day_to_extend_3_8() -> None:
    short = {**OPENED, "time": "2026-11-02", "closes_at": "2026-11-23"}
    (found,) = findings([short], "2026-11-10", "XK-CON-007")
    assert (found.outcome, found.reasons, found.act_by) == ("pending", ("planned_too_short",), "2026-11-23")
    (found,) = findings([{**short, "closes_at": "2026-12-20"}], "2026-11-10", "XK-CON-007")
    assert (found.outcome, found.act_by) == ("pending", None)
