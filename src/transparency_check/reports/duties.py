"""The list of duties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..messages import text
from .cells import wrapped
from .duty_words import deadline
from .table import draw_table

if TYPE_CHECKING:
    from ..packs.model import Duty


def confidence(duty: Duty) -> str:
    """The confidence of the latest version."""
    return max(duty.versions, key=lambda v: (v.from_ is not None, str(v.from_ or ""))).confidence


def list_object(duty: Duty) -> dict[str, Any]:
    """One duty of the list for programs."""
    return {
        "id": duty.id,
        "title": duty.title.model_dump(exclude_none=True),
        "area": duty.area,
        "bearer": duty.bearer,
        "severity": duty.severity,
        "commitment": duty.commitment,
        "shape": duty.shape,
        "deadline": deadline(duty),
        "confidence": confidence(duty),
        "checkable": duty.checkable is None,
    }


def list_text(duties: Iterable[Duty], width: int) -> str:
    """The duties as a table."""
    columns = [text(f"rules.{c}") for c in ("id", "title", "deadline", "confidence")]
    rest = width - 10 - 20 - 10 - 6
    rows = [
        [d.id, wrapped((d.title.in_language("en"),), rest), wrapped((deadline(d),), 20), confidence(d)]
        for d in duties
    ]
    if not rows:
        return text("rules.count", n=0) + "\n"
    return draw_table(tuple(columns), rows, apart=False) + "\n\n" + text("rules.count", n=len(rows)) + "\n"
