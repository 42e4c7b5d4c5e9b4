"""The page on a pack for another country is true: what it shows stands in the example, commands are run."""

from __future__ import annotations

import csv
import io
import re
import shlex
import shutil
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from docs.test_mapping import commands_of, squeezed
from examples.own import EXAMPLES, entry_points_of, importable
from transparency_check import plugins
from transparency_check.cli import application

PAGE = (Path(__file__).parents[2] / "docs/another-country.md").read_text(encoding="utf-8")
PACK = EXAMPLES / "wales/src/transparency_check_wales/wales"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def told(text: str) -> str:
    """A text without blanks and versions: of a package that is not installed nobody knows one."""
    return squeezed(text).replace("0.1.0", "")


def test_what_is_shown_stands_in_the_example() -> None:
    files = [path.read_text(encoding="utf-8") for path in sorted(PACK.rglob("*.*"))]
    shown = [*blocks("yaml"), *blocks("csv")]
    assert len(shown) >= 10
    for block in shown:
        # A table may leave out rows; its first lines, or rows one after the other, stand as they are.
        head, *rows = block.splitlines()
        assert any(block in file for file in files) or any(
            file.startswith(head) and all(f"{row}\n" in file for row in rows) for file in files
        ), block


def test_what_is_quoted_of_the_law_is_quoted_in_the_duties() -> None:
    quotes = [
        YAML(typ="safe").load(path.read_text(encoding="utf-8"))["legal_basis"]["quote"]
        for path in PACK.rglob("duties/*/*.yaml")
    ]
    table = PAGE[PAGE.index("## 1.") : PAGE.index("## 2.")]
    for quoted in re.findall(r'"([^"]{14,})"', table):
        # Of section 10(6) the duty quotes nothing: its words were seen in the explanatory notes.
        assert quoted in "".join(quotes) or quoted == "in any part of the United Kingdom", quoted


def test_every_command_shows_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    importable("wales")
    points: list[EntryPoint] = []
    monkeypatch.setattr(plugins, "entry_points", lambda group: points)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    shutil.copytree(PACK, tmp_path / "wales", ignore=shutil.ignore_patterns("duties"))
    (log,) = blocks("json")
    Path("log.jsonl").write_text(log, encoding="utf-8")
    ran = 0
    for command, shown in commands_of(PAGE):
        program, *arguments = shlex.split(command)
        assert program == "transparency-check"
        if arguments[0] == "plugins":
            points += entry_points_of("wales")
        result = CliRunner().invoke(application, arguments)
        assert result.exit_code in (0, 1), result.output
        for line in shown:
            assert told(line) in told(result.output), f"{command}: {line}\n{result.output}"
        if arguments[:2] == ["rules", "new"]:
            # The author fills it in, and writes the others.
            shutil.rmtree("wales/duties")
            shutil.copytree(PACK / "duties", "wales/duties")
        ran += 1
    assert ran == len(re.findall(r"^\$ ", PAGE, re.MULTILINE)) == 9


def test_the_table_of_places_and_that_of_days_have_the_columns_that_are_shown() -> None:
    for block, name in zip(blocks("csv"), ("municipalities.csv", "calendar.csv"), strict=True):
        assert next(csv.reader(io.StringIO(block))) == next(
            csv.reader(io.StringIO((PACK / name).read_text(encoding="utf-8")))
        )
