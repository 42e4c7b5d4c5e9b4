"""Columns proved clean in bulk: the same problems, sources, records and reports as row by row, whatever types
the columns have and whatever stands in them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from readers.both_ways import assert_same, seeds
from readers.parquet_files import parquet, writer
from readers.small_pack import GOOD, MUNICIPALITIES, VOCABULARY, ZONE
from readers.test_fast_path import (
    DECLARED,
    ODD,
    RECEIVED,
    SAMPLES,
    SCHEDULED,
    mutated_rows,
    report,
    rulebook,
)
from transparency_check.logs import read_logs
from transparency_check.model import Log
from transparency_check.proving import columns
from transparency_check.readers import parquet_file as reader
from transparency_check.reserved import RESERVED

# Types that programs give to columns of each kind.
TYPES = {
    "text": ["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR[]", "BIGINT", "DOUBLE", "DATE"],
    "choice": ["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR[]"],
    "flag": ["BOOLEAN", "BOOLEAN", "VARCHAR", "BIGINT"],
    "integer": ["BIGINT", "UTINYINT", "DOUBLE", "DECIMAL(18,3)", "HUGEINT", "VARCHAR", "FLOAT"],
    "date-time": ["VARCHAR", "VARCHAR", "DATE", "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_NS", "TIMESTAMP_S"],
    "interval": ["VARCHAR", "VARCHAR", "DATE"],
    "list of choice": ["VARCHAR[]", "VARCHAR[]", "VARCHAR", "BIGINT[]"],
    "list of text": ["VARCHAR[]", "VARCHAR[]", "VARCHAR", "VARCHAR[][]"],
}
KINDS = {
    **dict.fromkeys(RESERVED, "text"),
    "related": "list of text", "time": "date-time", "recorded_at": "date-time", "retracted": "flag",
}  # fmt: skip


def in_columns(path: Path, rows: Iterable[dict[str, Any]], types: dict[str, str], group: int = 2048) -> None:
    """Rows as a file, each value as far as the type of its column can hold it."""
    lines = [json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode() for row in rows]
    values = []
    for name, type_ in types.items():
        key = '"' + name.replace('"', '""') + '"'
        text = f"""(line ->> '$.{key}')""" if not type_.endswith("[]") else f"(line -> '$.{key}')"
        values.append(f"TRY_CAST({text} AS {type_}) AS {key}")
    with writer() as con:
        made = "CREATE TEMP TABLE log AS SELECT unnest($lines::VARCHAR[])::JSON AS line"
        con.execute(made, {"lines": lines})
        con.execute(
            f"COPY (SELECT {', '.join(values)} FROM log) TO '{path.as_posix()}' "
            f"(FORMAT parquet, row_group_size {group})"
        )


def both(path: Path, law: Any = None) -> Log:
    """The log read exactly, and proved, after they have been found to be the same."""
    by = (law.vocabulary, law.municipalities, law.zone) if law else (VOCABULARY, MUNICIPALITIES, ZONE)
    exact = read_logs([path], *by)
    fast = read_logs([path], *by, prove_from=0)
    assert_same(exact, fast, by[0])
    return fast


def types_for(
    rows: Iterable[dict[str, Any]], kinds: dict[str, str], rng: random.Random | None
) -> dict[str, str]:
    """A type for each key of the rows: the one that fits best, or any where ``rng`` chooses."""
    keys = sorted({key for row in rows for key in row if key.isprintable() and "'" not in key})
    fit = {key: TYPES[kinds.get(key, "text")] for key in keys}
    return {key: rng.choice(types) if rng else types[0] for key, types in fit.items()}


@pytest.mark.parametrize("which", range(max(map(len, TYPES.values()))))
def test_values_of_all_kinds(tmp_path: Path, which: int) -> None:
    """In each file every column has another one of its types."""
    kinds = KINDS | {name: attribute.type for name, attribute in VOCABULARY.attributes.items()}
    names = [*KINDS, *VOCABULARY.attributes, "unknown"]
    own = {name: TYPES[kinds.get(name, "text")] for name in names}
    for reserved in (True, False):
        # Otherwise a type that is wrong for all rows would leave no other column to be looked at.
        types = {
            name: types[which % len(types)] if (name in RESERVED) is reserved else types[0]
            for name, types in own.items()
        }
        rows = [
            {**row, "id": f"e{n}-{name}", name: value}
            for name in names
            for n, value in enumerate(ODD)
            for row in ([GOOD, SCHEDULED, RECEIVED, DECLARED][n % 4],)
        ]
        clean = [{**GOOD, "id": f"c{n}"} for n in range(len(rows) + 1)]
        path = tmp_path / "log.parquet"
        in_columns(path, [row for pair in zip(rows, clean, strict=False) for row in pair], types)
        both(path)


def test_each_column_is_proved_in_the_type_that_it_should_have(tmp_path: Path) -> None:
    rows = [
        {**SCHEDULED, "place": 'salla "A"', "agenda": ["buxheti", "të tjera"], "channel": ["website"]},
        {**RECEIVED, "signatures": 12, "urgent": True, "related": ["c2"], "recorded_at": "2026-11-03"},
        {**DECLARED, "event_families": ["meeting"], "retracted": False, "note": "shënim", "source": "x"},
        {**GOOD, "participants": ["mayor", "citizens"], "open_to_public": False},
    ]
    kinds = KINDS | {name: attribute.type for name, attribute in VOCABULARY.attributes.items()}
    many = [{**rows[n % 4], "id": f"e{n}"} for n in range(400)]
    path = tmp_path / "log.parquet"
    in_columns(path, many, types_for(many, kinds, None))
    fast = both(path)
    assert fast.clean is not None
    assert (fast.clean.size, fast.records) == (400, [])
    assert fast.clean.keys == {*RESERVED, *VOCABULARY.attributes}


@pytest.mark.parametrize("type_", ["DATE", "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_NS", "VARCHAR"])
def test_times_are_proved_in_every_type(tmp_path: Path, type_: str) -> None:
    path = tmp_path / "log.parquet"
    times = "(timestamp '2026-03-27 10:00:00.5' + interval (i * 1234) minute)"
    sql = f"{times}::{type_}" if type_ != "VARCHAR" else f"strftime({times}, '%Y-%m-%dT%H:%M:%S.%f')"
    path.write_bytes(parquet({"time": sql}, rows=200))
    fast = both(path)
    assert fast.clean is not None
    assert fast.clean.size == 200


def test_a_folder_and_the_words_of_an_office_for_headers(tmp_path: Path) -> None:
    path = tmp_path / "Komuna=kline" / "log.parquet"
    path.parent.mkdir()
    path.write_bytes(parquet({"municipality": None, "time": None, "Data": "date '2026-11-02'"}, rows=50))
    fast = both(path)
    assert fast.clean is not None
    assert fast.clean.size == 50


def test_ids_that_occur_twice_keep_their_content(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet({"id": "'e' || (i % 30)", "note": "'n' || i"}, rows=40))
    (tmp_path / "b.jsonl").write_text(json.dumps({**GOOD, "id": "e15"}) + "\n", "utf-8")
    fast = both(tmp_path)
    assert fast.clean is not None
    # Ids 1 to 10 stand there twice, 15 in the other file; 0 and 11 to 29 once.
    assert fast.clean.size == 19


def test_windows_of_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.parquet"
    place = "CASE WHEN i % 1000 = 0 THEN 'x ' ELSE 'x' END"
    note = "CASE WHEN i = 5000 THEN repeat('y', 3000) END"
    path.write_bytes(parquet({"place": place, "note": note}, rows=9000, group=2048))
    for together in (1, 5000, 100_000):
        monkeypatch.setattr(reader, "_TOGETHER", together)
        fast = both(path)
        assert fast.clean is not None
        assert fast.clean.size == 9000 - 9


def test_a_file_in_the_words_of_its_office_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    shape = columns._shape
    monkeypatch.setattr(columns, "_shape", lambda *a: tried.append(a[2].first) or shape(*a))
    monkeypatch.setattr(reader, "_TOGETHER", 1)
    path = tmp_path / "log.parquet"
    path.write_bytes(parquet({"municipality": "'Klina'"}, rows=6000, group=2048))
    assert both(path).clean is None
    assert tried == [0]


@pytest.mark.parametrize("seed", seeds(12, 120))
def test_mutated_rowss(tmp_path: Path, seed: int) -> None:
    law = rulebook()
    rng = random.Random(seed)
    kinds = KINDS | {name: attribute.type for name, attribute in law.vocabulary.attributes.items()}
    rows = mutated_rows(seed)
    types = types_for(rows, kinds, None)
    # All as they should be but a few.
    other = types_for(rows, kinds, rng)
    for key in rng.sample(sorted(types), 4):
        types[key] = other[key]
    path = tmp_path / "log.parquet"
    in_columns(path, rows, types)
    both(path, law)


WHOLE = [path for path in SAMPLES if path.parent.name != "broken"]


def test_reports_on_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of columns for each sample, all of them one log: municipalities and cases do not touch."""
    law = rulebook()
    kinds = KINDS | {name: attribute.type for name, attribute in law.vocabulary.attributes.items()}
    files = []
    for path in WHOLE:
        rows = [json.loads(line) for line in path.read_bytes().splitlines()]
        files.append(tmp_path / f"{path.parent.name}.parquet")
        in_columns(files[-1], rows, types_for(rows, kinds, None))
    exact = report(files, monkeypatch, 10**9)
    assert report(files, monkeypatch, 0) == exact
    in_lines = json.loads(report(WHOLE, monkeypatch, 10**9))
    outcomes = [(f["rule"], f["case"], f["outcome"], f["due"]) for f in in_lines["findings"]]
    assert [(f["rule"], f["case"], f["outcome"], f["due"]) for f in json.loads(exact)["findings"]] == outcomes
