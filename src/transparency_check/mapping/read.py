"""Reading a mapping; every defect is told as ``file:line:column: message``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ..configuration.read import bytes_of
from ..errors import ConfigurationError
from ..model import Problem
from ..packs.problems import PackError, defect
from ..packs.shape_errors import shape_problems
from ..packs.yaml_source import YamlSource, read_yaml
from .model import Mapping


@dataclass(frozen=True)
class MappingFile:
    """A mapping with where it stands: ``name`` as messages show it, the digest of its bytes, and the place of
    everything in it.
    """

    name: str
    sha256: str
    content: Mapping
    source: YamlSource

    def place(self, *path: str | int, key: bool = False) -> str:
        """``file:line:column`` of a value, or of its key."""
        return self.source.place(path, key=key)

    def defect(self, message: str, *path: str | int, key: bool = False) -> Problem:
        """Something that the mapping states wrongly."""
        return defect("mapping", self.place(*path, key=key), message)


def refused(problems: Iterable[Problem]) -> ConfigurationError:
    """The error that tells all of these, one a line, in the order of the file."""
    return ConfigurationError(str(PackError(problems)))


def read_file(path: Path, name: str | None = None) -> MappingFile:
    """Read one file; ``name`` is what messages and reports call it. Raises ``UsageError`` for a file that
    cannot be read, ``ConfigurationError`` for one that is no mapping.
    """
    shown = Path(name or path).as_posix()
    return parsed(bytes_of(path, shown, "mapping"), shown)


def parsed(data: bytes, name: str) -> MappingFile:
    """The mapping in these bytes. Raises ``ConfigurationError`` with every defect of shape."""
    try:
        source = read_yaml(name, data)
    except PackError as error:
        raise refused(error.problems) from None
    try:
        content = Mapping.model_validate(source.data, strict=True)
    except ValidationError as error:
        raise refused(
            shape_problems(error, Mapping, source.data, lambda path, key: source.place(path, key=key))
        ) from None
    return MappingFile(name, hashlib.sha256(data).hexdigest(), content, source)
