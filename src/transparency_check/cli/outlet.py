"""Where a report goes: the terminal, or a file that is complete or not there at all."""

from __future__ import annotations

import os
import sys

from ..harmless import plain
from ..messages import text
from ..sparing import STANDARD as STANDARD
from ..sparing import refuse_earlier as refuse_earlier
from ..sparing import refuse_input as refuse_input
from ..sparing import same_file as same_file
from ..terminal import remark
from ..whole_files import Writer as Writer
from ..whole_files import as_text
from ..whole_files import put as put
from ..whole_files import replace as replace
from .application import discard_rest


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
