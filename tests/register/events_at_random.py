"""Events of the whole vocabulary, at random: of every type, with any of their attributes and columns."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from typing import Any

from transparency_check.packs.model import Attribute, Rulebook

# Letters of the languages and marks that no format has a use for.
PLAIN = "abcëçšđžЂљњкџ ABC019.,:–“”()/_"
# With those of formats, blanks that are none, what ends lines, and what is beyond the first plane.
MARKED = PLAIN + ";\"'\\|<>&%=+-@#{}[]^`~\t\n\r\u00a0\u2028\u200b\x01\x1f\x7f\U0001f3db"
UNKNOWN = "Nr. i protokollit"


class Events:
    """Draws events; the same ones for the same seed."""

    def __init__(self, book: Rulebook, letters: str, seed: int) -> None:
        self._letters = letters
        self._rng = random.Random(seed)
        self._vocabulary = book.vocabulary
        self._towns = sorted({m.id for m in book.municipalities})
        self._types = list(book.vocabulary.events)
        self._families = sorted({name.partition(".")[0] for name in self._types})

    def draw(self, number: int) -> list[dict[str, Any]]:
        """So many events, each of an id of its own, of one type after the other."""
        return [self._event(n) for n in range(number)]

    def _event(self, n: int) -> dict[str, Any]:
        rng, type_ = self._rng, self._types[n % len(self._types)]
        event: dict[str, Any] = {
            "id": f"{self._text()}-{n}",
            "type": type_,
            "time": self._moment(),
            "municipality": rng.choice(self._towns),
        }
        for name in self._vocabulary.events[type_].attributes:
            if rng.random() < 0.7:
                value = self._value(name, self._vocabulary.attributes[name])
                if value is not None:
                    event[name] = value
        others = {
            "case": self._text(),
            "related": sorted({self._text() for _ in range(2)}),
            "recorded_at": self._moment(),
            "retracted": rng.random() < 0.5,
            "source": self._text(),
            "note": self._text(),
            UNKNOWN: self._text(),
        }
        return event | {name: value for name, value in others.items() if rng.random() < 0.5}

    def _value(self, name: str, attribute: Attribute) -> Any:
        """A value in its exact form; None where there is none to choose."""
        rng = self._rng
        coverage = self._vocabulary.coverage
        if coverage is not None and name == coverage.families:
            return rng.sample(self._families, 2)
        match attribute.type:
            case "choice":
                return rng.choice(attribute.values) if attribute.values else None
            case "list of choice":
                values = attribute.values
                return sorted(rng.sample(values, rng.randint(1, min(3, len(values))))) if values else None
            case "list of text":
                return [self._text() for _ in range(rng.randint(1, 3))]
            case "flag":
                return rng.random() < 0.5
            case "integer":
                return rng.choice((0, 7, rng.randint(1, 10**15)))
            case "date-time":
                return self._moment()
            case "interval":
                return "/".join(sorted((self._day(), self._day())))
            case _:
                return self._text()

    def _text(self) -> str:
        """A text as the reader leaves it: composed, without blanks at its ends."""
        while True:
            drawn = "".join(self._rng.choices(self._letters, k=self._rng.randint(1, 12)))
            if made := unicodedata.normalize("NFC", drawn).strip():
                return made

    def _day(self) -> str:
        return (dt.date(1990, 1, 1) + dt.timedelta(days=self._rng.randrange(40_000))).isoformat()

    def _moment(self) -> str:
        # Not in the night, in which clocks may change.
        clocks = ("", "", "T09:30", "T23:59:59", "T10:00:00.123456+01:00", "T07:05Z")
        return self._day() + self._rng.choice(clocks)
