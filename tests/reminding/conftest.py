"""Running ``remind`` over a small log."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reminding.servers import PASSWORD, Authority
from transparency_check import checking
from transparency_check.cli import application

Run = Callable[..., Result]
AS_OF = "2026-11-18"
# Of each group one: Wed 18 Nov is the day. The answer is due seven days after registering.
LOG: list[dict[str, Any]] = [
    {"id": "a", "type": "request.registered", "time": "2026-11-02", "case": "overdue"},
    {"id": "b", "type": "request.registered", "time": "2026-11-11", "case": "today"},
    {"id": "c", "type": "request.registered", "time": "2026-11-13", "case": "this week"},
    {"id": "d", "type": "request.registered", "time": "2026-11-16", "case": "next week"},
    {
        "id": "e",
        "type": "meeting.scheduled",
        "time": "2026-11-16",
        "case": "later",
        "body": "assembly",
        "meeting_type": "session",
        "session_kind": "ordinary",
        "planned_at": "2026-12-11T10:00",
    },
]
SELECTED = ("--select", "XK-FOI-001", "--select", "XK-MTG-001")
SENDER = "duties@example.org"


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authority: Authority) -> Path:
    """A folder with the log, in which the program trusts the authority of the tests."""
    monkeypatch.chdir(tmp_path)
    rows = "".join(json.dumps({"municipality": "kline", **row}) + "\n" for row in LOG)
    (tmp_path / "log.jsonl").write_text(rows, "utf-8")
    authority.root.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    for name in ("USER", "PASSWORD"):
        monkeypatch.delenv(f"TRANSPARENCY_CHECK_SMTP_{name}", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def answers() -> dict[str, Any]:
    """What was judged, by inquiry and log: what is tried here is how it is told."""
    return {}


@pytest.fixture
def remind(folder: Path, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run it; nothing that it says may hold a password."""
    true = checking.answer

    def answer(inquiry: checking.Inquiry, *more: Any, **named: Any) -> checking.Answer:
        key = f"{inquiry} {(folder / 'log.jsonl').read_text('utf-8')}"
        if key not in answers:
            answers[key] = true(inquiry, *more, **named)
        found: checking.Answer = answers[key]
        return found

    monkeypatch.setattr(checking, "answer", answer)

    def run(*args: str, as_of: str = AS_OF, **more: Any) -> Result:
        words = ["remind", "log.jsonl", "--as-of", as_of, *SELECTED, *args]
        result = CliRunner().invoke(application, words, prog_name="transparency-check", **more)
        assert "Traceback" not in result.output
        assert PASSWORD not in result.output
        return result

    return run
