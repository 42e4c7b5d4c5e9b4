"""Which duties a log can judge."""

from __future__ import annotations

from typing import Any

from transparency_check.packs.model import Duty

UNKNOWN_NUMBER = "unknown_number"
_NUMBERS = (("deadline", "n"), ("open_for", "n"), ("count", "at_least"))


def unjudged(duty: Duty) -> str | None:
    """Why no log can judge the duty: its own words, or ``UNKNOWN_NUMBER``; None where one can.

    A number that is not known may be stated by every version, or by every reading.
    """
    if duty.checkable is not None:
        return duty.checkable.no
    if all(v.n is not None for v in duty.versions):
        return None
    for key, name in _NUMBERS:
        part = getattr(duty, key)
        if part is None:
            continue
        overlays: list[dict[str, Any]] = [getattr(r, key) or {} for r in duty.readings]
        if any(overlay.get(name, getattr(part, name)) == "unknown" for overlay in overlays or [{}]):
            return UNKNOWN_NUMBER
    return None
