"""A number that an office supplies, laid into the deadline, minimum duration or count of a duty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..messages import text
from ..packs.model import Duty, Version

if TYPE_CHECKING:
    from .model import SuppliedNumber

# The parts of a duty that hold its number, and the key it stands under.
_NUMBERS = {"deadline": "n", "open_for": "n", "count": "at_least"}


class Unfit(Exception):
    """A number that the duty cannot take; the message says why."""


def unknown(duty: Duty) -> list[str]:
    """The instruments under which the number of the duty is still unknown."""
    part = next((getattr(duty, name) for name in _NUMBERS if getattr(duty, name) is not None), None)
    if part is None or next(getattr(part, k) for k in ("n", "at_least") if hasattr(part, k)) != "unknown":
        return []
    return [v.instrument for v in duty.versions if v.n is None]


def numbered(duty: Duty, number: SuppliedNumber, versions: Sequence[int]) -> tuple[Duty, list[int]]:
    """The duty with the number, and the versions that it holds for. Raises ``Unfit``."""
    name = next((n for n in _NUMBERS if getattr(duty, n) is not None), None)
    if name is None or duty.checkable is not None:
        raise Unfit(text("config.number.none", rule=duty.id))
    part, key = getattr(duty, name), _NUMBERS[name]
    stated, unit = getattr(part, key), getattr(part, "unit", None)
    own = [r for r in duty.readings if {"n", "at_least"} & (getattr(r, name) or {}).keys()]
    if duty.readings and len(own) == len(duty.readings):
        raise Unfit(text("config.number.reading", rule=duty.id, name=own[0].name))
    if name == "count" and (number.unit or number.roll):
        raise Unfit(text("config.number.count", rule=duty.id))
    if number.n == 0 and (name != "deadline" or part.before is not None):
        raise Unfit(text("config.number.zero", rule=duty.id))
    if number.version is None:
        if stated == "unknown":
            versions = [i for i in versions if duty.versions[i].n is None] or list(versions)
        held = [(duty.versions[i].instrument, _held(duty.versions[i], stated, unit)) for i in versions]
        if len({number for _, number in held}) > 1:
            listed = ", ".join(f"{' '.join(filter(None, number))} ({name})" for name, number in held)
            raise Unfit(text("config.number.differ", rule=duty.id, list=listed))
    wanted = number.unit or duty.versions[versions[0]].unit or unit
    others = [i for i in range(len(duty.versions)) if i not in versions]
    if others and wanted != unit and "hour" in (wanted, unit):
        raise Unfit(text("config.number.hours", rule=duty.id))
    clear = getattr(part, "clear", False) or any((r.deadline or {}).get("clear") for r in duty.readings)
    if wanted == "hour" and clear:
        raise Unfit(text("config.number.clear", rule=duty.id))
    if others and number.roll:
        raise Unfit(text("config.number.roll", rule=duty.id))
    changed = list(duty.versions)
    updates: dict[str, Any] = {}
    for i in versions:
        # What the pack presumes is about its own number.
        if _held(changed[i], stated, unit) != (str(number.n), wanted or ""):
            changed[i] = changed[i].model_copy(update={"presumption": None})
    if others:
        for i in versions:
            changed[i] = changed[i].model_copy(update={"n": number.n, "unit": wanted})
    else:
        stating = {key: number.n, "unit": wanted, "roll": number.roll}
        laid_in = {k: v for k, v in stating.items() if v is not None}
        try:
            merged = type(part).model_validate(
                {**part.model_dump(by_alias=True, exclude_unset=True), **laid_in}
            )
        except ValidationError as error:
            why = "; ".join(str(e["msg"]).removeprefix("Value error, ") for e in error.errors())
            raise Unfit(text("config.number.unfit", rule=duty.id, why=why)) from None
        updates[name] = merged
        changed = [v.model_copy(update={"n": None, "unit": None}) for v in changed]
    return duty.model_copy(update={**updates, "versions": changed}), list(versions)


def number_text(number: SuppliedNumber, duty: Duty | None) -> str:
    """A number with the unit that it is in: its own, else that of the duty; none for counts."""
    parts = [getattr(duty, name) for name in ("deadline", "open_for") if duty is not None]
    unit = number.unit or next((part.unit for part in parts if part is not None), None)
    return f"{number.n} {unit}" if unit else str(number.n)


def _held(version: Version, n: int | str, unit: str | None) -> tuple[str, str]:
    """The number that holds under a version, with its unit (empty for counts)."""
    return str(n if version.n is None else version.n), version.unit or unit or ""
