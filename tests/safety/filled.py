"""Records whose every text is hostile. The fields are those that the classes have: a new one is met, too."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from transparency_check.model import OUTCOMES, Finding

Made = TypeVar("Made")

# Texts that no input reaches: the program makes them, or takes them from a closed list.
CLOSED: dict[str, Any] = {
    "outcome": "violated",
    "possible": ("violated",),
    "severity": "violation",
    "confidence": "verified",
    "binds": "municipality",
    "kind": "confirmation",
    "sha256": "0" * 64,
    "tool_version": "0.1.0",
    "calendar_sha256": "0" * 64,
    "configuration_sha256": "0" * 64,
    "as_of": "2026-11-24",
    "known_at": "2026-11-24",
    "until": None,
    "zone": "Europe/Belgrade",
    "due": "2026-11-18",
    "act_by": "2026-11-18",
    "due_range": ("2026-11-18", "2026-11-19"),
    "anchor": "2026-11-27",
    "time": "2026-11-02",
    "version_from": "2026-01-01",
    "version_to": None,
    "late_by": (1, "day"),
    "progress": None,
    "unlisted": {},
    "cure": {"kind": "do"},
    # Its texts are those of a calendar: tests/safety/test_packs.py.
    "derivation": None,
}


def filled(kind: type[Made], text: str | Callable[[], str], **given: Any) -> Made:
    """A record of this class with ``text`` wherever a text from outside can stand; ``given`` as they are."""
    make = text if callable(text) else lambda: text
    hints = _hints(kind)
    if kind is Finding:
        names = kind._fields
    else:
        # What a record keeps for itself is not given to it.
        names = tuple(f.name for f in dataclasses.fields(kind) if f.init)  # type: ignore[arg-type]
    values = {
        n: given[n] if n in given else CLOSED[n] if n in CLOSED else value(hints[n], make) for n in names
    }
    return kind(**values)


@functools.cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(kind, localns={"Derivation": object})


def value(hint: Any, text: Callable[[], str]) -> Any:
    """A value of this type, hostile as far as it is text. Raises ``TypeError`` for a type that is new."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return value(next(a for a in arguments if a is not type(None)), text)
    if hint is str or hint is Any:
        return text()
    if hint in (bool, int, float):
        return hint(1)
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        kinds = arguments[:1] if arguments[-1] is Ellipsis else arguments
        return tuple(value(kind, text) for kind in kinds)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {value(arguments[0], text): value(arguments[1], text)}
    if dataclasses.is_dataclass(hint):
        return filled(typing.cast("type[Any]", hint), text)
    raise TypeError(f"say in tests/safety/filled.py how a value of {hint} is made")


def findings(texts: list[str]) -> list[Finding]:
    """A finding for each text, which stands in all its fields, with every outcome in turn."""
    made = []
    for number, text in enumerate(texts):
        outcome = OUTCOMES[number % len(OUTCOMES)]
        message = {} if number // len(OUTCOMES) % 2 else {"message": None}
        made.append(filled(Finding, text, outcome=outcome, possible=(outcome,), **message))
    return made
