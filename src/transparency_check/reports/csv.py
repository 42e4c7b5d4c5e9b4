"""The findings as a table for spreadsheets and scripts: one row a finding."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from ..model import Finding, Report
from . import acts, changed, wording
from .cells import spreadsheet
from .options import Names, ReportOptions

if TYPE_CHECKING:
    from ..comparing import Move

# Of a report of records alone: one row a problem.
PROBLEM_COLUMNS = ("severity", "code", "place", "message")
COLUMNS = (
    "id",
    "rule",
    "title",
    "municipality",
    "case",
    "period",
    "outcome",
    "reasons",
    "possible",
    "severity",
    "confidence",
    "presumption",
    "commitment",
    "binds",
    "configured",
    "instrument",
    "provision",
    "url",
    "bearer",
    "trigger",
    "trigger_place",
    "trigger_time",
    "anchor",
    "due",
    "act_by",
    "due_from",
    "due_to",
    "provisional",
    "fulfilment",
    "fulfilment_place",
    "fulfilment_time",
    "late_by",
    "late_unit",
    "curable",
    "waiver",
    "baseline",
    "days_left",
    "working_days_left",
    "channels",
    "languages",
    "languages_by",
    "since",
    "was_outcome",
    "was_due",
    "message",
)
# How many of them are only about what comes next.
_OF_COMING = COLUMNS.index("message") - COLUMNS.index("days_left")


def _flag(value: bool | None) -> str:
    return "" if value is None else "true" if value else "false"


def _row(finding: Finding, names: Names, state: str, coming: Sequence[str]) -> list[str]:
    trigger = finding.trigger
    first, last = finding.due_range or ("", "")
    late, unit = finding.late_by or ("", "")
    values = [
        finding.id,
        finding.rule,
        names.rule(finding.rule),
        finding.municipality,
        finding.case,
        finding.period,
        finding.outcome,
        ";".join(finding.reasons),
        ";".join(finding.possible),
        finding.severity,
        finding.confidence,
        finding.presumption,
        _flag(finding.commitment),
        finding.binds,
        "; ".join(wording.setting(s) for s in finding.configured),
        finding.instrument,
        finding.provision,
        finding.url,
        finding.bearer,
        *((trigger.event, trigger.place, trigger.time) if trigger else ("", "", "")),
        finding.anchor,
        finding.due,
        finding.act_by,
        first,
        last,
        _flag(finding.provisional),
        ";".join(e.event for e in finding.fulfilment),
        ";".join(e.place for e in finding.fulfilment),
        ";".join(e.time for e in finding.fulfilment),
        str(wording.whole(late)) if isinstance(late, int | float) else "",
        unit,
        _flag(finding.curable),
        wording.waived(finding.waiver) if finding.waiver else "",
        state,
        *coming,
        wording.message(finding, names),
    ]
    return [spreadsheet(value if value is not None else "") for value in values]


def _coming(finding: Finding, options: ReportOptions) -> list[str]:
    """The cells of what comes next: time left, what the act has to be, what changed."""
    if (coming := options.upcoming) is None:
        return [""] * _OF_COMING
    left = coming.left.get(finding.id)
    days = (str(left.days), str(left.working_days)) if left else ("", "")
    return [*days, *acts.cells(options.acts(finding)), *changed.row(coming.since, finding)]


def _over(move: Move, was: changed.ChangedRow, names: Names) -> list[str]:
    """The row of what came next before and does no more; without an outcome where it does not arise."""
    row = _row(move.finding, names, "", [""] * _OF_COMING)
    row[-4:-1] = map(spreadsheet, was)
    if move.after is None:
        row[COLUMNS.index("outcome")] = ""
    row[-1] = spreadsheet(" ".join(changed.story(move, names)))
    return row


class CsvReporter:
    """Comma-separated, UTF-8, a header, no cell that a spreadsheet would run as a formula."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv",)
    one_by_one = True

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the findings; ``not_applicable`` ones only where everything is asked for."""
        given = ReportOptions.of(options)
        coming = given.upcoming
        states = report.baseline.states if report.baseline else {}
        rows = csv.writer(stream)
        if given.validation:
            rows.writerow(PROBLEM_COLUMNS)
            for p in report.problems:
                rows.writerow(map(spreadsheet, (p.severity, p.code, p.place, p.message)))
            return
        rows.writerow(COLUMNS)
        for finding in coming.findings if coming else report.findings:
            if finding.outcome == "not_applicable" and not given.everything:
                continue
            rows.writerow(_row(finding, given.names, states.get(finding.id, ""), _coming(finding, given)))
        for move, was in changed.rows_over(coming.since if coming else None):
            rows.writerow(_over(move, was, given.names))
