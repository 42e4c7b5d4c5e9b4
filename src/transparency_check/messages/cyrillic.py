"""Serbian in Cyrillic script, made from Latin: letter by letter, but for words that are no Serbian ones."""

from __future__ import annotations

import re

_SINGLE = dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True))
_DOUBLE = {"lj": "љ", "nj": "њ", "dž": "џ"}
# Stems in which two letters are two sounds.
_APART = re.compile(
    r"(?<=in)(?=jek|jun)|(?<=kon)(?=jug|junk)|(?<=van)(?=jez)|(?<=nad)(?=živ|žup)|(?<=pod)(?=žup)"
)
# Words that stay as they are: placeholders, addresses, options, names of files and commands, what has letters
# that Serbian lacks, and abbreviations of computing.
_KEPT = re.compile(
    r"\{[^{}]*\}|https?://\S+|(?<!\w)--?[a-z][\w-]*|[\w-]*\.(?:xlsx|ods|csv|yaml|jsonl|md|toml)\b"
    r"|transparency-check(?: [a-z]+)*|\b\w*[qwxyQWXY]\w*\b"
    r"|\b(?:PDF|SMS|HTML|CSV|ODS|UTF|LibreOffice|LOG|FILE|DAY|ID|not)\b"
)
_WORD = re.compile(r"[^\W\d_]+")


def cyrillic(text: str) -> str:
    """The text in Cyrillic script; what is no Serbian word stays in Latin."""
    made, end = [], 0
    for kept in _KEPT.finditer(text):
        made += [_WORD.sub(_word, text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*made, _WORD.sub(_word, text[end:])])


def _word(found: re.Match[str]) -> str:
    word = found[0]
    letters = []
    for part in _APART.sub("|", word.lower()).split("|"):
        at = 0
        while at < len(part):
            pair = _DOUBLE.get(part[at : at + 2])
            letters.append((pair, 2) if pair else (_SINGLE.get(part[at], part[at]), 1))
            at += 2 if pair else 1
    made, at = "", 0
    for letter, length in letters:
        made += letter.upper() if word[at].isupper() else letter
        at += length
    return made
