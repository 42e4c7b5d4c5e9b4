"""A reader from outside: its name and endings stay what they were, and what it prints reaches no report."""

from __future__ import annotations

from collections.abc import Iterator

from ..diverted import diverted
from ..model import Problem, RuleError
from .base import Input, Reader, Row
from .inputs import may_be_packed


class _End:
    """The end of what a reader gives; a reader could give None."""


_END = _End()


class GuardedReader:
    """A reader whose printing is noted in ``errors``, once for each input. What it raises is raised."""

    def __init__(self, reader: Reader, plugin: str, errors: list[RuleError]) -> None:
        self.name, self.suffixes = reader.name, reader.suffixes
        self.packed = may_be_packed(reader)
        self.foreign = bool(getattr(reader, "foreign", False))
        self.named = bool(getattr(reader, "named", False))
        self._reader, self._plugin, self._errors = reader, plugin, errors

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """What the reader gives."""
        told = False
        with diverted() as printed:
            items = iter(self._reader.read(source))
        while True:
            # Only while the reader is at work: what is done with a row in between is not its printing.
            with diverted() as more:
                item = next(items, _END)
            if not told and (message := printed.message or more.message) is not None:
                told = True
                self._errors.append(RuleError(self._plugin, self.name, f"{source.name}: {message}"))
            if isinstance(item, _End):
                return
            yield item
