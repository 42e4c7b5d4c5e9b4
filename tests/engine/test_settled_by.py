"""What would settle an undetermined outcome (5.2): for each reason the record, and the fields it lacks."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from reference.small_cases import Case, together
from transparency_check.model import Finding

Json = dict[str, Any]

PETITION: Json = {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"}
ANSWERED: Json = {"id": "a", "type": "petition.answered", "time": "2026-02-04", "case": "c"}
OPENED: Json = {"id": "o", "type": "consultation.opened", "time": "2026-02-02", "case": "c"}
# Something that happens before all, so that the log covers what follows.
BEGUN: Json = {"id": "b", "type": "chair.elected", "time": "2026-01-05"}
NO_DAY = "2026-02-31"

ANSWER: Json = {
    "trigger": {"event": "petition.received"},
    "requires": {"event": "petition.answered", "where": {"body": "assembly"}},
    "deadline": {"after": "time", "n": 5},
}
PUBLISH: Json = {
    "trigger": {"event": "act.adopted"},
    "requires": {"event": "act.published", "where": {"channel": "website"}},
    "deadline": {"after": "time", "n": 5},
}
CONSULT: Json = {
    "trigger": {"event": "act.adopted"},
    "requires": {"event": "consultation.opened"},
    "deadline": {"before": "time", "n": 0},
}
REPORT: Json = {
    "calendar": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10", "roll": "none", "about": "previous-month"},
    "requires": {"event": "document.submitted"},
}
SIT: Json = {
    "count": {"event": "meeting.held", "where": {"body": "assembly"}, "per": "month", "at_least": 1}
}
NEWS: Json = {
    "count": {"event": "notice.published", "where": {"channel": "website"}, "per": "month", "at_least": 1}
}
LANGUAGES: Json = {
    "trigger": {"event": "act.published"},
    "must": {"languages": {"includes_all": ["sq", "sr"]}},
}
OPEN: Json = {
    "trigger": {"event": "consultation.opened"},
    "open_for": {
        "n": 15,
        "unit": "calendar-day",
        "closed_by": {"event": "consultation.closed", "where": {"consultation_kind": "hearing"}},
        "planned": "closes_at",
        "moved_by": "consultation.extended",
    },
}
OFFICER: Json = {"standing": True, "requires": {"event": "officer.appointed", "where": {"role": "archivist"}}}


def _with(duty: Json, key: str, **more: Any) -> Json:
    """The duty with more in one of its parts."""
    return {**duty, key: {**duty[key], **more}}


# Duties, rows, and of each finding its case or period, its outcome, and of all that would settle it the
# reason, the event, its line, and the fields.
CASES: dict[str, tuple[list[Json], list[Json], list[tuple[Any, ...]]]] = {
    # -- events that may fulfil
    "4.6 a field that the answer lacks": (
        [ANSWER],
        [PETITION, ANSWERED],
        [("c", "undetermined", [("missing_field", "a", 2, ("body",))])],
    ),
    "4.6 not those of another case": (
        [ANSWER],
        [
            PETITION,
            ANSWERED,
            {**PETITION, "id": "q", "case": "d"},
            {**ANSWERED, "id": "e", "case": "d", "body": "mayor"},
            {**PETITION, "id": "r", "case": "f"},
            {**ANSWERED, "id": "g", "case": "f", "body": "assembly"},
        ],
        [
            ("c", "undetermined", [("missing_field", "a", 2, ("body",))]),
            ("d", "violated", []),
            ("f", "fulfilled", []),
        ],
    ),
    "7.5 what another record proves leaves nothing to settle": (
        [ANSWER],
        [PETITION, ANSWERED, {**ANSWERED, "id": "e", "body": "assembly"}],
        [("c", "fulfilled", [])],
    ),
    "4.3 an answer without case": (
        [ANSWER],
        [PETITION, {**ANSWERED, "case": None, "body": "assembly"}],
        [("c", "undetermined", [("missing_link", "a", 2, ())])],
    ),
    "4.21 an answer without a time": (
        [ANSWER],
        [PETITION, {**ANSWERED, "time": NO_DAY}],
        [("c", "undetermined", [("unreadable_record", None, 2, ())])],
    ),
    "4.21 not one of another case": (
        [ANSWER],
        [PETITION, {**ANSWERED, "time": NO_DAY, "case": "d"}],
        [("c", "violated", [])],
    ),
    "2.6 answers that contradict each other": (
        [ANSWER],
        [PETITION, {**ANSWERED, "body": "assembly"}, {**ANSWERED, "body": "mayor"}],
        [("c", "undetermined", [("conflicting_records", "a", 2, ()), ("conflicting_records", "a", 3, ())])],
    ),
    "4.15 a declaration": (
        [ANSWER],
        [PETITION, {"id": "k", "type": "coverage.declared", "time": "2026-02-05",
        "period": "2026-02-05/2026-12-31"}],
        [("c", "undetermined", [("not_covered", None, None, ())])],
    ),
    "4.15 the outage that touches the last day": (
        [PUBLISH],
        [
            {"id": "a", "type": "act.adopted", "time": "2026-02-02", "case": "c"},
            {
                "id": "v", "type": "website.outage_recorded", "time": "2026-02-03",
                "outage_from": "2026-02-03", "outage_to": "2026-02-05",
            },
            {"id": "w", "type": "website.outage_recorded", "time": "2026-02-08"},
            {"id": "x", "type": "website.outage_recorded", "time": "2026-02-09"},
        ],
        [("c", "undetermined", [("outage", "w", 3, ())])],
    ),
    "2.2 the time of day": (
        [CONSULT],
        [
            {"id": "a", "type": "act.adopted", "time": "2026-02-02T11:00", "case": "c"},
            {"id": "o", "type": "consultation.opened", "time": "2026-02-02", "case": "c"},
        ],
        [("c", "undetermined", [("time_of_day", "o", 2, ())])],
    ),
    "4.12 the period of a document": (
        [REPORT],
        [{"id": "d", "type": "document.submitted", "time": "2026-03-05", "case": "c", "period": "March"}],
        [
            ("2026-03-10", "undetermined", [("missing_field", "d", 1, ("period",))]),
            ("2026-04-10", "undetermined", [("missing_field", "d", 1, ("period",))]),
        ],
    ),
    # -- what is judged at the event
    "4.9 the field of the publication itself": (
        [LANGUAGES],
        [
            {"id": "u", "type": "act.published", "time": "2026-02-02", "case": "c"},
            {"id": "v", "type": "act.published", "time": "2026-02-02", "case": "d", "languages": ["sq"]},
            {"id": "w", "type": "act.published", "time": "2026-02-02", "case": "e",
            "languages": ["sq", "sr"]},
        ],
        [
            ("c", "undetermined", [("missing_field", "u", 1, ("languages",))]),
            ("d", "violated", []),
            ("e", "fulfilled", []),
        ],
    ),
    "4.9 not what another type of publication would lack": (
        [{**LANGUAGES, "trigger": {"any_of": [{"event": "act.published"}, {"event": "document.published"}]}}],
        [{"id": "u", "type": "act.published", "time": "2026-02-02", "case": "c"}],
        [("c", "undetermined", [("missing_field", "u", 1, ("languages",))])],
    ),
    # -- counts
    "4.11 a field of an event of the period": (
        [SIT],
        [
            BEGUN,
            {"id": "m", "type": "meeting.held", "time": "2026-01-15"},
            {"id": "n", "type": "meeting.held", "time": "2026-02-10"},
        ],
        [
            ("2026-01", "undetermined", [("missing_field", "m", 2, ("body",))]),
            ("2026-02", "undetermined", [("missing_field", "n", 3, ("body",))]),
            ("2026-03", "pending", []),
        ],
    ),
    "4.11 not those that decide nothing": (
        [SIT],
        [
            BEGUN,
            {"id": "k", "type": "meeting.held", "time": "2026-01-10", "body": "assembly"},
            {"id": "l", "type": "meeting.held", "time": "2026-01-15"},
            {"id": "m", "type": "meeting.held", "time": "2026-02-15", "body": "mayor"},
            {"id": "n", "type": "meeting.held", "time": "2026-02-15", "municipality": "south"},
        ],
        [
            ("2026-01", "fulfilled", []),
            ("2026-02", "violated", []),
            ("2026-03", "pending", []),
        ],
    ),
    "4.11 a meeting of which no time is known": (
        [SIT],
        [BEGUN, {"type": "meeting.held", "time": NO_DAY}],
        [
            ("2026-01", "undetermined", [("unreadable_record", None, 2, ())]),
            ("2026-02", "undetermined", [("unreadable_record", None, 2, ())]),
            ("2026-03", "pending", []),
        ],
    ),
    "4.11 something of which no type is known": (
        [SIT],
        [BEGUN, {"type": "something", "time": "2026-02-10"}],
        [
            ("2026-01", "violated", []),
            ("2026-02", "undetermined", [("unreadable_record", None, 2, ())]),
            ("2026-03", "pending", []),
        ],
    ),
    "4.11 a declaration of the whole period": (
        [SIT],
        [{"id": "k", "type": "coverage.declared", "time": "2026-01-10", "period": "2026-01-10/2026-12-31"}],
        [
            ("2026-01", "undetermined", [("not_covered", None, None, ())]),
            ("2026-02", "violated", []),
            ("2026-03", "pending", []),
        ],
    ),
    "4.11 the outage on the last day of the period": (
        [NEWS],
        [
            BEGUN,
            {
                "id": "v", "type": "website.outage_recorded", "time": "2026-01-31",
                "outage_from": "2026-01-30", "outage_to": "2026-01-31",
            },
            {
                "id": "w", "type": "website.outage_recorded", "time": "2026-02-05",
                "outage_from": "2026-02-05", "outage_to": "2026-02-27",
            },
        ],
        [
            ("2026-01", "undetermined", [("outage", "v", 2, ())]),
            ("2026-02", "violated", []),
            ("2026-03", "pending", []),
        ],
    ),
    # -- durations
    "3.8 the kind of a closing": (
        [OPEN],
        [OPENED, {"id": "x", "type": "consultation.closed", "time": "2026-02-05", "case": "c"}],
        [("c", "undetermined", [("missing_field", "x", 2, ("consultation_kind",))])],
    ),
    "3.8 a closing without case": (
        [OPEN],
        [
            OPENED,
            {"id": "x", "type": "consultation.closed", "time": "2026-02-05", "consultation_kind": "hearing"},
        ],
        [("c", "undetermined", [("missing_link", "x", 2, ())])],
    ),
    "3.8 a closing without a time": (
        [OPEN],
        [OPENED, {"type": "consultation.closed", "time": NO_DAY, "case": "c"}],
        [("c", "undetermined", [("unreadable_record", None, 2, ())])],
    ),
    "3.8 the planned closing": (
        [OPEN],
        [{**OPENED, "closes_at": "soon"}],
        [("c", "undetermined", [("missing_field", "o", 1, ("closes_at",))])],
    ),
    "3.8 a longer time without case": (
        [OPEN],
        [
            {**OPENED, "closes_at": "2026-02-10"},
            {"id": "x", "type": "consultation.extended", "time": "2026-02-05", "closes_at": "2026-03-01"},
        ],
        [("c", "undetermined", [("missing_link", "x", 2, ())])],
    ),
    "3.8 not a closing after the time": (
        [OPEN],
        [OPENED, {"id": "x", "type": "consultation.closed", "time": "2026-02-20", "case": "c"}],
        [("c", "fulfilled", [])],
    ),
    # -- what stands for long
    "4.20 a declaration from the beginning": (
        [OFFICER],
        [BEGUN],
        [("act-2010", "undetermined", [("not_covered", None, None, ())])],
    ),
    # -- what may end an obligation or move its limit
    "4.5 a field of a withdrawal": (
        [_with(ANSWER, "trigger",
        cancelled_by={"event": "request.withdrawn", "where": {"reason": "mistake"}})],
        [PETITION, {"id": "w", "type": "request.withdrawn", "time": "2026-02-04", "case": "c"}],
        [("c", "undetermined", [("missing_field", "w", 2, ("reason",))])],
    ),
    "4.5 a withdrawal without case": (
        [_with(ANSWER, "trigger", cancelled_by="request.withdrawn")],
        [PETITION, {"id": "w", "type": "request.withdrawn", "time": "2026-02-04"}],
        [("c", "undetermined", [("missing_link", "w", 2, ())])],
    ),
    "4.5 a withdrawal leaves nothing to settle": (
        [_with(ANSWER, "trigger", cancelled_by="request.withdrawn")],
        [PETITION, ANSWERED, {"id": "w", "type": "request.withdrawn", "time": "2026-02-04", "case": "c"}],
        [("c", "not_applicable", [])],
    ),
    "4.14 a field of the trigger's exception": (
        [{**ANSWER, "unless": [{"where": {"subject": "names"}}]}],
        [PETITION],
        [("c", "undetermined", [("missing_field", "p", 1, ("subject",))])],
    ),
    "4.13 the number of days": (
        [_with(ANSWER, "deadline", extended_by={"event": "request.extended"})],
        [PETITION, {"id": "x", "type": "request.extended", "time": "2026-02-04", "case": "c"}],
        [("c", "undetermined", [("missing_field", "x", 2, ("extension_days",))])],
    ),
    # -- what is not known of the trigger
    "4.16 a field of the trigger": (
        [_with(ANSWER, "trigger", where={"signatures": {"at_least": 100}})],
        [PETITION],
        [("c", "undetermined", [("missing_field", "p", 1, ("signatures",))])],
    ),
    "4.3 a trigger without case": (
        [ANSWER],
        [{**PETITION, "case": None}],
        [(None, "undetermined", [("missing_link", "p", 1, ())])],
    ),
    "4.3 the date that is counted from": (
        [
            {
                "trigger": {"event": "meeting.scheduled"},
                "requires": {"event": "notice.published"},
                "deadline": {"after": "planned_at", "n": 5},
            }
        ],
        [{"id": "s", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c"}],
        [("c", "undetermined", [("missing_field", "s", 1, ("planned_at",))])],
    ),
    "4.3 the event that is counted from": (
        [_with(ANSWER, "deadline", after={"event": "oath.taken"})],
        [PETITION],
        [("c", "undetermined", [("missing_link", "p", 1, ())])],
    ),
    "4.19 the outcome that starts a duty": (
        [
            ANSWER,
            {
                "trigger": {"obligation": "XX-TST-001"},
                "requires": {"event": "notice.published"},
                "deadline": {"after": "time", "n": 5},
            },
        ],
        [PETITION, ANSWERED],
        [
            ("c", "undetermined", [("missing_field", "a", 2, ("body",))]),
            ("c", "undetermined", [("trigger_undetermined", "p", 1, ())]),
        ],
    ),
}


@cache
def _found() -> dict[str, list[Finding]]:
    return together({name: Case(duties, rows, "2026-03-20") for name, (duties, rows, _) in CASES.items()})


@pytest.mark.parametrize("name", CASES)
def test_what_would_settle_it(name: str) -> None:
    assert [
        (
            f.case or f.period,
            f.outcome,
            [(s.reason, _alone(s.event), _line(s.place), s.fields) for s in f.settled_by],
        )
        for f in _found()[name]
        if f.municipality == "north" and f.rule.startswith("XX")
    ] == CASES[name][2]


def _alone(event: str | None) -> str | None:
    """Without the mark of the case, by which events are told apart where cases are judged together."""
    return None if event is None else event.partition("~")[2]


def _line(place: str | None) -> int | None:
    return None if place is None else int(place.rpartition(":")[2])
