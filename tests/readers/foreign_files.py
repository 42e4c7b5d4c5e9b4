"""Rows of texts as logs of others have them, in each of the formats."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

Rows = Iterable[Mapping[str, str]]
OWN = ("id", "type", "time")


def _attribute(value: str) -> str:
    """A value as XML has it between quotes; a parser makes blanks of tabs and line breaks that stand there."""
    return '"' + quoteattr(f"'{value}")[2:-1].replace('"', "&quot;") + '"'


def xes(rows: Rows, before: str = "") -> bytes:
    """Events of one trace, as their attributes."""
    events = "\n".join(
        "  <event>\n"
        + "\n".join(f"   <string key={_attribute(k)} value={_attribute(v)}/>" for k, v in row.items())
        + "\n  </event>"
        for row in rows
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="2.0">\n'
    return f"{head}{before}<trace>\n{events}\n</trace>\n</log>\n".encode()


def ocel_json(rows: Rows, objects: Iterable[Mapping[str, object]] = ()) -> bytes:
    """Events that are about nothing."""
    events = [
        {
            **{key: row[key] for key in OWN if key in row},
            "attributes": [{"name": k, "value": v} for k, v in row.items() if k not in OWN],
            "relationships": [],
        }
        for row in rows
    ]
    lines = ",\n".join(json.dumps(event, ensure_ascii=False) for event in events)
    made = json.dumps({"eventTypes": [], "objectTypes": [], "objects": list(objects)})
    return f'{made[:-1]}, "events": [\n{lines}\n]}}'.encode()


def ocel_xml(rows: Rows) -> bytes:
    """The same in XML."""
    events = "\n".join(
        f"<event {' '.join(f'{key}={_attribute(row[key])}' for key in OWN if key in row)}><attributes>"
        + "".join(
            f"<attribute name={_attribute(k)}>{_text(v)}</attribute>" for k, v in row.items() if k not in OWN
        )
        + "</attributes><objects/></event>"
        for row in rows
    )
    return f"<log><object-types/><event-types/><objects/>\n<events>\n{events}\n</events></log>".encode()


def _text(value: str) -> str:
    return quoteattr(f"'{value}")[2:-1]


def ocel_sqlite(rows: Rows, change: Callable[[sqlite3.Connection], object] | None = None) -> bytes:
    """The same in SQLite, all events in the table of one type; ``change`` is done to it."""
    made = list(rows)
    columns = list(dict.fromkeys(key for row in made for key in row if key not in OWN))
    names = "".join(f', "{name}" TEXT' for name in columns)

    def fill(con: sqlite3.Connection) -> None:
        con.executescript(
            f"""CREATE TABLE event (ocel_id TEXT, ocel_type TEXT);
            CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);
            CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
            CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);
            CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT);
            CREATE TABLE event_Any (ocel_id TEXT, ocel_time TEXT{names});
            INSERT INTO event_map_type VALUES ('any', 'Any');"""
        )
        for row in made:
            con.execute("INSERT INTO event VALUES (?, ?)", (row.get("id"), row.get("type")))
            values = [row.get("id"), row.get("time"), *(row.get(name) for name in columns)]
            con.execute(f"INSERT INTO event_Any VALUES ({', '.join('?' * len(values))})", values)
        if change is not None:
            change(con)

    return sqlite_file(fill)


def table_file(rows: Rows, change: Callable[[sqlite3.Connection], object] | None = None) -> bytes:
    """A database of SQLite with one table, whose rows stand in their order."""
    made = list(rows)
    columns = list(dict.fromkeys(key for row in made for key in row))

    def fill(con: sqlite3.Connection) -> None:
        names = ", ".join(f'"{name}" TEXT' for name in columns)
        con.execute(f"CREATE TABLE records ({names})")
        for row in made:
            values = [row.get(name) for name in columns]
            con.execute(f"INSERT INTO records VALUES ({', '.join('?' * len(values))})", values)
        if change is not None:
            change(con)

    return sqlite_file(fill)


def sqlite_file(fill: Callable[[sqlite3.Connection], object]) -> bytes:
    """The bytes of a database that is filled so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.db")
        con = sqlite3.connect(path)
        fill(con)
        con.commit()
        con.close()
        return path.read_bytes()


