"""What an office says that its own words mean: the keys ``columns`` and ``values`` of the declarations beside
a log.

They stand before the words of the vocabulary, but never before its exact names: a log that is written in
these means the same with and without such declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .messages.problems import problem, shown
from .model import Problem
from .readers.names import Names, fold
from .readers.values import FLAGS

if TYPE_CHECKING:
    from .readers.sidecar import Said, Sidecar

# Flags as values that can be named.
FLAG_NAMES = Names(
    {
        word: tuple(other for other, meant in FLAGS.items() if meant is flag)
        for word, flag in (("true", True), ("false", False))
    }
)


class OfficeWords(NamedTuple):
    """``columns`` gives for folded headers the column, None for one that is left out; ``values`` for each
    column the value of folded words. ``names`` are the exact names of values by column.
    """

    columns: Mapping[str, str | None]
    values: Mapping[str, Mapping[str, str]]
    names: Mapping[str, frozenset[str]]

    def column(self, header: str, otherwise: Callable[[str], str | None]) -> str | None:
        """The column of a header: as the office says, ``otherwise`` as the vocabulary does."""
        folded = fold(header)
        return self.columns[folded] if folded in self.columns else otherwise(header)

    def leaves_out(self, header: str) -> bool:
        """Whether the office says that a column is no part of the log."""
        return self.columns.get(fold(header), header) is None

    def said(self, column: str, cell: object) -> object:
        """A cell of a column with the words of the office, alone or in a list, in those of the vocabulary."""
        if isinstance(cell, list):
            return [self.said(column, part) for part in cell]
        if not isinstance(cell, str):
            return cell
        whole = self._word(column, cell)
        if whole is None and ";" in cell:
            return ";".join(self._word(column, part) or part for part in cell.split(";"))
        return cell if whole is None else whole

    def _word(self, column: str, text: str) -> str | None:
        return None if text.strip() in self.names[column] else self.values[column].get(fold(text))


def office_words(
    sidecar: Sidecar, columns: Names, values: Callable[[str], Names | None], problems: list[Problem]
) -> OfficeWords | None:
    """The words that a sidecar declares; None where it declares none. ``values`` gives the values of a column
    by name, None for a column that takes other things than words of a list. What is wrong goes to
    ``problems`` and counts for nothing.
    """
    heads: dict[str, str | None] = {}
    for header, said in sidecar.columns.items():
        column = None if said.meant is None else columns.find(said.meant)
        if said.meant is not None and column is None:
            near = columns.nearest(said.meant)
            told = {"header": shown(header), "value": shown(said.meant), "nearest": near}
            problems.append(problem("mapping_column", said.place, **told))
        elif header in columns.ids and column != header:
            problems.append(problem("mapping_exact", said.place, word=shown(header)))
        elif heads.setdefault(fold(header), column) != column:
            problems.append(problem("mapping_alike", said.place, word=shown(header)))
    words: dict[str, dict[str, str]] = {}
    names: dict[str, frozenset[str]] = {}
    for header, (place, entries) in sidecar.values.items():
        column = columns.find(header)
        known = None if column is None else values(column)
        if column is None or known is None:
            code = "mapping_no_column" if column is None else "mapping_no_values"
            told = {"nearest": columns.nearest(header)} if column is None else {}
            problems.append(problem(code, place, column=shown(header), **told))
            continue
        names[column] = known.ids
        _values(entries, column, known, words.setdefault(column, {}), problems)
    if not heads and not words:
        return None
    return OfficeWords(heads, words, names)


def _values(
    entries: Mapping[str, Said], column: str, known: Names, words: dict[str, str], problems: list[Problem]
) -> None:
    for word, said in entries.items():
        value = None if said.meant is None else known.find(said.meant)
        if value is None:
            meant = said.meant or ""
            told = {"word": shown(word), "value": shown(meant), "nearest": known.nearest(meant)}
            problems.append(problem("mapping_value", said.place, column=column, **told))
        elif _exactly(word, known) not in (None, value):
            problems.append(problem("mapping_exact", said.place, word=shown(word)))
        elif words.setdefault(fold(word), value) != value:
            problems.append(problem("mapping_alike", said.place, word=shown(word)))


def _exactly(word: str, known: Names) -> str | None:
    """What a word means that may not be given another meaning: a name, or one of the words for yes and no."""
    return known.find(word) if word in known.ids or known is FLAG_NAMES else None


def spoken(words: OfficeWords, names: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of columns, each with the key of its cells in a row, those in which the office has words of its own."""
    return tuple((name, key) for name, key in names if name in words.values)
