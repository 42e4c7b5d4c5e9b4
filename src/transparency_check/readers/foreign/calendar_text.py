"""The text of a calendar (RFC 5545) as components with their properties, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ...messages import phrase

# A name, parameters, a colon, a value; nothing is gone through twice.
_LINE = re.compile(
    r"([A-Za-z0-9-]++)"
    r'((?:;[A-Za-z0-9-]++=(?:"[^"]*+"|[^";:,]*+)(?:,(?:"[^"]*+"|[^";:,]*+))*+)*+)'
    r":(.*)",
    re.DOTALL,
)
_PARAMETER = re.compile(r';([A-Za-z0-9-]++)=((?:"[^"]*+"|[^";:,]*+)(?:,(?:"[^"]*+"|[^";:,]*+))*+)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_DEPTH = 10
_LISTED = re.compile(r"(?:[^\\,]|\\.)+", re.DOTALL)


class Broken(ValueError):
    """A line that does not belong there, in words; ``line`` is its number."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.why, self.line = why, line


class Property(NamedTuple):
    """A property: its name in small letters, parameters by names in capitals, its value as written."""

    name: str
    parameters: dict[str, str]
    value: str
    line: int

    @property
    def text(self) -> str:
        """The value as text."""
        return _unescaped(self.value)

    @property
    def texts(self) -> list[str]:
        """The parts of a value that is a list."""
        return [_unescaped(part) for part in _LISTED.findall(self.value)]


@dataclass
class Component:
    """A component: its name in capitals, its first line, its properties in order, and lines that are none."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


def components(text: str) -> Iterator[Component]:
    """The components of a calendar, each when it ends: inner ones before those that they stand in. Raises
    ``Broken`` where it is not known what stands in what.
    """
    open_: list[Component] = []
    line = 1
    for line, content in _unfolded(text):
        if not content.strip():
            continue
        match = _LINE.fullmatch(content)
        name = match[1].upper() if match else ""
        if match and name == "BEGIN":
            if len(open_) == _DEPTH:
                raise Broken(phrase("components are nested more than {limit} deep", limit=_DEPTH), line)
            open_.append(Component(match[3].strip().upper(), line))
        elif not open_:
            raise Broken(phrase("nothing has begun there"), line)
        for component in open_:
            # Of what is not asked for, nothing is kept.
            if component.name == "VTIMEZONE":
                component.written.append(content)
        if match and name == "END":
            ended = open_.pop()
            if ended.name != match[3].strip().upper():
                raise Broken(
                    phrase("it ends something else than began on line {line}", line=ended.line), line
                )
            yield ended
        elif match is None:
            open_[-1].broken.append(line)
        elif name != "BEGIN":
            parameters = {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(match[2])}
            open_[-1].properties.append(Property(match[1].lower(), parameters, match[3], line))
    if open_:
        raise Broken(phrase("the file ends in the middle"), line)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Lines with the numbers on which they begin; a blank at the beginning continues the one before."""
    begun, parts = 1, [""]
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.removesuffix("\r")
        if number > 1 and line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if number > 1:
            yield begun, "".join(parts)
        begun, parts = number, [line]
    yield begun, "".join(parts)


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value) if "\\" in value else value
