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
