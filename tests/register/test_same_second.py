"""What was recorded a moment ago is known now."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from transparency_check import checking
from transparency_check.times import read_time

ZONE = ZoneInfo("Europe/Belgrade")


class Frozen(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Frozen:
        return cls(2026, 11, 10, 12, 0, 0, 800_000, tzinfo=tz)


def test_now_is_not_before_what_was_recorded_within_this_second(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = read_time("2026-11-10T12:00:00.500000", ZONE)
    monkeypatch.setattr(checking, "dt", SimpleNamespace(datetime=Frozen))
    assert read_time(checking.clock(ZONE), ZONE).hi >= recorded.lo
