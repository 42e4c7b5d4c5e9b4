"""JSON as the program writes it: one value on one line, whatever it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .harmless import in_json


def dumped(value: object) -> str:
    """One JSON value on one line."""
    import orjson

    try:
        written = orjson.dumps(value, default=_plain)
    except orjson.JSONEncodeError:
        written = orjson.dumps(_writable(value), default=_plain)
    return in_json(written.decode())


def _plain(value: object) -> object:
    """What orjson does not know itself: a mapping that is no dict, and values of problems that are only
    text.
    """
    return dict(value) if isinstance(value, Mapping) else str(value)


def _writable(value: Any) -> Any:
    """The value with lone surrogates (from file names that are not UTF-8) shown as escapes."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, Mapping):
        return {_writable(k): _writable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(v) for v in value]
    return value
