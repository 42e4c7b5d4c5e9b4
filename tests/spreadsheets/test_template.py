"""The empty register: what stands in it, and what becomes of one that was filled in."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from transparency_check.logs import read_logs
from transparency_check.messages.language import LANGUAGES, speaking
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.spreadsheets.template import COVERAGE_ROWS, ROWS, Cells, columns, workbook

from .filled import ALBANIAN, COVERED, CYRILLIC


@cache
def book() -> Rulebook:
    return load_rulebook(["kosovo"])


@cache
def empty(language: str) -> bytes:
    with speaking(language):
        return workbook(book(), "kline")


def log_of(path: Path) -> Any:
    return read_logs([path], book().vocabulary, book().municipalities, book().zone)


def filled(path: Path, rows: Sequence[Cells], language: str = "sq", covered: Sequence[Cells] = ()) -> Path:
    with speaking(language):
        path.write_bytes(workbook(book(), None, rows, covered))
    return path


SHEETS = {
    "en": ["Register", "Coverage", "Help", "lists"],
    "sq": ["Regjistri", "Mbulimi", "Ndihmë", "lists"],
    "sr-Latn": ["Registar", "Pokrivenost", "Pomoć", "lists"],
    "sr-Cyrl": ["Регистар", "Покривеност", "Помоћ", "lists"],
}
FIRST = {
    "en": ["Event", "Date", "Municipality", "Case", "Body"],
    "sq": ["Ngjarja", "Data", "Komuna", "Lënda", "Organi"],
    "sr-Latn": ["Događaj", "Datum", "Opština", "Predmet", "Organ"],
    "sr-Cyrl": ["Догађај", "Датум", "Општина", "Предмет", "Орган"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_and_headers_are_in_the_language(language: str) -> None:
    made = CalamineWorkbook.from_filelike(io.BytesIO(empty(language)))
    assert made.sheet_names == SHEETS[language]
    (headers,) = made.get_sheet_by_index(0).to_python()
    assert headers[:5] == FIRST[language]
    assert len(headers) == len(set(headers)) == len(columns(book()))
    help_ = [row[0] for row in made.get_sheet_by_index(2).to_python()]
    with speaking(language):
        from transparency_check.spreadsheets.titles import title

        for name, event in book().vocabulary.events.items():
            assert (title(event.title) in help_) == (name != "coverage.declared"), name
    if language != "en":
        english = [
            r[0]
            for r in CalamineWorkbook.from_filelike(io.BytesIO(empty("en"))).get_sheet_by_index(2).to_python()
        ]
        assert not {cell for cell in help_[1:12] if cell} & set(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_known_and_every_value_to_choose_is_understood(language: str) -> None:
    """What the program offers it also reads: each drop-down against the reader."""
    from zoneinfo import ZoneInfo

    from transparency_check.events import Normaliser

    normaliser = Normaliser(book().vocabulary, book().municipalities, ZoneInfo(book().zone))
    made = CalamineWorkbook.from_filelike(io.BytesIO(empty(language)))
    (headers,) = made.get_sheet_by_index(0).to_python()
    assert [normaliser.columns.find(header) for header in headers] == columns(book())
    lists = list(zip(*made.get_sheet_by_name("lists").to_python(), strict=True))
    with zipfile.ZipFile(io.BytesIO(empty(language))) as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]
    asked = 0
    for heads, xml in zip((headers, made.get_sheet_by_index(1).to_python()[4]), sheets, strict=True):
        found = re.findall(
            r'<dataValidation type="list".*?sqref="([A-Z]+)[0-9:A-Z]+".*?'
            r"<formula1>lists!\$([A-Z]+)\$1:\$[A-Z]+\$([0-9]+)<",
            xml,
        )
        for letters, column, last in found:
            name = normaliser.columns.find(heads[_number(letters)])
            names = normaliser.values_of(str(name))
            assert names is not None, name
            offered = lists[_number(column)][: int(last)]
            asked += 1
            assert [v for v in offered if names.find(v) is None] == [], name
            assert len({names.find(v) for v in offered}) == len(offered), name
    # Events, municipalities, and every choice and flag of the register; four on the sheet of coverage.
    kinds = {
        name: book().vocabulary.attributes[name].type
        for name in columns(book())
        if name in book().vocabulary.attributes
    }
    choices = [n for n, kind in kinds.items() if ("choice" in kind and n != "attests") or kind == "flag"]
    assert asked == len(choices) + 3 + 3


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def test_an_empty_register_says_nothing_about_anyone(tmp_path: Path) -> None:
    """Neither the cells that fill themselves in nor the help are taken for events."""
    path = tmp_path / "register.xlsx"
    path.write_bytes(empty("sq"))
    log = log_of(path)
    assert [(p.code, p.severity) for p in log.problems] == [("no_rows", "error")]
    assert log.records == []


def test_the_help_says_what_an_empty_cell_counts_as() -> None:
    """Unknown, but for attributes whose absence the vocabulary gives a meaning (semantics 4.16)."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(empty("en"))).get_sheet_by_name("Help").to_python()
    notes = {row[0]: row[1] for row in rows}
    attributes = book().vocabulary.attributes
    shown = {name: notes.get(str(a.title.en).capitalize()) for name, a in attributes.items() if a.title}
    assert shown["oral"] == "Not made in writing. Yes or no. Empty counts as: no."
    assert shown["open_to_public"] == "Public and media could attend. Yes or no. Empty: not known."
    told = {name for name, note in shown.items() if note and "Empty counts as: " in note}
    assert told == {name for name, a in attributes.items() if a.absent is not None and shown.get(name)}
    assert len(told) >= 4


