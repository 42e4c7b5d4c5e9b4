"""Random logs in random parts against the whole of them.

    python -m cluster.campaign --seeds 7000-7100 --records 60
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from reference.questions import PACKS, Question, ask, judged
from transparency_check.cluster.judging import Cluster, Sizes, Workers
from transparency_check.cluster.merged import Gathered
from transparency_check.engine import Judgement
from transparency_check.model import Log, Outcome
from transparency_check.times import read_time

from .here import Here

MOST: dict[Outcome, int] = {"fulfilled": 1, "violated": 2, "undetermined": 2, "pending": 3}


def asked(seed: int, records: int) -> Question:
    """A question of drawn duties, of Kosovo's, of those of a trial."""
    return ask(seed, PACKS[seed % len(PACKS)], records)


def differences(question: Question, whole: Judgement, workers: Workers, sizes: Sizes) -> Iterator[str]:
    """What parts say otherwise than the whole."""
    log = Log([json.dumps(record).encode() for record in question.records], [], [])
    cluster = Cluster(workers, sizes)
    cluster.read(log, question.rulebook)
    parts = _judged(cluster, question)
    findings = whole.findings()
    rules = sorted({finding.rule for finding in findings})[::2]
    chosen = parts.paged(rules)
    sampled = _judged(cluster, question, MOST)
    for what, found, expected in (
        ("findings", parts.findings(), findings),
        ("pages", [*chosen], [finding for finding in findings if finding.rule in rules]),
        ("number", len(chosen), sum(finding.rule in rules for finding in findings)),
        ("weights", chosen.weights(), whole.paged(rules).weights()),
        ("sample", sampled.sample(MOST), whole.sample(MOST)),
        ("size", parts.size, whole.size),
        ("counts", parts.counts(), whole.counts()),
        ("obligations", parts.obligations(), whole.obligations()),
        ("versions", parts.versions(), whole.versions()),
        ("events", parts.events, whole.events),
        ("files", parts.files(), whole.files()),
        ("municipalities", parts.municipalities(), whole.municipalities()),
        ("assumed coverage", parts.assumed_coverage, whole.assumed_coverage),
        ("problems", sorted(map(str, parts.problems)), sorted(map(str, whole.problems))),
    ):
        if found != expected:
            yield what


def _judged(cluster: Cluster, question: Question, most: dict[Outcome, int] | None = None) -> Gathered:
    zone = ZoneInfo(question.rulebook.zone)
    texts = (question.as_of, question.known_at, question.until)
    as_of, known_at, until = (None if text is None else read_time(text, zone) for text in texts)
    assert as_of is not None
    return cluster.judged(question.rulebook, as_of, known_at, until, most)


def sizes_of(seed: int) -> Sizes:
    """So few records a municipality that most are split, every third time that none is."""
    rng = random.Random(seed)
    return Sizes(parts=rng.randint(1, 4), most=rng.choice((5, 15, 1_000_000)))


def main() -> int:
    """Ask all seeds; say which differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="7000-7050")
    parser.add_argument("--records", type=int, default=60)
    arguments = parser.parse_args()
    first, last = map(int, arguments.seeds.split("-"))
    different = number = 0
    for seed in range(first, last):
        question = asked(seed, arguments.records)
        whole = judged(question)
        number += len(whole.findings())
        if found := [*differences(question, whole, Here(seed), sizes_of(seed))]:
            different += 1
            print(f"{seed}: {', '.join(found)}", flush=True)
    print(f"{last - first} logs with {number} findings, {different} of them different in parts")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main())
