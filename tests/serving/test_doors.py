"""Requests that no browser and no program sends by itself: what an attacker of the pages would try."""

from __future__ import annotations

import asyncio
import gzip
import html
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from transparency_check.cli import application
from transparency_check.serving import guard
from transparency_check.serving.guard import MOST_FORM_BYTES, MOST_TOKEN_BYTES
from transparency_check.serving.people import Attempts, digest

from .made import NOTICE, ORIGIN, PEOPLE, SESSION, TOKENS, Made, Raw, log_of, serving, with_register

HOST = (b"host", b"127.0.0.1:8765")
OURS = (b"origin", ORIGIN.encode())


def bearer(role: str = "admin") -> tuple[bytes, bytes]:
    return (b"authorization", f"Bearer {TOKENS[role]}".encode())


# Addresses that end or begin like those that are open, and are others.
ALIKE = [
    "/en/findings/sign-in", "/en/duties/sign-in", "/en/record/sign-in", "/en/x/sign-in", "/en//sign-in",
    "/api/findings/sign-in", "/api/events/sign-in", "/sign-in", "/xx/sign-in", "/en/sign-in/",
    "/en/sign-in/x",
    "/en/findings/calendar.ics", "/en/duties/calendar.ics", "/api/findings/calendar.ics",
    "/en/../en/sign-in", "/static/../en/about", "/static/..%2fen/about", "/static/%2e%2e/en/about",
    "/en/about/../sign-in", "/en/about;/sign-in", "/en/about%00/sign-in", "//127.0.0.1/en/sign-in",
]  # fmt: skip


@pytest.mark.parametrize("path", ALIKE)
def test_what_is_like_an_open_address_is_not_open(register: Made, path: str) -> None:
    office = register.guard.app.state.office  # type: ignore[attr-defined]
    reader = next(person for person in office.people.everyone if person.role == "reader")
    key = f"key={office.people.feed_key(reader)}".encode()
    for query in (b"", key):
        found = Raw(register, "GET", path, query=query)
        assert found.status in (303, 401, 404), (path, found.status)
        assert b"XK-MTG-001" not in found.body and b"assembly-2026-11" not in found.body
        posted = Raw(register, "POST", path, [OURS], query=query)
        assert posted.status in (401, 404, 405), (path, posted.status)


@pytest.mark.parametrize(
    "method", ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "get", "X" * 500]
)
@pytest.mark.parametrize("role", [None, "admin"])
def test_other_methods_do_nothing(register: Made, method: str, role: str | None) -> None:
    headers = [bearer(role), (b"x-secret", b"told back?")] if role else [(b"x-secret", b"told back?")]
    for path in ("/en/", "/en/record/notice.published", "/api/events", "/en/sign-in", "/static/style.css"):
        found = Raw(register, method, path, headers)
        assert found.status in (303, 401, 403, 404, 405), (path, found.status)
        assert b"told back?" not in found.body and b"XK-MTG" not in found.body


# Headers of which there is one: the second would be the one that counts for somebody else.
TWICE = {
    "host": ([HOST, (b"host", b"evil.example")], 421),
    "host, the other way round": ([(b"host", b"evil.example"), HOST], 400),
    "origin": ([(b"origin", b"http://evil.example"), OURS], 400),
    "authorization": ([bearer("reader"), bearer("admin")], 400),
    "content-length": ([(b"content-length", b"1"), (b"Content-Length", b"2")], 400),
}


@pytest.mark.parametrize("case", TWICE)
def test_a_header_that_says_two_things_is_refused(register: Made, case: str) -> None:
    headers, status = TWICE[case]
    if "host" not in case:
        headers = [HOST, *headers]
    assert Raw(register, "POST", "/api/events", headers, b"{}").status == status


