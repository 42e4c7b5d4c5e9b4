"""What scripts do sooner: a page takes up a new judgement, filters answer without a whole page; and that they
do no more than that.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_pages.browser import DESKTOP, PHONE, missing
from transparency_check.messages import text
from transparency_check.messages.language import within
from transparency_check.serving import state
from transparency_check.serving.scripts import SETTINGS, scripts

from .browsing import Listening, chromium, register_at_socket, signed_in
from .made import NOTICE, SESSION, Made, settled, with_register

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LACKING = missing()
browses = pytest.mark.skipif(LACKING is not None, reason=LACKING or "")
RULE = "XK-MTG-001"
SENT = {k: v for k, v in NOTICE.items() if not k.startswith("time")} | {
    "type": "notice.published",
    "time": "2026-11-09",
}
ASKS = {"hx-request": "true"}


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Listening]:
    with register_at_socket(tmp_path, SESSION) as found:
        yield found


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    with with_register(tmp_path, SESSION) as found:
        yield found


def record_elsewhere(made: Made, **changed: object) -> None:
    """Somebody else records the notice, while nothing is judged."""
    from transparency_check.events import Normaliser
    from transparency_check.readers.location import located
    from transparency_check.register.recording import Recorder
    from transparency_check.register.store import Register

    book = made.guard.app.state.office.state.snapshot.answer.rulebook  # type: ignore[attr-defined]
    made.judging.clear()
    with Register(located(str(made.folder / "register.db")), write=True) as register:
        words = Normaliser(book.vocabulary, book.municipalities, made.clock.now.tzinfo)  # type: ignore[arg-type]
        Recorder(register, words, book.vocabulary, made.clock.now, "Besa").event({**SENT, **changed})
    # For a moment pages take it that nothing was recorded elsewhere.
    time.sleep(state._SURELY)


def finding(made: Made) -> str:
    """The path of the obligation to announce the session."""
    found = made.client("reader").get(f"/api/findings?rule={RULE}").json()["findings"]
    return f"/sq/findings/{found[0]['id']}"


def stays(page: Page) -> None:
    """Mark the document, so that it is known whether another one was loaded."""
    page.evaluate("window.stays = true")


def stayed(page: Page) -> bool:
    return page.evaluate("window.stays === true") is True


# -- the files


def test_htmx_is_the_file_that_its_note_names() -> None:
    folder = files("transparency_check.serving").joinpath("static")
    note = folder.joinpath("README.md").read_text("utf-8")
    data = folder.joinpath("htmx.min.js").read_bytes()
    named = re.search(r"SHA-256: `([0-9a-f]{64})`", note)
    version = re.search(r"Version: `([0-9.]+)`", note)
    assert named and named[1] == hashlib.sha256(data).hexdigest()
    assert version and f'version:"{version[1]}"' in data.decode()
    assert "Zero-Clause BSD" in note and "PERFORMANCE OF THIS SOFTWARE" in " ".join(note.split())


def test_scripts_are_served_to_be_kept_and_only_as_what_they_are(made: Made) -> None:
    for address, data in scripts().items():
        # Before anybody has signed in: the page to sign in may be met by a script.
        answer = made.client(None).get(address)
        assert answer.status_code == 200 and answer.content == data
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "immutable" in answer.headers["cache-control"]
        assert hashlib.sha256(data).hexdigest()[:16] in address


def test_htmx_is_told_to_make_nothing_of_texts_and_to_keep_nothing() -> None:
    told = json.loads(SETTINGS)
    assert told["allowEval"] is told["includeIndicatorStyles"] is told["allowScriptTags"] is False
    assert told["selfRequestsOnly"] is True and told["historyCacheSize"] == 0


# -- what is answered


def test_only_pages_that_have_something_for_a_script_have_one(made: Made) -> None:
    client = made.client("recorder")
    path = finding(made)
    still = ("/sq/", path, "/sq/record/notice.published", "/sq/import", "/sq/about", "/sq/plan")
    for address in still:
        assert "<script" not in client.get(address).text, address
    for address in ("/sq/obligations", "/sq/cases", "/sq/duties", "/sq/record"):
        found = re.findall("<script[^>]*>", client.get(address).text)
        assert found == [f'<script src="{there}" defer>' for there in scripts()], address
    assert "<script" not in made.client(None).get("/sq/sign-in").text
    record_elsewhere(made)
    for address in ("/sq/", path, "/sq/about", "/sq/events?id=e1"):
        page = client.get(address).text
        assert page.count("<script") == len(scripts()) and 'hx-trigger="every 2s"' in page, address
    for address in ("/sq/record/notice.published", "/sq/import", "/sq/plan", "/sq/events/correct?id=e1"):
        # What somebody types there must not be lost.
        page = client.get(address).text
        assert "hx-" not in page and "<script" not in page, address


def test_nothing_is_sent_while_there_is_nothing_new(made: Made) -> None:
    client, path = made.client("reader"), finding(made)
    record_elsewhere(made)
    waiting = re.search(r'id="(behind-\d+)"', client.get(path).text)
    assert waiting
    asked = {**ASKS, "hx-trigger": waiting[1]}
    answer = client.get(path, headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    # A page whose judgement is older than the last one has something new, whatever else is to come.
    assert client.get(path, headers={**ASKS, "hx-trigger": "behind-0"}).status_code == 200
    made.judging.set()
    settled(made)
    answer = client.get(path, headers=asked)
    assert answer.status_code == 200 and 'class="notice fulfilled"' in answer.text
    with within("sq"):
        assert f'aria-live="polite">{text("serve.heard")}</p>' not in client.get(path).text


def test_a_failure_is_told_in_place_of_waiting(made: Made) -> None:
    client, path = made.client("reader"), finding(made)
    record_elsewhere(made)
    waiting = re.search(r'id="(behind-\d+)"', client.get(path).text)
    assert waiting
    made.failures.append("no calendar")
    made.judging.set()
    office = made.guard.app.state.office  # type: ignore[attr-defined]
    office.state.settle(120.0)
    answer = client.get(path, headers={**ASKS, "hx-trigger": waiting[1]})
    assert answer.status_code == 200
    assert "no calendar" in answer.text and "hx-trigger" not in answer.text


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/sq/findings/0123456789abcdef", "/sq/findings/0123456789abcdef"),
        ("/sq/case?case=ç&municipality=kline", "/sq/case?case=%C3%A7&municipality=kline"),
        ("/sq/case?case=%0d%0aset-cookie:x", "/sq/case?case=%0d%0aset-cookie:x"),
        ("/sq/duties/100%25%0d%0a", "/sq/duties/100%25%0D%0A"),
    ],
)
def test_what_is_no_such_page_is_loaded_wholly(made: Made, address: str, there: str) -> None:
    answer = made.client("reader").get(address, headers=ASKS)
    assert answer.status_code == 404
    assert answer.headers["hx-redirect"] == there
    assert "set-cookie" not in answer.headers


def test_who_is_not_signed_in_any_more_is_led_to_sign_in(made: Made) -> None:
    client = made.client(None)
    client.follow_redirects = True
    answer = client.get("/sq/obligations", headers=ASKS)
    assert (answer.status_code, answer.headers["hx-refresh"], answer.content) == (204, "true", b"")


# -- in a browser


@browses
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_page_takes_up_a_new_judgement_and_who_reads_it_stays_where_they_are(
    there: Listening, launched: Browser, size: dict[str, int]
) -> None:
    page = signed_in(launched, there.address, viewport=size)
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.location} {message.text}"))
    record_elsewhere(there.made)
    page.goto(there.address + finding(there.made))
    assert page.locator("main .notice.pending").count() == 1
    assert page.locator("#told").inner_text() == ""
    stays(page)
    page.locator("#law ~ .prose a").first.focus()
    before = page.evaluate("document.activeElement.href")
    there.made.judging.set()
    page.locator("main .notice.fulfilled").wait_for()
    assert stayed(page)
    assert page.evaluate("document.activeElement.href") == before
    with within("sq"):
        assert page.locator("#told").inner_text() == text("serve.heard")
    assert page.locator("#told").get_attribute("aria-live") == "polite"
    assert page.locator("[hx-trigger='every 2s']").count() == 0
    # The foot of the page says on how many records it rests.
    assert " 2" in page.locator("#rests-on").inner_text()
    page.context.close()
    assert told == []


@browses
def test_what_is_typed_into_a_filter_is_not_lost_by_a_new_judgement(
    there: Listening, launched: Browser
) -> None:
    page = signed_in(launched, there.address, viewport=DESKTOP)
    record_elsewhere(there.made)
    page.goto(f"{there.address}/sq/obligations?rule={RULE}")
    assert page.locator("#obligations .outcome.pending").count() == 1
    stays(page)
    page.locator("#field-case").focus()
    page.keyboard.type("assembly")
    there.made.judging.set()
    page.locator("#obligations .outcome.fulfilled").wait_for()
    assert stayed(page) and page.input_value("#field-case") == "assembly"
    assert page.evaluate("document.activeElement.id") == "field-case"
    page.context.close()


@browses
def test_a_form_stays_as_it_is(there: Listening, launched: Browser) -> None:
    page = signed_in(launched, there.address, viewport=DESKTOP)
    record_elsewhere(there.made)
    page.goto(f"{there.address}/sq/record/notice.published")
    page.fill("#field-case", "typed")
    there.made.judging.set()
    settled(there.made)
    # Nothing on it asks the server for anything.
    assert page.locator("[hx-get], script").count() == 0
    assert page.input_value("#field-case") == "typed"
    page.context.close()


@browses
def test_filters_answer_without_a_whole_page(there: Listening, launched: Browser) -> None:
    page = signed_in(launched, there.address, viewport=DESKTOP)
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.location} {message.text}"))
    page.goto(f"{there.address}/sq/obligations")
    whole = page.locator("#obligations tbody tr").count()
    stays(page)
    page.focus("#field-outcome")
    page.select_option("#field-outcome", "fulfilled")
    page.wait_for_url("**/obligations?*outcome=fulfilled*")
    page.locator("#shown .empty").wait_for()
    assert stayed(page) and whole > 0
    assert page.evaluate("document.activeElement.id") == "field-outcome"
    # The same page in another language has the same filter.
    other = page.locator("#page-languages a[lang='sr-Latn']").get_attribute("href")
    assert other and "outcome=fulfilled" in other
    page.select_option("#field-outcome", "")
    page.fill("#field-rule", RULE)
    page.press("#field-rule", "Enter")
    page.wait_for_url(f"**/obligations?*rule={RULE}*")
    page.locator(f"#obligations:has-text('{RULE}')").wait_for()
    assert stayed(page)
    assert page.locator("#told").inner_text() == page.locator("#obligations caption").inner_text()
    page.go_back()
    page.wait_for_url("**/obligations?*outcome=*")
    # What was shown before is asked for again, and is what its address says.
    page.wait_for_function(
        """new URLSearchParams(location.search).get('outcome')
            === document.getElementById('field-outcome').value"""
    )
    # What is wrong with what was typed is told there, too.
    page.fill("#field-from", "31.31.2026")
    page.press("#field-from", "Enter")
    page.locator("#shown .notice.violated").wait_for()
    assert page.input_value("#field-from") == "31.31.2026"
    page.context.close()
    assert told == []


@browses
def test_a_filter_leads_who_is_signed_out_to_sign_in(there: Listening, launched: Browser) -> None:
    page = signed_in(launched, there.address, viewport=DESKTOP)
    page.goto(f"{there.address}/sq/obligations")
    page.context.request.post(f"{there.address}/sq/sign-out", headers={"origin": there.address})
    page.select_option("#field-outcome", "pending")
    page.wait_for_url("**/sq/sign-in?next=*")
    assert page.locator("#field-token").count() == 1
    page.context.close()


@browses
def test_a_text_becomes_no_code_in_a_page(there: Listening, launched: Browser) -> None:
    page = signed_in(launched, there.address, viewport=DESKTOP)
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.location} {message.text}"))
    page.goto(f"{there.address}/sq/obligations")
    assert page.evaluate("htmx.config.allowEval") is False
    page.evaluate(
        """() => {
            const inserted = document.createElement("script");
            inserted.textContent = "window.pwned = true";
            document.body.append(inserted);
        }"""
    )
    assert page.evaluate("window.pwned") is None
    assert any("script-src 'self'" in message for message in told)
    page.context.close()
