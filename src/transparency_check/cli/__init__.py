"""The command line: one thin file per command. Nothing heavy is imported before a command runs, so that
``--help`` answers at once.
"""

from __future__ import annotations

import click

from .. import __version__
from ..messages import text
from ..terminal import tell
from .application import Application
from .baseline import baseline
from .calendar import calendar
from .check import check
from .compare import compare
from .config import config
from .diff import diff
from .explain import explain
from .mapping import mapping
from .plan import plan
from .plugins import plugins
from .record import record
from .register import register
from .remind import remind
from .rules import rules
from .schema import schema
from .score import score
from .serve import serve, serve_token
from .session import session
from .site import site
from .template import template
from .upcoming import upcoming
from .validate import validate
from .waive import waive
from .worded import option


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        tell(text("version.line", version=__version__))
        ctx.exit()


@click.group(
    cls=Application,
    help="help.main help.environment",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="help.version"
)
def application() -> None:
    pass


_COMMANDS = (
    check, validate, upcoming, remind, explain, session, plan, compare, diff, score, site, waive, baseline,
    template, mapping, record, register, serve, serve_token, rules, calendar, config, schema, plugins,
)  # fmt: skip

for command in _COMMANDS:
    application.add_command(command)


def main() -> None:
    """Entry point of the program."""
    application.main(prog_name="transparency-check")
