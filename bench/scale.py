"""``python -m bench.scale``: what a cluster costs, and whether ten times the events cost what is foretold.

    python -m bench.scale --events 1000000 --rounds 3 --write
    python -m bench.scale --events 50000
    python -m bench.scale --page

Judges a tenth of the events and all of them, by all duties, in one process and on Spark, in turns; takes
constants from the medians; foretells ten times the events; and judges these. With ``--write`` all of it goes
into ``docs/scale.json`` and ``docs/scale.md``; ``--page`` writes the page again from the figures.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from .judged import SHOWN
from .scale_page import figures_of, line_of
from .scaled import FIGURES, PAGE, log_of, noted, run, with_figures, write
from .targets import median

SIDES = {"one process": [], "spark": ["--partitions", "0"]}


def main() -> int:
    """Measure, foretell, measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shown", choices=SHOWN[:2], help="only this: the table, or all findings as JSON")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--page", action="store_true")
    asked = parser.parse_args()
    if asked.page:
        kept = json.loads(FIGURES.read_text(encoding="utf-8"))
        PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), figures_of(kept)), encoding="utf-8")
        return 0
    figures: dict[str, Any] = noted("scale") | {"rounds": asked.rounds, "measured": []}
    for shown in [asked.shown] if asked.shown else SHOWN[:2]:
        measured = {side: _measured(side, asked.events, asked.rounds, shown) for side in SIDES}
        for side, points in measured.items():
            figures["measured"].append({"shown": shown, "side": side, "points": points})
            _tell(shown, side, points)
    if asked.write:
        write("scale", figures, figures_of)
    return 0


def _measured(side: str, events: int, rounds: int, shown: str) -> list[dict[str, Any]]:
    """A tenth, all, and ten times as many; the last once, as nothing is taken from it."""
    points = []
    for number, times in ((events // 10, rounds), (events, rounds), (events * 10, 1)):
        log = log_of(number)
        told = [run(log, *SIDES[side], "--shown", shown) for _ in range(times)]
        points.append(sorted(told, key=lambda each: abs(each["wall"] - median([t["wall"] for t in told])))[0])
    return points


def _tell(shown: str, side: str, points: list[dict[str, Any]]) -> None:
    fixed, each = line_of(points)
    last = points[-1]
    foretold = fixed + each * last["events"]
    wrong = foretold / last["wall"] - 1
    took = f"foretold {foretold:.1f} s, took {last['wall']} s ({wrong:+.0%})"
    sys.stdout.write(f"{side}, {shown}: {last['events']} events {took}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
