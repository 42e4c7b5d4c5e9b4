"""Files that are complete or not there at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from .errors import UsageError
from .messages import system, text

Writer = Callable[[TextIO], object]


def put(output: str, write: Writer) -> None:
    """Write a whole file, or leave the earlier one. Raises ``UsageError``."""
    target = Path(output)
    if target.is_dir():
        raise UsageError(text("error.output.directory", path=output))
    # A link stays a link: what it points to is replaced.
    target = target.resolve()
    if not target.parent.is_dir():
        raise UsageError(text("error.output.parent", path=target.parent))
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                as_text(device, write)
            return
        replace(target, write)
    except OSError as error:
        raise UsageError(text("error.output.write", path=output, reason=system.reason(error))) from None


def as_text(stream: BinaryIO, write: Writer) -> None:
    """Let a text be written to a stream of bytes, as UTF-8 with line ends as they are written."""
    text_stream = TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        write(text_stream)
        text_stream.flush()
    finally:
        text_stream.detach()


def replace(target: Path, write: Writer) -> None:
    """Write a whole file, or leave what is there. Raises ``OSError``."""
    if target.exists():
        # One that may not be written to could be replaced all the same, but somebody wanted it to stay.
        target.open("r+b").close()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            as_text(stream, write)
            os.fsync(stream.fileno())
        beside.chmod(target.stat().st_mode & 0o777 if target.exists() else _new_file_mode())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _new_file_mode() -> int:
    # The mask can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
