"""Conditions of duties asked of events that are only supposed: true, false, or None for unknown (semantics
4.16, 7.4).

The engine asks the same questions in SQL, of what was recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.packs.model import DENIED, Vocabulary
from transparency_check.packs.reads import referenced
from transparency_check.times import TimeError, read_interval, read_time

Truth = bool | None


@dataclass(frozen=True)
class Asked:
    """What a condition is asked about: the values of one event, and where it happens.

    ``languages`` are the official ones of the municipality on its day; None where they are not known.
    """

    values: Mapping[str, Any]
    municipality: str
    languages: Sequence[str] | None
    vocabulary: Vocabulary
    zone: ZoneInfo


def truth(where: Mapping[str, Any], asked: Asked) -> Truth:
    """Whether all tests of the condition hold."""
    return _all(_one(name, test, asked) for name, test in where.items())


def unknown(where: Mapping[str, Any], asked: Asked) -> list[str]:
    """The attributes that keep the condition from being decided, in its order."""
    found: dict[str, None] = {}
    for name, test in where.items():
        if _one(name, test, asked) is not None:
            continue
        if name in ("any", "all"):
            for part in test:
                found |= dict.fromkeys(unknown(part, asked))
            continue
        names = [name, *referenced(test)]
        lacking = [n for n in names if n != "municipality" and _value(n, asked) is None]
        found |= dict.fromkeys(lacking or [name])
    return list(found)


def _all(truths: Iterable[Truth]) -> Truth:
    found = list(truths)
    if False in found:
        return False
    return None if None in found else True


def _any(truths: Iterable[Truth]) -> Truth:
    found = list(truths)
    if True in found:
        return True
    return None if None in found else False


def _not(value: Truth) -> Truth:
    return None if value is None else not value


def _one(name: str, test: Any, asked: Asked) -> Truth:
    if name == "any":
        return _any(truth(part, asked) for part in test)
    if name == "all":
        return _all(truth(part, asked) for part in test)
    if name == asked.vocabulary.attestation:
        return _vouched(name, test, asked)
    return _tested(name, test, asked)


def _vouched(name: str, test: Any, asked: Asked) -> Truth:
    if isinstance(test, Mapping):
        if "not" in test:
            return _not(_vouched(name, test["not"], asked))
        return _tested(name, test, asked)
    said = asked.values.get(name) or ()
    duties = test if isinstance(test, list) else [test]
    yes = any(duty in said for duty in duties)
    no = any(DENIED + duty in said for duty in duties)
    return None if yes == no else yes


def _value(name: str, asked: Asked) -> Any:
    if name == "municipality":
        return asked.municipality
    value = asked.values.get(name)
    if value is not None:
        return value
    attribute = asked.vocabulary.attributes.get(name)
    return None if attribute is None else attribute.absent


def _tested(name: str, test: Any, asked: Asked) -> Truth:
    value = _value(name, asked)
    if not isinstance(test, Mapping):
        if value is None:
            return None
        return _among(name, value, test if isinstance(test, list) else [test], asked)
    return _all(_key(name, value, key, wanted, asked) for key, wanted in test.items())


def _key(name: str, value: Any, key: str, wanted: Any, asked: Asked) -> Truth:
    if key == "not":
        return _not(_tested(name, wanted, asked))
    if key == "present":
        # What absence means is not recorded.
        recorded = asked.values.get(name)
        return (recorded not in (None, "", [])) is wanted
    if value is None:
        return None
    if key == "includes_all":
        owed = asked.languages if isinstance(wanted, Mapping) else wanted
        return None if owed is None else set(owed) <= set(_several(value))
    if key == "share_of":
        whole = _value(wanted["field"], asked)
        if whole is None:
            return None
        bound = "at_least" if wanted.get("at_least") is not None else "more_than"
        return _compared(Fraction(value), bound, Fraction(str(wanted[bound])) * Fraction(whole))
    if isinstance(wanted, Mapping):
        other = _value(wanted["field"], asked)
        if other is None:
            return None
        return _compared(_comparable(name, value, asked), key, _comparable(wanted["field"], other, asked))
    against = dt.date.fromisoformat(wanted[:10]) if isinstance(wanted, str) else Fraction(str(wanted))
    return _compared(_comparable(name, value, asked), key, against)


def _comparable(name: str, value: Any, asked: Asked) -> Any:
    """A date-time by its day, a number exactly."""
    if asked.vocabulary.attributes[name].type == "date-time":
        return read_time(value, asked.zone).day
    return Fraction(value)


def _compared(value: Any, key: str, bound: Any) -> bool:
    if key == "at_least":
        return bool(value >= bound)
    if key == "more_than":
        return bool(value > bound)
    return bool(value <= bound) if key == "at_most" else bool(value < bound)


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _among(name: str, value: Any, wanted: list[Any], asked: Asked) -> bool:
    kind = asked.vocabulary.attributes[name].type if name != "municipality" else "text"
    return any(_equal(kind, v, w, asked.zone) for v in _several(value) for w in wanted)


def _equal(kind: str, value: Any, wanted: Any, zone: ZoneInfo) -> bool:
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    try:
        if kind == "date-time":
            return read_time(value, zone).day.isoformat() == str(wanted)[:10]
        if kind == "interval":
            return read_interval(value) == read_interval(str(wanted))
    except TimeError:
        return False
    return bool(value == wanted)
