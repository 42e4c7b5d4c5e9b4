"""A log read row by row and with its rows proved in bulk: whether that is the same."""

from __future__ import annotations

import os
from functools import cache
from types import SimpleNamespace
from typing import Any

import duckdb

from transparency_check.engine.log import _load_records, all_rows
from transparency_check.model import Log
from transparency_check.packs.model import Vocabulary

# `make both-ways` tries them all; the tests take the first ones.
ALL = os.environ.get("READ_BOTH_WAYS") == "all"


def seeds(few: int, many: int) -> range:
    """Seeds of random logs: so many, or so few where quickness counts."""
    return range(many if ALL else few)


def assert_same(exact: Log, fast: Log, vocabulary: Vocabulary) -> None:
    """Problems, sources and the engine's own table of records are equal; contents where anybody may ask for
    them.
    """
    assert fast.problems == exact.problems
    assert fast.sources == exact.sources
    if fast.clean is None and fast.records == exact.records:
        # Nothing was proved: there is but one way, and the tables are made of the same records.
        return
    expected, found = loaded(exact, vocabulary), loaded(fast, vocabulary)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours[:-1] == theirs[:-1]
    for ours, theirs in zip(found, expected, strict=True):
        assert ours[-1] in (theirs[-1], None)
    ids = [row[0] for row in found if row[-1] is None and row[1]]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {row[0] for row in found if row[-1] is not None}


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """For all logs of which nothing was proved: to open one takes longer than to load a log."""
    return duckdb.connect(":memory:")


def loaded(log: Log, vocabulary: Vocabulary) -> list[Any]:
    """The table of records as the engine loads it, in the order of places: id first, content last."""
    con = (log.clean.con if log.clean else _database()).cursor()
    rulebook: Any = SimpleNamespace(vocabulary=vocabulary)
    attributes = sorted(vocabulary.attributes)
    _load_records(con, log.records, attributes, rulebook)
    return con.execute(
        f"""SELECT id, readable, * EXCLUDE (r, id, readable, content), content
        FROM ({all_rows(log.clean, attributes, rulebook)})
        ORDER BY file, length(place), place, content"""
    ).fetchall()
