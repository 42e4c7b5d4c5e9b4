"""The database that a log is proved and judged in: how much memory it may take, and where the rest goes."""

from __future__ import annotations

import re
import tempfile
from functools import cache

import duckdb

# Below that not even an empty log can be judged by one duty.
LEAST = 64_000_000
_UNITS = {
    "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12,
    "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40,
}  # fmt: skip


def bytes_of(size: str) -> int | None:
    """The bytes of ``1.5GB`` or ``800 MiB``; None for another text."""
    match = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?) ?([kmgt]i?b)", size.strip().lower())
    return None if match is None else int(float(match[1]) * _UNITS[match[2]])


def begin(memory: int | None = None, cores: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection to an empty database in memory. Of its tables and of what it is at, it keeps so many bytes
    there, by default most of what the machine has, and the rest in files for nobody else to read, which go
    with the process. ``cores`` is how many of them it may use.
    """
    con = duckdb.connect(":memory:")
    con.execute(
        """SET preserve_insertion_order = true; SET checkpoint_threshold = '1TB';
        SET enable_progress_bar = false; SET temp_directory = $folder""",
        {"folder": _aside().name},
    )
    if cores is not None:
        con.execute(f"SET threads = {cores}")
    if memory is not None:
        con.execute(f"SET memory_limit = '{memory}B'")
    return con


@cache
def _aside() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="transparency-check-", ignore_cleanup_errors=True)


def tidy() -> None:
    """Remove the folder of this process. By itself it goes with it, but not where that is interrupted."""
    if _aside.cache_info().currsize:
        _aside().cleanup()
