"""Text from logs, made harmless for where it is shown: terminals, Markdown, spreadsheets."""

from __future__ import annotations

import re
import textwrap
import unicodedata

# Control characters move the cursor or colour a terminal; directional marks make a text read as another;
# lone surrogates cannot be written as UTF-8.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_SPACES = re.compile(r"[\t\n\r\v\f]+")
# What Markdown and the HTML in it act on, wherever it stands; a list mark only at the start of a line.
_MARKDOWN = str.maketrans({**{c: f"\\{c}" for c in "\\`*_[]#|~$@"}, "<": "&lt;", ">": "&gt;", "&": "&amp;"})
_LIST_MARK = re.compile(r"^(\s*)([-+](?=\s)|(?<![0-9])[0-9]{1,9}[.)](?=\s))")
# Spreadsheets run a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(value: str) -> str:
    """One line without characters that would act on a terminal: they are shown as escapes."""
    spaced = _SPACES.sub(" ", value)
    if spaced.isascii() and spaced.isprintable():
        return spaced
    return "".join(c if unicodedata.category(c) not in _UNPRINTABLE else f"\\u{ord(c):04x}" for c in spaced)


def wrapped(lines: tuple[str, ...], width: int) -> str:
    """The lines of a cell, none longer than ``width``, long words broken."""
    out: list[str] = []
    for line in lines:
        out += textwrap.wrap(plain(line), max(width, 1), break_on_hyphens=False) or [""]
    return "\n".join(out)


def linked(value: str, width: int) -> str:
    """Text that is wrapped unless it is a link: a broken link cannot be followed."""
    return plain(value) if value.startswith(("http://", "https://")) else wrapped((value,), width)


def markdown(value: str) -> str:
    """Text that Markdown and the HTML in it show as it is."""
    return _LIST_MARK.sub(_unmarked, plain(value).translate(_MARKDOWN))


def _unmarked(mark: re.Match[str]) -> str:
    return f"{mark[1]}{mark[2][:-1]}\\{mark[2][-1]}"


def spreadsheet(value: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value
