"""Texts made of several columns or taken apart, and patterns that could run for ever."""

from __future__ import annotations

import re

import pytest

from transparency_check.mapping.texts import Pattern, check_template, filled, names_in, tidy, word

REFUSED = {
    "no pattern": ("(?P<a>[0-9]+", "this is no pattern"),
    "no named group": ("[0-9]+", "has a named group"),
    "a group that is repeated": ("(?P<a>(x+)+)", "a group in a pattern is not repeated"),
    "a group so many times": ("(?P<a>x+){3}", "a group in a pattern is not repeated"),
    "looks ahead": ("(?P<a>[0-9]+)(?=/)", "neither looks around itself nor refers back"),
    "looks back": ("(?<=x)(?P<a>[0-9]+)", "neither looks around itself nor refers back"),
    "refers back": (r"(?P<a>[0-9])\1", "neither looks around itself nor refers back"),
    "refers back by name": ("(?P<a>[0-9])(?P=a)", "neither looks around itself nor refers back"),
    "many repetitions": ("(?P<a>.*.*.*.*.*x)", "at most 4 repetitions"),
    "many parts that may be left out": ("(?P<a>" + "x?" * 9 + ")", "8 parts that may be left out"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_patterns_that_are_refused(case: str) -> None:
    pattern, why = REFUSED[case]
    with pytest.raises(ValueError, match=re.escape(why)):
        Pattern.check(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<n>[0-9]+)/(?P<y>[0-9]{4})",
        r"Nr\. (?P<n>[0-9+*]+)",
        r"(?P<a>K|M)-?(?P<n>\d+)",
        r"[)*](?P<a>\(\+)",
    ],
    ids=["two parts", "marks in a set", "choices", "marks that are meant"],
)
def test_patterns_that_are_taken(pattern: str) -> None:
    assert Pattern.check(pattern) == pattern


def test_a_pattern_fits_the_whole_text_or_not() -> None:
    pattern = Pattern("(?P<n>[0-9]+)/(?P<y>[0-9]{4})")
    assert pattern.match("12/2026") == {"n": "12", "y": "2026"}
    assert [pattern.match(text) for text in ("12/2026 bis", "x12/2026", "12/20261", "1" * 300 + "/2026")] == [
        None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("template", "parts", "made"),
    [
        ("{a}-{b}", {"a": "1", "b": "2"}, ("1-2", None)),
        ("{a}-{b}", {"a": "", "b": ""}, (None, None)),
        ("{a}-{b}", {"a": "1", "b": ""}, ("1-", "b")),
        ("{{{a}}}", {"a": "1"}, ("{1}", None)),
        ("{case:concept:name}", {"case:concept:name": "x"}, ("x", None)),
        ("{Nr.}/{Viti  i}", {"Nr.": "1", "Viti i": "26"}, ("1/26", None)),
    ],
    ids=["both", "none", "one is lacking", "braces that are meant", "colons", "blanks in a name"],
)
def test_a_text_of_several_columns(
    template: str, parts: dict[str, str], made: tuple[str | None, str | None]
) -> None:
    assert filled(template, parts.get) == made
    assert set(names_in(template)) == set(parts)


@pytest.mark.parametrize("template", ["12", "{a", "a}", "{}", "{ }"])
def test_what_is_no_such_text(template: str) -> None:
    with pytest.raises(ValueError, match=r"names columns in braces|stands alone|braces name no column"):
        check_template(template)


def test_words_are_compared_as_they_are_seen() -> None:
    assert tidy(" Thirrur  më\n") == "Thirrur më" == tidy("Thirrur me\u0308")
    assert [word(cell) for cell in (True, 12, 12.0, 1.5, " a  b ")] == ["true", "12", "12", "1.5", "a b"]
