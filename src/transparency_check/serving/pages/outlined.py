"""What reports arrange for paper and terminals, as sections of a page."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...pages.blocks import Column, Drawable, Line, Notice, Prose, Table
from ...pages.page import Section
from ...reports.outline import Block, Outline, Tone

_TONES = {"plain": "plain", "good": "fulfilled", "doubt": "undetermined", "bad": "violated"}
_WEB = re.compile(r"https?://[^\s<>]+")


def sections_of(
    outline: Outline, prefix: str, link: Callable[[str], Line] | None = None
) -> tuple[Section, ...]:
    """The sections, with ids that begin with ``prefix``. ``link`` may make a line of a cell one that leads
    somewhere.
    """
    made = []
    for n, section in enumerate(outline.sections, start=1):
        blocks: list[Drawable] = []
        for m, block in enumerate(section.blocks, start=1):
            blocks += _block(block, f"{prefix}-{n}-{m}", section.tone, section.title, link or _line)
        made.append(Section(f"{prefix}-{n}", section.title, tuple(blocks)))
    return tuple(made)


def _line(said: str) -> Line:
    return Line(said, said) if _WEB.fullmatch(said) else Line(said)


def _block(block: Block, id_: str, tone: Tone, title: str, link: Callable[[str], Line]) -> list[Drawable]:
    made: list[Drawable] = []
    lines = tuple(link(line) for line in block.lines if line)
    if block.title:
        lines = (Line(block.title, tone="strong"), *lines)
    if lines and tone != "plain" and not block.rows:
        made.append(Notice(lines, _TONES[tone]))  # type: ignore[arg-type]
    elif lines:
        made.append(Prose(lines))
    if block.rows:
        kinds = _kinds(block)
        columns = tuple(Column(name, kind) for name, kind in zip(block.columns, kinds, strict=True))  # type: ignore[arg-type]
        rows = tuple(tuple(tuple(link(s) for s in cell if s) for cell in row) for row in block.rows)
        made.append(Table(id_, block.title or title, columns, rows, caption_hidden=True))
    return made


def _kinds(block: Block) -> list[str]:
    """The last column tells; the first names the row."""
    last = len(block.columns) - 1
    return ["head" if n == 0 else "wide" if n == last else "text" for n in range(len(block.columns))]
