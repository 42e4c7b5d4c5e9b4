"""Who may do what: tokens, roles, sessions."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
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
from ..packs.model import Day, Record
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
    for who comes through a proxy without one. ``until`` is the last day on which they may come in.
    """

    name: str
    role: Role
    secret: str = ""
    until: dt.date | None = None

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
    until: Day | None = None


class _File(Record):
    # Nobody at all is said with an empty list: a file that was cut short does not say it.
    people: list[_Entry]


def people_in(path: Path) -> tuple[Person, ...]:
    """The people of a file of tokens. Raises ``ConfigurationError`` that tells every defect with its line,
    ``UsageError`` for a file that cannot be read.
    """
    shown = path.as_posix()
    return people_of(bytes_of(path, shown, "people"), shown)


def people_of(data: bytes, shown: str) -> tuple[Person, ...]:
    """The people in these bytes; ``shown`` is what messages call the file. Raises ``ConfigurationError``."""
    try:
        values, lines = toml.parsed(data)
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
    return tuple(Person(e.name, e.role, e.sha256 or "", e.until) for e in found.people)


def start_person(name: str, role: Role, token: str) -> Person:
    """Who has the token that was made or named at the start. Raises ``UsageError`` for one that is too
    short.
    """
    if len(token) < LEAST_TOKEN or not token.isprintable() or any(c.isspace() for c in token):
        raise UsageError(text("serve.error.token", least=LEAST_TOKEN))
    return Person(name, role, digest(token))


class People:
    """All who may ask, by token, by session, or as a proxy names them."""

    def __init__(
        self, people: Iterable[Person], seconds: Callable[[], float], today: Callable[[], dt.date]
    ) -> None:
        """``seconds`` is a clock that only goes forward; ``today`` is the day in the zone of the law."""
        self._people = tuple(people)
        self._seconds, self._today = seconds, today
        self._sessions: dict[str, tuple[Person, float]] = {}
        self._lock = threading.Lock()

    @property
    def everyone(self) -> tuple[Person, ...]:
        """All of them, also those whose last day is over."""
        return self._people

    def replace(self, people: Iterable[Person]) -> None:
        """From now on it is these. Sessions of who is not among them, or is there with another role, token
        or last day, are over.
        """
        with self._lock:
            self._people = tuple(people)
            self._sessions = {k: s for k, s in self._sessions.items() if s[0] in self._people}

    def _current(self) -> tuple[Person, ...]:
        if all(person.until is None for person in self._people):
            return self._people
        today = self._today()
        return tuple(p for p in self._people if p.until is None or p.until >= today)

    def with_token(self, token: str) -> Person | None:
        """Who has this token. Every one is compared, in the same time."""
        given = digest(token)
        found = None
        for person in self._current():
            if person.secret and hmac.compare_digest(person.secret, given):
                found = person
        return found

    def named(self, name: str) -> Person | None:
        """Who has this name, as a trusted proxy says."""
        return next((p for p in self._current() if p.name == name), None)

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
        """Whose session it is, while it lasts and they are still among the people, as who they were."""
        found = self._sessions.get(digest(key))
        if found is None or found[1] <= self._seconds():
            return None
        return found[0] if found[0] in self._current() else None

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
        given = key.encode("utf-8", "surrogatepass")
        found = None
        for person in self._current():
            # As bytes: texts that are not ASCII cannot be compared so.
            if person.secret and hmac.compare_digest(self.feed_key(person).encode(), given):
                found = person
        return found


class Attempts:
    """How many wrong tokens came from where, so that nobody tries many."""

    MOST, SECONDS = 10, 300.0
    # Of so many addresses it is known; who has more of them loses the earliest.
    ADDRESSES = 10_000

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._failed: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def wait(self, client: str) -> int:
        """Seconds until this client may try again; 0: now."""
        with self._lock:
            times = self._recent(_whole(client))
            return 0 if len(times) < self.MOST else int(times[0] + self.SECONDS - self._seconds()) + 1

    def failed(self, client: str) -> None:
        """A wrong token came from there."""
        client = _whole(client)
        with self._lock:
            # What is beyond the most is not kept: the wait begins with the first of them.
            times = [*self._recent(client), self._seconds()][-self.MOST :]
            self._failed.pop(client, None)
            while len(self._failed) >= self.ADDRESSES:
                self._failed.pop(next(iter(self._failed)))
            self._failed[client] = times

    def _recent(self, client: str) -> list[float]:
        return [t for t in self._failed.get(client, ()) if t > self._seconds() - self.SECONDS]


def _whole(client: str) -> str:
    """The address; of IPv6 the network of 64 bits, as who has one address of it has all."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if address.version == 4:
        return client
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), 64), strict=False))
