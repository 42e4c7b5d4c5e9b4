"""JSON lines as candidates.

The form of a line is proved by one regular expression, made from the vocabulary: an object of known keys,
each with a value of the form of its type. It is narrower than JSON (no escapes, no fractions, no null,
nothing nested but lists of texts) and thereby proves the syntax too, about which the database is more lenient
than JSON.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from ..engine.tables import json_structure
from ..readers.encoding import UTF16_MARKS
from ..readers.jsonl import numbered, rows
from .forms import KINDS, SPAN, TEXT, TIME, quoted, stated
from .prover import Prover, Shaped

if TYPE_CHECKING:
    import duckdb

    from ..model import Problem
    from ..readers.base import Input, Row

# Bytes that are proved at a time: first so many that it shows whether it is worth it, then some hundred
# thousand lines.
_TRIAL = 1 << 20
_BLOCK = 8 << 20
_LONGEST_LINE = 1 << 20

_LIST = rf'\["{TEXT}"(?:, ?"{TEXT}")*\]'
_FORMS = {
    "text": f'"{TEXT}"', "choice": f'"{TEXT}"', "flag": "(?:true|false)", "integer": "(?:0|[1-9][0-9]{0,14})",
    "date-time": f'"{TIME}"', "interval": f'"{SPAN}"', "list of choice": _LIST, "list of text": _LIST,
}  # fmt: skip


class Lines:
    """Proves the lines of an input in blocks."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self._grammar = _grammar(types)
        self._kinds = {key: KINDS[type_] for key, type_ in types.items()}

    def read(self, source: Input, prover: Prover) -> Iterator[Row | Problem]:
        """See ``prover.Shaper``."""
        stream = source.open()
        before, rest = 0, b""
        while True:
            size = _BLOCK if before else _TRIAL
            read = stream.read(size)
            block = rest + read
            ended = len(read) < size
            end = len(block) if ended else block.rfind(b"\n") + 1
            count = block.count(b"\n") + (ended and not block.endswith(b"\n"))
            if before == 0 and ((ended and count < prover.many) or block.startswith(UTF16_MARKS)):
                break
            if len(block) - end > _LONGEST_LINE:
                break
            # What is not UTF-8 becomes a character that no clean line has.
            lines = block[:end].decode("utf-8", "replace").removesuffix("\n")
            unproved = prover.keep(
                source.name, before, lines.count("\n") + 1 if end else 0, partial(self._shape, lines)
            )
            if unproved:
                own = io.BytesIO(block).readlines()
                yield from rows(source, [(before + i + 1, own[i]) for i in unproved])
            before, rest = before + count, block[end:]
            if ended:
                return
            if len(unproved) * 2 > count:
                # A log in the words of its office: to try the rest would only cost time.
                block = rest
                break
        whole = io.BufferedReader(_Chained(block, stream), _TRIAL)
        yield from rows(source, numbered(whole.readline, before))

    def _shape(self, lines: str, con: duckdb.DuckDBPyConnection) -> Shaped:
        con.execute(
            """CREATE OR REPLACE TEMP TABLE shaped AS
            SELECT i, line, array_to_string(json_keys(line), chr(10)) AS keys FROM (
                SELECT row_number() OVER () - 1 AS i, line
                FROM (SELECT unnest(string_split($lines, chr(10))) AS line)
            ) WHERE regexp_full_match(line, $grammar)""",
            {"lines": lines, "grammar": self._grammar},
        )
        found = con.execute("SELECT DISTINCT keys FROM shaped").fetchall()
        keys = sorted({key for (joined,) in found for key in joined.split("\n")})
        values = "".join(f", s.{quoted(key)} AS {stated(key)}" for key in keys)
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE candidate AS
            SELECT i, keys{values} FROM (SELECT i, keys, from_json(line, $structure) AS s FROM shaped)""",
            {"structure": json_structure({key: self._kinds[key] for key in keys})},
        )
        return Shaped(frozenset(keys), lambda joined: str(joined).split("\n"))


def _grammar(types: Mapping[str, str]) -> str:
    """The regular expression of a line that may be clean.

    Words of the vocabulary are texts in it: with all of them it would be too large for the automaton of the
    database, which would then take ten times as long.
    """
    by_form: dict[str, list[str]] = {}
    for key, type_ in types.items():
        by_form.setdefault(_FORMS[type_], []).append(key)
    members = "|".join(f'"(?:{"|".join(map(re.escape, names))})": ?{form}' for form, names in by_form.items())
    return rf"\{{(?:{members})(?:, ?(?:{members}))*\}}\r?"


class _Chained(io.RawIOBase):
    """A block that has been read, and what its stream still has, as one stream."""

    def __init__(self, block: bytes, stream: BinaryIO) -> None:
        self._block = io.BytesIO(block)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._block.read(len(view)) or self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)
