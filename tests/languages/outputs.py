"""One small log, and what the program says of it in each language: ``outputs/<tag>.txt``, read by lawyers.

After a change of words ``python -m languages.outputs`` (in the folder ``tests``) writes them anew, and the
difference is read.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path

from click.testing import CliRunner

from transparency_check.cli import application
from transparency_check.messages.language import LANGUAGES

FOLDER = Path(__file__).parent / "outputs"
SESSION = {"body": "assembly", "meeting_type": "session", "session_kind": "ordinary"}
LOG = [
    {"id": "e1", "type": "meeting.scheduled", "time": "2026-11-02", "case": "seanca-11", **SESSION,
     "planned_at": "2026-11-27T10:00"},
    {"id": "e2", "type": "notice.published", "time": "2026-11-19T09:30", "case": "seanca-11",
     "notice_kind": "meeting", "channel": ["website"]},
    {"id": "e3", "type": "meeting.scheduled", "time": "2026-11-10", "case": "seanca-12", **SESSION,
     "planned_at": "2026-12-18T10:00"},
    {"id": "e4", "type": "request.registered", "time": "2026-11-16", "case": "qasja-7"},
    {"id": "e5", "type": "meeting.held", "time": "27.11.2026", "case": "seanca-11", **SESSION},
    {"id": "e6", "type": "notice.publishd", "time": "2026-11-20"},
    {"id": "c1", "type": "coverage.declared", "time": "2026-11-20", "period": "2026-01-01/2026-12-31"},
]  # fmt: skip
SELECTED = ("--select", "XK-MTG-001", "--select", "XK-FOI-001", "--as-of", "2026-11-20")
COMMANDS = (
    ("check", "log.jsonl", *SELECTED, "--all"),
    ("upcoming", "log.jsonl", *SELECTED, "--within", "4w"),
    ("explain", "log.jsonl", "598b5788", "--as-of", "2026-11-20"),
    ("session", "log.jsonl", "seanca-12", "--as-of", "2026-11-20"),
    ("plan", "request", "--from", "2026-11-20", "--on", "2026-11-21", "--kind", "none"),
    ("compare", "log.jsonl", *SELECTED, "--against-as-of", "2026-12-10"),
    ("validate", "log.jsonl", "--as-of", "2026-11-20"),
    ("score", "log.jsonl", *SELECTED),
    ("rules", "list", "--area", "CON", "--pack", "kosovo"),
    ("rules", "show", "XK-MTG-0001"),
    ("check", "log.jsonl", "--as-of", "2026-11-31"),
    ("calendar", "2099"),
)


_DIGEST = re.compile(r"\([0-9a-f]{8}\)")


def write_log(folder: Path) -> None:
    """The log, in a folder."""
    lines = [json.dumps(record | {"municipality": "kline"}) + "\n" for record in LOG]
    (folder / "log.jsonl").write_text("".join(lines), encoding="utf-8")


def said(tag: str) -> str:
    """All that the program says in a language, in the folder with the log."""
    runner = CliRunner()
    parts = []
    for command in COMMANDS:
        shown = runner.invoke(application, [*command, "--lang", tag], prog_name="transparency-check")
        # Packs change more often than words.
        told = _DIGEST.sub("(00000000)", shown.stdout + shown.stderr)
        parts.append(f"$ transparency-check {' '.join(command)} --lang {tag}\n{told}")
    return "\n".join(parts)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_log(Path(folder))
        os.chdir(folder)
        for tag in LANGUAGES:
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / f"{tag}.txt").write_text(said(tag), encoding="utf-8")


if __name__ == "__main__":
    main()
