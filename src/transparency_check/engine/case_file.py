"""What a log holds of a case: its events with some of their values, and the cases that it is linked with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from transparency_check.database import column
from transparency_check.engine.prepared import Prepared
from transparency_check.model import Evidence
from transparency_check.times import instant_text


@dataclass(frozen=True)
class CaseEvent:
    """One event: as findings show it, its day, first instant, and the values that were asked for and are known
    (inherited ones and what absence means among them). Moments are texts.
    """

    evidence: Evidence
    day: dt.date
    lo: int
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Its event type."""
        return self.evidence.type


def cases_of(prepared: Prepared) -> list[tuple[str, str]]:
    """Municipality and name of every case that has an event, or that one names, sorted."""
    rows = prepared.con.execute("SELECT municipality, name FROM case_name ORDER BY ALL").fetchall()
    return [(municipality, name) for municipality, name in rows]


def events_of(prepared: Prepared, municipality: str, case: str, attributes: Iterable[str]) -> list[CaseEvent]:
    """The events of a case that are known and have happened, in the order of time."""
    known = {name for (name, *_) in prepared.con.execute("DESCRIBE event").fetchall()}
    asked = [a for a in dict.fromkeys(attributes) if column(a).strip('"') in known]
    values = "".join(f", e.{column(a)}" for a in asked)
    rows = prepared.con.execute(
        f"""SELECT r.id, r.place, r.time, r.type, r.day, r.lo{values} FROM recorded r JOIN event e USING (n)
        JOIN case_name k ON k.cas = r.cas WHERE k.municipality = $municipality AND k.name = $case ORDER BY r.n""",
        {"municipality": municipality, "case": case},
    ).fetchall()
    return [
        CaseEvent(
            Evidence(id_, place, time, type_),
            day,
            lo,
            {a: _value(v, prepared) for a, v in zip(asked, found, strict=True) if v is not None},
        )
        for id_, place, time, type_, day, lo, *found in rows
    ]


def linked(prepared: Prepared, municipality: str, case: str) -> list[str]:
    """The cases that a case is linked with: one of them names the other (semantics 4.3). Sorted."""
    rows = prepared.con.execute(
        """SELECT DISTINCT b.name FROM link l JOIN case_name a ON a.cas = l.a JOIN case_name b ON b.cas = l.b
        WHERE a.municipality = $municipality AND a.name = $case ORDER BY 1""",
        {"municipality": municipality, "case": case},
    ).fetchall()
    return [name for (name,) in rows]


def _value(value: Any, prepared: Prepared) -> Any:
    """A value as a cell of a log would state it."""
    if isinstance(value, dict) and "lo" in value:
        if value["lo"] == value["hi"]:
            return instant_text(value["lo"], prepared.zone)
        return value["day"].isoformat()
    if isinstance(value, dict):
        return f"{value['first']}/{value['last']}"
    return value
