"""Rows proved clean in bulk: the same problems, sources, records and reports as row by row, whatever a log
holds.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from readers.both_ways import assert_same, loaded, seeds
from readers.small_pack import GOOD, MUNICIPALITIES, VOCABULARY, ZONE
from transparency_check import proving
from transparency_check.checking import Inquiry, answer
from transparency_check.logs import read_logs
from transparency_check.model import Log
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.plugins import load_registry
from transparency_check.proving import forms, json_lines, prover
from transparency_check.reports.json import JsonReporter
from transparency_check.reports.options import Names, ReportOptions

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*/log.jsonl"))
SCHEDULED = {**GOOD, "type": "meeting.scheduled", "body": "assembly", "planned_at": "2026-11-27T10:00"}
RECEIVED = {**GOOD, "type": "submission.received"}
DECLARED = {**GOOD, "type": "coverage.declared", "period": "2026-01-01/2026-12-31"}

TIMES = [
    "2026-11-02T10:00", "2026-11-02T10:00:59.999999+14:00", "2026-03-29T02:30", "2026-10-25T02:30",
    "2026-03-29", "2026-02-29", "2026-13-01", "1989-12-31", "1990-01-01", "2100-12-31", "2101-01-01",
    "2100-12-31T23:59-14:00", "1990-01-01T00:00+14:00", "2026-11-02T24:00", "2026-11-02T10",
    "2026-11-02 10:00", "2026-11-02T10:00z", "2026-11-02T10:00+14:59", "2026-11-02T10:00+15:00",
    "2026-11-02T10:00:60", "2026-11-02T10:00:00.1234567", " 2026-11-02", "2026-11-02 ", "02.11.2026",
    "46328", "٢٠٢٦-١١-٠٢", "0000-00-00", "2026-11-02T10:00\n",
]  # fmt: skip
ODD = [
    None, True, False, 0, 1, -1, 5, 5.0, 1e3, -0.0, 10**15, 10**15 + 1, -(10**15), 10**18, 10**25, "", " ",
    "  x", "x ", "\u00a0x", "x\u00ad", "e\u0301", "\u00e9", "\u212b", "Ж ж", "\u0439", "\u0438\u0306",
    "a\u200bb", "\ufeffx", "\ufffd", "x\u0000", "x\ty", "x\\y", 'x"y', "x/y", "x;y", "日本", "\U0001f600",
    "\u2028", "\u0085", "\x7f", "\ud800", "x" * 3000, [], [""], ["x"], ["y", "x", "y"], [" x"], ["x", 1],
    [None], [["x"]], {}, {"a": 1}, "true", "yes", "no", "1", "12", "-0", "012", "website", "Website",
    ["website"], ["media", "website", "media"], ["media", "nowhere"], "website;media", "mayor", "Kuvendi",
    "kline", "Klina", "KLINE", "meeting.held", "Mbledhja u mbajt", "2026-01-01/2026-12-31",
    "2026-12-31/2026-01-01", "2026-02-30/2026-12-31", "2026", "meeting", ["meeting"], ["Meeting"],
    ["submission", "meeting", "meeting"], ["meeting", "x"], "website, media", "meeting.heldd", *TIMES,
]  # fmt: skip
# Lines as JSON has them, or nearly: what a lenient reader would let pass.
AT = '"time": "2026-11-02", "municipality": "kline"'
HELD = f'"id": "e1", "type": "meeting.held", {AT}'
RECEIPT = f'"id": "e1", "type": "submission.received", {AT}'
LINES = [
    f"{{{HELD},}}", f"{{{HELD}}}x", f"{{{HELD}}}}}", f"{{{HELD}}} // x", f"{{{HELD}}}", f"{{ {HELD} }}",
    f"{{{HELD}}},", f"{{,{HELD}}}", f"[{{{HELD}}}]", f"{{{HELD} , {AT}}}", f"\v{{{HELD}}}",
    f'{{{HELD}, "id": "e1"}}', f'{{{HELD}, "case": "c1", "case": "c2"}}', f'{{{HELD}, "signatures": 01}}',
    f'{{{HELD}, "other": "x"}}', f'{{{HELD}, "note": ""}}', f'{{{HELD}, "note": "a": "b"}}',
    f'{{{HELD}, "note": "a" "b"}}', f'{{{HELD}, "type": "meeting.scheduled"}}', f'{{{HELD}, "note": 1, }}',
    HELD.join("{}").replace(" ", ""), HELD.join("{}").replace(":", " :"), HELD.join("{}").replace('"', "'"),
    HELD.join("{}").replace("id", "\\u0069d"), HELD.join("{}").replace("id", "ID"),
    HELD.join("{}").replace("e1", "c2"), HELD.join("{}").replace("meeting.held", "no.such"),
    HELD.join("{}").replace("meeting.held", "meetingxheld"), HELD.join("{}").replace("kline", "Klina"),
    f'{{"id": "e1", {AT}, "body": "mayor"}}', f'{{"type": "meeting.held", {AT}}}',
    '{"id": "e1", "type": "meeting.held", "municipality": "kline"}',
    '{"id": "e1", "type": "meeting.held", "time": "2026-11-02"}',
    *(f'{{{RECEIPT}, "signatures": {n}}}' for n in ("-0", "1.0", "+1", "1e2", "01", "0x1", ".5", "--1")),
    *(f'{{{RECEIPT}, "urgent": {word}}}' for word in ("True", "yes", "nan", "NaN", "null", "tru")),
    "{}", "[]", "null", '"x"', " ", "\t", "\r", "\f", "{", "}", "x", "{}{}", "", "#",
]  # fmt: skip


def clean(first: int = 0) -> str:
    """Some clean lines."""
    rows = [{**GOOD, "id": f"c{n}", "time": f"2026-11-{n + 1:02}"} for n in range(first, first + 5)]
    return "".join(json.dumps(row) + "\n" for row in rows)


def both(path: Path) -> tuple[Log, Log]:
    """The log read exactly, and proved, after they have been found to be the same."""
    exact = read_logs([path], VOCABULARY, MUNICIPALITIES, ZONE)
    fast = read_logs([path], VOCABULARY, MUNICIPALITIES, ZONE, prove_from=0)
    assert_same(exact, fast, VOCABULARY)
    return exact, fast


def between(path: Path, lines: list[bytes]) -> Log:
    """The lines, each between clean ones, read both ways."""
    path.write_bytes(clean().encode() + b"\n".join(lines) + b"\n" + clean(10).encode())
    _, fast = both(path)
    return fast


class Compared(NamedTuple):
    """A log read both ways: its problems and rows by place, and the numbers of the lines proved clean."""

    exact: dict[str, list[Any]]
    fast: dict[str, list[Any]]
    proved: set[int]


@cache
def lines_of_all_kinds(end: str) -> Compared:
    """Every line, each with an id of its own, each before a clean one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.jsonl")
        lines = clean().splitlines()
        for n, line in enumerate(LINES):
            lines += [line.replace('"e1"', f'"e{n}"') + end, json.dumps({**GOOD, "id": f"k{n}"})]
        path.write_bytes("\n".join([*lines, clean(10)]).encode())
        exact, fast = both(path)
    assert fast.clean is not None
    numbers = fast.clean.con.execute("SELECT number FROM clean").fetchall()
    return Compared(by_place(exact), by_place(fast), {number for (number,) in numbers})


