"""Whole cases as the engine has settled them: their events in order, their values, their links, and what is
doubtful of them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from reference.small_cases import Case, Json, judgement
from transparency_check.engine import Prepared
from transparency_check.engine.case_file import cases_of, events_of, linked
from transparency_check.engine.cases import Settled, doubtful_records, settled_events
from transparency_check.model import Settling

# They make the engine read the attributes that they name.
DUTIES: list[Json] = [
    {
        "trigger": {"event": "meeting.scheduled", "take": "last", "moved_by": "meeting.rescheduled"},
        "requires": {"event": "notice.published", "where": {"channel": "website", "languages": "sq"}},
        "deadline": {"before": "planned_at", "n": 7, "roll": "none"},
    },
    {"trigger": {"event": "request.received"}, "must": {"urgency": "none", "wanted_by": {"present": True}}},
    {
        "calendar": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10", "roll": "none", "about": "previous-month"},
        "requires": {"event": "document.submitted"},
    },
]
ROWS: list[Json] = [
    {"id": "m", "type": "meeting.rescheduled", "time": "2026-02-09", "case": "c",
    "planned_at": "2026-03-02T10:00"},
    {
        "id": "s", "type": "meeting.scheduled", "time": "2026-02-02T08:00", "case": "c",
        "planned_at": "2026-02-20", "related": ["z", "d", "c"],
    },
    {
        "id": "n", "type": "notice.published", "time": "2026-02-05", "case": "c",
        "channel": ["website", "board"],
        "recorded_at": "2026-02-05",
    },
    {
        "id": "n", "type": "notice.published", "time": "2026-02-06", "case": "c", "channel": ["website"],
        "recorded_at": "2026-02-07",
    },
    {"id": "r", "type": "request.received", "time": "2026-02-03", "case": "d", "wanted_by": "soon"},
    {"id": "d", "type": "document.submitted", "time": "2026-02-04", "case": "a",
    "period": "2026-01-01/2026-01-31"},
    {"id": "u", "type": "chair.elected", "time": "2026-02-04"},
    {"id": "f", "type": "chair.elected", "time": "2026-04-04", "case": "c"},
    {"id": "x", "type": "chair.elected", "time": "2026-02-04", "case": "e", "retracted": True},
    {"id": "s2", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c", "municipality": "south",
    "related": ["y"]},
    {"type": "chair.elected", "time": "2026-02-31", "case": "c"},
    {"type": "chair.elected", "time": "2026-02-31"},
    {"id": "k", "type": "oath.taken", "time": "2026-02-03", "case": "a", "recorded_at": "2026-02-05"},
    {"id": "k", "type": "oath.taken", "time": "2026-02-04", "case": "a", "recorded_at": "2026-02-05"},
    {"type": "chair.elected", "time": "2026-02-31", "case": "a", "municipality": "nowhere",
    "file": "other.jsonl"},
]  # fmt: skip


@cache
def prepared() -> Prepared:
    return judgement(Case(DUTIES, ROWS, "2026-03-20")).prepared


def test_settled_events_case_by_case_in_order_of_time_7_1_7_2() -> None:
    assert settled_events(prepared()) == [
        Settled("north", "a", "log.jsonl:6", "d"),
        Settled("north", "c", "log.jsonl:2", "s"),
        Settled("north", "c", "log.jsonl:4", "n"),
        Settled("north", "c", "log.jsonl:1", "m"),
        Settled("north", "d", "log.jsonl:5", "r"),
        Settled("south", "c", "log.jsonl:10", "s2"),
    ]


def test_doubtful_records_by_the_case_that_they_may_belong_to_7_5() -> None:
    strange = Settling("unreadable_record", None, "other.jsonl:15")
    assert doubtful_records(prepared()) == {
        ("north", "c"): (Settling("unreadable_record", None, "log.jsonl:11"),),
        ("north", None): (Settling("unreadable_record", None, "log.jsonl:12"),),
        ("north", "a"): (
            Settling("conflicting_records", "k", "log.jsonl:13"),
            Settling("conflicting_records", "k", "log.jsonl:14"),
            # Of no known municipality, and the only record of its file.
            strange,
        ),
        ("south", "a"): (strange,),
    }


def test_cases_are_those_with_events_and_those_that_are_named() -> None:
    assert cases_of(prepared()) == [
        *(("north", name) for name in ("a", "c", "d", "e", "z")),
        *(("south", name) for name in ("c", "y")),
    ]


@pytest.mark.parametrize(
    ("municipality", "case", "others"),
    [
        pytest.param("north", "c", ["d", "z"], id="named, and itself not"),
        pytest.param("north", "d", ["c"], id="naming"),
        pytest.param("north", "z", ["c"], id="naming one without events"),
        pytest.param("north", "a", [], id="none"),
        pytest.param("south", "c", ["y"], id="another municipality"),
        pytest.param("south", "d", [], id="not across municipalities"),
    ],
)
def test_linked_cases_4_3(municipality: str, case: str, others: list[str]) -> None:
    assert linked(prepared(), municipality, case) == others


@pytest.mark.parametrize(
    ("case", "asked", "expected"),
    [
        pytest.param(
            "c", ("planned_at", "channel", "body"),
            [
                ("s", "2026-02-02", {"planned_at": "2026-02-20"}),
                ("n", "2026-02-06", {"channel": ["website"]}),
                ("m", "2026-02-09", {"planned_at": "2026-03-02T10:00:00+01:00"}),
            ],
            id="a day, a list, a moment",
        ),
        pytest.param("d", ("urgency", "wanted_by"), [("r", "2026-02-03", {"urgency": "none"})],
        id="7.3 what absence means"),
        pytest.param("a", ("period",), [("d", "2026-02-04", {"period": "2026-01-01/2026-01-31"})],
        id="a period"),
        pytest.param("a", (), [("d", "2026-02-04", {})], id="nothing asked"),
        pytest.param("nowhere", ("period",), [], id="no such case"),
    ],
)  # fmt: skip
def test_values_of_a_case(case: str, asked: tuple[str, ...], expected: list[tuple[Any, ...]]) -> None:
    found = events_of(prepared(), "north", case, asked)
    assert [(e.evidence.event, str(e.day), e.values) for e in found] == expected
