"""Files that are looked at again and again: whether they are others than before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def mark_of(path: Path) -> tuple[int, ...]:
    """What changes when a file does; empty for one that is not there."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def marks_of(paths: Iterable[Path]) -> tuple[tuple[int, ...], ...]:
    """The same of several."""
    return tuple(map(mark_of, paths))
