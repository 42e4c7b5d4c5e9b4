"""What cannot be as it is recorded: orders, dates, links, entries that repeat each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson

from ..messages.validation import oddity
from ..model import Problem
from ..packs.model import Vocabulary
from ..readers.names import Names
from ..times import Moment
from .facts import Fact, Facts

# Cases without a beginning that get a hint: to look for the nearest of many names takes milliseconds.
_HINTS = 200


def orders(facts: Facts, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Events before all of those that they cannot precede, by ``follows`` of the vocabulary."""
    for (_, case), members in facts.cases.items():
        first: dict[str, Fact] = {}
        for fact in members:
            if fact.type not in first or fact.lo < first[fact.type].lo:
                first[fact.type] = fact
        for fact in members:
            for other in vocabulary.events[fact.type].follows:
                begin = first.get(other)
                if begin is not None and fact.hi < begin.lo:
                    yield oddity(
                        "impossible_order",
                        fact.place,
                        type=fact.type,
                        time=fact.time,
                        other=other,
                        other_time=begin.time,
                        other_place=begin.place,
                        case=case,
                    )


def beginnings(facts: Facts, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Cases that hold only what cannot be the first of a case: its beginning is not recorded, or it goes by
    another name.
    """
    followed = {name for event in vocabulary.events.values() for name in event.follows}
    later = {name for name, event in vocabulary.events.items() if event.follows and name not in followed}
    names: dict[tuple[str, tuple[str, ...]], Names] = {}
    hints = 0
    for (municipality, case), members in facts.cases.items():
        if case in facts.unclear or not all(fact.type in later for fact in members):
            continue
        first = members[0]
        before = tuple(vocabulary.events[first.type].follows)
        near = None
        if hints < _HINTS:
            hints += 1
            if (key := (municipality, before)) not in names:
                names[key] = Names(
                    {
                        name: ()
                        for (of, name), others in facts.cases.items()
                        if of == municipality and any(other.type in before for other in others)
                    }
                )
            near = names[key].nearest(case)
        yield oddity(
            "missing_beginning",
            first.place,
            case=case,
            type=first.type,
            others=", ".join(before),
            nearest=near,
        )


def links(facts: Facts) -> Iterator[Problem]:
    """Cases that are named as related and that no record has."""
    by_municipality: dict[str, dict[str, tuple[str, ...]]] = {}
    for municipality, case in facts.cases:
        by_municipality.setdefault(municipality, {})[case] = ()
    names: dict[str, Names] = {}
    for fact in facts.all:
        known = by_municipality.get(fact.municipality, {})
        for name in fact.related:
            if name not in known and name not in facts.unclear:
                if fact.municipality not in names:
                    names[fact.municipality] = Names(known)
                yield oddity(
                    "unknown_related",
                    fact.place,
                    name=name,
                    municipality=fact.municipality,
                    nearest=names[fact.municipality].nearest(name),
                )


def future(facts: Facts, vocabulary: Vocabulary, as_of: Moment) -> Iterator[Problem]:
    """What is dated after as-of: events that cannot be recorded before they happen, and entries."""
    declaring = vocabulary.coverage.event if vocabulary.coverage else None
    for fact in facts.all:
        if fact.type == declaring:
            continue
        if fact.lo > as_of.hi:
            if not vocabulary.events[fact.type].ahead:
                yield oddity("future_event", fact.place, type=fact.type, time=fact.time, as_of=as_of.text)
        elif fact.own_entry and fact.rlo > as_of.hi:
            yield oddity("recorded_in_future", fact.place, recorded=fact.recorded, as_of=as_of.text)


def plans(facts: Facts) -> Iterator[Problem]:
    """Dates that are fixed beforehand and were over when they were fixed."""
    for fact in facts.all:
        for attribute, (end, planned) in fact.planned.items():
            if end < fact.lo:
                yield oddity(
                    "planned_before",
                    fact.place,
                    type=fact.type,
                    time=fact.time,
                    attribute=attribute,
                    planned=planned,
                )


def duplicates(records: Sequence[bytes]) -> Iterator[Problem]:
    """Records that say the same under the same id; of a sidecar's declarations, too."""
    first: dict[tuple[str, str], str] = {}
    for raw in records:
        record = orjson.loads(raw)
        if not record["readable"]:
            continue
        # A correction that is entered later says the same again for a reason.
        key = (record["id"], f"{record['content']} {record['recorded']}")
        earlier = first.setdefault(key, record["place"])
        if earlier != record["place"]:
            yield oddity("duplicate_record", record["place"], first=earlier)
