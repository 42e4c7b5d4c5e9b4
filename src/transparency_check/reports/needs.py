"""How much of the findings the formats of a run need, put together.

A reporter may say three things beside what the hook asks for. ``most``: how many findings of each kind it
shows, by outcome; those of an outcome that it does not name are all shown. ``one_by_one``: that it goes
through the findings one after the other, each time it asks for them. ``whole``: that what it says of one
rests on all others, whatever is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..hookspecs import Reporter
from ..model import Outcome


class Needs(NamedTuple):
    """``most`` findings of each kind, by outcome (None: all); ``one_by_one`` and ``whole`` as above."""

    most: Mapping[Outcome, int] | None
    one_by_one: bool
    whole: bool


def needs(reporters: Iterable[Reporter]) -> Needs:
    """What suffices for each of them."""
    found = list(reporters)
    each: list[Mapping[Outcome, int] | None] = [getattr(reporter, "most", None) for reporter in found]
    one_by_one = all(getattr(reporter, "one_by_one", False) for reporter in found)
    whole = any(getattr(reporter, "whole", False) for reporter in found)
    some = [most for most in each if most is not None]
    if len(some) < len(each) or not some:
        return Needs(None, one_by_one, whole)
    named = [outcome for outcome in some[0] if all(outcome in most for most in some)]
    return Needs({outcome: max(most[outcome] for most in some) for outcome in named}, one_by_one, whole)
