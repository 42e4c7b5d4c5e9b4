"""The files of a pack as bytes, and their digest: read once, so that what is digested is what is loaded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from transparency_check.messages import phrase, system
from transparency_check.model import Problem
from transparency_check.packs.problems import PackError, defect, nearest, no_pack

TOP_FILES = ("pack.yaml", "instruments.yaml", "events.yaml", "municipalities.csv", "calendar.csv")


class Sources:
    """The files of one pack, by their names relative to its folder (with ``/``), sorted.

    ``shown`` is how messages call the folder. ``problems`` are files that nobody would read.
    """

    def __init__(self, shown: str, files: Mapping[str, bytes], problems: tuple[Problem, ...] = ()) -> None:
        self.shown = shown
        self.files = dict(sorted(files.items()))
        self.problems = problems
        digest = hashlib.sha256()
        for name, content in self.files.items():
            for part in (name.encode(), content):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        self.sha256 = digest.hexdigest()

    def name(self, file: str) -> str:
        """How messages call a file of the pack."""
        return f"{self.shown}/{file}"


def read_sources(folder: Path, shown: str | None = None) -> Sources:
    """Read the files of the pack in ``folder``. Raises PackError where it or a file cannot be read."""
    shown = shown or folder.as_posix()
    if not (folder / "pack.yaml").is_file():
        raise PackError([no_pack(folder, shown)])
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    try:
        for path in sorted(folder.iterdir()):
            if path.name in TOP_FILES:
                files[path.name] = path.read_bytes()
            elif meant := nearest(path.name, TOP_FILES, likeness=0.8):
                message = phrase(
                    "This file is not read: a pack has no `{name}`. Did you mean `{meant}`?",
                    name=path.name,
                    meant=meant,
                )
                problems.append(defect("file", f"{shown}/{path.name}", message))
        for name in _below(folder):
            if name.endswith(".yaml"):
                files[name] = (folder / name).read_bytes()
            elif name.lower().endswith((".yml", ".yaml")):
                problems.append(
                    defect(
                        "file",
                        f"{shown}/{name}",
                        phrase("Only files that end in `.yaml` are read. Rename it."),
                    )
                )
    except OSError as error:
        place = str(error.filename or shown)
        raise PackError(
            [defect("read", place, phrase("This cannot be read: {reason}.", reason=system.reason(error)))]
        ) from None
    return Sources(shown, files, tuple(problems))


def _below(folder: Path) -> list[str]:
    """The files under ``duties``, named from the pack's folder on, sorted; hidden ones left out."""
    found: list[str] = []
    for where, _, names in os.walk(folder / "duties", onerror=_told):
        below = Path(where).relative_to(folder).as_posix()
        found += [f"{below}/{name}" for name in names if not name.startswith(".")]
    return sorted(found)


def _told(error: OSError) -> None:
    # A pack without duties is one that adds something else; any other trouble is told.
    if not isinstance(error, FileNotFoundError):
        raise error
