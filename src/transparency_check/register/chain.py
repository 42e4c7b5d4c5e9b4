"""The chain: the hash of a record is over the hash before it and over all that the record says.

Whoever changes, leaves out or moves a record has to make all later hashes anew, and with them the head, which
stands in the reports that were made meanwhile.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from ..errors import UsageError
from ..messages import text

SCHEMA = "transparency-check/register/1"
# What a record is to the one before it with the same id; a settlement is no event.
KINDS = ("recorded", "correction", "retraction", "settlement")
_HEAD = re.compile(r"([0-9]{1,15}):([0-9a-f]{64})")


class Entry(NamedTuple):
    """One record. ``event`` is the exact text of an event, empty for a settlement.

    ``follows`` is the number of the latest record before it with the same ``event_id``; ``settles`` that of a
    row that an import left out; ``origin`` the place of an imported row (``log.csv:7``).
    """

    seq: int
    entered_at: str
    entered_by: str
    kind: str
    event_id: str | None
    follows: int | None
    settles: int | None
    reason: str | None
    origin: str | None
    event: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """How many records there are, and the hash of the last; of an empty register, what its chain begins
    with.
    """

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"

    @classmethod
    def read(cls, given: str) -> Head:
        """Read ``12:9f86d0...``. Raises ``UsageError``."""
        found = _HEAD.fullmatch(given.strip().lower())
        if found is None:
            raise UsageError(text("register.error.head", name=given))
        return cls(int(found[1]), found[2])


def beginning(register_id: str, created: str) -> str:
    """What the chain of a register begins with: no two registers share it."""
    return hashlib.sha256(f"{SCHEMA}\n".encode() + orjson.dumps([register_id, created])).hexdigest()


def hash_of(previous: str, entry: Entry) -> str:
    """The hash of a record: SHA-256 in hex over the hash before it, a line feed, and the fields of ``Entry``
    before ``hash`` as an array of JSON without blanks. Raises ``TypeError`` where a field is of a type that
    none can be (a database that was tampered with holds anything).
    """
    return hashlib.sha256(previous.encode() + b"\n" + orjson.dumps(entry[:-1])).hexdigest()


class Fault(NamedTuple):
    """What is wrong at a record: ``missing`` (up to ``last``), ``changed``, or, against a head that was noted
    before, ``cut`` and ``rewritten``.
    """

    code: str
    seq: int
    last: int


class Walk:
    """Goes along a chain, record by record in the order of their numbers, and notes what does not follow."""

    def __init__(self, head: Head) -> None:
        """``head`` is the end of what has been gone along before, or what the chain begins with."""
        self.head = head
        self.faults: list[Fault] = []

    def step(self, entry: Entry) -> None:
        """Take the next record."""
        expected = self.head.count + 1
        if entry.seq != expected:
            self.faults.append(Fault("missing", expected, entry.seq - 1))
        elif not _follows(self.head.hash, entry):
            self.faults.append(Fault("changed", entry.seq, entry.seq))
        # What stands there, so that a record that was changed is told once and not with all after it.
        self.head = Head(entry.seq, entry.hash)


def _follows(previous: str, entry: Entry) -> bool:
    try:
        return hash_of(previous, entry) == entry.hash
    except (TypeError, AttributeError):
        return False
