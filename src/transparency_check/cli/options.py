"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..documents import NAMES as DOCUMENTS
from ..messages import text

_Command = TypeVar("_Command", bound=Callable[..., Any])

logs = click.argument("logs", nargs=-1, metavar="LOG...")
pack = click.option("--pack", "packs", multiple=True, metavar="NAME|FOLDER", help=text("help.pack"))
config = click.option("--config", type=click.Path(), metavar="FILE", help=text("help.config.file"))
no_config = click.option("--no-config", is_flag=True, help=text("help.no_config"))
every_pack = click.option(
    "--pack", "packs", multiple=True, metavar="NAME|FOLDER", help=text("help.list.pack")
)
no_plugins = click.option("--no-plugins", is_flag=True, help=text("help.no_plugins"))
no_cache = click.option("--no-cache", is_flag=True, help=text("help.no_cache"))
rule_timeout = click.option(
    "--rule-timeout",
    type=click.IntRange(1, 86_400),
    metavar="SECONDS",
    help=text("help.rule_timeout"),
)
waivers = click.option("--waivers", type=click.Path(), metavar="FILE", help=text("help.waivers"))
no_waivers = click.option("--no-waivers", is_flag=True, help=text("help.no_waivers"))
memory = click.option("--memory", metavar="SIZE", help=text("help.memory"))
select = click.option("--select", multiple=True, metavar="DUTY", help=text("help.select"))
ignore = click.option("--ignore", multiple=True, metavar="DUTY", help=text("help.ignore"))
report_format = click.option("--format", "format_name", metavar="FORMAT", help=text("help.format"))
short_format = click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    help=text("help.format.short"),
)
page_format = click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "markdown", "json", *DOCUMENTS]),
    help=text("help.format"),
)
output = click.option("--output", "-o", type=click.Path(), metavar="FILE", help=text("help.output"))
as_of = click.option("--as-of", metavar="TIME", help=text("help.as_of"))
known_at = click.option("--known-at", metavar="TIME", help=text("help.known_at"))
input_format = click.option("--input-format", metavar="FORMAT", help=text("help.input_format"))
municipality = click.option(
    "--municipality", "municipalities", multiple=True, metavar="NAME", help=text("help.municipality")
)
case = click.option("--case", "cases", multiple=True, metavar="CASE", help=text("help.case"))
first = click.option("--from", "first", metavar="DAY", help=text("help.from"))
last = click.option("--to", "last", metavar="DAY", help=text("help.to"))
everything = click.option("--all", "everything", is_flag=True, help=text("help.all"))


profile = click.option("--profile", is_flag=True, help=text("help.profile"))


def law(command: _Command) -> _Command:
    """Which law is applied: packs, plugins, cache."""
    for option in (no_cache, no_plugins, pack):
        command = option(command)
    return command


def configured(command: _Command) -> _Command:
    """Which law is applied, and what the office has configured of it."""
    command = law(command)
    for option in (no_config, config):
        command = option(command)
    return command


def reading(command: _Command) -> _Command:
    """As ``configured``, over every bundled pack: for who reads the law rather than a log."""
    for option in (no_config, config, no_cache, no_plugins, every_pack):
        command = option(command)
    return command


def judged(command: _Command) -> _Command:
    """What is judged, when, and by which duties."""
    command = configured(command)
    for option in (memory, rule_timeout, no_waivers, waivers, input_format, ignore, select, known_at, as_of):
        command = option(command)
    return command


def shown(command: _Command) -> _Command:
    """What of it is shown, and how."""
    for option in (output, report_format, last, first, case, municipality):
        command = option(command)
    return command
