"""JSON lines: one record a line. Most lines are proved clean at the speed of orjson; the others go
through the exact decoder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import orjson

from ..messages.problems import problem, shown
from ..model import Problem
from .base import Input, Row
from .encoding import UTF16_MARKS
from .salvage import SALVAGED, salvage
from .strict_json import JsonFault, StrictJson, kind_of, skip_space

MAX_LINE = 10_000_000

_PLAIN = frozenset({str, int, bool, type(None)})
_BOM = b"\xef\xbb\xbf"
# Where another record may begin.
_RECORD = re.compile(r"\{")


class JsonLines:
    """``.jsonl``: places are ``file:line``, lines end with ``\\n`` and nothing else."""

    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    packed = True

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        return rows(source, numbered(source.open().readline))


def numbered(readline: Callable[[int], bytes], before: int = 0) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, the first after ``before``. Of a line that is too long comes its beginning,
    longer than ``MAX_LINE`` and without its end.
    """
    number = before
    while line := readline(MAX_LINE + 1):
        number += 1
        yield number, line
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = readline(MAX_LINE)


def rows(source: Input, lines: Iterable[tuple[int, bytes]]) -> Iterator[Row | Problem]:
    """What stands on numbered lines of a source: rows, and problems where they stand."""
    name, start = source.name, f"{source.name}{source.mark}"
    strict = StrictJson()
    loads = orjson.loads
    for number, line in lines:
        if number == 1:
            if line.startswith(UTF16_MARKS):
                yield problem("json_utf16", name, name=name)
                yield Row(name, {}, True)
                return
            if line.startswith(_BOM):
                line = line[3:]
        if len(line) > MAX_LINE and not line.endswith(b"\n"):
            yield problem("line_too_long", f"{start}{number}", limit="10 MB")
            # What was not seen may contradict what was: nothing of such a line is used.
            yield Row(f"{start}{number}", {}, True)
            continue
        try:
            values = loads(line)
        except ValueError:
            pass
        else:
            if values.__class__ is dict and line.count(b'"') == _quotes(values):
                yield Row(f"{start}{number}", values)
                continue
        if line.strip(b" \t\r\n"):
            yield from _exact(line, f"{start}{number}", source, strict)


def _quotes(values: dict[str, object]) -> int:
    """How many quotes a line has that holds nothing but these members, without escapes; -1 where it cannot be
    proved clean.

    A line with as many quotes has no key twice, for that would show in more of them, and nothing nested.
    orjson reads numbers that are too large or too long as floats, so a line with a float is not proved clean
    either.
    """
    kinds = list(map(type, values.values()))
    texts = kinds.count(str)
    if texts != len(kinds):
        for value in values.values():
            kind = value.__class__
            if kind is list:
                parts: list[object] = value  # type: ignore[assignment]
                if list(map(type, parts)).count(str) != len(parts):
                    return -1
                texts += len(parts)
            elif kind not in _PLAIN:
                return -1
    return 2 * (texts + len(kinds))


def _exact(line: bytes, place: str, source: Input, strict: StrictJson) -> Iterator[Row | Problem]:
    """One line through the exact decoder: its row, or its problem and what can be salvaged."""
    try:
        yield Row(place, strict_record(line, strict))
    except JsonFault as fault:
        values = {
            key: shown(value) if key in ("key", "value") else value for key, value in fault.values.items()
        }
        yield problem(fault.code, place, **values)
        text = line.decode("utf-8", "replace")
        # What follows the end of a record may be another one, which need not share what the first one says.
        rest = fault.position if fault.code == "json_extra" else None
        parts = [text] if rest is None else [text[:rest], *_RECORD.split(text[rest:])[1:]]
        wanted = source.standing_for(SALVAGED)
        yield Row(place, _common([salvage(part, source.column, wanted) for part in parts]), True)


def _common(found: list[dict[str, object]]) -> dict[str, object]:
    """What several records say alike."""
    first, *others = found
    return {name: value for name, value in first.items() if all(o.get(name) == value for o in others)}


def strict_record(line: bytes, strict: StrictJson) -> dict[str, object]:
    """The record of a line. Raises ``JsonFault``."""
    if b"\0" in line:
        raise JsonFault("nul_byte")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonFault("not_utf8", byte=f"0x{line[error.start]:02x}", offset=error.start + 1) from None
    value, end, fault = strict.value(text, skip_space(text, 0))
    rest = skip_space(text, end)
    if rest != len(text):
        raise JsonFault("json_extra", rest, column=rest + 1)
    if fault is not None:
        raise fault
    if not isinstance(value, dict):
        raise JsonFault("json_not_object", kind=kind_of(value))
    return value
