"""What needs Spark is not collected where there is none: it has a command of its own (``make cluster``)."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [] if find_spec("pyspark") else ["test_spark.py", "losing.py"]