def calendar(rows: Rows) -> bytes:
    """Entries with properties that have the names of columns."""
    entries = "".join(
        "BEGIN:VEVENT\r\n"
        + "".join(f"{key.upper()}:{_escaped(value)}\r\n" for key, value in row.items())
        + "END:VEVENT\r\n"
        for row in rows
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{entries}END:VCALENDAR\r\n".encode()


def _escaped(value: str) -> str:
    for plain, written in (("\\", "\\\\"), ("\n", "\\n"), (",", "\\,"), (";", "\\;")):
        value = value.replace(plain, written)
    return value


def ocds(rows: Rows) -> bytes:
    """Releases with keys that have the names of columns."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{{"version": "1.1", "releases": [\n{lines}\n]}}'.encode()


# A little of everything that a format can say.
XES_LOG = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand <event> -->
<log xes.version="2.0" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="trace">
    <string key="concept:name" value="unknown case"/>
  </global>
  <global scope="event">
    <string key="concept:name" value="unknown event"/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
  </global>
  <classifier name="What" keys="concept:name lifecycle:transition"/>
  <classifier name="Who" scope="event" keys="org:resource 'by order of'"/>
  <string key="concept:name" value="Registry of Klina"/>
  <trace>
    <string key="concept:name" value="m-1"/>
    <event>
      <string key="concept:name" value="notice"/>
      <string key="lifecycle:transition" value="complete"/>
      <date key="time:timestamp" value="2026-11-02T10:00:00.000+01:00"/>
      <int key="pages" value="12"/>
      <float key="cost" value="1.50"/>
      <boolean key="public" value="true"/>
      <id key="identity:id" value="0d1cf2a1"/>
    </event>
    <event>
      <string key="concept:name" value="minutes &amp; votes"/>
      <date key="time:timestamp" value="2026-11-09"/>
      <list key="files"><values>
        <string key="file" value="a.pdf"><int key="pages" value="3"/></string>
        <string key="file" value="b.pdf"/>
      </values></list>
      <container key="room"><string key="name" value="A"/><int key="seats" value="40"/></container>
      <string key="org:resource" value="Zyrtari"><string key="unit" value="Zyra"/></string>
      <string key="by order of" value="Kryetari"/>
    </event>
  </trace>
  <trace>
    <event/>
  </trace>
  <event>
    <string key="concept:name" value="alone"/>
  </event>
</log>
"""
OCEL_LOG = """{
 "eventTypes": [{"name": "publish", "attributes": [{"name": "pages", "type": "integer"}, {"name": "open", "type": "boolean"}]}],
 "events": [
  {"id": "e1", "type": "publish", "time": "2026-11-02T09:00:00Z",
   "attributes": [{"name": "pages", "value": "12"}, {"name": "open", "value": "true"}, {"name": "type", "value": "x"}],
   "relationships": [{"objectId": "m1", "qualifier": "about"}, {"objectId": "d1", "qualifier": "file"}, {"objectId": "d2", "qualifier": "file"}]},
  {"id": "e2", "type": "publish", "time": "2026-11-20T09:00:00Z", "attributes": [], "relationships": [{"objectId": "m1", "qualifier": ""}]}
 ],
 "objectTypes": [{"name": "meeting", "attributes": [{"name": "seats", "type": "float"}, {"name": "state", "type": "string"}]}],
 "objects": [
  {"id": "m1", "type": "meeting", "attributes": [
   {"name": "seats", "time": "1970-01-01T00:00:00Z", "value": "27.0"},
   {"name": "state", "time": "1970-01-01T00:00:00Z", "value": "planned"},
   {"name": "state", "time": "2026-11-10T12:00:00+01:00", "value": "held"}],
   "relationships": [{"objectId": "d1", "qualifier": "agenda"}]},
  {"id": "d1", "type": "document", "attributes": []},
  {"id": "d2", "type": "document"}
 ]
}
"""
_XML_OBJECTS = """<objects>
  <object id="m1" type="meeting"><attributes>
    <attribute name="seats" time="1970-01-01T00:00:00Z">27.0</attribute>
    <attribute name="state" time="1970-01-01T00:00:00Z">planned</attribute>
    <attribute name="state" time="2026-11-10T12:00:00+01:00">held</attribute>
  </attributes><objects><relationship object-id="d1" qualifier="agenda"/></objects></object>
  <object id="d1" type="document"><attributes/></object>
  <object id="d2" type="document"/>
</objects>
"""
_XML_EVENTS = """<events>
  <event id="e1" type="publish" time="2026-11-02T09:00:00Z">
    <attributes><attribute name="pages">12</attribute><attribute name="open">true</attribute>
      <attribute name="type">x</attribute></attributes>
    <objects><relationship object-id="m1" qualifier="about"/><object object-id="d1" qualifier="file"/>
      <relobj object-id="d2" qualifier="file"/></objects>
  </event>
  <event id="e2" type="publish" time="2026-11-20T09:00:00Z"><objects><object object-id="m1"/></objects></event>
</events>
"""


def _ocel_xml(*parts: str) -> str:
    types = """<event-types><event-type name="publish"><attributes>
  <attribute name="pages" type="integer"/><attribute name="open" type="boolean"/></attributes></event-type></event-types>
<object-types><object-type name="meeting"><attributes><attribute name="seats" type="float"/>
  <attribute name="state" type="string"/></attributes></object-type></object-types>
"""
    return f"<log>\n{types}{''.join(parts)}</log>\n"


OCEL_XML = _ocel_xml(_XML_OBJECTS, _XML_EVENTS)
EVENTS_FIRST = _ocel_xml(_XML_EVENTS, _XML_OBJECTS)
MEETINGS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Komuna//Kalendari//SQ
BEGIN:VTIMEZONE
TZID:Koha e zyres
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:m-1@komuna.example
DTSTAMP:20261001T080000Z
DTSTART;TZID=Europe/Belgrade:20261102T100000
DURATION:PT2H
SUMMARY:Mbledhja e Kuvendit\\, e rregullt
 \\nsalla A
CATEGORIES:kuvendi,e hapur
SEQUENCE:2
STATUS:CONFIRMED
URL:https://komuna.example/mbledhjet?a=1\\,2
BEGIN:VALARM
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:m-2@komuna.example
DTSTART;TZID=Koha e zyres:20261005T090000
DTEND;TZID=Koha e zyres:20261005T100000
RRULE:FREQ=WEEKLY;COUNT=5
EXDATE;TZID=Koha e zyres:20261012T090000
END:VEVENT
BEGIN:VEVENT
UID:m-2@komuna.example
RECURRENCE-ID;TZID=Koha e zyres:20261019T090000
DTSTART;TZID=Koha e zyres:20261020T110000
END:VEVENT
BEGIN:VEVENT
UID:m-3@komuna.example
DTSTART;VALUE=DATE:20261201
RRULE:FREQ=MONTHLY
END:VEVENT
BEGIN:VTODO
UID:t-1
END:VTODO
END:VCALENDAR
"""
RELEASES = """{
 "uri": "https://komuna.example/ocds.json", "version": "1.1",
 "releases": [
  {"ocid": "ocds-x-1", "id": "1", "date": "2026-11-02T09:00:00Z", "tag": ["planning", "tender"],
   "buyer": {"name": "Komuna e Kline", "id": null},
   "tender": {"procurementMethod": "open", "value": {"amount": 1500.5, "currency": "EUR"},
    "tenderPeriod": {"endDate": "2026-12-01T12:00:00+01:00"},
    "documents": [{"id": "d1", "documentType": "tenderNotice"}, {"id": "d2", "tags": ["a", "b"]}]},
   "awards": []},
  {"url": "https://komuna.example/2.json", "tag": ["award"]}
 ]
}
"""


def with_objects(con: sqlite3.Connection) -> None:
    """Objects for the first event of a log in SQLite, with what changes of them."""
    con.executescript(
        """CREATE TABLE object_Meeting (ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT, seats INTEGER, state TEXT);
        INSERT INTO object VALUES ('m1', 'meeting'), ('d1', 'document');
        INSERT INTO object_map_type VALUES ('meeting', 'Meeting'), ('document', 'Document');
        INSERT INTO object_Meeting VALUES ('m1', '1970-01-01 00:00:00', NULL, 27, 'planned');
        INSERT INTO object_Meeting VALUES ('m1', '2026-11-01 00:00:00', 'state', 27, 'held');
        INSERT INTO event_object VALUES ('e1', 'm1', 'about'), ('e1', 'd1', 'file');"""
    )
