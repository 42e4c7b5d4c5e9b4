"""Work that goes on side by side: how many cores there are for it, and how threads take turns."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Seconds that a thread keeps the interpreter while others want it.
_TURN = 0.0005


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def short_turns() -> Iterator[None]:
    """Threads that count days let those go on sooner that only hand their next statement to the database."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(before)
