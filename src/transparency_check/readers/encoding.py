"""Which encoding a text file is in: its mark, UTF-8, or an older one that fits its letters - said, never
silent.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), *((mark, "utf-16") for mark in UTF16_MARKS))
# Encodings of Albanian and Serbian texts from before UTF-8: Latin and Cyrillic.
_OLDER = ("cp1250", "cp1251")
_NAMES = {"cp1250": "Windows-1250", "cp1251": "Windows-1251"}
_SAMPLE = 100_000
_SLICE = 1 << 20


class Encoding(NamedTuple):
    """How to decode a text.

    ``codec`` is for Python, None where none fits; ``assumed`` its name for people where it is a guess;
    ``offset`` the index of the first byte that does not fit UTF-8; ``damaged`` says that the text is UTF-8
    all the same, but for some bytes.
    """

    codec: str | None
    assumed: str | None = None
    offset: int = 0
    damaged: bool = False


def encoding_of(data: bytes) -> Encoding:
    """The encoding of a whole text."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            offset = _first_bad(data, codec)
            return Encoding(codec) if offset is None else Encoding(None, None, offset)
    offset = _first_bad(data, "utf-8")
    if offset is None:
        return Encoding("utf-8")
    if _mostly_utf8(data, offset):
        return Encoding("utf-8", None, offset, True)
    codec_ = _older(data, offset)
    return Encoding(codec_, _NAMES.get(codec_ or ""), offset)


def _first_bad(data: bytes, codec: str) -> int | None:
    """The index of the first byte that ``codec`` cannot read; the text is decoded in slices to save
    memory.
    """
    decoder = codecs.getincrementaldecoder(codec)()
    for start in range(0, len(data) + 1, _SLICE):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + _SLICE], final=start + _SLICE >= len(data))
        except UnicodeDecodeError as error:
            return max(0, start - pending + error.start)
    return None


def _mostly_utf8(data: bytes, offset: int) -> bool:
    """Whether more letters around the first bad byte are well formed UTF-8 than are not: older encodings
    hardly ever look so.
    """
    start = max(0, offset - _SAMPLE // 2)
    text = data[start : start + _SAMPLE].decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(not c.isascii() for c in text) > 2 * bad


def _older(data: bytes, offset: int) -> str | None:
    """The older encoding that reads all of the text and whose letters make the likelier words."""
    possible = [codec for codec in _OLDER if _first_bad(data, codec) is None]
    if len(possible) < 2:
        return possible[0] if possible else None
    import charset_normalizer

    start = max(0, offset - _SAMPLE // 2)
    best = charset_normalizer.from_bytes(data[start : start + _SAMPLE], cp_isolation=list(_OLDER)).best()
    return best.encoding if best is not None and best.encoding in _OLDER else _OLDER[0]
