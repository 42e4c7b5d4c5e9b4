"""The proof of a finding, drawn from a derivation made by hand's calendar."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest

from reports.made import LATE, NAMES, NOTICE, PENDING
from transparency_check.calendars import Calendar, Period, derive
from transparency_check.explanation import Candidate, Covered, Explanation, ReadingProof
from transparency_check.packs.model import CalendarRow
from transparency_check.reports import proof_page
from transparency_check.reports.options import ReportOptions
from transparency_check.reports.proof import write_json, write_text

HOLIDAY = CalendarRow.model_validate(
    {
        "date": "2026-11-20",
        "name": {"en": "Made-up Day"},
        "kind": "public",
        "off": "yes",
        "status": "estimated",
        "source": "Law 1",
    }
)
CALENDAR = Calendar([HOLIDAY], dt.date(2026, 1, 1), dt.date(2027, 12, 31))


def drawn(proof: Explanation, width: int = 80) -> str:
    stream = io.StringIO()
    write_text(proof, stream, ReportOptions(names=NAMES, width=width))
    return stream.getvalue()


def proof(period: Period, anchor: dt.date = dt.date(2026, 11, 27)) -> Explanation:
    derivation = derive(anchor, period, CALENDAR)
    due = derivation.due.day and derivation.due.day.isoformat()
    return Explanation(
        LATE,
        (ReadingProof("lenient", "a source", due, "late", derivation),),
        (Candidate(NOTICE, "used", "late"), Candidate(NOTICE, "doubtful", "missing_field", ("channel",))),
        (
            Covered("2026-01-01", None, ("meeting",), "log.jsonl:3"),
            Covered("2026-01-01", None, ("notice",), "log.jsonl:3"),
        ),
    )


def test_every_day_is_counted_or_passed_over_with_its_reason() -> None:
    shown = " ".join(drawn(proof(Period(7, "working-day", "before"))).split())
    assert "7 working days before Fri 2026-11-27" in shown
    assert "2026-11-23 Mon 4 counted" in shown
    assert "2026-11-22 Sun weekend" in shown
    assert "2026-11-20 Fri Made-up Day, Law 1 (estimated) (doubtful: tried both ways)" in shown
    assert "Last lawful day: Tue 2026-11-17." in shown


def test_the_day_before_and_the_roll_are_steps_of_their_own() -> None:
    clear = " ".join(drawn(proof(Period(5, "calendar-day", "before", clear=True))).split())
    assert "the day before, 2026-11-21 (clear days" in clear
    rolled = " ".join(drawn(proof(Period(2, "calendar-day", "after", "forward"))).split())
    assert "The last day is off: Sun 2026-11-29 (weekend). It moves to 2026-11-30" in rolled


def test_long_runs_are_drawn_as_one_line_and_written_in_full() -> None:
    year = proof(Period(1, "year", "before", "none"))
    assert len(drawn(year).splitlines()) < 80
    stream = io.StringIO()
    write_json(year, stream, ReportOptions(names=NAMES))
    value = json.loads(stream.getvalue())
    assert len(value["readings"][0]["derivation"]["days"]) == 365
    assert value["candidates"][1]["fields"] == ["channel"]


def test_records_and_coverage() -> None:
    shown = " ".join(drawn(proof(Period(1, "week", "before", "none"))).split())
    assert "2026-01-01 to open: meeting, notice (declared at log.jsonl:3)" in shown
    assert "after the due date" in shown
    doubtful = Explanation(LATE, candidates=(Candidate(NOTICE, "doubtful", "missing_field", ("channel",)),))
    assert "whether it meets the condition is not recorded or cannot be read: channel" in drawn(doubtful, 200)
    assert "counts for the duty" in drawn(Explanation(LATE))


@pytest.mark.parametrize("n", [1, 30, 400])
def test_it_is_readable_at_80_columns(n: int) -> None:
    for unit in ("calendar-day", "working-day"):
        shown = drawn(proof(Period(n, unit, "before")))
        assert max(len(line) for line in shown.splitlines() if "http" not in line) <= 80


def test_the_page_says_what_the_text_says() -> None:
    """For documents and Markdown: every fact, day, step and record."""
    counted = proof(Period(7, "working-day", "before"))
    page = proof_page.outline(counted, NAMES)
    squeezed = "".join(drawn(counted, 400).split())
    lines = [page.title, *(line.partition(": ")[2] for line in page.header)]
    for section in page.sections:
        lines.append(section.title)
        for block in section.blocks:
            lines += [block.title, *block.lines]
            # What is wrapped in the text is told word by word.
            lines += [word for row in block.rows for cell in row for line in cell for word in line.split()]
    assert len(lines) > 60
    assert [line for line in lines if "".join(line.split()) not in squeezed] == []
    assert len(page.sections) == 2
    nothing = proof_page.outline(Explanation(PENDING), NAMES)
    assert nothing.sections[-1].blocks[0].lines == ("No record of the needed kind was found.",)
