"""The page on formats of others is true: its table, its sample, its commands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bench.xes import log as bench_log

from docs.test_mapping import commands_of, shows
from transparency_check.readers import transparency_check_readers
from transparency_check.readers.foreign.recurrence import MOST
from transparency_check.readers.foreign.strangers import is_foreign
from transparency_check.readers.foreign.xml_stream import MAX_DEPTH, MAX_TOKEN
from transparency_check.readers.inputs import may_be_packed

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples/foreign"
PAGE = (ROOT / "docs/foreign-logs.md").read_text(encoding="utf-8")


def test_every_format_with_its_endings() -> None:
    said = {
        cells[1].strip(" `"): (tuple(re.findall(r"`([^`]+)`", cells[2].partition("(")[0])), "(" in cells[2])
        for line in PAGE.splitlines()
        if line.startswith("| `") and "--input" not in line and len(cells := line.split("|")) == 6
    }
    known = {r.name: (r.suffixes, may_be_packed(r)) for r in transparency_check_readers() if is_foreign(r)}
    assert said == known


def test_the_limits() -> None:
    for said in (f"more than {MAX_DEPTH} deep", f"more than {MAX_TOKEN // 10**6} MB", f"more than {MOST:,}"):
        assert said in PAGE


def test_every_command_shows_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    monkeypatch.chdir(tmp_path / "samples")
    monkeypatch.setenv("HOME", str(tmp_path))
    for command, shown in commands_of(PAGE):
        shows(command, shown)
    assert len(list(commands_of(PAGE))) == 3


def test_the_sample_is_what_the_page_and_its_maker_say() -> None:
    (block,) = re.findall(r"```yaml\n# mapping: kuvendi\.yaml\n(.*?)```", PAGE, re.DOTALL)
    schema, _, rest = (SAMPLES / "kuvendi.yaml").read_text(encoding="utf-8").partition("\n")
    assert schema == "# yaml-language-server: $schema=../../docs/schemas/mapping.json"
    assert rest == block
    made: dict[str, object] = {}
    exec((SAMPLES / "make.py").read_text(encoding="utf-8"), made)
    log = (SAMPLES / "kuvendi.xes").read_text(encoding="utf-8")
    assert made["made"]() == log  # type: ignore[operator]
    (shown,) = re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)
    for line in shown.splitlines():
        assert line.strip() in log


def test_the_log_of_the_benchmark_is_one(tmp_path: Path) -> None:
    from transparency_check.readers.base import Input, Row
    from transparency_check.readers.foreign.xes import Xes

    (tmp_path / "log.xes").write_bytes(b"".join(bench_log(25)))
    source = Input("log.xes", tmp_path / "log.xes")
    rows = list(Xes().read(source))
    source.close()
    assert len(rows) == 25
    assert all(isinstance(row, Row) and len(row.values) == 7 for row in rows)
