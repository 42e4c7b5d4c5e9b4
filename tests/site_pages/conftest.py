"""One site for all tests of a module that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .made import build


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in all languages, of several municipalities."""
    folder = tmp_path_factory.mktemp("site") / "public"
    result = build(folder, "--licence", "CC BY 4.0")
    assert result.exit_code == 0, result.output
    return folder
