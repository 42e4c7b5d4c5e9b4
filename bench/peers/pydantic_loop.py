"""Peer: a loop in Python over events that pydantic has checked.

python pydantic_loop.py LOG CALENDAR OUTPUT
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from typing import Annotated, Any

from case_facts import ordinal, tell
from pydantic import BaseModel, StringConstraints
from working_days import rolled, seven_before, worked

LOG, CALENDAR, OUTPUT = sys.argv[1:4]
Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$")]


class Event(BaseModel):
    type: str
    time: Moment
    municipality: str
    case: str
    body: str | None = None
    session_kind: str | None = None
    planned_at: Moment | None = None
    notice_kind: str | None = None
    channel: list[str] | None = None
    urgency_ground: str | None = None
    holder: str | None = None
    act_kind: str | None = None
    consultation_kind: str | None = None
    closes_at: Moment | None = None


def cells(row: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in row.items() if value not in ("", None)}
    if "channel" in found:
        found["channel"] = found["channel"].split("; ")
    return found


def events() -> Iterator[Event]:
    if LOG.endswith(".jsonl"):
        with open(LOG, "rb") as lines:  # noqa: PTH123
            for line in lines:
                yield Event.model_validate_json(line)
    elif LOG.endswith(".csv"):
        with open(LOG, encoding="utf-8", newline="") as rows:  # noqa: PTH123
            for row in csv.DictReader(rows):
                yield Event.model_validate(cells(row))
    elif LOG.endswith(".xlsx"):
        import python_calamine

        table = python_calamine.CalamineWorkbook.from_path(LOG).get_sheet_by_index(0).iter_rows()
        header = next(table)
        for row in table:
            yield Event.model_validate(cells(dict(zip(header, row, strict=True))))
    else:
        import pyarrow.parquet

        for batch in pyarrow.parquet.ParquetFile(LOG).iter_batches(columns=list(Event.model_fields)):
            for row in batch.to_pylist():
                yield Event.model_validate(row)


cases: dict[str, list[Event]] = {}
for event in events():
    cases.setdefault(event.case, []).append(event)
days = worked(CALENDAR)
BEFORE, ROLLED = seven_before(days), rolled(days)


def session(found: list[Event]) -> str | None:
    announced = [e for e in found if e.type in ("meeting.scheduled", "meeting.rescheduled") and e.planned_at]
    if not any(e.body == "assembly" and e.session_kind == "ordinary" for e in announced):
        return None
    if any(e.type == "meeting.cancelled" for e in found):
        return None
    last = max(announced, key=lambda e: e.time)
    since, planned = ordinal(last.time), ordinal(last.planned_at or "")
    notices = [
        day
        for e in found
        if e.type == "notice.published" and e.notice_kind == "meeting"
        and not {"website", "notice-board", "media"}.isdisjoint(e.channel or ())
        and since <= (day := ordinal(e.time)) <= planned
    ]  # fmt: skip
    return outcome(min(notices, default=None), BEFORE[planned])


def outcome(done: int | None, due: int) -> str:
    return "violated" if done is None else "fulfilled" if done <= due else "late"


def within_a_week(found: list[Event], start: int, kind: str) -> str:
    done = min((ordinal(e.time) for e in found if e.type == kind), default=None)
    return outcome(done, ROLLED[start + 7])


def request(found: list[Event]) -> str | None:
    registered = [ordinal(e.time) for e in found if e.type == "request.registered"]
    other = any(
        e.type in ("request.extended", "request.withdrawn")
        or (
            e.type == "request.received"
            and (e.urgency_ground == "life-or-liberty" or e.holder in ("known-other", "unknown-other"))
        )
        for e in found
    )
    return within_a_week(found, registered[0], "request.answered") if registered and not other else None


def act(found: list[Event]) -> str | None:
    kinds = ("statute", "regulation", "rules-of-procedure", "collective-decision")
    for e in found:
        if e.type == "act.adopted" and e.body == "assembly" and e.act_kind in kinds:
            return within_a_week(found, ordinal(e.time), "act.published")
    return None


def consultation(found: list[Event]) -> str | None:
    opened = [
        e for e in found if e.type == "consultation.opened" and e.consultation_kind in ("written", "mixed")
    ]
    if not opened:
        return None
    closed = min((ordinal(e.time) for e in found if e.type == "consultation.closed"), default=None)
    if closed is None:
        planned = [e for e in found if e.closes_at]
        closed = ordinal(max(planned, key=lambda e: e.time).closes_at or "")
    return "fulfilled" if closed >= ordinal(opened[0].time) + 30 else "violated"


RULES = {"XK-MTG-001": session, "XK-FOI-001": request, "XK-ACT-001": act, "XK-CON-007": consultation}
tell(
    [
        (duty, found, case)
        for case, happened in cases.items()
        for duty, rule in RULES.items()
        if (found := rule(happened)) is not None
    ],
    OUTPUT,
)
