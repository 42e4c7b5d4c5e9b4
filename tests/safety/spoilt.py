"""A rulebook in which every text that is no name is hostile. The fields are those that the models have."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from pydantic import BaseModel

from transparency_check.packs.model import Rulebook

# Names that other parts refer to, and texts of a fixed form; an unknown one of them would not load.
NAMES = frozenset((
    "Reading.trigger", "Reading.deadline", "Reading.requires", "Reading.calendar", "Reading.count",
    "Reading.open_for",
    "Duty.id", "Duty.area", "Duty.municipalities", "Duty.replaces", "Instrument.id",
    "Instrument.replaces", "Version.instrument", "PackInfo.id", "PackInfo.zone", "PackInfo.extends",
    "PackInfo.languages", "Rulebook.zone", "Rulebook.digests", "Rulebook.pack_of", "Rulebook.adoptable",
    "Municipality.id", "Municipality.official_languages", "Municipality.in_use_languages",
    "EventSelector.event", "ObligationSelector.obligation", "Trigger.event", "Trigger.obligation",
    "Trigger.moved_by", "Trigger.cancelled_by", "Requirement.event", "Extension.event", "Extension.add",
    "Suspension.from_", "Suspension.to", "Deadline.before", "Deadline.after", "OpenFor.closed_by",
    "OpenFor.planned", "OpenFor.moved_by", "Count.event", "CalendarTrigger.rrule",
    "CalendarTrigger.window", "Correlate.by", "Exception_.event", "Exception_.instead",
    "EventType.attributes", "EventType.required", "Inheritance.from_", "Inheritance.attributes",
    "Attribute.values", "Attribute.absent", "Vocabulary.attestation", "Vocabulary.kinds", "Outage.event",
    "Outage.from_", "Outage.to", "Outage.attribute", "Outage.value", "CoverageEvent.event",
    "CoverageEvent.period", "CoverageEvent.families", "FieldReference.field", "Share.field",
    "Test.includes_all", "CalendarRow.status", "Expectation.rule",
))  # fmt: skip
# Closed lists, for whose values the reports have words, and conditions, which are made of names.
CLOSED = frozenset((
    "confidence", "severity", "binds", "unit", "per", "roll", "same_day", "not_before", "take", "outcome",
    "applies_by", "judged", "about", "within", "off", "type", "by", "where", "must", "n", "at_least",
))  # fmt: skip


def spoilt(rulebook: Rulebook, texts: list[str]) -> Rulebook:
    """The rulebook with one hostile text after the other in its texts, in turn."""
    turn = itertools.cycle(texts)
    book: Rulebook = _spoilt(rulebook, turn)
    return book


def _spoilt(record: Any, turn: Any) -> Any:
    if isinstance(record, BaseModel):
        kind = next(c.__name__ for c in type(record).__mro__ if c.__module__.endswith("packs.model"))
        changed = {
            name: _spoilt(getattr(record, name), turn)
            for name in type(record).model_fields
            if f"{kind}.{name}" not in NAMES and name not in CLOSED
        }
        return record.model_copy(update=changed)
    if isinstance(record, str):
        return next(turn)
    if isinstance(record, list):
        return [_spoilt(item, turn) for item in record]
    if isinstance(record, dict):
        return {key: _spoilt(item, turn) for key, item in record.items()}
    assert record is None or isinstance(record, bool | int | float | dt.date), type(record)
    return record
