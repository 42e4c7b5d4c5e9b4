"""A page as notebooks show it: one piece of HTML without scripts, in which nothing of a log acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from ..harmless import printable
from ..reports.outline import Block, Outline, Section, Tone

# Colours that are readable on light and on dark paper; the paper is that of the notebook.
_TONES: dict[Tone, str] = {"bad": "#d23f3f", "doubt": "#b07a1a", "good": "#2e9150", "plain": "#808080"}
_SCOPE = "transparency-check"
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


def html(page: Outline) -> str:
    """The page: sections in its order, folded but for what fails and what is alone on its page; what it rests
    on at the end.
    """
    return "".join(_parts(page))


def _parts(page: Outline) -> Iterator[str]:
    yield f'<div class="{_SCOPE}"><style>{_STYLE}</style><strong>{_safe(page.title)}</strong>'
    head, *rest = page.header or ("",)
    yield f"<p>{_safe(head)}</p>"
    for section in page.sections:
        yield from _section(section, section.tone == "bad" or len(page.sections) == 1)
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
    return escape(printable(text))
