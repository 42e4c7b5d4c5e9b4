"""What the program says to whoever sits at its terminal, beside the reports: nobody else writes there."""

from __future__ import annotations

import sys

import click

from .harmless import plain_lines
from .messages import text

# Where the context of a command says that it is to be quiet.
QUIET = "transparency_check.quiet"


def speak_utf8() -> None:
    """Write UTF-8 whatever the console claims: names of places and laws need it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def tell(message: str, *, aside: bool = False) -> None:
    """Lines for people: on standard output, or ``aside`` on standard error."""
    click.echo(plain_lines(message), err=aside)


def remark(message: str) -> None:
    """A line on standard error that only says what was done; left out where a command is to be quiet."""
    context = click.get_current_context(silent=True)
    if context is None or not context.meta.get(QUIET):
        tell(message, aside=True)


def show_line(shown: str) -> None:
    """Put a line of this program in place of the one before it, on the terminal of standard error; an empty
    one erases.
    """
    sys.stderr.write(f"\r\x1b[K{shown}")
    sys.stderr.flush()


def say(message: str) -> None:
    """One or more lines on stderr that say what is wrong."""
    tell(text("error", message=message), aside=True)
