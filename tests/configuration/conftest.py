"""An office's folder: its packs, its configuration, its log."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from configuration.packs import write
from transparency_check.cli import application

REQUEST = {
    "id": "r1",
    "type": "request.registered",
    "time": "2026-03-02",
    "municipality": "kline",
    "case": "r1",
}
ANSWERED = {
    "id": "r2",
    "type": "request.answered",
    "time": "2026-03-10",
    "municipality": "kline",
    "case": "r1",
}
SCHEDULED = {
    "id": "e1", "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline",
    "case": "m1", "body": "assembly", "meeting_type": "session", "session_kind": "ordinary",
    "planned_at": "2026-11-27T10:00",
}  # fmt: skip
NOTICE = {
    "id": "e2", "type": "notice.published", "time": "2026-11-18", "municipality": "kline", "case": "m1",
    "notice_kind": "meeting", "channel": ["website"], "languages": ["sq", "sr"],
}  # fmt: skip
ADOPTED_ACT = {
    "id": "a1", "type": "act.adopted", "time": "2026-11-05", "municipality": "kline", "case": "a1",
    "body": "assembly", "act_kind": "regulation",
}  # fmt: skip
BY = 'by = "A. Krasniqi"\nsource = "gazette 7"'


class Office:
    """One folder with what an office has; commands run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Of the last check.
        self.code: int | None = None

    def configure(self, content: str, name: str = "transparency-check.toml") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def log(self, *records: dict[str, Any]) -> None:
        content = "".join(json.dumps(record) + "\n" for record in records)
        (self.folder / "log.jsonl").write_text(content, encoding="utf-8")

    def run(self, *args: str) -> Result:
        result = CliRunner().invoke(application, [*args], prog_name="transparency-check")
        assert "Traceback" not in result.output
        return result

    def check(self, *args: str, as_of: str = "2026-12-01") -> dict[str, Any]:
        """The report of the log as JSON, everything in it."""
        result = self.run(
            "check", "log.jsonl", "--as-of", as_of, "--format", "json", "--all", "--no-plugins", *args
        )
        assert result.exit_code in (0, 1, 5), result.output
        self.code = result.exit_code
        report: dict[str, Any] = json.loads(result.stdout)
        return report

    def finding(self, rule: str, *args: str, as_of: str = "2026-12-01") -> dict[str, Any]:
        """The only finding of a rule."""
        found = self.check("--select", rule, *args, as_of=as_of)["findings"]
        assert len(found) == 1, found
        return found[0]

    def refused(self, *args: str) -> list[str]:
        """What ``config show`` says of a configuration that cannot be used, line by line."""
        result = self.run("config", "show", "--no-plugins", *args)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        return result.stderr.removeprefix("Error: ").splitlines()


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the packs, in which every test makes that of its office."""
    return write(tmp_path_factory.mktemp("packs"))


@pytest.fixture
def office(packs: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    folder = Path(tempfile.mkdtemp(prefix="office-", dir=packs))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(packs))
    return Office(folder)


def uses(report: dict[str, Any]) -> dict[tuple[str, str], bool]:
    """Whether each setting was used, by kind and subject."""
    return {(s["kind"], s["subject"]): s["used"] for s in report["configuration"]["settings"]}
