"""Every example of the page on Python gives what the page says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/api.md").read_text(encoding="utf-8")


def test_every_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```pycon\n(.*?)```", PAGE, re.DOTALL)
    said: list[str] = []
    runner = doctest.DocTestRunner()
    page = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "api.md", "api.md", 0)
    ran = runner.run(page, out=said.append)
    assert ran.failed == 0, "".join(said)
    assert ran.attempted > 12
