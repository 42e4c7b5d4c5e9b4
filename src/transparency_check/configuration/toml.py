"""TOML with the line of everything in it, and of what is wrong in it."""

from __future__ import annotations

import re
import tomllib
from typing import Any, NamedTuple

from ..messages import text
from . import places

_AT = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")


class TomlError(Exception):
    """Text that is no TOML: the line, from 1, and what is wrong."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


class Document(NamedTuple):
    """The values of a file, and the line of every key and list entry."""

    values: dict[str, Any]
    lines: dict[places.Path, int]


def parsed(data: bytes) -> Document:
    """The document in these bytes. Raises ``TomlError``."""
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TomlError(line, text("config.not_utf8")) from None
    try:
        values = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _AT.search(message)
        line = int(found[1]) if found and found[1] else content.rstrip().count("\n") + 1
        raise TomlError(line, text("config.syntax", why=_AT.sub("", message))) from None
    except RecursionError:
        raise TomlError(1, text("config.deep")) from None
    return Document(values, places.places(content))
