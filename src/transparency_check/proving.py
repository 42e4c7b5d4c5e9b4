"""Rows of JSON lines proved clean in bulk, by a database: what makes large logs fast.

A line is clean when its row would be read without problem or warning, and nothing in it has to be understood
(another spelling of a name, a number written as text): it says itself what the record holds. All others, and
whatever cannot be proved, go through the exact reader, which alone reports problems.

The form of a line is proved by one regular expression, made from the vocabulary: an object of known keys,
each with a value of the form of its type. It is narrower than JSON (no escapes, no fractions, no null,
nothing nested but lists of texts) and thereby proves the syntax too, about which the database is more lenient
than JSON. What it leaves open is asked for afterwards: whether the keys are those of the type, none twice;
whether words are words of the vocabulary; whether the times exist; whether the id is the row's own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

import duckdb

from .engine.conditions import column
from .engine.tables import append, create, fill, json_structure
from .readers.encoding import UTF16_MARKS
from .readers.jsonl import numbered, rows
from .times import CLOCK_PATTERN, DATE_PATTERN, TimeError, read_interval, read_time

if TYPE_CHECKING:
    from .model import Problem
    from .packs.model import Vocabulary
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
_FLAG = "(?:true|false)"
_INTEGER = "(?:0|[1-9][0-9]{0,14})"
_TIME = f'"{DATE_PATTERN}(?:{CLOCK_PATTERN})?"'
_LIST = rf'\["{_TEXT}"(?:, ?"{_TEXT}")*\]'
# The form of a value of each type, and the type in which the database keeps it. Times are kept as they are
# written: ``times.py`` reads them, once each, and they are looked up.
_FORMS = {
    "text": f'"{_TEXT}"', "choice": f'"{_TEXT}"', "flag": _FLAG, "integer": _INTEGER, "date-time": _TIME,
    "interval": f'"{DATE_PATTERN}/{DATE_PATTERN}"', "list of choice": _LIST, "list of text": _LIST,
}  # fmt: skip
_KINDS = {
    "text": "VARCHAR", "choice": "VARCHAR", "flag": "BOOLEAN", "integer": "BIGINT", "date-time": "VARCHAR",
    "interval": "VARCHAR", "list of choice": "VARCHAR[]", "list of text": "VARCHAR[]",
}  # fmt: skip
_RESERVED = {
    "id": "text", "type": "text", "municipality": "text", "case": "text", "related": "list of text",
    "time": "date-time", "recorded_at": "date-time", "retracted": "flag", "source": "text", "note": "text",
}  # fmt: skip
# Types whose values are looked up: the table, and the parts of what is found there.
_LOOKED_UP = {"date-time": ("instant", ("day", "lo", "hi")), "interval": ("span", ("first", "last"))}
_TABLES = {
    # The values of a line stand beside these, in columns of their own (``_stated``).
    "clean": {
        "file": "VARCHAR", "number": "BIGINT", "day": "DATE", "lo": "BIGINT", "hi": "BIGINT", "rlo": "BIGINT",
        "rhi": "BIGINT",
    },
    "instant": {"text": "VARCHAR", "day": "DATE", "lo": "BIGINT", "hi": "BIGINT"},
    "span": {"text": "VARCHAR", "first": "DATE", "last": "DATE"},
}  # fmt: skip


class CleanRows(NamedTuple):
    """The clean rows of a log, as tables in the database of ``con``.

    ``clean`` has a row for each: ``file`` and ``number`` of its line, its times as a record has them, and the
    value of each of ``keys``, those that occur, as the line has it. No other record of the log has its id.
    ``instant`` and ``span`` hold what every date-time and interval in those lines means. ``size`` is the
    number of rows.
    """

    con: duckdb.DuckDBPyConnection
    keys: frozenset[str]
    size: int

    def rows(self, vocabulary: Vocabulary, attributes: Iterable[str]) -> str:
        """A query for these rows as records (see ``events.py``) without ``content`` and ``bad``, of which
        clean rows have no need. Each of ``attributes`` that occurs is a column as
        ``engine.conditions.column`` names it; ``r``, below nought, tells one row from another.
        """
        columns, joins = "", []
        for n, attribute in enumerate(a for a in attributes if a in self.keys):
            value, kind = f"c.{_stated(attribute)}", vocabulary.attributes[attribute].type
            if kind in _LOOKED_UP:
                table, parts = _LOOKED_UP[kind]
                joins.append(f"LEFT JOIN {table} t{n} ON t{n}.text = {value}")
                fields = ", ".join(f"{part}: t{n}.{part}" for part in parts)
                value = f"CASE WHEN {value} IS NOT NULL THEN {{{fields}}} END"
            elif kind == "list of choice":
                value = _set(value)
            columns += f", {value} AS {column(attribute)}"
        return f"SELECT {self._reserved()}{columns} FROM clean c {' '.join(joins)}"

    def brief(self) -> str:
        """A query for these rows without attributes."""
        return f"SELECT {self._reserved()} FROM clean c"

    def _reserved(self) -> str:
        values = {
            key: f"c.{_stated(key)}" if key in self.keys else f"NULL::{_KINDS[_RESERVED[key]]}"
            for key in ("id", "type", "municipality", "case", "related", "time", "retracted")
        }
        values["related"] = _set(values["related"])
        values["retracted"] = f"coalesce({values['retracted']}, FALSE)"
        columns = ", ".join(f'{value} AS "{key}"' for key, value in values.items())
        return f"""-1 - c.rowid AS r, c.file || ':' || c.number AS place, c.file, TRUE AS readable, {columns},
            c.day, c.lo, c.hi, c.rlo, c.rhi"""


class Repeated(NamedTuple):
    """A clean row that shares its id with another one: where it stands, and its values by their keys."""

    file: str
    number: int
    values: Mapping[str, object]


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
        self._grammar = _grammar(vocabulary)
        self._words = _words(vocabulary, municipalities)
        types = {name: attribute.type for name, attribute in vocabulary.attributes.items()} | _RESERVED
        self._kinds = {key: _KINDS[type_] for key, type_ in types.items()}
        self._may = {name: {*_RESERVED, *event.attributes} for name, event in vocabulary.events.items()}
        self._must = {name: {"id", "type", "time", "municipality", *owed[name]} for name in self._may}
        self._looked_up = [name for name, a in vocabulary.attributes.items() if a.type in _LOOKED_UP]
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
        keys = sorted(self._present)
        own = _stated("id")
        found = self._con.execute(
            f"""DELETE FROM clean WHERE {own} IN (
                SELECT id FROM (SELECT {own} AS id FROM clean UNION ALL SELECT unnest($ids::VARCHAR[]))
                GROUP BY id HAVING count(*) > 1
            ) RETURNING file, number, {", ".join(map(_stated, keys))}""",
            {"ids": list(set(ids))},
        ).fetchall()
        left = self._con.execute("SELECT count(*) FROM clean").fetchone()
        clean = CleanRows(self._con, frozenset(keys), left[0]) if left and left[0] else None
        repeated = [
            Repeated(file, number, {k: v for k, v in zip(keys, values, strict=True) if v is not None})
            for file, number, *values in found
        ]
        return clean, sorted(repeated, key=lambda row: (row.file, row.number))

    def _try(self, file: str, before: int, block: bytes) -> Sequence[int]:
        """Keep the clean ones among the lines of a block; the indices of the others."""
        # What is not UTF-8 becomes a character that no clean line has.
        lines = block.decode("utf-8", "replace").removesuffix("\n")
        count = lines.count("\n") + 1 if block else 0
        if self._con is None:
            self._con = duckdb.connect(":memory:")
            self._con.execute("SET preserve_insertion_order = true; SET enable_progress_bar = false")
            for table, columns in _TABLES.items():
                create(self._con, table, columns, shared=True)
        try:
            proved = self._prove(self._con, file, before, lines)
        except duckdb.Error:
            # What the database stumbles over is for the exact reader to say; nothing was kept of the block.
            return range(count)
        self.proved += proved
        self._any |= proved > 0
        if proved == count:
            return ()
        missing = self._con.execute(
            """SELECT i FROM range($count) r(i) ANTI JOIN (
                SELECT number - $before - 1 AS i FROM clean WHERE file = $file AND number > $before
            ) c USING (i) ORDER BY 1""",
            {"before": before, "file": file, "count": count},
        ).fetchall()
        return [i for (i,) in missing]

    def _prove(self, con: duckdb.DuckDBPyConnection, file: str, before: int, lines: str) -> int:
        """Keep the clean ones of the lines; their number."""
        con.execute(
            """CREATE OR REPLACE TEMP TABLE shaped AS
            SELECT i, line, array_to_string(json_keys(line), chr(10)) AS keys FROM (
                SELECT row_number() OVER () - 1 AS i, line
                FROM (SELECT unnest(string_split($lines, chr(10))) AS line)
            ) WHERE regexp_full_match(line, $grammar)""",
            {"lines": lines, "grammar": self._grammar},
        )
        stated = {
            key
            for (keys,) in con.execute("SELECT DISTINCT keys FROM shaped").fetchall()
            for key in keys.split("\n")
        }
        if not stated >= {"id", "type", "time", "municipality"}:
            return 0
        values = "".join(f", s.{_quoted(key)} AS {_stated(key)}" for key in sorted(stated))
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE candidate AS
            SELECT i, keys{values} FROM (SELECT i, keys, from_json(line, $structure) AS s FROM shaped)""",
            {"structure": json_structure({key: self._kinds[key] for key in sorted(stated)})},
        )
        names, all_fit = self._signatures(con)
        columns: dict[str, list[str]] = {"date-time": ["time"], "interval": []}
        if "recorded_at" in names:
            columns["date-time"].append("recorded_at")
        for attribute in self._looked_up:
            if attribute in names:
                columns[self._attributes[attribute].type].append(attribute)
        joins = [f"JOIN instant t ON t.text = c.{_stated('time')}"]
        # What holds for all rows is not asked of each.
        conditions = [f"c.{_stated('type')} IS NOT NULL"]
        recorded = ("t.lo", "t.hi")
        if "recorded_at" in names:
            recording = f"c.{_stated('recorded_at')}"
            joins.append(f"LEFT JOIN instant r ON r.text = {recording}")
            conditions.append(f"({recording} IS NULL OR r.hi >= t.lo)")
            recorded = ("coalesce(r.lo, t.lo)", "coalesce(r.hi, t.hi)")
        if not all_fit:
            joins.append(f"ANTI JOIN refused f ON f.type = c.{_stated('type')} AND f.keys = c.keys")
        for kind, read in (("date-time", self._instant), ("interval", _span)):
            if not self._learn(con, kind, columns[kind], read):
                known = f"SELECT text FROM {_LOOKED_UP[kind][0]}"
                conditions += [
                    f"(c.{_stated(key)} IS NULL OR c.{_stated(key)} IN ({known}))" for key in columns[kind]
                ]
        words = {key: self._words[key] for key in sorted(names) if key in self._words}
        for n, key in enumerate(words):
            value = f"c.{_stated(key)}"
            test = "list_has_all" if self._kinds[key].endswith("[]") else "list_contains"
            conditions.append(f"({value} IS NULL OR {test}($words{n}::VARCHAR[], {value}))")
        for key in sorted(names - self._present):
            con.execute(f"ALTER TABLE clean ADD COLUMN {_stated(key)} {self._kinds[key]}")
        self._present |= names
        values = ", ".join(f"c.{_stated(key)}" for key in sorted(names))
        inserted = con.execute(
            f"""INSERT INTO clean BY NAME
            SELECT $file::VARCHAR AS file, c.i + $before::BIGINT + 1 AS number, t.day, t.lo, t.hi,
                {recorded[0]} AS rlo, {recorded[1]} AS rhi, {values}
            FROM candidate c {" ".join(joins)} WHERE {" AND ".join(conditions)}""",
            {"file": file, "before": before} | {f"words{n}": words[key] for n, key in enumerate(words)},
        ).fetchone()
        return int(inserted[0]) if inserted else 0

    def _signatures(self, con: duckdb.DuckDBPyConnection) -> tuple[set[str], bool]:
        """Refuse the rows whose keys are not those of their type. The keys that the others have, and whether
        none was refused.
        """
        present: set[str] = set()
        refused = []
        for type_, joined in con.execute(
            f"SELECT DISTINCT {_stated('type')}, keys FROM candidate"
        ).fetchall():
            keys = joined.split("\n")
            names = set(keys)
            if (
                type_ in self._may
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
        table, _ = _LOOKED_UP[kind]
        texts = " UNION ALL ".join(f"SELECT {_stated(key)} AS text FROM candidate" for key in columns)
        asked = con.execute(
            f"SELECT DISTINCT text FROM ({texts}) ANTI JOIN {table} USING (text) WHERE text IS NOT NULL"
        ).fetchall()
        known: list[tuple[object, ...]] = []
        for (text,) in asked:
            with suppress(TimeError):
                known.append((text, *read(text)))
        append(con, table, _TABLES[table], known)
        return len(known) == len(asked)

    def _instant(self, text: str) -> tuple[object, ...]:
        read = read_time(text, self._zone)
        return read.day, read.lo, read.hi


def _span(text: str) -> tuple[object, ...]:
    return read_interval(text)


def _grammar(vocabulary: Vocabulary) -> str:
    """The regular expression of a line that may be clean.

    Words of the vocabulary are texts in it: with all of them it would be too large for the automaton of the
    database, which would then take ten times as long.
    """
    by_form: dict[str, list[str]] = {}
    for key, type_ in _RESERVED.items():
        by_form.setdefault(_FORMS[type_], []).append(key)
    families = vocabulary.coverage.families if vocabulary.coverage else None
    for name, attribute in vocabulary.attributes.items():
        # Families of events are no free text; of any other type they are left to the exact reader.
        if name != families or attribute.type == "list of text":
            by_form.setdefault(_FORMS[attribute.type], []).append(name)
    members = "|".join(f'"(?:{"|".join(map(re.escape, names))})": ?{form}' for form, names in by_form.items())
    return rf"\{{(?:{members})(?:, ?(?:{members}))*\}}\r?"


def _words(vocabulary: Vocabulary, municipalities: Iterable[str]) -> dict[str, list[str]]:
    """The words that a key may have for its value, or in it, of those that have a choice of words."""
    words = {"municipality": sorted(set(municipalities))}
    for name, attribute in vocabulary.attributes.items():
        if attribute.type in ("choice", "list of choice"):
            words[name] = list(attribute.values)
    if vocabulary.coverage:
        words[vocabulary.coverage.families] = sorted({e.partition(".")[0] for e in vocabulary.events})
    return words


def _set(value: str) -> str:
    """SQL for a list in order and without repetition; most lists have one element."""
    return f"CASE WHEN len({value}) > 1 THEN list_sort(list_distinct({value})) ELSE {value} END"


def _stated(key: str) -> str:
    """The column of the clean rows with what they state under a key."""
    return _quoted(f"s_{key}")


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
