"""Changes that keep an input near to a valid one: bytes changed blindly seldom come past the first check.

A mutator takes bytes and a source of random numbers. ``atheris`` measures which changes reach new code.
"""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import io
import json
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence

Mutator = Callable[[bytes, random.Random], bytes]

MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
BYTES = (
    b"\0", b"\xff", b"\xeb", b"\xc3", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\xc2\x85", b"\xe2\x80\x8f", b"\xcc\x81",
    b"\x1b[31m", b"\r", b"\n", b"\r\n", b"\t", b" ", b"\x0b", b"\x1c", b"\xc2\xa0", b"9" * 1100, b"x" * 300,
)  # fmt: skip
JSON = (
    b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\", b"\\u0000", b"\\ud800", b"\\udc00", b"null", b"NaN", b"-Infinity",
    b"1e400", b"-0", b"1.5", b'"id":', b'"case":', b'{"a":{}}', b"[" * 120, b'"type":"x"', b"// x", b"'", b"-", b"E",
)  # fmt: skip
TABLE = (
    b",", b";", b"\t", b"|", b'"', b'""', b'"\n"', b",,", b'","', b"type", b"time", b"Data", b"id", b"case", b"=1+1",
)  # fmt: skip
YAML = (
    b"- ", b"? ", b": ", b"&a ", b"*a", b"!!str ", b"!x ", b"<<: ", b"|\n", b">-\n", b"%YAML 1.1\n", b"---\n", b"...\n",
    b"[", b"]", b"{", b"}", b",", b"#", b'"', b"'", b"\\x1b", b'"\\ud800"', b"on", b"NO", b"1:30", b"0o7", b"1e999", b"~",
    b"null", b"2026-02-30", b"  ", b"{a: 1, a: 2}", b"[[[[[[[[[[[[", b"- - - - - - - -", b"9999999999999999999", b".nan",
)  # fmt: skip
XML = (
    b"<", b">", b"/>", b'"', b"&amp;", b"&x;", b"&#0;", b"<![CDATA[", b"<!--", b"<c r='XFD1048576' t='s'><v>9</v></c>",
    b"<c r='A1'/>", b"<c t='e'><v>#REF!</v></c>", b"<c t='d'><v>2026-02-30</v></c>", b"<c s='9'><v>1e400</v></c>",
    b"<v>-1</v>", b"<v>NaN</v>", b"<f>A1</f>", b"<mergeCell ref='A1:C3'/>", b"r='AAAA1'", b"r='A0'", b"r='1A'",
    b"t='inlineStr'", b"<is><t>x</t></is>", b"office:value-type='date'", b"table:number-columns-repeated='999999999'",
    b"table:number-rows-repeated='999999999'", b"date1904='1'", b"4294967295", b"-1", b"99999999999999999999",
)  # fmt: skip
EVENTS = (
    b"<", b">", b"/>", b'"', b"&amp;", b"&x;", b"&#0;", b"&#10;", b"<![CDATA[<event>]]>", b"<!--", b"-->", b"<!-- <event> -->",
    b"<?x y?>", b"<!DOCTYPE log [<!ENTITY a 'b'>]>", b"<event>", b"</event>", b"<trace>", b"</trace>", b"</trace><trace>",
    b"<string key='a' value='b'/>", b'<string key="type" value="meeting.held"/>', b'<int key="n" value="1e400"/>', b"<values>",
    b'<list key="l"><values>', b"</values></list>", b'<date key="time:timestamp" value="2026-02-30"/>', b'<boolean key="b" value="x"/>',
    b'<global scope="event">', b"</global>", b'<classifier name="c" keys="a b"/>', b"<event/>", b"<a>" * 120, b"\xc3", b"\r",
    b"<objects>", b"</objects>", b"<events>", b"</events>", b'<relationship object-id="o1" qualifier="q"/>', b"<attributes>",
    b'<object id="o1" type="t">', b"</object>", b'<attribute name="a" time="2026-01-01T00:00:00Z">', b"</attribute>",
)  # fmt: skip
CALENDAR = (
    b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VALARM\r\n", b"END:VCALENDAR\r\n", b"RRULE:FREQ=DAILY\r\n",
    b"RRULE:FREQ=YEARLY;COUNT=5;BYMONTH=2;BYMONTHDAY=30\r\n", b"RRULE:FREQ=SECONDLY;COUNT=9\r\n", b"RRULE:FREQ=DAILY;INTERVAL=0;COUNT=2\r\n",
    b"RRULE:FREQ=WEEKLY;UNTIL=20261231T000000Z;BYDAY=MO\r\n", b"EXDATE:20261102T090000Z\r\n", b"RDATE;VALUE=DATE:20261102\r\n",
    b"RECURRENCE-ID;RANGE=THISANDFUTURE:20261102T090000Z\r\n", b"DTSTART;TZID=Europe/Belgrade:", b"DTSTART;VALUE=DATE:20261102\r\n",
    b"DURATION:-P1D\r\n", b"DURATION:P99999W\r\n", b"TZID:Europe/Belgrade\r\n", b";", b":", b'"', b",", b"\\", b"\r\n ", b"\n\t", b"=",
    b"00000000T000000", b"99991231T235960Z", b"BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\n", b"BEGIN:X\r\n" * 20,
)  # fmt: skip
# Values of events: right ones, and what people and programs write instead.
VALUES = (
    None, True, False, 0, -1, 1.5, 10**15, 10**16, "", " ", " x", "x\u00a0", "e\u0301", "\u200fx", "\u2028", "\x00", "\ud800",
    [], ["x"], [1], [["x"]], {}, {"a": 1}, "meeting.held", "meeting.scheduled", "submission.received", "coverage.declared",
    "Mbledhja u mbajt", "meting.held", "payment.made", "kline", "Klinë", "Mitrovicë", "klina ", "2026-11-02", "2026-02-30",
    "02.11.2026", "2026-11-02T10:00", "2026-03-29T02:30", "2026-11-02T10:00+14:00", "46328", "2100-12-31T23:59-14:00",
    "2026-01-01/2026-12-31", "2026-12-31/2026-01-01", "website;media", "assembly", "yes", "po", "120", "-0", "٢",
)  # fmt: skip
NAMES = (
    "id", "type", "time", "municipality", "case", "related", "recorded_at", "retracted", "source", "note", "body",
    "planned_at", "place", "agenda", "channel", "participants", "open_to_public", "urgent", "signatures", "period",
    "event_families", "Data", "Komuna", "KOMUNA ", "unknown", "", "time ", "Lënda",
)  # fmt: skip


