"""What stands in a finding beside its verdict (5.2): the law it is judged by, progress, evidence, what is
provisional.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from reference.small_cases import Case, findings
from transparency_check.model import Finding

Json = dict[str, Any]

SIT: Json = {
    "count": {"event": "meeting.held", "where": {"body": "assembly"}, "per": "month", "at_least": 2}
}
VOTE: Json = {"count": {"event": "act.adopted", "per": "month", "at_least": 2}}


def held(name: str, day: str, **more: Any) -> Json:
    return {"id": name, "type": "meeting.held", "time": day, "body": "assembly", **more}


MEETINGS = [
    held("a", "2026-01-05"),
    held("b", "2026-01-31"),
    held("c", "2026-02-01"),
    held("d", "2026-02-10", body="mayor"),
    held("e", "2026-02-11", body=None),
    held("f", "2026-02-12", municipality="south"),
    {"id": "v", "type": "act.adopted", "time": "2026-02-13", "case": "v"},
    held("g", "2026-03-01"),
    held("h", "2026-03-02"),
    held("i", "2026-03-31"),
]


@cache
def _sittings() -> list[Finding]:
    return findings(Case([SIT, VOTE], MEETINGS, "2026-04-10"))


@pytest.mark.parametrize(
    ("municipality", "period", "outcome", "progress", "events"),
    [
        pytest.param("north", "2026-01", "fulfilled", (2, 2), ["a", "b"],
        id="first and last day of the month"),
        pytest.param("north", "2026-02", "undetermined", (1, 2), ["c"], id="what is unknown is not counted"),
        pytest.param("north", "2026-03", "fulfilled", (3, 2), ["g", "h", "i"], id="more than are needed"),
        pytest.param("north", "2026-04", "pending", (0, 2), [], id="none yet"),
        pytest.param("south", "2026-02", "violated", (1, 2), ["f"], id="another municipality"),
        pytest.param("south", "2026-03", "violated", (0, 2), [], id="not those of others"),
    ],
)
def test_progress_of_a_count_4_11(
    municipality: str, period: str, outcome: str, progress: tuple[int, int], events: list[str]
) -> None:
    wanted = ("XX-TST-001", municipality, period)
    (one,) = [f for f in _sittings() if (f.rule, f.municipality, f.period) == wanted]
    assert (one.outcome, one.progress) == (outcome, progress)
    assert [e.event for e in one.fulfilment] == events


@pytest.mark.parametrize(("rule", "progress"), [("XX-TST-001", (1, 1)), ("XX-TST-002", None)])
def test_what_meets_two_parts_is_shown_once_4_6_4_11(rule: str, progress: tuple[int, int] | None) -> None:
    parts = [
        {"event": "act.published", "where": {"channel": "website"}},
        {"event": "act.published", "where": {"languages": "sq"}},
    ]
    duties = [
        {"count": {"all_of": parts, "per": "month", "at_least": 1}},
        {
            "trigger": {"event": "act.adopted"},
            "requires": {"all_of": parts},
            "deadline": {"after": "time", "n": 5},
        },
    ]
    rows = [
        {"id": "a", "type": "act.adopted", "time": "2026-02-02", "case": "c"},
        {
            "id": "b", "type": "act.published", "time": "2026-02-03", "case": "c", "channel": ["website"],
            "languages": ["sq"],
        },
    ]  # fmt: skip
    (found,) = [f for f in findings(Case(duties, rows, "2026-02-20")) if f.rule == rule]
    assert (found.outcome, found.progress) == ("fulfilled", progress)
    assert [e.event for e in found.fulfilment] == ["b"]


@cache
def _met() -> list[Finding]:
    duties = [
        {"standing": True, "requires": {"event": "officer.appointed"}},
        {
            "calendar": {"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=10", "roll": "none"},
            "requires": {"event": "document.submitted"},
        },
        {
            "trigger": {"event": "act.adopted"},
            "requires": {"event": "act.published"},
            "deadline": {"after": "time", "n": 5},
        },
        {
            "trigger": {"event": "consultation.opened"},
            "open_for": {"n": 5, "unit": "calendar-day", "closed_by": "consultation.closed"},
        },
    ]
    rows = [
        {"id": "k", "type": "coverage.declared", "time": "2026-01-01", "period": "2026-01-01/2026-12-31"},
        {"id": "o", "type": "officer.appointed", "time": "2026-01-02"},
        {"id": "p", "type": "officer.appointed", "time": "2026-01-03"},
        {"id": "d", "type": "document.submitted", "time": "2026-02-09"},
        {"id": "a", "type": "act.adopted", "time": "2026-02-02", "case": "c"},
        {"id": "f", "type": "act.published", "time": "2026-02-18", "case": "c"},
        {"id": "e", "type": "act.published", "time": "2026-02-17", "case": "c"},
        {"id": "q", "type": "consultation.opened", "time": "2026-02-02", "case": "c"},
        {"id": "x", "type": "consultation.closed", "time": "2026-02-09", "case": "c"},
    ]
    return findings(Case(duties, rows, "2026-02-20"))


@pytest.mark.parametrize(
    ("rule", "outcome", "events"),
    [
        ("XX-TST-001", "fulfilled", ["o"]), ("XX-TST-002", "fulfilled", ["d"]), ("XX-TST-003", "late", ["e"]),
        ("XX-TST-004", "fulfilled", ["x"]),
    ],
)  # fmt: skip
def test_what_it_was_met_by(rule: str, outcome: str, events: list[str]) -> None:
    found = min((f for f in _met() if f.rule == rule), key=lambda f: f.period or "")
    assert (found.outcome, [e.event for e in found.fulfilment]) == (outcome, events)


VERSIONS = [
    {"instrument": "act-2010", "to": "2026-02-28", "confidence": "verified", "provision": "Article 1"},
    {
        "instrument": "act-2010", "from": "2026-03-01", "to": "2026-03-31", "confidence": "unverified",
        "n": 3,
    },
    {
        "instrument": "act-2010", "from": "2026-04-01", "confidence": "unverified", "n": 4,
        "presumption": {"text": "as before", "decided_by": "an office"},
    },
]  # fmt: skip


PROVISIONED: Json = {
    "trigger": {"event": "petition.received"},
    "requires": {"event": "petition.answered"},
    "deadline": {"after": "time", "n": 5},
    "legal_basis": {"provision": "Article 9", "url": "https://example.org/act"},
    "versions": VERSIONS,
}
LAW = {
    "2026-02-28": (None, "2026-02-28", "verified", None, "violation", "Article 1"),
    "2026-03-01": ("2026-03-01", "2026-03-31", "unverified", None, "advisory", "Article 9"),
    "2026-04-01": ("2026-04-01", None, "unverified", "as before", "violation", "Article 9"),
}


@cache
def _petitions() -> dict[str | None, Finding]:
    rows = [{"id": day, "type": "petition.received", "time": day, "case": day} for day in LAW]
    return {f.case: f for f in findings(Case([PROVISIONED], rows, "2026-06-20"))}


@pytest.mark.parametrize("day", LAW)
def test_the_version_that_is_judged_by_4_1_4_17(day: str) -> None:
    found = _petitions()[day]
    assert LAW[day] == (
        found.version_from, found.version_to, found.confidence, found.presumption, found.severity,
        found.provision,
    )  # fmt: skip
    assert (found.bearer, found.binds, found.commitment, found.url) == (
        "somebody", "municipality", False, "https://example.org/act",
    )  # fmt: skip


# The planned day, due, and the range of due dates: 27 May 2026 is an estimated day off, 12 June may be one.
PROVISIONAL: dict[str, tuple[str, str, tuple[str, str] | None]] = {
    "no doubtful day on the way": ("2026-05-20", "2026-05-18", None),
    "an estimated day off": ("2026-05-29", "2026-05-26", ("2026-05-26", "2026-05-27")),
    "a day that may be off": ("2026-06-16", "2026-06-12", ("2026-06-11", "2026-06-12")),
}


@cache
def _sessions() -> dict[str | None, Finding]:
    duty = {
        "trigger": {"event": "meeting.scheduled"},
        "requires": {"event": "notice.published"},
        "deadline": {"before": "planned_at", "n": 2, "unit": "working-day"},
    }
    rows = [
        {"id": name, "type": "meeting.scheduled", "time": "2026-05-04", "case": name, "planned_at": planned}
        for name, (planned, *_) in PROVISIONAL.items()
    ]
    return {f.case: f for f in findings(Case([duty], rows, "2026-05-05"))}


@pytest.mark.parametrize("name", PROVISIONAL)
def test_what_is_provisional_3_9(name: str) -> None:
    planned, due, due_range = PROVISIONAL[name]
    found = _sessions()[name]
    assert (found.due, found.due_range, found.provisional) == (due, due_range, due_range is not None)
    assert (found.anchor, found.outcome) == (planned, "pending")
