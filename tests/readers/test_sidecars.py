"""What is declared beside a log: values for rows that do not state them, and coverage."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from readers.small_pack import GOOD, MUNICIPALITIES, VOCABULARY, ZONE, codes, messages, read, records
from transparency_check.logs import read_logs
from transparency_check.readers.sidecar import read_sidecar


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("log.jsonl")
    bare = {"type": "meeting.held", "time": "2026-11-02"}
    path.write_text(
        json.dumps(bare) + "\n" + json.dumps({**GOOD, "municipality": "gjakove"}), encoding="utf-8"
    )
    return path


def test_values_for_rows_that_do_not_state_them(log: Path) -> None:
    Path("log.jsonl.meta.yaml").write_text("municipality: Klinë\ncase: c9\n", encoding="utf-8")
    read_ = read(log)
    assert not read_.problems
    assert [(r["municipality"], r["case"]) for r in records(read_)] == [("kline", "c9"), ("gjakove", "c1")]


@pytest.mark.parametrize("name", ["log.jsonl.meta.json", "log.meta.json"])
def test_coverage_becomes_an_event(log: Path, name: str) -> None:
    entry = {
        "municipality": "kline",
        "period": "2025-01-01/2025-12-31",
        "event_families": ["meeting", "submission"],
    }
    content = json.dumps(
        {"municipality": "gjakove", "coverage": [entry, {"period": "2026-01-01/2026-12-31"}]}
    )
    Path(name).write_text(content, encoding="utf-8")
    read_ = read(log)
    assert not read_.problems
    first, second = records(read_)[2:]
    assert first["a"] == {
        "event_families": ["meeting", "submission"],
        "period": {"first": "2025-01-01", "last": "2025-12-31"},
    }
    assert (first["type"], first["municipality"], first["time"]) == (
        "coverage.declared",
        "kline",
        "2025-01-01",
    )
    assert (first["place"], first["file"]) == (name, "log.jsonl")
    assert second["municipality"] == "gjakove"
    assert [(s.name, s.sha256, s.events) for s in read_.sources][1:] == [
        (name, hashlib.sha256(content.encode()).hexdigest(), 2)
    ]


def test_a_family_that_no_event_type_begins_with(log: Path) -> None:
    Path("log.jsonl.meta.yaml").write_text(
        "coverage:\n- {municipality: kline, period: 2026-01-01/2026-12-31, event_families: [meting]}\n",
        encoding="utf-8",
    )
    read_ = read(log)
    assert [m for m in messages(read_) if "meta" in m] == [
        (
            "warning log.jsonl.meta.yaml:2: event_families: “meting” is not the first part of any event "
            "type. Did you mean meeting? Known are: coverage, meeting, submission. Until it is corrected, "
            "this declaration declares nothing."
        )
    ]
    assert [r["bad"] for r in records(read_)[2:]] == [["event_families"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "municipality: kline\ncoverge: []\n",
            (
                "error log.jsonl.meta.yaml:2: the key “coverge” is not known here. Did you mean "
                "coverage? Known are: "
                "municipality, case, source, coverage, columns, values. It counts for nothing until it is "
                "corrected."
            ),
        ),
        (
            "municipality: kline\ncoverage:\n- perid: 2026-01-01/2026-12-31\n",
            (
                "error log.jsonl.meta.yaml:3: the key “perid” is not known here. Did you mean "
                "period? Known are: "
                "municipality, period, event_families, source, note. It counts for nothing until "
                "it is corrected."
            ),
        ),
        (
            "municipality: kline\nmunicipality: gjakove\n",
            "error log.jsonl.meta.yaml:2: the file cannot be read: found duplicate key",
        ),
        (
            "municipality: [kline\n",
            "error log.jsonl.meta.yaml:2: the file cannot be read: expected ',' or ']'",
        ),
        ("- kline\n", "error log.jsonl.meta.yaml: the file cannot be read: it takes keys with values. Its"),
        (
            "municipality: kline\ncase: 12\n",
            (
                "error log.jsonl.meta.yaml:2: case 12 cannot be used: it takes text; write it in "
                "quotes. It counts for "
                "nothing until it is corrected."
            ),
        ),
        (
            "municipality: kline\ncoverage: 2026-01-01/2026-12-31\n",
            (
                "error log.jsonl.meta.yaml:2: coverage “2026-01-01/2026-12-31” cannot be used: it "
                "takes a list of "
                "periods, as in [{period: 2026-01-01/2026-12-31}]. It counts for nothing until it "
                "is corrected."
            ),
        ),
        (
            "municipality: kline\ncoverage: [2026]\n",
            "error log.jsonl.meta.yaml:2: coverage 2026 cannot be used: it takes a list of periods",
        ),
        ("municipality: kline\ncoverage: &a [*a]\n", "error log.jsonl.meta.yaml:2: coverage"),
        (
            "municipality: &a kline\ncase: &a c1\n",
            "error log.jsonl.meta.yaml: the file cannot be read: an anchor (&) stands in it twice.",
        ),
    ],
)
def test_mistakes_are_told_with_their_line(log: Path, content: str, message: str) -> None:
    Path("log.jsonl.meta.yaml").write_text(content, encoding="utf-8")
    assert messages(read(log))[0].startswith(message)


def test_mistakes_in_json_are_told(log: Path) -> None:
    Path("log.meta.json").write_text('{"case": "a", "case": "b"}', encoding="utf-8")
    assert messages(read(log))[0].startswith(
        "error log.meta.json: the file cannot be read: the key “case” stands twice in one "
        "record, and only one of "
        "its values can be true."
    )


def test_a_period_that_cannot_be_read_is_still_a_declaration(log: Path) -> None:
    Path("log.meta.yaml").write_text("municipality: kline\ncoverage:\n- period: 2026\n", encoding="utf-8")
    read_ = read(log)
    assert codes(read_) == [("bad_time_value", "log.meta.yaml:3")]
    assert (records(read_)[2]["bad"], records(read_)[2]["readable"]) == (["period"], True)


def test_two_files_of_declarations_are_not_guessed_between(log: Path) -> None:
    Path("log.meta.yaml").write_text("municipality: kline\n", encoding="utf-8")
    Path("log.jsonl.meta.json").write_text("{}", encoding="utf-8")
    assert codes(read(log))[0] == ("sidecar_twice", "log.jsonl.meta.json")


@pytest.mark.parametrize(
    "content", [b"case: \xff\n", b"#" * 200_001, b"a: \x00\n", b"[" * 100_000, b"- " * 50_000, b"? " * 50_000]
)
def test_a_file_that_is_no_yaml_is_named(log: Path, content: bytes) -> None:
    path = Path("log.meta.yaml")
    path.write_bytes(content)
    assert [p.code for p in read_sidecar(log).problems] == ["sidecar_syntax"]


def test_a_pack_without_coverage(log: Path) -> None:
    Path("log.meta.yaml").write_text("municipality: kline\ncoverage: [{period: x}]\n", encoding="utf-8")
    without = VOCABULARY.model_copy(update={"coverage": None})
    assert codes(read_logs([log], without, MUNICIPALITIES, ZONE)) == [("sidecar_coverage", "log.meta.yaml:2")]
