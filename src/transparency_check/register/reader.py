"""Registers as logs, through the hook that readers of plugins use."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from ..errors import UsageError
from ..messages.problems import problem
from ..model import Problem
from ..readers.base import Input, Row
from ..readers.jsonl import numbered, rows
from ..readers.location import Location, is_url, located


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
        """See ``readers.base.Reader``. A register that comes as a stream, or packed, is read from a copy."""
        from .input import RegisterInput

        if isinstance(source, RegisterInput):
            return rows(source, numbered(source.open().readline))
        return _from_copy(source)


def _from_copy(source: Input) -> Iterator[Row | Problem]:
    """The rows of a register that has no place where it could be opened. Nothing of it counts where its chain
    does not hold, which is known before the first row.
    """
    from .input import RegisterInput

    with TemporaryDirectory(prefix="transparency-check-", ignore_cleanup_errors=True) as folder:
        location = Location(source.name, path=Path(folder) / "register.db")
        assert location.path is not None
        with location.path.open("wb") as copy:
            shutil.copyfileobj(source.open(), copy)
        try:
            first = RegisterInput(location, column=source.column, spellings=source.spellings)
            first.close()
            fault = first.fault
            wrong = None if fault is None else problem(fault.code, source.name, **fault.values)
        except UsageError as error:
            wrong = problem("no_register", source.name, name=source.name, reason=str(error).rstrip("."))
        if wrong is not None:
            yield wrong
            yield Row(source.name, {}, True)
            return
        again = RegisterInput(location, column=source.column, spellings=source.spellings)
        yield from rows(again, numbered(again.open().readline))
        for told, row in again.unread():
            yield told
            yield row
        again.close()
