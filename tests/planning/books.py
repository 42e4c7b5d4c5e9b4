"""The law that plans are tried with: every bundled pack at once, as if adopted."""

from __future__ import annotations

from functools import cache

from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Duty
from transparency_check.planning.law import Law

PACKS = ("kosovo", "klina", "kllokot", "information-office", "klgi")


@cache
def law(*packs: str) -> Law:
    """The law of these packs; of all bundled ones where none is named."""
    return Law(load_rulebook(packs or PACKS))


def dated() -> list[Duty]:
    """Every duty of the bundled packs that can be judged and has a date."""
    known = law()
    shapes = ("event", "duration", "calendar", "count")
    return [d for d in known.rulebook.duties if d.id in known.plan.duties and d.shape in shapes]
