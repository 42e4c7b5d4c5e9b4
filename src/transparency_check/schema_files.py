"""The JSON Schemas of all that the program reads and writes: files under ``docs/schemas`` of the checkout, in
an installed wheel ``transparency_check/schemas``.

Whatever file lies there is one; those of ``generated.py`` are written by ``python -m
transparency_check.json_schemas``, the others by hand.
"""

from __future__ import annotations

import os
from pathlib import Path

from .packs.find import package_folder, repository_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def folder(package: Path | None = None) -> Path:
    """Where the schemas are. ``package`` is the package's folder (default: this one's)."""
    package = package or package_folder()
    repository = repository_of(package)
    return repository / "docs" / "schemas" if repository else package / "schemas"


def names() -> list[str]:
    """The names of all schemas, sorted."""
    return sorted(path.stem for path in folder().glob("*.json"))


def read(name: str) -> str:
    """The text of a schema. Raises ``KeyError`` for a name of none."""
    path = folder() / f"{name}.json"
    if name not in names():
        raise KeyError(name)
    return path.read_text(encoding="utf-8")


def reference(name: str, file: Path) -> str:
    """How a file names its schema for editors: by the way there in one checkout, else by the whole path."""
    schema = folder() / f"{name}.json"
    repository = repository_of(package_folder())
    file = file.absolute()
    if repository is not None and file.is_relative_to(repository):
        return Path(os.path.relpath(schema, file.parent)).as_posix()
    return schema.as_posix()
