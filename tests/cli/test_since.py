"""``upcoming --since``: what is new, what moved, and what is over since an earlier report."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from cli.conftest import Logged, Run
from transparency_check.cli import application
from transparency_check.schema_files import read

SELECTED = ("--select", "XK-FOI-001", "--select", "XK-MTG-001", "--no-config")
BEFORE = ("--as-of", "2026-11-19")
ASKED = ("--as-of", "2026-11-20", "--within", "30d", *SELECTED)
Rows = list[dict[str, Any]]


def request(time: str = "2026-11-16", **more: Any) -> dict[str, Any]:
    return {"id": "r1", "type": "request.registered", "time": time, "recorded_at": "2026-11-16", **more}


def answered(time: str, **more: Any) -> dict[str, Any]:
    return {"id": "r2", "type": "request.answered", "time": time, "outcome": "granted", **more}


WITHDRAWN = {"id": "r3", "type": "request.withdrawn", "time": "2026-11-19", "recorded_at": "2026-11-20"}
CONVENED = {
    "id": "m1",
    "type": "meeting.scheduled",
    "time": "2026-11-02",
    "body": "assembly",
    "meeting_type": "session",
    "session_kind": "ordinary",
    "planned_at": "2026-12-04T10:00",
}
MOVED = {**CONVENED, "id": "m2", "type": "meeting.rescheduled", "time": "2026-11-20"}
# Name of a row: records before and after, its mark or what became of it, and outcomes with due days on either
# side. Each stands in a case of its own.
ROWS: dict[
    str, tuple[Rows, Rows, str | None, tuple[str, str | None] | None, tuple[str, str | None] | None]
] = {
    "as it was": ([request()], [request()], None, None, None),
    "new": ([], [request()], "new", None, ("pending", "2026-11-23")),
    "due on another day": (
        [request()],
        [request(), request("2026-11-18", recorded_at="2026-11-20")],
        "moved",
        ("pending", "2026-11-23"),
        ("pending", "2026-11-25"),
    ),
    "planned for another day": (
        [CONVENED],
        [CONVENED, {**MOVED, "planned_at": "2026-12-11T10:00"}],
        "moved",
        ("pending", "2026-11-25"),
        ("pending", "2026-12-02"),
    ),
    "met": (
        [request()],
        [request(), answered("2026-11-20")],
        "over",
        ("pending", "2026-11-23"),
        ("fulfilled", "2026-11-23"),
    ),
    "missed": (
        [request("2026-11-12")],
        [request("2026-11-12")],
        "over",
        ("pending", "2026-11-19"),
        ("violated", "2026-11-19"),
    ),
    "no longer owed": (
        [request()],
        [request(), WITHDRAWN],
        "over",
        ("pending", "2026-11-23"),
        ("not_applicable", "2026-11-23"),
    ),
    "withdrawn by a record": (
        [request()],
        [request(), request(retracted=True, recorded_at="2026-11-20")],
        "over",
        ("pending", "2026-11-23"),
        None,
    ),
    "put off beyond what is shown": (
        [CONVENED],
        [CONVENED, {**MOVED, "planned_at": "2027-03-04T10:00"}],
        "over",
        ("pending", "2026-11-25"),
        ("pending", "2027-02-23"),
    ),
    "missed before": ([request("2026-11-02")], [request("2026-11-02")], None, None, None),
    "met before": (
        [request(), answered("2026-11-18")],
        [request(), answered("2026-11-18")],
        None,
        None,
        None,
    ),
    "still owed, done late": (
        [request("2026-11-02")],
        [request("2026-11-02"), answered("2026-11-20")],
        "over",
        ("violated", "2026-11-09"),
        ("late", "2026-11-09"),
    ),
}


def of_rows(side: int) -> Rows:
    return [
        {"municipality": "kline", **r, "id": f"{name}/{r['id']}", "case": name}
        for name, row in ROWS.items()
        for r in row[side]
    ]


def asked(*words: str) -> None:
    result = CliRunner().invoke(application, list(words))
    assert result.exit_code in (0, 1), result.output


def written(path: Path, rows: Rows) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("since")


@pytest.fixture(scope="module")
def earlier(folder: Path) -> str:
    report = str(folder / "earlier.json")
    asked("check", written(folder / "before.jsonl", of_rows(0)), *BEFORE, *SELECTED, "-o", report)
    return report


@pytest.fixture(scope="module")
def log(folder: Path) -> str:
    return written(folder / "after.jsonl", of_rows(1))


def state(found: dict[str, Any] | None) -> tuple[str, str | None] | None:
    return None if found is None else (found["outcome"], found["due"])


def test_each_change_is_told_as_what_it_is(run: Run, earlier: str, log: str) -> None:
    shown = json.loads(run("upcoming", log, *ASKED, "--since", earlier, "--format", "json").stdout)
    jsonschema.Draft202012Validator(json.loads(read("report"))).validate(shown)
    told: dict[str, tuple[Any, ...]] = {
        f["case"]: (f["since"]["state"], state(f["since"]["before"]), state(f))
        for f in shown["findings"]
        if f["since"] is not None
    }
    since = shown["since"]
    assert (since["new"], since["moved"]) == tuple(
        sum(s[0] == word for s in told.values()) for word in ("new", "moved")
    )
    told |= {f["case"]: ("over", state(f["before"]), state(f["after"])) for f in since["over"]}
    assert told == {name: row[2:] for name, row in ROWS.items() if row[2] is not None}
    assert (since["file"], since["as_of"]) == (Path(earlier).as_posix(), "2026-11-19")


def test_people_read_it_beside_the_day_and_in_a_section(run: Run, earlier: str, log: str) -> None:
    told = run("upcoming", log, *ASKED, "--since", earlier).stdout
    flat = " ".join(told.split())
    assert "new since" in flat and "was due" in flat
    assert "Compared with the report of 2026-11-19" in flat
    assert "1 new, 2 changed, 6 over." in flat
    section = told[told.index("Over since 2026-11-19") :]
    for name, row in ROWS.items():
        assert (name.split()[0] in section) == (row[2] == "over") or name.split()[0] in flat
    assert "does not arise" in " ".join(section.split())


def test_tables_for_spreadsheets_have_it_too(run: Run, earlier: str, log: str, tmp_path: Path) -> None:
    book = str(tmp_path / "coming.xlsx")
    shown = run(
        "upcoming", log, *ASKED, "--since", earlier, "--format", "csv", "--format", f"xlsx={book}"
    ).stdout
    rows = {row["case"]: row for row in csv.DictReader(io.StringIO(shown, newline=""))}
    for name, (_, _, mark, before, after) in ROWS.items():
        if mark is None:
            assert rows.get(name, {"since": ""})["since"] == ""
            continue
        row = rows[name]
        assert row["since"] == mark
        assert (row["was_outcome"], row["was_due"]) == (before or ("", ""))
        assert row["outcome"] == (after[0] if after else "")
    head, *others = CalamineWorkbook.from_path(book).get_sheet_by_name("Findings").to_python()
    found = {row["Case or file"]: row for row in (dict(zip(head, r, strict=True)) for r in others)}
    assert found.keys() == rows.keys()
    assert found["met"]["Since the earlier report"] == "over; was pending, due 2026-11-23"
    assert found["new"]["Since the earlier report"] == "new since 2026-11-19"
    assert (found["new"]["Days left"], found["new"]["Working days left"]) == (3, 1)


def test_without_an_earlier_report_there_is_no_word_of_it(run: Run, log: str) -> None:
    shown = json.loads(run("upcoming", log, *ASKED, "--format", "json").stdout)
    assert "since" not in shown and all("since" not in f for f in shown["findings"])


def test_what_is_still_owed_is_over_only_once_it_is_done(run: Run, earlier: str, log: str) -> None:
    shown = json.loads(
        run("upcoming", log, *ASKED, "--overdue", "--since", earlier, "--format", "json").stdout
    )
    moved = {f["case"]: f["since"] for f in shown["findings"]}
    assert moved["missed before"] is None
    assert moved["missed"]["before"]["outcome"] == "pending"
    assert {f["case"] for f in shown["since"]["over"]} == {
        name for name, row in ROWS.items() if row[2] == "over" and name != "missed"
    }


def test_what_arises_by_itself_is_new_only_within_the_sight_of_the_earlier_report(
    run: Run, logged: Logged, tmp_path: Path
) -> None:
    """check looks no day ahead: what recurs after its day was not there to be seen."""
    log = logged({**CONVENED, "municipality": "kline", "case": "c", "planned_at": "2026-06-01"})
    report = str(tmp_path / "earlier.json")
    all_of_it = ("--municipality", "kline", "--no-config")
    run("check", log, "--as-of", "2026-11-02", *all_of_it, "-o", report)
    asked = ("--as-of", "2026-11-03", "--within", "60d", *all_of_it, "--since", report, "--format", "json")
    found = json.loads(run("upcoming", log, *asked).stdout)["findings"]
    by_itself = [f for f in found if f["trigger"] is None and f["due"] and f["due"] > "2026-11-03"]
    assert by_itself
    assert {f["since"] and f["since"]["state"] for f in by_itself} == {None}


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("mistakes")
    log = written(tmp_path / "log.jsonl", of_rows(0))
    for name, *args in (
        ("later.json", "check", "--as-of", "2026-11-21", *SELECTED),
        ("narrow.json", "check", *BEFORE, *SELECTED, "--case", "met"),
        ("coming.json", "upcoming", *BEFORE, *SELECTED),
        ("counts.json", "check", *BEFORE, *SELECTED, "--format", "counts"),
        ("good.json", "check", *BEFORE, *SELECTED),
    ):
        asked(args[0], log, *args[1:], "-o", str(tmp_path / name))
    whole = (tmp_path / "good.json").read_text("utf-8")
    (tmp_path / "cut.json").write_text(whole[:-40], "utf-8")
    (tmp_path / "odd.json").write_text(whole.replace('"as_of":"2026-11-19"', '"as_of":"soon"'), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("none.json", "none.json could not be read: No such file or directory"),
        ("log.jsonl", "says that it is `?`"),
        ("counts.json", "`transparency-check/counts/1`"),
        ("coming.json", "leaves out what is over"),
        ("cut.json", "this is no whole JSON"),
        ("odd.json", "odd.json is no report as check writes it (as_of: soon)"),
        ("narrow.json", "narrow.json was narrowed to something else than this run"),
        ("later.json", "later.json was judged as of 2026-11-21, after 2026-11-20"),
    ],
)
def test_mistakes(run: Run, mistaken: Path, monkeypatch: pytest.MonkeyPatch, report: str, said: str) -> None:
    monkeypatch.chdir(mistaken)
    result = run("upcoming", "log.jsonl", *ASKED, "--since", report)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_the_earlier_report_is_no_output(run: Run, mistaken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mistaken)
    result = run("upcoming", "log.jsonl", *ASKED, "--since", "good.json", "-o", "good.json")
    assert result.exit_code == 2
    assert "good.json is the earlier report" in result.stderr
    assert run("upcoming", "log.jsonl", *ASKED, "--since", "good.json", "-o", "new.txt").exit_code == 0
