"""The nearest configuration is used, unless another or none is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from configuration.conftest import Office
from transparency_check.configuration.read import found_file


def shown(office: Office, *args: str) -> str | None:
    result = office.run("config", "show", "--format", "json", "--no-plugins", *args)
    assert result.exit_code == 0, result.output
    name: str | None = json.loads(result.stdout)["file"]
    return name


def test_the_nearest_upward(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.configure('municipality = "kline"\n')
    deep = office.folder / "2026" / "march"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert shown(office) == "../../transparency-check.toml"
    office.configure('municipality = "peje"\n', "2026/transparency-check.toml")
    assert shown(office) == "../transparency-check.toml"
    assert shown(office, "--config", "../../transparency-check.toml") == "../../transparency-check.toml"
    assert shown(office, "--no-config") is None


def test_never_above_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home" / "office").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "transparency-check.toml").write_text("")
    assert found_file(tmp_path / "home" / "office") is None
    (tmp_path / "home" / "transparency-check.toml").write_text("")
    assert found_file(tmp_path / "home" / "office") == tmp_path / "home" / "transparency-check.toml"
    # A folder that is not below the home folder is searched up to the root.
    (tmp_path / "elsewhere").mkdir()
    assert found_file(tmp_path / "elsewhere") == tmp_path / "transparency-check.toml"


def test_none_is_told(office: Office) -> None:
    result = office.run("config", "show")
    assert result.exit_code == 0
    assert result.stdout.startswith("No transparency-check.toml in this folder or above it")


def test_folders_of_packs_are_relative_to_the_file(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.configure('packs = ["../own"]\n')
    (office.folder / "logs").mkdir()
    monkeypatch.chdir(office.folder / "logs")
    result = office.run("config", "show", "--format", "json", "--no-plugins")
    assert json.loads(result.stdout)["packs"] == ["kosovo", "own"]
    listed = office.run("rules", "list", "--select", "DOC", "--no-plugins")
    assert "XX-DOC-001" in listed.stdout
    # Packs named on the command line take the place of all of them.
    result = office.run("config", "show", "--format", "json", "--no-plugins", "--pack", "kosovo")
    assert json.loads(result.stdout)["packs"] == ["kosovo"]
