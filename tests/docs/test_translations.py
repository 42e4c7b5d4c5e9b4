"""The documents in Albanian and Serbian say which English text they are of, and are not older than it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES = ("sq", "sr")
TRANSLATED = sorted(f.relative_to(DOCS).as_posix() for tag in LANGUAGES for f in (DOCS / tag).glob("*.md"))
SAID = re.compile(r"<!-- Translated from docs/([\w-]+\.md), sha256 (\w+) -->\n\n# ")


def parts(text: str) -> list[str]:
    """What a document is made of in any language: the levels of its headings, its blocks and tables."""
    without = re.sub(r"^```(\w*)\n.*?^```", r"```\1", text, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^(#+ |```\w+|\|-[-|]*)", without, re.MULTILINE)


def test_every_language_has_the_same_documents() -> None:
    names = {tag: sorted(file.name for file in (DOCS / tag).iterdir()) for tag in LANGUAGES}
    assert names["sq"] == names["sr"] == ["information-office.md", "legal-office.md", "start.md"]


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_translation_is_of_the_english_text_as_it_is_now(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    said = SAID.match(text)
    assert said is not None
    original, digest = said.groups()
    english = (DOCS / original).read_bytes()
    now = hashlib.sha256(english).hexdigest()
    assert digest == now, f"docs/{original} has changed: translate what changed, then write sha256 {now}"
    assert f"](../{original})" in text.split("\n\n")[2]


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_translation_has_all_parts(name: str) -> None:
    english = DOCS / Path(name).name
    assert parts((DOCS / name).read_text("utf-8")) == parts(english.read_text("utf-8"))
