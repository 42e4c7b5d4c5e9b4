"""What the checks of ``rules lint`` look at, and the registry that they are put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transparency_check.messages.lint import lint_problem
from transparency_check.model import Problem
from transparency_check.packs.load import Draft, DutyFile
from transparency_check.packs.model import Duty, Instrument, Rulebook, Vocabulary
from transparency_check.packs.yaml_source import Path, YamlSource


@dataclass(frozen=True)
class Whole:
    """A pack without defects, and all that its duties may refer to.

    ``book`` is the pack with those it builds on; ``duties`` are its own duties and those of every pack at
    hand that shares its vocabulary.
    """

    draft: Draft
    book: Rulebook
    duties: Sequence[Duty]
    languages: Sequence[str]

    @property
    def vocabulary(self) -> Vocabulary:
        return self.book.vocabulary

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        return {i.id: i for i in self.book.instruments}


@dataclass(frozen=True)
class One:
    """A duty of the pack, in its file."""

    whole: Whole
    file: DutyFile

    @property
    def duty(self) -> Duty:
        return self.file.duty

    def told(self, text: str, path: Path = (), /, *, at_key: bool = False, **values: Any) -> Problem:
        """The problem called ``text`` at a path of the duty's file, at its value or its key."""
        return told(self.file.source, text, path, at_key=at_key, **values)


def told(
    source: YamlSource, text: str, path: Path = (), /, *, at_key: bool = False, **values: Any
) -> Problem:
    """The problem called ``text`` at a path of a file, at its value or its key."""
    return lint_problem(text, source.place(path, key=at_key), **values)


DutyLint = Callable[[One], Iterator[Problem]]
PackLint = Callable[[Whole], Iterator[Problem]]
# Code to check: what is looked at in every duty, and once in the whole pack.
OF_DUTIES: dict[str, DutyLint] = {}
OF_PACKS: dict[str, PackLint] = {}


def of_duty(code: str) -> Callable[[DutyLint], DutyLint]:
    """Register a check of one duty under the code of what it reports."""

    def register(check: DutyLint) -> DutyLint:
        OF_DUTIES[code] = check
        return check

    return register


def of_pack(code: str) -> Callable[[PackLint], PackLint]:
    """Register a check of a whole pack under the code of what it reports."""

    def register(check: PackLint) -> PackLint:
        OF_PACKS[code] = check
        return check

    return register
