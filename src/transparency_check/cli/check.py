"""``check``: which duties were met, which were violated, which come next."""

from __future__ import annotations

from typing import Any

from . import options
from .worded import command


@command(
    "check",
    short_help="short.check",
    help="help.check help.log",
    epilog="help.exit",
)
@options.logs
@options.judged
@options.baseline
@options.no_baseline
@options.fail_on
@options.exit_zero
@options.shown
@options.everything
@options.redact
@options.statistics
@options.quiet
@options.profile
@options.partitions
@options.engine
def check(
    logs: tuple[str, ...],
    municipalities: tuple[str, ...],
    cases: tuple[str, ...],
    first: str | None,
    last: str | None,
    formats: tuple[str, ...],
    output: str | None,
    no_plugins: bool,
    fail_on: Any,
    exit_zero: bool,
    everything: bool,
    redact: bool,
    statistics: bool,
    quiet: bool,
    profile: bool,
    engine: str,
    partitions: int | None,
    **judged: Any,
) -> int:
    from dataclasses import replace

    from ..checking import answer
    from ..plugins import load_registry
    from ..redaction import redacted
    from ..report import EXIT_FINE, EXIT_VIOLATIONS, exit_code
    from ..reports.needs import needs
    from ..reports.options import Names, ReportOptions
    from . import asking, distributed, observing, outlet, showing

    distributed.refuse(engine, partitions, judged)
    formats = showing.shortened(formats, output, statistics, quiet)
    begin, end = showing.days(first, last)
    registry = load_registry(plugins=not no_plugins)
    places = showing.chosen(formats, output, registry, distributed.formats(engine))
    for place in places:
        outlet.refuse_input(place.output, logs, **asking.inputs(judged))
    inquiry = asking.inquiry(logs, **judged)
    if inquiry.baseline is not None:
        for place in places:
            outlet.refuse_input(place.output, baseline=inquiry.baseline.name)
    needed = needs(place.reporter for place in places)
    # What the reports leave out is counted, not made: a large log has hundreds of thousands.
    most = None if everything or municipalities or cases or begin or end else needed.most
    inquiry = replace(inquiry, most=most, paged=most is None and needed.one_by_one)
    with observing.observed() as observer:
        found = answer(inquiry, registry, watch=observer, cluster=distributed.cluster(engine, partitions))
        report = showing.view(found, municipalities, cases, begin, end)
        if redact:
            report = redacted(report, found.rulebook)
    shown = ReportOptions(
        names=Names.of(found.rulebook),
        everything=everything,
        fail_on=fail_on,
        selection=asking.selection(judged, municipality=municipalities, case=cases, first=first, last=last),
        revisions=found.judgement.revisions,
        acts=found.discharges(),
    )
    # Before a reporter from outside has had the report in its hands.
    code = exit_code(report, fail_on)
    with observer.stage("report"):
        showing.write(report, places, shown)
    if profile:
        observing.tell_profile(observer, found.judgement.obligations())
    return EXIT_FINE if exit_zero and code == EXIT_VIOLATIONS else code
