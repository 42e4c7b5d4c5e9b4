"""A mapping bound to a vocabulary: whatever it says of event types, columns and values is known there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ..messages import phrase
from ..packs.problems import did_you_mean
from ..readers.names import Names
from ..readers.values import BadValue, moment
from ..reserved import COLUMNS
from .conditions import Test, tests_of
from .parts import Dates, Made
from .read import refused
from .texts import tidy, word

if TYPE_CHECKING:
    from ..events import Normaliser
    from ..model import Problem
    from ..packs.model import Vocabulary
    from .model import Columns, Constants, Kind, When
    from .read import MappingFile

_RESERVED: dict[str, Kind] = {
    "time": "moment", "recorded_at": "moment", "related": "list", "retracted": "flag",
}  # fmt: skip
_KINDS: dict[str, Kind] = {
    "date-time": "moment", "interval": "interval", "list of choice": "list", "list of text": "list",
    "flag": "flag", "integer": "integer",
}  # fmt: skip
_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Gives:
    """What an event is made of: constants, and parts by column."""

    constants: dict[str, object]
    parts: tuple[tuple[str, Made], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One event that a row may give. ``place`` is where the mapping says so; ``word`` is what the log says,
    where one row is one event. ``type`` is None for a word of the log that is no event.
    """

    place: str
    type: str | None
    word: str | None = None
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignored:
    """Rows that are left out."""

    place: str
    tests: tuple[Test, ...]
    why: str | None
    said: str


@dataclass(slots=True)
class Bound:
    """``rules`` are all that give events, in the order of the file; ``gives`` has by rule (or, where one row
    is one event, by type) what the event is made of. ``general`` is what stands for all events, for rows of
    which more is not known. ``named`` are the columns of the log that the mapping names, with the first
    place that does. ``needed`` and ``made_of`` are those of ``readers.base.Input``.
    """

    file: MappingFile
    naming: Made | None
    words: dict[str, Rule]
    rules: list[Rule]
    gives: dict[str, Gives]
    ignored: list[Ignored]
    general: Gives
    named: dict[str, str]
    needed: Sequence[frozenset[str]]
    made_of: dict[str, frozenset[str]]
    # The event type that a word of the log means where the mapping lists none.
    vocabulary: Callable[[str], str | None] | None
    listed: Names


def bind(file: MappingFile, normaliser: Normaliser, vocabulary: Vocabulary, zone: ZoneInfo) -> Bound:
    """The mapping with the vocabulary. Raises ``ConfigurationError`` with every defect."""
    return _Binder(file, normaliser, vocabulary, zone).bound()


