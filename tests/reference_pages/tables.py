"""Tables of Markdown, as the documents write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def cell(text: str) -> str:
    """A text on one line that does not end its cell."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The lines of a table, the cells without line breaks and bars."""
    lines = [head, *([cell(text) for text in row] for row in rows)]
    first, *rest = (f"| {' | '.join(line)} |\n" for line in lines)
    return "".join([first, f"|{'---|' * len(head)}\n", *rest])
