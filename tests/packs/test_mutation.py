"""Mutants of examples and numbers: which there are, which are killed, and that company changes none of it."""

# Logs and expectations stand on lines of their own, however long.
# ruff: noqa: E501

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from packs.small_pack import DUTY_FILE, FILES, SECOND_FILE, write
from transparency_check.cli import application
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Duty
from transparency_check.trials import mutation
from transparency_check.trials.mutation import Mutation, changed_numbers, mutate, shifted

SCHEDULED = "{id: e1, type: meeting.scheduled, time: 2026-11-02, municipality: kline, case: c1, body: assembly, planned_at: 2026-11-27}"
NOTICE = "{id: e2, type: notice.published, time: 2026-11-17, municipality: kline, case: c1, channel: [website]}"
EXAMPLES = f"""\
examples:
  - name: on the last day
    as_of: 2026-12-01
    events: [{SCHEDULED}, {NOTICE}]
    expect: [{{case: c1, outcome: fulfilled, due: 2026-11-18}}]
  - name: not as expected
    as_of: 2026-12-01
    events: [{SCHEDULED}]
    expect: [{{case: c1, outcome: fulfilled}}]
"""
PACK = {**FILES, DUTY_FILE: FILES[DUTY_FILE] + EXAMPLES}


@pytest.mark.parametrize(
    ("time", "others"),
    [
        ("2026-03-01", ["2026-02-28", "2026-03-02"]),
        ("2026-03-01T00:30", ["2026-02-28T00:30", "2026-03-02T00:30", "2026-02-28T23:30", "2026-03-01T01:30"]),
        ("2026-03-01T10:00:05+01:00", ["2026-02-28T10:00:05+01:00", "2026-03-02T10:00:05+01:00", "2026-03-01T09:00:05+01:00", "2026-03-01T11:00:05+01:00"]),
        ("2026-02-30", []),
        ("01.03.2026", []),
        ("", []),
    ],
)  # fmt: skip
def test_times_beside_a_time(time: str, others: list[str]) -> None:
    assert shifted(time) == others


def duty(**parts: object) -> Duty:
    whole = {
        "id": "XX-ABC-001",
        "title": {"en": "A"},
        "area": "ABC",
        "bearer": "B",
        "severity": "violation",
        "trigger": {"event": "a.b"},
        "requires": {"event": "c.d"},
        "deadline": {"after": "time", "n": 7},
        "versions": [{"instrument": "i", "confidence": "verified"}],
    }
    whole = {key: value for key, value in {**whole, **parts}.items() if value is not None}
    return Duty.model_validate(whole)


@pytest.mark.parametrize(
    ("parts", "numbers"),
    [
        ({}, ["deadline.n 7 6", "deadline.n 7 8"]),
        ({"deadline": {"after": "time", "n": 0}}, []),
        ({"deadline": {"after": "time", "n": "unknown"}}, []),
        ({"versions": [{"instrument": "i", "confidence": "verified", "n": 5}]}, ["versions[0].n 5 4", "versions[0].n 5 6"]),
        (
            {"readings": [{"name": "a", "source": "s"}, {"name": "b", "source": "s", "deadline": {"n": 9}}]},
            ["deadline.n 7 6", "deadline.n 7 8", "readings[b].deadline.n 9 8", "readings[b].deadline.n 9 10"],
        ),
        (
            {"readings": [{"name": "b", "source": "s", "deadline": {"n": 9}}]},
            ["readings[b].deadline.n 9 8", "readings[b].deadline.n 9 10"],
        ),
        (
            {"trigger": None, "requires": None, "deadline": None, "count": {"event": "a.b", "per": "year", "at_least": 2}},
            ["count.at_least 2 1", "count.at_least 2 3"],
        ),
        (
            {"requires": None, "deadline": None, "open_for": {"n": 3, "unit": "month", "closed_by": "c.d"}},
            ["open_for.n 3 2", "open_for.n 3 4"],
        ),
    ],
    ids=["deadline", "an order", "unknown", "version", "one reading", "every reading", "count", "duration"],
)  # fmt: skip
def test_numbers_that_are_judged_by(parts: dict[str, object], numbers: list[str]) -> None:
    found = [m for m, _ in changed_numbers(duty(**parts))]
    assert [f"{m.subject} {m.was} {m.becomes}" for m in found] == numbers
    assert all(m.example is None for m in found)


def test_what_survives(tmp_path: Path) -> None:
    book = load_rulebook([str(write(tmp_path, PACK))], cache=False)
    (first,) = mutate(book.duties, book)
    scheduled, notice = "e1 meeting.scheduled", "e2 notice.published"
    name = "on the last day"
    assert first.rule == "XK-MTG-001"
    assert first.failing == ["not as expected"]
    # 17 November is the last day of the stricter reading; scheduling a day apart moves nothing.
    plan, published = "meeting.scheduled", "notice.published"
    assert set(first.survivors) == {
        (Mutation(name, scheduled, "2026-11-02", "2026-11-01", plan, "day_earlier"), "time_not_asked"),
        (Mutation(name, scheduled, "2026-11-02", "2026-11-03", plan, "day_later"), "time_not_asked"),
        (Mutation(name, notice, "2026-11-17", "2026-11-16", published, "day_earlier"), None),
    }
    assert (first.mutants, first.killed) == (8, 5)


def test_company_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    second = f"""\
examples:
  - name: after a missed notice
    as_of: 2027-02-01
    events: [{SCHEDULED}, "{{id: e3, type: meeting.held, time: 2026-12-18, municipality: kline, case: c1}}"]
    expect: [{{rule: XK-MTG-001, outcome: violated}}, {{outcome: fulfilled, due: 2026-12-18}}]
""".replace('"', "")
    files = {**PACK, SECOND_FILE: FILES[SECOND_FILE] + second}
    book = load_rulebook([str(write(tmp_path, files))], cache=False)
    # The one that stands on the other, whose own examples are no part of it.
    duties = [duty for duty in book.duties if duty.id == "XK-MTG-002"]
    (together,) = mutate(duties, book)
    monkeypatch.setattr(mutation, "judge_together", lambda trials, book: [None] * len(trials))
    assert mutate(duties, book) == [together]
    assert together.failing == []
    assert together.killed > 2


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(application, ["rules", "mutate", *args])
    return result.exit_code, result.stdout


def test_the_command(tmp_path: Path) -> None:
    pack = str(write(tmp_path, PACK))
    code, table = run("--pack", pack, "--no-plugins")
    assert code == 1
    lines = table.splitlines()
    assert lines[2].split() == ["XK-MTG-001", "8", "5", "2", "87.5", "%"]
    assert 'XK-MTG-001, example "not as expected": does not hold as it is, so it was left out.' in lines
    assert 'XK-MTG-001, example "on the last day": the same with e2 notice.published 2026-11-17 -> 2026-11-16' in lines
    assert lines[-1] == "5 of 8 mutants killed, 2 survive for a reason: 87.5 %."
    code, text = run("--pack", pack, "--no-plugins", "--format", "json")
    (found,) = json.loads(text)
    assert list(found) == ["rule", "mutants", "killed", "explained", "share", "survivors", "failing"]
    assert (code, found["share"]) == (1, 0.875)
    assert list(found["survivors"][0]) == ["example", "subject", "was", "becomes", "reason"]


def test_nothing_to_mutate(tmp_path: Path) -> None:
    pack = str(write(tmp_path, FILES))
    assert run("--pack", pack, "--no-plugins") == (5, "The chosen duties have no examples.\n")