def test_the_name_that_a_proxy_gives_is_given_once(tmp_path: Path) -> None:
    log = log_of(tmp_path, SESSION)
    with serving(tmp_path, log, header="X-User", proxies=("10.0.0.1",), select=("XK-MTG-001",)) as made:
        name = [(b"x-user", PEOPLE["admin"].encode())]
        assert Raw(made, "GET", "/en/about", name, client="10.0.0.1").status == 200
        assert Raw(made, "GET", "/en/about", [(b"X-User", b"Rrezja"), *name], client="10.0.0.1").status == 400
        assert Raw(made, "GET", "/en/about", name, client="10.0.0.2").status == 303


def test_names_beyond_ascii_come_through_a_proxy(tmp_path: Path) -> None:
    from transparency_check.serving.people import Person

    log = log_of(tmp_path, SESSION)
    who = (Person("Gëzim Çela", "reader"),)
    with serving(
        tmp_path, log, header="X-User", proxies=("10.0.0.1",), people=who, select=("XK-MTG-001",)
    ) as made:
        for said in ("Gëzim Çela".encode(), "Gëzim Çela".encode("latin-1")):
            assert Raw(made, "GET", "/en/about", [(b"x-user", said)], client="10.0.0.1").status == 200
        other = Raw(made, "GET", "/en/about", [(b"x-user", b"Gezim Cela")], client="10.0.0.1")
        assert other.status == 303


# From where a request comes, what it says of that, and from where it counts as coming.
FORWARDED = {
    "nobody trusted says so": ("192.0.2.9", b"198.51.100.1", "192.0.2.9"),
    "the proxy": ("10.0.0.1", b"198.51.100.1", "198.51.100.1"),
    "the proxy, behind what its client claimed": ("10.0.0.1", b"127.0.0.1, 198.51.100.1", "198.51.100.1"),
    "the proxy, IPv6": ("10.0.0.1", b"2001:db8::1", "2001:db8::1"),
    "the proxy, nothing": ("10.0.0.1", b"", "10.0.0.1"),
    "the proxy, no address": ("10.0.0.1", b"<script>", "10.0.0.1"),
}


@pytest.mark.parametrize("case", FORWARDED)
def test_from_where_somebody_asks_is_what_the_proxy_says(tmp_path: Path, case: str) -> None:
    peer, said, counts = FORWARDED[case]
    log = log_of(tmp_path, SESSION)
    audit = tmp_path / "audit.jsonl"
    with serving(tmp_path, log, proxies=("10.0.0.1",), audit=audit, select=("XK-MTG-001",)) as made:
        wrong = [(b"authorization", b"Bearer wrong"), (b"x-forwarded-for", said)]
        statuses = [Raw(made, "GET", "/api/score", wrong, client=peer).status for _ in range(Attempts.MOST)]
        assert statuses == [401] * (Attempts.MOST - 1) + [429]
        assert made.guard.attempts.wait(counts) > 0
        if counts != peer:
            assert made.guard.attempts.wait(peer) == 0
        line = json.loads(audit.read_text("utf-8").splitlines()[-1])
        assert (line["what"], line["client"]) == ("refused: token", counts)


# Values of headers and queries that are nothing, or much.
ODD: dict[str, dict[str, Any]] = {
    "a length of 5000 digits": {"headers": [(b"content-length", b"9" * 5000)]},
    "a length that is no number": {"headers": [(b"content-length", "٣".encode())]},
    "a cookie of a megabyte": {"headers": [(b"cookie", b"x" * 2**20)]},
    "a cookie that is none": {"headers": [(b"cookie", b"transparency-check-8765=\xff; =;;; \x00")]},
    "a language of a megabyte": {"headers": [(b"accept-language", b"sq;q=0.1," * 2**17)]},
    "a language that is none": {"headers": [(b"accept-language", b"\xff;q=nan,;q=,--;q=1e999")]},
    "an origin that is none": {"headers": [(b"origin", b"http://[")], "method": "POST"},
    "an origin of bytes": {"headers": [(b"origin", b"http://\xff\xfe")], "method": "POST"},
    "a bearer of bytes": {"headers": [(b"authorization", b"Bearer \xff\xfe\x00")]},
    "a bearer of nothing": {"headers": [(b"authorization", b"Bearer")]},
    "a key of bytes": {"path": "/en/calendar.ics", "query": b"key=\xff\xfe"},
    "a key twice": {"path": "/en/calendar.ics", "query": b"key=&key="},
    "a path of bytes": {"path": "/en/\udcff\udcfe"},
    "a path of a megabyte": {"path": "/en/" + "a/" * 2**19},
    "a query of a megabyte": {"query": b"a=%ff&" * 2**17},
    "an address to go on to that is none": {"path": "/en/sign-in", "query": b"next=http://["},
    "a host of bytes": {"headers": [(b"host", b"\xff\xfe:x")]},
    "no host": {"headers": [(b"host", b"")]},
}


