"""JSON read exactly: no duplicate keys, no NaN or infinity, no endless digits, no half characters, no
depth without end.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from ..messages import phrase

MAX_DEPTH = 100
MAX_DIGITS = 1000

_SPACE = re.compile(r"[ \t\r\n]*")
_BY_LINE = re.compile(r": line [0-9]+ column [0-9]+ \(char [0-9]+\)$")


class JsonFault(ValueError):
    """Why a text is refused: ``code`` and ``values`` of the problem, and the character at which a syntax
    error stands.
    """

    def __init__(self, code: str, position: int | None = None, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.position = position
        self.values = values


class StrictJson:
    """A decoder. Faults that leave the text well formed (a key twice, NaN) are noted, so that the end of
    the value is known.
    """

    def __init__(self) -> None:
        self._faults: list[JsonFault] = []
        decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_constant=self._constant,
            parse_float=self._float,
            parse_int=self._int,
        )
        self._scan = decoder.raw_decode

    def value(self, text: str, start: int = 0) -> tuple[object, int, JsonFault | None]:
        """The value that begins at ``start``, the index of its end, and its first fault.

        Raises ``JsonFault`` where the end of the value is not known: a syntax error, or more depth than can
        be followed.
        """
        self._faults.clear()
        try:
            value, end = self._scan(text, start)
        except json.JSONDecodeError as error:
            raise self._syntax(text, error) from None
        except RecursionError:
            raise JsonFault("json_deep", limit=MAX_DEPTH) from None
        return value, end, self._faults[0] if self._faults else _inner_fault(value)

    def document(self, text: str) -> object:
        """The only value in ``text``. Raises ``JsonFault``."""
        value, end, fault = self.value(text, skip_space(text, 0))
        rest = skip_space(text, end)
        if rest != len(text):
            raise JsonFault("json_extra", rest, column=rest + 1)
        if fault is not None:
            raise fault
        return value

    @staticmethod
    def _syntax(text: str, error: json.JSONDecodeError) -> JsonFault:
        position = error.pos
        if error.msg.startswith("Unterminated string") or not text[position:].strip(" \t\r\n"):
            return JsonFault("json_truncated", position, column=len(text.rstrip(" \t\r\n")))
        why = _BY_LINE.sub("", error.msg).removesuffix(" at")
        return JsonFault("json_syntax", position, column=position + 1, why=why[:1].lower() + why[1:])

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self._faults.append(JsonFault("json_duplicate_key", key=key))
                    break
                seen.add(key)
        return found

    def _constant(self, text: str) -> None:
        self._faults.append(JsonFault("json_number", value=text))

    def _float(self, text: str) -> float:
        number = float(text)
        if len(text) > MAX_DIGITS:
            self._faults.append(JsonFault("json_number_long", digits=len(text)))
        elif not math.isfinite(number):
            self._faults.append(JsonFault("json_number", value=text))
        return number

    def _int(self, text: str) -> int:
        if len(text) > MAX_DIGITS:
            self._faults.append(JsonFault("json_number_long", digits=len(text.lstrip("-"))))
            return 0
        return int(text)


def skip_space(text: str, start: int) -> int:
    """The index of the first character from ``start`` on that is no JSON white space."""
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _inner_fault(value: object) -> JsonFault | None:
    """A fault that the decoder does not look for: too much depth, half of a character."""
    pending: list[tuple[object, int]] = [(value, 1)]
    while pending:
        part, depth = pending.pop()
        if isinstance(part, str):
            if not part.isascii() and _half_character(part):
                return JsonFault("json_surrogate")
        elif isinstance(part, dict | list):
            if depth > MAX_DEPTH:
                return JsonFault("json_deep", limit=MAX_DEPTH)
            if isinstance(part, dict):
                pending.extend((key, depth) for key in part)
                pending.extend((inner, depth + 1) for inner in part.values())
            else:
                pending.extend((inner, depth + 1) for inner in part)
    return None


def _half_character(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def kind_of(value: object) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return phrase("true or false")
    if isinstance(value, int | float):
        return phrase("a number")
    if isinstance(value, str):
        return phrase("a text")
    return phrase("an array") if isinstance(value, list) else phrase("an object")
