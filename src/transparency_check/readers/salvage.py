"""What can still be seen in a record that is not valid JSON: municipality, case, type and time, where
they are beyond doubt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection

SALVAGED = ("municipality", "case", "type", "time")

# A key that does not begin inside an escape, and its value where that is a plain string.
_MEMBER = re.compile(
    r'(?<!\\)("(?:[^"\\\x00-\x1f]|\\.){1,100}")[ \t]*:[ \t]*("(?:[^"\\\x00-\x1f]|\\.){0,1000}")?'
)


def salvage(
    text: str, column: Callable[[str], str | None], wanted: Collection[str] = SALVAGED
) -> dict[str, object]:
    """The values of the ``wanted`` columns in a broken record, by the name of the column.

    ``column`` says which column a key stands for. A key that occurs with two values, or with anything but a
    string, is left out.
    """
    found: dict[str, str | None] = {}
    for key, value in _MEMBER.findall(text):
        name = column(_string(key) or "")
        if name is None or name not in wanted:
            continue
        read = _string(value)
        found[name] = read if found.get(name, read) == read else None
    return {name: value for name, value in found.items() if value is not None}


def _string(token: str) -> str | None:
    """The text of a JSON string, or None where it is none or was damaged."""
    try:
        text = json.loads(token)
        text.encode()
    except (ValueError, AttributeError):
        return None
    return None if "\N{REPLACEMENT CHARACTER}" in text or "\0" in text else text
