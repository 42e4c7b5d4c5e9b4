"""Peer: the four rules as production rules of CLIPS, which matches facts incrementally (Rete).

    python clips_rules.py LOG CALENDAR OUTPUT

An event that a rule asks for is a fact; the joins, the exceptions and the verdicts are rules. Only the
calendar and the reading of the log are Python.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import clips
from case_facts import ordinal, records, tell
from working_days import rolled, seven_before, worked

LOG, CALENDAR, OUTPUT = sys.argv[1:4]
days = worked(CALENDAR)
BEFORE, ROLLED = seven_before(days), rolled(days)
NORMATIVE = ("statute", "regulation", "rules-of-procedure", "collective-decision")

TEMPLATES = (
    "(deftemplate announced (slot case) (slot day) (slot planned))",
    "(deftemplate ordinary (slot case))",
    "(deftemplate cancelled (slot case))",
    "(deftemplate registered (slot case) (slot day))",
    "(deftemplate other (slot case))",
    "(deftemplate adopted (slot case) (slot day))",
    "(deftemplate opened (slot case) (slot day))",
    "(deftemplate closed (slot case) (slot day))",
    "(deftemplate planned-end (slot case) (slot day) (slot closes))",
    "(deftemplate done (slot duty) (slot case) (slot day))",
    "(deftemplate owed (slot duty) (slot case) (slot since) (slot until) (slot due))",
)
RULES = (
    """(defrule session
         (announced (case ?c) (day ?since) (planned ?held))
         (not (announced (case ?c) (day ?later&:(> ?later ?since))))
         (ordinary (case ?c))
         (not (cancelled (case ?c)))
         => (assert (owed (duty "XK-MTG-001") (case ?c) (since ?since) (until ?held)
                          (due (seven-before ?held)))))""",
    """(defrule request
         (registered (case ?c) (day ?d))
         (not (other (case ?c)))
         => (assert (owed (duty "XK-FOI-001") (case ?c) (since 0) (until 9999999)
                          (due (rolled (+ ?d 7))))))""",
    """(defrule act
         (adopted (case ?c) (day ?d))
         => (assert (owed (duty "XK-ACT-001") (case ?c) (since 0) (until 9999999)
                          (due (rolled (+ ?d 7))))))""",
    """(defrule kept
         (owed (duty ?duty) (case ?c) (since ?s) (until ?u) (due ?due))
         (exists (done (duty ?duty) (case ?c) (day ?d&:(and (>= ?d ?s) (<= ?d ?u) (<= ?d ?due)))))
         => (verdict ?duty "fulfilled" ?c))""",
    """(defrule late
         (owed (duty ?duty) (case ?c) (since ?s) (until ?u) (due ?due))
         (not (done (duty ?duty) (case ?c) (day ?d&:(and (>= ?d ?s) (<= ?d ?u) (<= ?d ?due)))))
         (exists (done (duty ?duty) (case ?c) (day ?d&:(and (>= ?d ?s) (<= ?d ?u)))))
         => (verdict ?duty "late" ?c))""",
    """(defrule missed
         (owed (duty ?duty) (case ?c) (since ?s) (until ?u))
         (not (done (duty ?duty) (case ?c) (day ?d&:(and (>= ?d ?s) (<= ?d ?u)))))
         => (verdict ?duty "violated" ?c))""",
    """(defrule consultation-closed
         (opened (case ?c) (day ?d))
         (closed (case ?c) (day ?e))
         => (verdict "XK-CON-007" (if (>= ?e (+ ?d 30)) then "fulfilled" else "violated") ?c))""",
    """(defrule consultation-ended-as-planned
         (opened (case ?c) (day ?d))
         (not (closed (case ?c)))
         (planned-end (case ?c) (day ?said) (closes ?e))
         (not (planned-end (case ?c) (day ?later&:(> ?later ?said))))
         => (verdict "XK-CON-007" (if (>= ?e (+ ?d 30)) then "fulfilled" else "violated") ?c))""",
)


def facts(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Templates and slots of an event; none where no rule asks for it."""
    kind, case, day = record["type"], record["case"], ordinal(record["time"])
    if kind in ("meeting.scheduled", "meeting.rescheduled"):
        yield "announced", {"case": case, "day": day, "planned": ordinal(record["planned_at"])}
        if record.get("body") == "assembly" and record.get("session_kind") == "ordinary":
            yield "ordinary", {"case": case}
    elif kind == "meeting.cancelled":
        yield "cancelled", {"case": case}
    elif kind == "notice.published" and record["notice_kind"] == "meeting":
        if not {"website", "notice-board", "media"}.isdisjoint(record["channel"]):
            yield "done", {"duty": "XK-MTG-001", "case": case, "day": day}
    elif kind == "request.registered":
        yield "registered", {"case": case, "day": day}
    elif kind in ("request.extended", "request.withdrawn") or (
        kind == "request.received"
        and (
            record.get("urgency_ground") == "life-or-liberty"
            or record.get("holder") in ("known-other", "unknown-other")
        )
    ):
        yield "other", {"case": case}
    elif kind == "request.answered":
        yield "done", {"duty": "XK-FOI-001", "case": case, "day": day}
    elif kind == "act.adopted" and record.get("body") == "assembly" and record["act_kind"] in NORMATIVE:
        yield "adopted", {"case": case, "day": day}
    elif kind == "act.published":
        yield "done", {"duty": "XK-ACT-001", "case": case, "day": day}
    elif kind == "consultation.closed":
        yield "closed", {"case": case, "day": day}
    elif kind in ("consultation.opened", "consultation.extended"):
        yield "planned-end", {"case": case, "day": day, "closes": ordinal(record["closes_at"])}
        if record.get("consultation_kind") in ("written", "mixed"):
            yield "opened", {"case": case, "day": day}


verdicts: list[tuple[str, str, str]] = []
engine = clips.Environment()
engine.define_function(lambda day: BEFORE[day], name="seven-before")
engine.define_function(lambda day: ROLLED[day], name="rolled")
engine.define_function(lambda duty, outcome, case: verdicts.append((duty, outcome, case)), name="verdict")
for construct in (*TEMPLATES, *RULES):
    engine.build(construct)
templates = {template.name: template for template in engine.templates()}
for event in records(LOG):
    for name, slots in facts(event):
        templates[name].assert_fact(**slots)
engine.run()
tell(verdicts, OUTPUT)
