"""A walk through a text of JSON, value by value, that keeps count of lines: for documents that hold records
somewhere within.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..messages import either, phrase
from ..messages.problems import problem
from ..model import Problem
from .base import Input, Row
from .encoding import UTF16_MARKS
from .strict_json import JsonFault, StrictJson, skip_space


class Element(NamedTuple):
    """One value of an array: its place, its text, and the value, which does not count where it has a
    ``fault``.
    """

    place: str
    text: str
    value: object
    fault: JsonFault | None


def whole_text(data: bytes, name: str) -> Iterator[Row | Problem] | str:
    """The text of a document, or what is told where it is none."""
    if data.startswith(UTF16_MARKS):
        return iter((problem("json_utf16", name, name=name), Row(name, {}, True)))
    at = first_bad_byte(data)
    if at is None:
        return data.decode("utf-8-sig")
    place = f"{name}:{data.count(10, 0, at) + 1}"
    if data[at] == 0:
        told = problem("nul_byte", place)
    else:
        offset = at - data.rfind(b"\n", 0, at)
        told = problem("not_utf8", place, byte=f"0x{data[at]:02x}", offset=offset)
    return iter((told, Row(name, {}, True)))


def first_bad_byte(data: bytes) -> int | None:
    """The index of the first byte that is NUL or no UTF-8."""
    nul = data.find(b"\0")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start if nul < 0 else min(nul, error.start)
    return nul if nul >= 0 else None


class Walk:
    """A place in a text. What is asked for raises ``JsonFault`` where the text is not as it has to be."""

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

    def next(self) -> str:
        """The next character that is no white space, or an empty text at the end."""
        self.at = skip_space(self.text, self.at)
        return self.text[self.at : self.at + 1]

    def expect(self, wanted: str) -> str:
        """The next character, which must be one of ``wanted``; it is passed."""
        found = self.next()
        if not found or found not in wanted:
            if not found:
                raise JsonFault("json_truncated", self.at)
            raise JsonFault("json_stops", self.at, why=phrase("expecting {list}", list=either(wanted)))
        self.at += 1
        return found

    def value(self) -> tuple[object, JsonFault | None]:
        """The next value, and what is wrong in it."""
        self.next()
        value, self.at, fault = self.strict.value(self.text, self.at)
        return value, fault

    def elements(self) -> Iterator[Element]:
        """The values of an array that begins here."""
        self.expect("[")
        if self.next() == "]":
            self.at += 1
            return
        while True:
            self.next()
            place, start = self.place(self.at), self.at
            value, self.at, fault = self.strict.value(self.text, start)
            yield Element(place, self.text[start : self.at], value, fault)
            if self.expect(",]") == "]":
                return

    def members(self) -> Iterator[str]:
        """The keys of an object that begins here; whoever gets one takes its value before the next. A key may
        come twice.
        """
        self.expect("{")
        if self.next() == "}":
            self.at += 1
            return
        while True:
            key, _ = self.value()
            if not isinstance(key, str):
                raise JsonFault("json_stops", self.at, why=phrase("a key is a text in double quotes"))
            self.expect(":")
            self.next()
            yield key
            if self.expect(",}") == "}":
                return

    def stopped(self, fault: JsonFault) -> Iterator[Row | Problem]:
        """The end of reading: where it is, why, and a damaged row that stands for all that was not read."""
        position = self.at if fault.position is None else fault.position
        place = self.place(position)
        if fault.code == "json_deep":
            yield problem("json_deep", place, **fault.values)
        else:
            column = position - self.text.rfind("\n", 0, position)
            why = (
                phrase("the file ends in the middle")
                if fault.code == "json_truncated"
                else fault.values.get("why", "")
            )
            yield problem("json_stops", place, column=column, why=why)
        yield Row(place, {}, True)
