"""docs/reference: generated from commands, schemas and vocabulary, and never older than they are."""

from __future__ import annotations

import pytest

from reference_pages import FOLDER, pages


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages()


def test_the_pages_are_those_of_the_program(made: dict[str, str]) -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    stale = [name for name, text in made.items() if there.get(name) != text]
    assert not stale, "run `make reference` again"


def test_no_page_is_left_of_what_is_gone(made: dict[str, str]) -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(made)


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("command-line.md", "### rules mutate"),
        ("report.md", "| **`summary.compliance.low`** |"),
        ("events.md", "### session_kind"),
        ("configuration.md", "| `numbers.NAME` |"),
    ],
)
def test_what_lies_deep_is_told(made: dict[str, str], page: str, line: str) -> None:
    """A command of a group, a key of a key, an attribute, a key that the office names."""
    assert f"\n{line}" in made[page]
