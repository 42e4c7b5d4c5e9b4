"""OCEL 2.0 in XML, read as it comes. Objects are kept; events that stand before them wait in a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from typing import IO

import orjson

from ...messages import phrase
from ...messages.problems import shown
from ...model import Problem
from ..base import Input, Row
from .ocel import OWN, Event, Kinds, Objects, rows_of
from .xml_stream import OtherFormat, XmlStops, XmlStream, blocks, ended

FORMAT = "OCEL 2.0 (XML)"
_TYPES = {"object-types": "object-type", "event-types": "event-type"}


class OcelXml:
    """``.xmlocel``, ``.ocel.xml``: places are ``file:line``, the line on which an event begins."""

    name = "ocel-xml"
    suffixes: tuple[str, ...] = (".xmlocel", ".ocel.xml")
    packed = True
    foreign = True

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        end: XmlStops | OtherFormat | None = None
        any_bytes = False
        with tempfile.TemporaryFile(prefix="transparency-check-") as waiting:
            log = _Log(source.name, waiting)
            try:
                for block in blocks(source):
                    any_bytes = True
                    log.stream.feed(block)
                    yield from log.rows()
                if any_bytes:
                    log.stream.feed(b"", last=True)
            except (XmlStops, OtherFormat) as stop:
                end = stop
            yield from log.rows()
            yield from log.waited()
            if end is not None:
                yield from ended(source, FORMAT, end)


class _Log:
    """Takes elements by the names of those that they stand in."""

    def __init__(self, name: str, waiting: IO[bytes]) -> None:
        self._name = name
        self._waiting = waiting
        self.stream = XmlStream(self._begin, self._end, self._text)
        self._path: list[str] = []
        self._objects = Objects()
        self._objects_known = False
        self._kinds = Kinds()
        self._ready: list[Event] = []
        self._place = ""
        self._owner: dict[str, str] = {}
        self._attributes: list[tuple[str, str]] = []
        self._relations: list[tuple[str, str]] = []
        self._attribute: Mapping[str, str] = {}
        self._words: list[str] | None = None

    def rows(self) -> Iterator[Row | Problem]:
        """The events that were read since it was last asked."""
        ready, self._ready = self._ready, []
        for event in ready:
            yield from self._typed(event)

    def waited(self) -> Iterator[Row | Problem]:
        """The events that stood before the objects, when these are known."""
        self._waiting.seek(0)
        for line in self._waiting:
            place, own, attributes, relations = orjson.loads(line)
            pairs = tuple((a, b) for a, b in attributes)
            yield from self._typed(Event(place, own, pairs, tuple((a, b) for a, b in relations)))

    def _typed(self, event: Event) -> Iterator[Row | Problem]:
        type_ = event.own.get("type")
        typed = tuple((name, self._kinds.value(type_, name, value)) for name, value in event.attributes)
        return rows_of(event._replace(attributes=typed), self._objects)

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        path = self._path
        if not path and tag != "log":
            raise OtherFormat(phrase("its outermost element is {tag}, not log.", tag=shown(tag)))
        path.append(tag)
        match path[1:]:
            case ["events" as kind, "event"] | ["objects" as kind, "object"]:
                self._place = f"{self._name}:{self.stream.line}"
                self._owner = dict(attributes)
                self._attributes, self._relations = [], []
                if kind == "objects":
                    self._objects.add(self._required("id"), self._required("type"))
            case [("object-types" | "event-types") as kind, owner] if owner == _TYPES[kind]:
                self._owner = dict(attributes)
            case [("object-types" | "event-types"), _, "attributes", "attribute"]:
                name, stated = attributes.get("name", ""), attributes.get("type", "")
                self._kinds.declare(self._owner.get("name", ""), name, stated)
            case ["events", "event", "attributes", "attribute"] | [
                "objects",
                "object",
                "attributes",
                "attribute",
            ]:
                if "name" not in attributes:
                    self.stream.stop(phrase("an attribute needs a name"))
                self._attribute, self._words = attributes, []
            case ["events", "event", "objects", _]:
                # Programs have different names for the element.
                if "object-id" not in attributes:
                    self.stream.stop(phrase("a relationship needs the id of an object"))
                self._relations.append((attributes["object-id"], attributes.get("qualifier", "")))
            case ["trace", *_] | ["global", *_]:
                raise OtherFormat(phrase("it is XES or OCEL 1.0, and here version 2.0 of OCEL is read."))

    def _text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def _end(self) -> None:
        match self._path[1:]:
            case ["events" as kind, "event", "attributes", "attribute"] | [
                "objects" as kind,
                "object",
                "attributes",
                "attribute",
            ]:
                name, value = self._attribute["name"], "".join(self._words or ())
                self._words = None
                if kind == "events":
                    self._attributes.append((name, value))
                elif value:
                    stated = self._kinds.value(self._owner["type"], name, value)
                    self._objects.state(self._owner["id"], name, self._attribute.get("time"), stated)
            case ["events", "event"]:
                self._event()
            case ["objects"]:
                self._objects_known = True
        self._path.pop()

    def _event(self) -> None:
        own: dict[str, object] = {key: self._owner.get(key) for key in OWN}
        event = Event(self._place, own, tuple(self._attributes), tuple(self._relations))
        if self._objects_known:
            self._ready.append(event)
        else:
            self._waiting.write(orjson.dumps(list(event)) + b"\n")

    def _required(self, name: str) -> str:
        value = self._owner.get(name)
        if value is None:
            self.stream.stop(phrase("an object needs an id and a type"))
        return value
