"""Where packs are looked for: a checkout, a wheel, a folder, the neighbour of the pack that asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from packs.small_pack import FILES, write
from transparency_check.packs.find import bundled_names, bundled_rules, locate, package_folder, repository_of
from transparency_check.packs.problems import PackError
from transparency_check.packs.sources import Sources, read_sources


def checkout(folder: Path) -> Path:
    """A repository; returns the package's folder in it."""
    package = folder / "src" / "transparency_check"
    package.mkdir(parents=True)
    (folder / "pyproject.toml").write_text("", encoding="utf-8")
    write(folder / "rules" / "small")
    return package


def test_a_checkout_uses_its_own_rules(tmp_path: Path) -> None:
    package = checkout(tmp_path)
    assert repository_of(package) == tmp_path
    assert bundled_rules(package) == tmp_path / "rules"


def test_a_stale_copy_inside_the_package_never_wins(tmp_path: Path) -> None:
    package = checkout(tmp_path)
    write(package / "rules" / "small", {**FILES, "pack.yaml": FILES["pack.yaml"].replace('"1"', '"0"')})
    assert bundled_rules(package) == tmp_path / "rules"


def test_a_wheel_uses_the_rules_in_the_package(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "site-packages" / "transparency_check"
    write(package / "rules" / "small")
    assert repository_of(package) is None
    assert bundled_rules(package) == package / "rules"


@pytest.mark.parametrize("missing", ["pyproject.toml", "rules"])
def test_a_folder_called_src_alone_is_no_checkout(tmp_path: Path, missing: str) -> None:
    package = checkout(tmp_path)
    (tmp_path / missing).rename(tmp_path / "gone")
    assert bundled_rules(package) == package / "rules"


def test_the_package_of_these_tests_is_found() -> None:
    assert (package_folder() / "packs" / "find.py").is_file()


def test_names_are_bundled_packs_and_paths_are_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules"
    write(rules / "small")
    write(tmp_path / "work" / "small")
    write(tmp_path / "work" / "other")
    monkeypatch.chdir(tmp_path / "work")
    assert bundled_names(rules) == ["small"]
    assert locate("small", rules=rules).folder == rules / "small"
    assert locate("small", rules=rules).shown == "small"
    assert locate("./small", rules=rules).folder.resolve() == tmp_path / "work" / "small"
    assert (
        locate(str(tmp_path / "work" / "small"), rules=rules).shown
        == (tmp_path / "work" / "small").as_posix()
    )


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("smal", "smal: There is no bundled pack `smal`. Did you mean `small`?"),
        ("other", "other: There is no bundled pack `other`. For the folder of that name write `./other`."),
        ("zzz", "zzz: There is no bundled pack `zzz`. Known are: small."),
        ("./zzz", "./zzz: This folder does not exist. A pack is a folder with a pack.yaml in it."),
        ("..", "..: There is no pack.yaml in this folder. A pack is a folder with a pack.yaml in it."),
    ],
)
def test_packs_that_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: str, told: str
) -> None:
    write(tmp_path / "rules" / "small")
    write(tmp_path / "work" / "other")
    monkeypatch.chdir(tmp_path / "work")
    with pytest.raises(PackError) as caught:
        locate(reference, rules=tmp_path / "rules")
    assert str(caught.value) == told


def test_a_base_is_first_looked_for_next_to_the_pack_that_asks(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    write(rules / "small")
    asking = tmp_path / "own" / "local"
    asking.mkdir(parents=True)
    assert locate("small", beside=asking, rules=rules).folder == rules / "small"
    write(tmp_path / "own" / "small")
    assert locate("small", beside=asking, rules=rules).folder == tmp_path / "own" / "small"
    assert locate("small", beside=rules / "local", rules=rules).shown == "small"


def test_the_digest_depends_on_names_and_bytes_and_nothing_else(tmp_path: Path) -> None:
    first = read_sources(write(tmp_path / "a"))
    again = {**FILES, "README.md": "words", "duties/mtg/.XK-MTG-001.yaml.swp": "x"}
    assert read_sources(write(tmp_path / "b", dict(reversed(again.items())))).sha256 == first.sha256
    assert Sources("p", {"a": b"bc"}).sha256 != Sources("p", {"ab": b"c"}).sha256


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("event.yaml", "This file is not read: a pack has no `event.yaml`. Did you mean `events.yaml`?"),
        ("calendar.CSV", "This file is not read: a pack has no `calendar.CSV`. Did you mean `calendar.csv`?"),
        ("duties/mtg/XK-MTG-003.yml", "Only files that end in `.yaml` are read. Rename it."),
    ],
)
def test_files_that_nobody_would_read(tmp_path: Path, name: str, told: str) -> None:
    sources = read_sources(write(tmp_path / "p", {**FILES, name: "x"}), "p")
    assert [(p.place, p.message) for p in sources.problems] == [(f"p/{name}", told)]


def test_other_files_may_lie_in_the_folder(tmp_path: Path) -> None:
    more = {"README.md": "x", "calendar-rules.yaml": "x", "notes.csv": "x", "duties/mtg/notes.md": "x"}
    assert read_sources(write(tmp_path / "p", {**FILES, **more})).problems == ()
