"""OCEL 2.0 in JSON: events with the objects they are about."""

from __future__ import annotations

from collections.abc import Iterator

from ...messages import phrase
from ...messages.problems import problem, shown
from ...model import Problem
from ..base import Input, Row
from ..json_walk import Element, Walk, whole_text
from ..strict_json import JsonFault, kind_of
from .ocel import OWN, Event, Kinds, Objects, rows_of

FORMAT = "OCEL 2.0 (JSON)"
_OLDER = "ocel:events"


class OcelJson:
    """``.jsonocel``, ``.ocel.json``: places are ``file:line``, the line on which an event begins."""

    name = "ocel-json"
    suffixes: tuple[str, ...] = (".jsonocel", ".ocel.json")
    packed = True
    foreign = True

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        data = source.read()
        if not data.strip(b" \t\r\n\xef\xbb\xbf"):
            return
        text = whole_text(data, source.name)
        yield from _Log(source, text).rows() if isinstance(text, str) else text


class _Malformed(ValueError):
    """What an element lacks, in words."""


class _Log(Walk):
    """A log; events are kept until all objects are known, as they may stand before them."""

    def __init__(self, source: Input, text: str) -> None:
        super().__init__(source, text)
        self._objects = Objects()
        self._kinds = Kinds()
        self._events: list[Event | tuple[Problem, Row]] = []
        self._told: list[Problem | Row] = []

    def rows(self) -> Iterator[Row | Problem]:
        """All events, and problems."""
        end: JsonFault | None = None
        try:
            keys = self._parts() if self.next() == "{" else set()
            if "events" not in keys:
                why = phrase("it has no events.")
                if _OLDER in keys:
                    why = phrase("it is OCEL 1.0, and only version 2.0 is read.")
                yield problem(
                    "file_unreadable", self.source.name, name=self.source.name, format=FORMAT, why=why
                )
                yield Row(self.source.name, {}, True)
                return
            if self.next():
                raise JsonFault("json_stops", self.at, why=phrase("something follows the end of the log"))
        except JsonFault as fault:
            end = fault
        yield from self._told
        for event in self._events:
            if isinstance(event, Event):
                typed = tuple(
                    (n, self._kinds.value(event.own.get("type"), n, v)) for n, v in event.attributes
                )
                yield from rows_of(event._replace(attributes=typed), self._objects)
            else:
                yield from event
        if end is not None:
            yield from self.stopped(end)

    def _parts(self) -> set[str]:
        """Take in all parts; their keys."""
        keys: set[str] = set()
        for key in self.members():
            if key in keys:
                raise JsonFault(
                    "json_stops", self.at, why=phrase("the key {key} stands there twice", key=shown(key))
                )
            keys.add(key)
            if self.next() == "[" and key in ("events", "objects", "eventTypes", "objectTypes"):
                for element in self.elements():
                    self._take(key, element)
            else:
                self.value()
        return keys

    def _take(self, key: str, element: Element) -> None:
        place, _, value, fault = element
        try:
            if fault is not None:
                raise _Malformed(problem(fault.code, place, **_shown(fault)).message)
            if not isinstance(value, dict):
                raise _Malformed(phrase("it is {kind}", kind=kind_of(value)))
            if key == "events":
                self._events.append(_event(place, value))
            elif key == "objects":
                self._object(value)
            else:
                for attribute in _list(value, "attributes"):
                    name, kind = attribute.get("name"), attribute.get("type")
                    if isinstance(name, str) and isinstance(kind, str):
                        self._kinds.declare(str(value.get("name")), name, kind)
        except _Malformed as why:
            told = problem("not_as_format", place, format=FORMAT, why=str(why).rstrip("."))
            unread = Row(place, _seen(value) if key == "events" and fault is None else {}, True)
            if key == "events":
                self._events.append((told, unread))
            else:
                self._told += [told, unread]

    def _object(self, value: dict[str, object]) -> None:
        id_, type_ = value.get("id"), value.get("type")
        if not isinstance(id_, str) or not isinstance(type_, str):
            raise _Malformed(phrase("an object needs an id and a type that are texts"))
        self._objects.add(id_, type_)
        for attribute in _list(value, "attributes"):
            name = _name(attribute)
            stated = self._kinds.value(type_, name, attribute.get("value"))
            if stated is not None:
                self._objects.state(id_, name, attribute.get("time"), stated)


def _event(place: str, value: dict[str, object]) -> Event:
    attributes = tuple((_name(a), a.get("value")) for a in _list(value, "attributes"))
    relations = []
    for relation in _list(value, "relationships"):
        id_, qualifier = relation.get("objectId"), relation.get("qualifier")
        if not isinstance(id_, str) or not isinstance(qualifier, str | None):
            raise _Malformed(phrase("a relationship needs the id of an object, as text"))
        relations.append((id_, qualifier or ""))
    return Event(place, {key: value.get(key) for key in OWN}, attributes, tuple(relations))


def _name(attribute: dict[str, object]) -> str:
    name = attribute.get("name")
    if not isinstance(name, str):
        raise _Malformed(phrase("an attribute needs a name that is text"))
    return name


def _list(value: dict[str, object], key: str) -> list[dict[str, object]]:
    """The objects under a key, which may be absent."""
    found = value.get(key)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(part, dict) for part in found):
        raise _Malformed(phrase("{key} has to be an array of objects", key=key))
    return found


def _seen(value: object) -> dict[str, object]:
    """What can be seen of an event that is not as it has to be."""
    stated = value if isinstance(value, dict) else {}
    return {key: stated[key] for key in ("type", "time") if isinstance(stated.get(key), str)}


def _shown(fault: JsonFault) -> dict[str, object]:
    return {key: shown(v) if key in ("key", "value") else v for key, v in fault.values.items()}
