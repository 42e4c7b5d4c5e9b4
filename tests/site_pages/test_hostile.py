"""Hostile texts of logs, packs and options stay text on every page and in the feed."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from safety.dangers import BY_ENDING, dangers
from safety.payloads import PAYLOADS, hostile
from safety.spoilt import spoilt
from transparency_check import checking
from transparency_check.packs import load_rulebook
from transparency_check.pages.blocks import Line, Notice
from transparency_check.pages.drawing import drawn
from transparency_check.pages.page import Page, Section, Surroundings
from transparency_check.reserved import RESERVED

from .made import KLINA, build, files

UNICODE = [t for t in hostile() if t.encode("utf-8", "ignore").decode() == t]
SINGLE = [p for kind in PAYLOADS.values() for p in kind if p.encode("utf-8", "ignore").decode() == p]
NARROW = ("--as-of", "2026-12-01", "--select", "XK-MTG-001", "--no-config")
SESSION = {
    "id": "e1", "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline", "case": "s1",
    "body": "assembly", "meeting_type": "session", "session_kind": "ordinary", "planned_at": "2026-11-27",
}  # fmt: skip
_ATOM = {
    "feed", "id", "title", "subtitle", "updated", "author", "name", "generator", "link", "rights", "entry",
    "category", "summary",
}  # fmt: skip


def hostile_in(folder: Path) -> dict[str, list[str]]:
    """What is dangerous in a site, by file."""
    found = {}
    for path, content in files(folder).items():
        text = content.decode()
        if path.endswith(".html"):
            wrong = dangers(text, BY_ENDING[".html"])
        elif path.endswith(".xml"):
            wrong = dangers(text, BY_ENDING[".txt"])
            tags = {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(content).iter()}
            wrong += sorted(tags - _ATOM)
            wrong += ["a declaration"] if "<!" in text else []
        elif path.startswith("data/"):
            wrong = dangers(text, BY_ENDING[Path(path).suffix])
        else:
            continue
        if wrong:
            found[path] = wrong
    return found


def test_texts_of_a_log(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    columns = (*RESERVED, "agenda", "body", "languages", "place")
    rows = [
        {**SESSION, "id": f"e{n}", "case": f"s{n}", column: text}
        for n, (text, column) in enumerate(list(itertools.product(SINGLE, columns))[::3])
    ]
    rows += [{**SESSION, "id": text, "case": text, text: text} for text in SINGLE]
    log.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    result = build(tmp_path / "site", "--language", "sq", "--language", "en", logs=(str(log),), judged=NARROW)
    assert result.exit_code == 2
    assert len(files(tmp_path / "site")) > 10
    assert hostile_in(tmp_path / "site") == {}


def test_texts_of_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = spoilt(load_rulebook(["kosovo"]), UNICODE)
    monkeypatch.setattr(checking, "load_packs", lambda *_: book)
    judged = ("--as-of", "2026-11-20", "--select", "MTG", "--no-config", "--no-plugins")
    result = build(tmp_path / "site", "--language", "sr-Latn", logs=(KLINA,), judged=judged)
    assert result.exit_code == 0, result.output
    assert hostile_in(tmp_path / "site") == {}


def test_options_and_names_of_files(tmp_path: Path) -> None:
    named = [text for text in SINGLE if not set(text) & set("/\0")]
    for number in range(4):
        text = " ".join(SINGLE[number::4])
        folder = tmp_path / str(number)
        folder.mkdir()
        log = folder / f"{named[number * 7][:40]}.jsonl"
        log.write_text(json.dumps(SESSION), "utf-8")
        told = (
            "--language",
            "en",
            "--title",
            text,
            "--licence",
            text,
            "--base-url",
            "https://x.example/<\"'>",
        )
        result = build(folder / "site", *told, logs=(str(log),), judged=NARROW)
        assert result.exit_code == 0, result.output
        assert dangers(result.stderr, BY_ENDING[".txt"]) == []
        assert hostile_in(folder / "site") == {}


@pytest.mark.parametrize(
    "href",
    [
        "javascript:pwned()",
        "JavaScript:pwned()",
        "data:text/html,x",
        "//pwned.example",
        "vbscript:x",
        "file:///x",
    ],
)
def test_links_lead_to_pages_and_the_web_alone(href: str) -> None:
    line = Line("x", href)
    page = Page(
        "t", Surroundings("n", "index.html", "style.css"), sections=(Section("s", "s", (Notice((line,)),)),),
    )  # fmt: skip
    assert href.encode() not in drawn(page)
    assert b'<a href="other.html">' in drawn(
        Page("t", Surroundings("n", "i", "s"), opening=(Notice((Line("x", "other.html"),)),))
    )
