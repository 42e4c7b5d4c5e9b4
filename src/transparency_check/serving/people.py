"""Who may do what: tokens, roles, sessions."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from ..configuration import places, toml
from ..configuration.model import Said
from ..configuration.read import bytes_of
from ..errors import ConfigurationError, UsageError
from ..messages import text
from ..packs.model import Record
from ..packs.shape_errors import shape_problems

Role = Literal["reader", "recorder", "admin"]
ROLES: tuple[Role, ...] = ("reader", "recorder", "admin")
# A token that can be guessed within the life of an office is none.
LEAST_TOKEN = 20
SESSION_HOURS = 12
_MOST_SESSIONS = 10_000


@dataclass(frozen=True)
class Person:
    """Who asks. ``secret`` is the digest of their token, from which the address of their feed is made; empty
    for who comes through a proxy without one.
    """

    name: str
    role: Role
    secret: str = ""

    def may(self, role: Role) -> bool:
        """Whether their role is this one or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)


def digest(token: str) -> str:
    """What is kept of a token: it is random and long, so that its SHA-256 tells nothing of it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(32)


class _Entry(Record):
    name: Said
    role: Role
    # None: they come only through the proxy that names them.
    sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")


class _File(Record):
    people: list[_Entry] = Field(min_length=1)


def people_in(path: Path) -> tuple[Person, ...]:
    """The people of a file of tokens. Raises ``ConfigurationError`` that tells every defect with its line,
    ``UsageError`` for a file that cannot be read.
    """
    shown = path.as_posix()
    try:
        values, lines = toml.parsed(bytes_of(path, shown, "people"))
    except toml.TomlError as error:
        raise ConfigurationError(f"{shown}:{error.line}: {error.message}") from None

    def place(at: places.Path, key: bool = False) -> str:
        return f"{shown}:{places.line_of(lines, at)}"

    try:
        found = _File.model_validate(values, strict=True)
    except ValidationError as error:
        told = [f"{p.place}: {p.message}" for p in shape_problems(error, _File, values, place)]
        raise ConfigurationError("\n".join(dict.fromkeys(told))) from None
    names = [entry.name for entry in found.people]
    for n, name in enumerate(names):
        if name in names[:n]:
            raise ConfigurationError(f"{place(('people', n))}: {text('serve.error.name_twice', name=name)}")
    return tuple(Person(e.name, e.role, e.sha256 or "") for e in found.people)


def entry_for(name: str, role: Role, token: str) -> str:
    """The lines that a file of tokens holds of somebody."""
    import json

    return (
        f"[[people]]\nname = {json.dumps(name, ensure_ascii=False)}\n"
        f'role = "{role}"\nsha256 = "{digest(token)}"\n'
    )


def start_person(name: str, role: Role, token: str) -> Person:
    """Who has the token that was made or named at the start. Raises ``UsageError`` for one that is too
    short.
    """
    if len(token) < LEAST_TOKEN or not token.isprintable() or any(c.isspace() for c in token):
        raise UsageError(text("serve.error.token", least=LEAST_TOKEN))
    return Person(name, role, digest(token))


class People:
    """All who may ask, by token, by session, or as a proxy names them."""

    def __init__(self, people: Iterable[Person], seconds: Callable[[], float]) -> None:
        """``seconds`` is a clock that only goes forward."""
        self._people = tuple(people)
        self._seconds = seconds
        self._sessions: dict[str, tuple[Person, float]] = {}
        self._lock = threading.Lock()

    def with_token(self, token: str) -> Person | None:
        """Who has this token. Every one is compared, in the same time."""
        given = digest(token)
        found = None
        for person in self._people:
            if person.secret and hmac.compare_digest(person.secret, given):
                found = person
        return found

    def named(self, name: str) -> Person | None:
        """Who has this name, as a trusted proxy says."""
        return next((p for p in self._people if p.name == name), None)

    def begin(self, person: Person) -> str:
        """A new session; what is given back is the only place that holds its key."""
        key = new_token()
        now = self._seconds()
        with self._lock:
            self._sessions = {k: s for k, s in self._sessions.items() if s[1] > now}
            while len(self._sessions) >= _MOST_SESSIONS:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[digest(key)] = (person, now + SESSION_HOURS * 3600)
        return key

    def in_session(self, key: str) -> Person | None:
        """Whose session it is, while it lasts."""
        found = self._sessions.get(digest(key))
        return found[0] if found is not None and found[1] > self._seconds() else None

    def end(self, key: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(digest(key), None)

    def feed_key(self, person: Person) -> str:
        """What the address of somebody's calendar feed ends in: it opens the feed and nothing else."""
        if not person.secret:
            return ""
        return hmac.new(person.secret.encode(), b"transparency-check calendar feed", "sha256").hexdigest()

    def with_feed_key(self, key: str) -> Person | None:
        """Whose feed it is."""
        found = None
        for person in self._people:
            if person.secret and hmac.compare_digest(self.feed_key(person), key):
                found = person
        return found


class Attempts:
    """How many wrong tokens came from where, so that nobody tries many."""

    MOST, SECONDS = 10, 300.0

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._failed: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def wait(self, client: str) -> int:
        """Seconds until this client may try again; 0: now."""
        with self._lock:
            times = self._recent(client)
            return 0 if len(times) < self.MOST else int(times[0] + self.SECONDS - self._seconds()) + 1

    def failed(self, client: str) -> None:
        """A wrong token came from there."""
        with self._lock:
            if len(self._failed) > _MOST_SESSIONS:
                self._failed = {c: t for c in list(self._failed) if (t := self._recent(c))}
            self._failed[client] = [*self._recent(client), self._seconds()]

    def _recent(self, client: str) -> list[float]:
        return [t for t in self._failed.get(client, ()) if t > self._seconds() - self.SECONDS]
