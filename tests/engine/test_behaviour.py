"""What must hold of every log: order and splitting mean nothing, bad data makes nothing good, ids last."""

from __future__ import annotations

import json
import random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.logs import TRIAL, findings, rulebook
from reference.random_logs import random_log, random_times, some_duties
from transparency_check.engine import evaluate
from transparency_check.model import Finding
from transparency_check.times import read_time

SEEDS = range(12)
Record = dict[str, Any]


def judge(records: list[Record], book: Any, as_of: str) -> list[Finding]:
    return evaluate(
        [json.dumps(r).encode() for r in records], book, read_time(as_of, ZoneInfo(book.zone))
    ).findings()


def a_log(seed: int) -> tuple[list[Record], Any, str]:
    rng = random.Random(seed)
    book = some_duties(rng, rulebook(TRIAL if seed % 2 else "kosovo"), 6)
    records = random_log(rng, book, 80)
    return records, book, random_times(rng, book, records)[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_means_nothing_5_3(seed: int) -> None:
    records, book, as_of = a_log(seed)
    shuffled = list(records)
    random.Random(seed).shuffle(shuffled)
    assert judge(shuffled, book, as_of) == judge(records, book, as_of)


@pytest.mark.parametrize("seed", SEEDS)
def test_ids_of_findings_are_unique_5_1(seed: int) -> None:
    records, book, as_of = a_log(seed)
    ids = [f.id for f in judge(records, book, as_of)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_unreadable_row_makes_nothing_fulfilled_4_21(seed: int) -> None:
    records, book, as_of = a_log(seed)
    rng = random.Random(seed)
    before = {f.id: f.outcome for f in judge(records, book, as_of)}
    readable = [
        i
        for i, r in enumerate(records)
        if r["readable"] and r["type"] not in ("coverage.declared", "consultation.closed")
    ]
    # A row loses its time: what it was is still known, when it was is not.
    for i in rng.sample(readable, min(4, len(readable))):
        worse = list(records)
        kept = {
            k: v
            for k, v in records[i].items()
            if k in ("place", "file", "type", "municipality", "case", "related")
        }
        worse[i] = {**kept, "readable": False}
        now = {f.id: f.outcome for f in judge(worse, book, as_of)}
        # An obligation of its own may come up where the row was the trigger; none that was there turns good.
        turned = {i: before[i] for i, outcome in now.items() if outcome == "fulfilled" and i in before}
        assert set(turned.values()) <= {"fulfilled"}, (records[i], turned)


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
    assert found.cure == {"kind": "move", "earliest": "2026-12-04"}
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
