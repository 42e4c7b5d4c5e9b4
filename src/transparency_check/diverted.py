"""What code from outside prints, kept from standard output: there stands the report and nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from .messages import later, phrase

# Characters of what was printed that a message shows.
_SHOWN = 60


class Printed(io.TextIOBase):
    """Takes what is printed and keeps its beginning."""

    def __init__(self) -> None:
        self.beginning = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if len(self.beginning) <= _SHOWN:
            self.beginning += text[: 2 * _SHOWN]
        return len(text)

    @property
    def message(self) -> str | None:
        """What is to be said of it, or None where nothing was printed."""
        shown = " ".join(self.beginning.split())
        if not self.beginning:
            return None
        return phrase("it printed {shown!r}: {rule}", shown=shown[:_SHOWN], rule=phrase(RULE_OF_OUTPUT))


RULE_OF_OUTPUT = later("standard output is for the report. What a plugin has to tell goes to standard error")


@contextmanager
def diverted() -> Iterator[Printed]:
    """Keep what is printed meanwhile through ``sys.stdout``; what goes to the file descriptor is not met."""
    kept = Printed()
    with redirect_stdout(kept):
        yield kept
