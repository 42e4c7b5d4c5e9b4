"""From what was asked for - files, folders, standard input - to inputs with a reader each."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple, Protocol, runtime_checkable

from ..errors import UsageError
from ..messages import phrase, text
from ..model import Problem
from .base import Input, Reader, Row, cannot_open
from .names import nearest
from .packing import ENDINGS

STANDARD_INPUT = "-"
# What records are called that a program gives.
RECORDS = "records"
_STANDARD_FORMAT = "jsonl"
# Endings of the files that declare something about the log beside them.
SIDECARS = (".meta.yaml", ".meta.json")


class Chosen(NamedTuple):
    """An input and what reads it."""

    source: Input
    reader: Reader


@runtime_checkable
class Located(Protocol):
    """A reader of what is more than the bytes of a file, and need not be one: it makes its own inputs."""

    name: str
    suffixes: tuple[str, ...]

    def locates(self, given: str) -> bool:
        """Whether a text names such an input that is no path."""

    def input(
        self,
        given: str | PurePath,
        column: Callable[[str], str | None],
        spellings: Callable[[str], Sequence[str]],
    ) -> Input:
        """The input that is named. Raises ``UsageError``."""

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """See ``Reader``."""


def choose(
    paths: Iterable[str | PurePath],
    readers: Sequence[Reader],
    column: Callable[[str], str | None],
    spellings: Callable[[str], Sequence[str]] = lambda name: (name,),
    *,
    input_format: str | None = None,
    standard_input: BinaryIO | None = None,
    records: bytes | None = None,
) -> list[Chosen]:
    """The inputs, sorted by name; a file that is named twice is read once.

    ``column`` and ``spellings`` are those of ``Input``. ``input_format`` is the name of a reader and takes
    the place of the ending; in a folder it picks the files of that format. ``records`` are JSON lines that no
    file holds. Raises ``UsageError`` for what is not there, cannot be opened, has no known ending, or is a
    folder without logs.
    """
    wanted = _wanted(readers, input_format)
    found: dict[str, Chosen] = {}
    seen: set[str] = set()
    for given in paths:
        if str(given) == STANDARD_INPUT:
            if standard_input is None:
                raise UsageError(phrase("There is no standard input to read."), phrase("Name a file."))
            if STANDARD_INPUT in found:
                continue
            reader = wanted or _named(readers, _STANDARD_FORMAT)
            found[STANDARD_INPUT] = Chosen(
                Input(
                    STANDARD_INPUT,
                    stream=standard_input,
                    column=column,
                    spellings=spellings,
                    packed=may_be_packed(reader),
                ),
                reader,
            )
            continue
        if (register := _locating(str(given), readers)) is not None:
            source = register.input(given, column, spellings)
            found[source.name] = Chosen(source, register)
            continue
        for path in _files(Path(given), readers, wanted):
            real = os.path.realpath(path)
            if real in seen:
                continue
            seen.add(real)
            name = display_name(path)
            reader = wanted or _by_suffix(path, readers)
            if isinstance(reader, Located):
                found[name] = Chosen(reader.input(path, column, spellings), reader)
                continue
            packed = may_be_packed(reader)
            found[name] = Chosen(Input(name, path, column=column, spellings=spellings, packed=packed), reader)
    if records is not None:
        name = _free(RECORDS, found)
        held = Input(name, stream=io.BytesIO(records), column=column, spellings=spellings)
        found[name] = Chosen(held, _named(readers, _STANDARD_FORMAT))
    if not found:
        raise UsageError(
            phrase("No log was named."), phrase("Name a file, a folder, or - for standard input.")
        )
    return [found[name] for name in sorted(found)]


def _free(name: str, taken: Container[str]) -> str:
    """The name, or with a number behind it where a file is called so."""
    numbered = (f"{name}-{n}" for n in count(2))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def display_name(path: PurePath) -> str:
    """A path as places show it: with forward slashes, and without what cannot be printed."""
    text = os.fsencode(path).decode("utf-8", "replace").replace(os.sep, "/")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def is_sidecar(name: str) -> bool:
    """Whether a file name is that of declarations about a log."""
    return name.casefold().endswith(SIDECARS)


def beside(log: Path) -> list[Path]:
    """Where declarations about a log may stand, whether they do or not."""
    stems = [log.name, log.stem]
    if log.suffix.casefold() in ENDINGS:
        stems.append(PurePath(log.stem).stem)
    names = (stem + ending for stem in stems for ending in SIDECARS)
    return [log.with_name(name) for name in dict.fromkeys(names)]


def _wanted(readers: Sequence[Reader], input_format: str | None) -> Reader | None:
    return None if input_format is None else _named(readers, input_format)


def _named(readers: Sequence[Reader], name: str) -> Reader:
    for reader in readers:
        if reader.name == name:
            return reader
    names = sorted(reader.name for reader in readers)
    near = nearest(name, names)
    message = phrase("There is no input format {name}.", name=name)
    raise UsageError(
        text("nearest", message=message, name=near) if near else message,
        phrase("Known are: {list}.", list=", ".join(names)),
    )


def _by_suffix(path: PurePath, readers: Sequence[Reader]) -> Reader:
    reader = _reader_for(path, readers)
    if reader is None:
        known = ", ".join(_suffixes(readers))
        hint = phrase("Known are: {known}. If you know its format, say it with --input-format.", known=known)
        if path.suffix.casefold() == ".xls":
            hint = phrase("Open it in the spreadsheet program and save it as .xlsx or .ods.")
        elif is_sidecar(path.name):
            hint = phrase(
                "It holds declarations about a log. Name the log itself; this file is read with it."
            )
        shown = display_name(path)
        raise UsageError(
            phrase("{path}: the ending {ending} is not that of a log.", path=shown, ending=path.suffix)
            if path.suffix
            else phrase("{path}: a file without an ending is not that of a log.", path=shown),
            hint,
        )
    return reader


def _locating(given: str, readers: Sequence[Reader]) -> Located | None:
    """The reader of what a text names that is no path."""
    return next((r for r in readers if isinstance(r, Located) and r.locates(given)), None)


def _reader_for(path: PurePath, readers: Sequence[Reader]) -> Reader | None:
    if is_sidecar(path.name):
        return None
    name = path.name.casefold()
    found = [(len(end), reader) for reader in readers for end in _endings(reader) if name.endswith(end)]
    # The first of those with the longest: .ocel.json is another format than .json.
    return max(found, key=lambda each: each[0])[1] if found else None


def may_be_packed(reader: Reader) -> bool:
    """Whether the inputs of a reader may be packed."""
    return bool(getattr(reader, "packed", False))


def _by_name_only(reader: Reader) -> bool:
    """Whether the inputs of a reader are read where they are named, not where they lie in a folder."""
    return isinstance(reader, Located) or bool(getattr(reader, "named", False))


def _endings(reader: Reader) -> Iterator[str]:
    """The endings of the files that a reader takes, packed ones too."""
    for suffix in reader.suffixes:
        yield suffix.casefold()
        if may_be_packed(reader):
            yield from (suffix.casefold() + ending for ending in ENDINGS)


def _suffixes(readers: Sequence[Reader]) -> list[str]:
    return list(dict.fromkeys(suffix for reader in readers for suffix in reader.suffixes))


def _files(path: Path, readers: Sequence[Reader], wanted: Reader | None) -> list[Path]:
    """The file itself, or the logs in a folder."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        problem = error if isinstance(error, OSError) else OSError(str(error))
        found = cannot_open(display_name(path), problem)
        near = _near_file(path) if isinstance(error, FileNotFoundError) else None
        raise UsageError(
            found.message, phrase("Did you mean {near}?", near=near) if near else found.hint
        ) from error
    if not stat.S_ISDIR(mode):
        return [path]

    def unreadable(error: OSError) -> None:
        raise cannot_open(display_name(Path(error.filename or path)), error) from error

    logs: list[Path] = []
    usable = [r for r in readers if not _by_name_only(r)] if wanted is None else [wanted]
    for folder, folders, names in os.walk(path, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # Hidden files and the lock files of office programs are no logs.
        plain = (name for name in names if not name.startswith((".", "~$")))
        logs += [Path(folder, name) for name in plain if _reader_for(PurePath(name), usable)]
    if not logs:
        raise UsageError(
            phrase("{path}: there is no log in this folder.", path=display_name(path)),
            phrase("Logs have the endings {list}.", list=", ".join(_suffixes(usable))),
        )
    return logs


def _near_file(path: Path) -> str | None:
    """A file in the same folder with a similar name."""
    try:
        names = [entry.name for entry in os.scandir(path.parent)]
    except OSError:
        return None
    near = nearest(path.name, names)
    return None if near is None else display_name(path.parent / near)
