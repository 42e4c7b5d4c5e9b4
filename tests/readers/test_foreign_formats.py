"""OCEL 2.0, calendars, OCDS and what is told of a log in other words: what becomes of what."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from readers import foreign_files
from readers.small_pack import GOOD, MUNICIPALITIES, VOCABULARY, ZONE, records
from transparency_check.errors import UsageError
from transparency_check.logs import read_logs
from transparency_check.model import Problem
from transparency_check.plugins import load_registry
from transparency_check.readers.base import Input, Reader, Row

READERS = {reader.name: reader for reader in load_registry(plugins=False).readers}
BELGRADE = ZoneInfo("Europe/Belgrade")
OFFSET = dt.timezone(dt.timedelta(hours=2))
FOREIGN = [reader for reader in READERS.values() if getattr(reader, "foreign", False)]
WRITTEN = {
    "xes": foreign_files.xes, "ocel-json": foreign_files.ocel_json, "ocel-xml": foreign_files.ocel_xml,
    "ocel-sqlite": foreign_files.ocel_sqlite, "sql": foreign_files.table_file, "ics": foreign_files.calendar,
    "ocds": foreign_files.ocds,
}  # fmt: skip


def read(name: str, data: bytes | str) -> list[Row | Problem]:
    raw = data.encode() if isinstance(data, str) else data
    source = Input("log", stream=io.BytesIO(raw))
    items = list(READERS[name].read(source))
    source.close()
    return items


def rows(items: list[Row | Problem]) -> list[Row]:
    return [item for item in items if isinstance(item, Row)]


FIRST = {
    "id": "e1", "type": "publish", "time": "2026-11-02T09:00:00Z",
    "pages": 12, "open": True, "attribute:type": "x",
    "object:meeting": ["m1"], "object:meeting:seats": 27.0, "object:meeting:state": "planned",
    "object:document": ["d1", "d2"],
    "qualifier:about": ["m1"], "qualifier:file": ["d1", "d2"],
}  # fmt: skip
SECOND = {
    "id": "e2", "type": "publish", "time": "2026-11-20T09:00:00Z",
    "object:meeting": ["m1"], "object:meeting:seats": 27.0, "object:meeting:state": "held",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "log", "places"),
    [
        ("ocel-json", foreign_files.OCEL_LOG, ("log:4", "log:7")),
        ("ocel-xml", foreign_files.OCEL_XML, ("log:16", "log:22")),
        ("ocel-xml", foreign_files.EVENTS_FIRST, ("log:7", "log:13")),
    ],
    ids=["JSON", "XML", "XML, events before objects"],
)
def test_ocel_is_the_same_in_json_and_xml(name: str, log: str, places: tuple[str, str]) -> None:
    """What an object shows is what it showed at the time of the event."""
    first, second = rows(read(name, log))
    assert (first.values, second.values) == (FIRST, SECOND)
    assert (first.place, second.place) == places


def test_ocel_in_sqlite() -> None:
    log = foreign_files.ocel_sqlite([{**GOOD, "id": "e1", "time": "2026-11-02 09:00:00"}], foreign_files.with_objects)
    (row,) = rows(read("ocel-sqlite", log))
    assert row.place == "log!event_Any:1"
    assert row.values["time"] == "2026-11-02T09:00:00"
    assert {k: v for k, v in row.values.items() if ":" in k} == {
        "object:meeting": ["m1"], "object:meeting:seats": 27, "object:meeting:state": "held",
        "object:document": ["d1"], "qualifier:about": ["m1"], "qualifier:file": ["d1"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("states", "time", "shown"),
    [
        ([("2026-11-01T00:00:00", "a")], "2026-11-02T00:00:00", "a"),
        ([("2026-11-03T00:00:00Z", "a")], "2026-11-02T00:00:00Z", None),
        ([("2026-11-01T00:00:00", "a")], "2026-11-02T00:00:00Z", "no value"),
        ([("soon", "a")], "2026-11-02T00:00:00Z", "no value"),
        ([("1970-01-01T00:00:00Z", "a")], "soon", "a"),
        ([("2026-11-01T00:00:00Z", "a")], "soon", "no value"),
        ([(None, "a"), ("2026-11-01T23:30:00Z", "b")], "2026-11-02T00:00:00+01:00", "a"),
        ([("2026-11-01T00:00:00Z", "a"), ("2026-11-01T01:00:00+01:00", "b")], "2026-11-02T00:00:00Z", "no value"),
    ],
    ids=["without zone", "not yet", "one zone is missing", "no time", "from the beginning", "no time of the event",
         "another zone", "two at once"],
)  # fmt: skip
def test_what_an_object_shows_at_a_time(
    states: list[tuple[str | None, str]], time: str, shown: str | None
) -> None:
    attributes = [{"name": "s", "time": at, "value": value} for at, value in states]
    log = {
        "objects": [{"id": "o", "type": "t", "attributes": attributes}],
        "events": [{"id": "e", "type": "x", "time": time, "relationships": [{"objectId": "o"}]}],
    }
    (row,) = rows(read("ocel-json", json.dumps(log)))
    cell = row.values.get("object:t:s")
    assert ("no value" if isinstance(cell, float) else cell) == shown


def test_a_calendar() -> None:
    items = read("ics", foreign_files.MEETINGS)
    first, *weekly, moved, monthly, unread = rows(items)
    assert first.values == {
        "uid": "m-1@komuna.example",
        "dtstamp": dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC),
        "dtstart": dt.datetime(2026, 11, 2, 10, tzinfo=BELGRADE),
        "dtend": dt.datetime(2026, 11, 2, 12, tzinfo=BELGRADE),
        "summary": "Mbledhja e Kuvendit, e rregullt\nsalla A",
        "categories": ["kuvendi", "e hapur"],
        "sequence": 2, "status": "CONFIRMED", "url": "https://komuna.example/mbledhjet?a=1\\,2",
    }  # fmt: skip
    # Five Mondays but for one that is left out and one that was moved; after 25 October clocks are back.
    starts = [row.values["dtstart"] for row in weekly]
    assert [str(start) for start in starts] == [
        "2026-10-05 09:00:00+02:00", "2026-10-26 09:00:00+01:00", "2026-11-02 09:00:00+01:00",
    ]  # fmt: skip
    assert [row.values["recurrence-id"] for row in weekly] == starts
    assert str(weekly[1].values["dtend"]) == "2026-10-26 10:00:00+01:00"
    assert str(moved.values["dtstart"]) == "2026-10-20 11:00:00+02:00"
    assert monthly.values["dtstart"] == dt.date(2026, 12, 1)
    assert unread.damaged
    assert [(i.code, i.place) for i in items if isinstance(i, Problem)] == [("repetition", monthly.place)]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("DTSTART:20261102\nRRULE:FREQ=MONTHLY;COUNT=3", "1102 1202 0102"),
        ("DTSTART:20261130\nRRULE:FREQ=MONTHLY;BYDAY=-1MO;UNTIL=20270201", "1130 1228 0125"),
        ("DTSTART:20261102\nRRULE:FREQ=DAILY;BYMONTH=1;COUNT=3", "1102 0101 0102 0103"),
        ("DTSTART:20261102\nRDATE:20261105,20261109\nEXDATE:20261105", "1102 1109"),
        ("DTSTART:20240229\nRRULE:FREQ=YEARLY;COUNT=3", "0229 0229 0229"),
    ],
)
def test_days_that_repeat(lines: str, days: str) -> None:
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    assert [f"{row.values['dtstart']:%m%d}" for row in rows(read("ics", text))] == days.split()


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("DTSTART:20261102T090000", "2026-11-02 09:00:00"),
        ("DTSTART:20261102T090000Z", "2026-11-02 09:00:00+00:00"),
        ("DTSTART;TZID=Central Europe Standard Time:20261102T090000", "2026-11-02 09:00:00+01:00"),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Belgrade:20261102T090000", "2026-11-02 09:00:00+01:00"),
        ("DTSTART;TZID=Nowhere:20261102T090000", "20261102T090000 (Nowhere)"),
        ("DTSTART;TZID=../../etc/passwd:20261102T090000", "20261102T090000 (../../etc/passwd)"),
        ("DTSTART;VALUE=DATE:20261102", "2026-11-02"),
        ("DTSTART:20261302", "20261302"),
        ("DTSTART:20261102T250000", "20261102T250000"),
    ],
)
def test_when_a_meeting_begins(written: str, cell: str) -> None:
    text = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{written}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    (row,) = rows(read("ics", text))
    assert str(row.values["dtstart"]) == cell


def test_releases() -> None:
    first, linked = rows(read("ocds", foreign_files.RELEASES))
    assert first.values == {
        "ocid": "ocds-x-1", "id": "1", "date": "2026-11-02T09:00:00Z", "tag": ["planning", "tender"],
        "buyer.name": "Komuna e Kline",
        "tender.procurementMethod": "open",
        "tender.value.amount": 1500.5, "tender.value.currency": "EUR",
        "tender.tenderPeriod.endDate": "2026-12-01T12:00:00+01:00",
        "tender.documents.id": ["d1", "d2"], "tender.documents.documentType": ["tenderNotice"],
        "tender.documents.tags": ["a", "b"],
    }  # fmt: skip
    assert linked.damaged


@pytest.mark.parametrize(
    "text",
    [
        '{"ocid": "x", "id": 1}\n{"ocid": "x", "id": 2}\n',
        '[{"ocid": "x", "id": 1}, {"ocid": "x", "id": 2}]',
        '{"releases": [{"ocid": "x", "id": 1}, {"ocid": "x", "id": 2}]}',
        '{"records": [{"releases": [{"ocid": "x", "id": 1}, {"ocid": "x", "id": 2}], "compiledRelease": {"id": 3}}]}',
    ],
    ids=["lines", "array", "package", "record package"],
)
def test_releases_in_every_shape(text: str) -> None:
    assert [row.values for row in rows(read("ocds", text))] == [{"ocid": "x", "id": 1}, {"ocid": "x", "id": 2}]


@pytest.mark.parametrize("reader", FOREIGN, ids=lambda reader: str(reader.name))
def test_every_format_from_standard_input_and_packed(reader: Reader, tmp_path: Path) -> None:
    made = WRITTEN[reader.name]([GOOD])
    inputs = {"-": made, **({"packed": gzip.compress(made)} if getattr(reader, "packed", False) else {})}
    for data in inputs.values():
        log = read_logs(
            ["-"], VOCABULARY, MUNICIPALITIES, ZONE, input_format=reader.name, standard_input=io.BytesIO(data)
        )
        assert [record["id"] for record in records(log)] == ["e1"]
        assert log.problems == []


@pytest.mark.parametrize("reader", FOREIGN, ids=lambda reader: str(reader.name))
def test_a_log_in_other_words_is_told_once(reader: Reader) -> None:
    """One error that names its columns, and one record that nobody can read; what is ours among it counts."""
    strange = {"id": "s1", "veprimi": "Njoftimi", "dita": "2026-11-02"}
    data = WRITTEN[reader.name]([{**GOOD, "veprimi": "", "dita": ""}, strange, {**strange, "id": "s2"}])
    log = read_logs(
        ["-"], VOCABULARY, MUNICIPALITIES, ZONE, input_format=reader.name, standard_input=io.BytesIO(data)
    )
    errors = [p for p in log.problems if p.severity == "error"]
    assert [p.code for p in errors] == ["needs_mapping"]
    assert "veprimi, dita" in errors[0].message and errors[0].values["n"] == 2
    assert [r.get("id") for r in records(log)] == ["e1", None]
    assert log.sources[0].events == 1


@pytest.mark.parametrize(
    ("name", "library", "extra"), [("ics", "icalendar", "calendar"), ("sql", "sqlalchemy", "sql")]
)
def test_a_library_that_is_missing_is_named_with_its_extra(
    name: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "log").write_bytes(WRITTEN[name]([GOOD]))
    for module in [name for name in sys.modules if name.startswith(f"{library}.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=rf"pip install 'transparency-check\[{extra}\]'"):
        read_logs([tmp_path / "log"], VOCABULARY, MUNICIPALITIES, ZONE, input_format=name)
