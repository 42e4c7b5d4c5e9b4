"""Compiled packs: fresh ones are used without YAML; stale, foreign and damaged ones are made anew."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from packs.small_pack import CALENDAR, DUTY_FILE, FILES, SECOND, write
from transparency_check.packs import compile as compiling
from transparency_check.packs import load
from transparency_check.packs.compile import load_rulebook, write_compiled
from transparency_check.packs.problems import PackError

LOCAL = {
    "pack.yaml": 'id: local\nversion: "1"\ntitle: {en: Local}\njurisdiction: Klina\nextends: small\n',
    "duties/mtg/KLI-MTG-001.yaml": SECOND.replace("XK-MTG-002", "KLI-MTG-001"),
}


class Reads(list[str]):
    """The packs that were read from YAML."""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "transparency-check" / "packs"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    seen = Reads()
    original = load.load_pack

    def counted(sources: object, bases: object = ()) -> object:
        pack = original(sources, bases)  # type: ignore[arg-type]
        seen.append(pack.info.id)
        return pack

    monkeypatch.setattr(load, "load_pack", counted)
    return seen


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path / "packs" / "small")


@pytest.fixture
def local(tmp_path: Path, small: Path) -> Path:
    return write(tmp_path / "packs" / "local", LOCAL)


def test_a_fresh_file_is_used(cache: Path, reads: Reads, small: Path) -> None:
    first = load_rulebook([str(small)])
    second = load_rulebook([str(small)])
    assert reads == ["small"]
    assert second == first
    assert first.duty("XK-MTG-001") is not None


def test_what_is_compiled_says_the_same_as_the_sources(cache: Path, local: Path) -> None:
    from_sources = load_rulebook([str(local)], cache=False)
    assert not cache.exists()
    load_rulebook([str(local)])
    compiled = load_rulebook([str(local)])
    assert compiled.model_dump() == from_sources.model_dump()


def test_any_changed_source_makes_it_stale(cache: Path, reads: Reads, small: Path) -> None:
    before = load_rulebook([str(small)])
    duty = small / DUTY_FILE
    duty.write_text(duty.read_text(encoding="utf-8").replace("n: 7", "n: 8"), encoding="utf-8")
    after = load_rulebook([str(small)])
    assert reads == ["small", "small"]
    assert before.digests != after.digests


def test_a_renamed_file_makes_it_stale(cache: Path, reads: Reads, small: Path) -> None:
    load_rulebook([str(small)])
    (small / DUTY_FILE).rename(small / "duties/mtg/XK-MTG-001.yaml")
    load_rulebook([str(small)])
    assert reads == ["small", "small"]


def test_a_changed_base_makes_what_builds_on_it_stale(
    cache: Path, reads: Reads, local: Path, small: Path
) -> None:
    load_rulebook([str(local)])
    (small / "calendar.csv").write_text(CALENDAR.replace("2026-01-01", "2026-01-02"), encoding="utf-8")
    book = load_rulebook([str(local)])
    assert reads == ["small", "local", "small", "local"]
    assert [str(row.date) for row in book.calendar] == ["2026-01-02"]


def test_the_code_that_reads_packs_makes_it_stale(
    cache: Path, reads: Reads, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rulebook([str(small)])
    monkeypatch.setattr(compiling, "_code_digest", lambda: "another version")
    load_rulebook([str(small)])
    assert reads == ["small", "small"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: b"",
        lambda text: text[:-40],
        lambda text: text.replace(b"meeting.held", b"meeting.hold"),
        lambda text: b"\x00" * 100,
        lambda text: b"[]\n{}\n",
        lambda text: text.replace(b"transparency-check/pack/1", b"transparency-check/pack/9"),
        lambda text: b"null\n" + text,
    ],
)
def test_a_damaged_or_foreign_file_is_made_anew(
    cache: Path, reads: Reads, small: Path, damage: object
) -> None:
    book = load_rulebook([str(small)])
    (file,) = cache.iterdir()
    sound = file.read_bytes()
    file.write_bytes(damage(sound))  # type: ignore[operator]
    assert load_rulebook([str(small)]) == book
    assert reads == ["small", "small"]
    assert file.read_bytes() == sound


def test_a_file_whose_pack_does_not_fit_the_models_is_made_anew(
    cache: Path, reads: Reads, small: Path
) -> None:
    load_rulebook([str(small)])
    (file,) = cache.iterdir()
    head, *parts = file.read_bytes().splitlines()
    parts[0] = parts[0].replace(b'"bearer"', b'"bearers"')
    made_from = json.loads(head) | {"sha256": [hashlib.sha256(part).hexdigest() for part in parts]}
    file.write_bytes(b"\n".join([json.dumps(made_from).encode(), *parts, b""]))
    load_rulebook([str(small)])
    assert reads == ["small", "small"]


def test_a_cache_that_cannot_be_written_is_no_matter(
    tmp_path: Path, small: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    load_rulebook([str(small)])
    load_rulebook([str(small)])
    assert reads == ["small", "small"]


def test_nothing_is_left_of_a_write_that_failed(
    cache: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    load_rulebook([str(small)])
    assert list(cache.iterdir()) == []


def test_examples_can_be_left_out(cache: Path, small: Path) -> None:
    example = "examples:\n- {name: one, as_of: 2026-01-01, expect: [{none: true, due: null}]}\n"
    write(small, {DUTY_FILE: FILES[DUTY_FILE] + example})
    kept = [load_rulebook([str(small)], cache=c).duties[0].examples for c in (False, True, True)]
    assert kept[0] == kept[1] == kept[2]
    assert [e.expect[0].model_fields_set for e in kept[2]] == [{"none", "due"}]
    for c in (False, True):
        assert load_rulebook([str(small)], cache=c, examples=False).duties[0].examples == []


def test_without_cache_nothing_is_read_or_written(cache: Path, reads: Reads, small: Path) -> None:
    load_rulebook([str(small)], cache=False)
    load_rulebook([str(small)], cache=False)
    assert reads == ["small", "small"]
    assert not cache.exists()


def test_old_files_of_a_pack_are_cleared_away(cache: Path, small: Path) -> None:
    for number in range(8):
        (small / "pack.yaml").write_text(FILES["pack.yaml"].replace('"1"', f'"{number}"'), encoding="utf-8")
        load_rulebook([str(small)])
    assert len(list(cache.iterdir())) == 4


def test_a_relative_cache_home_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "somewhere")
    assert compiling.cache_folder().is_absolute()


def test_yaml_is_not_imported_where_a_compiled_pack_is_fresh(cache: Path, small: Path) -> None:
    code = (
        "import sys; from transparency_check.packs import load_rulebook; load_rulebook(sys.argv[1:]);"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('ruamel', 'dateutil', 'duckdb')))"
    )
    source = Path(compiling.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(small)], capture_output=True, env=environment, check=True
        )
        for _ in range(2)
    ]
    assert b"ruamel.yaml" in runs[0].stdout
    assert runs[1].stdout.strip() == b"[]"


def test_packs_that_build_on_each_other(cache: Path, small: Path, local: Path) -> None:
    write(small, {"pack.yaml": FILES["pack.yaml"] + "extends: local\n"})
    with pytest.raises(
        PackError, match=r"The pack builds on itself: local -> small -> local. Break the circle."
    ):
        load_rulebook([str(local)])


def test_a_base_that_is_not_there(cache: Path, tmp_path: Path) -> None:
    alone = write(tmp_path / "alone", LOCAL)
    with pytest.raises(PackError) as caught:
        load_rulebook([str(alone)])
    assert str(caught.value).startswith(
        f"{alone.as_posix()}/pack.yaml: `extends: small`: there is no bundled pack `small`."
    )


def test_a_pack_whose_description_is_broken_tells_the_other_files_too(cache: Path, small: Path) -> None:
    write(small, {"pack.yaml": "id: 5\n", "calendar.csv": CALENDAR.replace("yes", "si")})
    with pytest.raises(PackError) as caught:
        load_rulebook([str(small)])
    assert [p.place.rsplit("/", 1)[1] for p in caught.value.problems] == [
        "calendar.csv:2",
        *["pack.yaml:1:1"] * 3,
        "pack.yaml:1:5",
    ]


def test_packs_are_put_together_once(cache: Path, small: Path, local: Path) -> None:
    book = load_rulebook([str(small), str(local), str(local)])
    assert [p.id for p in book.packs] == ["small", "local"]
    assert [d.id for d in book.duties] == ["KLI-MTG-001", "XK-MTG-001", "XK-MTG-002"]
    assert book.zone == "Europe/Belgrade"
    assert sorted(book.digests) == ["local", "small"]
    assert all(len(digest) == 64 for digest in book.digests.values())


def test_packs_of_different_roots_cannot_be_put_together(cache: Path, tmp_path: Path, small: Path) -> None:
    other = write(
        tmp_path / "other", {**FILES, "pack.yaml": FILES["pack.yaml"].replace("id: small", "id: other")}
    )
    with pytest.raises(
        PackError, match="other: It does not build on `small`, so the two cannot be used together"
    ):
        load_rulebook([str(small), str(other)])


def test_two_packs_of_one_name(cache: Path, tmp_path: Path, small: Path) -> None:
    other = write(tmp_path / "other", {**FILES, "calendar.csv": CALENDAR.replace("yes", "no")})
    with pytest.raises(PackError, match="Two different packs are called `small`"):
        load_rulebook([str(small), str(other)])


def test_two_packs_that_define_one_duty(cache: Path, tmp_path: Path, local: Path) -> None:
    again = write(
        tmp_path / "packs" / "again",
        {**LOCAL, "pack.yaml": LOCAL["pack.yaml"].replace("id: local", "id: again")},
    )
    with pytest.raises(PackError, match="again: The duty `KLI-MTG-001` is also defined by the pack `local`"):
        load_rulebook([str(local), str(again)])


def test_no_pack_at_all() -> None:
    with pytest.raises(PackError, match="No pack is named"):
        load_rulebook([])


def test_bundled_packs_compiled_into_the_package_are_used_first(
    cache: Path, reads: Reads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "transparency_check"
    write(package / "rules" / "small")
    write(package / "rules" / "local", LOCAL)
    for module in ("find", "compile"):
        monkeypatch.setattr(f"transparency_check.packs.{module}.package_folder", lambda: package)
    files = write_compiled(package / "compiled")
    assert [f.name.rsplit("-", 1)[0] for f in files] == ["local", "small"]
    reads.clear()
    book = load_rulebook(["local"])
    assert [p.id for p in book.packs] == ["small", "local"]
    assert reads == []
    assert not cache.exists()


def test_compiling_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "transparency_check"
    small = write(package / "rules" / "small")
    for module in ("find", "compile"):
        monkeypatch.setattr(f"transparency_check.packs.{module}.package_folder", lambda: package)
    assert compiling.main([str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.strip() == str(next((tmp_path / "out").iterdir()))
    (small / "calendar.csv").write_text("date\n", encoding="utf-8")
    assert compiling.main([str(tmp_path / "out")]) == 2
    assert "small/calendar.csv:1: The column `name_en` is missing. Add it." in capsys.readouterr().err
    assert compiling.main([]) == 2
