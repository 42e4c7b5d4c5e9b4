"""Whether conditions can hold together: sound, not complete. What cannot be decided counts as possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from transparency_check.messages import either, phrase, text
from transparency_check.packs.model import Attribute, Vocabulary

_LOW, _HIGH = ("at_least", "more_than"), ("at_most", "less_than")


def impossible(conditions: Iterable[Mapping[str, Any]], vocabulary: Vocabulary) -> str | None:
    """Why the conditions can never hold together on one event, in words, or None where they can."""
    tests: dict[str, list[Any]] = {}
    choices: list[list[Mapping[str, Any]]] = []
    _gather(conditions, tests, choices)
    for name, together in tests.items():
        why = _impossible_together(name, together, vocabulary.attributes.get(name))
        if why:
            return why
    base = [{name: test} for name, together in tests.items() for test in together]
    for alternatives in choices:
        reasons = [impossible([*base, alternative], vocabulary) for alternative in alternatives]
        if reasons and all(reasons):
            return reasons[0]
    return None


def _gather(
    conditions: Iterable[Mapping[str, Any]],
    tests: dict[str, list[Any]],
    choices: list[list[Mapping[str, Any]]],
) -> None:
    for condition in conditions:
        for name, test in condition.items():
            if name == "all":
                _gather(test, tests, choices)
            elif name == "any":
                choices.append(list(test))
            else:
                tests.setdefault(name, []).append(test)


def _impossible_together(name: str, tests: list[Any], attribute: Attribute | None) -> str | None:
    several = attribute is not None and attribute.type.startswith("list")
    if _absent_and_present(tests, attribute):
        return phrase("`{name}` would have to be recorded and not recorded", name=name)
    excluded = {v for t in tests if isinstance(t, Mapping) for v in _values(t.get("not"))}
    if several:
        return _impossible_list(name, tests, excluded)
    permitted: set[Any] | None = None
    if attribute is not None and attribute.type in ("choice", "flag"):
        permitted = set(attribute.values) if attribute.type == "choice" else {True, False}
    demanded = [values for t in tests if (values := _values(t))]
    for values in demanded:
        permitted = set(values) if permitted is None else permitted & set(values)
    if permitted is not None and not permitted:
        wanted = text("test.and").join(either(map(_shown, v)) for v in demanded)
        return phrase("`{name}` would have to be {wanted}", name=name, wanted=wanted)
    if permitted and permitted <= excluded:
        return phrase(
            "`{name}` would have to be {list}, which is excluded",
            name=name,
            list=either(sorted(map(_shown, permitted))),
        )
    return _impossible_bounds(name, tests, permitted if demanded else None)


def _impossible_list(name: str, tests: list[Any], excluded: set[Any]) -> str | None:
    for test in tests:
        alternatives = set(_values(test))
        everything = test.get("includes_all") if isinstance(test, Mapping) else None
        lost = alternatives if alternatives and alternatives <= excluded else None
        if isinstance(everything, list):
            lost = lost or set(everything) & excluded
        if lost:
            return phrase(
                "`{name}` would have to hold {list}, which is excluded",
                name=name,
                list=either(sorted(map(_shown, lost))),
            )
    return None


def _absent_and_present(tests: list[Any], attribute: Attribute | None) -> bool:
    # What stands for an absent value is a value: then both may hold.
    if attribute is not None and attribute.absent is not None:
        return False
    absent = any(isinstance(t, Mapping) and t.get("present") is False for t in tests)
    return absent and any(_needs_a_value(t) for t in tests)


def _needs_a_value(test: Any) -> bool:
    if not isinstance(test, Mapping):
        return True
    return test.get("present") is True or any(
        test.get(k) is not None for k in (*_LOW, *_HIGH, "includes_all", "share_of")
    )


def _impossible_bounds(name: str, tests: list[Any], permitted: set[Any] | None) -> str | None:
    low: list[tuple[Any, bool]] = []
    high: list[tuple[Any, bool]] = []
    for test in tests:
        if isinstance(test, Mapping):
            low += [(test[k], k == "more_than") for k in _LOW if _comparable(test.get(k))]
            high += [(test[k], k == "less_than") for k in _HIGH if _comparable(test.get(k))]
    for least, above in low:
        for most, below in high:
            if type(least) is not type(most) and str in (type(least), type(most)):
                continue
            if least > most or (least == most and (above or below)):
                return phrase(
                    "`{name}` would have to be at least {least} and at most {most}",
                    name=name,
                    least=least,
                    most=most,
                )
    if permitted and all(isinstance(v, int | float) and not isinstance(v, bool) for v in permitted):
        numbers = [(b, s) for b, s in low if not isinstance(b, str)]
        limits = [(b, s) for b, s in high if not isinstance(b, str)]
        if not any(
            all(v > b or (v == b and not s) for b, s in numbers)
            and all(v < b or (v == b and not s) for b, s in limits)
            for v in permitted
        ):
            return phrase(
                "`{name}` is tested against a bound that {list} misses",
                name=name,
                list=either(map(str, sorted(permitted))),
            )
    return None


def _comparable(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    # Days compare as texts; moments with a time of day and offset do not.
    return isinstance(value, int | float) or (isinstance(value, str) and len(value) == len("2026-01-01"))


def _values(test: Any) -> list[Any]:
    """The values that a plain test allows; none for another kind of test."""
    if isinstance(test, Mapping) or test is None:
        return []
    return list(test) if isinstance(test, list) else [test]


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
