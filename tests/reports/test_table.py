import datetime as dt

import pytest

from reports.conftest import Write
from reports.made import (
    ADVISORY,
    COUNTED,
    DIFFERENT,
    ERROR,
    FAILURE,
    FULFILLED,
    LATE,
    NOTICE,
    PENDING,
    SOONER,
    STOPPED,
    SUPERSEDED,
    VIOLATED,
    WARNING,
    replace,
    report,
)
from transparency_check.model import Finding, Settling
from transparency_check.report import upcoming

TODAY = dt.date(2026, 11, 24)
EVERYTHING = report(
    LATE, VIOLATED, DIFFERENT, PENDING, SOONER, STOPPED, FULFILLED, ADVISORY, SUPERSEDED, COUNTED,
    problems=(ERROR, WARNING),
    rule_errors=(FAILURE,),
)  # fmt: skip


def order(shown: str, *texts: str) -> list[int]:
    places = [shown.index(t) for t in texts]
    assert places == sorted(places), texts
    return places


def test_errors_come_first_and_the_counts_last(write: Write) -> None:
    shown = write(EVERYTHING, "table")
    order(
        shown,
        "1 error in the input",
        "log.jsonl:12",
        "1 rule or plugin failed",
        "Violations that can still be cured (2)",
        "Violations that are final (2)",
        "Undetermined (1)",
        "Pending, by last working day to act (3)",
        "1 warning",
        "Summary",
    )


def test_the_header_names_tool_moment_packs_inputs_and_assumed_coverage(write: Write) -> None:
    head = write(EVERYTHING, "table").split("\n\n")[0]
    assert "transparency-check 0.1.0. Judged as of 2026-11-24 (Europe/Belgrade)." in head
    assert "kosovo 2026.11" in head
    assert "log.jsonl: 13 events" in head
    assert "kline: none declared, so the log is taken as complete from 2026-09-01" in head


def test_known_at_is_named_where_it_differs(write: Write) -> None:
    assert "recorded by 2026-11-30" in write(report(LATE, known_at="2026-11-30"), "table")


def test_pending_is_ordered_by_the_last_working_day_to_act(write: Write) -> None:
    order(write(EVERYTHING, "table"), "bbbb00002222", "bbbb00001111", "bbbb00003333")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(write: Write, width: int) -> None:
    long = replace(
        LATE, case="case-" + "9" * 90, fulfilment=(replace(NOTICE, place="a/" * 60 + "log.jsonl:2"),)
    )
    named = replace(EVERYTHING, findings=(*EVERYTHING.findings, long))
    assert (
        max(len(line) for line in write(named, "table", width=width, everything=True).splitlines()) <= width
    )


def test_fulfilled_and_not_applicable_ones_are_counted_but_shown_only_when_asked_for(write: Write) -> None:
    short, full = write(EVERYTHING, "table"), write(EVERYTHING, "table", everything=True)
    assert FULFILLED.id not in short
    assert SUPERSEDED.id not in short
    assert "1 fulfilled, 1 not applicable" in " ".join(short.split())
    assert FULFILLED.id in full
    assert "the date was given up for another" in " ".join(full.split())


def test_a_finding_says_law_evidence_cure_confidence_and_presumption(write: Write) -> None:
    shown = " ".join(write(report(LATE, VIOLATED), "table").split())
    assert "Law: Art. 44; Administrative Instruction on transparency in municipalities (04/2023)" in shown
    assert "(source: unverified)" in shown
    assert "Presumed: continuity" in shown
    assert "2026-11-19 09:30" in shown
    assert "1 working day late." in shown
    assert "not before 2026-12-03" in " ".join(write(report(VIOLATED), "table").split())


def test_an_undetermined_finding_says_what_is_possible_and_what_would_settle_it(write: Write) -> None:
    shown = " ".join(write(report(DIFFERENT), "table", width=400).split())
    assert "Fulfilled or late: a field that decides is not recorded or cannot be read" in shown
    assert "record or correct channel of the event e2 (log.jsonl:2)" in shown
    assert "clear: due 2026-11-17, late" in shown


@pytest.mark.parametrize(
    "fields, said",
    [
        ((), "record the time of day of the event e1 (log.jsonl:1)"),
        (("planned_at",), "record the time of day in planned_at of the event e1 (log.jsonl:1)"),
    ],
    ids=["of the event itself", "of a moment that the event states"],
)
def test_an_hour_that_is_missing_is_asked_for_where_it_belongs(
    write: Write, fields: tuple[str, ...], said: str
) -> None:
    settled_by = (Settling("time_of_day", "e1", "log.jsonl:1", fields),)
    hourless = replace(DIFFERENT, reasons=("time_of_day",), settled_by=settled_by)
    assert f"To settle: {said}." in " ".join(write(report(hourless), "table", width=400).split())


