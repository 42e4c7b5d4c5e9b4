"""Events of the whole vocabulary, at random."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from hypothesis import strategies as st

from transparency_check.packs.model import Attribute, Rulebook

# Letters of the languages, marks that formats use, and what is beyond the first plane.
PLAIN = "abcëçšđžЂљњкџ ABC019.,:-–“”()/_"
MARKED = PLAIN + ";\"'\\|<>&%=+@#{}[]\t\n\u00a0\u2028\U0001f3db"
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))


def texts(letters: str) -> st.SearchStrategy[str]:
    """Texts as the reader leaves them: composed, without blanks at their ends."""
    made = st.text(letters, min_size=1, max_size=20)
    return made.map(lambda t: unicodedata.normalize("NFC", t).strip()).filter(bool)


def moments() -> st.SearchStrategy[str]:
    clock = st.sampled_from(["", "T09:30", "T23:59:59", "T10:00:00.123456+01:00", "T07:05Z"])
    return st.builds(lambda day, time: f"{day.isoformat()}{time}", DAYS, clock)


def value(attribute: Attribute, letters: str) -> st.SearchStrategy[Any]:
    """A value of an attribute in its exact form."""
    match attribute.type:
        case "choice":
            return st.sampled_from(attribute.values)
        case "list of choice":
            return st.sets(st.sampled_from(attribute.values), min_size=1).map(sorted)
        case "list of text":
            return st.lists(texts(letters), min_size=1, max_size=3)
        case "flag":
            return st.booleans()
        case "integer":
            return st.integers(0, 10**15)
        case "date-time":
            return moments()
        case "interval":
            return st.lists(DAYS, min_size=2, max_size=2).map(
                lambda d: "/".join(day.isoformat() for day in sorted(d))
            )
        case _:
            return texts(letters)


def events(book: Rulebook, letters: str = MARKED) -> st.SearchStrategy[dict[str, Any]]:
    """An event of any type with any of its attributes and of the columns that every log has."""
    vocabulary = book.vocabulary
    families = vocabulary.coverage.families if vocabulary.coverage else ""
    towns = st.sampled_from(sorted({m.id for m in book.municipalities}))
    names = st.sampled_from(sorted({t.partition(".")[0] for t in vocabulary.events}))

    @st.composite
    def made(draw: st.DrawFn) -> dict[str, Any]:
        type_ = draw(st.sampled_from(list(vocabulary.events)))
        event: dict[str, Any] = {
            "id": draw(texts(letters)),
            "type": type_,
            "time": draw(moments()),
            "municipality": draw(towns),
        }
        for name in draw(st.sets(st.sampled_from(vocabulary.events[type_].attributes))):
            of_families = name == families
            event[name] = draw(
                st.lists(names, min_size=1, max_size=3)
                if of_families
                else value(vocabulary.attributes[name], letters)
            )
        for name, strategy in (
            ("case", texts(letters)),
            ("related", st.sets(texts(letters), min_size=1, max_size=2).map(sorted)),
            ("recorded_at", moments()),
            ("retracted", st.booleans()),
            ("source", texts(letters)),
            ("note", texts(letters)),
            ("Nr. i protokollit", texts(letters)),
        ):
            if draw(st.booleans()):
                event[name] = draw(strategy)
        return event

    return made()
