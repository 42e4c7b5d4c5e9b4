"""The page that follows one event through the program: its tables hold what it says they hold."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from transparency_check.cli import application
from transparency_check.engine import Moments, Prepared
from transparency_check.engine.evaluate import Engine
from transparency_check.logs import read_logs
from transparency_check.packs import load_rulebook
from transparency_check.packs.needed import restricted
from transparency_check.times import read_time

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "internals" / "start-to-finish.md").read_text(encoding="utf-8")
LOG = re.findall(r"```json\n(.*?)```", (DOCS / "contract.md").read_text(encoding="utf-8"), re.DOTALL)[0]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    path.write_text(LOG, encoding="utf-8")
    return path


@cache
def _engine(path: Path) -> Engine:
    book = restricted(load_rulebook(["kosovo"], examples=False), {"XK-MTG-001"})
    zone = ZoneInfo(book.zone)
    records = read_logs([path], book.vocabulary, book.municipalities, zone).records
    as_of = read_time("2026-12-01", zone)
    return Engine(Prepared(records, book, Moments(as_of, as_of, as_of)))


def rows(log: Path, query: str) -> list[Any]:
    return _engine(log).con.execute(query).fetchall()


def test_two_forms_from_the_law(log: Path) -> None:
    assert rows(log, "SELECT rule, reading FROM form ORDER BY ALL") == [("XK-MTG-001", 0), ("XK-MTG-001", 1)]
    assert rows(log, "SELECT DISTINCT role FROM role ORDER BY ALL") == [
        ("cancel",),
        ("fulfil",),
        ("plan",),
        ("trigger",),
    ]


def test_the_notice_is_a_hit_in_its_role(log: Path) -> None:
    query = """SELECT DISTINCT e.id, h.truth, r.role
    FROM hit h JOIN event e USING (n) JOIN role r USING (selector) WHERE e.id = 'e2'"""
    assert rows(log, query) == [("e2", True, "fulfil")]


def test_the_obligation_starts_from_the_meeting(log: Path) -> None:
    for table in ("starting", "origin", "anchored", "taken", "ob"):
        query = f"SELECT e.id FROM {table} JOIN event e USING (n)"
        assert rows(log, query) == [("e1",), ("e1",)], table


def test_due_under_each_reading(log: Path) -> None:
    query = "SELECT CAST(d.due_day AS VARCHAR) FROM due d JOIN ob USING (o) ORDER BY form"
    assert rows(log, query) == [("2026-11-18",), ("2026-11-17",)]


def test_the_notice_is_a_candidate_in_time(log: Path) -> None:
    query = "SELECT e.id, p.certain, p.pos FROM placed p JOIN event e USING (n)"
    assert rows(log, query) == [("e2", True, "I"), ("e2", True, "I")]
    assert rows(log, "SELECT DISTINCT base FROM base") == [(1,)]


def test_one_verdict_comes_of_two_variants(log: Path) -> None:
    assert rows(log, "SELECT base, mask, reasons, evidence FROM verdict") == [(1, 1, [], [2])] * 2
    assert rows(log, "SELECT mask FROM variant") == [(1,), (1,)]
    assert rows(log, "SELECT count(*) FROM keyed") == [(2,)]
    assert rows(log, "SELECT rule, outcome, reasons FROM done") == [("XK-MTG-001", "fulfilled", [])]
    for table in ("doubt", "modifier", "settling"):
        assert rows(log, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_the_row_on_the_screen(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(log.parent)
    command = re.search(r"\ntransparency-check (.*)\n", PAGE)
    shown = re.search(r"```\n(.*?)```", PAGE[PAGE.index("**11.") :], re.DOTALL)
    assert command is not None and shown is not None
    result = CliRunner().invoke(application, [*command[1].split(), "--no-plugins"])
    assert result.exit_code == 0
    assert shown[1] in result.stdout
