"""YAML as plain data with places."""

# The sentences are compared whole, however long.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from transparency_check.packs.decoding import MAX_BYTES
from transparency_check.packs.problems import PackError
from transparency_check.packs.yaml_source import read_yaml


def refused(content: bytes) -> list[str]:
    with pytest.raises(PackError) as caught:
        read_yaml("f", content)
    return [f"{p.place}: {p.message}" for p in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("1:30", "1:30"),
        ("2026-11-27", "2026-11-27"),
        ("2026-11-27T10:00", "2026-11-27T10:00"),
        ("'7'", "7"),
        ('"true"', "true"),
        ("~", None),
        ("", None),
        ("null", None),
        ("true", True),
        ("-7", -7),
        ("0", 0),
        ("0.15", 0.15),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1_000", "1_000"),
        ("<<", "<<"),
        ("=", "="),
        ("03/L-064", "03/L-064"),
        ("'12:00'", "12:00"),
        (">-\n  two\n  lines", "two lines"),
    ],
)
def test_values_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    found = read_yaml("f", f"a: {text}\n".encode()).data["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["014", "0x1F", "0o17", ".inf", "-.INF", ".nan", "1e400", "1" * 16])
def test_numbers_without_a_safe_meaning_are_refused(text: str) -> None:
    (told,) = refused(f"a: {text}\n".encode())
    assert told.startswith("f:1:4: `")


def test_keys_are_always_texts() -> None:
    assert read_yaml("f", b"{true: 1, 2: 3, null: 4}").data == {"true": 1, "2": 3, "null": 4}


def test_places_of_keys_and_values() -> None:
    source = read_yaml("f.yaml", "\ufeffa: 1\nb:\n  - {c: x, d: [y, z]}\n".encode())
    assert source.data == {"a": 1, "b": [{"c": "x", "d": ["y", "z"]}]}
    assert source.place() == "f.yaml:1:1"
    assert source.place(("b",), key=True) == "f.yaml:2:1"
    assert source.place(("b", 0, "d", 1)) == "f.yaml:3:19"
    assert source.place(("b", 0, "d"), key=True) == "f.yaml:3:12"
    assert source.place(("b", 0, "absent", "deeper")) == "f.yaml:3:5"


def test_lines_end_where_editors_end_them() -> None:
    assert read_yaml("f", b"a: 1\r\nb:\r\n  c: 2\r\n").place(("b", "c")) == "f:3:6"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "f:1:1: The file is empty. Fill it in or delete it."),
        (b"# only words\n", "f:1:1: The file is empty. Fill it in or delete it."),
        (b"a: 1\nb: \xff\n", "f:2: This line is not UTF-8. Save the file with the encoding UTF-8."),
        (b"a: \x07\n", "f:1:4: There is an invisible character here (U+0007). Delete it, or write a space."),
        (b"a: " + b"x" * MAX_BYTES, f"f: The file has {MAX_BYTES + 3} bytes; more than {MAX_BYTES} are not read. Split it."),
        (b'a: "\\ud800"\n', "f:1:4: This text holds half a character (a lone surrogate). Write the character itself."),
        (b'a: "\\U00110000"\n', "f: This is not readable as YAML: chr() arg not in range(0x110000)."),
        (b"a: !!python/object:os.system x\n", "f:1:4: A tag (`tag:yaml.org,2002:python/object:os.system`) is not used in packs. Delete it."),
        (b"a: [1, 2\n", "f:2:1: This is not readable as YAML: expected ',' or ']', but got '<stream end>'."),
        (b"a: @b\n", "f:1:4: This is not readable as YAML: found character '@' that cannot start any token. A text that begins with a special character stands in quotes."),
    ],
)  # fmt: skip
def test_refused(content: bytes, told: str) -> None:
    assert refused(content) == [told]


def test_several_defects_of_one_file_are_told_together() -> None:
    assert refused(b"a: 1\na: 2\nb: &x 012\nc: *x\n") == [
        "f:2:1: The key `a` stands here a second time; the first is in line 1. Keep one.",
        "f:3:4: An anchor (`&x`) is not used in packs. Delete it.",
        "f:3:4: `012` begins with a zero. Put a text in quotes; write a number without the zero.",
        "f:4:4: An alias (`*name`) is not used in packs. Write the value out.",
    ]
