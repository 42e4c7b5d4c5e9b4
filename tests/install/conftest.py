"""One build for all tests of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from install.environments import ROOT, build


class Built(NamedTuple):
    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The wheel and the source archive of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder, kinds=("sdist", "wheel"))
    return Built(next(folder.glob("*.whl")), next(folder.glob("*.tar.gz")))
