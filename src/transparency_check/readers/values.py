"""Cells into values of the vocabulary: one converter per attribute, the same rules for every format."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import orjson

from ..messages import phrase
from ..messages.problems import shown, why
from ..times import Moment, TimeError, read_interval, read_time
from .base import NoValue
from .names import Names, fold

if TYPE_CHECKING:
    from ..packs.model import Attribute

FLAGS = {
    **dict.fromkeys(("yes", "true", "po", "da", "да", "1"), True),
    **dict.fromkeys(("no", "false", "jo", "ne", "не", "0"), False),
}
_FOLDED_FLAGS = {fold(text): flag for text, flag in FLAGS.items()}
_INTEGER = re.compile(r"[0-9]{1,18}")
_OTHER_SEPARATORS = re.compile(r"[,\r\n]")
LARGEST = 10**15
_Words = Mapping[str, Sequence[str]]
# Distinct texts of one attribute that are remembered; more than that are read again.
_REMEMBERED = 100_000


class BadValue(ValueError):
    """A value that cannot be read: ``code`` of the problem and its values other than column and value."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Converter:
    """Reads the values of one attribute.

    ``read`` gives the value as the record holds it, None where the cell is empty, and raises ``BadValue``.
    What it made of a text is kept in ``memo`` where texts of this type repeat. ``families`` are the only
    texts that a list may hold, where it names families of events, with other words for each.
    """

    __slots__ = ("_convert", "_exact", "_lists", "_remember", "memo", "name")

    def __init__(
        self, name: str, attribute: Attribute, zone: ZoneInfo, families: _Words | None = None
    ) -> None:
        self.name = name
        self.memo: dict[str, Any] = {}
        self._lists: dict[tuple[str, ...], Any] = {}
        # Dates have one spelling, and a blank is not part of it.
        self._exact = attribute.type in ("date-time", "interval")
        # Free texts hardly repeat.
        self._remember = attribute.type not in ("text", "list of text")
        convert = _converter(attribute, zone)
        self._convert = convert if families is None else _of_families(convert, families)

    def read(self, cell: object) -> Any:
        """The value of a cell."""
        if isinstance(cell, list):
            key = tuple(cell)
            try:
                return self._lists[key]
            except (KeyError, TypeError):
                # Not seen before, or something in it that is no text.
                value = self._convert(cell) if cell else None
            if self._remember and len(self._lists) < _REMEMBERED:
                self._lists[key] = value
            return value
        if cell is None or cell == "":
            return None
        if isinstance(cell, str):
            if "\0" in cell:
                raise BadValue("bad_value", why=why("nul"))
            text = cell.strip()
            if not text:
                return None
            value = self._convert(cell if self._exact else text)
            if self._remember:
                if len(self.memo) >= _REMEMBERED:
                    self.memo.clear()
                self.memo[cell] = value
            return value
        if isinstance(cell, NoValue):
            _refuse(cell)
        return self._convert(cell)


def _converter(attribute: Attribute, zone: ZoneInfo) -> Callable[[Any], Any]:
    choice = _choice(attribute)
    match attribute.type:
        case "choice":
            return choice
        case "list of choice":
            return _list_of_choice(choice, attribute)
        case "list of text":
            return texts
        case "flag":
            return flag
        case "integer":
            return integer
        case "date-time":
            return lambda cell: orjson.Fragment(orjson.dumps(_moment_parts(moment(cell, zone))))
        case "interval":
            return _interval
        case _:
            return _text


def _text(cell: object) -> str:
    if not isinstance(cell, str):
        raise BadValue("bad_value", why=why("text"))
    return unicodedata.normalize("NFC", cell)


def _choice(attribute: Attribute) -> Callable[[Any], str]:
    names = Names(attribute.words())
    values = ", ".join(attribute.values[:12]) + (" ..." if len(attribute.values) > 12 else "")

    def choice(cell: object) -> str:
        if not isinstance(cell, str):
            raise BadValue("bad_value", why=why("text"))
        found = names.find(cell)
        if found is None:
            several = names.candidates(cell)
            if several:
                raise BadValue("ambiguous_choice", first=several[0], second=several[1])
            raise BadValue("bad_choice", values=values, nearest=names.nearest(cell))
        return found

    return choice


def texts(cell: object) -> list[str] | None:
    """A list of texts: a JSON array, or one text with ``;`` between them. None where nothing is in it."""
    parts: list[Any] = (
        cell.split(";") if isinstance(cell, str) else cell if isinstance(cell, list) else [None]
    )
    if not all(isinstance(part, str) and "\0" not in part for part in parts):
        raise BadValue("bad_value", why=why("list"))
    return [unicodedata.normalize("NFC", text) for part in parts if (text := part.strip())] or None


