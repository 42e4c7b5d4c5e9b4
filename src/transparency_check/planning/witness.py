"""Values with which an event satisfies a condition: what a step of a plan has to show."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from transparency_check.packs.model import Attribute

from .conditions import Asked, truth

# A whole that shares are taken of, where none is given.
_WHOLE = 100
_DAY = "2026-01-01"


def witness(where: Mapping[str, Any], asked: Asked) -> dict[str, Any] | None:
    """The values of ``asked`` with what the condition needs besides; None where they contradict it, or where
    no values were found. Nothing that is stated already is changed, but lists may grow.
    """
    for values in _with_all(list(where.items()), dict(asked.values), asked):
        if truth(where, replace(asked, values=values)):
            return values
    return None


def _with_all(tests: list[tuple[str, Any]], values: dict[str, Any], asked: Asked) -> Iterator[dict[str, Any]]:
    if not tests:
        yield values
        return
    # What names its values comes first: what only wants something recorded is then satisfied by them.
    (name, test), *rest = sorted(tests, key=_vagueness)
    for more in _with_one(name, test, values, asked):
        yield from _with_all(rest, more, asked)


def _vagueness(test: tuple[str, Any]) -> int:
    name, wanted = test
    if name in ("any", "all"):
        return 0 if name == "all" else 2
    if not isinstance(wanted, Mapping):
        return 0
    return 1 if "includes_all" in wanted else 3


def _with_one(name: str, test: Any, values: dict[str, Any], asked: Asked) -> Iterator[dict[str, Any]]:
    if truth({name: test}, replace(asked, values=values)):
        yield values
        return
    if name == "any":
        for part in test:
            yield from _with_all(list(part.items()), values, asked)
        return
    if name == "all":
        # The attribute may be tested more than once.
        yield from _with_all([item for part in test for item in part.items()], values, asked)
        return
    attribute = asked.vocabulary.attributes.get(name)
    if attribute is None:
        return
    for found in _fitting(name, test, values, attribute, asked):
        yield {**values, **found}


def _fitting(
    name: str, test: Any, values: dict[str, Any], attribute: Attribute, asked: Asked
) -> Iterator[dict[str, Any]]:
    """Values of the attribute (and of those it is compared with) that may satisfy the test."""
    several = attribute.type.startswith("list")
    stated = values.get(name)

    def put(value: Any) -> Iterator[dict[str, Any]]:
        if several:
            more = value if isinstance(value, list) else [value]
            yield {name: list(dict.fromkeys([*(stated or []), *more]))}
        elif stated is None:
            yield {name: value}

    if not isinstance(test, Mapping):
        for value in test if isinstance(test, list) else [test]:
            yield from put(value)
        return
    if "share_of" in test:
        share = test["share_of"]
        whole = values.get(share["field"], _WHOLE)
        bound = "at_least" if share.get("at_least") is not None else "more_than"
        least = Fraction(str(share[bound])) * whole
        number = math.ceil(least) if bound == "at_least" else math.floor(least) + 1
        for found in put(number):
            yield {share["field"]: whole, **found}
        return
    if "includes_all" in test:
        wanted = test["includes_all"]
        owed = asked.languages if isinstance(wanted, Mapping) else wanted
        if owed is not None:
            yield from put(list(owed))
        return
    for value in _candidates(test, values, attribute):
        yield from put(value)


def _candidates(test: Mapping[str, Any], values: Mapping[str, Any], attribute: Attribute) -> Iterator[Any]:
    """Values worth trying for a test: bounds and what lies beside them, then one of each kind."""
    for key in ("at_least", "at_most", "more_than", "less_than"):
        bound = test.get(key)
        if isinstance(bound, Mapping):
            bound = values.get(bound["field"])
        if bound is None:
            continue
        step = {"more_than": 1, "less_than": -1}.get(key, 0)
        if attribute.type == "date-time":
            yield (dt.date.fromisoformat(str(bound)[:10]) + dt.timedelta(days=step)).isoformat()
        else:
            yield max(math.ceil(bound) if step >= 0 else math.floor(bound), 0) + step
            yield max(int(bound) + step, 0)
    yield from attribute.values
    yield from {
        "text": ("as required",),
        "flag": (True, False),
        "integer": (1, 0),
        "date-time": (_DAY,),
        "interval": (f"{_DAY}/{_DAY}",),
        "list of text": (["as required"],),
    }.get(attribute.type, ())
