"""One of our columns, made of the cells of a row.

What cannot be made is a ``NoValue`` that says why: whoever reads it tells that, at the place of the cell, and
counts it as a cell that cannot be read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from ..messages import phrase
from ..messages.problems import shown
from ..readers.base import NoValue
from ..readers.values import written
from .dates import Misfit, in_zone, read_date
from .texts import MOST_MATCHED, Pattern, empty, filled, names_in, tidy, word

if TYPE_CHECKING:
    from .model import Kind, Part

# Distinct texts of one part that are remembered.
_REMEMBERED = 100_000
Values = Mapping[str, object]


class Dates(NamedTuple):
    """How dates are written where a part does not say it: formats (none: as the vocabulary has them), and the
    zone of times of day (None: that of the law).
    """

    formats: tuple[str, ...] = ()
    zone: ZoneInfo | None = None


class Made:
    """Makes the cells of one of our columns: None where there is nothing to make it of. ``columns`` are
    those of the log that it is made of; ``place`` is where the mapping says so.
    """

    def __init__(self, part: Part, kind: Kind, place: str, dates: Dates) -> None:
        self.place = place
        self._from = tuple(map(tidy, part.alternatives))
        self._kind = kind
        self._pattern = None if part.pattern is None else Pattern(part.pattern)
        self._text = part.text
        groups = () if self._pattern is None else self._pattern.groups
        self._names = () if part.text is None else names_in(part.text)
        self._beside = tuple(name for name in self._names if name not in groups)
        self.columns = tuple(dict.fromkeys((*self._from, *self._beside)))
        self._split = part.split
        self._formats: Sequence[str] = dates.formats if part.format is None else _several(part.format)
        self._zone = dates.zone if part.zone is None else ZoneInfo(part.zone)
        self._values = None if part.values is None else {tidy(k): v for k, v in part.values.items()}
        self._otherwise = part.otherwise
        self._only = self._from[0] if len(self._from) == 1 and not self._beside else None
        # A text that no step changes is its own value.
        changed = self._pattern or self._text or self._split or self._values is not None
        dated = kind in ("moment", "interval") and (self._formats or self._zone)
        self._plain = not changed and not dated
        self._memo: dict[str, object] = {}
        self._last: Values | None = None
        self._last_made: object = None

    def __call__(self, values: Values) -> object:
        """The cell, of the cells of a row by the names of their columns."""
        if self._only is not None:
            cell = values.get(self._only)
            if isinstance(cell, str):
                if self._plain:
                    return cell if cell and not cell.isspace() else self._otherwise
                made = self._memo.get(cell, self)
                if made is self:
                    made = self._made(cell, values)
                    if len(self._memo) >= _REMEMBERED:
                        self._memo.clear()
                    self._memo[cell] = made
                return made
            return self._made(cell, values)
        if values is self._last:
            # The same row, asked for another of its events.
            return self._last_made
        if self._from:
            made = self._made(values.get(self.used(values)), values)
        else:
            made = self._composed(values.get)
        self._last, self._last_made = values, made
        return made

    def used(self, values: Values) -> str:
        """The column whose cell is told of: the first that is not empty, else the first."""
        return next((name for name in self.columns if not empty(values.get(name))), self.columns[0])

    def _made(self, cell: object, values: Values) -> object:
        if empty(cell):
            return self._otherwise
        if isinstance(cell, NoValue):
            return cell
        if isinstance(cell, list) and (self._pattern is not None or self._kind not in ("list", "interval")):
            if len(cell) > 1:
                return self._refused(cell, phrase("it holds several values, and one is wanted."))
            cell = cell[0]
        if self._pattern is not None:
            return self._taken_apart(cell, values)
        return self._read(cell)

    def _taken_apart(self, cell: object, values: Values) -> object:
        assert self._pattern is not None
        text = word(cell)
        groups = self._pattern.match(text)
        if groups is None:
            why = phrase("it does not fit the pattern that the mapping states ({place}).", place=self.place)
            if len(text) > MOST_MATCHED:
                why = phrase("it is longer than any text that a pattern is tried on.")
            return self._refused(cell, why)
        if self._text is None:
            return self._read(groups[self._pattern.groups[0]])
        return self._composed(lambda name: groups[name] if name in groups else values.get(name))

    def _composed(self, cell: Callable[[str], object]) -> object:
        """A text of several parts. One with a part that is empty would be that of another thing."""
        assert self._text is not None
        cells: dict[str, str] = {}
        for name in self._names:
            found = cell(name)
            if found.__class__ is str:
                cells[name] = tidy(found)
                continue
            if isinstance(found, list) and len(found) == 1:
                found = found[0]
            if isinstance(found, list | NoValue) and found:
                return self._refused(found, phrase("{column} holds no single text.", column=shown(name)))
            cells[name] = (
                "" if empty(found) else word(written(found) if isinstance(found, dt.datetime) else found)
            )
        made, lacking = filled(self._text, cells.get)
        if made is None:
            return self._otherwise
        if lacking is not None:
            why = phrase("{column}, which is part of it, is empty.", column=shown(lacking))
            return self._refused(made, why)
        return self._read(made)

    def _read(self, cell: object) -> object:
        """The value of a cell or composed text."""
        if self._split is not None and isinstance(cell, str):
            cell = [part.strip() for part in cell.split(self._split) if part.strip()]
        if isinstance(cell, list):
            parts = [self._one(part) for part in cell]
            refused = next((part for part in parts if isinstance(part, NoValue)), None)
            if refused is not None:
                return refused
            flat = [
                p for part in parts for p in (part if isinstance(part, list) else [part]) if p is not None
            ]
            if self._kind == "interval" and len(flat) == 2:
                return f"{_day(flat[0])}/{_day(flat[1])}"
            return flat or self._otherwise
        made = self._one(cell)
        return self._otherwise if made is None else made

    def _one(self, cell: object) -> object:
        if self._values is not None:
            key = word(cell)
            if key in self._values:
                return self._values[key]
        if self._kind == "moment" or (self._kind == "interval" and self._formats):
            return self._dated(cell)
        if self._kind in ("text", "list") and isinstance(cell, int | float) and not isinstance(cell, bool):
            # A number that stands for a name, as a case or an id does.
            return word(cell)
        return cell

    def _dated(self, cell: object) -> object:
        if isinstance(cell, dt.datetime):
            text = written(cell)
        elif isinstance(cell, str):
            text = cell
        elif isinstance(cell, int) and not isinstance(cell, bool) and self._formats:
            text = str(cell)
        else:
            return cell
        try:
            if self._formats and not isinstance(cell, dt.datetime):
                text = read_date(text, self._formats)
            return text if self._zone is None else in_zone(text, self._zone)
        except Misfit as error:
            why = phrase("{why} (the mapping says how, {place})", why=error, place=self.place)
            return NoValue(str(cell), ("bad_time_value", {"why": why, "reason": "format"}))

    def _refused(self, cell: object, why: str) -> NoValue:
        if self._kind == "moment":
            said = phrase("{value} cannot be read: {why}", value=shown(cell), why=why).rstrip(".")
            return NoValue(str(cell), ("bad_time_value", {"why": said, "reason": "mapping"}))
        return NoValue(str(cell), ("bad_value", {"why": why}))


def _several(formats: Any) -> Sequence[str]:
    return (formats,) if isinstance(formats, str) else tuple(formats)


def _day(part: object) -> str:
    return part.isoformat() if isinstance(part, dt.date) else str(part)
