"""Attributes that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from transparency_check.model import Problem
from transparency_check.packs.lint.subject import Whole, of_pack, told
from transparency_check.packs.model import Duty, Vocabulary
from transparency_check.packs.yaml_source import parts

# The parts of a duty that read events.
_READING = (
    "trigger",
    "count",
    "calendar",
    "requires",
    "must",
    "deadline",
    "open_for",
    "correlate",
    "unless",
    "readings",
)


@of_pack("unused-attribute")
def attributes_used(whole: Whole) -> Iterator[Problem]:
    """Every attribute is in a condition, an anchor, a period, or what the engine reads by itself."""
    own, source = whole.draft.vocabulary, whole.draft.vocabulary_source
    if own is None or source is None:
        return
    used = _of_vocabulary(whole.vocabulary).union(*(_of_duty(d) for d in whole.duties))
    for name in own.attributes:
        if name not in used:
            yield told(source, "unused-attribute", ("attributes", name), at_key=True, name=name)


def _of_vocabulary(vocabulary: Vocabulary) -> set[str]:
    """What the program reads itself: coverage, outages, attestations, kinds of publications."""
    used = {*vocabulary.kinds, vocabulary.attestation or ""}
    if vocabulary.coverage is not None:
        used |= {vocabulary.coverage.period, vocabulary.coverage.families}
    if vocabulary.outage is not None:
        used |= {vocabulary.outage.from_, vocabulary.outage.to, vocabulary.outage.attribute}
    return used


def _of_duty(duty: Duty) -> set[str]:
    """Every key and every text of the duty's own parts: more than it reads, never less."""
    whole: dict[str, Any] = duty.model_dump(include=set(_READING), by_alias=True, exclude_none=True)
    used = {value for _, value in parts(whole) if isinstance(value, str)}
    used |= {str(path[-1]) for path, _ in parts(whole) if path}
    if duty.deadline is not None and duty.deadline.extended_by is not None:
        used.add(str(duty.deadline.extended_by.add))
    if duty.calendar is not None and duty.calendar.about is not None:
        used.add("period")
    return used
