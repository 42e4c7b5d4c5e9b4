"""Which records changed between two states of a log, and which of them a finding that moved rests on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from .model import Evidence, Finding

if TYPE_CHECKING:
    from .checking import Answer
    from .comparing import Move
    from .packs.model import Rulebook

# ``new``: not there before. ``changed``: says something else. ``retracted``: withdrawn by a record. ``gone``:
# there no more. ``unclear``: its records contradict each other now. Of reports, which name events only where
# findings show them, ``appears`` and ``disappears`` instead of ``new`` and ``gone``.
Kind = Literal["new", "changed", "retracted", "gone", "unclear", "appears", "disappears"]
# What it is to the finding: shown by it as such, or read by its duty.
Role = Literal["trigger", "fulfilment", "settling", "bearing"]
_ROLES: tuple[Role, ...] = ("trigger", "fulfilment", "settling", "bearing")


class Recorded(NamedTuple):
    """One event as a side knows it: that counts, or whose records contradict each other (no ``content``)."""

    evidence: Evidence
    municipality: str | None
    case: str | None
    content: str | None


class Change(NamedTuple):
    """One event that is another one after: as it was, as it is; None where it is not there."""

    kind: Kind
    before: Recorded | None
    after: Recorded | None

    @property
    def event(self) -> Recorded:
        """The event after, else before."""
        found = self.after or self.before
        assert found is not None
        return found


class Changes:
    """The events that changed, by id, by municipality and case, and by municipality."""

    def __init__(self, by_id: Mapping[str, Change]) -> None:
        self.by_id = by_id
        self._of_case: dict[tuple[str | None, str | None], list[Change]] = {}
        self._of_municipality: dict[str | None, list[Change]] = {}
        for change in by_id.values():
            sides = [side for side in (change.before, change.after) if side is not None]
            for place in {(side.municipality, side.case) for side in sides}:
                self._of_case.setdefault(place, []).append(change)
            for municipality in {side.municipality for side in sides}:
                self._of_municipality.setdefault(municipality, []).append(change)

    def of_case(self, municipality: str, case: str | None) -> list[Change]:
        """Those of a case; with None those that belong to none."""
        return self._of_case.get((municipality, case), [])

    def of_municipality(self, municipality: str) -> list[Change]:
        """Those of a municipality."""
        return self._of_municipality.get(municipality, [])


@dataclass(frozen=True, slots=True)
class Bearing:
    """A change with what it is to a finding."""

    role: Role
    change: Change


def between(before: Answer, after: Answer) -> dict[str, Change]:
    """The events that changed from one answer to the other, by id. Both must hold their log, row by row."""
    first, second = recorded(before), recorded(after)
    withdrawn = _withdrawn(after)
    found: dict[str, Change] = {}
    for id_ in sorted(first.keys() | second.keys()):
        was, is_ = first.get(id_), second.get(id_)
        if was is not None and is_ is not None and was.content == is_.content:
            continue
        kind: Kind = "changed"
        if is_ is None:
            kind = "retracted" if id_ in withdrawn else "gone"
        elif is_.content is None:
            kind = "unclear"
        elif was is None:
            kind = "new"
        found[id_] = Change(kind, was, is_)
    return found


def recorded(answer: Answer) -> dict[str, Recorded]:
    """The events that have happened and are known, by id, and those whose records contradict each other."""
    import orjson

    assert answer.log is not None
    assert answer.log.clean is None
    contents: dict[tuple[str, str], str] = {}
    for line in answer.log.records:
        record = orjson.loads(line)
        if record["readable"]:
            contents[record["place"], record["id"]] = record["content"]
    con = answer.judgement.prepared.con
    rows = con.execute(
        """SELECT r.id, r.place, r.time, r.type, r.municipality, k.name FROM recorded r
        LEFT JOIN case_name k ON k.cas = r.cas"""
    ).fetchall()
    found = {
        id_: Recorded(Evidence(id_, place, time, type_), municipality, case, contents[place, id_])
        for id_, place, time, type_, municipality, case in rows
    }
    rows = con.execute(
        """SELECT id, place, coalesce(CAST(day AS VARCHAR), ''), coalesce(type, ''), municipality, cas
        FROM blur WHERE reason = 'conflicting_records' ORDER BY b"""
    ).fetchall()
    for id_, place, time, type_, municipality, case in rows:
        found.setdefault(id_, Recorded(Evidence(id_, place, time, type_), municipality, case, None))
    return found


def _withdrawn(answer: Answer) -> set[str]:
    rows = answer.judgement.prepared.con.execute("SELECT DISTINCT id FROM known WHERE retracted").fetchall()
    return {id_ for (id_,) in rows}


def shown_in(findings: Iterable[Finding]) -> dict[str, Recorded]:
    """The events that the findings of a report show, by id."""
    found: dict[str, Recorded] = {}
    for finding in findings:
        for evidence in (*((finding.trigger,) if finding.trigger else ()), *finding.fulfilment):
            content = f"{evidence.time}\x1f{evidence.type}"
            found[evidence.event] = Recorded(evidence, finding.municipality, None, content)
    return found


def between_reports(move: Move) -> dict[str, Change]:
    """The events that a finding shows on one side only, or with another time or type."""
    first, second = (shown_in([f] if f else []) for f in (move.before, move.after))
    found: dict[str, Change] = {}
    for id_ in sorted(first.keys() | second.keys()):
        was, is_ = first.get(id_), second.get(id_)
        if was is None or is_ is None:
            found[id_] = Change("appears" if was is None else "disappears", was, is_)
        elif was.content != is_.content:
            found[id_] = Change("changed", was, is_)
    return found


def bearing(
    move: Move, changes: Changes, read: Mapping[str, Collection[str]], linked: Links
) -> tuple[Bearing, ...]:
    """The changes that a finding that moved rests on: those that it shows on either side, and those that its
    duty reads in its case, or in a linked one.

    ``read`` are the event types that each duty reads. Where there are none, a finding may rest on events that
    belong to no case, as declarations of coverage; and one that is of no case itself on any of its
    municipality.
    """
    shown = _shown(move)
    finding = move.finding
    types = read.get(finding.rule, frozenset())

    def read_of(several: Iterable[Change]) -> list[Change]:
        found = {c.event.evidence.event: c for c in several if c.event.evidence.type in types}
        return [change for id_, change in found.items() if id_ not in shown]

    found = [Bearing(role, changes.by_id[id_]) for id_, role in shown.items() if id_ in changes.by_id]
    place = finding.municipality
    if finding.case is not None:
        cases = sorted({finding.case, *linked(finding)})
        near = read_of(change for case in cases for change in changes.of_case(place, case))
        found += [Bearing("bearing", change) for change in near]
    if not found:
        far = changes.of_municipality(place) if finding.case is None else changes.of_case(place, None)
        found = [Bearing("bearing", change) for change in read_of(far)]
    return tuple(sorted(found, key=_in_order))


# The names of the cases that a finding's case is linked with.
Links = Callable[[Finding], Collection[str]]


class Linked:
    """The cases that a case is linked with on either side."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = answers
        self._of = cache(self._ask)

    def __call__(self, finding: Finding) -> frozenset[str]:
        return self._of(finding.municipality, finding.case) if finding.case else frozenset()

    def _ask(self, municipality: str, case: str) -> frozenset[str]:
        from .engine.case_file import linked

        return frozenset(
            name for answer in self._answers for name in linked(answer.judgement.prepared, municipality, case)
        )


