"""Rows that an import left out: which they are, what could be read of them, what settles one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ..events import Normaliser
from ..messages import text
from ..pages.blocks import Line, Notice
from .pages.asked import NotThere

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..packs.model import Rulebook
    from ..register.store import LeftOut
    from .registered import Recording, Registered

# Of the text of a row a page shows so much; the register keeps all of it.
_SHOWN = 2_000


def row_of(register: Registered, given: str) -> LeftOut:
    """The row with a number, that nobody has settled. Raises ``NotThere``."""
    found = next((row for row in register.left_out() if str(row.n) == given), None)
    if found is None:
        raise NotThere(text("serve.no.left_out", number=given[:20]))
    return found


def settling(recording: Recording, row: LeftOut | None) -> Recording:
    """The same recording, whose record settles the row."""
    if row is None:
        return recording
    return replace(recording, recorder=replace(recording.recorder, settles=row.n))


def place_of(row: LeftOut) -> str:
    """Where it stood, without the folders in which the file lay."""
    return row.place.rpartition("/")[2]


def said_of(row: LeftOut) -> Notice:
    """What a form that settles a row says of it."""
    return Notice(
        (
            Line(text("serve.left_out.row", n=row.n, place=place_of(row)), tone="strong"),
            Line(row.message.replace(row.place, place_of(row))),
            *(Line(line, tone="quiet") for line in content_of(row)),
        ),
        "undetermined",
    )


def content_of(row: LeftOut) -> list[str]:
    """The text of a row as pages show it: of a workbook its cells with their headers, each on a line."""
    cells = [(name, cell) for name, cell in _object(row.content).items() if cell not in (None, "", [])]
    lines = [f"{name}: {_plain(cell)}" for name, cell in cells] or [row.content]
    shown: list[str] = []
    for line in lines:
        room = _SHOWN - sum(map(len, shown))
        shown.append(line if len(line) <= room else f"{line[:room]} ...")
        if len(line) >= room:
            break
    return shown


def _plain(cell: Any) -> str:
    if isinstance(cell, list):
        return "; ".join(map(_plain, cell))
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)


class RowReading:
    """Reads rows by the words of one rulebook, as far as they can be read."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._vocabulary = rulebook.vocabulary
        self._words = Normaliser(rulebook.vocabulary, rulebook.municipalities, ZoneInfo(rulebook.zone))

    def values(self, row: LeftOut) -> dict[str, object]:
        """What it says, by the names of columns: for a form to be filled with. What could not be read is
        there as it was written.
        """
        found: dict[str, object] = {}
        for header, cell in _object(row.content).items():
            column = self._words.columns.find(header)
            if column is not None and cell not in (None, "", []):
                found[column] = self._value(column, cell)
        return {**found, **_object(row.parts)}

    def type(self, row: LeftOut) -> str:
        """The event type that it names; empty where it names none that there is."""
        found = self.values(row).get("type", "")
        return found if isinstance(found, str) and found in self._vocabulary.events else ""

    def _value(self, column: str, cell: object) -> object:
        names = self._words.values_of(column)
        if names is None or isinstance(cell, bool):
            return cell
        attribute = self._vocabulary.attributes.get(column)
        if attribute is None or attribute.type != "list of choice":
            return names.find(str(cell)) or cell
        parts = cell if isinstance(cell, list) else str(cell).split(";")
        words = [str(part).strip() for part in parts]
        return [names.find(word) or word for word in words if word]


def _object(given: str) -> Mapping[str, Any]:
    """An object of JSON; empty for any other text."""
    try:
        found = json.loads(given)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
