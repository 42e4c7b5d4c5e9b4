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
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from ..database import json_structure
from ..readers.encoding import UTF16_MARKS
from ..readers.jsonl import numbered, rows
from .forms import KINDS, SPAN, TEXT, TIME, quoted, stated
from .prover import Prover, Shape, Shaped

if TYPE_CHECKING:
    import duckdb

    from ..model import Problem
    from ..readers.base import Input, Row

# Bytes that are proved at a time: first so many that it shows whether it is worth it, then twice as many each
# time, so that blocks of any log are proved side by side, up to some hundred thousand lines.
_TRIAL = 1 << 20
_BLOCK = 16 << 20
_LONGEST_LINE = 1 << 20
# In so many characters it is looked for keys before any line is laid out.
_FIRST = 1 << 16
_A_KEY = re.compile(r'"([^"\\]+)": ?')

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
        # The keys that lines have had so far.
        self._keys = frozenset({"id", "type", "time", "municipality"})

    def read(self, source: Input, prover: Prover) -> Iterator[Row | Problem]:
        """See ``prover.Shaper``."""
        blocks = _Blocks(source.open(), prover.many)
        for block, unproved in prover.in_turn(source.name, blocks, self._shaping):
            if unproved:
                lines = io.BytesIO(block.lines).readlines()
                yield from rows(source, [(block.before + i + 1, lines[i]) for i in unproved])
        if blocks.rest is not None:
            yield from rows(source, numbered(blocks.rest.readline, blocks.before))

    def _shaping(self, block: _Block) -> Shape:
        # What is not UTF-8 becomes a character that no clean line has.
        lines = block.lines.decode("utf-8", "replace").removesuffix("\n")
        if block.before == 0:
            # Mostly these are all: the first lines need not be laid out once more for each new one.
            self._keys |= self._kinds.keys() & set(_A_KEY.findall(lines[:_FIRST]))
        return partial(self._shape, lines)

    def _shape(self, lines: str, con: duckdb.DuckDBPyConnection, table: str) -> Shaped:
        while True:
            # In one step: to lay out lines takes the database longer than to parse them.
            keys = self._keys
            values = "".join(f", s.{quoted(key)} AS {stated(key)}" for key in sorted(keys))
            con.execute(
                f"""CREATE OR REPLACE TABLE {table} AS
                SELECT i, keys{values} FROM (
                    SELECT i, array_to_string(json_keys(line), chr(10)) AS keys,
                        from_json(line, $structure) AS s
                    FROM (
                        SELECT row_number() OVER () - 1 AS i, line
                        FROM (SELECT unnest(string_split($lines, chr(10))) AS line)
                    ) WHERE regexp_full_match(line, $grammar)
                )""",
                {
                    "lines": lines,
                    "grammar": self._grammar,
                    "structure": json_structure({key: self._kinds[key] for key in sorted(keys)}),
                },
            )
            joined = con.execute(f"SELECT DISTINCT keys FROM {table}").fetchall()
            found = frozenset(key for (text,) in joined for key in text.split("\n"))
            if found <= keys:
                return Shaped(found, lambda text: str(text).split("\n"))
            # Of those that no line had yet, nothing was laid out.
            self._keys |= found


class _Block(NamedTuple):
    """Whole lines, which follow ``before`` others."""

    before: int
    lines: bytes
    size: int


class _Blocks:
    """A stream in blocks. After the last, ``rest`` is what is left for the exact reader, behind ``before``
    lines: all of a small log, or what follows a line that is too long.
    """

    def __init__(self, stream: BinaryIO, many: int) -> None:
        self.before = 0
        self.rest: io.BufferedReader | None = None
        self._stream = stream
        self._many = many

    def __iter__(self) -> Iterator[_Block]:
        rest, size, ended = b"", _TRIAL, False
        while not ended:
            read = self._stream.read(size)
            ended = len(read) < size
            data = rest + read
            end = len(data) if ended else data.rfind(b"\n") + 1
            lines, rest = data[:end], data[end:]
            count = lines.count(b"\n") + (not lines.endswith(b"\n") if lines else 0)
            unfit = self.before == 0 and ((ended and count < self._many) or lines.startswith(UTF16_MARKS))
            if unfit or len(rest) > _LONGEST_LINE:
                self.rest = io.BufferedReader(_Chained(data, self._stream), _TRIAL)
                return
            if count:
                yield _Block(self.before, lines, count)
            self.before, size = self.before + count, min(2 * size, _BLOCK)


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
