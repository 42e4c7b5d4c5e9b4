"""What passes between the driver and its workers: rows that were read, facts of parts, judgements of parts.
"""

from __future__ import annotations

import datetime as dt
import pickle
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import orjson

from ..engine.sample import First
from ..model import Finding, Outcome, Problem, Weight
from ..packs.model import Rulebook
from ..times import Moment

# Findings that travel together.
PAGE = 2_000


class ReadRow(NamedTuple):
    """A record (see ``events.py``) with what says where it belongs. A row without a municipality could not be
    read.
    """

    municipality: str | None
    id: str | None
    case: str | None
    type: str | None
    related: tuple[str, ...]
    readable: bool
    record: bytes


def read_row(record: bytes) -> ReadRow:
    """The row of a record."""
    read: dict[str, Any] = orjson.loads(record)
    get = read.get
    about = get("municipality"), get("id"), get("case"), get("type")
    return ReadRow(*about, tuple(get("related") or ()), read["readable"], record)


@dataclass(frozen=True, slots=True)
class SliceTold:
    """What the reading of a slice told: problems, those among them that a file tells once (by header), and
    numbers of events and of rows.
    """

    name: str
    before: int
    problems: tuple[Problem, ...]
    once: Mapping[str, Problem]
    events: int
    rows: int


class Belongs(NamedTuple):
    """What a record is about, as far as it decides which part of a log it belongs to."""

    municipality: str
    case: str | None
    type: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What is to be known of all rows before they are parted.

    ``numbers`` counts records by municipality; ``entangled`` are ids whose records do not all belong alike;
    ``unplaced`` are the rows that name no municipality.
    """

    numbers: Mapping[str, int]
    entangled: Mapping[str, frozenset[Belongs]]
    unplaced: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the events of a part say about the whole: where they stand (municipality, file, case), of the
    files and cases that were asked for; and the first day of each municipality.
    """

    standing: frozenset[tuple[str, str, str | None]]
    first_days: Mapping[str, dt.date]


@dataclass(frozen=True, slots=True)
class Job:
    """By what all parts are judged. ``most`` as in ``Inquiry``: with it, no findings but the first of each
    kind.
    """

    rulebook: Rulebook
    as_of: Moment
    known_at: Moment
    until: Moment
    most: Mapping[Outcome, int] | None = None
    memory: int | None = None
    # Records that are to be others.
    instead: Mapping[bytes, bytes] = field(default_factory=dict)


@dataclass
class Judged:
    """What was found of a part, its findings aside, which go in pages. As in ``engine.Judgement``."""

    events: int = 0
    assumed: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    weights: Counter[tuple[str, Weight]] = field(default_factory=Counter)
    obligations: Counter[str] = field(default_factory=Counter)
    versions: set[tuple[str, int]] = field(default_factory=set)
    municipalities: set[str] = field(default_factory=set)
    files: dict[str, set[str]] = field(default_factory=dict)
    late: list[Finding] = field(default_factory=list)
    first: First = field(default_factory=lambda: ([], {}))


class Found(NamedTuple):
    """What a part comes to, with ``number`` 0, or the page of that number, packed."""

    part: int
    number: int
    found: Judged | bytes


def packed(value: object) -> bytes:
    """A value as it travels between processes of one run."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(data: bytes) -> Any:
    """The value again. Only ever of bytes that a process of the same run has packed."""
    return pickle.loads(zlib.decompress(data))


def pages(findings: Iterable[Finding]) -> Iterator[bytes]:
    """Findings in packed pages, in order."""
    rest = iter(findings)
    while page := list(islice(rest, PAGE)):
        yield packed(page)
