"""Whole cases as the engine has settled them, for those who judge cases themselves: read only, no law."""

from __future__ import annotations

from typing import NamedTuple

from transparency_check.engine.prepared import Prepared
from transparency_check.model import Settling


class Settled(NamedTuple):
    """One event that is known and has happened, by the place and id of the record that stands for it."""

    municipality: str
    case: str
    place: str
    id: str


def settled_events(prepared: Prepared) -> list[Settled]:
    """The events that belong to a case, case by case, each case in order of time (semantics 7.1, 7.2)."""
    rows = prepared.con.execute(
        "SELECT e.municipality, k.name, e.place, e.id FROM recorded e JOIN case_name k USING (cas) ORDER BY e.municipality, k.name, e.n"
    ).fetchall()
    return [Settled(*row) for row in rows]


def doubtful_records(prepared: Prepared) -> dict[tuple[str, str | None], tuple[Settling, ...]]:
    """The records that cannot be read, or contradict each other, and may belong to a case (semantics 7.5).

    By municipality and case; by case None where such a record may belong to any case of the municipality.
    """
    rows = prepared.con.execute(
        """SELECT DISTINCT m.municipality, b.cas, b.reason, b.id, b.place, b.b
        FROM blur b JOIN blur_municipality m USING (b) ORDER BY b.b"""
    ).fetchall()
    found: dict[tuple[str, str | None], tuple[Settling, ...]] = {}
    for municipality, case, reason, id_, place, _ in rows:
        found[municipality, case] = (*found.get((municipality, case), ()), Settling(reason, id_, place))
    return found
