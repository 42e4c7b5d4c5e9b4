"""What was changed in a log, and where."""

from __future__ import annotations

from typing import Literal, NamedTuple

ChangeKind = Literal["value", "header", "dropped", "line_ends", "mark"]


class Change(NamedTuple):
    """One change. ``place`` is that in the log as it was; ``column`` the header of a value. Of a ``dropped``
    record ``after`` is the place of the one that stays; of ``line_ends`` ``before`` is how many lines had
    them.
    """

    kind: ChangeKind
    place: str
    column: str = ""
    before: str = ""
    after: str = ""


class Mended(NamedTuple):
    """The bytes of a log with its changes."""

    content: bytes
    changes: list[Change]
