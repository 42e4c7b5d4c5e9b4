"""The words of the vocabulary in the language that is spoken, as pages say them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..messages import text
from ..messages.figures import day
from ..spreadsheets.titles import title, value_title

if TYPE_CHECKING:
    from ..packs.model import Attribute, Vocabulary


def capital(said: str) -> str:
    """With a capital first letter."""
    return said[:1].upper() + said[1:]


def shown_value(attribute: Attribute, value: Any) -> str:
    """A value that was read, in words."""
    if isinstance(value, bool):
        return text("template.yes" if value else "template.no")
    if isinstance(value, list | tuple):
        return "; ".join(shown_value(attribute, part) for part in value)
    if isinstance(value, dict):
        return shown_value(
            attribute, value["text"] if "text" in value else f"{value['first']}/{value['last']}"
        )
    if attribute.values and isinstance(value, str):
        return value_title(attribute, value)
    if attribute.type == "date-time" and isinstance(value, str):
        # Seconds, and how far the clock was from UTC, matter to programs only.
        return day(value[:16].replace("T", " "))
    return day(value) if attribute.type == "interval" and isinstance(value, str) else str(value)


def attribute_title(vocabulary: Vocabulary, name: str) -> str:
    """What an attribute is called."""
    said = vocabulary.attributes[name].title
    return capital(title(said)) if said else name


def family_title(vocabulary: Vocabulary, event: str) -> str:
    """The family that an event belongs to."""
    family = event.partition(".")[0]
    words = vocabulary.families.get(family)
    return capital(title(words)) if words else family
