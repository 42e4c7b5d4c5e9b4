"""Days in force: both ends are inclusive, a missing end is open."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Dated(Protocol):
    """Anything with ``from_`` and ``to``."""

    @property
    def from_(self) -> dt.date | None: ...

    @property
    def to(self) -> dt.date | None: ...


def overlap(a: Dated, b: Dated) -> bool:
    """Whether some day lies in both."""
    return _begins_by(a, b.to) and _begins_by(b, a.to)


def empty(a: Dated) -> bool:
    """Whether no day lies in it: it ends before it begins."""
    return not _begins_by(a, a.to)


def _begins_by(a: Dated, day: dt.date | None) -> bool:
    return a.from_ is None or day is None or a.from_ <= day
