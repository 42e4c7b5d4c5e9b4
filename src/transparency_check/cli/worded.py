"""Commands and options whose texts are asked for when they are shown: the language is chosen later than they
are made.

``help``, ``short_help``, ``epilog`` and the names of values are given as codes of the catalogue; several,
with blanks between them, make a paragraph each.
"""

from __future__ import annotations

import gettext
from functools import partial
from typing import Any

import click

from ..messages import text
from . import completing

PREFIX = "TRANSPARENCY_CHECK_"
OPTION = "--isolated"
# Where the context of a command says that it is to run by itself.
ISOLATED = "transparency_check.isolated"
# The flags that keep from being used what is found by itself, with the options that name it.
_FOUND = {"no_config": "config", "no_waivers": "waivers", "no_baseline": "baseline", "no_plugins": ""}


def _isolated(command: click.Command, ctx: click.Context, args: list[str]) -> bool:
    """Whether the arguments ask for it: to be known before any option asks the environment."""
    try:
        options, _, _ = command.make_parser(ctx).parse_args(args=list(args))
    except click.UsageError:
        # Told when they are parsed for good.
        return False
    return bool(options.get("isolated"))


class _Worded:
    """An attribute that is set as codes and read as text."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._codes = f"_{name}_codes"

    def __set__(self, instance: object, codes: str | None) -> None:
        setattr(instance, self._codes, codes)

    def __get__(self, instance: object | None, owner: type) -> Any:
        if instance is None:
            return self
        codes = getattr(instance, self._codes, None)
        return None if codes is None else "\n\n".join(text(code) for code in codes.split())


class Option(click.Option):
    """An option with worded help and name of its value, which a variable of the environment gives where the
    command does not: ``TRANSPARENCY_CHECK_AS_OF`` for ``--as-of``. Several values are parted by semicolons.
    """

    help = _Worded()
    metavar = _Worded()

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        if self.expose_value and self.envvar is None:
            name = max(self.opts, key=len).lstrip("-")
            self.envvar = f"{PREFIX}{name.replace('-', '_').upper()}"

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """What the variable holds; nothing for a command that is to run by itself."""
        return None if ctx.meta.get(ISOLATED) else super().resolve_envvar_value(ctx)

    def value_from_envvar(self, ctx: click.Context) -> Any:
        """The value, or the values where several are possible. Raises ``BadParameter`` for a flag that is
        neither set nor not.
        """
        found = self.resolve_envvar_value(ctx)
        if self.is_flag and found is not None and click.BOOL.str_to_bool(found) is None:
            raise click.BadParameter(text("error.variable.flag", name=self.envvar, value=found), ctx, self)
        if not self.multiple:
            return super().value_from_envvar(ctx)
        return None if found is None else [part.strip() for part in found.split(";") if part.strip()]


class Argument(click.Argument):
    """An argument with a worded name."""

    metavar = _Worded()


class Command(click.Command):
    """A command with worded texts, with ``--lang`` and with ``--isolated``."""

    help = _Worded()
    short_help = _Worded()
    epilog = _Worded()
    options_metavar = _Worded()

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **{"options_metavar": "metavar.options"} | attributes)
        # Read before anything else (application.py): what is wrong before it is told in that language, too.
        self.params.append(
            Option(
                ["--lang"],
                metavar="metavar.language",
                help="help.lang",
                expose_value=False,
                shell_complete=completing.languages,
            )
        )
        self.params.append(Option([OPTION], is_flag=True, help="help.isolated", expose_value=False))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; with ``--isolated`` nothing is used that was not named."""
        if not ctx.resilient_parsing and _isolated(self, ctx, args):
            ctx.meta[ISOLATED] = True
        rest = super().parse_args(ctx, args)
        if ctx.meta.get(ISOLATED):
            for flag, named in _FOUND.items():
                if flag in ctx.params and ctx.params.get(named) is None:
                    ctx.params[flag] = True
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option of click, which it makes only once, with its text in the language of now."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = gettext.gettext("Show this message and exit.")
        return found


class Group(Command, click.Group):
    """A group with worded texts."""

    subcommand_metavar = _Worded()

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "metavar.command"} | attributes)

    command_class = Command


option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)
command = partial(click.command, cls=Command)
