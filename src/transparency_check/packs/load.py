"""A pack's folder as records: every file is read, every defect of every file is told at once.

``load_pack`` is the whole way: files, shapes, then names and values against the vocabulary and the base
packs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from transparency_check.messages import phrase
from transparency_check.model import Problem
from transparency_check.packs.model import (
    CalendarRow,
    Duty,
    Instrument,
    Municipality,
    Pack,
    PackInfo,
    Vocabulary,
)
from transparency_check.packs.problems import PackError, defect
from transparency_check.packs.shape_errors import shape_problems
from transparency_check.packs.sources import Sources
from transparency_check.packs.tables import read_calendar, read_municipalities
from transparency_check.packs.yaml_source import YamlSource, read_yaml

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True)
class DutyFile:
    """A duty with the file it stands in. ``file`` is relative to the pack's folder."""

    duty: Duty
    file: str
    source: YamlSource


@dataclass
class Draft:
    """What could be read of a pack: parts that could not are None or missing, and told in ``problems``."""

    sources: Sources
    info: PackInfo | None = None
    info_source: YamlSource | None = None
    instruments: list[Instrument] = field(default_factory=list)
    instruments_source: YamlSource | None = None
    vocabulary: Vocabulary | None = None
    vocabulary_source: YamlSource | None = None
    municipalities: list[Municipality] = field(default_factory=list)
    calendar: list[CalendarRow] = field(default_factory=list)
    duties: list[DutyFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # Files that are there but could not be read: names that they may define are not called unknown.
    broken: set[str] = field(default_factory=set)

    def pack(self) -> Pack:
        """The draft as a pack. Raises PackError where anything is wrong."""
        if self.problems or self.info is None:
            raise PackError(self.problems)
        return Pack(
            info=self.info,
            sha256=self.sources.sha256,
            instruments=self.instruments,
            vocabulary=self.vocabulary,
            municipalities=self.municipalities,
            calendar=self.calendar,
            duties=sorted((d.duty for d in self.duties), key=lambda d: d.id),
        )


def read_draft(sources: Sources) -> Draft:
    """Read and shape all files of a pack; nothing is checked against anything else yet. Raises nothing."""
    draft = Draft(sources, problems=list(sources.problems))
    for file, content in sources.files.items():
        try:
            _read_file(draft, file, sources.name(file), content)
        except PackError as error:
            draft.problems += error.problems
            draft.broken.add(file)
    return draft


def load_pack(sources: Sources, bases: Sequence[Pack] = ()) -> Pack:
    """The pack in ``sources``, checked. ``bases`` are the packs it builds on, the first one first.

    Raises PackError with all defects of all files.
    """
    from transparency_check.packs.check import check

    draft = read_draft(sources)
    draft.problems += check(draft, bases)
    return draft.pack()


def read_info(sources: Sources) -> PackInfo:
    """Only ``pack.yaml``: what the pack is and what it builds on. Raises PackError."""
    source = read_yaml(sources.name("pack.yaml"), sources.files["pack.yaml"])
    return _shaped(PackInfo, source)


def _read_file(draft: Draft, file: str, name: str, content: bytes) -> None:
    if file == "municipalities.csv":
        draft.municipalities, problems = read_municipalities(name, content)
    elif file == "calendar.csv":
        draft.calendar, problems = read_calendar(name, content)
    else:
        _read_yaml_file(draft, file, read_yaml(name, content))
        return
    if problems:
        raise PackError(problems)


def _read_yaml_file(draft: Draft, file: str, source: YamlSource) -> None:
    if file == "pack.yaml":
        draft.info, draft.info_source = _shaped(PackInfo, source), source
    elif file == "instruments.yaml":
        if not isinstance(source.data, list):
            raise PackError(
                [
                    defect(
                        "shape",
                        source.place(),
                        phrase("This file is a list: each instrument begins with `- id:`."),
                    )
                ]
            )
        adapter = TypeAdapter(list[Instrument])
        draft.instruments = _valid(
            lambda: adapter.validate_python(source.data, strict=True), list[Instrument], source
        )
        draft.instruments_source = source
    elif file == "events.yaml":
        draft.vocabulary, draft.vocabulary_source = _shaped(Vocabulary, source), source
    else:
        draft.duties.append(DutyFile(_shaped(Duty, source), file, source))


def _shaped(model: type[M], source: YamlSource) -> M:
    if not isinstance(source.data, dict):
        raise PackError(
            [
                defect(
                    "shape",
                    source.place(),
                    phrase("This file is a mapping: each line begins with a key and a colon."),
                )
            ]
        )
    return _valid(lambda: model.model_validate(source.data, strict=True), model, source)


def _valid(make: Callable[[], T], model: Any, source: YamlSource) -> T:
    try:
        return make()
    except ValidationError as error:
        problems = shape_problems(error, model, source.data, lambda path, key: source.place(path, key=key))
        raise PackError(problems) from None
