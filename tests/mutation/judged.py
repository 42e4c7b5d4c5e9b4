"""Random logs and the examples of packs, judged by the engine: what ``reference/test_differential.py``,
``make differential`` and ``make lint-packs`` ask at length, in small portions.

What the reference evaluator says of a log does not depend on the changed code: it is kept in the folder that
``MUTATION_KNOWN`` names.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from reference.questions import PACKS, TRIAL, answer, ask, theirs
from transparency_check.packs import load_rulebook
from transparency_check.trials.examples import run_all

KNOWN = Path(os.environ.get("MUTATION_KNOWN", "."))
# Logs with so many records. Small ones come first: most changes are noticed by them.
LOGS = [*((seed, 60) for seed in range(24)), *((seed, 240) for seed in range(100, 111))]


@pytest.mark.parametrize(("seed", "size"), LOGS)
def test_log(seed: int, size: int) -> None:
    question = ask(seed, PACKS[seed % len(PACKS)], size)
    file = KNOWN / f"log-{seed}.pickle"
    if file.exists():
        known = pickle.loads(file.read_bytes())
    else:
        known = theirs(question)
        if "MUTATION_KNOWN" in os.environ:
            beside = file.with_suffix(".new")
            beside.write_bytes(pickle.dumps(known))
            beside.replace(file)
    assert answer(question, known).differences == []


@pytest.mark.parametrize("pack", [TRIAL, "kosovo"], ids=("trial", "kosovo"))
def test_examples(pack: str) -> None:
    book = load_rulebook([pack])
    assert [(r.rule, r.name, r.mismatches) for r in run_all(book.duties, book) if r.mismatches] == []
