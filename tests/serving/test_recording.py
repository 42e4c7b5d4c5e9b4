"""Recording by a form: the obligation turns, a correction and a withdrawal turn it again, nothing is lost."""

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
from transparency_check.register.store import Register

from .made import NOTICE, SESSION, Made, settled, with_register

RULE = "XK-MTG-001"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    with with_register(tmp_path, SESSION) as found:
        yield found


def outcome(made: Made) -> str:
    """What became of the duty to announce the session."""
    settled(made)
    found = made.client("reader").get(f"/api/findings?rule={RULE}").json()["findings"]
    assert len(found) == 1
    return str(found[0]["outcome"])


def entries(made: Made) -> list[Any]:
    with Register(located(str(made.folder / "register.db"))) as register, register.reading() as reading:
        return list(reading.entries())


def words(page: str) -> str:
    """What a page says."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", main)).split())


def recorded(client: TestClient, **changed: Any) -> str:
    """Send the form of the notice; the id of the event."""
    answer = client.post("/sq/record/notice.published", data={**NOTICE, **changed})
    assert answer.status_code == 303, words(answer.text)
    return str(re.search(r"id=([^&]+)", answer.headers["location"])[1])  # type: ignore[index]


def test_recording_turns_the_obligation_and_withdrawing_turns_it_back(made: Made) -> None:
    client = made.client("recorder")
    assert outcome(made) == "pending"
    id_ = recorded(client)
    assert outcome(made) == "fulfilled"
    event = json.loads(entries(made)[-1].event)
    assert event["time"] == "2026-11-10T09:30"
    assert (event["channel"], event["languages"]) == (["notice-board", "website"], ["sq", "sr"]) or (
        event["channel"],
        event["languages"],
    ) == (["website", "notice-board"], ["sq", "sr"])
    gone = client.post("/sq/events/retract", data={"__event": id_, "__reason": "Ishte gabim"})
    assert gone.status_code == 303
    assert outcome(made) == "pending"
    history = entries(made)
    assert [e.kind for e in history] == ["recorded", "recorded", "retraction"]
    assert (history[-1].entered_by, history[-1].reason) == ("Regjistri", "Ishte gabim")


def test_a_correction_turns_it_too(made: Made) -> None:
    client = made.client("recorder")
    id_ = recorded(client)
    assert outcome(made) == "fulfilled"
    page = client.get(f"/sq/events/correct?id={id_}")
    assert 'value="10.11.2026"' in page.text and 'value="09:30"' in page.text
    values = {**NOTICE, "notice_kind": "consultation", "__event": id_}
    refused = client.post("/sq/events/correct", data=values)
    assert refused.status_code == 422 and len(entries(made)) == 2
    done = client.post("/sq/events/correct", data={**values, "__reason": "Lloji ishte tjetër"})
    assert done.status_code == 303, words(done.text)
    assert outcome(made) == "pending"
    assert entries(made)[-1].kind == "correction"


def test_what_a_correction_leaves_empty_is_stated_no_more(made: Made) -> None:
    client = made.client("recorder")
    id_ = recorded(client, source="https://example.org/1")
    values = {k: v for k, v in NOTICE.items() if k != "languages"}
    done = client.post("/en/events/correct", data={**values, "__event": id_, "__reason": "Not in Serbian"})
    assert done.status_code == 303, words(done.text)
    event = json.loads(entries(made)[-1].event)
    assert "languages" not in event and "source" not in event and event["channel"]


def test_the_reason_of_a_correction_is_not_that_of_the_event(made: Made) -> None:
    """An attribute of the vocabulary is called so, too."""
    client = made.client("recorder")
    page = client.get("/en/events/correct?id=e1").text
    assert 'name="reason"' in page and 'name="__reason"' in page
    values = {k: v for k, v in SESSION.items() if k not in ("id", "type", "time", "planned_at")}
    typed = {
        "time": "2.11.2026",
        "planned_at": "28.11.2026",
        "planned_at__clock": "10:00",
        "reason": "urgent",
    }
    done = client.post(
        "/en/events/correct", data={**values, **typed, "__event": "e1", "__reason": "Typed wrong"}
    )
    assert done.status_code == 303, words(done.text)
    entry = entries(made)[-1]
    assert (entry.reason, json.loads(entry.event)["reason"]) == ("Typed wrong", "urgent")
    assert json.loads(entry.event)["planned_at"] == "2026-11-28T10:00"


def test_the_page_of_an_event_says_what_rests_on_it(made: Made) -> None:
    client = made.client("recorder")
    finding = client.get(f"/api/findings?rule={RULE}").json()["findings"][0]["id"]
    answer = client.post("/en/record/notice.published", data={**NOTICE, "__back": finding})
    settled(made)
    page = words(client.get(answer.headers["location"]).text)
    assert "Recorded as number 2." in page
    assert "What you came from: Public notice of an ordinary assembly meeting (fulfilled)" in page
    assert "Serbian" in page and "entered" not in page.casefold().split("all records of it")[0]


def test_sending_twice_records_once(made: Made) -> None:
    client = made.client("recorder")
    first = recorded(client)
    answer = client.post("/en/record/notice.published", data=NOTICE)
    assert answer.status_code == 303 and "done=known" in answer.headers["location"]
    assert recorded(client) == first and len(entries(made)) == 2


# What is typed, the field that the problem stands beside, and what it says.
MISTAKES = {
    "a day that there is not": ({"time": "31.11.2026"}, "time", "there is no such day"),
    "a month first": ({"time": "11/10/2026"}, "time", "2026"),
    "an hour that there is not": ({"time__clock": "25:00"}, "time", "25"),
    "no day": ({"time": "", "time__clock": ""}, "time", "time"),
    "no municipality": ({"municipality": ""}, "municipality", "municipality"),
    "a municipality that there is not": ({"municipality": "atlantis"}, "municipality", "atlantis"),
    "a value that there is not": ({"notice_kind": "party"}, "notice_kind", "party"),
    "nothing that is needed": ({"channel": [], "notice_kind": ""}, "channel", "channel"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_problems_stand_beside_their_fields_and_nothing_is_recorded(register: Made, mistake: str) -> None:
    changed, field, said = MISTAKES[mistake]
    before = len(entries(register))
    answer = register.client("recorder").post("/en/record/notice.published", data={**NOTICE, **changed})
    assert answer.status_code == 422, words(answer.text)
    page = answer.text
    assert 'role="alert"' in page and "Nothing was recorded" in page
    assert f'href="#field-{field}"' in page
    beside = page[page.index(f'id="field-{field}-problem"') :].partition("</div>")[0]
    assert said in html.unescape(beside)
    # What was typed is still there.
    assert 'value="assembly-2026-11"' in page
    assert len(entries(register)) == before


def test_what_is_doubtful_is_recorded_when_somebody_says_so(made: Made) -> None:
    client = made.client("recorder")
    values = {**NOTICE, "channel": []}
    answer = client.post("/en/record/notice.published", data=values)
    assert answer.status_code == 422 and "Record it as it is all the same" in answer.text
    done = client.post("/en/record/notice.published", data={**values, "__all_the_same": "yes"})
    assert done.status_code == 303 and len(entries(made)) == 2


def test_a_form_of_every_event_type_asks_for_what_it_needs(register: Made) -> None:
    """Each form is drawn, and every needed attribute is marked as such."""
    office = register.guard.app.state.office  # type: ignore[attr-defined]
    vocabulary = office.state.snapshot.answer.rulebook.vocabulary
    client = register.client("recorder")
    for name, event in vocabulary.events.items():
        page = client.get(f"/sr-Cyrl/record/{name}").text
        for attribute in event.required:
            assert f'id="field-{attribute}' in page, (name, attribute)
    assert client.get("/en/record/no.such").status_code == 404


def test_a_snapshot_is_judged_anew_when_the_day_turns(made: Made) -> None:
    assert outcome(made) == "pending"
    made.clock.now = made.clock.now.replace(day=19)
    client = made.client("reader")
    client.get("/en/")
    assert outcome(made) == "violated"


def test_what_another_program_records_is_seen(made: Made) -> None:
    from transparency_check.events import Normaliser
    from transparency_check.register.recording import Recorder

    office = made.guard.app.state.office  # type: ignore[attr-defined]
    book = office.state.snapshot.answer.rulebook
    with Register(located(str(made.folder / "register.db")), write=True) as register:
        words_ = Normaliser(book.vocabulary, book.municipalities, made.clock.now.tzinfo)  # type: ignore[arg-type]
        given = {k: v for k, v in NOTICE.items() if not k.startswith("time")}
        event = {**given, "type": "notice.published", "time": "2026-11-10"}
        Recorder(register, words_, book.vocabulary, made.clock.now, "cron").event(event)
    assert outcome(made) == "fulfilled"


def test_a_register_that_breaks_is_told_and_the_last_whole_page_stays(made: Made) -> None:
    import sqlite3

    client = made.client("reader")
    with sqlite3.connect(made.folder / "register.db") as con:
        for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            con.execute(f"DROP TRIGGER {name}")
        con.execute("UPDATE register_record SET event = replace(event, 'ordinary', 'urgent'), hash = 'x'")
    con.close()
    office = made.guard.app.state.office  # type: ignore[attr-defined]
    office.state.settle(120.0)
    page = client.get("/en/about")
    assert page.status_code == 200
    assert "register" in page.text and "Traceback" not in page.text
