"""Workers of a Spark cluster: rows go to and fro as Arrow, and a part of the log is a partition.

Every function that Spark calls rests on its partition and on what was broadcast alone, so that Spark may call
it again where an executor was lost: what it gave before is forgotten, and the same comes again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from py4j.protocol import Py4JJavaError
from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema

from ..engine.database import LEAST
from ..errors import UsageError
from ..events import Normaliser
from ..messages import text
from .judging import Beside
from .part import judge_part
from .placing import Routes
from .reading import normaliser_of, read_slice
from .rows import Belongs, Facts, Job, Judged, ReadRow, SliceTold, Survey, packed, read_row, unpacked
from .settling import facts_of
from .slices import Slice

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

    from ..packs.model import Rulebook

Batches = Iterator[pa.RecordBatch]
# Rows of a batch.
_BATCH = 10_000
_ROW = pa.schema(
    [
        ("municipality", pa.string()), ("id", pa.string()), ("case", pa.string()), ("type", pa.string()),
        ("related", pa.list_(pa.string())), ("readable", pa.bool_()), ("record", pa.binary()),
        ("told", pa.binary()),
    ]
)  # fmt: skip
_ROUTED = pa.schema([("key", pa.int32()), ("part", pa.int32()), ("record", pa.binary())])
_FOUND = pa.schema([("part", pa.int32()), ("found", pa.binary()), ("page", pa.binary())])
_ROW_SQL, _ROUTED_SQL, _FOUND_SQL = map(from_arrow_schema, (_ROW, _ROUTED, _FOUND))


@contextmanager
def _lost() -> Iterator[None]:
    """Say what Spark gave up over. Where it is an error of the program, Spark has printed it."""
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        said = [line for line in str(error).splitlines() if line.strip()]
        raise UsageError(text("error.spark.lost", message=said[-1] if said else "")) from error


class Spark:
    """See ``judging.Workers``."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self.at_once: int = session.sparkContext.defaultParallelism
        self._rows: DataFrame | None = None

    def read(self, slices: Sequence[Slice], records: Iterable[bytes], rulebook: Rulebook) -> list[SliceTold]:
        """See ``Workers``."""
        law = self._session.sparkContext.broadcast(packed(rulebook))
        each = [(packed(part),) for part in slices]
        sliced = self._session.sparkContext.parallelize(each, max(1, len(each)))
        rows = self._session.createDataFrame(sliced, "slice binary").mapInArrow(partial(_read, law), _ROW_SQL)
        if given := [_row_batch([*map(read_row, some)]) for some in _batched(records)]:
            rows = rows.unionByName(self._session.createDataFrame(pa.Table.from_batches(given), _ROW_SQL))
        self._rows = rows.persist(StorageLevel.DISK_ONLY)
        with _lost():
            found = rows.where("told IS NOT NULL").select("told").collect()
        told = [unpacked(row.told) for row in found]
        for failed in told:
            if not isinstance(failed, SliceTold):
                raise UsageError(*failed)
        return told

    @property
    def _records(self) -> DataFrame:
        assert self._rows is not None
        return self._rows.where("record IS NOT NULL")

    @_lost()
    def survey(self) -> Survey:
        """See ``Workers``."""
        rows = self._records
        numbers = rows.where("municipality IS NOT NULL").groupBy("municipality").count().collect()
        unplaced = rows.where("municipality IS NULL").select("record").collect()
        return Survey(
            dict(map(tuple, numbers)),
            self._entangled(rows),
            tuple(bytes(row.record) for row in unplaced),
        )

    def _entangled(self, rows: DataFrame) -> dict[str, frozenset[Belongs]]:
        """See ``Survey``. Of most logs that is nothing, and one shuffle of ids shows it."""
        about = f.struct("municipality", "case", "type").alias("belongs")
        belongs = rows.where("id IS NOT NULL").select("id", about)
        both = belongs.groupBy("id").agg(f.min("belongs").alias("one"), f.max("belongs").alias("other"))
        several = both.where(~f.col("one").eqNullSafe(f.col("other"))).select("id").collect()
        found: dict[str, set[Belongs]] = {}
        if several:
            sought = f.broadcast(self._session.createDataFrame(several, "id string"))
            for row in belongs.join(sought, "id").distinct().collect():
                found.setdefault(row.id, set()).add(Belongs(*row.belongs))
        return {id_: frozenset(of_id) for id_, of_id in found.items()}

    def links(self, municipalities: Collection[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
        """See ``Workers``."""
        rows = self._records.where(f.col("municipality").isin(*municipalities) & f.col("case").isNotNull())
        found = rows.where("size(related) > 0").select("municipality", "case", "related").distinct()
        for row in found.toLocalIterator():
            yield row.municipality, (row.case, *row.related)

    def settle(self, routes: Routes, job: Job, files: Collection[str], cases: Collection[str]) -> list[Facts]:
        """See ``Workers``."""
        rows = self._records
        if not files:
            rows = rows.where(f.col("municipality").isin(*routes.split))
        asked = self._session.sparkContext.broadcast(packed((job, frozenset(files), frozenset(cases))))
        parts = self._parts(rows, routes).mapInArrow(partial(_settle, asked), _FOUND_SQL)
        with _lost():
            return [unpacked(row.found) for row in parts.collect()]

    def judge(
        self, routes: Routes, job: Job, beside: Mapping[int, Beside]
    ) -> Iterator[tuple[int, Judged | bytes]]:
        """See ``Workers``."""
        given = self._session.sparkContext.broadcast(packed((job, routes, dict(beside))))
        parts = self._parts(self._records, routes).mapInArrow(self._judging(given), _FOUND_SQL)
        parts = parts.persist(StorageLevel.DISK_ONLY)
        with _lost():
            # All are judged before the first is fetched, which is done one by one.
            parts.count()
            for row in parts.toLocalIterator():
                yield row.part, unpacked(row.found) if row.page is None else bytes(row.page)
        parts.unpersist()

    def _judging(self, given: Broadcast[bytes]) -> Callable[[Batches], Batches]:
        return partial(_judge, given)

    def _parts(self, rows: DataFrame, routes: Routes) -> DataFrame:
        """Records by part, each a partition; one without a record begins it, so that there is none without
        rows.
        """
        number = routes.number
        keys = self._keys(number)
        given = self._session.sparkContext.broadcast(packed((routes, keys)))
        routed = rows.select(*_ROW.names).mapInArrow(partial(_route, given), _ROUTED_SQL)
        first = [(keys[part], part, None) for part in range(number)]
        begun = self._session.createDataFrame(first, _ROUTED_SQL)
        return routed.union(begun).repartition(number, "key")

    def _keys(self, number: int) -> list[int]:
        """For each partition a number that Spark puts there: it goes by hashes, which would put several parts
        into one.
        """
        found: dict[int, int] = {}
        tried = 0
        while len(found) < number:
            more = self._session.range(tried, tried + 20 * number).selectExpr(
                "CAST(id AS INT) AS key", f"pmod(hash(CAST(id AS INT)), {number}) AS place"
            )
            for key, place in more.collect():
                found.setdefault(place, key)
            tried += 20 * number
        return [found[place] for place in range(number)]


def _batched(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, _BATCH)):
        yield some


def _row_batch(rows: Sequence[ReadRow], told: bytes | None = None) -> pa.RecordBatch:
    """Rows, and what was told after them."""
    columns: list[list[Any]] = [[row[n] for row in rows] for n in range(len(ReadRow._fields))]
    columns.append([None] * len(rows))
    if told is not None:
        for column, value in zip(columns, (*(None for _ in ReadRow._fields), told), strict=True):
            column.append(value)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, _ROW.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_ROW)


