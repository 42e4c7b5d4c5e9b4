"""``python -m site_pages.pictures [FOLDER]``: pictures of the site's pages, into build/screenshots."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .browser import DESKTOP, PHONE, browser, missing, opened
from .made import CONFIGURATION, KLINA, LOGS, ROOT, build

# Name of a site, its logs, how they are judged.
_SITES = {
    "klina": ((KLINA,), ("--as-of", "2026-11-20", "--no-config", "--title", "")),
    "three": (LOGS, ("--as-of", "2026-11-20", "--config", CONFIGURATION)),
}
# Site, page, language, size, scheme; what is on a phone in one language is on a desktop in another.
_PICTURES = (
    ("klina", "../index.html", "sq", "phone", "light"),
    ("klina", "../index.html", "sq", "desktop", "dark"),
    ("klina", "index.html", "sq", "desktop", "light"),
    ("klina", "index.html", "sq", "desktop", "dark"),
    ("klina", "index.html", "sq", "phone", "light"),
    ("klina", "index.html", "sr-Latn", "phone", "dark"),
    ("klina", "index.html", "sr-Cyrl", "desktop", "light"),
    ("klina", "municipalities/kline.html", "sr-Latn", "desktop", "light"),
    ("klina", "municipalities/kline.html", "sq", "phone", "dark"),
    ("klina", "areas.html", "sq", "desktop", "light"),
    ("klina", "areas/MTG.html", "sr-Cyrl", "phone", "light"),
    ("klina", "areas/MTG.html", "sq", "desktop", "dark"),
    ("klina", "duties.html", "sq", "phone", "light"),
    ("klina", "duties/XK-MTG-001.html", "sq", "desktop", "light"),
    ("klina", "duties/XK-MTG-001.html", "sr-Latn", "phone", "dark"),
    ("klina", "method.html", "sr-Cyrl", "desktop", "dark"),
    ("klina", "method.html", "sq", "phone", "light"),
    ("klina", "open-data.html", "sq", "desktop", "light"),
    ("three", "index.html", "sr-Latn", "desktop", "light"),
    ("three", "municipalities.html", "sq", "phone", "dark"),
    ("three", "municipalities/kllokot.html", "sr-Latn", "desktop", "dark"),
)
_SIZES = {"phone": PHONE, "desktop": DESKTOP}
# Pictures of pages that are longer show how they begin.
_HIGHEST = {"phone": 1560, "desktop": 2000}


def main(arguments: Sequence[str]) -> int:
    """Take them."""
    if lacking := missing():
        print(lacking, file=sys.stderr)
        return 2
    target = Path(arguments[0]) if arguments else ROOT / "build" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser() as launched:
        for name, (logs, judged) in _SITES.items():
            result = build(Path(folder) / name, logs=logs, judged=judged)
            if result.exit_code:
                print(result.output, file=sys.stderr)
                return 1
        for name, path, language, size, scheme in _PICTURES:
            with opened(launched, _SIZES[size], scheme, 2 if size == "phone" else 1) as page:
                page.goto((Path(folder) / name / language / path).resolve().as_uri())
                height = page.evaluate("document.documentElement.scrollHeight")
                width = _SIZES[size]["width"]
                kind = path.removeprefix("../").removesuffix(".html").replace("/", "-")
                kind = "choice" if path.startswith("..") else kind
                page.screenshot(
                    path=target / f"{name}-{kind}-{language}-{size}-{scheme}.png",
                    full_page=True,
                    clip={"x": 0, "y": 0, "width": width, "height": min(height, _HIGHEST[size])},
                )
        with opened(launched, DESKTOP, "light") as page:
            page.goto((Path(folder) / "klina" / "sq" / "index.html").as_uri())
            page.pdf(path=target / "klina-index-sq-print.pdf", prefer_css_page_size=True)
    print(f"{len(_PICTURES)} pictures in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
