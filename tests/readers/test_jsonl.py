"""JSON lines and JSON: bad lines are named and left out, the others are read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from readers.small_pack import GOOD, codes, messages, read, records
from transparency_check.readers.base import Input, Row
from transparency_check.readers.jsonl import JsonLines

LINE = json.dumps(GOOD).encode()
RESTS = "Until it is corrected, whatever this record could decide stays undetermined."

BAD_LINES = [
    pytest.param(
        b'{"id": "e2", "type": "meeting.held", "municipality": "kline", "ca',
        (
            "the record ends in the middle, at character 65: the file may have been cut off. "
            "{rests} Export it again."
        ),
        {"type": "meeting.held", "municipality": "kline"},
        id="half a line",
    ),
    pytest.param(
        LINE.replace(b"kline", b"klin\xeb"),
        "the line is not UTF-8: byte 81 of it is 0xeb. {rests} Save the file as UTF-8.",
        {"type": "meeting.held", "case": "c1", "time": "2026-11-02"},
        id="not UTF-8",
    ),
    pytest.param(
        LINE.replace(b"e1", b"e\x001"),
        "there is a NUL byte: the file is damaged, or is UTF-16 without its mark. {rests} Save it as UTF-8.",
        {"type": "meeting.held", "municipality": "kline", "case": "c1", "time": "2026-11-02"},
        id="NUL",
    ),
    pytest.param(
        LINE[:-1] + b', "case": "c2"}',
        (
            "the key “case” stands twice in one record, and only one of its values can be "
            "true. {rests} Remove one."
        ),
        {"type": "meeting.held", "municipality": "kline", "time": "2026-11-02"},
        id="key twice",
    ),
    pytest.param(
        LINE[:-1] + b', "case"  : "c1"}',
        (
            "the key “case” stands twice in one record, and only one of its values can be "
            "true. {rests} Remove one."
        ),
        {"type": "meeting.held", "municipality": "kline", "case": "c1", "time": "2026-11-02"},
        id="key twice with the same value",
    ),
    pytest.param(
        LINE[:-1] + b', "signatures": NaN}',
        "“NaN” is not a number that JSON knows. {rests} Leave the value out where there is none.",
        {"type": "meeting.held", "municipality": "kline", "case": "c1", "time": "2026-11-02"},
        id="NaN",
    ),
    pytest.param(
        LINE[:-1] + b', "signatures": -Infinity}',
        "“-Infinity” is not a number that JSON knows. {rests} Leave the value out where there is none.",
        {"type": "meeting.held", "municipality": "kline", "case": "c1", "time": "2026-11-02"},
        id="infinity",
    ),
    pytest.param(
        LINE[:-1] + b', "signatures": 1e400}',
        "“1e400” is not a number that JSON knows. {rests} Leave the value out where there is none.",
        {"type": "meeting.held", "municipality": "kline", "case": "c1", "time": "2026-11-02"},
        id="1e400",
    ),
    pytest.param(
        LINE[:-1] + b', "signatures": ' + b"9" * 5000 + b"}",
        "a number has 5000 digits, more than any count of things needs. {rests} Correct the number.",
        {"type": "meeting.held", "municipality": "kline", "case": "c1", "time": "2026-11-02"},
        id="5,000 digits",
    ),
    pytest.param(
        LINE[:-1] + b', "place": "\\ud800"}',
        (
            "the text holds half of a character (a lone \\ud800..\\udfff). {rests} Correct the "
            "program that wrote it."
        ),
        {"type": "meeting.held", "municipality": "kline", "case": "c1", "time": "2026-11-02"},
        id="lone surrogate",
    ),
    pytest.param(
        b"[" * 100_000,
        (
            "values are nested more than 100 deep; an event is flat. {rests} Write each "
            "attribute as a value of its own."
        ),
        {},
        id="100,000 deep",
    ),
    pytest.param(
        LINE[:-1] + b', "agenda": ' + b"[" * 150 + b"]" * 150 + b"}",
        (
            "values are nested more than 100 deep; an event is flat. {rests} Write each "
            "attribute as a value of its own."
        ),
        {"type": "meeting.held", "municipality": "kline", "case": "c1", "time": "2026-11-02"},
        id="150 deep",
    ),
    pytest.param(
        b'["meeting.held"]',
        "this is an array, not a record in braces {{...}}. {rests} Write one object for each event.",
        {},
        id="an array",
    ),
    pytest.param(
        LINE + b" " + LINE,
        "something follows the end of the record, at character 99. {rests} Write one record on each line.",
        {"type": "meeting.held", "municipality": "kline", "case": "c1", "time": "2026-11-02"},
        id="two records on a line",
    ),
    pytest.param(
        b"type: meeting.held",
        "this is not JSON at character 1: expecting value. {rests} Correct the line.",
        {},
        id="no JSON",
    ),
    pytest.param(
        b'{"municipality": 5, "type": "meeting.held", "case": "c1", "note": "\\"time\\": \\"2026-01-01\\""',
        (
            "the record ends in the middle, at character 92: the file may have been cut off. "
            "{rests} Export it again."
        ),
        {"type": "meeting.held", "case": "c1"},
        id="salvaged only where beyond doubt",
    ),
]


@pytest.mark.parametrize(("line", "message", "seen"), BAD_LINES)
def test_a_bad_line_is_named_and_the_next_is_read(
    tmp_path: Path, line: bytes, message: str, seen: dict[str, str]
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(LINE.replace(b"e1", b"e0") + b"\n" + line + b"\n\n" + LINE + b"\n")
    log = read(path)
    assert messages(log) == [f"error log.jsonl:2: {message.format(rests=RESTS)}"]
    first, bad, last = records(log)
    assert (first["id"], last["id"], last["place"][-11:]) == ("e0", "e1", "log.jsonl:4")
    assert bad["readable"] is False
    assert {k: bad[k] for k in ("type", "municipality", "case", "time") if k in bad} == seen
    assert log.sources[0].events == 2


def test_a_line_of_50_mb_is_refused_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with path.open("wb") as file:
        file.write(LINE[:-1] + b', "note": "')
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + LINE + b"\n")
    log = read(path)
    assert messages(log) == [
        (
            "error log.jsonl:1: the line is longer than 10 MB and is not read: no event is so "
            "long, and line ends "
            f"may be missing. {RESTS} Write one record on each line."
        )
    ]
    bad, good = records(log)
    assert set(bad) == {"place", "file", "readable"}
    assert good["place"].endswith("log.jsonl:2")


def test_line_separators_inside_text_do_not_shift_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    text = json.dumps({**GOOD, "note": "a\u2028b\u0085c\x0bd"}, ensure_ascii=False)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n\r\n" + LINE.replace(b"e1", b"e2"))
    log = read(path)
    assert not log.problems
    assert [(r["id"], r["place"].rpartition(":")[2]) for r in records(log)] == [("e1", "1"), ("e2", "3")]


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"b":["x","y"],"c":"","d":null,"e":true}',
        b'{ "a" : 1 , "b":\t["x"] }\r\n',
        b'{"a":"q\\"u\\"ote","b":"12:30"}',
        b'{"a":1.5,"b":12345678901234567890123,"c":{"d":[]}}',
        '{"a":"Klinë \\u2028 ж"}'.encode(),
    ],
)
def test_clean_lines_are_read_as_json_reads_them(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(line)
    source = Input("log.jsonl", path)
    assert list(JsonLines().read(source)) == [Row("log.jsonl:1", json.loads(line))]
    assert source.close() == hashlib.sha256(line).hexdigest()


def test_a_document_gives_the_line_of_each_record(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    items = [
        LINE.decode(),
        json.dumps({**GOOD, "id": "e2"}, indent=1),
        '{"id": "e3", "id": "e4"}',
        "7",
        LINE.decode(),
    ]
    path.write_text('{"schema": "x",\n "events": [\n' + ",\n".join(items) + "]}", encoding="utf-8")
    log = read(path)
    assert codes(log) == [("json_duplicate_key", "log.json:11"), ("json_not_object", "log.json:12")]
    assert [r["place"].rpartition(":")[2] for r in records(log)] == ["3", "4", "11", "12", "13"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b'{"report": []}',
            (
                "error log.json: a log in JSON is an array of records, or an object with the key "
                "events that holds "
                "one; this is an object without that key. Nothing in it is read. If each line is a "
                "record, give the "
                "file the ending .jsonl."
            ),
        ),
        (
            LINE + b"\n" + LINE,
            "error log.json:1: this is not JSON at character 100 of the line",
        ),
        (
            b"[" + LINE + b",\n{",
            (
                "error log.json:2: this is not JSON at character 2 of the line: the file ends in "
                "the middle. Reading "
                "stops here; what the rest could decide stays undetermined. Correct the file."
            ),
        ),
        (
            b"[" * 100_000,
            "error log.json:1: values are nested more than 100 deep; an event is flat.",
        ),
        (
            b'["\xff"]',
            f"error log.json:1: the line is not UTF-8: byte 3 of it is 0xff. {RESTS} Save the file as UTF-8.",
        ),
    ],
)
def test_a_document_that_is_no_log_is_unread_from_there(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "log.json"
    path.write_bytes(content)
    log = read(path)
    if content.startswith(LINE):
        assert codes(log) == [("json_not_log", "log.json")]
    else:
        assert len(log.problems) == 1
        assert messages(log)[0].startswith(message)
    assert records(log)[-1]["readable"] is False


@pytest.mark.parametrize("name", ["log.jsonl", "log.json"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_called_by_its_name(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(("\ufeff" + json.dumps(GOOD) + "\n" + json.dumps(GOOD) + "\n").encode(encoding))
    log = read(path)
    assert messages(log) == [
        (
            f"error {name}: {path.as_posix()} is UTF-16, as its first two bytes say, and JSON is read "
            "as UTF-8 only; nothing in it is read, and what it could decide stays undetermined. Save it "
            "as UTF-8."
        )
    ]
    assert [r["readable"] for r in records(log)] == [False]
