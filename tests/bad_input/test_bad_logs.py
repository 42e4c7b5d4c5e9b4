"""The catalogue of bad logs: each entry tells its problems at their places, and costs no more than its
rows.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bad_input import csv_files, foreign_files, json_files, parquet_files, registers, text_files, workbooks
from bad_input.entry import FILES, Bad, record
from bad_input.promises import read_bytes
from bad_input.told import AS_TOLD, EXPECTED, told
from readers.both_ways import assert_same
from readers.small_pack import MUNICIPALITIES, VOCABULARY, ZONE, records
from transparency_check.logs import read_logs
from transparency_check.model import Log
from transparency_check.plugins import load_registry

CATALOGUE = [
    *text_files.ENTRIES,
    *json_files.ENTRIES,
    *csv_files.ENTRIES,
    *workbooks.entries(),
    *parquet_files.entries(),
    *registers.entries(),
    *foreign_files.entries(),
]
# Those of single lines of JSON are read together, below.
PROVED = [e for e in CATALOGUE if e.reader in ("jsonl", "csv", "parquet") and e not in json_files.LINES]
READERS = {reader.name: reader for reader in load_registry(plugins=False).readers}


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(path: str, prove_from: int | None = None, reader: str = "") -> Log:
    form = AS_TOLD.get(reader)
    return read_logs([path], VOCABULARY, MUNICIPALITIES, ZONE, prove_from=prove_from, input_format=form)


@pytest.mark.parametrize("entry", CATALOGUE, ids=str)
def test_what_is_told_and_what_is_read(entry: Bad) -> None:
    path = entry.file or FILES[entry.reader]
    Path(path).write_bytes(entry.data)
    log = read(path, reader=entry.reader)
    found = [(p.place.removeprefix(path)[1:], p.code) for p in log.problems]
    assert found == [(wanted.place, wanted.code) for wanted in entry.told]
    for problem, expected in zip(log.problems, entry.told, strict=True):
        assert expected.words in problem.message
    made = records(log)
    assert tuple(r["id"] for r in made if r["readable"]) == entry.read
    unread = [r for r in made if not r["readable"]]
    seen = [{k: v for k, v in parts.items() if v is not None} for parts in entry.unread]
    assert [{k: r[k] for k in ("type", "municipality", "case", "time") if k in r} for r in unread] == seen
    read_bytes(READERS[entry.reader], entry.data)


@pytest.mark.parametrize("entry", PROVED, ids=str)
def test_both_ways_of_reading_tell_the_same(entry: Bad) -> None:
    path = FILES[entry.reader]
    Path(path).write_bytes(entry.data)
    assert_same(read(path), read(path, 0), VOCABULARY)


def test_bad_lines_among_thousands_of_clean_ones() -> None:
    """All bad lines of the catalogue in one log, each behind a hundred clean ones; what concerns a whole
    file, its encoding or its ends, is left to the test before.
    """
    lines: list[bytes] = []
    expected: list[tuple[str, str]] = []
    for n, entry in enumerate(json_files.LINES):
        lines += [record(f"c{n}-{k}", time=f"2026-11-{k % 28 + 1:02}").encode() for k in range(100)]
        lines.append(entry.data.split(b"\n")[1].replace(b'"e2"', b'"b%d"' % n))
        expected += [(f"log.jsonl:{len(lines)}", wanted.code) for wanted in entry.told]
    assert len(lines) > 4_000
    Path("log.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    exact, fast = read("log.jsonl"), read("log.jsonl", 0)
    assert_same(exact, fast, VOCABULARY)
    assert fast.clean is not None
    assert fast.clean.size >= 100 * len(json_files.LINES)
    assert [(p.place, p.code) for p in exact.problems] == expected


def test_every_reader_has_entries() -> None:
    """A new reader needs some: add a module of entries."""
    assert {entry.reader for entry in CATALOGUE} == set(READERS)
    names = [str(entry) for entry in CATALOGUE]
    assert len(set(names)) == len(names)


def test_the_messages_in_full() -> None:
    """As in told.txt, where they are read as a text; after a change of words, write it anew and read what
    changed.
    """
    assert told(CATALOGUE) == EXPECTED.read_text("utf-8")
