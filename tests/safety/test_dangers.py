"""The checks find what they are for: raw payloads, and nothing in harmless texts."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import pypdf
import pytest
import xlsxwriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from safety.dangers import (
    BY_ENDING,
    annotations,
    build_service,
    calendar,
    checks_for,
    dangers,
    json_text,
    logged_issues,
    markdown,
    page,
    sarif,
    set_page,
    spreadsheet,
    terminal,
    word_document,
    workbook,
    xml,
)
from safety.payloads import PAYLOADS, hostile
from transparency_check.harmless import ACTING, in_json

HARMLESS = "Klinë, Клина - 30 % (Art. 44; see log.jsonl:2) 'x' \"y\" a/b 2026-11-18 <= 5 & more"


def test_there_are_thousands() -> None:
    """All of them are for `make output-safety`."""
    assert len(hostile()) > (2_500 if os.environ.get("HOSTILE_TEXTS") == "all" else 1_500)


@pytest.mark.parametrize(
    "payload", [p for kind in ("terminal", "direction") for p in PAYLOADS[kind]], ids=ascii
)
def test_what_acts_on_a_terminal_is_found(payload: str) -> None:
    assert list(terminal(payload))


@pytest.mark.parametrize("payload", PAYLOADS["command"][:-1], ids=ascii)
def test_commands_to_build_services_are_found(payload: str) -> None:
    # "::::error" is none to GitHub as it stands, but a slip in making it harmless could leave one.
    assert list(build_service(f"a line\n  {payload}\n")) or payload.startswith("::::")


@pytest.mark.parametrize("payload", [p for p in PAYLOADS["formula"] if p[0] not in "{D"], ids=ascii)
@pytest.mark.parametrize(
    "row", ["{}", "a,{}", 'a,"{}"', "a;{}", 'x,"a;{}",y', 'x,"b|{}"', " {}", 'x,"a; ""{}"""']
)
def test_formulas_are_found(row: str, payload: str) -> None:
    cell = payload.replace('"', '""') if '"' in row else payload
    assert list(spreadsheet(row.format(cell)))


# To a Markdown renderer alone these are text, or what reports are made of themselves.
NOT_MARKED = {
    '" onmouseover="pwned()', "&lt;script&gt;", "&#60;script&#62;pwned()", "]]><pwned/>", "-->", "\\", "\\|",
    "&nbsp;", "[x][x]", "    pwned", "- pwned", "-", "# pwned", "~~~", "$$pwned$$", "| pwned | --- |",
    "- - - ",
    "pwned\n===", "+ pwned", "\\<script>", "- [ ] pwned", "[x]: http://pwned.example", "<svg/onload=pwned()>",
    "[x](javascript:pwned())",
}  # fmt: skip


@pytest.mark.parametrize(
    "payload",
    [p for kind in ("markup", "markdown") for p in PAYLOADS[kind] if p not in NOT_MARKED],
    ids=ascii,
)
def test_what_markdown_acts_on_is_found(payload: str) -> None:
    assert list(markdown(payload))


@pytest.mark.parametrize(
    "payload",
    [p for p in PAYLOADS["markup"] if ("script>" in p and "&" not in p) or "onload" in p or "=pwned" in p],
)
def test_what_runs_in_a_browser_is_found(payload: str) -> None:
    assert list(page(f"<p>{payload}</p>"))


def test_what_ends_a_script_is_found() -> None:
    assert list(json_text('{"a": "</script>"}'))
    assert list(json_text('{"a": "<!--"}'))
    with pytest.raises(ValueError, match="Expecting"):
        list(json_text("{"))


# A plain text is none of these.
STRUCTURED = {
    ".json", ".counts.json", ".gitlab.json", ".jsonl", ".ndjson", ".sarif", ".sarif.json", ".xml",
    ".junit.xml", ".pdf", ".docx", ".xlsx",
}  # fmt: skip


def test_what_a_pdf_does_by_itself_is_found() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(72, 72)
    plain = io.BytesIO()
    writer.write(plain)
    assert list(set_page(plain.getvalue().decode("latin-1"))) == []
    run = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    )
    writer.root_object[NameObject("/OpenAction")] = run
    acting = io.BytesIO()
    writer.write(acting)
    assert list(set_page(acting.getvalue().decode("latin-1")))


