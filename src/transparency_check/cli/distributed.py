"""``--engine spark``: what it cannot do is refused before anything is read, and what it needs is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..messages import text

if TYPE_CHECKING:
    from ..cluster.judging import Cluster
    from ..hookspecs import Reporter

_SPARK = "spark"


def refuse(engine: str, partitions: int | None, judged: Mapping[str, Any]) -> None:
    """Raise ``UsageError`` for options that mean nothing to this engine, and where a library is missing."""
    if engine != _SPARK:
        if partitions is not None:
            raise UsageError(text("error.engine.partitions"))
        return
    if judged.get("rule_timeout") is not None:
        raise UsageError(text("error.engine.rule_timeout"))
    from ..cluster.session import refuse_missing

    refuse_missing()


def formats(engine: str) -> list[Reporter]:
    """The formats that only this engine writes, with libraries that only it needs."""
    if engine != _SPARK:
        return []
    from ..cluster.table import ParquetReporter

    return [ParquetReporter()]


def cluster(engine: str, partitions: int | None) -> Cluster | None:
    """The cluster that reads and judges; None for this process. Raises ``UsageError``."""
    if engine != _SPARK:
        return None
    from ..cluster.judging import Cluster, Sizes
    from ..cluster.session import session

    started = session()
    from ..cluster.spark import Spark

    return Cluster(Spark(started), Sizes(parts=partitions))