def _list_of_choice(choice: Callable[[Any], str], attribute: Attribute) -> Callable[[Any], list[str] | None]:
    """Reads a set of choices, sorted: order and repetition mean nothing.

    Without any ``;``, commas and line breaks part it where every part is a known value.
    """

    def known(part: str) -> str | None:
        try:
            return choice(part)
        except BadValue:
            return None

    def read(cell: object) -> list[str] | None:
        parts = texts(cell)
        if parts is None:
            return None
        if isinstance(cell, str) and ";" not in cell and _OTHER_SEPARATORS.search(cell) and not known(cell):
            parts = [part for part in map(str.strip, _OTHER_SEPARATORS.split(cell)) if part]
            strange = next((part for part in parts if not known(part)), None)
            if strange is not None or not parts:
                example = ";".join(attribute.values[:2])
                raise BadValue("bad_list", part=shown(strange or cell), example=example)
        return sorted({choice(part) for part in parts})

    return read


def _of_families(convert: Callable[[Any], Any], families: _Words) -> Callable[[Any], Any]:
    """Reads families of events: first parts of the event types that there are."""
    names = Names(families)

    def read(cell: object) -> Any:
        value = convert(cell)
        parts = value if isinstance(value, list) else [] if value is None else [value]
        found = [names.find(part) for part in parts]
        for part, family in zip(parts, found, strict=True):
            if family is None:
                known = ", ".join(sorted(families))
                raise BadValue("bad_family", part=shown(part), known=known, nearest=names.nearest(part))
        return found if isinstance(value, list) else value

    return read


def flag(cell: object) -> bool:
    """Yes or no in any of the spellings of ``FLAGS``, or a JSON boolean, or 1 and 0. Raises ``BadValue``."""
    if isinstance(cell, bool):
        return cell
    found = _FOLDED_FLAGS.get(fold(cell)) if isinstance(cell, str) else None
    if isinstance(cell, int) and cell in (0, 1):
        found = cell == 1
    if found is None:
        raise BadValue("bad_value", why=why("flag"))
    return found


def integer(cell: object) -> int:
    """A whole number, 0 or more: a JSON integer or plain ASCII digits. Raises ``BadValue``."""
    if isinstance(cell, str) and _INTEGER.fullmatch(cell):
        cell = int(cell)
    if isinstance(cell, bool) or not isinstance(cell, int) or cell < 0:
        raise BadValue("bad_value", why=why("integer"))
    if cell > LARGEST:
        raise BadValue("bad_value", why=why("integer_range"))
    return cell


def moment(cell: object, zone: ZoneInfo) -> Moment:
    """A date or date-time: text in the one spelling, or a true date cell. Raises ``BadValue`` with the
    words of ``times``.
    """
    if isinstance(cell, NoValue):
        _refuse(cell)
    if isinstance(cell, dt.datetime):
        cell = written(cell)
    elif isinstance(cell, dt.date):
        cell = cell.isoformat()
    if not isinstance(cell, str):
        raise BadValue(
            "bad_time_value",
            why=phrase("{cell} is not text; {time_type}", cell=shown(cell), time_type=why("time_type")),
        )
    try:
        return read_time(cell[:64], zone)
    except TimeError as error:
        raise BadValue("bad_time_value", why=str(error), reason=error.code) from None


def _refuse(cell: NoValue) -> None:
    """Raise what is known to be wrong with a cell that has no value."""
    if cell.fault is not None:
        code, told = cell.fault
        raise BadValue(code, **told)


def written(cell: dt.datetime) -> str:
    """A true time as text would have it: as much of it as there is, an instant in UTC."""
    zoned = cell.utcoffset() is not None
    local = cell.astimezone(dt.UTC) if zoned else cell
    precise = local.second or local.microsecond
    text = local.replace(tzinfo=None).isoformat(timespec="auto" if precise else "minutes")
    if local.microsecond:
        text = text.rstrip("0")
    return f"{text}Z" if zoned else text


def _moment_parts(read: Moment) -> dict[str, Any]:
    return {"day": read.day.isoformat(), "lo": read.lo, "hi": read.hi, "text": read.text}


def _interval(cell: object) -> dict[str, str]:
    if not isinstance(cell, str):
        raise BadValue(
            "bad_time_value",
            why=phrase(
                "{cell} is not text; {interval_type}", cell=shown(cell), interval_type=why("interval_type")
            ),
        )
    try:
        first, last = read_interval(cell[:64])
    except TimeError as error:
        raise BadValue("bad_time_value", why=str(error), reason=error.code) from None
    return {"first": first.isoformat(), "last": last.isoformat()}


def raw(cell: object) -> object:
    """A cell that could not be read, in a form that can be written and compared."""
    if isinstance(cell, str):
        return cell[:1000]
    return cell if cell is None or isinstance(cell, bool) else shown(cell, 1000)
