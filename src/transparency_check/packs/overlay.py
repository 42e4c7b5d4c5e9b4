"""A reading laid over its duty (semantics 3.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# The parts of a duty that a reading states only in part; the others it replaces as a whole.
PARTIAL = ("deadline", "open_for", "count")


def laid_over(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of ``overlay`` over those of ``base``; ``before`` replaces ``after``, and back."""
    replaced = {"before", "after"} if {"before", "after"} & overlay.keys() else set()
    return {**{k: v for k, v in base.items() if k not in replaced}, **overlay}
