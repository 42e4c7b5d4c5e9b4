"""Validating small logs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from transparency_check.cli import application

Json = dict[str, Any]
Run = Callable[..., Result]
AS_OF = "2026-11-20"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def invoke(*args: str) -> Result:
        result = CliRunner().invoke(application, list(args), prog_name="transparency-check")
        assert "Traceback" not in result.output
        return result

    return invoke


def record(number: int, type_: str, time: str, case: str | None = None, **more: Any) -> Json:
    """One record of Klina."""
    made: Json = {"id": f"e{number}", "type": type_, "time": time, "municipality": "kline"}
    return made | ({"case": case} if case else {}) | more


def lines(records: list[Json]) -> str:
    """Records as a log."""
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
