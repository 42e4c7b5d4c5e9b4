"""Finding and reading ``waivers.toml``.

An entry that cannot be read waives nothing and is a problem of the run; the others hold.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, ValidationError, model_validator

from ..configuration import places, toml
from ..configuration.model import Said
from ..configuration.read import bytes_of, found_file
from ..errors import UsageError
from ..messages import phrase, text
from ..messages.problems import problem
from ..model import Problem
from ..packs.model import Day, Record
from ..packs.problems import set_of
from ..packs.shape_errors import shape_problems
from . import FILE


class Waiver(Record):
    """One decision: which violations of a rule in a municipality are accepted, why, by whom, until when.

    Those of a ``case``; or of a ``period``, a civil one as findings have it (``2026-Q1``) or from one day to
    another (``2026-01-01/2026-03-31``), which takes in what was due then; or one ``finding``, by its id.
    ``until`` is the last day on which the decision holds.
    """

    rule: Said
    municipality: Said
    case: Said | None = None
    period: Said | None = None
    finding: Said | None = None
    reason: Said
    approved_by: Said
    legal_basis: Said
    until: Day

    @model_validator(mode="after")
    def _subject(self) -> Waiver:
        if sum(value is not None for value in (self.case, self.period, self.finding)) != 1:
            raise ValueError(
                phrase(
                    "a waiver names exactly one of `case`, `period`, `finding`: what it is about must be "
                    "clear"
                )
            )
        return self

    @property
    def subject(self) -> str:
        """The case, period or finding that it names."""
        return self.case or self.period or self.finding or ""


class Entry(NamedTuple):
    """A waiver with its place, ``file:line``."""

    place: str
    waiver: Waiver


class WaiverFile(NamedTuple):
    """The entries of a file that can be read, and what is wrong with the others."""

    name: str
    sha256: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


class _Whole(Record):
    waivers: list[Any] = Field(default_factory=list)


def waiver_file(given: str | None, none: bool) -> WaiverFile | None:
    """The waivers that a command uses: of the file given, none at all, or of the nearest ``waivers.toml``.

    Raises ``UsageError`` for a file that cannot be read.
    """
    if none and given is not None:
        raise UsageError(text("error.waivers.both"))
    if none:
        return None
    if given is not None:
        return read_file(Path(given), given)
    path = found_file(name=FILE)
    return None if path is None else read_file(path, os.path.relpath(path))


def to_write(given: str | None) -> Path:
    """The file that a decision is added to: the one given, the nearest ``waivers.toml``, or a new one."""
    nearest = found_file(name=FILE)
    return Path(given or (os.path.relpath(nearest) if nearest is not None else FILE))


def read_file(path: Path, name: str) -> WaiverFile:
    """Read one file; ``name`` is what messages and reports call it. Raises ``UsageError``."""
    shown = Path(name).as_posix()
    return parsed(bytes_of(path, shown, "waivers"), shown)


def parsed(data: bytes, name: str) -> WaiverFile:
    """The waivers in these bytes."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        values, lines = toml.parsed(data)
    except toml.TomlError as error:
        told = problem("waivers_unreadable", f"{name}:{error.line}", why=error.message)
        return WaiverFile(name, digest, (), (told,))

    def place(path: places.Path, key: bool = False) -> str:
        return f"{name}:{places.line_of(lines, path)}"

    problems: list[Problem] = []
    entries: list[Entry] = []
    listed = values.get("waivers", [])
    whole = {**values, "waivers": []} if isinstance(listed, list) else values
    try:
        _Whole.model_validate(whole, strict=True)
    except ValidationError as error:
        problems += [
            problem("waivers_unreadable", p.place, why=p.message)
            for p in set_of(shape_problems(error, _Whole, whole, place))
        ]
    for n, entry in enumerate(listed if isinstance(listed, list) else ()):
        at: places.Path = ("waivers", n)
        try:
            entries.append(Entry(place(at), Waiver.model_validate(entry, strict=True)))
        except ValidationError as error:
            inside = partial(_inside, place, at)
            problems += [
                problem("waiver_malformed", p.place, why=p.message)
                for p in set_of(shape_problems(error, Waiver, entry, inside))
            ]
    return WaiverFile(name, digest, tuple(entries), tuple(problems))


def _inside(
    place: Callable[[places.Path, bool], str], at: places.Path, path: tuple[str | int, ...], key: bool
) -> str:
    """The place of what stands inside of an entry."""
    return place((*at, *path), key)
