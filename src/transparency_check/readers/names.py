"""Names as people write them: folded for comparison, and the nearest known one for a name that is not
known.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property

# Letters that Unicode does not take apart, and Serbian Cyrillic in its Latin form.
_LETTERS = str.maketrans(
    dict(zip("đðłøıабвгдђежзијклмнопрстћуфхцчш", "ddloiabvgddezzijklmnoprstcufhccs", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dz"}
)
_GAPS = re.compile(r"[\s_\-\u2010-\u2015]+")


def fold(text: str) -> str:
    """A text without case, accents and differences of blanks, hyphens and underscores: ``Lënda`` is
    ``lenda``, ``Клина`` ``klina``. For the Serbian letter of one sound, ``dj`` is ``đ``.
    """
    plain = text.casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)
        ).translate(_LETTERS)
    return _GAPS.sub(" ", plain.replace("dj", "d")).strip()


# How alike two names are of which one is a slip of the other: foreign names come near by chance.
_SLIP = 0.8
_SLIP_FAMILY = 0.75


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The most similar of ``names`` in folded form, or None where none is near enough to be meant."""
    return _nearest(word, _by_fold(names))


def _by_fold(names: Iterable[str]) -> dict[str, str]:
    """Names by their folded form, in order; of several with one form the first."""
    known: dict[str, str] = {}
    for name in sorted(names):
        known.setdefault(fold(name), name)
    return dict(sorted(known.items()))


def _nearest(word: str, known: Mapping[str, str]) -> str | None:
    close = difflib.get_close_matches(fold(word[:80]), list(known), n=1, cutoff=0.6)
    return known[close[0]] if close else None


def slip_of(word: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``word`` must be a slip of, or None for a word of another vocabulary.

    Of dotted names the first parts must be alike too: most vocabularies end their names in the same verbs.
    """
    return _slip_of(word, _by_fold(names))


def _slip_of(word: str, known: Mapping[str, str]) -> str | None:
    folded = fold(word[:80])
    for close in difflib.get_close_matches(folded, list(known), n=5, cutoff=_SLIP):
        first, second = folded.partition("."), close.partition(".")
        if not (first[1] and second[1]) or _alike(first[0], second[0]) >= _SLIP_FAMILY:
            return known[close]
    return None


def _alike(first: str, second: str) -> float:
    return difflib.SequenceMatcher(None, first, second).ratio()


_HINTS = 1_000


class Names:
    """Spellings of known things. A spelling that two things share stands for neither."""

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        """``spellings`` gives for each id what else it may be called; the id itself always counts,
        exactly, before any spelling.
        """
        self.ids = frozenset(spellings)
        self._folded: dict[str, set[str]] = {}
        self._nearest: dict[str, str | None] = {}
        self._slips: dict[str, str | None] = {}
        self._spelt: dict[str, str] = {}
        for id_, others in spellings.items():
            for spelling in (id_, *others):
                self._folded.setdefault(fold(spelling), set()).add(id_)
                self._spelt.setdefault(spelling, id_)

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        return _by_fold(self._spelt)

    def find(self, text: str) -> str | None:
        """The id that ``text`` stands for, or None."""
        if text in self.ids:
            return text
        found = self._folded.get(fold(text))
        return next(iter(found)) if found is not None and len(found) == 1 else None

    def candidates(self, text: str) -> list[str]:
        """All ids that ``text`` may stand for, sorted."""
        return sorted(self._folded.get(fold(text), ()))

    def nearest(self, text: str) -> str | None:
        """The spelling that is most like ``text``, with the id that it means, or None where none is near.

        Of a log with thousands of unknown names the later ones get no such help: looking takes milliseconds.
        """
        if text not in self._nearest:
            if len(self._nearest) >= _HINTS:
                return None
            spelt = _nearest(text, self._by_fold)
            self._nearest[text] = None if spelt is None else self.shown(spelt)
        return self._nearest[text]

    def shown(self, spelling: str) -> str:
        """A spelling with the id that it means, where that is another word."""
        meant = self._spelt[spelling]
        return spelling if fold(spelling) == fold(meant) else f"{spelling} ({meant})"

    def slip_of(self, text: str) -> str | None:
        """The id that ``text`` is a slip of (see ``slip_of``), or None where it means something else."""
        if text not in self._slips:
            if len(self._slips) > 10_000:
                self._slips.clear()
            spelt = _slip_of(text, self._by_fold)
            self._slips[text] = None if spelt is None else self._spelt[spelt]
        return self._slips[text]

    def spellings(self, id_: str) -> tuple[str, ...]:
        """How ``id_`` may be written, the id itself first."""
        return (id_, *(spelt for spelt, meant in self._spelt.items() if meant == id_ and spelt != id_))
