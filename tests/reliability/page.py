"""The page on reliability: promises and limits as written in ``promises.md``, figures as measured."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .parts import PARTS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, FIGURES = DOCS / "reliability.md", DOCS / "reliability.json"
_PROMISES = Path(__file__).with_name("promises.md")
_TABLE = "<!-- figures -->"


def page(figures: Mapping[str, Any]) -> str:
    """The text of ``docs/reliability.md``."""
    return _PROMISES.read_text(encoding="utf-8").replace(_TABLE, table(figures))


def table(figures: Mapping[str, Any]) -> str:
    """A row for each part that has been tried."""
    rows = ["| | what is promised | what came of it | by (in `tests/`) | of |", "|---|---|---|---|---|"]
    for part in PARTS:
        if (found := figures.get(part.name)) is None:
            rows.append(
                f"| {part.name} | {part.promise} | not tried yet | `python {' '.join(part.arguments)}` | |"
            )
            continue
        kept = "" if found["kept"] else "**not kept**: "
        of = f"{found['commit']}, {found['day']}, {found['minutes']} min on {found['cores']} cores"
        rows.append(
            f"| {part.name} | {part.promise} | {kept}{found['result']} | `{found['command']}` | {of} |"
        )
    return "\n".join(rows)
