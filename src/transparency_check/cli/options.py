"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..documents import NAMES as DOCUMENTS
from . import completing
from .worded import argument, option

_Command = TypeVar("_Command", bound=Callable[..., Any])

logs = argument("logs", nargs=-1, metavar="metavar.logs")
pack = option(
    "--pack",
    "packs",
    multiple=True,
    metavar="metavar.pack",
    help="help.pack",
    shell_complete=completing.packs,
)
config = option("--config", type=click.Path(), metavar="metavar.file", help="help.config.file")
no_config = option("--no-config", is_flag=True, help="help.no_config")
every_pack = option("--pack", "packs", multiple=True, metavar="metavar.pack", help="help.list.pack")
no_plugins = option("--no-plugins", is_flag=True, help="help.no_plugins")
no_cache = option("--no-cache", is_flag=True, help="help.no_cache")
rule_timeout = option(
    "--rule-timeout",
    type=click.IntRange(1, 86_400),
    metavar="metavar.seconds",
    help="help.rule_timeout",
)
waivers = option("--waivers", type=click.Path(), metavar="metavar.file", help="help.waivers")
no_waivers = option("--no-waivers", is_flag=True, help="help.no_waivers")
baseline = option("--baseline", type=click.Path(), metavar="metavar.file", help="help.baseline.used")
no_baseline = option("--no-baseline", is_flag=True, help="help.no_baseline")
memory = option("--memory", metavar="metavar.size", help="help.memory")
engine = option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    help="help.engine",
)
partitions = option(
    "--partitions",
    type=click.IntRange(1, 1_000_000),
    metavar="metavar.number",
    help="help.partitions",
)
select = option(
    "--select",
    multiple=True,
    metavar="metavar.duty",
    help="help.select",
    shell_complete=completing.duties,
)
ignore = option(
    "--ignore",
    multiple=True,
    metavar="metavar.duty",
    help="help.ignore",
    shell_complete=completing.duties,
)
report_formats = option(
    "--format",
    "formats",
    multiple=True,
    metavar="metavar.format_file",
    help="help.formats",
    shell_complete=completing.formats,
)
short_format = option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    help="help.format.short",
)
page_format = option(
    "--format",
    "format_name",
    type=click.Choice(["table", "markdown", "json", *DOCUMENTS]),
    help="help.format",
)
output = option("--output", "-o", type=click.Path(), metavar="metavar.file", help="help.output")
as_of = option("--as-of", metavar="metavar.time", help="help.as_of")
known_at = option("--known-at", metavar="metavar.time", help="help.known_at")
input_format = option("--input-format", metavar="metavar.format", help="help.input_format")
mapping = option("--mapping", type=click.Path(), metavar="metavar.file", help="help.mapping.used")
municipality = option(
    "--municipality",
    "municipalities",
    multiple=True,
    metavar="metavar.name",
    help="help.municipality",
    shell_complete=completing.municipalities,
)
case = option("--case", "cases", multiple=True, metavar="metavar.case", help="help.case")
first = option("--from", "first", metavar="metavar.day", help="help.from")
last = option("--to", "last", metavar="metavar.day", help="help.to")
everything = option("--all", "everything", is_flag=True, help="help.all")
since = option("--since", type=click.Path(), metavar="metavar.report", help="help.since")


redact = option("--redact", is_flag=True, help="help.redact")
fail_on = option(
    "--fail-on",
    type=click.Choice(["violation", "advisory", "undetermined", "never"]),
    default="violation",
    help="help.fail_on",
)
exit_zero = option("--exit-zero", is_flag=True, help="help.exit_zero")
statistics = option("--statistics", is_flag=True, help="help.statistics")
quiet = option("--quiet", "-q", is_flag=True, help="help.quiet")
profile = option("--profile", is_flag=True, help="help.profile")


def law(command: _Command) -> _Command:
    """Which law is applied: packs, plugins, cache."""
    for each in (no_cache, no_plugins, pack):
        command = each(command)
    return command


def configured(command: _Command) -> _Command:
    """Which law is applied, and what the office has configured of it."""
    command = law(command)
    for each in (no_config, config):
        command = each(command)
    return command


def reading(command: _Command) -> _Command:
    """As ``configured``, over every bundled pack: for who reads the law rather than a log."""
    for each in (no_config, config, no_cache, no_plugins, every_pack):
        command = each(command)
    return command


def judged(command: _Command) -> _Command:
    """What is judged, when, and by which duties."""
    return as_of(known_at(judged_as_known(command)))


def judged_as_known(command: _Command) -> _Command:
    """As ``judged``, where the command itself says when, and what was known then."""
    command = configured(command)
    for each in (memory, rule_timeout, no_waivers, waivers, mapping, input_format, ignore, select):
        command = each(command)
    return command


def shown(command: _Command) -> _Command:
    """What of it is shown, and how."""
    for each in (output, report_formats, last, first, case, municipality):
        command = each(command)
    return command
