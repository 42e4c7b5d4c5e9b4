"""What proves a finding (3.11, 5.2): the records that were considered, the count of each reading, and what
the log covers.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reference.small_cases import Case, Json, judgement
from transparency_check.explanation import Covered, Explanation
from transparency_check.messages import text

PETITION: Json = {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"}
SESSION: Json = {
    "id": "s", "type": "meeting.scheduled", "time": "2026-02-02T08:00", "case": "c",
    "planned_at": "2026-02-20T10:00",
}  # fmt: skip
ANSWER: Json = {
    "trigger": {"event": "petition.received"},
    "requires": {"event": "petition.answered", "where": {"body": "assembly"}},
    "deadline": {"after": "time", "n": 5},
}
NOTICE: Json = {
    "trigger": {"event": "meeting.scheduled", "take": "last", "moved_by": "meeting.rescheduled"},
    "requires": {"event": "notice.published"},
    "deadline": {"before": "planned_at", "n": 7, "roll": "none"},
}
ORDER: Json = {**NOTICE, "deadline": {"before": "planned_at", "n": 0}}
OPEN: Json = {
    "trigger": {"event": "consultation.opened"},
    "open_for": {"n": 15, "unit": "calendar-day", "closed_by": "consultation.closed"},
}


def answered(name: str, day: str, body: str | None = "assembly", **more: Any) -> Json:
    return {"id": name, "type": "petition.answered", "time": day, "case": "c", "body": body, **more}


def noticed(name: str, time: str, **more: Any) -> Json:
    return {"id": name, "type": "notice.published", "time": time, "case": "c", **more}


def proof(duty: Json, rows: list[Json], **chosen: Any) -> Explanation:
    """The proof of the one finding that is as chosen, and not past asking."""
    judged = judgement(Case([duty], rows, "2026-03-20"))
    (found,) = [
        f
        for f in judged.findings(all=False)
        if all((f.trigger and f.trigger.event if k == "trigger" else getattr(f, k)) == v for k,
        v in chosen.items())
    ]
    shown = judged.explain(found.id)
    assert shown.finding == found
    return shown


# Duty, rows, and of each record that was considered its id, line, what became of it, why, and what it lacks.
CANDIDATES: dict[str, tuple[Json, list[Json], list[tuple[Any, ...]]]] = {
    "4.7 every answer of the case": (
        ANSWER,
        [
            answered("h", "2026-02-06"),
            PETITION,
            answered("b", "2026-02-01"),
            answered("a", "2026-02-04", "mayor"),
            answered("f", "2026-02-04", None),
            answered("g", "2026-02-05", case=None),
            answered("k", "2026-02-08"),
            answered("l", "2026-02-20"),
            answered("x", "2026-02-04", case="d"),
            answered("y", "2026-02-04", "mayor", case="d"),
        ],
        [
            ("b", 3, "rejected", "before_trigger", ()),
            ("f", 5, "doubtful", "missing_field", ("body",)),
            ("g", 6, "doubtful", "missing_link", ()),
            ("h", 1, "used", "in_time", ()),
            ("k", 7, "rejected", "later", ()),
            ("l", 8, "rejected", "late", ()),
            ("a", 4, "rejected", "condition_false", ()),
        ],
    ),
    "4.7 the first of the late ones": (
        ANSWER,
        [PETITION, answered("a", "2026-02-16"), answered("b", "2026-02-17")],
        [("a", 2, "used", "late", ()), ("b", 3, "rejected", "late", ())],
    ),
    "4.8 on the day of the session": (
        NOTICE,
        [
            SESSION,
            noticed("a", "2026-02-20T09:00"),
            noticed("b", "2026-02-20T11:00"),
            noticed("c", "2026-02-21"),
        ],
        [
            ("a", 2, "used", "late", ()),
            ("b", 3, "rejected", "after_anchor", ()),
            ("c", 4, "rejected", "after_anchor", ()),
        ],
    ),
    "4.4 before the session was moved": (
        NOTICE,
        [
            SESSION,
            noticed("a", "2026-02-03"),
            {
                "id": "m", "type": "meeting.rescheduled", "time": "2026-02-04", "case": "c",
                "planned_at": "2026-03-02",
            },
            noticed("b", "2026-02-05"),
        ],
        [("a", 2, "rejected", "before_trigger", ()), ("b", 4, "used", "in_time", ())],
    ),
    "2.2 on a day whose order is not known": (
        ORDER,
        [SESSION, noticed("a", "2026-02-20")],
        [("a", 2, "doubtful", "time_of_day", ())],
    ),
    "4.21 what cannot be read": (
        ANSWER,
        [
            PETITION,
            {"type": "petition.answered", "time": "2026-02-31", "case": "c"},
            {"type": "no such thing", "time": "2026-02-03", "case": "c"},
            {"type": "no such thing", "time": "2026-02-01", "case": "c"},
        ],
        [
            ("", 4, "rejected", "before_trigger", ()),
            ("", 3, "doubtful", "unreadable_record", ()),
            ("", 2, "doubtful", "unreadable_record", ()),
        ],
    ),
    "4.21 what cannot be read, after the session": (
        NOTICE,
        [SESSION, {"type": "no such thing", "time": "2026-02-22", "case": "c"}],
        [("", 2, "rejected", "after_anchor", ())],
    ),
    "4.7 none": (ANSWER, [PETITION], []),
    "4.7 none but what could be nothing of the kind": (
        ANSWER,
        [
            PETITION,
            {"type": "notice.published", "time": "2026-02-31", "case": "c"},
            {"id": "n", "type": "notice.published", "time": "2026-02-04"},
            {**PETITION, "id": "q", "municipality": "south"},
            answered("x", "2026-02-04", municipality="south"),
        ],
        [],
    ),
    "4.3 none in a municipality": (
        {**ANSWER, "correlate": {"by": "municipality"}},
        [PETITION, answered("a", "2026-02-04", municipality="south")],
        [],
    ),
    "2.6 what contradicts itself": (
        ANSWER,
        [
            PETITION,
            answered("a", "2026-02-03", recorded_at="2026-02-05"),
            answered("a", "2026-02-04", recorded_at="2026-02-05"),
        ],
        [("a", 2, "doubtful", "conflicting_records", ()), ("a", 3, "doubtful", "conflicting_records", ())],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CANDIDATES)
def test_candidates(name: str) -> None:
    duty, rows, expected = CANDIDATES[name]
    shown = proof(duty, rows, municipality="north")
    assert [
        (c.evidence.event, int(c.evidence.place.rpartition(":")[2]), c.verdict, c.why, c.fields)
        for c in shown.candidates
    ] == expected


def test_a_candidate_shows_its_record() -> None:
    shown = proof(ANSWER, [PETITION, answered("a", "2026-02-04T10:00"), {"type": "what",
    "time": "2026-02-05", "case": "c"}])
    assert [(c.evidence.time, c.evidence.type) for c in shown.candidates] == [
        ("2026-02-04T10:00", "petition.answered"),
        ("2026-02-05", ""),
    ]


def test_candidates_of_every_reading_once_3_6() -> None:
    duty = {
        **ANSWER,
        "readings": [
            {"name": "five days", "source": "the act"},
            {"name": "ten days", "source": "an opinion", "deadline": {"n": 10}},
        ],
    }
    shown = proof(duty, [PETITION, answered("a", "2026-02-11")])
    assert [(c.evidence.event, c.verdict, c.why) for c in shown.candidates] == [("a", "used", "late")]
    assert [(r.name, r.source, r.due, r.outcome) for r in shown.readings] == [
        ("five days", "the act", "2026-02-09", "late"),
        ("ten days", "an opinion", "2026-02-12", "fulfilled"),
    ]
    assert [r.derivation and r.derivation.due.day for r in shown.readings] == [
        dt.date(2026, 2, 9),
        dt.date(2026, 2, 12),
    ]


@pytest.mark.parametrize(("trigger", "due"), [("p", "2026-02-09"), ("q", "2026-02-17")])
def test_each_trigger_of_a_case_has_its_own_proof_4_4(trigger: str, due: str) -> None:
    shown = proof(ANSWER, [PETITION, {**PETITION, "id": "q", "time": "2026-02-10"}], trigger=trigger)
    (reading,) = shown.readings
    assert reading.derivation is not None
    assert (reading.due, str(reading.derivation.due.day)) == (due, due)


HOURS: Json = {**ANSWER, "deadline": {"after": "time", "n": 24, "unit": "hour"}}
# Duty, rows, and of its reading: due, the anchor and the day that are derived, the days counted, or the note.
COUNTED: dict[str, tuple[Json, list[Json], tuple[Any, ...]]] = {
    "3.1 days": (ANSWER, [PETITION], ("2026-02-09", "2026-02-02", "2026-02-09", 5, None)),
    "4.13 days with an extension": (
        {**ANSWER, "deadline": {"after": "time", "n": 5, "extended_by": {"event": "request.extended",
        "add": 15}}},
        [PETITION, {"id": "x", "type": "request.extended", "time": "2026-02-04", "case": "c"}],
        ("2026-02-23", "2026-02-02", "2026-02-23", 20, None),
    ),
    "4.13 days with a stop": (
        {
            **ANSWER,
            "deadline": {
                "after": "time", "n": 5, "suspended_by": {"from": "request.paused", "to": "request.resumed"},
            },
        },
        [
            PETITION,
            {"id": "x", "type": "request.paused", "time": "2026-02-04", "case": "c"},
            {"id": "y", "type": "request.resumed", "time": "2026-02-14", "case": "c"},
        ],
        ("2026-02-17", "2026-02-02", "2026-02-17", 5, None),
    ),
    "3.7 hours": (
        HOURS,
        [{**PETITION, "time": "2026-02-02T10:00"}],
        ("2026-02-03T10:00:00+01:00", None, None, None, text("note.hours.after", n=24)),
    ),
    "4.13 hours with an extension": (
        {
            **ANSWER,
            "deadline": {
                "after": "time", "n": 24, "unit": "hour",
                "extended_by": {"event": "request.extended", "add": 12},
            },
        },
        [
            {**PETITION, "time": "2026-02-02T10:00"},
            {"id": "x", "type": "request.extended", "time": "2026-02-02T11:00", "case": "c"},
        ],
        ("2026-02-03T22:00:00+01:00", None, None, None, text("note.hours.after", n=36)),
    ),
    "3.7 hours back": (
        {**NOTICE, "deadline": {"before": "planned_at", "n": 48, "unit": "hour"}},
        [SESSION],
        ("2026-02-18T10:00:00+01:00", None, None, None, text("note.hours.before", n=48)),
    ),
    "3.8 a duration": (
        OPEN,
        [{"id": "o", "type": "consultation.opened", "time": "2026-02-02", "case": "c"}],
        ("2026-02-17", "2026-02-02", "2026-02-17", 15, None),
    ),
    "4.3 nothing to count from": (
        {**NOTICE, "deadline": {"before": "planned_at", "n": 7, "roll": "none"}},
        [{"id": "s", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c"}],
        (None, None, None, None, None),
    ),
    "4.9 what is judged at the event": (
        {"trigger": {"event": "act.published"}, "must": {"languages": {"includes_all": ["sq"]}}},
        [{"id": "a", "type": "act.published", "time": "2026-02-02", "case": "c"}],
        ("2026-02-02", None, None, None, text("note.content")),
    ),
    "4.20 what stands": (
        {"standing": True, "requires": {"event": "officer.appointed"}},
        [PETITION],
        (None, None, None, None, text("note.standing")),
    ),
    "4.11 a count": (
        {"count": {"event": "meeting.held", "per": "year", "at_least": 1, "within": "first-half"}},
        [PETITION],
        ("2026-06-30", None, None, None, text("note.count", first="2026-01-01", last="2026-06-30")),
    ),
    "4.12 a date": (
        {
            "calendar": {"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14", "roll": "forward"},
            "requires": {"event": "document.submitted"},
        },
        [PETITION],
        ("2026-02-17", "2026-02-14", "2026-02-17", 0, None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_the_count_of_a_reading(name: str) -> None:
    duty, rows, expected = COUNTED[name]
    judged = judgement(Case([duty], rows, "2026-03-20"))
    found = min((f for f in judged.findings() if f.rule == "XX-TST-001"), key=lambda f: f.period or "")
    (reading,) = judged.explain(found.id).readings
    derived = reading.derivation
    assert (reading.name, reading.source, reading.outcome) == ("", "", found.outcome)
    assert (
        reading.due,
        derived and str(derived.anchor),
        derived and str(derived.due.day),
        derived and derived.counted,
        reading.note,
    ) == expected


def test_the_stop_is_in_the_derivation_4_13() -> None:
    duty, rows, _ = COUNTED["4.13 days with a stop"]
    (reading,) = proof(duty, rows).readings
    assert reading.derivation is not None
    assert reading.derivation.stops == ((dt.date(2026, 2, 4), dt.date(2026, 2, 14)),)


def declared(name: str, day: str, period: str, families: list[str] | None = None) -> Json:
    return {
        "id": name, "type": "coverage.declared", "time": day, "period": period, "event_families": families,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], (Covered("2026-02-01", None),), id="assumed"),
        pytest.param(
            [declared("k", "2026-02-03", "2026-01-01/2026-12-31")],
            (Covered("2026-01-01", "2026-12-31", (), "log.jsonl:2"),),
            id="declared",
        ),
        pytest.param(
            [
                declared("k", "2026-02-03", "2026-01-01/2026-01-31", ["petition"]),
                declared("l", "2026-02-04", "2026-02-01/2026-02-28", ["petition", "notice"]),
                declared("m", "2026-02-05", "2026-06-01/9999-12-31"),
            ],
            (
                Covered("2026-01-01", "2026-02-28", ("petition",), "log.jsonl:2, log.jsonl:3, log.jsonl:4"),
                Covered("2026-02-01", "2026-02-28", ("notice",), "log.jsonl:2, log.jsonl:3, log.jsonl:4"),
                Covered("2026-06-01", None, (), "log.jsonl:2, log.jsonl:3, log.jsonl:4"),
                Covered("2026-06-01", None, ("notice",), "log.jsonl:2, log.jsonl:3, log.jsonl:4"),
                Covered("2026-06-01", None, ("petition",), "log.jsonl:2, log.jsonl:3, log.jsonl:4"),
            ),
            id="by families, one after the other",
        ),
    ],
)
def test_coverage_4_15(rows: list[Json], expected: tuple[Covered, ...]) -> None:
    other = {**PETITION, "id": "q", "municipality": "south", "time": "2025-05-05"}
    assert proof(ANSWER, [PETITION, *rows, other], municipality="north").coverage == expected


def test_a_late_entry_is_counted_from_its_event_2_4() -> None:
    judged = judgement(Case([ANSWER], [{**PETITION, "recorded_at": "2026-03-02"}], "2026-03-20"))
    (found,) = [f for f in judged.findings() if f.rule == "TC-REC-001"]
    shown = judged.explain(found.id)
    (reading,) = shown.readings
    assert reading.derivation is not None
    assert (str(reading.derivation.anchor), str(reading.derivation.due.day)) == ("2026-02-02", "2026-02-09")
    assert (reading.due, reading.outcome, shown.candidates) == ("2026-02-09", "late", ())
    assert shown.coverage == (Covered("2026-02-01", None),)


def test_no_such_finding() -> None:
    with pytest.raises(KeyError):
        judgement(Case([ANSWER], [PETITION], "2026-03-20")).explain("0")
