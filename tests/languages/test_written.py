"""Dates, numbers and scripts as each language writes them."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from transparency_check.messages import phrase, text
from transparency_check.messages.figures import day, decimal, grouped
from transparency_check.messages.language import LANGUAGES, speaking, within
from transparency_check.messages.script import latin
from transparency_check.messages.translations import Comma
from transparency_check.model import Evidence
from transparency_check.packs.model import Text
from transparency_check.reports import wording
from transparency_check.reports.options import Names

CLDR = {"en": "en", "sq": "sq", "sr-Latn": "sr_Latn", "sr-Cyrl": "sr_Cyrl"}


@pytest.mark.parametrize(
    ("value", "english", "others"),
    [
        ("2026-11-18", "2026-11-18", "18.11.2026"),
        (dt.date(2026, 3, 2), "2026-03-02", "02.03.2026"),
        ("2026-11-18 09:30", "2026-11-18 09:30", "18.11.2026 09:30"),
        ("2026-11-18T09:30", "2026-11-18T09:30", "18.11.2026 09:30"),
        ("2026-11-27T10:00:00+01:00", "2026-11-27T10:00:00+01:00", "27.11.2026 10:00:00+01:00"),
        ("2026-08-03/2026-08-14", "2026-08-03/2026-08-14", "03.08.2026/14.08.2026"),
        ("(open)", "(open)", "(open)"),
        ("2024-H1", "2024-H1", "2024-H1"),
        ("", "", ""),
    ],
    ids=str,
)
def test_days(value: dt.date | str, english: str, others: str) -> None:
    for spoken in LANGUAGES:
        with speaking(spoken):
            assert day(value) == (english if spoken == "en" else others)


@pytest.mark.parametrize("spoken", ["sq", "sr-Latn", "sr-Cyrl"])
def test_days_as_babel_writes_them(spoken: str) -> None:
    with speaking(spoken):
        for ordinal in range(dt.date(2024, 1, 1).toordinal(), dt.date(2025, 1, 5).toordinal()):
            date = dt.date.fromordinal(ordinal)
            assert day(date) == format_date(date, "dd.MM.yyyy", locale=CLDR[spoken])


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_numbers_as_babel_writes_them(spoken: str) -> None:
    with speaking(spoken):
        for n in (0, 999, 1000, 1234567):
            assert grouped(n) == format_decimal(n, locale=CLDR[spoken])
        for number in (0.0, 0.25, 12.5):
            assert decimal(number, 2) == format_decimal(number, format="0.00", locale=CLDR[spoken])
        assert text("percent", n=66.666) == {"en": "66.7 %"}.get(spoken, "66,7 %")
        assert text("late.hour", n=1.5).startswith("1.5 " if spoken == "en" else "1,5 ")


def test_a_number_with_a_comma_in_every_format() -> None:
    assert (f"{Comma(1.5)}", f"{Comma(2.25):.1f}", str(Comma(0.5)), f"{Comma(10):g}") == (
        "1,5", "2,2", "0,5", "10",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("n", "albanian", "serbian"),
    [
        (1, "1 ditë pune", "1 радни дан"),
        (2, "2 ditë pune", "2 радна дана"),
        (5, "5 ditë pune", "5 радних дана"),
        (11, "11 ditë pune", "11 радних дана"),
        (21, "21 ditë pune", "21 радни дан"),
        (22, "22 ditë pune", "22 радна дана"),
        (112, "112 ditë pune", "112 радних дана"),
    ],
)
def test_counted_things(n: int, albanian: str, serbian: str) -> None:
    for spoken, expected in (("sq", albanian), ("sr-Cyrl", serbian), ("sr-Latn", latin(serbian))):
        with speaking(spoken):
            assert text("late.working-day", n=n) == expected


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "1 сат"),
        (0.21, "0,21 сат"),
        (0.5, "0,5 сати"),
        (1.5, "1,5 сати"),
        (2.2, "2,2 сата"),
        (0.12, "0,12 сати"),
    ],
)
def test_broken_numbers_have_the_form_of_their_decimals(n: float, said: str) -> None:
    with speaking("sr-Cyrl"):
        assert text("late.hour", n=n) == said


ALPHABET = [
    "а",
    "б",
    "в",
    "г",
    "д",
    "ђ",
    "е",
    "ж",
    "з",
    "и",
    "ј",
    "к",
    "л",
    "љ",
    "м",
    "н",
    "њ",
    "о",
    "п",
    "р",
    "с",
    "т",
    "ћ",
    "у",
    "ф",
    "х",
    "ц",
    "ч",
    "џ",
    "ш",
]
LATIN = [
    "a",
    "b",
    "v",
    "g",
    "d",
    "đ",
    "e",
    "ž",
    "z",
    "i",
    "j",
    "k",
    "l",
    "lj",
    "m",
    "n",
    "nj",
    "o",
    "p",
    "r",
    "s",
    "t",
    "ć",
    "u",
    "f",
    "h",
    "c",
    "č",
    "dž",
    "š",
]


@pytest.mark.parametrize(("cyrillic", "roman"), list(zip(ALPHABET, LATIN, strict=True)))
def test_every_letter(cyrillic: str, roman: str) -> None:
    assert latin(cyrillic) == roman
    assert latin(cyrillic.upper()) == roman.capitalize()
    assert latin(f"А{cyrillic.upper()}А") == f"A{roman.upper()}A"


@pytest.mark.parametrize(
    ("cyrillic", "roman"),
    [
        ("Љубав према њиви и џепу", "Ljubav prema njivi i džepu"),
        ("ЉУБАВ", "LJUBAV"), ("КОЊ", "KONJ"), ("Коњ", "Konj"), ("Њ", "Nj"), ("ЏЕП Џеп", "DŽEP Džep"),
        ("JSON-у и {name!r} у log.jsonl:2", "JSON-u i {name!r} u log.jsonl:2"),
        ("већ latinica šđčćž", "već latinica šđčćž"),
    ],
)  # fmt: skip
def test_words(cyrillic: str, roman: str) -> None:
    assert latin(cyrillic) == roman


def test_texts_of_packs() -> None:
    cyrillic, roman = Text(en="Session", sr="Седница"), Text(en="Session", sr="Sednica")
    assert [cyrillic.in_language(tag) for tag in LANGUAGES] == ["Session", "Session", "Sednica", "Седница"]
    assert roman.in_language("sr-Cyrl") == "Sednica", "the way from Latin to Cyrillic is not certain"
    assert Text(en="Session").in_language("sr-Latn") == "Session"


def test_what_has_no_translation_is_said_in_english() -> None:
    with speaking("sq"):
        assert phrase("Nobody has translated {what}.", what="this") == "Nobody has translated this."


def test_what_is_remembered_is_said_in_the_language_of_the_moment() -> None:
    """The same event twice in each language, in turns, and another that shares its time."""
    names = Names(events={"notice.published": "A notice"})
    first = Evidence("e1", "log.jsonl:1", "2026-11-17T09:30", "notice.published")
    other = Evidence("e2", "log.jsonl:2", "2026-11-17T09:30", "notice.published")
    said: dict[str, set[str]] = {}
    for spoken in [*LANGUAGES, *LANGUAGES]:
        with within(spoken):
            said.setdefault(spoken, set()).update(
                (wording.evidence(first, names), wording.evidence(other, names), wording.reason("exception"))
            )
            moment = "2026-11-17 09:30" if spoken == "en" else "17.11.2026 09:30"
            assert moment in wording.evidence(first, names)
    assert {len(each) for each in said.values()} == {3}
    assert len(set.union(*said.values())) > len(LANGUAGES) * 2
