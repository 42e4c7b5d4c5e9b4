"""The exact text of an event: names as the vocabulary has them, values as the reader has read them, and
everything that it could not read, or does not know, as it was written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from ..messages.problems import problem, shown
from ..model import Problem
from ..readers.base import NoValue, Row
from ..readers.jsonl import MAX_LINE

if TYPE_CHECKING:
    from ..events import Normaliser
    from ..office_words import OfficeWords
    from ..packs.model import Vocabulary

_JSON = (str, bool, int, float)


class Exact(NamedTuple):
    """An event with what is known of it. ``text`` is its exact text, ``digest`` that of the text without
    ``recorded_at``; ``content`` is as a record has it, ``thing`` its type, municipality and case.

    ``lo``..``hi`` is when it happened, ``rlo``..``rhi`` when it was entered (``recorded``, where that is
    stated), in microseconds of UTC.
    """

    id: str | None
    text: str
    digest: str
    content: str
    thing: tuple[str, str, str]
    lo: int
    hi: int
    rlo: int
    rhi: int
    recorded: str | None
    retracted: bool

    @property
    def values(self) -> dict[str, Any]:
        """The event as an object."""
        made: dict[str, Any] = json.loads(self.text)
        return made

    def entered(self, at: str, instant: int) -> Exact:
        """The same, entered at a moment."""
        values = self.values | {"recorded_at": at}
        return self._replace(text=canonical(values), recorded=at, rlo=instant, rhi=instant)


class Unreadable(Exception):
    """A row that cannot be recorded; ``problems`` says why, ``parts`` is what could be read of it."""

    def __init__(self, problems: list[Problem], parts: Mapping[str, object]) -> None:
        super().__init__(problems[0].message if problems else "")
        self.problems = problems
        self.parts = dict(parts)


def canonical(event: Mapping[str, object]) -> str:
    """An event as text: JSON without blanks, keys in order, characters as they are."""
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class ExactForm:
    """Makes exact events of the rows of one input."""

    def __init__(
        self,
        normaliser: Normaliser,
        vocabulary: Vocabulary,
        office: OfficeWords | None = None,
        defaults: Mapping[str, str] | None = None,
    ) -> None:
        """``normaliser`` has begun the input; ``office`` and ``defaults`` are those that it was given."""
        self._normaliser = normaliser
        self._attributes = vocabulary.attributes
        self._office = office
        self._defaults = defaults or {}
        self._columns: dict[str, str | None] = {}

    def event(self, row: Row, problems: list[Problem]) -> Exact:
        """The event of a row; warnings go to ``problems``. Raises ``Unreadable``."""
        told: list[Problem] = []
        record = self._normaliser.record(row, told)
        if record is None:
            problems += told
            return _foreign(self._values(row, {}), row)
        read = orjson.loads(record)
        if not read["readable"]:
            raise Unreadable(told, _parts(read))
        values = self._values(row, read)
        try:
            text = canonical(values)
        except (TypeError, ValueError):
            raise Unreadable([*told, self._not_kept(row, values)], _parts(read)) from None
        if read.get("bad") or _not_json(row):
            # What could not be read may not be readable by being written down.
            again = self._normaliser.record(Row(row.place, json.loads(text)), [])
            if again is None or orjson.loads(again).get("content") != read["content"]:
                raise Unreadable([*told, self._not_kept(row, values)], _parts(read))
        if len(text.encode()) > MAX_LINE:
            raise Unreadable([*told, problem("line_too_long", row.place, limit="10 MB")], _parts(read))
        problems += told
        recorded = values.get("recorded_at")
        return Exact(
            read["id"],
            text,
            digest_of(values),
            read["content"],
            (read["type"], read["municipality"], read.get("case", "")),
            read["lo"],
            read["hi"],
            read["rlo"],
            read["rhi"],
            recorded if isinstance(recorded, str) else None,
            read["retracted"],
        )

    def _values(self, row: Row, read: Mapping[str, Any]) -> dict[str, object]:
        """The event by the names of its columns; ``read`` is its record, empty for a foreign one."""
        bad = frozenset(read.get("bad", ()))
        known = read.get("a", {})
        values: dict[str, object] = {}
        for header, cell in row.values.items():
            if _empty(cell):
                continue
            column = self._column(header)
            if column is None:
                if self._office is None or not self._office.leaves_out(header):
                    values[header] = as_written(cell)
            elif column in self._attributes:
                values[column] = (
                    as_written(cell) if column in bad else _value(known.get(column, as_written(cell)))
                )
            else:
                values[column] = self._reserved(column, cell, read, bad)
        for column, default in self._defaults.items():
            if values.get(column) in (None, ""):
                values[column] = default
        for column in ("id", "type", "municipality"):
            if column in read:
                values[column] = read[column]
        return values

    def _reserved(self, column: str, cell: object, read: Mapping[str, Any], bad: frozenset[str]) -> object:
        if column in ("case", "related"):
            return as_written(cell) if column in bad else read.get(column, as_written(cell))
        if column == "time" and "time" in read:
            return read["time"]
        if column == "recorded_at" and "recorded" in read:
            return read["recorded"]
        if column == "retracted" and "retracted" in read:
            return read["retracted"]
        return as_written(cell)

    def _column(self, header: str) -> str | None:
        if header not in self._columns:
            find = self._normaliser.columns.find
            self._columns[header] = self._office.column(header, find) if self._office else find(header)
        return self._columns[header]

    def _not_kept(self, row: Row, values: Mapping[str, object]) -> Problem:
        header = next((h for h, cell in row.values.items() if _strange(cell)), next(iter(row.values), ""))
        return problem("not_kept", row.cell(header), column=header, value=shown(row.values.get(header)))


def _empty(cell: object) -> bool:
    return cell is None or cell == [] or (isinstance(cell, str) and not cell.strip())


def _strange(cell: object) -> bool:
    """Whether JSON has no way to write a cell down so that it is still as unreadable as it was."""
    return isinstance(cell, NoValue | dt.date) or not isinstance(cell, (*_JSON, list, dict, type(None)))


def _not_json(row: Row) -> bool:
    return any(isinstance(cell, NoValue) for cell in row.values.values())


def as_written(cell: object) -> object:
    """A cell as JSON has it."""
    if isinstance(cell, NoValue):
        return cell.text
    if isinstance(cell, dt.datetime):
        return cell.isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _value(read: object) -> object:
    """The value of an attribute as one writes it."""
    if isinstance(read, dict):
        return read["text"] if "text" in read else f"{read['first']}/{read['last']}"
    return read


def digest_of(values: Mapping[str, object]) -> str:
    """The digest of an event without ``recorded_at``: what was said, whenever it was entered."""
    bare = {key: value for key, value in values.items() if key != "recorded_at"}
    return hashlib.sha256(canonical(bare).encode("utf-8", "surrogatepass")).hexdigest()


def _parts(read: Mapping[str, Any]) -> dict[str, object]:
    """What can be read of a row that is not readable, or could have been."""
    return {key: read[key] for key in ("type", "municipality", "case", "related", "time") if key in read}


def _foreign(values: dict[str, object], row: Row) -> Exact:
    """An event of another vocabulary: no duty looks at it, and it is kept as it stands."""
    try:
        text = canonical(values)
    except (TypeError, ValueError):
        raise Unreadable(
            [problem("not_kept", row.place, column="type", value=shown(row.values))], {}
        ) from None
    id_, digest = values.get("id"), digest_of(values)
    if not isinstance(id_, str) or not id_.strip():
        # By which it is found again; the text has none.
        id_ = f"x-{digest[:16]}"
    return Exact(id_, text, digest, digest, ("", "", ""), 0, -1, 0, -1, "", False)


def instant(at: dt.datetime) -> int:
    """A moment in microseconds of UTC since 1970, as records count."""
    return (at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)
