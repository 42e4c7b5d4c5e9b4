"""A register that LibreOffice has opened and saved says the same as before, as XLSX and as ODS."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from transparency_check.logs import read_logs
from transparency_check.messages.language import speaking
from transparency_check.packs import load_rulebook
from transparency_check.spreadsheets.template import workbook

from .filled import ALBANIAN, COVERED, CYRILLIC

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed (libreoffice-calc-nogui)"
)
# As if every row had been typed: formulas are computed when a file is opened.
ALWAYS_COMPUTED = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
REGISTERS = {"sq": (ALBANIAN, COVERED), "sr-Cyrl": (CYRILLIC, ())}


def saved(source: Path, kind: str, folder: Path) -> Path:
    """The workbook as LibreOffice saves it, with a profile of its own: none of a user is touched."""
    profile = (folder / "profile").as_uri()
    target = folder / kind
    command = [str(OFFICE), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    done = subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(target), str(source)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    made = target / f"{source.stem}.{kind}"
    assert made.is_file(), done.stdout + done.stderr
    return made


@cache
def _book() -> Any:
    return load_rulebook(["kosovo"])


def findings(path: Path) -> tuple[list[Any], list[Any]]:
    """What a register is judged to be: the findings without the name of its file, and the problems."""
    from transparency_check.checking import Inquiry, answer
    from transparency_check.plugins import load_registry

    inquiry = Inquiry((str(path),), ("kosovo",), "2026-11-28")
    report = answer(inquiry, load_registry(plugins=False)).report
    shown = [
        (f.rule, f.municipality, f.case, f.period, f.outcome, str(f.due), sorted(f.reasons))
        for f in report.findings
    ]
    return shown, [p.code for p in report.problems]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("language", REGISTERS)
def test_a_register_saved_by_libreoffice_is_judged_alike(language: str, kind: str, tmp_path: Path) -> None:
    rows, covered = REGISTERS[language]
    source = tmp_path / "register.xlsx"
    with speaking(language):
        source.write_bytes(workbook(_book(), "kline", rows, covered))
    before = findings(source)
    assert before[1] == []
    assert len({outcome for _, _, _, _, outcome, _, _ in before[0]}) >= 3
    assert findings(saved(source, kind, tmp_path)) == before


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_an_empty_register_stays_empty(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "register.xlsx"
    with speaking("sq"):
        source.write_bytes(workbook(_book(), "kline"))
    made = saved(source, kind, tmp_path)
    assert CalamineWorkbook.from_path(str(made)).sheet_names[:3] == ["Regjistri", "Mbulimi", "Ndihmë"]
    assert findings(made)[1] == ["no_rows"]


def test_what_is_typed_in_libreoffice_fills_the_municipality_in(tmp_path: Path) -> None:
    """The cells that fill themselves in are computed by LibreOffice once their row has an event."""
    source = tmp_path / "register.xlsx"
    rows = [{k: v for k, v in row.items() if k != "municipality"} for row in ALBANIAN]
    with speaking("sq"):
        source.write_bytes(workbook(_book(), "kline", rows))
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_COMPUTED, encoding="utf-8")
    made = saved(source, "xlsx", tmp_path)
    places = [row[2] for row in CalamineWorkbook.from_path(str(made)).get_sheet_by_index(0).to_python()]
    assert places[:11] == ["Komuna", *["Klinë"] * 10]
    assert set(places[11:]) <= {""}
    log = read_logs([made], _book().vocabulary, _book().municipalities, _book().zone)
    assert (log.problems, len(log.records)) == ([], 10)
