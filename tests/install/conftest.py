"""One build for all tests of this folder: of a checkout with few duties, or with WHOLE_WHEEL=yes of this one
(``make whole-wheel``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from install.environments import ROOT, build, copy_of_the_checkout


class Built(NamedTuple):
    checkout: Path
    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The wheel and the source archive of a checkout."""
    folder = tmp_path_factory.mktemp("dist")
    checkout = ROOT
    if not os.environ.get("WHOLE_WHEEL"):
        packs = ("information-office", "klgi")
        checkout = copy_of_the_checkout(folder / "checkout", kept="XK-MTG-001", packs=packs)
    build(checkout, folder, kinds=("sdist", "wheel"))
    return Built(checkout, next(folder.glob("*.whl")), next(folder.glob("*.tar.gz")))
