"""What changed in what comes next since an earlier report: what is new, what moved, what is over.

Findings are told from others by their ids, as in ``diff`` (ADR 19); the earlier report is read back whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from .comparing import Move
from .errors import UsageError
from .messages import text
from .model import Finding, Report
from .report import PAST, Upcoming, dates, day_in, day_of, may_come, still_owed
from .times import Moment, TimeError, read_time

if TYPE_CHECKING:
    from .reports.read import ReadReport

# ``new``: not in the earlier report. ``moved``: it was due on another day, or had another outcome.
State = Literal["new", "moved"]
# What of a finding is a move here; its other parts say why.
_MOVES = frozenset({"outcome", "due", "act_by", "due_range"})
_FAR = dt.date.max


@dataclass(frozen=True, slots=True)
class Since:
    """The earlier report, and what changed since.

    ``moves`` are of the findings that come next and changed, by their ids; ``over`` are the obligations that
    came next then and do no more: met, missed, no longer owed, in doubt, or moved out of sight.
    """

    name: str
    sha256: str
    as_of: str
    known_at: str
    moves: Mapping[str, Move]
    over: tuple[Move, ...]

    def state(self, finding: Finding) -> State | None:
        """What a finding that comes next is to the earlier report; None where it was the same."""
        if (move := self.moves.get(finding.id)) is None:
            return None
        return "new" if move.before is None else "moved"

    def count(self, state: State) -> int:
        """How many of the findings that come next are in this state."""
        return sum((move.before is None) == (state == "new") for move in self.moves.values())


def refuse_other(
    read: ReadReport, name: str, selection: Mapping[str, Collection[str]], as_of: Moment
) -> None:
    """Refuse a report that was narrowed to something else than what is judged now, or judged later than
    ``as_of``. Raises ``UsageError``.
    """
    wanted = {key: list(value) for key, value in selection.items() if value}
    if {key: list(value) for key, value in read.head["selection"].items() if value} != wanted:
        raise UsageError(text("error.since.selection", path=name))
    try:
        then = read_time(read.report.as_of, ZoneInfo(read.report.zone))
    except (TimeError, ValueError, OSError):
        raise UsageError(text("error.report.shape", path=name, why=f"as_of: {read.report.as_of}")) from None
    if then.lo > as_of.hi:
        raise UsageError(text("error.since.later", path=name, then=then.text, now=as_of.text))


def since(
    read: ReadReport, name: str, report: Report, coming: Upcoming, today: dt.date, timeless: Collection[str]
) -> Since:
    """What changed in ``coming``. ``report`` is the whole of what is judged now, whatever of it is shown;
    ``timeless`` as in ``upcoming``.
    """
    before = {finding.id: finding for finding in read.report.findings}
    horizon = day_in(read.head["until"]) or day_in(read.report.as_of) or dt.date.min
    then = day_in(read.report.as_of) or dt.date.min
    until = dt.date.fromisoformat(coming.until)
    moves = {}
    for finding in coming.findings:
        move = Move(before.get(finding.id), finding)
        if move.before is None:
            # What arises by itself beyond the horizon of the earlier report was only not in its sight.
            if finding.trigger is not None or (day_of(finding) or _FAR) <= horizon:
                moves[finding.id] = move
        elif _MOVES.intersection(move.changed):
            moves[finding.id] = move
    shown = {finding.id for finding in coming.findings}
    now = {finding.id: finding for finding in report.findings}
    over = []
    for id_, was in before.items():
        if id_ in shown or not (may_come(was, then, _FAR, timeless) or still_owed(was)):
            continue
        move = Move(was, now.get(id_))
        if _is_over(move, today, until, timeless):
            over.append(move)
    return Since(name, read.sha256, read.report.as_of, read.report.known_at, moves, tuple(over))


def _is_over(move: Move, today: dt.date, until: dt.date, timeless: Collection[str]) -> bool:
    """Whether what came next then, and is not shown now, does no more, or later than is shown."""
    was, is_ = move.before, move.after
    assert was is not None
    if is_ is None:
        return True
    if is_.outcome in PAST:
        # What was missed then and still is has not changed.
        return is_.outcome != was.outcome
    if not may_come(is_, today, _FAR, timeless):
        return True
    return min(dates(was), default=_FAR) <= until
