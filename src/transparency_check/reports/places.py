"""Where in a repository something is: services that show findings beside files want a path from its root, and
a line of a text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import NamedTuple

from ..model import Source

_LINE = re.compile(r"(.+):([0-9]{1,9})", re.DOTALL)
_SHEET = re.compile(r"(.+?\.(?:xlsx|xlsm|ods))!(.+)", re.DOTALL | re.IGNORECASE)
# Files that are no text: a number behind their name is that of a record.
_NO_TEXT = (".parquet", ".gz", ".zst", ".xlsx", ".xlsm", ".ods")
_STANDARD = "-"


class Spot(NamedTuple):
    """A file with what is known of the place in it.

    ``path`` has slashes; it begins at the root of the repository where the file lies in it, and is absolute
    where it does not. ``line`` is one of a text file, ``within`` a cell (``Sheet!B7``) or record of another.
    """

    path: str
    line: int | None = None
    within: str | None = None

    @property
    def absolute(self) -> bool:
        """Whether the file lies outside the repository."""
        return PurePath(self.path).is_absolute()


class Places:
    """Places of a report (``file``, ``file:line``, ``file!sheet!cell``, ``register#record``) taken apart."""

    def __init__(self, sources: Iterable[Source], folder: Path | None = None) -> None:
        self._names = [source.name for source in sources]
        self._known = frozenset(self._names)
        self._folder = Path.cwd() if folder is None else folder
        self._root = _root(self._folder)
        self._paths: dict[str, str] = {}

    def of(self, place: str) -> Spot:
        """The place taken apart; names of inputs count before what looks like a line or a cell."""
        name, line, within = self._parted(place)
        file, table, what = name.rpartition("!")
        if table and name in self._known:
            # A table of a database is an input by itself.
            return Spot(self._path(file), None, what if line is None else f"{what}:{line}")
        if line is not None and name.casefold().endswith(_NO_TEXT):
            line, within = None, str(line)
        return Spot(self._path(name), line, within)

    def any(self) -> Spot | None:
        """Where to look for what no record shows: the first input."""
        return Spot(self._path(self._names[0])) if self._names else None

    def path(self, name: str) -> str:
        """The path of a file, as in ``Spot``."""
        return self._path(name)

    def _parted(self, place: str) -> tuple[str, int | None, str | None]:
        if place in self._known:
            return place, None, None
        name, mark, record = place.rpartition("#")
        if mark and name in self._known:
            return name, None, record
        parts = place.split("!")
        for n in range(1, len(parts)):
            if (name := "!".join(parts[:n])) in self._known:
                return name, None, "!".join(parts[n:])
        if found := _SHEET.fullmatch(place):
            return found[1], None, found[2]
        if found := _LINE.fullmatch(place):
            return found[1], int(found[2]), None
        return place, None, None

    def _path(self, name: str) -> str:
        if name not in self._paths:
            self._paths[name] = self._from_root(name)
        return self._paths[name]

    def _from_root(self, name: str) -> str:
        if name == _STANDARD:
            return name
        # By names alone: a link in a repository is a file of it.
        whole = Path(os.path.normpath(self._folder / name))
        return (whole.relative_to(self._root) if whole.is_relative_to(self._root) else whole).as_posix()


def _root(folder: Path) -> Path:
    """The repository that a folder lies in, else the folder."""
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)
