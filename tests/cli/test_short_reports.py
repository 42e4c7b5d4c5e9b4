"""What is chosen, what fails, and the short reports: --select, --exit-zero, --statistics, --quiet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Run

LOG = str(Path(__file__).parents[2] / "samples/klina/log.jsonl")
NARROW = ("--as-of", "2026-11-20")


@pytest.fixture(autouse=True)
def _office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("args", "rules"),
    [
        pytest.param(("--select", "XK-FOI-001"), {"XK-FOI-001"}, id="an id"),
        pytest.param(
            ("--select", "xk-foi-00", "--ignore", "XK-FOI-001"), {"XK-FOI-004", "XK-FOI-005"}, id="a prefix"
        ),
        pytest.param(("--select", "foi", "--ignore", "xk-foi-0"), set(), id="an area"),
        pytest.param(("--select", "rec"), {"TC-REC-001"}, id="the area of a rule of the program"),
        pytest.param(
            ("--pack", "kosovo", "--pack", "klina", "--select", "klina", "--ignore", "kosovo"), None,
            id="a pack",
        ),
        pytest.param(("--select", "kosovo", "--ignore", "KOSOVO"), set(), id="a pack, and not"),
    ],
)  # fmt: skip
def test_what_is_chosen(run: Run, args: tuple[str, ...], rules: set[str] | None) -> None:
    report = json.loads(run("check", LOG, *NARROW, *args, "--format", "json").stdout)
    found = {f["rule"] for f in report["findings"]}
    if rules is None:
        assert found
        assert all(rule.startswith("KLI-") for rule in found)
    else:
        assert found == rules or (rules and rules <= found and "XK-FOI-001" not in found)


def test_a_word_that_means_nothing_is_told_with_the_nearest(run: Run) -> None:
    result = run("check", LOG, *NARROW, "--select", "kosvo")
    assert result.exit_code == 2
    assert "kosovo" in result.stderr


@pytest.mark.parametrize(
    ("more", "code"),
    [((), 1), (("--exit-zero",), 0), (("--fail-on", "never"), 0)],
    ids=["a violation", "zero", "never"],
)
def test_exit_zero(run: Run, more: tuple[str, ...], code: int) -> None:
    assert run("check", LOG, *NARROW, "--select", "XK-FOI-001", *more).exit_code == code


def test_exit_zero_is_no_excuse_for_what_could_not_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{\n", encoding="utf-8")
    assert run("check", "bad.jsonl", *NARROW, "--exit-zero").exit_code == 2


def test_statistics_count_what_the_report_has_the_most_first(run: Run, tmp_path: Path) -> None:
    args = ("check", LOG, *NARROW, "--select", "foi", "--select", "XK-MTG-001", "--select", "XK-MTG-029")
    report = json.loads(run(*args, "--format", "json").stdout)
    shown = run(*args, "--statistics").stdout
    own = [f for f in report["findings"] if f["binds"] == "municipality"]
    expected: dict[str, int] = {}
    for finding in own:
        expected.setdefault(finding["rule"], 0)
        expected[finding["rule"]] += finding["outcome"] in ("late", "violated")
    rows = [line.split() for line in shown.splitlines() if "XK-" in line]
    numbers = {row[3]: int(row[0]) for row in rows}
    assert numbers == {r: n for r, n in expected.items() if r in numbers}
    assert set(expected) - set(numbers) == {r for r in expected if r not in numbers and expected[r] == 0}
    assert [int(row[0]) for row in rows] == sorted((int(row[0]) for row in rows), reverse=True)
    total = sum(expected.values())
    assert shown.endswith(f"{total} violations; duties with any: {sum(n > 0 for n in expected.values())}.\n")
    # With a baseline, what is new has a column of its own.
    run("baseline", "create", LOG, *NARROW, "--select", "XK-MTG-001")
    rows = [
        line.split()
        for line in run(*args, "--statistics", "--baseline", "baseline.json").stdout.splitlines()
        if "XK-FOI-001" in line or "XK-MTG-001" in line
    ]
    assert {row[4]: (int(row[0]), int(row[1])) for row in rows} == {
        "XK-MTG-001": (expected["XK-MTG-001"], 0), "XK-FOI-001": (expected["XK-FOI-001"],) * 2,
    }  # fmt: skip
    refused = run(*args, "--statistics", "--format", "json")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--format counts" in refused.stderr


def test_quiet_says_only_what_fails_the_run(run: Run, tmp_path: Path) -> None:
    args = ("check", LOG, *NARROW, "--select", "XK-FOI-001", "--select", "XK-ACT-001")
    report = json.loads(run(*args, "--format", "json").stdout)
    failing = [
        f for f in report["findings"] if f["outcome"] in ("late", "violated") and f["severity"] == "violation"
    ]
    result = run(*args, "--quiet")
    assert (result.exit_code, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    assert len(lines) == len(failing) > 1
    for finding in failing:
        (line,) = (line for line in lines if line.endswith(f"#{finding['id']}"))
        assert line.startswith(f"{finding['trigger']['place']}: {finding['rule']} kline, {finding['case']}: ")
    advisory = run(*args, "-q", "--fail-on", "advisory").stdout.splitlines()
    assert len(advisory) > len(lines)
    assert run(*args, "-q", "--fail-on", "never").stdout == ""
    run("baseline", "create", LOG, *NARROW)
    assert run(*args, "-q", "--baseline", "baseline.json").stdout == ""
    # What is written is written without a remark.
    written = run(*args, "-q", "-o", "report.json")
    assert (written.exit_code, written.stdout, written.stderr) == (1, "", "")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]
    assert "Report written" in run(*args, "-o", "report.json").stderr


def test_quiet_tells_what_could_not_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{\n", encoding="utf-8")
    result = run("check", "bad.jsonl", *NARROW, "-q")
    assert result.exit_code == 2
    assert result.stdout.startswith("bad.jsonl:1: ")


def test_of_what_comes_the_short_reports_say_what_comes(run: Run) -> None:
    args = ("upcoming", LOG, *NARROW, "--select", "XK-FOI-001", "--select", "XK-MTG-001")
    coming = json.loads(run(*args, "--format", "json").stdout)["findings"]
    lines = run(*args, "--format", "concise").stdout.splitlines()
    assert [line.rpartition("#")[2] for line in lines] == [f["id"] for f in coming]
    assert coming
    assert run(*args, "--format", "statistics").stdout.endswith("0 violations; duties with any: 0.\n")
