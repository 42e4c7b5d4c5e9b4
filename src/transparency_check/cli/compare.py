"""``compare``: one log judged twice, and only what moves."""

from __future__ import annotations

from typing import Any

import click

from ..errors import UsageError
from ..messages import text
from . import options
from .worded import command, option


@command(
    "compare",
    short_help="short.compare",
    help="help.compare help.log",
    epilog="help.exit.compare",
)
@options.logs
@options.judged
@option("--reading", "readings", multiple=True, metavar="metavar.reading", help="help.compare.reading")
@option("--against-pack", "other_packs", multiple=True, metavar="metavar.pack", help="help.compare.pack")
@option(
    "--against-config", "other_config", type=click.Path(), metavar="metavar.file", help="help.compare.config"
)
@option("--against-no-config", "other_no_config", is_flag=True, help="help.compare.no_config")
@option(
    "--against-reading",
    "other_readings",
    multiple=True,
    metavar="metavar.reading",
    help="help.compare.other",
)
@option("--against-as-of", "other_as_of", metavar="metavar.time", help="help.compare.as_of")
@option("--against-known-at", "other_known_at", metavar="metavar.time", help="help.compare.known_at")
@options.page_format
@options.output
def compare(
    logs: tuple[str, ...],
    readings: tuple[str, ...],
    other_packs: tuple[str, ...],
    other_config: str | None,
    other_no_config: bool,
    other_readings: tuple[str, ...],
    other_as_of: str | None,
    other_known_at: str | None,
    format_name: str | None,
    output: str | None,
    no_plugins: bool,
    **judged: Any,
) -> int:
    from dataclasses import replace

    from ..checking import answer
    from ..comparing import compared, with_readings
    from ..configuration.read import office_file
    from ..documents.document import facts_of
    from ..plugins import load_registry
    from ..report import EXIT_FINE, EXIT_RULE_FAILED, EXIT_USAGE, EXIT_VIOLATIONS
    from ..reports.moved import comparison_object, outline
    from ..reports.options import Names
    from . import asking, observing, outlet, showing

    outlet.refuse_input(output, logs, **asking.inputs(judged))
    outlet.refuse_input(output, packs=other_packs, config=other_config, no_config=other_no_config)
    base = asking.inquiry(logs, **judged)
    other = base
    if other_packs:
        other = replace(other, packs=other_packs)
    if other_config is not None or other_no_config:
        other = replace(other, office=office_file(other_config, other_no_config))
    if other_as_of is not None:
        other = replace(other, as_of=other_as_of)
    if other_known_at is not None:
        other = replace(other, known_at=other_known_at)
    base = replace(base, office=with_readings(base.office, readings, "--reading"))
    other = replace(
        other, office=with_readings(other.office, other_readings or readings, "--against-reading")
    )
    if base == other:
        raise UsageError(text("error.compare.nothing"))
    registry = load_registry(plugins=not no_plugins)
    with observing.observed() as observer:
        before = answer(base, registry, watch=observer)
        if other.as_of is None:
            # Both at one moment, also where it is now.
            other = replace(other, as_of=before.as_of.text)
        after = answer(other, registry, watch=observer)
    comparison = compared(before.report, after.report)
    names = Names.of(after.rulebook)
    showing.write_page(
        lambda: outline(comparison, names),
        lambda: comparison_object(comparison, names),
        format_name,
        output,
        facts_of(comparison.before, names.municipalities),
    )
    reports = (comparison.before, comparison.after)
    if any(p.severity == "error" for report in reports for p in report.problems):
        return EXIT_USAGE
    if any(report.rule_errors for report in reports):
        return EXIT_RULE_FAILED
    return EXIT_VIOLATIONS if comparison.moves else EXIT_FINE
