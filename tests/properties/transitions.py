"""The table of clause 4.22, read from the semantics: what an outcome may come to at a later as-of."""

from __future__ import annotations

import re
from pathlib import Path

SEMANTICS = Path(__file__).parents[2] / "docs" / "semantics.md"
ROW = re.compile(r"\| `(?P<before>[a-z_]+)` \| (?P<after>[^|]+) \|(?P<where>[^|]*)\|")


def allowed() -> dict[str, set[str]]:
    """Outcome to the outcomes it may have later; those in brackets ask for what the last column says."""
    text = SEMANTICS.read_text(encoding="utf-8")
    start = text.index("4.22 ")
    table: dict[str, set[str]] = {}
    for line in text[start:].splitlines():
        row = ROW.fullmatch(line.strip())
        if row is not None:
            table[row["before"]] = set(re.findall(r"(?<!\()`([a-z_]+)`", row["after"]))
        elif table:
            return table
    raise ValueError("clause 4.22 has no table")


def conditional() -> dict[str, set[str]]:
    """Outcome to those that it may have later only on the condition of the last column."""
    text = SEMANTICS.read_text(encoding="utf-8")
    table: dict[str, set[str]] = {}
    for line in text[text.index("4.22 ") :].splitlines():
        row = ROW.fullmatch(line.strip())
        if row is not None:
            table[row["before"]] = set(re.findall(r"\(`([a-z_]+)`\)", row["after"]))
        elif table:
            return table
    raise ValueError("clause 4.22 has no table")
