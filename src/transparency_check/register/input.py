"""A register as an input: its events as lines of JSON, in the order of their numbers, while its chain is
checked.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress

import orjson

from ..errors import UsageError
from ..messages.problems import problem
from ..model import Problem
from ..readers.base import Input, Row
from ..readers.location import Location
from ..readers.packing import Fault
from .chain import Head, Walk
from .store import BATCH, LeftOut, Reading, Register


class RegisterInput(Input):
    """One state of a register. ``head`` is the end of its chain, which also stands for its digest: what the
    file holds besides may differ from copy to copy. A record has the number of its line.
    """

    mark = "#"

    def __init__(
        self,
        location: Location,
        *,
        column: Callable[[str], str | None] = lambda header: header,
        spellings: Callable[[str], Sequence[str]] = lambda name: (name,),
        after: Head | None = None,
    ) -> None:
        """``after`` is the end of what has been read before: only what follows it is read, and has to follow
        it.
        """
        super().__init__(location.shown, location.path, column=column, spellings=spellings)
        self._location = location
        self._after = after
        self._resources = ExitStack()
        self._left_out: list[LeftOut] = []
        self._walk: Walk | None = None
        self._lines: io.BufferedReader | None = None
        self._damage: UsageError | None = None

    def open(self) -> io.BufferedReader:
        """The events as lines. Can be called once. Raises ``UsageError`` for what is no register."""
        if self._lines is not None:
            raise RuntimeError(f"{self.name} is read twice")
        with ExitStack() as stack:
            register = stack.enter_context(Register(self._location))
            reading = stack.enter_context(register.reading())
            self._left_out = reading.left_out()
            self._walk = Walk(self._after or register.first)
            self._resources = stack.pop_all()
        self._lines = io.BufferedReader(_Lines(self._events(register, reading, self._walk)), 1 << 20)
        return self._lines

    def _events(self, register: Register, reading: Reading, walk: Walk) -> Iterator[bytes]:
        lines: list[str] = []
        try:
            with register.telling():
                for entry in reading.entries(walk.head.count):
                    walk.step(entry)
                    # What is no text, in a database that was tampered with, is told at the end.
                    lines.append(entry.event if isinstance(entry.event, str) else "")
                    if len(lines) == BATCH:
                        yield ("\n".join(lines) + "\n").encode("utf-8", "replace")
                        lines.clear()
        except UsageError as error:
            # A file that can be opened may still be damaged further on.
            self._damage = error
            return
        if lines:
            yield ("\n".join(lines) + "\n").encode("utf-8", "replace")

    @property
    def fault(self) -> Fault | None:
        """What is wrong with the file or the chain, known when all has been read: then nothing of it
        counts.
        """
        if self._damage is not None:
            return Fault("no_register", {"name": self.name, "reason": str(self._damage).rstrip(".")}, False)
        if self._walk is None or not self._walk.faults:
            return None
        first = self._walk.faults[0]
        return Fault("register_broken", {"name": self.name, "seq": first.seq}, False)

    @property
    def head(self) -> Head | None:
        """The end of the chain, when all has been read."""
        return None if self._walk is None else self._walk.head

    @property
    def left_out(self) -> frozenset[int]:
        """The numbers of the rows that imports left out and nobody has settled, when reading has begun."""
        return frozenset(row.n for row in self._left_out)

    def unread(self) -> Iterator[tuple[Problem, Row]]:
        """The rows that imports left out and nobody has settled: whatever they could decide is not known."""
        for row in self._left_out:
            place = f"{self.name}#left-out-{row.n}"
            parts = orjson.loads(row.parts)
            yield (
                problem("left_out", place, n=row.n, origin=row.place, message=row.message),
                Row(place, parts if isinstance(parts, dict) else {}, True),
            )

    def changed(self) -> bool:
        """Never: one state is read, whatever is recorded meanwhile."""
        return False

    def close(self) -> str:
        """Read what is left, and return the hash at the end of the chain."""
        if self._lines is None:
            self.open()
        assert self._lines is not None and self._walk is not None
        try:
            while self._lines.read(1 << 20):
                pass
        finally:
            with suppress(UsageError):
                # A damaged database may refuse even to be left.
                self._resources.close()
        return self._walk.head.hash


class _Lines(io.RawIOBase):
    """Parts of bytes as a stream."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        if not self._ready:
            self._ready = memoryview(next(self._parts, b""))
        view = memoryview(buffer)  # type: ignore[arg-type]
        size = min(len(view), len(self._ready))
        view[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size
