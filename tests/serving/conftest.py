"""Servers that the tests of a module share, where they only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .made import SESSION, Made, serving, with_register

SAMPLE = Path(__file__).parents[2] / "samples" / "session" / "log.jsonl"


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A server of a log that is only read."""
    with serving(tmp_path_factory.mktemp("logs"), str(SAMPLE), day=20, select=("MTG",)) as made:
        yield made


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A server of a register that holds one session."""
    with with_register(tmp_path_factory.mktemp("register"), SESSION) as made:
        yield made
