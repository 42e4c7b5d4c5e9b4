"""Every page is whole: links, ids, headings, tables, languages, and nothing that runs or is fetched."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from .made import TAGS, files

Found = dict[str, Any]
_KINDS = ("index.html", "municipalities.html", "areas.html", "duties.html", "method.html", "open-data.html")


@cache
def _parsed(site: Path) -> Found:
    return {
        path: html.fromstring(content.decode())
        for path, content in files(site).items()
        if path.endswith(".html")
    }


@pytest.fixture
def pages(site: Path) -> Found:
    return _parsed(site)


def wrong(pages: Found, look: Any) -> dict[str, list[Any]]:
    """What a look finds wrong, by page."""
    found = {path: list(look(path, page)) for path, page in pages.items()}
    return {path: what for path, what in found.items() if what}


def test_every_kind_of_page_is_there_in_every_language(pages: Found, site: Path) -> None:
    by_language = {
        tag: {path.removeprefix(f"{tag}/") for path in pages if path.startswith(f"{tag}/")} for tag in TAGS
    }
    assert all(found == by_language["en"] for found in by_language.values())
    assert set(_KINDS) <= by_language["en"]
    assert {path.partition("/")[0] for path in by_language["en"] if "/" in path} == {
        "municipalities", "areas", "duties",
    }  # fmt: skip
    for tag in TAGS:
        assert (site / tag / "feed.xml").is_file()
        assert (site / tag / "calendar.ics").is_file()


def test_every_link_leads_to_a_file_and_a_place_in_it(pages: Found, site: Path) -> None:
    there = set(files(site))
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}

    def look(path: str, page: Any) -> Iterator[str]:
        for target in page.xpath("//@href | //@src"):
            parts = urlsplit(target)
            if parts.scheme:
                if parts.scheme not in ("http", "https"):
                    yield target
                continue
            inside = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            file = inside if parts.path else path
            if file not in there or (parts.fragment and parts.fragment not in ids.get(file, ())):
                yield target

    assert wrong(pages, look) == {}


def test_every_page_can_be_reached_from_the_first(pages: Found) -> None:
    seen, ahead = set(), ["index.html"]
    while ahead:
        path = ahead.pop()
        if path in seen or path not in pages:
            continue
        seen.add(path)
        for target in pages[path].xpath("//a/@href"):
            if not urlsplit(target).scheme:
                name = target.partition("#")[0]
                ahead.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), name)))
    assert seen == set(pages)


def test_every_id_stands_once_and_is_there_where_it_is_referred_to(pages: Found) -> None:
    def look(_: str, page: Any) -> Iterator[str]:
        ids = Counter(page.xpath("//@id"))
        yield from (id_ for id_, number in ids.items() if number > 1)
        named = [i for value in page.xpath("//@aria-labelledby | //@aria-describedby") for i in value.split()]
        named += [i for value in page.xpath("//@fill") for i in re.findall(r"url\(#([^)]+)\)", value)]
        yield from (id_ for id_ in named if id_ not in ids)

    assert wrong(pages, look) == {}


def test_headings_are_in_order(pages: Found) -> None:
    def look(_: str, page: Any) -> Iterator[str]:
        levels = [int(e.tag[1]) for e in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        if levels[:1] != [1] or levels.count(1) != 1:
            yield f"{levels}"
        yield from (f"{a} {b}" for a, b in pairwise(levels) if b > a + 1)

    assert wrong(pages, look) == {}


def test_tables_have_captions_scopes_and_a_region_that_a_keyboard_reaches(pages: Found) -> None:
    def look(_: str, page: Any) -> Iterator[str]:
        for table in page.iter("table"):
            name = table.get("id")
            captions = table.findall("caption")
            if len(captions) != 1 or not captions[0].text_content().strip():
                yield f"{name}: caption"
            if any(cell.get("scope") not in ("col", "row") for cell in table.iter("th")):
                yield f"{name}: scope"
            rows = [len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")]
            if len(set(rows)) != 1:
                yield f"{name}: {rows}"
            region = table.getparent()
            if (
                region.get("role") != "region"
                or region.get("tabindex") != "0"
                or not region.get("aria-label")
            ):
                yield f"{name}: region"

    assert wrong(pages, look) == {}
    assert sum(1 for page in pages.values() for _ in page.iter("table")) > 100


def test_the_language_is_named_and_every_other_is_offered(pages: Found) -> None:
    def look(path: str, page: Any) -> Iterator[str]:
        tag = path.partition("/")[0] if "/" in path else "en"
        if page.get("lang") != tag:
            yield f"lang {page.get('lang')}"
        offered = page.xpath("//nav[@class='languages']//a | //ul[@class='choice']//a")
        if [(a.get("lang"), a.get("hreflang")) for a in offered] != [(t, t) for t in TAGS]:
            yield "the languages"
        for a in offered if "/" in path else ():
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), a.get("href")))
            if there != f"{a.get('lang')}/{path.partition('/')[2]}":
                yield there

    assert wrong(pages, look) == {}


def test_landmarks_and_titles(pages: Found) -> None:
    def look(_: str, page: Any) -> Iterator[str]:
        for expression in ("//body/header", "//body/main[@id='content']", "//body/footer", "//head/title"):
            if len(page.xpath(expression)) != 1:
                yield expression
        if page.xpath("//body/*[1]/@href") != ["#content"]:
            yield "no skip link first"
        navigations = page.xpath("//nav/@aria-label")
        if len(set(navigations)) != len(page.xpath("//nav")):
            yield f"{navigations}"

    assert wrong(pages, look) == {}
    for tag in TAGS:
        titles = Counter(p.findtext(".//title") for path, p in pages.items() if path.startswith(f"{tag}/"))
        assert [title for title, number in titles.items() if number > 1] == []


def test_nothing_runs_and_nothing_is_fetched(pages: Found, site: Path) -> None:
    def look(_: str, page: Any) -> Iterator[str]:
        yield from (e.tag for e in page.iter("script", "style", "iframe", "object", "embed", "form", "base"))
        yield from page.xpath("//@*[starts-with(name(), 'on')] | //@style | //@src | //@srcset")
        yield from (t for t in page.xpath("//link/@href") if urlsplit(t).scheme)
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        if not policy.startswith("default-src 'none';") or "unsafe" in policy:
            yield policy

    assert wrong(pages, look) == {}
    assert not re.search(r"url\(|@import|https?:", (site / "style.css").read_text("utf-8"))


def test_charts_say_in_words_what_they_draw(pages: Found) -> None:
    drawn = [svg for page in pages.values() for svg in page.xpath("//svg[@role='img']")]
    assert drawn
    for svg in drawn:
        assert svg.findtext("title")
        assert svg.findtext("desc")
        assert svg.get("aria-labelledby").split() == [svg.find("title").get("id"), svg.find("desc").get("id")]
    charts = [page.xpath("//div[@class='chart']") for page in pages.values()]
    for chart in (c for found in charts for c in found):
        periods = chart.xpath(".//tbody/tr")
        assert len(chart.xpath(".//svg/rect[contains(@class, 'part')]")) <= 2 * len(periods)
        assert len(periods) > 1


def test_a_duty_that_a_finding_names_has_its_page(pages: Found) -> None:
    named = {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        for path, page in pages.items()
        for target in page.xpath("//table//a/@href")
        if "duties/" in target
    }
    assert named == {path for path in pages if "/duties/" in path}


_RECORDED = re.compile(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b")


@pytest.mark.parametrize("tag", TAGS)
def test_days_are_written_as_the_language_writes_them(pages: Found, tag: str) -> None:
    page = pages[f"{tag}/municipalities/kline.html"]
    written = re.findall(r"\b[0-9]{2}\.[0-9]{2}\.20[0-9]{2}\b", page.text_content())
    recorded = _RECORDED.findall(page.text_content())
    assert bool(written) == (tag != "en")
    assert bool(recorded) == (tag == "en")


def test_serbian_stands_in_its_script(pages: Found) -> None:
    for path, letters in (("sr-Latn/method.html", "a-zčćžšđ"), ("sr-Cyrl/method.html", "а-ш")):
        main = pages[path].get_element_by_id("content").text_content()
        assert len(re.findall(f"[{letters}]", main.lower())) > 0.85 * len(re.findall(r"[^\W\d_]", main))


def test_the_pages_say_that_they_are_redacted(pages: Found) -> None:
    said = "Free texts of the records are left out"
    assert [p for p, page in pages.items() if p.startswith("en/") and said not in page.text_content()] == []
