"""YAML 1.2 as plain data that knows where every key and value stands.

The events of the parser are read instead of its objects: every scalar, duplicate key and tag passes through
this module, so that a file means the same whatever version of the parser reads it. Dates stay text. What YAML
allows but a pack never needs - anchors, aliases, tags, several documents, keys that are no text - is refused,
which also closes the door to files that grow when read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from transparency_check.messages import phrase
from transparency_check.model import Problem
from transparency_check.packs.decoding import INVISIBLE, decoded
from transparency_check.packs.problems import PackError, defect

Path = tuple[str | int, ...]

MAX_DEPTH = 40
MAX_DIGITS = 15

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0[xo][0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
# Each line can be taken in one way only: a comment holds the CR before its end, too.
_DIRECTIVE = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*%")


@dataclass(frozen=True)
class YamlSource:
    """One YAML file: its name for messages, its data, and the place of every key and value."""

    name: str
    data: Any
    values: dict[Path, tuple[int, int]] = field(repr=False)
    keys: dict[Path, tuple[int, int]] = field(repr=False)

    def place(self, path: Path = (), *, key: bool = False) -> str:
        """``file:line:column`` (from 1) of the value at ``path``, or of its key.

        A path that is not in the file gives the nearest part above it that is.
        """
        at = (self.keys.get(path) if key else None) or self.values.get(path)
        while at is None and path:
            path = path[:-1]
            at = self.values.get(path)
        line, column = at or (1, 1)
        return f"{self.name}:{line}:{column}"


def read_yaml(name: str, content: bytes) -> YamlSource:
    """Read one document. ``name`` is how messages call the file.

    Raises PackError with all problems that could be found: one for a text that is no YAML, several for
    duplicate keys and values that have no safe meaning.
    """
    text = decoded(name, content)
    _refuse_directive(name, text)
    builder = _Builder(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        raise PackError([*builder.problems, _syntax(name, error)]) from None
    except (YAMLError, ValueError, OverflowError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise PackError(
            [defect("yaml", name, phrase("This is not readable as YAML: {reason}.", reason=reason))]
        ) from None
    if not builder.started:
        raise PackError(
            [defect("empty", f"{name}:1:1", phrase("The file is empty. Fill it in or delete it."))]
        )
    if builder.problems:
        raise PackError(builder.problems)
    return YamlSource(name, builder.root, builder.values, builder.keys)


def _refuse_directive(name: str, text: str) -> None:
    """A file that says by which YAML it is to be read means something else to others than here."""
    found = _DIRECTIVE.match(text)
    if found:
        line = text.count("\n", 0, found.end()) + 1
        message = phrase("A directive (a line that begins with %) is not used in packs. Delete it.")
        raise PackError([defect("directive", f"{name}:{line}:1", message)])


def _syntax(name: str, error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    what = str(error.problem or error.context or phrase("unknown reason")).strip()
    hint = ""
    if "\\t" in what or "\t" in what:
        hint = phrase(" Indent with spaces, not with tabs.")
    elif "mapping values are not allowed" in what:
        hint = phrase(" A text that contains a colon and a space stands in quotes.")
    elif "cannot start any token" in what:
        hint = phrase(" A text that begins with a special character stands in quotes.")
    return defect("yaml", place, phrase("This is not readable as YAML: {what}.{hint}", what=what, hint=hint))


@dataclass
class _Frame:
    container: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    seen: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Puts the parser's events together without recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Any = None
        self.started = False
        self.documents = 0
        self.problems: list[Problem] = []
        self.values: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self.stack: list[_Frame] = []

    def take(self, event: Any) -> None:
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise PackError(
                    [
                        *self.problems,
                        self._defect(
                            event,
                            "documents",
                            phrase("A second document begins here (`---`). Put it into a file of its own."),
                        ),
                    ]
                )
        elif isinstance(event, AliasEvent):
            self._refuse(
                event, "alias", phrase("An alias (`*name`) is not used in packs. Write the value out.")
            )
            self._value(event, None)
        elif isinstance(event, ScalarEvent):
            self._marked(event)
            if self._wants_key():
                self._key(event)
            else:
                self._value(event, self._scalar(event))
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._marked(event)
            if self._wants_key():
                raise PackError(
                    [
                        *self.problems,
                        self._defect(
                            event, "key", phrase("A key is a single text, not a list or a mapping.")
                        ),
                    ]
                )
            if len(self.stack) >= MAX_DEPTH:
                raise PackError(
                    [
                        *self.problems,
                        self._defect(
                            event,
                            "depth",
                            phrase(
                                "Values are nested deeper than {most} levels. Flatten them.", most=MAX_DEPTH
                            ),
                        ),
                    ]
                )
            container: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
            self.stack.append(_Frame(container, self._value(event, container)))
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.stack.pop()

    def _wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].container, dict) and self.stack[-1].key is None

    def _key(self, event: Any) -> None:
        frame, key, line = self.stack[-1], str(event.value), event.start_mark.line + 1
        self._visible(event, key)
        if key in frame.seen:
            first = frame.seen[key]
            self._refuse(
                event,
                "duplicate-key",
                phrase(
                    "The key `{key}` stands here a second time; the first is in line {first}. Keep one.",
                    key=key,
                    first=first,
                ),
            )
        else:
            frame.seen[key] = line
        frame.key = key
        self.keys.setdefault((*frame.path, key), (line, event.start_mark.column + 1))

    def _value(self, event: Any, value: Any) -> Path:
        """Attach ``value`` where the parser stands; returns its path."""
        self.started = True
        path: Path = ()
        if not self.stack:
            self.root = value
        else:
            frame = self.stack[-1]
            if isinstance(frame.container, list):
                path = (*frame.path, len(frame.container))
                frame.container.append(value)
            else:
                path = (*frame.path, str(frame.key))
                frame.container[str(frame.key)] = value
                frame.key = None
        self.values[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
        return path

    def _marked(self, event: Any) -> None:
        if event.anchor:
            self._refuse(
                event,
                "anchor",
                phrase("An anchor (`&{anchor}`) is not used in packs. Delete it.", anchor=event.anchor),
            )
        if event.tag:
            self._refuse(
                event, "tag", phrase("A tag (`{tag}`) is not used in packs. Delete it.", tag=event.tag)
            )

    def _scalar(self, event: Any) -> Any:
        text = str(event.value)
        if event.style or event.tag:
            if any("\ud800" <= c <= "\udfff" for c in text):
                self._refuse(
                    event,
                    "text",
                    phrase(
                        "This text holds half a character (a lone surrogate). Write the character itself."
                    ),
                )
                return ""
            self._visible(event, text)
            return text
        if text in _NULLS:
            return None
        if text in _FLAGS:
            return _FLAGS[text]
        if _INTEGER.fullmatch(text):
            digits = text.lstrip("+-")
            if len(digits) > 1 and digits[0] == "0":
                self._refuse(
                    event,
                    "number",
                    phrase(
                        "`{text}` begins with a zero. Put a text in quotes; write a number without the zero.",
                        text=text,
                    ),
                )
                return 0
            if len(digits) > MAX_DIGITS:
                self._refuse(
                    event,
                    "number",
                    phrase("`{text}...` is too long for a number. Put a text in quotes.", text=text[:20]),
                )
                return 0
            return int(text)
        if _OTHER_BASE.fullmatch(text) or _NOT_A_NUMBER.fullmatch(text):
            self._refuse(
                event,
                "number",
                phrase(
                    "`{text}` could be read as a number that packs do not know. Put a text in quotes.",
                    text=text[:20],
                ),
            )
            return 0
        if _FLOAT.fullmatch(text):
            number = float(text)
            if number in (float("inf"), float("-inf")):
                self._refuse(event, "number", phrase("`{text}` is too large for a number.", text=text[:20]))
                return 0
            return number
        return text

    def _visible(self, event: Any, text: str) -> None:
        """What is written as an escape is no more visible than the character itself."""
        found = INVISIBLE.search(text)
        if found:
            self._refuse(
                event,
                "invisible",
                phrase(
                    "This text holds an invisible character (U+{code:04X}). Delete it, or write a space.",
                    code=ord(found[0]),
                ),
            )

    def _defect(self, event: Any, code: str, message: str) -> Problem:
        mark = event.start_mark
        return defect(code, f"{self.name}:{mark.line + 1}:{mark.column + 1}", message)

    def _refuse(self, event: Any, code: str, message: str) -> None:
        self.problems.append(self._defect(event, code, message))


def parts(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """All values inside ``data`` with their paths, outermost first."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from parts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from parts(value, (*path, index))
