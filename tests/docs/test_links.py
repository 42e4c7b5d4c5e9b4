"""What the documents name is there: links, files and folders; in docs/internals also functions and tables."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "transparency_check"
# A page per duty is generated, and linked from docs/law/coverage.md.
GENERATED = ROOT / "docs" / "law" / "duties"
OWN = sorted(
    p for p in (ROOT / "docs").rglob("*.md") if p.name != "semantics.md" and p.parent != GENERATED
)
DOCUMENTS = [*sorted(ROOT.glob("*.md")), ROOT / "rules" / "kosovo" / "README.md", *OWN]
# Where a file named without a folder may stand, beside the root of the repository and of the package.
PLACES = (
    "",
    "docs",
    "src/transparency_check/engine",
    "rules/kosovo",
    "samples/mapping",
    "samples/spreadsheet",
    "samples/foreign",
    "tests/reference",
    "tests/calendars",
)
SUFFIXES = ("py", "sql", "md", "csv", "yaml", "json", "toml", "sh")
# Names that stand for files of the reader's own, not of the repository.
OTHERS = {
    ".ocel.json",
    ".ocds.json",
    "/api/openapi.json",
    "people.toml",
    "log.jsonl",
    "log.jsonl.meta.yaml",
    "log.meta.yaml",
    "log.fixed.jsonl",
    "log.fixed.jsonl.meta.yaml",
    "report.json",
    "transparency-check.toml",
    "waivers.toml",
    "baseline.json",
    "before.json",
    "after.json",
    "<ID>.yaml",
    "broken.csv",
    # Of a site that was built.
    "findings.csv",
    "score.csv",
    "score.json",
    "transparency-check-site.json",
    ".json",
    ".gitlab.json",
    ".sarif.json",
    ".counts.json",
    ".jsonl",
    ".ndjson",
    ".md",
    ".csv",
}


def identity(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(document: Path) -> str:
    """The text without blocks of code."""
    text = document.read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


@cache
def anchors(document: Path) -> set[str]:
    """The headings of a document as links name them."""
    headings = re.findall(r"^#+ (.*)$", prose(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in headings}


@cache
def source() -> str:
    """The code with the names of its modules, and the vocabulary that the examples are written in."""
    files = sorted(
        [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.sql"), ROOT / "rules" / "kosovo" / "events.yaml"]
    )
    names = [path.stem for path in PACKAGE.rglob("*.py")]
    return "\n".join([*names, *(f.read_text(encoding="utf-8") for f in files)])


def named_files(document: Path) -> list[str]:
    """Texts in backticks that have the form of a path of this repository."""
    found = []
    for text in re.findall(r"`([^`\s]+)`", prose(document)):
        if text in OTHERS or "*" in text or "<" in text:
            continue
        is_file = re.fullmatch(rf"[\w./-]+\.({'|'.join(SUFFIXES)})", text)
        is_folder = re.fullmatch(r"(src|tests|docs|rules|samples|bench|packs)/[\w./-]*", text)
        if is_file or is_folder:
            found.append(text)
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=identity)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=identity)
def test_files_that_are_named_exist(document: Path) -> None:
    for name in named_files(document):
        places = [document.parent, PACKAGE, *(ROOT / place for place in PLACES)]
        assert any((place / name).exists() for place in places), name


@pytest.mark.parametrize("document", sorted((ROOT / "docs" / "internals").glob("*.md")), ids=identity)
def test_names_of_the_internals_stand_in_the_source(document: Path) -> None:
    """Functions, classes and tables: every single word in backticks, and every part of a dotted one."""
    dotted = re.findall(r"`([A-Za-z_]+(?:\.[A-Za-z_]+)*)`", prose(document))
    words = {word for text in dotted if text not in named_files(document) for word in text.split(".")}
    missing = {w for w in words if not re.search(rf"\b{re.escape(w)}\b", source())}
    assert missing - {"e1", "e2"} == set()


def test_the_index_names_every_document() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = {((ROOT / "docs") / t).resolve() for t in re.findall(r"\]\(([^)]+)\)", index)}
    own = {p.resolve() for p in OWN if p.name != "README.md"} | {(ROOT / "docs" / "semantics.md").resolve()}
    assert own - linked == set()
    assert {p.resolve() for p in (ROOT / "docs" / "schemas").glob("*.json")} - linked == set()
