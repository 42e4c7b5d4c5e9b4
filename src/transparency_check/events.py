"""Rows of any format into event records, by the vocabulary of the pack.

A record is a JSON object (bytes), one per row; keys without a value are left out::

    {"place": "log.jsonl:3", "file": "log.jsonl", "readable": true, "id": "e1", "type": "meeting.held",
     "municipality": "kline", "case": "c1", "related": ["c2"], "time": "2026-11-02", "day": "2026-11-02",
     "lo": ..., "hi": ..., "recorded": "...", "rlo": ..., "rhi": ..., "retracted": false,
     "content": "<digest>", "bad": ["grounds"], "a": {...}}

``lo``..``hi`` is the closed interval of instants in UTC microseconds. ``a`` holds the attributes that are
present and readable, without defaults or inheritance; ``bad`` names those whose value could not be read (also
``case`` and ``related``). ``source`` is there where it was asked for. A row that cannot be read has
``readable: false`` and what could be read of type, municipality, case, related and time. A row whose type is
a slip of a known one is such a row; one of a foreign type gives a warning and no record (semantics 4.21).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import orjson

from .messages.problems import problem, shown, why
from .model import Problem
from .office_words import FLAG_NAMES, OfficeWords, office_words, spoken
from .readers.base import Row
from .readers.names import Names
from .readers.sidecar import Declaration, Sidecar
from .readers.values import BadValue, Converter, flag, moment, raw, texts
from .reserved import COLUMNS
from .times import FIRST_YEAR

if TYPE_CHECKING:
    from .packs.model import EventType, Municipality, Vocabulary
    from .proving import Prover

# Distinct headers, texts and moments that are remembered; a log with more of them is read all the same.
_REMEMBERED = 100_000
_PLANS = 5_000
# Where the digest of a record holds whether it is retracted.
_RETRACTED = 5


@dataclass(slots=True)
class _Type:
    name: str
    listed: frozenset[str]
    required: tuple[str, ...]


@dataclass(slots=True)
class _Plan:
    """How the columns of a row are read: made once for each set of headers."""

    # Name, header, converter and its memory, in order of name: the order in which attributes stand in a
    # record.
    attributes: tuple[tuple[str, str, Converter, dict[str, Any]], ...]
    # Header by reserved column, None where all headers are the names themselves.
    headers: dict[str, str] | None
    unknown: tuple[str, ...]
    # A column that two headers stand for, and the headers.
    clash: tuple[str, str, str] | None
    # Types that carry all attributes among these columns.
    fitting: frozenset[str]
    # Columns in which the office has words of its own, with the key of their cells.
    spoken: tuple[tuple[str, str], ...]


class _Time(NamedTuple):
    text: str
    day: str
    lo: int
    hi: int


class Normaliser:
    """Turns rows into records. Knows the vocabulary, and what it has seen: headers, names, times."""

    def __init__(
        self, vocabulary: Vocabulary, municipalities: Sequence[Municipality], zone: ZoneInfo
    ) -> None:
        self._zone = zone
        self._vocabulary = vocabulary
        self._coverage = vocabulary.coverage
        attributes = vocabulary.attributes
        reserved = {name: column.everywhere() for name, column in COLUMNS.items()}
        self.columns = Names({**reserved, **{name: a.headers() for name, a in attributes.items()}})
        families = vocabulary.family_words()
        declaring = vocabulary.coverage.families if vocabulary.coverage else None
        self._converters = {
            name: Converter(name, attribute, zone, families if name == declaring else None)
            for name, attribute in attributes.items()
        }
        self._types = {
            name: _Type(name, frozenset(t.attributes), owed(t)) for name, t in vocabulary.events.items()
        }
        self._type_names = Names({name: t.title.everywhere() for name, t in vocabulary.events.items()})
        spellings: dict[str, list[str]] = {}
        for municipality in municipalities:
            spellings.setdefault(municipality.id, []).extend(municipality.names)
        self._municipality_names = Names(spellings)
        self._example = min(spellings, default="kline")
        self._municipalities: dict[str, str] = {id_: id_ for id_ in spellings}
        self._times: dict[str, _Time] = {}
        self._plans: dict[tuple[str, ...], _Plan] = {}
        self._office: OfficeWords | None = None
        # Whether records hold the evidence that their rows name, which no duty looks at.
        self.keeps_source = False
        self.begin("", {})

    def begin(self, file: str, defaults: dict[str, str], office: OfficeWords | None = None) -> None:
        """Begin an input: ``defaults`` are values of reserved columns for rows that do not state them,
        ``office`` is what its office says that words mean.
        """
        if office is not self._office:
            self._office = office
            self._plans.clear()
        self.file = file
        self.events = 0
        self._defaults = defaults
        self.told: dict[str, Problem] = {}

    @property
    def plain(self) -> bool:
        """Whether words of this input mean what the vocabulary says, and nothing that its office says."""
        return self._office is None

    def office_words(self, sidecar: Sidecar, problems: list[Problem]) -> OfficeWords | None:
        """What a sidecar says that words mean; what is wrong with it goes to ``problems``."""
        return office_words(sidecar, self.columns, self.values_of, problems)

    def values_of(self, column: str) -> Names | None:
        """The values that a column takes, with their words; None where it takes other things."""
        if column in ("type", "municipality"):
            return self._type_names if column == "type" else self._municipality_names
        if self._coverage is not None and column == self._coverage.families:
            return Names(self._vocabulary.family_words())
        attribute = self._vocabulary.attributes.get(column)
        if column == "retracted" or (attribute is not None and attribute.type == "flag"):
            return FLAG_NAMES
        return Names(attribute.words()) if attribute is not None and attribute.values else None

    def reads(self, column: str, cell: object) -> bool:
        """Whether a value of an attribute can be read; of any other column it is taken to be."""
        converter = self._converters.get(column)
        try:
            if converter is not None:
                converter.read(cell)
        except BadValue:
            return False
        return True

    def prover(self, many: int, memory: int | None = None) -> Prover:
        """What proves rows clean in bulk, of inputs with so many lines or more."""
        from .proving import Prover

        owed = {type_.name: type_.required for type_ in self._types.values()}
        return Prover(self._vocabulary, self._municipality_names.ids, self._zone, owed, many, memory)

    def coverage(self, declaration: Declaration, problems: list[Problem]) -> bytes | None:
        """The record of a declaration in a sidecar."""
        row = self.declared(declaration, problems)
        return None if row is None else self.record(row, problems)

    def declared(self, declaration: Declaration, problems: list[Problem]) -> Row | None:
        """The row of a declaration in a sidecar: an event that is known from the first day of its period
        on.
        """
        if self._coverage is None:
            problems.append(problem("sidecar_coverage", declaration.place))
            return None
        renamed = {"period": self._coverage.period, "event_families": self._coverage.families}
        values = {renamed.get(key, key): value for key, value in declaration.values.items()}
        values["type"] = self._coverage.event
        period = declaration.values.get("period")
        try:
            read = self._converters[self._coverage.period].read(period)
        except BadValue:
            read = None
        # One whose period is missing or unreadable declares nothing, but shows that coverage was declared.
        values["time"] = read["first"] if read else f"{FIRST_YEAR}-01-01"
        return Row(declaration.place, values)

    def record(self, row: Row, problems: list[Problem]) -> bytes | None:
        """The record of a row; what is wrong with it goes to ``problems``. None where its type is foreign to
        the vocabulary.
        """
        place, values, damaged, _ = row
        key = tuple(values)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= _PLANS:
                self._plans.clear()
            plan = self._plans[key] = self._plan(key)
        if plan.headers is not None:
            values = dict(values)
            for column, header in plan.headers.items():
                values[column] = values.pop(header)
        if self._defaults:
            values = values | {k: v for k, v in self._defaults.items() if values.get(k) in (None, "")}
        if plan.spoken and self._office is not None:
            values = values | {key: self._office.said(name, values.get(key)) for name, key in plan.spoken}
        if damaged:
            return self._unreadable(row, values, None)
        for header in plan.unknown:
            if header not in self.told:
                problems.append(told := self._unknown_column(header, row))
                self.told[header] = told
        if plan.clash is not None:
            column, first, second = plan.clash
            problems.append(
                problem("same_column", place, column=column, first=shown(first), second=shown(second))
            )
            # Neither of the two values counts, not even for what can be read of the row.
            return self._unreadable(row, {k: v for k, v in values.items() if k != column}, plan)
        get = values.get
        type_: _Type | None
        time: _Time | None
        municipality: str | None
        try:
            type_ = self._types[values["type"]]  # type: ignore[index]
            time = self._times[values["time"]]  # type: ignore[index]
            municipality = self._municipalities[values["municipality"]]  # type: ignore[index]
        except (KeyError, TypeError):
            # Not seen before, missing, or no text.
            text = get("type")
            type_ = self._type(text, row, plan, problems)
            if type_ is None and self._foreign(text):
                return None
            time = self._time("time", get("time"), row, plan, problems)
            municipality = self._municipality(get("municipality"), row, plan, problems)
        recorded = time
        text = get("recorded_at")
        if text is not None and text != "" and not (isinstance(text, str) and text.isspace()):
            recorded = self._times.get(text) if text.__class__ is str else None
            if recorded is None:
                recorded = self._time("recorded_at", text, row, plan, problems)
            if recorded is not None and time is not None and recorded.hi < time.lo:
                at = self._cell(row, plan, "time")
                problems.append(problem("recorded_before", at, time=time.text, recorded=recorded.text))
        retracted: bool | None = False
        text = get("retracted")
        if text is not None and text is not False and text != "":
            retracted = self._retracted(text, row, plan, problems)
        text = get("id")
        id_: str | None = None
        known = True
        if text is not None:
            # As in _name, without the call: most ids are plain.
            if text.__class__ is str and text.isascii() and text.isprintable() and text.strip() is text:
                id_ = text
            else:
                known, id_ = self._name("id", text, row, plan, problems)
        if (
            type_ is None
            or time is None
            or municipality is None
            or recorded is None
            or retracted is None
            or not known
        ):
            self._tell_values(row, values, plan, problems)
            return self._unreadable(row, values, plan)

        bad: list[str] = []
        bad_cells: list[object] = []
        case: str | None = None
        text = get("case")
        if text is not None:
            if text.__class__ is str and text.isascii() and text.isprintable() and text.strip() is text:
                case = text or None
            else:
                known, case = self._name("case", text, row, plan, problems)
                if not known:
                    bad.append("case")
                    bad_cells.append(raw(text))
        related: list[str] | None = None
        text = get("related")
        if text is not None:
            known, related = self._related(text, row, plan, problems)
            if not known:
                bad.append("related")
                bad_cells.append(raw(text))

        attributes: dict[str, Any] = {}
        for name, header, converter, memo in plan.attributes:
            cell = values[header]
            value = memo.get(cell) if cell.__class__ is str else None
            if value is None:
                if cell is None:
                    continue
                try:
                    value = converter.read(cell)
                except BadValue as fault:
                    bad.append(name)
                    bad_cells.append(raw(cell))
                    at = row.cell(header)
                    problems.append(problem(fault.code, at, column=name, value=shown(cell), **fault.values))
                    continue
                if value is None:
                    continue
            attributes[name] = value
        if type_.name not in plan.fitting and not attributes.keys() <= type_.listed:
            extra = [name for name in attributes if name not in type_.listed]
            problems.append(
                problem(
                    "unlisted_attribute",
                    self._cell(row, plan, extra[0]),
                    type=type_.name,
                    columns=", ".join(extra),
                    known=", ".join(sorted(type_.listed)) or "none",
                )
            )
        for name in type_.required:
            if name not in attributes and name not in bad:
                missing = [n for n in type_.required if n not in attributes and n not in bad]
                problems.append(
                    problem("missing_attribute", row.place, type=type_.name, columns=", ".join(missing))
                )
                break

        source, note = get("source"), get("note")
        if source is not None and source.__class__ is not str:
            self._dropped("source", source, row, plan, problems)
            source = None
        if note is not None and note.__class__ is not str:
            self._dropped("note", note, row, plan, problems)
            note = None
        dumped = orjson.dumps(attributes)
        moment_, day, lo, hi = time
        fields = [
            type_.name,
            moment_,
            municipality,
            case,
            related,
            retracted,
            source or None,
            note or None,
            bad,
            bad_cells,
        ]
        content = blake2b(orjson.dumps(fields) + dumped, digest_size=16).hexdigest()
        if not id_:
            # A row that withdraws another has the id of that other.
            fields[_RETRACTED] = False
            id_ = f"x-{blake2b(orjson.dumps(fields) + dumped, digest_size=16).hexdigest()[:16]}"
        record: dict[str, Any] = {
            "place": place,
            "file": self.file,
            "readable": True,
            "id": id_,
            "type": type_.name,
            "municipality": municipality,
            "time": moment_,
            "day": day,
            "lo": lo,
            "hi": hi,
            "recorded": recorded.text,
            "rlo": recorded.lo,
            "rhi": recorded.hi,
            "retracted": retracted,
            "content": content,
            "a": orjson.Fragment(dumped),
        }
        if case is not None:
            record["case"] = case
        if related is not None:
            record["related"] = related
        if bad:
            record["bad"] = bad
        if self.keeps_source and source and source != self._defaults.get("source"):
            record["source"] = source
        self.events += 1
        return _compact(record)

    def _plan(self, headers: tuple[str, ...]) -> _Plan:
        attributes: list[tuple[str, str, Converter, dict[str, Any]]] = []
        reserved: dict[str, str] = {}
        unknown: list[str] = []
        seen: dict[str, str] = {}
        clash: tuple[str, str, str] | None = None
        for header in headers:
            office = self._office
            name = office.column(header, self.columns.find) if office else self.columns.find(header)
            if name is None:
                if office is None or not office.leaves_out(header):
                    unknown.append(header)
            elif name in seen:
                clash = clash or (name, seen[name], header)
            else:
                seen[name] = header
                if name in self._converters:
                    converter = self._converters[name]
                    attributes.append((name, header, converter, converter.memo))
                else:
                    reserved[name] = header
        renamed = {name: header for name, header in reserved.items() if name != header}
        names = {attribute[0] for attribute in attributes}
        fitting = frozenset(type_.name for type_ in self._types.values() if names <= type_.listed)
        ordered = tuple(sorted(attributes, key=lambda attribute: attribute[0]))
        keys = [(name, name) for name in reserved] + [(name, header) for name, header, _, _ in ordered]
        said = spoken(self._office, keys) if self._office is not None else ()
        return _Plan(ordered, renamed or None, tuple(unknown), clash, fitting, said)

    def _unknown_column(self, header: str, row: Row) -> Problem:
        several = self.columns.candidates(header)
        place, column = row.cell(header), shown(header)
        if several:
            return problem("ambiguous_column", place, column=column, first=several[0], second=several[1])
        return problem("unknown_column", place, column=column, nearest=self.columns.nearest(header))

    def _cell(self, row: Row, plan: _Plan, column: str) -> str:
        """The place of a cell by the name of its column."""
        if row.cells is None:
            return row.place
        header = (plan.headers or {}).get(column, column)
        return row.cell(next((h for name, h, _, _ in plan.attributes if name == column), header))

    def _type(self, cell: object, row: Row, plan: _Plan, problems: list[Problem]) -> _Type | None:
        """The event type of a cell, or None after its problem has been told."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            problems.append(problem("missing_type", row.place))
            return None
        place = self._cell(row, plan, "type")
        if not isinstance(cell, str):
            problems.append(problem("bad_type", place, value=shown(cell)))
            return None
        name = self._type_names.find(cell)
        if name is None:
            several = self._type_names.candidates(cell)
            meant = self._type_names.slip_of(cell)
            if several:
                first, second = several[:2]
                problems.append(
                    problem("ambiguous_type", place, value=shown(cell), first=first, second=second)
                )
            elif meant is None:
                problems.append(problem("unknown_type", place, value=shown(cell)))
            else:
                near = self._type_names.nearest(cell) or meant
                problems.append(problem("misspelt_type", place, value=shown(cell), nearest=near))
            return None
        return self._types[name]

    def _foreign(self, cell: object) -> bool:
        """Whether an unknown type is of another vocabulary, no slip of one that is known."""
        return isinstance(cell, str) and bool(cell.strip()) and self._type_names.slip_of(cell) is None

    def _time(
        self, column: str, cell: object, row: Row, plan: _Plan | None, problems: list[Problem] | None
    ) -> _Time | None:
        """A time of a reserved column, or None; ``problems`` is None where nothing more is to be told."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            if problems is not None:
                problems.append(problem("missing_time", row.place))
            return None
        try:
            read = moment(cell, self._zone)
        except BadValue as fault:
            if problems is not None and plan is not None:
                place = self._cell(row, plan, column)
                problems.append(problem("bad_time", place, column=column, value=shown(cell), **fault.values))
            return None
        time = _Time(read.text, read.day.isoformat(), read.lo, read.hi)
        if isinstance(cell, str):
            if len(self._times) >= _REMEMBERED:
                self._times.clear()
            self._times[cell] = time
        return time

    def _municipality(self, cell: object, row: Row, plan: _Plan, problems: list[Problem]) -> str | None:
        """The id of a municipality, or None after its problem has been told."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            problems.append(problem("missing_municipality", row.place, example=self._example))
            return None
        place = self._cell(row, plan, "municipality")
        if not isinstance(cell, str):
            problems.append(problem("bad_municipality", place, value=shown(cell), example=self._example))
            return None
        names = self._municipality_names
        found = names.find(cell)
        if found is not None:
            if len(self._municipalities) < _REMEMBERED:
                self._municipalities[cell] = found
            return found
        several = names.candidates(cell)
        if several:
            told = problem(
                "ambiguous_municipality", place, value=shown(cell), first=several[0], second=several[1]
            )
        else:
            told = problem("unknown_municipality", place, value=shown(cell), nearest=names.nearest(cell))
        problems.append(told)
        return None

    def _retracted(self, cell: object, row: Row, plan: _Plan, problems: list[Problem]) -> bool | None:
        """Whether the row withdraws its event, or None after its problem has been told."""
        if isinstance(cell, str) and not cell.strip():
            return False
        try:
            return flag(cell)
        except BadValue:
            place = self._cell(row, plan, "retracted")
            problems.append(problem("bad_retracted", place, value=shown(cell)))
            return None

    def _name(
        self, column: str, cell: object, row: Row, plan: _Plan | None, problems: list[Problem] | None
    ) -> tuple[bool, str | None]:
        """Whether an id or case can be read, and its text: composed characters, no blanks at its edges."""
        if cell is None:
            return True, None
        if not isinstance(cell, str) or "\0" in cell:
            if problems is not None and plan is not None:
                place = self._cell(row, plan, column)
                fault = why("nul_inside" if isinstance(cell, str) else "no_text")
                problems.append(problem(f"bad_{column}", place, value=shown(cell), why=fault))
            return False, None
        if cell.isascii() and cell.isprintable() and cell.strip() == cell:
            return True, cell or None
        name = unicodedata.normalize("NFC", cell.strip())
        if problems is not None and plan is not None and name:
            place = self._cell(row, plan, column)
            if cell.strip() != cell:
                problems.append(problem("trimmed", place, column=column, value=shown(cell)))
            hidden = next((c for c in name if not c.isprintable()), None)
            if hidden is not None:
                character = f"U+{ord(hidden):04X}"
                problems.append(
                    problem("invisible", place, column=column, value=shown(name), character=character)
                )
        return True, name or None

    def _related(
        self, cell: object, row: Row, plan: _Plan | None, problems: list[Problem] | None
    ) -> tuple[bool, list[str] | None]:
        """Whether the cases that a row names can be read, and they, sorted; None where it names none."""
        if cell is None or cell in ("", []):
            return True, None
        try:
            found = texts(cell)
        except BadValue:
            if problems is not None and plan is not None:
                problems.append(problem("bad_related", self._cell(row, plan, "related"), value=shown(cell)))
            return False, None
        return True, sorted(set(found)) if found else None

    def _tell_values(self, row: Row, values: dict[str, object], plan: _Plan, problems: list[Problem]) -> None:
        """Tell what is wrong with the other values of a row that cannot be read: one correction is to do."""
        self._name("case", values.get("case"), row, plan, problems)
        self._related(values.get("related"), row, plan, problems)
        for name, header, converter, _ in plan.attributes:
            cell = values[header]
            try:
                converter.read(cell)
            except BadValue as fault:
                at = row.cell(header)
                problems.append(problem(fault.code, at, column=name, value=shown(cell), **fault.values))

    def _dropped(self, column: str, cell: object, row: Row, plan: _Plan, problems: list[Problem]) -> None:
        """Tell of a source or note that is not text; no duty looks at it."""
        problems.append(problem("bad_text", self._cell(row, plan, column), column=column, value=shown(cell)))

    def _unreadable(self, row: Row, values: dict[str, object], plan: _Plan | None) -> bytes:
        """The record of a row that cannot be read, with the parts that can; nothing more is told about it."""
        record: dict[str, Any] = {"place": row.place, "file": self.file, "readable": False}
        cell = values.get("type")
        type_ = self._type_names.find(cell) if isinstance(cell, str) else None
        if type_ is not None:
            record["type"] = type_
        cell = values.get("municipality")
        municipality = self._municipality_names.find(cell) if isinstance(cell, str) else None
        if municipality is not None:
            record["municipality"] = municipality
        _, case = self._name("case", values.get("case"), row, plan, None)
        if case is not None:
            record["case"] = case
            _, related = self._related(values.get("related"), row, plan, None)
            if related is not None:
                record["related"] = related
        time = self._time("time", values.get("time"), row, plan, None)
        if time is None:
            return _compact(record)
        record |= {"time": time.text, "day": time.day, "lo": time.lo, "hi": time.hi}
        return _compact(record)


def _compact(record: dict[str, Any]) -> bytes:
    """A record as bytes. What orjson gives keeps a buffer of 8 KB alive however short it is; a slice is a
    copy of its own size.
    """
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)[:-1]


def owed(event: EventType) -> tuple[str, ...]:
    """The attributes that every event of the type must state itself: not those that it may inherit (semantics
    7.3).
    """
    inherited = event.inherits.attributes if event.inherits else ()
    return tuple(name for name in event.required if name not in inherited)
