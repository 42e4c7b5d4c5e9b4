"""A log in a vocabulary whose meaning nobody has said: told once, and not for each of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from ...messages.problems import problem
from ...model import Problem
from ..base import Input, Reader, Row
from .cells import shown_columns

# What is told of a row that says nothing in the words of the law.
_CODES = frozenset({"missing_type", "unknown_type"})


def is_foreign(reader: Reader) -> bool:
    """Whether the inputs of a reader are kept by others, in words of their own."""
    return bool(getattr(reader, "foreign", False))


class Strangers:
    """The rows of an input that are no events of the vocabulary."""

    def __init__(self, source: Input) -> None:
        self._name = source.name
        self._first = ""
        self._columns: dict[str, object] = {}
        self._rows = 0

    def take(self, row: Row, problems: list[Problem], before: int) -> bool:
        """Whether a row is one, which then is told at the end in place of what was told of it."""
        if row.damaged or not any(told.code in _CODES for told in problems[before:]):
            return False
        del problems[before:]
        self._first = self._first or row.place
        self._rows += 1
        if len(self._columns) < 100:
            self._columns |= row.values
        return True

    def told(self) -> Iterator[tuple[Problem, Row]]:
        """What is told, and the row that stands for all of them."""
        if not self._rows:
            return
        found = problem(
            "needs_mapping",
            self._name,
            n=self._rows,
            first=self._first,
            columns=shown_columns(self._columns),
            name=self._name,
        )
        yield found, Row(self._name, {}, True)
