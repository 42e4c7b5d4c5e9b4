"""What `make check` leaves out is there, and the whole run leaves out nothing."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from order_of_tests import LONG, WHOLE_RUN

TESTS = Path(__file__).parent
ROOT = TESTS.parent


@pytest.mark.parametrize("left", WHOLE_RUN)
def test_what_is_left_out_is_there(left: str) -> None:
    file, _, name = left.partition("::")
    source = (TESTS / file).read_text(encoding="utf-8")
    assert re.search(rf"^def {name.partition('[')[0] or 'test_'}", source, re.MULTILINE)


@pytest.mark.parametrize("file", LONG)
def test_what_begins_first_is_there(file: str) -> None:
    assert (TESTS / file).exists()


def test_only_make_check_leaves_anything_out() -> None:
    left_out = '-m "not whole_run"'
    assert left_out in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "whole_run" not in (ROOT / "README.md").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    assert not {"-m", "-k"} & {*settings["ini_options"]["addopts"]}


def test_of_every_test_make_check_takes_a_case(request: pytest.FixtureRequest) -> None:
    """But for the files and tests that are left out by name."""
    chosen: dict[str, bool] = {}
    for item in request.session.items:
        name = item.nodeid.partition("[")[0]
        named = any(left.partition("[")[0] in f"{name}::" for left in WHOLE_RUN)
        taken = item.get_closest_marker("whole_run") is None
        chosen[name] = chosen.get(name, False) or taken or named
    assert [name for name, taken in chosen.items() if not taken] == []
