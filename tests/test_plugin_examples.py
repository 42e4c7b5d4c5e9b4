"""The page on plugins shows one plugin of each kind; they are run here as they stand there."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from transparency_check import plugins
from transparency_check.cli import application
from transparency_check.hookspecs import PythonRule
from transparency_check.python_rules.verdicts import VERDICT_KEYS
from transparency_check.reports.options import ReportOptions

PAGE = (Path(__file__).parents[1] / "docs/plugins.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
KINDS = ("packs", "rules", "readers", "reporters")
SESSION = {"type": "meeting.scheduled", "municipality": "kline", "case": "s1", "body": "assembly",
           "meeting_type": "session", "session_kind": "ordinary", "planned_at": "2026-11-27"}  # fmt: skip
MOVE = {"type": "meeting.rescheduled", "municipality": "kline", "case": "s1", "planned_at": "2026-12-11"}
PACK = """id: town
version: 1.0.0
title: {en: Town}
jurisdiction: Klina
extends: kosovo
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command with the examples installed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "town").mkdir()
    (tmp_path / "town/pack.yaml").write_text(PACK, encoding="utf-8")

    def load(kind: str) -> Callable[[], Any]:
        def module() -> Any:
            path = tmp_path / f"town_{kind}.py"
            path.write_text(BLOCKS[KINDS.index(kind)], encoding="utf-8")
            spec = importlib.util.spec_from_file_location(path.stem, path)
            assert spec is not None and spec.loader is not None
            made = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(made)
            return made

        return module

    points = [SimpleNamespace(name=f"town-{k}", value=k, dist=None, load=load(k)) for k in KINDS]
    monkeypatch.setattr(plugins, "entry_points", lambda group: points)

    def command(*args: str) -> Result:
        result = CliRunner().invoke(application, list(args), prog_name="transparency-check")
        assert "Traceback" not in result.output
        return result

    return command


def test_there_is_a_short_example_of_every_hook() -> None:
    assert len(BLOCKS) == len(KINDS)
    for kind, block in zip(KINDS, BLOCKS, strict=True):
        assert f"def transparency_check_{kind}():" in block
        assert len(block.splitlines()) < 20, kind


def test_all_are_listed(run: Callable[..., Result]) -> None:
    result = run("plugins", "list", "--format", "json")
    assert result.exit_code == 0
    hooks = {info["name"]: info["hooks"] for info in json.loads(result.stdout)}
    assert all(hooks[f"town-{kind}"] == [f"transparency_check_{kind}"] for kind in KINDS)


def test_the_pack(run: Callable[..., Result]) -> None:
    assert "XK-MTG-001" in run("rules", "list", "--pack", "town").stdout


def test_the_rule_the_reader_and_the_reporter(run: Callable[..., Result]) -> None:
    rows = [
        SESSION | {"id": "e1", "time": "2026-11-02"},
        MOVE | {"id": "e2", "time": "2026-11-20"},
        MOVE | {"id": "e3", "time": "2026-11-21", "planned_at": "2026-12-12"},
    ]
    headers = ["id", "time", *SESSION]
    lines = ["|".join(headers), *("|".join(row.get(h, "") for h in headers) for row in rows)]
    Path("log.pipes").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = ("check", "log.pipes", "--as-of", "2026-12-01", "--select", "XK-TWN-001")
    result = run(*command, "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    (finding,) = report["findings"]
    assert (finding["outcome"], finding["trigger"]["event"], finding["trigger"]["place"]) == (
        "violated", "e3", "log.pipes:4",
    )  # fmt: skip
    assert not report["problems"]
    assert "violated 1\n" in run(*command, "--format", "tally").stdout
    Path("log.pipes").write_text("\n".join([*lines, "short"]) + "\n", encoding="utf-8")
    broken = run(*command, "--format", "json")
    assert broken.exit_code == 2
    assert [p["place"] for p in json.loads(broken.stdout)["problems"]] == ["log.pipes:5"]
    # The verdict is proven: what could not be read changes nothing.
    assert [f["outcome"] for f in json.loads(broken.stdout)["findings"]] == ["violated"]


def test_the_page_names_what_a_rule_may_say_and_give() -> None:
    rules = PAGE[PAGE.index("## Rules in Python") : PAGE.index("## Readers")]
    cells = re.findall(r"^\| (`[^|]*`) \|", rules, re.MULTILINE)
    named = {word for cell in cells for word in re.findall(r"`([a-z_]+)`", cell)}
    says = {"id", "title", "severity", "confidence", "legal_basis", "bearer", "help", "commitment"}
    assert named == says | set(VERDICT_KEYS)
    described = f"{PythonRule.__doc__}{PythonRule.judge.__doc__}"
    assert {name for name in named if f"``{name}" not in described} == set()


def test_the_page_names_what_a_reporter_is_told() -> None:
    reporters = PAGE[PAGE.index("## Reporters") : PAGE.index("## Tests")]
    assert [name for name in ReportOptions().mapping() if f"`{name}`" not in reporters] == []
