"""Obligations as rows: the shortest form in which somebody can tell which it is, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import text
from ...messages.figures import day
from ...model import Finding
from ...pages.blocks import Cell, Column, Line, Table, cell
from ...report import still_owed
from ...reports import wording
from ...reports.outline import time_left
from ..frame import Served


def duty_cell(frame: Served, finding: Finding) -> Cell:
    """The duty, which leads to the finding and its proof."""
    lines = [
        Line(frame.duty(finding.rule), frame.finding_page(finding.id), id=f"f-{finding.id}"),
        Line(finding.rule, tone="quiet"),
    ]
    return (*lines, *(Line(mark, tone="quiet") for mark in wording.marks(finding)))


def about_cell(frame: Served, finding: Finding, with_town: bool) -> Cell:
    """Municipality, case, period."""
    return frame.about(finding, with_town)[:-1]


def obligations_table(
    frame: Served, id_: str, caption: str, findings: Sequence[Finding], with_town: bool, empty: str = ""
) -> Table:
    """Obligations with what became of them."""
    columns = (
        Column(text("column.duty"), "head"), Column(text("column.finding")), Column(text("column.due")),
        Column(text("column.what"), "wide"),
    )  # fmt: skip
    rows = []
    for finding in findings:
        due = [Line(wording.due_text(finding.due), tone="figure")] if finding.due else []
        if finding.provisional:
            due.append(Line(text("provisional"), tone="quiet"))
        due.append(frame.outcome(finding))
        if finding.waiver is not None:
            due.append(Line(text("xlsx.known.waived"), tone="quiet"))
        said = tuple(Line(sentence) for sentence in wording.sentences(finding, frame.names)[:3])
        rows.append((duty_cell(frame, finding), about_cell(frame, finding, with_town), tuple(due), said))
    return Table(id_, caption, columns, tuple(rows), empty)


def coming_table(
    frame: Served, id_: str, caption: str, findings: Sequence[Finding], with_town: bool, hidden: bool = False
) -> Table:
    """What is still to be done, by the last working day to act."""
    columns = (
        Column(text("column.act_by"), "text"), Column(text("column.duty"), "head"),
        Column(text("column.finding")), Column(text("site.column.to_do"), "wide"),
    )  # fmt: skip
    rows = []
    for finding in findings:
        when = [Line(day(finding.act_by), tone="figure")] if finding.act_by else []
        if finding.due and finding.due != finding.act_by:
            when.append(Line(text("due_on", due=wording.due_text(finding.due)), tone="quiet"))
        if not still_owed(finding):
            when += [Line(line, tone="quiet") for line in time_left(finding, frame.record.left(finding))]
        if finding.outcome in ("undetermined", "violated"):
            when.append(frame.outcome(finding))
        said = wording.sentences(finding, frame.names)
        if finding.outcome == "undetermined":
            said[0] = text("upcoming.doubt", reasons=wording.reasons(finding))
        if advice := frame.names.advice.get(finding.rule):
            said.append(text("advice", text=advice))
        rows.append(
            (
                tuple(when) or cell(text("none.date"), tone="quiet"),
                duty_cell(frame, finding),
                about_cell(frame, finding, with_town),
                tuple(map(Line, said)),
            )
        )
    return Table(id_, caption, columns, tuple(rows), caption_hidden=hidden)