@cache
def _normaliser(law: bytes) -> Normaliser:
    """One for all slices that a process reads: it remembers what words mean."""
    return normaliser_of(unpacked(law))


def _read(law: Broadcast[bytes], batches: Batches) -> Batches:
    for batch in batches:
        for part in batch.column("slice").to_pylist():
            rows: list[ReadRow] = []
            try:
                for item in read_slice(unpacked(part), _normaliser(law.value)):
                    if isinstance(item, SliceTold):
                        yield _row_batch(rows, packed(item))
                        break
                    rows.append(item)
                    if len(rows) == _BATCH:
                        yield _row_batch(rows)
                        rows = []
            except UsageError as error:
                yield _row_batch([], packed((error.message, error.hint)))


def _route(given: Broadcast[bytes], batches: Batches) -> Batches:
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
        arrays = [pa.array(column, kind) for column, kind in zip(columns, _ROUTED.types, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=_ROUTED)


def _part(batches: Batches) -> tuple[int, list[bytes]]:
    """The number of the part that a partition is, and its records."""
    number, records = -1, []
    for batch in batches:
        if len(batch):
            number = batch.column("part")[0].as_py()
            records += [record for record in batch.column("record").to_pylist() if record is not None]
    return number, records


def _found(part: int, found: bytes | None = None, page: bytes | None = None) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([{"part": part, "found": found, "page": page}], schema=_FOUND)


def _share() -> int:
    """Bytes that the database of each worker may keep in memory: half of the machine, the rest is for Python
    and for Spark.
    """
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(LEAST, whole // 2 // (os.cpu_count() or 1))


def _settle(asked: Broadcast[bytes], batches: Batches) -> Batches:
    job, files, cases = unpacked(asked.value)
    part, records = _part(batches)
    yield _found(part, packed(facts_of(records, job, files, cases)))


def _judge(given: Broadcast[bytes], batches: Batches) -> Batches:
    job, routes, beside = unpacked(given.value)
    job = replace(job, memory=job.memory or _share())
    part, records = _part(batches)
    more: Beside = beside.get(part, Beside())
    records += more.records
    for found in judge_part(part, records, job, routes, more.elsewhere):
        yield _found(part, page=found) if isinstance(found, bytes) else _found(part, packed(found))
