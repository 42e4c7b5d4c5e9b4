"""Where a report goes: the terminal, or a file that is complete or not there at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ..configuration.read import found_file
from ..errors import UsageError
from ..harmless import plain
from ..messages import text
from ..readers.inputs import beside
from ..waivers import FILE as WAIVERS
from ..whole_files import Writer as Writer
from ..whole_files import as_text
from ..whole_files import put as put
from ..whole_files import replace as replace
from .application import discard_rest, remark

STANDARD = "-"


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
    mapping: str | None = None,
) -> None:
    """Refuse an output that is one of the inputs - logs and what is declared about them, packs, the
    configuration, waivers, a baseline or mapping that was named - or stands where the next run would read it
    as one.
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
    if mapping is not None and same_file(target, Path(mapping).resolve()):
        raise UsageError(text("error.output.mapping", path=output))


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
            as_text(sys.stdout.buffer, write)
        except BrokenPipeError:
            # The reader of the pipe (head, less) has closed it: nobody wants the rest. What was found stands.
            discard_rest()
        return
    put(output, write)
    remark(plain(text("written", path=output)))
