"""The list of duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..messages import text
from ..messages.language import current
from ..packs.judged import unjudged
from . import wording
from .cells import wrapped
from .duty_words import deadline
from .table import draw_table

if TYPE_CHECKING:
    from ..packs.model import Duty, Version


def confidence(duty: Duty) -> str:
    """The confidence of the latest version."""
    return max(duty.versions, key=lambda v: (v.from_ is not None, str(v.from_ or ""))).confidence


def in_force(duty: Duty, day: dt.date) -> Version | None:
    """The version in force on the day, or None."""
    fitting = (
        v for v in duty.versions if (v.from_ is None or v.from_ <= day) and (v.to is None or day <= v.to)
    )
    return next(fitting, None)


def list_object(duty: Duty, pack: str | None) -> dict[str, Any]:
    """One duty of the list for programs; ``pack`` is None for a rule of a plugin."""
    why = unjudged(duty)
    return {
        "id": duty.id,
        "pack": pack,
        "title": duty.title.model_dump(exclude_none=True),
        "area": duty.area,
        "bearer": duty.bearer,
        "severity": duty.severity,
        "commitment": duty.commitment,
        "shape": duty.shape,
        "deadline": deadline(duty),
        "confidence": confidence(duty),
        "versions": [
            {
                "instrument": v.instrument,
                "from": v.from_.isoformat() if v.from_ else None,
                "to": v.to.isoformat() if v.to else None,
                "confidence": v.confidence,
            }
            for v in duty.versions
        ],
        "municipalities": duty.municipalities,
        "judged": why is None,
        "reason": why,
        "checkable": duty.checkable is None,
    }


def list_text(duties: Iterable[Duty], width: int) -> str:
    """The duties as a table."""
    columns = [text(f"rules.{c}") for c in ("id", "title", "deadline", "confidence")]
    listed = list(duties)
    if not listed:
        return text("rules.count", n=0) + "\n"
    # Two blanks stand between the four columns.
    sure = [wording.confidence(confidence(d)) for d in listed]
    rest = width - max(len(d.id) for d in listed) - 20 - max(map(len, (columns[3], *sure))) - 6
    rows = [
        [d.id, wrapped((d.title.in_language(current()),), rest), wrapped((deadline(d),), 20), how_sure]
        for d, how_sure in zip(listed, sure, strict=True)
    ]
    return draw_table(tuple(columns), rows, apart=False) + "\n\n" + text("rules.count", n=len(rows)) + "\n"
