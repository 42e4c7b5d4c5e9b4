"""Conditions that can never hold, and law that is never in force on a known day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from transparency_check.model import Problem
from transparency_check.packs.lint.satisfiable import impossible
from transparency_check.packs.lint.subject import One, of_duty
from transparency_check.packs.model import Duty, EventSelector
from transparency_check.packs.yaml_source import Path, parts


@of_duty("unreachable-condition")
def conditions_reachable(one: One) -> Iterator[Problem]:
    """Each condition by itself, exceptions and demands together with the trigger."""
    duty, vocabulary = one.duty, one.whole.vocabulary
    dead = False
    for path, where in wheres(one.file.source.data):
        if why := impossible([where], vocabulary):
            dead = True
            yield one.told("unreachable-condition.where", path, at_key=True, why=why)
    if dead:
        return
    triggers = trigger_conditions(duty)
    for index, exception in enumerate(duty.unless):
        if exception.event is None and exception.where and triggers:
            reasons = [impossible([t, exception.where], vocabulary) for t in triggers]
            if all(reasons):
                yield one.told("unreachable-condition.unless", ("unless", index), why=reasons[0])
    if duty.must:
        reasons = [impossible([t, duty.must], vocabulary) for t in triggers or [{}]]
        if all(reasons):
            yield one.told("unreachable-condition.must", ("must",), at_key=True, why=reasons[0])


@of_duty("unreachable-version")
def versions_reachable(one: One) -> Iterator[Problem]:
    """A version that ends before the calendar begins, or begins after it ends."""
    span = one.whole.book.calendar_range
    if one.duty.shape not in ("event", "duration", "calendar"):
        return
    for index, version in enumerate(one.duty.versions):
        if (version.to and version.to < span.from_) or (version.from_ and version.from_ > span.to):
            path = ("versions", index)
            yield one.told("unreachable-version", path, from_=span.from_, to=span.to)


@of_duty("foreign-attestation")
def attests_itself(one: One) -> Iterator[Problem]:
    """What an office vouches for is a duty; a condition of this duty asks for this one."""
    name = one.whole.vocabulary.attestation
    if name is None:
        return
    for path, where in _conditions(one.file.source.data):
        for inner, value in parts(where.get(name)):
            if isinstance(value, str) and value != one.duty.id:
                at = (*path, name, *inner)
                yield one.told("foreign-attestation", at, other=value, rule=one.duty.id)


def trigger_conditions(duty: Duty) -> list[Mapping[str, Any]]:
    """The conditions of the events that trigger the duty, one per event."""
    if duty.trigger is None:
        return []
    return [s.where for s in duty.trigger.alternatives if isinstance(s, EventSelector)]


def wheres(data: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every `where` and `must` of a duty's file, with its place; examples hold none."""
    for path, value in parts(data):
        if path and path[0] != "examples" and path[-1] in ("where", "must") and isinstance(value, Mapping):
            yield path, value


def _conditions(data: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every `where` and `must`, and the mappings inside their `any` and `all`."""
    for path, where in wheres(data):
        for inner, value in parts(where):
            if isinstance(value, Mapping):
                yield (*path, *inner), value
