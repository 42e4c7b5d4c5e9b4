"""What a reader is: it turns one input into rows of raw cells, each with its place, and problems. It
knows no vocabulary.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol, runtime_checkable

from ..errors import UsageError
from ..messages import phrase, system
from ..model import Problem
from .packing import Fault, Unpacked, unpacked

if TYPE_CHECKING:
    from ..register.chain import Head

_CHUNK = 1 << 20
# What a row of headers names: of each group one column.
NEEDED: Sequence[Collection[str]] = (("type",), ("time",))
_FORMULA_ERROR = re.compile(
    r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)|Err:[0-9]{3}"
)


class NoValue(float):
    """A cell that is not empty and yet has no value: the error of a formula, a part of merged cells. It is of
    no type that any column takes, and is shown as ``text``.
    """

    text: str
    # What is told of it where it is read: the code of a problem (that of a value), and what its text holds
    # beside column and value. None: that it is of no type.
    fault: tuple[str, Mapping[str, Any]] | None

    def __new__(cls, text: str, fault: tuple[str, Mapping[str, Any]] | None = None) -> NoValue:
        made = super().__new__(cls, "nan")
        made.text = text
        made.fault = fault
        return made

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


def with_errors_told(cell: str) -> object:
    """The text of a cell; ``NoValue`` where it is what spreadsheets show for a formula that fails."""
    if cell[:1] in "#E" and _FORMULA_ERROR.fullmatch(cell):
        return NoValue(cell)
    return cell


class Cells(NamedTuple):
    """Where the cells of a spreadsheet's row stand: ``prefix`` is ``file!sheet!``, ``letters`` the
    column's letters by header.
    """

    prefix: str
    letters: Mapping[str, str]
    number: int


class Row(NamedTuple):
    """One row as it stands in the input, before any vocabulary.

    ``values`` holds the raw cells by the header as written: str, bool, int, float, None, list; ``date`` and
    ``datetime`` only for true date cells; ``NoValue``. Empty cells may be left out. A row that could not be
    read as a whole is ``damaged``: a ``Problem`` with the severity ``error`` has been given before it, and
    ``values`` holds what is beyond doubt of municipality, case, type and time.
    """

    place: str
    values: dict[str, object]
    damaged: bool = False
    cells: Cells | None = None

    def cell(self, column: str) -> str:
        """The place of one cell, or of the row where the format knows no cells."""
        if self.cells is None:
            return self.place
        letters = self.cells.letters.get(column)
        return f"{self.cells.prefix}{letters}{self.cells.number}" if letters else self.place


class _Hashing(io.RawIOBase):
    """A binary stream that feeds all that is read from it to a digest."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.stream.read(len(view))
        view[: len(data)] = data
        self.digest.update(data)
        return len(data)