def types_read(rulebook: Rulebook) -> dict[str, frozenset[str]]:
    """By duty the event types that it reads, or that the duties it follows from do; declarations of coverage
    and outages with all.
    """
    from .packs.needed import closure
    from .packs.reads import selectors

    vocabulary = rulebook.vocabulary
    always = {part.event for part in (vocabulary.coverage, vocabulary.outage) if part is not None}
    own = {duty.id: frozenset(s.event for s in selectors(duty)) for duty in rulebook.duties}
    return {
        rule: frozenset(always).union(*(own[needed] for needed in closure(rulebook, [rule]))) for rule in own
    }


def _shown(move: Move) -> dict[str, Role]:
    """The events that the finding shows on either side, each with the first of its roles."""
    found: dict[str, Role] = {}
    for finding in (move.before, move.after):
        if finding is None:
            continue
        roles: tuple[tuple[Role, Iterable[str | None]], ...] = (
            ("trigger", [finding.trigger.event if finding.trigger else None]),
            ("fulfilment", [evidence.event for evidence in finding.fulfilment]),
            ("settling", [settling.event for settling in finding.settled_by]),
        )
        for role, ids in roles:
            for id_ in ids:
                if id_ is not None:
                    found[id_] = min(found.get(id_, role), role, key=_ROLES.index)
    return found


def _in_order(item: Bearing) -> tuple[int, str, str]:
    event = item.change.event.evidence
    return _ROLES.index(item.role), event.time, event.event
