"""The JSON interface: what it says is what reports say, and what it refuses is a problem with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from starlette.testclient import TestClient

from .made import NOTICE, ORIGIN, SESSION, TOKENS, Made, settled, with_register

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def program(made: Made, role: str = "reader") -> TestClient:
    """A program with a token, which sends no cookies and no origin."""
    headers = {"authorization": f"Bearer {TOKENS[role]}"}
    return TestClient(made.guard, base_url=ORIGIN, raise_server_exceptions=False, headers=headers)


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("/api/report", "report.json"),
        ("/api/upcoming?within=60d", "report.json"),
        ("/api/score", "score.json"),
    ],
)
def test_answers_have_the_schemas_of_reports(logs: Made, address: str, schema: str) -> None:
    answer = program(logs).get(address)
    assert answer.status_code == 200
    found = json.loads((SCHEMAS / schema).read_text("utf-8"))
    jsonschema.validate(answer.json(), found)


def test_findings_are_paged_and_narrowed(logs: Made) -> None:
    client = program(logs)
    whole = client.get("/api/findings?limit=1000").json()
    first = client.get("/api/findings?limit=3").json()
    second = client.get("/api/findings?limit=3&offset=3").json()
    assert [f["id"] for f in whole["findings"][:6]] == [
        f["id"] for f in (*first["findings"], *second["findings"])
    ]
    assert whole["total"] == len(whole["findings"]) and whole["behind"] is False
    pending = client.get("/api/findings?outcome=pending&limit=1000").json()["findings"]
    assert pending and {f["outcome"] for f in pending} == {"pending"}
    albanian = client.get("/api/findings?limit=1&language=sq").json()["findings"][0]
    assert albanian["title"] != first["findings"][0]["title"]


def test_a_finding_has_its_proof(logs: Made) -> None:
    client = program(logs)
    id_ = client.get("/api/findings?limit=1").json()["findings"][0]["id"]
    proof = client.get(f"/api/findings/{id_}").json()
    assert proof["schema"].startswith("transparency-check/explanation/") and proof["finding"]["id"] == id_


# What is asked, and the status that refuses it.
REFUSED = [
    ("GET", "/api/findings/nothing", None, 404),
    ("GET", "/api/nothing", None, 404),
    ("DELETE", "/api/report", None, 405),
    ("GET", "/api/findings?from=31.31.2026", None, 422),
    ("GET", "/api/findings?limit=0", None, 422),
    ("GET", "/api/findings?limit=x", None, 422),
    ("GET", "/api/upcoming?within=soon", None, 422),
    ("GET", "/api/report?language=de", None, 422),
    ("GET", "/api/events/none", None, 404),
    ("POST", "/api/events", b"{", 422),
    ("POST", "/api/events", b"[]", 422),
    ("POST", "/api/events", b"\xff\xfe", 422),
    ("POST", "/api/events", b"{}", 422),
    ("POST", "/api/events/none/correction?reason=x", b"{}", 409),
    ("POST", "/api/events/e1/correction", b"{}", 422),
    ("POST", "/api/events/none/retraction?reason=x", None, 409),
]


@pytest.mark.parametrize(("method", "address", "body", "status"), REFUSED)
def test_what_is_refused_says_why(
    register: Made, method: str, address: str, body: bytes | None, status: int
) -> None:
    headers = {} if body is None else {"content-type": "application/json"}
    answer = program(register, "recorder").request(method, address, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    told = answer.json()
    assert told["status"] == status and told["title"]


def test_an_event_is_recorded_corrected_and_withdrawn(tmp_path: Path) -> None:
    with with_register(tmp_path, SESSION) as made:
        client = program(made, "recorder")
        notice = {k: v for k, v in NOTICE.items() if not k.startswith("time")}
        event = {**notice, "id": "n1", "type": "notice.published", "time": "2026-11-10T09:30"}
        done = client.post("/api/events", json=event)
        assert done.status_code == 201 and done.json()["seq"] == 2 and done.json()["new"] is True
        again = client.post("/api/events", json=event)
        assert again.status_code == 200 and again.json()["new"] is False
        other = client.post("/api/events", json={**event, "notice_kind": "consultation"})
        assert other.status_code == 409
        wrong = client.post("/api/events?language=sq", json={**event, "id": "n2", "notice_kind": "party"})
        problems = wrong.json()["problems"]
        assert wrong.status_code == 422 and problems[0]["field"] == "notice_kind"
        corrected = client.post("/api/events/n1/correction?reason=wrong+day", json={"time": "2026-11-09"})
        assert corrected.status_code == 201 and corrected.json()["kind"] == "correction"
        gone = client.post("/api/events/n1/retraction?reason=a+test")
        assert gone.status_code == 201
        history = client.get("/api/events/n1").json()["events"]
        assert [e["kind"] for e in history] == ["recorded", "correction", "retraction"]
        assert history[2]["reason"] == "a test" and history[1]["event"]["time"] == "2026-11-09"
        page = client.get("/api/events?after=1&limit=2").json()
        assert [e["seq"] for e in page["events"]] == [2, 3]
        assert page["head"].startswith("4:")
        settled(made)
        assert client.get("/api/findings").json()["head"] == page["head"]


def test_what_programs_send_is_noted(tmp_path: Path) -> None:
    with with_register(tmp_path, SESSION) as made:
        client = program(made, "recorder")
        client.post("/api/events", json={"note": "a text of a record"})
        client.post("/api/events/e1/correction?reason=a+reason", json={"place": "Hall"})
    text = (tmp_path / "audit.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines() if '"sent"' in line]
    assert [(line["path"], line["who"]) for line in lines[-2:]] == [
        ("/api/events", "Regjistri"), ("/api/events/{event}/correction", "Regjistri"),
    ]  # fmt: skip
    assert lines[-2]["before"] == lines[-2]["after"] and lines[-1]["before"] != lines[-1]["after"]
    assert "a text of a record" not in text and "a reason" not in text and "Hall" not in text


def test_the_description_names_every_address(register: Made) -> None:
    described = program(register).get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/report", "/api/findings", "/api/findings/{finding}", "/api/upcoming", "/api/score",
        "/api/events", "/api/events/{event}", "/api/events/{event}/correction",
        "/api/events/{event}/retraction",
    }  # fmt: skip
