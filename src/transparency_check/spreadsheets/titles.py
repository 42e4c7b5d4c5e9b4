"""Titles of the vocabulary and of columns in the language that is spoken, Serbian in its script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..messages.language import current
from ..messages.script import latin

if TYPE_CHECKING:
    from ..packs.model import Attribute, Text
    from ..reserved import Column


def title(titles: Text | Column) -> str:
    """A title in the language that is spoken, in English where it has none."""
    language = current()
    found: str | None = getattr(titles, language[:2], None)
    if found is None:
        return titles.en
    return latin(found) if language == "sr-Latn" else found


def value_title(attribute: Attribute, value: str) -> str:
    """A value of a choice in words; itself where the vocabulary has none."""
    words = attribute.title_of(value)
    return title(words) if words else value