class Input:
    """One input: a file, or a stream such as standard input. Its bytes pass once, and are hashed as they
    pass.

    ``name`` is how it is shown. ``column`` says which column of the log a header stands for, or None where it
    is not known: readers use it to find the row of headers, never to change a name. ``spellings`` gives the
    headers by which a column is known, for messages. A ``packed`` input is unpacked where it begins as gzip
    or zstd does; its digest is that of the bytes as they lie on the disk.
    """

    # What stands between the name and the number of a row in places.
    mark = ":"

    def __init__(
        self,
        name: str,
        path: Path | None = None,
        *,
        stream: BinaryIO | None = None,
        column: Callable[[str], str | None] = lambda header: header,
        spellings: Callable[[str], Sequence[str]] = lambda name: (name,),
        packed: bool = False,
    ) -> None:
        self.name = name
        self.path = path
        self.column = column
        self.spellings = spellings
        self._stream = stream
        self._packed = packed
        self._hashing: _Hashing | None = None
        self._raw: io.BufferedReader | None = None
        self._unpacked: Unpacked | None = None
        self._buffered: io.BufferedReader | None = None
        self._copies: tempfile.TemporaryDirectory[str] | None = None
        self._seen: os.stat_result | None = None
        # What the row of headers of a table must name, by the columns that ``column`` gives; where a mapping
        # says it, the file of the mapping, and what of the log some columns are made of.
        self.needed: Sequence[Collection[str]] = NEEDED
        self.named_in = ""
        self.made_of: Mapping[str, Collection[str]] = {}
        # The headers of the table that is being read, where the format has such; all of them.
        self.headers: tuple[str, ...] | None = None

    def open(self) -> io.BufferedReader:
        """The bytes as a stream. Can be called once. Raises ``UsageError`` where the file cannot be
        opened.
        """
        if self._buffered is not None:
            raise RuntimeError(f"{self.name} is read twice")
        stream = self._stream
        if stream is None:
            if self.path is None:
                raise RuntimeError("an input has a path or a stream")
            try:
                stream = self.path.open("rb", buffering=0)
            except OSError as error:
                raise cannot_open(self.name, error) from error
        self._hashing = _Hashing(stream)
        self._buffered = self._raw = io.BufferedReader(self._hashing, _CHUNK)
        if self._packed:
            try:
                self._unpacked = unpacked(self._raw)
            except UsageError:
                stream.close()
                raise
            if self._unpacked is not None:
                self._buffered = io.BufferedReader(self._unpacked, _CHUNK)
        return self._buffered

    @property
    def fault(self) -> Fault | None:
        """What was wrong with the packing of an input that has been read to its end."""
        return self._unpacked.fault if self._unpacked is not None else None

    def on_disk(self, plain: Callable[[str], bool] = lambda path: True) -> str:
        """The absolute path of a file with all bytes, for libraries that read any part at any time: the file
        itself where it is one and its path is ``plain``, else a copy that lasts until ``close``.

        Takes the place of ``open``, and raises as it does.
        """
        stream = self.open()
        path = str(self.path.absolute()) if self.path is not None else ""
        if self.path is not None and self.path.is_file() and plain(path):
            self._seen = self.path.stat()
            while stream.read(_CHUNK):
                pass
            return path
        self._copies = tempfile.TemporaryDirectory(prefix="transparency-check-")
        copy = Path(self._copies.name, "copy")
        with copy.open("wb") as out:
            while part := stream.read(_CHUNK):
                out.write(part)
        return str(copy)

    def standing_for(self, columns: Iterable[str]) -> frozenset[str]:
        """The columns, as ``column`` gives them, that some columns of the log are made of."""
        return frozenset(part for name in columns for part in self.made_of.get(name, (name,)))

    @property
    def head(self) -> Head | None:
        """The end of the chain, of a register that has been read."""
        return None

    def unread(self) -> Iterable[tuple[Problem, Row]]:
        """Rows beyond those that are read, of which only so much is known: each with its problem."""
        return ()

    def changed(self) -> bool:
        """Whether the file was written to after ``on_disk``: what was read may not be what was hashed."""
        if self.path is None or self._seen is None:
            return False
        try:
            now = self.path.stat()
        except OSError:
            return True
        seen = self._seen
        return (now.st_ino, now.st_size, now.st_mtime_ns) != (seen.st_ino, seen.st_size, seen.st_mtime_ns)

    def read(self) -> bytes:
        """All bytes."""
        return self.open().read()

    def close(self) -> str:
        """Read what is left, close the file and return the SHA-256 of all bytes in hex."""
        if self._buffered is None or self._hashing is None:
            self.open()
        assert self._raw is not None and self._hashing is not None
        while self._raw.read(_CHUNK):
            pass
        if self._copies is not None:
            self._copies.cleanup()
        if self._stream is None:
            self._hashing.stream.close()
        return self._hashing.digest.hexdigest()


def cannot_open(name: str, error: OSError) -> UsageError:
    """The error for a file that the system does not give: why, in its words, and what to do."""
    if isinstance(error, FileNotFoundError):
        return UsageError(
            phrase("{name}: there is no such file.", name=name),
            phrase("Check the name and the folder you are in."),
        )
    if isinstance(error, PermissionError):
        return UsageError(
            phrase("{name}: you may not read this file.", name=name),
            phrase("Ask for the right to read it, or copy it to a folder of yours."),
        )
    return UsageError(
        phrase("{name}: the file cannot be read ({reason}).", name=name, reason=system.reason(error)),
        phrase("Check the drive, or copy the file and try the copy."),
    )


@runtime_checkable
class Reader(Protocol):
    """An input format. ``name`` is what ``--input-format`` takes; ``suffixes`` (``(".jsonl",
    ".ndjson")``) choose it by file name. One whose inputs may be ``packed`` says so in an attribute of that
    name: it also gets ``.jsonl.gz`` and ``.jsonl.zst``, unpacked.
    """

    name: str
    suffixes: tuple[str, ...]

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """Rows in the order of the input, and problems where they stand.

        Never raises for bad content. A row that cannot be read gives a ``Problem`` with severity ``error``
        and then a damaged ``Row``, so that verdicts which it could have decided are not passed without it. An
        input that cannot be read at all gives the problem and one damaged row without values.
        """
