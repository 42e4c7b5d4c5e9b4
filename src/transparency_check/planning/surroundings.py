"""What lies around a case: its kind, its date, the cases linked with it, and what is assumed of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from transparency_check.engine.case_file import CaseEvent, events_of, linked
from transparency_check.engine.prepared import Prepared
from transparency_check.packs.model import PlanKind
from transparency_check.times import Moment, TimeError, read_time

from .law import Law
from .sheet import Linked
from .supposed import Supposed

# What the ids of assumed events begin with.
_PREFIX: Final = "supposed~"


class Surroundings:
    """One case of a log with those that it is linked with. ``stated`` are values of what is assumed."""

    def __init__(
        self, prepared: Prepared, law: Law, municipality: str, case: str, stated: Mapping[str, Any]
    ) -> None:
        self.prepared, self.law, self.municipality, self.case = prepared, law, municipality, case
        self.stated = stated
        self.plans = law.rulebook.vocabulary.plans
        vocabulary = law.rulebook.vocabulary
        names = set()
        for what in self.plans.values():
            for type_ in (what.fixed_by, what.moved_by, *what.events):
                names |= set(vocabulary.events[type_].attributes) if type_ is not None else set()
        # Who vouches for one record does not vouch for another.
        self._attributes = sorted(names - {vocabulary.attestation})
        self._events: dict[str, list[CaseEvent]] = {}

    def of(self, case: str) -> list[CaseEvent]:
        """The events of a case, in the order of time."""
        if case not in self._events:
            self._events[case] = events_of(self.prepared, self.municipality, case, self._attributes)
        return self._events[case]

    def kind(self, case: str) -> str | None:
        """The kind of case that its events show: one whose date is fixed before others."""
        for name, what in sorted(self.plans.items(), key=lambda item: item[1].fixed_by is None):
            types = {*what.events, *([what.fixed_by] if what.fixed_by else [])}
            for event in self.of(case):
                told = all(event.values.get(a, v) == v for a, v in what.values.items())
                stated = not what.values or any(a in event.values for a in what.values)
                if event.type in types and told and stated:
                    return name
        return None

    def plan_of(
        self, what: PlanKind | None, events: Sequence[CaseEvent]
    ) -> tuple[CaseEvent | None, Moment | None, CaseEvent | None]:
        """The event that fixed the date last, the date, and what gave it up afterwards."""
        if what is None or what.date is None:
            return None, None, None
        fixed: CaseEvent | None = None
        cancelled: CaseEvent | None = None
        for event in events:
            if event.type in (what.fixed_by, what.moved_by):
                fixed, cancelled = event, None
            elif event.type == what.cancelled_by and fixed is not None:
                cancelled = event
        stated = None if fixed is None else fixed.values.get(what.date)
        try:
            date = None if stated is None else read_time(stated, self.law.zone)
        except TimeError:
            date = None
        return fixed, date, cancelled

    def around(self) -> list[Linked]:
        """The cases linked with this one, and with those: a case whose date is fixed (another session) is
        named, and not gone beyond.
        """
        found: dict[str, Linked] = {}
        waiting = [(other, True) for other in linked(self.prepared, self.municipality, self.case)]
        while waiting:
            case, direct = waiting.pop(0)
            if case in found or case == self.case:
                continue
            kind = self.kind(case)
            found[case] = Linked(case, kind, direct, len(self.of(case)))
            if not self.dated(found[case]):
                waiting += [(other, False) for other in linked(self.prepared, self.municipality, case)]
        return [
            entry
            for entry in found.values()
            # Another session that is reached through an act only is none of this one's business.
            if entry.direct or not self.dated(entry)
        ]

    def dated(self, entry: Linked) -> bool:
        return any(e.type in self._dating for e in self.of(entry.case))

    @property
    def _dating(self) -> set[str]:
        return {what.fixed_by for what in self.plans.values() if what.fixed_by is not None}

    def assumed(
        self, what: PlanKind, date: Moment, fixed: CaseEvent | None, around: Sequence[Linked]
    ) -> list[tuple[str, Supposed]]:
        """What happens on the date: the events of the kind, and the decision of what is linked."""
        vocabulary = self.law.rulebook.vocabulary
        known = {} if fixed is None else dict(fixed.values)
        found: list[tuple[str, Supposed]] = []

        def suppose(case: str, type_: str, values: Mapping[str, Any]) -> None:
            carried = vocabulary.events[type_].attributes
            told = {**values, **self.stated}
            shown = {name: value for name, value in told.items() if name in carried}
            key = f"{_PREFIX}{len(found) + 1}"
            found.append((case, Supposed(key, type_, date, self.municipality, shown)))

        for type_ in what.events:
            suppose(self.case, type_, {**known, **what.values})
        if what.decides is None:
            return found
        decided = self.plans[what.decides]
        for entry in around:
            if not self._undecided(entry, what, decided, around):
                continue
            told: dict[str, Any] = {}
            for event in self.of(entry.case):
                told |= event.values
            for other in linked(self.prepared, self.municipality, entry.case):
                if self.kind(other) in what.prepared_by:
                    for event in self.of(other):
                        told = {**event.values, **told}
            body = {name: value for name, value in what.values.items() if name not in told}
            for type_ in decided.events:
                suppose(entry.case, type_, {**told, **body})
        return found

    def _undecided(self, entry: Linked, what: PlanKind, decided: PlanKind, around: Sequence[Linked]) -> bool:
        """Whether a linked case waits for its decision on the date."""
        if any(e.type in decided.events for e in self.of(entry.case)):
            return False
        if entry.kind in what.prepared_by:
            # The act has a case of its own where the preparation is linked with one.
            others = linked(self.prepared, self.municipality, entry.case)
            by_name = {other.case: other for other in around}
            return not any(
                name in by_name and by_name[name].kind not in what.prepared_by and name != self.case
                and not any(e.type in self._dating for e in self.of(name))
                for name in others
            )  # fmt: skip
        if entry.kind is not None:
            return entry.kind == what.decides
        # A case that is only named, or of which no meeting is recorded, is taken for that of an act.
        return not any(e.type.partition(".")[0] in self._dated_families for e in self.of(entry.case))

    @property
    def _dated_families(self) -> set[str]:
        return {type_.partition(".")[0] for type_ in self._dating}
