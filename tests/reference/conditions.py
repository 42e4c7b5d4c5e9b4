"""Three-valued conditions (semantics 4.16, 7.4): True, False, or None for unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, Protocol

from .marks import mark

Tri = bool | None


class Facts(Protocol):
    """What a condition is asked about."""

    municipality: str
    day: dt.date
    a: dict[str, Any]
    bad: frozenset[str]
    # Attributes that no record states: their value is what absence means (7.3).
    supposed: frozenset[str]


Languages = Callable[[str, dt.date], list[str] | None]


def both(values: Iterable[Tri]) -> Tri:
    """All hold."""
    found = list(values)
    if any(value is False for value in found):
        return False
    return None if any(value is None for value in found) else True


def either(values: Iterable[Tri]) -> Tri:
    """At least one holds."""
    found = list(values)
    if any(value is True for value in found):
        return True
    return None if any(value is None for value in found) else False


def negate(value: Tri) -> Tri:
    return None if value is None else not value


def holds(
    condition: dict[str, Any], facts: Facts, languages: Languages, attestation: str | None = None
) -> Tri:
    """The whole mapping: all its tests."""
    results: list[Tri] = []
    for field, test in condition.items():
        if field == "any":
            results.append(either(holds(part, facts, languages, attestation) for part in test))
        elif field == "all":
            results.append(both(holds(part, facts, languages, attestation) for part in test))
        elif field == "municipality":
            results.append(_test(facts.municipality, test, facts, languages))
        elif field in facts.bad:
            results.append(None)
        elif field == attestation:
            results.append(_vouched(facts.a.get(field), test, facts, languages))
        else:
            stated = field not in facts.supposed
            results.append(_test(facts.a.get(field), test, facts, languages, stated))
    return both(results)


def _vouched(said: list[str] | None, test: Any, facts: Facts, languages: Languages) -> Tri:
    """What the office says of the duties asked about: yes, no, or nothing clear."""
    if isinstance(test, dict):
        if "not" in test:
            return negate(_vouched(said, test["not"], facts, languages))
        return _test(said, test, facts, languages)
    duties = test if isinstance(test, list) else [test]
    yes = any(duty in (said or ()) for duty in duties)
    no = any(f"not {duty}" in (said or ()) for duty in duties)
    if no and not yes:
        mark("denied")
    return None if yes is no else yes


def _test(value: Any, test: Any, facts: Facts, languages: Languages, stated: bool = True) -> Tri:
    """One test of one value; ``None`` for a value that is absent."""
    if not isinstance(test, dict):
        return None if value is None else _among(value, test if isinstance(test, list) else [test])
    results: list[Tri] = []
    for key, wanted in test.items():
        if key == "not":
            results.append(negate(_test(value, wanted, facts, languages, stated)))
        elif key == "present":
            results.append((stated and value is not None and value != "" and value != []) is wanted)
        elif key == "includes_all":
            results.append(_includes_all(value, wanted, facts, languages))
        elif key == "share_of":
            results.append(_share(value, wanted, facts))
        else:
            results.append(_bound(value, key, wanted, facts))
    return both(results)


def _equal(value: Any, wanted: Any) -> bool:
    if isinstance(value, dict) and "day" in value:
        return bool(value["day"] == str(wanted)[:10])
    if isinstance(value, dict):
        return f"{value['first']}/{value['last']}" == wanted
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    return bool(value == wanted)


def _among(value: Any, wanted: list[Any]) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(_equal(v, w) for v in values for w in wanted)


def _includes_all(value: Any, wanted: Any, facts: Facts, languages: Languages) -> Tri:
    if value is None:
        return None
    owed = languages(facts.municipality, facts.day) if isinstance(wanted, dict) else wanted
    if owed is None:
        return None
    values = value if isinstance(value, list) else [value]
    return all(one in values for one in owed)


def _order(value: Any) -> Fraction | str | None:
    """A number as an exact rational, a moment as its day, for comparing; None where there is nothing to
    compare.
    """
    if isinstance(value, dict):
        return str(value["day"]) if "day" in value else None
    if isinstance(value, str):
        return value[:10]
    if value is None or isinstance(value, bool):
        return None
    return Fraction(str(value))


def _known(field: str, facts: Facts) -> Any:
    return None if field in facts.bad else facts.a.get(field)


def _bound(value: Any, key: str, wanted: Any, facts: Facts) -> Tri:
    other = _order(_known(wanted["field"], facts) if isinstance(wanted, dict) else wanted)
    own = _order(value)
    if own is None or other is None or isinstance(own, str) != isinstance(other, str):
        return None
    if key == "at_least":
        return own >= other  # type: ignore[operator]
    if key == "more_than":
        return own > other  # type: ignore[operator]
    if key == "at_most":
        return own <= other  # type: ignore[operator]
    return own < other  # type: ignore[operator]


def _share(value: Any, share: dict[str, Any], facts: Facts) -> Tri:
    own, whole = _order(value), _order(_known(share["field"], facts))
    if not isinstance(own, Fraction) or not isinstance(whole, Fraction):
        return None
    results: list[Tri] = []
    if share.get("at_least") is not None:
        results.append(own >= Fraction(str(share["at_least"])) * whole)
    if share.get("more_than") is not None:
        results.append(own > Fraction(str(share["more_than"])) * whole)
    return both(results)
