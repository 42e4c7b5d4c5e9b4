"""Where a report goes: the terminal, or a file that is complete or not there at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from ..configuration.read import found_file
from ..errors import UsageError
from ..harmless import plain
from ..messages import system, text
from ..readers.inputs import beside
from ..waivers import FILE as WAIVERS
from .application import discard_rest, remark

STANDARD = "-"
Writer = Callable[[TextIO], object]


def refuse_input(
    output: str | None,
    logs: Sequence[str] = (),
    packs: Sequence[str] = (),
    config: str | None = None,
    no_config: bool = False,
    waivers: str | None = None,
    no_waivers: bool = False,
    baseline: str | None = None,
    no_baseline: bool = False,
) -> None:
    """Refuse an output that is one of the inputs - logs and what is declared about them, packs, the
    configuration, waivers, a baseline that was named - or stands where the next run would read it as one.
    """
    if output is None or output == STANDARD:
        return
    target = Path(output).resolve()
    for name in logs:
        if name == STANDARD:
            continue
        source = Path(name).resolve()
        if any(same_file(target, file) for file in (source, *beside(source))):
            raise UsageError(text("error.output.input", path=output))
        if source.is_dir() and source in target.parents:
            raise UsageError(text("error.output.folder", path=output, folder=name))
    for name in packs:
        folder = Path(name).resolve()
        if any(mark in name for mark in "/\\.") and folder in (target, *target.parents):
            raise UsageError(text("error.output.pack", path=output, folder=name))
    office = None if no_config else found_file() if config is None else Path(config)
    if office is not None and same_file(target, office.resolve()):
        raise UsageError(text("error.output.config", path=output))
    accepted = None if no_waivers else found_file(name=WAIVERS) if waivers is None else Path(waivers)
    if accepted is not None and same_file(target, accepted.resolve()):
        raise UsageError(text("error.output.waivers", path=output))
    if baseline is not None and not no_baseline and same_file(target, Path(baseline).resolve()):
        raise UsageError(text("error.output.baseline", path=output))


def same_file(target: Path, file: Path) -> bool:
    """Whether two resolved paths are one file, by name or as links to it."""
    return target == file or (target.exists() and file.exists() and target.samefile(file))


def colour_wanted(output: str | None) -> bool:
    """Colour only on a terminal that can show it, and never where NO_COLOR is set."""
    if output not in (None, STANDARD) or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    if sys.platform == "win32" and not os.environ.get("WT_SESSION"):
        return False
    return sys.stdout.isatty()


def terminal() -> bool:
    """Whether somebody reads along on a terminal."""
    return sys.stdout.isatty()


def columns(output: str | None) -> int:
    """Width of the text: that of the terminal within reason, 80 everywhere else so that the same report is
    the same text.
    """
    if output not in (None, STANDARD) or not sys.stdout.isatty():
        return 80
    return min(max(os.get_terminal_size(sys.stdout.fileno()).columns, 60), 120)


def deliver(write: Writer, output: str | None) -> None:
    """Call ``write`` with a UTF-8 text stream, line ends as written: standard output, or ``output`` as a
    whole.

    A file is written beside its place, brought to the disk and moved there, so that an interruption or a
    full disk leaves the earlier one. Raises ``UsageError`` where that cannot be done.
    """
    if output is None or output == STANDARD:
        try:
            sys.stdout.flush()
            _as_text(sys.stdout.buffer, write)
        except BrokenPipeError:
            # The reader of the pipe (head, less) has closed it: nobody wants the rest. What was found stands.
            discard_rest()
        return
    put(output, write)
    remark(plain(text("written", path=output)))


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
                _as_text(device, write)
            return
        replace(target, write)
    except OSError as error:
        raise UsageError(text("error.output.write", path=output, reason=system.reason(error))) from None


def _as_text(stream: BinaryIO, write: Writer) -> None:
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
            _as_text(stream, write)
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
