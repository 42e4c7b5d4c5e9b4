"""When garbage is not looked for, and what is not taken apart."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
# What stands until the process ends, where it ends with the command that it runs; None where it goes on.
_standing: list[object] | None = None


@contextmanager
def kept_out() -> Iterator[None]:
    """While much is made that stays, and hardly any garbage: to look for it would take a quarter of the
    time. Afterwards as before.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def until_the_end() -> None:
    """This process runs one command and ends: looking for garbage would be a quarter of its time, and to take
    apart what was made, a hundred thousand records and the tables of a log, some more of it.
    """
    global _standing
    gc.disable()
    _standing = []


def standing(thing: T) -> T:
    """The thing, which is not taken apart before the process ends."""
    if _standing is not None:
        _standing.append(thing)
    return thing
