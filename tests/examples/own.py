"""The examples as packages: where their code is, and their own tests as tests of this repository."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "pyproject.toml").exists())


def importable(name: str) -> None:
    """As an installation would make it."""
    source = str(EXAMPLES / name / "src")
    if source not in sys.path:
        sys.path.append(source)


def entry_points_of(name: str) -> list[EntryPoint]:
    """The plugins that the package of an example names."""
    project = tomllib.loads((EXAMPLES / name / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    group = "transparency_check"
    return [EntryPoint(point, value, group) for point, value in project["entry-points"][group].items()]


def own_tests(name: str) -> dict[str, Any]:
    """The tests of an example, by name."""
    importable(name)
    (file,) = (EXAMPLES / name / "tests").glob("test_*.py")
    spec = importlib.util.spec_from_file_location(f"{name}_{file.stem}", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {test: value for test, value in vars(module).items() if test.startswith("test_")}
