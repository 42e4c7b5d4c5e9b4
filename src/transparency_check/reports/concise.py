"""What fails the run, a line each: for logs of builds, editors and whoever looks for lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from ..harmless import plain
from ..messages import text
from ..model import Finding, Outcome, Report
from ..report import failing
from . import wording
from .options import Names, ReportOptions


class ConciseReporter:
    """``place: duty municipality, case: outcome; what happened``, with errors of the input and failures of
    rules before them; nothing at all where nothing fails. Of ``upcoming``, what comes.
    """

    name = "concise"
    suffixes: tuple[str, ...] = ()
    most: Mapping[Outcome, int] = {"pending": 1, "fulfilled": 1, "not_applicable": 1}

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the lines."""
        given = ReportOptions.of(options)
        lines = [f"{p.place}: {p.message}" for p in report.problems if p.severity == "error"]
        lines += [
            text("report.rule_error", rule=e.rule, plugin=e.plugin, message=e.message)
            for e in report.rule_errors
        ]
        coming = given.upcoming
        if coming is None:
            shown = [f for f in report.findings if failing(report, f, given.fail_on)]
        else:
            shown = list(coming.findings)
        lines += [_line(f, given.names) for f in shown]
        stream.write("".join(f"{plain(line)}\n" for line in lines))


def _line(finding: Finding, names: Names) -> str:
    events = (*((finding.trigger,) if finding.trigger else ()), *finding.fulfilment)
    place = f"{events[0].place}: " if events else ""
    due = text("due_on", due=wording.due_text(finding.due)) if finding.due else ""
    state = ", ".join(part for part in (wording.outcome_name(finding.outcome), due) if part)
    what = wording.sentences(finding, names)[0]
    return f"{place}{finding.rule} {wording.place_of(finding)}: {state}: {what} #{finding.id}"
