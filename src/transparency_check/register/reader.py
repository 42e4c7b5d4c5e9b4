"""Registers as logs, through the hook that readers of plugins use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from ..errors import UsageError
from ..messages import text
from ..model import Problem
from ..readers.base import Input, Row
from ..readers.jsonl import numbered, rows
from .location import is_url, located


class RegisterReader:
    """``.db``, ``.sqlite``, and databases of PostgreSQL by their URL: places are ``register.db#17``, with the
    number of the record. Registers are read where they are named, not where they lie in a folder of logs:
    they may hold these.
    """

    name = "register"
    suffixes: tuple[str, ...] = (".db", ".sqlite", ".sqlite3")

    def locates(self, given: str) -> bool:
        """Whether a text names a register that is no file of a folder."""
        return is_url(given)

    def input(
        self,
        given: str | PurePath,
        column: Callable[[str], str | None],
        spellings: Callable[[str], Sequence[str]],
    ) -> Input:
        """The register that is named, as an input."""
        from .libraries import sqlalchemy

        sqlalchemy()
        from .input import RegisterInput

        return RegisterInput(located(str(given)), column=column, spellings=spellings)

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``readers.base.Reader``."""
        if source.mark != "#":
            raise UsageError(text("register.error.stream"))
        return rows(source, numbered(source.open().readline))
