"""In a real browser: axe finds nothing serious, no page scrolls sideways, the keyboard reaches everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .browser import DESKTOP, PHONE, browser, complaints, missing, opened
from .made import SMALL, build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LACKING = missing()
pytestmark = pytest.mark.skipif(LACKING is not None, reason=LACKING or "")
# One of each kind, in the languages whose words are longest and whose script is another.
KINDS = (
    "index.html", "sq/index.html", "sr-Cyrl/index.html", "sq/municipalities.html",
    "sr-Latn/municipalities/kline.html", "sq/areas.html", "sq/areas/MTG.html", "sr-Latn/duties.html",
    "sq/duties/XK-MTG-001.html", "en/duties/TC-REC-001.html", "sr-Cyrl/method.html", "sq/open-data.html",
)  # fmt: skip
SIZES = {"phone": PHONE, "desktop": DESKTOP}
# Only contrast depends on the scheme. It does not depend on the width, and is looked at where it is wide:
# behind the shadows of narrow tables axe cannot see it.
LOOKS = (("light", "phone"), ("light", "desktop"), ("dark", "desktop"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In place of the one that other tests share."""
    folder = tmp_path_factory.mktemp("site") / "public"
    assert build(folder, judged=SMALL).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as launched:
        yield launched


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_axe_finds_nothing_serious(chromium: Browser, site: Path, scheme: str, size: str) -> None:
    found = {}
    with opened(chromium, SIZES[size], scheme) as page:
        for kind in KINDS:
            page.goto((site / kind).as_uri())
            if wrong := complaints(page, size == "desktop"):
                found[kind] = wrong
    assert found == {}


def test_axe_would_find_something(chromium: Browser, tmp_path: Path) -> None:
    """A page that is wrong in the ways that ours must not be."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!DOCTYPE html><html><title>x</title><body><main><a href='x'></a>"
        "<p style='color:#aaa;background:#fff'>Faint</p></main></body></html>"
    )
    with opened(chromium, PHONE, "light") as page:
        page.goto(bad.as_uri())
        told = " ".join(complaints(page))
    assert {"html-has-lang", "link-name", "color-contrast"} <= set(told.replace(":", " ").split())


def test_no_page_scrolls_sideways(chromium: Browser, site: Path) -> None:
    wide = {}
    pages = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    chosen = [p for p in pages if not p.startswith(("en/", "sr-Latn/"))]
    with opened(chromium, PHONE, "light") as page:
        for path in chosen:
            page.goto((site / path).as_uri())
            room = page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            if room[0] > room[1]:
                wide[path] = room
    assert wide == {}


def test_the_stylesheet_is_applied_and_nothing_is_refused(chromium: Browser, site: Path) -> None:
    """With the policy that the pages give themselves in force."""
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    for path in ("index.html", "sq/index.html"):
        page.goto((site / path).as_uri())
        face = page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
        assert face == "rgb(27, 47, 82)"
    context.close()
    assert told == []


def test_the_first_key_leads_to_the_content(chromium: Browser, site: Path) -> None:
    with opened(chromium, DESKTOP, "light") as page:
        page.goto((site / "sq/index.html").as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#content"
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_a_wide_table_scrolls_by_itself(chromium: Browser, site: Path) -> None:
    with opened(chromium, PHONE, "dark") as page:
        page.goto((site / "sr-Latn/municipalities/kline.html").as_uri())
        page.evaluate("document.getElementById('curable').parentElement.focus()")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.getElementById('curable').parentElement.scrollLeft > 0")


def test_languages_lead_to_the_same_page(chromium: Browser, site: Path) -> None:
    with opened(chromium, PHONE, "light") as page:
        page.goto((site / "sq/municipalities/kline.html").as_uri())
        page.click("nav.languages a[lang='sr-Cyrl']")
        assert page.url.endswith("/sr-Cyrl/municipalities/kline.html")
        assert page.evaluate("document.documentElement.lang") == "sr-Cyrl"
