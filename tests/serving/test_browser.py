"""In a real browser, over a real socket: accessibility, sizes, the policy of pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from site_pages.browser import DESKTOP, PHONE, complaints, missing

from .addresses import Pages, addresses
from .browsing import Listening, chromium, register_at_socket, signed_in
from .made import SESSION, Made, settled

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LACKING = missing()
browses = pytest.mark.skipif(LACKING is not None, reason=LACKING or "")


@dataclass(frozen=True)
class Seen:
    """How pages are looked at."""

    size: dict[str, int]
    scheme: str
    language: str


SEEN = {
    "desktop, light, in Albanian": Seen(DESKTOP, "light", "sq"),
    "phone, dark, in Serbian": Seen(PHONE, "dark", "sr-Cyrl"),
}


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    with register_at_socket(tmp_path_factory.mktemp("browser"), SESSION) as found:
        yield found


@pytest.fixture(scope="module")
def paths(there: Listening) -> list[str]:
    found = Pages(there.made).paths()
    settled(there.made)
    return found


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def test_all_pages_of_the_application_are_looked_at(register: Made) -> None:
    """By the table of addresses, not by a list that somebody keeps."""
    found = addresses(register)
    assert {"/", "/obligations", "/findings/{id_}", "/record/{type_}", "/events/left-out"} <= set(found)
    assert len(found) > 20 and not any(path.endswith((".ics", ".xlsx")) for path in found)


@browses
@pytest.mark.parametrize("how", SEEN)
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    there: Listening, launched: Browser, paths: list[str], how: str
) -> None:
    seen = SEEN[how]
    page = signed_in(
        launched, there.address, viewport=seen.size, color_scheme=seen.scheme, bypass_csp=True,
        reduced_motion="reduce",
    )  # fmt: skip
    found = {}
    for path in paths:
        page.goto(f"{there.address}/{seen.language}{path}")
        if wrong := complaints(page, True):
            found[path] = wrong
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found[f"{path} scrolls"] = [str(wide)]
    page.context.close()
    assert found == {}


@browses
def test_nothing_that_pages_ask_for_is_refused_by_their_policy(
    there: Listening, launched: Browser, paths: list[str]
) -> None:
    page = signed_in(launched, there.address, viewport=DESKTOP)
    told: list[tuple[str, str]] = []
    page.on(
        "console",
        lambda m: told.append((page.url, m.text)) if m.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: told.append((page.url, str(error))))
    for path in paths:
        page.goto(f"{there.address}/en{path}")
        face = page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
        assert face == "rgb(27, 47, 82)"
    page.context.close()
    # That there is no such page or row, or that it is not for a recorder, is told there, too.
    refused = {"nothing": "404", "none?n=1": "404", "audit": "403"}
    said = [(url, text) for url, text in told if refused.get(url.rpartition("/")[2], "none") not in text]
    assert said == []
