"""The page on performance says what was measured, and nothing else. Nothing here takes a time."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

import pytest
from bench.__main__ import stages_of
from bench.page import FIGURES, PAGE, _profile, page
from bench.slopes import slope
from bench.targets import TARGETS, Figures, Target, median


def test_the_page_is_made_of_the_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(_figures()), "run: python -m bench --page"


def test_every_side_of_the_run_is_on_the_page() -> None:
    told = PAGE.read_text(encoding="utf-8")
    for record in _figures()["records"]:
        assert record["wall"] or record["state"] or record["stages"], record
        assert not record["state"] or record["state"].split(":")[0] in told


def test_where_the_time_goes_is_read_from_the_profile() -> None:
    told = """Report written to x.
Stage                       Seconds    Share
------------------------  ---------  -------
Loading the packs              0.10       4%
Reading the logs           1,234.50      96%

Duty          Obligations    Seconds, by obligations
----------  -------------  -------------------------
XK-FOI-001         64,468                       1.88
"""
    assert stages_of(told) == [("Loading the packs", 0.10), ("Reading the logs", 1234.5)]
    figures = {
        "records": [
            {"group": "profile", "events": 1000, "format": "csv", "duties": 4, "stages": stages_of(told)}
        ]
    }
    assert "| Reading the logs | 1,234 (100%) |" in _profile(figures)


def test_a_wrong_side_is_shown_as_wrong() -> None:
    figures = copy.deepcopy(_figures())
    record = next(r for r in figures["records"] if r["group"] == "four" and r["side"] == "ours" and r["wall"])
    before = page(figures).count("(wrong)")
    record["verdicts"] |= {"missed": 7, "added": 3}
    told = page(figures)
    assert f"**wrong**: of {record['verdicts']['planted']} broken cases 7 missed, 3 added" in told
    # In the tables by wall time and by processor time.
    assert told.count("(wrong)") == before + 2


def test_a_log_that_is_not_read_is_named_and_not_timed() -> None:
    figures = copy.deepcopy(_figures())
    record = next(r for r in figures["records"] if r["group"] == "four" and r["side"] == "ours" and r["wall"])
    record |= {"wall": [], "cpu": [], "state": "not read yet", "verdicts": None}
    assert "| transparency-check |  |  |  |  |  | not read yet |" in page(figures)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([3.0], 3.0), ([9.0, 1.0, 2.0], 2.0), ([4.0, 1.0, 2.0, 9.0], 3.0)],
    ids=["one", "the middle of three", "between the middle two of four"],
)
def test_median(values: list[float], expected: float) -> None:
    assert median(values) == expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([(10, 1.0), (100, 10.0), (1000, 100.0)], 1.0),
        ([(10, 1.0), (100, 100.0)], 2.0),
        ([(10, 5.0), (1000, 5.0)], 0.0),
    ],
    ids=["in proportion", "with the square", "not at all"],
)
def test_slope(points: list[tuple[float, float]], expected: float) -> None:
    assert slope(points) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("at_least", "value", "met", "factor"),
    [(False, 2.0, True, 1.0), (False, 5.0, False, 2.5), (True, 2.0, True, 1.0), (True, 0.5, False, 4.0)],
    ids=["at most, met", "at most, missed", "at least, met", "at least, missed"],
)
def test_targets_say_by_how_much_they_are_missed(
    at_least: bool, value: float, met: bool, factor: float
) -> None:
    target = Target("", 2.0, "s", lambda _: value, at_least)
    assert target.met(value) is met
    assert target.short_by(value) == factor


def test_growth_that_start_up_hides_is_seen() -> None:
    """In proportion between the larger sizes, nothing between the smaller ones."""
    walls = {1_000: 1.0, 10_000: 1.0, 100_000: 10.0}
    found = Figures([_record("events", "ours", size, "jsonl", wall) for size, wall in walls.items()])
    assert found.steepest("events", "events") == pytest.approx(1.0)
    assert slope(list(walls.items())) == pytest.approx(0.5)


def test_no_evaluation_is_told_where_start_up_is_most_of_it() -> None:
    small = [_record("small", side, 50, "csv", 1.0) for side in ("duckdb", "ours")]
    large = [_record("four", "duckdb", 1000, "csv", 1.9), _record("four", "ours", 1000, "csv", 4.0)]
    assert Figures([*small, *large]).evaluation(1000, "csv") is None


def test_targets_are_taken_from_the_right_figures() -> None:
    """A run made up so that each target has a value of its own."""
    million, ten = 1_000_000, 10_000_000
    found = Figures(
        [
            _record("four", "duckdb", ten, "parquet", 2.0),
            _record("four", "ours", ten, "parquet", 5.0),
            _record("small", "duckdb", 50, "parquet", 1.0),
            _record("small", "ours", 50, "parquet", 2.0),
            _record("small", "duckdb", 50, "jsonl", 1.0),
            _record("small", "ours", 50, "jsonl", 2.0),
            _record("four", "ours", million, "jsonl", 4.0),
            _record("four", "ours", million, "csv", 8.0),
            _record("pack", "ours", million, "jsonl", 12.0, duties=100, findings=2_000_000),
            _record("start", "ours", 50, "jsonl", 2.0, what="50 events, whole pack"),
            _record("single", "duckdb", million, "jsonl", 1.5),
            _record("duties", "ours", 100_000, "jsonl", 4.0, duties=1),
            _record("duties", "ours", 100_000, "jsonl", 24.0, duties=101),
        ]
    )
    told = {target.text: target.measured(found) for target in TARGETS if "stretch" not in target.text}
    known = {text: value for text, value in told.items() if value is not None}
    assert list(known.values()) == pytest.approx(
        [2.5, 3.0, 0.25, 0.125, 5.0, 12 / 51, 3.0, 0.1, math.log(6, 101), 2.0]
    ), known


def _record(
    group: str,
    side: str,
    events: int,
    form: str,
    wall: float,
    duties: int = 4,
    findings: int = 0,
    what: str = "",
) -> dict[str, Any]:
    return {
        "group": group, "side": side, "events": events, "format": form, "wall": [wall], "cpu": [wall],
        "peak": 1, "duties": duties, "verdicts": {"findings": findings}, "what": what, "state": "",
    }  # fmt: skip


def _figures() -> dict[str, Any]:
    return dict(json.loads(FIGURES.read_text(encoding="utf-8")))
