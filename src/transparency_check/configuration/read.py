"""Finding and reading ``transparency-check.toml``; every defect is told as ``file:line: message``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ConfigurationError, UsageError
from ..harmless import plain
from ..messages import system, text
from . import places, toml

if TYPE_CHECKING:
    from .model import Configuration

FILE = "transparency-check.toml"
_MAX_BYTES = 1_000_000


class Defect(NamedTuple):
    line: int
    message: str


@dataclass(frozen=True)
class OfficeFile:
    """A configuration with where it stands: ``name`` as messages show it, the folder that its packs are
    relative to, the digest of its bytes, and the line of everything in it.
    """

    name: str
    folder: Path
    sha256: str
    content: Configuration
    lines: dict[places.Path, int]

    def line(self, *path: str | int) -> int:
        """The line of a key or entry."""
        return places.line_of(self.lines, path)

    def place(self, *path: str | int) -> str:
        """``file:line`` of a key or entry."""
        return f"{self.name}:{self.line(*path)}"

    def refused(self, defects: Iterable[Defect]) -> ConfigurationError:
        """The error that tells all of these, one a line, in the order of the file."""
        told = [plain(f"{self.name}:{line}: {message}") for line, message in sorted(set(defects))]
        return ConfigurationError("\n".join(told))


def found_file(start: Path | None = None, name: str = FILE) -> Path | None:
    """The nearest file of this name from a folder (the current one) upward; not above the home folder."""
    try:
        folder = (start or Path.cwd()).absolute()
    except OSError:
        # The current folder has been removed.
        return None
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - does not raise where no home is known
    for place in (folder, *folder.parents):
        if (place / name).is_file():
            return place / name
        if place == home:
            break
    return None


def office_file(given: str | None, none: bool) -> OfficeFile | None:
    """The configuration that a command uses: the file given, none at all, or the nearest one.

    Raises ``UsageError`` for a file that cannot be read, ``ConfigurationError`` for one that cannot be used.
    """
    if none and given is not None:
        raise UsageError(text("error.config.both"))
    if none:
        return None
    if given is not None:
        return read_file(Path(given), given)
    path = found_file()
    return None if path is None else read_file(path, os.path.relpath(path))


def read_file(path: Path, name: str | None = None) -> OfficeFile:
    """Read one file. ``name`` is what messages and reports call it."""
    shown = Path(name or path).as_posix()
    return parsed(bytes_of(path, shown), shown, path.absolute().parent)


def bytes_of(path: Path, shown: str, what: str = "config", most: int = _MAX_BYTES) -> bytes:
    """What the file holds. Raises ``UsageError`` where it cannot be read, or is no file of an office.

    ``what`` is what the codes of its messages call it: config, waivers, baseline. It has ``most`` bytes.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UsageError(text(f"error.{what}.no_file", path=shown))
        if size > most:
            raise UsageError(text(f"error.{what}.large", path=shown))
        return path.read_bytes()
    except OSError as error:
        raise UsageError(text(f"error.{what}.read", path=shown, reason=system.reason(error))) from None


def parsed(data: bytes, name: str, folder: Path) -> OfficeFile:
    """The configuration in these bytes. Raises ``ConfigurationError`` with every defect of shape."""
    # Imported here: most runs find no file, and its shape costs something to make.
    from pydantic import ValidationError

    from ..packs.problems import set_of
    from ..packs.shape_errors import shape_problems
    from .model import SECRETS, Configuration

    try:
        values, lines = toml.parsed(data)
    except toml.TomlError as error:
        raise ConfigurationError(plain(f"{name}:{error.line}: {error.message}")) from None

    remind = values.get("remind")
    if held := [key for key in SECRETS if isinstance(remind, dict) and key in remind]:
        told = [(places.line_of(lines, ("remind", key)), text("config.secret", key=key)) for key in held]
        raise ConfigurationError("\n".join(plain(f"{name}:{line}: {said}") for line, said in sorted(told)))

    def place(path: tuple[str | int, ...], key: bool) -> str:
        return f"{name}:{places.line_of(lines, path)}"

    try:
        configuration = Configuration.model_validate(values, strict=True)
    except ValidationError as error:
        found = set_of(shape_problems(error, Configuration, values, place))
        found.sort(key=lambda p: (int(p.place.rpartition(":")[2]), p.message))
        raise ConfigurationError("\n".join(plain(f"{p.place}: {p.message}") for p in found)) from None
    return OfficeFile(name, folder, hashlib.sha256(data).hexdigest(), configuration, lines)
