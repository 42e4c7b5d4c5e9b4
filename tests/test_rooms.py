"""The rooms of the house take from the floors below them: docs/internals/rooms.md against every import."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "transparency_check"
PAGE = (ROOT / "docs" / "internals" / "rooms.md").read_text(encoding="utf-8")
# What begins the program, and what a caller names first: they stand on no floor.
DOORS = {"__init__", "__main__"}
_FLOOR = re.compile(r"^\| ([0-9]+) \| ([^|]+) \|", re.MULTILINE)
_UPWARDS = re.compile(r"^\| `(\w+)` \| `(\w+)` \| [^|]+ \|$", re.MULTILINE)


def _floors() -> dict[str, int]:
    rows = _FLOOR.findall(PAGE)
    return {room: int(floor) for floor, rooms in rows for room in re.findall(r"`(\w+)`", rooms)}


FLOORS = _floors()
UPWARDS = set(_UPWARDS.findall(PAGE))
ROOMS = {p.stem for p in HOUSE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}


def _imports(file: Path) -> Iterator[tuple[str, int]]:
    """The rooms that a file takes something from at run time, each with the line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    here = ("transparency_check", *file.relative_to(HOUSE).parts[:-1])
    for node in ast.walk(tree):
        if id(node) in types:
            continue
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            base = [*here[: len(here) - node.level + 1]] if node.level else []
            base += (node.module or "").split(".") if node.module else []
            names = [".".join([*base, alias.name]) for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            package, _, rest = name.partition(".")
            # The version stands at the door, and anybody may read it.
            if package == "transparency_check" and rest and rest != "__version__":
                yield rest.split(".")[0], node.lineno


def _taken(room: str) -> Iterator[tuple[str, str]]:
    place = HOUSE / room
    for file in sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
        for other, line in _imports(file):
            if other != room:
                yield other, f"{file.relative_to(HOUSE)}:{line}"


def test_every_room_stands_on_one_floor() -> None:
    named = [room for _, rooms in _FLOOR.findall(PAGE) for room in re.findall(r"`(\w+)`", rooms)]
    assert sorted(named) == sorted(ROOMS - DOORS)


@pytest.mark.parametrize("room", sorted(FLOORS))
def test_a_room_takes_from_the_floors_below_it(room: str) -> None:
    above = [
        f"{where}: {room} (floor {FLOORS[room]}) takes from {other} (floor {FLOORS.get(other, 'none')})"
        for other, where in _taken(room)
        if (room, other) not in UPWARDS and FLOORS.get(other, 99) >= FLOORS[room]
    ]
    assert above == []


def test_what_leads_upwards_is_still_there() -> None:
    used = {(room, other) for room in FLOORS for other, _ in _taken(room) if FLOORS[other] >= FLOORS[room]}
    assert used == UPWARDS
    assert len(UPWARDS) == 3


def test_an_import_is_seen_wherever_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "HOUSE", tmp_path)
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "a.py").write_text(
        "from typing import TYPE_CHECKING\nfrom ..times import read\nimport transparency_check.cli.check\n"
        "def f():\n    from transparency_check import readers, __version__\n    from . import b\n"
        "if TYPE_CHECKING:\n    from ..report import Report\n",
        encoding="utf-8",
    )
    assert [*_taken("engine")] == [
        ("times", "engine/a.py:2"), ("cli", "engine/a.py:3"), ("readers", "engine/a.py:5")
    ]  # fmt: skip
