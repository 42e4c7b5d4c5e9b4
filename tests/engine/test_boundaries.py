"""The last day on which something still counts, and the first on which it no longer does; both evaluators are
asked.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from reference.questions import theirs
from reference.small_cases import Case, Json, judgement, said, together, told
from transparency_check.model import Finding

PETITION: Json = {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"}
OPENED: Json = {"id": "o", "type": "consultation.opened", "time": "2026-02-02", "case": "c"}
SESSION: Json = {"id": "s", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c",
"planned_at": "2026-02-20"}

# Due on 12 February, a Thursday.
ANSWER: Json = {
    "trigger": {"event": "petition.received"},
    "requires": {"event": "petition.answered"},
    "deadline": {"after": "time", "n": 10},
}
# Due on 13 February.
NOTICE: Json = {
    "trigger": {"event": "meeting.scheduled"},
    "requires": {"event": "notice.published"},
    "deadline": {"before": "planned_at", "n": 7, "roll": "none"},
}
# Until 17 February.
OPEN: Json = {
    "trigger": {"event": "consultation.opened"},
    "open_for": {
        "n": 15, "unit": "calendar-day", "closed_by": "consultation.closed", "planned": "closes_at",
        "moved_by": "consultation.extended",
    },
}  # fmt: skip
SIT: Json = {"count": {"event": "meeting.held", "per": "month", "at_least": 1}}
MONTHLY: Json = {
    "calendar": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10", "roll": "none"},
    "requires": {"event": "document.submitted"},
}
OFFICER: Json = {
    "standing": True,
    "requires": {"event": "officer.appointed"},
    "versions": [{"instrument": "act-2010", "from": "2026-01-10", "confidence": "verified"}],
}
DONE, LATE, OUT, OPEN_STILL = "fulfilled", "late", "violated", "pending"
ENDED = "not_applicable"


def _with(duty: Json, key: str, **more: Any) -> Json:
    return {**duty, key: {**duty[key], **more}}


def answered(time: str, **more: Any) -> Json:
    return {"id": "a", "type": "petition.answered", "time": time, "case": "c", **more}


def event(kind: str, time: str, **more: Any) -> Json:
    return {"id": "x", "type": kind, "time": time, "case": "c", **more}


def stop(first: str, last: str) -> list[Json]:
    return [event("request.paused", first), event("request.resumed", last, id="y")]


def covered(period: str) -> Json:
    return {"id": "k", "type": "coverage.declared", "time": "2026-01-05", "period": period}


WITHDRAWN = _with(ANSWER, "trigger", cancelled_by="request.withdrawn")
CALLED_OFF = _with(NOTICE, "trigger", cancelled_by="meeting.cancelled")
WITHIN_HOURS = _with(WITHDRAWN, "deadline", n=24, unit="hour")
UNLESS_BY_DUE = {**ANSWER, "unless": [{"event": "act.adopted"}]}
UNLESS_BY_TRIGGER = {**ANSWER, "unless": [{"event": "act.adopted", "by": "trigger"}]}
LONGER = _with(ANSWER, "deadline", extended_by={"event": "request.extended", "add": 10})
STOPPED = _with(ANSWER, "deadline", suspended_by={"from": "request.paused", "to": "request.resumed"})
# Due on 12 February.
PUBLISH: Json = {
    "trigger": {"event": "act.adopted"},
    "requires": {"event": "act.published", "where": {"channel": "website"}},
    "deadline": {"after": "time", "n": 10},
}
PUT_UP = _with(PUBLISH, "requires", where={"channel": "board"})
EITHER = _with(PUBLISH, "requires", where={"channel": ["website", "board"]})
WINDOW: Json = {
    "trigger": {"event": "petition.received", "take": "first"},
    "requires": {"event": "petition.answered"},
    "deadline": {"after": "time", "n": 3, "roll": "none"},
    "correlate": {"by": "municipality", "window": {"n": 10, "unit": "calendar-day"}},
}
FEBRUARY: Json = {
    "calendar": {"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=10", "roll": "none", "window": "02-03/02-06"},
    "requires": {"event": "document.submitted"},
}
ABOUT: Json = {
    "calendar": {"rrule": "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=10", "roll": "none", "about": "previous-month"},
    "requires": {"event": "document.submitted"},
}
TIMED = {**PETITION, "time": "2026-02-02T10:00"}
SOON = "2026-02-20"

# Duty, rows, as-of, and the outcomes of what has a trigger by its id, of what recurs by its period.
CASES: dict[str, tuple[Json, list[Json], str, list[tuple[str, str]]]] = {
    # -- 2.4, 2.5: what is known and has happened
    "2.5 what happens on the day of as-of has happened": (
        ANSWER, [PETITION, answered("2026-02-12T23:59")], "2026-02-12", [("p", DONE)],
    ),
    "2.5 what happens later today has not, where as-of is a moment": (
        ANSWER, [PETITION, answered("2026-02-12T12:01")], "2026-02-12T12:00", [("p", OPEN_STILL)],
    ),
    "2.5 what happens at the moment of as-of has": (
        ANSWER, [PETITION, answered("2026-02-12T12:00")], "2026-02-12T12:00", [("p", DONE)],
    ),
    # -- 4.5: what calls a duty off
    "4.5 withdrawn on the due day": (
        WITHDRAWN, [PETITION, event("request.withdrawn", "2026-02-12")], SOON, [("p", ENDED)],
    ),
    "4.5 withdrawn a day after it": (
        WITHDRAWN, [PETITION, event("request.withdrawn", "2026-02-13")], SOON, [("p", OUT)],
    ),
    "4.5 withdrawn on the day it came": (
        WITHDRAWN, [TIMED, event("request.withdrawn", "2026-02-02")], SOON, [("p", ENDED)],
    ),
    "4.5 withdrawn with it": (
        WITHDRAWN, [TIMED, event("request.withdrawn", "2026-02-02T10:00")], SOON, [("p", ENDED)],
    ),
    "4.5 withdrawn a minute before it came": (
        WITHDRAWN, [TIMED, event("request.withdrawn", "2026-02-02T09:59")], SOON, [("p", OUT)],
    ),
    "4.5 withdrawn within the hours": (
        WITHIN_HOURS, [TIMED, event("request.withdrawn", "2026-02-03T10:00")], SOON, [("p", ENDED)],
    ),
    "4.5 withdrawn a minute after the hours": (
        WITHIN_HOURS, [TIMED, event("request.withdrawn", "2026-02-03T10:01")], SOON, [("p", OUT)],
    ),
    "4.5 called off the day before the session": (
        CALLED_OFF, [SESSION, event("meeting.cancelled", "2026-02-19T23:59")], "2026-02-25", [("s", ENDED)],
    ),
    "4.5 called off a day after it": (
        CALLED_OFF, [SESSION, event("meeting.cancelled", "2026-02-21")], "2026-02-25", [("s", OUT)],
    ),
    "4.5 called off when it begins": (
        CALLED_OFF,
        [{**SESSION, "planned_at": "2026-02-20T10:00"}, event("meeting.cancelled", "2026-02-20T10:00")],
        "2026-02-25",
        [("s", ENDED)],
    ),
    "4.5 called off a minute after it began": (
        CALLED_OFF,
        [{**SESSION, "planned_at": "2026-02-20T10:00"}, event("meeting.cancelled", "2026-02-20T10:01")],
        "2026-02-25",
        [("s", OUT)],
    ),
    # -- 4.14: exceptions
    "4.14 an exception on the due day": (
        UNLESS_BY_DUE, [PETITION, event("act.adopted", "2026-02-12")], SOON, [("p", ENDED)],
    ),
    "4.14 an exception a day after it": (
        UNLESS_BY_DUE, [PETITION, event("act.adopted", "2026-02-13")], SOON, [("p", OUT)],
    ),
    "4.14 an exception long before": (
        UNLESS_BY_DUE, [PETITION, event("act.adopted", "2026-01-05")], SOON, [("p", ENDED)],
    ),
    "4.14 an exception on the day of the trigger": (
        UNLESS_BY_TRIGGER, [TIMED, event("act.adopted", "2026-02-02")], SOON, [("p", ENDED)],
    ),
    "4.14 an exception with the trigger": (
        UNLESS_BY_TRIGGER, [TIMED, event("act.adopted", "2026-02-02T10:00")], SOON, [("p", ENDED)],
    ),
    "4.14 an exception a minute after the trigger": (
        UNLESS_BY_TRIGGER, [TIMED, event("act.adopted", "2026-02-02T10:01")], SOON, [("p", OUT)],
    ),
    "4.14 an exception a day after the trigger": (
        UNLESS_BY_TRIGGER, [PETITION, event("act.adopted", "2026-02-03")], SOON, [("p", OUT)],
    ),
    # -- 4.13: more time, and a clock that stands still
    "4.13 more time on the due day": (
        LONGER, [PETITION, event("request.extended", "2026-02-12"), answered("2026-02-23")], "2026-03-20",
        [("p", DONE)],
    ),
    "4.13 more time a day after it": (
        LONGER, [PETITION, event("request.extended", "2026-02-13"), answered("2026-02-13")], "2026-03-20",
        [("p", LATE)],
    ),
    "4.13 more time on the day it came": (
        LONGER, [TIMED, event("request.extended", "2026-02-02"), answered("2026-02-23")], "2026-03-20",
        [("p", DONE)],
    ),
    "4.13 more time a minute before it came": (
        LONGER, [TIMED, event("request.extended", "2026-02-02T09:59"), answered("2026-02-13")], "2026-03-20",
        [("p", LATE)],
    ),
    "4.13 only the first time counts": (
        LONGER,
        [
            PETITION, event("request.extended", "2026-02-04"),
            event("request.extended", "2026-02-05", id="y"),
            answered("2026-02-24"),
        ],
        "2026-03-20", [("p", LATE)],
    ),
    "4.13 stopped on the day it came": (
        STOPPED, [PETITION, *stop("2026-02-02", "2026-02-04"), answered("2026-02-13")],
        "2026-03-20", [("p", DONE)],
    ),
    "4.13 stopped the day before": (
        STOPPED, [PETITION, *stop("2026-02-01", "2026-02-04"), answered("2026-02-13")],
        "2026-03-20", [("p", LATE)],
    ),
    "4.13 stopped on the due day for a day": (
        STOPPED, [PETITION, *stop("2026-02-12", "2026-02-13"), answered("2026-02-13")],
        "2026-03-20", [("p", DONE)],
    ),
    "4.13 stopped after the due day": (
        STOPPED, [PETITION, *stop("2026-02-13", "2026-02-14"), answered("2026-02-13")],
        "2026-03-20", [("p", LATE)],
    ),
    "4.13 stopped on the due day and still": (
        STOPPED, [PETITION, event("request.paused", "2026-02-12")], "2026-03-20", [("p", OPEN_STILL)],
    ),
    "4.13 stopped after it and still": (
        STOPPED, [PETITION, event("request.paused", "2026-02-13")], "2026-03-20", [("p", OUT)],
    ),
    # -- 3.8: how long something is open
    "3.8 closed on the last day": (
        OPEN, [OPENED, event("consultation.closed", "2026-02-17")], "2026-03-20", [("o", DONE)],
    ),
    "3.8 closed within the last day": (
        OPEN, [OPENED, event("consultation.closed", "2026-02-17T23:00")], "2026-03-20", [("o", OUT)],
    ),
    "3.8 closed a day before": (OPEN, [OPENED, event("consultation.closed", "2026-02-16")], "2026-03-20",
    [("o", OUT)]),
    "3.8 still to be closed on the last day": (OPEN, [OPENED], "2026-02-17", [("o", OPEN_STILL)]),
    "3.8 open beyond the last day": (OPEN, [OPENED], "2026-02-18", [("o", DONE)]),
    "3.8 closed too soon, however short ago": (
        OPEN, [OPENED, event("consultation.closed", "2026-02-02")], "2026-02-02", [("o", OUT)],
    ),
    "3.8 closed before it was opened": (
        OPEN, [{**OPENED, "time": "2026-02-02T10:00"}, event("consultation.closed", "2026-02-02T09:00")],
        "2026-03-20",
        [("o", DONE)],
    ),
    "3.8 planned to close on the last day": (
        OPEN, [{**OPENED, "closes_at": "2026-02-17"}], "2026-03-20", [("o", DONE)],
    ),
    "3.8 planned to close within the last day": (
        OPEN, [{**OPENED, "closes_at": "2026-02-17T23:00"}], "2026-03-20", [("o", OUT)],
    ),
    "3.8 planned too short and not yet over": (
        OPEN, [{**OPENED, "closes_at": "2026-02-10"}], "2026-02-09", [("o", OPEN_STILL)],
    ),
    "3.8 planned too short and over": (
        OPEN, [{**OPENED, "closes_at": "2026-02-10"}], "2026-02-10", [("o", OUT)],
    ),
    "3.8 put off on the day of the closing": (
        OPEN, [{**OPENED, "closes_at": "2026-02-10"}, event("consultation.extended", "2026-02-10",
        closes_at="2026-02-17")],
        "2026-03-20", [("o", DONE)],
    ),
    "3.8 put off when it was over": (
        OPEN, [{**OPENED, "closes_at": "2026-02-10"}, event("consultation.extended", "2026-02-11",
        closes_at="2026-02-17")],
        "2026-03-20", [("o", OUT)],
    ),
    "3.8 put off twice, the second time in the time of the first": (
        OPEN,
        [
            {**OPENED, "closes_at": "2026-02-10"},
            event("consultation.extended", "2026-02-10", closes_at="2026-02-12"),
            event("consultation.extended", "2026-02-12", id="y", closes_at="2026-02-17"),
        ],
        "2026-03-20", [("o", DONE)],
    ),
    "3.8 put off twice, the first time too late": (
        OPEN,
        [
            {**OPENED, "closes_at": "2026-02-10"},
            event("consultation.extended", "2026-02-11", closes_at="2026-02-16"),
            event("consultation.extended", "2026-02-12", id="y", closes_at="2026-02-17"),
        ],
        "2026-03-20", [("o", OUT)],
    ),
    "3.8 what cannot be read of another case": (
        OPEN, [OPENED, event("consultation.closed", "2026-02-31", case="d")], "2026-03-20", [("o", DONE)],
    ),
    "3.8 what cannot be read of another municipality": (
        OPEN, [OPENED, event("consultation.closed", "2026-02-31", municipality="south")], "2026-03-20",
        [("o", DONE)],
    ),
    # -- 4.3: a window of a municipality
    "4.3 the first of every window": (
        WINDOW,
        [{**PETITION, "id": f"p{day}", "time": f"2026-02-{day}"} for day in ("02", "12", "13", "23", "24")],
        "2026-03-20", [("p02", OUT), ("p13", OUT), ("p24", OUT)],
    ),
    "4.3 on the last day of the window": (
        WINDOW, [PETITION, answered("2026-02-12", case="d")], "2026-03-20", [("p", LATE)],
    ),
    "4.3 a day after the window": (
        WINDOW, [PETITION, answered("2026-02-13", case="d")], "2026-03-20", [("p", OUT)],
    ),
    "4.3 on the first day of the window": (
        WINDOW, [TIMED, answered("2026-02-02", case="d")], "2026-03-20", [("p", DONE)],
    ),
    "4.3 a day before the window": (
        WINDOW, [PETITION, answered("2026-02-01", case="d")], "2026-03-20", [("p", OUT)],
    ),
    # -- 4.15: what the log covers
    "4.15 covered from trigger to due": (ANSWER, [PETITION, covered("2026-02-02/2026-02-12")], SOON,
    [("p", OUT)]),
    "4.15 covered from the day after the trigger": (
        ANSWER, [PETITION, covered("2026-02-03/2026-02-12")], SOON, [("p", "undetermined")],
    ),
    "4.15 covered to the day before due": (
        ANSWER, [PETITION, covered("2026-02-02/2026-02-11")], SOON, [("p", "undetermined")],
    ),
    "4.15 covered in two parts": (
        ANSWER, [PETITION, covered("2026-02-02/2026-02-06"), {**covered("2026-02-07/2026-02-12"),
        "id": "l"}], SOON,
        [("p", OUT)],
    ),
    "4.15 covered but for a day": (
        ANSWER, [PETITION, covered("2026-02-02/2026-02-06"), {**covered("2026-02-08/2026-02-12"),
        "id": "l"}], SOON,
        [("p", "undetermined")],
    ),
    **{
        f"4.15 open for so long, covered from {first} to {last}{more}": (
            OPEN, [OPENED, {**covered(f"{first}/{last}"), **families}], "2026-03-20", [("o", outcome)],
        )
        for first, last, more, families, outcome in (
            ("2026-02-02", "2026-02-17", "", {}, DONE),
            ("2026-02-03", "2026-02-17", "", {}, "undetermined"),
            ("2026-02-02", "2026-02-16", "", {}, "undetermined"),
            ("2026-02-02", "2026-02-17", " for consultations", {"event_families": ["consultation"]}, DONE),
            ("2026-02-02", "2026-02-17", " for acts", {"event_families": ["act"]}, "undetermined"),
        )
    },
    "4.15 open for so long, covered in another municipality": (
        OPEN,
        [
            OPENED, covered("2026-02-03/2026-02-17"),
            {**covered("2026-02-02/2026-02-17"), "id": "l", "municipality": "south"},
        ],
        "2026-03-20", [("o", "undetermined")],
    ),
    # -- 4.15: the website was down
    **{
        f"4.15 the website was down from {first} to {last}{more}": (
            duty,
            [
                {"id": "t", "type": "act.adopted", "time": "2026-02-02", "case": "c"},
                event("website.outage_recorded", "2026-02-20", outage_from=first, outage_to=last),
            ],
            "2026-03-20", [("t", outcome)],
        )
        for first, last, more, duty, outcome in (
            ("2026-02-10", "2026-02-12", "", PUBLISH, "undetermined"),
            ("2026-02-12", "2026-02-15", "", PUBLISH, "undetermined"),
            ("2026-02-10", "2026-02-11", "", PUBLISH, OUT),
            ("2026-02-13", "2026-02-15", "", PUBLISH, OUT),
            ("2026-02-10", "2026-02-15", " and the board was there", PUT_UP, OUT),
            ("2026-02-10", "2026-02-15", " and one of two channels was there", EITHER, OUT),
        )
    },
    # -- 4.11: periods
    "4.11 a month of which the last day is covered": (
        SIT, [covered("2026-01-31/2026-12-31")], "2026-02-28",
        [("2026-01", "undetermined"), ("2026-02", OPEN_STILL)],
    ),
    "4.11 a month of which no day is covered": (
        SIT, [covered("2026-02-01/2026-12-31")], "2026-03-01", [("2026-02", OUT), ("2026-03", OPEN_STILL)],
    ),
    "4.11 covered to the last day": (
        SIT, [covered("2026-02-01/2026-02-28")], "2026-03-01", [("2026-02", OUT), ("2026-03", OPEN_STILL)],
    ),
    "4.11 covered to the day before": (
        SIT, [covered("2026-02-01/2026-02-27")], "2026-03-01",
        [("2026-02", "undetermined"), ("2026-03", OPEN_STILL)],
    ),
    # -- 4.12: dates
    "4.12 a date on the first day that is covered": (
        MONTHLY, [covered("2026-02-10/2026-12-31")], "2026-02-10", [("2026-02-10", OPEN_STILL)],
    ),
    "4.12 a date before it, and the next one": (
        MONTHLY, [covered("2026-02-11/2026-12-31")], "2026-02-11", [("2026-03-10", OPEN_STILL)],
    ),
    "4.12 handed in on the day": (
        MONTHLY, [covered("2026-02-01/2026-12-31"), event("document.submitted", "2026-02-10")], "2026-02-10",
        [("2026-02-10", DONE)],
    ),
    "4.12 handed in a day later": (
        MONTHLY, [covered("2026-02-01/2026-12-31"), event("document.submitted", "2026-02-11")], "2026-02-11",
        [("2026-02-10", LATE), ("2026-03-10", DONE)],
    ),
    "4.12 handed in on the next date": (
        MONTHLY, [covered("2026-02-01/2026-12-31"), event("document.submitted", "2026-03-10")], "2026-03-10",
        [("2026-02-10", LATE), ("2026-03-10", DONE)],
    ),
    "4.12 handed in after the next date": (
        MONTHLY, [covered("2026-02-01/2026-12-31"), event("document.submitted", "2026-03-11")], "2026-03-11",
        [("2026-02-10", OUT), ("2026-03-10", LATE), ("2026-04-10", DONE)],
    ),
    "4.12 handed in on the date before": (
        MONTHLY, [covered("2026-02-01/2026-12-31"), event("document.submitted", "2026-01-10")], "2026-02-11",
        [("2026-02-10", OUT), ("2026-03-10", OPEN_STILL)],
    ),
    "4.12 handed in a day after the date before": (
        MONTHLY, [covered("2026-02-01/2026-12-31"), event("document.submitted", "2026-01-11")], "2026-02-11",
        [("2026-02-10", DONE), ("2026-03-10", OPEN_STILL)],
    ),
    "4.12 before the window": (
        FEBRUARY, [covered("2026-01-01/2026-12-31"), event("document.submitted", "2026-02-02")], "2026-02-10",
        [("2026-02-10", OPEN_STILL)],
    ),
    "4.12 on the first day of the window": (
        FEBRUARY, [covered("2026-01-01/2026-12-31"), event("document.submitted", "2026-02-03")], "2026-02-10",
        [("2026-02-10", DONE)],
    ),
    "4.12 on the last day of the window": (
        FEBRUARY, [covered("2026-01-01/2026-12-31"), event("document.submitted", "2026-02-06")], "2026-02-10",
        [("2026-02-10", DONE)],
    ),
    "4.12 after the window": (
        FEBRUARY, [covered("2026-01-01/2026-12-31"), event("document.submitted", "2026-02-07")], "2026-02-10",
        [("2026-02-10", LATE)],
    ),
    **{
        f"4.12 about a period that begins on {first}": (
            ABOUT,
            [covered("2026-02-01/2026-12-31"),
            event("document.submitted", "2026-04-02", period=f"{first}/2026-12-31")],
            "2026-04-10", [("2026-04-10", outcome)],
        )
        for first, outcome in (
            ("2026-02-28", OPEN_STILL), ("2026-03-01", DONE), ("2026-03-31", DONE),
            ("2026-04-01", OPEN_STILL),
        )
    },
    **{
        f"4.12 about no period, on {day}": (
            ABOUT, [covered("2025-01-01/2026-12-31"), event("document.submitted", day)], "2026-04-10",
            [("2025-04-10", before), ("2026-04-10", outcome)],
        )
        for day, before, outcome in (
            ("2024-12-31", OUT, OPEN_STILL), ("2025-01-01", DONE, OPEN_STILL),
            ("2025-12-31", LATE, OPEN_STILL),
            ("2026-01-01", OUT, DONE), ("2026-04-10", OUT, DONE),
        )
    },
    # -- 4.20: what stands
    "4.20 covered from the beginning": (OFFICER, [covered("2026-01-10/2026-12-31")], "2026-02-28",
    [("2026-01-10", OUT)]),
    "4.20 covered from the day after": (
        OFFICER, [covered("2026-01-11/2026-12-31")], "2026-02-28", [("2026-01-10", "undetermined")],
    ),
    "4.20 covered to as-of": (OFFICER, [covered("2026-01-10/2026-02-28")], "2026-02-28",
    [("2026-01-10", OUT)]),
    "4.20 covered to the day before as-of": (
        OFFICER, [covered("2026-01-10/2026-02-27")], "2026-02-28", [("2026-01-10", "undetermined")],
    ),
    "4.20 shown on the first day": (
        OFFICER, [covered("2026-01-10/2026-12-31"), event("officer.appointed", "2026-01-10")], "2026-02-28",
        [("2026-01-10", DONE)],
    ),
    "4.20 shown on the day before": (
        OFFICER, [covered("2026-01-10/2026-12-31"), event("officer.appointed", "2026-01-09")], "2026-02-28",
        [("2026-01-10", OUT)],
    ),
    "4.20 on the first day it binds": (OFFICER, [covered("2026-01-10/2026-12-31")], "2026-01-10",
    [("2026-01-10", OUT)]),
    "4.20 on the day before it binds no one": (OFFICER, [covered("2026-01-10/2026-12-31")], "2026-01-09", []),
}  # fmt: skip


def _case(name: str) -> Case:
    duty, rows, as_of, _ = CASES[name]
    return Case([duty], rows, as_of, told=("trigger", "period", "outcome"))


@cache
def _found() -> dict[str, list[Finding]]:
    return together({name: _case(name) for name in CASES})


@pytest.mark.parametrize("name", CASES)
def test_the_engine_says_so(name: str) -> None:
    assert _short(told(_case(name), _found()[name])) == CASES[name][3]


@pytest.mark.parametrize("name", CASES)
def test_the_reference_says_so(name: str) -> None:
    assert _short(said(_case(name), theirs)) == CASES[name][3]


def _short(verdicts: list[tuple[Any, ...]]) -> list[tuple[str, str]]:
    return sorted((period or trigger, outcome) for trigger, period, outcome in verdicts)


LATE_ENTRY = [("TC-REC-001", "late", "2026-02-09", None)]
# When it was entered, known-at, and what is found.
ENTERED: dict[str, tuple[str, str | None, list[tuple[Any, ...]]]] = {
    "on the fifth working day": ("2026-02-09", None, []),
    "on the sixth": ("2026-02-10", None, LATE_ENTRY),
    "on the sixth, which is not known yet": ("2026-02-10", "2026-02-09", []),
    "on the sixth, which is known then": ("2026-02-10", "2026-02-10", LATE_ENTRY),
}


def _entered(name: str) -> Case:
    recorded, known_at, expected = ENTERED[name]
    rows = [{"id": "b", "type": "chair.elected", "time": "2026-02-02", "recorded_at": recorded, "case": "c"}]
    told_of = ("rule", "outcome", "due", "due_range")
    return Case([], rows, "2026-03-20", list(expected), told_of, rules="TC",
    known_at=known_at)


@cache
def _entries() -> dict[str, list[Finding]]:
    return together({name: _entered(name) for name in ENTERED})


@pytest.mark.parametrize("name", ENTERED)
def test_entered_late_2_4(name: str) -> None:
    case = _entered(name)
    assert told(case, _entries()[name]) == said(case, theirs) == case.expected


# 27 May 2026 is an estimated day off: the fifth working day after the 21st is the 28th or the 29th.
DOUBTFUL = {
    "2026-05-28": [],
    "2026-05-29": [("undetermined", ("provisional_calendar",), "2026-05-29", ("2026-05-28", "2026-05-29"))],
    "2026-05-30": [("late", (), "2026-05-29", ("2026-05-28", "2026-05-29"))],
}


@pytest.mark.parametrize("recorded", DOUBTFUL)
def test_entered_late_under_some_calendars_2_4_7_2(recorded: str) -> None:
    rows = [{"id": "b", "type": "chair.elected", "time": "2026-05-21", "recorded_at": recorded, "case": "c"}]
    told_of = ("outcome", "reasons", "due", "due_range")
    case = Case([], rows, "2026-06-20", list(DOUBTFUL[recorded]), told_of, rules="TC")
    assert told(case, judgement(case).findings()) == said(case, theirs) == case.expected
