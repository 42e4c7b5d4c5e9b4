"""``upcoming``: what falls due soon, by last working day to act."""

from __future__ import annotations

from typing import Any

from . import options
from .worded import command, option


@command(
    "upcoming",
    short_help="short.upcoming",
    help="help.upcoming help.log",
    epilog="help.exit.upcoming",
)
@options.logs
@option("--within", default="30d", show_default=True, metavar="metavar.time", help="help.within")
@option("--overdue", is_flag=True, help="help.overdue")
@option("--ended", is_flag=True, help="help.ended")
@options.since
@options.judged
@options.shown
@options.redact
@options.profile
def upcoming(
    logs: tuple[str, ...],
    overdue: bool,
    ended: bool,
    since: str | None,
    municipalities: tuple[str, ...],
    cases: tuple[str, ...],
    first: str | None,
    last: str | None,
    formats: tuple[str, ...],
    output: str | None,
    no_plugins: bool,
    redact: bool,
    profile: bool,
    **judged: Any,
) -> int:
    from dataclasses import replace

    from .. import coming
    from ..checking import answer
    from ..plugins import load_registry
    from ..redaction import redacted
    from ..report import PAST, exit_code
    from ..report import ended as no_more
    from ..reports.needs import needs
    from ..reports.options import Names, ReportOptions
    from . import asking, observing, outlet, showing

    begin, end = showing.days(first, last)
    registry = load_registry(plugins=not no_plugins)
    places = showing.chosen(formats, output, registry)
    for place in places:
        outlet.refuse_input(place.output, logs, **asking.inputs(judged))
        outlet.refuse_earlier(place.output, since)
    inquiry = asking.inquiry(logs, **judged)
    before = coming.read_earlier(since)
    selection = asking.selection(judged, municipality=municipalities, case=cases, first=first, last=last)
    whole = ended or before is not None or needs(place.reporter for place in places).whole
    if not (municipalities or cases or begin or end or whole):
        # What can no longer come is counted, not made.
        kept = ("violated",) if overdue else ()
        inquiry = replace(inquiry, most={outcome: 1 for outcome in PAST if outcome not in kept})
    with observing.observed() as observer:
        found = answer(inquiry, registry, watch=observer)
        report = showing.view(found, municipalities, cases, begin, end)
        if redact:
            report = redacted(report, found.rulebook)
    assert found.until is not None
    next_ = coming.next_of(found, report, overdue, before, selection)
    shown_already = {finding.id for finding in next_.findings}
    over = no_more(report, found.as_of.day, found.until) if ended else ()
    over = tuple(finding for finding in over if finding.id not in shown_already)
    shown = ReportOptions(
        names=Names.of(found.rulebook),
        fail_on="never",
        selection=selection,
        upcoming=replace(next_, ended=over),
        revisions=found.judgement.revisions,
        acts=found.discharges(),
    )
    # Before a reporter from outside has had the report in its hands.
    code = exit_code(report, "never")
    with observer.stage("report"):
        showing.write(report, places, shown)
    if profile:
        observing.tell_profile(observer, found.judgement.obligations())
    return code
