"""What may have ended an obligation on a day of which the hour is missing (4.4, 4.5, 7.1, 7.5 to 7.9): nobody
escapes a duty by leaving it out, and nobody is held to one by it; both evaluators are asked.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from reference.questions import theirs
from reference.small_cases import Case, Json, said, together, told
from transparency_check.model import Finding

LATER = "2026-03-20"
SESSION: Json = {"id": "s", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c",
"planned_at": "2026-02-20T10:00"}
NO_HOUR: Json = {**SESSION, "planned_at": "2026-02-20"}
PETITION: Json = {"id": "p", "type": "petition.received", "time": "2026-02-02T10:00", "case": "c"}

# Due on 13 February.
NOTICE: Json = {
    "trigger": {"event": "meeting.scheduled", "cancelled_by": "meeting.cancelled"},
    "requires": {"event": "notice.published"},
    "deadline": {"before": "planned_at", "n": 7, "roll": "none"},
}
MOVABLE: Json = {
    **NOTICE,
    "trigger": {**NOTICE["trigger"], "take": "last", "moved_by": "meeting.rescheduled"},
}
FOR_A_REASON: Json = {
    **NOTICE,
    "trigger": {
        "event": "meeting.scheduled",
        "cancelled_by": {"event": "meeting.cancelled", "where": {"reason": "quorum"}},
    },
}
PAPERS: Json = {**NOTICE, "deadline": {"before": "planned_at", "n": 0}}
# Before another event: before the act, which a session decides about.
ADOPTED: Json = {**NOTICE, "deadline": {"before": {"event": "act.adopted"}, "n": 7, "roll": "none"}}
# Due on 3 February at 10:00.
ANSWER: Json = {
    "trigger": {"event": "petition.received", "cancelled_by": "request.withdrawn"},
    "requires": {"event": "petition.answered"},
    "deadline": {"after": "time", "n": 24, "unit": "hour"},
}
BY_DAYS: Json = {**ANSWER, "deadline": {"after": "time", "n": 10}}
EXCUSED: Json = {**ANSWER, "unless": [{"event": "act.adopted"}]}
EXTENDED: Json = {
    **ANSWER,
    "deadline": {**ANSWER["deadline"], "extended_by": {"event": "request.extended", "add": 24}},
}
OPEN: Json = {
    "trigger": {"event": "consultation.opened", "cancelled_by": "meeting.cancelled"},
    "open_for": {"n": 24, "unit": "hour", "closed_by": "consultation.closed"},
}
LAST_OF_ALL: Json = {**BY_DAYS, "trigger": {"event": "petition.received", "take": "last"}}


def off(time: str, **more: Any) -> Json:
    return {"id": "x", "type": "meeting.cancelled", "time": time, "case": "c", **more}


def withdrawn(time: str) -> Json:
    return {"id": "x", "type": "request.withdrawn", "time": time, "case": "c"}


def moved(time: str, **more: Any) -> Json:
    return {"id": "m", "type": "meeting.rescheduled", "time": time, "case": "c",
    "planned_at": "2026-03-10T10:00", **more}


def notice(time: str) -> Json:
    return {"id": "n", "type": "notice.published", "time": time, "case": "c"}


def adopted(time: str) -> Json:
    return {"id": "a", "type": "act.adopted", "time": time, "case": "c"}


def open_(*outcomes: str, also: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...], frozenset[str]]:
    reasons = tuple(sorted(("time_of_day", *also)))
    return "undetermined", reasons, frozenset({*outcomes, "not_applicable"})


OUT = ("violated", (), frozenset({"violated"}))
KEPT = ("fulfilled", (), frozenset({"fulfilled"}))
CALLED_OFF = ("not_applicable", ("cancelled",), frozenset({"not_applicable"}))
GIVEN_UP = ("not_applicable", ("superseded",), frozenset({"not_applicable"}))
OPEN_OUT = open_("violated")
ITS_HOUR = [("x", ())]
ANCHOR = [("s", ("planned_at",))]

# Duty, rows, and of each trigger: outcome, reasons and what is possible, and the records and fields whose
# hour would settle it.
# Due on 17 February.
STAY: Json = {
    "trigger": {"event": "consultation.opened"},
    "open_for": {
        "n": 15, "unit": "calendar-day", "closed_by": "consultation.closed", "planned": "closes_at",
        "moved_by": "consultation.extended",
    },
}  # fmt: skip
UNTIL_FOUR: Json = {
    "id": "o", "type": "consultation.opened", "time": "2026-02-02", "case": "c",
    "closes_at": "2026-02-10T16:00",
}  # fmt: skip
SHORT_OR_NOT = ("undetermined", ("time_of_day",), frozenset({"fulfilled", "violated"}))


def put_off(time: str, to: str = "2026-02-20", id: str = "e") -> Json:
    return {"id": id, "type": "consultation.extended", "time": time, "case": "c", "closes_at": to}


CASES: dict[str, tuple[Json, list[Json], dict[str, tuple[Any, ...]]]] = {
    # -- a cancellation and the anchor
    "4.5 called off on the day of the session, nobody knows when": (
        NOTICE, [SESSION, off("2026-02-20")], {"s": (OPEN_OUT, ITS_HOUR)},
    ),
    "4.5 called off the day before it, at any hour": (
        NOTICE, [SESSION, off("2026-02-19")], {"s": (CALLED_OFF, [])},
    ),
    "4.5 called off the day after it, at any hour": (
        NOTICE, [SESSION, off("2026-02-21")], {"s": (OUT, [])},
    ),
    "4.5 called off at an hour of the day of a session whose hour nobody knows": (
        NOTICE, [NO_HOUR, off("2026-02-20T08:00")], {"s": (OPEN_OUT, ANCHOR)},
    ),
    "4.5 neither hour is known": (
        NOTICE, [NO_HOUR, off("2026-02-20")], {"s": (OPEN_OUT, [*ANCHOR, *ITS_HOUR])},
    ),
    "4.5 called off the day before a session whose hour nobody knows": (
        NOTICE, [NO_HOUR, off("2026-02-19T23:00")], {"s": (CALLED_OFF, [])},
    ),
    "7.5 what was kept may not have been owed": (
        NOTICE, [SESSION, notice("2026-02-10"), off("2026-02-20")], {"s": (open_("fulfilled"), ITS_HOUR)},
    ),
    "7.5 what was late may not have been owed": (
        NOTICE, [SESSION, notice("2026-02-16"), off("2026-02-20")], {"s": (open_("late"), ITS_HOUR)},
    ),
    "7.5 one that certainly came before leaves nothing open": (
        NOTICE, [SESSION, off("2026-02-20"), off("2026-02-20T09:00", id="y")], {"s": (CALLED_OFF, [])},
    ),
    "7.5 one that came after leaves the other open": (
        NOTICE, [SESSION, off("2026-02-20"), off("2026-02-20T11:00", id="y")], {"s": (OPEN_OUT, ITS_HOUR)},
    ),
    "7.5 nor is known why it was called off": (
        FOR_A_REASON, [SESSION, off("2026-02-20")],
        {"s": (open_("violated", also=("missing_field",)), ITS_HOUR)},
    ),
    "7.5 nor which session was called off": (
        NOTICE, [SESSION, off("2026-02-20", case=None)],
        {"s": (open_("violated", also=("missing_link",)), ITS_HOUR)},
    ),
    "7.5 one without case weighs on nothing that was kept": (
        NOTICE, [SESSION, notice("2026-02-10"), off("2026-02-20", case=None)], {"s": (KEPT, [])},
    ),
    "7.5 what cannot be read is to be corrected first": (
        NOTICE, [SESSION, off("2026-02-20", recorded_at="yesterday")],
        {"s": (("undetermined", ("unreadable_record",), OPEN_OUT[2]), [])},
    ),
    "4.10 an order": (PAPERS, [SESSION, off("2026-02-20")], {"s": (OPEN_OUT, ITS_HOUR)}),
    "4.5 before another event, which has no hour": (
        ADOPTED,
        [SESSION, adopted("2026-02-20"), off("2026-02-20T09:00")],
        {"s": (OPEN_OUT, [("a", ())])},
    ),
    # -- a cancellation and the trigger
    "4.5 called off on the day it was convened": (
        NOTICE, [SESSION, off("2026-02-02")], {"s": (CALLED_OFF, [])},
    ),
    "7.8 convened anew on the day on which it was called off": (
        MOVABLE, [SESSION, off("2026-02-10"), moved("2026-02-10")],
        {"s": (GIVEN_UP, []), "m": (OPEN_OUT, [("m", ()), ("x", ())])},
    ),
    "7.8 convened anew an hour after it was called off": (
        MOVABLE, [SESSION, off("2026-02-10T09:00"), moved("2026-02-10T10:00")],
        {"s": (GIVEN_UP, []), "m": (OUT, [])},
    ),
    "7.8 called off an hour after it was convened anew": (
        MOVABLE, [SESSION, moved("2026-02-10T10:00"), off("2026-02-10T11:00")],
        {"s": (GIVEN_UP, []), "m": (CALLED_OFF, [])},
    ),
    "7.8 called off the day after it was convened anew": (
        MOVABLE, [SESSION, moved("2026-02-10"), off("2026-02-11")],
        {"s": (GIVEN_UP, []), "m": (CALLED_OFF, [])},
    ),
    # -- a move and the anchor
    "4.4 moved on the day of the session, nobody knows when": (
        MOVABLE, [SESSION, moved("2026-02-20")], {"s": (OPEN_OUT, [("m", ())]), "m": (OUT, [])},
    ),
    "4.4 moved at an hour of the day of a session whose hour nobody knows": (
        MOVABLE, [NO_HOUR, moved("2026-02-20T08:00")], {"s": (OPEN_OUT, ANCHOR), "m": (OUT, [])},
    ),
    "4.4 neither hour is known": (
        MOVABLE, [NO_HOUR, moved("2026-02-20")], {"s": (OPEN_OUT, [("m", ()), *ANCHOR]), "m": (OUT, [])},
    ),
    "7.6 nothing was fixed ahead where the trigger itself is the anchor": (
        LAST_OF_ALL, [{**PETITION, "time": "2026-02-02"}, {**PETITION, "id": "q", "time": "2026-02-02"}],
        {"p": (GIVEN_UP, []), "q": (OUT, [])},
    ),
    # -- due in hours
    "4.5 withdrawn on the day on which the hours end, nobody knows when": (
        ANSWER, [PETITION, withdrawn("2026-02-03")], {"p": (OPEN_OUT, ITS_HOUR)},
    ),
    "4.5 withdrawn the day before": (ANSWER, [PETITION, withdrawn("2026-02-02")], {"p": (CALLED_OFF, [])}),
    "4.5 withdrawn the day after": (ANSWER, [PETITION, withdrawn("2026-02-04")], {"p": (OUT, [])}),
    "4.5 nobody knows when the hours began": (
        ANSWER, [{**PETITION, "time": "2026-02-02"}, withdrawn("2026-02-03T09:00")],
        {"p": (OPEN_OUT, [("p", ())])},
    ),
    "4.5 days need no hour": (BY_DAYS, [PETITION, withdrawn("2026-02-12")], {"p": (CALLED_OFF, [])}),
    "4.14 an exception on the day on which the hours end": (
        EXCUSED, [PETITION, adopted("2026-02-03")], {"p": (OPEN_OUT, [("a", ())])},
    ),
    "4.13 more time on the day on which the hours end": (
        EXTENDED,
        [
            PETITION,
            {"id": "x", "type": "request.extended", "time": "2026-02-03", "case": "c"},
            {"id": "a", "type": "petition.answered", "time": "2026-02-03T11:00", "case": "c"},
        ],
        {"p": (open_("late"), ITS_HOUR)},
    ),
    "4.13 the first of them that certainly came in time": (
        EXTENDED,
        [
            PETITION,
            {"id": "x", "type": "request.extended", "time": "2026-02-03T09:00", "case": "c"},
            {"id": "a", "type": "petition.answered", "time": "2026-02-03T11:00", "case": "c"},
        ],
        {"p": (KEPT, [])},
    ),
    "3.8 called off on the day on which the hours end": (
        OPEN,
        [
            {"id": "o", "type": "consultation.opened", "time": "2026-02-02T10:00", "case": "c"},
            off("2026-02-03"),
            {"id": "y", "type": "consultation.closed", "time": "2026-02-03T09:00", "case": "c"},
        ],
        {"o": (OPEN_OUT, ITS_HOUR)},
    ),
    "7.9 a closing put off on its day": (
        STAY, [UNTIL_FOUR, put_off("2026-02-10")], {"o": (SHORT_OR_NOT, [("e", ())])},
    ),
    "7.9 the day before": (STAY, [UNTIL_FOUR, put_off("2026-02-09")], {"o": (KEPT, [])}),
    "7.9 an hour before": (STAY, [UNTIL_FOUR, put_off("2026-02-10T15:00")], {"o": (KEPT, [])}),
    "7.9 an hour after": (STAY, [UNTIL_FOUR, put_off("2026-02-10T17:00")], {"o": (OUT, [])}),
    "7.9 where the closing is the end of the day": (
        STAY, [{**UNTIL_FOUR, "closes_at": "2026-02-10"}, put_off("2026-02-10")], {"o": (KEPT, [])},
    ),
    "7.9 too short either way": (
        STAY, [UNTIL_FOUR, put_off("2026-02-10", "2026-02-12")], {"o": (OUT, [])},
    ),
    "7.9 what follows rests on it": (
        STAY,
        [UNTIL_FOUR, put_off("2026-02-10", "2026-02-12"), put_off("2026-02-11T09:00", id="f")],
        {"o": (SHORT_OR_NOT, [("e", ())])},
    ),
    "7.9 once closed in fact, nobody asks": (
        STAY,
        [
            UNTIL_FOUR,
            put_off("2026-02-10"),
            {"id": "y", "type": "consultation.closed", "time": "2026-02-18", "case": "c"},
        ],
        {"o": (KEPT, [])},
    ),
}  # fmt: skip


def _case(name: str) -> Case:
    duty, rows, _ = CASES[name]
    return Case([duty], rows, LATER, told=("trigger", "outcome", "reasons", "possible"))


@cache
def _found() -> dict[str, list[Finding]]:
    return together({name: _case(name) for name in CASES})


def _verdicts(name: str) -> list[tuple[Any, ...]]:
    return sorted(((trigger, *one) for trigger, (one, _) in CASES[name][2].items()), key=repr)


@pytest.mark.parametrize("name", CASES)
def test_the_engine_says_so(name: str) -> None:
    assert told(_case(name), _found()[name]) == _verdicts(name)


@pytest.mark.parametrize("name", CASES)
def test_the_reference_says_so(name: str) -> None:
    assert said(_case(name), theirs) == _verdicts(name)


@pytest.mark.parametrize("name", CASES)
def test_it_names_the_records_whose_hour_would_settle_it(name: str) -> None:
    assert {
        _alone(f.trigger.event): [
            (_alone(s.event), s.fields) for s in f.settled_by if s.reason == "time_of_day"
        ]
        for f in _found()[name]
        if f.rule.startswith("XX") and f.trigger is not None
    } == {trigger: settled for trigger, (_, settled) in CASES[name][2].items()}


def _alone(event: str | None) -> str | None:
    """Without the mark of the case, by which events are told apart where cases are judged together."""
    return event if event is None or "~" not in event else event.partition("~")[2]
