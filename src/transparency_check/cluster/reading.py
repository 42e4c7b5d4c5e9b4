"""A slice of a file into rows, by the reader and the vocabulary that one process reads it by."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from ..errors import UsageError
from ..events import Normaliser
from ..messages import phrase
from ..model import Problem
from ..packs.model import Rulebook
from ..readers.base import Input, cannot_open
from ..readers.jsonl import numbered, rows
from .rows import ReadRow, SliceTold, read_row
from .slices import Slice, state_of


def normaliser_of(rulebook: Rulebook) -> Normaliser:
    """What reads rows by the vocabulary of a rulebook."""
    return Normaliser(rulebook.vocabulary, rulebook.municipalities, ZoneInfo(rulebook.zone))


def read_slice(part: Slice, normaliser: Normaliser) -> Iterator[ReadRow | SliceTold]:
    """The rows of a slice, and at its end what was told.

    Raises ``UsageError`` where the file is not there, or another one than the driver saw.
    """
    lines = io.BytesIO(_bytes(part))
    columns = normaliser.columns
    source = Input(part.name, Path(part.path), column=columns.find, spellings=columns.spellings)
    problems: list[Problem] = []
    normaliser.begin(part.name, dict(part.defaults))
    found = 0
    for item in rows(source, numbered(lines.readline, part.before)):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        found += 1
        record = normaliser.record(item, problems)
        if record is not None:
            yield read_row(record)
    yield SliceTold(part.name, part.before, tuple(problems), dict(normaliser.told), normaliser.events, found)


def _bytes(part: Slice) -> bytes:
    path = Path(part.path)
    try:
        with path.open("rb") as stream:
            stream.seek(part.first)
            data = stream.read(part.size)
        same = state_of(path) == part.state and len(data) == part.size
    except OSError as error:
        raise cannot_open(part.name, error) from error
    if not same:
        raise UsageError(
            phrase(
                "{name}: the file was written to meanwhile, or is another one on a worker.", name=part.name
            ),
            phrase("Judge a copy that nobody writes to, at the same path on every machine of the cluster."),
        )
    return data
