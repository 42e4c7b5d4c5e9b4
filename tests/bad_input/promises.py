"""What a reader, the loader of packs and that of sidecars promise for every input, however bad."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import orjson

from packs.small_pack import FILES
from readers.small_pack import MUNICIPALITIES, VOCABULARY, ZONE
from transparency_check.events import Normaliser
from transparency_check.model import Problem
from transparency_check.packs import load
from transparency_check.packs.model import Pack
from transparency_check.packs.problems import PackError
from transparency_check.packs.sources import Sources
from transparency_check.packs.yaml_source import YamlSource, read_yaml
from transparency_check.readers.base import Input, Reader, Row
from transparency_check.readers.sidecar import Sidecar, read_sidecar

# The types of cells that a reader may give (readers.base.Row).
CELLS = (str, bool, int, float, list, dict)


class Reading(NamedTuple):
    """What a reader gave for an input: rows, all problems, and the records that were made of the rows."""

    rows: list[Row]
    problems: list[Problem]
    records: list[dict[str, Any]]


@lru_cache(maxsize=1)
def _normaliser() -> Normaliser:
    return Normaliser(VOCABULARY, MUNICIPALITIES, ZoneInfo(ZONE))


@lru_cache(maxsize=10_000)
def _column(header: str) -> str | None:
    return _normaliser().columns.find(header)


def read_bytes(reader: Reader, data: bytes, name: str = "log") -> Reading:
    """Read an input as the program does. Raises ``AssertionError`` where a promise is broken: of the shape
    of what comes, of an error and a damaged row for whatever is left unread, of places, of records that are
    JSON.
    """
    normaliser = _normaliser()
    spellings = normaliser.columns.spellings
    source = Input(name, stream=io.BytesIO(data), column=_column, spellings=spellings)
    normaliser.begin(name, {})
    rows: list[Row] = []
    problems: list[Problem] = []
    records: list[dict[str, Any]] = []
    errors = damaged = 0
    for item in reader.read(source):
        assert item.place == name or item.place.startswith((f"{name}:", f"{name}!", f"{name}#")), item.place
        if isinstance(item, Problem):
            _sound(item)
            errors += item.severity == "error"
            problems.append(item)
            continue
        assert isinstance(item, Row), type(item)
        damaged += item.damaged
        assert damaged <= errors, f"{item.place}: damaged, and no error says why"
        rows.append(item)
        # What the program does not use of a row is not looked at.
        for header, cell in item.values.items():
            assert isinstance(header, str)
            assert cell is None or isinstance(cell, CELLS) or hasattr(cell, "isoformat"), type(cell)
        before = len(problems)
        record = normaliser.record(item, problems)
        for problem in problems[before:]:
            _sound(problem)
        if record is None:
            assert any(p.code == "unknown_type" for p in problems[before:])
        else:
            records.append(orjson.loads(record))
            unread = records[-1]["readable"] is False
            assert unread == (item.damaged or any(p.severity == "error" for p in problems[before:])), item
    assert errors <= damaged, "an error without a damaged row: what it left unread weighs on nothing"
    source.close()
    return Reading(rows, problems, records)


def _sound(problem: Problem) -> None:
    """A problem can be shown and written."""
    orjson.dumps(dict(problem.values), default=str)
    problem.message.encode("utf-8")
    problem.place.encode("utf-8")
    assert problem.message.strip()
    assert len(problem.message) < 5_000, f"{problem.code}: a message of {len(problem.message)} characters"


def read_pack(data: bytes) -> Pack | tuple[Problem, ...]:
    """The small pack with one file replaced: ``data`` is the name of the file, a line break, and its content.

    Gives the pack or its defects. Raises ``AssertionError`` where a defect has no place.
    """
    head, _, content = data.partition(b"\n")
    try:
        name = head.decode("ascii").strip()
    except UnicodeDecodeError:
        name = ""
    files = {file: text.encode() for file, text in FILES.items()}
    sources = Sources("pack", files | {name if name in FILES else "duties/mtg/XK-MTG-009.yaml": content})
    try:
        return load.load_pack(sources)
    except PackError as error:
        return _defects(error, "pack")


def read_yaml_file(data: bytes) -> YamlSource | tuple[Problem, ...]:
    """A file of a pack alone, before anything is known of its shape."""
    try:
        return read_yaml("file", data)
    except PackError as error:
        return _defects(error, "file")


def _defects(error: PackError, name: str) -> tuple[Problem, ...]:
    assert error.problems
    for problem in error.problems:
        _sound(problem)
        assert problem.place == name or problem.place.startswith((f"{name}:", f"{name}/")), problem.place
    return error.problems


def read_declarations(folder: Path) -> Callable[[bytes], Sidecar]:
    """What reads a sidecar, as a function of its bytes: a log and its sidecar lie in ``folder``."""
    log = folder / "log.jsonl"
    beside = folder / "log.jsonl.meta.yaml"
    log.touch()

    def read(data: bytes) -> Sidecar:
        beside.write_bytes(data)
        normaliser = _normaliser()
        found = read_sidecar(log)
        normaliser.begin("log.jsonl", found.defaults)
        problems = list(found.problems)
        for declaration in found.coverage:
            record = normaliser.coverage(declaration, problems)
            assert record is not None
            orjson.loads(record)
        for problem in problems:
            _sound(problem)
        return found

    return read
