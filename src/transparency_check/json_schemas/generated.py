"""The schemas that come from models and vocabularies, so that they cannot drift from what is read."""

from __future__ import annotations

from typing import Any

from ..packs import load_rulebook
from ..packs.schema import schemas as of_packs
from .event_schema import event_schema
from .office_schemas import baseline_schema, configuration_schema, mapping_schema, waivers_schema


def generated() -> dict[str, dict[str, Any]]:
    """The schemas by name: of the files of a pack, of an event by the pack for Kosovo, of what an office
    writes.
    """
    return {
        **of_packs(),
        "event": event_schema(load_rulebook(["kosovo"], examples=False)),
        "configuration": configuration_schema(),
        "waivers": waivers_schema(),
        "baseline": baseline_schema(),
        "mapping": mapping_schema(),
    }
