"""Columns of Parquet and CSV as candidates: each is asked whether its values have the form of its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..readers.parquet_file import NUMBERED, Column, Opened, Window, opening
from ..readers.parquet_rows import Reading
from .forms import CHARACTERS, LARGEST, SPAN, TIME, stated
from .prover import Prover, Shaped, Unshaped

if TYPE_CHECKING:
    import duckdb

    from ..model import Problem
    from ..readers.base import Input, Row

# Rows with more bytes of text are for the exact reader, so that what is laid out has a bound.
_LONGEST = 2_000
# Flags as they are written most; the exact reader knows more spellings.
_YES = "('true', 'yes', 'po', 'da', '1')"
_WORDS = "('', 'true', 'yes', 'po', 'da', '1', 'false', 'no', 'jo', 'ne', '0')"
# Each key is a bit of a whole number.
_MOST_KEYS = 62
# A quote and a backslash are nothing but characters here.
_ONE = f'{CHARACTERS}"\\\\'
_TEXT = f"[{_ONE}](?:[{_ONE} ]*[{_ONE}])?"


class _Form(NamedTuple):
    """SQL for a value as the database keeps it, and for what holds of one that has the form of its type."""

    value: str
    fits: str


class Query(NamedTuple):
    """What is asked of the rows of a file: ``values`` and ``fits`` are SQL, ``names`` the keys."""

    names: tuple[str, ...]
    values: str
    fits: str

    @property
    def keys(self) -> str:
        """SQL for the keys that a row states, a bit for each."""
        bits = (
            f"CASE WHEN {stated(name)} IS NULL THEN 0 ELSE {1 << n} END" for n, name in enumerate(self.names)
        )
        return f"({' + '.join(bits)})::BIGINT"

    def meant(self, keys: object) -> list[str]:
        """The keys that a number stands for."""
        assert isinstance(keys, int)
        return [name for n, name in enumerate(self.names) if keys >> n & 1]


class Columns:
    """Proves the rows of a file window by window."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self._types = types

    def read(self, source: Input, prover: Prover) -> Iterator[Row | Problem]:
        """See ``prover.Shaper``."""
        opened = yield from opening(source)
        if opened is None:
            return
        with closing(Reading(opened, source)) as reading:
            query = query_of(opened.columns, self._types, source)
            many = opened.numbered and sum(window.size for window in opened.windows) >= prover.many
            for window in opened.windows:
                unproved: Sequence[int] = range(window.size)
                if many and query is not None:
                    shape = partial(_shape, query, opened, window, reading)
                    unproved = prover.keep(source.name, window.first, window.size, shape)
                if len(unproved) == window.size:
                    yield from reading.rows(window)
                elif unproved:
                    yield from reading.rows(window, {window.first + i for i in unproved})


def query_of(columns: Iterable[Column], types: Mapping[str, str], source: Input) -> Query | None:
    """What is asked of rows with these columns; None for one that no clean row can come from."""
    forms: dict[str, _Form] = {}
    fits: list[str] = []
    for column in columns:
        if column.kind == "nothing":
            continue
        key = source.column(column.header)
        type_ = types.get(key) if key is not None else None
        form = _form(key, type_, column) if key is not None and type_ is not None else None
        if key is None or form is None:
            # Nothing but a row without it is clean.
            fits.append(f"{column.sql} IS NULL")
        else:
            forms[key] = form
            if form.fits:
                fits.append(f"({column.sql} IS NULL OR {form.fits})")
    if not forms.keys() >= {"id", "type", "time", "municipality"} or len(forms) > _MOST_KEYS:
        return None
    values = "".join(f", {form.value} AS {stated(key)}" for key, form in forms.items())
    return Query(tuple(forms), values, "".join(f" AND {fit}" for fit in fits))


def _shape(
    query: Query, opened: Opened, window: Window, reading: Reading, con: duckdb.DuckDBPyConnection, table: str
) -> Shaped:
    con.execute(
        f"""CREATE OR REPLACE TABLE {table} AS
        SELECT *, {query.keys} AS keys FROM (
            SELECT {NUMBERED} - {window.first} AS i, {reading.length} AS text{query.values}
            FROM {opened.within(window.first, window.size)} AND {reading.length} <= {_LONGEST}{query.fits}
        )"""
    )
    found = con.execute(f"SELECT count(*), coalesce(sum(text), 0)::BIGINT FROM {table}").fetchone()
    assert found is not None
    # Of rows that are not laid out the database may have read nothing: these are looked at.
    if not reading.take(window, found[1] if found[0] == window.size else None):
        raise Unshaped
    return Shaped(frozenset(query.names), query.meant)


def _form(key: str, type_: str, column: Column) -> _Form | None:
    """The form of the values of a column; None where the exact reader must look at each."""
    sql, kind = column.sql, column.kind
    text = f"nullif({sql}::VARCHAR, '')"
    match type_, kind:
        case "text", "text" if key not in ("type", "municipality"):
            return _Form(text, f"({sql}::VARCHAR = '' OR {_matches(f'{sql}::VARCHAR', _TEXT)})")
        case "choice" | "text", "text":
            # Whether it is a word of the vocabulary is asked of all formats. To know how many characters a
            # text has the database must look at it, and tells if it is none.
            return _Form(text, f"length({sql}::VARCHAR) >= 0")
        case "flag", "flag":
            return _Form(sql, "")
        case "flag", "text":
            return _Form(f"{text} IN {_YES}", f"{sql}::VARCHAR IN {_WORDS}")
        case "integer", "text":
            digits = _matches(f"{sql}::VARCHAR", "(0|[1-9][0-9]{0,14})?")
            return _Form(f"TRY_CAST({text} AS BIGINT)", digits)
        case "integer", "integer":
            return _Form(f"TRY_CAST({sql} AS BIGINT)", f"{sql} BETWEEN 0 AND {LARGEST}")
        case "integer", "number":
            return _Form(
                f"TRY_CAST({sql} AS BIGINT)", f"({sql} BETWEEN 0 AND {LARGEST} AND {sql} = floor({sql}))"
            )
        case "date-time" | "interval", "text":
            form = TIME if type_ == "date-time" else SPAN
            return _Form(text, f"({sql}::VARCHAR = '' OR {_matches(f'{sql}::VARCHAR', form)})")
        case "date-time", "day":
            return _Form(f"{sql}::VARCHAR", "")
        case "date-time", "local" | "instant":
            return _Form(_clock(sql, "Z" if kind == "instant" else ""), f"epoch_us({sql}) IS NOT NULL")
        case "list of choice" | "list of text", "text" | "texts":
            parts = f"string_split({sql}::VARCHAR, ';')" if kind == "text" else f"{sql}::VARCHAR[]"
            fits = f"len({parts}) > 0 AND list_count({parts}) = len({parts})"
            if type_ == "list of text":
                lines = rf"{_TEXT}(?:\n{_TEXT})*"
                fits += f" AND {_matches(f'array_to_string({parts}, chr(10))', lines)}"
            return _Form(parts, f"({fits})")
        case _:
            return None


def _clock(sql: str, zone: str) -> str:
    """SQL for a true time as ``readers.values`` writes it."""
    micros = f"epoch_us({sql})"
    text = f"replace(make_timestamp({micros})::VARCHAR, ' ', 'T')"
    return f"CASE WHEN {micros} % 60000000 = 0 THEN left({text}, 16) ELSE {text} END || '{zone}'"


def _matches(sql: str, form: str) -> str:
    return "regexp_full_match({}, '{}')".format(sql, form.replace("'", "''"))
