"""A page as notebooks show it: one piece of HTML without scripts, in which nothing of a log acts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from ..harmless import printable
from ..reports.outline import Block, Outline, Section, Tone

# Colours that are readable on light and on dark paper; the paper is that of the notebook.
_TONES: dict[Tone, str] = {"bad": "#d23f3f", "doubt": "#b07a1a", "good": "#2e9150", "plain": "#808080"}
_SCOPE = "transparency-check"
_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_STYLE = (
    f".{_SCOPE}{{overflow-x:auto}}"
    f".{_SCOPE} table{{border-collapse:collapse;width:100%;margin:.3em 0 .8em}}"
    f".{_SCOPE} th,.{_SCOPE} td{{text-align:left;vertical-align:top;padding:.25em .8em .25em 0;"
    "border-bottom:1px solid #80808066;white-space:normal}"
    f".{_SCOPE} details{{margin:.4em 0;padding-left:.5em;border-left:.3em solid #808080}}"
    f".{_SCOPE} summary{{font-weight:bold;cursor:pointer}}"
    f".{_SCOPE} h4{{margin:.6em 0 .1em;font-size:1em}}"
    f".{_SCOPE} p{{margin:.1em 0;opacity:.8;font-size:.9em}}"
)


def html(page: Outline, whole: bool = False) -> str:
    """The page: sections in its order, folded but for the first and what fails; what it rests on at the end.
    Of a page that is shown ``whole`` nothing is folded, and the header stands above.
    """
    return "".join(_parts(page, whole))


def _parts(page: Outline, whole: bool) -> Iterator[str]:
    yield f'<div class="{_SCOPE}"><style>{_STYLE}</style><strong>{_safe(page.title)}</strong>'
    head, rest = (page.header, ()) if whole else (page.header[:1], page.header[1:])
    yield _lines(head)
    for n, section in enumerate(page.sections):
        yield from _section(section, whole or n == 0 or section.tone == "bad")
    if rest:
        yield f"<details><summary>{_safe(rest[0])}</summary>{_lines(rest[1:])}</details>"
    yield "</div>"


def _section(section: Section, unfolded: bool) -> Iterator[str]:
    style = f' style="border-color:{_TONES[section.tone]}"'
    if not section.blocks:
        yield f"<h4>{_safe(section.title)}</h4>"
        return
    yield f"<details{style}{' open' if unfolded else ''}><summary>{_safe(section.title)}</summary>"
    for block in section.blocks:
        yield from _block(block)
    yield "</details>"


def _block(block: Block) -> Iterator[str]:
    if block.title:
        yield f"<h4>{_safe(block.title)}</h4>"
    yield _lines(block.lines)
    if block.rows:
        head = "".join(f'<th scope="col">{_safe(column)}</th>' for column in block.columns)
        yield f"<table><thead><tr>{head}</tr></thead><tbody>"
        for row in block.rows:
            cells = ("<br>".join(map(_safe, filter(None, cell))) for cell in row)
            yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        yield "</tbody></table>"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{_safe(line)}</p>" for line in lines if line)


def _safe(text: str) -> str:
    return _DAY.sub(r'<span style="white-space:nowrap">\g<0></span>', escape(printable(text)))
