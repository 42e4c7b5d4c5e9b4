"""How much a parser of workbooks lays out of a part: cells from the first to the last, and the characters in
them.

Counted is at least as much as is laid out. Prefixes of names are not looked at: a part may choose them.
"""

from __future__ import annotations

from collections import Counter
from typing import Protocol
from xml.parsers import expat

Attributes = dict[str, str]
_DIGITS = "0123456789"
_LONGEST = 15
# The last row of a sheet. Of one that says to lie beyond, parsers go through all rows before it.
_LAST_ROW = 1_048_576


class Extent(Protocol):
    """What a part holds, counted while it is parsed. ``failed`` is the number of cells with an error."""

    failed: int

    def __init__(self, parser: expat.XMLParserType, root: Attributes) -> None:
        """``root`` are the attributes of the first element, after which the counting begins."""

    def laid_out(self) -> tuple[int, int, int]:
        """Cells from the first to the last, those that are written down and hold something, and characters in
        them, so far.
        """


class Sheet:
    """A sheet of XLSX. ``references`` is the number of cells whose text stands among the shared ones."""

    def __init__(self, parser: expat.XMLParserType, root: Attributes) -> None:
        self.references = self.failed = 0
        self._row = self._column = self._held = 0
        self._first_row = self._first_column = 1 << 60
        self._last_row = self._last_column = 0
        self._columns: dict[str, int] = {}
        parser.StartElementHandler = self._start

    def laid_out(self) -> tuple[int, int, int]:
        if not self._held:
            return 0, 0, 0
        before = self._first_row - 1 if self._last_row <= _LAST_ROW else 0
        rows = self._last_row - before
        return rows * (self._last_column - self._first_column + 1), self._held, 0

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "v" or tag == "is" or tag == "f":
            self._hold()
        elif tag == "c":
            self._cell(attributes)
        elif tag == "row":
            self._row = number(attributes.get("r", "")) or self._row + 1
            self._column = 0
        elif ":" in tag:
            self._start(tag.rpartition(":")[2], attributes)

    def _cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        if place:
            letters = place.rstrip(_DIGITS)
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = _column(letters)
            self._column = column
            self._row = number(place[len(letters) :]) or self._row
        else:
            self._column += 1
        kind = attributes.get("t")
        if kind == "s":
            self.references += 1
        elif kind == "e":
            self.failed += 1

    def _hold(self) -> None:
        """The cell holds something. Empty ones are not laid out, as where only a format is set."""
        row, column = self._row, self._column
        self._held += 1
        if row < self._first_row:
            self._first_row = row
        if row > self._last_row:
            self._last_row = row
        if column < self._first_column:
            self._first_column = column
        if column > self._last_column:
            self._last_column = column


class SharedTexts:
    """The texts that cells of XLSX refer to: their ``lengths``, and how many are ``stated`` to be there."""

    def __init__(self, parser: expat.XMLParserType, root: Attributes) -> None:
        self.failed = 0
        self.lengths: list[int] = []
        self.stated = max(number(root.get(name, "")) for name in ("uniqueCount", "count"))
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._characters

    def laid_out(self) -> tuple[int, int, int]:
        return 0, 0, 0

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def _characters(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class Tables:
    """The tables of ODS: cells and rows say how often they are repeated, blanks too."""

    def __init__(self, parser: expat.XMLParserType, root: Attributes) -> None:
        self.failed = 0
        self._cells = self._held = self._characters = 0
        # Of the table: rows so far, and the last row and column that hold something.
        self._rows = self._last_row = self._last_column = 0
        # Of the row and of the cell that are being read.
        self._row_repeated = self._columns = self._row_characters = 0
        self._cell_repeated = self._cell_characters = 0
        self._filled = False
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text

    def laid_out(self) -> tuple[int, int, int]:
        # With the row and the cell that are being read: they may be the largest.
        row, column = self._last_row, self._last_column
        characters = self._row_characters
        if self._filled:
            row = max(row, self._rows + self._row_repeated)
            column = max(column, self._columns + self._cell_repeated)
            characters += self._cell_characters * self._cell_repeated
        return (
            self._cells + row * column,
            self._held + self._filled,
            self._characters + characters * self._row_repeated,
        )

    def _start(self, tag: str, attributes: Attributes) -> None:
        local = tag.rpartition(":")[2]
        if local == "table-cell" or local == "covered-table-cell":
            self._end_cell()
            self._cell_repeated = _repeated(attributes, "number-columns-repeated")
            for name, value in attributes.items():
                # Whatever makes a cell more than an empty one.
                if name.startswith("office:") or name.endswith(("value", "value-type", "formula")):
                    self._filled = True
                    self._cell_characters += len(value)
                    self.failed += value == "error" and name.endswith(":value-type")
        elif local == "table-row":
            self._end_row()
            self._row_repeated = _repeated(attributes, "number-rows-repeated")
        elif local == "table":
            self._end_row()
            self._cells += self._last_row * self._last_column
            self._rows = self._last_row = self._last_column = 0
        elif local == "s":
            self._cell_characters += _repeated(attributes, "c")
        else:
            # A paragraph or a line break.
            self._cell_characters += 1

    def _text(self, text: str) -> None:
        self._cell_characters += len(text)

    def _end_cell(self) -> None:
        self._columns += self._cell_repeated
        if self._filled:
            self._held += 1
            self._last_column = max(self._last_column, self._columns)
            self._last_row = max(self._last_row, self._rows + self._row_repeated)
            self._row_characters += self._cell_characters * self._cell_repeated
        self._filled = False
        self._cell_repeated = self._cell_characters = 0

    def _end_row(self) -> None:
        self._end_cell()
        self._rows += self._row_repeated
        self._characters += self._row_characters * self._row_repeated
        self._row_repeated = self._columns = self._row_characters = 0


def references(sheet: bytes) -> Counter[int]:
    """How often the cells of a sheet of XLSX hold each of the shared texts."""
    found: Counter[int] = Counter()
    digits: list[str] = []
    shared = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal shared
        if tag.rpartition(":")[2] == "c":
            shared = attributes.get("t") == "s"
        digits.clear()

    def end(tag: str) -> None:
        if shared and tag.rpartition(":")[2] == "v":
            found[number("".join(digits).strip())] += 1

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = digits.append
    parser.Parse(sheet, True)
    return found


def number(text: str) -> int:
    """A number as parsers of workbooks read it; 0 for what is none."""
    plain = text.removeprefix("+")
    if not (plain.isascii() and plain.isdecimal()):
        return 0
    # One with more digits begins anew from 0 in some parsers; here it is as large as it says.
    return int(plain) if len(plain) <= _LONGEST else 10**_LONGEST


def _repeated(attributes: Attributes, name: str) -> int:
    """How often a cell, row or blank is repeated; once where it does not say."""
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name:
            return number(value)
    return 1


def _column(letters: str) -> int:
    """The number of a column from its letters; A is 1."""
    column = 0
    for letter in letters.strip("$").upper()[:8]:
        column = column * 26 + ord(letter) - 64
    return max(column, 1)
