"""Peer: the rules as expressions of the library rule-engine over facts about each case.

    python rule_engine_expressions.py LOG CALENDAR OUTPUT

The library judges one record at a time and knows no joins, so the facts of a case are gathered in Python.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from typing import Any

import rule_engine
from case_facts import ordinal, tell
from working_days import rolled, seven_before, worked

LOG, CALENDAR, OUTPUT = sys.argv[1:4]
NEVER = 10**7
days = worked(CALENDAR)
BEFORE, ROLLED = seven_before(days), rolled(days)


def records() -> Iterator[dict[str, Any]]:
    if LOG.endswith(".jsonl"):
        with open(LOG, "rb") as lines:  # noqa: PTH123
            for line in lines:
                yield json.loads(line)
    else:
        with open(LOG, encoding="utf-8", newline="") as rows:  # noqa: PTH123
            for row in csv.DictReader(rows):
                yield {**row, "channel": row["channel"].split("; ")}


def facts() -> dict[str, dict[str, Any]]:
    cases: dict[str, list[dict[str, Any]]] = {}
    for record in records():
        cases.setdefault(record["case"], []).append(record)
    return {case: about(found) for case, found in cases.items()}


def about(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Facts of one case: what kinds of things happened, attributes of the first, and days as numbers."""
    kinds = {record["type"] for record in found}
    first = found[0]
    fact: dict[str, Any] = {
        "kinds": list(kinds), "body": "", "session_kind": "", "act_kind": "", "consultation_kind": "",
        "urgency_ground": "", "holder": "", "since": 0, "due": NEVER, "done": NEVER, "opened": 0, "closed": 0,
    }  # fmt: skip
    for name in ("body", "session_kind", "act_kind", "consultation_kind", "urgency_ground", "holder"):
        if first.get(name):
            fact[name] = first[name]
    if "meeting.scheduled" in kinds:
        announced = [r for r in found if r["type"] in ("meeting.scheduled", "meeting.rescheduled")]
        last = max(announced, key=lambda r: r["time"])
        since, planned = ordinal(last["time"]), ordinal(last["planned_at"])
        fact["due"] = BEFORE[planned]
        fact["done"] = min(
            (day for r in found if NOTICE.matches(r) and since <= (day := ordinal(r["time"])) <= planned),
            default=NEVER,
        )
    elif "request.registered" in kinds or "act.adopted" in kinds:
        start = next(ordinal(r["time"]) for r in found if r["type"] in ("request.registered", "act.adopted"))
        fact["due"] = ROLLED[start + 7]
        answers = (ordinal(r["time"]) for r in found if r["type"] in ("request.answered", "act.published"))
        fact["done"] = min(answers, default=NEVER)
    elif "consultation.opened" in kinds:
        fact["opened"] = ordinal(first["time"])
        closings = [ordinal(r["time"]) for r in found if r["type"] == "consultation.closed"]
        planned_ends = [r for r in found if r.get("closes_at")]
        fact["closed"] = min(closings) if closings else ordinal(planned_ends[-1]["closes_at"])
    return fact


NOTICE = rule_engine.Rule(
    "type == 'notice.published' and notice_kind == 'meeting' and "
    "('website' in channel or 'notice-board' in channel or 'media' in channel)"
)
OWED = {
    "XK-MTG-001": "'meeting.scheduled' in kinds and body == 'assembly' and session_kind == 'ordinary' "
    "and not ('meeting.cancelled' in kinds)",
    "XK-FOI-001": "'request.registered' in kinds and urgency_ground != 'life-or-liberty' "
    "and not (holder in ['known-other', 'unknown-other']) "
    "and not ('request.extended' in kinds) and not ('request.withdrawn' in kinds)",
    "XK-ACT-001": "'act.adopted' in kinds and body == 'assembly' "
    "and act_kind in ['statute', 'regulation', 'rules-of-procedure', 'collective-decision']",
    "XK-CON-007": "'consultation.opened' in kinds and consultation_kind in ['written', 'mixed']",
}
KEPT = {**dict.fromkeys(OWED, "done <= due"), "XK-CON-007": "closed >= opened + 30"}
DONE = rule_engine.Rule(f"done < {NEVER}")
owed = {duty: rule_engine.Rule(text) for duty, text in OWED.items()}
kept = {duty: rule_engine.Rule(text) for duty, text in KEPT.items()}

verdicts = []
for case, fact in facts().items():
    for duty, rule in owed.items():
        if rule.matches(fact):
            outcome = (
                "fulfilled" if kept[duty].matches(fact) else "late" if DONE.matches(fact) else "violated"
            )
            verdicts.append((duty, outcome, case))
tell(verdicts, OUTPUT)
