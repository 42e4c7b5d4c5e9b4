"""The walk-through is true: its register is filled in as its tables say, its commands show what it says."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from documents.test_documents import text_of
from transparency_check.checking import load_packs
from transparency_check.cli import application
from transparency_check.messages.language import speaking
from transparency_check.plugins import load_registry
from transparency_check.spreadsheets.template import Cells, workbook

from .console import squeezed, steps

PAGE = (Path(__file__).parents[2] / "docs/walk-through.md").read_text(encoding="utf-8")
SESSION = {"municipality": "Klinë", "body": "Kuvendi", "meeting_type": "seancë", "session_kind": "e rregullt"}
NOTICE = {
    "municipality": "Klinë", "notice_kind": "mbledhje", "channel": "uebfaqja; tabela e shpalljeve",
    "languages": "shqip; serbisht",
}  # fmt: skip
TODAY = dt.date(2026, 11, 16)


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007


def rows(table: list[list[str]]) -> Iterator[Cells]:
    """What a table of the page says, as rows of the register."""
    head, *lines = table
    for line in lines:
        told = dict(zip(head, line, strict=True))
        case = {"case": told["Lënda"]}
        begins = dt.datetime.combine(day(told["Seanca"]), dt.time(10))
        if "U shty më" in told:
            moved = {**SESSION, **case, "type": "Mbledhja u shty ose u zhvendos", "planned_at": begins}
            yield {**moved, "time": day(told["U shty më"])}
            continue
        convened = {**SESSION, **case, "type": "Mbledhja u caktua", "planned_at": begins}
        yield {**convened, "time": day(told["U caktua"])}
        if told["Njoftimi"]:
            yield {**NOTICE, **case, "type": "U publikua njoftimi", "time": day(told["Njoftimi"])}
        if begins.date() < TODAY:
            held = {**SESSION, **case, "type": "Mbledhja u mbajt", "open_to_public": "po"}
            yield {**held, "languages": "shqip; serbisht", "time": begins}


def test_every_step_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    book = load_packs((), load_registry(plugins=False))
    register: list[Cells] = []
    commands = 0
    for step in steps(PAGE):
        if isinstance(step, list):
            register += rows(step)
            with speaking("sq"):
                Path("regjistri.xlsx").write_bytes(workbook(book, "kline", register))
            continue
        command, shown = step
        program, *arguments = shlex.split(command)
        assert program == "transparency-check"
        result = CliRunner().invoke(application, arguments)
        assert result.exit_code in (0, 1), result.output
        commands += 1
        for line in shown:
            assert squeezed(line) in squeezed(result.output), f"{command}: {line}\n{result.output}"
    assert commands == len(re.findall(r"^\$ ", PAGE, re.MULTILINE)) == 12
    assert len(register) == 32
    assert squeezed("Gati për datën 04.12.2026 10:00") in text_of("pdf", Path("fleta.pdf").read_bytes())
    assert squeezed("Spremno za 04.12.2026 10:00") in text_of("pdf", Path("pregled.pdf").read_bytes())
    assert Path("prova.pdf").stat().st_size > 10_000


def test_the_same_way_in_serbian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All commands of the page with a register in Cyrillic: the same exit codes, files and decisions."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    book = load_packs((), load_registry(plugins=False))
    words = {
        "Klinë": "Клина", "Kuvendi": "скупштина", "seancë": "седница", "e rregullt": "редовна",
        "mbledhje": "седница",
        "uebfaqja; tabela e shpalljeve": "веб-страница; огласна табла", "shqip; serbisht": "албански; српски",
        "Mbledhja u caktua": "Састанак је заказан", "U publikua njoftimi": "Објављено је обавештење",
        "Mbledhja u mbajt": "Састанак је одржан", "po": "да",
        "Mbledhja u shty ose u zhvendos": "Састанак је померен",
    }  # fmt: skip
    register: list[Cells] = []
    for step in steps(PAGE):
        if isinstance(step, list):
            register += [{k: words.get(str(v), v) for k, v in row.items()} for row in rows(step)]
            with speaking("sr-Cyrl"):
                Path("regjistri.xlsx").write_bytes(workbook(book, "kline", register))
            continue
        arguments = shlex.split(step[0].replace("--lang sq", "--lang sr-Cyrl"))[1:]
        result = CliRunner().invoke(application, arguments)
        assert result.exit_code in (0, 1), result.output
    assert squeezed("Спремно за 04.12.2026 10:00") in text_of("pdf", Path("fleta.pdf").read_bytes())
    assert 'rule = "XK-MTG-001"' in Path("waivers.toml").read_text(encoding="utf-8")
