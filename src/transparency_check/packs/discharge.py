"""What the act that discharges a duty has to be: which event, in which channel, in which languages.

Read off the duties and never more than they say: a channel where ``requires`` demands one; languages where
``requires`` demands them, or else where a content duty of the same packs demands them of that event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from transparency_check.model import Finding
from transparency_check.packs.model import Duty, EventSelector, Municipality, Rulebook

# The attribute that holds channels, where no outage of the vocabulary says which.
_CHANNEL = "channel"
_OFFICIAL = "official_languages"
_COUNTED = frozenset({"event", "where", "any_of", "all_of"})
# Any one of them.
AnyOf = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """Languages that a duty demands, all of them; ``confidence`` is that of its version in force."""

    rule: str
    languages: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act that would do: an event of this type. All of ``channels``, each by any of its values; empty
    where the duty demands none. Nobody demands languages where ``demands`` is empty.
    """

    event: str
    channels: tuple[AnyOf, ...] = ()
    demands: tuple[Demand, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages that are demanded, each once."""
        return tuple(dict.fromkeys(name for demand in self.demands for name in demand.languages))


# All of these, each by any of its acts.
Discharge = tuple[tuple[Act, ...], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A selector of a duty with what its condition demands; ``official``: the official languages."""

    selector: EventSelector
    channels: tuple[AnyOf, ...]
    languages: tuple[str, ...]
    official: bool


def channel_attribute(rulebook: Rulebook) -> str:
    """The attribute of an event that holds its channels: that which the vocabulary names for outages."""
    outage = rulebook.vocabulary.outage
    return _CHANNEL if outage is None else outage.attribute


def language_attributes(rulebook: Rulebook) -> list[str]:
    """The attributes that hold languages: those that a duty compares with the official ones."""
    found = {
        name
        for duty in rulebook.duties
        for where in _conditions(duty)
        for way in _ways(where)
        for name, test in way
        if _is_official(test)
    }
    return sorted(found)


class Discharges:
    """The acts that discharge the duties of a rulebook, read off them once.

    ``off`` are duties that the office has left out of its reports: they demand nothing here, either.
    """

    def __init__(self, rulebook: Rulebook, off: Collection[str] = ()) -> None:
        self._duties = {duty.id: duty for duty in rulebook.duties}
        self._replaced: dict[str, set[str]] = {}
        for duty in rulebook.duties:
            if duty.replaces is not None and duty.shape != "none":
                self._replaced.setdefault(duty.replaces, set()).update(duty.municipalities or ())
        self._rows: dict[str, list[Municipality]] = {}
        for row in rulebook.municipalities:
            self._rows.setdefault(row.id, []).append(row)
        self._channel = channel_attribute(rulebook)
        self._spoken = frozenset(language_attributes(rulebook))
        self._contents = [duty for duty in rulebook.duties if duty.id not in off and self._demands(duty)]
        self._parts = cache(self._read)

    def of(self, finding: Finding, today: dt.date) -> Discharge:
        """The acts that discharge an obligation; empty for one that no event discharges, as to keep open.

        The law and the languages are those of its last working day to act, else of its due day, else of
        ``today``.
        """
        duty = self._duties.get(finding.rule)
        if duty is None:
            return ()
        given = finding.act_by or finding.due
        day = today if given is None else dt.date.fromisoformat(given[:10])
        return tuple(
            tuple(dict.fromkeys(self._act(part, duty, finding, day) for part in member))
            for member in self._parts(finding.rule)
        )

    def _act(self, part: _Part, duty: Duty, finding: Finding, day: dt.date) -> Act:
        own = self._resolved(part, finding.municipality, day)
        demands: tuple[Demand, ...] = ()
        if own:
            demands = (Demand(duty.id, own, finding.confidence),)
        elif duty.binds == "municipality":
            demands = tuple(self._of_contents(part.selector, finding.municipality, day))
        return Act(part.selector.event, part.channels, demands)

    def _of_contents(self, selector: EventSelector, municipality: str, day: dt.date) -> Iterator[Demand]:
        """What content duties demand of every event that is selected."""
        for duty in self._contents:
            if not self._binds(duty, municipality):
                continue
            version = next((v for v in duty.versions if _holds(v.from_, v.to, day)), None)
            if version is None or not _certain(duty, selector):
                continue
            part = self._part(EventSelector(event=selector.event, where=duty.must or {}))
            if languages := self._resolved(part, municipality, day):
                yield Demand(duty.id, languages, version.confidence)

    def _binds(self, duty: Duty, municipality: str) -> bool:
        """Whether a duty is one of the municipality, and no duty of its own takes its place."""
        if duty.municipalities is not None and municipality not in duty.municipalities:
            return False
        return municipality not in self._replaced.get(duty.id, ())

    def _demands(self, duty: Duty) -> bool:
        """Whether it is a content duty that demands the official languages of what it is about.

        One with exceptions is not certain to demand them.
        """
        if duty.shape != "content" or duty.unless or duty.binds != "municipality":
            return False
        ways = _ways(duty.must or {})
        return len(ways) == 1 and any(_is_official(test) for _, test in ways[0])

    def _read(self, rule: str) -> tuple[tuple[_Part, ...], ...]:
        return tuple(
            tuple(part for selector in member for part in self._alternatives(selector))
            for member in _members(self._duties[rule])
        )

    def _part(self, selector: EventSelector) -> _Part:
        return next(iter(self._alternatives(selector)))

    def _alternatives(self, selector: EventSelector) -> Iterator[_Part]:
        """A selector by the alternatives of its condition."""
        for tests in _ways(selector.where):
            channels: list[AnyOf] = []
            languages: list[str] = []
            official = False
            for name, test in tests:
                if name == self._channel:
                    channels += _groups(test)
                if name in self._spoken:
                    official |= _is_official(test)
                    # Any one of several is no language that is demanded.
                    languages += [group[0] for group in _groups(test) if len(group) == 1]
            yield _Part(selector, tuple(dict.fromkeys(channels)), tuple(dict.fromkeys(languages)), official)

    def _resolved(self, part: _Part, municipality: str, day: dt.date) -> tuple[str, ...]:
        official: list[str] = []
        if part.official:
            rows = self._rows.get(municipality, ())
            official = next((r.official_languages for r in rows if _holds(r.from_, r.to, day)), [])
        return tuple(dict.fromkeys([*official, *part.languages]))


def _holds(first: dt.date | None, last: dt.date | None, day: dt.date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _conditions(duty: Duty) -> Iterator[Mapping[str, Any]]:
    if duty.must is not None:
        yield duty.must
    for member in duty.requires.members if duty.requires is not None else []:
        for selector in member:
            yield selector.where


def _members(duty: Duty) -> list[list[EventSelector]]:
    """What discharges a duty, under the reading whose dates a report shows: the first."""
    reading = duty.readings[0] if duty.readings else None
    if duty.shape == "content":
        trigger = (reading and reading.trigger) or duty.trigger
        assert trigger is not None
        found = [s for s in trigger.alternatives if isinstance(s, EventSelector)]
        return [[EventSelector(event=s.event, where=duty.must or {}) for s in found]] if found else []
    if duty.count is not None:
        # A reading may count something else, in a form of its own.
        other = {} if reading is None else reading.count or {}
        return [] if other.keys() & _COUNTED else duty.count.members
    requires = (reading and reading.requires) or duty.requires
    return requires.members if requires is not None and duty.shape != "none" else []


def _ways(where: Mapping[str, Any]) -> list[list[tuple[str, Any]]]:
    """The tests of a condition; one list for each way that it can hold."""
    found: list[list[tuple[str, Any]]] = [[]]
    for name, test in where.items():
        if name == "all":
            ways = [[one for part in parts for one in part] for parts in product(*map(_ways, test))]
        elif name == "any":
            ways = [way for part in test for way in _ways(part)]
        else:
            ways = [[(name, test)]]
        found = [[*before, *way] for before in found for way in ways]
    return found


def _groups(test: Any) -> list[AnyOf]:
    """What a test demands of a list: all of these, each by any of its values."""
    if isinstance(test, Mapping):
        named = test.get("includes_all")
        return [(str(value),) for value in named] if isinstance(named, list) else []
    values = test if isinstance(test, list) else [test]
    return [tuple(map(str, values))]


def _is_official(test: Any) -> bool:
    return isinstance(test, Mapping) and test.get("includes_all") == {"municipality": _OFFICIAL}


def _certain(duty: Duty, selector: EventSelector) -> bool:
    """Whether every event that is selected brings a content duty to life, under each of its readings."""
    triggers = [reading.trigger or duty.trigger for reading in duty.readings] or [duty.trigger]
    return all(
        trigger is not None
        and trigger.take == "each"
        and any(
            isinstance(source, EventSelector)
            and source.event == selector.event
            and all(_implied(selector.where.get(name), test) for name, test in source.where.items())
            for source in trigger.alternatives
        )
        for trigger in triggers
    )


def _implied(given: Any, asked: Any) -> bool:
    """Whether what a condition demands of an attribute implies another test of it: the same test, or values
    that are all among those asked for.
    """
    if given is None:
        return False
    if given == asked:
        return True
    if isinstance(given, Mapping) or isinstance(asked, Mapping):
        return False
    wanted = asked if isinstance(asked, list) else [asked]
    return all(value in wanted for value in (given if isinstance(given, list) else [given]))
