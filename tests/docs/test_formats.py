"""``docs/formats.md`` names every format with its endings, and what counts how as the program has it."""

from __future__ import annotations

import re
from pathlib import Path

from transparency_check.plugins import load_registry
from transparency_check.reports import azure, github, sarif, xlsx

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")


def test_every_format_with_its_endings() -> None:
    table = PAGE[PAGE.index("## Which one") : PAGE.index("## What counts how")]
    rows = [line.split(" | ")[:2] for line in table.splitlines() if line.startswith("| `")]
    said = {
        tuple(n for n in re.findall("`([a-z]+)`", name)): tuple(re.findall("`([^`]+)`", endings))
        for name, endings in rows
    }
    known = {r.name: r.suffixes for r in load_registry(plugins=False).reporters}
    assert sorted(name for names in said for name in names) == sorted(known)
    for names, endings in said.items():
        assert sorted(endings) == sorted(end for name in names for end in known[name])


def test_the_limits() -> None:
    for number in (
        f"{sarif.MOST:,} results",
        f"{sarif.PACKED // 10**6} MB packed",
        f"{xlsx.ROWS - 1:,} rows a sheet",
    ):
        assert number in PAGE
    assert (github.MOST, azure.MOST, github.ROOM) == (10, 10, 2**20)
