"""JSON: records that are not what they seem, as a line each and inside a document."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

from typing import Any, NamedTuple

from bad_input.entry import SEEN, Bad, Told, as_bytes, in_array, in_lines, record

GOOD_LINE = record("e2")


def _with(member: str) -> str:
    """A good record with one more member, as written."""
    return f"{GOOD_LINE[:-1]}, {member}}}"


class Fault(NamedTuple):
    """A bad record. ``stops`` says that its end cannot be told, so that a document ends there."""

    name: str
    text: bytes | str
    code: str
    words: str
    seen: dict[str, Any] = SEEN
    stops: bool = False


DEEP = "values are nested more than 100 deep; an event is flat."
HALF = "the text holds half of a character (a lone \\ud800..\\udfff)."
NO_NUMBER = "is not a number that JSON knows. "
TWICE = "stands twice in one record, and only one of its values can be true."
NOTHING: dict[str, Any] = {}

FAULTS = [
    # -- keys
    Fault("a key twice", _with('"case": "c2"'), "json_duplicate_key", f"the key “case” {TWICE}", {**SEEN, "case": None}),
    Fault("a key twice with one value", _with('"case"  : "c1"'), "json_duplicate_key", f"the key “case” {TWICE}"),
    Fault("a key twice, once escaped", _with('"\\u0063ase": "c2"'), "json_duplicate_key", TWICE, {**SEEN, "case": None}),
    Fault("a key twice inside a value", _with('"note": {"a": 1, "a": 2}'), "json_duplicate_key", f"the key “a” {TWICE}"),
    Fault("half a character in a key", _with('"\\ud800": 1'), "json_surrogate", HALF),
    # -- numbers
    *(Fault(word, _with(f'"signatures": {word}'), "json_number", f"“{word}” {NO_NUMBER}")
      for word in ("NaN", "Infinity", "-Infinity", "1e400", "-1e999")),
    Fault("5,000 digits", _with('"signatures": ' + "9" * 5000), "json_number_long", "a number has 5000 digits"),
    Fault("5,000 digits below 0", _with('"signatures": -' + "9" * 5000), "json_number_long", "a number has 5000 digits"),
    Fault("2,000 digits behind a point", _with('"signatures": 0.' + "1" * 2000), "json_number_long", "2002 digits"),
    *(Fault(f"the number {number}", _with(f'"signatures": {number}'), "json_syntax", "this is not JSON at character",
            SEEN, True) for number in ("01", "+1", "1.", ".5", "0x1F", "1_000")),
    # -- depth
    Fault("150 deep", _with('"agenda": ' + "[" * 150 + "]" * 150), "json_deep", DEEP),
    Fault("101 deep", _with('"agenda": ' + "[" * 100 + "]" * 100), "json_deep", DEEP),
    Fault("100,000 arrays", "[" * 100_000, "json_deep", DEEP, NOTHING, True),
    Fault("100,000 objects", '{"a":' * 100_000, "json_deep", DEEP, NOTHING, True),
    # -- characters
    Fault("a lone surrogate", _with('"place": "\\ud800"'), "json_surrogate", HALF),
    Fault("surrogates the wrong way round", _with('"place": "\\ude00\\ud83d"'), "json_surrogate", HALF),
    Fault("a tab inside a text", _with('"place": "a\tb"'), "json_syntax", "invalid control character.", SEEN, True),
    Fault("half an escape", _with('"place": "\\u00"'), "json_syntax", "escape", SEEN, True),
    # -- an end too early or too late
    Fault("half a line", GOOD_LINE[:65], "json_truncated", "the record ends in the middle, at character 65",
          {"type": "meeting.held", "time": "2026-11-02"}, True),
    Fault("cut inside an escape", GOOD_LINE[:-3] + "\\", "json_syntax", "escape", {**SEEN, "case": None}, True),
    Fault("salvaged only where beyond doubt",
          '{"municipality": 5, "type": "meeting.held", "case": "c1", "note": "\\"time\\": \\"2026-01-01\\""',
          "json_truncated", "at character 92", {"type": "meeting.held", "case": "c1"}, True),
    # -- no record
    *(Fault(f"{kind} instead of a record", text, "json_not_object", f"this is {kind}, not a record in braces {{...}}.",
            NOTHING) for kind, text in (
        ("an array", '["meeting.held"]'), ("a text", '"meeting.held"'), ("a number", "12"), ("null", "null"),
        ("true or false", "true"))),
    *(Fault(name, text, "json_syntax", "this is not JSON at character", NOTHING, True) for name, text in (
        ("no JSON", "type: meeting.held"), ("single quotes", GOOD_LINE.replace('"', "'")),
        ("keys without quotes", "{id: 1}"), ("Python", "{'id': None}"))),
    Fault("a comma behind the last member", GOOD_LINE[:-1] + ",}", "json_syntax", "this is not JSON at character", SEEN,
          True),
]  # fmt: skip
# What is a fault on a line, and none or another one in a document.
ONLY_LINES = [
    Fault("two records on a line", GOOD_LINE + " " + record("e4"), "json_extra",
          "something follows the end of the record, at character 99."),
    Fault("two records on a line, one without case", GOOD_LINE + record("e4").replace(', "case": "c1"', ""), "json_extra",
          "Write one record on each line.", {**SEEN, "case": None}),
    Fault("two records of two types", GOOD_LINE + record("e4", type="meeting.scheduled"), "json_extra",
          "Write one record on each line.", {**SEEN, "type": None}),
    Fault("a remark behind a record", GOOD_LINE + " // checked", "json_extra", "something follows the end of the record"),
    Fault("a comma behind a record", GOOD_LINE + ",", "json_extra", "something follows the end of the record"),
    Fault("not UTF-8", GOOD_LINE.replace("kline", "klin@").encode().replace(b"@", b"\xeb"), "not_utf8",
          "the line is not UTF-8: byte 81 of it is 0xeb.", {**SEEN, "municipality": None}),
    Fault("NUL in an id", GOOD_LINE.encode().replace(b"e2", b"e\x002"), "nul_byte", "there is a NUL byte"),
]  # fmt: skip


def _in_document(fault: Fault) -> Bad:
    """A fault inside an array: where the end of the record is known, the next one is read."""
    if not fault.stops:
        told, read, unread = Told("2", fault.code, fault.words), ("e1", "e3"), (fault.seen,)
        return Bad(fault.name, "json", in_array(fault.text), (told,), read, unread)
    code = "json_deep" if fault.code == "json_deep" else "json_stops"
    return Bad(fault.name, "json", in_array(fault.text), (Told("2", code),), ("e1",), ({},))


LINES = [
    Bad(f.name, "jsonl", in_lines(f.text), (Told("2", f.code, f.words),), ("e1", "e3"), (f.seen,))
    for f in (*FAULTS, *ONLY_LINES)
]
# A text is cut in a document where the next quote stands.
_NOT_INSIDE = {"half a line", "cut inside an escape", "salvaged only where beyond doubt"}
NOT_LOG = "a log in JSON is an array of records, or an object with the key events that holds one; this is "
ONE = record("e1")


def _whole(name: str, text: bytes | str, told: Told | None, read: tuple[str, ...] = (), unread: int = 1) -> Bad:
    return Bad(name, "json", as_bytes(text), (told,) if told else (), read, ({},) * unread)


DOCUMENTS = [
    *(_in_document(fault) for fault in FAULTS if fault.name not in _NOT_INSIDE),
    *(_whole(name, text, Told("", "json_not_log", NOT_LOG + kind)) for name, text, kind in (
        ("an object without events", '{"report": []}', "an object without that key"),
        ("events deeper down", f'{{"data": {{"events": [{ONE}]}}}}', "an object without that key"),
        ("events that are null", '{"events": null}', "an object whose key events holds null"),
        ("events in an object", '{"events": {"e1": {}}}', "an object whose key events holds an object"),
        ("one record", ONE, "an object without that key"),
        ("an empty object", "{}", "an empty object"),
        ("a text", '"x"', "a text"),
        ("lines of JSON", f"{ONE}\n{ONE}", "an object without that key"),
    )),
    _whole("an array without end", f"[{ONE},\n{{", Told("2", "json_stops", "the file ends in the middle"), ("e1",)),
    _whole("a record cut off", f"[{ONE},\n{ONE[:40]}", Told("2", "json_stops", "the file ends in the middle"), ("e1",)),
    _whole("two documents", f"[{ONE}]\n[{ONE}]", Told("2", "json_stops", "something follows the end of the log"), ("e1",)),
    _whole("a comma behind the last record", f"[{ONE},\n]", Told("2", "json_stops"), ("e1",)),
    _whole("no comma between records", f"[{ONE}\n{ONE}]", Told("2", "json_stops", "expecting , or ]"), ("e1",)),
    _whole("events twice", f'{{"events": [{ONE}],\n"events": []}}',
           Told("2", "json_duplicate_key", f"the key “events” {TWICE}"), ("e1",)),
    _whole("events twice, once escaped", f'{{"events": [{ONE}],\n"\\u0065vents": []}}',
           Told("2", "json_duplicate_key"), ("e1",)),
    _whole("depth beside the events", f'{{"a": {"[" * 100_000}', Told("1", "json_deep", DEEP)),
    _whole("half a mark inside", f"[\ufeff{ONE}]", Told("1", "json_stops", "expecting value")),
    _whole("a name escaped", f'{{"\\u0065vents": [{ONE}]}}', None, ("e1",), 0),
]  # fmt: skip
ENTRIES = [*LINES, *DOCUMENTS]
