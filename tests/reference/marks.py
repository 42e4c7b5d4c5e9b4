"""Counts how often the evaluator takes the ways that verdicts alone do not show: an extension that counts, a
clock that stands, a piece that is owed.

``NAMES`` lists them all, so that a way that was never taken can be told.
"""

from __future__ import annotations

from collections import Counter

NAMES: dict[str, str] = {
    "anchor before": "an anchor event not after the trigger (7.6)",
    "anchor after": "an anchor event after the trigger (7.6)",
    "clear": "whole days between (3.5)",
    "cancelled or not": "a cancellation of which it is open whether it counts (7.8)",
    "closing": "a certain closing event (7.9)",
    "closing moved": "a planned closing that was moved (7.9)",
    "closing moved or not": "a move of which it is open whether it came before the planned closing (7.9)",
    "closing moved too late": "a move after the planned closing, which changes nothing (7.9)",
    "continued": "a plan that continues the one before (7.6)",
    "called off between": "a plan of the same day after a cancellation (7.6)",
    "denied": "an attestation that is denied (7.4)",
    "extension": "an extension that counts (7.8)",
    "extension too late": "a first extension after the unextended due date (7.8)",
    "extension unreadable": "an extension without a number that can be read (7.8)",
    "given up or not": "a move of which it is open whether it came before the anchor (7.6)",
    "hours over a change": "hours that cross a change of the clock (3.7)",
    "inherited": "a value taken from an earlier event (7.3)",
    "inherited unknown": "a bad value that is inherited (7.3)",
    "default": "an absent attribute with a declared meaning (7.3)",
    "late by hours": "lateness in hours (7.7)",
    "late by working days": "lateness in working days (7.7)",
    "latest content": "a correction that replaces (7.2)",
    "conflict": "records of one id in conflict (7.2)",
    "one id on two things": "an id that stands on different things (7.2)",
    "retracted": "a latest content that is retracted (7.2)",
    "linked case": "a candidate of a linked case (4.3)",
    "at home": "an event of a linked case that holds a trigger itself (7.5)",
    "move limits": "a fulfilment before the move (7.6)",
    "no law": "a trigger on a day without a version in force (4.1)",
    "only if": "a period that held the event of only_if (7.10)",
    "only if not": "a period that did not hold it (7.10)",
    "order in the day": "an order decided within a day (4.10)",
    "outage": "an outage on the due day (4.15)",
    "pieces": "a list owed piece by piece (7.5)",
    "roll": "a due date that moved to a working day (3.2)",
    "stop": "a stop of the clock that counts (7.8)",
    "still stopped": "a clock that still stands (7.8)",
    "time of day": "a candidate whose place in the day decides (7.5)",
    "version by due": "a version chosen by the due day (4.1)",
    "working day in doubt": "a working-day period worked under some calendars only (7.10)",
    "window": "a candidate outside the window of the correlation (7.7)",
    "window end": "a document after the end of its window (7.10)",
    "about": "a document placed by its recorded period (7.10)",
}
seen: Counter[str] = Counter()


def mark(name: str) -> None:
    """Note that a way was taken; ``name`` is one of ``NAMES``."""
    if name not in NAMES:
        raise KeyError(name)
    seen[name] += 1


def taken() -> Counter[str]:
    """What was noted since the last call."""
    found = Counter(seen)
    seen.clear()
    return found