@dataclass(slots=True)
class _Binder:
    file: MappingFile
    normaliser: Normaliser
    vocabulary: Vocabulary
    zone: ZoneInfo
    problems: list[Problem] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)

    def bound(self) -> Bound:
        content = self.file.content
        zone = None if content.zone is None else ZoneInfo(content.zone)
        formats = content.format or ()
        dates = Dates((formats,) if isinstance(formats, str) else tuple(formats), self._other(zone))
        general = self._gives(content.constants, content.columns, (), dates)
        ignored = [
            Ignored(
                self.file.place("ignore", n),
                self._tests(entry.when, (), ("ignore", n)),
                entry.why,
                _said(entry.when),
            )
            for n, entry in enumerate(content.ignore)
        ]
        rules: list[Rule] = []
        gives: dict[str, Gives] = {}
        naming: Made | None = None
        lookup: Callable[[str], str | None] | None = None
        if content.type is not None:
            naming = self._naming()
            rules, lookup = self._words()
            for type_ in (
                {rule.type for rule in rules if rule.type} if lookup is None else self.vocabulary.events
            ):
                gives[type_] = self._carried(type_, general)
            self._timed(general, ("type",))
        for n, entry in enumerate(content.events or ()):
            path = ("events", n)
            type_name = self._type(entry.type, (*path, "type"))
            own = self._gives(entry.constants, entry.columns, path, dates, type_name)
            rule = Rule(
                self.file.place(*path), type_name, None, self._tests(entry.when, entry.must_be_filled, path)
            )
            rules.append(rule)
            shared = general if type_name is None else self._carried(type_name, general)
            said = {*own.constants, *(name for name, _ in own.parts)}
            made = Gives(
                {k: v for k, v in shared.constants.items() if k not in said} | own.constants,
                (*((k, m) for k, m in shared.parts if k not in said), *own.parts),
            )
            self._timed(made, path)
            gives[rule.place] = made
        self._ids()
        self._used(gives)
        if self.problems:
            raise refused(self.problems)
        return Bound(
            file=self.file,
            naming=naming,
            words={tidy(rule.word): rule for rule in rules if rule.word is not None},
            rules=rules,
            gives=gives,
            ignored=ignored,
            general=general,
            named=self.named,
            needed=self._needed(naming, general, gives),
            made_of=_made_of(naming, general),
            vocabulary=lookup,
            listed=Names({rule.word: () for rule in rules if rule.word is not None}),
        )

    def _other(self, zone: ZoneInfo | None) -> ZoneInfo | None:
        """A zone that is not that of the law."""
        return None if zone is None or zone.key == self.zone.key else zone

    def _tell(self, message: str, *path: str | int, key: bool = False) -> None:
        self.problems.append(self.file.defect(message, *path, key=key))

    # Event types

    def _naming(self) -> Made:
        naming = self.file.content.type
        assert naming is not None
        made = Made(naming.part, "text", self.file.place("type"), Dates())
        self._name(made.columns, ("type", "text" if naming.text else "from"))
        return made

    def _words(self) -> tuple[list[Rule], Callable[[str], str | None] | None]:
        """The rules that words of the log stand for; how other words are read, None for not at all."""
        naming = self.file.content.type
        assert naming is not None
        rules: list[Rule] = []
        seen: dict[str, str] = {}
        for said, meant in (naming.values or {}).items():
            path: _Path = ("type", "values", said)
            rules.append(Rule(self.file.place(*path, key=True), self._type(meant, path), said))
            self._once(said, path, seen)
        for n, none in enumerate(naming.ignore):
            rules.append(Rule(self.file.place("type", "ignore", n), None, word(none)))
            self._once(word(none), ("type", "ignore", n), seen)
        names = self.normaliser.values_of("type")
        assert names is not None
        return rules, names.find if naming.values is None else None

    def _once(self, said: str, path: _Path, seen: dict[str, str]) -> None:
        if tidy(said) in seen:
            self._tell(
                phrase("`{word}` stands here twice, the first time at {place}. Keep one.",
                       word=said, place=seen[tidy(said)]),
                *path, key=True,
            )  # fmt: skip
        seen.setdefault(tidy(said), self.file.place(*path, key=True))

    def _type(self, said: str, path: _Path) -> str | None:
        names = self.normaliser.values_of("type")
        assert names is not None
        found = names.find(said)
        if found is None:
            self._tell(
                phrase("`{type}` is no event type of the packs.", type=said) + did_you_mean(said, names.ids),
                *path,
            )
        return found

    # Columns

    def _gives(
        self, constants: Constants, columns: Columns, path: _Path, dates: Dates, type_: str | None = None
    ) -> Gives:
        fixed: dict[str, object] = {}
        parts: list[tuple[str, Made]] = []
        seen: dict[str, str] = {}
        for name, value in constants.items():
            at: _Path = (*path, "constants", name)
            column = self._column(name, at, seen, type_)
            if column is not None:
                fixed[column] = self._value(column, value, at)
        for name in columns:
            at = (*path, "columns", name)
            column = self._column(name, at, seen, type_)
            if column is not None:
                parts.append((column, self._part(column, columns, name, at, dates)))
        return Gives(fixed, tuple(parts))

    def _column(self, said: str, path: _Path, seen: dict[str, str], type_: str | None) -> str | None:
        names = self.normaliser.columns
        found = names.find(said)
        if found is None:
            near = did_you_mean(said, names.ids)
            self._tell(phrase("`{column}` is no column of a log.", column=said) + near, *path, key=True)
            return None
        if found == "type":
            self._tell(
                phrase("What happened stands under `type` at the top, or with each of `events`; not here."),
                *path,
                key=True,
            )
            return None
        if found in seen:
            message = phrase("`{column}` means {name}, as does `{other}`. Keep one.",
                             column=said, name=found, other=seen[found])  # fmt: skip
            self._tell(message, *path, key=True)
            return None
        seen[found] = said
        if type_ is not None and not self._carries(type_, found):
            listed = self.vocabulary.events[type_].attributes
            hint = did_you_mean(said, listed)
            self._tell(
                phrase("{type} does not carry `{column}`.", type=type_, column=found) + hint, *path, key=True
            )
            return None
        return found

    def _part(self, column: str, columns: Columns, name: str, path: _Path, dates: Dates) -> Made:
        from .model import Part

        said = columns[name]
        part = said if isinstance(said, Part) else Part.model_validate({"from": said})
        kind = self._kind(column)
        for key, kinds in (
            ("format", ("moment", "interval")),
            ("zone", ("moment",)),
            ("split", ("list", "interval")),
        ):
            if getattr(part, key) is not None and kind not in kinds:
                what = phrase("lists and periods") if key == "split" else phrase("dates")
                self._tell(
                    phrase("`{key}` is for {what}, not {column}.", key=key, column=column, what=what),
                    *path,
                    key,
                    key=True,
                )
        values = {k: None if v is None else self._value(column, v, (*path, "values", k))
                  for k, v in (part.values or {}).items()}  # fmt: skip
        otherwise = (
            None if part.otherwise is None else self._value(column, part.otherwise, (*path, "otherwise"))
        )
        part = part.model_copy(update={"values": values or None, "otherwise": otherwise})
        zone = None if part.zone is None else self._other(ZoneInfo(part.zone))
        own = Dates(dates.formats, zone if part.zone is not None else dates.zone)
        made = Made(part.model_copy(update={"zone": None}), kind, self.file.place(*path), own)
        self._name(made.columns, path)
        return made

    def _kind(self, column: str) -> Kind:
        if column in COLUMNS:
            return _RESERVED.get(column, "text")
        return _KINDS.get(self.vocabulary.attributes[column].type, "text")

    def _value(self, column: str, value: Any, path: _Path) -> Any:
        """A value that the mapping states, as the vocabulary has it."""
        if isinstance(value, list):
            if self._kind(column) != "list":
                self._tell(phrase("{column} takes one value, not a list.", column=column), *path)
                return value
            return [self._value(column, part, path) for part in value]
        if self._kind(column) in ("text", "list") and not isinstance(value, str | bool):
            return self._value(column, word(value), path)
        names = self.normaliser.values_of(column)
        if names is not None:
            if isinstance(value, bool) and names.find("true") is not None:
                return value
            found = names.find(str(value))
            if found is None:
                hint = did_you_mean(str(value), names.ids)
                said = word(value)
                self._tell(
                    phrase("`{value}` is no value of {column}.", value=said, column=column) + hint, *path
                )
            return found
        if column in ("time", "recorded_at"):
            try:
                moment(value, self.zone)
            except BadValue as error:
                self._tell(f"{error.values['why']}.", *path)
        elif not self.normaliser.reads(column, value):
            self._tell(phrase("`{value}` is no value of {column}.", value=word(value), column=column), *path)
        return value

    def _carries(self, type_: str, column: str) -> bool:
        return column in COLUMNS or column in self.vocabulary.events[type_].attributes

    def _carried(self, type_: str, general: Gives) -> Gives:
        """What stands for all events, as far as those of a type carry it."""
        return Gives(
            {name: value for name, value in general.constants.items() if self._carries(type_, name)},
            tuple((name, made) for name, made in general.parts if self._carries(type_, name)),
        )

    def _timed(self, gives: Gives, path: _Path) -> None:
        if "time" not in gives.constants and all(name != "time" for name, _ in gives.parts):
            self._tell(
                phrase(
                    "`time` is missing: an event needs a date. Say under `columns` which column holds it."
                ),
                *path,
            )

    def _ids(self) -> None:
        """An id is that of one event."""
        many = len(self.file.content.events or ()) > 1
        stated = [("constants", name) for name in self.file.content.constants]
        stated += [("columns", name) for name in self.file.content.columns if many]
        for key, name in stated:
            if self.normaliser.columns.find(name) == "id":
                self._tell(
                    phrase(
                        "An id stands for one event, and this one would be that of several. State it with "
                        "each of `events`, as in {example}; without any, events have ids of their own.",
                        example="{text: \"{Nr}-held\"}",
                    ),
                    key, name, key=True,
                )  # fmt: skip

    def _used(self, gives: dict[str, Gives]) -> None:
        """What stands for all events and no event of the mapping carries is a mistake."""
        if self.problems:
            return
        carried = {name for each in gives.values() for name in (*each.constants, *(n for n, _ in each.parts))}
        for key, names in (
            ("constants", self.file.content.constants),
            ("columns", self.file.content.columns),
        ):
            for name in names:
                if (column := self.normaliser.columns.find(name)) not in carried:
                    self._tell(
                        phrase("No event type of this mapping carries `{column}`.", column=column or name),
                        key, name, key=True,
                    )  # fmt: skip

    # Columns of the log

    def _tests(self, when: When, filled: tuple[str, ...], path: _Path) -> tuple[Test, ...]:
        self._name((tidy(name) for name in filled), (*path, "filled"))
        for name in when:
            self._name((tidy(name),), (*path, "when", name))
        return tests_of(when, filled)

    def _name(self, columns: Iterable[str], path: _Path) -> None:
        for column in columns:
            self.named.setdefault(column, self.file.place(*path, key=bool(path[-2:-1] == ("when",))))

    def _needed(self, naming: Made | None, general: Gives, gives: dict[str, Gives]) -> list[frozenset[str]]:
        groups = [frozenset(naming.columns)] if naming is not None else []
        groups.append(frozenset(c for each in (general, *gives.values()) for c in _columns(each, "time")))
        found = [group for group in groups if group]
        return found or [frozenset(self.named)]


def _columns(gives: Gives, column: str) -> Iterator[str]:
    return (theirs for name, made in gives.parts if name == column for theirs in made.columns)


def _made_of(naming: Made | None, general: Gives) -> dict[str, frozenset[str]]:
    """Of what in a broken row columns can be made: those of one event alone, where a row may give several,
    are not known.
    """
    single = naming is not None
    return {
        "type": frozenset(naming.columns if naming is not None else ()),
        "time": frozenset(_columns(general, "time") if single else ()),
        "municipality": frozenset(_columns(general, "municipality")),
        "case": frozenset(_columns(general, "case")),
    }


def _said(when: When) -> str:
    """A condition as it is shown."""
    return ", ".join(f"{name}: {_shown(said)}" for name, said in when.items())


def _shown(said: Any) -> str:
    if isinstance(said, list):
        return " / ".join(map(word, said))
    if isinstance(said, bool | int | float | str):
        return word(said)
    parts = [] if said.not_ is None else [f"not {_shown(said.not_)}"]
    parts += [] if said.filled is None else [f"filled: {word(said.filled)}"]
    return ", ".join(parts)
