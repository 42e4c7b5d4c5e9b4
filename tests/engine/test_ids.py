"""The id of a finding (5.1): of rule, municipality, case or period, and of the trigger where several may
stand in one case.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import pytest

from reference.small_cases import Case, Json, findings
from transparency_check.model import Finding

ANSWER: Json = {
    "trigger": {"event": "petition.received"},
    "requires": {"event": "petition.answered"},
    "deadline": {"after": "time", "n": 5},
}
MOVED: Json = {
    "trigger": {"event": "meeting.scheduled", "take": "last", "moved_by": "meeting.rescheduled"},
    "requires": {"event": "notice.published"},
    "deadline": {"before": "planned_at", "n": 7, "roll": "none"},
}
AFTERWARDS: Json = {**ANSWER, "trigger": {"obligation": "XX-TST-001"},
"requires": {"event": "notice.published"}}
ROWS: list[Json] = [
    {"id": "q", "type": "petition.received", "time": "2026-02-03", "case": "c"},
    {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"},
    {"id": "r", "type": "petition.received", "time": "2026-02-01", "case": "c"},
    {"id": "d", "type": "petition.received", "time": "2026-02-05", "case": "d"},
    # On one day by the order of their ids.
    {"id": "z", "type": "petition.received", "time": "2026-02-04", "case": "e"},
    {"id": "y", "type": "petition.received", "time": "2026-02-04", "case": "e"},
    {"id": "u", "type": "petition.received", "time": "2026-02-06"},
    {"id": "s", "type": "meeting.scheduled", "time": "2026-02-02", "case": "m", "planned_at": "2026-02-20"},
    {"id": "t", "type": "meeting.rescheduled", "time": "2026-02-04", "case": "m", "planned_at": "2026-03-02"},
]


def _taking(which: str, **more: Any) -> Json:
    return {**ANSWER, "trigger": {"event": "petition.received", "take": which}, **more}


EACH = [("c", "p"), ("c", "q"), ("c", "r"), ("d", "d"), ("e", "z"), ("e", "y"), ("", "u")]
# Of each duty, in their order, what the ids of its findings are made of beside its own and the municipality.
DUTIES: dict[str, tuple[Json, list[tuple[str, ...]]]] = {
    "each trigger": (ANSWER, list(EACH)),
    "the first of each case": (_taking("first"), [("c",), ("d",), ("e",), ("", "u")]),
    "the last of each case, and those before it": (
        _taking("last"), [("c",), ("c", "p"), ("c", "r"), ("d",), ("e",), ("e", "y"), ("", "u")],
    ),
    "a plan, and the one that was given up": (MOVED, [("m",), ("m", "s")]),
    "the first of a municipality": (_taking("first", correlate={"by": "municipality"}), [("c", "r")]),
    "what the outcomes of another start": (AFTERWARDS,
    [(case, "XX-TST-001", trigger) for case, trigger in EACH]),
    "periods": ({"count": {"event": "meeting.held", "per": "month", "at_least": 1}},
    [("2026-02",), ("2026-03",)]),
    "what the outcomes of a period start": (
        {
            **AFTERWARDS, "trigger": {"obligation": "XX-TST-007"}, "correlate": {"by": "municipality"},
        },
        [("2026-02", "XX-TST-007")],
    ),
    "dates": (
        {
            "calendar": {"rrule": "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10", "roll": "none"},
            "requires": {"event": "act.adopted"},
        },
        [("2026-03-10",), ("2027-03-10",)],
    ),
    "what stands": ({"standing": True, "requires": {"event": "officer.appointed"}}, [("act-2010",)]),
}  # fmt: skip


@cache
def _found() -> list[Finding]:
    return findings(Case([duty for duty, _ in DUTIES.values()], ROWS, "2026-03-20"))


@pytest.mark.parametrize(("number", "name"), [*enumerate(DUTIES, start=1)], ids=DUTIES)
def test_what_an_id_is_made_of_5_1(number: int, name: str) -> None:
    rule = f"XX-TST-{number:03}"
    made = {
        hashlib.sha256("\x1f".join((rule, "north", *parts)).encode()).hexdigest()[:16]: parts
        for parts in DUTIES[name][1]
    }
    assert sorted(made.get(f.id, (f.id,)) for f in _found() if f.rule == rule) == sorted(made.values())
