"""Reports that go through many findings have them made a page at a time; nothing but memory shows it."""

from __future__ import annotations

import json

import pytest

from cli.conftest import Run
from transparency_check import engine

LOG = "samples/klina/log.jsonl"
NARROW = ("--as-of", "2026-11-20", "--select", "XK-FOI-001", "--select", "XK-BUD-008")


@pytest.mark.parametrize(
    "more", [(), ("--all",), ("--municipality", "kline")], ids=["open", "all", "filtered"]
)
@pytest.mark.parametrize("name", ["csv", "json", "jsonl"])
def test_pages_change_no_byte(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, more: tuple[str, ...]
) -> None:
    command = ("check", LOG, *NARROW, "--format", name, *more)
    whole = run(*command)
    monkeypatch.setattr(engine, "PAGE", 0)
    monkeypatch.setattr(engine.paging, "PAGE", 5)
    paged = run(*command)
    assert len(whole.stdout.splitlines()) > 5
    assert (paged.stdout, paged.exit_code) == (whole.stdout, whole.exit_code)


def test_counts_make_violations_only_and_say_what_the_report_says(run: Run) -> None:
    counts = json.loads(run("check", LOG, *NARROW, "--format", "counts").stdout)
    report = json.loads(run("check", LOG, *NARROW, "--format", "json", "--all").stdout)
    assert counts["summary"] == report["summary"]
    assert sum(n for duty in counts["rules"] for n in duty["outcomes"].values()) == len(report["findings"])
    assert [f["id"] for f in counts["violations"]] == [
        f["id"] for f in report["findings"] if f["outcome"] in ("violated", "late")
    ]


def test_upcoming_counts_what_is_over_without_making_it(run: Run) -> None:
    command = (LOG, "--as-of", "2026-09-01", "--format", "json")
    upcoming = json.loads(run("upcoming", *command, "--within", "30d").stdout)
    filtered = json.loads(run("upcoming", *command, "--within", "30d", "--municipality", "kline").stdout)
    assert upcoming["findings"]
    assert upcoming["findings"] == filtered["findings"]
    assert upcoming["summary"] == filtered["summary"]
