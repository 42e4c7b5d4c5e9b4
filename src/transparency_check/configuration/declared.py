"""The coverage that a configuration declares, as records beside those of the logs (semantics 4.15)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .lay import Laid

if TYPE_CHECKING:
    from ..model import Problem


def declared(laid: Laid, vouching: bool = True) -> list[bytes]:
    """A record for each entry of ``coverage``.

    Without ``vouching`` they declare nothing, but show that coverage was declared: a log judged with them
    proves nothing by silence that the configuration alone vouches for.
    """
    from ..events import Normaliser
    from ..readers.sidecar import Declaration

    if not laid.coverage or laid.office is None:
        return []
    law = laid.rulebook
    normaliser = Normaliser(law.vocabulary, law.municipalities, ZoneInfo(law.zone))
    normaliser.begin(laid.office.name, {})
    # Their values were checked when the configuration was laid over the packs.
    problems: list[Problem] = []
    records = []
    for setting, entry in laid.coverage:
        values = entry.model_dump(exclude_none=True, exclude=None if vouching else {"period"})
        record = normaliser.coverage(Declaration(setting.place, values), problems)
        if record is not None:
            records.append(record)
    return records
