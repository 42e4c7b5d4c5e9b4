"""TC-REC-001, which is of no pack: records that were entered late (semantics 2.4)."""

from __future__ import annotations

import datetime as dt

from transparency_check.calendars import Period, due, working_days_between
from transparency_check.database import any_row
from transparency_check.engine.findings import finding_id, possible
from transparency_check.engine.prepared import Prepared
from transparency_check.model import Evidence, Finding, Outcome

LATE_RECORDING = "TC-REC-001"


def late_recordings(prepared: Prepared) -> list[Finding]:
    """Events whose first entry came more than so many working days after them."""
    if not any_row(prepared.con, "FROM known WHERE rlo > hi"):
        return []
    rows = prepared.con.execute(
        """WITH first_entry AS (
            SELECT k.id, arg_min(k.day, {'a': k.rlo, 'b': k.rhi, 'c': k.place}) AS day, min(k.rlo) AS rlo FROM known k WHERE k.rlo > k.hi GROUP BY k.id
        ), earliest AS (SELECT k.id, min(k.rlo) AS rlo FROM known k SEMI JOIN first_entry f ON f.id = k.id GROUP BY k.id)
        SELECT e.municipality, k.name, f.day, f.rlo, e.id, e.place, e.time, e.type
        FROM first_entry f JOIN earliest x ON x.id = f.id AND x.rlo = f.rlo JOIN recorded e ON e.id = f.id LEFT JOIN case_name k ON k.cas = e.cas ORDER BY e.n"""
    ).fetchall()
    period = Period(prepared.rulebook.late_record_days, "working-day", "after")
    found = []
    for municipality, case, day, rlo, id_, place, time, type_ in rows:
        recorded = dt.datetime.fromtimestamp(rlo // 1_000_000, prepared.zone).date()
        dues = [due(day, period, prepared.calendar, bound) for bound in range(4)]
        known = [d.day for d in dues if d.day is not None]
        masks = {0 if d.day is None else 2 if recorded > d.day else 1 for d in dues}
        if masks == {1} or (
            0 in masks and recorded <= day + dt.timedelta(days=prepared.rulebook.late_record_days)
        ):
            continue
        reasons = ("no_calendar",) if 0 in masks else ("provisional_calendar",) if len(masks) > 1 else ()
        outcome: Outcome = "undetermined" if reasons else "late"
        # §7.11 no due date where a needed day lies outside the calendar.
        shown = None if 0 in masks else dues[0].day
        counted = (
            working_days_between(shown, recorded, prepared.calendar) if shown and outcome == "late" else None
        )
        spread = 0 not in masks and len(set(known)) > 1
        evidence = Evidence(id_, place, time, type_)
        found.append(
            Finding(
                id=finding_id(LATE_RECORDING, municipality, case, id_),
                rule=LATE_RECORDING,
                municipality=municipality,
                case=case,
                period=None,
                outcome=outcome,
                reasons=reasons,
                possible=("late",)
                if outcome == "late"
                else possible(31)
                if 0 in masks
                else ("fulfilled", "late"),
                settled_by=(),
                severity="advisory",
                confidence="verified",
                presumption=None,
                instrument="transparency-check",
                version_from=None,
                version_to=None,
                curable=False if outcome == "late" else None,
                cure=None,
                trigger=evidence,
                anchor=day.isoformat(),
                due=shown.isoformat() if shown else None,
                act_by=shown.isoformat() if shown else None,
                due_range=(min(known).isoformat(), max(known).isoformat()) if spread else None,
                provisional=spread,
                readings=(),
                fulfilment=(evidence,) if outcome == "late" else (),
                late_by=(counted, "working-day") if counted is not None else None,
                bearer="",
                provision=None,
                url=None,
                commitment=False,
                instead=None,
                progress=None,
            )
        )
    return found
