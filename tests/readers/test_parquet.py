"""Parquet: what typed values mean, what is told of columns, folders and row groups, and bounds."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from readers.parquet_files import parquet
from readers.small_pack import MUNICIPALITIES, VOCABULARY, ZONE, codes, messages, read, records
from transparency_check.logs import read_logs
from transparency_check.readers import base
from transparency_check.readers import parquet_file as reader


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def of(data: bytes, name: str = "log.parquet") -> Any:
    """The log of one file, read both ways."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data)
    return read(name)


def test_rows_are_counted_from_one() -> None:
    log = of(parquet(rows=3))
    assert log.problems == []
    assert [(r["id"], r["place"]) for r in records(log)] == [(f"e{n}", f"log.parquet:{n}") for n in (1, 2, 3)]
    assert log.sources[0].sha256 == hashlib.sha256(Path("log.parquet").read_bytes()).hexdigest()


UUID = "9f1c7b9e-0b0a-4b6e-9c0e-0a3b8f7d2c11"
# Noon of 2 November 2026 in UTC, in microseconds.
NOON = 1793620800000000


@pytest.mark.parametrize(
    ("sql", "text", "lo", "hi"),
    [
        ("date '2026-11-02'", "2026-11-02", NOON - 13 * 3_600_000_000, NOON + 11 * 3_600_000_000 - 1),
        ("timestamp '2026-11-02 13:00'", "2026-11-02T13:00", NOON, NOON),
        ("timestamptz '2026-11-02 13:00+01'", "2026-11-02T12:00Z", NOON, NOON),
        ("timestamptz '2026-11-02 07:00-05'", "2026-11-02T12:00Z", NOON, NOON),
        ("timestamp '2026-11-02 13:00:01'", "2026-11-02T13:00:01", NOON + 1_000_000, NOON + 1_000_000),
        ("timestamp '2026-11-02 13:00:00.25'", "2026-11-02T13:00:00.25", NOON + 250_000, NOON + 250_000),
        ("'2026-11-02 13:00:00.001'::TIMESTAMP_MS", "2026-11-02T13:00:00.001", NOON + 1_000, NOON + 1_000),
        ("'2026-11-02 13:00:00.000001999'::TIMESTAMP_NS", "2026-11-02T13:00:00.000001", NOON + 1, NOON + 1),
        ("timestamptz '2026-11-02 12:00:00.5+00'", "2026-11-02T12:00:00.5Z", NOON + 500_000, NOON + 500_000),
        ("'2026-11-02T13:00'", "2026-11-02T13:00", NOON, NOON),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_time_means(sql: str, text: str, lo: int, hi: int) -> None:
    log = of(parquet({"time": sql}, rows=1))
    assert log.problems == []
    (record,) = records(log)
    assert (record["time"], record["day"], record["lo"], record["hi"]) == (text, "2026-11-02", lo, hi)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("'infinity'::DATE", "infinity is not text"),
        ("'infinity'::TIMESTAMP", "infinity is not text"),
        ("'-infinity'::TIMESTAMPTZ", "-infinity is not text"),
        ("date '20000-01-01'", "20000-01-01 is not text"),
        ("date '1066-10-14'", "1066"),
        ("date '0044-03-15 (BC)'", "(BC) is not text"),
        ("timestamp '2026-03-29 02:30'", "2026-03-29T02:30"),
        ("46328", "46328 is not text"),
        ("46328.5::DOUBLE", "46328.5 is not text"),
        ("'nan'::DOUBLE", "nan is not text"),
        ("time '10:00'", "10:00:00 is not text"),
        ("true", "true is not text"),
        ("'2026-11-02'::BLOB", "2026-11-02 is not text"),
        ("['2026-11-02']", "['2026-11-02'] is not text"),
        ("{'day': '2026-11-02'}", "is not text"),
        ("interval 3 days", "is not text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_time(sql: str, words: str) -> None:
    log = of(parquet({"time": sql}, rows=1))
    assert codes(log) == [("bad_time", "log.parquet:1")]
    assert words in log.problems[0].message
    assert [r["readable"] for r in records(log)] == [False]


@pytest.mark.parametrize(
    ("column", "sql", "value"),
    [
        ("signatures", "120::UTINYINT", 120),
        ("signatures", "120::HUGEINT", 120),
        ("signatures", "120.0::DOUBLE", 120),
        ("signatures", "120.0::FLOAT", 120),
        ("signatures", "120.00::DECIMAL(10,2)", 120),
        ("signatures", "'-0.0'::DOUBLE", 0),
        ("signatures", "'120'", 120),
        ("signatures", "NULL::BIGINT", None),
        ("signatures", "NULL", None),
        ("signatures", "''", None),
        ("urgent", "true", True),
        ("urgent", "'po'", True),
        ("urgent", "1", True),
    ],
)
def test_numbers_and_flags(column: str, sql: str, value: object) -> None:
    log = of(parquet({"type": "'submission.received'", column: sql}, rows=2))
    assert log.problems == []
    assert [r["a"].get(column) for r in records(log)] == [value, value]


@pytest.mark.parametrize(
    ("column", "sql", "code"),
    [
        ("signatures", "-1", "bad_value"),
        ("signatures", "1.5::DOUBLE", "bad_value"),
        ("signatures", "1.50::DECIMAL(10,2)", "bad_value"),
        ("signatures", "'nan'::DOUBLE", "bad_value"),
        ("signatures", "'infinity'::FLOAT", "bad_value"),
        ("signatures", "10::HUGEINT ** 30", "bad_value"),
        ("signatures", "1000000000000001", "bad_value"),
        ("signatures", "true", "bad_value"),
        ("signatures", "date '2026-11-02'", "bad_value"),
        ("urgent", "2", "bad_value"),
        ("urgent", "[true]", "bad_value"),
    ],
)
def test_numbers_and_flags_that_are_none(column: str, sql: str, code: str) -> None:
    log = of(parquet({"type": "'submission.received'", column: sql}, rows=1))
    assert codes(log) == [(code, "log.parquet:1")]
    assert records(log)[0]["bad"] == [column]


@pytest.mark.parametrize(
    ("column", "sql", "value", "told"),
    [
        ("participants", "['mayor', 'citizens']", ["citizens", "mayor"], None),
        ("participants", "['mayor', 'mayor']", ["mayor"], None),
        ("participants", "'mayor;citizens'", ["citizens", "mayor"], None),
        ("participants", "'mayor, citizens'", ["citizens", "mayor"], None),
        ("participants", "[]::VARCHAR[]", None, None),
        ("participants", "['mayor', NULL]", None, "bad_value"),
        ("participants", "[NULL]", None, "bad_value"),
        ("participants", "[1, 2]", None, "bad_value"),
        ("participants", "[['mayor']]", None, "bad_value"),
        ("participants", "MAP {'mayor': 1}", None, "bad_value"),
        ("participants", "['nobody']", None, "bad_choice"),
        ("place", "'Salla \"A\"; kati 2\\'", 'Salla "A"; kati 2\\', None),
        ("place", "'mayor'::ENUM ('mayor', 'x')", "mayor", None),
        ("place", f"'{UUID}'::UUID", UUID, None),
        ("place", "5", None, "bad_value"),
        ("place", "timestamp '2026-11-02 10:00'", None, "bad_value"),
        ("place", "'x'::BLOB", None, "bad_value"),
        ("open_to_public", "false", False, None),
    ],
)  # fmt: skip
def test_texts_and_lists(column: str, sql: str, value: object, told: str | None) -> None:
    log = of(parquet({column: sql}, rows=1))
    assert codes(log) == ([(told, "log.parquet:1")] if told else [])
    assert records(log)[0]["a"].get(column) == value


@pytest.mark.parametrize(
    ("column", "sql", "code", "severity"),
    [
        ("id", "i", "bad_id", "error"),
        ("id", "'nan'::DOUBLE", "bad_id", "error"),
        ("case", "2024", "bad_case", "warning"),
        ("type", "5", "bad_type", "error"),
        ("municipality", "7", "bad_municipality", "error"),
        ("municipality", "NULL::VARCHAR", "missing_municipality", "error"),
        ("municipality", None, "missing_municipality", "error"),
        ("retracted", "'perhaps'", "bad_retracted", "error"),
        ("related", "[1]", "bad_related", "warning"),
        ("note", "1", "bad_text", "warning"),
        ("Zyrtari", "'x'", "unknown_column", "warning"),
    ],
)
def test_columns_that_every_log_has(column: str, sql: str | None, code: str, severity: str) -> None:
    log = of(parquet({column: sql}, rows=1))
    assert [(p.code, p.severity) for p in log.problems] == [(code, severity)]


def test_headers_in_the_words_of_an_office() -> None:
    names = {"type": None, "time": None, "municipality": None, "case": None}
    office = {"Vrsta događaja": "'Sastanak je održan'", "Data": "date '2026-11-02'", "Opština": "'Klina'"}
    office["Lënda"] = "'c'"
    log = of(parquet(names | office, rows=2))
    assert log.problems == []
    read_as = {(r["type"], r["municipality"], r["case"]) for r in records(log)}
    assert read_as == {("meeting.held", "kline", "c")}


def test_columns_that_are_not_there_or_twice() -> None:
    assert messages(of(parquet({"time": None, "type": None}))) == [
        (
            "error log.parquet: the file lacks columns that every log has. Missing: type (also: event, "
            "ngjarja, događaj), and time (also: date, data, datum). Found: “id”, “municipality”, “case”. "
            "None of its rows can be read until the columns are there."
        )
    ]
    assert codes(of(parquet({"Data": "'2026-11-03'"}))) == [("duplicate_header", "log.parquet")]
    same = parquet({"tima": "'2026-11-03'"}).replace(b"tima", b"time")
    assert codes(of(same)) == [("duplicate_header", "log.parquet")]


def test_a_column_without_a_name() -> None:
    data = parquet({" ": "CASE WHEN i = 2 THEN 'x' END"})
    assert codes(of(data)) == [("no_header_cell", "log.parquet:2")]


def test_a_column_that_is_called_as_the_number_of_the_row() -> None:
    data = parquet({"file_row_numbez": "7 - i"}).replace(b"file_row_numbez", b"file_row_number")
    log = of(data)
    assert codes(log) == [("unknown_column", "log.parquet:1")]
    assert [r["place"] for r in records(log)] == [f"log.parquet:{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize("kind", ["INT96", "TIMESTAMP_MICROS"])
def test_timestamps_of_old_kinds_say_nothing_of_their_zone(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written today says it; so the description that a file gives of itself is an old one here."""
    top = reader._top

    def old(schema: Any) -> Any:
        stored = (kind, None, None) if kind == "INT96" else ("INT64", kind, None)
        return [(name, n, *(stored if name == "time" else rest)) for name, n, *rest in top(schema)]

    monkeypatch.setattr(reader, "_top", old)
    log = of(parquet({"time": "timestamp '2026-11-02 10:00'"}))
    assert codes(log) == [("timestamp_kind", "log.parquet")]
    assert kind in log.problems[0].message


@pytest.mark.parametrize(
    ("folder", "said", "told"),
    [
        ("municipality=kline", "kline", []),
        ("Komuna=Gjakov%C3%AB", "gjakove", []),
        ("year=2026/municipality=kline/month=11", "kline", []),
        ("municipality=__HIVE_DEFAULT_PARTITION__", None, ["missing_municipality"]),
        ("municipality=nowhere", None, ["unknown_municipality"]),
        ("municipality=", None, ["missing_municipality"]),
        ("municipality=kl'ine", None, ["unknown_municipality"]),
    ],
)
def test_values_that_folders_stand_for(folder: str, said: str | None, told: list[str]) -> None:
    log = of(parquet({"municipality": None}, rows=1), f"logs/{folder}/part-0.parquet")
    assert [p.code for p in log.problems] == told
    assert [r.get("municipality") for r in records(log)] == [said]
    assert records(read("logs")) == records(log)


def test_a_folder_that_names_a_column_of_the_file() -> None:
    log = of(parquet(rows=1), "municipality=gjakove/log.parquet")
    assert messages(log) == [
        (
            "warning log.parquet: the folder “municipality=gjakove” names a value for municipality, and the "
            "file has that column itself. The column counts, the folder does not. Rename the folder if they "
            "differ."
        )
    ]
    assert [r["municipality"] for r in records(log)] == ["kline"]


def test_a_folder_of_files_with_sidecars() -> None:
    for n, name in enumerate(("b/part-1.parquet", "a/part-0.parquet", "a/_SUCCESS", "a/.part-0.parquet.crc")):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(parquet({"id": f"'e{n}-' || i", "municipality": None}, rows=2))
    for name in ("a", "b"):
        Path(f"{name}/part-{'ab'.index(name)}.meta.yaml").write_text("municipality: kline\n", "utf-8")
    log = read(".")
    assert log.problems == []
    assert [r["place"] for r in records(log)] == [
        "a/part-0.parquet:1", "a/part-0.parquet:2", "b/part-1.parquet:1", "b/part-1.parquet:2"
    ]  # fmt: skip


NAMES = ["a*", "a[1]", "{a,b}", "a?", "it's", "a\nb", "~"]


@pytest.mark.parametrize("name", [f"{name}.parquet" for name in NAMES])
def test_names_that_look_like_patterns_are_names(name: str) -> None:
    for other in ("a1.parquet", "ab.parquet", "a.parquet"):
        Path(other).write_bytes(parquet({"id": "'other'"}))
    log = of(parquet(rows=1), name)
    assert [r["id"] for r in records(log)] == ["e1"]


def test_standard_input() -> None:
    data = parquet(rows=2)
    log = read_logs(
        ["-"], VOCABULARY, MUNICIPALITIES, ZONE, input_format="parquet", standard_input=io.BytesIO(data)
    )
    assert [r["place"] for r in records(log)] == ["-:1", "-:2"]
    assert log.sources[0].sha256 == hashlib.sha256(data).hexdigest()


def damaged(data: bytes, word: bytes) -> bytes:
    """The file with a byte of a text changed to one that no text has. Its description may have it too."""
    assert word in data
    return data.replace(word, b"\xff" + word[1:], 1)


@pytest.mark.parametrize(
    ("column", "sql"),
    [
        ("place", "'salla-' || i"),
        ("body", "CASE WHEN i = 3000 THEN 'salla-3000' END"),
        ("participants", "['mayor', CASE i WHEN 3000 THEN 'salla-3000' ELSE 'citizens' END]"),
        ("type", "CASE WHEN i = 3000 THEN 'salla-3000' ELSE 'meeting.held' END"),
        ("remark", "CASE WHEN i = 3000 THEN 'salla-3000' END"),
    ],
)
def test_a_row_group_that_is_damaged_and_others_that_are_read(column: str, sql: str) -> None:
    good = parquet({column: sql}, rows=6144, options="compression uncompressed", group=2048)
    data = damaged(good, b"salla-3000")
    log = of(data)
    assert codes(log) == [("rows_unreadable", "log.parquet:2049")]
    assert "the rows 2049 to 4096 cannot be read" in log.problems[0].message
    made = records(log)
    assert [r["readable"] for r in made].count(True) == 4096
    assert [(r["place"], set(r)) for r in made if not r["readable"]] == [
        ("log.parquet:2049", {"place", "file", "readable"})
    ]


def test_a_file_that_is_changed_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def now(self: base.Input, plain: Any) -> str:
        path = on_disk(self, plain)
        Path(path).write_bytes(parquet(rows=5))
        return path

    on_disk = base.Input.on_disk
    monkeypatch.setattr(base.Input, "on_disk", now)
    Path("log.parquet").write_bytes(parquet(rows=4))
    log = read_logs(["log.parquet"], VOCABULARY, MUNICIPALITIES, ZONE)
    assert codes(log) == [("file_changed", "log.parquet")]
    assert [r["readable"] for r in records(log)] == [False]
    assert log.sources[0].events == 0
    Path("log.parquet").write_bytes(parquet(rows=4))
    fast = read_logs(["log.parquet"], VOCABULARY, MUNICIPALITIES, ZONE, prove_from=0)
    assert (fast.problems, fast.records, fast.clean) == (log.problems, log.records, None)


@pytest.mark.parametrize("bound", ["MAX_ROWS", "MAX_VALUES", "MAX_TEXT"])
def test_what_is_larger_than_its_file(monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    data = parquet({"place": "'in the great hall of the municipality'"}, rows=9000)
    assert of(data).problems == []
    monkeypatch.setattr(reader, bound, 2)
    monkeypatch.setattr(reader, "MAX_RATIO", 0)
    monkeypatch.setattr(reader, "_magic", lambda *_: 100)
    log = of(data)
    assert codes(log) == [("file_too_large", "log.parquet")]
    assert [r["readable"] for r in records(log)] == [False]


def test_a_row_that_is_too_large() -> None:
    log = of(parquet({"place": "repeat('x', CASE i WHEN 2 THEN 1_000_001 WHEN 3 THEN 100_000 ELSE 5 END)"}))
    assert codes(log) == [("row_too_large", "log.parquet:2")]
    assert [r["readable"] for r in records(log)] == [True, False, True]
