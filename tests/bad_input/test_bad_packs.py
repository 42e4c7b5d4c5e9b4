"""The catalogue of bad packs: each defect is told at its place, in whatever file it stands."""

from __future__ import annotations

import pytest

from bad_input.pack_files import MEANINGS, TABLE, TABLES, TEXT, YAML, YAML_FILES, Broken, Meant
from bad_input.promises import read_pack
from packs.small_pack import FILES
from transparency_check.model import Problem

FAULTS = [
    *((file, fault) for file in YAML_FILES for fault in (*YAML, *TEXT)),
    *((file, fault) for file in TABLES for fault in (*TABLE, *TEXT)),
]


def told(file: str, content: str | bytes) -> list[Problem]:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    found = read_pack(file.encode() + b"\n" + data)
    return list(found) if isinstance(found, tuple) else []


@pytest.mark.parametrize(("file", "fault"), FAULTS, ids=lambda value: str(value))
def test_a_broken_file(file: str, fault: Broken) -> None:
    found = told(file, fault.change(FILES[file]))
    if not fault.code:
        assert found == []
        return
    first = found[0]
    assert first.code == fault.code
    assert fault.words in first.message
    # Names that the file may define are not called unknown.
    assert {p.place.removeprefix("pack/").partition(":")[0] for p in found} == {file}
    if fault.place:
        assert first.place == f"pack/{file}:{fault.place}"


@pytest.mark.parametrize("meant", MEANINGS, ids=str)
def test_what_a_text_means(meant: Meant) -> None:
    assert meant.old in FILES[meant.file]
    found = told(meant.file, FILES[meant.file].replace(meant.old, meant.new, 1))
    if meant.told is None:
        assert found == []
        return
    place, code, words = meant.told
    first = next((p for p in found if p.place == f"pack/{meant.file}:{place}"), None)
    assert first is not None, found
    assert first.code == code
    assert words in first.message
