"""What proves one finding: for each reading the count of days, the records considered, and what the log
covers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from .model import Evidence, Finding, Outcome

if TYPE_CHECKING:
    from .calendars import Derivation


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that could have discharged the obligation, and what became of it.

    ``why`` is a code of the message catalogue (``candidate.<why>``): ``in_time``, ``late``,
    ``before_trigger``, ``after_anchor``, ``condition_false``, ``missing_field`` (``fields`` names them),
    ``missing_link``, ``time_of_day``, ``unreadable_record``, ``conflicting_records``, ``other_case``,
    ``later``; any other text is shown as it is.
    """

    evidence: Evidence
    verdict: Literal["used", "rejected", "doubtful"]
    why: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingProof:
    """One reading of the law: where it comes from, what it leads to and the count of its days.

    ``due`` as in ``Finding``. Day-based deadlines have a ``derivation``; those in hours, and duties without
    a deadline, have a ``note`` that says how the limit follows.
    """

    name: str
    source: str
    due: str | None
    outcome: Outcome
    derivation: Derivation | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """A span in which the log claims to be complete: declared by a record (``place``), or assumed. Days as
    texts, ``last`` open if None.
    """

    first: str
    last: str | None
    families: tuple[str, ...] = ()
    place: str | None = None

    @property
    def assumed(self) -> bool:
        return self.place is None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding with its proof. The version of the law that was chosen stands in the finding."""

    finding: Finding
    readings: tuple[ReadingProof, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    coverage: tuple[Covered, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
