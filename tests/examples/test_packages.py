"""What holds of every example: it is a package whose plugins work when they are found."""

from __future__ import annotations

import ast
import json
import tomllib
from typing import Any

import pytest
from click.testing import CliRunner

from examples.own import EXAMPLES, NAMES, entry_points_of, importable
from transparency_check import plugins
from transparency_check.cli import application

INDEX = (EXAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.fixture(params=NAMES)
def example(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an example that is installed."""
    importable(request.param)
    monkeypatch.setattr(plugins, "entry_points", lambda group: entry_points_of(request.param))
    return str(request.param)


def project(name: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / name / "pyproject.toml").read_text(encoding="utf-8"))


def test_all_of_its_plugins_work(example: str) -> None:
    result = CliRunner().invoke(application, ["plugins", "list", "--format", "json"])
    assert result.exit_code == 0, result.output
    listed = {plugin["name"]: plugin for plugin in json.loads(result.stdout)}
    names = {point.name for point in entry_points_of(example)}
    assert names and all(listed[name]["error"] is None and listed[name]["hooks"] for name in names)


def test_it_is_a_package_of_its_own(example: str) -> None:
    said = project(example)
    assert "transparency-check" in said["project"]["dependencies"]
    (package,) = said["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert (EXAMPLES / example / package / "__init__.py").exists()
    assert (EXAMPLES / example / "README.md").exists() and f"({example}/README.md)" in INDEX


def test_its_modules_are_short_and_use_what_is_documented(example: str) -> None:
    docs = EXAMPLES.parent / "docs"
    pages = "".join((docs / f"{page}.md").read_text("utf-8") for page in ("api", "plugins"))
    for file in (EXAMPLES / example / "src").rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        assert len(source.splitlines()) < 50, file
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("transparency_check."):
                for name in node.names:
                    assert f"from {node.module} import" in pages and name.name in pages, (file, name.name)


