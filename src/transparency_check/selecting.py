"""Which rules a word means: an id, the beginning of one, an area, or a pack, whatever its case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from .errors import UsageError
from .messages import text
from .packs.model import Rulebook
from .packs.needed import closure, restricted
from .packs.problems import nearest as near_name

# Rules that are part of the program, with their area: semantics 2.4.
BUILT_IN = {"TC-REC-001": "REC"}


class Rules(NamedTuple):
    """All rules that there are, each with its area, and with its pack where it stands in one."""

    areas: Mapping[str, str]
    packs: Mapping[str, str]

    def names(self) -> list[str]:
        """Every word that means some of them, written out."""
        return [*self.areas, *sorted({*self.areas.values(), *self.packs.values()})]

    def meant(self, word: str) -> set[str]:
        """The rules that a word means; empty where there are none."""
        folded = word.strip().casefold()
        if not folded:
            return set()
        return {
            rule
            for rule, area in self.areas.items()
            if rule.casefold().startswith(folded)
            or folded in (area.casefold(), self.packs.get(rule, "").casefold())
        }

    def unmeant(self, words: Iterable[str]) -> list[str]:
        """The words that mean none."""
        return [word for word in words if not self.meant(word)]


def areas(rulebook: Rulebook) -> dict[str, str]:
    """The area of every rule, built-in ones included."""
    return {**BUILT_IN, **{d.id: d.area for d in rulebook.duties}}


def chooser(select: Iterable[str], ignore: Iterable[str], rulebook: Rulebook) -> Callable[[str], bool]:
    """Which rules are wanted: those that match ``select`` (all, where it is empty) and do not match
    ``ignore``.

    A word means an id, the beginning of one, an area, or a pack, whatever its case. Raises ``UsageError`` for
    a word that means nothing.
    """
    rules = Rules(areas(rulebook), rulebook.pack_of)

    def matching(words: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for word in words:
            if not (hits := rules.meant(word)):
                raise UsageError(nearest(text("error.rule", name=word), word, rules.names()))
            found |= hits
        return found

    chosen, refused = matching(select), matching(ignore)

    def wanted(rule: str) -> bool:
        return rule not in refused and (not chosen or rule in chosen)

    return wanted


def narrowed_rulebook(rulebook: Rulebook, wanted: Callable[[str], bool]) -> Rulebook:
    """The rulebook with the wanted duties and those that their outcome rests on.

    These are the duties that trigger them and the local ones that take their place.
    """
    rules = frozenset(d.id for d in rulebook.duties if wanted(d.id))
    if len(rules) == len(rulebook.duties):
        return rulebook
    while True:
        kept = closure(rulebook, rules)
        kept |= {d.id for d in rulebook.duties if d.replaces in kept}
        if kept == rules:
            return restricted(rulebook, kept)
        rules = kept


def nearest(message: str, word: str, names: Iterable[str]) -> str:
    """The message, followed by the nearest of the names where one is near."""
    near = near_name(word, names)
    return text("nearest", message=message, name=near) if near else message
