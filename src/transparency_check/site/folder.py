"""The folder of a site: a build is whole before it takes the place of the one before, and nothing that was
not made here is lost.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import UsageError
from ..messages import system, text

# Says that a folder is a site of this program, and which of its files were made here.
MARKER = "transparency-check-site.json"
SCHEMA = "transparency-check/site/1"
_LARGEST_MARKER = 200_000_000


class Folder:
    """Where a site is built; ``put`` writes one of its files."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.files: list[str] = []

    def open(self, path: str) -> Path:
        """The place of a new file; the folders to it are there."""
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self.files.append(path)
        return target

    def put(self, path: str, content: bytes) -> None:
        """Write a file."""
        self.open(path).write_bytes(content)


def made_before(output: Path) -> list[str] | None:
    """The files of a site that was built here; None where there is nothing. Raises ``UsageError`` for a
    folder that holds anything else.
    """
    if not output.exists() and not output.is_symlink():
        return None
    if not output.is_dir():
        raise UsageError(text("site.error.file", path=output.as_posix()))
    try:
        if not any(output.iterdir()):
            return None
        marker = output / MARKER
        if not marker.is_file():
            raise UsageError(text("site.error.folder", path=output.as_posix(), marker=MARKER))
        if marker.stat().st_size > _LARGEST_MARKER:
            raise ValueError
        found = json.loads(marker.read_text(encoding="utf-8"))
        if found["schema"] != SCHEMA or not all(isinstance(name, str) for name in found["files"]):
            raise ValueError
    except OSError as error:
        raise _failed(output, error) from None
    except (ValueError, KeyError, TypeError):
        raise UsageError(text("site.error.marker", path=(output / MARKER).as_posix())) from None
    return list(found["files"])


@contextmanager
def built(output: Path) -> Iterator[Folder]:
    """A fresh folder that takes the place of ``output`` at the end, if nothing fails until then.

    Files in the old one that were not made here go over into the new one. Raises ``UsageError`` where the
    folder may not be written, holds something else, or a file that was not made here stands in the way.
    """
    output = output.resolve()
    aside = output.with_name(f".{output.name}.before")
    _recover(output, aside)
    before = made_before(output)
    if not output.parent.is_dir():
        raise UsageError(text("error.output.parent", path=output.parent.as_posix()))
    try:
        fresh = Path(tempfile.mkdtemp(prefix=f".{output.name}.", suffix=".part", dir=output.parent))
    except OSError as error:
        raise _failed(output, error) from None
    try:
        made = Folder(fresh)
        yield made
        made.put(MARKER, _marker(made.files))
        fresh.chmod(output.stat().st_mode & 0o777 if output.exists() else _new_folder_mode())
        if before is not None:
            _carry(output, fresh, {*before, MARKER}, set(made.files))
        _exchange(output, fresh, aside)
    except OSError as error:
        raise _failed(output, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _marker(files: list[str]) -> bytes:
    shown = json.dumps({"schema": SCHEMA, "files": sorted(files)}, ensure_ascii=False, indent=1)
    return f"{shown}\n".encode("utf-8", "backslashreplace")


def _carry(old: Path, fresh: Path, before: set[str], made: set[str]) -> None:
    """Copy what was not made here into the new folder."""
    for folder, names, files in os.walk(old):
        links = [name for name in names if Path(folder, name).is_symlink()]
        for name in sorted([*files, *links]):
            source = Path(folder, name)
            path = source.relative_to(old).as_posix()
            if path in before:
                continue
            target = fresh / path
            if path in made or target.exists():
                raise UsageError(text("site.error.in_the_way", path=source.as_posix()))
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)


def _exchange(output: Path, fresh: Path, aside: Path) -> None:
    """Put the new folder in the place of the old one, which stays beside until that is done."""
    if output.exists():
        output.rename(aside)
        try:
            fresh.rename(output)
        except BaseException:
            aside.rename(output)
            raise
        # All that is in it was made here, or is in the new one, too.
        shutil.rmtree(aside, ignore_errors=True)
    else:
        fresh.rename(output)


def _recover(output: Path, aside: Path) -> None:
    """Mend what a build left that was ended between its last two steps."""
    if not (aside / MARKER).is_file():
        return
    try:
        if output.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(output)
    except OSError as error:
        raise _failed(output, error) from None


def _new_folder_mode() -> int:
    # The mask can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return 0o777 & ~mask


def _failed(output: Path, error: OSError) -> UsageError:
    return UsageError(text("error.output.write", path=output.as_posix(), reason=system.reason(error)))
