"""Documents: the whole page, what it rests on, lines to sign on; the same file every time."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from html.parser import HTMLParser

import docx
import pypdf
import pytest

from reports.made import ERROR, LATE, NAMES, PENDING, VIOLATED, report
from transparency_check.documents import NAMES as FORMATS
from transparency_check.documents.document import Document, facts_of
from transparency_check.documents.formats import rendered
from transparency_check.errors import UsageError
from transparency_check.reports.options import ReportOptions
from transparency_check.reports.outline import Block, Outline, Section, outline

REPORT = report(LATE, VIOLATED, PENDING, problems=(ERROR,))
PAGE = outline(REPORT, ReportOptions(names=NAMES))
DOCUMENT = Document(PAGE, facts_of(REPORT, NAMES.municipalities))
MANY = Document(
    Outline(
        "Many", (), (Section("Rows", "plain", (Block(columns=("A", "B"), rows=((("x",), ("y",)),) * 200),)),)
    )
)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] != "style":
            self.found.append(data)


def text_of(name: str, data: bytes) -> str:
    """All text of a document, without blanks: lines are broken in it as the format likes."""
    if name == "html":
        parser = _Text()
        parser.feed(data.decode())
        found = " ".join(parser.found)
    elif name == "pdf":
        found = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    else:
        word = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        found = " ".join([*(p.text for p in word.paragraphs), *cells])
    # Where a word is broken, the PDF sets a hyphen.
    return re.sub(r"[\s\u00ad\u2010-]+", "", found)


def squeezed(text: str) -> str:
    return re.sub(r"[\s-]+", "", text)


def shown(page: Outline) -> list[str]:
    lines = [page.title, *page.header]
    for section in page.sections:
        lines.append(section.title)
        for block in section.blocks:
            lines += [block.title, *block.lines, *block.columns]
            lines += [line for row in block.rows for cell in row for line in cell]
    return [line for line in lines if line]


@pytest.mark.parametrize("name", FORMATS)
def test_all_that_the_page_says_is_there_with_its_digests_and_lines_to_sign_on(name: str) -> None:
    found = text_of(name, rendered(name, DOCUMENT))
    for line in [*shown(PAGE), *DOCUMENT.signatures, *(f"{v}" for _, v in DOCUMENT.facts)]:
        assert squeezed(line) in found, line
    facts = dict(DOCUMENT.facts)
    assert facts["Municipality"] == "Klina"
    assert REPORT.packs[0].sha256 in facts["Pack"]
    assert REPORT.sources[0].sha256 in facts["Log"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_page_is_the_same_file(name: str) -> None:
    assert rendered(name, DOCUMENT) == rendered(name, DOCUMENT)


LETTERS = "Ë ë Ç ç Š š Đ đ Ж ж Њ њ Џ џ"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["sq", "sr-Latn", "sr-Cyrl"])
def test_letters_of_the_three_languages_and_the_language_itself(name: str, language: str) -> None:
    data = rendered(name, Document(Outline(LETTERS, (LETTERS,), ()), language=language))
    assert squeezed(LETTERS) in text_of(name, data)
    if name == "html":
        assert f'<html lang="{language}">' in data.decode()
    elif name == "pdf":
        assert pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/Lang"].startswith(language[:2])
    else:
        styles = zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml").decode()
        assert f'w:val="{language}' in styles or f'w:val="{language}-AL"' in styles


def test_the_pdf_is_tagged_and_repeats_the_headers_of_long_tables() -> None:
    reader = pypdf.PdfReader(io.BytesIO(rendered("pdf", MANY)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert len(reader.pages) > 2
    assert all(re.search(r"^A\s+B$", page.extract_text(), re.MULTILINE) for page in reader.pages[:-1])


def test_the_word_document_repeats_the_headers_of_tables_and_can_be_changed() -> None:
    word = docx.Document(io.BytesIO(rendered("docx", MANY)))
    assert "w:tblHeader" in word.tables[0].rows[0]._tr.xml
    assert [p.style.name for p in word.paragraphs if p.style and p.style.name != "Normal"] == [
        "Title",
        "Heading 1",
    ]


def test_html_needs_nothing_else_and_can_be_printed() -> None:
    data = rendered("html", DOCUMENT).decode()
    parser = _Text()
    parser.feed(data)
    assert not [tag for tag, attributes in parser.tags if {"src", "href"} & attributes.keys()]
    assert {"script", "link", "img", "iframe"}.isdisjoint(tag for tag, _ in parser.tags)
    assert "@media print" in data
    assert "url(" not in data
    assert all(attributes.get("scope") == "col" for tag, attributes in parser.tags if tag == "th")


@pytest.mark.parametrize(("name", "module"), [("html", "jinja2"), ("pdf", "typst"), ("docx", "docx")])
def test_a_library_that_is_missing_is_named_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    from transparency_check import templates

    templates.environment.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=r"pip install 'transparency-check\[documents\]'"):
        rendered(name, DOCUMENT)
    templates.environment.cache_clear()
