"""``diff``: which verdicts moved between two states of the records, and by which event."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import UsageError
from ..messages import text
from . import options
from .worded import argument, command, option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..changes import Bearing
    from ..comparing import Comparison, Move
    from ..model import Finding
    from ..reports.options import Names


class _Compared(NamedTuple):
    """A comparison with how it is told."""

    comparison: Comparison
    names: Names
    events: Callable[[Move], tuple[Bearing, ...]]
    told: Callable[[Finding], list[str]] | None = None
    heads: tuple[Mapping[str, Any], Mapping[str, Any]] | None = None


@command("diff", short_help="short.diff", help="help.diff help.diff.sides", epilog="help.exit.diff")
@argument("sides", nargs=-1, metavar="metavar.sides")
@option("--known-at", "moments", multiple=True, metavar="metavar.time", help="help.diff.known_at")
@options.as_of
@options.judged_as_known
@options.fail_on
@options.exit_zero
@options.page_format
@options.output
@options.redact
def diff(
    sides: tuple[str, ...],
    moments: tuple[str, ...],
    fail_on: Any,
    exit_zero: bool,
    format_name: str | None,
    output: str | None,
    redact: bool,
    no_plugins: bool,
    **judged: Any,
) -> int:
    from ..documents.document import facts_of
    from ..report import EXIT_FINE, EXIT_RULE_FAILED, EXIT_USAGE, EXIT_VIOLATIONS
    from ..reports.moved import comparison_object, outline
    from . import asking, outlet, showing

    outlet.refuse_input(output, sides, **asking.inputs(judged))
    found = _reports(sides, moments, redact) or _logs(sides, moments, no_plugins, redact, judged)
    comparison, names = found.comparison, found.names
    showing.write_page(
        lambda: outline(comparison, names, found.told, found.events),
        lambda: comparison_object(comparison, names, found.told, found.events, found.heads),
        format_name,
        output,
        facts_of(comparison.after, names.municipalities),
    )
    reports = (comparison.before, comparison.after)
    if any(p.severity == "error" for report in reports for p in report.problems):
        return EXIT_USAGE
    if any(report.rule_errors for report in reports):
        return EXIT_RULE_FAILED
    return EXIT_VIOLATIONS if not exit_zero and comparison.worsened(fail_on) else EXIT_FINE


def _reports(sides: tuple[str, ...], moments: tuple[str, ...], redact: bool) -> _Compared | None:
    """Two reports compared; None where the sides are logs. Raises ``UsageError`` for one of each, and for two
    that hold different things.
    """
    from ..changes import Changes, bearing, between_reports
    from ..comparing import compared
    from ..reports.read import form_of, names_of, read_report

    forms = [form_of(Path(side)) for side in sides]
    if not any(forms):
        return None
    if len(sides) != 2 or not all(forms):
        raise UsageError(text("error.diff.mixed"))
    if moments:
        raise UsageError(text("error.diff.moments.report"))
    if redact:
        raise UsageError(text("error.diff.redact"))
    before, after = (read_report(Path(side)) for side in sides)
    if before.head["selection"] != after.head["selection"]:
        raise UsageError(text("error.diff.selection"))
    return _Compared(
        compared(before.report, after.report),
        names_of(before, after),
        lambda move: bearing(move, Changes(between_reports(move)), {}, lambda _: ()),
        # The paragraph that the report itself holds.
        lambda finding: [finding.message or ""],
        (before.head, after.head),
    )


def _logs(
    sides: tuple[str, ...], moments: tuple[str, ...], no_plugins: bool, redact: bool, judged: dict[str, Any]
) -> _Compared:
    """Two logs, or one as it was known at two moments. Raises ``UsageError`` for anything else."""
    from dataclasses import replace

    from ..changes import Changes, Linked, bearing, between, types_read
    from ..checking import answer
    from ..comparing import compared
    from ..plugins import load_registry
    from ..redaction import redacted, redacted_events
    from ..reports.options import Names
    from . import asking, observing

    if not ((len(sides) == 2 and len(moments) < 2) or (len(sides) == 1 and len(moments) == 2)):
        raise UsageError(text("error.diff.sides"))
    if len(sides) == 2 and Path(sides[0]).resolve() == Path(sides[1]).resolve():
        raise UsageError(text("error.diff.same", path=sides[0]))
    known = moments * 2 if len(moments) == 1 else moments or (None, None)
    first = replace(asking.inquiry(sides[:1], known_at=known[0], **judged), keep_log=True, by_row=True)
    second = replace(first, logs=sides[-1:], known_at=known[1])
    if first == second:
        raise UsageError(text("error.diff.moments", moment=moments[0]))
    registry = load_registry(plugins=not no_plugins)
    with observing.observed() as observer:
        before = answer(first, registry, watch=observer)
        # Both at one moment, also where it is now.
        after = answer(replace(second, as_of=before.as_of.text), registry, watch=observer)
    changes, read = Changes(between(before, after)), types_read(after.rulebook)
    linked = Linked(before, after)
    sides_of = (before.report, after.report)

    def events(move: Move) -> tuple[Bearing, ...]:
        return bearing(move, changes, read, linked)

    shown = redacted_events(events, *sides_of) if redact else events
    if redact:
        sides_of = (redacted(before.report, before.rulebook), redacted(after.report, after.rulebook))
    return _Compared(compared(*sides_of), Names.of(after.rulebook), shown)
