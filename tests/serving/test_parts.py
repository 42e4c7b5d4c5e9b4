"""What is shown is put together of municipalities that were judged at different times: it says what judging
all of it at once says.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from transparency_check.checking import Inquiry, answer
from transparency_check.model import Report
from transparency_check.plugins import load_registry
from transparency_check.reports.json import JsonReporter
from transparency_check.serving.part import Part
from transparency_check.serving.state import State

from .made import SESSION, Made, serving, settled, with_register

ROOT = Path(__file__).parents[2]
TOWNS = ("kline", "peje", "gjakove")
DUTIES = ("XK-MTG-001", "XK-MTG-007", "XK-FOI-001", "XK-ACT-001", "TC-REC-001")


def state_of(made: Made) -> State:
    office = made.guard.app.state.office  # type: ignore[attr-defined]
    state: State = office.state
    return state


def written(report: Report) -> dict[str, Any]:
    """A report as JSON, without what lies in the order of the inputs of several logs."""
    stream = io.StringIO()
    JsonReporter().write(report, stream, {})
    return dict(json.loads(stream.getvalue()))


def at_once(made: Made, *names: str, **more: Any) -> dict[str, Any]:
    """The report of all records, judged at once at the moment that the pages tell."""
    snapshot = state_of(made).snapshot
    inquiry = Inquiry(
        logs=names,
        select=more.pop("select", DUTIES),
        as_of=snapshot.answer.as_of.text,
        by_row=True,
        keep_log=True,
        **more,
    )
    return written(answer(inquiry, load_registry()).report)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    with with_register(tmp_path, select=DUTIES) as found:
        yield found


def record(made: Made, event: dict[str, Any]) -> None:
    sent = made.client("recorder").post("/api/events?allow_warnings=true", json=event)
    assert sent.status_code == 201, sent.text


def parts_of(made: Made) -> dict[str, Part]:
    return dict(state_of(made).snapshot.whole.parts)


def test_only_the_municipality_of_a_record_is_judged_anew(made: Made) -> None:
    for n, town in enumerate(TOWNS):
        record(made, {**SESSION, "id": f"e{n}", "municipality": town})
    settled(made)
    before = parts_of(made)
    assert sorted(before) == sorted(TOWNS)
    record(made, {**SESSION, "id": "e9", "municipality": "peje", "case": "assembly-2026-12"})
    settled(made)
    after = parts_of(made)
    assert {town for town in TOWNS if after[town] is not before[town]} == {"peje"}
    assert written(state_of(made).snapshot.whole.report) == at_once(made, str(made.folder / "register.db"))


def test_at_midnight_all_are_judged_anew_and_change_together(made: Made) -> None:
    for n, town in enumerate(TOWNS):
        record(made, {**SESSION, "id": f"e{n}", "municipality": town})
    settled(made)
    before, number = parts_of(made), state_of(made).snapshot.number
    made.clock.now = made.clock.now + dt.timedelta(days=1)
    settled(made)
    after = parts_of(made)
    assert all(after[town] is not before[town] for town in TOWNS)
    assert state_of(made).snapshot.number == number + 1
    assert {part.answer.as_of.day for part in after.values()} == {dt.date(2026, 11, 11)}


def test_what_was_recorded_in_advance_counts_from_its_hour_on(made: Made) -> None:
    """Nothing is recorded then, and nothing falls due."""
    record(made, {**SESSION, "id": "e1"})
    record(
        made,
        {
            "id": "e2",
            "type": "notice.published",
            "municipality": "kline",
            "case": SESSION["case"],
            "time": "2026-11-10T15:00",
            "notice_kind": "meeting",
            "channel": ["website"],
            "languages": ["sq", "sr"],
        },
    )
    settled(made)

    def outcome() -> str:
        whole = state_of(made).snapshot.whole
        return next(f.outcome for f in whole.report.findings if f.rule == "XK-MTG-001")

    assert outcome() == "pending"
    made.clock.now = made.clock.now.replace(hour=15, minute=1)
    settled(made)
    assert outcome() == "fulfilled"


def test_an_event_that_is_moved_to_another_municipality_leaves_the_first(made: Made) -> None:
    for n, town in enumerate(TOWNS):
        record(made, {**SESSION, "id": f"e{n}", "municipality": town})
    settled(made)
    client = made.client("recorder")
    moved = {**SESSION, "id": "e0", "municipality": "peje"}
    sent = client.post("/api/events/e0/correction?reason=wrong+office", json=moved)
    assert sent.status_code == 201, sent.text
    settled(made)
    found = written(state_of(made).snapshot.whole.report)
    assert not [f for f in found["findings"] if f["municipality"] == "kline"]
    assert found == at_once(made, str(made.folder / "register.db"))


def test_who_looked_before_a_record_does_not_hide_it_from_who_looked_after(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = state_of(made)
    state.stop()
    began, go_on = threading.Event(), threading.Event()
    marks = iter(("before the record", "after the record"))

    def mark() -> str:
        found = next(marks)
        if found == "before the record":
            began.set()
            assert go_on.wait(60)
        return found

    monkeypatch.setattr(state.source, "mark", mark)
    monkeypatch.setattr("transparency_check.serving.state._SURELY", 600.0)
    with ThreadPoolExecutor(1) as other:
        slow = other.submit(state._mark, True)
        assert began.wait(60)
        assert state._mark(now=True) == "after the record"
        go_on.set()
        assert slow.result(60) == "before the record"
    assert state._mark() == "after the record"


def test_a_machine_that_forbids_to_give_way_is_judged_on(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "setpriority", refuse)
    state = state_of(made)
    state.stop()
    state._over = False
    state.start()
    made.client("recorder").post("/api/events", json={**SESSION, "id": "more", "case": "another"})
    settled(made)


def test_many_ask_while_one_records(made: Made) -> None:
    """What stands is asked by readers and by the judging of the next at the same time."""
    for n, town in enumerate(TOWNS):
        record(made, {**SESSION, "id": f"e{n}", "municipality": town})
    settled(made)
    whole = state_of(made).snapshot.whole
    addresses = [f"/en/findings/{finding.id}" for finding in whole.report.findings]
    addresses += [f"/en/case?municipality={town}&case={SESSION['case']}" for town in TOWNS]
    addresses += ["/en/exports/report.csv", "/en/", "/api/findings"]

    def ask(number: int) -> set[int]:
        client, draw = made.client("reader"), random.Random(number)
        return {client.get(draw.choice(addresses)).status_code for _ in range(20)}

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, n) for n in range(4)]
        for n in range(3):
            record(made, {**SESSION, "id": f"r{n}", "municipality": "peje", "case": f"assembly-{n}"})
        assert [future.result() for future in asked] == [{200}] * 4
    settled(made)


# What may happen to a register, each drawn by chance.
def _session(made: Made, draw: random.Random, n: int) -> None:
    town, month = draw.choice(TOWNS), draw.randint(11, 12)
    record(
        made,
        {
            **SESSION,
            "id": f"s{n}",
            "municipality": town,
            "case": f"assembly-2026-{month}",
            "planned_at": f"2026-{month}-{draw.randint(20, 28)}T10:00",
        },
    )


def _notice(made: Made, draw: random.Random, n: int) -> None:
    event = {
        "id": f"n{n}",
        "type": "notice.published",
        "municipality": draw.choice(TOWNS),
        "case": f"assembly-2026-{draw.randint(11, 12)}",
        "time": f"2026-11-{draw.randint(5, 10):02}",
        "notice_kind": "meeting",
        "channel": [draw.choice(("website", "notice-board"))],
        "languages": draw.choice((["sq"], ["sq", "sr"])),
    }
    record(made, event)


def _retraction(made: Made, draw: random.Random, n: int) -> None:
    ids = [
        e["id"] for e in made.client("reader").get("/api/events?limit=1000").json()["events"] if e.get("id")
    ]
    if ids:
        made.client("recorder").post(
            f"/api/events/{draw.choice(sorted(ids))}/retraction?reason=entered+by+mistake"
        )


def _later(made: Made, draw: random.Random, n: int) -> None:
    made.clock.now += dt.timedelta(hours=draw.choice((1, 7, 30)))


def _bad_import(made: Made, draw: random.Random, n: int) -> None:
    """A row that cannot be read, left out, of one municipality or of nobody knows which."""
    row = {**SESSION, "id": f"b{n}", "time": "31.31.2026", "municipality": draw.choice((*TOWNS, "nowhere"))}
    client = made.client("recorder")
    sent = client.post("/en/import", files={"file": ("bad.jsonl", json.dumps(row).encode())}, data={})
    key = sent.headers["location"].partition("upload=")[2].partition("&")[0]
    client.get(sent.headers["location"])
    taken = client.post("/en/import/take", data={"upload": key, "skip_bad": "yes"})
    assert "not_done" not in taken.headers["location"]


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_the_parts_say_what_the_whole_says(made: Made, seed: int) -> None:
    draw = random.Random(seed)
    happenings: tuple[Callable[[Made, random.Random, int], None], ...] = (
        _session, _notice, _retraction, _later, _bad_import,
    )  # fmt: skip
    place = str(made.folder / "register.db")
    for n in range(12):
        draw.choices(happenings, (4, 4, 2, 2, 1))[0](made, draw, n)
        settled(made)
        assert written(state_of(made).snapshot.whole.report) == at_once(made, place), n


@pytest.mark.parametrize("name", ["klina/log.jsonl", "commitments", "published-records", "broken"])
def test_logs_are_put_together_as_they_are_judged(tmp_path: Path, name: str) -> None:
    given = str(ROOT / "samples" / name)
    with serving(tmp_path, given, day=20, select=("MTG", "FOI", "REC")) as found:
        report = state_of(found).snapshot.whole.report
        assert written(report) == at_once(found, given, select=("MTG", "FOI", "REC"))
