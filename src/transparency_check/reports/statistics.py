"""How many violations of which duty, the most first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TextIO

from ..messages import text
from ..model import OUTCOMES, Finding, Outcome, Report
from .baselines import known
from .cells import wrapped
from .options import ReportOptions
from .table import draw_table

_GAP = 2


class _Counts(NamedTuple):
    """Of one duty. ``new`` are the violations that no baseline holds and no waiver accepts."""

    rule: str
    violations: int
    new: int
    undetermined: int
    obligations: int


class StatisticsReporter:
    """A table, one duty a row; duties without violation or doubt only where everything is asked for."""

    name = "statistics"
    suffixes: tuple[str, ...] = ()
    most: Mapping[Outcome, int] = dict.fromkeys(OUTCOMES, 1)

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the table."""
        given = ReportOptions.of(options)
        coming = given.upcoming
        counted = _counted(report, report.findings if coming is None else coming.findings)
        shown = [c for c in counted if given.everything or c.violations or c.undetermined]
        with_new = report.baseline is not None or any(c.new != c.violations for c in counted)
        if shown:
            stream.write(_table(shown, with_new, given) + "\n\n")
        violations = sum(c.violations for c in counted)
        duties = sum(bool(c.violations) for c in counted)
        stream.write(text("statistics.total", n=violations, duties=duties) + "\n")


def _counted(report: Report, findings: Iterable[Finding]) -> list[_Counts]:
    """By duty, the most violations first, then the most doubts."""
    counts: dict[str, list[int]] = {}
    for finding in findings:
        own = counts.setdefault(finding.rule, [0, 0, 0, 0])
        number = report.number([finding])
        own[3] += number
        if finding.binds != "municipality":
            # No breach of the municipality, and nothing that a run fails for.
            continue
        if finding.violation:
            own[0] += number
            own[1] += 0 if finding.waiver is not None or known(report, finding) else number
        elif finding.outcome == "undetermined":
            own[2] += number
    found = [_Counts(rule, *numbers) for rule, numbers in counts.items()]
    return sorted(found, key=lambda c: (-c.violations, -c.new, -c.undetermined, c.rule))


def _table(shown: list[_Counts], with_new: bool, given: ReportOptions) -> str:
    columns = [text("statistics.violations")]
    columns += [text("statistics.new")] if with_new else []
    columns += [text("statistics.undetermined"), text("statistics.obligations"), text("column.duty")]
    room = given.width - sum(len(name) + _GAP for name in columns[:-1])
    rows = []
    for counts in shown:
        numbers = [counts.violations, *([counts.new] if with_new else [])]
        numbers += [counts.undetermined, counts.obligations]
        title = f"{counts.rule} {given.names.rule(counts.rule)}".strip()
        rows.append([*map(str, numbers), wrapped((title,), room)])
    return draw_table(tuple(columns), rows, apart=False)
