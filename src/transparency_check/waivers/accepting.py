"""Accepting a violation: whether that can be done, and the file in which it then stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from ..errors import UsageError
from ..messages import text
from ..messages.figures import day
from ..model import Finding
from ..packs.model import Rulebook
from .file import Waiver
from .writing import with_entry


class Decision(NamedTuple):
    """Why a violation is accepted, by whom, on what basis, and the last day on which that holds."""

    reason: str
    approved_by: str
    legal_basis: str
    until: dt.date


def refusal(finding: Finding, rulebook: Rulebook) -> str | None:
    """Why nobody can accept a finding; None where somebody can."""
    if not finding.violation:
        outcome = text(f"outcome.{finding.outcome}")
        return text("error.waive.outcome", id=finding.id, rule=finding.rule, outcome=outcome)
    duty = rulebook.duty(finding.rule)
    if duty is not None and not duty.waivable:
        return text("error.waive.waivable", rule=finding.rule)
    return None


def accepted(
    path: Path, finding: Finding, decision: Decision, rulebook: Rulebook, today: dt.date, as_of: str
) -> str:
    """The text of the file of waivers in which the finding is accepted; ``today`` is the day that was judged
    at, ``as_of`` the moment as it is shown. Raises ``UsageError`` for a finding that nobody can accept or
    that is accepted already, a decision that is over, and a file that cannot be read.
    """
    if (why := refusal(finding, rulebook)) is not None:
        raise UsageError(why)
    if decision.until < today:
        until = decision.until.isoformat()
        raise UsageError(text("error.waive.until", until=until, as_of=day(as_of)))
    entry = Waiver(
        rule=finding.rule,
        municipality=finding.municipality,
        finding=finding.id,
        reason=decision.reason,
        approved_by=decision.approved_by,
        legal_basis=decision.legal_basis,
        until=decision.until,
    )
    return with_entry(path, entry, finding, today)