def test_what_a_word_document_fetches_or_works_out_is_found() -> None:
    for name, content in (
        ("word/_rels/document.xml.rels", '<R><Relationship Target="http://x" TargetMode="External"/></R>'),
        ("word/document.xml", "<d><w:instrText xmlns:w='w'>INCLUDETEXT</w:instrText></d>"),
    ):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr(name, content)
        assert list(word_document(made.getvalue().decode("latin-1")))


@pytest.mark.parametrize(
    ("check", "text"),
    [
        pytest.param(annotations, "::error file=a,title=b::c\n::add-mask::d", id="a command of its own line"),
        pytest.param(annotations, "::error file=a,title=b::c ##[error]d", id="a command behind one"),
        pytest.param(annotations, "::error file=a,title=b,col=5::c", id="another property"),
        pytest.param(annotations, "::error file=a,title=b: c::d", id="a value that is not escaped"),
        pytest.param(annotations, "::set-output name=a::b", id="another command to GitHub"),
        pytest.param(logged_issues, "##vso[task.logissue type=error]a\n##vso[b]", id="a second one"),
        pytest.param(logged_issues, "##vso[task.logissue type=error]a ##vso[b]", id="one behind it"),
        pytest.param(logged_issues, "##vso[task.logissue type=error;sourcepath=a]b]c", id="ended too early"),
        pytest.param(logged_issues, "##vso[task.complete result=Failed;]a", id="another command to Azure"),
        pytest.param(sarif, '{"text": "[a](http://b)"}', id="a link"),
        pytest.param(sarif, '{"text": "{0}"}', id="a place for a value"),
        pytest.param(sarif, '{"text": "{{{0}"}', id="a place behind a brace"),
        pytest.param(sarif, '{"markdown": "[a](1) <b>"}', id="markup"),
        pytest.param(sarif, '{"uri": "a b"}', id="no URI"),
        pytest.param(xml, "<testsuites><pwned/></testsuites>", id="an element"),
        pytest.param(xml, "<!DOCTYPE a><testsuites/>", id="a declaration"),
        pytest.param(calendar, "BEGIN:VTODO\r\n", id="another part"),
        pytest.param(calendar, "BEGIN:VALARM\r\nACTION:EMAIL\r\n", id="an alarm that sends"),
        pytest.param(calendar, "ATT\r\n ACH;X=1:http://pwned.example\r\n", id="a folded attachment"),
        pytest.param(calendar, "URL:javascript:alert(1)\r\n", id="an address that runs"),
    ],
)
def test_what_formats_of_services_act_on_is_found(check: Callable[[str], Iterator[str]], text: str) -> None:
    assert list(check(text))


def test_what_is_no_xml_is_found() -> None:
    with pytest.raises(ElementTree.ParseError):
        list(xml("<testsuites>\x1b</testsuites>"))


@pytest.mark.parametrize("values", [{"a": "=1+1"}, {"a": "http://pwned.example"}], ids=["formula", "link"])
def test_what_a_workbook_works_out_or_follows_is_found(values: dict[str, str]) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, values["a"])
    assert list(workbook(made.getvalue().decode("latin-1")))


@pytest.mark.parametrize("ending", sorted(set(BY_ENDING) - STRUCTURED))
def test_nothing_is_found_where_nothing_is(ending: str) -> None:
    assert dangers(HARMLESS, BY_ENDING[ending]) == []


def test_a_new_ending_is_asked_for() -> None:
    with pytest.raises(LookupError, match=r"say in tests/safety/dangers.py .*\.odt"):
        checks_for([".odt"])
    assert checks_for([]) == BY_ENDING[".txt"]


def test_every_character_that_acts_is_known() -> None:
    """The list of the program against the Unicode of this Python; characters without meaning may be on it."""
    acting = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    every = [(chr(n), unicodedata.category(chr(n))) for n in range(0x110000)]
    assert [c for c, kind in every if kind in acting and not ACTING.match(c)] == []
    assert [c for c, kind in every if kind not in acting | {"Cn", "Mn"} and ACTING.match(c)] == []


def test_json_holds_no_character_that_acts_whatever_stands_beside_it() -> None:
    """Between letters that are no ASCII, where most texts are found harmless without being searched."""
    acting = [c for c in map(chr, range(0x7F, 0x110000)) if ACTING.match(c)]
    assert [c for c in acting if c in in_json(f'"\u0448{c}\u0448"')] == []
    assert in_json('"\u0448 \U0001f3db <b> #1"') == '"\u0448 \U0001f3db <b> #1"'
