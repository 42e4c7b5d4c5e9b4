"""Where a database is that is read or recorded in: a file, or PostgreSQL by its URL."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..errors import UsageError
from ..messages import text
from .inputs import display_name
from .names import nearest

SERVER = ("postgresql", "postgres", "postgresql+psycopg")
_FILE = "sqlite"


@dataclass(frozen=True, slots=True)
class Location:
    """``shown`` names it in places and messages, never with a password. It has a ``path``, or a ``url``."""

    shown: str
    path: Path | None = None
    url: str | None = None


def is_url(given: str) -> bool:
    """Whether a text names a database by a URL."""
    scheme, mark, _ = given.partition("://")
    return bool(mark) and scheme.casefold() in (*SERVER, _FILE)


def located(given: str) -> Location:
    """The place that a text names. Raises ``UsageError`` for the URL of another kind of database."""
    scheme, mark, rest = given.partition("://")
    kind = scheme.casefold()
    if not mark:
        return Location(display_name(Path(given)), path=Path(given))
    if kind == _FILE:
        path = Path(unquote(rest.removeprefix("/")))
        return Location(display_name(path), path=path)
    if kind not in SERVER:
        near = nearest(kind, ("postgresql", _FILE))
        message = text("register.error.scheme", name=scheme)
        raise UsageError(text("nearest", message=message, name=near) if near else message)
    return Location(_without_secrets(given), url=given)


def _without_secrets(url: str) -> str:
    """The URL without user, password and options, which may hold one."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        # What is wrong with it is told when it is used.
        return f"{SERVER[0]}://"
    shown = f"{SERVER[0]}://{host}{port}{parts.path}"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
