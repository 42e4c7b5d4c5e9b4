"""docs/law: generated from the packs, and never older than they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from transparency_check.packs import load_rulebook
from transparency_check.packs.find import bundled_names
from transparency_check.reports.law_book import pages

LAW = Path(__file__).parents[2] / "docs" / "law"
BY_HAND = {"questions.md", "practice.md"}


@pytest.fixture(scope="module")
def book() -> dict[str, str]:
    return pages(load_rulebook(bundled_names()))


def test_the_pages_are_those_of_the_packs(book: dict[str, str]) -> None:
    stale = [n for n, text in book.items() if not (LAW / n).is_file() or (LAW / n).read_text("utf-8") != text]
    assert not stale, "run `transparency-check rules pages docs/law` again"


def test_no_page_is_left_of_a_duty_that_is_gone(book: dict[str, str]) -> None:
    there = {path.relative_to(LAW).as_posix() for path in LAW.rglob("*.md")}
    assert there - set(book) == BY_HAND


def test_every_duty_says_what_it_rests_on(book: dict[str, str]) -> None:
    assert [
        n for n, text in book.items() if n.startswith("duties/") and "## What it rests on" not in text
    ] == []
