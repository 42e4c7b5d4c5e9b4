"""In a real browser, over a real socket: accessibility, sizes, the keyboard, the policy of pages."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from site_pages.browser import CHROMIUM, DESKTOP, PHONE, SERIOUS, missing

from .made import SESSION, TOKENS, with_register

if TYPE_CHECKING:

    from playwright.sync_api import Browser, Page

LACKING = missing()
pytestmark = pytest.mark.skipif(LACKING is not None, reason=LACKING or "")
SIZES = {"phone": PHONE, "desktop": DESKTOP}
PAGES = (
    "", "obligations", "calendar?month=2026-11", "cases", "case?municipality=kline&case=assembly-2026-11",
    "sheet?municipality=kline&case=assembly-2026-11", "plan?what=session&municipality=kline&on=27.11.2026",
    "duties", "duties/XK-MTG-001", "record", "record/notice.published", "record/coverage.declared", "events",
    "events?id=e1", "events/correct?id=e1", "events/retract?id=e1", "import", "waivers", "exports", "about",
    "nothing",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that listens, and its address."""
    import uvicorn

    with socket.socket() as listening, with_register(tmp_path_factory.mktemp("browser"), SESSION) as made:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(made.guard, log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=30)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield launched
        launched.close()


def signed_in(chromium: Browser, address: str, **context: Any) -> Page:
    """A tab of a recorder."""
    page = chromium.new_context(**context).new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/sq/sign-in")
    page.fill("#field-token", TOKENS["recorder"])
    page.press("#field-token", "Enter")
    page.wait_for_url("**/sq/")
    return page


def complaints(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0]['failureSummary'][:200]}"
        for v in found
        if v["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    chromium: Browser, address: str, scheme: str, size: str
) -> None:
    page = signed_in(
        chromium, address, viewport=SIZES[size], color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    found = {}
    for path in PAGES:
        page.goto(f"{address}/sr-Latn/{path}")
        if wrong := complaints(page):
            found[path] = wrong
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found[f"{path} scrolls"] = [str(wide)]
    page.context.close()
    assert found == {}


def test_an_officer_records_a_notice_by_keyboard_alone(chromium: Browser, address: str) -> None:
    """From the finding that asks for it to the obligation that turned, without mouse and scripts."""
    page = signed_in(chromium, address, viewport=PHONE, java_script_enabled=False)
    page.goto(f"{address}/sq/obligations?rule=XK-MTG-001")
    page.press("tbody th a", "Enter")
    page.wait_for_url("**/findings/*")
    page.press("a.button[href*='notice.published']", "Enter")
    page.wait_for_url("**/record/notice.published?*")
    assert page.input_value("#field-case") == "assembly-2026-11"
    page.fill("#field-time", "31.11.2026")
    page.select_option("#field-notice_kind", "meeting")
    page.press("#field-channel input[value='website']", "Space")
    for language in ("sq", "sr"):
        page.press(f"#field-languages input[value='{language}']", "Space")
    page.press("button[type=submit]", "Enter")
    assert page.locator("[role=alert] a").get_attribute("href") == "#field-time"
    assert page.is_checked("#field-languages input[value='sr']")
    page.fill("#field-time", "10.11.2026")
    page.press("button[type=submit]", "Enter")
    page.wait_for_url("**/events?id=*")
    for _ in range(120):
        if page.locator("#touched-table .outcome.fulfilled").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    assert page.locator("#touched-table .outcome.fulfilled").count() >= 1
    page.context.close()


def test_nothing_that_pages_ask_for_is_refused_by_their_policy(chromium: Browser, address: str) -> None:
    page = signed_in(chromium, address, viewport=DESKTOP)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    for path in ("", "calendar", "record/notice.published"):
        page.goto(f"{address}/en/{path}")
        face = page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
        assert face == "rgb(27, 47, 82)"
    page.context.close()
    assert told == []
