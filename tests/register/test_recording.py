"""`record`: what is recorded, acknowledged, refused. Each in a file and in PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from register.conftest import Run
from register.made_registers import entries, events

Done = Callable[..., str]
MEETING = (
    "meeting.scheduled",
    "time=2026-11-02",
    "municipality=kline",
    "case=c1",
    "body=assembly",
    "meeting_type=session",
    "session_kind=ordinary",
    "planned_at=2026-11-27T10:00",
    "id=e1",
)
NOTICE = (
    "notice.published",
    "time=2026-11-17T09:30",
    "municipality=kline",
    "case=c1",
    "notice_kind=meeting",
    "channel=website",
)
BY = ("--by", "A. Krasniqi")


@pytest.fixture
def begun(place: str, done: Done, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty register, which the environment names."""
    monkeypatch.setenv("TRANSPARENCY_CHECK_REGISTER", place)
    assert "is made" in done("register", "init")
    return place


def test_an_event_is_recorded_and_acknowledged(begun: str, done: Done) -> None:
    said = done("record", *MEETING, *BY)
    (entry,) = entries(begun)
    assert f"#{entry.seq}, id e1. Hash: {entry.hash}" in said
    assert (entry.seq, entry.kind, entry.entered_by, entry.follows) == (1, "recorded", "A. Krasniqi", None)
    assert json.loads(entry.event) == {
        "body": "assembly",
        "case": "c1",
        "id": "e1",
        "meeting_type": "session",
        "municipality": "kline",
        "planned_at": "2026-11-27T10:00",
        "recorded_at": entry.entered_at,
        "session_kind": "ordinary",
        "time": "2026-11-02",
        "type": "meeting.scheduled",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            [
                "Mbledhja u caktua",
                "data=2026-11-02",
                "Komuna=Klinë",
                "body=assembly",
                "meeting_type=session",
                "planned_at=2026-11-27",
            ],
            {"type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline"},
            id="Albanian words",
        ),
        pytest.param(
            [*NOTICE[:-1], "channel=website;notice-board", "languages=sq;sr"],
            {"channel": ["notice-board", "website"], "languages": ["sq", "sr"]},
            id="lists",
        ),
        pytest.param(
            [*NOTICE, 'note=  két sor: "ë" ; x=y '], {"note": '  két sor: "ë" ; x=y '}, id="text with marks"
        ),
        pytest.param([*NOTICE, "related=c2;c3"], {"related": ["c2", "c3"]}, id="related cases"),
    ],
)
def test_values_are_kept_in_their_exact_form(
    begun: str, done: Done, given: list[str], expected: dict[str, Any]
) -> None:
    done("record", *given, *BY)
    (event,) = events(begun)
    assert {key: event.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(
            ["meeting.sheduled", *MEETING[1:]],
            "no event type meeting.sheduled. Did you mean meeting.scheduled",
            id="event type",
        ),
        pytest.param([*MEETING, "boddy=assembly"], "no field boddy. Did you mean body", id="field"),
        pytest.param([*MEETING[:-4], "session_kind=ordinari"], "ordinary", id="choice"),
        pytest.param(
            [MEETING[0], "time=02/11/2026", *MEETING[2:]], "write 2026-11-02 (day first)", id="time"
        ),
        pytest.param([MEETING[0], *MEETING[2:]], "time", id="no time"),
        pytest.param(
            [*MEETING[:2], "municipality=Klin", *MEETING[3:]], "Did you mean Klinë", id="municipality"
        ),
        pytest.param([*MEETING[:3], *MEETING[4:6]], "planned_at", id="missing attribute"),
        pytest.param([*MEETING, "channel=website"], "channel", id="attribute of another event"),
        pytest.param([*MEETING, "note=a", "note=b"], "given twice", id="twice"),
        pytest.param([*MEETING, "e1"], "no field with a value", id="no value"),
        pytest.param([*MEETING[1:]], "event type", id="no event type"),
        pytest.param([], "what is to be recorded", id="nothing"),
        pytest.param([*MEETING, "recorded_at=2026-11-02"], "recorded_at cannot be given", id="entry"),
        pytest.param([*MEETING, "retracted=true"], "--retract", id="withdrawn from the start"),
        pytest.param([*MEETING, "--settles", "1"], "no left-out row 1", id="nothing to settle"),
        pytest.param([*MEETING, "--correct", "a", "--retract", "b"], "do not go together", id="both"),
        pytest.param(["--retract", "e1"], "--reason", id="no reason"),
        pytest.param([*MEETING, "--correct", "e9"], "no event e9", id="nothing to correct"),
        pytest.param([*MEETING, "--reason", " "], "--reason needs a text", id="empty reason"),
        pytest.param([*MEETING, "--reason", "a\u202eb"], "control characters", id="reason that turns"),
    ],
)
def test_what_cannot_be_recorded_is_refused(begun: str, run: Run, given: list[str], said: str) -> None:
    result = run("record", *given, *BY)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert entries(begun) == []


def test_what_is_warned_of_is_recorded_where_that_is_wanted(begun: str, done: Done) -> None:
    done("record", *MEETING[:3], *MEETING[4:6], "--allow-warnings", *BY)
    assert len(entries(begun)) == 1


