"""The README shows what the program prints, and its commands are the ones that are run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cli.conftest import Run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ transparency-check ([^\n]*)\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_the_output_shown_is_the_output(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, shown: str
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(*shlex.split(command)).stdout == shown


def test_there_is_output_to_compare() -> None:
    assert BLOCKS
    assert all(shown.strip() for _, shown in BLOCKS)


def test_it_fits_a_screen() -> None:
    assert len(README.splitlines()) <= 85


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "run the tests:" in script
    assert re.search(r"run the tests:\n\n```sh\npython3 -m venv [^\n]*pytest[^\n]*\n```", README)
