"""The text of rows as it stands in their files, for what cannot be read of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..readers.base import Input
from ..readers.encoding import encoding_of

# Of a row so much is kept.
MOST = 100_000
# Formats whose places are lines of text.
_ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".gz", ".zst")


def row_texts(files: Iterable[Input], places: Sequence[str]) -> dict[str, str]:
    """By place the line that it names, of those that are lines of text; files are read once more."""
    wanted: dict[str, dict[int, str]] = {}
    for place in places:
        name, _, number = place.rpartition(":")
        if number.isdecimal():
            wanted.setdefault(name, {})[int(number)] = place
    found: dict[str, str] = {}
    for source in files:
        lines_wanted = wanted.get(source.name)
        if not lines_wanted or source.path is None or not source.path.name.casefold().endswith(_ENDINGS):
            continue
        again = Input(source.name, source.path, packed=True)
        try:
            data = again.read()
        finally:
            again.close()
        codec = encoding_of(data).codec or "utf-8"
        lines = data.decode(codec, "replace").split("\n")
        for line, place in lines_wanted.items():
            if line <= len(lines):
                found[place] = lines[line - 1].rstrip("\r")[:MOST]
    return found
