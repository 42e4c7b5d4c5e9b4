"""The report for people at a terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from ..harmless import plain
from ..model import Report
from .cells import wrapped
from .options import ReportOptions
from .outline import OPEN, Block, Outline, Section, Tone, outline

_COLOURS: dict[Tone, str] = {"bad": "31", "doubt": "33", "good": "32", "plain": ""}
_GAP = 2
# Widest that a column before the last one gets; the last takes the rest of the line.
_WIDEST = 24
# What the last gets in any case, and how far those before it give way to that.
_LAST = 20
_NARROWED = 16
# Stands for an empty line between rows: tabulate leaves out rows that are empty. It cannot come from a log,
# whose format characters are shown as escapes.
_EMPTY = "\u200b"


def draw_table(columns: tuple[str, ...], rows: list[list[str]], apart: bool = True) -> str:
    """A table of cells that are already wrapped; ``apart`` puts an empty line between rows of several
    lines.
    """
    import tabulate

    # tabulate's own setting for it: otherwise a header makes its column wider than the cells were wrapped
    # for.
    tabulate.MIN_PADDING = 0
    several = apart and any("\n" in cell for row in rows for cell in row)
    spaced: list[list[str]] = []
    for row in rows:
        if spaced and several:
            spaced.append([_EMPTY] * len(columns))
        spaced.append(row)
    drawn = tabulate.tabulate(spaced, headers=columns, tablefmt="simple", disable_numparse=True)
    return "\n".join(line.replace(_EMPTY, "").rstrip() for line in drawn.splitlines())


def _widths(block: Block, width: int) -> list[int]:
    fixed = []
    for index, name in enumerate(block.columns[:-1]):
        longest = max((len(plain(line)) for row in block.rows for line in row[index]), default=0)
        fixed.append(min(max(longest, len(name)), _WIDEST))
    room = width - _GAP * len(fixed) - _LAST
    while sum(fixed) > room and max(fixed) > _NARROWED:
        fixed[fixed.index(max(fixed))] -= 1
    return [*fixed, max(width - sum(fixed) - _GAP * len(fixed), _LAST)]


def _block(block: Block, width: int) -> list[str]:
    out = []
    if block.title:
        out.append(wrapped((block.title,), width))
    indent = "  " if block.title else ""
    for line in block.lines:
        out += [indent + part for part in wrapped((line,), width - len(indent)).splitlines()]
    if block.rows:
        if out:
            out.append("")
        widths = _widths(block, width)
        rows = [[wrapped(cell, w) for cell, w in zip(row, widths, strict=True)] for row in block.rows]
        columns = tuple(wrapped((name,), w) for name, w in zip(block.columns, widths, strict=True))
        out.append(draw_table(columns, rows))
    return out


def styled(value: str, tone: Tone, colour: bool) -> str:
    """A heading, bold and in the colour of its tone where colour is wanted."""
    if not colour:
        return value
    code = ";".join(c for c in ("1", _COLOURS[tone]) if c)
    return f"\x1b[{code}m{value}\x1b[0m"


def _section(section: Section, options: ReportOptions) -> str:
    heading = wrapped((section.title,), options.width)
    shown = styled(heading, section.tone, options.colour)
    if section.blocks:
        shown += "\n" + "=" * max(len(line) for line in heading.splitlines())
    return "\n\n".join([shown, *("\n".join(_block(block, options.width)) for block in section.blocks)])


def draw(page: Outline, options: ReportOptions) -> list[str]:
    """The parts of the page, to be set apart by empty lines."""
    header = "\n".join(wrapped((line,), options.width) for line in page.header)
    return [header, *(_section(section, options) for section in page.sections)]


class TableReporter:
    """Text for people. Fulfilled and not applicable obligations only where everything is asked for; counts
    always.
    """

    name = "table"
    suffixes: tuple[str, ...] = (".txt",)
    most = OPEN

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the report as text for people."""
        given = ReportOptions.of(options)
        stream.write("\n\n".join(draw(outline(report, given), given)) + "\n")
