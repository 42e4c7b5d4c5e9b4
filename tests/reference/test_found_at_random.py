"""Defects that random packs have shown, each as small as it can be: what the semantics say, asked of both
evaluators.
"""

from __future__ import annotations

import pytest

from .questions import ours, theirs
from .small_cases import Case, said

CASES = {
    "triggers_without_the_attribute_are_taken_per_case_7_7": Case(
        [
            {
                "trigger": {"event": "petition.received", "take": "first"},
                "requires": {"event": "petition.answered"},
                "deadline": {"after": "time", "n": 5},
                "correlate": {"by": ["subject"]},
            }
        ],
        [
            {"id": "p1", "type": "petition.received", "time": "2026-02-02", "case": "c"},
            {"id": "p2", "type": "petition.received", "time": "2026-02-03", "case": "c"},
        ],
        "2026-03-20",
        [("p1", "undetermined", ("missing_link",))],
    ),
    "an_event_does_not_close_what_it_opens_7_9": Case(
        [
            {
                "trigger": {"event": "consultation.opened"},
                "open_for": {"n": 15, "unit": "calendar-day", "closed_by": "consultation.opened"},
            }
        ],
        [{"id": "o", "type": "consultation.opened", "time": "2026-02-02", "case": "c"}],
        "2026-03-20",
        [("o", "fulfilled", ())],
    ),
    "an_exception_is_asked_of_the_move_too_4_14": Case(
        [
            {
                "trigger": {
                    "event": "meeting.scheduled",
                    "take": "last",
                    "moved_by": "meeting.rescheduled",
                },
                "requires": {"event": "notice.published"},
                "deadline": {"before": "planned_at", "n": 3, "unit": "working-day"},
                "unless": [{"where": {"body": "committee"}}],
            }
        ],
        [
            {
                "id": "s",
                "type": "meeting.scheduled",
                "time": "2026-02-02",
                "case": "c",
                "body": "committee",
                "planned_at": "2026-02-20",
            },
            {
                "id": "m",
                "type": "meeting.rescheduled",
                "time": "2026-02-10",
                "case": "c",
                "planned_at": "2026-02-27",
            },
        ],
        "2026-03-20",
        [("m", "not_applicable", ("exception",)), ("s", "not_applicable", ("superseded",))],
    ),
    "only_if_is_asked_under_each_reading_7_10": Case(
        [
            {
                "calendar": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10", "roll": "none"},
                "requires": {"event": "document.published"},
                "readings": [
                    {
                        "name": "only after a meeting",
                        "source": "the act",
                        "calendar": {
                            "rrule": "FREQ=MONTHLY;BYMONTHDAY=10",
                            "roll": "none",
                            "only_if": {"event": "meeting.held"},
                        },
                    },
                    {"name": "always", "source": "an opinion"},
                ],
            }
        ],
        [{"id": "a", "type": "act.adopted", "time": "2026-02-02", "case": "c"}],
        "2026-02-20",
        [
            ("2026-02-10", "undetermined", ("readings_differ",), frozenset({"not_applicable", "violated"})),
            ("2026-03-10", "undetermined", ("readings_differ",), frozenset({"not_applicable", "pending"})),
        ],
        ("period", "outcome", "reasons", "possible"),
    ),
    "a_finding_shows_each_reading_3_6": Case(
        [
            {
                "calendar": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10", "roll": "none"},
                "requires": {"event": "document.published"},
                "readings": [
                    {"name": "tenth", "source": "the act"},
                    {
                        "name": "twentieth",
                        "source": "an opinion",
                        "calendar": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=20", "roll": "none"},
                    },
                ],
            }
        ],
        [{"id": "a", "type": "act.adopted", "time": "2026-02-02", "case": "c"}],
        "2026-02-12",
        [
            (
                "2026-02-10",
                "undetermined",
                (("tenth", "2026-02-10", "violated"), ("twentieth", None, "not_applicable")),
            ),
            (
                "2026-02-20",
                "undetermined",
                (("tenth", None, "not_applicable"), ("twentieth", "2026-02-20", "pending")),
            ),
            (
                "2026-03-10",
                "undetermined",
                (("tenth", "2026-03-10", "pending"), ("twentieth", None, "not_applicable")),
            ),
        ],
        ("period", "outcome", "readings"),
    ),
    "a_beginning_outside_the_calendar_is_not_known_7_11": Case(
        [
            {
                "trigger": {"event": "petition.received"},
                "requires": {"event": "petition.answered"},
                "deadline": {
                    "after": "time",
                    "n": 2,
                    "roll": "none",
                    "not_before": {"n": 7, "unit": "working-day"},
                },
            }
        ],
        [
            {"id": "q", "type": "petition.answered", "time": "2026-01-05", "case": "c"},
            {"id": "p", "type": "petition.received", "time": "2026-02-09", "case": "c"},
        ],
        "2026-03-20",
        [("p", "undetermined", ("no_calendar",))],
        since="2026-02-02",
    ),
    "a_beginning_outside_the_calendar_is_that_of_one_obligation_7_11": Case(
        [
            {
                "trigger": {"event": "petition.received"},
                "requires": {"event": "petition.answered"},
                "deadline": {
                    "after": "time",
                    "n": 2,
                    "roll": "none",
                    "not_before": {"n": 7, "unit": "working-day"},
                },
            }
        ],
        [
            {"id": "q", "type": "petition.answered", "time": "2026-01-05", "case": "c"},
            {"id": "p", "type": "petition.received", "time": "2026-02-09", "case": "c"},
            {"id": "r", "type": "petition.received", "time": "2026-03-02", "case": "d"},
            {"id": "a", "type": "petition.answered", "time": "2026-03-03", "case": "d"},
        ],
        "2026-03-20",
        [("p", "undetermined", ("no_calendar",)), ("r", "fulfilled", ())],
        since="2026-02-02",
    ),
    "a_cancellation_without_case_may_be_meant_7_5": Case(
        [
            {
                "trigger": {"event": "petition.received", "cancelled_by": "request.withdrawn"},
                "requires": {"event": "petition.answered"},
                "deadline": {"after": "time", "n": 5},
                "correlate": {"by": "municipality"},
            }
        ],
        [
            {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"},
            {"id": "w", "type": "request.withdrawn", "time": "2026-02-04"},
        ],
        "2026-03-20",
        [("p", "undetermined", ("missing_link",))],
    ),
    "an_outage_on_the_last_day_weighs_on_counts_too_4_15": Case(
        [
            {
                "count": {
                    "event": "document.published",
                    "where": {"channel": "website"},
                    "per": "year",
                    "at_least": 1,
                }
            }
        ],
        [
            {"id": "a", "type": "act.adopted", "time": "2025-01-01", "case": "c"},
            {"id": "w", "type": "website.outage_recorded", "time": "2025-12-31"},
        ],
        "2026-03-20",
        [("2025", "undetermined", ("outage",)), ("2026", "pending", ())],
        ("period", "outcome", "reasons"),
    ),
    "an_extension_of_a_due_date_that_is_not_known_7_8": Case(
        [
            {
                "trigger": {"event": "petition.received"},
                "requires": {"event": "petition.answered"},
                "deadline": {
                    "after": "time",
                    "n": 2,
                    "extended_by": {"event": "request.extended", "add": 15},
                },
            }
        ],
        [
            {"id": "p", "type": "petition.received", "time": "2026-02-07", "case": "c"},
            {"id": "x", "type": "request.extended", "time": "2026-02-08", "case": "c"},
        ],
        "2026-02-20",
        [("p", "undetermined", ("no_calendar",))],
        since="2026-02-16",
    ),
    "inheritance_goes_through_other_types_7_3": Case(
        [{"trigger": {"event": "act.adopted"}, "must": {"body": "assembly"}}],
        [
            {"id": "a", "type": "meeting.scheduled", "time": "2026-02-02", "case": "c", "body": "assembly"},
            {"id": "b", "type": "meeting.held", "time": "2026-02-03", "case": "c"},
            {"id": "c", "type": "act.adopted", "time": "2026-02-04", "case": "c"},
        ],
        "2026-03-20",
        [("c", "fulfilled", ())],
        inherits={
            "act.adopted": {"from": ["meeting.held"], "attributes": ["body"]},
            "meeting.held": {"from": ["meeting.scheduled"], "attributes": ["body"]},
        },
    ),
    "a_kind_may_have_a_declared_absence_4_9": Case(
        [
            {
                "trigger": {"event": "act.published"},
                "must": {"languages": {"includes_all": {"municipality": "official_languages"}}},
                "judged": "union",
            }
        ],
        [
            {
                "id": "a",
                "type": "act.published",
                "time": "2026-02-02",
                "case": "c",
                "act_kind": "decision",
                "languages": ["sq"],
            },
            {"id": "b", "type": "act.published", "time": "2026-02-02", "case": "c", "languages": ["sr"]},
        ],
        "2026-03-20",
        [("a", "fulfilled", ()), ("b", "fulfilled", ())],
        absent={"act_kind": "decision"},
    ),
    "lateness_is_in_the_unit_of_the_version_4_18": Case(
        [
            {
                "trigger": {"event": "petition.received"},
                "requires": {"event": "petition.answered"},
                "deadline": {"after": "time", "n": 5, "unit": "working-day"},
                "versions": [
                    {"instrument": "act-2010", "confidence": "verified", "n": 7, "unit": "calendar-day"}
                ],
            }
        ],
        [
            {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"},
            {"id": "q", "type": "petition.answered", "time": "2026-02-16", "case": "c"},
        ],
        "2026-03-20",
        [("p", "late", "2026-02-09", (7, "day"))],
        ("trigger", "outcome", "due", "late_by"),
    ),
    # 12 June may be off: shown is that it is worked, and then both readings owe it. 13 June is a Saturday.
    "readings_are_compared_under_the_calendar_shown_7_11": Case(
        [
            {
                "count": {"event": "document.published", "per": "working-day", "at_least": 1},
                "readings": [
                    {"name": "working days", "source": "practice"},
                    {"name": "all days", "source": "the words", "count": {"per": "day"}},
                ],
            }
        ],
        [{"id": "k", "type": "coverage.declared", "time": "2026-06-12", "period": "2026-06-12/2026-06-12"}],
        "2026-06-13",
        [
            ("2026-06-12", "undetermined", ("provisional_calendar",)),
            ("2026-06-13", "undetermined", ("readings_differ",)),
        ],
        ("period", "outcome", "reasons"),
    ),
    # 27 November, the last day of the calendar, may be off: the fifth working day lies behind it then.
    "a_late_entry_has_no_due_date_outside_the_calendar_7_11": Case(
        [],
        [
            {
                "id": "p",
                "type": "petition.received",
                "time": "2026-11-20",
                "recorded_at": "2026-12-04",
                "case": "c",
            }
        ],
        "2026-12-20",
        [("p", "undetermined", ("no_calendar",), None, None)],
        ("trigger", "outcome", "reasons", "due", "due_range"),
        till="2026-11-27",
        rules="TC-REC-001",
    ),
    "an_outage_excuses_each_piece_of_what_the_website_owed_4_9_4_15": Case(
        [
            {
                "trigger": {"event": "act.published"},
                "must": {
                    "languages": {"includes_all": ["sq", "sr"]},
                    "channel": {"includes_all": ["website"]},
                },
                "judged": "union",
            }
        ],
        [
            {
                "id": "a",
                "type": "act.published",
                "time": "2026-02-02",
                "case": "c",
                "channel": ["website"],
                "languages": ["sq"],
            },
            {"id": "w", "type": "website.outage_recorded", "time": "2026-02-01"},
        ],
        "2026-03-20",
        [("a", "undetermined", ("outage",))],
    ),
    # 1 March is a Sunday: due is the Friday before, on which the log did not claim to hold everything.
    "a_due_date_before_its_civil_period_has_to_be_covered_too_4_15": Case(
        [
            {
                "calendar": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=1", "roll": "backward"},
                "requires": {"event": "document.submitted"},
            }
        ],
        [
            {"id": "k", "type": "coverage.declared", "time": "2026-02-01", "period": "2026-01-01/2026-01-31"},
            {"id": "l", "type": "coverage.declared", "time": "2026-03-01", "period": "2026-03-01/2026-12-31"},
        ],
        "2026-03-20",
        [
            ("2026-02-01", "violated", ()),
            ("2026-03-01", "undetermined", ("not_covered",)),
            ("2026-04-01", "pending", ()),
        ],
        ("period", "outcome", "reasons"),
    ),
    # What stands in both files may be what the unreadable record of the second one is about.
    "an_event_stands_in_every_file_that_has_its_record_7_5": Case(
        [
            {
                "trigger": {"event": "petition.received"},
                "requires": {"event": "petition.answered"},
                "deadline": {"after": "time", "n": 5},
            }
        ],
        [
            {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c", "file": "a.jsonl"},
            {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c", "file": "b.jsonl"},
            {"type": "meeting.held", "time": "2026-02-02", "municipality": "south", "file": "b.jsonl"},
            {"type": "petition.answered", "time": "2026-02-03", "municipality": "nowhere", "file": "b.jsonl"},
        ],
        "2026-03-20",
        [("p", "undetermined", ("unreadable_record",))],
    ),
    # The answer may be of any hour of the day, whatever the day of the petition.
    "what_may_come_before_the_trigger_counts_from_its_own_hour_4_7": Case(
        [
            {
                "trigger": {"event": "petition.received"},
                "requires": {"event": "petition.answered"},
                "deadline": {
                    "after": {"event": "meeting.held"},
                    "n": 0,
                    "unit": "hour",
                    "not_before": {"n": 1, "unit": "week"},
                },
            }
        ],
        [
            {"id": "a", "type": "petition.answered", "time": "2026-02-02", "case": "c"},
            {"id": "h", "type": "meeting.held", "time": "2026-02-02T15:30", "case": "c"},
            {"id": "p", "type": "petition.received", "time": "2026-02-05", "case": "c"},
        ],
        "2026-03-20",
        [("p", "undetermined", ("time_of_day",))],
    ),
    # It must not come before the second petition: of that day it counts as after it, and then it is late.
    "what_must_not_come_before_a_move_counts_from_the_hour_of_the_move_7_6": Case(
        [
            {
                "trigger": {"event": "petition.received", "take": "last"},
                "requires": {"event": "petition.answered"},
                "deadline": {
                    "after": {"event": "meeting.held"},
                    "n": 1,
                    "unit": "hour",
                    "not_before": {"n": 1, "unit": "week"},
                },
            }
        ],
        [
            {"id": "h", "type": "meeting.held", "time": "2026-02-01", "case": "c"},
            {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"},
            {"id": "a", "type": "petition.answered", "time": "2026-02-02", "case": "c"},
            {"id": "q", "type": "petition.received", "time": "2026-02-02T10:00", "case": "c"},
        ],
        "2026-03-20",
        [("p", "undetermined", ("time_of_day",)), ("q", "late", ())],
    ),
    # 27 May may be off, and 12 June, the last day of the calendar: where both are, the last day lies behind.
    "a_due_date_that_may_lie_outside_the_calendar_has_no_range_7_11": Case(
        [
            {
                "trigger": {"event": "petition.received"},
                "requires": {"event": "petition.answered"},
                "deadline": {"after": "time", "n": 12, "unit": "working-day"},
            }
        ],
        [{"id": "p", "type": "petition.received", "time": "2026-05-26", "case": "c"}],
        "2026-07-20",
        [("p", "undetermined", ("no_calendar", "provisional_calendar"), None)],
        ("trigger", "outcome", "reasons", "due_range"),
        till="2026-06-12",
    ),
    # Whether the answer grants anything is not known, and no matter: any answer will do.
    "an_alternative_that_holds_needs_no_field_of_another_4_6": Case(
        [
            {
                "trigger": {"event": "petition.received"},
                "requires": {
                    "any_of": [
                        {"event": "request.answered"},
                        {"event": "request.answered", "where": {"outcome": ["granted"]}},
                    ]
                },
                "deadline": {"after": "time", "n": 10},
            }
        ],
        [
            {"id": "p", "type": "petition.received", "time": "2026-02-02", "case": "c"},
            {"id": "a", "type": "request.answered", "time": "2026-02-04"},
        ],
        "2026-03-20",
        [("p", "undetermined", ("missing_link",))],
    ),
    # What starts the second duty is the outcome of the first, not the act: so the act may extend it.
    "what_an_outcome_starts_its_event_may_extend_4_13": Case(
        [
            {"trigger": {"event": "act.published"}, "must": {"languages": {"includes_all": ["sq"]}}},
            {
                "trigger": {"obligation": "XX-TST-001"},
                "requires": {"event": "petition.answered"},
                "deadline": {
                    "after": "time",
                    "n": 5,
                    "roll": "none",
                    "extended_by": {"event": "act.published", "add": 10},
                },
            },
        ],
        [{"id": "a", "type": "act.published", "time": "2026-02-02T12:30", "case": "c"}],
        "2026-03-20",
        [("XX-TST-001", "2026-02-02"), ("XX-TST-002", "2026-02-17")],
        ("rule", "due"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_reference_says_so(name: str) -> None:
    assert said(CASES[name], theirs) == CASES[name].expected


@pytest.mark.parametrize("name", CASES)
def test_the_engine_says_so(name: str) -> None:
    assert said(CASES[name], ours) == CASES[name].expected
