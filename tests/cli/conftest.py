"""Running the program on small logs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from transparency_check.cli import application

Run = Callable[..., Result]
Logged = Callable[..., str]

SCHEDULED = {
    "id": "e1",
    "type": "meeting.scheduled",
    "time": "2026-11-02",
    "municipality": "kline",
    "case": "assembly-2026-11",
    "body": "assembly",
    "meeting_type": "session",
    "session_kind": "ordinary",
    "planned_at": "2026-11-27T10:00",
}
NOTICE = {
    "id": "e2",
    "type": "notice.published",
    "time": "2026-11-17T09:30",
    "municipality": "kline",
    "case": "assembly-2026-11",
    "notice_kind": "meeting",
    "channel": ["website"],
    "languages": ["sq", "sr"],
}


@pytest.fixture(autouse=True)
def _own_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def run() -> Run:
    """Run a command; its result has ``exit_code``, ``stdout`` and ``stderr``."""

    def invoke(*args: str, **more: Any) -> Result:
        result = CliRunner().invoke(application, list(args), prog_name="transparency-check", **more)
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def logged(tmp_path: Path) -> Logged:
    """Write records as a log and give its path."""

    def write(*records: dict[str, Any], name: str = "log.jsonl") -> str:
        path = tmp_path / name
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
        return str(path)

    return write
