"""Engine against reference evaluator: random packs and logs through both, every difference told.

python -m reference.differential --obligations 20000 --seed 1

(from the folder tests; `make differential` does so). A seed gives one question, so a run that was broken off
goes on with `--resume FILE`, where FILE is what `--json` wrote, and a difference is looked at again with
`--seed N --logs 1 --reduce`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from . import reached
from .questions import PACKS, Question, answer, ask
from .reduce import reduced, told

OBLIGATIONS = 1_000_000
PROGRESS = 30.0
Task = tuple[int, str, int]


@dataclass
class Tally:
    """What a run has done so far; the next seed is ``seed + logs``."""

    seed: int
    obligations: int = 0
    logs: int = 0
    seconds: float = 0.0
    differing: list[dict[str, Any]] = field(default_factory=list)
    table: reached.Table = field(default_factory=dict)

    def summary(self) -> dict[str, Any]:
        """The run as JSON."""
        return {
            "seed": self.seed,
            "logs": self.logs,
            "obligations": self.obligations,
            "differences": sum(d["obligations"] for d in self.differing),
            "logs_with_differences": len(self.differing),
            "seconds": round(self.seconds, 1),
            "differing": self.differing,
            "not_reached": reached.missing(self.table),
            "reached": {row: dict(counts) for row, counts in sorted(self.table.items())},
        }

    @classmethod
    def read(cls, file: Path) -> Tally:
        """A run that was written by ``--json``, to go on with. Raises ValueError, OSError, KeyError."""
        told = json.loads(file.read_text(encoding="utf-8"))
        table = {row: Counter(counts) for row, counts in told["reached"].items()}
        return cls(told["seed"], told["obligations"], told["logs"], told["seconds"], told["differing"], table)


def judge(task: Task) -> tuple[int, int, list[str], reached.Table]:
    """Seed, obligations judged, differences, and what was reached: for a worker process."""
    seed, pack, size = task
    question = ask(seed, pack, size)
    answered = answer(question)
    lines = answered.differences
    if lines:
        lines = [
            (
                f"seed {seed}, pack {pack}: as_of {question.as_of}, known_at {question.known_at}, "
                f"until {question.until}"
            ),
            *lines,
        ]
    return seed, len(answered.verdicts), lines, reached.tally(question, answered)


def tasks(seed: int, packs: tuple[str, ...], size: int) -> Iterator[Task]:
    """The questions from a seed on: each seed always asks about the same pack."""
    while True:
        yield seed, packs[seed % len(packs)], size
        seed += 1


def smaller(question: Question) -> str:
    """A question on which the evaluators differ, reduced to what the first difference needs."""
    first = answer(question).differences

    def differs(tried: Question) -> bool:
        lines = answer(tried).differences
        rule = first[0].split()[0]
        what = first[1].split(":")[0] if len(first) > 1 else ""
        return any(line.startswith(rule) for line in lines) and any(line.startswith(what) for line in lines)

    less = reduced(question, differs)
    return "\n".join([told(less), *answer(less).differences])


def main(given: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--obligations", type=int, default=OBLIGATIONS, help="how many to judge (1,000,000)")
    parser.add_argument("--logs", type=int, help="how many logs at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=600, help="records per log")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--pack", action="append", help="`drawn`, or pack names or folders joined by +; default: all in turn"
    )
    parser.add_argument("--stop", type=int, default=5, help="stop after so many logs with differences")
    parser.add_argument("--reduce", action="store_true", help="make each difference as small as it can be")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the summary, also while running")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="go on with the run that FILE tells of")
    arguments = parser.parse_args(given)
    packs = tuple(arguments.pack or PACKS)
    run = Tally(arguments.seed)
    if arguments.resume is not None and arguments.resume.exists():
        run = Tally.read(arguments.resume)
    before, started, shown = run.seconds, time.monotonic(), time.monotonic()
    with Pool(arguments.workers) as pool:
        following = tasks(run.seed + run.logs, packs, arguments.size)
        # In batches: a pool draws from an endless iterator without end.
        while not _done(run, arguments):
            batch = [next(following) for _ in range(_batch(run, arguments))]
            for seed, judged, lines, table in pool.imap(judge, batch):
                run.obligations, run.logs = run.obligations + judged, run.logs + 1
                reached.added(run.table, table)
                if lines:
                    number = sum(line.startswith("rule=") for line in lines) or 1
                    run.differing.append({"seed": seed, "obligations": number, "told": lines[:20]})
                    _say("\n".join(lines) + "\n")
                    if arguments.reduce:
                        _say(smaller(ask(seed, packs[seed % len(packs)], arguments.size)) + "\n")
            run.seconds = before + time.monotonic() - started
            if time.monotonic() - shown > PROGRESS:
                shown = time.monotonic()
                _say(
                    f"{run.obligations} obligations in {run.logs} logs, {len(run.differing)} logs with "
                    f"differences, {run.seconds:.0f} s"
                )
                _write(arguments.json, run)
    run.seconds = before + time.monotonic() - started
    _write(arguments.json, run)
    _say("\n".join(reached.lines(run.table)) + "\n")
    lacking = reached.missing(run.table)
    _say(f"not reached: {', '.join(lacking) or 'nothing'}")
    _say(
        f"{run.obligations} obligations in {run.logs} logs from seed {run.seed}, "
        f"{len(run.differing)} logs with differences, {run.seconds:.0f} s"
    )
    return 1 if run.differing else 0


def _done(run: Tally, arguments: argparse.Namespace) -> bool:
    enough = arguments.logs is not None and run.logs >= arguments.logs
    return enough or run.obligations >= arguments.obligations or len(run.differing) >= arguments.stop


def _batch(run: Tally, arguments: argparse.Namespace) -> int:
    size: int = 8 * arguments.workers
    return size if arguments.logs is None else min(size, arguments.logs - run.logs)


def _write(file: Path | None, run: Tally) -> None:
    if file is not None:
        file.write_text(json.dumps(run.summary(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
