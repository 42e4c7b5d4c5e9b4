"""What the bundled packs say in Albanian and Serbian: in one script each, with nobody left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from transparency_check.messages.script import latin
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook

PACKS = ("kosovo", "klina", "kllokot", "information-office", "klgi")
# In Latin letters in both scripts: names, formats, numbers of laws, what is typed.
KEPT = re.compile(r"\b(?:HTML|PDF|SMS|Word|Excel|YouTube|IT|II|III|not|[0-9]+/L-[0-9]+)\b")


@cache
def book(pack: str) -> Rulebook:
    return load_rulebook([pack])


def texts(part: object, language: str) -> Iterator[str]:
    """All texts of a rulebook in a language."""
    if isinstance(part, dict):
        if isinstance(part.get(language), str):
            yield part[language]
        for inner in part.values():
            yield from texts(inner, language)
    elif isinstance(part, list):
        for inner in part:
            yield from texts(inner, language)


@pytest.mark.parametrize("pack", PACKS)
def test_serbian_is_in_cyrillic_so_that_both_scripts_can_be_made(pack: str) -> None:
    found = list(texts(book(pack).model_dump(), "sr"))
    assert len(found) > 100
    assert [t for t in found if re.search(r"[A-Za-zČĆŠŽĐčćšžđ]", KEPT.sub("", t))] == []
    assert [t for t in found if re.search("[\u0400-\u04ff]", latin(t))] == []


@pytest.mark.parametrize("pack", PACKS)
def test_albanian_has_no_cyrillic_letter(pack: str) -> None:
    assert [t for t in texts(book(pack).model_dump(), "sq") if re.search("[\u0400-\u04ff]", t)] == []


@pytest.mark.parametrize("pack", PACKS)
def test_who_owes_a_duty_is_said_in_every_language(pack: str) -> None:
    rulebook = book(pack)
    said = {duty.bearer: rulebook.bearer(duty) for duty in rulebook.duties}
    assert [bearer for bearer, words in said.items() if not (words.sq and words.sr)] == []
    assert {bearer for info in rulebook.packs for bearer in info.bearers} == set(said)
