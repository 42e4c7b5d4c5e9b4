"""Every text that the code asks for is in the catalogue."""

from __future__ import annotations

import ast
from pathlib import Path

import transparency_check
from transparency_check.messages import known, text
from transparency_check.messages.en import TEXTS

PACKAGE = Path(transparency_check.__file__).parent


def codes() -> dict[str, str]:
    """Constant codes given to ``text``, with the place."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"
            ):
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant):
                found[str(first.value)] = f"{path.name}:{node.lineno}"
    return found


def test_every_code_is_known() -> None:
    asked = codes()
    assert len(asked) > 100
    assert {code: place for code, place in asked.items() if not known(code)} == {}


def test_no_text_is_empty_or_ends_in_a_blank_line() -> None:
    for code, entry in TEXTS.items():
        for one in entry if isinstance(entry, tuple) else (entry,):
            assert one == one.strip("\n"), code


def test_singular_and_plural() -> None:
    assert text("late.day", n=1) == "1 day"
    assert text("late.day", n=2) == "2 days"
    assert text("late.hour", n=0.5) == "0.5 hours"
