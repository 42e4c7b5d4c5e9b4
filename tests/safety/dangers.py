"""What is dangerous in a text, by the ending of the file that it stands in.

The checks know nothing of how texts are made harmless: they read what was written as a terminal, a build
service, a spreadsheet, a Markdown renderer or a browser does.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from xml.etree import ElementTree

import pypdf
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf.generic import DictionaryObject

# Keys of a PDF that run, fetch or carry something.
_PDF_ACTS = frozenset(
    {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/URI", "/EmbeddedFiles", "/EF"}
)
Check = Callable[[str], Iterator[str]]

_ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def terminal(text: str) -> Iterator[str]:
    """Characters that act on a terminal, or are not what they seem. Line ends do not."""
    for character in sorted(set(text.replace("\r\n", "\n")) - {"\n"}):
        if unicodedata.category(character) in _ACTING:
            yield f"the character {character!a}"


def build_service(text: str) -> Iterator[str]:
    """Commands to services that show what a build prints.

    GitHub takes ``::name ...::`` where a line begins with it, and ``##[name]`` anywhere; Azure ``##vso[`` and
    ``##[`` anywhere, TeamCity ``##teamcity[``.
    """
    for line in text.splitlines():
        begun = line.strip()
        if begun.startswith("::") and (end := begun.find("::", 2)) > 2:
            name = begun[2:end].split(" ")[0]
            if re.fullmatch(r"[A-Za-z][A-Za-z-]*", name):
                yield f"the command {begun[:60]!r}"
        if found := re.search(r"##[A-Za-z]*\[", line):
            yield f"the command {line[found.start() :][:60]!r}"


_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def spreadsheet(text: str) -> Iterator[str]:
    """Cells that run as formulas, however the columns are taken to be separated."""
    for delimiter in ",;\t|":
        for skip in (False, True):
            lines = io.StringIO(text, newline="")
            for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=skip):
                for cell in row:
                    begun = cell.strip(' \t\r\n"\u00a0')
                    if begun[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20") and not _NUMBER.fullmatch(begun):
                        yield f"the cell {cell[:60]!r} between {delimiter!r}"


# What the pages and reports of the program are made of; a text from outside adds none of it.
_BLOCKS = frozenset(
    (
        "heading",
        "paragraph",
        "bullet_list",
        "list_item",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "inline",
    )
)
_INLINE = frozenset({"text", "text_special", "softbreak"})
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_CALL = re.compile(r"@\w|#[0-9]+(?!\w)")


def markdown_tokens(text: str) -> list[Token]:
    """The text as a renderer takes it apart."""
    return _MARKDOWN.parse(text)


def markdown(text: str) -> Iterator[str]:
    """Anything but headings, lists, tables and text; people and tickets that would be called."""
    if not text.isascii():
        yield from terminal(text)
    for token in markdown_tokens(text):
        kind = re.sub(r"_(open|close)$", "", token.type)
        if kind not in _BLOCKS:
            yield f"a {kind}: {token.content[:60]!r}"
        for child in token.children or ():
            if child.type in _INLINE:
                if _CALL.search(child.content):
                    yield f"somebody is called: {child.content[:60]!r}"
            elif not (child.type == "html_inline" and child.content == "<br>"):
                yield f"a {child.type}: {(child.content or str(child.attrs))[:60]!r}"


def json_text(text: str) -> Iterator[str]:
    """What is no JSON, or ends the script of a page that it is put into."""
    json.loads(text)
    for mark in ("</", "<!--", "<script"):
        # "<script" alone opens nothing inside a script, but together with "<!--" keeps it from ending.
        if mark in text and mark != "<script":
            yield f"{mark} at {text.index(mark)}"


def json_lines(text: str) -> Iterator[str]:
    """The same, line by line."""
    for line in text.splitlines():
        yield from json_text(line)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            runs = name.startswith("on") or name == "srcdoc"
            if runs or re.match(r"\s*(javascript|data):", value or "", re.IGNORECASE):
                self.found.append(f"<{tag} {name}={value!r}>")
        if tag == "pwned":
            self.found.append("<pwned>")
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if getattr(self, "_inside", "") in ("script", "style") and "pwned" in data:
            self.found.append(f"{self._inside}: {data[:60]!r}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def page(text: str) -> Iterator[str]:
    """What runs in a browser and came from a payload."""
    parsed = _Page()
    parsed.feed(text)
    parsed.close()
    yield from parsed.found


def set_page(data: str) -> Iterator[str]:
    """What a PDF does when it is opened or clicked, and what lies in it as a file of its own."""
    reader = pypdf.PdfReader(io.BytesIO(data.encode("latin-1")))
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(number)
        if isinstance(found, DictionaryObject):
            yield from (key for key in found if key in _PDF_ACTS)
            if found.get("/Subtype") == "/Link":
                yield f"a link: {found}"


def word_document(data: str) -> Iterator[str]:
    """What is fetched or worked out when a DOCX is opened."""
    with zipfile.ZipFile(io.BytesIO(data.encode("latin-1"))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                for element in ElementTree.fromstring(archive.read(name)).iter():
                    tag = element.tag.rpartition("}")[2]
                    if tag in ("instrText", "fldSimple", "altChunk", "object"):
                        yield f"{name}: {tag}"
                    if element.get("TargetMode") == "External":
                        yield f"{name}: {element.get('Target')}"


_ANNOTATION = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^:,]*,)*[a-z]+=[^:,]*)::")
_ISSUE = re.compile(r"##vso\[task\.logissue (?:[a-z]+=[^;\]]*;)*[a-z]+=[^;\]]*\](?=[^\]]*$)")
_PROPERTIES = frozenset({"file", "line", "title"})


def annotations(text: str) -> Iterator[str]:
    """Commands to GitHub other than the annotations that a report for it is made of."""
    for line in text.splitlines():
        own = _ANNOTATION.match(line)
        yield from build_service(line[own.end() :] if own else line)
        if own and not {value.partition("=")[0] for value in own[2].split(",")} <= _PROPERTIES:
            yield f"the properties {own[2]!r}"


def logged_issues(text: str) -> Iterator[str]:
    """Commands to Azure other than the issues that a report for it is made of."""
    for line in text.splitlines():
        own = _ISSUE.match(line)
        yield from build_service(line[own.end() :] if own else line)


def _strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, key)


def sarif(text: str) -> Iterator[str]:
    """Links in messages that lead elsewhere than to related locations, values that would be put in, URIs that
    are none, and what is hostile in its Markdown.
    """
    for key, value in _strings(json.loads(text)):
        if key in ("text", "markdown"):
            if found := re.search(r"(?<!\\)\]\((?![0-9]+\))", value):
                yield f"a link: {value[found.start() - 20 :][:60]!r}"
            if re.search(r"(?<!\{)(?:\{\{)*\{[0-9]+\}", value):
                yield f"a place for a value: {value[:60]!r}"
        if key == "markdown":
            yield from markdown(value.replace("{{", "{").replace("}}", "}"))
        if key in ("uri", "helpUri") and not re.fullmatch(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]+", value):
            yield f"the URI {value[:60]!r}"


def xml(text: str) -> Iterator[str]:
    """What is no XML, and elements that a report of tests is not made of."""
    known = {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out", "properties",
        "property",
    }  # fmt: skip
    yield from (e.tag for e in ElementTree.fromstring(text.encode()).iter() if e.tag not in known)
    if "<!" in text:
        yield f"a declaration: {text[text.index('<!') :][:60]!r}"


def workbook(data: str) -> Iterator[str]:
    """What is worked out, fetched or followed when an XLSX is opened."""
    with zipfile.ZipFile(io.BytesIO(data.encode("latin-1"))) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                yield f"the part {name}"
                continue
            for element in ElementTree.fromstring(archive.read(name)).iter():
                tag = element.tag.rpartition("}")[2]
                if tag in ("f", "hyperlink", "externalReference", "ddeLink", "oleObject"):
                    yield f"{name}: {tag}"
                if element.get("TargetMode") == "External":
                    yield f"{name}: {element.get('Target')}"


_CALENDAR = frozenset({"VCALENDAR", "VEVENT", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT"})


def calendar(text: str) -> Iterator[str]:
    """What a calendar would run, fetch, send or follow, and parts that it is not made of."""
    for line in text.replace("\r\n", "\n").replace("\n ", "").split("\n"):
        name, _, value = line.partition(":")
        name = name.partition(";")[0].upper()
        if name == "BEGIN" and value not in _CALENDAR:
            yield f"the part {value!r}"
        if name == "ACTION" and value != "DISPLAY":
            yield f"the action {value!r}"
        if name in ("ATTACH", "ATTENDEE", "ORGANIZER", "IMAGE", "SOURCE", "CONFERENCE"):
            yield f"the property {name}"
        if name == "URL" and not value.startswith(("http://", "https://")):
            yield f"the address {value[:60]!r}"


# By the ending of a file; whatever is written may also be printed to a terminal, in a build or elsewhere.
_PRINTED: tuple[Check, ...] = (terminal, build_service)
BY_ENDING: dict[str, tuple[Check, ...]] = {
    ".txt": _PRINTED,
    ".json": (*_PRINTED, json_text),
    ".counts.json": (*_PRINTED, json_text),
    ".jsonl": (*_PRINTED, json_lines),
    ".ndjson": (*_PRINTED, json_lines),
    ".csv": (*_PRINTED, spreadsheet),
    ".tsv": (*_PRINTED, spreadsheet),
    ".md": (*_PRINTED, markdown),
    ".markdown": (*_PRINTED, markdown),
    ".html": (*_PRINTED, page),
    ".htm": (*_PRINTED, page),
    ".svg": (*_PRINTED, page),
    ".pdf": (set_page,),
    ".docx": (word_document,),
    ".xlsx": (workbook,),
    ".ics": (*_PRINTED, calendar),
    ".sarif": (*_PRINTED, json_text, sarif),
    ".sarif.json": (*_PRINTED, json_text, sarif),
    ".gitlab.json": (*_PRINTED, json_text),
    ".xml": (*_PRINTED, xml),
    ".junit.xml": (*_PRINTED, xml),
    ".github.txt": (terminal, annotations),
    ".azure.txt": (terminal, logged_issues),
}


def checks_for(endings: Sequence[str]) -> tuple[Check, ...]:
    """What must be looked for in files with these endings; what has none is text. Raises ``LookupError`` for
    one that is new.
    """
    if missing := [ending for ending in endings if ending not in BY_ENDING]:
        raise LookupError(f"say in tests/safety/dangers.py what is dangerous in a file with {missing}")
    return tuple(dict.fromkeys(check for ending in endings or (".txt",) for check in BY_ENDING[ending]))


def dangers(text: str, checks: Sequence[Check]) -> list[str]:
    """All that the checks find."""
    return [found for check in checks for found in check(text)]
