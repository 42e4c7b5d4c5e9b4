"""Defects of a pack: what is wrong, where, and the nearest right name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from transparency_check.harmless import plain
from transparency_check.messages import phrase
from transparency_check.model import Problem

# Of what stands in backquotes, so much is shown: no name is longer.
_LONGEST = 80


class PackError(Exception):
    """A pack that cannot be used.

    ``problems`` holds all that was found, in the order of files, lines and columns; ``str()`` gives one
    ``place: message`` a line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(in_order(problems))
        super().__init__("\n".join(plain(f"{p.place}: {p.message}") for p in self.problems))


def set_of(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without repetitions of place and message."""
    return list({(p.place, p.message): p for p in problems}.values())


def defect(code: str, place: str, message: str) -> Problem:
    """An error of a pack. ``code`` names the kind; it is prefixed with ``pack-``.

    What the message quotes of a file is shortened, and shown without characters that act on a terminal.
    """
    parts = message.split("`")
    parts[1::2] = [part if len(part) <= _LONGEST else f"{part[:_LONGEST]}..." for part in parts[1::2]]
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in "`".join(parts))
    return Problem("error", f"pack-{code}", place, clean)


def no_pack(folder: Path, shown: str) -> Problem:
    """What is wrong with a folder that is no pack, or is not there."""
    if folder.is_dir():
        message = phrase("There is no pack.yaml in this folder. A pack is a folder with a pack.yaml in it.")
    else:
        message = phrase("This folder does not exist. A pack is a folder with a pack.yaml in it.")
    return defect("folder", shown, message)


def nearest(word: str, words: Iterable[str], likeness: float = 0.6) -> str | None:
    """The most similar of ``words``, or None where none is similar enough (0 to 1) to be meant."""
    matcher = difflib.SequenceMatcher(None, b=str(word).casefold())
    best, found = likeness, None
    for candidate in sorted(set(words)):
        matcher.set_seq1(candidate.casefold())
        bounds = (matcher.real_quick_ratio, matcher.quick_ratio)
        if any(bound() < best for bound in bounds):
            continue
        ratio = matcher.ratio()
        if ratio > best or (found is None and ratio == best):
            best, found = ratio, candidate
    return found


def did_you_mean(word: str, words: Iterable[str], most: int = 12) -> str:
    """The end of a message about an unknown name: the nearest one, else all of them where they are few.

    It begins with a space, so that it can be put behind any sentence.
    """
    choices = sorted(set(words))
    near = nearest(word, choices)
    if near is not None:
        return phrase(" Did you mean `{near}`?", near=near)
    if 0 < len(choices) <= most:
        return phrase(" Known are: {list}.", list=", ".join(choices))
    return ""


def shown(value: object) -> str:
    """A value as a message shows it: kind and text, cut to a readable length."""
    if value is None:
        return phrase("nothing")
    if isinstance(value, bool):
        return phrase("the flag {value}", value=str(value).lower())
    if isinstance(value, int | float):
        return phrase("the number {value}", value=value)
    if isinstance(value, list):
        return phrase("a list") if value else phrase("an empty list")
    if isinstance(value, dict):
        return (
            phrase("a mapping with {list}", list=", ".join(map(str, list(value)[:4])))
            if value
            else phrase("an empty mapping")
        )
    text = str(value)
    return phrase('the text "{text}"', text=text if len(text) <= 40 else text[:37] + "...")


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without repetitions, in the order of files, lines and columns."""
    return sorted(set_of(problems), key=_order)


def _order(problem: Problem) -> tuple[str, list[int], str]:
    found = re.fullmatch(r"(.*?)((?::[0-9]+)*)", problem.place, re.DOTALL)
    name, numbers = (found[1], found[2]) if found else (problem.place, "")
    return name, [int(n) for n in numbers.split(":") if n], problem.message
