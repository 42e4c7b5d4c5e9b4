"""Readings as overlays (3.6), versions and their numbers (4.1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from transparency_check.packs.model import Duty, Reading, Version


@dataclass(frozen=True, eq=False)
class Read:
    """A duty under one reading; ``stated`` are the keys its overlay gives, which prevail over a version's
    number.
    """

    name: str
    duty: Duty
    stated: frozenset[str] = frozenset()

    def number(self, own: Any, version: Version) -> int | None:
        """n (or at_least) under a version; None where it is unknown."""
        if self._gives_way(version):
            return version.n
        return own if isinstance(own, int) else None

    def unit(self, own: str, version: Version) -> str:
        """The unit under a version."""
        return version.unit if self._gives_way(version) and version.unit is not None else own

    def _gives_way(self, version: Version) -> bool:
        """Whether the version's number, with its unit, takes the place of the duty's (4.1)."""
        return version.n is not None and not self.stated & {"n", "at_least"}


def readings_of(duty: Duty) -> list[Read]:
    """The duty under each of its readings; once, without a name, where it has none."""
    return [_overlaid(duty, reading) for reading in duty.readings] or [Read("", duty)]


def judged(duty: Duty) -> bool:
    """Whether every version gives a number, or the duty and each reading has one of its own (7.6)."""
    if all(version.n is not None for version in duty.versions):
        return True
    for read in readings_of(duty):
        numbers = [getattr(read.duty.deadline, "n", 0), getattr(read.duty.open_for, "n", 0)]
        if "unknown" in (*numbers, getattr(read.duty.count, "at_least", 0)):
            return False
    return True


def _merged(part: BaseModel, overlay: dict[str, Any]) -> Any:
    values = part.model_dump(by_alias=True, exclude_unset=True)
    if "before" in overlay or "after" in overlay:
        values.pop("before", None)
        values.pop("after", None)
    if any(key in overlay for key in ("event", "all_of", "any_of")):
        for key in ("event", "where", "all_of", "any_of"):
            values.pop(key, None)
    return type(part).model_validate(values | overlay)


def _overlaid(duty: Duty, reading: Reading) -> Read:
    changed: dict[str, Any] = {}
    stated: set[str] = set()
    for name in ("trigger", "requires", "calendar"):
        if getattr(reading, name) is not None:
            changed[name] = getattr(reading, name)
    for name in ("deadline", "open_for", "count"):
        overlay = getattr(reading, name)
        if overlay is not None:
            changed[name] = _merged(getattr(duty, name), overlay)
            stated |= set(overlay)
    return Read(reading.name, duty.model_copy(update=changed), frozenset(stated))


def in_force(duty: Duty, day: dt.date) -> Version | None:
    """The version in force on a day (both ends inclusive)."""
    for version in duty.versions:
        if (version.from_ or day) <= day <= (version.to or day):
            return version
    return None
