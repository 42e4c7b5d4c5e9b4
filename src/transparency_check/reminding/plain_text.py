"""A reminder as plain text, for programs that show no HTML and for services that send short messages."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from .digest import Digest, Group

_WIDTH = 72
_INDENT = "  "


def render(digest: Digest) -> str:
    """The text, each obligation as a paragraph that begins with its day."""
    parts = [digest.title, "=" * len(digest.title), "", *_wrapped(digest.lines, "")]
    for group in digest.groups:
        parts += ["", "", group.title, "-" * len(group.title), *_group(group)]
    return "\n".join([*parts, "", "-- ", *_wrapped(digest.end, ""), ""])


def _group(group: Group) -> Iterator[str]:
    for item in group.items:
        yield ""
        yield from _wrapped(["; ".join((item.when, *item.marks))], "")
        yield from _wrapped([item.title, item.about, *item.lines], _INDENT)
    if group.more:
        yield ""
        yield group.more


def _wrapped(lines: list[str] | tuple[str, ...], indent: str) -> Iterator[str]:
    for line in lines:
        yield from textwrap.wrap(
            line, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False,
            break_long_words=False,
        )  # fmt: skip
