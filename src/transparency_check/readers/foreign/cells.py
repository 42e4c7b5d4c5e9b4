"""Cells of foreign formats: texts by their stated type, and values that stand there more than once."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from ...messages import phrase
from ..base import NoValue

_DIGITS = 18
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_FLOAT = re.compile(r"[+-]?(?:[0-9]{1,300}(?:\.[0-9]{0,300})?|\.[0-9]{1,300})(?:[eE][+-]?[0-9]{1,3})?")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
# How much of a value that cannot be read is shown.
_SHOWN = 100


def no_value(text: str) -> NoValue:
    """A cell that is not empty and says nothing that can be used."""
    return NoValue(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def whole(text: str) -> object:
    """A whole number."""
    if text.isdigit() and text.isascii() and len(text) < _DIGITS:
        return int(text)
    return int(text) if _INTEGER.fullmatch(text) else no_value(text)


def decimal(text: str) -> object:
    """A number with a fraction; infinity and what is no number have no value."""
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return no_value(text)


def flag(text: str) -> object:
    """Yes or no, as XML writes it."""
    found = _FLAGS.get(text)
    return no_value(text) if found is None else found


def put(cells: dict[str, object], name: str, value: object, many: bool = False) -> None:
    """Lay a value into a cell. One of ``many`` goes behind those that are there; else two that differ leave a
    cell without value, for only one of them can be true.
    """
    if name not in cells:
        cells[name] = [value] if many else value
        return
    before = cells[name]
    if many and isinstance(before, list):
        before.append(value)
    elif many or type(before) is not type(value) or before != value:
        cells[name] = no_value(phrase("two values: {first}, {second}", first=before, second=value))


def shown_columns(cells: Mapping[str, object], most: int = 12) -> str:
    """Names of columns for a message."""
    names = list(cells)
    return ", ".join(names[:most]) + (" ..." if len(names) > most else "")
