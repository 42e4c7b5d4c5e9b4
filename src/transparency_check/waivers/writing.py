"""A file of waivers with one more entry; what stands in it stays as it is."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from ..configuration.read import bytes_of
from ..errors import UsageError
from ..messages import text
from ..messages.figures import day
from ..model import Finding
from ..schema_files import reference
from .file import Waiver, parsed


def with_entry(path: Path, entry: Waiver, finding: Finding, today: dt.date) -> str:
    """The text of the file with the entry at its end. Raises ``UsageError`` where the file cannot be read as
    one of waivers, or accepts the finding already.
    """
    shown = path.as_posix()
    before = bytes_of(path, shown, "waivers") if path.exists() else b""
    known = parsed(before, shown)
    for problem in known.problems:
        if problem.code == "waivers_unreadable":
            raise UsageError(f"{problem.place}: {problem.message}")
    for place, waiver in known.entries:
        if waiver.finding == entry.finding and waiver.until >= today:
            raise UsageError(text("error.waive.twice", id=finding.id, place=place, until=day(waiver.until)))
    about = ", ".join(part for part in (finding.municipality, finding.case, finding.period) if part)
    lines = [
        f"# {' '.join(f'{finding.outcome}: {finding.rule}, {about}'.split())}",
        "[[waivers]]",
        *(
            f"{key} = {_quoted(value)}"
            for key in ("rule", "municipality", "finding", "reason", "approved_by", "legal_basis")
            if (value := getattr(entry, key)) is not None
        ),
        f"until = {entry.until.isoformat()}",
    ]
    old = before.decode("utf-8-sig") if path.exists() else f"#:schema {reference('waivers', path)}\n"
    gap = "" if not old else "\n" if old.endswith("\n") else "\n\n"
    after = f"{old}{gap}" + "\n".join(lines) + "\n"
    if [e.waiver for e in parsed(after.encode(), shown).entries] != [
        *(e.waiver for e in known.entries),
        entry,
    ]:
        raise UsageError(text("error.waive.file", path=shown))
    return after


def _quoted(value: str) -> str:
    """A basic string of TOML: that of JSON, but for one more character that is to be escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
