"""Keys and entries are found on their lines, however the file is written."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency_check.configuration.places import line_of, places

DOCUMENT = '''\
# a comment with = and [brackets]
municipality = "kline" # another

packs = [
  "kosovo",  # one
  "./own",
]
[numbers."XK-MTG-008"]
n = 5
source = """
two = "lines"
"""
by = 'A "quoted" name'
[readings]
"XK-MTG-001" = {reading = "lenient", by = "x", more = [1, {deep = 2}]}
[[closures]]
date = 2026-11-10
[[closures]]
from = 2026-08-03
to = 2026-08-07
[closures.extra]
key = 1
[a.b]
c.d = 1
"\\u0065" = "escaped"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("municipality",), 2),
        (("packs",), 4),
        (("packs", 0), 5),
        (("packs", 1), 6),
        (("numbers",), 8),
        (("numbers", "XK-MTG-008"), 8),
        (("numbers", "XK-MTG-008", "n"), 9),
        (("numbers", "XK-MTG-008", "source"), 10),
        (("numbers", "XK-MTG-008", "by"), 13),
        (("readings", "XK-MTG-001", "by"), 15),
        (("readings", "XK-MTG-001", "more", 1, "deep"), 15),
        (("closures", 0, "date"), 17),
        (("closures", 1), 18),
        (("closures", 1, "to"), 20),
        (("closures", 1, "extra", "key"), 22),
        (("a", "b", "c", "d"), 24),
        (("a", "b", "e"), 25),
        (("closures", 1, "missing"), 18),
        (("nothing",), 1),
    ],
    ids=str,
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line(path: tuple[str | int, ...], line: int, ends: str) -> None:
    assert line_of(places(DOCUMENT.replace("\n", ends)), path) == line


def paths(value: Any, at: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {at} - {()} | {p for key, part in inner for p in paths(part, (*at, key))}


def test_every_key_and_entry_is_found() -> None:
    assert set(places(DOCUMENT)) == paths(tomllib.loads(DOCUMENT))


PIECES = st.sampled_from(
    ["a = 1", 'b = "x # y"', "c = [1, [2, 3], # z\n {k = 'v'}]", "[t]", "[[l]]", '["q.r".s]', "d.e = 2.5",
     'f = """\n[x]\n"""', "g = '''\n''k = 1'''", "h = 1979-05-27T07:32:00Z", "# only a comment", "",
     'i = """a"b\\""""']
)  # fmt: skip


@given(st.lists(PIECES, max_size=12))
def test_whatever_tomllib_accepts_is_gone_through(pieces: list[str]) -> None:
    content = "\n".join(pieces)
    try:
        values = tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        return
    assert set(places(content)) == paths(values)
