"""Variables of the environment, running by itself, and what a shell proposes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import transparency_check
from cli.conftest import Run
from transparency_check.cli import application, completing
from transparency_check.cli.worded import PREFIX, Option

LOG = str(Path(__file__).parents[2] / "samples/klina/log.jsonl")
NARROW = ("--select", "XK-FOI-001", "--as-of", "2026-11-20")


@pytest.fixture(autouse=True)
def _office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def every_option() -> list[tuple[str, Option]]:
    found = []

    def gathered(command: click.Command, path: str) -> None:
        found.extend((path, o) for o in command.params if isinstance(o, Option) and o.expose_value)
        for name, inner in getattr(command, "commands", {}).items():
            gathered(inner, f"{path} {name}".strip())

    gathered(application, "")
    return found


def test_every_option_has_a_variable_that_is_named_after_it() -> None:
    options = every_option()
    assert len(options) > 100
    for path, given in options:
        if (path, given.opts) == ("remind", ["--to"]):
            # A variable that is an address here and a day elsewhere would break one of them.
            assert given.envvar == f"{PREFIX}REMIND_TO"
            continue
        assert given.envvar == PREFIX + max(given.opts, key=len)[2:].replace("-", "_").upper(), path


@pytest.mark.parametrize(
    ("variables", "args", "code", "said"),
    [
        pytest.param({"AS_OF": "2026-11-20", "SELECT": "XK-FOI-001"}, (), 1, "XK-FOI-001", id="values"),
        pytest.param({"AS_OF": "2026-01-10"}, NARROW, 1, "2026-11-20", id="the command goes first"),
        pytest.param({"AS_OF": ""}, NARROW, 1, "2026-11-20", id="an empty variable is none"),
        pytest.param(
            {"SELECT": "xk-foi-001; XK-MTG-001", "AS_OF": "2026-11-20", "FORMAT": "statistics"}, (), 1,
            "violations; duties with any: 2.", id="several",
        ),
        pytest.param({"EXIT_ZERO": "yes"}, NARROW, 0, "XK-FOI-001", id="a flag"),
        pytest.param({"EXIT_ZERO": "0"}, NARROW, 1, "XK-FOI-001", id="a flag that is not set"),
        pytest.param({"FAIL_ON": "never"}, NARROW, 0, "XK-FOI-001", id="a choice"),
        pytest.param({"LANG": "sq"}, NARROW, 1, "XK-FOI-001 Vendim", id="the language"),
    ],
)  # fmt: skip
def test_variables(run: Run, variables: dict[str, str], args: tuple[str, ...], code: int, said: str) -> None:
    result = run("check", LOG, *args, env={PREFIX + name: value for name, value in variables.items()})
    assert result.exit_code == code, result.stderr
    assert said in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FAIL_ON", "bad", "'bad' is not one of 'violation'"),
        ("QUIET", "maybe", "TRANSPARENCY_CHECK_QUIET is 'maybe'; a flag is 1 or 0, yes or no."),
        ("RULE_TIMEOUT", "soon", "TRANSPARENCY_CHECK_RULE_TIMEOUT"),
        ("LANG", "xx", "TRANSPARENCY_CHECK_LANG"),
    ],
)
def test_a_variable_that_is_wrong_is_named(run: Run, name: str, value: str, said: str) -> None:
    result = run("check", LOG, *NARROW, env={PREFIX + name: value})
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert PREFIX + name in result.stderr
    # By itself, the program does not ask for it.
    assert run("check", LOG, *NARROW, "--isolated", env={PREFIX + name: value}).exit_code == 1
    assert run("--isolated", "check", LOG, *NARROW, env={PREFIX + name: value}).exit_code == 1


def test_by_itself_the_program_uses_nothing_that_was_not_named(run: Run, tmp_path: Path) -> None:
    severity = '{severity = "advisory", by = "A", reason = "r"}'
    (tmp_path / "transparency-check.toml").write_text(
        'municipality = "kline"\nbaseline = "b.json"\nlanguage = "sq"\n'
        f'[severity]\n"XK-FOI-001" = {severity}\n',
        encoding="utf-8",
    )
    said = ("--reason", "r", "--approved-by", "m", "--legal-basis", "b", "--until", "2026-12-31")
    assert run("waive", LOG, "aa9cebf7", *NARROW, *said).exit_code == 0
    plain = run("check", LOG, *NARROW, "--no-config", "--no-waivers", "--no-plugins", "--no-baseline").stdout
    alone = run("check", LOG, *NARROW, "--isolated")
    assert (alone.exit_code, alone.stdout) == (1, plain)
    assert "transparency-check.toml" not in alone.stdout
    # What is named is used.
    named = run("check", LOG, *NARROW, "--isolated", "--waivers", "waivers.toml").stdout
    assert "Violations accepted by a waiver (1)" in named
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    assert run("check", LOG, *NARROW).exit_code == 2
    assert run("check", LOG, *NARROW, "--isolated", "--baseline", "b.json").exit_code == 2
    assert "--lang" in run("check", "--isolated", "--help").stdout


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("che", {"check"}),
        ("baseline ", {"create", "update", "show"}),
        ("check --exit", {"--exit-zero"}),
        ("check --format s", {"statistics"}),
        ("check --fail-on a", {"advisory"}),
        ("check --select xk-foi-00", {f"XK-FOI-00{n}" for n in range(1, 10)}),
        ("check --ignore mt", {"MTG"}),
        ("check --pack kos", {"kosovo"}),
        ("check --municipality kli", {"kline"}),
        ("check --lang sr", {"sr-Latn", "sr-Cyrl"}),
        ("rules show XK-MTG-00", {f"XK-MTG-00{n}" for n in range(1, 10)}),
        ("diff --format m", {"markdown"}),
    ],
)
def test_what_a_shell_proposes(
    typed: str, proposed: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = f"transparency-check {typed}"
    monkeypatch.setenv(completing.VARIABLE, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    assert application.main([], standalone_mode=False) == 0
    lines = [line.split(",") for line in capsys.readouterr().out.splitlines()]
    found = {value for kind, value in lines if kind == "plain"}
    assert proposed <= found
    assert all(value.casefold().startswith(typed.split(" ")[-1].casefold()) for value in found)


# The program of these tests, wherever it is started.
OWN = {**os.environ, "PYTHONPATH": str(Path(transparency_check.__file__).parents[1])}


def shell_script(shell: str) -> str:
    """What a shell is to run so that it asks the program."""
    return subprocess.run(
        [sys.executable, "-m", "transparency_check"],
        env={**OWN, completing.VARIABLE: f"{shell}_source"},
        capture_output=True, text=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip


@pytest.mark.parametrize(
    ("shell", "begins"),
    [("zsh", "#compdef transparency-check"), ("fish", "function _transparency_check_completion")],
)
def test_scripts_of_other_shells(shell: str, begins: str) -> None:
    script = shell_script(shell)
    assert script.startswith(begins)
    assert f"{completing.VARIABLE}={shell}_complete" in script
    if (found := shutil.which(shell)) is not None:
        checked = subprocess.run([found, "-n"], input=script, text=True, capture_output=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes(tmp_path: Path) -> None:
    """The script in a real shell, with the program under its own name."""
    program = tmp_path / "bin" / "transparency-check"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m transparency_check "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "completion.bash").write_text(shell_script("bash"), encoding="utf-8")
    asked = (
        ". ./completion.bash; COMP_WORDS=(transparency-check check --fail-on ne); COMP_CWORD=3; "
        '_transparency_check_completion transparency-check; echo "${COMPREPLY[@]}"'
    )
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["bash", "-c", asked], env={**OWN, "PATH": path}, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert result.stdout.strip() == "never"


def test_a_shell_that_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(completing.VARIABLE, "tcsh_source")
    assert application.main([], standalone_mode=False) == 1