def spliced(data: bytes, rng: random.Random, tokens: Sequence[bytes]) -> bytes:
    """A token put in, or in place of a few bytes; or a piece left out, doubled, or moved."""
    at = rng.randrange(len(data) + 1)
    upto = min(len(data), at + rng.choice((0, 0, 1, 2, 8, 40)))
    way = rng.randrange(6)
    if way < 4:
        return data[:at] + rng.choice(tokens if rng.random() < 0.8 else BYTES) + data[upto:]
    if way == 4:
        return data[:at] + data[upto:]
    piece = data[at:upto]
    other = rng.randrange(len(data) + 1)
    return data[:other] + piece * rng.choice((1, 2, 30)) + data[other:]


def relined(data: bytes, rng: random.Random) -> bytes:
    """A line left out, doubled or moved; other ends of lines; another encoding; the file cut off."""
    way = rng.randrange(8)
    if way == 0:
        return data[: rng.randrange(len(data) + 1)]
    if way == 1:
        return rng.choice(MARKS) + data
    if way == 2:
        codec = rng.choice(("utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "utf-8-sig"))
        return data.decode("utf-8", "replace").encode(codec, "replace")
    if way == 3:
        return data.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b"\xe2\x80\xa8")))
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    if way == 4:
        del lines[at]
    elif way == 5:
        lines.insert(rng.randrange(len(lines) + 1), lines[at])
    elif way == 6:
        lines.insert(at, lines.pop(rng.randrange(len(lines))))
    else:
        lines[at] = b" " * rng.randrange(5) + lines[at].lstrip(b" ")
    return b"\n".join(lines)


