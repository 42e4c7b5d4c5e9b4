"""Random attribute values that satisfy, nearly satisfy or fail a condition; driven by the vocabulary, so that
any pack works.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from transparency_check.packs.model import DENIED, Attribute, Rulebook

Json = dict[str, Any]


def moment_text(rng: random.Random, day: dt.date) -> str:
    """A day as a date or, two times in five, as a date-time (some with seconds or an offset)."""
    if rng.random() < 0.6:
        return day.isoformat()
    clock = f"{rng.choice((0, 7, 9, 10, 12, 15, 23)):02}:{rng.choice((0, 30)):02}"
    tail = rng.choice(("", "", "", "", ":00", ":59", "Z", "+02:00"))
    return f"{day.isoformat()}T{clock}{tail}"


def any_value(rng: random.Random, attribute: Attribute, day: dt.date) -> Any:
    """Any readable value of an attribute; dates lie near ``day``."""
    kind = attribute.type
    if kind == "choice":
        return rng.choice(attribute.values)
    if kind == "list of choice":
        return rng.sample(attribute.values, rng.randint(1, min(3, len(attribute.values))))
    if kind == "flag":
        return rng.random() < 0.5
    if kind == "integer":
        return rng.choice((0, 1, 2, 5, 10, 50, 100, 120))
    if kind == "date-time":
        return moment_text(rng, day + dt.timedelta(days=rng.randint(-5, 30)))
    if kind == "interval":
        return any_interval(rng, day)
    words = rng.sample(("bus", "park", "road"), 1)
    return words if kind == "list of text" else words[0]


def any_interval(rng: random.Random, day: dt.date) -> str:
    """A civil month, quarter or year near a day, or some days."""
    first = dt.date(day.year, rng.choice((1, 4, 7, 10, day.month)), 1)
    if rng.random() < 0.3:
        first = first.replace(year=first.year + rng.choice((-1, 1)))
    if rng.random() < 0.2:
        first = day - dt.timedelta(days=rng.randint(0, 40))
    return f"{first}/{first + dt.timedelta(days=rng.choice((27, 89, 364)))}"


def bad_value(kind: str) -> Any:
    """A value that cannot be read, or None where every text can."""
    return {
        "choice": "???",
        "list of choice": ["???"],
        "flag": "perhaps",
        "integer": "many",
        "date-time": "soon",
        "interval": "always",
        "text": 7,
    }.get(kind)


class Values:
    """Attributes for events of a rulebook's vocabulary. ``noise`` 0 to 1: how many are missing, other or
    unreadable.
    """

    def __init__(self, rng: random.Random, rulebook: Rulebook, noise: float) -> None:
        self.rng = rng
        self.noise = noise
        self.vocabulary = rulebook.vocabulary
        self.languages = sorted({code for m in rulebook.municipalities for code in m.official_languages})

    def satisfying(self, where: Json, day: dt.date) -> Json:
        """Values under which a condition holds (as a rule; bounds are tried closely from both sides)."""
        made: Json = {}
        for name, test in where.items():
            if name == "any":
                made |= self.satisfying(self.rng.choice(test), day)
            elif name == "all":
                for part in test:
                    made = self.satisfying(part, day) | made
            elif name in self.vocabulary.attributes:
                made |= self._for(name, test, day)
        return made

    def _for(self, name: str, test: Any, day: dt.date) -> Json:
        attribute = self.vocabulary.attributes[name]
        as_list = attribute.type.startswith("list")
        if not isinstance(test, dict):
            value = self.rng.choice(test) if isinstance(test, list) else test
            if name == self.vocabulary.attestation and self.rng.random() < 0.3:
                value = DENIED + str(value).removeprefix(DENIED)
            return {name: [value] if as_list else value}
        if "includes_all" in test:
            wanted = test["includes_all"]
            return {name: list(wanted) if isinstance(wanted, list) else self.languages}
        if "share_of" in test:
            whole = self.rng.choice((10, 20, 100))
            share = test["share_of"].get("at_least") or test["share_of"].get("more_than")
            return {
                name: int(share * whole) + self.rng.choice((0, 0, 1, -1)),
                test["share_of"]["field"]: whole,
            }
        for key in ("at_least", "more_than", "at_most", "less_than"):
            if key in test:
                return self._near(name, test[key], day)
        return {name: any_value(self.rng, attribute, day)}

    def _near(self, name: str, bound: Any, day: dt.date) -> Json:
        step = self.rng.choice((0, 0, 1, -1))
        if isinstance(bound, dict):
            return {name: 5 + step, bound["field"]: 5}
        if isinstance(bound, str):
            return {name: (dt.date.fromisoformat(bound[:10]) + dt.timedelta(days=step)).isoformat()}
        return {name: int(bound) + step}

    def event(self, event_type: str, where: Json, day: dt.date) -> Json:
        """Attributes of an event: mostly satisfying, some missing, other or unreadable."""
        rng = self.rng
        known = self.vocabulary.events[event_type]
        made: Json = {}
        for name in known.attributes:
            if rng.random() < 0.35:
                made[name] = any_value(rng, self.vocabulary.attributes[name], day)
        made |= self.satisfying(where, day)
        for name in list(made):
            if name not in self.vocabulary.attributes:
                continue
            luck = rng.random() / max(self.noise, 0.001)
            if luck < 0.04:
                del made[name]
            elif luck < 0.08:
                made[name] = any_value(rng, self.vocabulary.attributes[name], day)
            elif luck < 0.10:
                bad = bad_value(self.vocabulary.attributes[name].type)
                if bad is not None:
                    made[name] = bad
        return made
