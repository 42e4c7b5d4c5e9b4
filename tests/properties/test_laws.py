"""The laws of behaviour on a few cases; `make properties` tries them on many."""

from __future__ import annotations

import random

import pytest

from properties import laws
from properties.laws import LAWS
from properties.transitions import allowed, conditional
from transparency_check.model import OUTCOMES

# Of a drawn pack and of Kosovo's (see ``judging.PACKS``), for one law after the other in turn.
SEEDS = (20, 23)


@pytest.mark.parametrize(("name", "seed"), [(name, SEEDS[n % len(SEEDS)]) for n, name in enumerate(LAWS)])
def test_the_law_holds(name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "PROOFS", 3)
    assert LAWS[name](seed, random.Random(seed)) == []


def test_the_table_of_transitions_is_whole_4_22() -> None:
    """Every outcome has a row, may stay as it is, and may become what it says once, on a condition or
    without.
    """
    table, more = allowed(), conditional()
    assert set(table) == set(more) == set(OUTCOMES)
    for outcome, after in table.items():
        assert outcome in after
        assert not after & more[outcome]
        assert after | more[outcome] <= set(OUTCOMES)
    assert table["pending"] == table["undetermined"] == set(OUTCOMES)
    assert "violated" not in table["fulfilled"]
    assert "fulfilled" not in table["violated"] | table["late"]
