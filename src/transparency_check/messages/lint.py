"""What ``rules lint`` says: per code its severity and its texts.

Each text says what is wrong, why it matters and what to do. A code has several texts where it means several
things; the part after the point tells them apart and is not shown.
"""

from __future__ import annotations

from typing import Any

from ..model import Problem
from . import filled

ERRORS: dict[str, str] = {
    "missing-translation": (
        "There is no {language} text here, but the pack is in {languages}: whoever reads it in {language} "
        "would get English. Add `{language}:`."
    ),
    "missing-citation.provision": (
        "`legal_basis.provision` is missing, and not every version states its own: a finding could not "
        "name the law it rests on. Write the article or section."
    ),
    "missing-citation.wording": (
        "A version is `{confidence}`, but `legal_basis` has neither `quote` nor `url`: nobody could look "
        "the wording up. Add one of them, or lower the confidence to unverified."
    ),
    "number-without-source.version": (
        "This version is `{confidence}` and gives the number {n}, but no `provision` or `note` here, nor a "
        "`quote` or `url` of the duty, says where it stands. Add its source, or lower the confidence to "
        "unverified."
    ),
    "number-without-source.duty": (
        "The number {n} holds under a `{confidence}` version, but neither `legal_basis.quote`, "
        "`legal_basis.url` nor a note says where it stands. Add its source, or lower the confidence to "
        "unverified."
    ),
    "number-without-source.reading": (
        "The source of this reading is empty: a reading without a source is an opinion of nobody. Say "
        "where it comes from."
    ),
    "unreachable-condition.where": (
        "This condition can never hold: {why}. What it selects does not exist, so the duty would stay "
        "silent. Correct it."
    ),
    "unreachable-condition.unless": (
        "This exception can never apply: together with the condition of the trigger, {why}. Correct it, or "
        "delete it."
    ),
    "unreachable-condition.must": (
        "This can never be satisfied: {why}. Every trigger would be a violation, whatever the office does. "
        "Correct it."
    ),
    "unreachable-version": (
        "This version is in force only outside {from_} to {to}, the days that the calendar of the pack "
        "knows: all that it counts would be undetermined (no_calendar). Delete it, or extend calendar.csv."
    ),
    "contradicting-duties.must": (
        "This duty and {other} arise from the same events, and no event satisfies both: {why}. Whatever "
        "the office does is a violation. Correct one of them, or tell their triggers apart."
    ),
    "contradicting-duties.length": (
        "{other} demands that `{event}` comes within {n} {unit} of the same trigger, and this duty that it "
        "does not come before {least}: both can never be met. Correct one of the numbers, or tell their "
        "triggers apart."
    ),
    "foreign-attestation": (
        "This condition asks for an attestation of {other} in the duty {rule}: an office attests {rule} by "
        "naming {rule}. Write the id of this duty."
    ),
    "example-beside-duty": (
        "No expectation of this example is about {rule}, so it tests other duties only. Expect something "
        "of {rule}, or move the example to the duty that it tests."
    ),
    "empty-expectation": (
        "This expectation states no value, so any finding will do. Write `outcome`, and `due` where there "
        "is one."
    ),
    "outcome-not-covered.outcome": (
        "No example of {rule} expects the outcome {outcome}: nobody would notice if it were never reached. "
        "Add an example."
    ),
    "outcome-not-covered.on-due": (
        "No example of {rule} shows {what} on the due day itself: that is where counting goes wrong by "
        "one. Add an example."
    ),
    "outcome-not-covered.after-due": (
        "No example of {rule} shows {what} {when}: that is where counting goes wrong by one. Add an example."
    ),
    "not-counted": (
        "The example expects the date {due}, but does not say in `counted` how it was counted by hand: a "
        "date copied from the program proves nothing. Count it and write the days down."
    ),
}

WARNINGS: dict[str, str] = {
    "missing-help": (
        "The duty has no `help`: whoever misses it is not told what to do. Say it in one sentence, in "
        "every language."
    ),
    "missing-roll": (
        "The period does not say `roll`, so a last day that is off moves to the next working day. Write "
        "`roll: forward` if the law says so, else `roll: none`."
    ),
    "version-outside-instrument": (
        "This version applies from {from_} to {to}, but `{instrument}` is in force from {first} to {last} "
        "(instruments.yaml). Correct the one that is wrong."
    ),
    "unused-attribute": (
        "No duty reads the attribute `{name}`: offices would record it for nothing. Use it, or delete it."
    ),
    "no-examples": (
        "{rule} has no example, so nothing shows that it does what it says. Add one for each outcome."
    ),
}

_TEXTS = {**ERRORS, **WARNINGS}


def severity(code: str) -> str:
    """``error`` or ``warning``: what a code weighs."""
    return "error" if any(key.partition(".")[0] == code for key in ERRORS) else "warning"


def lint_problem(text: str, place: str, /, **values: Any) -> Problem:
    """The problem whose text is called ``text`` (its code, or code and variant) at ``place``.

    Raises ``KeyError`` for an unknown text or a missing value: a mistake in this program.
    """
    code = text.partition(".")[0]
    kind = "error" if text in ERRORS else "warning"
    return Problem(kind, code, place, filled(f"lint.{text}", _TEXTS[text], values), values)  # type: ignore[arg-type]
