"""Conditions against the vocabulary: attributes that the event carries, tests that fit, values that exist."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from transparency_check.messages import either, phrase
from transparency_check.packs.model import Attribute, EventType, Test, Vocabulary
from transparency_check.packs.problems import did_you_mean, shown
from transparency_check.packs.shape_errors import keys_of
from transparency_check.packs.yaml_source import Path
from transparency_check.reserved import RESERVED

# report(code, path, message, key): a defect at a path of the file, at the value or (key) at the key.
Report = Callable[[str, Path, str, bool], None]

# Tests that may stand together: each narrows the same number or date.
BOUNDS = ("at_least", "more_than", "at_most", "less_than", "share_of")
TEST_KEYS = tuple(keys_of(Test))
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def carried(event: EventType) -> list[str]:
    """The attributes that an event of this type may have, inherited ones among them."""
    inherited = event.inherits.attributes if event.inherits else []
    return list(dict.fromkeys([*event.attributes, *event.required, *inherited]))


class ConditionCheck:
    """Checks conditions of one file. ``municipalities`` are the known ids."""

    def __init__(self, vocabulary: Vocabulary, municipalities: Collection[str], report: Report) -> None:
        self.vocabulary = vocabulary
        self.municipalities = municipalities
        self.report = report

    def event(self, name: str, path: Path) -> bool:
        """Whether there is such an event type; reported where not."""
        if name in self.vocabulary.events:
            return True
        hint = did_you_mean(name, self.vocabulary.events)
        self.report(
            "unknown-event",
            path,
            phrase("There is no event type `{name}` in the vocabulary.{hint}", name=name, hint=hint),
            False,
        )
        return False

    def attribute(
        self, name: str, events: Sequence[str], path: Path, *, key: bool = False, types: Sequence[str] = ()
    ) -> bool:
        """Whether all ``events`` carry the attribute, of one of ``types`` (none: any); reported where not."""
        known = self.vocabulary.attributes
        if name in RESERVED and name not in known:
            self.report(
                "reserved",
                path,
                phrase(
                    "The column `{name}` cannot be used here: only attributes and `municipality` can.",
                    name=name,
                ),
                key,
            )
            return False
        if name not in known:
            usual = sorted({a for e in events for a in self._carried(e)}) or sorted(known)
            hint = (
                did_you_mean(name, usual) if did_you_mean(name, usual, most=0) else did_you_mean(name, known)
            )
            self.report(
                "unknown-attribute",
                path,
                phrase("There is no attribute `{name}` in the vocabulary.{hint}", name=name, hint=hint),
                key,
            )
            return False
        for event in events:
            attributes = self._carried(event)
            if event in self.vocabulary.events and name not in attributes:
                hint = did_you_mean(name, attributes)
                message = phrase(
                    "`{event}` does not carry the attribute `{name}`, so this could never be known.{hint}",
                    event=event,
                    name=name,
                    hint=hint,
                )
                self.report("foreign-attribute", path, message, key)
                return False
        kind = known[name].type
        if types and kind not in types:
            self.report(
                "attribute-type",
                path,
                phrase(
                    "`{name}` is of type {kind}; needed here is {list}.",
                    name=name,
                    kind=kind,
                    list=either(types),
                ),
                key,
            )
            return False
        return True

    def condition(self, where: Mapping[str, Any], events: Sequence[str], path: Path) -> None:
        """Check a mapping of attribute to test, as it applies to each of ``events``."""
        for name, test in where.items():
            at = (*path, name)
            if name in ("any", "all"):
                self._combined(name, test, events, at)
            elif name == "municipality":
                self._municipality(test, at)
            elif self.attribute(name, events, at, key=True):
                self._test(name, self.vocabulary.attributes[name], test, events, at)

    def _carried(self, event: str) -> list[str]:
        known = self.vocabulary.events.get(event)
        return carried(known) if known else []

    def _combined(self, word: str, parts: Any, events: Sequence[str], path: Path) -> None:
        if not isinstance(parts, list) or not parts or not all(isinstance(p, dict) and p for p in parts):
            form = f"`{word}: [{{attribute: value}}, {{attribute: value}}]`"
            message = phrase("`{word}` holds a list of conditions: {form}.", word=word, form=form)
            self.report("test", path, message, False)
            return
        for index, part in enumerate(parts):
            self.condition(part, events, (*path, index))

    def _municipality(self, test: Any, path: Path) -> None:
        if isinstance(test, dict):
            if list(test) == ["not"]:
                self._municipality(test["not"], (*path, "not"))
                return
            self.report(
                "test",
                path,
                phrase("`municipality` is tested against an id, a list of ids, or `not` of these."),
                False,
            )
            return
        for value, at in _values(test, path):
            if value not in self.municipalities:
                hint = did_you_mean(str(value), self.municipalities)
                self.report(
                    "unknown-municipality",
                    at,
                    phrase("There is no municipality {value}.{hint}", value=_quoted(value), hint=hint),
                    False,
                )

    def _test(self, name: str, attribute: Attribute, test: Any, events: Sequence[str], path: Path) -> None:
        if not isinstance(test, dict):
            self._equality(name, attribute, test, path)
            return
        unknown = [k for k in test if k not in TEST_KEYS]
        for key in unknown:
            hint = did_you_mean(key, TEST_KEYS)
            self.report(
                "unknown-test", (*path, key), phrase("`{key}` is not a test.{hint}", key=key, hint=hint), True
            )
        if unknown:
            return
        if not test:
            self.report(
                "test",
                path,
                phrase(
                    "`{name}` has an empty test. Write a value, a list or one of: {list}.",
                    name=name,
                    list=", ".join(TEST_KEYS),
                ),
                False,
            )
            return
        if len(test) > 1 and not all(k in BOUNDS for k in test):
            bounds = ", ".join(BOUNDS)
            message = phrase(
                "Only bounds ({bounds}) can stand together in one test. Use `all:` for the others.",
                bounds=bounds,
            )
            self.report("test", path, message, False)
            return
        for key, value in test.items():
            self._keyed(name, attribute, key, value, events, (*path, key))

    def _keyed(
        self, name: str, attribute: Attribute, key: str, value: Any, events: Sequence[str], path: Path
    ) -> None:
        if key == "not":
            if value is None:
                self.report(
                    "test", path, phrase("`not` is empty. Write the value or test that must not hold."), False
                )
            else:
                self._test(name, attribute, value, events, path)
        elif key == "present":
            if not isinstance(value, bool):
                self.report(
                    "test",
                    path,
                    phrase("`present` is true or false, not {value}.", value=shown(value)),
                    False,
                )
        elif key == "includes_all":
            self._includes_all(name, attribute, value, path)
        elif key == "share_of":
            self._share(name, attribute, value, events, path)
        else:
            self._bound(name, attribute, key, value, events, path)

    def _equality(self, name: str, attribute: Attribute, test: Any, path: Path) -> None:
        if isinstance(test, list) and not test:
            self.report(
                "test",
                path,
                phrase("`{name}` has an empty list, which nothing equals. List the values.", name=name),
                False,
            )
            return
        if attribute.type in ("date-time", "interval"):
            ways = phrase("at_least, at_most or present") if attribute.type == "date-time" else "present"
            self.report(
                "attribute-type",
                path,
                phrase(
                    "`{name}` is of type {type}: test it with {ways}, not with a value.",
                    name=name,
                    type=attribute.type,
                    ways=ways,
                ),
                False,
            )
            return
        for value, at in _values(test, path):
            self._value(name, attribute, value, at)

    def _value(self, name: str, attribute: Attribute, value: Any, path: Path) -> None:
        kind = attribute.type
        if kind == "flag":
            fits, wanted = isinstance(value, bool), phrase("true or false")
        elif kind == "integer":
            fits, wanted = isinstance(value, int) and not isinstance(value, bool), phrase("a whole number")
        else:
            fits, wanted = isinstance(value, str) and bool(value), phrase("a text")
        if not fits:
            self.report(
                "attribute-type",
                path,
                phrase(
                    "`{name}` is of type {kind}: {wanted} is expected, not {value}.",
                    name=name,
                    kind=kind,
                    wanted=wanted,
                    value=shown(value),
                ),
                False,
            )
        elif "choice" in kind and value not in attribute.values:
            hint = did_you_mean(value, attribute.values, most=20)
            self.report(
                "unknown-value",
                path,
                phrase(
                    "{value} is not a value of `{name}`.{hint}", value=_quoted(value), name=name, hint=hint
                ),
                False,
            )

    def _includes_all(self, name: str, attribute: Attribute, value: Any, path: Path) -> None:
        if not attribute.type.startswith("list"):
            self.report(
                "attribute-type",
                path,
                phrase(
                    "`{name}` is of type {type}; `includes_all` needs a list.", name=name, type=attribute.type
                ),
                True,
            )
        elif isinstance(value, dict):
            if value != {"municipality": "official_languages"}:
                self.report(
                    "test",
                    path,
                    phrase("The only column that can stand here is `{{municipality: official_languages}}`."),
                    False,
                )
        elif not isinstance(value, list) or not value:
            self.report(
                "test",
                path,
                phrase("`includes_all` holds a list of values or `{{municipality: official_languages}}`."),
                False,
            )
        else:
            self._equality(name, attribute, value, path)

    def _share(self, name: str, attribute: Attribute, value: Any, events: Sequence[str], path: Path) -> None:
        if attribute.type != "integer":
            self.report(
                "attribute-type",
                path,
                phrase(
                    "`{name}` is of type {type}; `share_of` needs an integer.", name=name, type=attribute.type
                ),
                True,
            )
            return
        form = phrase("`share_of` is written `{{field: other, at_least: 0.15}}`; `more_than` likewise.")
        if not isinstance(value, dict) or not isinstance(value.get("field"), str):
            self.report("test", path, form, False)
            return
        bounds = {k: v for k, v in value.items() if k != "field"}
        if not bounds or not all(k in ("at_least", "more_than") and _number(v) for k, v in bounds.items()):
            self.report("test", path, form, False)
            return
        self.attribute(value["field"], events, (*path, "field"), types=("integer",))

    def _bound(
        self, name: str, attribute: Attribute, key: str, value: Any, events: Sequence[str], path: Path
    ) -> None:
        kind = attribute.type
        if kind not in ("integer", "date-time"):
            self.report(
                "attribute-type",
                path,
                phrase(
                    "`{name}` is of type {kind}; `{key}` needs an integer or a date-time.",
                    name=name,
                    kind=kind,
                    key=key,
                ),
                True,
            )
        elif isinstance(value, dict):
            if list(value) == ["field"] and isinstance(value["field"], str):
                self.attribute(value["field"], events, (*path, "field"), types=(kind,))
            else:
                self.report("test", path, phrase("Another attribute is named by `{{field: name}}`."), False)
        elif kind == "integer" and not _number(value):
            self.report(
                "attribute-type",
                path,
                phrase(
                    "`{name}` is of type integer: `{key}` needs a number, not {value}.",
                    name=name,
                    key=key,
                    value=shown(value),
                ),
                False,
            )
        elif kind == "date-time" and not _day(value):
            message = phrase(
                "`{name}` is of type date-time: `{key}` needs a date (YYYY-MM-DD), not {value}.",
                name=name,
                key=key,
                value=shown(value),
            )
            self.report("attribute-type", path, message, False)


def _values(test: Any, path: Path) -> list[tuple[Any, Path]]:
    if isinstance(test, list):
        return [(value, (*path, index)) for index, value in enumerate(test)]
    return [(test, path)]


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _day(value: Any) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _quoted(value: Any) -> str:
    return f"`{value}`" if isinstance(value, str) else shown(value)