def test_the_municipality_and_the_declaration_fill_themselves_in() -> None:
    with zipfile.ZipFile(io.BytesIO(empty("sq"))) as archive:
        register, coverage = (archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
    assert register.count('IF(A2="","","Klinë")') == 1
    assert len(re.findall(r'<f>IF\(A[0-9]+="","","Klinë"\)</f>', register)) == ROWS
    assert (
        len(re.findall(r'<f>IF\(D[0-9]+="","","U deklarua mbulimi i regjistrit"\)</f>', coverage))
        == COVERAGE_ROWS
    )


def essence(path: Path) -> list[dict[str, Any]]:
    log = log_of(path)
    assert log.problems == []
    return [
        {key: value for key, value in json.loads(record).items() if key not in ("place", "file")}
        for record in log.records
    ]


def test_the_same_events_in_albanian_and_in_serbian_are_the_same(tmp_path: Path) -> None:
    albanian = essence(filled(tmp_path / "sq.xlsx", ALBANIAN))
    cyrillic = essence(filled(tmp_path / "sr.xlsx", CYRILLIC, "sr-Cyrl"))
    assert len(albanian) == 10
    assert albanian == cyrillic
    first = albanian[0]
    assert (first["type"], first["time"], first["municipality"], first["case"]) == (
        "meeting.scheduled", "2026-09-01", "kline", "K-07/26",
    )  # fmt: skip
    assert first["a"]["planned_at"]["text"] == "2026-09-24T10:00"
    # A day is a day, not its midnight (semantics 2.2).
    assert albanian[4]["a"]["planned_at"]["text"] == "2026-10-15"


def test_a_filled_coverage_declares_it(tmp_path: Path) -> None:
    log = log_of(filled(tmp_path / "sq.xlsx", ALBANIAN, covered=COVERED))
    assert log.problems == []
    declared = json.loads(log.records[-1])
    assert declared["type"] == "coverage.declared"
    assert declared["a"] == {
        "event_families": ["meeting", "notice", "act"],
        "period": {"first": "2026-09-01", "last": "2026-12-31"},
    }


BROKEN = [
    ({"type": "Mbledhja u mbaj"}, "misspelt_type", "Regjistri!A2"),
    ({"session_kind": "e rregult"}, "bad_choice", "Regjistri!M2"),
    ({"languages": "shqip, serbishtt"}, "bad_list", "Regjistri!"),
    ({"time": "shtator 2026"}, "bad_time", "Regjistri!B2"),
    ({"planned_at": "24.9"}, "bad_time_value", "Regjistri!"),
    ({"municipality": "Klin"}, "unknown_municipality", "Regjistri!C2"),
    ({"retracted": "ndoshta"}, "bad_retracted", "Regjistri!"),
]


@pytest.mark.parametrize(("cells", "code", "place"), BROKEN, ids=[b[1] for b in BROKEN])
def test_a_broken_cell_is_told_with_sheet_and_cell_in_albanian(
    cells: dict[str, str], code: str, place: str, tmp_path: Path
) -> None:
    with speaking("sq"):
        log = log_of(filled(tmp_path / "r.xlsx", [{**ALBANIAN[0], "languages": "shqip", **cells}]))
    with speaking("en"):
        english = log_of(tmp_path / "r.xlsx")
    told = [p for p in log.problems if p.code == code]
    assert len(told) == 1, log.problems
    assert re.fullmatch(r".*/r\.xlsx!Regjistri![A-Z]+2", told[0].place)
    assert told[0].place.partition("r.xlsx!")[2].startswith(place)
    assert [p.code for p in english.problems] == [p.code for p in log.problems]
    assert not {p.message for p in log.problems} & {p.message for p in english.problems}


def test_the_command_writes_a_register_once(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "transparency_check", "template", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)

    done = run("--lang", "sr-Cyrl", "--municipality", "Klina", "-o", "r.xlsx")
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "r.xlsx").read_bytes()
    with speaking("sr-Cyrl"):
        assert written == workbook(book(), "kline")
    again = run("-o", "r.xlsx")
    assert again.returncode == 2
    assert "r.xlsx is already there and may be filled in; it is not overwritten." in again.stderr
    assert (tmp_path / "r.xlsx").read_bytes() == written
    other = run("-o", "r.csv")
    assert (other.returncode, "does not end in .xlsx" in other.stderr) == (2, True)
    nowhere = run("--municipality", "Klena", "-o", "s.xlsx")
    assert nowhere.returncode == 2
    assert "kline" in nowhere.stderr
    assert not (tmp_path / "s.xlsx").exists()


def test_dates_are_true_dates(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.xlsx", ALBANIAN)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [type(row[1]) for row in rows[1:4]] == [dt.date, dt.date, dt.datetime]
