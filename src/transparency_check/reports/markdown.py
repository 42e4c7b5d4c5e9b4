"""The report as Markdown: for a pull request, a wiki, a step summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from ..model import Report
from .cells import markdown
from .options import ReportOptions
from .outline import OPEN, Block, Cell, Outline, Section, outline


def _cell(cell: Cell) -> str:
    return "<br>".join(markdown(line) for line in cell)


def _block(block: Block) -> list[str]:
    out: list[str] = []
    if block.title:
        out += [f"### {markdown(block.title)}", ""]
    if block.lines:
        out += [*(f"- {markdown(line)}" for line in block.lines), ""]
    if block.rows:
        out.append("| " + " | ".join(markdown(c) for c in block.columns) + " |")
        out.append("|" + " --- |" * len(block.columns))
        out += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in block.rows]
        out.append("")
    return out


def _section(section: Section) -> list[str]:
    out = [f"## {markdown(section.title)}", ""]
    for block in section.blocks:
        out += _block(block)
    return out


def markdown_page(page: Outline) -> str:
    """The whole page in Markdown."""
    lines = [f"# {markdown(page.title)}", "", *(f"- {markdown(line)}" for line in page.header), ""]
    for section in page.sections:
        lines += _section(section)
    return "\n".join(lines)


class MarkdownReporter:
    """The same arrangement as the table, in Markdown tables; what comes from the log is escaped."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")
    most = OPEN

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the report as Markdown."""
        stream.write(markdown_page(outline(report, ReportOptions.of(options))))