def _row(text: str, rng: random.Random) -> str:
    """A record in JSON with one value, key or order changed; other text as it is."""
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if not isinstance(row, dict):
        return text
    name = rng.choice(NAMES if rng.random() < 0.6 or not row else list(row))
    way = rng.randrange(8)
    if way == 0:
        row.pop(name, None)
    elif way == 1:
        row = dict(rng.sample(list(row.items()), len(row)))
    else:
        row[name] = rng.choice(VALUES)
    dumped = json.dumps(row, ensure_ascii=rng.random() < 0.5)
    if way == 2:
        dumped = f"{dumped[:-1]}, {json.dumps(name)}: {json.dumps(rng.choice(VALUES))}}}"
    return dumped


def json_lines(data: bytes, rng: random.Random) -> bytes:
    """Changes of a log in JSON lines."""
    if rng.random() < 0.3:
        return spliced(data, rng, JSON)
    if rng.random() < 0.3:
        return relined(data, rng)
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    at = rng.randrange(len(lines))
    lines[at] = _row(lines[at], rng)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def json_document(data: bytes, rng: random.Random) -> bytes:
    """Changes of a log that is one JSON document."""
    if rng.random() < 0.4:
        return spliced(data, rng, JSON)
    if rng.random() < 0.3:
        return relined(data, rng)
    text = data.decode("utf-8", "surrogateescape")
    rows = list(re.finditer(r"\{[^{}]*\}", text))
    if not rows:
        return spliced(data, rng, JSON)
    row = rng.choice(rows)
    return (text[: row.start()] + _row(row[0], rng) + text[row.end() :]).encode("utf-8", "surrogatepass")


def table(data: bytes, rng: random.Random) -> bytes:
    """Changes of a table as text: cells, delimiters, quotes, lines, encodings."""
    if rng.random() < 0.4:
        return spliced(data, rng, TABLE)
    if rng.random() < 0.3:
        return relined(data, rng)
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    delimiter = rng.choice((b",", b";", b"\t", b"|"))
    cells = lines[at].split(delimiter)
    value = rng.choice(VALUES)
    text = "" if value is None else str(value)
    if rng.random() < 0.2:
        text = '"' + text.replace('"', '""') + rng.choice(("", "\n", "\r\n")) + '"'
    cells[rng.randrange(len(cells))] = text.encode("utf-8", "replace")
    lines[at] = delimiter.join(cells)
    return b"\n".join(lines)


def yaml(data: bytes, rng: random.Random) -> bytes:
    """Changes of YAML: marks, indentation, lines."""
    if rng.random() < 0.6:
        return spliced(data, rng, YAML)
    return relined(data, rng)


def pack_file(data: bytes, rng: random.Random) -> bytes:
    """Changes of one file of a pack; its name stands on the first line."""
    head, line, content = data.partition(b"\n")
    if rng.random() < 0.02:
        return spliced(data, rng, YAML)
    if head.endswith(b".csv"):
        return head + line + table(content, rng)
    return head + line + yaml(content, rng)


def archive(data: bytes, rng: random.Random) -> bytes:
    """Changes inside the files of a workbook, or of the archive that holds them."""
    if rng.random() < 0.15:
        return spliced(data, rng, XML)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(member.file_size for member in packed.infolist()) > 1_000_000:
                return data[: rng.randrange(len(data) + 1)]
            members = [(member.filename, packed.read(member)) for member in packed.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        return spliced(data, rng, XML)
    if not members:
        return spliced(data, rng, XML)
    at = rng.randrange(len(members))
    # Most often a sheet: there the cells are.
    sheets = [n for n, (name, _) in enumerate(members) if "sheet1" in name or name == "content.xml"]
    if sheets and rng.random() < 0.5:
        at = rng.choice(sheets)
    name, content = members[at]
    way = rng.randrange(12)
    if way == 0:
        members.append((name, content))
    elif way == 1:
        del members[at]
    elif way == 2:
        members[at] = (spliced(name.encode(), rng, XML).decode("utf-8", "replace"), content)
    elif way < 7:
        members[at] = (name, _element(content, rng))
    else:
        members[at] = (name, spliced(content, rng, XML))
    out = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as packed,
    ):
        # Of a name that stands there twice.
        warnings.simplefilter("ignore")
        for member, text in members:
            packed.writestr(zipfile.ZipInfo(member or "x"), text, packed.compression)
    made = out.getvalue()
    if rng.random() < 0.1:
        # Sizes, flags and checksums stand in the last part.
        place = rng.randrange(max(0, len(made) - 400), len(made))
        made = made[:place] + rng.choice((b"\0", b"\xff", b"\x01", b"\x7f")) + made[place + 1 :]
    return made


