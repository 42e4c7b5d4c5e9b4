"""Every text that people read, apart from the code that decides what to say.

English stands in the code's own catalogues; the other languages are translations of it (``locale``), read
where one is spoken (``language.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from .en import TEXTS, Entry
from .language import spoken

_NONE: Mapping[str, Any] = MappingProxyType({})


def text(code: str, /, n: float | None = None, **values: object) -> str:
    """The text named ``code`` with ``values`` filled in, in the language that is spoken.

    ``n`` chooses between singular and plural where the catalogue holds both, and is itself a value. Raises
    ``KeyError`` for an unknown code: that is a mistake in this program, never in the input.
    """
    return filled(code, TEXTS[code], values if n is None else {"n": n, **values})


def phrase(english: str, /, n: float | None = None, **values: object) -> str:
    """A text that stands in English where it is said, as defects of packs do; else as ``text``."""
    return filled(None, english, values if n is None else {"n": n, **values})


def later(english: str, /) -> str:
    """A text as it is, to be given to ``phrase`` later: it is among those that are translated."""
    return english


def either(items: Iterable[str]) -> str:
    """``a``, ``a or b``, ``a or b or c``."""
    return text("test.or").join(items)


def filled(context: str | None, entry: Entry, values: Mapping[str, Any] = _NONE) -> str:
    """An English text, or a pair of singular and plural, as it is in the language that is spoken, with its
    values; ``n`` among these as in ``text``. ``context`` tells apart what is the same in English only.
    """
    translations = spoken()
    if translations is not None:
        return translations.filled(context, entry, values)
    if isinstance(entry, tuple):
        entry = entry[0] if values.get("n") == 1 else entry[1]
    return entry.format_map(values)


def known(code: str, /) -> bool:
    """Whether the catalogue has this code: reasons and outcomes of plugins may be new to it."""
    return code in TEXTS
