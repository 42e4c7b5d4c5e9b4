"""Lines of CSV as candidates.

A line is a row of its own where the quotes of all lines before it are closed on their lines. As far as that
is so, lines without quotes are proved, and those with quotes are read one by one; from the first line of
which it cannot be seen, the exact reader takes all.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..readers.csv_ import Layout, layout, rows_from, rows_of
from ..readers.encoding import encoding_of
from ..readers.headers import SEARCHED
from ..readers.parquet_file import Column
from .columns import Query, query_of
from .prover import Prover, Shape, Shaped

if TYPE_CHECKING:
    import duckdb

    from ..model import Problem
    from ..readers.base import Input, Row

# Bytes that are proved at a time: first so many that it shows whether it is worth it, then twice as many each
# time.
_TRIAL = 1 << 20
_BLOCK = 8 << 20
# Longer lines may hold a cell that is too long.
_LONGEST = 100_000


class Tables:
    """Proves the lines of a file in blocks."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self._types = types

    def read(self, source: Input, prover: Prover) -> Iterator[Row | Problem]:
        """See ``prover.Shaper``."""
        data = source.read()
        laid = _laid_out(data, prover.many, source)
        query = _query(laid, self._types, source) if laid is not None else None
        if laid is None or query is None:
            yield from rows_of(data, source)
            return
        blocks = _Blocks(data, laid)
        shape = partial(_shaping, query, laid)
        for block, unproved in prover.in_turn(source.name, blocks, shape):
            if len(unproved) == len(block.lines):
                own = (line + "\n" for line in block.lines)
                yield from rows_from(own, block.before, laid, source)
                continue
            for i in unproved:
                yield from rows_from(iter([block.lines[i] + "\n"]), block.before + i, laid, source)
        rest = io.TextIOWrapper(io.BytesIO(data[blocks.start :]), "utf-8", newline="")
        yield from rows_from(rest, blocks.before, laid, source)


class _Block(NamedTuple):
    """Lines that are rows, without their ends, which follow ``before`` other lines."""

    before: int
    lines: list[str]

    @property
    def size(self) -> int:
        return len(self.lines)


class _Blocks:
    """The lines of a text in blocks, as far as each is a row. After the last, the exact reader goes on at
    ``start``, behind ``before`` lines.
    """

    def __init__(self, data: bytes, laid: Layout) -> None:
        self.before = laid.line
        self.start = _after(data, laid.line)
        self._data = data
        self._laid = laid

    def __iter__(self) -> Iterator[_Block]:
        size = _TRIAL
        # The last line may have no end: it is left to the exact reader.
        while end := self._data.rfind(b"\n", self.start, self.start + size) + 1:
            lines = self._data[self.start : end].decode("utf-8").split("\n")[:-1]
            closed = _closed(lines, self._laid)
            if closed:
                yield _Block(self.before, lines[:closed])
            self.before, size = self.before + closed, min(2 * size, _BLOCK)
            if closed < len(lines):
                self.start += sum(len(line.encode()) + 1 for line in lines[:closed])
                return
            self.start = end


def _laid_out(data: bytes, many: int, source: Input) -> Layout | None:
    """The layout of a text; None where it is not worth it, or not plain."""
    if data.count(b"\n") < many or b"\0" in data or data.count(b"\r") != data.count(b"\r\n"):
        return None
    encoding = encoding_of(data)
    if encoding.codec not in ("utf-8", "utf-8-sig") or encoding.damaged:
        return None
    return layout(data[: _after(data, 3 * SEARCHED)].decode("utf-8-sig"), source)


def _after(data: bytes, lines: int) -> int:
    """Where so many lines end, or the data."""
    end = 0
    for _ in range(lines):
        end = data.find(b"\n", end) + 1
        if not end:
            return len(data)
    return end


def _query(laid: Layout, types: Mapping[str, str], source: Input) -> Query | None:
    columns = [Column(header, f"c{n}", "VARCHAR") for n, header in enumerate(laid.headers)]
    return query_of(columns, types, source)


def _closed(lines: Sequence[str], laid: Layout) -> int:
    """The number of lines before the first of which the quotes are not all closed as they should be."""
    mark = re.escape(laid.delimiter)
    cell = rf'(?:[^"{mark}\r]*|"(?:[^"]|"")*")'
    plain = re.compile(rf"{cell}(?:{mark}{cell})*\r?")
    return next((n for n, line in enumerate(lines) if '"' in line and not plain.fullmatch(line)), len(lines))


def _shaping(query: Query, laid: Layout, block: _Block) -> Shape:
    return partial(_shape, query, laid, block.lines)


def _shape(
    query: Query, laid: Layout, block: list[str], con: duckdb.DuckDBPyConnection, table: str
) -> Shaped:
    cells = ", ".join(f"nullif(c[{n + 1}], '') AS c{n}" for n in range(len(laid.headers)))
    # What a spreadsheet shows for a formula that failed is no text.
    told = " AND ".join(
        f"(c{n} IS NULL OR NOT (c{n}[1] = '#' OR c{n}[1:4] = 'Err:'))" for n in range(len(laid.headers))
    )
    # Step by step, as the database would otherwise split a line once for each use of a cell.
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE split AS
        SELECT i, string_split(line, $delimiter) AS c FROM (
            SELECT row_number() OVER () - 1 AS i, rtrim(line, chr(13)) AS line
            FROM (SELECT unnest(string_split($lines, chr(10))) AS line)
        ) WHERE NOT contains(line, '"') AND length(line) <= {_LONGEST}""",
        {"lines": "\n".join(block), "delimiter": laid.delimiter},
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE cell AS
        SELECT i, {cells} FROM split WHERE len(c) = {len(laid.headers)}"""
    )
    con.execute(
        f"""CREATE OR REPLACE TABLE {table} AS
        SELECT *, {query.keys} AS keys FROM (SELECT i{query.values} FROM cell WHERE {told}{query.fits})"""
    )
    return Shaped(frozenset(query.names), query.meant)
