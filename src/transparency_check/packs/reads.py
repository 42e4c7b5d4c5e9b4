"""Which events a duty reads, and which of their attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from transparency_check.packs.model import Duty, EventSelector


def selectors(duty: Duty) -> Iterator[EventSelector]:
    """The selectors of every part, readings included; a content duty's conditions belong to its trigger."""

    def of(events: str | EventSelector | None) -> Iterator[EventSelector]:
        if events is not None:
            yield EventSelector(event=events, where={}) if isinstance(events, str) else events

    for starts in (duty.trigger, *(r.trigger for r in duty.readings)):
        if starts is not None:
            for source in starts.alternatives:
                if isinstance(source, EventSelector):
                    yield EventSelector(event=source.event, where={**source.where, **(duty.must or {})})
                    for exception in duty.unless:
                        if exception.event is None:
                            yield EventSelector(event=source.event, where=exception.where)
            yield from of(starts.moved_by)
            yield from of(starts.cancelled_by)
    for asked in (duty.requires, *(r.requires for r in duty.readings)):
        for member in asked.members if asked is not None else []:
            yield from member
    for member in duty.count.members if duty.count is not None else []:
        yield from member
    if duty.open_for is not None:
        yield from of(duty.open_for.closed_by)
        yield from of(duty.open_for.moved_by)
    if duty.deadline is not None:
        for anchor in (duty.deadline.before, duty.deadline.after):
            if isinstance(anchor, EventSelector):
                yield anchor
        if (longer := duty.deadline.extended_by) is not None:
            yield EventSelector(event=longer.event, where=longer.where)
        if (stopped := duty.deadline.suspended_by) is not None:
            yield from (*of(stopped.from_), *of(stopped.to))
    if duty.calendar is not None:
        yield from of(duty.calendar.only_if)
    for exception in duty.unless:
        if exception.event is not None:
            yield EventSelector(event=exception.event, where=exception.where)


def fields(where: Mapping[str, Any]) -> Iterator[str]:
    """The attributes that a condition reads, in its order; one may come more than once."""
    for name, test in where.items():
        if name in ("any", "all"):
            for part in test:
                yield from fields(part)
        else:
            yield name
            yield from referenced(test)


def referenced(test: Any) -> Iterator[str]:
    """The other attributes that a test compares with."""
    for value in test.values() if isinstance(test, Mapping) else ():
        if isinstance(value, Mapping):
            if "field" in value:
                yield str(value["field"])
            else:
                yield from referenced(value)
