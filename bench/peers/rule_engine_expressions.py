"""Peer: the rules as expressions of the library rule-engine over facts about each case.

    python rule_engine_expressions.py LOG CALENDAR OUTPUT

The library judges one record at a time and knows no joins, so the facts of a case are gathered in Python.
"""

from __future__ import annotations

import sys
from typing import Any

import rule_engine
from case_facts import ordinal, records, tell
from working_days import rolled, seven_before, worked

LOG, CALENDAR, OUTPUT = sys.argv[1:4]
NEVER = 10**7
days = worked(CALENDAR)
BEFORE, ROLLED = seven_before(days), rolled(days)


def facts() -> dict[str, dict[str, Any]]:
    cases: dict[str, list[dict[str, Any]]] = {}
    for record in records(LOG):
        cases.setdefault(record["case"], []).append(record)
    return {case: about(found) for case, found in cases.items()}


def about(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Facts of one case: what it is, attributes of its first record, and days as numbers."""
    kinds = {record["type"] for record in found}
    first = found[0]
    fact: dict[str, Any] = {name: first.get(name) or "" for name in ATTRIBUTES}
    fact["cancelled"] = "meeting.cancelled" in kinds
    fact["extended"] = "request.extended" in kinds
    fact["withdrawn"] = "request.withdrawn" in kinds
    if "meeting.scheduled" in kinds:
        announced = [r for r in found if r["type"] in ("meeting.scheduled", "meeting.rescheduled")]
        last = max(announced, key=lambda r: r["time"])
        since, planned = ordinal(last["time"]), ordinal(last["planned_at"])
        notices = [r for r in found if r["type"] == "notice.published" and NOTICE.matches(r)]
        days_of_notice = (day for r in notices if since <= (day := ordinal(r["time"])) <= planned)
        fact |= {"duty": "XK-MTG-001", "due": BEFORE[planned], "done": min(days_of_notice, default=NEVER)}
    elif "request.registered" in kinds or "act.adopted" in kinds:
        start = next(r for r in found if r["type"] in ("request.registered", "act.adopted"))
        answers = (ordinal(r["time"]) for r in found if r["type"] in ("request.answered", "act.published"))
        duty = "XK-FOI-001" if start["type"] == "request.registered" else "XK-ACT-001"
        due = ROLLED[ordinal(start["time"]) + 7]
        fact |= {"duty": duty, "due": due, "done": min(answers, default=NEVER)}
    elif "consultation.opened" in kinds:
        closings = [ordinal(r["time"]) for r in found if r["type"] == "consultation.closed"]
        planned_ends = [r for r in found if r.get("closes_at")]
        closed = min(closings) if closings else ordinal(planned_ends[-1]["closes_at"])
        fact |= {"duty": "XK-CON-007", "opened": ordinal(first["time"]), "closed": closed, "done": NEVER}
    return fact


ATTRIBUTES = ("body", "session_kind", "act_kind", "consultation_kind", "urgency_ground", "holder")
NOTICE = rule_engine.Rule(
    "notice_kind == 'meeting' and ('website' in channel or 'notice-board' in channel or 'media' in channel)"
)
OWED = {
    "XK-MTG-001": "body == 'assembly' and session_kind == 'ordinary' and not cancelled",
    "XK-FOI-001": "urgency_ground != 'life-or-liberty' and holder != 'known-other' "
    "and holder != 'unknown-other' and not extended and not withdrawn",
    "XK-ACT-001": "body == 'assembly' and (act_kind == 'regulation' or act_kind == 'collective-decision' "
    "or act_kind == 'statute' or act_kind == 'rules-of-procedure')",
    "XK-CON-007": "consultation_kind == 'written' or consultation_kind == 'mixed'",
}
KEPT = {**dict.fromkeys(OWED, "done <= due"), "XK-CON-007": "closed >= opened + 30"}
LATE = rule_engine.Rule(f"done < {NEVER}")
owed = {duty: rule_engine.Rule(text) for duty, text in OWED.items()}
kept = {duty: rule_engine.Rule(text) for duty, text in KEPT.items()}

verdicts = []
for case, fact in facts().items():
    duty = fact.get("duty")
    if duty is not None and owed[duty].matches(fact):
        outcome = "fulfilled" if kept[duty].matches(fact) else "late" if LATE.matches(fact) else "violated"
        verdicts.append((duty, outcome, case))
tell(verdicts, OUTPUT)
