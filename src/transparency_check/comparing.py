"""What moves between two reports: the one core of ``compare``, where the law is another one, and of ``diff``,
where the records are.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .errors import UsageError
from .messages import text
from .model import Finding, Outcome, Report, Weight
from .report import FailOn, fails

if TYPE_CHECKING:
    from .configuration.read import OfficeFile

# What may move in a finding, by the names of the JSON report.
_RESULT = ("outcome", "reasons", "due", "act_by", "due_range", "late_by", "curable", "cure", "waiver")

# The outcomes that can fail a run, the worst last.
_GRAVE = ("undetermined", "late", "violated")


class Move(NamedTuple):
    """A finding on both sides; None where the obligation does not arise."""

    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """The finding after, else before: id, rule, municipality, case and period are the same on both."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def outcomes(self) -> tuple[Outcome | None, Outcome | None]:
        """The outcome on either side, None where the obligation does not arise."""
        return (self.before.outcome if self.before else None), (self.after.outcome if self.after else None)

    def worse(self, fail_on: FailOn) -> bool:
        """Whether the finding of after fails a run, and that of before did not, or was less grave."""
        if self.after is None or not fails(Weight.of(self.after), fail_on):
            return False
        if self.before is None or not fails(Weight.of(self.before), fail_on):
            return True
        return _GRAVE.index(self.after.outcome) > _GRAVE.index(self.before.outcome)

    @property
    def changed(self) -> tuple[str, ...]:
        """What is another one on the other side; nothing where one side has no such finding, or where it
        applies on neither.
        """
        if self.before is None or self.after is None or set(self.outcomes) == {"not_applicable"}:
            return ()
        return tuple(name for name in _RESULT if getattr(self.before, name) != getattr(self.after, name))


@dataclass(frozen=True)
class Comparison:
    """Both reports, the findings that moved in the order of a report, and how many stayed as they are."""

    before: Report
    after: Report
    moves: tuple[Move, ...]
    same: int

    @property
    def verdicts(self) -> int:
        """How many of the moves are moves of the outcome, and not of its dates and reasons alone."""
        return sum(move.outcomes[0] != move.outcomes[1] for move in self.moves)

    def worsened(self, fail_on: FailOn) -> tuple[Move, ...]:
        """The moves that turned into what fails a run, or from there into something worse."""
        return tuple(move for move in self.moves if move.worse(fail_on))

    @cached_property
    def by_rule(self) -> Counter[tuple[str, Outcome | None, Outcome | None]]:
        """Number of moves by rule, outcome before and outcome after."""
        return Counter((move.finding.rule, *move.outcomes) for move in self.moves)

    @cached_property
    def by_municipality(self) -> Counter[tuple[str, Outcome | None, Outcome | None]]:
        """Number of moves by municipality, outcome before and outcome after."""
        return Counter((move.finding.municipality, *move.outcomes) for move in self.moves)


def compared(before: Report, after: Report) -> Comparison:
    """What moves from one report to another. Where one of them leaves out what does not apply, nothing is
    said of that.
    """
    first = {f.id: f for f in before.findings}
    second = {f.id: f for f in after.findings}
    for one, other, report in ((first, second, before), (second, first, after)):
        if report.shortened:
            unknown = [id_ for id_, f in other.items() if f.outcome == "not_applicable" and id_ not in one]
            for id_ in unknown:
                del other[id_]
    pairs = [Move(first.get(id_), second.get(id_)) for id_ in first.keys() | second.keys()]
    moves = [move for move in pairs if move.changed or None in (move.before, move.after)]
    moves.sort(key=_in_report)
    return Comparison(before, after, tuple(moves), len(pairs) - len(moves))


def _in_report(move: Move) -> tuple[str, ...]:
    from .engine import in_report

    return in_report(move.finding)


def with_readings(office: OfficeFile | None, given: Sequence[str], option: str) -> OfficeFile | None:
    """The configuration with readings settled for this run: ``XK-MTG-001=clear``, one each.

    Whether duty and reading exist is asked where the configuration is laid over the law. Raises
    ``UsageError`` for what is not written so.
    """
    if not given:
        return office
    from .configuration.model import Configuration, SettledReading
    from .configuration.read import OfficeFile

    settled = {}
    for word in given:
        rule, is_written, reading = (part.strip() for part in word.partition("="))
        if not (rule and is_written and reading):
            raise UsageError(text("error.reading", option=option, name=word))
        settled[rule.upper()] = SettledReading(reading=reading, by=option)
    digest = hashlib.sha256("\n".join([office.sha256 if office else "", *sorted(given)]).encode()).hexdigest()
    if office is None:
        content = Configuration(readings=dict(settled))
        return OfficeFile(option, Path(), digest, content, {})
    readings = {**office.content.readings, **settled}
    return replace(office, sha256=digest, content=office.content.model_copy(update={"readings": readings}))


def rules_of(moves: Iterable[Move]) -> dict[str, list[Move]]:
    """The moves of each rule, in the order of rules."""
    found: dict[str, list[Move]] = {}
    for move in moves:
        found.setdefault(move.finding.rule, []).append(move)
    return dict(sorted(found.items()))
