"""What changed in what comes next since an earlier report: in words, for programs, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ..messages import text
from ..messages.figures import day
from ..model import Finding
from . import wording
from .options import Names

if TYPE_CHECKING:
    from ..comparing import Move
    from ..since import Since

_STATE = ("outcome", "due", "act_by", "due_range")


class ChangedRow(NamedTuple):
    """Cells about the change of a finding: ``new``, ``moved``, ``over`` or empty; what it was, in codes."""

    state: str = ""
    outcome: str = ""
    due: str = ""


def mark(since: Since | None, finding: Finding) -> list[str]:
    """What a finding is to the earlier report, in a few words; nothing where it was the same."""
    move = None if since is None else since.moves.get(finding.id)
    if since is None or move is None:
        return []
    if (before := move.before) is None:
        return [text("since.new", day=day(since.as_of[:10]))]
    said = []
    if before.outcome != finding.outcome:
        said.append(text("since.was", outcome=wording.outcome_name(before.outcome)))
    if (before.due, before.act_by) != (finding.due, finding.act_by):
        was = before.due or before.act_by
        said.append(text("since.was_due", due=wording.due_text(was)) if was else text("since.undated"))
    return said or [text("since.range")]


def head_line(since: Since | None) -> list[str]:
    """What stands above a report about the earlier one."""
    if since is None:
        return []
    return [
        text(
            "since.head",
            day=day(since.as_of),
            name=since.name,
            new=since.count("new"),
            moved=since.count("moved"),
            over=len(since.over),
        )
    ]


def became(move: Move) -> str:
    """What became of an obligation that does not come next any more, in a word."""
    return text("compare.none") if move.after is None else wording.outcome_name(move.after.outcome)


def story(move: Move, names: Names) -> list[str]:
    """What happened to it, in sentences."""
    if move.after is None:
        return [text("since.gone")]
    due = move.after.due
    later = [text("due_on", due=wording.due_text(due))] if due and move.after.outcome == "pending" else []
    return [*later, *wording.sentences(move.after, names)]


def was(move: Move) -> str:
    """What it was before: its outcome, and when it was due."""
    assert move.before is not None
    outcome = wording.outcome_name(move.before.outcome)
    if not move.before.due:
        return text("since.was", outcome=outcome)
    return text("since.was_and_due", outcome=outcome, due=wording.due_text(move.before.due))


def since_object(since: Since, names: Names) -> dict[str, Any]:
    """The earlier report and what is over, as the schema has it."""
    return {
        "file": since.name,
        "sha256": since.sha256,
        "as_of": since.as_of,
        "known_at": since.known_at,
        "new": since.count("new"),
        "moved": since.count("moved"),
        "over": [
            {
                "id": move.finding.id,
                "rule": move.finding.rule,
                "title": names.rule(move.finding.rule),
                "municipality": move.finding.municipality,
                "case": move.finding.case,
                "period": move.finding.period,
                "before": _state(move.before),
                "after": _state(move.after),
                "message": " ".join(story(move, names)),
            }
            for move in since.over
        ],
    }


def finding_object(since: Since, finding: Finding) -> dict[str, Any] | None:
    """What a finding is to the earlier report; null where it was the same."""
    if (state := since.state(finding)) is None:
        return None
    return {"state": state, "before": _state(since.moves[finding.id].before)}


def row(since: Since | None, finding: Finding) -> ChangedRow:
    """The cells of a finding that comes next."""
    if since is None or (state := since.state(finding)) is None:
        return ChangedRow()
    before = since.moves[finding.id].before
    return ChangedRow(state, *((before.outcome, before.due or "") if before else ("", "")))


def rows_over(since: Since | None) -> Iterator[tuple[Move, ChangedRow]]:
    """What is over, with its cells."""
    for move in since.over if since is not None else ():
        assert move.before is not None
        yield move, ChangedRow("over", move.before.outcome, move.before.due or "")


def _state(finding: Finding | None) -> dict[str, Any] | None:
    return None if finding is None else {name: getattr(finding, name) for name in _STATE}
