"""``--help`` answers at once, and colour is only where it belongs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cli.conftest import Run
from transparency_check.cli import outlet

HEAVY = (
    "duckdb",
    "pydantic",
    "ruamel",
    "tabulate",
    "orjson",
    "dateutil",
    "holidays",
    "python_calamine",
    "pluggy",
)


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["check", "--help"],
        ["explain", "--help"],
        ["rules", "list", "--help"],
        ["config", "show", "--help"],
        ["rules", "new", "--help"],
        ["calendar", "--help"],
        ["session", "--help"],
        ["plan", "--help"],
        ["remind", "--help"],
        ["--version"],
    ],
)
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    code = f"""
import sys
from transparency_check.cli import application
assert application.main({args!r}, standalone_mode=False) == 0
loaded = {{name.split(".")[0] for name in sys.modules}}
print("heavy:", sorted(loaded & set({HEAVY!r})))
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "heavy: []"


def test_every_option_and_command_has_a_help_text(run: Run) -> None:
    def checked(command: object, path: tuple[str, ...]) -> None:
        assert getattr(command, "help", None), path
        for option in command.params:  # type: ignore[attr-defined]
            assert option.param_type_name == "argument" or option.help, (path, option.name)
        for name, inner in getattr(command, "commands", {}).items():
            checked(inner, (*path, name))

    from transparency_check.cli import application

    checked(application, ())
    assert "Exit codes" in run("check", "--help").stdout


class Terminal:
    def isatty(self) -> bool:
        return True


def test_colour_only_on_a_terminal_and_never_with_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlet.sys, "platform", "linux")
    monkeypatch.setenv("TERM", "xterm")
    assert not outlet.colour_wanted("report.txt")
    monkeypatch.setattr(outlet.sys, "stdout", Terminal())
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert outlet.colour_wanted(None)
    assert not outlet.colour_wanted("report.txt")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not outlet.colour_wanted(None)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not outlet.colour_wanted(None)
