"""A document as DOCX: to change, to add to, to put into the office's own paper."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from ..harmless import printable
from ..reports.outline import Block, Section, Tone
from .document import Document, missing

if TYPE_CHECKING:
    from docx.document import Document as Word

_COLOURS: dict[Tone, str] = {"bad": "A11212", "doubt": "7A4D00", "good": "1D6B2F", "plain": "1A1A1A"}
# Millimetres: of the text on a page, and of all columns but the last.
_WIDTH, _NARROW, _NARROW_OF_TWO = 170, 35, 28
# What XML 1.0 cannot hold, whatever is done.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGES = {"en": "en-GB", "sq": "sq-AL", "sr-Latn": "sr-Latn-RS", "sr-Cyrl": "sr-Cyrl-RS"}


def render(document: Document) -> bytes:
    """The file. Raises ``UsageError`` where python-docx is not installed."""
    try:
        import docx
    except ImportError:
        raise missing("python-docx", "DOCX") from None
    word = docx.Document()
    _set_up(word, document)
    word.add_heading(_clean(document.page.title), 0)
    for line in document.page.header:
        _quiet(word, line)
    for section in document.page.sections:
        _section(word, section)
    _end(word, document)
    written = io.BytesIO()
    word.save(written)
    return _undated(written)


def _undated(archive: io.BytesIO) -> bytes:
    """The same archive, whenever it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(archive) as dated, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as undated:
        for entry in dated.infolist():
            undated.writestr(zipfile.ZipInfo(entry.filename), dated.read(entry), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _clean(value: str) -> str:
    """Text that does nothing and that XML can hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", printable(value))


def _set_up(word: Word, document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(18)
    normal: Any = word.styles["Normal"]
    normal.font.size = Pt(10)
    run = normal.element.get_or_add_rPr()
    language = run.makeelement(
        qn("w:lang"), {qn("w:val"): _LANGUAGES.get(document.language, document.language)}
    )
    run.append(language)
    title: Any = word.styles["Title"]
    title.font.size = Pt(18)
    properties = word.core_properties
    properties.title = _clean(document.page.title)
    properties.author = "transparency-check"
    properties.language = document.language
    properties.comments = ""
    # The same report is the same file, whenever it is written.
    properties.created = properties.modified = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def _quiet(word: Word, line: str) -> None:
    from docx.shared import Pt

    paragraph = word.add_paragraph(_clean(line))
    paragraph.paragraph_format.space_after = Pt(2)


def _section(word: Word, section: Section) -> None:
    from docx.shared import RGBColor

    heading = word.add_heading(_clean(section.title), 1)
    for run in heading.runs:
        run.font.color.rgb = RGBColor.from_string(_COLOURS[section.tone])
    for block in section.blocks:
        _block(word, block)


def _block(word: Word, block: Block) -> None:
    if block.title:
        word.add_heading(_clean(block.title), 2)
    for line in block.lines:
        _quiet(word, line)
    if not block.rows:
        return
    table = word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, block.columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(_clean(name)).bold = True
    _repeat(table.rows[0])
    for row in block.rows:
        cells = table.add_row().cells
        for cell, lines in zip(cells, row, strict=True):
            cell.text = "\n".join(map(_clean, lines))
    _set_widths(table)
    word.add_paragraph()


def _set_widths(table: Any) -> None:
    """The first columns hold names and dates, the last one sentences, as in the PDF."""
    from docx.shared import Mm

    table.autofit = False
    first = len(table.columns) - 1
    narrow = _NARROW_OF_TWO if first == 1 else _NARROW
    for n, column in enumerate(table.columns):
        width = Mm(narrow if n < first else _WIDTH - narrow * first)
        column.width = width
        for cell in column.cells:
            cell.width = width


def _repeat(row: Any) -> None:
    """Show the row of headers on every page that the table goes on to."""
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def _end(word: Word, document: Document) -> None:
    for name, value in document.facts:
        _quiet(word, f"{name}: {value}")
    table = word.add_table(rows=1, cols=len(document.signatures))
    for cell, line in zip(table.rows[0].cells, document.signatures, strict=True):
        cell.text = "\n\n\n____________________________\n" + _clean(line)
