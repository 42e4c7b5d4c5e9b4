"""The log as tables: corrections settled, values inherited, defaults given, conditions tried.

From records (see ``events.py``) come ``event`` (what has happened, as known), ``blur`` (what could not be read), ``hit`` (which
events satisfy which selectors, or may), ``island`` (what the log covers) and a few narrow tables of moments and numbers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter
from itertools import islice
from typing import TYPE_CHECKING

import duckdb
import orjson

from transparency_check.database import BATCH, any_row, column, share
from transparency_check.engine.conditions import Parameters, compile_condition, present_fields
from transparency_check.engine.due_dates import Answers, foresee
from transparency_check.engine.forms import Plan
from transparency_check.engine.law import BEGINNING, END
from transparency_check.engine.moments import Elsewhere
from transparency_check.engine.statements import run
from transparency_check.packs.model import Rulebook, Vocabulary
from transparency_check.side_by_side import Beside

if TYPE_CHECKING:
    from transparency_check.proving import CleanRows

_SQL_TYPES = {
    "text": "VARCHAR",
    "choice": "VARCHAR",
    "flag": "BOOLEAN",
    "integer": "BIGINT",
    "date-time": {"day": "DATE", "lo": "BIGINT", "hi": "BIGINT"},
    "interval": {"first": "DATE", "last": "DATE"},
    "list of choice": ["VARCHAR"],
    "list of text": ["VARCHAR"],
}
_RECORD = {
    "place": "VARCHAR", "file": "VARCHAR", "readable": "BOOLEAN", "id": "VARCHAR", "type": "VARCHAR", "municipality": "VARCHAR",
    "case": "VARCHAR", "related": ["VARCHAR"], "time": "VARCHAR", "day": "DATE", "lo": "BIGINT", "hi": "BIGINT", "rlo": "BIGINT",
    "rhi": "BIGINT", "retracted": "BOOLEAN", "content": "VARCHAR", "bad": ["VARCHAR"],
}  # fmt: skip
_ALL_FAMILIES = "*"


def load_log(
    con: duckdb.DuckDBPyConnection,
    records: Iterable[bytes],
    clean: CleanRows | None,
    plan: Plan,
    rulebook: Rulebook,
    elsewhere: Elsewhere,
    beside: Beside,
    answers: Answers,
) -> None:
    """Make all tables of the log, some of them ``beside`` the others. The macros of the moments are there before, for both."""
    attributes = _needed(plan, rulebook)
    _load_records(con, records, attributes, rulebook)
    _known(con, clean)
    named = beside.begin(lambda side: run(side, "case_names"))
    if clean is not None and beside.another:
        rows = clean.brief()
        beside.begin(lambda side: foresee(side, rows, answers))
    _settle(con)
    named.result()
    _make_events(con, all_rows(clean, attributes, rulebook), attributes, plan, rulebook)
    _inherit(con, attributes, rulebook)
    beside.begin(lambda side: _hits(side, plan, rulebook))
    _sorts(con, plan, rulebook)
    _links(con, elsewhere)
    _moments_and_numbers(con, attributes, plan)
    _coverage(con, rulebook, elsewhere.first_days)


def load_records(con: duckdb.DuckDBPyConnection, records: Iterable[bytes], rulebook: Rulebook) -> None:
    """The records without attributes, and what is known and has happened of them: corrections are settled."""
    _load_records(con, records, [], rulebook)
    _known(con, None)
    _settle(con)


def _known(con: duckdb.DuckDBPyConnection, clean: CleanRows | None) -> None:
    """What is known of the records and of the clean rows."""
    brief = clean.brief() if clean is not None else "SELECT rowid AS r, * FROM record WHERE FALSE"
    con.execute(f"CREATE OR REPLACE VIEW clean_row AS {brief}")
    run(con, "known")


def _settle(con: duckdb.DuckDBPyConnection) -> None:
    """Which records of an id hold, what has happened, and what cannot be read."""
    run(con, "repeated")
    repeated = any_row(con, "FROM repeated")
    blurs = repeated or any_row(con, "FROM record WHERE NOT readable")
    found = {"repeated": repeated, "blurs": blurs}
    run(con, "corrections", frozenset(name for name, there in found.items() if there))


def _links(con: duckdb.DuckDBPyConnection, elsewhere: Elsewhere) -> None:
    """Links between cases, and the municipalities that an unreadable record may concern."""
    run(con, "links")
    if any_row(con, "FROM blur"):
        told = [(place, name) for place, names in elsewhere.concerned.items() for name in names]
        share(con, "concerned", {"place": "VARCHAR", "municipality": "VARCHAR"}, told)
        run(con, "concerned", frozenset({"concerned"} if told else ()))


def _needed(plan: Plan, rulebook: Rulebook) -> list[str]:
    """The attributes that some duty, or the vocabulary itself, reads; sorted."""
    vocabulary = rulebook.vocabulary
    needed = set(plan.attributes) | set(vocabulary.kinds)
    if vocabulary.coverage:
        needed |= {vocabulary.coverage.period, vocabulary.coverage.families}
    if vocabulary.outage:
        needed |= {vocabulary.outage.from_, vocabulary.outage.to}
    return sorted(n for n in needed if n in vocabulary.attributes)


def _load_records(
    con: duckdb.DuckDBPyConnection, records: Iterable[bytes], attributes: list[str], rulebook: Rulebook
) -> None:
    types = {a: _SQL_TYPES[rulebook.vocabulary.attributes[a].type] for a in attributes}
    structure = orjson.dumps({**_RECORD, "a": types or {"none": "VARCHAR"}}).decode()
    columns = ", ".join(f's.a."{a}" AS {column(a)}' for a in attributes)
    select = f"SELECT s.* EXCLUDE (a){', ' + columns if columns else ''} FROM (SELECT from_json(j, $structure) AS s FROM (SELECT unnest($rows::VARCHAR[]) AS j))"
    con.execute(
        f"CREATE OR REPLACE TABLE record AS {select} LIMIT 0", {"structure": structure, "rows": []}
    )
    iterator = iter(records)
    while batch := [r.decode() for r in islice(iterator, BATCH)]:
        con.execute(f"INSERT INTO record {select}", {"structure": structure, "rows": batch})


def all_rows(clean: CleanRows | None, attributes: list[str], rulebook: Rulebook) -> str:
    """A query for the records and the rows that were proved clean; ``r`` tells one from another.

    The ids of clean rows are their own, so that nobody asks for their content.
    """
    exact = "SELECT rowid AS r, * FROM record"
    return (
        exact
        if clean is None
        else f"{exact} UNION ALL BY NAME {clean.rows(rulebook.vocabulary, attributes)}"
    )


def _make_events(
    con: duckdb.DuckDBPyConnection, rows: str, attributes: list[str], plan: Plan, rulebook: Rulebook
) -> None:
    """The event table: what has happened, numbered in the order of time, with defaults for what is absent (§7.3)."""
    vocabulary = rulebook.vocabulary
    asked = {f for s in plan.selectors for f in present_fields(s.where)} | _inherited(rulebook)
    parameters = Parameters()
    columns = []
    for attribute in attributes:
        col, default = column(attribute), vocabulary.attributes[attribute].absent
        if default is None:
            columns.append(f"k.{col}")
            continue
        value, name = parameters.add(default), parameters.add(attribute)
        columns.append(
            f"CASE WHEN k.{col} IS NULL AND NOT coalesce(list_contains(k.bad, {name}), FALSE) THEN {value} ELSE k.{col} END AS {col}"
        )
        if attribute in asked:
            columns.append(f'(k.{col} IS NOT NULL) AS "p_{attribute}"')
    share(
        con,
        "town",
        {"id": "VARCHAR", "from_day": "DATE", "to_day": "DATE", "official_languages": "VARCHAR[]"},
        [(m.id, m.from_ or BEGINNING, m.to or END, m.official_languages) for m in rulebook.municipalities],
    )
    con.execute(
        f"""CREATE OR REPLACE TABLE event AS
        SELECT o.n, o.r, k.id, k.type, split_part(k.type, '.', 1) AS family, k.municipality, c.cas, k.day, k.lo, k.hi, k.lo = k.hi AS timed,
            coalesce(k.bad, []) AS bad, t.official_languages{"".join(", " + c for c in columns)}
        FROM ({rows}) k JOIN ordered o USING (r) LEFT JOIN case_name c ON c.municipality = k.municipality AND c.name = k."case"
            LEFT JOIN town t ON t.id = k.municipality AND k.day BETWEEN t.from_day AND t.to_day""",
        parameters.values,
    )


def _inherited(rulebook: Rulebook) -> set[str]:
    return {a for e in rulebook.vocabulary.events.values() if e.inherits for a in e.inherits.attributes}


def _inherit(con: duckdb.DuckDBPyConnection, attributes: list[str], rulebook: Rulebook) -> None:
    """§7.3: from the latest earlier event of the case that states the value; a bad value is inherited as unknown."""
    vocabulary = rulebook.vocabulary
    present = {name for (name,) in con.execute("SELECT DISTINCT type FROM event").fetchall()}
    # What a type takes over it may pass on, so that the types it takes from come first; the loader refuses circles.
    order = TopologicalSorter(
        {name: sorted({*e.inherits.from_} - {name}) if e.inherits else () for name, e in vocabulary.events.items()}
    )
    for name in order.static_order():
        inheritance = vocabulary.events[name].inherits
        inherited = [a for a in inheritance.attributes if a in attributes] if inheritance else []
        if inheritance is None or not inherited or name not in present:
            continue
        parameters = Parameters()
        con.execute(
            f"""CREATE OR REPLACE TABLE source_of AS SELECT n, cas, bad, {", ".join(_stated(a, vocabulary) for a in inherited)} FROM event
            WHERE list_contains($sources::VARCHAR[], type) AND cas IN (SELECT cas FROM event WHERE type = $type AND cas IS NOT NULL)""",
            {"sources": list(inheritance.from_), "type": name},
        )
        # Touching a list rewrites whole rows, so that it is left alone where every source can be read.
        unreadable = con.execute("SELECT 1 FROM source_of WHERE len(bad) > 0 LIMIT 1").fetchone() is not None
        updates, unread = [], []
        for i, attribute in enumerate(inherited):
            col, known = column(attribute), parameters.add(attribute)
            updates.append(f"{col} = CASE WHEN i.s{i} THEN i.v{i} ELSE event.{col} END")
            if vocabulary.attributes[attribute].absent is not None:
                updates.append(f'"p_{attribute}" = event."p_{attribute}" OR (i.s{i} AND NOT i.b{i})')
            unread.append(f"CASE WHEN i.s{i} AND i.b{i} THEN [{known}] ELSE [] END")
        if unreadable:
            updates.append(f"bad = event.bad || {' || '.join(unread)}")
        values = ", ".join(
            f"{_silent(a, vocabulary, parameters)} AND s{i}.n IS NOT NULL AS s{i}, s{i}.{column(a)} AS v{i}, coalesce(list_contains(s{i}.bad, {parameters.add(a)}), FALSE) AS b{i}"
            for i, a in enumerate(inherited)
        )
        sources = " ".join(
            f"""ASOF LEFT JOIN (SELECT * FROM source_of WHERE "x_{a}" OR list_contains(bad, {parameters.add(a)})) s{i}
                ON s{i}.cas = e.cas AND e.n > s{i}.n"""
            for i, a in enumerate(inherited)
        )
        con.execute(
            f"""UPDATE event SET {", ".join(updates)}
            FROM (SELECT e.n, {values} FROM (SELECT * FROM event WHERE type = {parameters.add(name)} AND cas IS NOT NULL) e {sources}) i
            WHERE event.n = i.n AND ({' OR '.join(f'i.s{i}' for i in range(len(inherited)))})""",
            parameters.values,
        )


def _sorts(con: duckdb.DuckDBPyConnection, plan: Plan, rulebook: Rulebook) -> None:
    """Type and kinds of the publications that are judged together; unknown where a kind cannot be read (§4.9)."""
    parameters = Parameters()
    kinds = "".join(f", coalesce({column(k)}, '-')" for k in rulebook.vocabulary.kinds)
    unread = " OR ".join(f"list_contains(bad, {parameters.add(k)})" for k in rulebook.vocabulary.kinds) or "FALSE"
    together = {f.form for f in plan.forms if f.grouped}
    types = sorted({plan.selectors[r.selector].event for r in plan.roles if r.form in together})
    con.execute(
        f"""CREATE OR REPLACE TABLE sort_of AS
        SELECT n, CASE WHEN NOT ({unread}) THEN concat_ws('/', type{kinds}) END AS sort FROM event WHERE list_contains({parameters.add(types)}::VARCHAR[], type)""",
        parameters.values,
    )


def _is_stated(prefix: str, attribute: str, vocabulary: Vocabulary) -> str:
    """Whether an event states the attribute: a default is no statement."""
    if vocabulary.attributes[attribute].absent is not None:
        return f'{prefix}"p_{attribute}"'
    return f"({prefix}{column(attribute)} IS NOT NULL)"


def _stated(attribute: str, vocabulary: Vocabulary) -> str:
    return f'{column(attribute)}, {_is_stated("", attribute, vocabulary)} AS "x_{attribute}"'


def _silent(attribute: str, vocabulary: Vocabulary, parameters: Parameters) -> str:
    return f"NOT {_is_stated('e.', attribute, vocabulary)} AND NOT list_contains(e.bad, {parameters.add(attribute)})"


def _moments_and_numbers(con: duckdb.DuckDBPyConnection, attributes: list[str], plan: Plan) -> None:
    """Narrow tables of the attributes that serve as anchors, closing dates, extensions, and periods of documents."""
    con.execute(
        "CREATE OR REPLACE TABLE moment (n BIGINT, attribute VARCHAR, day DATE, lo BIGINT, hi BIGINT)"
    )
    con.execute("CREATE OR REPLACE TABLE number (n BIGINT, attribute VARCHAR, value BIGINT)")
    con.execute("CREATE OR REPLACE TABLE given_period (n BIGINT, first DATE, last DATE, bad BOOLEAN)")
    con.execute("CREATE OR REPLACE TABLE corr (form INTEGER, n BIGINT, value VARCHAR[], whole BOOLEAN)")
    # Such an anchor or closing date is a moment, and a number of days an integer: the checker of packs sees to that.
    moments = {f.anchor for f in plan.forms} | {
        r.extra for r in plan.roles if r.role in ("planned", "move_close")
    }
    numbers = {r.extra for r in plan.roles if r.role == "extend"}
    for attribute in attributes:
        col = column(attribute)
        if attribute in moments:
            con.execute(
                f"INSERT INTO moment SELECT n, $attribute, {col}.day, {col}.lo, {col}.hi FROM event WHERE {col} IS NOT NULL",
                {"attribute": attribute},
            )
        if attribute in numbers:
            con.execute(
                f"INSERT INTO number SELECT n, $attribute, {col} FROM event WHERE {col} IS NOT NULL",
                {"attribute": attribute},
            )
    if any(f.about for f in plan.forms):
        period = column("period")
        con.execute(
            f"INSERT INTO given_period SELECT n, {period}.first, {period}.last, list_contains(bad, 'period') FROM event WHERE {period} IS NOT NULL OR list_contains(bad, 'period')"
        )
    for form, names in plan.correlates.items():
        types = sorted({plan.selectors[r.selector].event for r in plan.roles if r.form == form})
        known = " AND ".join(f"{column(a)} IS NOT NULL" for a in names)
        value = ", ".join(f"CAST({column(a)} AS VARCHAR)" for a in names)
        con.execute(
            f"INSERT INTO corr SELECT $form, n, [{value}], {known} FROM event WHERE list_contains($types::VARCHAR[], type)",
            {"form": form, "types": types},
        )


def _coverage(
    con: duckdb.DuckDBPyConnection, rulebook: Rulebook, first_days: Mapping[str, dt.date]
) -> None:
    """§4.15: islands of days that the log claims to hold completely, per municipality and family (``*``: all)."""
    declared: dict[tuple[str, str], list[tuple[dt.date, dt.date]]] = defaultdict(list)
    declaring: set[str] = set()
    coverage = rulebook.vocabulary.coverage
    if coverage is not None:
        period, families = column(coverage.period), column(coverage.families)
        rows = con.execute(
            f"SELECT municipality, {period}.first, {period}.last, {families}, list_contains(bad, $families) FROM event WHERE type = $type",
            {"type": coverage.event, "families": coverage.families},
        ).fetchall()
        for municipality, first, last, names, unclear in rows:
            declaring.add(municipality)
            if first is not None and not unclear:
                for family in names or [_ALL_FAMILIES]:
                    declared[municipality, family].append((first, last))
        # A declaration that cannot be read declares nothing, but the default no longer holds either.
        declaring |= {
            m
            for (m,) in con.execute(
                "SELECT DISTINCT municipality FROM blur WHERE type = $type AND municipality IS NOT NULL",
                {"type": coverage.event},
            ).fetchall()
        }
    assumed = []
    firsts = con.execute("SELECT municipality, min(day) FROM event GROUP BY municipality").fetchall()
    for municipality, first in {**dict(firsts), **first_days}.items():
        if municipality not in declaring:
            declared[municipality, _ALL_FAMILIES].append((first.replace(day=1), END))
            assumed.append((municipality, first.replace(day=1)))
    islands = []
    for (municipality, family), spans in declared.items():
        general = declared.get((municipality, _ALL_FAMILIES), []) if family != _ALL_FAMILIES else []
        islands += [(municipality, family, a, b) for a, b in _merge(spans + general)]
    share(
        con,
        "island",
        {"municipality": "VARCHAR", "family": "VARCHAR", "first": "DATE", "last": "DATE"},
        islands,
    )
    throughout = [
        (municipality, first)
        for municipality, family, first, last in islands
        if family == _ALL_FAMILIES and last == END
    ]
    share(con, "covered_throughout", {"municipality": "VARCHAR", "first": "DATE"}, throughout)
    share(con, "assumed", {"municipality": "VARCHAR", "first": "DATE"}, sorted(assumed))
    con.execute(
        "CREATE OR REPLACE TABLE covered_from AS SELECT municipality, min(first) AS first FROM island GROUP BY municipality"
    )
    con.execute(
        """CREATE OR REPLACE TABLE universe AS
        SELECT * FROM (SELECT municipality FROM event UNION SELECT unnest($others::VARCHAR[])) t (municipality) LEFT JOIN covered_from USING (municipality)""",
        {"others": sorted(first_days)},
    )
    _outages(con, rulebook)


def _merge(spans: list[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    merged: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted(spans):
        if merged and (merged[-1][1] == END or first <= merged[-1][1] + dt.timedelta(days=1)):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _outages(con: duckdb.DuckDBPyConnection, rulebook: Rulebook) -> None:
    outage = rulebook.vocabulary.outage
    if outage is None:
        share(con, "outage", {"municipality": "VARCHAR", "first": "DATE", "last": "DATE", "n": "BIGINT"}, [])
        return
    start, end = column(outage.from_), column(outage.to)
    con.execute(
        f"""CREATE OR REPLACE TABLE outage AS
        SELECT municipality, coalesce({start}.day, day) AS first, coalesce({end}.day, DATE '9999-12-31') AS last, n
        FROM event WHERE type = $type""",
        {"type": outage.event},
    )


def _hits(con: duckdb.DuckDBPyConnection, plan: Plan, rulebook: Rulebook) -> None:
    """One scan tries every selector on the events of its type; what is false leaves no row."""
    con.execute(
        "CREATE OR REPLACE TABLE hit (selector INTEGER, n BIGINT, truth BOOLEAN, missing VARCHAR[])"
    )
    by_type: dict[str, list[str]] = defaultdict(list)
    parameters = Parameters()
    # To plan a condition costs more than to try it on a small log.
    present = {name for (name,) in con.execute("SELECT DISTINCT type FROM event").fetchall()}
    for selector in plan.selectors:
        if selector.event in present:
            truth = compile_condition(selector.where, rulebook.vocabulary, parameters).truth
            by_type[selector.event].append(f"{{'s': {selector.selector}, 't': {truth}}}")
    if not by_type:
        return
    branches = " ".join(
        f"WHEN {parameters.add(event)} THEN [{', '.join(entries)}]"
        for event, entries in sorted(by_type.items())
    )
    query = f"""INSERT INTO hit SELECT u.s, n, u.t, [] FROM (
            SELECT n, unnest(CASE type {branches} END) AS u FROM event WHERE list_contains({parameters.add(sorted(by_type))}::VARCHAR[], type)
        ) WHERE u.t IS DISTINCT FROM FALSE"""
    con.execute(query, parameters.of(query))
    _missing(con, plan, rulebook)


def _missing(con: duckdb.DuckDBPyConnection, plan: Plan, rulebook: Rulebook) -> None:
    """The fields that keep a condition unknown, of the few selectors that have such events."""
    unknown = {s for (s,) in con.execute("SELECT DISTINCT selector FROM hit WHERE truth IS NULL").fetchall()}
    if not unknown:
        return
    parameters = Parameters()
    branches = " ".join(
        f"WHEN {s.selector} THEN {compile_condition(s.where, rulebook.vocabulary, parameters).missing_sql}"
        for s in plan.selectors
        if s.selector in unknown
    )
    query = f"UPDATE hit SET missing = CASE hit.selector {branches} END FROM event WHERE event.n = hit.n AND hit.truth IS NULL"
    con.execute(query, parameters.of(query))
