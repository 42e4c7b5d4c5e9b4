"""The files of a pack as text: UTF-8, of a size that a person can write, with nothing that cannot be seen."""

from __future__ import annotations

import re

from transparency_check.messages import phrase
from transparency_check.packs.problems import PackError, defect

MAX_BYTES = 2_000_000

# Control characters, line separators that editors and parsers count differently, and marks of direction and
# of no width, by which a text reads otherwise than it is.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def decoded(name: str, content: bytes) -> str:
    """The text of a file. Raises PackError for one that is too large, is not UTF-8, or holds a character that
    cannot be seen. ``name`` is how messages call the file.
    """
    if len(content) > MAX_BYTES:
        raise PackError(
            [
                defect(
                    "size",
                    name,
                    phrase(
                        "The file has {n} bytes; more than {most} are not read. Split it.",
                        n=len(content),
                        most=MAX_BYTES,
                    ),
                )
            ]
        )
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PackError(
            [
                defect(
                    "encoding",
                    f"{name}:{line}",
                    phrase("This line is not UTF-8. Save the file with the encoding UTF-8."),
                )
            ]
        ) from None
    found = INVISIBLE.search(text)
    if found:
        before = text[: found.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise PackError(
            [
                defect(
                    "invisible",
                    f"{name}:{line}:{column}",
                    phrase(
                        "There is an invisible character here (U+{code:04X}). Delete it, or write a space.",
                        code=ord(found[0]),
                    ),
                )
            ]
        )
    return text
