"""The report as a workbook: a sheet each for what was found, problems of the input, and the summary."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from ..harmless import printable
from ..messages import text
from ..model import Finding, Report
from ..report import Upcoming
from . import acts, changed, wording
from .options import ReportOptions
from .outline import header
from .remarks import level_of_problem

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from ..comparing import Move

# What a workbook holds: rows of a sheet, and characters of a cell.
ROWS = 1_048_576
_CELL = 32_767
_DAY = "yyyy-mm-dd"
# Kept by the file, not shown: no clock is read.
_MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_BLUE = "#1F4E78"
# Points of a line, and the highest row there is.
_LINE, _HIGHEST = 14, 409
_A4 = 9
Cell = str | int | float | dt.date | None

# Title of a column, and its width.
_COLUMNS = (
    ("column.municipality", 14), ("xlsx.duty", 12), ("column.duty", 36), ("xlsx.outcome", 14),
    ("xlsx.weight", 11), ("xlsx.case", 20), ("xlsx.period", 10), ("column.due", 12), ("column.act_by", 12),
    ("xlsx.late", 16), ("column.what", 60), ("xlsx.law", 40), ("xlsx.source", 12), ("xlsx.bearer", 24),
    ("xlsx.known", 12), ("xlsx.place", 24), ("xlsx.id", 18),
)  # fmt: skip
# What comes next has these as well, before the place.
_COMING = (
    ("xlsx.days_left", 8), ("xlsx.working_left", 9), ("xlsx.range", 13), ("xlsx.provisional", 11),
    ("xlsx.channels", 26), ("xlsx.languages", 20), ("xlsx.demanded_by", 24), ("xlsx.since", 22),
)  # fmt: skip
_PLACE = -2
_PROBLEMS = (("xlsx.severity", 10), ("xlsx.code", 22), ("xlsx.place", 36), ("xlsx.problem", 90))


class XlsxReporter:
    """XLSX: text is text whatever it begins with, days are days; filters, and a header that stays."""

    name = "xlsx"
    suffixes: tuple[str, ...] = (".xlsx",)
    one_by_one = True
    binary = True

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the workbook; ``not_applicable`` findings only where everything is asked for."""
        import xlsxwriter

        given = ReportOptions.of(options)
        made = io.BytesIO()
        # Rows go to a file of its own as they come: a million of them does not fit in memory.
        with xlsxwriter.Workbook(made, {"constant_memory": True}) as out:
            out.set_properties({"title": text("report.title"), "created": _MADE})
            _Book(out, report, given).write()
        stream.flush()
        stream.buffer.write(made.getvalue())


