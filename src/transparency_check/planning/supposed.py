"""Events that nobody recorded: those of a plan, and those that a readiness sheet assumes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.times import Moment, day_bounds, instant_text

# The file that supposed events claim to stand in, and what their ids begin with.
PLACE = "supposed"


@dataclass(frozen=True)
class Supposed:
    """An event that is supposed: its ``values`` are cells of a log (attribute to value), without id, type,
    time, municipality and case.
    """

    key: str
    type: str
    moment: Moment
    municipality: str
    values: Mapping[str, Any] = field(default_factory=dict)
    related: tuple[str, ...] = ()

    @property
    def day(self) -> dt.date:
        """The local day it happens on."""
        return self.moment.day

    def row(self, case: str, recorded_at: str | None = None) -> dict[str, Any]:
        """The event as a record of a log."""
        row: dict[str, Any] = {
            "id": self.key,
            "type": self.type,
            "time": self.moment.text,
            "municipality": self.municipality,
            "case": case,
        }
        if self.related:
            row["related"] = list(self.related)
        if recorded_at is not None:
            row["recorded_at"] = recorded_at
        return {**row, **self.values}


def on_day(day: dt.date, zone: ZoneInfo) -> Moment:
    """A whole day."""
    return Moment(day.isoformat(), day, *day_bounds(day, zone))


def at_instant(instant: int, zone: ZoneInfo) -> Moment:
    """An instant (UTC microseconds since 1970)."""
    text = instant_text(instant, zone)
    return Moment(text, dt.date.fromisoformat(text[:10]), instant, instant)
