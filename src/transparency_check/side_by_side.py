"""Work that goes on side by side: how many cores there are for it, by which connections of the database, and
how threads take turns.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# Seconds that a thread keeps the interpreter while others want it.
_TURN = 0.0001
# How many ask for short turns just now, and what a turn was before.
_turns = Lock()
_asking, _usual = 0, 0.0


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def short_turns() -> Iterator[None]:
    """Threads that count days let those go on sooner that only hand their next statement to the database.

    It holds for the whole interpreter, from the first that asks for it to the last.
    """
    global _asking, _usual
    with _turns:
        if not _asking:
            _usual = sys.getswitchinterval()
            sys.setswitchinterval(min(_usual, _TURN))
        _asking += 1
    try:
        yield
    finally:
        with _turns:
            _asking -= 1
            if not _asking:
                sys.setswitchinterval(_usual)


class Beside:
    """Work that goes on beside something else: piece after piece, by a connection of their own."""

    def __init__(
        self, connection: Callable[[], duckdb.DuckDBPyConnection], pool: ThreadPoolExecutor | None
    ) -> None:
        """Without a ``pool``, there is not ``another`` that works: every piece is done at once."""
        self._pool = pool
        self.another = pool is not None
        self._begun: list[Future[None]] = []
        self._connection = connection
        self._con: duckdb.DuckDBPyConnection | None = None

    def begin(self, work: Callable[[duckdb.DuckDBPyConnection], None]) -> Future[None]:
        """Do this when the pieces before are done. Whoever rests on it waits for the result."""
        if self._pool is not None:
            done = self._pool.submit(self._do, work)
        else:
            done = Future()
            self._do(work)
            done.set_result(None)
        self._begun.append(done)
        return done

    def _do(self, work: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
        if self._con is None:
            self._con = self._connection()
        work(self._con)

    def wait(self) -> None:
        """Wait for all pieces. Raises what one of them raised."""
        for done in self._begun:
            done.result()


@contextmanager
def beside(connection: Callable[[], duckdb.DuckDBPyConnection]) -> Iterator[Beside]:
    """A thread that works beside this one, by a ``connection`` of its own, until all is done. Where this one
    fails, what has not begun is left.
    """
    with short_turns(), ThreadPoolExecutor(1) as pool:
        worker = Beside(connection, pool)
        try:
            yield worker
            worker.wait()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def loading(*modules: str) -> Iterator[None]:
    """Load these modules beside what is done meanwhile. One that cannot be loaded says so when it is asked
    for.
    """

    def load() -> None:
        with suppress(Exception):
            for module in modules:
                import_module(module)

    thread = Thread(target=load)
    with short_turns():
        thread.start()
        try:
            yield
        finally:
            thread.join()
