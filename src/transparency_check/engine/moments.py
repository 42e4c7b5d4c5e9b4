"""The moments that a log is judged at, as macros that the statements of the pipeline ask by municipality.

Municipalities do not see each other, so each may be judged at a moment of its own: that is how many small logs
(the examples of duties) share one evaluation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import duckdb

from transparency_check.database import fill
from transparency_check.times import Moment

_TYPES = {"as_of_hi": "BIGINT", "as_of_day": "DATE", "known_hi": "BIGINT", "horizon": "DATE"}


@dataclass(frozen=True)
class Moments:
    """As-of, known-at, and the horizon to which calendar and count duties arise."""

    as_of: Moment
    known_at: Moment
    until: Moment

    @property
    def horizon(self) -> dt.date:
        return max(self.as_of.day, self.until.day)


@dataclass(frozen=True)
class Elsewhere:
    """What the whole of a log says about the records of it that are judged by themselves.

    ``first_days`` are, of municipalities whose events are not all here, the days of the first ones, wherever these are; ``concerned``
    says, by the place of a row that cannot be read and names no municipality, which ones it may be about (semantics 7.5).
    """

    first_days: Mapping[str, dt.date] = field(default_factory=dict)
    concerned: Mapping[str, Collection[str]] = field(default_factory=dict)


def set_moments(con: duckdb.DuckDBPyConnection, general: Moments, own: Mapping[str, Moments]) -> None:
    """Make the macros ``as_of_hi``, ``as_of_day``, ``known_hi``, ``horizon`` of a municipality.

    ``own`` are the municipalities that have moments of their own, ``general`` those of all others.
    """
    names = list(_TYPES)
    for name, value in zip(names, _values(general), strict=True):
        con.execute(f"SET VARIABLE {name} = $value::{_TYPES[name]}", {"value": value})
    if own:
        fill(
            con,
            "own_moment",
            {"municipality": "VARCHAR", **_TYPES},
            [(m, *_values(moments)) for m, moments in own.items()],
        )
        packed = ", ".join(f"'{name}': {name}" for name in names)
        con.execute(
            f"SET VARIABLE own_moments = (SELECT map(list(municipality), list({{{packed}}})) FROM own_moment)"
        )
    for name in names:
        mine = f"getvariable('own_moments')[municipality].{name}, " if own else ""
        con.execute(
            f"CREATE OR REPLACE TEMP MACRO {name}(municipality) AS coalesce({mine}getvariable('{name}'))"
        )


def _values(moments: Moments) -> tuple[int, dt.date, int, dt.date]:
    return moments.as_of.hi, moments.as_of.day, moments.known_at.hi, moments.horizon
