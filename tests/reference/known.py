"""Differences that are known, each with a test of its own in ``test_known_differences.py`` that says which
of the two evaluators is wrong. A random comparison leaves them out, so that it can end in none.

Whoever corrects one takes its entry from here and the mark from its test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from transparency_check.packs.model import Duty, EventSelector, EventType, Span, Vocabulary


def _selected(named: str | EventSelector) -> str:
    return named if isinstance(named, str) else named.event


def _taken_by_attributes(duty: Duty) -> bool:
    triggers = [duty.trigger, *(reading.trigger for reading in duty.readings)]
    return isinstance(duty.correlate.by, list) and any(t is not None and t.take != "each" for t in triggers)


def _closed_by_its_like(duty: Duty) -> bool:
    if duty.open_for is None or duty.trigger is None:
        return False
    events = {s.event for s in duty.trigger.alternatives if isinstance(s, EventSelector)}
    return _selected(duty.open_for.closed_by) in events


def _only_if_under_one_reading(duty: Duty) -> bool:
    return any(r.calendar is not None for r in duty.readings) and any(
        c is not None and c.only_if is not None for c in (duty.calendar, *(r.calendar for r in duty.readings))
    )


def _moved_with_a_condition(duty: Duty) -> bool:
    asked = any(exception.event is None for exception in duty.unless)
    triggers = [duty.trigger, *(reading.trigger for reading in duty.readings)]
    return asked and any(t is not None and t.moved_by is not None for t in triggers)


def _modified_beside_cases(duty: Duty) -> bool:
    triggers = [duty.trigger, *(reading.trigger for reading in duty.readings)]
    cancelled = any(t is not None and t.cancelled_by is not None for t in triggers)
    excepted = any(exception.event is not None for exception in duty.unless)
    deadline = duty.deadline
    counted = deadline is not None and (deadline.extended_by or deadline.suspended_by) is not None
    return duty.correlate.by != "case" and (cancelled or excepted or counted)


def _begins_before(duty: Duty) -> bool:
    """Only where the calendar is short is the beginning outside it; the packs that are drawn are not many."""
    return (
        duty.deadline is not None
        and isinstance(duty.deadline.not_before, Span)
        and duty.deadline.not_before.unit == "working-day"
        and duty.deadline.not_before.n > 0
    )


# Name of the test to whether a duty meets the difference: such duties are not drawn.
DUTIES: dict[str, Callable[[Duty], bool]] = {
    "triggers_without_the_attribute_are_taken_per_case_7_7": _taken_by_attributes,
    "an_event_does_not_close_what_it_opens_7_9": _closed_by_its_like,
    "a_beginning_outside_the_calendar_is_not_known_7_11": _begins_before,
    "a_cancellation_without_case_may_be_meant_7_5": _modified_beside_cases,
    "an_exception_is_asked_of_the_move_too_4_14": _moved_with_a_condition,
    "only_if_is_asked_under_each_reading_7_10": _only_if_under_one_reading,
}


def lateness_differs(duty: Duty) -> bool:
    """Whether some versions count working days, and others, the duty or its readings do not
    (``lateness_is_in_the_unit_of_the_version_4_18``).
    """
    if duty.deadline is None or all(version.unit is None for version in duty.versions):
        return False
    units = {version.unit for version in duty.versions} | {duty.deadline.unit}
    units |= {(reading.deadline or {}).get("unit") for reading in duty.readings}
    return "working-day" in units and len(units - {None}) > 1


def known(duty: Duty) -> bool:
    """Whether the evaluators are known to differ on a duty."""
    return any(meets(duty) for meets in DUTIES.values())


def may_inherit(name: str, events: Mapping[str, EventType]) -> bool:
    """Whether a type may be made to inherit: not where others inherit from it
    (``inheritance_goes_through_other_types_7_3``). Its sources must not inherit either.
    """
    return not any(e.inherits is not None and name in e.inherits.from_ for e in events.values())


def without_known(vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary without what the evaluators are known to differ on: kinds with a declared absence
    (``a_kind_may_have_a_declared_absence_4_9``).
    """
    attributes = {
        name: a.model_copy(update={"absent": None}) if name in vocabulary.kinds else a
        for name, a in vocabulary.attributes.items()
    }
    return vocabulary.model_copy(update={"attributes": attributes})
