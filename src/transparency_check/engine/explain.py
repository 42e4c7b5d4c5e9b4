"""The proof of one finding: every reading counted day by day, every record considered, what the log covers (semantics 3.11)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from transparency_check.calendars import Derivation, Period, derive
from transparency_check.engine.due_dates import parse_stops
from transparency_check.engine.evaluate import Engine
from transparency_check.engine.findings import outcome_of
from transparency_check.engine.forms import Hours
from transparency_check.engine.law import END
from transparency_check.engine.prepared import Prepared
from transparency_check.explanation import Candidate, Covered, Explanation, ReadingProof
from transparency_check.messages import text
from transparency_check.messages.figures import day as written
from transparency_check.model import Evidence, Finding


def explain(engine: Engine, finding: Finding) -> Explanation:
    """What was considered, for a finding of this engine, or of a late recording; judged again, where it was not kept."""
    if not engine.keeps:
        engine.judge(keep=True)
    row = _row(engine, finding)
    return Explanation(
        finding=finding,
        readings=_readings(engine, finding, row) if row else _late_recording(engine, finding),
        candidates=_candidates(engine, finding, row) if row else (),
        coverage=_coverage(engine.prepared, finding.municipality),
    )


def _row(engine: Engine, finding: Finding) -> dict[str, Any] | None:
    """The obligation behind a finding; None for what the engine judges without one (TC-REC-001)."""
    cursor = engine.con.execute(
        """SELECT d.readings, v.evidence FROM done d JOIN ob o ON o.o = d.o LEFT JOIN case_name k ON k.cas = o.cas LEFT JOIN event e ON e.n = o.n
        LEFT JOIN verdict v ON v.o = d.o AND v.bound = 0
        WHERE d.rule = $rule AND o.municipality = $municipality AND k.name IS NOT DISTINCT FROM $case
          AND o.period_key IS NOT DISTINCT FROM $period AND e.id IS NOT DISTINCT FROM $trigger ORDER BY d.o""",
        {
            "rule": finding.rule,
            "municipality": finding.municipality,
            "case": finding.case,
            "period": finding.period,
            "trigger": finding.trigger.event if finding.trigger else None,
        },
    )
    names = [column[0] for column in cursor.description or []]
    values = cursor.fetchone()
    return dict(zip(names, values, strict=True)) if values else None


def _readings(engine: Engine, finding: Finding, row: dict[str, Any]) -> tuple[ReadingProof, ...]:
    duty = engine.plan.duties[finding.rule]
    shown = {r.name: r for r in finding.readings}
    proofs = []
    for judged in row["readings"]:
        named = duty.readings[judged["reading"]] if duty.readings else None
        derivation, note = _counted(engine, judged["o"])
        due = shown[named.name].due if named else finding.due
        proofs.append(
            ReadingProof(
                name=named.name if named else "",
                source=named.source if named else "",
                due=due,
                outcome=outcome_of(judged["mask"]),
                derivation=derivation,
                note=note,
            )
        )
    return tuple(proofs)


def _late_recording(engine: Engine, finding: Finding) -> tuple[ReadingProof, ...]:
    """TC-REC-001 counts from the day of the event (§2.4)."""
    if finding.anchor is None:
        return ()
    period = Period(engine.prepared.rulebook.late_record_days, "working-day", "after")
    derivation = derive(dt.date.fromisoformat(finding.anchor[:10]), period, engine.calendar)
    return (ReadingProof("", "", finding.due, finding.outcome, derivation),)


def _counted(engine: Engine, o: int) -> tuple[Derivation | None, str | None]:
    found = engine.con.execute(
        """SELECT o.period, o.aday, o.stops, f.shape, o.first, o.last, coalesce(x.add, 0) FROM ob o JOIN form f USING (form)
        LEFT JOIN (SELECT d.o, any_value(l.add) AS add FROM due d JOIN lengthened l ON l.o = d.o AND l.bound = d.bound WHERE d.extension IS NOT NULL GROUP BY d.o) x ON x.o = o.o
        WHERE o.o = $o"""
        if _has(engine, "lengthened")
        else "SELECT o.period, o.aday, o.stops, f.shape, o.first, o.last, 0 FROM ob o JOIN form f USING (form) WHERE o.o = $o",
        {"o": o},
    ).fetchone()
    if found is None:
        return None, None
    period, anchor, stops, shape, first, last, add = found
    if shape == "count":
        return None, text("note.count", first=written(first), last=written(last))
    if shape in ("content", "standing"):
        return None, text(f"note.{shape}")
    if period is None or anchor is None:
        return None, None
    spec = engine.plan.periods[period]
    if isinstance(spec, Hours):
        return None, text(f"note.hours.{spec.direction}", n=spec.n + add)
    assert isinstance(spec, Period)
    return derive(anchor, spec, engine.calendar, 0, add, parse_stops(stops)), None


def _has(engine: Engine, table: str) -> bool:
    found = engine.con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = $name", {"name": table}
    ).fetchone()
    return bool(found and found[0])


def _candidates(engine: Engine, finding: Finding, row: dict[str, Any]) -> tuple[Candidate, ...]:
    used = set(row["evidence"] or [])
    judged = [reading["o"] for reading in row["readings"]]
    rows = engine.con.execute(
        """SELECT k.n, coalesce(e.id, b.id, ''), coalesce(e.place, b.place), coalesce(e.time, CAST(b.day AS VARCHAR), ''), coalesce(e.type, b.type, ''),
            k.certain, k.why, k.missing, k.pos, coalesce(e.day, b.day) >= x.aday
        FROM kept k JOIN ob x ON x.o = k.o LEFT JOIN recorded e ON e.n = k.n LEFT JOIN blur b ON b.b = k.b WHERE list_contains($os::BIGINT[], k.o)
        QUALIFY row_number() OVER (PARTITION BY k.n, k.b ORDER BY list_position($os::BIGINT[], k.o)) = 1
        ORDER BY coalesce(e.lo, b.lo), 2""",
        {"os": judged},
    ).fetchall()
    found = [
        Candidate(
            Evidence(id_, place, time, type_),
            *_judged(n in used, certain, why, pos, after_anchor),
            tuple(sorted(missing or ())),
        )
        for n, id_, place, time, type_, certain, why, missing, pos, after_anchor in rows
    ]
    seen = {n for n, *_ in rows if n is not None} | used
    failing = engine.con.execute(
        """SELECT DISTINCT e.n, e.id, e.place, e.time, e.type FROM ob o JOIN role r ON r.form = o.form AND r.role = 'fulfil' JOIN selector s USING (selector)
        JOIN recorded e ON e.type = s.event AND e.cas = o.cas WHERE list_contains($os::BIGINT[], o.o) AND e.n IS DISTINCT FROM o.n ORDER BY e.n""",
        {"os": judged},
    ).fetchall()
    found += [
        Candidate(Evidence(id_, place, time, type_), "rejected", "condition_false")
        for n, id_, place, time, type_ in failing
        if n not in seen
    ]
    return tuple(found)


def _judged(used: bool, certain: bool, why: list[str], pos: str, after_anchor: bool) -> tuple[Any, str]:
    """Verdict and reason code of a candidate."""
    if pos == "O":
        return "rejected", "after_anchor" if after_anchor else "before_trigger"
    if not certain:
        return "doubtful", why[0] if why else "missing_field"
    if len(pos) == 2:
        return "doubtful", "time_of_day"
    if used:
        return "used", "in_time" if pos == "I" else "late"
    return "rejected", "later" if pos == "I" else "late"


def _coverage(prepared: Prepared, municipality: str) -> tuple[Covered, ...]:
    assumed = prepared.con.execute(
        "SELECT first FROM assumed WHERE municipality = $m", {"m": municipality}
    ).fetchone()
    if assumed:
        return (Covered(assumed[0].isoformat(), None),)
    rows = prepared.con.execute(
        "SELECT family, first, last FROM island WHERE municipality = $m ORDER BY 2, 3, 1", {"m": municipality}
    ).fetchall()
    coverage = prepared.rulebook.vocabulary.coverage
    places = prepared.con.execute(
        "SELECT string_agg(place, ', ' ORDER BY n) FROM recorded WHERE municipality = $m AND type = $t",
        {"m": municipality, "t": coverage.event if coverage else ""},
    ).fetchone()
    place = (places[0] if places else None) or ""
    return tuple(
        Covered(
            first.isoformat(),
            None if last == END else last.isoformat(),
            () if family == "*" else (family,),
            place,
        )
        for family, first, last in rows
    )
