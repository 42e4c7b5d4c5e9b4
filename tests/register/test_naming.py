"""A register is named with an option; who writes its name alone is told so."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run


@pytest.mark.parametrize("command", ["init", "verify"])
def test_a_name_without_its_option_is_told_how_it_is_given(
    run: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("register", command, "office.db")
    assert result.exit_code == 2
    assert f"register {command} --register office.db" in result.stderr
    # Nothing was made under another name meanwhile.
    assert list(tmp_path.iterdir()) == []
