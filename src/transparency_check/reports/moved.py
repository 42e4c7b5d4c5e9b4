"""What moves between two judgements of one log, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..comparing import Comparison, Move, rules_of
from ..messages import text
from ..messages.figures import day
from ..model import Finding, Outcome, Report
from . import wording
from .json import finding_object, head_object
from .options import Names, ReportOptions
from .outline import Block, Cell, Outline, Section

SCHEMA = "transparency-check/comparison/1"
_SHOWN = 20
_Counted = Counter[tuple[str, Outcome | None, Outcome | None]]


def outline(comparison: Comparison, names: Names) -> Outline:
    """The comparison as people read it: both sides, counts, then what moves, duty by duty."""
    before, after = comparison.before.report, comparison.after.report
    header = [
        text("compare.side.before", what=_side(before)),
        text("compare.side.after", what=_side(after)),
        text(
            "report.inputs",
            inputs=", ".join(text("report.input", name=s.name, n=s.events) for s in after.sources),
        ),
    ]
    total = len(comparison.moves) + comparison.same
    if not comparison.moves:
        nothing = Section(text("compare.nothing", n=total), "good")
        return Outline(text("compare.title"), tuple(header), (nothing,))
    counts = [_counts(comparison.by_rule, "column.duty", lambda rule: f"{rule} {names.rule(rule)}".strip())]
    if len({name for name, _, _ in comparison.by_municipality}) > 1:
        counts.append(
            _counts(
                comparison.by_municipality,
                "column.municipality",
                lambda name: names.municipalities.get(name, name),
            )
        )
    moved = text("compare.moved", n=len(comparison.moves), total=total, verdicts=comparison.verdicts)
    sections = [Section(moved, "doubt", tuple(counts))]
    for rule, moves in rules_of(comparison.moves).items():
        title = f"{rule} {names.rule(rule)}".strip()
        # What is judged otherwise comes before what has only other dates.
        moves.sort(key=lambda move: move.outcomes[0] == move.outcomes[1])
        sections.append(Section(title, "plain", (_moves(moves, names),)))
    return Outline(text("compare.title"), tuple(header), tuple(sections))


def _side(report: Report) -> str:
    """What a side was judged by: moment, packs, settings that were used."""
    moment = text(
        "compare.judged" if report.known_at == report.as_of else "compare.judged.known",
        as_of=day(report.as_of),
        zone=report.zone,
        known_at=day(report.known_at),
    )
    packs = text(
        "report.packs", packs=", ".join(f"{p.id} {p.version} ({p.sha256[:8]})" for p in report.packs)
    )
    return "; ".join([moment, packs, *wording.configuration(report)])


def _counts(counted: _Counted, column: str, named: Any) -> Block:
    rows = tuple(
        ((named(name),), (_outcome(before),), (_outcome(after),), (str(number),))
        for (name, before, after), number in sorted(counted.items(), key=lambda item: str(item[0]))
    )
    columns = (
        text(column),
        text("compare.column.before"),
        text("compare.column.after"),
        text("column.number"),
    )
    return Block(columns=columns, rows=rows)


def _outcome(outcome: Outcome | None) -> str:
    return text("compare.none") if outcome is None else wording.outcome_name(outcome)


def _moves(moves: list[Move], names: Names) -> Block:
    left_out = len(moves) - _SHOWN
    lines = (text("report.findings_shown", n=_SHOWN, total=len(moves)),) if left_out > 0 else ()
    columns = (text("column.finding"), text("compare.column.before"), text("compare.column.after"))
    rows = tuple(
        (_identity(m.finding), _state(m.before, names), _state(m.after, names)) for m in moves[:_SHOWN]
    )
    return Block(lines=lines, columns=columns, rows=rows)


def _identity(finding: Finding) -> Cell:
    parts = (finding.municipality, finding.case, finding.period, f"#{finding.id}")
    return tuple(part for part in parts if part)


def _state(finding: Finding | None, names: Names) -> Cell:
    if finding is None:
        return (text("compare.none"),)
    due = text("due_on", due=wording.due_text(finding.due)) if finding.due else ""
    return tuple(
        line
        for line in (wording.outcome_name(finding.outcome), due, *wording.sentences(finding, names))
        if line
    )


def comparison_object(comparison: Comparison, names: Names) -> dict[str, Any]:
    """The comparison for programs."""
    options = ReportOptions(names=names)
    return {
        "schema": SCHEMA,
        "before": head_object(comparison.before.report, options),
        "after": head_object(comparison.after.report, options),
        "same": comparison.same,
        "moved": len(comparison.moves),
        "verdicts": comparison.verdicts,
        "rules": [*_numbers(comparison.by_rule, "rule")],
        "municipalities": [*_numbers(comparison.by_municipality, "municipality")],
        "moves": [_move(move, names) for move in comparison.moves],
    }


def _numbers(counted: _Counted, name: str) -> Iterable[dict[str, Any]]:
    for (key, before, after), number in sorted(counted.items(), key=lambda item: str(item[0])):
        yield {name: key, "before": before, "after": after, "number": number}


def _move(move: Move, names: Names) -> dict[str, Any]:
    finding = move.finding
    return {
        "id": finding.id,
        "rule": finding.rule,
        "municipality": finding.municipality,
        "case": finding.case,
        "period": finding.period,
        "changed": move.changed,
        "before": None if move.before is None else finding_object(move.before, names),
        "after": None if move.after is None else finding_object(move.after, names),
    }
