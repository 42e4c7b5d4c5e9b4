"""CSV proved clean in bulk: the same problems, sources and records as row by row, whatever cells hold."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest

from readers.both_ways import assert_same, seeds
from readers.small_pack import GOOD, MUNICIPALITIES, VOCABULARY, ZONE
from readers.test_fast_path import DECLARED, ODD, RECEIVED, SCHEDULED, mutated_rows, rulebook
from transparency_check.logs import read_logs
from transparency_check.model import Log
from transparency_check.proving import tables
from transparency_check.reserved import RESERVED

NAMES = [*RESERVED, *VOCABULARY.attributes]


def cell(value: object) -> str:
    """A value as a table has it."""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else json.dumps(value) if isinstance(value, bool) else str(value)


def table(rows: list[dict[str, Any]], names: list[str], delimiter: str = ",", ending: str = "\n") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending)
    writer.writerow(names)
    writer.writerows([cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def clean(first: int, count: int = 5) -> list[dict[str, Any]]:
    return [{**GOOD, "id": f"c{n}"} for n in range(first, first + count)]


def both(path: Path, law: Any = None) -> Log:
    """The log read exactly, and proved, after they have been found to be the same."""
    by = (law.vocabulary, law.municipalities, law.zone) if law else (VOCABULARY, MUNICIPALITIES, ZONE)
    exact = read_logs([path], *by)
    fast = read_logs([path], *by, prove_from=0)
    assert_same(exact, fast, by[0])
    return fast


def proved(path: Path) -> int:
    log = both(path)
    return log.clean.size if log.clean else 0


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_values_of_all_kinds(tmp_path: Path, delimiter: str) -> None:
    rows: list[dict[str, Any]] = []
    for n, value in enumerate(
        [*ODD, "po", "jo", "#REF!", "#N/A x", "Err:502", "#1", "x" * 140_000, "a\nb", 'a"b']
    ):
        row = [GOOD, SCHEDULED, RECEIVED, DECLARED][n % 4]
        for name in NAMES:
            rows += [{**row, "id": f"e{n}-{name}", name: value}, {**GOOD, "id": f"c{n}-{name}"}]
    path = tmp_path / "log.csv"
    plain = [r for r in rows if not any(c in cell(v) for v in r.values() for c in '"\n\r\0')]
    path.write_bytes(table(plain, NAMES, delimiter))
    assert proved(path) > len(plain) // 2
    # With cells in which quotes, ends of lines and NULs are, most of it is for the exact reader.
    path.write_bytes(table(rows, NAMES, delimiter))
    both(path)


def test_each_column_is_proved_as_tables_have_it(tmp_path: Path) -> None:
    rows = [
        {**SCHEDULED, "place": "salla", "agenda": ["buxheti", "të tjera"], "channel": ["website", "media"]},
        {**RECEIVED, "signatures": 12, "urgent": True, "related": ["c2"], "recorded_at": "2026-11-03"},
        {**DECLARED, "event_families": ["meeting"], "retracted": False, "note": "shënim", "source": "x"},
        {**GOOD, "participants": ["mayor", "citizens"], "open_to_public": False},
    ]
    path = tmp_path / "log.csv"
    path.write_bytes(table([{**rows[n % 4], "id": f"e{n}"} for n in range(400)], NAMES))
    log = both(path)
    assert log.clean is not None
    assert (log.clean.size, log.records) == (400, [])
    assert log.clean.keys == set(NAMES)


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ("e1,meeting.held,2026-11-02,kline,c1,salla", 11),
        ("e1,meeting.held,2026-11-02,kline,c1,salla,", 10),
        ("e1,meeting.held,2026-11-02,kline,c1", 10),
        ('e1,meeting.held,2026-11-02,kline,c1,"salla, kati 2"', 10),
        ('e1,meeting.held,2026-11-02,kline,c1,"salla ""A"""', 10),
        ('"e1","meeting.held","2026-11-02","kline","c1","salla"', 10),
        ('e1,meeting.held,2026-11-02,kline,c1,"salla\nkati 2"', 5),
        ('e1,meeting.held,2026-11-02,kline,c1,"salla', 5),
        ('e1,meeting.held,2026-11-02,kline,c1,"sal"la', 5),
        ('e1,meeting.held,2026-11-02,kline,c1,sal"la', 5),
        # A row in a quoted cell is none.
        ('e1,meeting.held,2026-11-02,kline,c1,"x\ne9,meeting.held,2026-11-02,kline,c1,y\n"', 5),
        ("", 10),
        (" , ,,,,", 10),
        (",,,,,", 10),
        ("e1;meeting.held;2026-11-02;kline;c1;salla", 10),
        ("e1,meeting.held,2026-11-02,kline,c1,sal\0la", 0),
        ("e1,meeting.held,2026-11-02,kline,c1,sal\rla", 0),
        ("e1,meeting.held,2026-11-02,kline,c1,sal\u2028la", 10),
        ("e1,meeting.held,2026-11-02,kline,c1,#REF!", 10),
    ],
)
def test_lines_of_all_kinds_among_clean_ones(tmp_path: Path, line: str, size: int) -> None:
    names = ["id", "type", "time", "municipality", "case", "place"]
    head, tail = table(clean(0), names), table(clean(10), names).split(b"\n", 1)[1]
    path = tmp_path / "log.csv"
    whole = head + line.encode() + b"\n" + tail
    path.write_bytes(whole)
    assert proved(path) == size
    # A last line without an end is not proved.
    path.write_bytes(whole.removesuffix(b"\n"))
    assert proved(path) == (size - 1 if size >= 10 else size)
    path.write_bytes(b"\xef\xbb\xbf" + (head + line.encode() + b"\n" + tail).replace(b"\n", b"\r\n"))
    both(path)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ("id,type,time,municipality", 5),
        ('"id","type","time","municipality"', 5),
        ("Nr,Lloji i ngjarjes,Data,Komuna", 0),
        ("ID,Vrsta događaja,Data,Opština", 5),
        ("Regjistri i ngjarjeve\n\nid,type,time,municipality", 5),
        ('"Regjistri\ni ngjarjeve"\nid,type,time,municipality', 0),
        ("id,type,time,type", 0),
        ("id,type,time,Vrsta događaja", 0),
        ("id,type,time,", 0),
        ("id,type,place,municipality", 0),
    ],
)
def test_rows_of_headers(tmp_path: Path, head: str, size: int) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(
        head.encode() + b"\n" + b"".join(b"e%d,meeting.held,2026-11-02,kline\n" % n for n in range(5))
    )
    assert proved(path) == size


