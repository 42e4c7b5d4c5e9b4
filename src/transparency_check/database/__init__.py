"""The database in memory that a log is proved and judged in."""

from .begun import LEAST, begin, bytes_of
from .rows import BATCH, any_row, append, column, create, fill, json_structure, share

__all__ = [
    "BATCH",
    "LEAST",
    "any_row",
    "append",
    "begin",
    "bytes_of",
    "column",
    "create",
    "fill",
    "json_structure",
    "share",
]
