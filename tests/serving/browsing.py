"""A server that listens, and a browser that visits it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_pages.browser import CHROMIUM

from .made import TOKENS, Made, with_register

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Long, as machines may be slow; nothing waits for it to pass.
PATIENCE = 120_000


@dataclass(frozen=True)
class Listening:
    """A server, and the address at which a browser reaches it."""

    made: Made
    address: str


@contextmanager
def listening(made: Made, found: socket.socket) -> Iterator[Listening]:
    """Have a server answer at a socket."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(made.guard, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [found]}, daemon=True)
    thread.start()
    try:
        yield Listening(made, f"http://127.0.0.1:{found.getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(timeout=30)


@contextmanager
def register_at_socket(folder: Path, *events: dict[str, Any], **more: Any) -> Iterator[Listening]:
    """A server of a register that knows the address at which it listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
        with with_register(folder, *events, port=port, **more) as made, listening(made, found) as there:
            yield there


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the system."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            yield launched
        finally:
            launched.close()


def tab(launched: Browser, **context: Any) -> Page:
    """A tab of a browser of its own, that waits long."""
    page = launched.new_context(**context).new_page()
    page.set_default_timeout(PATIENCE)
    return page


def signed_in(launched: Browser, address: str, language: str = "sq", **context: Any) -> Page:
    """A tab of a recorder, who has typed the token."""
    page = tab(launched, **context)
    page.goto(f"{address}/{language}/sign-in")
    page.fill("#field-token", TOKENS["recorder"])
    page.press("#field-token", "Enter")
    page.wait_for_url(f"**/{language}/")
    return page


def tab_to(page: Page, selector: str) -> None:
    """Go on by the tabulator key until something is reached."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by keyboard")
