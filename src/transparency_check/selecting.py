"""Which rules a word means: an id, the beginning of one, an area, or a pack, whatever its case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


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