def by_place(log: Log) -> dict[str, list[Any]]:
    """Problems and rows of a log, without contents, by the number of their line."""
    found: dict[str, list[Any]] = {}
    for problem in log.problems:
        found.setdefault(problem.place.rpartition(":")[2], []).append((problem.code, problem.message))
    for row in loaded(log, VOCABULARY):
        found.setdefault(row[2].rpartition(":")[2], []).append(row[:-1])
    return found


@pytest.mark.parametrize("number", range(len(LINES)), ids=lambda number: ascii(LINES[number]))
def test_lines_of_all_kinds(number: int) -> None:
    for end in ("", "\r", " "):
        found = lines_of_all_kinds(end)
        # Five clean ones come first, and one before it unless it is the first.
        line = 6 + 2 * number
        assert found.fast.get(str(line)) == found.exact.get(str(line))
        assert line + 1 in found.proved


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("row", [GOOD, SCHEDULED, RECEIVED, DECLARED], ids=lambda row: str(row["type"]))
def test_values_of_all_kinds(tmp_path: Path, row: dict[str, Any], part: int) -> None:
    names = [
        "id", "type", "time", "municipality", "case", "related", "recorded_at", "retracted", "source", "note",
        *VOCABULARY.attributes, "unknown", "Organi",
    ]  # fmt: skip
    lines = []
    for name in names[part::3]:
        for n, value in enumerate(ODD):
            for ascii_only in (True, False):
                odd = {**row, "id": f"{name}-{n}-{ascii_only}", name: value}
                lines.append(json.dumps(odd, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass"))
    between(tmp_path / "log.jsonl", lines)


NOT_TEXT = (b"\xff", b"\xed\xa0\x80", b"\xc3", b"\xf4\x90\x80\x80", b"\0", b"\r", b"\x1f", b"\xef\xbb\xbf")


@pytest.mark.parametrize("odd", NOT_TEXT, ids=ascii)
def test_bytes_that_are_no_text(tmp_path: Path, odd: bytes) -> None:
    lines = []
    for n, position in enumerate((b"@", b'"note"', b"kline", b"{", b"}")):
        for way, put in enumerate((position + odd, odd)):
            line = json.dumps({**GOOD, "id": f"e{n}-{way}", "note": "x@y"}).encode()
            lines.append(line.replace(position, put))
    between(tmp_path / "log.jsonl", lines)


STARTS = ["", "\ufeff", "\n", "\r\n", " \n"]
ENDINGS = ["", "\n", "\n\n", "\r\n", "\r", "\x1a"]
NEWLINES = ["\n", "\r\n", "\r", "\n\n"]


@cache
def files_of_all_kinds() -> tuple[Compared, dict[tuple[str, str, str], str]]:
    """One file for each start, newline and ending, with ids of its own; and the names of the files."""
    names = {}
    with tempfile.TemporaryDirectory() as folder:
        for n, kind in enumerate(itertools.product(STARTS, NEWLINES, ENDINGS)):
            start, newline, ending = kind
            names[kind] = name = f"{n:03}.jsonl"
            lines = clean().strip().replace('"id": "c', f'"id": "{n}-').replace("\n", newline)
            Path(folder, name).write_bytes((start + lines + ending).encode())
        exact, fast = both(Path(folder))
    return Compared(by_file(exact), by_file(fast), set()), names


def by_file(log: Log) -> dict[str, list[Any]]:
    """Problems and rows of a log, without contents, by the name of their file."""
    found: dict[str, list[Any]] = {}
    for problem in log.problems:
        found.setdefault(problem.place.partition(":")[0], []).append(problem)
    for row in loaded(log, VOCABULARY):
        found.setdefault(row[2].partition(":")[0], []).append(row[:-1])
    return {Path(name).name: rows for name, rows in found.items()}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("start", STARTS)
def test_ends_of_lines_and_files(start: str, ending: str) -> None:
    found, names = files_of_all_kinds()
    for newline in NEWLINES:
        name = names[start, newline, ending]
        assert found.fast[name] == found.exact[name]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_log_in_utf_16(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(mark + clean().encode())
    exact, fast = both(path)
    assert [p.code for p in exact.problems] == ["json_utf16"]
    assert fast.clean is None


def test_an_empty_log_and_one_of_blanks(tmp_path: Path) -> None:
    for content in (b"", b"\n", b"\n\n \n"):
        path = tmp_path / "log.jsonl"
        path.write_bytes(content)
        exact, _ = both(path)
        assert [p.code for p in exact.problems] == ["no_rows"]


@pytest.mark.parametrize("block", [90, 250, 1000, 5000])
def test_blocks_end_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(json_lines, "_TRIAL", 150)
    monkeypatch.setattr(json_lines, "_BLOCK", block)
    monkeypatch.setattr(json_lines, "_LONGEST_LINE", 400)
    # Of many blocks some are laid together, and again some.
    monkeypatch.setattr(prover, "_TOGETHER", 2)
    path = tmp_path / "log.jsonl"
    long = json.dumps({**GOOD, "note": "x" * 1500})
    for middle in ("", "broken\n", long + "\n", "\n" * 300):
        path.write_text(clean() + middle + clean(10) + middle + clean(20).strip(), encoding="utf-8")
        both(path)


def test_ids_that_occur_twice_keep_their_content(tmp_path: Path) -> None:
    rows = [
        {**GOOD, "id": "c1", "time": "2026-11-05", "recorded_at": "2026-11-06"},
        {**GOOD, "id": "x", "note": "a"},
        {**GOOD, "id": "x", "note": "b"},
        {**GOOD, "id": "y", "note": 1.5},
        {**GOOD, "id": "y", "retracted": True, "recorded_at": "2026-11-09"},
    ]
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(clean() + "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    second.write_text(clean(3), encoding="utf-8")
    (tmp_path / "c.csv").write_text(
        "id,type,time,municipality\nc6,meeting.held,2026-11-07,kline\n", encoding="utf-8"
    )
    exact = read_logs([tmp_path], VOCABULARY, MUNICIPALITIES, ZONE)
    fast = read_logs([tmp_path], VOCABULARY, MUNICIPALITIES, ZONE, prove_from=0)
    assert_same(exact, fast, VOCABULARY)
    assert fast.clean is not None
    # c0, c2, c5 and c7: all else occurs twice.
    assert fast.clean.size == 4
    by_place = {json.loads(record)["place"]: record for record in exact.records}
    assert all(by_place[json.loads(record)["place"]] == record for record in fast.records)


@pytest.mark.parametrize(
    "declared", ["municipality: Klina", "case: c9", "source: register", "case: c9\nsource: x"]
)
def test_what_a_sidecar_declares(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "log.jsonl"
    rows = [
        {k: v for k, v in GOOD.items() if k != left} | {"id": f"e-{left}"}
        for left in ("case", "municipality", "")
    ]
    rows += [{**GOOD, "id": "e-again"}, {**GOOD, "id": "e-again", "source": "register"}]
    path.write_text(clean() + "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    coverage = "coverage: [{municipality: kline, period: 2026-01-01/2026-12-31}]"
    (tmp_path / "log.jsonl.meta.yaml").write_text(f"{declared}\n{coverage}\n", encoding="utf-8")
    _, fast = both(path)
    assert fast.clean is not None
    assert [source.events for source in fast.sources] == [9 + declared.startswith("municipality"), 1]


def test_the_digest_is_that_of_all_bytes(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(clean() + "x\n" + clean(10), encoding="utf-8")
    _, fast = both(path)
    assert fast.sources[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    stream = io.BytesIO(path.read_bytes())
    piped = read_logs(["-"], VOCABULARY, MUNICIPALITIES, ZONE, standard_input=stream, prove_from=0)
    assert (piped.sources[0].sha256, piped.sources[0].events) == (fast.sources[0].sha256, 10)


def test_a_log_below_the_threshold_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(clean(), encoding="utf-8")
    log = read_logs([path], VOCABULARY, MUNICIPALITIES, ZONE, prove_from=6)
    assert (log.clean, len(log.records)) == (None, 5)


def test_what_the_database_cannot_do_is_read_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> int:
        raise duckdb.OutOfMemoryException("no memory")

    monkeypatch.setattr(proving.Prover, "_prove", fails)
    path = tmp_path / "log.jsonl"
    path.write_text(clean(), encoding="utf-8")
    _, fast = both(path)
    assert len(fast.records) == 5


def test_characters_that_stand_for_themselves() -> None:
    """They are printable, composed, and neither blank nor combining, for Python as for the database."""
    one = re.compile(f"[{forms.CHARACTERS}]")
    characters = [c for c in map(chr, range(0x110000)) if not "\ud800" <= c <= "\udfff"]
    own = [c for c in characters if one.match(c)]
    for character in own:
        assert character.isprintable()
        assert not character.isspace()
        assert not unicodedata.combining(character)
    assert unicodedata.is_normalized("NFC", "".join(a + b for a in own for b in own[::7]))
    found = duckdb.sql(
        "SELECT c FROM (SELECT unnest($all::VARCHAR[]) AS c) WHERE regexp_full_match(c, $one)",
        params={"all": characters, "one": one.pattern},
    ).fetchall()
    assert [c for (c,) in found] == own


# -- mutations of real logs, by the pack for Kosovo


@cache
def real_lines() -> list[bytes]:
    generated = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "generate.py"), "400"], capture_output=True, check=True
    ).stdout
    return [
        line for data in (generated, *(p.read_bytes() for p in SAMPLES)) for line in data.split(b"\n") if line
    ]


def mutated(line: bytes, rng: random.Random) -> bytes:
    """A line with one thing changed."""
    way = rng.randrange(10)
    at = rng.randrange(len(line) + 1)
    if way == 0:
        return line[:at] + bytes([rng.randrange(256)]) + line[at + 1 :]
    if way == 1:
        return (
            line[:at]
            + rng.choice([b" ", b"\t", b"\r", b"\0", b'"', b"\\", b",", b"}", b"\xc3\xab", b"\xcc\x81"])
            + line[at:]
        )
    if way == 2:
        return line[:at]
    try:
        row = json.loads(line)
        assert isinstance(row, dict)
        key = rng.choice(sorted(row))
    except (ValueError, IndexError, AssertionError):
        return line[:at] + line[at + 1 :]
    text = json.dumps(row, ensure_ascii=rng.random() < 0.5)
    if way == 3:
        return (text[:-1] + ", " + json.dumps({key: row[key]})[1:]).encode()
    if way == 4:
        del row[key]
    elif way == 5:
        other = json.loads(rng.choice(real_lines()[:300]))
        row |= dict(rng.sample(sorted(other.items()), 1))
    elif way == 6:
        row[rng.choice(["time", "recorded_at", "planned_at", key])] = rng.choice(TIMES)
    elif way == 7:
        row = dict(rng.sample(list(row.items()), len(row)))
    else:
        row[key] = rng.choice(ODD)
    return json.dumps(row, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")


def mutated_log(seed: int) -> bytes:
    """Lines of real logs, about one in eight of them changed."""
    rng = random.Random(seed)
    lines = rng.sample(real_lines(), 400)
    for n in rng.sample(range(len(lines)), 50):
        lines[n] = mutated(lines[n], rng)
    return rng.choice([b"\n", b"\n", b"\r\n"]).join(lines)


def mutated_rows(seed: int) -> list[dict[str, Any]]:
    """The same as rows, for formats that cannot hold what is no record."""
    rows = []
    for line in mutated_log(seed).split(b"\n"):
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            rows.append(row)
    return rows


@cache
def rulebook() -> Rulebook:
    """That of the real logs; whoever changes rows of them asks for it too."""
    return load_rulebook(["kosovo"], examples=False)


@pytest.mark.parametrize("seed", seeds(6, 120))
def test_mutated_logs(tmp_path: Path, seed: int) -> None:
    law = rulebook()
    path = tmp_path / "log.jsonl"
    path.write_bytes(mutated_log(seed))
    exact = read_logs([path], law.vocabulary, law.municipalities, law.zone)
    fast = read_logs([path], law.vocabulary, law.municipalities, law.zone, prove_from=0)
    assert_same(exact, fast, law.vocabulary)
    assert fast.clean is not None
    assert fast.clean.size > 200


def report(paths: list[Path], monkeypatch: pytest.MonkeyPatch, many: int) -> str:
    monkeypatch.setattr(proving, "MANY", many)
    found = answer(Inquiry(tuple(map(str, paths)), as_of="2026-11-20"), load_registry(plugins=False))
    stream = io.StringIO()
    JsonReporter().write(found.report, stream, ReportOptions(names=Names.of(found.rulebook)).mapping())
    return stream.getvalue()


def test_reports_on_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """All samples as one log: their municipalities and cases do not touch."""
    assert report(SAMPLES, monkeypatch, 0) == report(SAMPLES, monkeypatch, 10**9)


@pytest.mark.parametrize("seed", [1000 + n for n in seeds(1, 20)])
def test_reports_on_mutated_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(mutated_log(seed))
    assert report([path], monkeypatch, 0) == report([path], monkeypatch, 10**9)
