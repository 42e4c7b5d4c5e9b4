"""The forms of values that are clean, and how the database keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..times import CLOCK_PATTERN, DATE_PATTERN

if TYPE_CHECKING:
    from ..packs.model import Vocabulary

# Characters that stand for themselves in every form of Unicode: printable, composed, no quote, no backslash,
# no blank (which may stand between them). Latin, Cyrillic, dashes and quotation marks.
CHARACTERS = "!#-\\[\\]-~\u00a1-\u00ac\u00ae-\u024f\u0400-\u0481\u048a-\u052f\u2010-\u2027"
TEXT = f"[{CHARACTERS}](?:[{CHARACTERS} ]*[{CHARACTERS}])?"
TIME = f"{DATE_PATTERN}(?:{CLOCK_PATTERN})?"
SPAN = f"{DATE_PATTERN}/{DATE_PATTERN}"
LARGEST = 10**15 - 1

RESERVED = {
    "id": "text", "type": "text", "municipality": "text", "case": "text", "related": "list of text",
    "time": "date-time", "recorded_at": "date-time", "retracted": "flag", "source": "text", "note": "text",
}  # fmt: skip
# The type in which the database keeps a value. Times are kept as they are written: ``times.py`` reads them,
# once each, and they are looked up.
KINDS = {
    "text": "VARCHAR", "choice": "VARCHAR", "flag": "BOOLEAN", "integer": "BIGINT", "date-time": "VARCHAR",
    "interval": "VARCHAR", "list of choice": "VARCHAR[]", "list of text": "VARCHAR[]",
}  # fmt: skip


def types_of(vocabulary: Vocabulary) -> dict[str, str]:
    """The type of every key that a clean row may have."""
    types = {name: attribute.type for name, attribute in vocabulary.attributes.items()} | RESERVED
    families = vocabulary.coverage.families if vocabulary.coverage else None
    if families is not None and types.get(families) != "list of text":
        # Families of events are no free text; of any other type they are left to the exact reader.
        types.pop(families, None)
    return types


def stated(key: str) -> str:
    """The column with what rows state under a key."""
    return quoted(f"s_{key}")


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
