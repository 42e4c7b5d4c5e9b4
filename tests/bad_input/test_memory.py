"""Small files that ask for more memory than there is are refused before it is taken.

A process that may take no more than its bound reads them: one that laid out what they ask for would be
ended by the system, and no test could say so from inside.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bad_input import parquet_files
from bad_input.promises import read_bytes
from bad_input.workbooks import BOMBS, TOO_WIDE, bomb, bombs, lying, xlsx
from readers.parquet_files import parquet
from transparency_check.plugins import load_registry
from transparency_check.readers import archive

TESTS = Path(__file__).resolve().parents[1]
READERS = {reader.name: reader for reader in load_registry(plugins=False).readers}
# Of address space, of which the program and its libraries take about a third.
BOUND = 1_200_000_000
CHILD = """
import json, resource, sys
from pathlib import Path
from bad_input.promises import read_bytes
from transparency_check.plugins import load_registry
readers = {r.name: r for r in load_registry(plugins=False).readers}
bound, folder, good, *bad = sys.argv[1:]
# What is loaded on the way is loaded now.
for file in good.split(","):
    read_bytes(readers[file], Path(folder, file).read_bytes())
resource.setrlimit(resource.RLIMIT_AS, (int(bound), int(bound)))
for file in bad:
    reading = read_bytes(readers[file.partition("-")[0]], Path(folder, file).read_bytes())
    print(file, *(problem.code for problem in reading.problems), flush=True)
"""
GOOD = xlsx(["e1", "meeting.held", "2026-11-02", "kline"])
GOOD_FILES = {"jsonl": b"{}", "json": b"[]", "csv": b"type,time\n", "sheet": GOOD, "parquet": parquet()}
TEXTS = {
    "jsonl: depth": (b"[" * 9_000_000, "json_deep"),
    "jsonl: digits": (b'{"a": ' + b"9" * 9_000_000 + b"}", "json_number_long"),
    "jsonl: a line of 60 MB": (b"x" * 60_000_000, "line_too_long"),
    "json: depth": (b"[" * 20_000_000, "json_deep"),
    "csv: a cell of 60 MB": (b'type,time\n"' + b"x" * 60_000_000, "csv_field_large"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="bounds of memory are those of Linux")
def test_what_asks_for_more_memory_than_there_is(tmp_path: Path) -> None:
    workbooks = {f"sheet: {name}": (data, BOMBS.get(name, TOO_WIDE)[0]) for name, data in bombs().items()}
    assert all(len(data) < 250_000 for data, _ in workbooks.values())
    columns = {f"parquet: {name}": (data, "file_too_large") for name, data in parquet_files.bombs().items()}
    asked = {**workbooks, **columns, **TEXTS}
    files = {f"{name.partition(':')[0]}-{n}": name for n, name in enumerate(asked)}
    for file, name in files.items():
        (tmp_path / file).write_bytes(asked[name][0])
    for file, data in GOOD_FILES.items():
        (tmp_path / file).write_bytes(data)
    command = [sys.executable, "-c", CHILD, str(BOUND), str(tmp_path), ",".join(GOOD_FILES), *files]
    path = os.pathsep.join([str(TESTS), *(entry for entry in sys.path if entry)])
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    # One that brings the process to an end is the first that is missing.
    assert {files[file]: codes for file, codes in told.items()} == {
        name: code for name, (_, code) in asked.items()
    }
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_bomb_that_says_its_size_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("it was unpacked")

    data = bomb()
    monkeypatch.setattr(zipfile.ZipFile, "open", opened)
    assert [p.code for p in read_bytes(READERS["sheet"], data).problems] == ["file_too_large"]


def test_a_bomb_that_lies_is_unpacked_up_to_the_bound_only(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0
    read = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, size: int = -1) -> bytes:
        nonlocal taken
        part = read(self, size)
        taken += len(part)
        return part

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    monkeypatch.setattr(archive, "MAX_BYTES", 2_000_000)
    assert [p.code for p in read_bytes(READERS["sheet"], lying(GOOD)).problems] == ["file_unreadable"]
    assert taken < 2_000_000 + (1 << 20)
