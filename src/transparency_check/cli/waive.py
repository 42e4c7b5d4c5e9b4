"""``waive``: write down who accepted a violation, why, and until when."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..messages import text
from ..messages.figures import day
from . import options
from .worded import argument, command, option

if TYPE_CHECKING:
    from ..checking import Answer
    from ..model import Finding


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
    from ..configuration.read import found_file
    from ..harmless import plain
    from ..plugins import load_registry
    from ..waivers import FILE
    from ..waivers.file import Waiver
    from ..waivers.writing import with_entry
    from . import asking, outlet, showing
    from .application import tell

    last = showing.day("--until", until)
    assert last is not None
    nearest = found_file(name=FILE)
    target = Path(waivers or (os.path.relpath(nearest) if nearest is not None else FILE))
    inquiry = replace(asking.inquiry(logs, **judged, no_waivers=True), waivers=None)
    found = answer(inquiry, load_registry(plugins=not no_plugins))
    chosen = next(f for f in found.report.findings if f.id == finding_id(finding, found))
    _refuse(chosen, found)
    if last < found.as_of.day:
        raise UsageError(text("error.waive.until", until=until, as_of=day(found.as_of.text)))
    entry = Waiver(
        rule=chosen.rule,
        municipality=chosen.municipality,
        finding=chosen.id,
        reason=reason,
        approved_by=approved_by,
        legal_basis=legal_basis,
        until=last,
    )
    written = with_entry(target, entry, chosen, found.as_of.day)
    outlet.put(str(target), lambda stream: stream.write(written))
    shown = text("waive.written", id=chosen.id, rule=chosen.rule, until=day(last), path=target.as_posix())
    tell(plain(shown))
    return 0


def _refuse(finding: Finding, found: Answer) -> None:
    """Raise ``UsageError`` for a finding that nobody can accept."""
    if not finding.violation:
        outcome = text(f"outcome.{finding.outcome}")
        raise UsageError(text("error.waive.outcome", id=finding.id, rule=finding.rule, outcome=outcome))
    duty = found.rulebook.duty(finding.rule)
    if duty is not None and not duty.waivable:
        raise UsageError(text("error.waive.waivable", rule=finding.rule))
