"""``score``: compliance by municipality, area and period, with both bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..documents import NAMES as DOCUMENTS
from ..messages import text
from . import options
from .worded import command, option

if TYPE_CHECKING:
    from ..checking import Answer
    from ..scoring.score import Score


@command("score", short_help="short.score", help="help.score help.log", epilog="help.exit.score")
@options.logs
@options.judged
@option("--per", type=click.Choice(["year", "quarter", "month"]), default="quarter", help="help.score.per")
@option("--badge", type=click.Path(), metavar="metavar.file", help="help.score.badge")
@options.municipality
@option(
    "--format",
    "format_name",
    type=click.Choice(["table", "markdown", "json", "csv", *DOCUMENTS]),
    metavar="metavar.format",
    help="help.format",
)
@options.output
@options.redact
def score(
    logs: tuple[str, ...],
    per: Any,
    badge: str | None,
    municipalities: tuple[str, ...],
    format_name: str | None,
    output: str | None,
    redact: bool,
    no_plugins: bool,
    **judged: Any,
) -> int:
    from dataclasses import replace

    from ..checking import answer
    from ..documents.document import facts_of
    from ..packs.municipalities import municipality_id
    from ..plugins import load_registry
    from ..redaction import redacted
    from ..report import exit_code
    from ..reports.options import Names, ReportOptions
    from ..reports.scored import page, score_object, write_rows
    from ..scoring.score import scores
    from ..selecting import areas
    from . import asking, observing, outlet, showing

    for target in (output, badge):
        outlet.refuse_input(target, logs, **asking.inputs(judged))
    registry = load_registry(plugins=not no_plugins)
    with observing.observed() as observer:
        found = answer(replace(asking.inquiry(logs, **judged), paged=True), registry, watch=observer)
        wanted = {municipality_id(name, found.rulebook) for name in municipalities}
        timeless = {duty.id for duty in found.rulebook.duties if duty.shape == "standing"}
        counted = scores(found.report.findings, areas(found.rulebook), per, wanted, timeless)
    names = Names.of(found.rulebook)
    shown = ReportOptions(
        names=names,
        selection=asking.selection(judged, municipality=municipalities),
        **showing.drawing(output),
    )
    code = exit_code(found.report, "never")
    report = redacted(found.report, found.rulebook) if redact else found.report
    chosen = showing.chosen_page(format_name, output)
    if format_name == "csv" or (format_name is None and (output or "").lower().endswith(".csv")):
        outlet.deliver(lambda stream: write_rows(counted, stream), output)
    else:
        showing.write_page(
            lambda: page(report, shown, counted, _area_names(found), per),
            lambda: score_object(report, shown, counted, per),
            format_name,
            output,
            # Who is named there is found by going through all findings once more.
            facts_of(report, names.municipalities) if chosen in DOCUMENTS else (),
        )
    if badge is not None:
        drawn = _badge(counted, wanted, names.municipalities, found)
        outlet.deliver(lambda stream: stream.write(drawn), badge)
    return code


def _area_names(found: Answer) -> dict[str, str]:
    """The name of each area in the language that is spoken."""
    from ..messages.language import current

    return {
        area: title.in_language(current())
        for pack in found.rulebook.packs
        for area, title in pack.areas.items()
    }


def _badge(counted: tuple[Score, ...], wanted: set[str], towns: Any, found: Answer) -> str:
    """The score of the law: of the one municipality, or of all together."""
    from ..messages.figures import day
    from ..reports.scored import rate
    from ..scoring.badge import badge

    law = [s for s in counted if s.key.owed == "law" and s.key.area is None and s.key.period is None]
    named = [s for s in law if s.key.municipality is not None]
    chosen = named[0] if len(named) == 1 else law[0] if law else None
    town = chosen.key.municipality if chosen is not None else next(iter(wanted)) if len(wanted) == 1 else None
    label = text("score.badge", name=towns.get(town, town)) if town else text("score.badge.all")
    low = chosen.bounds[0] if chosen is not None and chosen.bounds is not None else None
    title = text("score.badge.title", label=label, rate=rate(chosen), as_of=day(found.as_of.text))
    return badge(label, rate(chosen), low, title)
