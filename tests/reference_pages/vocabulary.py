"""The events that a log may hold, from the vocabulary of the pack for Kosovo and the schema of an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Attribute, EventType, Rulebook, Text, Vocabulary
from transparency_check.reserved import COLUMNS

from .tables import code, table

_LEAD = (
    "What a log may record under the pack `kosovo`: columns, events, attributes, and their words in the "
    "three languages, of which a log may use any. How values are written, and in which files, stands in the "
    "[contract](../contract.md#1-event-log). Made of the pack's vocabulary "
    "([events.yaml](../../rules/kosovo/events.yaml)) and of the schema [event.json](../schemas/event.json)."
)
_TOLD = (
    "Attributes in bold are those that a well-formed event states; `validate` warns where one is missing. "
    "What an event *takes over*, where it does not state it, comes from the latest earlier event of those "
    "types in its case."
)
_LANGUAGES = ("English", "Albanian", "Serbian")


def events(schema: Mapping[str, Any]) -> str:
    """The page; ``schema`` is that of an event, which says what the columns of every event hold."""
    book = load_rulebook(["kosovo"], examples=False)
    vocabulary = book.vocabulary
    return "\n".join(
        [
            "# Events and their attributes\n",
            f"{_LEAD}\n",
            "## Columns of every event\n",
            table(("column", "what it holds", *_LANGUAGES), _columns(schema)),
            "## Events\n",
            f"{_TOLD}\n",
            *_families(vocabulary),
            "## Attributes\n",
            *(_attribute(name, vocabulary.attributes[name]) for name in sorted(vocabulary.attributes)),
            "## Municipalities\n",
            "Their ids, and the names that are understood for them.\n",
            table(("id", "names"), _municipalities(book)),
        ]
    )


def _columns(schema: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, words in COLUMNS.items():
        needed = name in schema["required"]
        shown = f"**{code(name)}**" if needed else code(name)
        yield (shown, schema["properties"][name].get("description", ""), words.en, words.sq, words.sr)


def _families(vocabulary: Vocabulary) -> Iterator[str]:
    for family in vocabulary.family_words():
        words = vocabulary.families.get(family)
        yield f"### {family}\n"
        if words is not None:
            yield f"{_in_all(words)}.\n"
        rows = [
            (code(name), _in_all(event.title), _carried(event), _more(event))
            for name, event in vocabulary.events.items()
            if name.partition(".")[0] == family
        ]
        yield table(("event", "what happened", "attributes", "remark"), rows)


def _in_all(words: Text) -> str:
    return " / ".join(text for text in (words.en, words.sq, words.sr) if text)


def _carried(event: EventType) -> str:
    shown = ((name, f"[{name}](#{name})") for name in event.attributes)
    return ", ".join(f"**{link}**" if name in event.required else link for name, link in shown)


def _more(event: EventType) -> str:
    """What holds of the event beside its attributes."""
    said = []
    if event.follows:
        said.append(f"not before {_names(event.follows)} of its case")
    if event.inherits is not None:
        said.append(f"takes over {_names(event.inherits.attributes)} from {_names(event.inherits.from_)}")
    if event.ahead:
        said.append("may be recorded before it happens")
    return "; ".join(said)


def _names(names: list[str]) -> str:
    return ", ".join(map(code, names))


def _attribute(name: str, attribute: Attribute) -> str:
    said = [f"{attribute.type}."]
    if attribute.title is not None:
        said.insert(0, f"{_in_all(attribute.title)};")
    if attribute.meaning is not None:
        meaning = attribute.meaning
        said.append((meaning if isinstance(meaning, str) else meaning.en).rstrip(".") + ".")
    if attribute.absent is not None:
        said.append(f"Where it is not stated: {code(_value(attribute.absent))}.")
    parts = [f"### {name}\n", f"{' '.join(said)}\n"]
    if attribute.values:
        parts.append(table(("value", *_LANGUAGES), _values(attribute)))
    return "\n".join(parts)


def _values(attribute: Attribute) -> Iterator[tuple[str, ...]]:
    for value in attribute.values:
        words = attribute.title_of(value)
        titles = ("", "", "") if words is None else (words.en, words.sq or "", words.sr or "")
        yield (code(value), *titles)


def _value(value: bool | int | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _municipalities(book: Rulebook) -> Iterator[tuple[str, str]]:
    for municipality in book.municipalities:
        yield (code(municipality.id), ", ".join(municipality.names))
