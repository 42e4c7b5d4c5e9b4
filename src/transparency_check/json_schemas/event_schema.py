"""The schema of an event, by the vocabulary of a pack: what a record may hold in its exact form.

It is stricter than the reader, which also takes other words for names, lists as text, and empty values; and
it cannot say all that the reader says: that a day exists, that an interval ends after it begins, that other
records agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..events import owed
from ..packs.model import Attribute, Rulebook, Text
from ..readers.values import LARGEST
from ..reserved import COLUMNS
from ..schema_files import DIALECT
from ..times import CLOCK_PATTERN, FIRST_YEAR, LAST_YEAR

Schema = dict[str, Any]

_YEAR = "(?:199[0-9]|20[0-9]{2}|2100)"
_DAY = rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
assert (FIRST_YEAR, LAST_YEAR) == (1990, 2100), "the pattern of a year says the same"
_MOMENT: Schema = {"type": "string", "pattern": rf"^{_DAY}(?:{CLOCK_PATTERN})?$"}
_INTERVAL: Schema = {"type": "string", "pattern": rf"^{_DAY}/{_DAY}$"}
# Not empty, and without blanks at its ends.
_NAME: Schema = {"type": "string", "pattern": r"^\S(?:[^\u0000]*\S)?$"}
_TEXT: Schema = {"type": "string", "pattern": r"^[^\u0000]*$"}
_RESERVED: Mapping[str, Schema] = {
    "id": _NAME | {"description": "One fact; a correction repeats it with a later recorded_at."},
    "time": {"$ref": "#/$defs/moment", "description": "When it happened."},
    "case": _NAME | {"description": "The session, act, consultation or request that it belongs to."},
    "related": {"type": "array", "items": _NAME, "description": "Other cases that it touches."},
    "recorded_at": {"$ref": "#/$defs/moment", "description": "When it was entered; without it, time."},
    "retracted": {"type": "boolean", "description": "The fact is withdrawn."},
    "source": {"type": "string", "description": "Link or file number of the evidence."},
    "note": {"type": "string"},
}


def event_schema(rulebook: Rulebook) -> Schema:
    """The schema of one record of a log that is judged by this rulebook."""
    vocabulary = rulebook.vocabulary
    towns = sorted({m.id for m in rulebook.municipalities})
    families = sorted(vocabulary.family_words())
    declaring = vocabulary.coverage.families if vocabulary.coverage else None
    properties: dict[str, Schema] = {
        "type": {
            "enum": list(vocabulary.events),
            "description": "What happened; the titles of the types stand with them.",
        },
        "municipality": {"enum": towns, "description": "An id of the pack."},
        **_RESERVED,
    }
    for name, attribute in vocabulary.attributes.items():
        properties[name] = _attribute(attribute, families if name == declaring else None)
    types: dict[str, Schema] = {}
    cases = []
    for name, event in vocabulary.events.items():
        types[name] = {
            "title": event.title.en,
            "propertyNames": {"enum": [*COLUMNS, *event.attributes]},
        } | ({"required": needed} if (needed := list(owed(event))) else {})
        cases.append(
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/{name}"},
            }
        )
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in rulebook.packs)
    return {
        "$schema": DIALECT,
        "title": f"An event of a log, by the vocabulary of {packs}",
        "description": "One record in its exact form. The reader takes others, too (docs/contract.md, 1).",
        "type": "object",
        "required": ["type", "time", "municipality"],
        "properties": properties,
        "allOf": cases,
        "$defs": {"moment": _MOMENT, "interval": _INTERVAL, **types},
    }


def _attribute(attribute: Attribute, families: list[str] | None) -> Schema:
    words: Schema = {}
    if attribute.title is not None:
        words["title"] = attribute.title.en
    meaning = attribute.meaning.en if isinstance(attribute.meaning, Text) else attribute.meaning
    if meaning:
        words["description"] = meaning
    choice: Schema = {"enum": families or attribute.values}
    text = choice if families else _NAME
    match attribute.type:
        case "choice":
            return choice | words
        case "list of choice":
            # One value may stand alone.
            return {"anyOf": [{"type": "array", "items": choice}, choice]} | words
        case "list of text":
            return {"anyOf": [{"type": "array", "items": text}, text]} | words
        case "flag":
            return {"type": "boolean"} | words
        case "integer":
            return {"type": "integer", "minimum": 0, "maximum": LARGEST} | words
        case "date-time":
            return {"$ref": "#/$defs/moment"} | words
        case "interval":
            return {"$ref": "#/$defs/interval"} | words
        case _:
            return _TEXT | words
