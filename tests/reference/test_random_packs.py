"""Random packs: valid for the program that loads them, alike for a seed, and of every shape."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook

from . import reached
from .questions import TRIAL, book
from .random_packs import random_pack, write_pack


def _plain(rulebook: Rulebook) -> dict[str, object]:
    names = ("zone", "calendar_range", "vocabulary", "municipalities", "calendar", "duties", "pack_of")
    return rulebook.model_dump(include=set(names))


@pytest.mark.parametrize("seed", range(6))
def test_a_random_pack_is_one_that_the_program_loads(seed: int, tmp_path: Path) -> None:
    """Its files, with those of its local pack, pass the loader's checks and give the same rulebook."""
    made = random_pack(random.Random(seed), book(TRIAL), 16)
    assert len(made.duties) >= 12
    folders = write_pack(tmp_path, made)
    assert _plain(load_rulebook([str(folders[-1])], cache=False)) == _plain(made)


def test_a_seed_gives_one_pack() -> None:
    assert _plain(random_pack(random.Random(3), book(TRIAL), 6)) == _plain(
        random_pack(random.Random(3), book(TRIAL), 6)
    )


def test_the_packs_draw_nearly_every_key_of_the_model() -> None:
    # Hours never stand where days are counted: the checker of packs refuses them there.
    wanted = set(reached.possible()) - {"Span.unit=hour", "Version.unit=hour"}
    for seed in range(80):
        for duty in random_pack(random.Random(seed), book(TRIAL), 24).duties:
            wanted -= reached.keys_of(duty)
        if not wanted:
            return
    assert not wanted
