"""Finding the row of headers in a table: the first that names at least type and time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..messages import phrase
from ..messages.problems import shown
from .base import Input

_NEEDED = ("type", "time")
# How far down a table may begin: titles and remarks stand above it.
SEARCHED = 20
# Languages in which columns have titles.
_TITLES = 3

Column = Callable[[str], str | None]


def is_header(cells: Iterable[object], column: Column) -> bool:
    """Whether a row names the columns that every log has."""
    return columns_of(cells, column).issuperset(_NEEDED)


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


def likeliest(rows: Iterable[Sequence[object]], column: Column) -> Sequence[object]:
    """The row that is most like one of headers: with most of the needed columns, then of the known ones,
    then of cells that are not empty. Empty where there is no row.
    """

    def likeness(cells: Sequence[object]) -> tuple[int, int, int]:
        known = columns_of(cells, column)
        return sum(name in known for name in _NEEDED), len(known), sum(bool(str(c).strip()) for c in cells)

    return max(rows, key=likeness, default=())


def missing(cells: Iterable[object], source: Input) -> str:
    """The needed columns that a row does not name, each with the first of the headers by which it is known:
    its titles.
    """
    known = columns_of(cells, source.column)
    titles = {name: ", ".join(source.spellings(name)[1 : 1 + _TITLES]) for name in _NEEDED}
    return phrase(", and ").join(
        phrase("{name} (also: {others})", name=name, others=titles[name]) if titles[name] else name
        for name in _NEEDED
        if name not in known
    )


def listed(cells: Iterable[object], most: int = 8) -> str:
    """The first few cells of a row, as messages show them."""
    full = [shown(str(cell), 30) for cell in cells if str(cell).strip()]
    return ", ".join(full[:most]) + (" ..." if len(full) > most else "") if full else phrase("nothing")
