"""``docs/formats.md`` names every format with its endings, and what counts how as the program has it."""

from __future__ import annotations

import re
from pathlib import Path

from transparency_check.plugins import load_registry
from transparency_check.reports import azure, github, sarif, xlsx

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")


def test_every_format_with_its_endings() -> None:
    rows = [re.findall("`([^`]+)`", cell) for cell in re.findall(r"^\| (`[^|]*`) \| `\.", PAGE, re.MULTILINE)]
    endings = [
        re.findall("`([^`]+)`", cell)
        for cell in re.findall(r"^\| `[^|]*` \| (`\.[^|]*) \|", PAGE, re.MULTILINE)
    ]
    said = {tuple(names): tuple(ends) for names, ends in zip(rows, endings, strict=True)}
    known = {r.name: r.suffixes for r in load_registry(plugins=False).reporters}
    assert sorted(name for names in said for name in names) == sorted(known)
    for names, ends in said.items():
        assert sorted(ends) == sorted(end for name in names for end in known[name])


def test_the_limits() -> None:
    for number in (
        f"{sarif.MOST:,} results",
        f"{sarif.PACKED // 10**6} MB packed",
        f"{xlsx.ROWS - 1:,} rows a sheet",
    ):
        assert number in PAGE
    assert (github.MOST, azure.MOST, github.ROOM) == (10, 10, 2**20)
