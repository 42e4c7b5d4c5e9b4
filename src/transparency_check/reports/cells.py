"""Text from outside, made harmless for where reports show it: terminals, Markdown, spreadsheets, JSON."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache

from ..harmless import plain, printable

# What Markdown and the HTML in it act on, wherever it stands; what begins a list or a rule only at the start
# of a line.
_MARKDOWN = str.maketrans({**{c: f"\\{c}" for c in "\\`*_[]#|~$@"}, "<": "&lt;", ">": "&gt;", "&": "&amp;"})
_LIST_MARK = re.compile(r"^([-+](?=[\s-]|$)|(?<![0-9])[0-9]{1,9}[.)](?=\s|$))")
# Services that show Markdown look for people and tickets once it is drawn, when escapes are gone: they would
# be called. An invisible blank parts the sign from the name.
_CALL = re.compile(r"@(?=\w)|#(?=[0-9]+(?!\w))")
_PARTED = "&#8203;"
# Spreadsheets run a cell that begins so as a formula. Where semicolons separate columns, as in Kosovo, a cell
# also begins behind one.
_FORMULA = re.compile(r'(^|[;|])(?=[\s"]*[-=+@\uff0d\uff1d\uff0b\uff20])')
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")


def wrapped(lines: tuple[str, ...], width: int) -> str:
    """The lines of a cell, none longer than ``width``, long words broken."""
    out: list[str] = []
    for line in lines:
        shown = plain(line)
        if len(shown) <= width and shown.isprintable() and shown == shown.strip():
            # Most are so, and need no search for where to break them.
            out.append(shown)
        else:
            out += textwrap.wrap(shown, max(width, 1), break_on_hyphens=False) or [""]
    return "\n".join(out)


def linked(value: str, width: int) -> str:
    """Text that is wrapped unless it is a link: a broken link cannot be followed."""
    return plain(value) if value.startswith(("http://", "https://")) else wrapped((value,), width)


def markdown(value: str) -> str:
    """Text that Markdown and the HTML in it show as it is, on one line."""
    shown = printable(value).strip()
    parts, last = [], 0
    for call in _CALL.finditer(shown):
        parts.append(shown[last : call.end()].translate(_MARKDOWN) + _PARTED)
        last = call.end()
    parts.append(shown[last:].translate(_MARKDOWN))
    return _LIST_MARK.sub(_unmarked, "".join(parts))


def _unmarked(mark: re.Match[str]) -> str:
    return f"{mark[1][:-1]}\\{mark[1][-1]}"


# Most cells of a column are alike.
@lru_cache(maxsize=8192)
def spreadsheet(value: str) -> str:
    """Text on one line that no spreadsheet takes for a formula; a number stays one."""
    shown = plain(value)
    return shown if _NUMBER.fullmatch(shown) else _FORMULA.sub(r"\1'", shown)


