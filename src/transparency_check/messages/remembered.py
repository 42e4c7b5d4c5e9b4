"""What is said again and again, put into words once in each language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec

from .language import current

# Sayings that each function keeps: some megabytes at most.
_KEPT = 16_384
_Parts = ParamSpec("_Parts")


def remembered(say: Callable[_Parts, str]) -> Callable[_Parts, str]:
    """The same function, which says the same of the same parts: a large report names an event under each
    duty that it meets. It may depend on nothing but its parts, which are hashable, and the language that is
    spoken.
    """

    @lru_cache(_KEPT)
    def kept(_: str, /, *parts: Any, **named: Any) -> str:
        return say(*parts, **named)

    @wraps(say)
    def said(*parts: _Parts.args, **named: _Parts.kwargs) -> str:
        return kept(current(), *parts, **named)  # type: ignore[arg-type]

    return said
