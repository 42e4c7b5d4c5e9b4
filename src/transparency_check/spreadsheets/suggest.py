"""What the words of a sheet mean that an office keeps in its own way, as far as it can be told: a proposal
for the declarations beside it. Only what is likely is proposed, and no value that the sheet does not hold.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .. import __version__
from ..messages import text
from ..messages.problems import shown
from ..readers.headers import SEARCHED, likeliest
from ..readers.names import Names, fold

if TYPE_CHECKING:
    from ..events import Normaliser

# How alike two words must be of which one is taken for the other, and by how much more than the next one.
_LIKELY = 0.8
_AHEAD = 0.05
# Of the different cells of a column, so many must be values of an attribute, and at least so many of them.
_SHARE = 0.6
# No title is longer; more different words than this no list of values has.
_LONGEST = 80
_MOST = 300
_LEAST = 2
_ASIDE = re.compile(r"\([^)]*\)|[:*]")
# Of a header whose meaning another one has.
_LOST = -1.0
_NEEDED = ("type", "time", "municipality")

Rows = Sequence[tuple[int, Sequence[object]]]


class Guess(NamedTuple):
    """What a word means, how likely that is (0 to 1; 1: it is known), and why."""

    meant: str
    weight: float
    why: str


class Entry(NamedTuple):
    """A line of the proposal."""

    word: str
    guess: Guess


@dataclass
class Suggestion:
    """``columns`` by sheet, ``values`` by column, and what remains open. ``understood`` are the columns that
    some header means.
    """

    columns: list[tuple[str, list[Entry]]] = field(default_factory=list)
    values: dict[str, list[Entry]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    understood: set[str] = field(default_factory=set)


def suggestion(sheets: Sequence[tuple[str, Rows]], normaliser: Normaliser) -> Suggestion:
    """What the headers and cells of some sheets mean. A sheet without a row that is like headers is left
    out.
    """
    found = Suggestion()
    said: dict[str, str] = {}
    cells: dict[str, Counter[str]] = {}
    for name, rows in sheets:
        columns = normaliser.columns
        head = _head(rows, columns)
        if head is None:
            continue
        number, headers = rows[head][0], rows[head][1]
        guesses = _columns(headers, [row for _, row in rows[head + 1 :]], normaliser)
        entries: list[Entry] = []
        for index, header, guess in guesses:
            word = fold(header)
            if guess is None:
                found.open.append(text("mapping.open.column", header=shown(header)))
            elif guess.weight == _LOST or said.setdefault(word, guess.meant) != guess.meant:
                found.open.append(text("mapping.open.twice", header=shown(header), column=guess.meant))
            else:
                known = any(word == fold(entry.word) for _, others in found.columns for entry in others)
                entries += [] if known else [Entry(header, guess)]
                found.understood.add(guess.meant)
                texts = (row[index] for _, row in rows[head + 1 :] if index < len(row))
                cells.setdefault(guess.meant, Counter()).update(t for t in texts if isinstance(t, str))
        title = text("mapping.sheet", sheet=shown(name), row=number)
        found.columns.append((title, entries))
    for column, words in cells.items():
        _values(column, words, normaliser, found)
    return found


def _head(rows: Rows, columns: Names) -> int | None:
    """The index of the row of headers: the one in which most words come near a column."""
    searched = [row for _, row in rows[:SEARCHED]]

    def near(cell: str) -> str | None:
        guess = _alike(cell, columns)
        return guess.meant if guess else None

    best = likeliest(searched, near)
    named = sum(isinstance(cell, str) and near(cell) is not None for cell in best)
    if named < _LEAST:
        return None
    return next(index for index, row in enumerate(searched) if row is best)


def _columns(
    headers: Sequence[object], rows: Sequence[Sequence[object]], normaliser: Normaliser
) -> list[tuple[int, str, Guess | None]]:
    """Each header with its index and its meaning. No two have the same: of two the likelier one has it."""
    named = [(n, header) for n, header in enumerate(headers) if isinstance(header, str) and header.strip()]
    guesses = {n: _alike(header, normaliser.columns) for n, header in named}
    taken = _settled(guesses)
    for n, _ in named:
        if guesses[n] is None and len(str(headers[n])) <= _LONGEST:
            guess = _by_cells([row[n] for row in rows if n < len(row)], normaliser, taken)
            guesses[n] = guess
    _settled(guesses)
    dated = [n for n, _ in named if guesses[n] is None and _dates([row[n] for row in rows if n < len(row)])]
    if len(dated) == 1 and "time" not in _settled(guesses):
        guesses[dated[0]] = Guess("time", _LIKELY, text("mapping.dates"))
    return [(n, header, guesses[n]) for n, header in named]


def _settled(guesses: dict[int, Guess | None]) -> set[str]:
    """Leave each meaning to the likeliest header; the meanings that are taken."""
    taken: set[str] = set()
    for n, guess in sorted(guesses.items(), key=lambda item: (-(item[1].weight if item[1] else 0), item[0])):
        if guess is not None and guess.meant in taken:
            guesses[n] = guess._replace(weight=_LOST)
        elif guess is not None:
            taken.add(guess.meant)
    return taken


def _alike(word: str, names: Names) -> Guess | None:
    """What a word means: known, else near enough to one thing and to no other."""
    known = names.find(word) or names.find(_ASIDE.sub(" ", word))
    if known is not None:
        return Guess(known, 1.0, text("mapping.known"))
    folded = fold(_ASIDE.sub(" ", word[:_LONGEST]))
    if not folded or len(word) > _LONGEST or names.candidates(word):
        return None
    best: dict[str, tuple[float, str]] = {}
    for name in names.ids:
        for spelling in names.spellings(name):
            ratio = difflib.SequenceMatcher(None, folded, fold(spelling)).ratio()
            best[name] = max(best.get(name, (0.0, "")), (ratio, spelling))
    (ratio, spelling, name), *others = sorted(((r, s, n) for n, (r, s) in best.items()), reverse=True)
    if ratio < _LIKELY or (others and ratio - others[0][0] < _AHEAD):
        return None
    return Guess(name, ratio, text("mapping.alike", percent=int(ratio * 100), word=spelling))


def _by_cells(cells: Sequence[object], normaliser: Normaliser, taken: set[str]) -> Guess | None:
    """The column whose values the cells are, where they are those of one column only."""
    different = {fold(part): part for cell in cells if isinstance(cell, str) for part in _parts(cell)}
    fitting: list[tuple[float, int, str]] = []
    for column in sorted(normaliser.columns.ids - taken):
        values = normaliser.values_of(column)
        # Yes and no say nothing about what is asked.
        if values is None or values.ids == {"true", "false"} or not different:
            continue
        known = sum(values.find(part) is not None for part in different.values())
        if known >= _LEAST and known / len(different) >= _SHARE:
            fitting.append((known / len(different), known, column))
    if not fitting or len(fitting) > 1:
        return None
    share, known, column = fitting[0]
    return Guess(column, share * _LIKELY, text("mapping.cells", n=known, all=len(different)))


def _dates(cells: Sequence[object]) -> bool:
    full = [cell for cell in cells if cell is not None and cell != ""]
    return bool(full) and sum(isinstance(cell, dt.date) for cell in full) >= _LIKELY * len(full)


def _parts(cell: str) -> Iterator[str]:
    return (part.strip() for part in cell.split(";") if part.strip())


def _values(column: str, words: Counter[str], normaliser: Normaliser, found: Suggestion) -> None:
    """What the words in a column mean that are not known."""
    names = normaliser.values_of(column)
    if names is None:
        return
    parts: Counter[str] = Counter()
    for word, times in words.items():
        for part in _parts(word):
            parts[part] += times
    unknown = Counter({word: times for word, times in parts.items() if names.find(word) is None})
    for word, times in sorted(unknown.most_common(_MOST)):
        guess = _alike(word, names)
        if guess is None:
            found.open.append(text("mapping.open.value", column=column, word=shown(word), n=times))
        else:
            found.values.setdefault(column, []).append(Entry(word, guess))


def written(found: Suggestion, name: str, sidecar: str) -> str:
    """The proposal as YAML, as it can stand beside the sheet."""
    lines = [f"# {text('mapping.head', name=name, version=__version__)}"]
    lines.append(f"# {text('mapping.how', sidecar=sidecar)}")
    if not any(entries for _, entries in found.columns):
        lines.append(f"# {text('mapping.none')}")
        lines.append("columns: {}")
        return "\n".join(lines) + "\n"
    lines.append("columns:")
    for title, entries in found.columns:
        lines.append(f"  # {title}")
        lines += [f"  {line}" for line in map(_line, entries)]
    if found.values:
        lines.append("values:")
    for column, entries in found.values.items():
        lines += [f"  {column}:", *(f"    {line}" for line in map(_line, entries))]
    for column in _NEEDED:
        if column not in found.understood:
            code = "mapping.missing.municipality" if column == "municipality" else "mapping.missing"
            lines.append(f"# {text(code, column=column)}")
    lines += [f"# {text('mapping.open', what=what)}" for what in dict.fromkeys(found.open)]
    return "\n".join(lines) + "\n"


def _line(entry: Entry) -> str:
    return f"{json.dumps(entry.word, ensure_ascii=False)}: {entry.guess.meant}  # {entry.guess.why}"
