"""Rows that an import left out: each is listed, and settled by an event or by a reason alone."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from transparency_check.readers.location import located
from transparency_check.register.store import LeftOut, Register
from transparency_check.serving.left_rows import RowReading, content_of

from .made import SESSION, Made, settled, with_register
from .test_recording import entries, words

LIST = "/en/events/left-out"
# A notice whose day there is not, and a line that is no event at all.
BAD = {
    "type": "notice.published", "time": "31.11.2026", "municipality": "kline", "case": "assembly-2026-11",
    "notice_kind": "meeting", "channel": ["website", "notice-board"], "languages": ["sq", "sr"],
}  # fmt: skip
REMARK = '"a remark of the archive"'


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """A register into which a file was imported without its two bad rows."""
    with with_register(tmp_path, SESSION) as found:
        client = found.client("recorder")
        good = {**SESSION, "id": "e9", "case": "assembly-2026-12", "planned_at": "2026-12-20T10:00"}
        data = "\n".join([json.dumps(good), json.dumps(BAD), REMARK, ""]).encode()
        answer = client.post("/en/import", files={"file": ("log.jsonl", data)}, data={"municipality": ""})
        key = answer.headers["location"].partition("upload=")[2].partition("&")[0]
        client.get(answer.headers["location"])
        done = client.post("/en/import/take", data={"upload": key, "skip_bad": "yes"})
        page = client.get(done.headers["location"]).text
        assert "2 rows were left out." in words(page) and f'href="{LIST}"' in page
        settled(found)
        yield found


def left(made: Made) -> list[LeftOut]:
    with Register(located(str(made.folder / "register.db"))) as register, register.reading() as reading:
        return reading.left_out()


def form(page: str) -> dict[str, Any]:
    """What the form of a page would send, as it is filled."""
    found: dict[str, Any] = {}
    body = page[page.index('<form action="/en/') : page.index("</form>")]
    for tag in re.findall(r"<input[^>]*>", body):
        given = {k: html.unescape(v) for k, v in re.findall(r'(\w+)="([^"]*)"', tag)}
        if given.get("type") in ("checkbox", "radio"):
            if " checked" in tag:
                found.setdefault(given["name"], []).append(given["value"])
        else:
            found[given["name"]] = given["value"]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def link(client: TestClient, said: str) -> str:
    """Where a link of the list leads to."""
    found = re.search(rf'<a href="([^"]*)">{said}</a>', client.get(LIST).text)
    assert found, said
    return html.unescape(found[1])


def test_every_row_is_listed_with_what_stands_there_and_what_is_wrong(made: Made) -> None:
    page = words(made.client("recorder").get(LIST).text)
    assert "2 rows" in page and "log.jsonl:2" in page and "log.jsonl:3" in page
    assert "31.11.2026" in page and "a remark of the archive" in page
    assert "is not written as a date is read" in page and "this is a text, not a record" in page
    # What is wrong is told without the folder in which the file lay.
    assert "/tmp" not in page


@pytest.mark.parametrize("address", ["/en/", "/en/about", "/en/events", "/en/obligations"])
def test_pages_that_suffer_from_it_lead_to_the_list(made: Made, address: str) -> None:
    assert f'href="{LIST}"' in made.client("recorder").get(address).text


def test_who_only_reads_sees_the_list_and_no_way_to_settle(made: Made) -> None:
    page = made.client("reader").get(LIST)
    assert page.status_code == 200 and "31.11.2026" in page.text
    assert "/record" not in page.text and f"{LIST}/none" not in page.text
    assert made.client("reader").post(f"{LIST}/none", data={"n": "1", "__reason": "x"}).status_code == 403
    assert len(left(made)) == 2


def test_an_event_settles_a_row_from_a_form_that_is_filled_with_it(made: Made) -> None:
    client = made.client("recorder")
    address = link(client, "Record what row 1 says")
    assert address == "/en/record/notice.published?__settles=1"
    page = client.get(address).text
    assert "Row 1 that an import left out: log.jsonl:2" in words(page)
    sent = form(page)
    assert (sent["case"], sent["municipality"]) == ("assembly-2026-11", "kline")
    assert sent["notice_kind"] == "meeting"
    assert (sorted(sent["channel"]), sorted(sent["languages"])) == (["notice-board", "website"], ["sq", "sr"])
    assert (sent["time"], sent["__settles"]) == ("31.11.2026", "1")
    # It is no better for being sent as it is, and the form still knows the row then.
    refused = client.post("/en/record/notice.published", data=sent)
    assert refused.status_code == 422 and form(refused.text)["__settles"] == "1"
    assert len(left(made)) == 2
    done = client.post("/en/record/notice.published", data={**sent, "time": "10.11.2026"})
    assert done.status_code == 303, words(done.text)
    assert [row.n for row in left(made)] == [2]
    entry = entries(made)[-1]
    assert (entry.kind, entry.settles, json.loads(entry.event)["time"]) == ("recorded", 1, "2026-11-10")
    settled(made)
    page = words(client.get(LIST).text)
    assert "1 row" in page and "31.11.2026" not in page


def test_a_row_of_no_known_event_asks_first_which_it_is(made: Made) -> None:
    client = made.client("recorder")
    address = link(client, "Record what row 2 says")
    assert address == "/en/record?__settles=2"
    page = client.get(address).text
    assert "a remark of the archive" in words(page)
    assert 'href="/en/record/notice.published?__settles=2"' in page
    # Looking for words does not lose what it was for.
    assert '<input type="hidden" name="__settles" value="2">' in page


def test_a_reason_settles_a_row_that_is_no_event(made: Made) -> None:
    client = made.client("recorder")
    address = link(client, "Row 2 is no event")
    page = client.get(address).text
    assert "a remark of the archive" in words(page)
    refused = client.post(f"{LIST}/none", data=form(page))
    assert refused.status_code == 422 and "Say why." in words(refused.text)
    assert len(left(made)) == 2
    done = client.post(f"{LIST}/none", data={**form(page), "__reason": "A remark, no event"})
    assert done.status_code == 303 and done.headers["location"].startswith(LIST)
    assert "The row is settled, as record number 3." in words(client.get(done.headers["location"]).text)
    entry = entries(made)[-1]
    assert (entry.kind, entry.settles, entry.reason) == ("settlement", 2, "A remark, no event")
    assert entry.entered_by == "Regjistri"
    assert [row.n for row in left(made)] == [1]
    # Its record is one among the others.
    assert "Reason: A remark, no event" in words(client.get("/en/events").text)


def test_settling_all_rows_ends_the_notice(made: Made) -> None:
    client = made.client("recorder")
    for n in ("1", "2"):
        client.post(f"{LIST}/none", data={"n": n, "__reason": "none"})
    settled(made)
    assert LIST not in client.get("/en/").text
    assert "No row is waiting to be settled." in words(client.get(LIST).text)


@pytest.mark.parametrize("number", ["3", "0", "-1", "x", "1 OR 1", "9" * 40])
def test_a_row_that_there_is_not_is_not_settled(made: Made, number: str) -> None:
    client = made.client("recorder")
    before = len(entries(made))
    assert client.get(f"{LIST}/none", params={"n": number}).status_code == 404
    assert client.get("/en/record/notice.published", params={"__settles": number}).status_code == 404
    assert client.post(f"{LIST}/none", data={"n": number, "__reason": "x"}).status_code == 404
    assert len(entries(made)) == before


def test_what_was_typed_is_not_lost_where_somebody_was_faster(made: Made) -> None:
    client = made.client("recorder")
    sent = form(client.get("/en/record/notice.published?__settles=1").text) | {"time": "10.11.2026"}
    client.post(f"{LIST}/none", data={"n": "1", "__reason": "x"})
    before = len(entries(made))
    late = client.post("/en/record/notice.published", data=sent)
    assert late.status_code == 422 and len(entries(made)) == before
    again = form(late.text)
    assert again["time"] == "2026-11-10" and "__settles" not in again
    assert "No row 1 is waiting to be settled." in words(late.text)


# Content as an import keeps it, what could be read of it, and what the form is filled with.
ROWS = {
    "an object of a log": (
        '{"type": "meeting.held", "case": "a"}', "{}", {"type": "meeting.held", "case": "a"},
    ),
    "headers and words of a sheet": (
        '{"Ngjarja": "Mbledhja u mbajt", "Gjuhët": "shqip; serbisht", "Organi": "Kuvendi i komunës"}', "{}",
        {"type": "meeting.held", "languages": ["sq", "sr"], "body": "assembly"},
    ),
    "what could be read counts before what is written": (
        '{"type": "Mbledhja", "case": " a "}', '{"case": "a"}', {"type": "Mbledhja", "case": "a"},
    ),
    "a line that is no object": ("2026-11-02;x", '{"municipality": "kline"}', {"municipality": "kline"}),
    "empty cells say nothing": ('{"case": "", "channel": [], "note": null}', "{}", {}),
    "an unknown header is of no field": ('{"Telefoni": "038 000"}', "{}", {}),
    "brackets without an end": ("[" * 50_000, "{}", {}),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_a_row_is_read_as_far_as_it_can_be(register: Made, case: str) -> None:
    content, parts, expected = ROWS[case]
    book = register.guard.app.state.office.state.snapshot.answer.rulebook  # type: ignore[attr-defined]
    row = LeftOut("folder/log.jsonl:2", "bad_time", "x", content, parts, 1)
    assert RowReading(book).values(row) == expected
    assert content_of(row)


def test_a_row_that_is_left_out_alone_is_known_at_once(tmp_path: Path) -> None:
    """An import that adds no record changes what can be said all the same."""
    with with_register(tmp_path, SESSION) as found:
        client = found.client("recorder")
        data = json.dumps(BAD).encode() + b"\n"
        answer = client.post("/en/import", files={"file": ("log.jsonl", data)}, data={"municipality": ""})
        key = answer.headers["location"].partition("upload=")[2].partition("&")[0]
        client.get(answer.headers["location"])
        client.post("/en/import/take", data={"upload": key, "skip_bad": "yes"})
        assert len(left(found)) == 1
        settled(found)
        assert "could not be read in full" in words(client.get("/en/").text)
