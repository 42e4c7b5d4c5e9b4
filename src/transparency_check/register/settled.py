"""Whether records of one event contradict each other (semantics 2.6, 7.2)."""

from __future__ import annotations

from collections.abc import Sequence

from .exact import Exact


def latest(records: Sequence[Exact]) -> str | None:
    """The content that counts among records of one id; None where they contradict each other.

    Where the id stands on different things, only a record that says when it was entered can be the latest.
    """
    contents = {record.content for record in records}
    if len(contents) == 1:
        return contents.pop()
    different = len({record.thing for record in records}) > 1
    for record in records:
        if different and (record.rlo, record.rhi) == (record.lo, record.hi):
            continue
        if all(other.content == record.content or other.rhi < record.rlo for other in records):
            return record.content
    return None
