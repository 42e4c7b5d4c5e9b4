"""Values of a row as they should have been written, where there is only one way to take them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from ..events import Normaliser
from ..office_words import OfficeWords
from ..packs.model import Vocabulary
from ..readers.base import NoValue, with_errors_told
from ..readers.names import Names
from ..times import TimeError, read_interval, read_time
from .changes import Change

_LOOSE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T t](.+))?", re.ASCII)
# Free texts: whoever wrote them may have meant every blank, and two that differ in one are two records.
_FREE = frozenset({"source", "note"})
_TIMES = frozenset({"time", "recorded_at"})
_NAMES = frozenset({"id", "case"})
_NAMED = frozenset({"type", "municipality"})


class ValueMender:
    """Mends the rows of one log. ``office`` is what the office says that words mean: where it has its own,
    words stay.
    """

    def __init__(
        self, normaliser: Normaliser, vocabulary: Vocabulary, zone: ZoneInfo, office: OfficeWords | None
    ) -> None:
        self._normaliser = normaliser
        self._vocabulary = vocabulary
        self._zone = zone
        self._office = office
        self._names: dict[str, Names | None] = {}

    def columns(self, headers: list[str]) -> dict[str, str]:
        """By header the column it stands for; empty where two stand for one, as then no value counts."""
        find = self._normaliser.columns.find
        found: dict[str, str] = {}
        for header in headers:
            name = self._office.column(header, find) if self._office else find(header)
            if name is None:
                continue
            if name in found.values():
                return {}
            found[header] = name
        return found

    def headers(self, columns: Mapping[str, str]) -> dict[str, str]:
        """By header the name of its column, where they differ and the office has no words of its own."""
        if self._office is not None:
            return {}
        return {header: name for header, name in columns.items() if header != name}

    def row(
        self, place: str, values: Mapping[str, object], columns: Mapping[str, str], table: bool = False
    ) -> tuple[dict[str, object], list[Change]]:
        """The values of a row by header, and what was changed. Of a ``table`` cells may hold what
        spreadsheets show for a formula that fails.
        """
        mended = dict(values)
        changes = []
        for header, cell in values.items():
            column = columns.get(header)
            if column is None or column in _FREE:
                continue
            after = self._cell(column, cell)
            if after == cell or (table and (_no_value(cell) or _no_value(after))):
                continue
            if not self._normaliser.reads(column, after):
                # It stays unread, and what is unread is kept as it was written.
                continue
            mended[header] = after
            changes.append(Change("value", place, header, _shown(cell), _shown(after)))
        return mended, changes

    def _cell(self, column: str, cell: object) -> object:
        if isinstance(cell, list):
            return [self._part(column, part) if isinstance(part, str) else part for part in cell]
        if not isinstance(cell, str) or "\0" in cell or not cell.strip():
            return cell
        attribute = self._vocabulary.attributes.get(column)
        kind = attribute.type if attribute is not None else ""
        if column in _TIMES or kind == "date-time":
            return self._time(cell)
        if kind == "interval":
            return self._interval(cell)
        if column in _NAMES:
            return cell if cell == cell.strip() else unicodedata.normalize("NFC", cell.strip())
        if kind in ("list of choice", "list of text") or column == "related":
            return cell.strip()
        return self._part(column, cell)

    def _part(self, column: str, text: str) -> str:
        """A value that stands alone, or in a list: the name that it means, else without blanks around it."""
        plain = text.strip()
        if "\0" in text or not plain:
            return text
        if self._office is not None and column in self._office.values:
            return plain
        names = self._known(column)
        if names is None:
            return plain
        return names.find(plain) or text

    def _known(self, column: str) -> Names | None:
        if column not in self._names:
            attribute = self._vocabulary.attributes.get(column)
            named = column in _NAMED or (attribute is not None and bool(attribute.values))
            self._names[column] = self._normaliser.values_of(column) if named else None
        return self._names[column]

    def _time(self, cell: str) -> str:
        found = _LOOSE.fullmatch(cell.strip())
        if found is None:
            return cell
        year, month, day, clock = found.groups()
        meant = f"{year}-{month:0>2}-{day:0>2}" + (f"T{clock}" if clock else "")
        try:
            read_time(meant, self._zone)
        except TimeError:
            return cell
        return meant

    def _interval(self, cell: str) -> str:
        parts = [_LOOSE.fullmatch(part.strip()) for part in cell.split("/")]
        if len(parts) != 2 or any(part is None or part[4] for part in parts):
            return cell
        meant = "/".join(f"{p[1]}-{p[2]:0>2}-{p[3]:0>2}" for p in parts if p is not None)
        try:
            read_interval(meant)
        except TimeError:
            return cell
        return meant


def _no_value(cell: object) -> bool:
    return isinstance(cell, str) and isinstance(with_errors_told(cell), NoValue)


def _shown(cell: object) -> str:
    return json.dumps(cell, ensure_ascii=False)