def test_advisory_findings_and_own_commitments_are_marked(write: Write) -> None:
    assert "(advisory)" in write(report(ADVISORY), "table")
    own = write(report(replace(VIOLATED, commitment=True)), "table")
    assert "own commitment of the municipality, not law" in " ".join(own.split())


def test_progress_of_a_count_is_shown(write: Write) -> None:
    assert "1 of 2 in 2025." in write(report(COUNTED), "table")


OPEN = replace(
    PENDING,
    id="bbbb00004444",
    rule="XK-CON-007",
    case="cons-1",
    due="2026-12-05",
    act_by=None,
    due_range=None,
    provisional=False,
)
TOO_SHORT = replace(
    OPEN, act_by="2026-11-30", reasons=("planned_too_short",), cure={"kind": "extend", "to": "2026-12-05"}
)


@pytest.mark.parametrize(
    ("finding", "said", "unsaid"),
    [
        (OPEN, ("open until 2026-12-05", "Must stay open until the end of 2026-12-05 at least."), "due 2026"),
        (
            TOO_SHORT,
            (
                "2026-11-30",
                "open until 2026-12-05",
                "Must stay open until the end of 2026-12-05 at least. The planned closing date is too early.",
                "Extend the closing to 2026-12-05 or later, before the planned closing: by 2026-11-30.",
            ),
            "due 2026",
        ),
        (replace(OPEN, due=None, reasons=("suspended",)), ("clock stopped", "Must stay open."), "until"),
    ],
)
@pytest.mark.parametrize("name", ["table", "markdown", "csv", "json"])
def test_what_must_stay_open_is_not_to_be_done_by_its_due_day(
    write: Write, name: str, finding: Finding, said: tuple[str, ...], unsaid: str
) -> None:
    shown = " ".join(write(report(finding), name, width=400).replace("\\", "").replace("<br>", " ").split())
    if name in ("csv", "json"):
        assert said[-1] in shown
    else:
        assert all(part in shown for part in said)
        assert unsaid not in shown


@pytest.mark.parametrize("name", ["table", "markdown", "csv", "json"])
def test_what_must_stay_open_comes_next_by_its_due_day(write: Write, name: str) -> None:
    between = replace(PENDING, due="2026-12-04", act_by="2026-12-04")
    after = replace(PENDING, id="bbbb00005555", due="2026-12-07", act_by="2026-12-07")
    coming = upcoming(report(after, OPEN, between), TODAY, dt.date(2026, 12, 31), lambda a, b: (b - a).days)
    order(write(report(after, OPEN, between), name, upcoming=coming), between.id, OPEN.id, after.id)


@pytest.mark.parametrize(
    ("hours", "said"), [(0, "less than 0.01 hours late."), (0.01, "0.01 hours late."), (1, "1 hour late.")]
)
def test_lateness_of_next_to_nothing(write: Write, hours: float, said: str) -> None:
    assert said in " ".join(write(report(replace(LATE, late_by=(hours, "hour"))), "table", width=400).split())


@pytest.mark.parametrize(
    ("known_at", "options"),
    [("2026-11-24", "--as-of 2026-11-24"), ("2026-11-30", "--as-of 2026-11-24 --known-at 2026-11-30")],
)
def test_the_hint_on_proofs_gives_the_moments_of_the_verdict(
    write: Write, known_at: str, options: str
) -> None:
    shown = " ".join(write(report(LATE, known_at=known_at), "table").split())
    assert f"transparency-check explain LOG ID {options} shows" in shown


def test_compliance_has_both_bounds(write: Write) -> None:
    assert "Compliance between 50.0 % and 100.0 %" in write(report(FULFILLED, DIFFERENT), "table")
    assert "Compliance 50.0 %." in write(report(FULFILLED, LATE), "table")


def test_nothing_found_is_said(write: Write) -> None:
    assert "Nothing was evaluated" in write(report(), "table")


def test_texts_from_a_log_cannot_drive_the_terminal(write: Write) -> None:
    shown = write(report(replace(LATE, case="a\x1b[2Jb\u202ec\nd")), "table")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "a\\u001b[2Jb\\u202ec d" in shown


def test_colour_only_where_wanted(write: Write) -> None:
    assert "\x1b[1;31mViolations that are final (1)\x1b[0m" in write(report(LATE), "table", colour=True)
    assert "\x1b" not in write(report(LATE), "table")
