"""Random conditions over the attributes that events carry: every test of contract 2.6, valid for the
checker.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from transparency_check.packs.model import DENIED, Attribute, Vocabulary

Json = dict[str, Any]
WORDS = ("bus", "park", "road", "none")
BOUNDS = ("at_least", "more_than", "at_most", "less_than")


def carried(vocabulary: Vocabulary, event: str) -> list[str]:
    """The attributes an event may have, inherited ones among them."""
    known = vocabulary.events[event]
    inherited = known.inherits.attributes if known.inherits else []
    return list(dict.fromkeys([*known.attributes, *known.required, *inherited]))


class Conditions:
    """Draws conditions for one duty. ``identity`` is what an attestation of it says."""

    def __init__(
        self, rng: random.Random, vocabulary: Vocabulary, municipalities: Sequence[str], identity: str
    ) -> None:
        self.rng = rng
        self.vocabulary = vocabulary
        self.municipalities = municipalities
        self.identity = identity

    def draw(self, events: Sequence[str], depth: int = 0) -> Json:
        """A condition that may be asked of each of the events; empty where they share no attribute."""
        rng = self.rng
        shared = [
            name
            for name in carried(self.vocabulary, events[0])
            if all(name in carried(self.vocabulary, event) for event in events)
        ]
        made: Json = {}
        if rng.random() < 0.05:
            made["municipality"] = self._place()
        if shared and depth < 2 and rng.random() < 0.12:
            parts = [part for _ in range(rng.randint(1, 3)) if (part := self.draw(events, depth + 1))]
            if parts:
                made[rng.choice(("any", "all"))] = parts
        for name in rng.sample(shared, min(len(shared), rng.choice((1, 1, 1, 2)))):
            if not made or rng.random() < 0.7:
                made[name] = self.test(name, shared)
        return made

    def _place(self) -> Any:
        one = self.rng.choice(self.municipalities)
        some = self.rng.sample(self.municipalities, self.rng.randint(1, len(self.municipalities)))
        return self.rng.choice((one, some, {"not": one}, {"not": some}))

    def test(self, name: str, shared: Sequence[str], depth: int = 0) -> Any:
        """A test of one attribute, fit for its type."""
        rng, attribute = self.rng, self.vocabulary.attributes[name]
        kind = attribute.type
        luck = rng.random()
        if luck < 0.1:
            return {"present": rng.random() < 0.8}
        if kind == "interval":
            return {"present": True}
        if luck < 0.25 and depth < 2:
            inner = self.test(name, shared, depth + 1)
            return {"not": inner}
        if name == self.vocabulary.attestation:
            return self.identity if rng.random() < 0.9 else DENIED + self.identity
        if kind == "date-time":
            return self._bounds(name, shared)
        if kind == "integer":
            return self._integer(name, shared)
        if kind.startswith("list") and rng.random() < 0.3:
            return {"includes_all": self._all_of(name, attribute)}
        return self._equality(attribute)

    def _equality(self, attribute: Attribute) -> Any:
        rng = self.rng
        if attribute.type == "flag":
            return rng.random() < 0.7
        values: Sequence[Any] = attribute.values or WORDS
        if rng.random() < 0.6:
            return rng.choice(values)
        return rng.sample(values, rng.randint(1, min(3, len(values))))

    def _all_of(self, name: str, attribute: Attribute) -> Any:
        if name == "languages" and self.rng.random() < 0.6:
            return {"municipality": "official_languages"}
        values: Sequence[Any] = attribute.values or WORDS
        return self.rng.sample(values, self.rng.randint(1, min(3, len(values))))

    def _integer(self, name: str, shared: Sequence[str]) -> Any:
        rng = self.rng
        if rng.random() < 0.2:
            return rng.choice((0, 5, 10, [1, 5], [2, 10, 50]))
        others = [n for n in shared if n != name and self.vocabulary.attributes[n].type == "integer"]
        if others and rng.random() < 0.4:
            share: Json = {"field": rng.choice(others)}
            share[rng.choice(("at_least", "more_than"))] = rng.choice((0.15, 0.5, 1, 0.3333))
            if rng.random() < 0.3:
                return {"share_of": share, "at_least": 1}
            return {"share_of": share}
        return self._bounds(name, shared)

    def _bounds(self, name: str, shared: Sequence[str]) -> Json:
        rng, kind = self.rng, self.vocabulary.attributes[name].type
        made: Json = {}
        for key in rng.sample(BOUNDS, rng.choice((1, 1, 2))):
            others = [n for n in shared if n != name and self.vocabulary.attributes[n].type == kind]
            if others and rng.random() < 0.35:
                made[key] = {"field": rng.choice(others)}
            elif kind == "date-time":
                made[key] = (dt.date(2026, 1, 1) + dt.timedelta(days=rng.randint(0, 364))).isoformat()
            else:
                made[key] = rng.choice((0, 1, 5, 10, 50, 2.5))
        return made
