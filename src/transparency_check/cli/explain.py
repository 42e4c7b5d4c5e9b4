"""``explain``: the proof of one finding."""

from __future__ import annotations

from typing import Any

import click

from ..messages import text
from . import options


@click.command(
    "explain", short_help=text("short.explain"), help=text("help.explain") + "\n\n" + text("help.log")
)
@click.argument("logs", nargs=-1, metavar="LOG...")
@click.argument("finding", metavar="FINDING")
@options.as_of
@options.known_at
@click.option("--within", metavar="TIME", help=text("help.within"))
@options.input_format
@options.law
@click.option("--format", "format_name", type=click.Choice(["table", "json"]), help=text("help.format"))
@options.output
def explain(
    logs: tuple[str, ...],
    finding: str,
    format_name: str | None,
    output: str | None,
    no_plugins: bool,
    **judged: Any,
) -> int:
    from ..checking import answer, finding_id
    from ..plugins import load_registry
    from ..report import EXIT_USAGE
    from ..reports.options import Names, ReportOptions
    from ..reports.proof import write_json, write_text
    from . import asking, outlet, showing

    outlet.refuse_input(output, logs)
    found = answer(asking.inquiry(logs, **judged), load_registry(plugins=not no_plugins))
    proof = found.judgement.explain(finding_id(finding, found))
    shown = ReportOptions(names=Names.of(found.rulebook), **showing.drawing(output))
    as_json = format_name == "json" or (format_name is None and (output or "").lower().endswith(".json"))
    write = write_json if as_json else write_text
    outlet.deliver(lambda stream: write(proof, stream, shown), output)
    return EXIT_USAGE if any(p.severity == "error" for p in found.report.problems) else 0
