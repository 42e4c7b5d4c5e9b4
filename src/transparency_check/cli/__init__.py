"""The command line: one thin file per command. Nothing heavy is imported before a command runs, so that
``--help`` answers at once.
"""

from __future__ import annotations

import gc

import click

from .. import __version__
from ..messages import text
from .application import Application
from .calendar import calendar
from .check import check
from .config import config
from .explain import explain
from .plugins import plugins
from .rules import rules
from .template import template
from .upcoming import upcoming
from .waive import waive


@click.group(
    cls=Application, help=text("help.main"), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="transparency-check")
def application() -> None:
    pass


for command in (check, upcoming, explain, waive, template, rules, calendar, config, plugins):
    application.add_command(command)


def main() -> None:
    """Entry point of the program."""
    # A run makes records by the hundred thousand, none of them in cycles, and ends: looking for cycles
    # would be a quarter of its time.
    gc.disable()
    application.main(prog_name="transparency-check")
