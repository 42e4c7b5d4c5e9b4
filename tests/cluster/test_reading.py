"""Logs that are read in slices are read as one process reads them: rows, problems, digests, numbers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cluster.here import Here
from engine.logs import rulebook
from transparency_check.cluster.judging import Cluster, Sizes
from transparency_check.errors import UsageError
from transparency_check.logs import read_logs
from transparency_check.model import Log, Problem, Source

ROW = {"type": "request.registered", "time": "2026-03-02", "municipality": "kline"}
LINES = [json.dumps({"id": f"e{n}", **ROW}) for n in range(20)]
_ODD = json.dumps({"id": "odd", "wather": 1, **ROW})
LOGS: Mapping[str, str] = {
    "plain": "\n".join(LINES) + "\n",
    "no end of the last line": "\n".join(LINES),
    "ends of lines of Windows": "\r\n".join(LINES) + "\r\n",
    "empty lines": "\n\n".join(LINES) + "\n\n\n",
    "a mark at the beginning": "\ufeff" + "\n".join(LINES) + "\n",
    "an unknown column, again and again": "\n".join([*LINES, _ODD, *LINES[:10], _ODD, *LINES[:10], _ODD]),
    "broken lines": "\n".join(line if n % 7 else line[:-9] for n, line in enumerate(LINES)) + "\n",
    "one line longer than a slice": "\n".join([*LINES, json.dumps({"note": "x" * 2000, **ROW}), *LINES]),
    "unknown types": "\n".join(LINES).replace("registered", "heard"),
    "unknown municipalities": "\n".join(LINES).replace("kline", "klin"),
    "nothing but blanks": " \n" * 400,
}


@cache
def _reading(path: Path, size: int | None) -> tuple[set[bytes], list[Problem], list[Source]]:
    law = rulebook()
    cluster, here = None, Here(3)
    if size is not None:
        cluster = Cluster(here, Sizes(slice=size))
    log: Log = read_logs(
        [path],
        law.vocabulary,
        law.municipalities,
        ZoneInfo(law.zone),
        aside=None if cluster is None else cluster.aside,
    )
    if cluster is None:
        return set(log.records), log.problems, log.sources
    log = cluster.read(log, law)
    assert log.records == []
    return {row.record for row in here.rows}, log.problems, log.sources


@pytest.mark.parametrize("size", [120, 700])
@pytest.mark.parametrize("log", LOGS)
def test_slices_say_what_the_whole_says(tmp_path: Path, log: str, size: int) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(LOGS[log].encode())
    assert _reading(path, size) == _reading(path, None)


@pytest.mark.parametrize(
    ("name", "content", "slices"),
    [
        ("log.jsonl", "".join(f"{line}\n" for line in LINES).encode(), True),
        ("log.jsonl", "".join(f"{line}\n" for line in LINES).encode("utf-16"), False),
        ("log.jsonl.gz", gzip.compress("".join(f"{line}\n" for line in LINES * 99).encode()), False),
        ("log.csv", b"id,type,time,municipality\n" + b"a,request.registered,2026-03-02,kline\n" * 40, False),
        ("log.jsonl", LINES[0].encode(), False),
    ],
    ids=["lines", "UTF-16", "packed", "a table", "a small file"],
)
def test_what_is_read_in_slices(tmp_path: Path, name: str, content: bytes, slices: bool) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    cluster = Cluster(Here(), Sizes(slice=300))
    law = rulebook()
    read_logs([path], law.vocabulary, law.municipalities, law.zone, aside=cluster.aside)
    assert cluster._slices is not None
    assert (len(cluster._slices.found) > 1) is slices
    assert _reading(path, 300) == _reading(path, None)


def test_words_of_an_office_are_read_by_one_process(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{line}\n" for line in LINES).replace('"type"', '"lloji im"'), encoding="utf-8")
    (tmp_path / "log.jsonl.meta.yaml").write_text("columns: {lloji im: type}\ncase: c1\n", encoding="utf-8")
    assert _reading(path, 300) == _reading(path, None)


def test_values_for_all_rows_go_with_the_slices(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{line}\n" for line in LINES), encoding="utf-8")
    (tmp_path / "log.jsonl.meta.yaml").write_text("case: c1\n", encoding="utf-8")
    records, _, _ = _reading(path, 300)
    assert all(b'"case":"c1"' in record for record in records)
    assert _reading(path, 300) == _reading(path, None)


def test_a_file_that_is_another_one_for_the_worker(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{line}\n" for line in LINES), encoding="utf-8")
    cluster, law = Cluster(Here(), Sizes(slice=300)), rulebook()
    log = read_logs([path], law.vocabulary, law.municipalities, law.zone, aside=cluster.aside)
    path.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="was written to meanwhile"):
        cluster.read(log, law)
    path.unlink()
    with pytest.raises(UsageError, match="there is no such file"):
        cluster.read(log, law)
