"""Words of columns, events and values in every language, script and spelling (contract 1)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from transparency_check.events import Normaliser
from transparency_check.logs import read_logs
from transparency_check.messages.script import latin
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Attribute, EventType, Rulebook, Text, Vocabulary, Words
from transparency_check.readers.names import Names
from transparency_check.reserved import COLUMNS

SPELLINGS = {
    "as it is": lambda word: word,
    "in capitals": str.upper,
    "without marks": lambda word: "".join(
        c for c in unicodedata.normalize("NFKD", word.replace("đ", "dj").replace("Đ", "Dj"))
        if not unicodedata.combining(c)
    ),
    "in Latin": latin,
    "with other blanks": lambda word: f"  {word.replace(' ', '_').replace('-', ' ')} ",
}  # fmt: skip


@cache
def book() -> Rulebook:
    return load_rulebook(["kosovo"])


@cache
def normaliser() -> Normaliser:
    return Normaliser(book().vocabulary, book().municipalities, ZoneInfo(book().zone))


def meanings() -> Iterator[tuple[str, Names, str, list[str]]]:
    """What has words: what kind of thing, among which names, its own name, its words."""
    vocabulary = book().vocabulary
    for name, column in COLUMNS.items():
        yield "column", normaliser().columns, name, [*column.everywhere(), column.sr]
    for name, attribute in vocabulary.attributes.items():
        yield "column", normaliser().columns, name, attribute.headers()
        for value, words in attribute.words().items():
            names = normaliser().values_of(name)
            assert names is not None
            yield f"value of {name}", names, value, words
    for name, event in vocabulary.events.items():
        names = normaliser().values_of("type")
        assert names is not None
        yield "event", names, name, [*event.title.everywhere(), event.title.sr or ""]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_word_of_the_vocabulary_is_understood(spelling: str) -> None:
    """A Serbian word in either script, an Albanian one without its marks: all mean the same."""
    wrong = [
        (kind, name, word)
        for kind, names, name, words in meanings()
        for word in words
        if names.find(SPELLINGS[spelling](word)) != name
    ]
    assert wrong == []


def test_everything_has_a_title_in_each_language() -> None:
    vocabulary = book().vocabulary
    titles = {name: a.title for name, a in vocabulary.attributes.items()}
    titles |= {
        f"{name}: {value}": a.title_of(value)
        for name, a in vocabulary.attributes.items()
        # The choice among the duties is made by the program, and goes by their ids.
        if name != vocabulary.attestation
        for value in a.values
    }
    titles |= dict(vocabulary.families)
    assert [name for name, t in titles.items() if t is None or not (t.en and t.sq and t.sr)] == []
    assert set(vocabulary.families) == set(vocabulary.family_words())


AMBIGUOUS = Vocabulary(
    events={
        "meeting.held": EventType(title=Text(en="A meeting was held", sq="U mbajt"), attributes=["a", "b"]),
        "hearing.held": EventType(title=Text(en="A hearing was held", sq="U mbajt"), attributes=["a", "b"]),
    },
    attributes={
        "a": Attribute(
            title=Text(en="first", sq="Lloji"),
            type="choice",
            values={"x": Words(en="one", sq="një"), "y": Words(en="two", sr="Nje")},
        ),
        "b": Attribute(title=Text(en="second", sq="lloji"), type="text"),
    },
)


@pytest.mark.parametrize(
    ("row", "code", "severity", "first", "second", "known"),
    [
        ({"type": "u mbajt"}, "ambiguous_type", "error", "hearing.held", "meeting.held", None),
        ({"type": "meeting.held", "LLOJI": "x"}, "ambiguous_column", "warning", "a", "b", {}),
        ({"type": "meeting.held", "a": "nje"}, "ambiguous_choice", "warning", "x", "y", {}),
        # The exact name goes first, whatever else it may be a word for.
        ({"type": "meeting.held", "a": "x", "b": "y"}, None, None, None, None, {"a": "x", "b": "y"}),
    ],
    ids=["event", "column", "value", "exact names"],
)
def test_a_word_for_two_things_is_told_with_both(
    row: dict[str, str], code: str, severity: str, first: str, second: str, known: object, tmp_path: Path
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(json.dumps({"id": "e", "time": "2026-03-02", "municipality": "kline", **row}) + "\n")
    log = read_logs([path], AMBIGUOUS, book().municipalities, book().zone)
    told = [(p.code, p.severity, p.values.get("first"), p.values.get("second")) for p in log.problems]
    assert told == ([(code, severity, first, second)] if code else [])
    (record,) = map(json.loads, log.records)
    assert record.get("a") == known
    assert record["readable"] == (severity != "error")
