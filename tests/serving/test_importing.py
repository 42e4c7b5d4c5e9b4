"""Importing by a form: looked at first, recorded when somebody says so, nothing left out in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from transparency_check.serving.uploads import Uploads, file_name

from .made import SESSION, Made, settled, with_register
from .test_recording import entries, words

GOOD = {**SESSION, "id": "e2", "case": "assembly-2026-12", "planned_at": "2026-12-20T10:00"}
BAD = {**SESSION, "id": "e3", "time": "31.31.2026"}


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    with with_register(tmp_path) as found:
        yield found


def lines(*events: dict[str, str]) -> bytes:
    return "".join(json.dumps(event) + "\n" for event in events).encode()


def looked(made: Made, name: str, data: bytes) -> tuple[str, str]:
    """Send a file: what its page says, and the key of the file."""
    client = made.client("recorder")
    answer = client.post("/en/import", files={"file": (name, data)}, data={"municipality": "kline"})
    assert answer.status_code == 303, words(answer.text)
    address = answer.headers["location"]
    assert address.startswith("/en/import/look?upload=")
    page = client.get(address)
    assert page.status_code == 200
    return page.text, address.partition("upload=")[2].partition("&")[0]


def test_a_file_is_shown_before_it_is_recorded(made: Made) -> None:
    page, key = looked(made, "log.jsonl", lines(SESSION, GOOD))
    assert "2 events can be recorded." in words(page) and "A meeting was convened" in words(page)
    assert entries(made) == []
    done = made.client("recorder").post("/en/import/take", data={"upload": key, "municipality": "kline"})
    assert done.status_code == 303
    assert "2 records were added." in words(made.client("recorder").get(done.headers["location"]).text)
    assert [e.event_id for e in entries(made)] == ["e1", "e2"]
    assert {e.entered_by for e in entries(made)} == {"Regjistri"}


def test_problems_are_shown_with_their_places(made: Made) -> None:
    page, key = looked(made, "log.jsonl", lines(SESSION, BAD))
    assert "log.jsonl:2" in words(page) and "31.31.2026" in words(page)
    assert "/tmp" not in page and key in page
    client = made.client("recorder")
    refused = client.post("/en/import/take", data={"upload": key})
    assert entries(made) == []
    again = client.get(refused.headers["location"])
    assert "Nothing was recorded" in words(again.text)
    done = client.post("/en/import/take", data={"upload": key, "skip_bad": "yes"})
    assert "1 row was left out." in words(client.get(done.headers["location"]).text)
    assert "1 row that an import left out" in words(client.get("/en/events").text)
    settled(made)
    assert "could not be read in full" in words(client.get("/en/").text)


def test_the_same_file_again_adds_nothing(made: Made) -> None:
    client = made.client("recorder")
    for _ in range(2):
        _, key = looked(made, "log.jsonl", lines(SESSION))
        done = client.post("/en/import/take", data={"upload": key})
    assert "1 event was there already" in words(client.get(done.headers["location"]).text)
    assert len(entries(made)) == 1


def test_the_workbook_of_the_template_can_be_imported(made: Made) -> None:
    from transparency_check.spreadsheets.template import workbook

    office = made.guard.app.state.office  # type: ignore[attr-defined]
    book = office.state.snapshot.answer.rulebook
    row = {
        "type": "meeting.held",
        "time": "2026-11-05",
        "municipality": "kline",
        "case": "x",
        "body": "assembly",
        "meeting_type": "session",
    }
    page, _ = looked(made, "register.xlsx", workbook(book, "kline", [row]))
    assert "1 event can be recorded." in words(page)
    empty = made.client("recorder").get("/sq/exports/template.xlsx?municipality=kline")
    assert empty.status_code == 200 and empty.content[:2] == b"PK"


WRONG = {
    "no file": ("", b"", "Choose a file"),
    "an empty one": ("log.jsonl", b"", "Choose a file"),
    "no log": ("virus.exe", b"MZ", "has to end in one of these"),
    "a register": ("register.db", b"SQLite format 3", "has to end in one of these"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_log_is_refused(made: Made, case: str) -> None:
    name, data, said = WRONG[case]
    files = {"file": (name, data)} if name else None
    answer = made.client("recorder").post("/en/import", files=files, data={"municipality": ""})
    assert answer.status_code == 422 and said in words(answer.text)
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(
    ("name", "data"),
    [("broken.xlsx", b"PK\x03\x04 not a workbook"), ("broken.json", b"{"), ("broken.csv", b"a;b\n1;2\n")],
)
def test_a_broken_file_is_told_and_never_recorded(made: Made, name: str, data: bytes) -> None:
    page, key = looked(made, name, data)
    assert "Traceback" not in page and "events can be recorded" not in words(page)
    assert "This file cannot be imported as it is." in words(page) and "/tmp" not in page
    made.client("recorder").post("/en/import/take", data={"upload": key, "skip_bad": "yes"})
    assert entries(made) == [] or all(not e.event for e in entries(made))


def test_a_file_is_only_for_who_sent_it(made: Made) -> None:
    _, key = looked(made, "log.jsonl", lines(SESSION))
    other = made.client("admin")
    assert other.get(f"/en/import/look?upload={key}").status_code == 404
    assert other.post("/en/import/take", data={"upload": key}).status_code == 404
    assert entries(made) == []


def test_files_are_dropped_after_a_while() -> None:
    seconds = [0.0]
    uploads = Uploads(lambda: seconds[0])
    try:
        key = uploads.keep("a.csv", b"x", "Arta")
        kept = uploads.of(key, "Arta")
        assert kept is not None and kept.path.read_bytes() == b"x"
        seconds[0] = 3601.0
        assert uploads.of(key, "Arta") is None
        uploads.keep("b.csv", b"y", "Arta")
        assert not kept.path.exists()
        keys = [uploads.keep("c.csv", b"z", "Arta") for _ in range(25)]
        assert uploads.of(keys[0], "Arta") is None and uploads.of(keys[-1], "Arta") is not None
    finally:
        uploads.close()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("register.xlsx", "register.xlsx"),
        ("C:\\Users\\me\\regjistri 2026.xlsx", "regjistri 2026.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("..", "log"),
        ("", "log"),
        ("a\x00b\u202e.csv", "a_b_.csv"),
        ("<script>.csv", "_script_.csv"),
    ],
)
def test_names_of_files_are_made_plain(given: str, kept: str) -> None:
    assert file_name(given) == kept
