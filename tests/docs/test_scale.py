"""The page on clusters shows the figures that were kept, and what follows from them. Nothing here takes a
time.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from bench.scale_page import figures_of, line_of, shares_of
from bench.scaled import FIGURES, PAGE, with_figures


def test_the_page_is_made_of_the_figures() -> None:
    kept = json.loads(FIGURES.read_text(encoding="utf-8"))
    told = PAGE.read_text(encoding="utf-8")
    assert told == with_figures(told, figures_of(kept)), "run: python -m bench.scale --page"


def _point(events: int, wall: float, tasks: float | None = None) -> dict[str, Any]:
    told = {"events": events, "wall": wall, "bytes": events * 190, "peak": 2**30, "start": 4.0}
    told |= {"findings": events * 2, "report": "a" * 64, "report_bytes": 9, "lines": "b" * 64}
    spark = {"cores": 2, "seconds": tasks, "shuffled": events * 90}
    return told if tasks is None else told | {"spark": spark}


# Ten seconds, and 100 microseconds an event: 150 of a task, which two cores share, and 25 of the driver.
SPARK = [_point(100_000, 20.0, 15.0), _point(1_000_000, 110.0, 150.0), _point(10_000_000, 1_100.0, 1_500.0)]
ALONE = [_point(100_000, 6.0), _point(1_000_000, 51.0), _point(10_000_000, 510.0)]
_MACHINE = {"cores": 2, "processor": "P", "load": 0.1}
_RUN = {"command": "python -m bench.scale", "commit": "abc", "day": "2026-11-29", "machine": _MACHINE}


def test_the_line_and_what_it_is_made_of() -> None:
    assert line_of(SPARK) == pytest.approx((10.0, 1e-4))
    assert shares_of(SPARK) == pytest.approx((2.5e-5, 1.5e-4))


def test_what_the_page_says_of_figures() -> None:
    measured = [
        {"side": "one process", "shown": "all", "points": ALONE},
        {"side": "spark", "shown": "all", "points": SPARK},
    ]
    same = [
        {"partitions": None, "split_at": None, **_point(100_000, 6.0)},
        {"partitions": 8, "split_at": 2_000, **_point(100_000, 20.0, 15.0)},
    ]
    told = figures_of(
        {
            "same": {**_RUN, "rules": ["XK-MTG-001"], "same": True, "runs": same},
            "scale": {**_RUN, "rounds": 3, "measured": measured},
        }
    )
    # Foretold by the first two: 10 + 1000, which took 1100.
    assert "| 20.0 | 110.0 | 1,100.0 | 1,010.0 | -8% |" in told
    assert "; 1 of the duties): the same bytes." in told
    assert "| Spark, 8 parts, municipalities with more than 2,000 records by case | 100,000 |" in told
    # 50 microseconds of one process against 25 + 150 / cores.
    assert "2 cores: never" in told
    assert "16 cores: from 576,000 events on" in told
    assert "| a country of 38 municipalities | 1.9 M |" in told
    assert "**not the same bytes**" in figures_of(
        {"same": {**_RUN, "rules": [], "same": False, "runs": same}}
    )
