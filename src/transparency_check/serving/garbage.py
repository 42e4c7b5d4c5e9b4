"""Garbage is never looked for among what was judged. Millions of findings stand until the next day; to go
through them would hold up whoever opens a page for seconds.
"""

from __future__ import annotations

import gc


def settled(all_of_it: bool) -> None:
    """What there is now stands. ``all_of_it``: nothing that stood before does."""
    if all_of_it:
        gc.unfreeze()
    gc.collect()
    gc.freeze()
