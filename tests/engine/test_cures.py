"""Whether a violation can still be cured, and how (4.7, 4.8, 4.11, 4.12, 4.20, 3.8)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from reference.small_cases import Case, together
from transparency_check.model import Finding

Json = dict[str, Any]

PETITION: Json = {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"}
ACT: Json = {"id": "t", "type": "act.published", "time": "2026-02-02", "case": "c", "languages": ["sq"]}
OPENED: Json = {
    "id": "o", "type": "consultation.opened", "time": "2026-02-02", "case": "c", "closes_at": "2026-02-10",
}  # fmt: skip
SESSION: Json = {
    "id": "s", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c",
    "planned_at": "2026-02-20T10:00",
}  # fmt: skip
BEGUN: Json = {"id": "b", "type": "chair.elected", "time": "2026-02-01"}
COVERED: Json = {
    "id": "k", "type": "coverage.declared", "time": "2026-02-01", "period": "2000-01-01/2026-12-31",
}  # fmt: skip


def answered(day: str) -> Json:
    return {"id": "a", "type": "petition.answered", "time": day, "case": "c"}


def noticed(time: str) -> Json:
    return {"id": "n", "type": "notice.published", "time": time, "case": "c"}


ANSWER: Json = {
    "trigger": {"event": "petition.received"},
    "requires": {"event": "petition.answered"},
    "deadline": {"after": "time", "n": 5},
}
NOTICE: Json = {
    "trigger": {"event": "meeting.scheduled"},
    "requires": {"event": "notice.published"},
    "deadline": {"before": "planned_at", "n": 7, "roll": "none"},
}
HOURS: Json = {**NOTICE, "deadline": {"before": "planned_at", "n": 48, "unit": "hour"}}
SPRING: Json = {**SESSION, "planned_at": "2026-03-29T23:00"}
ORDER: Json = {**NOTICE, "deadline": {"before": "planned_at", "n": 0}}
LANGUAGES: Json = {
    "trigger": {"event": "act.published"},
    "must": {"languages": {"includes_all": ["sq", "sr"]}},
}
MONTHLY: Json = {
    "calendar": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10", "roll": "none"},
    "requires": {"event": "document.submitted"},
}
# The last of three dates is 10 March.
THRICE: Json = {
    "calendar": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10;COUNT=3", "roll": "none"},
    "requires": {"event": "document.submitted"},
    "versions": [{"instrument": "act-2010", "from": "2026-01-01", "confidence": "verified"}],
}
SIT: Json = {"count": {"event": "meeting.held", "per": "month", "at_least": 1}}
OPEN: Json = {
    "trigger": {"event": "consultation.opened"},
    "open_for": {"n": 15, "unit": "calendar-day", "closed_by": "consultation.closed", "planned": "closes_at"},
}
OFFICER: Json = {
    "standing": True,
    "requires": {"event": "officer.appointed"},
    "versions": [{"instrument": "act-2010", "from": "2025-01-01", "confidence": "verified"}],
}
DO: Json = {"kind": "do"}

# Duty, rows, as-of; the case or period that is looked at, its outcome, whether it can be cured, and how.
CASES: dict[str, tuple[Json, list[Json], str, str, str, bool | None, Json | None]] = {
    "4.7 what is missing can be done": (ANSWER, [PETITION], "2026-03-20", "c", "violated", True, DO),
    "4.7 what came late is past curing": (
        ANSWER, [PETITION, answered("2026-02-16")], "2026-03-20", "c", "late", False, None,
    ),
    "4.7 what was done needs no cure": (
        ANSWER, [PETITION, answered("2026-02-04")], "2026-03-20", "c", "fulfilled", None, None,
    ),
    "4.7 what is open needs none yet": (ANSWER, [PETITION], "2026-02-09", "c", "pending", None, None),
    "4.6 of what is not known nothing is said": (
        ANSWER, [PETITION, {"id": "a", "type": "petition.answered", "time": "2026-02-04"}], "2026-03-20", "c",
        "undetermined", None, None,
    ),
    "4.8 a date that is ahead can be moved": (
        NOTICE, [SESSION], "2026-02-16", "c", "violated", True,
        {"kind": "move", "earliest": "2026-02-23", "by": "2026-02-19"},
    ),
    "4.8 until the day before": (
        NOTICE, [SESSION], "2026-02-19", "c", "violated", True,
        {"kind": "move", "earliest": "2026-02-26", "by": "2026-02-19"},
    ),
    "4.8 on the day itself no longer": (NOTICE, [SESSION], "2026-02-20", "c", "violated", False, None),
    "4.8 the strictest reading says how far": (
        {
            **NOTICE,
            "readings": [
                {"name": "seven", "source": "the act"},
                {"name": "nine", "source": "an opinion", "deadline": {"n": 9}},
                {"name": "eight", "source": "practice", "deadline": {"n": 8}},
            ],
        },
        [SESSION], "2026-02-16", "c", "violated", True,
        {"kind": "move", "earliest": "2026-02-25", "by": "2026-02-19"},
    ),
    "4.8 a late notice as well": (
        NOTICE, [SESSION, noticed("2026-02-15")], "2026-02-16", "c", "late", True,
        {"kind": "move", "earliest": "2026-02-23", "by": "2026-02-19"},
    ),
    "4.8 a late notice on the day itself no longer": (
        NOTICE, [SESSION, noticed("2026-02-15")], "2026-02-20", "c", "late", False, None,
    ),
    "4.10 an order that was not kept": (ORDER, [SESSION], "2026-02-21", "c", "violated", False, None),
    "4.9 what an event shows is not changed by another": (
        LANGUAGES, [ACT], "2026-03-20", "c", "violated", False, None,
    ),
    "4.9 a publication that is judged with others can be added": (
        {**LANGUAGES, "judged": "union"}, [ACT], "2026-03-20", "c", "violated", True, DO,
    ),
    "4.11 a period that is over": (SIT, [BEGUN], "2026-03-01", "2026-02", "violated", False, None),
    "4.12 until the next date": (
        MONTHLY, [BEGUN], "2026-02-11", "2026-02-10", "violated", True, {**DO, "by": "2026-03-10"},
    ),
    "4.12 on the next date still": (
        MONTHLY, [BEGUN], "2026-03-10", "2026-02-10", "violated", True, {**DO, "by": "2026-03-10"},
    ),
    "4.12 after it no longer": (MONTHLY, [BEGUN], "2026-03-11", "2026-02-10", "violated", False, None),
    "4.12 the last date of all without end": (
        THRICE, [BEGUN], "2027-06-01", "2026-03-10", "violated", True, DO,
    ),
    "4.12 what came late is past curing": (
        MONTHLY, [BEGUN, {"id": "d", "type": "document.submitted", "time": "2026-02-12"}], "2026-02-20",
        "2026-02-10", "late", False, None,
    ),
    "4.20 what has to stand can be put up": (
        OFFICER, [COVERED], "2026-03-20", "2025-01-01", "violated", True, DO,
    ),
    "4.8 of hours, a day all of which is later than so many after the end of as-of": (
        HOURS, [SESSION], "2026-02-19", "c", "violated", True,
        {"kind": "move", "earliest": "2026-02-22", "by": "2026-02-19"},
    ),
    "4.8 as-of with an hour: the day in which they end is too early before it": (
        HOURS, [SESSION], "2026-02-19T08:00", "c", "violated", True,
        {"kind": "move", "earliest": "2026-02-22", "by": "2026-02-19"},
    ),
    "4.8 hours that end at midnight leave the whole day": (
        HOURS, [SESSION], "2026-02-19T00:00", "c", "violated", True,
        {"kind": "move", "earliest": "2026-02-21", "by": "2026-02-19"},
    ),
    "4.8 hours go on while clocks are put forward": (
        HOURS, [SPRING], "2026-03-28T00:00", "c", "violated", True,
        {"kind": "move", "earliest": "2026-03-31", "by": "2026-03-28"},
    ),
    "4.8 of hours, nothing helps on the day itself": (
        HOURS, [SESSION], "2026-02-20", "c", "violated", False, None,
    ),
    "3.8 a planned closing can be put off": (
        OPEN, [OPENED], "2026-02-05", "c", "pending", True, {"kind": "extend", "to": "2026-02-17"},
    ),
    "3.8 a closing that is long enough need not": (
        OPEN, [{**OPENED, "closes_at": "2026-02-17"}], "2026-02-05", "c", "pending", None, None,
    ),
    "3.8 what was closed is past curing": (OPEN, [OPENED], "2026-02-11", "c", "violated", False, None),
}  # fmt: skip


@cache
def _found() -> dict[str, list[Finding]]:
    return together({name: Case([duty], rows, as_of) for name, (duty, rows, as_of, *_) in CASES.items()})


@pytest.mark.parametrize("name", CASES)
def test_cure(name: str) -> None:
    *_, subject, outcome, curable, cure = CASES[name]
    (found,) = [f for f in _found()[name] if subject in (f.case, f.period) and f.rule.startswith("XX")]
    assert (found.outcome, found.curable, found.cure) == (outcome, curable, cure)
