"""Logs of others: XML that is cut off or wants too much, objects, repetitions and rows that are not there."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bad_input.entry import SEEN, Bad, Told
from readers.foreign_files import (
    calendar,
    ocds,
    ocel_json,
    ocel_sqlite,
    ocel_xml,
    table_file,
    xes,
)
from readers.small_pack import GOOD

NOTHING: dict[str, Any] = {}
E1, E2 = {**GOOD, "id": "e1"}, {**GOOD, "id": "e2"}
# Words of another office.
STRANGE = {"concept:name": "Njoftimi", "time:timestamp": "2026-11-02"}
NONE = (NOTHING,)


def _xes(
    name: str, data: bytes | str, told: Sequence[Told], read: Sequence[str] = (), unread: Sequence[Any] = NONE
) -> Bad:
    return Bad(
        name, "xes", data.encode() if isinstance(data, str) else data, tuple(told), tuple(read), tuple(unread)
    )


def _behind(event: bytes) -> bytes:
    """A log with something behind its first event, which ends on line 11."""
    return xes([E1]).replace(b"\n</trace>", b"\n" + event + b"\n</trace>")


def _xes_entries() -> list[Bad]:
    log = xes([E1, E2])
    middle = log.index(b"<event>", log.index(b"<event>") + 1)
    stops = lambda line, words: Told(str(line), "xml_stops", words)  # noqa: E731
    entity = b'<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>\n<log><string key="n" value="&b;"/></log>'
    outside = b'<?xml version="1.0"?>\n<!DOCTYPE log SYSTEM "http://127.0.0.1:1/x.dtd">\n<log/>'
    return [
        _xes("cut off in the middle of an event", log[: middle + 40], [stops(12, "no element found")], ["e1"]),
        _xes("the end is missing", log.replace(b"</log>", b""), [stops(20, "no element found")], ["e1", "e2"]),
        _xes("a tag that is not closed", _behind(b"<event>"), [stops(12, "mismatched tag")], ["e1"]),
        _xes("an entity that nobody declared", _behind(b'<event><string key="n" value="&x;"/></event>'), [stops(11, "undefined entity")], ["e1"]),
        _xes("bytes that are no UTF-8", _behind(b'<event><string key="n" value="\xeb\xeb"/></event>'), [stops(11, "not well-formed")], ["e1"]),
        _xes("entities that grow", entity, [stops(2, "it declares a document type")]),
        _xes("a document type from elsewhere", outside, [stops(2, "it declares a document type")]),
        _xes("depth without end", _behind(b"<event>" + b'<string key="a" value="b">' * 200), [stops(11, "nested more than 100 deep")], ["e1"]),
        _xes("an element without end", _behind(b'<event><string key="a" value="' + b"x" * 4_200_000), [stops(11, "longer than 4 MB")], ["e1"]),
        _xes("an element that does not belong there", _behind(b"<event><song/></event>"), [stops(11, "“song” does not belong there")], ["e1"]),
        _xes("an attribute without key", _behind(b'<event><string value="x"/></event>'), [stops(11, "no key")], ["e1"]),
        _xes("what the case is called, behind its events", _behind(b'<string key="concept:name" value="c9"/>'), [Told("11", "attribute_late", "“case:concept:name”")], ["e1"]),
        _xes("a time twice", _behind(xes([E2]).split(b"<trace>")[1].split(b"</trace>")[0].replace(b"</event>", b'<date key="time" value="2026-11-03"/></event>')), [Told("12", "bad_time", "two values: 2026-11-02, 2026-11-03")], ["e1"], [{k: v for k, v in SEEN.items() if k != "time"}]),
        _xes("another format of XML", "<html><body/></html>", [Told("", "file_unreadable", "its outermost element is “html”, not log")]),
        _xes("no XML", "type,time\n", [stops(1, "syntax error")]),
        _xes("the words of another office", xes([STRANGE, STRANGE]), [Told("", "needs_mapping", "rows of log.xes that say nothing in the words of the law: 2, the first at log.xes:4")]),
        _xes("no events", "<log/>", [Told("", "no_rows")], (), ()),
    ]  # fmt: skip


def _ocel_entries() -> list[Bad]:
    about = [{"objectId": "m9", "qualifier": "about"}]
    stranger = json.loads(ocel_json([E1, E2]))
    stranger["events"][1]["relationships"] = about
    broken = ocel_json([E1, E2]).replace(b'"relationships": []}\n]', b'"relationships": 5}\n]')
    xml = ocel_xml([E1, E2])
    last = xml.rindex(b"<objects/>")
    odd = {key: SEEN[key] for key in ("type", "time")}
    known = {key: SEEN[key] for key in ("type", "time", "municipality", "case")}
    form = "ocel-json"
    return [
        Bad("an object that is not there", form, json.dumps(stranger).encode(), (Told("1", "unknown_object", "“m9”"),), ("e1",), (known,)),
        Bad("relationships that are none", form, broken, (Told("3", "not_as_format", "relationships has to be an array"),), ("e1",), (odd,)),
        Bad("an event that is a number", form, b'{"objects": [], "events": [\n5]}', (Told("2", "not_as_format", "it is a number"),), (), NONE),
        Bad("an object without id", form, b'{"objects": [\n{"type": "x"}], "events": []}', (Told("2", "not_as_format", "an id and a type"),), (), NONE),
        Bad("OCEL 1.0", form, b'{"ocel:events": {}, "ocel:objects": {}}', (Told("", "file_unreadable", "it is OCEL 1.0"),), (), NONE),
        Bad("no log", form, b'{"a": 1}', (Told("", "file_unreadable", "it has no events"),), (), NONE),
        Bad("cut off", form, ocel_json([E1, E2])[:-40], (Told("3", "json_stops", "the file ends in the middle"),), ("e1",), NONE),
        Bad("a key twice", form, b'{"events": [], "events": []}', (Told("1", "json_stops", "stands there twice"),), (), NONE),
        Bad("an object that is not there", "ocel-xml", xml[:last] + b'<objects><object object-id="m9"/></objects>' + xml[last + 10 :], (Told("4", "unknown_object", "“m9”"),), ("e1",), (known,)),
        Bad("cut off", "ocel-xml", xml[: last - 20], (Told("4", "xml_stops", "unclosed token"),), ("e1",), NONE),
        Bad("entities", "ocel-xml", b'<!DOCTYPE log [<!ENTITY a "b">]><log/>', (Told("1", "xml_stops", "it declares a document type"),), (), NONE),
        Bad("XES", "ocel-xml", xes([E1]), (Told("", "file_unreadable", "it is XES or OCEL 1.0"),), (), NONE),
        Bad("an object that is not there", "ocel-sqlite", ocel_sqlite([E1, E2], lambda con: con.execute("INSERT INTO event_object VALUES ('e2', 'm9', '')")), (Told("event_Any:2", "unknown_object", "“m9”"),), ("e1",), (known,)),
        Bad("an event in no table that says when", "ocel-sqlite", ocel_sqlite([E1, E2], lambda con: con.execute("DELETE FROM event_Any WHERE ocel_id = 'e2'")), (Told("event:2", "missing_time"), Told("event:2", "missing_municipality")), ("e1",), ({"type": SEEN["type"]},)),
        Bad("no log", "ocel-sqlite", table_file([E1]), (Told("", "file_unreadable", "it has no table event"),), (), NONE),
        Bad("no database", "ocel-sqlite", b"SQLite format 2", (Told("", "file_unreadable", "does not begin as a file of SQLite"),), (), NONE),
    ]  # fmt: skip


def _repeats(lines: Sequence[str], words: str) -> tuple[Told, ...]:
    """What is told of a meeting that repeats; no law asks when an entry of a calendar begins."""
    begins = [Told("3", "unknown_column") for line in lines if line.startswith("DTSTART")]
    return (*begins, Told("3", "repetition", words))


def entries() -> list[Bad]:
    """All of them."""
    cut = calendar([E1, E2])
    rule = lambda *lines: calendar([E1]).replace(b"END:VEVENT", "\r\n".join((*lines, "END:VEVENT")).encode())  # noqa: E731
    begin = "DTSTART:20261102T090000Z"
    cases = [
        ("without an end", (begin, "RRULE:FREQ=WEEKLY"), "its rule states no end"),
        ("too often", (begin, "RRULE:FREQ=DAILY;COUNT=10001"), "more than 10000 times"),
        ("every second", (begin, "RRULE:FREQ=SECONDLY;COUNT=5"), "none of days, weeks"),
        ("on a day that never comes", (begin, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5"), "states no end"),
        ("by a rule that is none", (begin, "RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=XX"), "its rule cannot be read"),
        ("at intervals of nothing", (begin, "RRULE:FREQ=WEEKLY;COUNT=5;INTERVAL=0"), "its rule cannot be read"),
        ("nobody knows from when", ("RRULE:FREQ=WEEKLY;COUNT=5",), "not known when it begins"),
        ("without a day that has no time", (begin, "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;VALUE=DATE:20261109"), "days for what has a time"),
    ]  # fmt: skip
    linked = b'{"releases": [\n' + json.dumps(E1).encode() + b',\n{"url": "https://x.example/2", "tag": []}]}'
    return [
        *_xes_entries(),
        *_ocel_entries(),
        Bad("a time that is a number", "sql", table_file([E1, E2], lambda con: con.execute("UPDATE records SET time = x'00' WHERE id = 'e2'")), (Told("records:2", "bad_time"),), ("e1",), ({k: v for k, v in SEEN.items() if k != "time"},)),
        Bad("the words of another office", "sql", table_file([{"emri": "x", "data": "2026-11-02"}]), (Told("", "needs_mapping", "Their columns: emri, data"),), (), NONE),
        *(Bad(f"a meeting that repeats {name}", "ics", rule(*lines), _repeats(lines, words), ("e1",), NONE) for name, lines, words in cases),
        Bad("cut off", "ics", cut[:-30], (Told("15", "not_as_format", "the file ends in the middle"),), ("e1",), NONE),
        Bad("a line that is no property", "ics", cut.replace(b"ID:e2", b"ID e2"), (Told("11", "not_as_format", "the line is no property"),), ("e1",), (SEEN,)),
        Bad("an end that was not begun", "ics", b"BEGIN:VCALENDAR\nEND:VEVENT\n", (Told("2", "not_as_format", "something else than began"),), (), NONE),
        Bad("no calendar", "ics", b"type,time\n", (Told("", "file_unreadable", "BEGIN:VCALENDAR"),), (), NONE),
        Bad("a release that is only named", "ocds", linked, (Told("3", "release_linked", "“https://x.example/2”"),), ("e1",), NONE),
        Bad("a record without releases", "ocds", b'{"records": [\n{"ocid": "x"}]}', (Told("2", "not_as_format", "the record has no releases"),), (), NONE),
        Bad("no package", "ocds", b'{"a": 1}', (Told("", "file_unreadable", "no releases and no records"),), (), NONE),
        Bad("cut off", "ocds", ocds([E1, E2])[:-20], (Told("3", "json_stops", "the file ends in the middle"),), ("e1",), NONE),
        Bad("a release that is a text", "ocds", b'{"releases": [\n"x"]}', (Told("2", "json_not_object", "a text"),), (), NONE),
    ]  # fmt: skip
