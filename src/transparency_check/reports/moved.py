"""What moves between two reports, for people and for programs: of ``compare`` and of ``diff``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..changes import Bearing
from ..comparing import Comparison, Move, rules_of
from ..messages import text
from ..messages.figures import day
from ..model import Finding, Outcome, Report
from . import wording
from .json import evidence_object, finding_object, head_object
from .options import Names, ReportOptions
from .outline import Block, Cell, Outline, Section

SCHEMA = "transparency-check/comparison/1"
_SHOWN = 20
# How many events of one finding people are shown.
_EVENTS_SHOWN = 5
_Told = Callable[[Finding], list[str]]
_Events = Callable[[Move], tuple[Bearing, ...]]
_Counted = Counter[tuple[str, Outcome | None, Outcome | None]]


def outline(
    comparison: Comparison, names: Names, told: _Told | None = None, events: _Events | None = None
) -> Outline:
    """The comparison as people read it: both sides, counts, then what moves, duty by duty.

    ``told`` says in sentences what a finding is, where the names do not suffice for it; ``events`` gives the
    records by which a finding moved.
    """
    say = told or (lambda finding: wording.sentences(finding, names))
    before, after = comparison.before, comparison.after
    header = [
        text("compare.side.before", what=_side(before)),
        text("compare.side.after", what=_side(after)),
    ]
    if before.sources == after.sources:
        header.append(_inputs(after))
    else:
        header.append(text("compare.side.before", what=_inputs(before)))
        header.append(text("compare.side.after", what=_inputs(after)))
    if after.redacted:
        header.append(text("report.redacted"))
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
        sections.append(Section(title, "plain", (_moves(moves, names, say, events),)))
    return Outline(text("compare.title"), tuple(header), tuple(sections))


def _inputs(report: Report) -> str:
    listed = (text("report.input", name=s.name, n=s.events) for s in report.sources)
    return text("report.inputs", inputs=", ".join(listed))


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


def _moves(moves: list[Move], names: Names, say: _Told, events: _Events | None) -> Block:
    left_out = len(moves) - _SHOWN
    lines = (text("report.findings_shown", n=_SHOWN, total=len(moves)),) if left_out > 0 else ()
    columns = (text("column.finding"), text("compare.column.before"), text("compare.column.after"))
    rows = tuple(
        (
            (*_identity(m.finding), *_by(m, events, names)),
            _state(m.before, say),
            _state(m.after, say),
        )
        for m in moves[:_SHOWN]
    )
    return Block(lines=lines, columns=columns, rows=rows)


def _identity(finding: Finding) -> Cell:
    parts = (finding.municipality, finding.case, finding.period, f"#{finding.id}")
    return tuple(part for part in parts if part)


def _by(move: Move, events: _Events | None, names: Names) -> Cell:
    """The records by which it moved; where none changed, that it is so."""
    if events is None:
        return ()
    found = events(move)
    if not found:
        return (text("diff.no_event"),)
    lines = [_change(item, names) for item in found[:_EVENTS_SHOWN]]
    if len(found) > _EVENTS_SHOWN:
        lines.append(text("report.more", n=len(found) - _EVENTS_SHOWN))
    return tuple(lines)


def _change(item: Bearing, names: Names) -> str:
    event = item.change.event.evidence
    said = text(f"diff.{item.change.kind}", event=event.event, evidence=wording.evidence(event, names))
    was, is_ = item.change.before, item.change.after
    if item.change.kind == "changed" and was and is_ and was.evidence.time != is_.evidence.time:
        then = wording.moment(was.evidence.time)
        said = text("diff.changed.time", event=event.event, evidence=wording.evidence(event, names), was=then)
    return said


def _state(finding: Finding | None, say: _Told) -> Cell:
    if finding is None:
        return (text("compare.none"),)
    due = text("due_on", due=wording.due_text(finding.due)) if finding.due else ""
    return tuple(line for line in (wording.outcome_name(finding.outcome), due, *say(finding)) if line)


def comparison_object(
    comparison: Comparison,
    names: Names,
    told: _Told | None = None,
    events: _Events | None = None,
    heads: tuple[Mapping[str, Any], Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """The comparison for programs; ``told`` and ``events`` as in ``outline``, ``heads`` those of reports that
    were read.
    """
    before, after = heads or (None, None)
    options = ReportOptions(names=names)
    return {
        "schema": SCHEMA,
        "before": before or head_object(comparison.before, options),
        "after": after or head_object(comparison.after, options),
        "same": comparison.same,
        "moved": len(comparison.moves),
        "verdicts": comparison.verdicts,
        "rules": [*_numbers(comparison.by_rule, "rule")],
        "municipalities": [*_numbers(comparison.by_municipality, "municipality")],
        "moves": [_move(move, names, told, events) for move in comparison.moves],
    }


def _numbers(counted: _Counted, name: str) -> Iterable[dict[str, Any]]:
    for (key, before, after), number in sorted(counted.items(), key=lambda item: str(item[0])):
        yield {name: key, "before": before, "after": after, "number": number}


def _move(move: Move, names: Names, told: _Told | None, events: _Events | None) -> dict[str, Any]:
    finding = move.finding

    def shown(side: Finding | None) -> dict[str, Any] | None:
        if side is None:
            return None
        said = {} if told is None else {"message": " ".join(told(side))}
        return finding_object(side, names) | said

    by = {} if events is None else {"events": [_bearing(item) for item in events(move)]}
    return {
        "id": finding.id,
        "rule": finding.rule,
        "municipality": finding.municipality,
        "case": finding.case,
        "period": finding.period,
        "changed": move.changed,
        "before": shown(move.before),
        "after": shown(move.after),
        **by,
    }


def _bearing(item: Bearing) -> dict[str, Any]:
    """An event by which a finding moved: what became of it, what it is to the finding, both its states."""
    change = item.change
    return {
        "kind": change.kind,
        "role": item.role,
        "before": None if change.before is None else evidence_object(change.before.evidence),
        "after": None if change.after is None else evidence_object(change.after.evidence),
    }
