"""The checks find what they are for: raw payloads, and nothing in harmless texts."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from safety.dangers import (
    BY_ENDING,
    build_service,
    checks_for,
    dangers,
    json_text,
    markdown,
    page,
    set_page,
    spreadsheet,
    terminal,
    word_document,
)
from safety.payloads import PAYLOADS, hostile
from transparency_check.harmless import ACTING

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
STRUCTURED = {".json", ".counts.json", ".jsonl", ".ndjson", ".pdf", ".docx"}


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
