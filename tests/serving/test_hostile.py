"""Whatever somebody wrote into a record or an address stays text on every page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from safety.dangers import checks_for, dangers
from safety.payloads import PAYLOADS
from transparency_check.serving.scripts import scripts

from .made import NOTICE, ORIGIN, SESSION, Made, log_of, serving, settled, with_register

_ACTING = re.compile(r"pwned\(\)|javascript:", re.IGNORECASE)
MARKUP = [*PAYLOADS["markup"], "[x](javascript:pwned())", "javascript:pwned()", "\u202epwned()\x1b[31m"]

OURS = """
html head meta title link body a header div nav ul ol li main p h1 h2 section table caption thead tbody tr
th td span strong b dl dt dd figure figcaption blockquote pre footer form input select option optgroup
label textarea fieldset legend button code details summary svg rect line text defs pattern path circle desc
"""

HTMX = (
    "hx-get", "hx-trigger", "hx-target", "hx-select", "hx-select-oob", "hx-swap", "hx-push-url", "hx-sync",
    "hx-indicator",
)  # fmt: skip


class Live(HTMLParser):
    """Notes what would act: scripts, handlers, addresses with another scheme, elements that are not ours."""

    ours = frozenset(OURS.split())
    scripts = frozenset(scripts())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.acting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            if dict(attrs).get("src") not in self.scripts or set(dict(attrs)) != {"src", "defer"}:
                self.acting.append(f"script {attrs}")
        elif tag not in self.ours:
            self.acting.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                self.acting.append(f"{tag} {name}")
            if name.startswith(("hx-", "data-hx-")) and not _ours(tag, name, value):
                self.acting.append(f"{tag} {name}={value}")
            if (
                name in ("href", "src", "action")
                and value
                and re.match(r"\s*(?!https?:)[a-z]+:", value, re.I)
            ):
                self.acting.append(f"{tag} {name}={value}")


def _ours(tag: str, name: str, value: str | None) -> bool:
    """Whether what htmx would do is what pages have it do: ask this server for this page."""
    if tag not in ("form", "div") or name not in HTMX:
        return False
    return name != "hx-get" or re.match(r"/(en|sq|sr-Latn|sr-Cyrl)/", value or "") is not None


def live(page: str) -> list[str]:
    parser = Live()
    parser.feed(page)
    return parser.acting


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A register in which every text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    with with_register(folder) as made:
        client = made.client("recorder")
        for n, payload in enumerate(MARKUP):
            event = {
                **SESSION,
                "id": f"{n} {payload}",
                "case": f"{n} {payload}",
                "place": payload,
                "agenda": [payload, payload],
                "source": payload,
                "note": payload,
            }
            client.post("/api/events?allow_warnings=true", json=event)
        # What a spreadsheet would run, where a cell begins with it.
        for n, payload in enumerate(PAYLOADS["formula"]):
            event = {**SESSION, "id": f"f{n}", "case": payload, "place": payload}
            client.post("/api/events?allow_warnings=true", json=event)
        settled(made)
        yield made


PAGES = (
    "/en/", "/sq/obligations", "/en/cases", "/en/calendar?month=2026-11", "/en/events", "/en/about",
    "/en/exports", "/en/waivers",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_records_do_nothing_on_pages(hostile: Made, address: str) -> None:
    page = hostile.client("recorder").get(address)
    assert page.status_code == 200
    assert live(page.text) == []


def test_records_do_nothing_on_pages_about_themselves(hostile: Made) -> None:
    client = hostile.client("recorder")
    listed = client.get("/en/events").text
    found = [html.unescape(a) for a in re.findall(r'href="(/en/(?:events|case)\?[^"]*)"', listed)]
    assert len(found) > 10
    for address in found[:24]:
        page = client.get(address)
        assert page.status_code == 200, address
        assert live(page.text) == [], address
        if "/events?id=" in address:
            form = client.get(address.replace("/events?", "/events/correct?"))
            assert form.status_code == 200 and live(form.text) == []


@pytest.mark.parametrize("payload", MARKUP)
def test_what_is_typed_comes_back_as_text(register: Made, payload: str) -> None:
    values = {**NOTICE, "time": payload, "notice_kind": payload, "channel": [payload], "case": payload}
    answer = register.client("recorder").post("/en/record/notice.published", data=values)
    assert answer.status_code == 422
    assert live(answer.text) == []


@pytest.mark.parametrize("payload", MARKUP)
@pytest.mark.parametrize(
    "address",
    ["/en/obligations?case={}&from={}&rule={}", "/en/duties?q={}", "/en/record?q={}&case={}",
     "/en/plan?what=session&on={}",
     "/en/case?case={}", "/en/events?id={}", "/en/exports?case={}", "/en/{}", "/en/findings/{}",
     "/en/import/done?recorded={}"],
)  # fmt: skip
def test_what_an_address_says_is_text(register: Made, address: str, payload: str) -> None:
    from urllib.parse import quote

    page = register.client("recorder").get(address.replace("{}", quote(payload, safe="")))
    assert page.status_code in (200, 404, 303)
    assert live(page.text) == []


def test_a_name_of_a_log_is_text(tmp_path: Path) -> None:
    folder = tmp_path / "<img src=x onerror=pwned()>"
    folder.mkdir()
    (folder / "<b>.jsonl").write_text("not json\n", "utf-8")
    with serving(tmp_path, str(folder / "<b>.jsonl")) as made:
        page = made.client("reader").get("/en/about", headers={"referer": ORIGIN})
        assert page.status_code == 200 and live(page.text) == []


@pytest.mark.parametrize("ending", [".csv", ".html", ".md", ".json", ".xlsx", ".txt"])
def test_records_do_nothing_in_files_that_are_taken_away(hostile: Made, ending: str) -> None:
    answer = hostile.client("reader").get(f"/en/exports/report{ending}")
    assert answer.status_code == 200
    text = answer.content.decode("latin-1" if ending == ".xlsx" else "utf-8")
    assert dangers(text, checks_for((ending,))) == []
    assert ending == ".xlsx" or "cmd" in text


@pytest.mark.parametrize("payload", MARKUP[::5])
def test_a_decision_that_is_hostile_is_text(tmp_path: Path, payload: str) -> None:
    path = tmp_path / "waivers.toml"
    log = log_of(tmp_path, SESSION)
    with serving(tmp_path, log, day=30, select=("XK-MTG-001",), waivers=path, watched=(path,)) as made:
        admin = made.client("admin")
        found = admin.get("/api/findings?outcome=violated").json()["findings"]
        decision = {
            "finding": found[0]["id"], "reason": payload, "approved_by": payload, "legal_basis": payload,
            "until": "31.12.2026",
        }  # fmt: skip
        answer = admin.post("/en/waivers", data=decision)
        assert answer.status_code in (303, 422)
        settled(made)
        for address in ("/en/waivers", f"/en/findings/{found[0]['id']}", "/en/audit"):
            assert live(admin.get(address).text) == []
        assert live(answer.text) == []
