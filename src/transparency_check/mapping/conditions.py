"""Which rows an entry of a mapping is about: tests of the columns of the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from .texts import empty, tidy, word

if TYPE_CHECKING:
    from ..packs.model import Scalar
    from .model import Condition, When

Values = Mapping[str, object]
# Whether a row passes: its values, and the columns that its table lacks altogether.
Test = Callable[[Values, frozenset[str]], bool]


def tests_of(when: When, filled: tuple[str, ...] = ()) -> tuple[Test, ...]:
    """The tests of a condition, all of which a row must pass. What a table has no column for passes none: its
    absence shows nothing about the row.
    """
    return (
        *(_filled(tidy(name), True) for name in filled),
        *(_test(tidy(name), said) for name, said in when.items()),
    )


def passes(tests: tuple[Test, ...], values: Values, absent: frozenset[str]) -> bool:
    """Whether a row passes all tests."""
    return all(test(values, absent) for test in tests)


def _test(column: str, said: Scalar | list[Scalar] | Condition) -> Test:
    if isinstance(said, list | bool | int | float | str):
        return _among(column, _words(said))
    tests = []
    if said.not_ is not None:
        tests.append(_not_among(column, _words(said.not_)))
    if said.filled is not None:
        tests.append(_filled(column, said.filled))
    return lambda values, absent: passes(tuple(tests), values, absent)


def _words(said: Scalar | list[Scalar]) -> frozenset[str]:
    return frozenset(map(word, said if isinstance(said, list) else [said]))


def _among(column: str, words: frozenset[str]) -> Test:
    return lambda values, absent: _holds(values.get(column), words)


def _not_among(column: str, words: frozenset[str]) -> Test:
    return lambda values, absent: column not in absent and not _holds(values.get(column), words)


def _filled(column: str, wanted: bool) -> Test:
    return lambda values, absent: column not in absent and empty(values.get(column)) is not wanted


def _holds(cell: object, words: frozenset[str]) -> bool:
    if isinstance(cell, list):
        return any(word(part) in words for part in cell)
    return not empty(cell) and word(cell) in words