@pytest.mark.parametrize("case", ODD)
@pytest.mark.parametrize("known", [False, True], ids=["nobody", "known"])
def test_odd_headers_and_addresses_are_refused_without_a_fault(logs: Made, case: str, known: bool) -> None:
    odd = {"method": "GET", "path": "/en/about", "headers": [], **ODD[case]}
    headers = list(odd["headers"])
    if known and not any(name == b"authorization" for name, _ in headers):
        headers.append(bearer())
    found = Raw(logs, odd["method"], odd["path"], headers, query=odd.get("query", b""))
    assert found.status < 500
    kept = logs.guard.attempts
    kept._failed.clear()


# A form that never ends, and where.
MUCH = {
    "a token": ("/en/sign-in", "application/x-www-form-urlencoded", MOST_TOKEN_BYTES),
    "a token in parts": ("/en/sign-in", "multipart/form-data; boundary=b", MOST_TOKEN_BYTES),
    "a form": ("/en/record/notice.published", "application/x-www-form-urlencoded", MOST_FORM_BYTES),
    "an event": ("/api/events", "application/json", MOST_FORM_BYTES),
    "anything": ("/api/events", "", MOST_FORM_BYTES),
}


@pytest.mark.parametrize("case", MUCH)
@pytest.mark.parametrize("says", [True, False], ids=["says so", "does not say so"])
def test_more_than_a_form_holds_is_not_read(register: Made, case: str, says: bool) -> None:
    path, kind, most = MUCH[case]
    body = b"a&" * (most // 2) + b"aa"
    headers = [OURS, (b"content-type", kind.encode())]
    if says:
        headers.append((b"content-length", str(len(body)).encode()))
    if path != "/en/sign-in":
        headers.append(bearer("recorder"))
    found = Raw(register, "POST", path, headers, body)
    assert found.status == 413


def test_more_fields_than_a_form_has_are_not_read(register: Made) -> None:
    client = register.client("recorder")
    parts = {f"f{n}": (None, "x") for n in range(500)}
    assert client.post("/en/record/notice.published", files=parts).status_code == 400
    many = client.post("/en/record/notice.published", data={f"f{n}": "x" for n in range(20_000)})
    assert many.status_code in (400, 422)


def test_two_files_are_not_read(register: Made) -> None:
    files = [("file", ("a.csv", b"x")), ("file", ("b.csv", b"y"))]
    assert register.client("recorder").post("/en/import", files=files).status_code == 400


def test_what_does_not_come_to_its_end_is_given_up(register: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.0)
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/api/events",
        "raw_path": b"/api/events", "query_string": b"", "root_path": "", "client": ("testclient", 1),
        "server": ("127.0.0.1", 8765),
        "headers": [HOST, bearer("recorder"), (b"content-type", b"application/json")],
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(register.guard(scope, receive, send))
    assert sent[0]["status"] == 408


def test_signing_in_anew_ends_the_session_before(logs: Made) -> None:
    client = logs.client("reader")
    before = client.cookies["transparency-check-8765"]
    client.post("/en/sign-in", data={"token": TOKENS["recorder"]})
    assert client.cookies["transparency-check-8765"] != before
    other = logs.client(None)
    other.cookies.set("transparency-check-8765", before)
    assert other.get("/en/about").status_code == 303


def test_a_session_that_somebody_else_made_up_is_none(logs: Made) -> None:
    client = logs.client(None)
    client.cookies.set("transparency-check-8765", "fixed-by-somebody-else")
    client.post("/en/sign-in", data={"token": TOKENS["reader"]})
    keys = {cookie.value for cookie in client.cookies.jar}
    other = logs.client(None)
    other.cookies.set("transparency-check-8765", "fixed-by-somebody-else")
    assert other.get("/en/about").status_code == 303 and keys != {"fixed-by-somebody-else"}


def test_signing_out_has_the_browser_forget_what_it_kept(logs: Made) -> None:
    answer = logs.client("reader").post("/en/sign-out")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert 'transparency-check-8765=""' in answer.headers["set-cookie"]


# Whether a token in the address signs in: from where the browser was led here.
LINKS = {
    "typed or opened from a terminal": ({"sec-fetch-site": "none"}, 303),
    "a browser that says nothing": ({}, 303),
    "a page of this server": ({"sec-fetch-site": "same-origin"}, 303),
    "another site": ({"sec-fetch-site": "cross-site"}, 200),
    "another server of this machine": ({"sec-fetch-site": "same-site"}, 200),
}


@pytest.mark.parametrize("case", LINKS)
def test_no_other_site_tries_tokens_or_signs_anybody_in(logs: Made, case: str) -> None:
    headers, status = LINKS[case]
    client = logs.client(None)
    answer = client.get("/en/sign-in", params={"token": TOKENS["reader"]}, headers=headers)
    assert answer.status_code == status
    if status == 200:
        for _ in range(Attempts.MOST + 1):
            client.get("/en/sign-in?token=wrong", headers=headers)
        assert logs.guard.attempts.wait("testclient") == 0


def test_tokens_of_people_are_never_taken_from_an_address(tmp_path: Path) -> None:
    path = tmp_path / "people.toml"
    path.write_text(
        f'[[people]]\nname = "A"\nrole = "admin"\nsha256 = "{digest(TOKENS["admin"])}"\n', "utf-8"
    )
    log = log_of(tmp_path, SESSION)
    with serving(tmp_path, log, people_file=path, select=("XK-MTG-001",)) as made:
        client = made.client(None)
        assert client.get(f"/en/sign-in?token={TOKENS['admin']}").status_code == 200
        assert client.head(f"/en/sign-in?token={TOKENS['admin']}").status_code == 200
        assert not client.cookies
        assert client.post("/en/sign-in", data={"token": TOKENS["admin"]}).status_code == 303


def test_behind_tls_nothing_travels_without_it(tmp_path: Path) -> None:
    log = log_of(tmp_path, SESSION)
    base = "https://register.example.org"
    with serving(tmp_path, log, base=base, select=("XK-MTG-001",)) as made:
        client = TestClient(made.guard, base_url=base, follow_redirects=False)
        form = {"token": TOKENS["reader"]}
        # A page of the same name without TLS may be anybody's who sits between.
        plain = client.post("/en/sign-in", data=form, headers={"origin": "http://register.example.org"})
        assert plain.status_code == 403
        answer = client.post("/en/sign-in", data=form, headers={"origin": base})
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-transparency-check-") and "Secure" in cookie and "Path=/" in cookie
        assert "Domain" not in cookie
        for address in ("/en/", "/en/sign-in", "/static/style.css", "/api/score", "/nothing"):
            found = client.get(address)
            assert found.headers["strict-transport-security"] == "max-age=31536000", address


# How it is started for others than this machine, and whether that is refused.
OPEN = {
    "without TLS": ([], True),
    "an address without TLS": (["--base-url", "http://register.example.org"], True),
    "an address that is none": (["--base-url", "http://["], True),
    "an address with TLS": (["--base-url", "https://register.example.org"], False),
    "a container that this machine reaches": (["--base-url", "http://localhost:8765"], False),
}


@pytest.mark.parametrize("case", OPEN)
def test_others_reach_it_through_tls_alone(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more, refused = OPEN[case]
    monkeypatch.chdir(tmp_path)
    Path("people.toml").write_text('[[people]]\nname = "A"\nrole = "admin"\n', "utf-8")
    given = ["serve", "gone.jsonl", "--host", "192.0.2.1", "--people", "people.toml", *more]
    result = CliRunner().invoke(application, given)
    assert result.exit_code == 2 and "Traceback" not in result.output
    assert ("--base-url" in result.output) == refused


def test_every_body_says_what_it_is_and_in_which_letters(register: Made) -> None:
    client = register.client("admin")
    kinds = {
        "/en/": "text/html; charset=utf-8", "/en/nothing": "text/html; charset=utf-8",
        "/static/style.css": "text/css; charset=utf-8", "/api/score": "application/json",
        "/api/nothing": "application/problem+json", "/api/openapi.json": "application/json",
        "/en/calendar.ics": "text/calendar; charset=utf-8",
        "/en/exports/report.csv": "text/csv; charset=utf-8",
        "/en/exports/report.json": "application/json",
    }  # fmt: skip
    for address, kind in kinds.items():
        answer = client.get(address)
        assert answer.headers["content-type"] == kind, address
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers
    refused = client.get("/en/", headers={"host": "evil.example"})
    assert refused.headers["content-type"] == "text/html; charset=utf-8"


def test_files_are_taken_away_and_not_shown(register: Made) -> None:
    client = register.client("reader")
    for ending in (".html", ".json", ".csv", ".md", ".xlsx"):
        answer = client.get(f"/en/exports/report{ending}", params={"case": 'x"; filename="evil.html'})
        assert answer.headers["content-disposition"] == f'attachment; filename="report{ending}"'
    sheet = client.get("/en/sheet.html", params={"case": SESSION["case"], "municipality": "kline"})
    assert sheet.headers["content-disposition"] == 'attachment; filename="sheet.html"'


# Files of this machine that somebody might ask for.
FILES = [
    "/.git/config", "/en/.git/config", "/static/../.git/config", "/static/style.css/../../../etc/passwd",
    "/register.db", "/audit.jsonl", "/people.toml", "/en/../people.toml", "/static/", "/static/serving.css",
]  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_no_file_of_the_machine_is_served(register: Made, path: str) -> None:
    found = Raw(register, "GET", path, [bearer()])
    # What looks like a language is sent on to what would be its overview, which is not there.
    assert found.status in (303, 307, 404)
    assert found.header("location").startswith(("http://127.0.0.1:8765/", "/")) or found.status == 404
    assert b"repositoryformatversion" not in found.body and b"root:" not in found.body


def test_nothing_that_is_said_holds_a_secret(tmp_path: Path) -> None:
    with with_register(tmp_path, SESSION) as made:
        client = made.client("admin")
        client.post("/en/record/notice.published", data=NOTICE)
        feed = client.get("/en/exports").text
        key = feed[feed.index("key=") :].partition("<")[0].strip()[4:]
        made.client(None).get(f"/en/calendar.ics?key={key}")
        made.client(None).get("/en/calendar.ics?key=wrong")
        said = [client.get(a).text for a in ("/en/about", "/en/audit", "/api/events", "/api/report")]
        said.append((tmp_path / "audit.jsonl").read_text("utf-8"))
        session = client.cookies["transparency-check-8765"]
    for text in said:
        assert key not in text and session not in text
        for token in TOKENS.values():
            assert token not in text and digest(token) not in text


def test_queries_are_values_and_never_sql(register: Made) -> None:
    client = register.client("admin")
    before = client.get("/api/events").json()["head"]
    hostile = "x'; DROP TABLE entries; --"
    for address in ("/en/obligations", "/en/events", "/en/case", "/en/exports/report.json", "/api/findings"):
        for name in ("id", "case", "municipality", "rule", "q", "area", "outcome"):
            answer = client.get(address, params={name: hostile})
            assert answer.status_code in (200, 404, 422), (address, name)
    assert client.get(f"/api/events/{hostile}").status_code == 404
    client.post("/api/events", json={**SESSION, "id": hostile, "case": hostile})
    assert client.get("/api/events").json()["head"].partition(":")[0] == str(
        int(before.partition(":")[0]) + 1
    )
    assert client.get(f"/api/events/{hostile}").status_code == 200


def test_one_import_is_looked_at_before_it_is_taken(tmp_path: Path) -> None:
    with with_register(tmp_path, SESSION) as made:
        client = made.client("recorder")
        row = json.dumps({**SESSION, "id": "e2", "case": "assembly-2026-12"}).encode()
        sent = client.post("/en/import", files={"file": ("log.jsonl", row)})
        there = sent.headers["location"]
        key = there.partition("upload=")[2].partition("&")[0]
        skipped = client.post("/en/import/take", data={"upload": key})
        assert skipped.status_code == 303 and "/import/look" in skipped.headers["location"]
        assert client.get("/api/events").json()["head"].startswith("1:")
        assert client.get(there).status_code == 200
        taken = client.post("/en/import/take", data={"upload": key})
        assert "/import/done" in taken.headers["location"]
        assert client.get("/api/events").json()["head"].startswith("2:")


def test_the_token_is_typed_unseen_and_can_be_pasted(logs: Made) -> None:
    page = logs.client(None).get("/en/sign-in").text
    field = page[page.index("<input type=") :].partition(">")[0]
    assert 'type="password"' in field and 'autocomplete="current-password"' in field
    assert "onpaste" not in page and "maxlength" not in page


# What is like a token, and whether it opens the pages.
NEARLY = {
    "itself": (TOKENS["reader"], 303),
    "with blanks around, as it is pasted": (f" {TOKENS['reader']}\r\n", 303),
    "in capitals": (TOKENS["reader"].upper(), 401),
    "without its end": (TOKENS["reader"][:-1], 401),
    "with more behind it": (f"{TOKENS['reader']}x", 401),
    "its digest": (digest(TOKENS["reader"]), 401),
    "nothing": ("", 401),
}


@pytest.mark.parametrize("case", NEARLY)
def test_a_token_is_that_and_nothing_like_it(logs: Made, case: str) -> None:
    given, status = NEARLY[case]
    assert logs.client(None).post("/en/sign-in", data={"token": given}).status_code == status
    logs.guard.attempts._failed.clear()


def test_keys_of_sessions_are_long_and_never_the_same(logs: Made) -> None:
    keys = {logs.client("reader").cookies["transparency-check-8765"] for _ in range(50)}
    assert len(keys) == 50 and all(len(key) >= 43 for key in keys)


def test_a_file_that_grows_without_bound_is_not_unpacked(
    register: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transparency_check.readers import packing

    monkeypatch.setattr(packing, "MAX_BYTES", 1_000_000)
    data = gzip.compress(b" " * 5_000_000)
    client = register.client("recorder")
    sent = client.post("/en/import", files={"file": ("log.jsonl.gz", data)})
    assert sent.status_code == 303
    page = client.get(sent.headers["location"])
    assert page.status_code in (200, 422) and "This file cannot be imported" in html.unescape(page.text)


# What a file is called by who sends it: the name reaches no path, no header and no other page as it is.
NAMED = [
    "../../people.toml.csv",
    "C:\\x\\y.csv",
    "a\r\nset-cookie: x=1.csv",
    "<img src=x onerror=pwned()>.csv",
    "\u202ecsv.exe.csv",
    "." * 300 + "csv",
    "con.csv",
    "%00.csv",
]


@pytest.mark.parametrize("name", NAMED)
def test_a_name_of_a_file_does_nothing(register: Made, name: str, tmp_path: Path) -> None:
    client = register.client("recorder")
    before = sorted(register.folder.iterdir())
    sent = client.post("/en/import", files={"file": (name, b"type,time\nx,y\n")})
    assert sent.status_code in (303, 422) and "x=1" not in sent.headers.get("set-cookie", "")
    if sent.status_code == 303:
        page = client.get(sent.headers["location"])
        assert page.status_code in (200, 422)
        assert "<img" not in page.text and "\u202e" not in page.text
    assert sorted(register.folder.iterdir()) == before
