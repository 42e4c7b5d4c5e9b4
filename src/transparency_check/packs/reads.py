"""Which events a duty reads."""

from __future__ import annotations

from collections.abc import Iterator

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
    for exception in duty.unless:
        if exception.event is not None:
            yield EventSelector(event=exception.event, where=exception.where)
