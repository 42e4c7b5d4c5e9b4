"""Which language is spoken: who chooses, what near misses are told, and that nothing else has a say."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from transparency_check.cli import application
from transparency_check.messages import language, phrase, text
from transparency_check.messages.language import LANGUAGES, asked, current, nearest, speaking, tag

FIRST_WORDS = {"en": "Usage:", "sq": "Përdorimi:", "sr-Latn": "Upotreba:", "sr-Cyrl": "Употреба:"}


@pytest.fixture(autouse=True)
def _not_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(language.VARIABLE, raising=False)


def run(*args: str, **environment: str) -> Result:
    return CliRunner().invoke(application, list(args), prog_name="transparency-check", env=environment)


@pytest.mark.parametrize(
    ("args", "environment", "spoken"),
    [
        ([], {}, "en"),
        (["--lang", "sq"], {}, "sq"),
        (["--lang=sr-Cyrl"], {}, "sr-Cyrl"),
        (["--lang", "SQ"], {}, "sq"),
        (["--lang", "sr_latn"], {}, "sr-Latn"),
        (["--lang", "sr"], {}, "sr-Latn"),
        ([], {language.VARIABLE: "sr-Cyrl"}, "sr-Cyrl"),
        ([], {language.VARIABLE: " "}, "en"),
        (["--lang", "en"], {language.VARIABLE: "sq"}, "en"),
    ],
    ids=lambda value: str(value),
)
def test_who_chooses(args: list[str], environment: dict[str, str], spoken: str) -> None:
    for before in (True, False):
        said = run(*(args if before else []), "check", *([] if before else args), "--help", **environment)
        assert said.exit_code == 0
        assert said.stdout.startswith(FIRST_WORDS[spoken])


def test_the_option_of_the_command_is_the_last_word() -> None:
    assert run("--lang", "sq", "check", "--lang", "sr-Latn", "--help").stdout.startswith("Upotreba:")
    assert asked(["--lang", "sq", "--", "--lang", "en"]) == ("--lang", "sq")
    assert asked(["--lang"]) is None


@pytest.mark.parametrize("place", ["before", "behind"])
def test_what_is_wrong_before_the_option_is_told_in_its_language(place: str) -> None:
    args = (
        ["--lang", "sq", "check", "--nonsense"]
        if place == "before"
        else ["check", "--nonsense", "--lang", "sq"]
    )
    said = run(*args)
    assert said.exit_code == 2
    assert said.stderr.startswith("Gabim: Nuk ka opsion '--nonsense'.")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("sq-XK", "sq"), ("shqip", "sq"), ("al", "sq"), ("sqi", "sq"), ("en-GB", "en"), ("english", "en"),
        ("sr-RS", "sr-Latn"), ("sr-latin", "sr-Latn"), ("sr-cyrillic", "sr-Cyrl"), ("srpski", "sr-Latn"),
        ("српски", "sr-Cyrl"), ("sr-Cyr", "sr-Cyrl"), ("sr-Lat", "sr-Latn"), ("albanain", "sq"), ("tr", None),
        ("", None),
    ],
)  # fmt: skip
def test_near_misses(name: str, near: str | None) -> None:
    assert tag(name) is None
    assert nearest(name) == near
    said = run("--lang", name, "check")
    assert said.exit_code == 2
    assert said.stderr.startswith(f"Error: --lang: there is no language {name!r}; there are en, sq, sr-Latn,")
    assert said.stderr.rstrip().endswith(f"Did you mean {near}?" if near else "sr-Cyrl.")


def test_a_wrong_variable_is_named() -> None:
    said = run("check", **{language.VARIABLE: "albanian"})
    assert said.exit_code == 2
    assert "TRANSPARENCY_CHECK_LANG: there is no language 'albanian'" in said.stderr


@pytest.mark.parametrize(
    ("args", "environment", "spoken"),
    [
        ([], {}, "sq"),
        (["--lang", "en"], {}, "en"),
        (["--lang", "sr-Cyrl"], {}, "sr-Cyrl"),
        ([], {language.VARIABLE: "sr-Latn"}, "sr-Latn"),
        ([], {language.VARIABLE: "en"}, "en"),
        (["--no-config"], {}, "en"),
    ],
    ids=str,
)
def test_the_configuration_is_asked_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], environment: dict[str, str], spoken: str
) -> None:
    (tmp_path / "transparency-check.toml").write_text('language = "sq"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for command in (["calendar", "2026"], ["check", "no.jsonl"], ["rules", "show", "XK-MTG-001"]):
        with speaking(spoken):
            expected = {
                "calendar": text("calendar.heading", year=2026),
                "check": phrase("{name}: there is no such file.", name="no.jsonl"),
                "rules": text("page.applies"),
            }[command[0]]
        assert expected in run(*command, *args, **environment).output
    assert current() == "en"


def test_a_language_that_the_configuration_cannot_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "transparency-check.toml").write_text('language = "sr-Cyr"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said = run("calendar", "2026")
    assert said.exit_code == 2
    wrong = "transparency-check.toml:1: `sr-Cyr` is not a value of `language`. Did you mean `sr-Cyrl`?"
    assert said.stderr == f"Error: {wrong}\n"


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("path", [(), *commands(application)], ids=" ".join)
def test_every_command_speaks_every_language(path: tuple[str, ...], spoken: str) -> None:
    said = run(*path, "--lang", spoken, "--help")
    assert said.exit_code == 0
    assert said.stdout.startswith(FIRST_WORDS[spoken])
    assert "--lang" in said.stdout
    if spoken != "en":
        for word in (
            "Options",
            "Show this message",
            "Commands:",
            "Usage",
            "[OPTIONS]",
            "Default",
            "Repeatable",
        ):
            assert word not in said.stdout
    assert all(len(line) <= 80 for line in said.stdout.splitlines())


def test_nothing_is_left_behind() -> None:
    before = dict(os.environ)
    run("--lang", "sr-Cyrl", "check", "--help")
    run("--lang", "sq", "check", "--nonsense")
    assert current() == "en"
    assert text("outcome.late") == "late"
    assert dict(os.environ) == before
    assert run("--help").stdout.startswith("Usage:")


def test_a_language_within_another() -> None:
    with speaking("sq"):
        with speaking("sr-Cyrl"):
            assert text("outcome.late") == "са закашњењем"
        assert text("outcome.late") == "me vonesë"
        with pytest.raises(ZeroDivisionError), speaking("sr-Latn"):
            raise ZeroDivisionError
        assert current() == "sq"
    assert current() == "en"


def test_threads_speak_it_too() -> None:
    heard: list[str] = []
    with speaking("sq"):
        thread = threading.Thread(target=lambda: heard.append(text("outcome.violated")))
        thread.start()
        thread.join()
    assert heard == ["shkelur"]


SETTINGS = (
    {"LANG": "en_GB.UTF-8", "LC_ALL": "", "LANGUAGE": ""},
    {"LANG": "de_DE.UTF-8", "LC_ALL": "", "LANGUAGE": ""},
    {"LANG": "sq_AL.UTF-8", "LC_ALL": "sq_AL.UTF-8", "LANGUAGE": "sq"},
    {"LANG": "C", "LC_ALL": "C", "LANGUAGE": "sr:de"},
)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_computer_has_no_say(spoken: str) -> None:
    """Neither in what the program says nor in what click does."""
    code = f"""
from transparency_check.cli import application
assert application.main(["check", "--lang", {spoken!r}, "--help"], standalone_mode=False) == 0
assert application.main(["check", "--lang", {spoken!r}, "--as-of"], standalone_mode=False) == 2
"""

    def said(settings: dict[str, str]) -> tuple[bytes, bytes]:
        found = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=os.environ | settings, check=True
        )
        return found.stdout, found.stderr

    heard = [said(settings) for settings in SETTINGS]
    assert heard == [heard[0]] * len(SETTINGS)
    assert heard[0][0].decode("utf-8").startswith(FIRST_WORDS[spoken])


def test_english_loads_no_translations() -> None:
    code = """
import sys
from transparency_check.cli import application
assert application.main(["check", "--help"], standalone_mode=False) == 0
print("transparency_check.messages.translations" in sys.modules)
assert application.main(["check", "--lang", "sq", "--help"], standalone_mode=False) == 0
print("transparency_check.messages.translations" in sys.modules, "babel" in sys.modules)
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.decode(
        "utf-8"
    )
    assert [line for line in shown.splitlines() if line[:4] in ("True", "Fals")] == ["False", "True False"]
