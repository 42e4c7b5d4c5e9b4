"""The pages of an admin in a browser: accessibility, sizes, a violation accepted by keyboard alone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from site_pages.browser import DESKTOP, PHONE, browser, complaints, missing

from .made import SESSION, TOKENS, Clock, settled, with_register

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LACKING = missing()
pytestmark = pytest.mark.skipif(LACKING is not None, reason=LACKING or "")
LOOKS = {"phone, light": (PHONE, "light"), "desktop, dark": (DESKTOP, "dark")}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that listens, of a register with a violation, and its address."""
    import uvicorn

    folder = tmp_path_factory.mktemp("admin")
    waivers = folder / "waivers.toml"
    with (
        socket.socket() as listening,
        with_register(folder, SESSION, waivers=waivers, watched=(waivers,)) as made,
    ):
        made.clock.now = Clock.now.replace(day=30)
        settled(made)
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(made.guard, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=30)


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    with browser() as found:
        yield found


def signed_in(launched: Browser, address: str, **context: Any) -> Page:
    """A tab of an admin."""
    page = launched.new_context(bypass_csp=True, reduced_motion="reduce", **context).new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/sq/sign-in")
    page.fill("#field-token", TOKENS["admin"])
    page.press("#field-token", "Enter")
    page.wait_for_url("**/sq/")
    return page


def looked_at(page: Page) -> list[str]:
    """What is serious, and whether it scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*complaints(page), *([f"scrolls by {wide}"] if wide > 0 else [])]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious_on_the_pages_of_an_admin(
    launched: Browser, address: str, look: str
) -> None:
    size, scheme = LOOKS[look]
    page = signed_in(launched, address, viewport=size, color_scheme=scheme)
    found = {}
    for path in ("audit", "waivers"):
        page.goto(f"{address}/sr-Latn/{path}")
        found[path] = looked_at(page)
    finding = page.eval_on_selector("#field-finding option:nth-child(2)", "e => e.value")
    page.click("form.entry button[type=submit]")
    page.wait_for_selector("#faults")
    found["faults"] = looked_at(page)
    page.goto(f"{address}/sr-Latn/findings/{finding}")
    page.click("details.group summary")
    found["finding"] = looked_at(page)
    page.context.close()
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_an_admin_accepts_a_violation_by_keyboard_alone(launched: Browser, address: str) -> None:
    page = signed_in(launched, address, viewport=DESKTOP)
    page.goto(f"{address}/sq/waivers")
    finding = page.eval_on_selector("#field-finding option:nth-child(2)", "e => e.value")
    page.goto(f"{address}/sq/findings/{finding}")
    page.focus("details.group summary")
    page.keyboard.press("Enter")
    # Who decided is there already: the name of who is signed in.
    for text in ("Arkivi ishte nën ujë", None, "Ligji 06/L-081, neni 17", "31.12.2026"):
        page.keyboard.press("Tab")
        if text is not None:
            page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/sq/waivers?done={finding}")
    page.wait_for_selector("text=Arkivi ishte nën ujë")
    page.context.close()
