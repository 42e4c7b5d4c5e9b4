"""Import: all or nothing, nothing twice, nothing lost. Each in a file and in PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from register.conftest import Run
from register.made_registers import (
    HELD,
    ID,
    NOTICE,
    SCHEDULED,
    START,
    entries,
    events,
    imported,
    log,
)
from transparency_check.readers.location import located
from transparency_check.register.store import Register, create

Done = Callable[..., str]
BAD = {**NOTICE, "id": "bad", "time": "17/11/2026"}


@pytest.fixture
def begun(place: str) -> str:
    """An empty register."""
    create(located(place), ID, START)
    return place


def without(event: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key not in keys}


def test_events_are_recorded_as_they_stand(begun: str, tmp_path: Path) -> None:
    done = imported(begun, [log(tmp_path / "log.jsonl", SCHEDULED, NOTICE)])
    assert (done.recorded, done.corrections, done.known) == (2, 0, 0)
    assert events(begun) == [SCHEDULED, NOTICE]
    assert [(e.entered_by, e.origin, e.kind) for e in entries(begun)] == [
        ("B. Berisha", f"{tmp_path.as_posix()}/log.jsonl:{n}", "recorded") for n in (1, 2)
    ]


def test_the_same_file_again_adds_nothing(begun: str, tmp_path: Path) -> None:
    path = log(
        tmp_path / "log.jsonl",
        SCHEDULED,
        without(NOTICE, "id"),
        {**HELD, "recorded_at": "2026-11-28T10:00"},
        {"type": "parking.fined", "time": "2026-11-02", "municipality": "kline"},
        without({**NOTICE, "time": "2026-11-29"}, "id"),
    )
    assert imported(begun, [path]).recorded == 5
    before = entries(begun)
    again = imported(begun, [path], minute=5)
    assert (again.recorded, again.known) == (0, 5)
    assert entries(begun) == before
    assert again.head is not None and again.head.count == 5


def test_the_same_rows_in_another_format_are_there_already(begun: str, tmp_path: Path) -> None:
    imported(begun, [log(tmp_path / "log.jsonl", SCHEDULED)])
    path = tmp_path / "log.csv"
    path.write_text(
        "Ngjarja;Data;Komuna;Lënda;body;meeting_type;session_kind;planned_at;id\n"
        "Mbledhja u caktua;2026-11-02;Klinë;c1;assembly;session;ordinary;2026-11-27T10:00;e1\n"
    )
    assert imported(begun, [str(path)], 1).known == 1


@pytest.mark.parametrize(
    ("first", "second", "kinds", "recorded"),
    [
        pytest.param(
            NOTICE, {**NOTICE, "channel": ["media"]}, ["recorded", "correction"], True, id="other content"
        ),
        pytest.param(NOTICE, {**NOTICE, "retracted": True}, ["recorded", "retraction"], True, id="withdrawn"),
        pytest.param(
            NOTICE,
            {**NOTICE, "channel": ["media"], "recorded_at": "2026-11-20"},
            ["recorded", "correction"],
            False,
            id="with a moment of its own",
        ),
    ],
)
def test_other_content_for_an_id_is_a_correction_of_now(
    begun: str,
    tmp_path: Path,
    first: dict[str, Any],
    second: dict[str, Any],
    kinds: list[str],
    recorded: bool,
) -> None:
    imported(begun, [log(tmp_path / "a.jsonl", first)])
    done = imported(begun, [log(tmp_path / "b.jsonl", second)], 1)
    assert done.corrections == 1
    found = entries(begun)
    assert [e.kind for e in found] == kinds
    assert found[1].follows == 1
    stated = json.loads(found[1].event)["recorded_at"]
    assert stated == (found[1].entered_at if recorded else second["recorded_at"])


def test_what_happened_today_without_a_time_is_entered_now(begun: str, tmp_path: Path) -> None:
    """Else it would count as entered by midnight, and could be corrected tomorrow only."""
    today = {**NOTICE, "time": "2026-11-29"}
    imported(begun, [log(tmp_path / "a.jsonl", today, {**NOTICE, "id": "e9", "time": "2026-11-28"})])
    first, second = entries(begun)
    assert json.loads(first.event)["recorded_at"] == first.entered_at
    assert "recorded_at" not in json.loads(second.event)
    assert imported(begun, [log(tmp_path / "b.jsonl", {**today, "channel": ["media"]})], 5).corrections == 1


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        pytest.param([SCHEDULED, BAD], ["bad.jsonl:2"], id="time"),
        pytest.param(
            [NOTICE, {**NOTICE, "channel": ["media"]}], ["bad.jsonl:1", "bad.jsonl:2"], id="contradiction"
        ),
        pytest.param([SCHEDULED, {**NOTICE, "municipality": "Klin"}], ["bad.jsonl:2"], id="municipality"),
    ],
)
def test_nothing_is_imported_with_bad_rows(
    begun: str, run: Run, tmp_path: Path, rows: list[dict[str, Any]], places: list[str]
) -> None:
    log(tmp_path / "bad.jsonl", *rows)
    log(tmp_path / "good.jsonl", HELD)
    result = run("register", "import", "bad.jsonl", "good.jsonl", "--register", begun, "--by", "B")
    assert result.exit_code == 2
    told = [line for line in result.stderr.splitlines() if line.startswith("Error: bad.jsonl")]
    assert [line.removeprefix("Error: ").split(": ")[0] for line in told] == places
    assert "nothing was imported" in result.stderr
    assert entries(begun) == []


def test_bad_rows_are_left_out_where_that_is_wanted(begun: str, run: Run, done: Done, tmp_path: Path) -> None:
    log(tmp_path / "log.jsonl", SCHEDULED, BAD, HELD)
    said = done("register", "import", "log.jsonl", "--register", begun, "--by", "B", "--skip-bad")
    assert "2 events recorded" in said and "1 row was left out" in said
    with Register(located(begun)) as register, register.reading() as reading:
        (left,) = reading.left_out()
    assert (left.n, left.place, left.code) == (1, "log.jsonl:2", "bad_time")
    assert json.loads(left.content) == BAD
    assert json.loads(left.parts) == {"type": "notice.published", "municipality": "kline", "case": "c1"}
    shown = json.loads(done("register", "verify", "--register", begun, "--format", "json"))
    assert shown["left_out"] == {"rows": 1, "unsettled": 1} and shown["whole"]


def test_a_row_that_was_left_out_weighs_until_it_is_settled(
    begun: str, run: Run, done: Done, tmp_path: Path
) -> None:
    """Semantics 4.21: a row that cannot be read may be the notice; without it there would be a violation."""
    log(tmp_path / "log.jsonl", SCHEDULED, BAD)
    check = ("check", "--as-of", "2026-12-01", "--select", "XK-MTG-001", "--format", "json")
    of_log = run(*check, "log.jsonl")
    done("register", "import", "log.jsonl", "--register", begun, "--by", "B", "--skip-bad")
    of_register = run(*check, begun)
    assert of_log.exit_code == of_register.exit_code == 2
    (logged,), (kept,) = (json.loads(r.stdout)["findings"] for r in (of_log, of_register))
    assert (logged["outcome"], logged["reasons"]) == ("undetermined", ["unreadable_record"])
    assert (kept["outcome"], kept["reasons"]) == (logged["outcome"], logged["reasons"])
    assert [p["code"] for p in json.loads(of_register.stdout)["problems"]] == ["left_out"]

    notice = [f"{k}={';'.join(v) if isinstance(v, list) else v}" for k, v in NOTICE.items() if k != "type"]
    record = ("record", "notice.published", *notice, "--settles", "1", "--by", "B", "--register", begun)
    done(*record)
    settled = run(*check, begun, "--known-at", "2026-12-01")
    assert settled.exit_code == 0
    assert [f["outcome"] for f in json.loads(settled.stdout)["findings"]] == ["fulfilled"]


def test_a_row_that_is_no_event_is_settled_with_a_reason(
    begun: str, run: Run, done: Done, tmp_path: Path
) -> None:
    (tmp_path / "log.jsonl").write_text(json.dumps(SCHEDULED) + "\nthis is no row\n")
    done("register", "import", "log.jsonl", "--register", begun, "--by", "B", "--skip-bad")
    assert run("record", "--settles", "1", "--by", "B", "--register", begun).exit_code == 2
    said = done("record", "--settles", "1", "--reason", "a remark", "--by", "B", "--register", begun)
    assert "#2: the row is settled" in said
    again = run("record", "--settles", "1", "--reason", "a remark", "--by", "B", "--register", begun)
    assert again.exit_code == 2 and "no left-out row 1" in again.stderr
    check = run("check", begun, "--as-of", "2026-12-01", "--select", "XK-MTG-001", "--format", "json")
    assert json.loads(check.stdout)["problems"] == []
    assert json.loads(check.stdout)["inputs"][0]["events"] == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"a,b\n1,2\n", id="no headers"),
        pytest.param(b"\x1f\x8b\x08damaged", id="damaged packing"),
    ],
)
def test_a_file_that_is_no_log_is_never_left_out(
    begun: str, run: Run, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / ("log.csv.gz" if content.startswith(b"\x1f") else "log.csv")
    path.write_bytes(content)
    log(tmp_path / "good.jsonl", HELD)
    result = run("register", "import", path.name, "good.jsonl", "--register", begun, "--by", "B")
    assert result.exit_code == 2
    assert entries(begun) == []


def test_declarations_beside_a_log_are_imported_with_it(begun: str, tmp_path: Path) -> None:
    log(tmp_path / "log.jsonl", without(SCHEDULED, "municipality", "type") | {"Lloji": "Seancë"})
    (tmp_path / "log.jsonl.meta.yaml").write_text(
        "municipality: kline\ncolumns: {Lloji: type}\nvalues: {type: {Seancë: meeting.scheduled}}\n"
        "coverage: [{period: 2026-01-01/2026-12-31, event_families: [meeting, notice]}]\n"
    )
    imported(begun, [str(tmp_path / "log.jsonl")])
    first, declared = events(begun)
    assert first == SCHEDULED
    assert without(declared, "id") == {
        "type": "coverage.declared",
        "time": "2026-01-01",
        "municipality": "kline",
        "period": "2026-01-01/2026-12-31",
        "event_families": ["meeting", "notice"],
    }


def test_what_is_not_known_is_kept_as_it_was_written(begun: str, tmp_path: Path) -> None:
    odd = {
        **NOTICE,
        "Nr. i protokollit": 12,
        "numbers": [1.5, None, {"a": True}],
        "channel": ["webpage"],
        "votes_for": "many",
        "source": "https://example.org/?a=b",
        "note": "  ë  ",
    }
    foreign = {"type": "parking.fined", "time": "?", "amount": 20}
    imported(begun, [log(tmp_path / "log.jsonl", odd, foreign)])
    assert events(begun) == [odd, foreign]


def test_a_failed_formula_is_no_value_that_can_be_kept(begun: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("type,time,municipality,case,place\nmeeting.held,2026-11-02,kline,c1,#REF!\n")
    done = imported(begun, [str(path)])
    assert done.head is None
    assert [p.code for p in done.intake.bad[0].problems if p.severity == "error"] == ["not_kept"]


def test_a_register_is_imported_into_another(begun: str, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    create(located(other), "other", START)
    imported(other, [log(tmp_path / "log.jsonl", SCHEDULED, NOTICE)])
    assert imported(begun, [other]).recorded == 2
    assert events(begun) == [SCHEDULED, NOTICE]
    assert [e.origin for e in entries(begun)] == [f"{Path(other).as_posix()}#{n}" for n in (1, 2)]
