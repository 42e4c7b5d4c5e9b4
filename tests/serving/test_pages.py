"""Every page in every language: it is there, speaks its language, and leads only to what is there."""

from __future__ import annotations

import html
import re
from collections import Counter
from urllib.parse import urldefrag

import pytest

from transparency_check.messages import text
from transparency_check.messages.language import LANGUAGES, within
from transparency_check.messages.serving import SERVING

from .made import Made

_LINK = re.compile(r'(?:href|action)="([^"]*)"')
# Of so many pages of a kind each is looked at.
_OF_A_KIND = 2
# What a page of each kind is known by, and has to be among those that links lead to.
KINDS = {
    "overview": "", "obligations": "obligations", "finding": "findings/", "calendar": "calendar",
    "cases": "cases", "case": "case", "sheet": "sheet", "duties": "duties", "duty": "duties/", "plan": "plan",
    "waivers": "waivers", "exports": "exports", "about": "about",
}  # fmt: skip
RECORDING = {
    "record": "record", "form": "record/", "events": "events", "event": "events", "import": "import",
    "correct": "events/correct", "retract": "events/retract",
}  # fmt: skip


def kind(address: str, language: str) -> str:
    """Pages that differ only in what they are about are of one kind."""
    path = address.partition("?")[0].removeprefix(f"/{language}/")
    path = re.sub(r"^(findings|duties|record)/.*", r"\1/", path)
    return path if path != "events" or "?" not in address else "events?"


def crawled(made: Made, role: str, language: str) -> dict[str, str]:
    """The pages that links lead to from the first one, by their addresses, some of each kind."""
    client = made.client(role)
    waiting, found, numbers = [f"/{language}/"], dict[str, str](), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        if address in found or numbers[kind(address, language)] >= _OF_A_KIND:
            continue
        numbers[kind(address, language)] += 1
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[:300]}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        found[address] = answer.text
        for link in re.findall(r'href="([^"]*)"', answer.text):
            there = urldefrag(html.unescape(link)).url
            # Files have a test of their own, and forms are not sent here.
            path = there.partition("?")[0]
            if path.startswith(f"/{language}/") and not path.endswith(("sign-out", "take")):
                waiting += [there] if "." not in path.rpartition("/")[2] or "/record/" in path else []
    return found


