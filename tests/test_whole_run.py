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
