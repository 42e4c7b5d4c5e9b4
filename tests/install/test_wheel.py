"""The wheel: what is in it, and the program installed from it far from any checkout."""

from __future__ import annotations

import json
import shutil
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from install.conftest import Built
from install.environments import ROOT, Environment, build, copy_of_the_checkout, install

PACKAGE = "transparency_check/"


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def part(content: dict[str, bytes], below: str) -> dict[str, bytes]:
    return {name.removeprefix(below): data for name, data in content.items() if name.startswith(below)}


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return install(tmp_path_factory.mktemp("from-wheel") / "environment", built.wheel)


def test_it_holds_the_program_rules_schemas_and_compiled_packs_and_nothing_else(built: Built) -> None:
    content = contents(built.wheel)
    rules = part(content, f"{PACKAGE}rules/")
    compiled = part(content, f"{PACKAGE}compiled/")
    program = part(content, PACKAGE)
    assert rules == files_below(built.checkout / "rules")
    packs = sorted(folder.name for folder in (built.checkout / "rules").iterdir())
    assert sorted(name.rsplit("-", 1)[0] for name in compiled) == packs
    assert len(packs) > 1
    assert part(content, f"{PACKAGE}schemas/") == files_below(built.checkout / "docs" / "schemas")
    own = {n: d for n, d in program.items() if not n.startswith(("rules/", "compiled/", "schemas/"))}
    assert own == files_below(built.checkout / "src" / "transparency_check")
    assert {name.split("/")[0] for name in content} - {PACKAGE.strip("/")} == {
        f"{'-'.join(built.wheel.name.split('-')[:2])}.dist-info"
    }


def test_the_source_archive_makes_the_same_wheel(built: Built, tmp_path: Path) -> None:
    # Python 3.11.4 brought filters, 3.12 warns where there is none.
    safe: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(built.sdist) as archive:
        archive.extractall(tmp_path, **safe)
    (unpacked,) = tmp_path.iterdir()
    build(unpacked, tmp_path / "dist")
    (again,) = (tmp_path / "dist").glob("*.whl")
    assert contents(again) == contents(built.wheel)


def test_a_pack_with_a_defect_stops_the_build(tmp_path: Path) -> None:
    checkout = copy_of_the_checkout(tmp_path / "checkout", kept="XK-MTG-001")
    pack = checkout / "rules" / "kosovo" / "pack.yaml"
    pack.write_text(pack.read_text("utf-8") + "surprise: 1\n", encoding="utf-8")
    said = build(checkout, tmp_path / "dist", status=1)
    assert "could not be compiled" in said
    assert "surprise" in said
    assert not any((tmp_path / "dist").glob("*.whl"))


def test_a_checkout_without_packs_stops_the_build(tmp_path: Path) -> None:
    checkout = copy_of_the_checkout(tmp_path / "checkout")
    shutil.rmtree(checkout / "rules")
    assert "There is no pack under rules/" in build(checkout, tmp_path / "dist", status=1)


def test_the_installed_program_judges_by_the_packs_inside_it(installed: Environment) -> None:
    log = installed.desk / "log.jsonl"
    shutil.copy(ROOT / "samples" / "klina" / "log.jsonl", log)
    installed.program("check", "log.jsonl", "--as-of", "2026-11-20", "--output", "report.json", status=1)
    report = json.loads((installed.desk / "report.json").read_text("utf-8"))
    assert [pack["id"] for pack in report["packs"]] == ["kosovo"]
    assert report["findings"]
    # The compiled pack that came with the wheel was good: otherwise one would have been made here.
    assert not installed.cache.exists()


def test_the_installed_program_lists_every_duty(built: Built, installed: Environment) -> None:
    listed = installed.program("rules", "list")
    duties = [f.stem for f in (built.checkout / "rules").glob("*/duties/**/*.yaml")]
    assert len(duties) > 1
    missing = [name for name in duties if "-".join(name.split("-")[:3]) not in listed]
    assert missing == []


def test_the_installed_program_takes_nothing_from_the_checkout(installed: Environment) -> None:
    asked = "from transparency_check.packs.find import bundled_rules; print(bundled_rules())"
    folder = Path(installed.python("-c", asked).strip())
    assert folder == installed.site_packages / "transparency_check" / "rules"
    assert installed.python("-m", "transparency_check", "--version") == installed.program("--version")
