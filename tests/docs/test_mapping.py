"""The page on mappings is true: its samples are those of the repository, its commands show what it says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from transparency_check.cli import application
from transparency_check.mapping import model
from transparency_check.mapping.dates import _PARTS, NAMED

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples/mapping"
PAGE = (ROOT / "docs/mapping.md").read_text(encoding="utf-8")
REFERENCE = PAGE[PAGE.index("## What a mapping can say") :]
TABLES = re.findall(r"(?:^\|.*\n)+", REFERENCE, re.MULTILINE)


def squeezed(text: str) -> str:
    return "".join(text.split())


def commands_of(page: str) -> Iterator[tuple[str, list[str]]]:
    """Those of a page, with the lines that they show."""
    for console in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for block in filter(None, re.split(r"^\$ ", console, flags=re.MULTILINE)):
            command, *shown = block.splitlines()
            yield command, shown


def keys(table: str, column: int = 0) -> set[str]:
    return {
        key for row in table.splitlines()[2:] for key in re.findall(r"`([^`]+)`", row.split("|")[column + 1])
    }


def fields(record: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in record.model_fields.items()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    monkeypatch.chdir(tmp_path / "samples")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "samples"


def shows(command: str, shown: list[str]) -> None:
    """Run a command; it shows these lines, in this order."""
    program, *arguments = shlex.split(command)
    assert program == "transparency-check"
    result = CliRunner().invoke(application, [*arguments, "--no-plugins"])
    assert result.exit_code in (0, 1, 2), result.output
    at = 0
    for line in shown:
        found = squeezed(result.output).find(squeezed(line), at)
        assert found >= 0, f"{command}: {line}\n{result.output}"
        at = found


def test_every_command_shows_what_the_page_says(folder: Path) -> None:
    ran = 0
    for command, shown in commands_of(PAGE):
        shows(command, shown)
        ran += 1
    assert ran >= 4


@pytest.mark.parametrize("name", ["mbledhjet.yaml", "kerkesat.yaml"])
def test_the_mappings_of_the_page_are_those_of_the_samples(name: str) -> None:
    (block,) = re.findall(rf"```yaml\n# mapping: {re.escape(name)}\n(.*?)```", PAGE, re.DOTALL)
    schema, _, rest = (SAMPLES / name).read_text(encoding="utf-8").partition("\n")
    assert schema == "# yaml-language-server: $schema=../../docs/schemas/mapping.json"
    assert rest == block


def test_the_tables_of_the_page_are_the_logs(folder: Path) -> None:
    (block,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    assert (folder / "kerkesat.csv").read_text(encoding="utf-8").startswith(block)
    head, _, *rows = [
        [cell.strip() for cell in line[1:-1].split("|")]
        for line in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE)[0].splitlines()
    ]
    sys.path.insert(0, str(SAMPLES))
    try:
        import make
    finally:
        sys.path.remove(str(SAMPLES))
    assert tuple(head) == make.HEADERS
    assert [tuple(row) for row in rows] == list(make.ROWS)


def test_the_sheet_is_made_by_its_program(tmp_path: Path) -> None:
    target = tmp_path / "again.xlsx"
    subprocess.run([sys.executable, str(SAMPLES / "make.py"), str(target)], check=True)
    assert target.read_bytes() == (SAMPLES / "mbledhjet.xlsx").read_bytes()


# Counted by hand. Meetings back over working days from the day before (semantics 3.5), requests forward over
# calendar days from the day after.
EXPECTED: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "mbledhjet": (
        "XK-MTG-001",
        {
            # Fri 30 Oct; 29, 28, 27, 26, 23, 22, 21 Oct. Notice 23 Oct.
            "kuvendi-2026-12": ("late", "2026-10-21"),
            # Fri 27 Nov; 26, 25, 24, 23, 20, 19, 18 Nov. Notice 17 Nov, before the clear day as well.
            "kuvendi-2026-13": ("fulfilled", "2026-11-18"),
            # Fri 18 Dec; 17, 16, 15, 14, 11, 10, 9 Dec. The notice has no date.
            "kuvendi-2026-14": ("undetermined", "2026-12-09"),
        },
    ),
    "kerkesat": (
        "XK-FOI-001",
        {
            # Mon 2 Mar + 7 = Mon 9 Mar; granted then.
            "Q-101": ("fulfilled", "2026-03-09"),
            # Thu 5 Mar + 7 = Thu 12 Mar; refused on 16 Mar.
            "Q-102": ("late", "2026-03-12"),
            # Tue 10 Mar + 7; granted on 31 February.
            "Q-103": ("undetermined", "2026-03-17"),
            # Wed 11 Mar + 7; closed by a word that the mapping does not know.
            "Q-104": ("undetermined", "2026-03-18"),
        },
    ),
}


@pytest.mark.parametrize("sample", EXPECTED)
def test_what_must_come_out(sample: str, folder: Path) -> None:
    rule, expected = EXPECTED[sample]
    (log,) = [path.name for path in folder.glob(f"{sample}.*") if path.suffix != ".yaml"]
    as_of = "2026-12-20" if sample == "mbledhjet" else "2026-04-01"
    asked = ["check", log, "--mapping", f"{sample}.yaml", "--as-of", as_of, "--select", rule]
    result = CliRunner().invoke(application, [*asked, "--all", "--format", "json", "--no-plugins"])
    report: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == 2
    assert {f["case"]: (f["outcome"], f["due"]) for f in report["findings"]} == expected
    unsure = [f for f in report["findings"] if f["outcome"] == "undetermined"]
    assert all(f["reasons"] == ["unreadable_record"] for f in unsure)


def test_the_page_names_every_key() -> None:
    whole, part, naming, entry, condition, dates = TABLES[:6]
    assert keys(whole) == fields(model.Mapping)
    assert keys(part) == fields(model.Part)
    assert keys(naming) == fields(model.Naming)
    assert keys(entry) == fields(model.Entry)
    assert keys(condition) == fields(model.Condition)
    named = keys(dates) - {"'T'"}
    assert named == {part for part in _PARTS if not re.fullmatch("S{2,5}", part)}
    left = re.search(r"\*\*Row left out\*\*.*", REFERENCE)
    assert left is not None and {"when", "why"} <= set(re.findall(r"`([^`]+)`", left[0]))
    assert all(f"`{name}`" in REFERENCE for name in NAMED)
