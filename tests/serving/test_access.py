"""Who may do what: hosts, origins, tokens, roles, sizes, and what every answer says to the browser."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from transparency_check.cli import application
from transparency_check.errors import ConfigurationError, UsageError
from transparency_check.serving.guard import MOST_BYTES
from transparency_check.serving.people import Attempts, People, people_in, start_person

from .made import NOTICE, ORIGIN, PEOPLE, TOKENS, Made, people, serving, with_register

BEARER = {"authorization": f"Bearer {TOKENS['recorder']}"}
# What asks, from where, and what is answered. ``None``: the header is not sent.
HOSTS = {
    "the address itself": ("127.0.0.1:8765", 200),
    "its name": ("localhost:8765", 200),
    "its name in capitals": ("LOCALHOST:8765", 200),
    "IPv6": ("[::1]:8765", 200),
    "without a port": ("127.0.0.1", 200),
    "another name that leads here": ("evil.example:8765", 421),
    "a name that begins like it": ("localhost.evil.example", 421),
    "the address of another machine": ("192.168.1.7:8765", 421),
    "nothing": ("", 421),
}
ORIGINS = {
    "a page of this server": ({"origin": ORIGIN}, 303),
    "another site": ({"origin": "http://evil.example"}, 403),
    "the same host at another port": ({"origin": "http://127.0.0.1:9999"}, 403),
    "a file or a sandbox": ({"origin": "null"}, 403),
    "nothing at all": ({}, 403),
    "a browser that says it is the same": ({"sec-fetch-site": "same-origin"}, 303),
    "a browser that says it is another": ({"sec-fetch-site": "cross-site"}, 403),
    "another site that claims to be the same": (
        {"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, 403,
    ),
}  # fmt: skip
# Address, method, and who may: each role from the one that is named on.
ROLES = [
    ("/en/", "GET", "reader"),
    ("/en/obligations", "GET", "reader"),
    ("/en/events", "GET", "reader"),
    ("/en/exports/report.json", "GET", "reader"),
    ("/en/calendar.ics", "GET", "reader"),
    ("/api/report", "GET", "reader"),
    ("/api/events", "GET", "reader"),
    ("/api/openapi.json", "GET", "reader"),
    ("/en/record", "GET", "recorder"),
    ("/en/record/notice.published", "GET", "recorder"),
    ("/en/record/notice.published", "POST", "recorder"),
    ("/en/events/correct?id=e1", "GET", "recorder"),
    ("/en/events/correct", "POST", "recorder"),
    ("/en/events/retract?id=e1", "GET", "recorder"),
    ("/en/events/retract", "POST", "recorder"),
    ("/en/import", "GET", "recorder"),
    ("/en/import", "POST", "recorder"),
    ("/en/import/take", "POST", "recorder"),
    ("/api/events", "POST", "recorder"),
    ("/api/events/e1/correction?reason=x", "POST", "recorder"),
    ("/api/events/e1/retraction?reason=x", "POST", "recorder"),
]


@pytest.mark.parametrize("host", HOSTS)
def test_only_known_hosts_are_answered(logs: Made, host: str) -> None:
    given, status = HOSTS[host]
    answer = logs.client("reader").get("/en/about", headers={"host": given})
    assert answer.status_code == status


@pytest.mark.parametrize("origin", ORIGINS)
def test_only_own_forms_are_taken(register: Made, origin: str) -> None:
    headers, status = ORIGINS[origin]
    client = register.client("recorder")
    del client.headers["origin"]
    # Signing out changes something, and needs no more than a session.
    assert client.post("/en/sign-out", headers=headers).status_code == status
    assert client.get("/en/").status_code == (303 if status == 303 else 200)


def test_a_token_of_a_program_needs_no_origin(register: Made) -> None:
    client = TestClient(register.guard, base_url=ORIGIN, headers=BEARER)
    assert client.post("/api/events", json={}).status_code == 422


@pytest.mark.parametrize(("address", "method", "least"), ROLES)
def test_each_role_may_what_it_may(register: Made, address: str, method: str, least: str) -> None:
    roles = list(PEOPLE)
    for role in roles:
        answer = register.client(role).request(method, address)
        refused = answer.status_code == 403
        assert refused == (roles.index(role) < roles.index(least)), (role, answer.status_code)
    nobody = register.client(None).request(method, address)
    if method == "GET" and address.startswith("/en/") and not address.endswith(".ics"):
        assert nobody.status_code == 303 and nobody.headers["location"].startswith("/en/sign-in?next=")
    else:
        assert nobody.status_code == 401


def test_without_a_register_nothing_can_be_recorded(logs: Made) -> None:
    client = logs.client("admin")
    for address, method, least in ROLES:
        if least == "recorder":
            answer = client.request(method, address)
            assert answer.status_code in (404, 405), (address, method, answer.status_code)


def test_nobody_sees_more_than_the_page_to_sign_in(logs: Made) -> None:
    client = logs.client(None)
    assert client.get("/sq/sign-in").status_code == 200
    assert client.get("/static/style.css").status_code == 200
    for address in ("/static/../about", "/en/sign-in/../about", "/static/%2e%2e/en/about", "/EN/sign-in"):
        answer = client.get(address)
        assert answer.status_code in (303, 404, 401), address
        assert "SHA-256" not in answer.text


def test_every_answer_tells_the_browser_what_it_may(logs: Made) -> None:
    signed, nobody = logs.client("reader"), logs.client(None)
    answers = [
        signed.get("/en/"), signed.get("/en/nothing"), signed.get("/en/exports/report.json"),
        signed.get("/api/score"), signed.get("/en/about", headers={"host": "evil.example"}),
        nobody.get("/en/"), nobody.get("/en/sign-in"), nobody.get("/api/report"),
        nobody.get("/static/style.css"),
    ]  # fmt: skip
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "*" not in policy and "http" not in policy
        assert "script-src 'self';" in policy and "connect-src 'self';" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        # With "no-referrer" Chromium sends forms of this server with the origin "null".
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "server" not in answer.headers
        if "/static/" not in str(answer.url):
            assert answer.headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_a_style_of_its_own(register: Made) -> None:
    client = register.client("recorder")
    for address in ("/en/", "/en/record/notice.published", "/en/calendar", "/en/obligations", "/en/sign-in"):
        page = client.get(address).text.lower()
        assert 'name="referrer"' not in page
        assert " style=" not in page and not re.search(r"\son\w+=|hx-on", page)
        # Of scripts only files of the server.
        told = re.findall("<script[^>]*>", page)
        assert all(re.fullmatch(r'<script src="/static/[\w.-]+\.js" defer>', tag) for tag in told)


def test_the_cookie_is_for_this_server_alone(logs: Made) -> None:
    answer = logs.client(None).post("/en/sign-in", data={"token": TOKENS["reader"]})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/" in cookie
    assert TOKENS["reader"] not in cookie


def test_a_session_ends_when_it_is_ended(logs: Made) -> None:
    client = logs.client("reader")
    key = client.cookies["transparency-check-8765"]
    client.post("/en/sign-out")
    client.cookies.set("transparency-check-8765", key)
    assert client.get("/en/").status_code == 303


@pytest.mark.parametrize(
    ("next_", "there"),
    [
        ("/sq/about?x=1", "/sq/about?x=1"),
        ("", "/en/"),
        ("https://evil.example/", "/en/"),
        ("//evil.example/", "/en/"),
        ("/\\evil.example/", "/en/"),
        ("javascript:alert(1)", "/en/"),
        ("/ok\r\nset-cookie: x=1", "/en/"),
    ],
)
def test_signing_in_leads_only_to_this_server(logs: Made, next_: str, there: str) -> None:
    answer = logs.client(None).post("/en/sign-in", data={"token": TOKENS["reader"], "next": next_})
    assert (answer.status_code, answer.headers["location"]) == (303, there)


def test_many_wrong_tokens_are_slowed_down(tmp_path: Path, logs: Made) -> None:
    seconds = [0.0]
    attempts = Attempts(lambda: seconds[0])
    office = logs.guard.app.state.office  # type: ignore[attr-defined]
    kept = logs.guard.attempts, office.attempts
    logs.guard.attempts = office.attempts = attempts
    try:
        client = logs.client(None)
        for _ in range(Attempts.MOST):
            assert client.post("/en/sign-in", data={"token": "wrong"}).status_code == 401
        late = client.post("/en/sign-in", data={"token": TOKENS["reader"]})
        assert late.status_code == 429 and int(late.headers["retry-after"]) > 0
        program = client.get("/api/report", headers=BEARER)
        assert program.status_code == 429
        seconds[0] = Attempts.SECONDS + 1
        assert client.post("/en/sign-in", data={"token": TOKENS["reader"]}).status_code == 303
    finally:
        logs.guard.attempts, office.attempts = kept


def test_a_session_lasts_its_hours_and_no_longer() -> None:
    seconds = [0.0]
    known = People(people(), lambda: seconds[0], lambda: dt.date(2026, 11, 10))
    person = known.with_token(TOKENS["admin"])
    assert person is not None
    key = known.begin(person)
    seconds[0] = 12 * 3600 - 1
    assert known.in_session(key) == person
    seconds[0] += 2
    assert known.in_session(key) is None


@pytest.mark.parametrize("said", [str(MOST_BYTES + 1), "-1", "1e9", "x"])
def test_what_says_that_it_is_too_large_is_not_read(register: Made, said: str) -> None:
    client = register.client("recorder")
    answer = client.post("/en/import", content=b"x", headers={"content-length": said})
    assert answer.status_code == 413


def test_what_is_too_large_and_does_not_say_so_is_not_read_either(register: Made) -> None:
    def parts() -> object:
        for _ in range(MOST_BYTES // 2**20 + 2):
            yield b"x" * 2**20

    answer = register.client("recorder").post(
        "/en/import",
        content=parts(),  # type: ignore[arg-type]
        headers={"content-type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code == 413


def test_the_feed_opens_with_its_key_and_its_key_opens_nothing_else(logs: Made) -> None:
    page = logs.client("reader").get("/en/exports").text
    address = page[page.index("http://127.0.0.1:8765/en/calendar.ics?key=") :].partition("<")[0].strip()
    nobody = logs.client(None)
    feed = nobody.get(address)
    assert feed.status_code == 200 and feed.text.startswith("BEGIN:VCALENDAR")
    key = address.rpartition("=")[2]
    assert nobody.get(f"/en/calendar.ics?key={key[:-1]}{1 if key[-1] == chr(48) else 0}").status_code == 401
    assert nobody.get(f"/en/about?key={key}").status_code == 303
    assert nobody.get(f"/api/report?key={key}").status_code == 401


def test_a_trusted_server_says_who_asks(tmp_path: Path) -> None:
    from .made import SESSION, log_of

    log = log_of(tmp_path, SESSION)
    with serving(tmp_path, log, header="X-Remote-User", proxies=("testclient",)) as made:
        client = made.client(None)
        assert client.get("/en/about", headers={"x-remote-user": "Rrezja"}).status_code == 200
        assert client.get("/en/about", headers={"x-remote-user": "Somebody"}).status_code == 303
        assert client.get("/en/about").status_code == 303
        office = made.guard
        office.doors = type(office.doors)(header="X-Remote-User", proxies=("10.0.0.1",))
        assert client.get("/en/about", headers={"x-remote-user": "Rrezja"}).status_code == 303


def test_what_is_done_and_refused_is_noted_without_secrets(tmp_path: Path) -> None:
    from .made import SESSION

    with with_register(tmp_path, SESSION) as made:
        made.client("recorder").post("/en/record/notice.published", data=NOTICE)
        made.client("reader").get("/en/record")
        made.client(None).post("/en/sign-in", data={"token": "a wrong token of somebody"})
        text = (tmp_path / "audit.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    whats = {(line["what"], line["who"]) for line in lines}
    assert {("sent", "Regjistri"), ("refused: role", "Rrezja"), ("refused: token", "")} <= whats
    sent = next(line for line in lines if line["what"] == "sent")
    assert sent["before"] != sent["after"]
    assert not any(token in text for token in (*TOKENS.values(), "wrong token"))


def test_people_are_read_with_the_line_of_every_defect(tmp_path: Path) -> None:
    path = tmp_path / "people.toml"
    path.write_text('[[people]]\nname = "A"\nrole = "boss"\nsha256 = "12"\n', "utf-8")
    with pytest.raises(ConfigurationError) as told:
        people_in(path)
    assert "people.toml:3" in str(told.value) and "people.toml:4" in str(told.value)
    path.write_text(
        '[[people]]\nname = "A"\nrole = "admin"\n[[people]]\nname = "A"\nrole = "reader"\n', "utf-8"
    )
    with pytest.raises(ConfigurationError, match="stands there twice"):
        people_in(path)


@pytest.mark.parametrize("token", ["short", "x" * 19, "with blanks in it for sure", "x" * 30 + "\n"])
def test_a_token_that_can_be_guessed_is_refused(token: str) -> None:
    with pytest.raises(UsageError, match="at least 20 characters"):
        start_person("Arta", "admin", token)


WRONG = {
    "no log": ([], "serve"),
    "others can reach it, and nobody is named": (["x.jsonl", "--host", "0.0.0.0"], "--people"),
    "a header and no server": (["x.jsonl", "--proxy-header", "X-User"], "--proxy"),
    "standard input": (["-"], "Standard input"),
    "a register beside a log": (["a.db", "b.jsonl"], "served alone"),
    "an address that is none": (["x.jsonl", "--base-url", "example.org"], "--base-url"),
    "a short token": (["x.jsonl", "--token", "short"], "20 characters"),
    "a log that is not there": (["gone.jsonl", "--port", "0"], "--port"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_served_is_told(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given, said = WRONG[case]
    free = [] if "--port" in given else ["--port", "58765"]
    result = CliRunner().invoke(application, ["serve", *given, *free])
    assert result.exit_code == 2
    assert said in result.output or case == "no log"
    assert "Traceback" not in result.output


def test_a_token_is_made_and_only_its_digest_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    for name, role in (("Arta", "admin"), ("Besa", "recorder")):
        result = CliRunner().invoke(application, ["serve-token", name, "--role", role, "--people", str(file)])
        assert result.exit_code == 0, result.output
        token = result.stdout.strip().splitlines()[-1]
        assert token not in file.read_text("utf-8")
        known = People(people_in(file), lambda: 0.0, lambda: dt.date(2026, 11, 10)).with_token(token)
        assert known is not None and (known.name, known.role) == (name, role)
    again = CliRunner().invoke(application, ["serve-token", "Arta", "--people", str(file)])
    assert again.exit_code == 2 and len(people_in(file)) == 2
