"""Parquet: columns by their names, values as their types say. The database reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from ..model import Problem
from .base import Input, Row


class Parquet:
    """``.parquet``: places are ``file:row``, rows counted from 1."""

    name = "parquet"
    suffixes: tuple[str, ...] = (".parquet",)

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        # The database takes long to load, and most logs are text.
        from .parquet_file import opening
        from .parquet_rows import Reading

        opened = yield from opening(source)
        if opened is not None:
            with closing(Reading(opened, source)) as reading:
                for window in opened.windows:
                    yield from reading.rows(window)
