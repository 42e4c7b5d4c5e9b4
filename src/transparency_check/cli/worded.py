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
    """An option with worded help and name of its value."""

    help = _Worded()
    metavar = _Worded()


class Argument(click.Argument):
    """An argument with a worded name."""

    metavar = _Worded()


class Command(click.Command):
    """A command with worded texts, and with ``--lang``."""

    help = _Worded()
    short_help = _Worded()
    epilog = _Worded()
    options_metavar = _Worded()

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **{"options_metavar": "metavar.options"} | attributes)
        # Read before anything else (application.py): what is wrong before it is told in that language, too.
        self.params.append(
            Option(["--lang"], metavar="metavar.language", help="help.lang", expose_value=False)
        )

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
