"""A municipality that is judged at moments of its own, beside another in one log (2.4, 2.5, 4.11)."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reference.small_cases import Case, Json, question
from transparency_check.engine import Moments, evaluate
from transparency_check.times import read_time

DUTIES: list[Json] = [
    {
        "trigger": {"event": "petition.received"},
        "requires": {"event": "petition.answered"},
        "deadline": {"after": "time", "n": 5},
    },
    {"count": {"event": "petition.answered", "per": "month", "at_least": 1}},
]
GENERAL = [("c", "fulfilled"), ("2026-02", "fulfilled"), ("2026-03", "pending")]
CASES: list[Any] = [
    pytest.param({}, GENERAL, id="none of its own"),
    pytest.param(
        {"as_of": "2026-02-05", "until": "2026-02-05"}, [("c", "pending"), ("2026-02", "pending")], id="as-of"
    ),
    pytest.param(
        {"known_at": "2026-02-08"}, [("c", "violated"), ("2026-02", "violated"), ("2026-03", "pending")],
        id="known-at"
    ),
    pytest.param({"until": "2026-04-02"}, [*GENERAL, ("2026-04", "pending")], id="the horizon"),
    pytest.param({"until": "2026-02-02"}, GENERAL, id="a horizon before as-of is none"),
]  # fmt: skip


def _rows(municipality: str) -> list[Json]:
    of = {"municipality": municipality, "case": "c"}
    return [
        {"id": f"p {municipality}", "type": "petition.received", "time": "2026-02-02", **of},
        {
            "id": f"a {municipality}", "type": "petition.answered", "time": "2026-02-06",
            "recorded_at": "2026-02-09", **of,
        },
    ]  # fmt: skip


@pytest.mark.parametrize(("own", "expected"), CASES)
def test_each_at_its_own_moments(own: dict[str, str], expected: list[tuple[str, str]]) -> None:
    asked = question(Case(DUTIES, [*_rows("north"), *_rows("south")], "2026-03-20"))
    zone = ZoneInfo(asked.rulebook.zone)
    names = ("as_of", "known_at", "until")
    moments = Moments(*(read_time(own.get(name, "2026-03-20"), zone) for name in names))
    lines = [json.dumps(record).encode() for record in asked.records]
    judged = evaluate(lines, asked.rulebook, read_time("2026-03-20", zone), own_moments={"south": moments})
    told: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
    for f in judged.findings():
        told[f.municipality].append((f.case or f.period, f.outcome))
    assert told == {"north": GENERAL, "south": expected}
