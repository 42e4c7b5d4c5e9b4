"""Texts that are made of several columns, or taken apart: ``{folder}-{number}``, and patterns with named
groups.

A pattern is written by an office and meets cells that anyone has written. It may not repeat a group, look
around itself or refer back, and has few repetitions, so that no cell makes it run for long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from ..messages import phrase

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")
# A backslash with what it takes its meaning from, a set of characters, a bracket, a mark of repetition.
_SYNTAX = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P<[A-Za-z_][A-Za-z0-9_]*>|\(\?.|\(|\)|[*+]|\{[0-9,]+\}|.", re.DOTALL
)
_MOST_REPEATED = 4
_MOST_OPTIONAL = 8
MOST_MATCHED = 200


def tidy(text: str) -> str:
    """A name or word without differences that cannot be seen: composed characters, single blanks."""
    if text.isascii() and text.isprintable() and "  " not in text and text.strip() == text:
        return text
    return " ".join(unicodedata.normalize("NFC", text).split())


def word(cell: object) -> str:
    """A cell as the word that a mapping has for it: numbers and flags as they are written in JSON."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return tidy(str(cell))


def empty(cell: object) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or cell == [] or (isinstance(cell, str) and not cell.strip())


@lru_cache(maxsize=10_000)
def pieces(template: str) -> tuple[tuple[str, bool], ...]:
    """The pieces of a template: texts, and names (True). Raises ``ValueError``."""
    found: list[tuple[str, bool]] = []
    for match in _PIECE.finditer(template):
        piece = match[0]
        if piece in ("{{", "}}"):
            found.append((piece[0], False))
        elif match[1] is not None:
            if not match[1].strip():
                raise ValueError(phrase("empty braces name no column"))
            found.append((tidy(match[1]), True))
        elif piece in "{}":
            raise ValueError(phrase("a brace stands alone in this text; one that is meant is written twice"))
        else:
            found.append((piece, False))
    return tuple(found)


def names_in(template: str) -> tuple[str, ...]:
    """The names in a template, in order."""
    return tuple(dict.fromkeys(piece for piece, named in pieces(template) if named))


def check_template(value: str) -> str:
    """The template, where it is one that names something. Raises ``ValueError``."""
    if not names_in(value):
        raise ValueError(
            phrase(
                "a text names columns in braces, as `{example}`; what is always the same is a constant",
                example="{folder}-{number}",
            )
        )
    return value


class Pattern:
    """A regular expression with named groups that whole texts must fit."""

    def __init__(self, written: str) -> None:
        self.written = written
        self._compiled = re.compile(written)
        self.groups = tuple(self._compiled.groupindex)

    def match(self, text: str) -> Mapping[str, str] | None:
        """The named groups of a text; None where it does not fit, or is too long to be tried."""
        found = self._compiled.fullmatch(text) if len(text) <= MOST_MATCHED else None
        return None if found is None else {name: part or "" for name, part in found.groupdict().items()}

    @staticmethod
    def check(value: str) -> str:
        """The pattern, where it is one that can be tried on any text. Raises ``ValueError``."""
        try:
            compiled = re.compile(value)
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(phrase("this is no pattern: {why}", why=error)) from None
        if not compiled.groupindex:
            raise ValueError(
                phrase(
                    "a pattern has a named group for each part, as in {example}", example="(?P<number>[0-9]+)"
                )
            )
        _refuse_endless(value)
        return value


def _refuse_endless(pattern: str) -> None:
    repeated, optional, before = 0, 0, ""
    for match in _SYNTAX.finditer(pattern):
        token = match[0]
        bounded = token.startswith("{") and token.endswith("}") and len(token) > 1
        if token in ("*", "+") or bounded:
            if before == ")":
                raise ValueError(
                    phrase("a group in a pattern is not repeated: on some texts that takes for ever")
                )
            repeated += token in ("*", "+") or "," in token
        elif token == "?":
            optional += 1
        elif (token.startswith("(?") and not token.startswith("(?P<") and token != "(?:") or (
            token.startswith("\\") and token[1:2] in "123456789"
        ):
            raise ValueError(
                phrase("a pattern neither looks around itself nor refers back: `{token}`", token=token)
            )
        before = token
    if repeated > _MOST_REPEATED or optional > _MOST_OPTIONAL:
        raise ValueError(
            phrase(
                "a pattern has at most {most} repetitions (* and +) and {optional} parts that may be left "
                "out (?)",
                most=_MOST_REPEATED,
                optional=_MOST_OPTIONAL,
            )
        )


def groups_of(pattern: str) -> tuple[str, ...]:
    """The named groups of a pattern."""
    return Pattern(pattern).groups


def filled(template: str, part: Callable[[str], str | None]) -> tuple[str | None, str | None]:
    """A template with its parts: the text, None where all parts are empty; and the name of the first part
    that is empty beside others that are not.
    """
    made, lacking, any_ = "", None, False
    for piece, named in pieces(template):
        if not named:
            made += piece
        elif text := part(piece):
            made += text
            any_ = True
        else:
            lacking = lacking or piece
    return (made, lacking) if any_ else (None, None)
