"""The file of people: entries added and taken out, and read again by a server while it runs."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path

from ..configuration import places, toml
from ..configuration.read import bytes_of
from ..errors import TransparencyCheckError, UsageError
from ..messages import text
from ..terminal import tell
from .audit import Audit
from .people import People, Person, Role, digest, people_in, people_of
from .watched import mark_of

# What a file says of whom nobody may come in any more.
_NOBODY = "people = []\n"


def entry_for(name: str, role: Role, token: str, until: dt.date | None = None) -> str:
    """The lines that a file of tokens holds of somebody."""
    lines = [
        "[[people]]",
        f"name = {json.dumps(name, ensure_ascii=False)}",
        f'role = "{role}"',
        f'sha256 = "{digest(token)}"',
        *([f"until = {until.isoformat()}"] if until is not None else []),
    ]
    return "\n".join(lines) + "\n"


def with_entry(path: Path, name: str, entry: str) -> str:
    """The text of the file with one entry more. Raises ``UsageError`` where the name is there, and as
    ``people_in``.
    """
    if not path.exists():
        return entry
    known = people_in(path)
    if any(person.name == name for person in known):
        raise UsageError(text("serve.error.name_twice", name=name))
    before = _text(path) if known else ""
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    return f"{before}{gap}{entry}"


def without_entry(path: Path, name: str) -> str:
    """The text of the file without the entry of a name; everything else stays as it is. Raises
    ``UsageError`` where there is no such entry, or where it cannot be taken out by lines, and as
    ``people_in``.
    """
    known = people_in(path)
    shown = path.as_posix()
    at = next((n for n, person in enumerate(known) if person.name == name), None)
    if at is None:
        from ..packs.problems import nearest

        near = nearest(name, [person.name for person in known])
        message = text("serve.error.nobody_so", name=name, path=shown)
        raise UsageError(text("nearest", message=message, name=near) if near else message)
    content = _text(path)
    lines = content.splitlines(keepends=True)
    found = toml.parsed(content.encode()).lines
    first = places.line_of(found, ("people", at)) - 1
    last = places.line_of(found, ("people", at + 1)) - 1 if at + 1 < len(known) else len(lines)
    # Remarks above the next entry are about that one.
    while last > first + 1 and last < len(lines) and lines[last - 1].lstrip().startswith("#"):
        last -= 1
    kept = lines[:first] + lines[last:]
    rest = (*known[:at], *known[at + 1 :])
    after = "".join(kept) if rest else "".join([*kept, _NOBODY])
    try:
        same = people_of(after.encode(), shown) == rest
    except TransparencyCheckError:
        same = False
    if not same:
        raise UsageError(text("serve.error.revoke", name=name, path=shown, line=first + 1))
    return after


def _text(path: Path) -> str:
    return bytes_of(path, path.as_posix(), "people").decode("utf-8-sig")


class PeopleFile:
    """Who may come in, as the file says now. One that cannot be read changes nothing, and is told once."""

    def __init__(self, path: Path, people: People, audit: Audit) -> None:
        self._path, self._people, self._audit = path, people, audit
        self._mark: tuple[int, ...] | None = None
        self._lock = threading.Lock()

    def look(self) -> None:
        """Read it again, if it is another one than before."""
        mark = mark_of(self._path)
        if mark == self._mark:
            return
        with self._lock:
            if mark == self._mark:
                return
            # Before it is read: what changes meanwhile is read by the next one who asks.
            self._mark = mark
            self._read()

    def _read(self) -> None:
        before = self._people.everyone
        try:
            found = people_in(self._path)
        except TransparencyCheckError as error:
            # Only the places: a message may repeat what somebody has typed, and that may be a token.
            where = [line.partition(": ")[0] for line in str(error).splitlines()]
            self._audit.note("people: unreadable", "", "", where=where)
            said = text("serve.people.not_read", path=self._path.as_posix(), why=str(error))
            tell(said, aside=True)
            return
        if set(found) == set(before):
            return
        self._people.replace(found)
        removed, added = _names(before, found), _names(found, before)
        self._audit.note("people: changed", "", "", removed=removed, added=added)


def _names(some: tuple[Person, ...], others: tuple[Person, ...]) -> list[str]:
    """Who is among some but not, or not as they are, among others."""
    return [person.name for person in some if person not in others]
