"""CSV: delimiter, encoding and headers are found; rows that do not fit are refused by line."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from readers.small_pack import codes, messages, read, records

RESTS = "Until it is corrected, whatever this record could decide stays undetermined."
HEADER = "id,type,time,municipality,case,body,signatures\n"


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "log.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiter_and_mark_are_recognised(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = HEADER + "e1,meeting.held,2026-11-02,Klinë,c1,assembly,\n"
    log = read(write(tmp_path, text.replace(",", delimiter).encode(encoding)))
    assert not log.problems
    (record,) = records(log)
    assert (record["municipality"], record["a"]) == ("kline", {"body": "assembly"})
    assert record["place"].endswith("log.csv:2")


def test_big_endian_utf16(tmp_path: Path) -> None:
    data = codecs.BOM_UTF16_BE + (HEADER + "e1,meeting.held,2026-11-02,Klinë,c1,,\n").encode("utf-16-be")
    assert records(read(write(tmp_path, data)))[0]["municipality"] == "kline"


def test_semicolons_and_windows_1250_with_headers_in_albanian(tmp_path: Path) -> None:
    text = "Lloji i ngjarjes;Data;KOMUNA;lenda;Organi\r\nMbledhja u mbajt;2026-11-02;Klinë;c1;kuvendi\r\n"
    log = read(write(tmp_path, text.encode("cp1250")))
    assert messages(log) == [
        (
            "warning log.csv: "
            f"{tmp_path.as_posix()}/log.csv is not UTF-8 (first at byte 76); it was read as "
            "Windows-1250, which fits "
            "its letters. Check names with ë, ç, č or ž; to be sure, save it as “CSV UTF-8”."
        )
    ]
    (record,) = records(log)
    assert (record["type"], record["municipality"], record["case"]) == ("meeting.held", "kline", "c1")
    assert record["a"] == {"body": "assembly"}


def test_windows_1251_is_told_from_windows_1250(tmp_path: Path) -> None:
    text = "type;time;municipality;place\nmeeting.held;2026-11-02;Ђаковица;Сала скупштине општине\n"
    log = read(write(tmp_path, text.encode("cp1251")))
    assert [p.values["encoding"] for p in log.problems] == ["Windows-1251"]
    assert records(log)[0]["municipality"] == "gjakove"


def test_a_quoted_text_may_span_lines(tmp_path: Path) -> None:
    body = 'e1,meeting.held,2026-11-02,kline,"c\n1",,\ne2,meeting.held,bad,kline,c1,,\n'
    log = read(write(tmp_path, HEADER + body))
    assert codes(log) == [("invisible", "log.csv:2"), ("bad_time", "log.csv:4")]


def test_empty_cells_at_the_end_and_empty_rows_are_nothing(tmp_path: Path) -> None:
    text = "Raporti i komunës,,\n\ntype,time,municipality\nmeeting.held,2026-11-02,kline,,,\n,,\n"
    log = read(write(tmp_path, text))
    assert not log.problems
    assert len(log.records) == 1


def test_some_bad_bytes_in_utf8_cost_only_their_rows(tmp_path: Path) -> None:
    good = "e1,meeting.held,2026-11-02,Gjakovë,c1,,\n".encode()
    data = HEADER.encode() + good * 5 + good.replace("ë".encode(), b"\xeb") + good
    log = read(write(tmp_path, data))
    assert codes(log) == [("csv_not_utf8", "log.csv:7")]
    assert [r["readable"] for r in records(log)] == [True] * 5 + [False, True]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"id,kind,when\ne1,meeting.held,2026-11-02\n",
            (
                "error log.csv: no row of headers was found among the first 20 rows: a log needs "
                "at least the columns "
                "type and time. Missing: type (also: event, ngjarja, događaj), "
                "and time (also: date, data, datum). "
                "Found: “id”, “kind”, “when”. None of its rows can be read until "
                "the headers are there."
            ),
        ),
        (
            b"remark\nid,Data,kind\ne1,2026-11-02,meeting.held\n",
            (
                "error log.csv: no row of headers was found among the first 20 rows: a log needs "
                "at least the columns type and time. Missing: type (also: event, ngjarja, događaj). "
                "Found: “id”, “Data”, “kind”. None of its rows can be read until the headers are there."
            ),
        ),
        (
            b"type,time,case,municipality,Predmet\nmeeting.held,2026-11-02,c1,kline,c2\n",
            (
                "error log.csv:1: the column case stands there twice (“case” and “Predmet”), so it "
                "is not clear which "
                "one counts, and no row is read. Rename or remove one of them."
            ),
        ),
        (
            HEADER.encode("utf-16-le"),
            (
                "error log.csv: there is a NUL byte: the file is damaged, or is UTF-16 without its "
                "mark. "
                f"{RESTS} Save it as UTF-8."
            ),
        ),
        (
            b"type,time\nmeeting.held,\x81\x98\n",
            (
                "error log.csv: log.csv is text in no encoding that is known (not UTF-8 at byte "
                "24, and not UTF-16, "
                "Windows-1250 or Windows-1251), so nothing in it can be read. Save it as “CSV "
                "UTF-8”."
            ),
        ),
    ],
)
def test_a_table_without_usable_headers_is_unread(
    tmp_path: Path, content: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, content)
    monkeypatch.chdir(tmp_path)
    log = read("log.csv")
    assert messages(log) == [message]
    assert records(log) == [{"place": "log.csv", "file": "log.csv", "readable": False}]


def test_values_below_no_header_are_told_once(tmp_path: Path) -> None:
    text = "type,time,municipality,\nmeeting.held,2026-11-02,kline,x\nmeeting.held,2026-11-03,kline,y\n"
    assert codes(read(write(tmp_path, text))) == [("no_header_cell", "log.csv:2")]
