"""Every text that people read, apart from the code that decides what to say.

Code asks for a text by its code and fills in values; the words stand in one catalogue per language.
"""

from __future__ import annotations

from .en import TEXTS


def text(code: str, /, n: float | None = None, **values: object) -> str:
    """The text named ``code`` with ``values`` filled in.

    ``n`` chooses between singular and plural where the catalogue holds both, and is itself a value. Raises
    ``KeyError`` for an unknown code: that is a mistake in this program, never in the input.
    """
    entry = TEXTS[code]
    if isinstance(entry, tuple):
        entry = entry[0] if n == 1 else entry[1]
    return entry.format(n=n, **values)


def known(code: str, /) -> bool:
    """Whether the catalogue has this code: reasons and outcomes of plugins may be new to it."""
    return code in TEXTS
