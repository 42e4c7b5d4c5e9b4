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
@options.statistics
@options.quiet
@options.profile
def check(
    logs: tuple[str, ...],
    municipalities: tuple[str, ...],
    cases: tuple[str, ...],
    first: str | None,
    last: str | None,
    format_name: str | None,
    output: str | None,
    no_plugins: bool,
    fail_on: Any,
    exit_zero: bool,
    everything: bool,
    statistics: bool,
    quiet: bool,
    profile: bool,
    **judged: Any,
) -> int:
    from dataclasses import replace

    from ..checking import answer
    from ..plugins import load_registry
    from ..report import EXIT_FINE, EXIT_VIOLATIONS, exit_code
    from ..reports.options import Names, ReportOptions
    from ..reports.outline import NEEDED, ONE_BY_ONE
    from . import asking, observing, outlet, showing

    format_name = showing.shortened(format_name, output, statistics, quiet)
    outlet.refuse_input(output, logs, **asking.inputs(judged))
    begin, end = showing.days(first, last)
    registry = load_registry(plugins=not no_plugins)
    reporter = showing.chosen_reporter(format_name, output, registry.reporters)
    inquiry = asking.inquiry(logs, **judged)
    if inquiry.baseline is not None:
        outlet.refuse_input(output, baseline=inquiry.baseline.name)
    if reporter.name in NEEDED and not (everything or municipalities or cases or begin or end):
        # What the report leaves out is counted, not made: a large log has hundreds of thousands.
        inquiry = replace(inquiry, most=NEEDED[reporter.name])
    elif reporter.name in ONE_BY_ONE:
        inquiry = replace(inquiry, paged=True)
    with observing.observed() as observer:
        found = answer(inquiry, registry, watch=observer)
        report = showing.view(found, municipalities, cases, begin, end)
    shown = ReportOptions(
        names=Names.of(found.rulebook),
        everything=everything,
        fail_on=fail_on,
        selection=asking.selection(judged, municipality=municipalities, case=cases, first=first, last=last),
        **showing.drawing(output),
    )
    # Before a reporter from outside has had the report in its hands.
    code = exit_code(report, fail_on)
    with observer.stage("report"):
        showing.write(report, reporter, shown, output)
    if profile:
        observing.tell_profile(observer, found.judgement.obligations())
    return EXIT_FINE if exit_zero and code == EXIT_VIOLATIONS else code
