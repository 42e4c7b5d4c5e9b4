"""What was recorded a moment ago is known now."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from transparency_check import as_of
from transparency_check.times import read_time

ZONE = ZoneInfo("Europe/Belgrade")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param("2026-11-10T12:00:00.800000", "2026-11-10T12:00:01+01:00", id="within a second"),
        pytest.param("2026-11-10T12:00:00", "2026-11-10T12:00:00+01:00", id="a full second"),
        pytest.param("2026-11-10T23:59:59.8", "2026-11-10T23:59:59.800000+01:00", id="before midnight"),
    ],
)
def test_now_is_not_before_what_was_recorded_within_this_second(
    monkeypatch: pytest.MonkeyPatch, now: str, told: str
) -> None:
    class Frozen(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Frozen:
            return cls.fromisoformat(now).replace(tzinfo=tz)

    monkeypatch.setattr(as_of, "dt", SimpleNamespace(datetime=Frozen, timedelta=dt.timedelta))
    assert as_of.clock(ZONE) == told
    assert read_time(told, ZONE).hi >= read_time(now, ZONE).lo
