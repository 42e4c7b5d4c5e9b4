"""``waive``: write down who accepted a violation, why, and until when."""

from __future__ import annotations

from typing import Any

import click

from ..messages import text
from ..messages.figures import day
from . import options
from .worded import argument, command, option


@command("waive", short_help="short.waive", help="help.waive help.log")
@argument("logs", nargs=-1, metavar="metavar.logs")
@argument("finding", metavar="metavar.finding")
@option("--reason", required=True, metavar="metavar.text", help="help.waive.reason")
@option("--approved-by", required=True, metavar="metavar.text", help="help.waive.approved_by")
@option("--legal-basis", required=True, metavar="metavar.text", help="help.waive.legal_basis")
@option("--until", required=True, metavar="metavar.day", help="help.waive.until")
@option("--waivers", type=click.Path(), metavar="metavar.file", help="help.waive.file")
@options.as_of
@options.known_at
@options.select
@options.input_format
@options.mapping
@options.configured
def waive(
    logs: tuple[str, ...],
    finding: str,
    reason: str,
    approved_by: str,
    legal_basis: str,
    until: str,
    waivers: str | None,
    no_plugins: bool,
    **judged: Any,
) -> int:
    from dataclasses import replace

    from ..checking import answer, finding_id
    from ..harmless import plain
    from ..plugins import load_registry
    from ..terminal import tell
    from ..waivers.accepting import Decision, accepted
    from ..waivers.file import to_write
    from . import asking, outlet, showing

    last = showing.day("--until", until)
    assert last is not None
    target = to_write(waivers)
    inquiry = replace(asking.inquiry(logs, **judged, no_waivers=True), waivers=None)
    found = answer(inquiry, load_registry(plugins=not no_plugins))
    chosen = next(f for f in found.report.findings if f.id == finding_id(finding, found))
    decision = Decision(reason, approved_by, legal_basis, last)
    written = accepted(target, chosen, decision, found.rulebook, found.as_of.day, found.as_of.text)
    outlet.put(str(target), lambda stream: stream.write(written))
    shown = text("waive.written", id=chosen.id, rule=chosen.rule, until=day(last), path=target.as_posix())
    tell(plain(shown))
    return 0
