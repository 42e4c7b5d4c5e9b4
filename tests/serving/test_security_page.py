"""docs/security.md: every requirement of level 1 once, and what it names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
# The requirements of level 1 of OWASP ASVS 5.0.0.
_NUMBERS = """
1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1
2.1.1 2.2.1 2.2.2 2.3.1
3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3
4.1.1 4.4.1
5.2.1 5.2.2 5.3.1 5.3.2
6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2
7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
8.1.1 8.2.1 8.2.2 8.3.1
9.1.1 9.1.2 9.1.3 9.2.1
10.4.1 10.4.2 10.4.3 10.4.4 10.4.5
11.3.1 11.3.2 11.4.1
12.1.1 12.2.1 12.2.2
13.4.1
14.2.1 14.3.1
15.1.1 15.2.1 15.3.1
"""
LEVEL_1 = _NUMBERS.split()
STATES = ("met", "in part", "not met", "not applicable")
ROWS = re.findall(r"^\| ([0-9]+\.[0-9]+\.[0-9]+) \|(.*)\|$", PAGE, re.MULTILINE)
SOURCES = sorted((ROOT / "src" / "transparency_check").rglob("*.py"))


@cache
def names_of(path: Path) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def cells(row: str) -> list[str]:
    return [part.strip() for part in row.split("|")]


def test_every_requirement_stands_there_once_and_in_order() -> None:
    assert [number for number, _ in ROWS] == LEVEL_1 and len(LEVEL_1) == 70
    assert len(re.findall(r"^\| [0-9]", PAGE, re.MULTILINE)) == len(ROWS)
    assert "all 70 of level 1" in PAGE


@pytest.mark.parametrize(("number", "row"), ROWS, ids=[number for number, _ in ROWS])
def test_a_row_says_what_holds_and_what_shows_it(number: str, row: str) -> None:
    asks, state, shown = cells(row)
    assert asks and len(asks) < 100
    name, _, reason = state.partition(":")
    assert name in STATES
    # Whatever is not simply met says why.
    assert name == "met" or reason.strip()
    if name in ("met", "in part"):
        assert shown
    for place in re.findall(r"`([^`]+)`", shown):
        path, _, test = place.partition("::")
        assert (ROOT / path).is_file(), place
        assert not test or test in names_of(ROOT / path), place
        # What is tried has a test; only what is said is shown by where it stands.
        assert test or path.endswith((".md", ".json", "signing.py")), place
    assert re.sub(r"`[^`]+`|[, ]", "", shown) == ""


def calls() -> Iterator[tuple[Path, str, ast.Call]]:
    """Every call in the program, by the name of what is called."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield path, ast.unparse(node.func), node


def test_nothing_runs_what_it_is_given() -> None:
    forbidden = {
        "eval",
        "exec",
        "compile",
        "os.system",
        "os.popen",
        "pickle.loads",
        "pickle.load",
        "marshal.loads",
    }
    # What workers of one run hand to each other (`check --engine spark`): no page and no file comes that way.
    handed_over = ("src/transparency_check/cluster/rows.py", "pickle.loads")
    processes = set()
    for path, name, call in calls():
        assert name not in forbidden or (path.relative_to(ROOT).as_posix(), name) == handed_over, path
        assert not any(word.arg == "shell" for word in call.keywords), path
        if name.startswith("subprocess."):
            processes.add(path.name)
    # Rules of plugins run in a process of this program itself (ADR 11).
    assert processes == {"process.py"}


def test_only_good_hashes_are_used() -> None:
    named = {
        node.attr
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "hashlib"
    }
    assert named == {"sha256"}
    keyed = [call for _, name, call in calls() if name == "hmac.new"]
    assert keyed and all(ast.unparse(call.args[2]) == "'sha256'" for call in keyed)
