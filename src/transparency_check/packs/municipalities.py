"""A municipality as people name it."""

from __future__ import annotations

from transparency_check.errors import UsageError
from transparency_check.messages import text
from transparency_check.packs.model import Rulebook
from transparency_check.packs.problems import nearest
from transparency_check.readers.names import fold


def municipality_id(name: str, rulebook: Rulebook) -> str:
    """The id of a municipality given by id or by a name in any language and script. Raises ``UsageError``."""
    folded = fold(name)
    for municipality in rulebook.municipalities:
        if municipality.id.casefold() == name.strip().casefold():
            return municipality.id
    found = sorted({m.id for m in rulebook.municipalities if folded in map(fold, m.names)})
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(text("error.municipality.ambiguous", name=name, names=", ".join(found)))
    by_name = {fold(n): m.id for m in rulebook.municipalities for n in (m.id, *m.names)}
    near = nearest(folded, by_name)
    message = text("error.municipality", name=name)
    raise UsageError(text("nearest", message=message, name=by_name[near]) if near else message)