@pytest.mark.parametrize("encoding", ["utf-16", "cp1250", "utf-8-sig"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "log.csv"
    text = table(
        [{**row, "place": "çarshia"} for row in clean(0, 20)], ["id", "type", "time", "municipality", "place"]
    )
    path.write_bytes(text.decode().encode(encoding))
    assert proved(path) == (20 if encoding == "utf-8-sig" else 0)
    # One byte at the end decides for the whole file.
    path.write_bytes(text + b"e,meeting.held,2026-11-02,kline,\xe7\n")
    both(path)


@pytest.mark.parametrize("block", [50, 300, 2000])
def test_blocks_end_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(tables, "_TRIAL", 120)
    monkeypatch.setattr(tables, "_BLOCK", block)
    names = ["id", "type", "time", "municipality", "place"]
    for odd in ("x", "Salla, 1", "two\nlines", "ë" * 300):
        path = tmp_path / "log.csv"
        path.write_bytes(table([*clean(0, 20), {**GOOD, "id": "odd", "place": odd}, *clean(30, 20)], names))
        assert proved(path) >= 1


@pytest.mark.parametrize("seed", seeds(12, 120))
def test_mutated_rowss(tmp_path: Path, seed: int) -> None:
    law = rulebook()
    rng = random.Random(seed)
    rows = mutated_rows(seed)
    names = list(dict.fromkeys(name for row in rows for name in row))
    data = bytearray(table(rows, names, rng.choice(",;\t|"), rng.choice(["\n", "\n", "\r\n"])))
    for _ in range(rng.choice([0, 0, 1, 3])):
        at = rng.randrange(len(data))
        data[at : at + rng.randrange(2)] = rng.choice(
            [b'"', b",", b";", b"\n", b"\r", b"\xeb", b"\0", b" ", b'""']
        )
    path = tmp_path / "log.csv"
    path.write_bytes(data)
    both(path, law)
