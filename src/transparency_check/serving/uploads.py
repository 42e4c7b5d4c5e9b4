"""Files that were sent to be looked at before they are imported: kept for a while, each for who sent it."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath

_HOUR = 3600.0
_MOST = 20
# What the readers of logs know; a register is no file to be imported so.
ENDINGS = (
    ".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".gz", ".zst",
)  # fmt: skip
_SAFE = re.compile(r"[^\w .()-]+")


@dataclass(frozen=True)
class Kept:
    """A file, who sent it, and whether they have seen what is in it."""

    path: Path
    name: str
    person: str
    until: float
    seen: bool = False


class Uploads:
    """All of them, in a folder that only this user can read and that ends with the server."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._folder = Path(tempfile.mkdtemp(prefix="transparency-check-"))
        self._kept: dict[str, Kept] = {}
        self._lock = threading.Lock()

    def keep(self, name: str, data: bytes, person: str) -> str:
        """Keep a file; its key. The name is what the browser says: only its last part, of plain
        characters, is used.
        """
        key = secrets.token_urlsafe(16)
        plain = file_name(name)
        folder = self._folder / key
        folder.mkdir(mode=0o700)
        (folder / plain).write_bytes(data)
        with self._lock:
            self._forget()
            self._kept[key] = Kept(folder / plain, plain, person, self._seconds() + _HOUR)
        return key

    def of(self, key: str, person: str) -> Kept | None:
        """The file of a key, for who sent it."""
        found = self._kept.get(key)
        if found is None or found.person != person or found.until < self._seconds():
            return None
        return found

    def seen(self, key: str) -> None:
        """Its preview was shown."""
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept[key] = replace(kept, seen=True)

    def drop(self, key: str) -> None:
        """Be done with a file."""
        with self._lock:
            self._kept.pop(key, None)
        if re.fullmatch(r"[\w-]+", key):
            shutil.rmtree(self._folder / key, ignore_errors=True)

    def close(self) -> None:
        """Be done with all."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _forget(self) -> None:
        now = self._seconds()
        over = [key for key, kept in self._kept.items() if kept.until < now]
        over += list(self._kept)[: max(0, len(self._kept) - len(over) - _MOST + 1)]
        for key in over:
            kept = self._kept.pop(key, None)
            if kept is not None:
                shutil.rmtree(kept.path.parent, ignore_errors=True)


def file_name(given: str) -> str:
    """The last part of a name, whatever system it comes from, without what means anything in a path."""
    last = PurePosixPath(PureWindowsPath(given).name).name
    plain = _SAFE.sub("_", last).strip(" .")[-100:]
    return plain or "log"


def known_ending(name: str) -> bool:
    """Whether there is a reader for such a file."""
    return name.casefold().endswith(ENDINGS)
