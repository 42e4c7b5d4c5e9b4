"""Engine and reference evaluator agree on seeded random packs and logs; `make differential` goes on from
there.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from . import differential, reached
from .questions import PACKS, answer, ask

# The number of events by seed. Most of what a question costs it costs before the first event, so most
# obligations are those of a few long logs, whose packs give many; the others are for variety of packs.
SIZES = dict.fromkeys((*range(7_013, 7_019), 7_021), 600) | {7_034: 3_600, 7_044: 6_500, 7_052: 3_600}
Judged = tuple[int, list[str], reached.Table]


@pytest.fixture(scope="module")
def compared() -> dict[int, Judged]:
    """Per seed what ``differential.judge`` gives; filled by the comparisons, read by what counts them."""
    return {}


@pytest.mark.parametrize("seed", SIZES)
def test_engine_and_reference_agree(seed: int, compared: dict[int, Judged]) -> None:
    question = ask(seed, PACKS[seed % len(PACKS)], SIZES[seed])
    answered = answer(question)
    compared[seed] = len(answered.verdicts), answered.differences, reached.tally(question, answered)
    assert not answered.differences, "\n".join(answered.differences)


def test_the_comparison_reaches_what_it_is_about(compared: dict[int, Judged]) -> None:
    """Every shape, outcome and kind of log among 20,000 obligations; the long run reaches every key."""
    if set(compared) != set(SIZES):
        pytest.skip("only some of the comparisons were run")
    table: reached.Table = {}
    for _, _, more in compared.values():
        reached.added(table, more)
    assert sum(number for number, _, _ in compared.values()) >= 20_000
    lacking = reached.missing(table)
    assert not [row for row in lacking if row.startswith(("shape ", "log: "))]
    assert {o for row, counts in table.items() if row.startswith("shape ") for o in counts} == {
        *("fulfilled", "late", "violated", "pending", "undetermined", "not_applicable"),
    }


def test_a_run_is_resumed_where_it_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def judge(task: differential.Task) -> tuple[int, int, list[str], reached.Table]:
        seen.append(task[0])
        return task[0], 100, [], {}

    class Here:
        """A pool that works in this process."""

        def __init__(self, workers: int) -> None:
            self.imap = map

        def __enter__(self) -> Here:
            return self

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(differential, "judge", judge)
    monkeypatch.setattr(differential, "Pool", Here)
    file = tmp_path / "run.json"
    assert differential.main(["--logs", "3", "--seed", "5", "--json", str(file)]) == 0
    assert json.loads(file.read_text())["obligations"] == 300
    assert differential.main(["--logs", "5", "--json", str(file), "--resume", str(file)]) == 0
    told = json.loads(file.read_text())
    assert (seen, told["logs"], told["seed"]) == ([5, 6, 7, 8, 9], 5, 5)


def test_a_difference_is_told_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An evaluator that fails is a difference, the run ends with 1, and the summary names the seed."""
    file = tmp_path / "run.json"

    def fails(question: object) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr("reference.questions.ours", fails)
    lines = answer(ask(1, PACKS[0], 20)).differences
    assert lines == ["the engine fails: ZeroDivisionError: by design"]
    run = differential.Tally(1, differing=[{"seed": 1, "obligations": 1, "told": lines}])
    file.write_text(json.dumps(run.summary()))
    assert differential.Tally.read(file).differing == run.differing
    assert differential.main(["--json", str(file), "--resume", str(file), "--stop", "1"]) == 1
