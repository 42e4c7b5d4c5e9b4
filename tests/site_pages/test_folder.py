"""Where a site may be built: nothing made elsewhere is lost, and a build that fails changes nothing."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from transparency_check.errors import UsageError
from transparency_check.site import folder
from transparency_check.site.folder import MARKER, built

from .made import KLINA, build, files

NARROW = ("--as-of", "2026-11-20", "--select", "XK-MTG-001", "--no-config")


def put(output: Path, **content: str) -> None:
    """A build of these files; ``__`` stands for a folder, ``_`` for a dot."""
    with built(output) as made:
        for name, text in content.items():
            made.put(name.replace("__", "/").replace("_", "."), text.encode())


def told(output: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in files(output).items() if path != MARKER}


def leftovers(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir() if path.name.startswith("."))


def test_a_new_folder_and_an_empty_one(tmp_path: Path) -> None:
    for name in ("new", "empty"):
        output = tmp_path / name
        if name == "empty":
            output.mkdir()
        put(output, index_html="1", en__index_html="2")
        assert told(output) == {"index.html": "1", "en/index.html": "2"}
        assert leftovers(output) == []


def test_files_that_are_made_no_more_go_and_others_stay(tmp_path: Path) -> None:
    output = tmp_path / "site"
    put(output, index_html="1", old__page_html="2")
    (output / ".htaccess").write_text("mine")
    (output / "old" / "notes.txt").write_text("mine too")
    (output / "linked").symlink_to(tmp_path)
    put(output, index_html="3")
    assert (output / "linked").is_symlink()
    (output / "linked").unlink()
    assert told(output) == {"index.html": "3", ".htaccess": "mine", "old/notes.txt": "mine too"}
    put(output, index_html="4")
    assert told(output) == {"index.html": "4", ".htaccess": "mine", "old/notes.txt": "mine too"}
    assert leftovers(output) == []


def test_what_was_not_made_here_is_not_overwritten(tmp_path: Path) -> None:
    output = tmp_path / "site"
    put(output, index_html="1")
    (output / "feed.xml").write_text("mine")
    with pytest.raises(UsageError, match=r"feed\.xml was not made here"):
        put(output, index_html="2", feed_xml="ours")
    assert told(output) == {"index.html": "1", "feed.xml": "mine"}
    assert leftovers(output) == []


def other(output: Path) -> None:
    output.mkdir()
    (output / "thesis.txt").write_text("years of work")


def marked(content: str) -> Callable[[Path], None]:
    def make(output: Path) -> None:
        output.mkdir()
        (output / MARKER).write_text(content)

    return make


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder of something else": (other, "holds something else than a site"),
    "a file": (lambda output: output.write_text("x"), "is a file"),
    "a link to a file": (lambda o: (o.with_name("f").write_text("x"), o.symlink_to("f")), "is a file"),
    "a marker that is no JSON": (marked("{"), "cannot be read"),
    "a marker of another program": (marked('{"schema": "other", "files": []}'), "cannot be read"),
    "a marker with names that are none": (marked('{"schema": "x", "files": [1]}'), "cannot be read"),
    "a marker that is a list": (marked("[]"), "cannot be read"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(tmp_path: Path, what: str) -> None:
    make, message = REFUSED[what]
    output = tmp_path / "site"
    make(output)
    before = files(tmp_path)
    with pytest.raises(UsageError, match=message):
        put(output, index_html="1")
    assert files(tmp_path) == before


def test_a_folder_without_parent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        put(tmp_path / "nowhere" / "site", index_html="1")


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt(), UsageError("x")]
)
def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path, error: BaseException) -> None:
    output = tmp_path / "site"
    put(output, index_html="1")

    def fail() -> None:
        with built(output) as made:
            made.put("index.html", b"half")
            raise error

    with pytest.raises((UsageError, KeyboardInterrupt)):
        fail()
    assert told(output) == {"index.html": "1"}
    assert leftovers(output) == []


def test_an_exchange_that_fails_brings_the_old_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    put(output, index_html="1")
    true = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise OSError(5, "Input/output error")
        return true(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(UsageError):
        put(output, index_html="2")
    assert told(output) == {"index.html": "1"}
    assert leftovers(output) == []


def test_a_build_that_was_killed_between_its_last_steps_is_mended(tmp_path: Path) -> None:
    output = tmp_path / "site"
    put(output, index_html="1")
    output.rename(tmp_path / ".site.before")
    put(output, index_html="2")
    assert told(output) == {"index.html": "2"}
    # The other step: the new one is in place, the old one not yet gone.
    with built(tmp_path / ".site.before") as made:
        made.put("index.html", b"0")
    put(output, index_html="3")
    assert told(output) == {"index.html": "3"}
    assert leftovers(output) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_everybody_may_read_it_as_the_mask_allows(tmp_path: Path) -> None:
    output = tmp_path / "site"
    before = os.umask(0o022)
    try:
        put(output, en__index_html="1")
        output_mode = stat.S_IMODE(output.stat().st_mode)
        assert (output_mode, stat.S_IMODE((output / "en/index.html").stat().st_mode)) == (0o755, 0o644)
        output.chmod(0o750)
        put(output, en__index_html="2")
        assert stat.S_IMODE(output.stat().st_mode) == 0o750
    finally:
        os.umask(before)


def test_the_marker_names_all_files_but_itself(tmp_path: Path) -> None:
    output = tmp_path / "site"
    put(output, b_html="1", a__c_html="2")
    marker = json.loads((output / MARKER).read_text("utf-8"))
    assert marker == {"schema": folder.SCHEMA, "files": ["a/c.html", "b.html"]}


# -- through the command


def log(tmp_path: Path, name: str = "log.jsonl") -> str:
    target = tmp_path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(Path(KLINA).read_bytes())
    return str(target)


MISTAKES: dict[str, tuple[tuple[str, ...], str]] = {
    "an address that is none": (("--base-url", "example.org"), "is no address of the web"),
    "an address with a blank": (("--base-url", "https://example.org/a b"), "is no address of the web"),
    "a horizon that is none": (("--within", "soon"), "soon"),
    "a language that is none": (("--language", "de"), "de"),
    "a duty that is none": (("--select", "XX-NO"), "XX-NO"),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_mistakes_are_told_and_nothing_is_written(tmp_path: Path, what: str) -> None:
    args, message = MISTAKES[what]
    result = build(tmp_path / "site", *args, logs=(log(tmp_path),), judged=NARROW)
    assert result.exit_code == 2
    assert message in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.jsonl"]


def test_a_log_in_the_folder_of_the_site_is_refused(tmp_path: Path) -> None:
    inside = log(tmp_path, "site/log.jsonl")
    result = build(tmp_path / "site", logs=(inside,), judged=NARROW)
    assert result.exit_code == 2
    assert "lies in the folder of the site" in result.stderr
    result = build(tmp_path / "site" / "public", logs=(str(tmp_path / "site"),), judged=NARROW)
    assert result.exit_code == 2
    assert sorted(files(tmp_path)) == ["site/log.jsonl"]


def test_a_folder_of_something_else_is_told_before_logs_are_judged(tmp_path: Path) -> None:
    other(tmp_path / "site")
    result = build(tmp_path / "site", logs=("no-such-log.jsonl",), judged=NARROW)
    assert "holds something else" in result.stderr


def test_one_language_and_what_is_said_of_it(tmp_path: Path) -> None:
    result = build(
        tmp_path / "site", "--language", "sq", "--title", "Hapur", logs=(log(tmp_path),), judged=NARROW
    )
    assert result.exit_code == 0, result.output
    pages = [path for path in files(tmp_path / "site") if path.endswith(".html")]
    assert f"{len(pages)} pages, {len(files(tmp_path / 'site'))} files" in result.stderr
    assert {path.partition("/")[0] for path in pages} == {"index.html", "sq"}
    first = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "<title>Hapur</title>" in first


def test_without_jinja2_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from transparency_check import templates

    templates.environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    result = build(tmp_path / "site", logs=(log(tmp_path),), judged=NARROW)
    templates.environment.cache_clear()
    assert result.exit_code == 2
    assert "transparency-check[site]" in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_log_with_nothing_to_judge_makes_a_site_that_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "log.jsonl"
    empty.write_text("")
    result = build(tmp_path / "site", logs=(str(empty),), judged=NARROW)
    assert result.exit_code == 2
    shown = (tmp_path / "site" / "en" / "index.html").read_text("utf-8")
    assert "Nothing has come due yet" in shown
    assert "could not be read in full" in shown
