"""The recipes of docs/reminders.md: each is what its system reads, and its command runs."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from transparency_check.cli import application

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reminders.md").read_text("utf-8")
KLINA = ROOT / "samples" / "klina" / "log.jsonl"
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def unit(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(text)
    return parser


def by_cron() -> str:
    """The command of the line, whose first five fields say when."""
    (line,) = "".join(blocks("crontab")).splitlines()
    *when, command = line.split(None, 5)
    assert len(when) == 5
    for field, (low, high) in zip(when, ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7)), strict=True):
        numbers = [int(n) for n in re.findall("[0-9]+", field)]
        assert field == "*" or (re.fullmatch(r"[0-9]+(-[0-9]+)?", field) and numbers == sorted(numbers))
        assert all(low <= n <= high for n in numbers)
    assert when == ["30", "7", "*", "*", "1-5"]
    # Cron takes a percent sign for the end of the command.
    assert "%" not in command
    folder, program = command.split(" && ")
    assert folder.startswith("cd /")
    return program


def by_systemd() -> str:
    service, _ = map(unit, blocks("ini"))
    assert service["Service"]["Type"] == "oneshot"
    assert service["Service"]["RestartForceExitStatus"] == "4"
    name, _, file = service["Service"]["LoadCredential"].partition(":")
    assert file.startswith("/")
    command = service["Service"]["ExecStart"]
    assert command.startswith("/") and f"%d/{name}" in command
    return command.replace("%d", "credentials")


def by_windows() -> str:
    (text,) = blocks("xml")
    task = ElementTree.fromstring(text.encode())
    assert task.tag == f"{TASK}Task"
    run = task.find(f"{TASK}Actions/{TASK}Exec")
    assert run is not None
    # The order of the schema of Windows.
    assert [child.tag.removeprefix(TASK) for child in task] == ["Triggers", "Settings", "Actions"]
    assert [child.tag.removeprefix(TASK) for child in run] == ["Command", "Arguments", "WorkingDirectory"]
    days = task.find(f".//{TASK}DaysOfWeek")
    assert days is not None and len(days) == 5
    command, arguments = run[0].text, run[1].text
    assert command is not None and arguments is not None and command.endswith("\\transparency-check.exe")
    return f"transparency-check {arguments}"


RECIPES: dict[str, Callable[[], str]] = {"cron": by_cron, "systemd": by_systemd, "windows": by_windows}


@pytest.mark.parametrize("recipe", RECIPES)
def test_its_command_runs(recipe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, *args = shlex.split(RECIPES[recipe]())
    assert program.endswith("transparency-check")
    monkeypatch.chdir(tmp_path)
    shutil.copy(KLINA, tmp_path / "log.jsonl")
    args[args.index("log.xlsx")] = "log.jsonl"
    result = CliRunner().invoke(application, [*args, "--dry-run", "--as-of", "2026-11-20"])
    assert result.exit_code == 0, result.output
    mail = message_from_bytes(result.stdout_bytes, policy=default)
    assert (mail["To"], mail["From"]) == ("office@example.org", "duties@example.org")
    assert "overdue" in mail["Subject"]
    assert "this run is the first" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["log.jsonl"]


def test_the_timer_is_on_working_days() -> None:
    _, timer = map(unit, blocks("ini"))
    assert timer["Timer"]["OnCalendar"] == "Mon..Fri 07:30"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Where it is installed; what it says of programs and users that are not here does not count."""
    names = ("transparency-remind.service", "transparency-remind.timer")
    known = {
        "Unit": {"Description", "Wants", "After"},
        "Service": {
            "Type",
            "User",
            "WorkingDirectory",
            "LoadCredential",
            "ExecStart",
            "RestartForceExitStatus",
            "RestartSec",
        },
        "Timer": {"OnCalendar", "Persistent"},
        "Install": {"WantedBy"},
    }
    for name, text in zip(names, blocks("ini"), strict=True):
        assert f"`/etc/systemd/system/{name}`" in PAGE
        for section, keys in unit(text).items():
            assert section == "DEFAULT" or set(keys) <= known[section], section
        (tmp_path / name).write_text(text, "utf-8")
    if shutil.which("systemd-analyze") is None:
        return
    verified = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in names)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Unknown" not in verified.stderr and "Failed to parse" not in verified.stderr, verified.stderr


def test_no_secret_stands_on_a_command_line() -> None:
    for recipe in RECIPES.values():
        command = recipe()
        assert "--credentials" in command and "assword" not in command and "--notify" not in command


def test_every_option_that_the_page_names_is_one() -> None:
    known = {name for param in application.commands["remind"].params for name in param.opts}
    more = {
        name
        for command in ("upcoming", "check")
        for p in application.commands[command].params
        for name in p.opts
    }
    named = set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", PAGE)) - {"--now"}
    assert named <= known | more
    assert {"--to", "--since", "--save", "--always", "--dry-run", "--credentials", "--notify"} <= named
