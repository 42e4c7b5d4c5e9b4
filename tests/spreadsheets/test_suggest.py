"""``mapping suggest``: what is proposed for sheets in words of their own, and that it can be used."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from ruamel.yaml import YAML

from transparency_check.errors import UsageError
from transparency_check.events import Normaliser
from transparency_check.logs import read_logs
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.spreadsheets.foreign import sheets_of
from transparency_check.spreadsheets.suggest import suggestion, written

SAMPLE = Path(__file__).parents[2] / "samples" / "spreadsheet" / "regjistri-2026.xlsx"


@cache
def book() -> Rulebook:
    return load_rulebook(["kosovo"])


def proposed(path: Path) -> str:
    normaliser = Normaliser(book().vocabulary, book().municipalities, ZoneInfo(book().zone))
    return written(suggestion(sheets_of(str(path)), normaliser), path.name, f"{path.name}.meta.yaml")


def test_all_headers_of_the_sample_are_found() -> None:
    text = proposed(SAMPLE)
    columns = YAML(typ="safe").load(text)["columns"]
    assert columns == {
        "Lënda": "case", "Ngjarja": "type", "Data": "time", "Komuna": "municipality",
        "Organi": "body", "Lloji i mbledhjes": "meeting_type", "Lloji i seancës": "session_kind",
        "Data e mbledhjes": "planned_at", "Lloji i njoftimit": "notice_kind", "Kanali": "channel",
        "Gjuhët": "languages", "Shënim": "note", "Numri i lëndës": "case", "Vendimi": "outcome",
        "Arsyeja e urgjencës": "urgency_ground", "Mbajtësi": "holder",
        "Mbajtësi i njohur": "holder_known", "Marrësi": "recipient",
        "Ditët e zgjatjes": "extension_days",
    }  # fmt: skip
    assert "# open" not in text


FOREIGN = [
    ["Regjistri i punës", None, None, None, None, None, None],
    ["Nr.", "Ngjarjet", "Kur", "Komunna", "Lënda:", "Vendimmarrja", "Vendi ku u shpall"],
    [1, "Mbledhja u mbajte", dt.date(2026, 3, 5), "Klinë", "K-1", None, "uebfaqja"],
    [2, "U publikua njoftimi", dt.date(2026, 3, 6), "Klinë", "K-1", None, "tabela e shpalljev; radio"],
    [3, "U dha vendimi për kërkesën", dt.date(2026, 3, 9), "Klinë", "Q-1", "Pozitive", "uebfaqja"],
]


def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "puna.xlsx"
    with xlsxwriter.Workbook(str(path)) as out:
        day = out.add_format({"num_format": "dd.mm.yyyy"})
        sheet = out.add_worksheet("2026")
        for row, cells in enumerate(FOREIGN):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
    return path


def test_a_sheet_in_words_of_its_own_can_be_read_with_what_is_proposed(tmp_path: Path) -> None:
    path = foreign(tmp_path)
    before = read_logs([path], book().vocabulary, book().municipalities, book().zone)
    assert [p.code for p in before.problems] == ["no_header"]
    text = proposed(path)
    found = YAML(typ="safe").load(text)
    assert found == {
        "columns": {
            "Ngjarjet": "type", "Kur": "time", "Komunna": "municipality", "Lënda:": "case",
            "Vendi ku u shpall": "channel",
        },
        "values": {
            "type": {"Mbledhja u mbajte": "meeting.held"},
            "channel": {"tabela e shpalljev": "notice-board"},
        },
    }  # fmt: skip
    # What is not likely is not said, and stands among what is open.
    assert "“Vendimmarrja”" in text and "“Nr.”" in text
    path.with_name("puna.xlsx.meta.yaml").write_text(text, encoding="utf-8")
    after = read_logs([path], book().vocabulary, book().municipalities, book().zone)
    assert {p.severity for p in after.problems} == {"warning"}
    assert [p.code for p in after.problems if p.code.startswith(("mapping", "sidecar"))] == []
    import json

    assert [(r["type"], r["time"], r["case"]) for r in map(json.loads, after.records)] == [
        ("meeting.held", "2026-03-05", "K-1"),
        ("notice.published", "2026-03-06", "K-1"),
        ("request.answered", "2026-03-09", "Q-1"),
    ]


def test_csv_is_read_as_well_and_a_doubtful_word_is_left_open(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([
            ["Događaj", "Datumi", "Opština", "Vrsta sednica", "Rezultat sednice"],
            ["Sastanak je održan", "2026-03-05", "Klina", "redovnaa", "x"],
            ["Sastanak je održan", "2026-03-06", "Klina", "?", "x"],
        ])  # fmt: skip
    text = proposed(path)
    found = YAML(typ="safe").load(text)
    assert found["columns"] == {
        "Događaj": "type", "Datumi": "time", "Opština": "municipality", "Vrsta sednica": "session_kind",
    }  # fmt: skip
    assert found["values"] == {"session_kind": {"redovnaa": "ordinary"}}
    assert "# open: session_kind: “?” (1) comes near no value" in text


def test_long_texts_are_no_words(tmp_path: Path) -> None:
    """Nor would YAML take one for a key."""
    path = tmp_path / "log.csv"
    text = "Mbledhja u mbajt " * 200
    path.write_text(f"Ngjarja,Data,Komuna,{text}\n{text},2026-03-05,Klinë,x\n", encoding="utf-8")
    found = YAML(typ="safe").load(proposed(path))
    assert found == {"columns": {"Ngjarja": "type", "Data": "time", "Komuna": "municipality"}}


@pytest.mark.parametrize(
    "content", [b"", b"a;b\n1;2\n", b"\xff\xfe\x00"], ids=["empty", "nothing known", "bytes"]
)
def test_what_is_not_understood_is_said_in_a_file_that_can_be_used(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    text = proposed(path)
    assert YAML(typ="safe").load(text) == {"columns": {}}
    assert "no sheet has a row that looks like headers" in text


def test_other_files_are_refused(tmp_path: Path) -> None:
    for name, content in (("log.jsonl", b"{}"), ("log.xlsx", b"no workbook")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UsageError) as refused:
            sheets_of(str(tmp_path / name))
        assert name in refused.value.message


def test_the_command_speaks_the_language_and_overwrites_nothing(tmp_path: Path) -> None:
    foreign(tmp_path)
    command = [sys.executable, "-m", "transparency_check", "mapping", "suggest", "puna.xlsx", "--lang", "sq"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "# mungon" not in done.stdout
    assert "e mundshme" in done.stdout
    out = tmp_path / "puna.xlsx.meta.yaml"
    more = [*command, "-o", out.name]
    assert subprocess.run(more, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert out.read_text(encoding="utf-8") == done.stdout
    assert subprocess.run(more, cwd=tmp_path, capture_output=True, check=False).returncode == 2
