"""The log of the benchmark has the verdicts that were planted, and those who judge it find them."""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from bench.calendar_limits import after, before, open_for
from bench.formats import truth_of, write
from bench.generate import MUNICIPALITIES
from bench.planted import DUTIES, Office, planted
from bench.sides import SIDES, Side, environment
from bench.verdicts import compared


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One log of some 300 events in every format; with this seed every outcome is in it."""
    folder = tmp_path_factory.mktemp("logs")
    forms = ("jsonl", "csv", "parquet", "xlsx")
    write(300, 36, MUNICIPALITIES, [folder / f"log.{form}" for form in forms])
    return folder


def test_every_outcome_is_planted(logs: Path) -> None:
    with truth_of(logs / "log.jsonl").open(encoding="utf-8", newline="") as rows:
        found = {(row["duty"], row["outcome"]) for row in csv.DictReader(rows)}
    # A consultation is closed too early or not; there is no late.
    assert found == set(product(DUTIES, ("fulfilled", "late", "violated"))) - {("XK-CON-007", "late")}


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("duckdb", "jsonl"),
        ("duckdb", "csv"),
        ("duckdb", "parquet"),
        ("ours", "jsonl"),
        ("ours", "xlsx"),
        ("ours-full", "csv"),
        ("pydantic", "jsonl"),
        ("pydantic", "xlsx"),
    ],
)
def test_what_was_planted_is_found(logs: Path, tmp_path: Path, key: str, form: str) -> None:
    found = judged(next(side for side in SIDES if side.key == key), logs / f"log.{form}", tmp_path)
    assert found["planted"] >= 7
    assert (found["missed"], found["added"]) == (0, 0)
    assert found["kept_told"] == found["kept"] > 0


def test_a_verdict_that_was_not_planted_is_noticed(logs: Path, tmp_path: Path) -> None:
    result, told = tmp_path / "peer.csv", tmp_path / "told.txt"
    result.write_text("duty,outcome,case\nXK-FOI-001,late,no-such-case\n", encoding="utf-8")
    told.write_text('{"XK-FOI-001": {"fulfilled": 1}}', encoding="utf-8")
    found = compared(truth_of(logs / "log.jsonl"), result, told)
    assert found["missed"] == found["planted"] > 0
    assert found["added"] == 1
    assert found["kept_told"] == 1


def judged(side: Side, log: Path, folder: Path) -> dict[str, int]:
    """What a side found, beside what was planted."""
    output = folder / f"found.{side.report if side.script is None else 'csv'}"
    told = folder / "told.txt"
    done = subprocess.run(side.command(log, output), env=dict(environment()), capture_output=True, text=True)
    assert output.exists(), done.stderr
    told.write_text(done.stdout, encoding="utf-8")
    return compared(truth_of(log), output, told)


def text(count: int, seed: int) -> str:
    return "".join(part for part, _ in planted(count, seed, MUNICIPALITIES))


def test_the_same_seed_gives_the_same_log() -> None:
    assert text(500, 1) == text(500, 1)
    assert text(500, 1) != text(500, 2)


def test_the_log_is_wide() -> None:
    events = [json.loads(line) for line in text(5000, 1).splitlines()]
    assert len({event["type"] for event in events}) >= 40
    assert {event["municipality"] for event in events} == set(MUNICIPALITIES)
    assert len({event["id"] for event in events}) == len(events) >= 5000
    assert Counter(event["type"] for event in events)["coverage.declared"] == len(MUNICIPALITIES)


def test_a_log_to_standard_output_needs_no_package() -> None:
    script = Path(__file__).resolve().parents[2] / "bench" / "generate.py"
    done = subprocess.run(
        [sys.executable, "-S", str(script), "20"], capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) >= 20


def ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


def test_notices_keep_clear_of_doubt_across_many_days_off() -> None:
    """In time under every calendar and reading, or late under all of them; also over New Year."""
    office = Office(1, MUNICIPALITIES)
    days = [ordinal(f"{year}-12-20") + more for year in range(2020, 2026) for more in range(16)]
    for number, day in enumerate(days * 40):
        office.session(day, f"session-{number}")
    outcomes = {case: outcome for duty, outcome, case in office.truth if duty == "XK-MTG-001"}
    planned: dict[str, int] = {}
    notices: dict[str, list[int]] = {}
    for event in map(json.loads, office.lines):
        if "planned_at" in event:
            planned[event["case"]] = ordinal(event["planned_at"][:10])
        if event.get("notice_kind") == "meeting" and event["type"] == "notice.published":
            notices.setdefault(event["case"], []).append(ordinal(event["time"][:10]))
    limits = before(set(planned.values()), 7)
    for case, outcome in outcomes.items():
        first, last = limits[planned[case]]
        if outcome == "fulfilled":
            # The last one: an earlier one may announce a date that was given up.
            assert notices[case][-1] <= first, case
        elif outcome == "late":
            assert notices[case][-1] > last, case
    assert {"fulfilled", "late", "violated"} == set(outcomes.values())


@pytest.mark.parametrize(
    ("limits", "day", "first", "last"),
    [
        (before([ordinal("2026-04-20")], 7), "2026-04-20", "2026-04-06", "2026-04-07"),
        (before([ordinal("2025-12-05")], 7), "2025-12-05", "2025-11-24", "2025-11-26"),
        (after([ordinal("2026-04-24")], 7), "2026-04-24", "2026-05-04", "2026-05-04"),
        (open_for([ordinal("2026-03-30")], 30, 20), "2026-03-30", "2026-04-29", "2026-04-30"),
    ],
    ids=["V6", "Flag Day, off or not", "V7", "thirty days, twenty working days"],
)
def test_limits_of_due_days(limits: dict[int, tuple[int, int]], day: str, first: str, last: str) -> None:
    assert limits[ordinal(day)] == (ordinal(first), ordinal(last))
