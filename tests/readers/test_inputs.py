"""Which files are read, and what is said where there is none."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from readers.small_pack import GOOD, codes, messages, read, records
from transparency_check.errors import UsageError

LINE = json.dumps(GOOD) + "\n"


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("files", "asked", "options", "message"),
    [
        (
            {},
            "log.jsonl",
            {},
            "log.jsonl: there is no such file. Check the name and the folder you are in.",
        ),
        ({"logs.jsonl": LINE}, "log.jsonl", {}, "log.jsonl: there is no such file. Did you mean logs.jsonl?"),
        (
            {"d/notes.md": "x", "d/.hidden.jsonl": LINE, "d/~$log.xlsx": "x"},
            "d",
            {},
            (
                "d: there is no log in this folder. Logs have the endings .jsonl, .ndjson, .json, "
                ".csv, .tsv, .txt, "
                ".xlsx, .xlsm, .ods, .parquet, .xes, .jsonocel, .ocel.json, .xmlocel, .ocel.xml, "
                ".ocel.sqlite, .ocel.db, .sqliteocel, .ocds.json, .ocds.jsonl."
            ),
        ),
        (
            {"d/log.csv": "x"},
            "d",
            {"input_format": "jsonl"},
            "d: there is no log in this folder. Logs have the endings .jsonl, .ndjson.",
        ),
        (
            {"log.pdf": "x"},
            "log.pdf",
            {},
            (
                "log.pdf: the ending .pdf is not that of a log. Known are: .jsonl, .ndjson, .json, "
                ".csv, .tsv, .txt, "
                ".xlsx, .xlsm, .ods, .parquet, .xes, .jsonocel, .ocel.json, .xmlocel, .ocel.xml, "
                ".ocel.sqlite, .ocel.db, .sqliteocel, .ics, .ocds.json, .ocds.jsonl, "
                ".db, .sqlite, .sqlite3. If you know its format, say it with "
                "--input-format."
            ),
        ),
        (
            {"log.XLS": "x"},
            "log.XLS",
            {},
            (
                "log.XLS: the ending .XLS is not that of a log. Open it in the spreadsheet program "
                "and save it as .xlsx "
                "or .ods."
            ),
        ),
        (
            {"log.jsonl.meta.json": "{}"},
            "log.jsonl.meta.json",
            {},
            (
                "log.jsonl.meta.json: the ending .json is not that of a log. It holds declarations "
                "about a log. Name the "
                "log itself; this file is read with it."
            ),
        ),
        (
            {"log.jsonl": LINE},
            "log.jsonl",
            {"input_format": "jsonll"},
            (
                "There is no input format jsonll. Did you mean jsonl? Known are: csv, ics, json, jsonl, "
                "ocds, ocel-json, ocel-sqlite, ocel-xml, parquet, register, sheet, sql, xes."
            ),
        ),
        ({}, "a\0b", {}, "a\N{REPLACEMENT CHARACTER}b: the file cannot be read ("),
    ],
)
def test_what_cannot_be_read_at_all_is_a_mistake_in_the_call(
    files: dict[str, str], asked: str, options: dict[str, str], message: str
) -> None:
    for name, content in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read(asked, **options)
    assert str(caught.value).startswith(message)
    assert caught.value.exit_code == 2


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("log.jsonl").write_text(LINE, encoding="utf-8")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(
        UsageError, match=r"log\.jsonl: you may not read this file. Ask for the right to read it"
    ):
        read("log.jsonl")


def test_no_path_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="No log was named"):
        read()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("log.jsonl", ""),
        ("log.jsonl", "\n \n"),
        ("log.json", ""),
        ("log.json", "[]"),
        ("log.csv", ""),
        ("log.csv", "type,time\n"),
        ("log.xlsx", ""),
    ],
)
def test_a_log_without_rows_is_an_error(name: str, content: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    log = read(name)
    assert messages(log) == [
        (
            f"error {name}: {name} holds no rows, so it says nothing about anyone. Check the "
            "export, or leave the file "
            "out."
        )
    ]
    assert not log.records
    assert [(s.name, s.events) for s in log.sources] == [(name, 0)]


def test_a_folder_is_all_its_logs_in_order_of_name() -> None:
    for name in ("d/b.jsonl", "d/a/z.JSONL", "d/c.json", "d/readme.md"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(LINE, encoding="utf-8")
    Path("d/c.json").write_text(f"[{LINE}]", encoding="utf-8")
    log = read("d", "./d/b.jsonl")
    assert [r["place"] for r in records(log)] == ["d/a/z.JSONL:1", "d/b.jsonl:1", "d/c.json:1"]


def test_standard_input_is_jsonl_unless_said_otherwise() -> None:
    log = read("-", standard_input=io.BytesIO(LINE.encode()))
    assert [(r["place"], r["file"]) for r in records(log)] == [("-:1", "-")]
    table = b"type,time,municipality\nmeeting.held,2026-11-02,kline\n"
    assert len(read("-", standard_input=io.BytesIO(table), input_format="csv").records) == 1


def test_standard_input_may_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="no standard input"):
        read("-")


def test_the_order_of_the_paths_changes_nothing() -> None:
    for name in ("a.jsonl", "b.jsonl"):
        Path(name).write_text(LINE + "{\n", encoding="utf-8")
    assert read("a.jsonl", "b.jsonl") == read("b.jsonl", "a.jsonl", "b.jsonl")


def test_a_format_takes_the_place_of_the_ending() -> None:
    Path("log.data").write_text(LINE, encoding="utf-8")
    assert len(read("log.data", input_format="jsonl").records) == 1


def test_declarations_that_belong_to_no_log() -> None:
    Path("d").mkdir()
    Path("d/log.jsonl").write_text(LINE, encoding="utf-8")
    Path("d/lgo.meta.yaml").write_text("case: c9\n", encoding="utf-8")
    assert codes(read("d")) == [("sidecar_alone", "lgo.meta.yaml")]
