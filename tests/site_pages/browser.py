"""Debian's Chromium, driven by playwright, whose own browser is never fetched; and axe."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
)  # fmt: skip
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SERIOUS = ("serious", "critical")


def missing() -> str | None:
    """What the machine lacks, if anything."""
    if CHROMIUM is None:
        return "Chromium is not installed (chromium)"
    for module in ("playwright", "axe_playwright_python"):
        if importlib.util.find_spec(module) is None:
            return f"{module} is not installed"
    return None


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that reaches nothing but files."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=[*_ARGUMENTS])
        try:
            yield launched
        finally:
            launched.close()


@contextmanager
def opened(launched: Browser, size: dict[str, int], scheme: str, scale: float = 1) -> Iterator[Page]:
    """A tab of this size, in light or dark, that takes whatever is not a file for an error."""
    context = launched.new_context(
        viewport=size,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        device_scale_factor=scale,
        reduced_motion="reduce",
        java_script_enabled=True,
        bypass_csp=True,
    )
    fetched: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: fetched.append(request.url))
    page.on("requestfailed", lambda request: fetched.append(f"failed: {request.url}"))
    try:
        yield page
    finally:
        context.close()
    strangers = [url for url in fetched if not url.startswith(("file://", "data:", "blob:", "about:"))]
    assert strangers == []


@cache
def axe() -> str:
    """The script of axe, from the package that carries it."""
    import axe_playwright_python

    (found, *_) = sorted(Path(str(axe_playwright_python.__file__)).parent.rglob("axe.min.js"))
    return found.read_text("utf-8")


def complaints(page: Page, contrast: bool = True) -> list[str]:
    """What axe finds serious or critical on the page as it is now; contrast takes it longest."""
    page.evaluate(axe())
    found: dict[str, Any] = page.evaluate(
        """contrast => axe.run(document, {
            resultTypes: ['violations'], preload: false, rules: {'color-contrast': {enabled: contrast}}
        })""",
        contrast,
    )
    return [
        f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']][:3]} {v['nodes'][0]['failureSummary']}"
        for v in found["violations"]
        if v["impact"] in SERIOUS
    ]
