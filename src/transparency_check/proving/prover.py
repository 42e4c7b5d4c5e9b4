"""What is asked of candidates of any format, and the rows that were found clean."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar
from zoneinfo import ZoneInfo

import duckdb

from .. import database
from ..database import append, column, create, fill
from ..times import TimeError, read_interval, read_time
from .forms import KINDS, RESERVED, stated, types_of

if TYPE_CHECKING:
    from ..model import Problem
    from ..packs.model import Vocabulary
    from ..readers.base import Input, Reader, Row

# Fewer rows are read sooner than a database is opened.
MANY = 2_000

# Blocks that are proved side by side.
_ASIDE = 2

# Types whose values are looked up: the table, and the parts of what is found there.
_LOOKED_UP = {"date-time": ("instant", ("day", "lo", "hi")), "interval": ("span", ("first", "last"))}
# From so many tables on, what rows state is laid together: every statement plans each table anew.
_TOGETHER = 16
_TABLES = {
    # What was proved. The values of a row stand in the table of its block (``forms.stated``).
    "proved": {
        "r": "BIGINT", "file": "VARCHAR", "number": "BIGINT", "day": "DATE", "lo": "BIGINT", "hi": "BIGINT",
        "rlo": "BIGINT", "rhi": "BIGINT",
    },
    "instant": {"text": "VARCHAR", "day": "DATE", "lo": "BIGINT", "hi": "BIGINT"},
    "span": {"text": "VARCHAR", "first": "DATE", "last": "DATE"},
}  # fmt: skip


class CleanRows(NamedTuple):
    """The clean rows of a log, as tables in the database of ``con``.

    ``clean`` has a row for each: ``r``, below nought, tells it from others; ``file`` and ``number`` of its
    line or row, its times as a record has them, and the value of each of ``keys``, those that occur, as it
    stands there. No other record of the log has its id. ``instant`` and ``span`` hold what every date-time
    and interval in those rows means. ``size`` is the number of rows. ``marks`` gives for files what stands
    between them and the number in places, where that is no colon.
    """

    con: duckdb.DuckDBPyConnection
    keys: frozenset[str]
    size: int
    marks: Mapping[str, str] = {}

    def rows(self, vocabulary: Vocabulary, attributes: Iterable[str]) -> str:
        """A query for these rows as records (see ``events.py``) without ``content`` and ``bad``, of which
        clean rows have no need. Each of ``attributes`` that occurs is a column as
        ``engine.conditions.column`` names it.
        """
        columns, joins = "", []
        for n, attribute in enumerate(a for a in attributes if a in self.keys):
            value, kind = f"c.{stated(attribute)}", vocabulary.attributes[attribute].type
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
            key: f"c.{stated(key)}" if key in self.keys else f"NULL::{KINDS[RESERVED[key]]}"
            for key in ("id", "type", "municipality", "case", "related", "time", "retracted")
        }
        values["related"] = _set(values["related"])
        values["retracted"] = f"coalesce({values['retracted']}, FALSE)"
        columns = ", ".join(f'{value} AS "{key}"' for key, value in values.items())
        place = f"c.file || {self._mark()} || c.number AS place"
        return f"""c.r, {place}, c.file, TRUE AS readable, {columns},
            c.day, c.lo, c.hi, c.rlo, c.rhi"""

    def _mark(self) -> str:
        """SQL for what stands between file and number."""
        if not self.marks:
            return "':'"
        cases = " ".join(f"WHEN {_literal(file)} THEN {_literal(mark)}" for file, mark in self.marks.items())
        return f"CASE c.file {cases} ELSE ':' END"


class Repeated(NamedTuple):
    """A clean row that shares its id with another one: where it stands, and its values by their keys."""

    file: str
    number: int
    values: Mapping[str, object]


class Shaped(NamedTuple):
    """What a shaper has laid into a table: for each row whose values have the forms of their types, ``i``,
    its number in the block from 0; ``keys``, which stands for the keys that it states; and a column
    ``forms.stated`` for each of ``stated``, the keys that occur.

    ``names`` gives the keys that a value of ``keys`` stands for, as often as they stand there.
    """

    stated: frozenset[str]
    names: Callable[[object], Collection[str]]


class Unshaped(Exception):
    """Raised by a shaper for a block that is for the exact reader."""


class Block(Protocol):
    """Rows that stand together: ``size`` of them, which follow ``before`` others."""

    @property
    def before(self) -> int: ...
    @property
    def size(self) -> int: ...


B = TypeVar("B", bound=Block)
# Lays a block into the table of that name, which other connections to the database see.
Shape = Callable[[duckdb.DuckDBPyConnection, str], Shaped]


class _Place(NamedTuple):
    """Where the rows of a block are laid: the table; how many rows of all inputs were laid before them; the
    input, and how many of its rows come before.
    """

    table: str
    base: int
    file: str
    before: int
    size: int


class _Proof(NamedTuple):
    """What came of a block: how many rows are clean, the keys that occur in it, the indices of the rest."""

    proved: int
    keys: frozenset[str]
    unproved: Sequence[int]


class _Part(NamedTuple):
    """A table with what rows state under these keys, and SQL for which row of all it is."""

    table: str
    r: str
    keys: frozenset[str]


class Shaper(Protocol):
    """Lays the rows of a format before the prover, block by block (``Prover.keep``)."""

    def read(self, source: Input, prover: Prover) -> Iterator[Row | Problem]:
        """What the exact reader says of all rows that were not proved clean."""


class Prover:
    """Proves the rows of one input after another."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        municipalities: Iterable[str],
        zone: ZoneInfo,
        owed: Mapping[str, Collection[str]],
        many: int = MANY,
        memory: int | None = None,
    ) -> None:
        """``owed`` gives the attributes that each type must state itself; ``many`` is the number of rows
        from which on an input is proved; ``memory`` the bytes that the database keeps there.
        """
        self.many = many
        self._memory = memory
        self._attributes = vocabulary.attributes
        self._zone = zone
        self._words = _words(vocabulary, municipalities)
        self._known_words = {key: frozenset(words) for key, words in self._words.items()}
        self._types = types_of(vocabulary)
        self._kinds = {key: KINDS[type_] for key, type_ in self._types.items()}
        self._may = {name: {*RESERVED, *event.attributes} for name, event in vocabulary.events.items()}
        self._must = {name: {"id", "type", "time", "municipality", *owed[name]} for name in self._may}
        self._looked_up = [name for name, a in vocabulary.attributes.items() if a.type in _LOOKED_UP]
        self._parts: list[_Part] = []
        # Numbers of tables, and of rows that were laid.
        self._tables = self._laid = 0
        self._shapers: dict[str, Shaper] = {}
        self._con: duckdb.DuckDBPyConnection | None = None
        # What texts mean is noted by one thread at a time, and once.
        self._learning = Lock()
        # What stands before the number in the places of an input, where that is no colon.
        self._marks: dict[str, str] = {}
        self.begin(())

    def begin(self, defaults: Iterable[str], source: Input | None = None) -> None:
        """Begin an input. A row that takes its case from the ``defaults`` does not say all itself.

        ``proved`` counts its clean rows; ``worth`` says whether enough of the last ones were.
        """
        self.proved = 0
        self.worth = True
        self._stated = {"case"}.intersection(defaults)
        if source is not None and source.mark != ":":
            self._marks[source.name] = source.mark

    def read(self, source: Input, reader: Reader) -> Iterator[Row | Problem]:
        """All rows and problems but the clean rows, which are kept; their number is then ``proved``."""
        if reader.name not in self._shapers:
            self._shapers[reader.name] = _shaper(reader.name, self._types)
        return self._shapers[reader.name].read(source, self)

    def forget(self, file: str) -> None:
        """Keep nothing of an input after all."""
        self.proved = 0
        if self._con is not None:
            self._con.execute("DELETE FROM proved WHERE file = $file", {"file": file})

    def finish(self, ids: Iterable[str]) -> tuple[CleanRows | None, list[Repeated]]:
        """The clean rows, and those taken from among them because they share their id, with each other or
        with one of ``ids``, those of the other records.
        """
        if self._con is None or not self._parts:
            return None, []
        keys = sorted({key for part in self._parts for key in part.keys})
        self._con.execute(
            f"""CREATE OR REPLACE VIEW stated AS {_together(self._parts)};
            CREATE OR REPLACE VIEW clean AS SELECT * FROM proved JOIN stated USING (r)"""
        )
        own = stated("id")
        self._con.execute(
            f"""CREATE OR REPLACE TEMP TABLE shared_id AS
            SELECT id FROM (SELECT {own} AS id FROM clean UNION ALL SELECT unnest($ids::VARCHAR[]))
            GROUP BY id HAVING count(*) > 1""",
            {"ids": list(set(ids))},
        )
        shared = f"clean WHERE {own} IN (FROM shared_id)"
        values = ", ".join(map(stated, keys))
        found = self._con.execute(f"SELECT file, number, {values} FROM {shared}").fetchall()
        if found:
            self._con.execute(f"DELETE FROM proved WHERE r IN (SELECT r FROM {shared})")
        left = self._con.execute("SELECT count(*) FROM proved").fetchone()
        size = left[0] if left else 0
        clean = CleanRows(self._con, frozenset(keys), size, self._marks) if size else None
        repeated = [
            Repeated(file, number, {k: v for k, v in zip(keys, values, strict=True) if v is not None})
            for file, number, *values in found
        ]
        return clean, sorted(repeated, key=lambda row: (row.file, row.number))

    def _connection(self) -> duckdb.DuckDBPyConnection:
        if self._con is None:
            self._con = database.begin(self._memory)
            for table, columns in _TABLES.items():
                create(self._con, table, columns, shared=True)
        return self._con

    def in_turn(
        self, file: str, blocks: Iterable[B], shape: Callable[[B], Shape]
    ) -> Iterator[tuple[B, Sequence[int]]]:
        """Blocks of an input, one after the other, with what ``keep`` says of each: they are proved side by
        side, until one shows that it is not worth it.
        """
        waiting: deque[tuple[B, _Place, Future[_Proof]]] = deque()
        with ThreadPoolExecutor(_ASIDE) as aside:
            for block in blocks:
                if len(waiting) == _ASIDE:
                    yield self._next(waiting)
                if self.worth:
                    place = self._place(file, block.before, block.size)
                    proof = aside.submit(self._proof, self._connection().cursor(), place, shape(block))
                    waiting.append((block, place, proof))
                    continue
                while waiting:
                    yield self._next(waiting)
                yield block, range(block.size)
            while waiting:
                yield self._next(waiting)

    def _next(self, waiting: deque[tuple[B, _Place, Future[_Proof]]]) -> tuple[B, Sequence[int]]:
        block, place, proof = waiting.popleft()
        return block, self._taken(place, proof.result())

    def keep(self, file: str, before: int, count: int, shape: Shape) -> Sequence[int]:
        """Keep the clean ones among the next ``count`` rows, which follow ``before`` others; the indices of
        the rest: all, where it is not ``worth`` it.
        """
        if not self.worth or not count:
            return range(count)
        place = self._place(file, before, count)
        return self._taken(place, self._proof(self._connection().cursor(), place, shape))

    def _place(self, file: str, before: int, size: int) -> _Place:
        place = _Place(f"stated_{self._tables}", self._laid, file, before, size)
        self._tables += 1
        self._laid += size
        return place

    def _taken(self, place: _Place, proof: _Proof) -> Sequence[int]:
        """Keep what was proved of a block; the indices of the other rows."""
        con = self._connection()
        if proof.proved:
            self._parts.append(_Part(place.table, f"-1 - {place.base} - i", proof.keys))
            if sum(part.r != "r" for part in self._parts) == _TOGETHER:
                self._lay_together(con)
        else:
            con.execute(f"DROP TABLE IF EXISTS {place.table}")
        self.proved += proof.proved
        # Otherwise an input in the words of its office: to try the rest would only cost time.
        self.worth = len(proof.unproved) * 2 <= place.size
        return proof.unproved

    def _lay_together(self, con: duckdb.DuckDBPyConnection) -> None:
        table = f"stated_{self._tables}"
        self._tables += 1
        # Those that were laid together before stay where they are: nothing is copied twice.
        blocks = [part for part in self._parts if part.r != "r"]
        con.execute(f"CREATE TABLE {table} AS {_together(blocks)}")
        for part in blocks:
            con.execute(f"DROP TABLE {part.table}")
        laid = [part for part in self._parts if part.r == "r"]
        self._parts = [*laid, _Part(table, "r", frozenset().union(*(part.keys for part in blocks)))]

    def _proof(self, con: duckdb.DuckDBPyConnection, place: _Place, shape: Shape) -> _Proof:
        """Lay out a block and note which of its rows are clean. Called side by side, each on a connection of
        its own, which is closed.
        """
        with con:
            try:
                shaped = shape(con, place.table)
                proved = self._prove(con, place, shaped)
            except (duckdb.Error, Unshaped) as error:
                if isinstance(error, duckdb.OutOfMemoryException) and self._memory is not None:
                    raise
                # What the database stumbles over is for the exact reader to say; nothing was kept of it.
                return _Proof(0, frozenset(), range(place.size))
            if proved == place.size:
                return _Proof(proved, shaped.stated, ())
            missing = con.execute(
                """SELECT i FROM range($size) t(i) ANTI JOIN (
                    SELECT -1 - $base - r AS i FROM proved WHERE r BETWEEN -$base - $size AND -1 - $base
                ) p USING (i) ORDER BY 1""",
                {"base": place.base, "size": place.size},
            ).fetchall()
            return _Proof(proved, shaped.stated, [i for (i,) in missing])

    def _prove(self, con: duckdb.DuckDBPyConnection, place: _Place, shaped: Shaped) -> int:
        """Note the clean ones of the rows; their number."""
        names, table = shaped.stated, place.table
        if not names >= {"id", "type", "time", "municipality"}:
            return 0
        all_fit = self._signatures(con, table, shaped)
        columns: dict[str, list[str]] = {"date-time": ["time"], "interval": []}
        if "recorded_at" in names:
            columns["date-time"].append("recorded_at")
        for attribute in self._looked_up:
            if attribute in names:
                columns[self._attributes[attribute].type].append(attribute)
        joins = [f"JOIN instant t ON t.text = c.{stated('time')}"]
        # What holds for all rows is not asked of each.
        conditions = [f"c.{stated('type')} IS NOT NULL"]
        recorded = ("t.lo", "t.hi")
        if "recorded_at" in names:
            recording = f"c.{stated('recorded_at')}"
            joins.append(f"LEFT JOIN instant r ON r.text = {recording}")
            conditions.append(f"({recording} IS NULL OR r.hi >= t.lo)")
            recorded = ("coalesce(r.lo, t.lo)", "coalesce(r.hi, t.hi)")
        if not all_fit:
            joins.append(f"ANTI JOIN refused f ON f.type = c.{stated('type')} AND f.keys = c.keys::VARCHAR")
        for kind, read in (("date-time", self._instant), ("interval", _span)):
            if not self._learn(con, table, kind, columns[kind], read):
                known = f"SELECT text FROM {_LOOKED_UP[kind][0]}"
                conditions += [
                    f"(c.{stated(key)} IS NULL OR c.{stated(key)} IN ({known}))" for key in columns[kind]
                ]
        words = {key: self._words[key] for key in self._with_others(con, table, names)}
        for n, key in enumerate(words):
            value = f"c.{stated(key)}"
            test = "list_has_all" if self._kinds[key].endswith("[]") else "list_contains"
            conditions.append(f"({value} IS NULL OR {test}($words{n}::VARCHAR[], {value}))")
        inserted = con.execute(
            f"""INSERT INTO proved
            SELECT -1 - $base::BIGINT - c.i, $file::VARCHAR, c.i + $before::BIGINT + 1, t.day, t.lo, t.hi,
                {recorded[0]}, {recorded[1]}
            FROM {table} c {" ".join(joins)} WHERE {" AND ".join(conditions)}""",
            {"base": place.base, "file": place.file, "before": place.before}
            | {f"words{n}": words[key] for n, key in enumerate(words)},
        ).fetchone()
        return int(inserted[0]) if inserted else 0

    def _signatures(self, con: duckdb.DuckDBPyConnection, table: str, shaped: Shaped) -> bool:
        """Refuse the rows whose keys are not those of their type; whether none was refused."""
        refused = []
        for type_, stands_for in con.execute(
            f"SELECT DISTINCT {stated('type')}, keys FROM {table}"
        ).fetchall():
            keys = shaped.names(stands_for)
            names = set(keys)
            if not (
                type_ in self._may
                and len(names) == len(keys)
                and self._must[type_] | self._stated <= names <= self._may[type_]
            ):
                refused.append((type_, str(stands_for)))
        fill(con, "refused", {"type": "VARCHAR", "keys": "VARCHAR"}, refused)
        return not refused

    def _with_others(self, con: duckdb.DuckDBPyConnection, table: str, names: Collection[str]) -> list[str]:
        """The keys with a choice of words under which some row has another one. Mostly there is none, and
        that is sooner seen of all rows together than of each.
        """
        keys = sorted(key for key in names if key in self._words)
        if not keys:
            return []
        each = " UNION ALL ".join(
            f"SELECT {n} AS n, {self._each_word(key)} AS word FROM {table} WHERE {stated(key)} IS NOT NULL"
            for n, key in enumerate(keys)
        )
        found = con.execute(f"SELECT DISTINCT n, word FROM ({each})").fetchall()
        return sorted({keys[n] for n, word in found if word not in self._known_words[keys[n]]})

    def _each_word(self, key: str) -> str:
        """SQL for the words that a row has under a key."""
        return f"unnest({stated(key)})" if self._kinds[key].endswith("[]") else stated(key)

    def _learn(
        self,
        con: duckdb.DuckDBPyConnection,
        candidates: str,
        kind: str,
        columns: Sequence[str],
        read: Callable[[str], tuple[object, ...]],
    ) -> bool:
        """Note in the table of their type what the texts in these columns mean; whether all mean anything."""
        if not columns:
            return True
        table, _ = _LOOKED_UP[kind]
        texts = " UNION ALL ".join(f"SELECT {stated(key)} AS text FROM {candidates}" for key in columns)
        with self._learning:
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


