"""``validate``: what is broken, impossible or odd in the records themselves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

import click

from ..errors import UsageError
from ..harmless import plain
from ..messages import text
from ..terminal import tell
from . import options
from .worded import command, option

if TYPE_CHECKING:
    from ..configuration.read import OfficeFile
    from ..mending.changes import Change
    from ..plugins import Registry
    from ..validation.validate import Validated


@command("validate", short_help="short.validate", help="help.validate help.log", epilog="help.exit.validate")
@options.logs
@options.configured
@option("--as-of", metavar="metavar.time", help="help.validate.as_of")
@option("--select", multiple=True, metavar="metavar.code", help="help.validate.select")
@option("--ignore", multiple=True, metavar="metavar.code", help="help.validate.ignore")
@options.input_format
@options.mapping
@options.memory
@option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    help="help.validate.fail_on",
)
@option("--fix", is_flag=True, help="help.validate.fix")
@options.exit_zero
@options.report_formats
@options.output
def validate(
    logs: tuple[str, ...],
    fail_on: Any,
    fix: bool,
    exit_zero: bool,
    formats: tuple[str, ...],
    output: str | None,
    no_plugins: bool,
    **read: Any,
) -> int:
    from ..plugins import load_registry
    from ..report import EXIT_FINE, EXIT_VIOLATIONS
    from ..reports.options import Names, ReportOptions
    from ..validation.validate import exit_code
    from ..validation.validate import validate as looked_at
    from . import asking, outlet, showing

    if fix and read["mapping"] is not None:
        raise UsageError(text("error.mapping.fix"))
    registry = load_registry(plugins=not no_plugins)
    places = showing.chosen(formats, output, registry)
    for place in places:
        outlet.refuse_input(place.output, logs, **asking.inputs(read))
    inquiry = asking.inquiry(logs, known_at=None, no_waivers=True, **read)
    found = looked_at(inquiry, registry)
    shown = ReportOptions(
        names=Names.of(found.rulebook),
        selection=asking.selection(read),
        validation=True,
    )
    code = exit_code(found.report, fail_on)
    showing.write(found.report, places, shown)
    if fix:
        _mend(logs, read["input_format"], found, registry, inquiry.office)
    return EXIT_FINE if exit_zero and code == EXIT_VIOLATIONS else code


def _mend(
    logs: tuple[str, ...],
    input_format: str | None,
    found: Validated,
    registry: Registry,
    configured: OfficeFile | None,
) -> None:
    """Write what can be mended beside the logs, and tell every change."""
    from ..mapping.chosen import mappings_of
    from ..mending.logs import mended_logs
    from ..readers.inputs import display_name
    from . import outlet

    office = found.report.configuration
    defaults = {"municipality": office.municipality} if office is not None and office.municipality else {}
    mappings = mappings_of(None, configured)
    for log in list(mended_logs(logs, registry, found.rulebook, input_format, defaults, mappings)):
        if log.target is None:
            _tell(text("fix.not", name=log.name))
            continue
        if not log.changes:
            _tell(text("fix.nothing", name=log.name))
            continue
        for change in log.changes:
            _tell(_said(change))
        for path, content in log.files.items():
            outlet.put(str(path), partial(_write, content))
        _tell(text("fix.written", n=len(log.changes), path=display_name(log.target), name=log.name))


def _write(content: bytes, stream: TextIO) -> None:
    stream.buffer.write(content)


def _said(change: Change) -> str:
    if change.kind == "line_ends":
        return text("fix.line_ends", n=int(change.before), place=change.place)
    return text(
        f"fix.{change.kind}",
        place=change.place,
        column=change.column,
        before=change.before,
        after=change.after,
    )


def _tell(message: str) -> None:
    tell(plain(message), aside=True)
