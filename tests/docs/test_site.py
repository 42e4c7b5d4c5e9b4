"""The documents make a site: every one can be found in it, every link leads somewhere, nothing comes from
another host.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

ROOT = Path(__file__).parents[2]
# What a browser fetches without being asked.
FETCHED = "//script/@src | //img/@src | //iframe/@src | //source/@src | //link[not(@rel='canonical')]/@href"
ELSEWHERE = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])(?:https?:)?//")
LANGUAGES = {"sq": "sq", "sr": "sr-Latn"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site but for the page of each duty; a warning while it is built is an error."""
    folder = tmp_path_factory.mktemp("site")
    made, read = str(folder / "made"), str(folder / "read")
    command = ["-m", "sphinx", "-q", "-W", "--keep-going", "-t", "without_duties", "-d", read]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, *command, "-c", "docs/sphinx", ".", made],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "made"


@cache
def page(file: Path) -> html.HtmlElement:
    return html.fromstring(file.read_bytes())


@cache
def anchors(file: Path) -> set[str]:
    return set(page(file).xpath("//@id | //a/@name"))


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def led_to(site: Path, file: Path, address: str) -> Path:
    """The file of the site that a relative address means."""
    path = unquote(urlsplit(address).path)
    return (file.parent / path).resolve() if path else file


def test_every_document_of_the_index_is_in_the_navigation(site: Path) -> None:
    index = ROOT / "docs" / "README.md"
    targets = re.findall(r"\]\(([^)#]+\.md)", index.read_text(encoding="utf-8"))
    named = {(index.parent / target).resolve().relative_to(ROOT).with_suffix(".html") for target in targets}
    start = site / "index.html"
    links = page(start).xpath("//div[contains(@class, 'sidebar-tree')]//a/@href")
    found = {led_to(site, start, link).relative_to(site.resolve()) for link in links}
    assert len(named) > 60
    assert named - found == set()


def test_the_start_page_leads_to_every_language_and_group(site: Path) -> None:
    start = page(site / "index.html").xpath("//article")[0]
    languages = {a.get("hreflang"): a.get("href") for a in start.xpath(".//a[@hreflang]")}
    assert set(languages) == {"en", *LANGUAGES.values()}
    captions = page(site / "index.html").xpath("//div[contains(@class, 'sidebar-tree')]//p/span/text()")
    assert [h.text for h in start.xpath(".//h2")] == captions
    assert all(len(group.xpath("./li")) > 0 for group in start.xpath(".//h2/following-sibling::ul"))


def test_links_and_anchors_are_whole(site: Path) -> None:
    broken = []
    for file in pages(site):
        for address in page(file).xpath("//@href | //@src"):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = led_to(site, file, address)
            whole = target.is_file() and (
                not parts.fragment or target.suffix != ".html" or unquote(parts.fragment) in anchors(target)
            )
            if not whole:
                broken.append((file.relative_to(site).as_posix(), address))
    assert broken == []


def test_nothing_comes_from_another_host(site: Path) -> None:
    fetched = {address for file in pages(site) for address in page(file).xpath(FETCHED)}
    assert len(fetched) > 10
    assert {address for address in fetched if urlsplit(address).netloc} == set()
    styles = [style.read_text(encoding="utf-8") for style in site.rglob("*.css")]
    assert len(styles) > 2
    assert [found for text in styles for found in ELSEWHERE.findall(text)] == []


@pytest.mark.parametrize("folder", LANGUAGES)
def test_pages_declare_their_language(site: Path, folder: str) -> None:
    files = sorted((site / "docs" / folder).glob("*.html"))
    assert len(files) == len(list((ROOT / "docs" / folder).glob("*.md"))) > 0
    assert {page(file).get("lang") for file in files} == {LANGUAGES[folder]}
    assert page(site / "docs" / "legal-office.html").get("lang") == "en"
