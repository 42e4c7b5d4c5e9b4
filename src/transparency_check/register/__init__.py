"""The register: events that are recorded one by one and never changed, in SQLite or PostgreSQL.

A record is the exact text of an event with who entered it and when, and a hash over itself and the record
before it (``chain.py``). A register is read as a log (``reader.py``), through the hook that plugins use. What
needs SQLAlchemy is imported where it is used: the rest of the program does without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hookspecs import hookimpl

if TYPE_CHECKING:
    from ..readers.base import Reader


@hookimpl
def transparency_check_readers() -> list[Reader]:
    """The reader of registers."""
    from .reader import RegisterReader

    return [RegisterReader()]
