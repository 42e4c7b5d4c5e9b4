"""Questions with known answers: what the suites compare, the cheap ones first.

Dates counted by the module of legal time (the suites compare them with a naive counter and add derivations up
again); the examples of the trial pack and of the bundled packs (dates counted by hand); random logs (the
suites compare them with the reference evaluator); the samples.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reference.questions import PACKS, TRIAL, ask, ours
from transparency_check import calendars, times
from transparency_check.calendars.year import month_counts, year_days
from transparency_check.engine import evaluate
from transparency_check.events import read_logs
from transparency_check.packs import load_rulebook
from transparency_check.packs.examples import run_all
from transparency_check.packs.model import Rulebook

# Logs that are judged, of about as many records each.
LOGS, RECORDS = 40, 120
ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("klina", "practice", "broken")
# Of the findings of a sample, one in so many is proved.
PROVED = 40
BUNDLED = ("kosovo", "klina", "kllokot", "information-office", "klgi")


@cache
def rulebook(pack: str) -> Rulebook:
    return load_rulebook([pack])


def answers() -> Iterator[tuple[str, Any]]:
    """Name and answer of every case; what is raised is an answer, too."""
    yield from _asked("times", _times)
    yield from _asked("dates", _dates)
    for seed in range(8):
        yield from _asked(f"log {seed}", lambda seed=seed: _log(seed))  # type: ignore[misc]
    yield from _asked("examples of the trial pack", lambda: _examples(str(TRIAL)))
    for seed in range(8, LOGS):
        yield from _asked(f"log {seed}", lambda seed=seed: _log(seed))  # type: ignore[misc]
    for sample in SAMPLES:
        yield from _asked(f"sample {sample}", lambda sample=sample: _sample(sample))  # type: ignore[misc]
    for pack in BUNDLED:
        yield from _asked(f"examples of {pack}", lambda pack=pack: _examples(pack))  # type: ignore[misc]


def _asked(name: str, answer: Any) -> Iterator[tuple[str, Any]]:
    try:
        found = answer()
    except Exception as error:
        found = f"{type(error).__name__}: {error}"
    yield name, found


def _examples(pack: str) -> list[Any]:
    book = rulebook(pack)
    results = run_all(book.duties, book)
    return [(r.rule, r.name, r.mismatches, [(p.code, p.place) for p in r.problems]) for r in results]


def _sample(name: str) -> list[Any]:
    """All findings of a sample, and the proofs of some."""
    book = rulebook("kosovo")
    zone = ZoneInfo(book.zone)
    folder = ROOT / "samples" / name
    as_of = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["as_of"]
    log = read_logs([folder / "log.jsonl"], book.vocabulary, book.municipalities, zone)
    judgement = evaluate(log.records, book, times.read_time(as_of, zone))
    findings = judgement.findings()
    shown, more = judgement.sample({"violated": 2, "fulfilled": 1, "undetermined": 3})
    proofs = [judgement.explain(finding.id) for finding in findings[::PROVED]]
    return [findings, judgement.problems, judgement.counts(), judgement.assumed_coverage, shown, more, proofs]


def _log(seed: int) -> list[str]:
    return sorted(map(repr, ours(ask(seed, PACKS[seed % len(PACKS)], RECORDS))))


_TEXTS = [
    "2026-03-02", "2026-03-02T10:00", "2026-03-02T10:00:30", "2026-03-02T10:00:30.25", "2026-03-02T10:00Z",
    "2026-03-02T10:00+02:00", "2026-03-29T02:30", "2026-10-25T02:30", "2026-02-29", "1989-12-31",
    "1990-01-01", "2100-12-31", "2101-01-01", "2026-03-02T24:00", "20260302",
    "2026-3-2", " 2026-03-02", "2026-03-29", "2026-10-25", "1990-01-01T00:00+14:00",
    "2100-12-31T23:59-14:00", "2026-03-02T10:00-00:00", "",
]  # fmt: skip


def _times() -> list[Any]:
    zone = ZoneInfo("Europe/Belgrade")
    found: list[Any] = []
    for text in _TEXTS:
        for read in (lambda t: times.read_time(t, zone), lambda t: times.read_interval(f"{t}/2026-06-30")):
            try:
                found.append(repr(read(text)))
            except times.TimeError as error:
                found.append(str(error))
    found += [times.day_bounds(dt.date(2026, 3, 28) + dt.timedelta(days=n), zone) for n in (0, 1, 211, 212)]
    found += [times.instant_text(n * 3_600_000_000 * 1000, zone) for n in (1, 460, 490, 493, 495)]
    return found


def _dates() -> list[Any]:
    book = rulebook("kosovo")
    span = book.calendar_range
    calendar = calendars.Calendar(book.calendar, span.from_, span.to)
    found: list[Any] = []
    for unit in ("calendar-day", "working-day", "week", "month", "year"):
        for n in (0, 1, 3, 7, 30):
            for direction in ("after", "before"):
                for roll in ("none", "forward", "backward"):
                    for clear in (False, True):
                        try:
                            period = calendars.Period(n, unit, direction, roll, clear)
                        except ValueError as error:
                            found.append(str(error))
                            continue
                        for day in _DAYS:
                            found.append(calendars.dues(day, period, calendar))
                            if direction == "before":
                                found.append(calendars.earliest_anchor(day, period, calendar))
                            found += [
                                calendars.derive(day, period, calendar, b) for b in ((0, 2) if n < 8 else ())
                            ]
                            if unit == "working-day":
                                found.append(calendars.dues(day, period, calendar, 5, _stops(day)))
                                found.append(calendars.derive(day, period, calendar, 0, 5, _stops(day)))
    for year in (2012, 2020, 2026, 2030):
        found += [year_days(year, calendar), month_counts(year, calendar)]
    for day in _DAYS:
        found.append(calendars.last_working_day(day, calendar))
        found.append([calendar.working(day, bound) for bound in range(4)] if calendar.covers(day) else None)
        found += [
            calendars.working_days_between(day, day + dt.timedelta(days=n), calendar) for n in (-9, 0, 1, 12)
        ]
    return found


def _stops(day: dt.date) -> tuple[tuple[dt.date, dt.date | None], ...]:
    """Two stops of the clock, the second without end where the day is odd."""
    second = day + dt.timedelta(days=12)
    return (
        (day + dt.timedelta(days=2), day + dt.timedelta(days=5)),
        (second, None if day.day % 2 else second + dt.timedelta(days=3)),
    )


# Beginnings and ends of months and years, days off with those beside them, the edges of the calendar.
_DAYS = [
    dt.date(2009, 1, 1), dt.date(2012, 2, 28), dt.date(2012, 2, 29), dt.date(2015, 12, 31),
    dt.date(2016, 1, 1), dt.date(2020, 5, 22), dt.date(2020, 5, 25), dt.date(2024, 1, 31),
    dt.date(2024, 2, 29), dt.date(2024, 4, 9), dt.date(2024, 4, 10), dt.date(2024, 12, 24),
    dt.date(2025, 2, 17), dt.date(2025, 3, 30), dt.date(2025, 6, 6), dt.date(2026, 3, 20),
    dt.date(2026, 5, 1), dt.date(2026, 11, 27), dt.date(2027, 1, 2), dt.date(2040, 12, 30),
]  # fmt: skip
