"""What Spark has its workers do: batches of Arrow in, batches of Arrow out.

Each function rests on its partition and on what was broadcast alone, so that Spark may call it again where an
executor was lost: what it gave before is forgotten, and the same comes again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ..database import LEAST
from ..errors import UsageError
from ..events import Normaliser
from .judging import Beside
from .part import judge_part
from .reading import normaliser_of, read_slice
from .rows import ReadRow, SliceTold, packed, unpacked
from .settling import facts_of

if TYPE_CHECKING:
    from pyspark import Broadcast

Batches = Iterator[pa.RecordBatch]
# Rows of a batch.
BATCH = 10_000
ROW = pa.schema(
    [
        ("municipality", pa.string()), ("id", pa.string()), ("case", pa.string()), ("type", pa.string()),
        ("related", pa.list_(pa.string())), ("readable", pa.bool_()), ("record", pa.binary()),
        ("told", pa.binary()),
    ]
)  # fmt: skip
ROUTED = pa.schema([("key", pa.int32()), ("part", pa.int32()), ("record", pa.binary())])
FOUND = pa.schema(
    [("part", pa.int32()), ("number", pa.int32()), ("found", pa.binary()), ("page", pa.binary())]
)


def batched(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Items in batches."""
    rest = iter(items)
    while some := list(islice(rest, BATCH)):
        yield some


def row_batch(rows: Sequence[ReadRow], told: bytes | None = None) -> pa.RecordBatch:
    """Rows, and what was told after them."""
    columns: list[list[Any]] = [[row[n] for row in rows] for n in range(len(ReadRow._fields))]
    columns.append([None] * len(rows))
    if told is not None:
        for column, value in zip(columns, (*(None for _ in ReadRow._fields), told), strict=True):
            column.append(value)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, ROW.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=ROW)


@cache
def _normaliser(law: bytes) -> Normaliser:
    """One for all slices that a process reads: it remembers what words mean."""
    return normaliser_of(unpacked(law))


def read(law: Broadcast[bytes], batches: Batches) -> Batches:
    """Slices into rows, and what was told of each; an error of the user's is told like that, too."""
    for batch in batches:
        for part in batch.column("slice").to_pylist():
            rows: list[ReadRow] = []
            try:
                for item in read_slice(unpacked(part), _normaliser(law.value)):
                    if isinstance(item, SliceTold):
                        yield row_batch(rows, packed(item))
                        break
                    rows.append(item)
                    if len(rows) == BATCH:
                        yield row_batch(rows)
                        rows = []
            except UsageError as error:
                yield row_batch([], packed((error.message, error.hint)))


def route(given: Broadcast[bytes], batches: Batches) -> Batches:
    """Rows into records by part, with the key of its partition; those of no municipality go another way."""
    routes, keys = unpacked(given.value)
    for batch in batches:
        parts, kept = [], []
        read = [batch.column(name).to_pylist() for name in ReadRow._fields]
        for row in map(ReadRow._make, zip(*read, strict=True)):
            if row.municipality is not None:
                for part in routes.of_row(row):
                    parts.append(part)
                    kept.append(row.record)
        columns = [[keys[part] for part in parts], parts, kept]
        arrays = [pa.array(column, kind) for column, kind in zip(columns, ROUTED.types, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=ROUTED)


def _part(batches: Batches) -> tuple[int, list[bytes]]:
    """The number of the part that a partition is, and its records."""
    number, records = -1, []
    for batch in batches:
        if len(batch):
            number = batch.column("part")[0].as_py()
            records += [record for record in batch.column("record").to_pylist() if record is not None]
    return number, records


def _found(
    part: int, number: int = 0, found: bytes | None = None, page: bytes | None = None
) -> pa.RecordBatch:
    row = {"part": part, "number": number, "found": found, "page": page}
    return pa.RecordBatch.from_pylist([row], schema=FOUND)


def _share() -> int:
    """Bytes that the database of each worker may keep in memory: half of the machine, the rest is for Python
    and for Spark.
    """
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(LEAST, whole // 2 // (os.cpu_count() or 1))


def settle(asked: Broadcast[bytes], batches: Batches) -> Batches:
    """The facts of a part (see ``settling.facts_of``)."""
    job, files, cases = unpacked(asked.value)
    part, records = _part(batches)
    yield _found(part, found=packed(facts_of(records, job, files, cases)))


def judge(given: Broadcast[bytes], batches: Batches) -> Batches:
    """What a part comes to, then its pages (see ``part.judge_part``)."""
    job, routes, beside = unpacked(given.value)
    job = replace(job, memory=job.memory or _share())
    part, records = _part(batches)
    more: Beside = beside.get(part, Beside())
    records += more.records
    for number, found in enumerate(judge_part(part, records, job, routes, more.elsewhere)):
        told = {"page": found} if isinstance(found, bytes) else {"found": packed(found)}
        yield _found(part, number, **told)
