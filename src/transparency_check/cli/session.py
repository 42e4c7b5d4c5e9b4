"""``session``: the readiness sheet of one case."""

from __future__ import annotations

from typing import Any

from ..errors import UsageError
from ..messages import text
from . import options
from .worded import argument, command, option


@command(
    "session",
    short_help="short.session",
    help="help.session help.session.case help.log",
    epilog="help.exit.session",
)
@argument("words", nargs=-1, metavar="metavar.logs_case")
@option("--municipality", metavar="metavar.name", help="help.session.municipality")
@option("--with", "stated", multiple=True, metavar="metavar.field", help="help.session.with")
@options.as_of
@options.known_at
@options.input_format
@options.mapping
@options.rule_timeout
@options.configured
@options.page_format
@options.output
def session(
    words: tuple[str, ...],
    municipality: str | None,
    stated: tuple[str, ...],
    format_name: str | None,
    output: str | None,
    no_plugins: bool,
    **judged: Any,
) -> int:
    from dataclasses import replace

    from ..checking import answer
    from ..documents.document import facts_of
    from ..packs.municipalities import municipality_id
    from ..planning.readiness import sheet_of
    from ..plugins import load_registry
    from ..report import EXIT_FINE, EXIT_RULE_FAILED, EXIT_USAGE
    from ..reports.options import Names
    from ..reports.sheet import outline, sheet_object
    from . import asking, observing, outlet, showing

    if len(words) < 2:
        raise UsageError(text("error.session.usage"))
    *logs, case = words
    outlet.refuse_input(output, logs, **asking.inputs(judged))
    inquiry = replace(asking.inquiry(tuple(logs), **judged), keep_log=True)
    registry = load_registry(plugins=not no_plugins)
    with observing.observed() as observer:
        found = answer(inquiry, registry, watch=observer)
        place = None if municipality is None else municipality_id(municipality, found.rulebook)
        sheet = sheet_of(found, case, place, stated)
    names = Names.of(found.rulebook)
    showing.write_page(
        lambda: outline(sheet, names),
        lambda: sheet_object(sheet, names),
        format_name,
        output,
        facts_of(found.report, names.municipalities, sheet.municipality),
    )
    if any(p.severity == "error" for p in found.report.problems):
        return EXIT_USAGE
    return EXIT_RULE_FAILED if found.report.rule_errors else EXIT_FINE
