"""Values that may be right and are worth a look. Few, so that they are looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import orjson

from ..messages.validation import oddity
from ..model import Problem
from ..packs.model import Duty, EventSelector, Rulebook
from .facts import Fact, Facts

# A record so far from all others of its case, which lie within a year, is an outlier.
_FAR = 300
_SPAN = 366
# So many records that name one document.
_COPIED = 10


def years(facts: Facts) -> Iterator[Problem]:
    """A record about a whole number of years away from the others of its case."""
    for (_, case), members in facts.cases.items():
        if len(members) < 3:
            continue
        days = sorted((dt.date.fromisoformat(fact.day).toordinal(), n) for n, fact in enumerate(members))
        for (day, n), others in ((days[0], days[1:]), (days[-1], days[:-1])):
            first, last = others[0][0], others[-1][0]
            away = first - day if day < first else day - last
            if away < _FAR or last - first > _SPAN:
                continue
            fact = members[n]
            yield oddity(
                "odd_year",
                fact.place,
                type=fact.type,
                time=fact.time,
                case=case,
                n=len(others),
                years=max(1, round(away / 365.25)),
                first=dt.date.fromordinal(first).isoformat(),
                last=dt.date.fromordinal(last).isoformat(),
            )


def midnights(facts: Facts, rulebook: Rulebook) -> Iterator[Problem]:
    """Times at 00:00 where a duty counts hours."""
    by_hours = _by_hours(rulebook)
    for fact in facts.all:
        if fact.type in by_hours and fact.timed and _is_midnight(fact.time):
            yield oddity("midnight", fact.place, type=fact.type, rule=by_hours[fact.type], day=fact.time[:10])


def _is_midnight(time: str) -> bool:
    return time[10:16] == "T00:00" and not time[16:].strip(":0.Z+-")


def _by_hours(rulebook: Rulebook) -> dict[str, str]:
    """The event types whose time of day decides, each with the first duty that counts hours from it."""
    found: dict[str, str] = {}
    for duty in rulebook.duties:
        if _in_hours(duty):
            assert duty.trigger is not None
            after = duty.deadline.after if duty.deadline is not None else None
            anchors = [after] if isinstance(after, EventSelector) else duty.trigger.alternatives
            for anchor in anchors:
                if isinstance(anchor, EventSelector):
                    found.setdefault(anchor.event, duty.id)
    return found


def _in_hours(duty: Duty) -> bool:
    if duty.deadline is None:
        return False
    units = [duty.deadline.unit, *(v.unit for v in duty.versions)]
    units += [reading.deadline.get("unit") for reading in duty.readings if reading.deadline]
    return "hour" in units


def sources(facts: Facts, named: Mapping[int, str]) -> Iterator[Problem]:
    """One document for many records; ``named`` is the evidence by place among all records."""
    by_source: dict[str, list[Fact]] = {}
    for fact in sorted(facts.all):
        if fact.order in named:
            by_source.setdefault(named[fact.order], []).append(fact)
    for source, members in by_source.items():
        if len(members) >= _COPIED:
            yield oddity(
                "shared_source", members[0].place, n=len(members), source=source, last=members[-1].place
            )


def twins(facts: Facts) -> Iterator[Problem]:
    """Neighbours in a file that are alike but for their ids."""
    for _, run in groupby(sorted(facts.all), key=lambda fact: (fact.file, fact.content)):
        members: Sequence[Fact] = tuple(run)
        # Records between them that are no facts any more do not make them strangers.
        if len(members) > 1:
            yield oddity("twin_records", members[0].place, n=len(members), last=members[-1].place)


def sources_of(records: Sequence[bytes]) -> dict[int, str]:
    """The evidence that records name themselves, by place among all records."""
    return {
        n: source
        for n, raw in enumerate(records)
        if b'"source":' in raw and (source := orjson.loads(raw).get("source"))
    }
