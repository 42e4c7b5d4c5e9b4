"""What all notations of OCEL 2.0 share: objects whose attributes change over time, and events as rows."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...messages.problems import problem, shown
from ...model import Problem
from ..base import Row
from .cells import decimal, flag, no_value, put, whole

OBJECT, QUALIFIER, ATTRIBUTE = "object:", "qualifier:", "attribute:"
# What every event has by itself.
OWN = ("id", "type", "time")
# What makes a value of a text, by the type that is declared for an attribute.
_KINDS: dict[str, Callable[[str], object]] = {"integer": whole, "float": decimal, "boolean": flag}
# As they are declared for what is true from the beginning.
_FIRST_YEAR = 1970
_BEGINNING = dt.datetime.min  # noqa: DTZ901
_TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?)"
    r" ?(Z|UTC|GMT|[+-][0-9]{2}:[0-9]{2})?"
)


class Event(NamedTuple):
    """An event as it stands in a log: ``attributes`` by name, ``relations`` as the id of an object and its
    qualifier.
    """

    place: str
    own: dict[str, object]
    attributes: tuple[tuple[str, object], ...]
    relations: tuple[tuple[str, str], ...]


class Kinds:
    """The types that are declared for attributes of events and objects."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str], Callable[[str], object]] = {}

    def declare(self, type_: str, attribute: str, kind: str) -> None:
        """Note a declaration."""
        if kind.lower() in _KINDS:
            self._kinds[type_, attribute] = _KINDS[kind.lower()]

    def value(self, type_: object, attribute: str, value: object) -> object:
        """A value as its declaration has it; of one that is no text the type is known."""
        made = self._kinds.get((type_, attribute)) if isinstance(value, str) else None  # type: ignore[arg-type]
        return value if made is None or value == "" else made(str(value))


class _History:
    """The values of one attribute of an object, each from a moment on."""

    __slots__ = ("_moments", "_unclear", "_values", "_zoned")

    def __init__(self) -> None:
        self._moments: list[dt.datetime] = []
        self._values: list[object] = []
        # Times with and without zone cannot be told apart in their order.
        self._zoned: bool | None = None
        self._unclear = False

    def add(self, time: object, value: object) -> None:
        """Note a value."""
        moment = _BEGINNING if time is None else _moment(time)
        if moment is None or (moment is not _BEGINNING and not self._comparable(moment)):
            self._unclear = True
            return
        at = bisect_right(self._moments, _bare(moment))
        self._moments.insert(at, _bare(moment))
        self._values.insert(at, value)

    def at(self, time: object) -> object:
        """The value at a time: None where it has none yet, ``NoValue`` where that is not known."""
        moments, values = self._moments, self._values
        if moments == [_BEGINNING] and not self._unclear:
            return values[0]
        moment = _moment(time)
        if moment is None or self._unclear or not self._comparable(moment):
            return no_value(", ".join(str(value) for value in values[:4]))
        at = bisect_right(moments, _bare(moment))
        if at > 1 and moments[at - 1] == moments[at - 2] and values[at - 1] != values[at - 2]:
            return no_value(f"{values[at - 2]}, {values[at - 1]}")
        return values[at - 1] if at else None

    def _comparable(self, moment: dt.datetime) -> bool:
        zoned = moment.tzinfo is not None
        if self._zoned is None and moment is not _BEGINNING:
            self._zoned = zoned
        return zoned == self._zoned


class Objects:
    """The objects of a log by their ids."""

    def __init__(self) -> None:
        self._types: dict[str, str] = {}
        self._histories: dict[str, dict[str, _History]] = {}

    def __len__(self) -> int:
        return len(self._types)

    def add(self, id_: str, type_: str) -> None:
        """Note an object."""
        self._types[id_] = type_

    def state(self, id_: str, attribute: str, time: object, value: object) -> None:
        """Note a value of an attribute, from a time on; without one from the beginning."""
        self._histories.setdefault(id_, {}).setdefault(attribute, _History()).add(time, value)

    def type_of(self, id_: str) -> str | None:
        """The type of an object."""
        return self._types.get(id_)

    def at(self, id_: str, time: object) -> Iterator[tuple[str, object]]:
        """The attributes that an object has at a time."""
        for name, history in self._histories.get(id_, {}).items():
            value = history.at(time)
            if value is not None:
                yield name, value


def rows_of(event: Event, objects: Objects) -> Iterator[Row | Problem]:
    """The row of an event. Where an object that it names is not known, nor is what the event is about."""
    cells: dict[str, object] = {key: value for key, value in event.own.items() if value is not None}
    for name, value in event.attributes:
        if value is not None:
            put(cells, f"{ATTRIBUTE}{name}" if name in OWN else name, value)
    related: dict[str, list[str]] = {}
    qualified: dict[str, list[object]] = {}
    strange: str | None = None
    for id_, qualifier in event.relations:
        type_ = objects.type_of(id_)
        if type_ is None:
            strange = id_ if strange is None else strange
            continue
        ids = related.setdefault(type_, [])
        if id_ not in ids:
            ids.append(id_)
        if qualifier and id_ not in (named := qualified.setdefault(qualifier, [])):
            named.append(id_)
    for type_, ids in related.items():
        cells[f"{OBJECT}{type_}"] = list(ids)
        if len(ids) == 1:
            for name, value in objects.at(ids[0], event.own.get("time")):
                cells[f"{OBJECT}{type_}:{name}"] = value
    for qualifier, named in qualified.items():
        cells[f"{QUALIFIER}{qualifier}"] = named
    if strange is not None:
        yield problem("unknown_object", event.place, object=shown(strange))
    yield Row(event.place, cells, strange is not None)


def moment_cell(value: object) -> object:
    """A time as text, as all formats have it; SQL writes a timestamp with a blank in its middle."""
    match = _TIMESTAMP.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    day, clock, zone = match.groups()
    return f"{day}T{clock}{'Z' if zone in ('UTC', 'GMT') else zone or ''}"


def _moment(time: object) -> dt.datetime | None:
    """A moment, to compare it with others; None where it cannot be read."""
    if not isinstance(time, str):
        return None
    try:
        read = dt.datetime.fromisoformat(time)
    except ValueError:
        return None
    return _BEGINNING if read.year <= _FIRST_YEAR else read


def _bare(moment: dt.datetime) -> dt.datetime:
    """The moment without its zone: in UTC where it has one."""
    return moment if moment.tzinfo is None else moment.astimezone(dt.UTC).replace(tzinfo=None)
