"""The session of Spark that a run uses: that of whoever submitted it, else one on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..messages import text

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Where nobody names another master: all cores of this machine; what fails is tried again, as on a cluster.
_HERE, _HERE_ONCE = "local[*,4]", "local[*]"
_NEEDED = ("pyspark", "pandas", "pyarrow")
# What a run needs unless somebody has said otherwise. A row may be a page of findings, so that few travel at
# once.
_DEFAULTS = {
    "spark.app.name": "transparency-check",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "10000",
}


def refuse_missing() -> None:
    """Raise ``UsageError`` where a library or Java is missing, naming how to install it."""
    for module in _NEEDED:
        if find_spec(module) is None:
            raise UsageError(text("error.spark.missing", module=module))
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise UsageError(text("error.spark.java"))


def session() -> SparkSession:
    """The session. Raises ``UsageError`` where it cannot be had."""
    refuse_missing()
    # The Python of the workers, where nobody names another one: this one, which has what it takes.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        builder = SparkSession.builder
        if _master() in (None, _HERE_ONCE):
            builder = builder.master(_HERE)
        known = {key for key, _ in _configured()}
        for key, value in _DEFAULTS.items():
            if key not in known:
                builder = builder.config(key, value)
        found = builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        raise UsageError(text("error.spark.start", message=str(error).splitlines()[0])) from error
    found.sparkContext.setLogLevel("ERROR")
    return found


def _configured() -> list[tuple[str, str]]:
    """What an active session was started with."""
    from pyspark import SparkContext

    active = SparkContext._active_spark_context
    return [] if active is None else list(active.getConf().getAll())


def _master() -> str | None:
    """Where the work is to be done: as an active session, the command or the settings of Spark say."""
    from pyspark import SparkConf, SparkContext

    active = SparkContext._active_spark_context
    if active is not None:
        return str(active.master)
    # Only Java knows what PYSPARK_SUBMIT_ARGS and the files of settings say.
    SparkContext._ensure_initialized()
    found = SparkConf().get("spark.master")
    return None if found is None else str(found)
