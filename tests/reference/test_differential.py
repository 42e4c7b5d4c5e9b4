"""Engine and reference evaluator agree on seeded random logs; `make differential` goes on from there."""

from __future__ import annotations

import pytest

from .differential import PACKS, compare_seed, load_rulebook


@pytest.mark.parametrize("seed", range(7_000, 7_012))
def test_engine_and_reference_agree(seed: int) -> None:
    judged, lines = compare_seed(seed, load_rulebook([PACKS[seed % len(PACKS)]]), size=400)
    assert not lines, "\n".join(lines)
    assert judged > 0
