"""What a readiness sheet holds: its duties, the cases around it, and the verdict."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from transparency_check.checking import Answer
from transparency_check.engine.case_file import CaseEvent
from transparency_check.model import Finding
from transparency_check.packs.model import Duty, PlanKind
from transparency_check.reserved import OWN_INSTRUMENT
from transparency_check.times import Moment

from .answer import Option
from .law import Law, Limit
from .supposed import Supposed

Phase = Literal["before", "day", "after"]
# What can be said of a duty of the sheet. The last three are about what is assumed to happen.
State = Literal[
    "done", "late", "violated", "undetermined", "open",
    "expected", "missed", "unclear",
]  # fmt: skip
Code = Literal[
    "ready", "ready_if", "not_lawful", "agenda", "undetermined", "cancelled", "breached", "open", "met",
]  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One duty of the sheet.

    ``finding`` is what the engine says; where it rests on an assumption, ``assumed`` is the event that was
    assumed, and the outcome is that of the copy of the log. ``last`` is the last lawful moment under every
    reading and calendar, ``act_by`` the last working day until then. ``fields`` decide and are not known.
    ``conflict`` is the duty that this one cannot be met together with; ``follows`` are those that judge the
    record that would do it.
    """

    finding: Finding
    phase: Phase
    state: State
    assumed: Supposed | None = None
    limits: tuple[Limit, ...] = ()
    last: str | None = None
    act_by: dt.date | None = None
    fields: tuple[str, ...] = ()
    conflict: str | None = None
    follows: tuple[str, ...] = ()

    @property
    def law(self) -> bool:
        """Whether the law obliges the municipality to it; what the program itself asks is no law."""
        return self.finding.owed == "law" and self.finding.instrument != OWN_INSTRUMENT

    @property
    def binding(self) -> bool:
        """Whether a breach is a violation of the law."""
        return self.law and not self.finding.advisory


@dataclass(frozen=True)
class Linked:
    """A case that the one of the sheet is linked with, directly or through others; ``kind`` is one of the
    vocabulary's, None where it is of none of them.
    """

    case: str
    kind: str | None
    direct: bool
    events: int


@dataclass(frozen=True)
class Verdict:
    """What the sheet amounts to.

    ``items`` are those that decide it; ``by`` and ``until`` the days by which the first and the last of what
    is open have to be done; ``lacking`` what else keeps it open.
    """

    code: Code
    items: tuple[Item, ...] = ()
    by: dt.date | None = None
    until: dt.date | None = None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The sheet of one case.

    ``kind`` is the kind of case by the vocabulary, ``value`` which of its kinds (ordinary ...). ``date`` is
    the date that is fixed, ``held`` the event of that date where it is recorded, ``cancelled`` the one that
    gave it up. ``alternatives`` are the other kinds on the same date; ``moved`` is the same kind, on the
    earliest date that is still lawful.
    """

    answer: Answer
    law: Law
    municipality: str
    case: str
    kind: str | None
    what: PlanKind | None
    value: str | None
    fixed: CaseEvent | None
    date: Moment | None
    held: CaseEvent | None
    cancelled: CaseEvent | None
    events: tuple[CaseEvent, ...]
    linked: tuple[Linked, ...]
    assumed: tuple[tuple[str, Supposed], ...]
    items: tuple[Item, ...]
    unnumbered: tuple[Duty, ...]
    verdict: Verdict
    alternatives: tuple[Option, ...] = ()
    moved: Option | None = None

    @property
    def ahead(self) -> bool:
        """Whether the date is still to come: fixed, not given up, and nothing recorded of it."""
        return self.what is not None and self.what.fixed_by is not None and self.held is None
