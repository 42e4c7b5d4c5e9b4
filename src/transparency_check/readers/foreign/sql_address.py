"""What is to be read of which database: ``sql:sqlite:///records.db#meetings``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from ...errors import UsageError
from ...messages import text
from ..inputs import display_name
from ..location import Location, located

PREFIX = "sql:"
_QUERY = re.compile(r"\s*(?:select|with|values|table)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A database with the name of a table or view, or a query; neither where it has one table only. ``shown``
    names it in places and messages, never with a password.
    """

    location: Location
    table: str | None = None
    query: str | None = None

    @property
    def shown(self) -> str:
        """Its name."""
        what = "query" if self.query is not None else self.table
        return self.location.shown if what is None else f"{self.location.shown}!{what}"


def is_address(given: str) -> bool:
    """Whether a text names a table of a database."""
    return given.startswith(PREFIX)


def address(given: str | PurePath) -> Address:
    """What a text names, or the file of a path. Raises ``UsageError``."""
    if not is_address(str(given)):
        return Address(Location(display_name(Path(given)), path=Path(given)))
    url, _, what = str(given).removeprefix(PREFIX).partition("#")
    if "://" not in url:
        # A message may not repeat what could hold a password.
        raise UsageError(text("sql.error.address"))
    location = located(url)
    if _QUERY.match(what):
        return Address(location, query=what.strip().rstrip(";"))
    name = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in what)
    return Address(location, table=name or None)