def test_who_enters_it_is_asked_for(begun: str, run: Run) -> None:
    result = run("record", *MEETING)
    assert result.exit_code == 2 and "--by" in result.stderr


def test_the_same_again_is_recorded_once(begun: str, done: Done) -> None:
    first = done("record", *NOTICE, *BY)
    second = done("record", *NOTICE, "--by", "another")
    assert "Recorded before" in second
    assert first.split("Hash: ")[1] == second.split("Hash: ")[1]
    assert len(entries(begun)) == 1


def test_an_id_that_is_there_is_no_new_event(begun: str, run: Run, done: Done) -> None:
    done("record", *MEETING, *BY)
    result = run("record", *NOTICE, "id=e1", *BY)
    assert result.exit_code == 2
    assert "--correct e1" in result.stderr


def test_a_correction_is_a_record_of_its_own(begun: str, done: Done) -> None:
    done("record", *MEETING, "note=to go", *BY)
    done("record", "--correct", "e1", "Data=2026-11-03", "note=", "--reason", "misread", "--by", "B")
    first, second = entries(begun)
    assert (second.kind, second.follows, second.reason, second.entered_by) == (
        "correction",
        1,
        "misread",
        "B",
    )
    before, after = json.loads(first.event), json.loads(second.event)
    assert after == {k: v for k, v in before.items() if k != "note"} | {
        "time": "2026-11-03",
        "recorded_at": second.entered_at,
    }
    assert before["recorded_at"] < after["recorded_at"]


def test_a_withdrawal_is_a_record_of_its_own(begun: str, run: Run, done: Done) -> None:
    done("record", *MEETING, *BY)
    done("record", "--retract", "e1", "--reason", "entered twice", *BY)
    first, second = entries(begun)
    assert (second.kind, second.follows, second.reason) == ("retraction", 1, "entered twice")
    assert json.loads(second.event) == json.loads(first.event) | {
        "retracted": True,
        "recorded_at": second.entered_at,
    }
    again = run("record", "--retract", "e1", "--reason", "entered twice", *BY)
    assert again.exit_code == 2 and "withdrawn before, by record #2" in again.stderr


def test_a_corrected_event_that_was_withdrawn_counts_again(begun: str, done: Done) -> None:
    done("record", *MEETING, *BY)
    done("record", "--retract", "e1", "--reason", "entered twice", *BY)
    done("record", "--correct", "e1", "--reason", "it was not", *BY)
    assert [event.get("retracted") for event in events(begun)] == [None, True, None]


def test_a_wrong_id_brings_the_nearest(begun: str, run: Run, done: Done) -> None:
    done("record", *MEETING[:-1], "id=meeting-2026-11", *BY)
    result = run("record", "--correct", "meeting-2026-12", "time=2026-11-03", *BY)
    assert "no event meeting-2026-12" in result.stderr
    assert "Did you mean meeting-2026-11" in result.stderr


def test_an_event_without_id_is_corrected_by_the_one_it_got(begun: str, done: Done) -> None:
    said = done("record", *NOTICE, *BY)
    id_ = said.split("id ")[1].split(".")[0]
    assert id_.startswith("x-")
    done("record", "--correct", id_, "time=2026-11-18T09:30", *BY)
    assert [event["id"] for event in events(begun)] == [id_, id_]


@pytest.mark.parametrize(
    ("back", "code", "said"),
    [
        pytest.param(30, 0, "", id="less than a minute"),
        pytest.param(300, 2, "set the clock", id="five minutes"),
    ],
)
def test_a_clock_that_is_behind(
    begun: str, run: Run, done: Done, clock: Any, back: int, code: int, said: str
) -> None:
    import datetime as dt

    done("record", *MEETING, *BY)
    clock.now -= dt.timedelta(seconds=60 + back)
    result = run("record", *NOTICE, *BY)
    assert result.exit_code == code and said in result.stderr
    moments = [entry.entered_at for entry in entries(begun)]
    assert moments == sorted(set(moments))


def test_the_history_shows_who_recorded_what_when_and_why(begun: str, done: Done) -> None:
    done("record", *MEETING, *BY)
    done("record", *NOTICE, *BY)
    done("record", "--correct", "e1", "time=2026-11-03", "--reason", "misread", "--by", "B. Berisha")
    shown = done("register", "history")
    for part in ("#1", "#3", "A. Krasniqi", "B. Berisha", "misread", "correction of #1", "meeting.scheduled"):
        assert part in shown
    told = json.loads(done("register", "history", "e1", "--format", "json"))
    assert [entry["seq"] for entry in told["entries"]] == [1, 3]
    assert told["head"] == f"3:{told['entries'][-1]['hash']}"
    last = json.loads(done("register", "history", "--last", "1", "--format", "json"))
    assert [entry["seq"] for entry in last["entries"]] == [3] and last["left"] == 2


def test_a_missing_register_is_told(run: Run) -> None:
    result = run("record", *MEETING, *BY)
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: register.db: there is no such register. Make one with transparency-check register init.\n"
    )


def test_a_register_is_made_once(begun: str, run: Run, done: Done) -> None:
    done("record", *MEETING, *BY)
    again = run("register", "init")
    assert again.exit_code == 2 and "a register already" in again.stderr
    assert len(entries(begun)) == 1
