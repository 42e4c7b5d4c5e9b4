"""XLSX and ODS: true dates are dates, places name the cell, and archives that could stop the computer are
refused.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import xlsxwriter

from readers.small_pack import codes, messages, read, records

TITLES = ["Lloji i ngjarjes", "Data", "Komuna", "Lënda", "planned_at", "Nënshkrimet"]
ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="Log">{rows}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def workbook(path: Path, sheets: dict[str, list[list[Any]]], top: int = 0, left: int = 0) -> Path:
    """A workbook; dates and date-times become true date cells."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        time = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows, top):
                for column, value in enumerate(row, left):
                    if isinstance(value, dt.datetime):
                        sheet.write_datetime(number, column, value, time)
                    elif isinstance(value, dt.date):
                        sheet.write_datetime(number, column, value, day)
                    else:
                        sheet.write(number, column, value)
    return path


def ods(path: Path, *rows: list[tuple[str, str]], repeated: int = 1) -> Path:
    """A spreadsheet of LibreOffice; cells are (type, value)."""

    def cell(kind: str, value: str) -> str:
        plain = {"date": "date-value", "float": "value", "boolean": "boolean-value"}.get(kind)
        of = f' office:{plain}="{value}"' if plain else ""
        return (
            f'<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="{kind}"{of}>'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    body = "".join(f"<table:table-row>{''.join(cell(*c) for c in row)}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<?xml version='1.0'?><manifest/>")
        archive.writestr("content.xml", ODS.format(rows=body))
    return path


def test_headers_in_albanian_and_true_dates(tmp_path: Path) -> None:
    rows = [
        ["Regjistri i ngjarjeve"],
        TITLES,
        [
            "Mbledhja u caktua",
            dt.date(2026, 11, 2),
            "Klinë",
            "c1",
            dt.datetime.fromisoformat("2026-11-27T10:00"),
            None,
        ],
        [],
        ["submission.received", "2026-11-03", "Klina", 2024, None, 120],
    ]
    log = read(workbook(tmp_path / "log.xlsx", {"Ngjarjet": rows}, top=1, left=1))
    assert codes(log) == [("missing_attribute", "log.xlsx!Ngjarjet!B4")]
    scheduled, received = records(log)
    assert (scheduled["time"], scheduled["day"], scheduled["municipality"]) == (
        "2026-11-02",
        "2026-11-02",
        "kline",
    )
    assert scheduled["a"]["planned_at"]["text"] == "2026-11-27T10:00"
    assert received["place"].endswith("log.xlsx!Ngjarjet!B6")
    assert (received["case"], received["a"]) == ("2024", {"signatures": 120})


def test_a_problem_names_its_cell(tmp_path: Path) -> None:
    rows = [
        TITLES,
        ["Mbledhja u mbajt", 20260102, "Klinaa", "c1", None, 1.5],
        ["meeting.held", 46000, "kline"],
    ]
    log = read(workbook(tmp_path / "log.xlsx", {"S": rows}))
    assert codes(log) == [
        ("bad_time", "log.xlsx!S!B2"),
        ("unknown_municipality", "log.xlsx!S!C2"),
        ("bad_value", "log.xlsx!S!F2"),
        ("bad_time", "log.xlsx!S!B3"),
    ]
    rows = [TITLES, ["submission.received", "2026-11-03", "Klina", "c", None, 1.5]]
    log = read(workbook(tmp_path / "log.xlsx", {"S": rows}))
    assert codes(log) == [("bad_value", "log.xlsx!S!F2")]
    assert records(log)[0]["bad"] == ["signatures"]


def test_every_sheet_with_headers_is_read_and_others_are_told(tmp_path: Path) -> None:
    row = ["meeting.held", dt.date(2026, 11, 2), "kline"]
    sheets = {"2025": [TITLES, row], "Shënime": [["vetëm tekst"]], "Bosh": [], "2026": [TITLES, row]}
    log = read(workbook(tmp_path / "log.xlsx", sheets))
    assert messages(log) == [
        (
            "warning log.xlsx!Shënime: the sheet “Shënime” has no row of headers with type and "
            "time, so it is not "
            "read. Missing: type (also: event, ngjarja, događaj), and time (also: date, data, datum). "
            "Found: “vetëm tekst”. If it is part of the log, give it headers; else "
            "nothing needs to be done."
        )
    ]
    assert [r["place"].rpartition("/")[2] for r in records(log)] == ["log.xlsx!2025!A2", "log.xlsx!2026!A2"]


def test_a_workbook_without_headers_is_unread(tmp_path: Path) -> None:
    sheets = {"T": [["a", "b"], ["c", "d"]], "S": [["a", "b"], ["Vrsta događaja", "when"]]}
    log = read(workbook(tmp_path / "log.xlsx", sheets))
    assert codes(log) == [("no_header", "log.xlsx!S"), ("sheet_ignored", "log.xlsx!T")]
    told = log.problems[0].message
    assert "Missing: time (also: date, data, datum). Found: “Vrsta događaja”, “when”." in told
    assert [r["readable"] for r in records(log)] == [False]


def test_ods(tmp_path: Path) -> None:
    path = ods(
        tmp_path / "log.ods",
        [("string", "type"), ("string", "time"), ("string", "municipality"), ("string", "open_to_public")],
        [("string", "meeting.held"), ("date", "2026-11-02"), ("string", "kline"), ("boolean", "true")],
        [("string", "meeting.held"), ("date", "2026-11-02T10:30:00"), ("string", "kline"), ("string", "jo")],
    )
    log = read(path)
    assert not log.problems
    assert [(r["time"], r["a"]) for r in records(log)] == [
        ("2026-11-02", {"open_to_public": True}),
        ("2026-11-02T10:30", {"open_to_public": False}),
    ]
