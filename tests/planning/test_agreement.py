"""Acting on the planned dates is fulfilled, one day later is not: every dated duty of the bundled packs."""

from __future__ import annotations

import random

from planning.agreement import Attempt, NotFound, attempts, disagreements
from planning.books import dated

# For these no log can be fulfilled under all readings, or none can be late; the message says why.
WITHOUT = {
    "KLI-MTG-006": "its readings count in different periods",
    "KLO-PUB-019": "its readings count in different periods",
    "ZKK-PUB-001": "its readings count in different periods",
    "XK-FOI-023": "what makes it due is what fulfils it",
}


def test_what_is_done_by_the_planned_day_is_fulfilled_and_a_day_later_is_not() -> None:
    """One date for each of 157 duties; ``make agreement`` takes sixty."""
    made: list[Attempt] = []
    without = {}
    for duty in dated():
        try:
            made += attempts(duty, random.Random(f"tests/{duty.id}"), 1)
        except NotFound as why:
            without[duty.id] = str(why)
    assert without.keys() == WITHOUT.keys()
    assert all(without[rule].startswith(why) for rule, why in WITHOUT.items())
    assert len({a.duty for a in made}) + len(WITHOUT) == len(dated())
    assert {a.when for a in made} == {"proposed", "last", "too late"}
    assert disagreements(made) == []
