"""Text that is packed with gzip or zstd, unpacked as it is read: in parts, and never without bound.

What is wrong with the packing is noted as a ``Fault`` and ends the stream. A stream that was cut off gives
its whole lines; where bytes were changed nobody can say which, so of those nothing may be used.
"""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, Protocol

from ..errors import UsageError
from ..messages import phrase
from ..messages.problems import shown

# What packed files are called, behind the ending of their format.
ENDINGS = (".gz", ".zst")
# Text grows less than this when it is unpacked, but for what is made to; small files may.
MAX_BYTES = 200_000_000
MAX_RATIO = 200
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
# Frames that hold no content; tools that pack in parallel write them.
_SKIPPED = tuple(bytes([0x50 + n]) + b"\x2a\x4d\x18" for n in range(16))
_PART = 1 << 20
# The longest line that is held back until it is known to be whole.
_LONGEST_LINE = 10_000_001


class Fault(NamedTuple):
    """Why a packed stream ended before its end: the problem's ``code`` and values, and whether what was read
    before is ``usable``.
    """

    code: str
    values: dict[str, Any]
    usable: bool


class _Decoder(Protocol):
    """One member of a packed stream: ``rest`` is what follows its end."""

    ended: bool
    rest: bytes

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """What more data unpacks to, in parts. Raises what the library raises."""


class _Gzip:
    what = "gzip"
    begins: tuple[bytes, ...] = (_GZIP,)

    def __init__(self) -> None:
        self._library = zlib.decompressobj(wbits=31)
        self.ended, self.rest = False, b""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while True:
            part = self._library.decompress(data, _PART)
            data = self._library.unconsumed_tail
            if part:
                yield part
            if self._library.eof:
                # Padding of tapes.
                self.ended, self.rest = True, self._library.unused_data.lstrip(b"\0")
                return
            if not data and len(part) < _PART:
                return


class _Zstd:
    what = "zstd"
    begins: tuple[bytes, ...] = (_ZSTD, *_SKIPPED)

    def __init__(self) -> None:
        self._library = _zstd_library().ZstdDecompressor()
        self.ended, self.rest = False, b""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while True:
            part = self._library.decompress(data, _PART)
            data = b""
            if part:
                yield part
            if self._library.eof:
                self.ended, self.rest = True, self._library.unused_data
                return
            if self._library.needs_input:
                return


def _zstd_library() -> Any:
    """The module of the standard library, or the one that brings it to older versions. Raises
    ``UsageError``.
    """
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise UsageError(
            phrase("This Python has nothing that unpacks zstd."),
            phrase(
                "Install it with pip install 'transparency-check[zstd]', or unpack the file "
                "first (unzstd FILE)."
            ),
        ) from None
    return zstd


def unpacked(stream: io.BufferedReader) -> Unpacked | None:
    """What a packed stream unpacks to, or None for one that does not begin like one."""
    start = stream.peek(4)[:4]
    for kind in (_Gzip, _Zstd):
        if start.startswith(kind.begins):
            return Unpacked(stream, kind)
    return None


class Unpacked(io.RawIOBase):
    """The content of a packed stream. ``fault`` is what was wrong with it, known at its end."""

    def __init__(self, stream: BinaryIO, kind: type[_Gzip] | type[_Zstd]) -> None:
        self.fault: Fault | None = None
        self._stream = stream
        self._kind = kind
        # Fails at once where there is nothing to unpack with.
        self._decoder: _Decoder = kind()
        self._torn = False
        self._parts = self._lines()
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        while not self._ready:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._ready = memoryview(part)
        view = memoryview(buffer)  # type: ignore[arg-type]
        size = min(len(view), len(self._ready))
        view[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _lines(self) -> Iterator[bytes]:
        """Whole lines; the last one too where the stream ends as it should. The beginning of a line might be
        taken for a whole one.
        """
        held: list[bytes] = []
        size = 0
        for part in self._members():
            end = part.rfind(b"\n") + 1
            if end:
                yield b"".join((*held, part[:end]))
                held, size, self._torn = [], 0, False
            held.append(part[end:])
            size += len(part) - end
            if size > _LONGEST_LINE:
                yield b"".join(held)
                held, size, self._torn = [], 0, True
        if self.fault is None:
            yield b"".join(held)
        elif self._torn:
            self.fault = self.fault._replace(usable=False)

    def _members(self) -> Iterator[bytes]:
        """What all members of the stream unpack to, as far as they can be."""
        what = self._kind.what
        taken = given = 0
        data = b""
        while True:
            try:
                for part in self._decoder.unpack(data):
                    given += len(part)
                    if given > MAX_BYTES and given > MAX_RATIO * taken:
                        self.fault = Fault("packed_too_large", {"limit": MAX_RATIO}, False)
                        return
                    yield part
            except Exception as error:
                # Each library has errors of its own.
                why = shown(" ".join(str(error).split()), 200)[1:-1]
                self.fault = Fault("packed_damaged", {"format": what, "why": why}, False)
                return
            data = b""
            if self._decoder.ended:
                data = self._decoder.rest or self._stream.read(_PART)
                taken += 0 if self._decoder.rest else len(data)
                if len(data) < 4:
                    data += self._stream.read(4)
                if not data.strip(b"\0"):
                    return
                if not data.startswith(self._kind.begins):
                    self.fault = Fault("packed_followed", {"format": what}, True)
                    return
                self._decoder = self._kind()
            else:
                data = self._stream.read(_PART)
                taken += len(data)
                if not data:
                    self.fault = Fault("packed_cut", {"format": what}, True)
                    return
