"""Workers of a Spark cluster: rows go to and fro as Arrow, and a part of the log is a partition.

Every function that Spark calls rests on its partition and on what was broadcast alone, so that Spark may call
it again where an executor was lost: what it gave before is forgotten, and the same comes again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
from py4j.protocol import Py4JJavaError
from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema

from ..errors import UsageError
from ..messages import text
from . import tasks
from .judging import Beside
from .placing import Routes
from .rows import Belongs, Facts, Found, Job, SliceTold, Survey, packed, read_row, unpacked
from .slices import Slice

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

    from ..packs.model import Rulebook

# Pages, of some hundred thousand bytes each, that are fetched together.
_AT_A_TIME = 16
_ROW, _ROUTED, _FOUND = map(from_arrow_schema, (tasks.ROW, tasks.ROUTED, tasks.FOUND))


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
        read = self._session.createDataFrame(sliced, "slice binary")
        rows = read.mapInArrow(partial(tasks.read, law), _ROW)
        if given := [tasks.row_batch([*map(read_row, some)]) for some in tasks.batched(records)]:
            rows = rows.unionByName(self._session.createDataFrame(pa.Table.from_batches(given), _ROW))
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
        parts = self._parts(rows, routes).mapInArrow(partial(tasks.settle, asked), _FOUND)
        with _lost():
            return [unpacked(row.found) for row in parts.collect()]

    def judge(self, routes: Routes, job: Job, beside: Mapping[int, Beside]) -> Iterator[Found]:
        """See ``Workers``."""
        given = self._session.sparkContext.broadcast(packed((job, routes, dict(beside))))
        parts = self._parts(self._records, routes).mapInArrow(self._judging(given), _FOUND)
        parts = parts.persist(StorageLevel.DISK_ONLY)
        with _lost():
            # All are judged before the first is fetched. What is fetched at a time stands in the memory of
            # the driver's Java, many times over, so that it is some pages, and not all of a part.
            rows = parts.count()
            fetched = parts.repartition(1 + rows // _AT_A_TIME, "part", "number")
            for row in fetched.toLocalIterator():
                found = unpacked(row.found) if row.page is None else bytes(row.page)
                yield Found(row.part, row.number, found)
        parts.unpersist()

    def _judging(self, given: Broadcast[bytes]) -> Callable[[tasks.Batches], tasks.Batches]:
        return partial(tasks.judge, given)

    def _parts(self, rows: DataFrame, routes: Routes) -> DataFrame:
        """Records by part, each a partition; one without a record begins it, so that there is none without
        rows.
        """
        number = routes.number
        keys = self._keys(number)
        given = self._session.sparkContext.broadcast(packed((routes, keys)))
        routed = rows.select(*tasks.ROW.names).mapInArrow(partial(tasks.route, given), _ROUTED)
        first = [(keys[part], part, None) for part in range(number)]
        begun = self._session.createDataFrame(first, _ROUTED)
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
