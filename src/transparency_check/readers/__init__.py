"""One file per input format. Each gives rows of raw cells with their place, and problems; ``events.py``
makes records of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hookspecs import hookimpl

if TYPE_CHECKING:
    from .base import Reader


@hookimpl
def transparency_check_readers() -> list[Reader]:
    """The built-in readers, through the hook that plugins use."""
    from .csv_ import CommaSeparated
    from .json_ import JsonDocument
    from .jsonl import JsonLines
    from .parquet import Parquet
    from .sheet import Spreadsheet

    return [JsonLines(), JsonDocument(), CommaSeparated(), Spreadsheet(), Parquet()]
