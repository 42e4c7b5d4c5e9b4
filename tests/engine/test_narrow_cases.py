"""Cases on either side of a line that the semantics draw, asked of both evaluators: where a condition of the
engine is a little wider or narrower than it has to be, a verdict here changes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from reference.questions import ours, theirs
from reference.small_cases import Case, Json, said, together, told
from transparency_check.model import Finding

Said = tuple[str, tuple[str, ...]]
CASES: dict[str, Case] = {}


def _each(duties: list[Json], rows: list[Json], as_of: str, expected: tuple[Said, ...]) -> Case:
    """One finding of each duty, in their order."""
    numbered = [(f"XX-TST-{n:03}", *one) for n, one in enumerate(expected, start=1)]
    return Case(duties, rows, as_of, list(numbered), ("rule", "outcome", "reasons"))


PETITION: Json = {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"}


# -- who belongs together (4.3)

TIES = ("case", "municipality", ["subject"])
BY_TIE = [
    {
        "trigger": {"event": "petition.received"},
        "requires": {"event": "petition.answered"},
        "deadline": {"after": "time", "n": 5},
        "correlate": {"by": tie},
    }
    for tie in TIES
]
YES, NO, PERHAPS = ("fulfilled", ()), ("violated", ()), ("undetermined", ("missing_link",))
# Case, subject and municipality of the answer; whether it is the petition's by case, municipality, subject.
TIED = {
    "same case, same subject": (("c", "x", "north"), (YES, YES, YES)),
    "same case, other subject": (("c", "y", "north"), (YES, YES, NO)),
    "same case, no subject": (("c", None, "north"), (YES, YES, PERHAPS)),
    "other case, same subject": (("d", "x", "north"), (NO, YES, YES)),
    "other case, other subject": (("d", "y", "north"), (NO, YES, NO)),
    "other case, no subject": (("d", None, "north"), (NO, YES, PERHAPS)),
    "no case, same subject": ((None, "x", "north"), (PERHAPS, YES, YES)),
    "no case, other subject": ((None, "y", "north"), (PERHAPS, YES, NO)),
    "no case, no subject": ((None, None, "north"), (PERHAPS, YES, PERHAPS)),
    "other municipality": (("c", "x", "south"), (NO, NO, NO)),
    "other municipality, no case": ((None, "x", "south"), (NO, NO, NO)),
    "other municipality, no subject": (("c", None, "south"), (NO, NO, NO)),
}


for name, ((case, subject, municipality), expected) in TIED.items():
    answer = {
        "id": "a", "type": "petition.answered", "time": "2026-02-04", "case": case, "subject": subject,
        "municipality": municipality,
    }  # fmt: skip
    CASES[f"4.3 {name}"] = _each(BY_TIE, [{**PETITION, "subject": "x"}, answer], "2026-03-20", expected)


# -- on the day of the anchor (4.8, 4.10, 7.7)

BACKWARD = {
    "trigger": {"event": "meeting.scheduled"},
    "requires": {"event": "notice.published"},
    "deadline": {"before": "planned_at", "n": 7, "roll": "none"},
}
ORDER = {**BACKWARD, "deadline": {"before": "planned_at", "n": 0}}
SAME_DAY = {**BACKWARD, "deadline": {"before": "planned_at", "n": 0, "same_day": "allowed"}}
HOURS = {**BACKWARD, "deadline": {"before": "planned_at", "n": 24, "unit": "hour"}}
OUT, OPEN_ORDER = ("violated", ()), ("undetermined", ("time_of_day",))
IN, LATE = ("fulfilled", ()), ("late", ())
# Planned moment and notice; what the four duties say.
ON_THE_DAY = {
    "on the due day": ("2026-02-20T10:00", "2026-02-13", (IN, IN, IN, IN)),
    "the day after": ("2026-02-20T10:00", "2026-02-14", (LATE, IN, IN, IN)),
    "a day before, to the minute": ("2026-02-20T10:00", "2026-02-19T10:00", (LATE, IN, IN, IN)),
    "a minute less than a day before": ("2026-02-20T10:00", "2026-02-19T10:01", (LATE, IN, IN, LATE)),
    "at some time of the day before": ("2026-02-20T10:00", "2026-02-19", (LATE, IN, IN, OPEN_ORDER)),
    "an hour before": ("2026-02-20T10:00", "2026-02-20T09:00", (LATE, IN, IN, LATE)),
    "at the moment itself": ("2026-02-20T10:00", "2026-02-20T10:00", (LATE, IN, IN, LATE)),
    "a minute after": ("2026-02-20T10:00", "2026-02-20T10:01", (OUT, OUT, IN, OUT)),
    "at some time of the day": ("2026-02-20T10:00", "2026-02-20", (LATE, OPEN_ORDER, IN, LATE)),
    "late on a day of which no time is known": ("2026-02-20", "2026-02-20T23:59",
    (LATE, OPEN_ORDER, IN, LATE)),
    "the day after the day": ("2026-02-20", "2026-02-21", (OUT, OUT, OUT, OUT)),
}  # fmt: skip


for name, (planned, published, expected) in ON_THE_DAY.items():
    rows = [
        {"id": "s", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c", "planned_at": planned},
        {"id": "n", "type": "notice.published", "time": published, "case": "c"},
    ]
    CASES[f"4.8 {name}"] = _each([BACKWARD, ORDER, SAME_DAY, HOURS], rows, "2026-03-20", expected)


# -- around a due date and a trigger that have times of day (4.7, 7.7)

FORWARD = {
    "trigger": {"event": "petition.received"},
    "requires": {"event": "petition.answered"},
    "deadline": {"after": "time", "n": 2, "roll": "none"},
}
WITHIN_HOURS = {**FORWARD, "deadline": {"after": "time", "n": 24, "unit": "hour"}}
EARLIER_TOO = {**FORWARD, "deadline": {"after": "time", "n": 2, "roll": "none", "not_before": "any"}}
NOT_BEFORE = {
    **FORWARD, "deadline": {"after": "time", "n": 2, "roll": "none", "not_before": {"n": 3,
    "unit": "calendar-day"}},
}  # fmt: skip
AFTER = {
    "a minute before the petition": ("2026-02-10T09:59", (OUT, OUT, IN, IN)),
    "with it": ("2026-02-10T10:00", (IN, IN, IN, IN)),
    "at some time of its day": ("2026-02-10", (IN, IN, IN, IN)),
    "the day before": ("2026-02-09", (OUT, OUT, IN, IN)),
    "three days before": ("2026-02-07T00:00", (OUT, OUT, IN, IN)),
    "four days before": ("2026-02-06", (OUT, OUT, IN, OUT)),
    "after a day, to the minute": ("2026-02-11T10:00", (IN, IN, IN, IN)),
    "a minute later": ("2026-02-11T10:01", (IN, LATE, IN, IN)),
    "at some time of the next day": ("2026-02-11", (IN, OPEN_ORDER, IN, IN)),
    "at the end of the due day": ("2026-02-12T23:59", (IN, LATE, IN, IN)),
    "at the beginning of the day after": ("2026-02-13T00:00", (LATE, LATE, LATE, LATE)),
}


for name, (answered, expected) in AFTER.items():
    rows = [
        {**PETITION, "time": "2026-02-10T10:00"},
        {"id": "a", "type": "petition.answered", "time": answered, "case": "c"},
    ]
    CASES[f"4.7 {name}"] = _each([FORWARD, WITHIN_HOURS, EARLIER_TOO, NOT_BEFORE], rows, "2026-03-20",
    expected)


# -- the law that applies by the due date (4.1)

OLD = {"instrument": "act-2010", "to": "2026-02-28", "confidence": "verified", "n": 10}
NEW = {"instrument": "act-2026", "from": "2026-03-01", "confidence": "verified", "n": 20}
BY_DUE = {
    "applies_by": "due",
    "trigger": {"event": "meeting.scheduled"},
    "requires": {"event": "notice.published"},
    "deadline": {"after": "planned_at", "n": 1, "roll": "none"},
}
# The day that is counted from, and under which version it is due when: with the old version first in the
# file, and with the new one. Of two versions that each lead to a day of their own the first one stands.
FITTING: dict[str, tuple[str, tuple[str, str], tuple[str, str]]] = {
    "due under the old law only": ("2026-02-02", ("act-2010", "2026-02-12"), ("act-2010", "2026-02-12")),
    "a day too early for the new law": ("2026-02-08", ("act-2010", "2026-02-18"), ("act-2010", "2026-02-18")),
    "on the first day of the new law": ("2026-02-09", ("act-2010", "2026-02-19"), ("act-2026", "2026-03-01")),
    "on the last day of the old law": ("2026-02-18", ("act-2010", "2026-02-28"), ("act-2026", "2026-03-10")),
    "a day too late for the old law": ("2026-02-19", ("act-2026", "2026-03-11"), ("act-2026", "2026-03-11")),
    "begun under the new law": ("2026-03-05", ("act-2026", "2026-03-25"), ("act-2026", "2026-03-25")),
}


OTHER_LAW = {**BY_DUE, "versions": [{**OLD, "to": "2026-01-31"}, {**NEW, "from": "2026-02-01", "n": 3}]}


def _by_due(*versions: Json) -> Case:
    rows, expected = [], []
    for name, (day, *due) in FITTING.items():
        # Each trigger comes a day before.
        time = f"{day[:-2]}{int(day[-2:]) - 1:02}"
        rows.append({"id": name, "type": "meeting.scheduled", "time": time, "case": name, "planned_at": day})
        expected.append((name, *due[versions.index(OLD)]))
    # Where no version leads to a due date, the trigger's day decides.
    rows.append({"id": "in February", "type": "meeting.scheduled", "time": "2026-02-28", "case": "k"})
    rows.append({"id": "in March", "type": "meeting.scheduled", "time": "2026-03-01", "case": "l"})
    expected += [("in February", "act-2010", None), ("in March", "act-2026", None)]
    return Case(
        [{**BY_DUE, "versions": [*versions]}, OTHER_LAW], rows, "2026-06-01", sorted(expected, key=repr),
        ("trigger", "instrument", "due"), rules="XX-TST-001",
    )  # fmt: skip


CASES["4.1 the law of the due day"] = _by_due(OLD, NEW)
CASES["4.1 the law of the due day, the new one first"] = _by_due(NEW, OLD)
CASES["4.1 the law of the due day of another duty"] = Case(
    [{**BY_DUE, "versions": [OLD, NEW]}, OTHER_LAW],
    [{"id": "s", "type": "meeting.scheduled", "time": "2026-02-01", "case": "c", "planned_at": "2026-02-02"}],
    "2026-06-01",
    [("XX-TST-001", "act-2010", "2026-02-12"), ("XX-TST-002", "act-2026", "2026-02-05")],
    ("rule", "instrument", "due"),
)


CASES["4.1 the law of a due day where the other law leads to none"] = Case(
    [
        {
            **BY_DUE,
            "deadline": {"after": "planned_at", "n": 1, "unit": "working-day"},
            # Two thousand working days end behind the calendar.
            "versions": [{**OLD, "n": 2000}, NEW],
        }
    ],
    [{"id": "s", "type": "meeting.scheduled", "time": "2026-02-18", "case": "c", "planned_at": "2026-02-19"}],
    "2026-06-01",
    [("act-2026", "2026-03-19", "violated")],
    ("instrument", "due", "outcome"),
)


# -- duties that another's outcome starts (4.19)

CASES["4.19 a duty whose first duty is not there never starts"] = Case(
    [
        {
            "id": "XX-TST-005",
            "trigger": {"obligation": "XX-TST-001"},
            "requires": {"event": "notice.published"},
            "deadline": {"after": "time", "n": 5},
        }
    ],
    [PETITION],
    "2026-03-20",
)
# Each names the one before it, so that the last is judged last wherever it stands.
STARTED = {"requires": {"event": "notice.published"}, "deadline": {"after": "time", "n": 1, "roll": "none"}}
CASES["4.19 a chain of outcomes"] = Case(
    [
        {"id": "XX-TST-003", "trigger": {"obligation": "XX-TST-002"}, **STARTED},
        {"id": "XX-TST-002", "trigger": {"obligation": "XX-TST-001"}, **STARTED},
        {"id": "XX-TST-001", **FORWARD},
    ],
    [PETITION],
    "2026-03-20",
    [
        ("XX-TST-001", "violated", "2026-02-04"),
        ("XX-TST-002", "violated", "2026-02-05"),
        ("XX-TST-003", "violated", "2026-02-06"),
    ],
    ("rule", "outcome", "due"),
)


# -- a local duty that takes the place of a general one (4.2)

GENERAL = {**FORWARD, "deadline": {"after": "time", "n": 5, "roll": "none"}}
REPLACED = ("not_applicable", ("replaced",))
# The deadline of the local duty, its municipality, and what comes of the general one, due on 7 February.
LOCAL = {
    "due before it": ({"n": 4}, "north", REPLACED),
    "due with it": ({"n": 5}, "north", REPLACED),
    "due after it": ({"n": 6}, "north", NO),
    "of another municipality": ({"n": 4}, "south", NO),
    "hours that end before it": ({"n": 72, "unit": "hour"}, "north", REPLACED),
    "hours that end after it": ({"n": 144, "unit": "hour"}, "north", NO),
}


for name, (deadline, municipality, one) in LOCAL.items():
    local = {
        **FORWARD, "municipalities": [municipality], "replaces": "XX-TST-001",
        "deadline": {"after": "time", **({} if deadline.get("unit") else {"roll": "none"}), **deadline},
    }  # fmt: skip
    CASES[f"4.2 {name}"] = Case(
        [GENERAL, local], [{**PETITION, "time": "2026-02-02T10:00"}], "2026-03-20", [one],
        ("outcome", "reasons"),
        rules="XX-TST-001",
    )  # fmt: skip
CASES["4.2 what stands, in the other municipality"] = Case(
    [
        {"standing": True, "requires": {"event": "officer.appointed"}},
        {
            "standing": True, "requires": {"event": "chair.elected"}, "replaces": "XX-TST-001",
            "municipalities": ["south"],
        },
    ],
    [PETITION, {**PETITION, "municipality": "south", "id": "q"}],
    "2026-03-20",
    [
        ("XX-TST-001", "north", "undetermined"), ("XX-TST-001", "south", "not_applicable"),
        ("XX-TST-002", "south", "undetermined"),
    ],
    ("rule", "municipality", "outcome"),
)  # fmt: skip
CASES["4.2 a day ends after the hours that end on it"] = Case(
    [
        {**FORWARD, "deadline": {"after": "time", "n": 28, "unit": "hour"}},
        {
            **FORWARD, "municipalities": ["north"], "replaces": "XX-TST-001",
            "deadline": {"after": "time", "n": 1, "roll": "none"},
        },
    ],
    [{**PETITION, "time": "2026-02-02T10:00"}],
    "2026-03-20",
    [("XX-TST-001", "violated"), ("XX-TST-002", "violated")],
    ("rule", "outcome"),
)  # fmt: skip


# -- what a doubt can make of an outcome (7.5)

ANSWERED = {"type": "petition.answered", "case": "c"}
# Answers of which nobody knows whether they meet the condition; what is possible then.
DOUBTFUL: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "in time": (("2026-02-06",), {"violated", "fulfilled"}),
    "late": (("2026-02-16",), {"violated", "late"}),
    "one in time and one late": (("2026-02-06", "2026-02-16"), {"violated", "fulfilled"}),
    "two late ones": (("2026-02-16", "2026-02-17"), {"violated", "late"}),
}
for name, (days, possible) in DOUBTFUL.items():
    CASES[f"7.5 doubtful answers: {name}"] = Case(
        [{**FORWARD, "requires": {"event": "petition.answered", "where": {"body": "assembly"}}}],
        [{**PETITION, "time": "2026-02-05"}, *({**ANSWERED, "id": day, "time": day} for day in days)],
        "2026-03-20",
        [("undetermined", frozenset(possible), ("missing_field",))],
        ("outcome", "possible", "reasons"),
    )
CASES["4.11 a record of which no type is known is one record"] = Case(
    [
        {
            "count": {
                "any_of": [{"event": "meeting.held"}, {"event": "notice.published"}],
                "per": "month",
                "at_least": 2,
            }
        },
        {"count": {"event": "meeting.held", "per": "month", "at_least": 1}},
    ],
    [{**PETITION, "time": "2026-02-01"}, {"type": "no such thing", "time": "2026-02-10"}],
    "2026-03-01",
    [
        ("XX-TST-001", "2026-02", "violated"), ("XX-TST-001", "2026-03", "pending"),
        ("XX-TST-002", "2026-02", "undetermined"), ("XX-TST-002", "2026-03", "pending"),
    ],
    ("rule", "period", "outcome"),
)  # fmt: skip


# -- what cannot be read, and the cases that it may be of (7.5)

CALLED_OFF = {**FORWARD, "trigger": {"event": "petition.received", "cancelled_by": "request.withdrawn"}}
UNREAD: Json = {"type": "petition.answered", "time": "2026-02-31"}
OF_D: Json = {"id": "q", "type": "petition.received", "time": "2026-02-02", "case": "d"}


def _naming(case: str, *others: str) -> Json:
    row = {"id": f"in {case}", "type": "chair.elected", "time": "2026-02-02"}
    return {**row, "case": case, "related": [*others]}


# Rows beside the petition of case c; what comes of it, and of that of case d if there is one, when it is
# over and while it is open.
UNREADABLE: dict[str, tuple[list[Json], dict[str, str], dict[str, str]]] = {
    "of its case": ([{**UNREAD, "case": "c"}], {"p": "undetermined"}, {"p": "undetermined"}),
    "of another case": ([{**UNREAD, "case": "d"}], {"p": "violated"}, {"p": "pending"}),
    "of a case that it names": (
        [{**UNREAD, "case": "d"}, _naming("c", "d")], {"p": "undetermined"}, {"p": "undetermined"},
    ),
    "of a case that names it": (
        [{**UNREAD, "case": "d"}, _naming("d", "c")], {"p": "undetermined"}, {"p": "undetermined"},
    ),
    "of a case that is linked with another": (
        [{**UNREAD, "case": "d"}, _naming("d", "e"), _naming("c", "f")], {"p": "violated"}, {"p": "pending"},
    ),
    "of a linked case with a petition of its own": (
        [{**UNREAD, "case": "d"}, _naming("c", "d"), OF_D],
        {"p": "violated", "q": "undetermined"}, {"p": "pending", "q": "undetermined"},
    ),
    "naming the case itself": (
        [{**UNREAD, "case": "d", "related": ["c"]}], {"p": "undetermined"}, {"p": "undetermined"},
    ),
    "naming another case": ([{**UNREAD, "case": "d", "related": ["e"]}], {"p": "violated"}, {"p": "pending"}),
    "naming the case, from one with a petition of its own": (
        [{**UNREAD, "case": "d", "related": ["c"]}, OF_D],
        {"p": "violated", "q": "undetermined"}, {"p": "pending", "q": "undetermined"},
    ),
    "of no case": ([UNREAD], {"p": "undetermined"}, {"p": "pending"}),
    "of no case, naming it": ([{**UNREAD, "related": ["c"]}], {"p": "undetermined"}, {"p": "pending"}),
    "of its case in another municipality": (
        [{**UNREAD, "case": "c", "municipality": "south"}], {"p": "violated"}, {"p": "pending"},
    ),
    "of no case in another municipality": (
        [{**UNREAD, "municipality": "south"}], {"p": "violated"}, {"p": "pending"},
    ),
    "of another type": ([{**UNREAD, "case": "c", "type": "notice.published"}], {"p": "violated"},
    {"p": "pending"}),
    "of no type": ([{**UNREAD, "case": "c", "type": "what"}], {"p": "undetermined"}, {"p": "undetermined"}),
    "a withdrawal of its case": (
        [{**UNREAD, "case": "c", "type": "request.withdrawn"}], {"p": "undetermined"}, {"p": "undetermined"},
    ),
    "a withdrawal of a linked case": (
        [{**UNREAD, "case": "d", "type": "request.withdrawn"}, _naming("c", "d")], {"p": "violated"},
        {"p": "pending"},
    ),
    "a withdrawal of no case": ([{**UNREAD, "type": "request.withdrawn"}], {"p": "violated"},
    {"p": "pending"}),
}  # fmt: skip
for name, (rows, *outcomes) in UNREADABLE.items():
    for when, as_of, by_trigger in zip(("over", "open"), ("2026-03-20", "2026-02-04"), outcomes, strict=True):
        CASES[f"7.5 what cannot be read, {name}, {when}"] = Case(
            [CALLED_OFF], [PETITION, *rows], as_of, [*by_trigger.items()], ("trigger", "outcome")
        )


# -- how long something has to be open (3.8, 7.9)

OPENED: Json = {"id": "o", "type": "consultation.opened", "time": "2026-02-02", "case": "c",
"closes_at": "2026-02-10"}
NEVER_MOVED: Json = {
    "trigger": {"event": "consultation.opened"},
    "open_for": {"n": 15, "unit": "calendar-day", "closed_by": "consultation.closed", "planned": "closes_at"},
}
MAY_MOVE: Json = {**NEVER_MOVED, "open_for": {**NEVER_MOVED["open_for"], "moved_by": "consultation.extended"}}
CASES["3.8 what moves the closing for one duty does not for another"] = _each(
    [NEVER_MOVED, MAY_MOVE],
    [
        OPENED,
        {"id": "x", "type": "consultation.extended", "time": "2026-02-05", "case": "c",
        "closes_at": "2026-03-01"},
    ],
    "2026-03-20",
    (OUT, IN),
)
UNCOVERED: Json = {"id": "k", "type": "coverage.declared", "time": "2026-02-02",
"period": "2026-02-03/2026-12-31"}
WITHOUT_PLAN = {key: value for key, value in OPENED.items() if key != "closes_at"}
for name, as_of, closed, one in (
    ("is open", "2026-02-10", [], ("pending", ())),
    ("was open", "2026-03-20", [], ("undetermined", ("not_covered",))),
    ("was closed", "2026-03-20", ["2026-02-20"], IN),
    ("was closed too soon", "2026-03-20", ["2026-02-10"], OUT),
):
    shut = [{"id": day, "type": "consultation.closed", "time": day, "case": "c"} for day in closed]
    CASES[f"4.15 what {name} outside of what is covered"] = _each(
        [NEVER_MOVED], [WITHOUT_PLAN, UNCOVERED, *shut], as_of, (one,)
    )


# -- a restart of which no case is known (4.13, 7.5)

STOPPED: Json = {
    **FORWARD, "deadline": {"after": "time", "n": 5, "suspended_by": {"from": "request.paused",
    "to": "request.resumed"}},
}
# When the clock stood still, when something without a case started it again, and the outcome.
RESTARTED: dict[str, tuple[tuple[str, ...], str, Said]] = {
    "before the stop": (("2026-02-04",), "2026-02-03", ("pending", ())),
    "on the day of the stop": (("2026-02-04",), "2026-02-04", PERHAPS),
    "long after it": (("2026-02-04",), "2026-03-10", PERHAPS),
    "on its last day": (("2026-02-04", "2026-02-14"), "2026-02-13", PERHAPS),
    "on the day of the restart": (("2026-02-04", "2026-02-14"), "2026-02-14", OUT),
    "without a stop": ((), "2026-02-04", OUT),
}
for name, (between, day, one) in RESTARTED.items():
    stops = [
        {"id": kind, "type": f"request.{kind}", "time": at, "case": "c"}
        for kind, at in zip(("paused", "resumed"), between, strict=False)
    ]
    loose = {"id": "x", "type": "request.resumed", "time": day}
    CASES[f"4.13 a restart without case {name}"] = _each([STOPPED], [PETITION, *stops, loose], "2026-03-20",
    (one,))


# -- plans that are given up (4.4, 7.6)

PLANNED = {**BACKWARD, "trigger": {"event": "meeting.scheduled", "take": "last",
"moved_by": "meeting.rescheduled"}}
SUPERSEDED = ("not_applicable", ("superseded",))
OPEN_ORDER = ("undetermined", ("time_of_day",))
# The first planned moment, and when it was moved; what comes of the first plan.
MOVED: dict[str, tuple[str, str, Said]] = {
    "the day before": ("2026-02-20T10:00", "2026-02-19", SUPERSEDED),
    "a minute before": ("2026-02-20T10:00", "2026-02-20T09:59", SUPERSEDED),
    "when it began": ("2026-02-20T10:00", "2026-02-20T10:00", SUPERSEDED),
    "a minute after it began": ("2026-02-20T10:00", "2026-02-20T10:01", OUT),
    "at some time of the day": ("2026-02-20T10:00", "2026-02-20", OPEN_ORDER),
    "on a day of which no time is known": ("2026-02-20", "2026-02-20T23:00", OPEN_ORDER),
    "the day after": ("2026-02-20T10:00", "2026-02-21", OUT),
}
for name, (planned, moved, one) in MOVED.items():
    rows = [
        {"id": "s", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c", "planned_at": planned},
        {"id": "m", "type": "meeting.rescheduled", "time": moved, "case": "c", "planned_at": "2026-04-20"},
    ]
    CASES[f"4.4 moved {name}"] = Case(
        [PLANNED], rows, "2026-03-20", sorted([("m", "pending", ()), ("s", *one)], key=repr)
    )
for take in ("first", "last"):
    CASES[f"4.3 the {take} trigger, without case"] = _each(
        [{**FORWARD, "trigger": {"event": "petition.received", "take": take}}],
        [{"id": "p", "type": "petition.received", "time": "2026-02-02"}],
        "2026-03-20",
        (PERHAPS,),
    )


# -- what takes the place of another, and has ended itself (4.2, 4.5)

CANCELLED = ("not_applicable", ("cancelled",))
for name, ended, outcomes in (
    ("the local duty", (False, True), (OUT, CANCELLED)),
    ("the general duty", (True, False), (CANCELLED, OUT)),
    ("both", (True, True), (CANCELLED, CANCELLED)),
    ("neither", (False, False), (REPLACED, OUT)),
):
    general_trigger, local_trigger = (
        {"event": "petition.received",
        **({"cancelled_by": "request.withdrawn"} if over else {})} for over in ended
    )
    CASES[f"4.2 {name} called off"] = _each(
        [
            {**GENERAL, "trigger": general_trigger},
            {**GENERAL, "trigger": local_trigger, "municipalities": ["north"], "replaces": "XX-TST-001"},
        ],
        [PETITION, {"id": "w", "type": "request.withdrawn", "time": "2026-02-04", "case": "c"}],
        "2026-03-20",
        outcomes,
    )


# -- what is recorded, and what its absence means (7.4)

for name, values, one in (
    ("recorded", {"urgency": "none"}, IN),
    ("not recorded", {}, OUT),
    ("not to be read", {"urgency": "very"}, ("undetermined", ("missing_field",))),
):
    CASES[f"7.4 an attribute whose absence means something, {name}"] = _each(
        [{"trigger": {"event": "request.received"}, "must": {"urgency": {"present": True}}}],
        [{"id": "r", "type": "request.received", "time": "2026-02-02", "case": "c", **values}],
        "2026-03-20",
        (one,),
    )


@cache
def _found() -> dict[str, list[Finding]]:
    return together(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_engine_says_so(name: str) -> None:
    assert told(CASES[name], _found()[name]) == CASES[name].expected


# A moment that is called `event` is counted from as any other.
CALLED_EVENT = Case(
    [{**BACKWARD, "deadline": {"before": "event", "n": 7, "roll": "none"}}],
    [
        {"id": "s", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c", "event": "2026-02-20"},
        {"id": "n", "type": "notice.published", "time": "2026-02-13", "case": "c"},
    ],
    "2026-03-20",
    [("2026-02-13", "fulfilled")],
    ("due", "outcome"),
    attributes={"event": "date-time"},
)


@pytest.mark.parametrize("judge", [ours, theirs], ids=["engine", "reference"])
def test_a_moment_that_is_called_event_4_3(judge: Any) -> None:
    assert said(CALLED_EVENT, judge) == CALLED_EVENT.expected


@pytest.mark.parametrize("name", CASES)
def test_the_reference_says_so(name: str) -> None:
    assert said(CASES[name], theirs) == CASES[name].expected
