"""When garbage is looked for: never while it is judged, and never among what was judged. Millions of findings
stand until the next day; to go through them would hold up whoever opens a page for seconds.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_out() -> Iterator[None]:
    """While something is judged, which makes much that stays, and hardly any garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def settled(all_of_it: bool) -> None:
    """What there is now stands. ``all_of_it``: nothing that stood before does."""
    if all_of_it:
        gc.unfreeze()
    gc.collect()
    gc.freeze()
