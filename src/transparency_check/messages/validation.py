"""What ``validate`` says of records beyond what keeps them from being read: one text per code, by weight.

Each text says what is odd, why it matters and what to do. ``{nearest}`` becomes a question where another name
comes near.
"""

from __future__ import annotations

from typing import Any

from ..model import Problem
from . import filled, phrase
from .problems import ERRORS as UNREAD
from .problems import WARNINGS as READ

# It cannot be true as it stands: one of two records is wrong.
ERRORS: dict[str, str] = {
    "impossible_order": (
        "{type} of {time} is recorded before {other} of {other_time} ({other_place}) in the case {case}, "
        "though it cannot come first. One of the two dates is wrong, or one of the records belongs to "
        "another case; verdicts rest on both. Correct it."
    ),
    "future_event": (
        "{type} is dated {time}, after the moment that the records are looked at ({as_of}), and it cannot be "
        "recorded before it happens. Until then it decides nothing. Correct the date; a planned day stands "
        "in an attribute, as planned_at."
    ),
}

# It is likely to be wrong, or keeps verdicts undetermined.
WARNINGS: dict[str, str] = {
    "duplicate_record": (
        "the record is the same as {first}, with the same id: it counts once. Remove one; --fix does so."
    ),
    "unknown_related": (
        "related names the case {name}, of which {municipality} has no record, so the link leads nowhere."
        "{nearest} Correct the name, or record that case."
    ),
    "planned_before": (
        "{type} of {time} states {attribute} {planned}, which was over by then: what is counted back from it "
        "was due before it could be known. Correct the one that is wrong."
    ),
    "recorded_in_future": (
        "recorded_at is {recorded}, after the moment that the records are looked at ({as_of}): nothing was "
        "entered yet. Until then the record is not believed. Correct it."
    ),
    "late_recording": (
        "{type} of {time} was entered on {recorded}, after the last day for it ({due}): what is entered so "
        "late proves less. TC-REC-001 of check counts it. Nothing is to be corrected if the day is right."
    ),
    "coverage_gap": (
        "{municipality} declares what its log covers, but not for {families} from {first} to {last}, between "
        "its first and its last record. What is not found there stays undetermined. Declare these days, if "
        "all was recorded."
    ),
}

# It may be right, and is worth a look.
NOTES: dict[str, str] = {
    "coverage_assumed": (
        "{municipality} does not declare what its log covers, so it is taken as complete from {day} on, and "
        "what is not recorded counts as not done. Declare it, if that is not so (docs/contract.md, 1.1)."
    ),
    "missing_beginning": (
        "the case {case} begins with {type}, and nothing is recorded that comes before it ({others}). The "
        "beginning may be missing, or the name of the case may be a slip.{nearest}"
    ),
    "odd_year": (
        "{type} is dated {time}, {years} years away from the other {n} records of the case {case} ({first} "
        "to {last}). A slip in the year is the usual reason. Check it."
    ),
    "midnight": (
        "{type} is timed at 00:00 exactly, as programs write for a day without a time, and {rule} counts "
        "hours from it. If the time is not known, write the day alone: {day}."
    ),
    "shared_source": (
        "{n} records name the same evidence, {source}, the last of them {last}: a cell that was copied down "
        "is the usual reason. Check that each can be proved by it."
    ),
    "twin_records": (
        "{n} records in a row, down to {last}, are alike but for their ids, so they count as {n} events. If "
        "one event was entered several times, keep one."
    ),
}

_WEIGHTS = (("error", ERRORS), ("warning", WARNINGS), ("note", NOTES))


def codes() -> tuple[str, ...]:
    """All codes that ``validate`` can tell, those of reading among them."""
    return (*UNREAD, *READ, *ERRORS, *WARNINGS, *NOTES)


def left_unread(code: str) -> bool:
    """Whether a problem of this code left something of the input unread."""
    return code in UNREAD


def oddity(code: str, place: str, /, **values: Any) -> Problem:
    """The problem ``code`` at ``place``. ``nearest`` (a name or None) becomes a question.

    Raises ``KeyError`` for an unknown code or a missing value: a mistake in this program.
    """
    severity, entry = next((name, texts[code]) for name, texts in _WEIGHTS if code in texts)
    given = dict(values)
    if "nearest" in values:
        near = values["nearest"]
        given["nearest"] = phrase(" Did you mean {nearest}?", nearest=near) if near else ""
        if near is None:
            del values["nearest"]
    message = filled(f"validation.{code}", entry, given)
    return Problem(severity, code, place, message, values)  # type: ignore[arg-type]