@pytest.fixture(scope="module", params=list(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pages(logs: Made, language: str) -> dict[str, str]:
    return crawled(logs, "reader", language)


@pytest.fixture(scope="module")
def recording(register: Made, language: str) -> dict[str, str]:
    return crawled(register, "recorder", language)


@pytest.fixture(params=["logs", "register"])
def shown(request: pytest.FixtureRequest, language: str) -> dict[str, str]:
    """The pages of a reader of logs, then of a recorder of a register."""
    name = "pages" if request.param == "logs" else "recording"
    return request.getfixturevalue(name)  # type: ignore[no-any-return]


def test_every_kind_of_page_is_reached(pages: dict[str, str], language: str) -> None:
    reached = {kind(address, language) for address in pages}
    assert set(KINDS.values()) <= reached, set(KINDS.values()) - reached


def test_a_recorder_reaches_the_forms(recording: dict[str, str], language: str) -> None:
    reached = {kind(address, language) for address in recording}
    assert {*KINDS.values(), *RECORDING.values()} <= reached


def test_who_only_reads_sees_no_way_to_record(pages: dict[str, str]) -> None:
    offered = {address for address, page in pages.items() if "/record" in page or "/import" in page}
    assert offered == set()


def test_a_page_names_its_language_and_the_others(shown: dict[str, str], language: str) -> None:
    for address, page in shown.items():
        assert f'<html lang="{language}">' in page, address
        rest = address.removeprefix(f"/{language}/")
        for other in LANGUAGES:
            assert f'href="/{other}/{html.escape(rest)}"' in page, (address, other)


def test_no_text_of_the_server_is_left_in_english(shown: dict[str, str], language: str) -> None:
    for code, entry in SERVING.items():
        if (
            language == "en"
            or not code.startswith("serve.")
            or isinstance(entry, tuple)
            or "{" in entry
            or len(entry) < 12
        ):
            continue
        with within(language):
            translated = text(code)
        assert translated != entry, code
        for address, page in shown.items():
            assert f">{html.escape(entry)}<" not in page, (code, address)


def test_what_a_link_leads_to_within_a_page_is_there(shown: dict[str, str]) -> None:
    for address, page in shown.items():
        ids = set(re.findall(r'\bid="([^"]+)"', page))
        for link in _LINK.findall(page):
            there, mark = urldefrag(html.unescape(link))
            if mark and (not there or there == address):
                assert mark in ids, (address, link)


def test_ids_stand_once_on_a_page(shown: dict[str, str]) -> None:
    for address, page in shown.items():
        repeated = [i for i, n in Counter(re.findall(r'\bid="([^"]+)"', page)).items() if n > 1]
        assert repeated == [], address


def test_regions_of_a_page_have_names_of_their_own(shown: dict[str, str]) -> None:
    """Who goes from one to the next by a screen reader is told which it is."""
    for address, page in shown.items():
        names = re.findall(r'role="region" aria-label="([^"]+)"', page)
        assert [name for name, n in Counter(names).items() if n > 1] == [], address


def test_every_field_has_a_label(shown: dict[str, str]) -> None:
    for address, page in shown.items():
        for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", page):
            if 'type="hidden"' in tag or 'type="checkbox"' in tag or 'type="radio"' in tag:
                continue
            found = re.search(r'id="([^"]+)"', tag)
            assert found and f'for="{found[1]}"' in page, (address, tag)


@pytest.mark.parametrize(
    ("accepted", "there"),
    [
        ("", "/en/"),
        ("sq-AL,sq;q=0.9,en;q=0.8", "/sq/"),
        ("de,sr;q=0.5,en;q=0.3", "/sr-Latn/"),
        ("sr-Cyrl-RS", "/sr-Cyrl/"),
        ("bs", "/sr-Latn/"),
        ("de;q=1, sq;q=oops, en;q=0", "/en/"),
    ],
)
def test_the_first_page_is_in_the_language_of_the_browser(logs: Made, accepted: str, there: str) -> None:
    answer = logs.client("reader").get("/", headers={"accept-language": accepted})
    assert (answer.status_code, answer.headers["location"]) == (303, there)


@pytest.mark.parametrize(
    "address",
    ["/en/nothing", "/de/", "/en/findings/0123456789abcdef", "/en/duties/NONE", "/en/case?case=none",
     "/en/sheet?case=none&municipality=kline", "/en/exports/report.exe", "/en/sheet.exe?case=x"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_missing(logs: Made, address: str) -> None:
    answer = logs.client("reader").get(address)
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text and "Traceback" not in answer.text


def test_filters_narrow_and_say_what_they_do_not_understand(logs: Made) -> None:
    client = logs.client("reader")
    whole = client.get("/en/obligations").text
    pending = client.get("/en/obligations?outcome=pending").text
    assert whole.count("<tr>") > pending.count("<tr>") > 1
    assert '<span class="outcome violated">' not in pending
    wrong = client.get("/en/obligations?from=30.2.2026").text
    assert "“30.2.2026” is no day." in html.unescape(wrong)
    turned = client.get("/en/obligations?from=2026-12-01&to=01.11.2026").text
    assert "no day is between them" in turned


def test_the_month_shows_what_is_due_on_its_days(register: Made) -> None:
    page = register.client("reader").get("/en/calendar?month=2026-11").text
    assert "<h1>November 2026</h1>" in page
    assert 'aria-current="date"' in page
    assert "Public notice of an ordinary assembly meeting" in page[page.index('<table class="month">') :]
    assert register.client("reader").get("/en/calendar?month=2026-13").text.count("November 2026") > 0


@pytest.mark.parametrize("ending", [".json", ".csv", ".md", ".txt", ".xlsx", ".html", ".ics", ".sarif"])
def test_exports_come_as_files(register: Made, ending: str) -> None:
    answer = register.client("reader").get(f"/sq/exports/report{ending}?municipality=kline")
    assert answer.status_code == 200, answer.text
    assert f'filename="report{ending}"' in answer.headers["content-disposition"]
    assert len(answer.content) > 100
