"""Serbian in Latin script, made from Cyrillic: letter by letter and without exceptions, as it cannot be made
the other way.
"""

from __future__ import annotations

import re

_SINGLE = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
_DOUBLE = {"љ": "lj", "њ": "nj", "џ": "dž"}
_LETTERS = str.maketrans(
    {**_SINGLE, **_DOUBLE}
    | {cyrillic.upper(): latin.upper() for cyrillic, latin in _SINGLE.items()}
    | {cyrillic.upper(): latin.capitalize() for cyrillic, latin in _DOUBLE.items()}
)
# A letter of two in a word of capitals has two capitals: ЉУДИ, but Људи.
_BESIDE_CAPITAL = re.compile("[ЉЊЏ](?=[А-ЯЂЈЉЊЋЏ])|(?<=[А-ЯЂЈЉЊЋЏ])[ЉЊЏ](?![а-яђјљњћџ])")


def latin(text: str) -> str:
    """The text with every Cyrillic letter of Serbian in Latin script; all else stays as it is."""
    return _BESIDE_CAPITAL.sub(lambda found: _DOUBLE[found[0].lower()].upper(), text).translate(_LETTERS)
