"""Rows of JSON lines proved clean in bulk, by a database: what makes large logs fast.

A line is clean when its row would be read without problem or warning, and nothing in it has to be understood
(another spelling of a name, a number written as text): it says itself what the record holds. All others, and
whatever cannot be proved, go through the exact reader, which alone reports problems.

What a line must be is said by one regular expression, made from the vocabulary: an object of known keys, each
with a value of its type. It is narrower than JSON (no escapes, no fractions, no null, nothing nested but
lists of texts) and thereby proves the syntax too, about which the database is more lenient than JSON. What it
cannot say is asked for afterwards: whether the keys are those of the type, none twice; whether the times
exist; whether the id is the row's own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

import duckdb
import orjson

from .engine.conditions import column
from .engine.tables import append, fill
from .readers.encoding import UTF16_MARKS
from .readers.jsonl import numbered, rows
from .times import CLOCK_PATTERN, DATE_PATTERN, TimeError, read_interval, read_time

if TYPE_CHECKING:
    from .model import Problem
    from .packs.model import Attribute, Vocabulary
    from .readers.base import Input, Row

# Fewer lines are read sooner than a database is opened.
MANY = 2_000

# Bytes that are proved at a time: first so many that it shows whether it is worth it, then some hundred
# thousand lines.
_TRIAL = 1 << 20
_BLOCK = 8 << 20
_LONGEST_LINE = 1 << 20

# Characters that stand for themselves in every form of Unicode: printable, composed, no quote, no backslash,
# no blank (which may stand between them). Latin, Cyrillic, dashes and quotation marks.
CHARACTERS = "!#-\\[\\]-~\u00a1-\u00ac\u00ae-\u024f\u0400-\u0481\u048a-\u052f\u2010-\u2027"
_TEXT = f"[{CHARACTERS}](?:[{CHARACTERS} ]*[{CHARACTERS}])?"
_NOTHING = r"[^\x00-\x{10FFFF}]"
# Types whose values are looked up: the table, and the parts of what is found there.
_LOOKED_UP = {"date-time": ("instant", ("day", "lo", "hi")), "interval": ("span", ("first", "last"))}
_FLAG = "(?:true|false)"
_INTEGER = "(?:0|[1-9][0-9]{0,14})"
_TIME = f'"{DATE_PATTERN}(?:{CLOCK_PATTERN})?"'
_INTERVAL = f'"{DATE_PATTERN}/{DATE_PATTERN}"'

_RESERVED = frozenset(
    ("id", "type", "municipality", "case", "related", "time", "recorded_at", "retracted", "source", "note")
)
# Types that the database reads from a line. Times are read by ``times.py``, once each, and looked up.
_KINDS: dict[str, Any] = {
    "text": "VARCHAR", "choice": "VARCHAR", "flag": "BOOLEAN", "integer": "BIGINT", "date-time": "VARCHAR",
    "interval": "VARCHAR", "list of choice": ["VARCHAR"], "list of text": ["VARCHAR"],
}  # fmt: skip
_TABLES = """
CREATE TABLE clean (
    file VARCHAR, number BIGINT, id VARCHAR, line VARCHAR,
    day DATE, lo BIGINT, hi BIGINT, rlo BIGINT, rhi BIGINT
);
CREATE TABLE instant (text VARCHAR, day DATE, lo BIGINT, hi BIGINT);
CREATE TABLE span (text VARCHAR, first DATE, last DATE);
"""


class CleanRows(NamedTuple):
    """The clean rows of a log, as tables in the database of ``con``.

    ``clean`` has a row for each: ``file`` and ``number`` of the line, the ``id`` (no other record of the log
    has it), the ``line`` itself, and its times as a record has them. ``instant`` and ``span`` hold what every
    date-time and interval in those lines means. ``attributes`` are those that occur, ``size`` is the number
    of rows.
    """

    con: duckdb.DuckDBPyConnection
    attributes: frozenset[str]
    size: int

    def rows(self, vocabulary: Vocabulary, attributes: Iterable[str]) -> tuple[str, dict[str, object]]:
        """A query, with its parameters, for these rows as records (see ``events.py``) without ``content`` and
        ``bad``, of which clean rows have no need. Each of ``attributes`` that occurs is a column as
        ``engine.conditions.column`` names it.
        """
        present = [a for a in attributes if a in self.attributes]
        kinds = {a: vocabulary.attributes[a].type for a in present}
        structure: dict[str, Any] = dict.fromkeys(("type", "municipality", "case", "time"), "VARCHAR")
        structure |= {"related": ["VARCHAR"], "retracted": "BOOLEAN"} | {a: _KINDS[kinds[a]] for a in present}
        columns, joins = [], []
        for n, attribute in enumerate(present):
            value = f"s.{_quoted(attribute)}"
            if kinds[attribute] in _LOOKED_UP:
                table, parts = _LOOKED_UP[kinds[attribute]]
                joins.append(f"LEFT JOIN {table} t{n} ON t{n}.text = {value}")
                fields = ", ".join(f"{part}: t{n}.{part}" for part in parts)
                value = f"CASE WHEN {value} IS NOT NULL THEN {{{fields}}} END"
            elif kinds[attribute] == "list of choice":
                value = _set(value)
            columns.append(f", {value} AS {column(attribute)}")
        query = f"""SELECT file || ':' || number AS place, file, TRUE AS readable, id, s.type, s.municipality,
                s."case", {_set("s.related")} AS related, s.time, c.day, c.lo, c.hi, c.rlo, c.rhi,
                coalesce(s.retracted, FALSE) AS retracted{"".join(columns)}
            FROM (SELECT * EXCLUDE (line), from_json(line, $structure) AS s FROM clean) c {" ".join(joins)}"""
        return query, {"structure": orjson.dumps(structure).decode()}


class Repeated(NamedTuple):
    """A clean row that shares its id with another one: where it stands, and its line."""

    file: str
    number: int
    line: str


class Prover:
    """Proves the lines of one input after another."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        municipalities: Iterable[str],
        zone: ZoneInfo,
        owed: Mapping[str, Collection[str]],
        many: int = MANY,
    ) -> None:
        """``owed`` gives the attributes that each type must state itself; ``many`` is the number of lines
        from which on an input is proved.
        """
        self._attributes = vocabulary.attributes
        self._zone = zone
        self._many = many
        self._grammar = _grammar(vocabulary, sorted(set(municipalities)))
        self._may = {name: {*_RESERVED, *event.attributes} for name, event in vocabulary.events.items()}
        self._must = {name: {"id", "type", "time", "municipality", *owed[name]} for name in self._may}
        self._looked_up = [name for name, a in vocabulary.attributes.items() if a.type in _LOOKED_UP]
        self._asked = orjson.dumps(
            dict.fromkeys(("id", "type", "time", "recorded_at", *self._looked_up), "VARCHAR")
        ).decode()
        self._present: set[str] = set()
        self._any = False
        self._con: duckdb.DuckDBPyConnection | None = None
        self.begin(())

    def begin(self, defaults: Iterable[str]) -> None:
        """Begin an input. A row that takes its case from the ``defaults`` does not say all itself."""
        self.proved = 0
        self._stated = {"case"}.intersection(defaults)

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """All rows and problems but the clean rows, which are kept; their number is then ``proved``."""
        stream = source.open()
        before, rest = 0, b""
        while True:
            size = _BLOCK if before else _TRIAL
            read = stream.read(size)
            block = rest + read
            ended = len(read) < size
            end = len(block) if ended else block.rfind(b"\n") + 1
            count = block.count(b"\n") + (ended and not block.endswith(b"\n"))
            if before == 0 and ((ended and count < self._many) or block.startswith(UTF16_MARKS)):
                break
            if len(block) - end > _LONGEST_LINE:
                break
            unproved = self._try(source.name, before, block[:end])
            if unproved:
                lines = io.BytesIO(block).readlines()
                yield from rows(source, [(before + i + 1, lines[i]) for i in unproved])
            before, rest = before + count, block[end:]
            if ended:
                return
            if len(unproved) * 2 > count:
                # A log in the words of its office: to try the rest would only cost time.
                block = rest
                break
        whole = io.BufferedReader(_Chained(block, stream), _TRIAL)
        yield from rows(source, numbered(whole.readline, before))

    def finish(self, ids: Iterable[str]) -> tuple[CleanRows | None, list[Repeated]]:
        """The clean rows, and those taken from among them because they share their id, with each other or
        with one of ``ids``, those of the other records.
        """
        if self._con is None or not self._any:
            return None, []
        found = self._con.execute(
            """DELETE FROM clean WHERE id IN (
                SELECT id FROM (SELECT id FROM clean UNION ALL SELECT unnest($ids::VARCHAR[]))
                GROUP BY id HAVING count(*) > 1
            ) RETURNING file, number, line""",
            {"ids": list(set(ids))},
        ).fetchall()
        left = self._con.execute("SELECT count(*) FROM clean").fetchone()
        clean = CleanRows(self._con, frozenset(self._present), left[0]) if left and left[0] else None
        return clean, [Repeated(*row) for row in sorted(found)]

    def _try(self, file: str, before: int, block: bytes) -> Sequence[int]:
        """Keep the clean ones among the lines of a block; the indices of the others."""
        # What is not UTF-8 becomes a character that no clean line has.
        lines = block.decode("utf-8", "replace").split("\n")
        if not lines[-1]:
            lines.pop()
        if self._con is None:
            self._con = duckdb.connect(":memory:")
            self._con.execute("SET preserve_insertion_order = true; SET enable_progress_bar = false")
            self._con.execute(_TABLES)
        try:
            proved = self._prove(self._con, file, before, lines)
        except duckdb.Error:
            # What the database stumbles over is for the exact reader to say; nothing was kept of the block.
            return range(len(lines))
        self.proved += proved
        self._any |= proved > 0
        if proved == len(lines):
            return ()
        missing = self._con.execute(
            """SELECT rowid FROM line ANTI JOIN (
                SELECT number - $before - 1 AS i FROM clean WHERE file = $file AND number > $before
            ) c ON c.i = line.rowid ORDER BY 1""",
            {"before": before, "file": file},
        ).fetchall()
        return [i for (i,) in missing]

    def _prove(self, con: duckdb.DuckDBPyConnection, file: str, before: int, lines: list[str]) -> int:
        """Keep the clean lines; their number."""
        con.execute(
            "CREATE OR REPLACE TEMP TABLE line AS SELECT unnest($lines::VARCHAR[]) AS line", {"lines": lines}
        )
        looked_up = "".join(f", s.{_quoted(a)} AS {column(a)}" for a in self._looked_up)
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE candidate AS
            SELECT i, line, keys, s.id, s.type, s.time, s.recorded_at{looked_up} FROM (
                SELECT rowid AS i, line, array_to_string(json_keys(line), chr(10)) AS keys,
                    from_json(line, $asked) AS s
                FROM line WHERE regexp_full_match(line, $grammar)
            )""",
            {"grammar": self._grammar, "asked": self._asked},
        )
        names, all_fit = self._signatures(con)
        columns: dict[str, list[str]] = {"date-time": ["time"], "interval": []}
        if "recorded_at" in names:
            columns["date-time"].append("recorded_at")
        for attribute in self._looked_up:
            if attribute in names:
                columns[self._attributes[attribute].type].append(column(attribute))
        # What holds for all rows is not asked of each.
        joins, conditions = ["JOIN instant t ON t.text = c.time"], ["c.type IS NOT NULL"]
        recorded = ("t.lo", "t.hi")
        if "recorded_at" in names:
            joins.append("LEFT JOIN instant r ON r.text = c.recorded_at")
            conditions.append("(c.recorded_at IS NULL OR r.hi >= t.lo)")
            recorded = ("coalesce(r.lo, t.lo)", "coalesce(r.hi, t.hi)")
        if not all_fit:
            joins.append("ANTI JOIN refused f ON f.type = c.type AND f.keys = c.keys")
        for kind, read in (("date-time", self._instant), ("interval", _span)):
            if not self._learn(con, kind, columns[kind], read):
                known = f"SELECT text FROM {_LOOKED_UP[kind][0]}"
                conditions += [f"(c.{value} IS NULL OR c.{value} IN ({known}))" for value in columns[kind]]
        inserted = con.execute(
            f"""INSERT INTO clean
            SELECT $file::VARCHAR, c.i + $before::BIGINT + 1, c.id, c.line, t.day, t.lo, t.hi,
                {", ".join(recorded)}
            FROM candidate c {" ".join(joins)} WHERE {" AND ".join(conditions)}""",
            {"file": file, "before": before},
        ).fetchone()
        self._present |= names - _RESERVED
        return int(inserted[0]) if inserted else 0

    def _signatures(self, con: duckdb.DuckDBPyConnection) -> tuple[set[str], bool]:
        """Refuse the rows whose keys are not those of their type. The keys that the others have, and whether
        none was refused.
        """
        present: set[str] = set()
        refused = []
        for type_, joined in con.execute("SELECT DISTINCT type, keys FROM candidate").fetchall():
            keys = joined.split("\n")
            names = set(keys)
            if (
                type_ is not None
                and len(names) == len(keys)
                and self._must[type_] | self._stated <= names <= self._may[type_]
            ):
                present |= names
            else:
                refused.append((type_, joined))
        fill(con, "refused", {"type": "VARCHAR", "keys": "VARCHAR"}, refused)
        return present, not refused

    def _learn(
        self,
        con: duckdb.DuckDBPyConnection,
        kind: str,
        columns: Sequence[str],
        read: Callable[[str], tuple[object, ...]],
    ) -> bool:
        """Note in the table of their type what the texts in these columns mean; whether all mean anything."""
        if not columns:
            return True
        table, parts = _LOOKED_UP[kind]
        texts = " UNION ALL ".join(f"SELECT {value} AS text FROM candidate" for value in columns)
        asked = con.execute(
            f"SELECT DISTINCT text FROM ({texts}) ANTI JOIN {table} USING (text) WHERE text IS NOT NULL"
        ).fetchall()
        known: list[tuple[object, ...]] = []
        for (text,) in asked:
            with suppress(TimeError):
                known.append((text, *read(text)))
        types = {part: "BIGINT" if part in ("lo", "hi") else "DATE" for part in parts}
        append(con, table, {"text": "VARCHAR", **types}, known)
        return len(known) == len(asked)

    def _instant(self, text: str) -> tuple[object, ...]:
        read = read_time(text, self._zone)
        return read.day, read.lo, read.hi


def _span(text: str) -> tuple[object, ...]:
    return read_interval(text)


def _grammar(vocabulary: Vocabulary, municipalities: list[str]) -> str:
    """The regular expression of a clean line."""
    by_value: dict[str, list[str]] = {
        f'"{_TEXT}"': ["id", "case", "source", "note"],
        _list(f'"{_TEXT}"'): ["related"],
        _TIME: ["time", "recorded_at"],
        _FLAG: ["retracted"],
        _words(vocabulary.events): ["type"],
        _words(municipalities): ["municipality"],
    }
    families = vocabulary.coverage.families if vocabulary.coverage else None
    for name, attribute in vocabulary.attributes.items():
        value = _value(attribute)
        if name == families:
            # Families of events are no free text; of any other type they are left to the exact reader.
            if attribute.type != "list of text":
                continue
            value = _list(_words(sorted({event.partition(".")[0] for event in vocabulary.events})))
        by_value.setdefault(value, []).append(name)
    members = "|".join(f"{_words(names)}: ?{value}" for value, names in by_value.items())
    return rf"\{{(?:{members})(?:, ?(?:{members}))*\}}\r?"


def _value(attribute: Attribute) -> str:
    match attribute.type:
        case "choice":
            return _words(attribute.values)
        case "list of choice":
            return _list(_words(attribute.values))
        case "list of text":
            return _list(f'"{_TEXT}"')
        case "flag":
            return _FLAG
        case "integer":
            return _INTEGER
        case "date-time":
            return _TIME
        case "interval":
            return _INTERVAL
        case _:
            return f'"{_TEXT}"'


def _words(words: Iterable[str]) -> str:
    """One of these words between quotes, leaving out those that no clean line can hold."""
    usable = [re.escape(word) for word in words if re.fullmatch(_TEXT, word)]
    return f'"(?:{"|".join(usable) or _NOTHING})"'


def _list(part: str) -> str:
    return rf"\[{part}(?:, ?{part})*\]"


def _set(value: str) -> str:
    """SQL for a list in order and without repetition; most lists have one element."""
    return f"CASE WHEN len({value}) > 1 THEN list_sort(list_distinct({value})) ELSE {value} END"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class _Chained(io.RawIOBase):
    """A block that has been read, and what its stream still has, as one stream."""

    def __init__(self, block: bytes, stream: BinaryIO) -> None:
        self._block = io.BytesIO(block)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._block.read(len(view)) or self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)
