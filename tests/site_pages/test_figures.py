"""The figures of pages, data, feed and calendar are those of ``check``, ``score`` and ``upcoming``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from lxml import html

from transparency_check.cli import application
from transparency_check.messages.figures import grouped
from transparency_check.messages.language import speaking
from transparency_check.site import record, tables

from .made import JUDGED, LOGS, ROOT, TAGS, build, files

ATOM = "{http://www.w3.org/2005/Atom}"
SHOWN = ("fulfilled", "late", "violated", "undetermined", "pending")


@cache
def said(command: str, *args: str) -> str:
    result = CliRunner().invoke(application, [command, *LOGS, *JUDGED, *args])
    assert result.exit_code in (0, 1), result.output
    return result.stdout_bytes.decode()


def findings() -> list[dict[str, Any]]:
    return list(json.loads(said("check", "--redact", "--format", "json"))["findings"])


def law(finding: dict[str, Any]) -> bool:
    return finding["binds"] == "municipality" and not finding["commitment"]


def page(site: Path, path: str) -> Any:
    return html.fromstring((site / path).read_text("utf-8"))


def row(page: Any, table: str, href: str) -> list[str]:
    (found,) = page.xpath(f"//table[@id='{table}']//tr[th//a[contains(@href, '{href}')]]")
    return [cell.text_content().strip() for cell in found.findall("td")]


@pytest.mark.parametrize("tag", TAGS)
def test_the_score_of_the_overview_is_that_of_the_report(site: Path, tag: str) -> None:
    counted = Counter(f["outcome"] for f in findings() if law(f))
    summary = json.loads(said("check", "--redact", "--format", "json"))["summary"]
    shown = page(site, f"{tag}/index.html")
    with speaking(tag):
        numbers = [grouped(counted[outcome]) for outcome in SHOWN[:4] if counted[outcome]]
        low, high = (f"{100 * summary['compliance'][bound]:.1f}" for bound in ("low", "high"))
        low, high = (b if tag == "en" else b.replace(".", ",") for b in (low, high))
    assert [b.text for b in shown.xpath("(//div[@class='score'])[1]//ul//b")] == numbers
    figure = shown.xpath("//div[@class='score']//p[@class='big']")[0].text
    assert low in figure
    assert high in figure


@pytest.mark.parametrize("tag", TAGS)
def test_rows_of_municipalities_are_counts_of_the_report(site: Path, tag: str) -> None:
    towns = {f["municipality"] for f in findings() if law(f)}
    assert len(towns) > 2
    for town in towns:
        counted = Counter(f["outcome"] for f in findings() if law(f) and f["municipality"] == town)
        shown = row(page(site, f"{tag}/index.html"), "towns", f"municipalities/{town}.html")
        assert shown[1:] == [str(counted[outcome]) for outcome in SHOWN], town


@pytest.mark.parametrize("where", ["index.html", "municipalities/kline.html"])
def test_rows_of_areas_are_scores(site: Path, where: str) -> None:
    scores = json.loads(said("score", "--format", "json"))["scores"]
    counted: dict[str, Counter[str]] = {}
    for score in scores:
        mine = "kline" in where and score["municipality"] != "kline"
        if score["owed"] == "law" and score["area"] and score["period"] is None and not mine:
            counted.setdefault(score["area"], Counter()).update(score["outcomes"])
    shown = page(site, f"en/{where}")
    assert len(shown.xpath("//table[@id='areas']/tbody/tr")) == len(counted) > 2
    for area, numbers in counted.items():
        assert row(shown, "areas", f"areas/{area}.html")[1:] == [str(numbers[o]) for o in SHOWN]


def test_rows_of_duties_are_counts_of_the_report(site: Path) -> None:
    for town in ("kline", "kllokot"):
        shown = page(site, f"en/municipalities/{town}.html")
        mine = [f for f in findings() if law(f) and f["municipality"] == town]
        for rule in {f["rule"] for f in mine}:
            counted = Counter(f["outcome"] for f in mine if f["rule"] == rule)
            numbers = [str(counted[outcome]) for outcome in SHOWN]
            assert row(shown, "duties", f"duties/{rule}.html") == numbers


@pytest.mark.parametrize(
    ("table", "outcomes", "curable"),
    [
        ("curable", ("violated",), True),
        ("final", ("violated",), False),
        ("late", ("late",), None),
        ("undetermined", ("undetermined",), None),
    ],
)
def test_every_finding_of_a_municipality_stands_on_its_page(
    site: Path, table: str, outcomes: tuple[str, ...], curable: bool | None
) -> None:
    wanted = {
        f["id"]
        for f in findings()
        if law(f) and f["municipality"] == "kline" and f["outcome"] in outcomes
        and (curable is None or f["curable"] is curable)
    }  # fmt: skip
    found = page(site, "en/municipalities/kline.html").xpath(f"//table[@id='{table}']//@id")
    shown = {id_.removeprefix("f-") for id_ in found} - {table}
    assert shown <= wanted
    assert len(shown) == min(len(wanted), record.MOST) > 0


def test_trends_are_scores_by_quarter(site: Path) -> None:
    scores = json.loads(said("score", "--format", "json"))["scores"]
    wanted = {
        s["period"]: [str(s["outcomes"][o]) for o in SHOWN[:4]]
        for s in scores
        if s["owed"] == "law" and s["municipality"] == "kline" and s["area"] is None
        and s["period"] not in (None, "undated") and s["judged"]
    }  # fmt: skip
    shown = page(site, "en/municipalities/kline.html").xpath("//table[@id='trend-figures']/tbody/tr")
    told = {r.findtext("th/div"): [c.text_content() for c in r.findall("td")][1:] for r in shown}
    # The last ones, of fifteen.
    assert told == dict(sorted(wanted.items())[-tables.PERIODS :])


def test_what_comes_next_is_what_upcoming_says_of_what_has_arisen(site: Path) -> None:
    """``upcoming`` also has what arises only within its horizon."""
    later = json.loads(said("upcoming", "--overdue", "--format", "json"))["findings"]
    arisen = {f["id"] for f in findings()}
    mine = [f for f in later if f["municipality"] == "kline" and f["id"] in arisen and law(f)]
    shown = page(site, "en/municipalities/kline.html")
    tables = {t: len(shown.xpath(f"//table[@id='{t}']/tbody/tr")) for t in ("overdue", "coming")}
    overdue = sum(f["outcome"] == "violated" for f in mine)
    all_of_kline = [f for f in later if f["municipality"] == "kline" and f["id"] in arisen]
    assert tables["overdue"] == overdue > 0
    assert tables["coming"] == sum(f["outcome"] != "violated" for f in all_of_kline) > 0


DATA = {
    "data/report.json": ("check", "--redact", "--format", "json"),
    "data/findings.csv": ("check", "--redact", "--format", "csv"),
    "data/findings.jsonl": ("check", "--redact", "--format", "jsonl"),
    "data/score.json": ("score", "--redact", "--format", "json"),
    "data/score.csv": ("score", "--redact", "--format", "csv"),
    "en/calendar.ics": ("check", "--redact", "--format", "ics"),
    "sr-Cyrl/calendar.ics": ("check", "--redact", "--format", "ics", "--lang", "sr-Cyrl"),
}


@pytest.mark.parametrize("path", DATA)
def test_data_are_what_the_commands_write(site: Path, path: str) -> None:
    assert (site / path).read_bytes() == said(*DATA[path]).encode()


@pytest.mark.parametrize("tag", TAGS)
def test_the_feed_tells_the_violations(site: Path, tag: str) -> None:
    feed = ElementTree.fromstring((site / tag / "feed.xml").read_bytes())
    entries = feed.findall(f"{ATOM}entry")
    wanted = [f for f in findings() if law(f) and f["outcome"] in ("violated", "late")]
    assert len(entries) == len(wanted) > 5
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    updated = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert updated == sorted(updated, reverse=True)
    # As the records were entered: none is as of the run, let alone of now.
    assert max(updated) < "2026-11-21"
    assert feed.findtext(f"{ATOM}updated") == updated[0]
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        file, _, place = str(link.get("href")).partition("#")
        target = page(site, f"{tag}/{file}")
        assert not place or target.xpath(f"//*[@id='{place}']")
    assert feed.findtext(f"{ATOM}rights") == "CC BY 4.0"


def test_an_entry_of_the_feed_keeps_its_id_when_it_is_done_late(tmp_path: Path) -> None:
    rows = [
        {"id": "r1", "type": "request.registered", "time": "2026-10-01", "case": "c"},
        {"id": "r2", "type": "request.answered", "time": "2026-11-10", "case": "c", "outcome": "granted"},
    ]
    log = tmp_path / "log.jsonl"
    told = []
    for number, day in ((1, "2026-11-01"), (2, "2026-11-20")):
        log.write_text(
            "".join(json.dumps(r | {"municipality": "kline"}) + "\n" for r in rows[:number]), "utf-8"
        )
        judged = ("--as-of", day, "--select", "XK-FOI-001", "--no-config")
        built = build(
            tmp_path / "site", "--language", "en", "--base-url", "https://example.org/t/",
            logs=(str(log),), judged=judged,
        )  # fmt: skip
        assert built.exit_code == 0, built.output
        feed = ElementTree.fromstring((tmp_path / "site/en/feed.xml").read_bytes())
        (entry,) = feed.findall(f"{ATOM}entry")
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert str(link.get("href")).startswith("https://example.org/t/en/municipalities/kline.html#f-")
        category = entry.find(f"{ATOM}category")
        assert category is not None
        told.append((entry.findtext(f"{ATOM}id"), category.get("term"), entry.findtext(f"{ATOM}updated")))
    assert told[0][0] == told[1][0]
    assert [outcome for _, outcome, _ in told] == ["violated", "late"]
    assert str(told[0][2]) < str(told[1][2])


def test_a_table_that_is_cut_says_so_and_where_the_rest_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "MOST", 2)
    built = build(tmp_path / "site", "--language", "en")
    assert built.exit_code == 0, built.output
    shown = page(tmp_path / "site", "en/municipalities/kline.html")
    for table in ("curable", "undetermined"):
        rows = shown.xpath(f"//table[@id='{table}']/tbody/tr")
        assert len(rows) == 2
    (more, *_) = shown.xpath("//table[@id='undetermined']/../following-sibling::p[1]")
    total = sum(
        law(f) and f["outcome"] == "undetermined" and f["municipality"] == "kline" for f in findings()
    )
    assert f"The latest 2 of {total} are shown." in more.text_content()
    assert more.xpath(".//a/@href") == ["../open-data.html"]


def test_the_same_bytes_whatever_the_seed_the_zone_and_the_folder(tmp_path: Path) -> None:
    built = []
    for seed, zone, language in (("1", "UTC", "C"), ("77", "Pacific/Auckland", "sq_AL.UTF-8")):
        folder = tmp_path / seed
        folder.mkdir()
        # As it would be in another checkout.
        log = folder / "log.jsonl"
        log.write_bytes(Path(LOGS[0]).read_bytes())
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "LANG": language}
        command = [
            sys.executable, "-m", "transparency_check", "site", "build", str(log),
            "--output", str(folder / "s"),
            "--as-of", "2026-11-20", "--select", "MTG", "--no-config",
        ]  # fmt: skip
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        built.append(files(folder / "s"))
    first, second = built
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