def _element(content: bytes, rng: random.Random) -> bytes:
    """The value of one attribute or the text of one element replaced."""
    found = list(re.finditer(rb'="([^"]*)"|>([^<]+)<', content))
    if not found:
        return spliced(content, rng, XML)
    match = rng.choice(found)
    start, end = match.span(1 if match[1] is not None else 2)
    value = rng.choice(VALUES)
    new = rng.choice((
        str(value).encode("utf-8", "replace"), rng.choice(found)[1] or b"", b"%d" % rng.choice((0, 1, 2, 15, 46328, 2**31)),
    ))  # fmt: skip
    return content[:start] + new + content[end:]


def parquet(data: bytes, rng: random.Random) -> bytes:
    """Bytes changed, most of them in the description at the end or in the heads of pages."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        if not made:
            break
        back = 1 + rng.randrange(min(len(made), 1_500))
        place = rng.randrange(len(made)) if rng.random() < 0.4 else len(made) - back
        way = rng.random()
        if way < 0.5:
            made[place] ^= 1 << rng.randrange(8)
        elif way < 0.8:
            made[place] = rng.choice((0, 1, 0x15, 0x7F, 0x80, 0xFF))
        elif way < 0.9:
            del made[place : place + rng.randrange(1, 9)]
        else:
            made[place:place] = rng.randbytes(rng.randrange(1, 9))
    return bytes(made)


def database(data: bytes, rng: random.Random) -> bytes:
    """Bytes of a database changed, most of them where something stands; pages left out or put in again."""
    made, page = bytearray(data), 512
    for _ in range(rng.choice((1, 1, 2, 4))):
        if len(made) < page:
            break
        place = rng.randrange(len(made))
        way = rng.random()
        if way < 0.7:
            # Most of a page is empty.
            filled = [at for at in range(place, min(place + 4 * page, len(made))) if made[at]]
            place = rng.choice(filled) if filled else place
            made[place] = rng.choice((0, 1, 0x0D, 0x7F, 0x80, 0xFF, made[place] ^ 1 << rng.randrange(8)))
        elif way < 0.8:
            made[:100] = bytes(b ^ 1 << rng.randrange(8) if rng.random() < 0.02 else b for b in made[:100])
        else:
            start = place - place % page
            piece = made[start : start + page]
            if way < 0.9:
                del made[start : start + page]
            else:
                made[rng.randrange(len(made)) :] = piece
    return bytes(made)


def xml(data: bytes, rng: random.Random) -> bytes:
    """Changes of a log in XML: values of attributes, texts, elements, lines."""
    if rng.random() < 0.5:
        return _element(data, rng)
    if rng.random() < 0.3:
        return relined(data, rng)
    return spliced(data, rng, EVENTS)


def calendar(data: bytes, rng: random.Random) -> bytes:
    """Changes of a calendar: properties, their values, lines."""
    if rng.random() < 0.3:
        return relined(data, rng)
    return spliced(data, rng, CALENDAR)


# Readers by their names; others are changed blindly until they get a mutator here.
BY_READER: dict[str, Mutator] = {
    "jsonl": json_lines,
    "json": json_document,
    "csv": table,
    "sheet": archive,
    "parquet": parquet,
    "register": database,
    "xes": xml,
    "ocel-json": json_document,
    "ocel-xml": xml,
    "ocel-sqlite": database,
    "sql": database,
    "ics": calendar,
    "ocds": json_document,
}
