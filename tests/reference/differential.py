"""Engine against reference evaluator: random logs through both, every difference told.

python -m reference.differential --obligations 200000 --seed 1

(from the folder tests; `make differential` does so)
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.engine import evaluate as engine_evaluate
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.times import read_time

from .compare import differences
from .evaluator import evaluate as reference_evaluate
from .random_logs import random_log, random_times, some_duties

TRIAL = Path(__file__).resolve().parent.parent / "packs" / "trial"
PACKS = ("kosovo", str(TRIAL))


@dataclass(frozen=True, slots=True)
class Ours:
    """A finding in the words of the comparison."""

    rule: str
    municipality: str
    case: str | None
    period: str | None
    trigger: str | None
    outcome: str
    due: str | None
    reasons: tuple[str, ...]
    possible: frozenset[str]


def ours(
    records: list[dict[str, Any]], rulebook: Rulebook, as_of: str, known_at: str | None, until: str | None
) -> list[Ours]:
    """The engine's verdicts on the same arguments that the reference evaluator takes."""
    zone = ZoneInfo(rulebook.zone)
    moments = [None if text is None else read_time(text, zone) for text in (as_of, known_at, until)]
    assert moments[0] is not None
    judgement = engine_evaluate(
        [json.dumps(r).encode() for r in records], rulebook, moments[0], moments[1], moments[2]
    )
    return [
        Ours(
            f.rule,
            f.municipality,
            f.case,
            f.period,
            f.trigger.event if f.trigger else None,
            f.outcome,
            f.due,
            f.reasons,
            frozenset(f.possible),
        )
        for f in judgement.findings(all=True)
    ]


def compare_seed(seed: int, rulebook: Rulebook, size: int) -> tuple[int, list[str]]:
    """Number of obligations judged and the differences found for one seed."""
    rng = random.Random(seed)
    narrowed = some_duties(rng, rulebook, rng.choice((1, 2, 4, 8)))
    records = random_log(rng, narrowed, size)
    as_of, known_at, until = random_times(rng, narrowed, records)
    theirs = reference_evaluate(records, narrowed, as_of, known_at, until)
    mine = ours(records, narrowed, as_of, known_at, until)
    lines = differences(mine, theirs)
    if lines:
        lines = [
            f"seed {seed}: as_of {as_of}, known_at {known_at}, until {until}",
            f"duties {[d.id for d in narrowed.duties]}",
            *lines,
        ]
    return len(theirs), lines


@cache
def _rulebook(pack: str) -> Rulebook:
    return load_rulebook([pack])


def judge_seed(task: tuple[int, str, int]) -> tuple[int, list[str]]:
    """``compare_seed`` for a worker process: the pack by its name."""
    seed, pack, size = task
    return compare_seed(seed, _rulebook(pack), size)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--obligations", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=250, help="records per log")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--pack", action="append", help="pack name or folder; default: kosovo and the trial pack in turn"
    )
    parser.add_argument("--stop", type=int, default=5, help="stop after so many logs with differences")
    arguments = parser.parse_args()
    packs = arguments.pack or PACKS
    total, logs, wrong, started = 0, 0, 0, time.monotonic()
    with Pool(arguments.workers) as pool:
        # In batches: a pool draws from an endless iterator without end.
        while total < arguments.obligations and wrong < arguments.stop:
            seeds = range(arguments.seed + logs, arguments.seed + logs + 20 * arguments.workers)
            for judged, lines in pool.imap(
                judge_seed, [(s, packs[s % len(packs)], arguments.size) for s in seeds]
            ):
                total, logs, wrong = total + judged, logs + 1, wrong + bool(lines)
                if lines:
                    sys.stdout.write("\n".join(lines) + "\n\n")
                    sys.stdout.flush()
    spent = time.monotonic() - started
    sys.stdout.write(
        f"{total} obligations in {logs} logs from seed {arguments.seed}, "
        f"{wrong} logs with differences, {spent:.0f} s\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
