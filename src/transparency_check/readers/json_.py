"""JSON: an array of records, or an object whose key ``events`` holds one."""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import either, phrase
from ..messages.problems import problem, shown
from ..model import Problem
from .base import Input, Row
from .encoding import UTF16_MARKS
from .salvage import SALVAGED, salvage
from .strict_json import JsonFault, StrictJson, kind_of, skip_space


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
        if data.startswith(UTF16_MARKS):
            yield problem("json_utf16", source.name, name=source.name)
            yield Row(source.name, {}, True)
            return
        at = _first_bad_byte(data)
        if at is not None:
            place = f"{source.name}:{data.count(10, 0, at) + 1}"
            if data[at] == 0:
                yield problem("nul_byte", place)
            else:
                offset = at - data.rfind(b"\n", 0, at)
                yield problem("not_utf8", place, byte=f"0x{data[at]:02x}", offset=offset)
            yield Row(source.name, {}, True)
            return
        yield from _Document(source, data.decode("utf-8-sig")).rows()


def _first_bad_byte(data: bytes) -> int | None:
    """The index of the first byte that is NUL or no UTF-8."""
    nul = data.find(b"\0")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start if nul < 0 else min(nul, error.start)
    return nul if nul >= 0 else None


class _Document:
    """A walk through the text that keeps count of lines."""

    def __init__(self, source: Input, text: str) -> None:
        self.source = source
        self.text = text
        self.strict = StrictJson()
        self.at = 0
        self.line = 1
        self.counted = 0

    def place(self, position: int) -> str:
        """The place of a character; positions must not go back."""
        self.line += self.text.count("\n", self.counted, position)
        self.counted = max(position, self.counted)
        return f"{self.source.name}:{self.line}"

    def rows(self) -> Iterator[Row | Problem]:
        """All records, and problems."""
        try:
            opening = self._next()
            if opening == "[":
                yield from self._array()
            elif opening == "{":
                yield from self._object()
            else:
                value, self.at, _ = self.strict.value(self.text, self.at)
                raise JsonFault("json_not_log", 0, kind=kind_of(value))
            if self._next():
                raise JsonFault("json_stops", self.at, why=phrase("something follows the end of the log"))
        except JsonFault as fault:
            yield from self._stop(fault)

    def _next(self) -> str:
        """The next character that is no white space, or an empty text at the end."""
        self.at = skip_space(self.text, self.at)
        return self.text[self.at : self.at + 1]

    def _expect(self, wanted: str) -> str:
        """The next character, which must be one of ``wanted``; it is passed."""
        found = self._next()
        if not found or found not in wanted:
            if not found:
                raise JsonFault("json_truncated", self.at)
            raise JsonFault("json_stops", self.at, why=phrase("expecting {list}", list=either(wanted)))
        self.at += 1
        return found

    def _array(self) -> Iterator[Row | Problem]:
        wanted = self.source.standing_for(SALVAGED)
        self._expect("[")
        if self._next() == "]":
            self.at += 1
            return
        while True:
            self._next()
            place = self.place(self.at)
            start = self.at
            value, self.at, fault = self.strict.value(self.text, start)
            if fault is None and not isinstance(value, dict):
                fault = JsonFault("json_not_object", kind=kind_of(value))
            if fault is None and isinstance(value, dict):
                yield Row(place, value)
            elif fault is not None:
                values = {key: shown(v) if key in ("key", "value") else v for key, v in fault.values.items()}
                yield problem(fault.code, place, **values)
                yield Row(place, salvage(self.text[start : self.at], self.source.column, wanted), True)
            if self._expect(",]") == "]":
                return

    def _object(self) -> Iterator[Row | Problem]:
        self._expect("{")
        found = False
        instead = phrase("an object without that key")
        keys: set[str] = set()
        if self._next() == "}":
            raise JsonFault("json_not_log", 0, kind=phrase("an empty object"))
        while True:
            self._next()
            key, self.at, _ = self.strict.value(self.text, self.at)
            if not isinstance(key, str):
                raise JsonFault("json_stops", self.at, why=phrase("a key is a text in double quotes"))
            if key in keys:
                yield problem("json_duplicate_key", self.place(self.at), key=shown(key))
                yield Row(self.source.name, {}, True)
            keys.add(key)
            self._expect(":")
            if key == "events" and self._next() == "[" and not found:
                found = True
                yield from self._array()
            else:
                self._next()
                value, self.at, _ = self.strict.value(self.text, self.at)
                if key == "events":
                    instead = phrase("an object whose key events holds {value}", value=kind_of(value))
            if self._expect(",}") == "}":
                break
        if not found:
            raise JsonFault("json_not_log", 0, kind=instead)

    def _stop(self, fault: JsonFault) -> Iterator[Row | Problem]:
        """The end of reading: where it is, why, and a damaged row that stands for all that was not read."""
        position = self.at if fault.position is None else fault.position
        if fault.code == "json_not_log":
            place = self.source.name
            yield problem("json_not_log", place, **fault.values)
        elif fault.code == "json_deep":
            place = self.place(position)
            yield problem("json_deep", place, **fault.values)
        else:
            place = self.place(position)
            column = position - self.text.rfind("\n", 0, position)
            why = (
                phrase("the file ends in the middle")
                if fault.code == "json_truncated"
                else fault.values.get("why", "")
            )
            yield problem("json_stops", place, column=column, why=why)
        yield Row(place, {}, True)
