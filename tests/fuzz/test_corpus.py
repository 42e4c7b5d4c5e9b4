"""What fuzzing has found, once more without it: every input of the corpus keeps every promise."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bad_input.promises import read_bytes
from fuzz.targets import CORPUS, Target, targets
from readers.both_ways import assert_same
from readers.small_pack import MUNICIPALITIES, VOCABULARY, ZONE
from transparency_check.logs import read_logs
from transparency_check.plugins import load_registry

TARGETS = targets()
READERS = load_registry(plugins=False).readers


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_input_of_a_target(target: Target) -> None:
    for path in target.inputs():
        target.run(path.read_bytes())


def test_every_reader_is_a_target_and_has_a_corpus() -> None:
    """A new reader is one by existing; its corpus begins with what it reads well (``fuzz/seeds.py``)."""
    assert [target.name for target in TARGETS][: len(READERS)] == [reader.name for reader in READERS]
    assert [target.name for target in TARGETS if not target.inputs()] == []
    assert {path.name for path in CORPUS.iterdir()} == {target.name for target in TARGETS}
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 1_000_000


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.name))
def test_every_reader_takes_the_corpora_of_the_others(reader: object) -> None:
    for target in TARGETS:
        if target.name != reader.name:  # type: ignore[attr-defined]
            for path in target.inputs():
                read_bytes(reader, path.read_bytes())  # type: ignore[arg-type]


def test_the_lines_of_the_corpus_read_both_ways(tmp_path: Path) -> None:
    """What reached new code of the exact reader, each line among clean ones, in one log."""
    inputs = next(target.inputs() for target in TARGETS if target.name == "jsonl")
    lines = [line for path in inputs for line in path.read_bytes().split(b"\n")]
    clean = b'{"id": "clean-%d", "type": "meeting.held", "time": "2026-11-02", "municipality": "kline"}'
    log = tmp_path / "log.jsonl"
    log.write_bytes(b"\n".join(part for n, line in enumerate(lines) for part in (clean % n, line)))
    exact, fast = (
        read_logs([log], VOCABULARY, MUNICIPALITIES, ZONE, prove_from=prove_from) for prove_from in (None, 0)
    )
    assert_same(exact, fast, VOCABULARY)
    assert fast.clean is not None
    assert fast.clean.size >= len(lines)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_changed_inputs(target: Target) -> None:
    """A little of what fuzzing does, the same each time."""
    assert target.mutate is not None, "give it a mutator that keeps its inputs near to valid ones"
    rng = random.Random(1)
    for path in target.inputs()[:10]:
        data = path.read_bytes()
        for _ in range(2):
            data = target.mutate(data, rng)
            target.run(data)
