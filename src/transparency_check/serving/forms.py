"""The form of an event: its fields from the vocabulary, in the words of the language, filled again with what
was given and with what is wrong about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..messages import known, text
from ..messages.language import ENGLISH, current
from ..packs.model import Text
from ..reserved import COLUMNS
from ..spreadsheets.titles import title, value_title
from .days import as_logged, as_typed
from .pages.asked import Asked
from .parts import Field, FieldGroup, Option
from .vocabulary import attribute_title, capital

if TYPE_CHECKING:
    from ..model import Problem
    from ..packs.model import Attribute, EventType, Rulebook, Vocabulary

# No attribute can be called so: what a form says beside the event does not mix with it.
CLOCK, FIRST, LAST = "__clock", "__first", "__last"
REASON, ALL_THE_SAME, EVENT, BACK, SETTLES = (
    "__reason", "__all_the_same", "__event", "__back", "__settles",
)  # fmt: skip
_BEFORE = ("municipality", "case", "time")
_AFTER = ("related", "source", "note", "id")
# What is missing is of the whole row, and yet of one field.
_MISSING = {"missing_time": "time", "missing_municipality": "municipality"}


@dataclass(frozen=True)
class EventForm:
    """The form of one event type. ``towns`` are the municipalities to choose from, by id with their names."""

    rulebook: Rulebook
    type: str
    towns: tuple[tuple[str, str], ...]

    @property
    def vocabulary(self) -> Vocabulary:
        return self.rulebook.vocabulary

    @property
    def event(self) -> EventType:
        return self.vocabulary.events[self.type]

    @property
    def attributes(self) -> tuple[str, ...]:
        """What such an event may state: needed ones first."""
        names = dict.fromkeys([*self.event.required, *self.event.attributes])
        if self.event.inherits is not None:
            names |= dict.fromkeys(self.event.inherits.attributes)
        return tuple(names)

    @property
    def columns(self) -> tuple[str, ...]:
        """All that the form can give."""
        return (*_BEFORE, *self.attributes, *_AFTER)

    # -- from the form to what is recorded

    def values(self, asked: Asked) -> dict[str, object]:
        """What was given, by the names of columns, as a log states it; an empty text for what was left
        empty.
        """
        found: dict[str, object] = {"type": self.type}
        for name in self.columns:
            found[name] = self._value(name, asked)
        return found

    def _value(self, name: str, asked: Asked) -> object:
        kind = self._kind(name)
        if kind == "date-time":
            return as_logged(asked.one(name), asked.one(name + CLOCK))
        if kind == "interval":
            first, last = as_logged(asked.one(name + FIRST), ""), as_logged(asked.one(name + LAST), "")
            return f"{first}/{last}" if first or last else ""
        if kind == "list of choice":
            return asked.every(name) or ""
        if kind == "list of text":
            lines = [line.strip() for given in asked.every(name) for line in given.splitlines()]
            return [line for line in lines if line] or ""
        # Browsers end lines as Windows does, whoever wrote them.
        return asked.one(name).replace("\r\n", "\n")

    def _kind(self, name: str) -> str:
        if name in COLUMNS:
            return {"time": "date-time", "related": "list of text"}.get(name, "text")
        return self.vocabulary.attributes[name].type

    # -- from what was given to the form

    def groups(
        self, given: Mapping[str, object], problems: Mapping[str, Sequence[str]], new: bool
    ) -> tuple[FieldGroup, ...]:
        """The fields, filled with ``given``: values as a log states them. ``new`` says whether the event is
        recorded for the first time: only then it can be given an id.
        """
        needed = [name for name in self.attributes if name in self.event.required]
        others = [n for n in self.attributes if n not in needed and n != self.vocabulary.attestation]
        rest = [*_AFTER[:3]]
        if self.vocabulary.attestation in self.attributes:
            rest.append(str(self.vocabulary.attestation))
        if new:
            rest.append("id")
        first = [self.field(n, given, problems, n in ("municipality", "time")) for n in _BEFORE]
        made = [FieldGroup(text("serve.form.when"), tuple(first))]
        asked = [self.field(n, given, problems, n in needed) for n in (*needed, *others)]
        if asked:
            made.append(FieldGroup(text("serve.form.what"), tuple(asked)))
        more = tuple(self.field(n, given, problems, False) for n in rest)
        made.append(FieldGroup(text("serve.form.more"), more, True, text("serve.form.more.note")))
        return tuple(made)

    def field(
        self, name: str, given: Mapping[str, object], problems: Mapping[str, Sequence[str]], needed: bool
    ) -> Field:
        """One field."""
        value = given.get(name, "")
        base = Field(
            name,
            self.label(name),
            hint=self._hint(name),
            required=needed,
            problems=tuple(problems.get(name, ())),
        )
        if name == "municipality":
            return self._town(base, str(value))
        if name == "note":
            return replace(base, kind="long", value=str(value))
        if name in COLUMNS and name not in ("time", "related"):
            return replace(base, value=str(value))
        attribute = None if name in COLUMNS else self.vocabulary.attributes[name]
        match self._kind(name):
            case "date-time":
                day, clock = as_typed(str(value), current() != ENGLISH)
                second = Field(name + CLOCK, text("serve.form.clock"), value=clock, input_mode="decimal")
                return replace(base, value=day, second=second, input_mode="decimal")
            case "interval":
                first, _, last = str(value).partition("/")
                begin, end = (as_typed(part, current() != ENGLISH)[0] for part in (first, last))
                second = Field(name + LAST, text("serve.form.until"), value=end, input_mode="decimal")
                return replace(base, name=name + FIRST, value=begin, second=second, input_mode="decimal")
            case "choice" if attribute is not None and attribute.values:
                return _choice(base, attribute, str(value))
            case "list of choice" if attribute is not None:
                return _choices(base, self._listed(name, attribute), _listed(value))
            case "list of text":
                return replace(base, kind="long", value="\n".join(_listed(value)))
            case "flag":
                return _flag(base, value)
            case "integer":
                return replace(base, value=_plain(value), input_mode="numeric", narrow=True)
        text_ = _plain(value)
        # A field of one line would take the ends of lines out.
        return replace(base, kind="long" if "\n" in text_ else "text", value=text_)

    def label(self, name: str) -> str:
        """What a field is called."""
        if name in COLUMNS:
            return capital(title(COLUMNS[name]))
        return attribute_title(self.vocabulary, name)

    def _hint(self, name: str) -> str:
        if name in COLUMNS:
            code = f"serve.hint.{name}"
            return text(code) if known(code) else ""
        attribute = self.vocabulary.attributes[name]
        said = ""
        if isinstance(attribute.meaning, Text):
            said = title(attribute.meaning)
        elif attribute.meaning is not None and current() == ENGLISH:
            said = attribute.meaning
        hints = [f"{capital(said).rstrip('.')}."] if said else []
        how = {"date-time": "day", "interval": "interval", "list of text": "lines"}.get(attribute.type)
        return " ".join([*hints, *([text(f"serve.hint.{how}")] if how else [])])

    def _town(self, base: Field, value: str) -> Field:
        options = [Option(id_, name, id_ == value) for id_, name in self.towns]
        if len(self.towns) != 1:
            options.insert(0, Option("", text("serve.form.choose"), not value))
        return replace(base, kind="choice", options=tuple(options))

    def _listed(self, name: str, attribute: Attribute) -> list[tuple[str, str]]:
        coverage = self.vocabulary.coverage
        if coverage is not None and name == coverage.families:
            words = self.vocabulary.families
            return [
                (family, title(words[family]) if family in words else family)
                for family in self.vocabulary.family_words()
            ]
        return [(v, value_title(attribute, v)) for v in attribute.values]


def _choice(base: Field, attribute: Attribute, value: str) -> Field:
    options = [Option("", text("serve.form.unstated"), not value)]
    options += [Option(v, value_title(attribute, v), v == value) for v in attribute.values]
    if value and value not in attribute.values:
        # What was written in a log and is no known value stays what it is until somebody changes it.
        options.append(Option(value, value, True))
    return replace(base, kind="choice", options=tuple(options))


def _choices(base: Field, listed: Iterable[tuple[str, str]], chosen: Sequence[str]) -> Field:
    known_ = dict(listed)
    options = [Option(value, name, value in chosen) for value, name in known_.items()]
    options += [Option(value, value, True) for value in chosen if value not in known_]
    return replace(base, kind="choices", options=tuple(options))


def _flag(base: Field, value: object) -> Field:
    given = {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    options = (
        Option("true", text("template.yes"), given == "true"),
        Option("false", text("template.no"), given == "false"),
        Option("", text("serve.form.unstated"), given == ""),
    )
    return replace(base, kind="flag", options=options)


def _listed(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(part) for part in value]
    return [part.strip() for part in str(value).split(";") if part.strip()]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def beside_fields(
    problems: Iterable[Problem], form: EventForm
) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """What is wrong, by the field it is about, and all of it in order with the field (empty: of none)."""
    by_field: dict[str, list[str]] = {}
    listed: list[tuple[str, str]] = []
    for problem in problems:
        fields = [problem.place] if problem.place in form.columns else []
        if not fields and isinstance(columns := problem.values.get("columns"), str):
            fields = [name for part in columns.split(",") if (name := part.strip()) in form.columns]
        if not fields and problem.code in _MISSING:
            fields = [_MISSING[problem.code]]
        message = _without_field(problem.message, fields[0] if len(fields) == 1 else "")
        for name in fields:
            by_field.setdefault(name, []).append(message)
        listed += [(name, message) for name in fields or [""]]
    return by_field, listed


def _without_field(message: str, field: str) -> str:
    """The message, which stands beside its field, without the name of it at its beginning."""
    return capital(message.removeprefix(f"{field}: ")) if field else capital(message)
