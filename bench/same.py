"""``python -m bench.same``: one process and Spark on the same log, byte for byte.

    python -m bench.same --events 10000000 --partitions 3,8,38 --write
    python -m bench.same --events 100000 --partitions 2,5 --split-at 2000

Judges one log by all duties in one process, then on Spark in each of these numbers of parts, and compares
digests of the whole JSON report, all findings in it, and of the same as JSON Lines. ``--split-at`` has
municipalities with more records split by case. With ``--write`` what came of it goes into ``docs/scale.json``
and ``docs/scale.md``.
"""

from __future__ import annotations

import argparse
import sys

from .scale_page import figures_of
from .scaled import log_of, noted, run, write


def main() -> int:
    """Judge and compare; 1 where anything differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--partitions", default="3,8,38", help="numbers of parts, comma between them")
    parser.add_argument("--split-at", type=int, help="records from which a municipality is split by case")
    parser.add_argument("--write", action="store_true", help="keep what came of it, and write the page")
    asked = parser.parse_args()
    log = log_of(asked.events)
    more = [] if asked.split_at is None else ["--split-at", str(asked.split_at)]
    runs = [{"partitions": None} | run(log)]
    _tell(runs[-1])
    for number in asked.partitions.split(","):
        runs.append({"partitions": int(number)} | run(log, "--partitions", number, *more))
        _tell(runs[-1])
    same = len({(told["report"], told["lines"]) for told in runs}) == 1
    sys.stdout.write("the same bytes\n" if same else "NOT the same bytes\n")
    if asked.write:
        write("same", noted("same") | {"split_at": asked.split_at, "same": same, "runs": runs}, figures_of)
    return 0 if same else 1


def _tell(told: dict[str, object]) -> None:
    parts = "one process" if told["partitions"] is None else f"{told['partitions']} parts"
    number = f"{told['findings']} findings of {told['events']} events"
    sys.stdout.write(f"{parts}: {number}, {told['wall']} s, {told['report']}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
