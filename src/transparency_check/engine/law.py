"""The plan as tables of the database."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import duckdb

from transparency_check.database import share
from transparency_check.engine.forms import Plan, Role
from transparency_check.packs.model import Rulebook

# Open ends of ranges, so that comparisons need no NULL.
BEGINNING = dt.date(1, 1, 1)
END = dt.date(9999, 12, 31)
BITS = {"fulfilled": 1, "late": 2, "violated": 4, "pending": 8, "not_applicable": 16}


def sole(plan: Plan) -> list[bool]:
    """Of each role, whether it is the only one of its event type, so that no event can come to it twice."""

    def place(role: Role) -> tuple[int, str, int, str]:
        return role.form, role.role, role.member, plan.selectors[role.selector].event

    alike = Counter(map(place, plan.roles))
    return [alike[place(role)] == 1 for role in plan.roles]


def load_law(con: duckdb.DuckDBPyConnection, plan: Plan, rulebook: Rulebook) -> None:
    """Make the tables form, selector, role, member, source, term, version, replacement, bound_to."""
    members = Counter(m.form for m in plan.members)
    share(
        con,
        "form",
        {
            "form": "INTEGER", "rule": "VARCHAR", "reading": "INTEGER", "shape": "VARCHAR", "direction": "VARCHAR",
            "stratum": "INTEGER", "take": "VARCHAR", "moved": "BOOLEAN", "tie": "VARCHAR", "win": "INTEGER",
            "anchor": "VARCHAR", "hours": "BOOLEAN", "same_day": "BOOLEAN", "not_before": "VARCHAR",
            "not_before_period": "INTEGER", "survives_move": "BOOLEAN", "applies_by": "VARCHAR", "grouped": "BOOLEAN",
            "about": "VARCHAR", "restricted": "BOOLEAN", "only_if": "BOOLEAN", "readings": "INTEGER",
            "members": "INTEGER",
        },
        [
            (
                f.form, f.rule, f.reading, f.shape, f.direction, f.stratum, f.take, f.moved, f.by, f.win, f.anchor, f.hours,
                f.same_day, f.not_before, f.not_before_period, f.survives_move, f.applies_by, f.grouped,
                f.about, f.restricted, f.only_if, max(1, len(plan.duties[f.rule].readings)),
                members[f.form],
            )
            for f in plan.forms
        ],
    )  # fmt: skip
    share(
        con,
        "selector",
        {"selector": "INTEGER", "event": "VARCHAR"},
        [(s.selector, s.event) for s in plan.selectors],
    )
    share(
        con,
        "role",
        {
            "form": "INTEGER",
            "role": "VARCHAR",
            "member": "INTEGER",
            "selector": "INTEGER",
            "extra": "VARCHAR",
            "sole": "BOOLEAN",
        },
        [
            (r.form, r.role, r.member, r.selector, r.extra, alone)
            for r, alone in zip(plan.roles, sole(plan), strict=True)
        ],
    )
    share(
        con,
        "member",
        {"form": "INTEGER", "member": "INTEGER", "families": "VARCHAR[]", "one_channel": "BOOLEAN"},
        [(m.form, m.member, list(m.families), m.one_channel) for m in plan.members],
    )
    share(
        con,
        "source",
        {"form": "INTEGER", "rule": "VARCHAR", "outcome": "VARCHAR", "bit": "INTEGER"},
        [(form, rule, outcome, BITS[outcome]) for form, rule, outcome in plan.sources],
    )
    share(
        con,
        "term",
        {"form": "INTEGER", "v": "INTEGER", "period": "INTEGER", "threshold": "INTEGER"},
        plan.terms,
    )
    share(
        con,
        "version",
        {"rule": "VARCHAR", "v": "INTEGER", "from_day": "DATE", "to_day": "DATE"},
        [
            (d.id, i, v.from_ or BEGINNING, v.to or END)
            for d in plan.duties.values()
            for i, v in enumerate(d.versions)
        ],
    )
    share(
        con,
        "replacement",
        {"local": "VARCHAR", "general": "VARCHAR"},
        [(d.id, d.replaces) for d in plan.duties.values() if d.replaces],
    )
    share(
        con,
        "bound_to",
        {"rule": "VARCHAR", "municipality": "VARCHAR"},
        [(d.id, m) for d in plan.duties.values() if d.municipalities is not None for m in d.municipalities],
    )
