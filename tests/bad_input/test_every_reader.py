"""What every reader of the registry promises for bytes of any kind; a new one is held to it by existing."""

from __future__ import annotations

import json
import random

import pytest

from bad_input.promises import read_bytes
from bad_input.test_bad_logs import CATALOGUE
from readers.small_pack import GOOD
from transparency_check.plugins import load_registry
from transparency_check.readers.base import Reader

READERS = load_registry(plugins=False).readers
LINE = json.dumps(GOOD).encode()
HOSTILE = {
    "nothing": b"",
    "a NUL": b"\0",
    "NULs": bytes(100_000),
    "every byte": bytes(range(256)) * 100,
    "noise": random.Random(1).randbytes(50_000),
    "a line without end": b"x" * 3_000_000,
    "brackets": b"[" * 1_000_000,
    "braces": b'{"a":' * 200_000,
    "quotes": b'"' * 100_000,
    "quotes and commas": b'",' * 50_000,
    "backslashes": b"\\" * 100_000,
    "blanks": b" " * 1_000_000,
    "ends of lines": b"\r\n" * 60_000,
    "commas": b"," * 100_000,
    "delimiters of all kinds": b",;\t|" * 20_000,
    "a mark and no more": b"\xff\xfe",
    "half a character in UTF-16": b"\xff\xfe\x00",
    "a lone surrogate in UTF-16": b"\xff\xfe\x00\xd8",
    "marks of all encodings": b"\xef\xbb\xbf\xff\xfe\xfe\xff",
    "characters cut off": "ë".encode()[:1] * 10_000,
    "combining marks": "\u0301".encode() * 100_000,
    "the beginning of an archive": b"PK\x03\x04" + bytes(1000),
    "an empty archive": b"PK\x05\x06" + bytes(18),
    "the beginning of an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    "an archive of another kind": b"\x1f\x8b\x08" + bytes(1000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "a good line and noise": LINE + b"\n" + random.Random(2).randbytes(5_000) + b"\n" + LINE,
}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.name))
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes(reader: Reader, name: str) -> None:
    reading = read_bytes(reader, HOSTILE[name])
    assert not any(row.values and row.damaged and "id" in row.values for row in reading.rows)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.name))
def test_what_is_bad_for_another_reader(reader: Reader) -> None:
    """A file with the wrong ending."""
    for entry in CATALOGUE:
        if entry.reader != reader.name and len(entry.data) < 200_000:
            read_bytes(reader, entry.data)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.name))
def test_every_entry_cut_off_anywhere(reader: Reader) -> None:
    own = [entry.data for entry in CATALOGUE if entry.reader == reader.name and 0 < len(entry.data) < 10_000]
    rng = random.Random(3)
    for data in own:
        for _ in range(2):
            read_bytes(reader, data[: rng.randrange(len(data))])