class _Book:
    def __init__(self, out: Workbook, report: Report, options: ReportOptions) -> None:
        self.out, self.report, self.options = out, report, options
        self.head = out.add_format({
            "bold": True, "font_color": "#FFFFFF", "bg_color": _BLUE, "valign": "top", "text_wrap": True,
        })  # fmt: skip
        self.text = out.add_format({"valign": "top", "text_wrap": True})
        self.day = out.add_format({"valign": "top", "align": "left", "num_format": _DAY})
        self.number = out.add_format({"valign": "top"})
        self.strong = out.add_format({"bold": True, "valign": "top", "text_wrap": True})

    def write(self) -> None:
        """All sheets. The findings that do not fit are counted in the summary."""
        left = self._table("xlsx.sheet.findings", *self._findings_table())
        problems = ((level_of_problem(p), p.code, p.place, p.message) for p in self.report.problems)
        left += self._table("xlsx.sheet.problems", _PROBLEMS, (self._problem(*row) for row in problems))
        self._summary(left)

    def _findings(self) -> Iterable[Finding]:
        if self.options.upcoming is not None:
            return self.options.upcoming.findings
        found = self.report.findings
        return (f for f in found if self.options.everything or f.outcome != "not_applicable")

    def _findings_table(self) -> tuple[Sequence[tuple[str, int]], Iterable[Sequence[Cell]]]:
        """Columns and rows; of what comes next with more of both."""
        coming = self.options.upcoming
        if coming is None:
            return _COLUMNS, map(self._row, self._findings())
        columns = (*_COLUMNS[:_PLACE], *_COMING, *_COLUMNS[_PLACE:])
        rows = (self._with(self._row(f), self._next(f, coming)) for f in self._findings())
        over = (self._over(move) for move, _ in changed.rows_over(coming.since))
        return columns, chain(rows, over)

    def _with(self, row: Sequence[Cell], more: Sequence[Cell]) -> Sequence[Cell]:
        return (*row[:_PLACE], *more, *row[_PLACE:])

    def _next(self, finding: Finding, coming: Upcoming) -> Sequence[Cell]:
        """What is only asked of what comes next."""
        names, discharge = self.options.names, self.options.acts(finding)
        left = coming.left.get(finding.id)
        return (
            left.days if left else None,
            left.working_days if left else None,
            " \N{EN DASH} ".join(wording.due_text(value) for value in finding.due_range or ()),
            text("value.true") if finding.provisional else None,
            acts.channels(discharge, names),
            acts.languages(discharge, names),
            acts.demanded_by(discharge, finding.rule),
            "; ".join(changed.mark(coming.since, finding)),
        )

    def _over(self, move: Move) -> Sequence[Cell]:
        """What came next before and does no more."""
        titles = [name for name, _ in _COLUMNS]
        row = [*self._row(move.finding)]
        row[titles.index("xlsx.outcome")] = changed.became(move)
        row[titles.index("column.what")] = " ".join(changed.story(move, self.options.names))
        since = text("xlsx.since.over", was=changed.was(move))
        return self._with(row, (*[None] * (len(_COMING) - 1), since))

    def _row(self, finding: Finding) -> Sequence[Cell]:
        names, report = self.options.names, self.report
        known = text("xlsx.known.waived") if finding.waiver else ""
        if report.baseline is not None and (state := report.baseline.states.get(finding.id)):
            known = text(f"xlsx.known.{state}")
        trigger = finding.trigger or next(iter(finding.fulfilment), None)
        return (
            names.municipalities.get(finding.municipality, finding.municipality),
            finding.rule,
            names.rule(finding.rule),
            wording.outcome_name(finding.outcome),
            text(f"severity.{finding.severity}"),
            finding.case,
            finding.period,
            _day(finding.due),
            _day(finding.act_by),
            wording.late(*finding.late_by) if finding.late_by else None,
            wording.message(finding, names),
            names.law(finding.instrument, finding.provision),
            wording.confidence(finding.confidence),
            names.bearer(finding.bearer),
            known,
            trigger.place if trigger else None,
            finding.id,
        )

    def _problem(self, level: str, code: str, place: str, message: str) -> Sequence[Cell]:
        return text(f"remark.{level}.word"), code, place, message

    def _summary(self, left: int) -> None:
        sheet = self.out.add_worksheet(text("section.summary"))
        sheet.set_column(0, 0, 110)
        lines = [(text("report.title"), self.strong)]
        lines += [(line, self.text) for line in header(self.report, self.options)]
        if self.report.judged:
            lines += [(line, self.text) for line in wording.summary(self.report)]
        failed = self.report.rule_errors
        lines += [
            (text("report.rule_error", rule=e.rule, plugin=e.plugin, message=e.message), self.strong)
            for e in failed
        ]
        if left:
            lines.append((text("xlsx.left", n=left), self.strong))
        for row, (line, form) in enumerate(lines):
            sheet.write_string(row, 0, _shown(line), form)

    def _table(self, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> int:
        """A sheet with a row each; how many did not fit."""
        sheet = self.out.add_worksheet(text(title))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        widths = [width for _, width in columns]
        titles = [text(name) for name, _ in columns]
        sheet.set_row(0, _height(titles, widths))
        for place, (name, width) in enumerate(zip(titles, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name, self.head)
        last = left = 0
        for cells in rows:
            if last + 1 >= ROWS:
                left += 1
                continue
            last += 1
            # Not every program finds out by itself how high wrapped text is.
            sheet.set_row(last, _height(cells, widths))
            for place, cell in enumerate(cells):
                self._cell(sheet, last, place, cell)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        return left

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, dt.date):
            sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), self.day)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, self.number)
        elif cell:
            # Never a formula, a link or a number, whatever it looks like.
            sheet.write_string(row, column, _shown(str(cell)), self.text)


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """Points that the highest of the cells takes; days take one line."""
    lines = [
        len(textwrap.wrap(cell, width - 1)) if isinstance(cell, str) else 1
        for cell, width in zip(cells, widths, strict=True)
    ]
    return min(max(1, *lines) * _LINE + 2, _HIGHEST)


def _day(value: str | None) -> Cell:
    """A day as one; an instant as text."""
    if value is None or len(value) != 10:
        return value and wording.due_text(value)
    return dt.date.fromisoformat(value)


def _shown(value: str) -> str:
    return printable(value)[:_CELL]
