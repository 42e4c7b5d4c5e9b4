"""Text from outside - logs, packs, names, plugins - made harmless for terminals and the logs of builds."""

from __future__ import annotations

import re

# Control and format characters, lone surrogates, private characters, separators of lines: they move the
# cursor, colour a terminal, or make a text read as another. A list of its own, so that the same text is
# written whatever Unicode a Python knows; tests compare it.
ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\uf8ff\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# What services that run builds take for a command where it is printed: ::error::, ##[error], ##vso[...],
# ##teamcity[...].
COMMAND = re.compile(r"::(?=[A-Za-z])|##(?=[A-Za-z]*\[)")
_SPACES = re.compile(r"[\t\n\r\v\f]+")
# In JSON: the characters that act, what ends a script or begins a comment in HTML, and what a build service
# takes for a command.
_IN_JSON = re.compile(rf"{ACTING.pattern}|<(?=[/!])|##(?=[A-Za-z]*\[)")


def printable(value: str) -> str:
    """One line, in which characters that would act are shown as escapes."""
    if value.isascii() and value.isprintable():
        return value
    return ACTING.sub(_escaped, _SPACES.sub(" ", value))


def plain(value: str) -> str:
    """One line that neither acts on a terminal nor is a command to a service that runs builds."""
    shown = printable(value)
    return COMMAND.sub(_first_escaped, shown) if "::" in shown or "##" in shown else shown


def plain_lines(value: str) -> str:
    """The same of each line."""
    return "\n".join(map(plain, value.split("\n")))


def _escaped(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _first_escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0][0]):04x}{found[0][1:]}"


def in_json(written: str) -> str:
    """Written JSON that says the same and can stand in a page, a terminal and the log of a build."""
    # Most texts hold nothing of the kind, which these find out many times as fast as the pattern does; one
    # character is sought faster than two.
    if "<" not in written and ("#" not in written or "##" not in written) and _still(written):
        return written
    return _IN_JSON.sub(_json_escape, written)


def _still(written: str) -> bool:
    """Whether there is certainly no character that acts: what acts is not printable, whichever Unicode a
    Python knows, but for some of the characters that take two units of UTF-16.
    """
    if written.isascii():
        # The others are escaped wherever JSON is written.
        return "\x7f" not in written
    return written.isprintable() and len(written.encode("utf-16-le")) == 2 * len(written)


def _json_escape(found: re.Match[str]) -> str:
    units = found[0][0].encode("utf-16-be", "surrogatepass")
    escapes = (f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))
    return "".join(escapes) + found[0][1:]
