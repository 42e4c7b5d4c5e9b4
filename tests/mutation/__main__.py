"""``python -m mutation``: change the code at one place after another and tell what no test notices.

python -m mutation --area sql --sample 100 --seed 1

Every change is made in a copy of the package and tried by a process of its own, which asks the tests that
reach the changed place, those first that noticed most in the least time, until one fails.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from .changes import AREAS, PACKAGE, Change, changes, changes_of
from .trying import Copies, tried, watched_tests

SURVIVORS = Path(__file__).with_name("survivors.toml")
# Per cent of the changes that something could notice.
ENOUGH = 90
RESULTS = ("noticed", "explained", "not noticed")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--area", action="append", choices=list(AREAS), help="default: all of them")
    parser.add_argument("--file", action="append", help="only files whose path holds this")
    parser.add_argument("--sample", type=int, help="try so many changes of each area, drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="only changes whose text holds this; survivors explained included")
    parser.add_argument(
        "--seconds",
        type=float,
        help="ask each change only the tests that notice most, for so many seconds; others are not noticed",
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--verbose", action="store_true", help="tell of every change what noticed it")
    given = parser.parse_args(arguments)
    reasons = explained()
    figures: dict[str, Counter[str]] = {}
    survivors: list[str] = []
    begun = time.monotonic()
    with Copies(given.workers) as copies:
        for area in given.area or AREAS:
            found = [c for c in changes(area) if not given.file or any(f in c.path for f in given.file)]
            possible = len(found)
            if given.only:
                found = [c for c in found if given.only in str(c)]
            if given.sample is not None and given.sample < len(found):
                found = sorted(random.Random(given.seed).sample(found, given.sample), key=found.index)
            tally = figures[area] = Counter(possible=possible, tried=len(found))
            watched = watched_tests(area, copies)
            for change, told in tried(found, watched, copies, given.seconds):
                result = "noticed" if told.by else "explained" if key(change) in reasons else "not noticed"
                tally[result] += 1
                if result == "not noticed":
                    survivors.append(str(change))
                if result == "not noticed" or given.verbose:
                    by = f" by {told.by}" if told.by else ""
                    _say(f"{result}{by} ({told.asked} tests, {told.seconds:.1f} s): {change}")
            _say(f"{area}: {_summary(tally)}")
    whole: Counter[str] = Counter()
    for tally in figures.values():
        whole.update(tally)
    if given.json is not None:
        told_of = {
            "seed": given.seed,
            "sample": given.sample,
            "seconds": given.seconds,
            "areas": {area: _numbers(tally) for area, tally in figures.items()},
            "whole": _numbers(whole),
            "survivors": survivors,
        }
        given.json.write_text(json.dumps(told_of, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    drawn = f", drawn with seed {given.seed}" if whole["tried"] < whole["possible"] else ""
    _say(f"{_summary(whole)}{drawn}, {time.monotonic() - begun:.0f} s")
    return 0 if _share(whole) >= ENOUGH else 1


def _numbers(tally: Counter[str]) -> dict[str, float]:
    numbers: dict[str, float] = {name: tally[name] for name in ("possible", "tried", *RESULTS)}
    return {**numbers, "per cent": _share(tally)}


def _share(tally: Counter[str]) -> float:
    """Per cent of the changes that something could notice."""
    noticeable = tally["tried"] - tally["explained"]
    return round(100 * tally["noticed"] / noticeable, 1) if noticeable else 100.0


def _summary(tally: Counter[str]) -> str:
    return (
        f"{tally['tried']} of {tally['possible']} possible changes tried, {tally['noticed']} noticed, "
        f"{tally['not noticed']} not noticed, {tally['explained']} that nothing could notice (explained): "
        f"{_share(tally):.1f} % noticed of those that something could"
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def key(change: Change) -> str:
    """What names a change wherever its line moves: the file, the line without its blanks, the change, and
    which of several that are alike it is.
    """
    return _keys(change.path)[change]


@cache
def _keys(path: str) -> dict[Change, str]:
    lines = (PACKAGE / path).read_text(encoding="utf-8").splitlines()
    alike: Counter[str] = Counter()
    keys = {}
    for change in sorted(changes_of(path), key=lambda c: c.start):
        name = " ".join(f"{path}: {lines[change.line - 1]}: {change.before} -> {change.after}".split())
        alike[name] += 1
        keys[change] = name if alike[name] == 1 else f"{name} #{alike[name]}"
    return keys


def explained() -> dict[str, str]:
    """The reasons why nothing could notice a change, by its key."""
    return dict(tomllib.loads(SURVIVORS.read_text(encoding="utf-8")))


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)
