"""Finding the row of headers in a table: the first that names at least type and time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from ..messages import either, phrase
from ..messages.problems import shown
from .base import NEEDED, Input

# How far down a table may begin: titles and remarks stand above it.
SEARCHED = 20
# Languages in which columns have titles.
_TITLES = 3

Column = Callable[[str], str | None]
Needed = Sequence[Collection[str]]


def is_header(cells: Iterable[object], column: Column, needed: Needed = NEEDED) -> bool:
    """Whether a row names the columns that every log has: of each group that is needed one."""
    known = columns_of(cells, column)
    return not any(known.isdisjoint(group) for group in needed)


def columns_of(cells: Iterable[object], column: Column) -> set[str]:
    """The known columns that a row names."""
    names = (column(cell) for cell in cells if isinstance(cell, str))
    return {name for name in names if name is not None}


def twice(cells: Sequence[str], column: Column) -> tuple[str, int, int] | None:
    """The first known column that two headers stand for, and the indexes of both."""
    seen: dict[str, int] = {}
    for index, cell in enumerate(cells):
        name = column(cell)
        if name is None:
            continue
        if name in seen:
            return name, seen[name], index
        seen[name] = index
    return None


def likeliest(
    rows: Iterable[Sequence[object]], column: Column, needed: Needed = NEEDED
) -> Sequence[object]:
    """The row that is most like one of headers: with most of the needed columns, then of the known ones,
    then of cells that are not empty. Empty where there is no row.
    """

    def likeness(cells: Sequence[object]) -> tuple[int, int, int]:
        known = columns_of(cells, column)
        named = sum(not known.isdisjoint(group) for group in needed)
        return named, len(known), sum(bool(str(c).strip()) for c in cells)

    return max(rows, key=likeness, default=())


def missing(cells: Iterable[object], source: Input) -> str:
    """The needed columns that a row does not name, each with the first of the headers by which it is known:
    its titles. Those that a mapping needs are named with its file.
    """
    known = columns_of(cells, source.column)
    lacking = [group for group in source.needed if known.isdisjoint(group)]
    if source.named_in:
        named = phrase(", and ").join(either(map(shown, sorted(group))) for group in lacking)
        return phrase("{columns}, which {file} names", columns=named, file=source.named_in)
    return phrase(", and ").join(_titled(name, source) for group in lacking for name in group)


def _titled(name: str, source: Input) -> str:
    titles = ", ".join(source.spellings(name)[1 : 1 + _TITLES])
    return phrase("{name} (also: {others})", name=name, others=titles) if titles else name


def listed(cells: Iterable[object], most: int = 8) -> str:
    """The first few cells of a row, as messages show them."""
    full = [shown(str(cell), 30) for cell in cells if str(cell).strip()]
    return ", ".join(full[:most]) + (" ..." if len(full) > most else "") if full else phrase("nothing")
