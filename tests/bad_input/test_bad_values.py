"""Bad dates and odd ids mean the same in every format."""

from __future__ import annotations

from functools import cache

import pytest

from bad_input.promises import Reading, read_bytes
from bad_input.values import VALUES, WRITERS, Value
from readers.small_pack import GOOD
from transparency_check.plugins import load_registry

READERS = load_registry(plugins=False).readers


@cache
def readings(value: Value) -> dict[str, Reading]:
    """A good record and one with the value, by every reader."""
    rows = [{**GOOD, "id": "good"}, {**GOOD, value.column: value.text}]
    return {reader.name: read_bytes(reader, WRITERS[reader.name](rows)) for reader in READERS}


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_value_in_every_format(value: Value) -> None:
    for name, reading in readings(value).items():
        told = [(problem.code, value.words in problem.message) for problem in reading.problems]
        assert told == ([(value.code, True)] if value.code else []), name
        good, odd = reading.records
        assert good["id"] == "good"
        assert {key: odd.get(key) for key, _ in value.holds} == dict(value.holds), name


def test_the_messages_differ_in_their_places_only() -> None:
    for value in VALUES:
        told = {name: [p.message for p in reading.problems] for name, reading in readings(value).items()}
        assert len({tuple(messages) for messages in told.values()}) == 1, told


def test_ids_that_look_alike_are_told_apart_or_joined() -> None:
    """Composition is no difference, capitals are one."""
    rows = [{**GOOD, "id": id_} for id_ in ("\u00e9", "e\u0301", "E\u0301", " \u00e9")]
    for reader in READERS:
        ids = [record["id"] for record in read_bytes(reader, WRITERS[reader.name](rows)).records]
        assert ids == ["\u00e9", "\u00e9", "\u00c9", "\u00e9"]