def _together(parts: Sequence[_Part]) -> str:
    """A query for what the rows of these tables state, by ``r``."""
    return " UNION ALL BY NAME ".join(
        f"SELECT {', '.join([f'{part.r} AS r', *map(stated, sorted(part.keys))])} FROM {part.table}"
        for part in parts
    )


def _span(text: str) -> tuple[object, ...]:
    return read_interval(text)


def _shaper(format_: str, types: Mapping[str, str]) -> Shaper:
    """What lays the rows of a built-in format before the prover."""
    if format_ == "parquet":
        from .columns import Columns

        return Columns(types)
    if format_ == "csv":
        from .tables import Tables

        return Tables(types)
    from .json_lines import Lines

    return Lines(types)


def _words(vocabulary: Vocabulary, municipalities: Iterable[str]) -> dict[str, list[str]]:
    """The words that a key may have for its value, or in it, of those that have a choice of words."""
    words = {"municipality": sorted(set(municipalities))}
    for name, attribute in vocabulary.attributes.items():
        if attribute.type in ("choice", "list of choice"):
            words[name] = list(attribute.values)
    if vocabulary.coverage:
        words[vocabulary.coverage.families] = sorted({e.partition(".")[0] for e in vocabulary.events})
    return words


def _literal(value: str) -> str:
    """A text as SQL has it."""
    return "'" + value.replace("'", "''") + "'"


def _set(value: str) -> str:
    """SQL for a list in order and without repetition; most lists have one element."""
    return f"CASE WHEN len({value}) > 1 THEN list_sort(list_distinct({value})) ELSE {value} END"
