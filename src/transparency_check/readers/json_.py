"""JSON: an array of records, or an object whose key ``events`` holds one."""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import phrase
from ..messages.problems import problem, shown
from ..model import Problem
from .base import Input, Row
from .json_walk import Walk, whole_text
from .salvage import SALVAGED, salvage
from .strict_json import JsonFault, kind_of


class JsonDocument:
    """``.json``: places are ``file:line``, the line on which a record begins."""

    name = "json"
    suffixes: tuple[str, ...] = (".json",)
    packed = True

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        data = source.read()
        if not data.strip(b" \t\r\n\xef\xbb\xbf"):
            return
        text = whole_text(data, source.name)
        yield from _Document(source, text).rows() if isinstance(text, str) else text


class _Document(Walk):
    """A document as a log."""

    def rows(self) -> Iterator[Row | Problem]:
        """All records, and problems."""
        try:
            opening = self.next()
            if opening == "[":
                yield from self._array()
            elif opening == "{":
                yield from self._object()
            else:
                value, _ = self.value()
                raise JsonFault("json_not_log", 0, kind=kind_of(value))
            if self.next():
                raise JsonFault("json_stops", self.at, why=phrase("something follows the end of the log"))
        except JsonFault as fault:
            if fault.code == "json_not_log":
                yield problem("json_not_log", self.source.name, **fault.values)
                yield Row(self.source.name, {}, True)
            else:
                yield from self.stopped(fault)

    def _array(self) -> Iterator[Row | Problem]:
        wanted = self.source.standing_for(SALVAGED)
        for place, text, value, fault in self.elements():
            if fault is None and not isinstance(value, dict):
                fault = JsonFault("json_not_object", kind=kind_of(value))
            if fault is None and isinstance(value, dict):
                yield Row(place, value)
            elif fault is not None:
                values = {key: shown(v) if key in ("key", "value") else v for key, v in fault.values.items()}
                yield problem(fault.code, place, **values)
                yield Row(place, salvage(text, self.source.column, wanted), True)

    def _object(self) -> Iterator[Row | Problem]:
        found = False
        instead = phrase("an object without that key")
        keys: set[str] = set()
        for key in self.members():
            if key in keys:
                yield problem("json_duplicate_key", self.place(self.at), key=shown(key))
                yield Row(self.source.name, {}, True)
            keys.add(key)
            if key == "events" and self.next() == "[" and not found:
                found = True
                yield from self._array()
            else:
                value, _ = self.value()
                if key == "events":
                    instead = phrase("an object whose key events holds {value}", value=kind_of(value))
        if not keys:
            raise JsonFault("json_not_log", 0, kind=phrase("an empty object"))
        if not found:
            raise JsonFault("json_not_log", 0, kind=instead)
