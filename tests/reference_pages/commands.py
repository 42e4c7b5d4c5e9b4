"""The command line, from the commands themselves: arguments, options, variables; exit codes from the
contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from transparency_check.cli import application
from transparency_check.messages import language

from .tables import code, table

_LEAD = (
    "Every command with its arguments and options, as `--help` of each has them. Which command is for what "
    "is told in the [README](../../README.md), how results are written in [formats.md](../formats.md)."
)
_PROGRAM = "transparency-check"
# Of every command; told once.
_EVERYWHERE = ("--lang", "--isolated", "--help")


def command_line(contract: str) -> str:
    """The page; ``contract`` is the text of docs/contract.md, which has the exit codes."""
    with language.speaking(language.ENGLISH):
        root = click.Context(application, info_name=_PROGRAM, **application.context_settings)
        named = list(commands(root))
        listed = [
            (f"[`{name}`](#{name.replace(' ', '-')})", ctx.command.get_short_help_str(limit=200))
            for name, ctx in named
            if not isinstance(ctx.command, click.Group)
        ]
        return "\n".join(
            [
                "# The command line\n",
                f"{_LEAD}\n",
                table(("command", "what it does"), listed),
                "## For every command\n",
                _help(root),
                _options(root, everywhere=True),
                "## Exit codes\n",
                f"Sections are those of the [contract](../contract.md).\n\n{exit_codes(contract)}",
                *(_section(name, ctx) for name, ctx in named),
            ]
        )


def commands(ctx: click.Context, *before: str) -> Iterator[tuple[str, click.Context]]:
    """All commands below a group by their names, in the order of ``--help``."""
    assert isinstance(ctx.command, click.Group)
    for name in ctx.command.list_commands(ctx):
        command = ctx.command.get_command(ctx, name)
        assert command is not None
        if command.hidden:
            continue
        below = click.Context(command, ctx, info_name=name)
        yield " ".join((*before, name)), below
        if isinstance(command, click.Group):
            yield from commands(below, *before, name)


def exit_codes(contract: str) -> str:
    """What the contract says of them, its links written from the folder of the page."""
    found = re.search(r"^## 4\. Exit codes\n\n(.*?)^## ", contract, re.DOTALL | re.MULTILINE)
    assert found is not None
    return re.sub(r"\]\((?!https?:|#)", "](../", found[1].rstrip() + "\n")


def _section(name: str, ctx: click.Context) -> str:
    depth = "##" if name.count(" ") == 0 else "###"
    usage = " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])
    parts = [f"{depth} {name}\n", f"```text\n{usage}\n```\n", _help(ctx)]
    if not isinstance(ctx.command, click.Group):
        parts.append(_options(ctx))
    if ctx.command.epilog:
        parts.append(f"{_text(ctx.command.epilog)}\n")
    return "\n".join(part for part in parts if part)


def _help(ctx: click.Context) -> str:
    return f"{_text(ctx.command.help or '')}\n"


def _options(ctx: click.Context, everywhere: bool = False) -> str:
    """A table of the options: those of every command, or the command's own."""
    rows = []
    for option in ctx.command.get_params(ctx):
        if not isinstance(option, click.Option) or option.hidden:
            continue
        if not everywhere and set(option.opts) & set(_EVERYWHERE):
            continue
        record = option.get_help_record(ctx)
        assert record is not None
        written, says = record
        variable = option.envvar if isinstance(option.envvar, str) else ""
        rows.append((code(written), _text(says), code(variable)))
    return table(("option", "what it does", "variable"), rows) if rows else ""


def _text(text: str) -> str:
    """Words of a help as prose: what looks like markup is none, and what is written in capitals stays."""
    return re.sub(r"([*_<>\[\]`])", r"\\\1", text)
