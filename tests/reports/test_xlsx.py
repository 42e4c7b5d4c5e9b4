"""The workbook, read by another library and taken apart."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from reports.made import FULFILLED, LATE, NAMES, SUPERSEDED, VIOLATED, replace, report
from reports.services import EVERYTHING, KNOWN, WAIVED, WHOLE
from transparency_check.reports import transparency_check_reporters, xlsx
from transparency_check.reports.options import ReportOptions

(REPORTER,) = [r for r in transparency_check_reporters() if r.name == "xlsx"]


def written(whole: Any, **options: Any) -> bytes:
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, encoding="utf-8", write_through=True)
    REPORTER.write(whole, stream, ReportOptions(names=NAMES, **options).mapping())
    return data.getvalue()


def rows(data: bytes, sheet: str) -> list[dict[str, Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    head, *others = book.get_sheet_by_name(sheet).to_python()
    return [dict(zip(head, row, strict=True)) for row in others]


def test_a_row_for_each_finding() -> None:
    found = {row["Id"]: row for row in rows(written(WHOLE), "Findings")}
    assert set(found) == {f.id for f in EVERYTHING} - {SUPERSEDED.id}
    late = found[LATE.id]
    assert late["Due"] == dt.date(2026, 11, 18)
    assert (late["Municipality"], late["Outcome"], late["Late by"]) == ("Klina", "late", "1 working day")
    assert late["Place"] == "log.jsonl:1"
    assert found[WAIVED.id]["Known before"] == "waived"
    assert len(rows(written(WHOLE, everything=True), "Findings")) == len(EVERYTHING)


def test_what_the_baseline_says() -> None:
    found = {row["Id"]: row["Known before"] for row in rows(written(KNOWN), "Findings")}
    assert (found[VIOLATED.id], found[LATE.id], found[FULFILLED.id]) == ("known", "new", "")


def test_problems_and_summary_have_sheets_of_their_own() -> None:
    data = written(WHOLE)
    assert [(r["Kind"], r["Code"], r["Place"]) for r in rows(data, "Problems")] == [
        ("error", "bad-time", "log.jsonl:12"), ("warning", "unknown-type", "log.jsonl:13"),
    ]  # fmt: skip
    shown = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Summary").to_python()
    said = "\n".join(str(row[0]) for row in shown)
    assert "Judged as of 2026-11-24" in said
    assert "10 obligations" in said
    assert "division by zero" in said


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "http://pwned.example", "1", "2026-01-01", "{=1}"]
)
def test_text_is_text_whatever_it_looks_like(text: str) -> None:
    (row,) = rows(data := written(report(replace(VIOLATED, case=text))), "Findings")
    assert row["Case or file"] == text
    parts = zipfile.ZipFile(io.BytesIO(data))
    tags = {
        element.tag.rpartition("}")[2]
        for name in parts.namelist() if name.endswith(".xml")
        for element in ElementTree.fromstring(parts.read(name)).iter()
    }  # fmt: skip
    assert not tags & {"f", "hyperlink", "externalReference"}


def test_filters_and_a_header_that_stays() -> None:
    sheet = zipfile.ZipFile(io.BytesIO(written(WHOLE))).read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<autoFilter ref="A1:Q10"', sheet)
    assert re.search(r'<pane ySplit="1"[^>]*state="frozen"', sheet)


def test_what_a_sheet_cannot_hold_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 4)
    data = written(WHOLE)
    assert len(rows(data, "Findings")) == 3
    shown = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Summary").to_python()
    assert "6 rows are left out, as a sheet can hold no more; --format csv=FILE holds all." in str(shown)


def test_the_same_report_is_the_same_file() -> None:
    assert written(KNOWN) == written(KNOWN)
