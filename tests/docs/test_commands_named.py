"""What the documents tell people to type can be typed: the command is there, and so is every option."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from transparency_check.cli import application

ROOT = Path(__file__).parents[2]
GENERATED = ROOT / "docs" / "law" / "duties"
DOCUMENTS = sorted(
    file
    for folder in ("docs", "rules", "samples", "examples")
    for file in (ROOT / folder).rglob("*.md")
    if file.parent != GENERATED
)
PROGRAM = re.compile(r"(?:\S*[/\\])?transparency-check (.*)")
# What a shell takes as the end of a command.
ENDS = {"|", "&&", "||", ";", "&", ">", ">>", "2>"}


def commands(text: str) -> list[str]:
    """Those in blocks of a shell, and those in backticks, without the name of the program."""
    found = []
    for block in re.findall(r"^```(?:console|sh|bash|powershell)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        lines = block.replace("\\\n", " ").splitlines()
        # Where some have a prompt, the others are what the commands write.
        prompted = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        found += [said[1] for line in prompted or lines if (said := PROGRAM.match(line)) is not None]
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return [*found, *re.findall(r"`transparency-check ([^`]+)`", prose)]


def typed(command: str) -> list[str]:
    """The arguments up to where a shell would end the command."""
    arguments = []
    for word in shlex.split(command.replace("\\|", "|"), comments=True):
        if word in ENDS:
            break
        arguments.append(word)
    return arguments


def parse(arguments: list[str]) -> None:
    """Down the groups to the command. Raises ``UsageError`` for what is not there."""
    command: click.Command = application
    ctx = click.Context(application, info_name="transparency-check", **application.context_settings)
    while True:
        _, rest, _ = command.make_parser(ctx).parse_args(list(arguments))
        if not isinstance(command, click.Group) or not rest:
            return
        found = command.get_command(ctx, rest[0])
        if found is None:
            raise click.UsageError(f"no command {rest[0]}")
        ctx = click.Context(found, ctx, info_name=rest[0])
        command, arguments = found, rest[1:]


def test_most_documents_name_commands() -> None:
    assert sum(len(commands(file.read_text(encoding="utf-8"))) for file in DOCUMENTS) > 150


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_to_be_typed_can_be_typed(document: Path) -> None:
    wrong = []
    for command in commands(document.read_text(encoding="utf-8")):
        try:
            parse(typed(command))
        except (click.UsageError, ValueError) as error:
            wrong.append((command, str(error)))
    assert wrong == []
