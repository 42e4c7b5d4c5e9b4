"""compare: one log judged twice, and only what moves."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Run

LOG = "samples/klina/log.jsonl"
DUTY = ("--select", "XK-MTG-001")
BASE = ("compare", LOG, *DUTY, "--as-of", "2026-11-20")
READINGS = ("--reading", "XK-MTG-001=lenient", "--against-reading", "XK-MTG-001=clear")


def compared(run: Run, *options: str) -> dict[str, Any]:
    result = run(*BASE, *options, "--format", "json")
    found: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == (1 if found["moved"] else 0)
    return found


def judged(run: Run, *options: str) -> dict[str, Any]:
    """The findings of one side by their ids, as ``check`` gives them."""
    report = json.loads(run("check", LOG, *DUTY, *options, "--format", "json", "--all").stdout)
    return {finding["id"]: finding for finding in report["findings"]}


@pytest.fixture
def strict(tmp_path: Path) -> str:
    """A configuration that settles the clear reading."""
    file = tmp_path / "strict.toml"
    file.write_text('[readings]\n"XK-MTG-001" = {reading = "clear", by = "A. K."}\n', encoding="utf-8")
    return str(file)


def test_two_readings_move_what_they_decide_and_nothing_else(run: Run, strict: str) -> None:
    found = compared(run, *READINGS)
    clear = judged(run, "--as-of", "2026-11-20", "--config", strict)
    moves = {move["id"]: move for move in found["moves"]}
    assert found["same"] + found["moved"] == len(clear)
    assert {id_: move["after"]["due"] for id_, move in moves.items()} == {
        id_: clear[id_]["due"] for id_ in moves
    }
    outcomes = [(move["before"]["outcome"], move["after"]["outcome"]) for move in moves.values()]
    assert ("fulfilled", "late") in outcomes
    assert ("not_applicable", "not_applicable") not in outcomes
    assert found["verdicts"] == sum(before != after for before, after in outcomes) < found["moved"]
    assert Counter(outcomes) == {(n["before"], n["after"]): n["number"] for n in found["rules"]}
    assert [n["municipality"] for n in found["municipalities"]] == ["kline"] * len(found["rules"])


def test_a_configuration_against_none(run: Run, strict: str) -> None:
    found = compared(run, "--against-config", strict)
    assert found["before"]["configuration"]["file"] is None
    assert found["after"]["configuration"]["file"] == strict
    assert any("readings_differ" in move["before"]["reasons"] for move in found["moves"])
    assert not any("readings_differ" in move["after"]["reasons"] for move in found["moves"])
    back = compared(run, "--config", strict, "--against-no-config")
    assert [(m["id"], m["after"]) for m in back["moves"]] == [(m["id"], m["before"]) for m in found["moves"]]


def test_a_draft_of_a_pack(run: Run, tmp_path: Path) -> None:
    """An instruction that would ask for five working days instead of seven."""
    draft = tmp_path / "kosovo"
    shutil.copytree("rules/kosovo", draft)
    (file,) = draft.rglob("XK-MTG-001*.yaml")
    text = file.read_text(encoding="utf-8")
    assert "n: 7" in text
    file.write_text(text.replace("n: 7", "n: 5"), encoding="utf-8")
    found = compared(run, "--against-pack", str(draft), "--no-cache")
    assert found["before"]["packs"][0]["sha256"] != found["after"]["packs"][0]["sha256"]
    assert ("late", "fulfilled") in {(m["before"]["outcome"], m["after"]["outcome"]) for m in found["moves"]}


def test_two_moments_and_what_was_known(run: Run) -> None:
    found = compared(run, "--against-as-of", "2026-09-10")
    arisen = [move for move in found["moves"] if move["after"] is None]
    assert arisen
    assert all(move["changed"] == [] for move in arisen)
    assert compared(run, "--against-known-at", "2026-11-20")["moved"] == 0


def test_people_read_counts_first_then_what_moves(run: Run) -> None:
    shown = run(*BASE, *READINGS).stdout
    assert "of them in their outcome" in shown
    assert shown.index("Number") < shown.index("#10c3d72222500a8f") < shown.index("#e24d06208639a332")
    assert run(*BASE, *READINGS, "--format", "markdown").stdout.startswith("# What moves")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Both sides would be the same"),
        (("--against-as-of", "2026-11-20"), "Both sides would be the same"),
        (("--against-reading", "XK-MTG-001"), "write DUTY=READING"),
        (("--against-reading", "XK-MTG-01=clear"), "Did you mean `XK-MTG-001`?"),
        (("--against-reading", "XK-MTG-001=cleer"), "Did you mean `clear`?"),
        (("--against-config", "there.toml"), "could not be read"),
        (("--against-pack", "kosvo"), "kosovo"),
        (("--against-config", "x.toml", "--against-no-config"), "exclude each other"),
        (("--against-config", "x.toml", "--output", "x.toml"), "is the configuration"),
    ],
)
def test_mistakes(run: Run, options: tuple[str, ...], said: str) -> None:
    result = run(*BASE, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
