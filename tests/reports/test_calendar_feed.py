"""The calendar of what comes next, read by foreign parsers: every entry equals a finding."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import ics
import pytest
import vobject
from click.testing import CliRunner, Result

from transparency_check.cli import application

LOG = Path(__file__).parents[2] / "samples" / "klina" / "log.jsonl"
ASKED = ("--as-of", "2026-11-20", "--within", "60d", "--no-config")
URGENT = {
    "id": "u1", "type": "request.received", "time": "2026-11-19T10:30", "municipality": "kline",
    "case": "urgent", "urgency_ground": "life-or-liberty",
}  # fmt: skip
REGISTERED = {
    "id": "r1",
    "type": "request.registered",
    "time": "2026-11-16",
    "municipality": "kline",
    "case": "request",
}
ANSWERED = {
    "id": "r2",
    "type": "request.answered",
    "time": "2026-11-18",
    "municipality": "kline",
    "case": "request",
    "outcome": "granted",
}
WITHDRAWN = {
    "id": "r3",
    "type": "request.withdrawn",
    "time": "2026-11-17",
    "municipality": "kline",
    "case": "request",
}


def asked(*words: str) -> Result:
    return CliRunner().invoke(application, ["upcoming", *words])


def calendar(*words: str) -> str:
    found = asked(*words, "--format", "ics")
    assert found.exit_code == 0, found.output
    made = found.stdout_bytes.decode()
    assert all(len(line.encode()) <= 75 and "\n" not in line for line in made.split("\r\n"))
    return made


def of(folder: Path, *rows: dict[str, Any], more: tuple[str, ...] = ()) -> dict[str, Any]:
    """The entries of a log of these rows, by case."""
    log = folder / "log.jsonl"
    log.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    made = calendar(str(log), *ASKED, "--select", "XK-FOI-001", "--select", "XK-FOI-004", *more)
    entries = vobject.readOne(made).contents.get("vevent", [])
    return {entry.summary.value: entry for entry in entries}


@pytest.fixture(scope="module")
def feed() -> str:
    return calendar(str(LOG), *ASKED)


@pytest.fixture(scope="module")
def findings() -> list[dict[str, Any]]:
    found = json.loads(asked(str(LOG), *ASKED, "--format", "json").stdout)["findings"]
    return [finding for finding in found if day_of(finding) is not None]


def day_of(finding: dict[str, Any]) -> str | None:
    """The day that its entry stands on."""
    if finding["due"] and len(finding["due"]) > 10:
        return str(finding["due"])
    dues = [reading["due"] for reading in finding["readings"] if reading["due"]]
    return next(
        iter([*filter(None, (finding["act_by"], finding["due"])), *(finding["due_range"] or ()), *dues]), None
    )


def test_every_entry_equals_a_finding_for_vobject(feed: str, findings: list[dict[str, Any]]) -> None:
    entries = {
        entry.uid.value.removesuffix("@transparency-check"): entry
        for entry in vobject.readOne(feed).vevent_list
    }
    assert entries.keys() == {finding["id"] for finding in findings}
    for finding in findings:
        entry = entries[finding["id"]]
        start = entry.dtstart.value
        assert start.isoformat() == day_of(finding)
        assert (entry.status.value == "TENTATIVE") == (finding["outcome"] == "undetermined")
        assert finding["id"] in entry.description.value
        assert finding["rule"] in entry.description.value
        assert entry.summary.value.startswith(finding["title"])


def test_every_entry_equals_a_finding_for_ics(feed: str, findings: list[dict[str, Any]]) -> None:
    events = {event.uid.removesuffix("@transparency-check"): event for event in ics.Calendar(feed).events}
    assert {id_: event.begin.date().isoformat() for id_, event in events.items()} == {
        finding["id"]: str(day_of(finding))[:10] for finding in findings
    }
    assert all(len(event.alarms) == 2 for event in events.values())


def test_the_same_log_gives_the_same_bytes(feed: str) -> None:
    assert calendar(str(LOG), *ASKED) == feed


def test_it_speaks_the_language_that_is_asked_for() -> None:
    made = calendar(str(LOG), *ASKED, "--select", "XK-FOI-001", "--lang", "sr-Cyrl")
    assert "Обавезе транспарентности" in vobject.readOne(made).contents["x-wr-calname"][0].value


def test_an_hour_has_its_zone(tmp_path: Path) -> None:
    (entry,) = of(tmp_path, URGENT).values()
    assert entry.dtstart.value.isoformat() == "2026-11-21T10:30:00+01:00"
    text = calendar(str(tmp_path / "log.jsonl"), *ASKED, "--select", "XK-FOI-004")
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Belgrade" in text
    assert "DTSTART;TZID=Europe/Belgrade:20261121T103000" in text


def test_a_day_needs_none(tmp_path: Path) -> None:
    (entry,) = of(tmp_path, REGISTERED).values()
    assert entry.dtstart.value == dt.date(2026, 11, 23)
    assert "VTIMEZONE" not in calendar(str(tmp_path / "log.jsonl"), *ASKED, "--select", "XK-FOI-001")


@pytest.mark.parametrize("then", [ANSWERED, WITHDRAWN], ids=["met", "withdrawn"])
def test_what_is_over_is_cancelled_for_those_who_subscribed(tmp_path: Path, then: dict[str, Any]) -> None:
    (before,) = of(tmp_path, REGISTERED).values()
    assert of(tmp_path, REGISTERED, then) == {}
    (after,) = of(tmp_path, REGISTERED, then, more=("--ended",)).values()
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstamp.value > before.dtstamp.value
    assert "valarm" not in after.contents


def test_what_is_still_owed_is_not_cancelled_too(tmp_path: Path) -> None:
    missed = {**REGISTERED, "time": "2026-11-02"}
    (entry,) = of(tmp_path, missed, more=("--overdue", "--ended")).values()
    assert entry.status.value == "CONFIRMED"


def test_a_revision_is_of_the_log_and_not_of_the_day_it_is_asked(tmp_path: Path) -> None:
    corrected = {**REGISTERED, "time": "2026-11-17", "recorded_at": "2026-11-18T09:00"}
    (first,) = of(tmp_path, REGISTERED).values()
    (other,) = of(
        tmp_path, REGISTERED, {**REGISTERED, "id": "x", "case": "another"}, more=("--case", "request")
    ).values()
    (second,) = of(tmp_path, REGISTERED, corrected).values()
    assert (other.sequence.value, other.dtstamp.value) == (first.sequence.value, first.dtstamp.value)
    assert (int(first.sequence.value), int(second.sequence.value)) == (2, 4)
    assert second.dtstart.value == dt.date(2026, 11, 24)
    assert second.uid.value == first.uid.value
    assert second.dtstamp.value == dt.datetime(2026, 11, 18, 8, 0, tzinfo=dt.UTC)


def test_check_tells_all_that_is_open(feed: str) -> None:
    found = CliRunner().invoke(application, ["check", str(LOG), *ASKED[:2], "--no-config", "--format", "ics"])
    assert found.exit_code == 1
    whole, coming = (
        {entry.uid.value: entry.serialize() for entry in vobject.readOne(made).vevent_list}
        for made in (found.stdout_bytes.decode(), feed)
    )
    # Duties that only arise within the horizon of upcoming are not judged by check.
    both = whole.keys() & coming.keys()
    assert len(both) > 10
    assert {uid: whole[uid] for uid in both} == {uid: coming[uid] for uid in both}


def test_without_the_library_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    found = asked(str(LOG), *ASKED, "--select", "XK-FOI-001", "--format", "ics")
    assert found.exit_code == 2
    assert "pip install 'transparency-check[calendar]'" in found.stderr
