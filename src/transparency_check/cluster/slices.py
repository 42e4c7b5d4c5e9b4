"""Large files of lines in slices, each read by another worker; the driver reads them once, for their digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..readers.encoding import UTF16_MARKS

if TYPE_CHECKING:
    from ..events import Normaliser
    from ..model import Problem
    from ..readers.base import Input, Reader, Row

# Bytes of a slice; a file that is no larger is read by the driver.
SLICE = 16 << 20
_BLOCK = 1 << 20
_FORMAT = "jsonl"
# How packed files begin (gzip, zstd); their middle means nothing by itself.
_NOT_PLAIN = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", *UTF16_MARKS)


@dataclass(frozen=True, slots=True)
class Slice:
    """Whole lines of a file: ``size`` bytes from ``first`` on, behind ``before`` other lines. ``state`` is
    that of the file when it was looked at, ``defaults`` are values of reserved columns.
    """

    name: str
    path: str
    first: int
    size: int
    before: int
    state: tuple[int, int]
    defaults: Mapping[str, str]


def state_of(path: Path) -> tuple[int, int]:
    """What shows that a file was written to."""
    now = path.stat()
    return now.st_size, now.st_mtime_ns


class Slices:
    """Takes the large files of lines of a log (see ``events.Aside``); ``found`` are their slices, in order.
    """

    def __init__(self, normaliser: Normaliser, size: int = SLICE) -> None:
        self.found: list[Slice] = []
        self.proved = 0
        self._normaliser, self._size = normaliser, size
        self._defaults: dict[str, str] = {}

    def begin(self, defaults: dict[str, str], source: Input) -> None:
        """See ``Aside``."""
        self.proved, self._defaults = 0, defaults

    def forget(self, file: str) -> None:
        """See ``Aside``."""
        self.proved = 0
        self.found = [each for each in self.found if each.name != file]

    def read(self, source: Input, reader: Reader) -> Iterator[Row | Problem]:
        """See ``Aside``."""
        path = source.path
        if path is None or reader.name != _FORMAT or not self._normaliser.plain or not self._worth(path):
            yield from reader.read(source)
            return
        state, absolute = state_of(path), str(path.absolute())
        for first, size, before in _cuts(source, self._size):
            self.found.append(Slice(source.name, absolute, first, size, before, state, self._defaults))
            self.proved = 1

    def _worth(self, path: Path) -> bool:
        if not path.is_file() or path.stat().st_size <= self._size:
            return False
        with path.open("rb") as stream:
            return not stream.read(4).startswith(_NOT_PLAIN)


def _cuts(source: Input, wanted: int) -> Iterator[tuple[int, int, int]]:
    """Where slices of about so many bytes begin, their sizes, and how many lines stand before them."""
    stream = source.open()
    first = at = before = lines = 0
    while block := stream.read(min(_BLOCK, wanted)):
        cut = at - first + len(block) >= wanted and block.rfind(b"\n") + 1
        if cut:
            yield first, at + cut - first, before
            before += lines + block.count(b"\n", 0, cut)
            first, lines = at + cut, block.count(b"\n", cut)
        else:
            lines += block.count(b"\n")
        at += len(block)
    if at > first:
        yield first, at - first, before
