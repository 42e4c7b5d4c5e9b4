"""``explain``: the proof of one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..messages import text
from . import options
from .worded import argument, command, option

if TYPE_CHECKING:
    from ..checking import Answer

# Findings of a duty that are named where the duty was given in place of one.
_NAMED = 5


@command("explain", short_help="short.explain", help="help.explain help.log")
@argument("logs", nargs=-1, metavar="metavar.logs")
@argument("finding", metavar="metavar.finding")
@options.as_of
@options.known_at
@option("--within", metavar="metavar.time", help="help.within")
@options.input_format
@options.mapping
@options.rule_timeout
@options.configured
@options.page_format
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
    from ..documents.document import facts_of
    from ..plugins import load_registry
    from ..report import EXIT_USAGE
    from ..reports.options import Names, ReportOptions
    from ..reports.proof import write_json, write_text
    from ..reports.proof_page import outline
    from . import asking, outlet, showing

    outlet.refuse_input(output, logs, **asking.inputs(judged))
    found = answer(asking.inquiry(logs, **judged), load_registry(plugins=not no_plugins))
    _refuse_rule(finding, found)
    proof = found.explain(finding_id(finding, found))
    names = Names.of(found.rulebook)
    if showing.chosen_page(format_name, output) in ("table", "json"):
        shown = ReportOptions(names=names, **showing.drawing(output))
        write = write_json if showing.chosen_page(format_name, output) == "json" else write_text
        outlet.deliver(lambda stream: write(proof, stream, shown), output)
    else:
        told = facts_of(found.report, names.municipalities, proof.finding.municipality)
        showing.write_page(lambda: outline(proof, names), dict, format_name, output, told)
    return EXIT_USAGE if any(p.severity == "error" for p in found.report.problems) else 0


def _refuse_rule(given: str, found: Answer) -> None:
    """Raise ``UsageError`` for a duty in place of a finding, with the findings that it has."""
    from ..selecting import areas

    word = given.strip().casefold()
    rule = next((name for name in areas(found.rulebook) if name.casefold() == word), None)
    if rule is None:
        return
    ids = [
        f"{f.id} ({f.case or f.period or f.municipality})" for f in found.report.findings if f.rule == rule
    ]
    shown = ", ".join(ids[:_NAMED]) + (" ..." if len(ids) > _NAMED else "")
    code = "error.finding.rule.found" if ids else "error.finding.rule.none"
    known = text(code, name=rule, as_of=found.as_of.text, ids=shown)
    raise UsageError(text("error.finding.rule", name=rule, found=known))
