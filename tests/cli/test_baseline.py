"""Baselines on the command line: making one, checking by it, keeping it up to date (semantics 9)."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.conftest import Run
from reports.test_json import SCHEMA

LOG = Path(__file__).parents[2] / "samples/klina/log.jsonl"
ROWS = LOG.read_text(encoding="utf-8").splitlines()
# One obligation for each request; one for each case of a session, by the last date of it.
DUTIES = ("--select", "XK-FOI-001", "--select", "XK-MTG-001")
NARROW = (*DUTIES, "--as-of", "2026-11-20")


@pytest.fixture(autouse=True)
def _office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def known(run: Run, log: Path, tmp_path: Path) -> Path:
    """A baseline of all that is violated in the log."""
    result = run("baseline", "create", str(log), *NARROW)
    assert (result.exit_code, result.stderr) == (0, "")
    return tmp_path / "baseline.json"


def rewritten(log: Path, id_: str, **changed: Any) -> None:
    """The log with another row in place of one; None takes a key away."""
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    for n, row in enumerate(rows):
        if row.get("id") == id_:
            rows[n] = {k: v for k, v in {**row, **changed}.items() if v is not None}
    log.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def checked(run: Run, log: Path, *more: str) -> tuple[int, dict[str, Any]]:
    result = run("check", str(log), *NARROW, "--baseline", "baseline.json", "--format", "json", *more)
    report: dict[str, Any] = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    return result.exit_code, report


def said(report: dict[str, Any]) -> tuple[list[str], int, list[tuple[str, Any]], int]:
    """The cases of what is new, how many are unchanged, case and outcome of what is resolved, and how many
    entries were not looked at.
    """
    used = report["baseline"]
    new = [f["case"] for f in report["findings"] if f["baseline"]["state"] == "new"]
    assert used["new"] == len(new)
    return new, used["unchanged"], [(e["case"], e["now"]) for e in used["resolved"]], len(used["unseen"])


def test_what_is_known_fails_no_run_and_is_shown_everywhere(run: Run, log: Path, known: Path) -> None:
    assert run("check", str(log), *NARROW).exit_code == 1
    code, report = checked(run, log)
    total = sum(f["outcome"] in ("late", "violated") for f in report["findings"])
    assert (code, said(report)) == (0, ([], total, [], 0))
    assert total > 3
    options = ("check", str(log), *NARROW, "--baseline", "baseline.json")
    table = run(*options).stdout
    assert f"Baseline: baseline.json: 0 new, {total} unchanged, 0 resolved." in table
    assert f"Known from the baseline, and unchanged ({total})" in table
    assert "No new violations." in table
    assert (
        f"## Known from the baseline, and unchanged ({total})" in run(*options, "--format", "markdown").stdout
    )
    rows = list(csv.DictReader(io.StringIO(run(*options, "--format", "csv").stdout)))
    assert {(row["outcome"] in ("late", "violated"), row["baseline"]) for row in rows} == {
        (True, "unchanged"), (False, ""),
    }  # fmt: skip
    lines = [json.loads(line) for line in run(*options, "--format", "jsonl").stdout.splitlines()]
    assert lines[0]["baseline"] == report["baseline"]
    assert [line["baseline"] for line in lines if line["line"] == "finding"] == [
        f["baseline"] for f in report["findings"]
    ]
    # It hides nothing.
    assert report["summary"]["outcomes"]["violated"] + report["summary"]["outcomes"]["late"] == total


def test_a_new_violation_fails_and_a_resolved_one_is_told(run: Run, log: Path, known: Path) -> None:
    request = {
        "type": "request.registered",
        "time": "2026-10-01",
        "municipality": "kline",
        "case": "new-1",
        "id": "n1",
    }
    answered = {
        "type": "request.answered",
        "time": "2026-11-19",
        "municipality": "kline",
        "case": "qasja-2026-02",
        "id": "n2",
    }
    with log.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(request) + "\n" + json.dumps(answered) + "\n")
    code, report = checked(run, log)
    new, unchanged, resolved, unseen = said(report)
    assert (code, new, resolved, unseen) == (1, ["new-1"], [], 0)
    # Answered too late is late, and less than not answered.
    assert unchanged == report["baseline"]["unchanged"] > 3
    assert (
        run("baseline", "update", str(log), *NARROW)
        .stdout.splitlines()[-1]
        .startswith("1 new finding is not in it")
    )
    entries = json.loads(known.read_text(encoding="utf-8"))["entries"]
    assert [e["outcome"] for e in entries if e["case"] == "qasja-2026-02"] == ["late"]
    assert [e for e in entries if e["case"] == "new-1"] == []
    # From there on it counts again.
    rewritten(log, "n2", retracted=True)
    _, report = checked(run, log)
    (worse,) = (f for f in report["findings"] if f["case"] == "qasja-2026-02" and f["rule"] == "XK-FOI-001")
    assert worse["baseline"]["state"] == "new"
    assert worse["baseline"]["was"] == "late"
    shown = " ".join(run("check", str(log), *NARROW, "--baseline", "baseline.json").stdout.split())
    assert "New: the baseline of 2026-11-20 has it as late only." in shown


def test_update_removes_what_is_resolved_and_adds_when_told(run: Run, log: Path, known: Path) -> None:
    before = json.loads(known.read_text(encoding="utf-8"))["entries"]
    log.write_text("\n".join(r for r in ROWS if '"qasja-2026-02"' not in r) + "\n", encoding="utf-8")
    code, report = checked(run, log)
    assert (code, said(report)[2]) == (0, [("qasja-2026-02", None)])
    assert "no longer owed, or no longer recorded" in " ".join(
        run("check", str(log), *NARROW, "--baseline", "baseline.json").stdout.split()
    )
    # Narrowed to another duty, or case, nothing is said of it.
    options = (
        "--select",
        "XK-MTG-001",
        "--as-of",
        "2026-11-20",
        "--baseline",
        "baseline.json",
        "--format",
        "json",
    )
    other = json.loads(run("check", str(log), *options).stdout)["baseline"]
    assert (other["resolved"], len(other["unseen"]) > 0) == ([], True)
    assert said(checked(run, log, "--case", "qasja-2026-13")[1])[2] == []
    result = run("baseline", "update", str(log), *NARROW)
    assert f"baseline.json: {len(before) - 1} entries; removed as resolved: 1" in result.stdout
    # What comes back is new.
    log.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    assert said(checked(run, log)[1])[0] == ["qasja-2026-02"]
    assert "added: 1." in run("baseline", "update", str(log), *NARROW, "--add").stdout
    assert checked(run, log)[0] == 0


def test_moved_lines_and_renamed_files_change_nothing(
    run: Run, log: Path, known: Path, tmp_path: Path
) -> None:
    rows = [json.loads(line) for line in ROWS]
    for row in rows:
        row["note"] = "another note"
    random.Random(7).shuffle(rows)
    for name, part in (("a.jsonl", rows[::2]), ("b.jsonl", rows[1::2])):
        folder = tmp_path / "elsewhere"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text("".join(json.dumps(r) + "\n" for r in part), encoding="utf-8")
    code, report = checked(run, folder)
    assert (code, said(report)[0], said(report)[2]) == (0, [], [])


@pytest.mark.parametrize("with_ids", [True, False], ids=["rows with ids", "rows without ids"])
def test_a_corrected_date_of_a_trigger_changes_nothing(run: Run, log: Path, with_ids: bool) -> None:
    def request(day: str, id_: str) -> dict[str, Any]:
        named = {"id": id_} if with_ids else {}
        return named | {"type": "request.registered", "time": day, "municipality": "kline", "case": "c1"}

    def written(*days: str) -> None:
        log.write_text(
            "".join(json.dumps(request(day, f"r{n}")) + "\n" for n, day in enumerate(days)), encoding="utf-8"
        )

    written("2026-02-03", "2026-03-03")
    assert "2 violations taken in" in run("baseline", "create", str(log), *NARROW).stdout
    written("2026-02-10", "2026-03-05")
    code, report = checked(run, log)
    assert (code, said(report)) == (0, ([], 2, [], 0))
    # A third one is new, whichever it is.
    written("2026-02-10", "2026-03-05", "2026-04-01")
    code, report = checked(run, log)
    assert (code, said(report)[:2]) == (1, (["c1"], 2))


def test_a_session_that_is_moved_is_judged_anew(run: Run, log: Path) -> None:
    scheduled = {
        "id": "e1", "type": "meeting.scheduled", "time": "2026-10-02", "municipality": "kline", "case": "s",
        "body": "assembly", "meeting_type": "session", "session_kind": "ordinary",
        "planned_at": "2026-11-10T10:00",
    }  # fmt: skip
    moved = scheduled | {
        "id": "e2", "type": "meeting.rescheduled", "time": "2026-11-05", "planned_at": "2026-11-18T10:00",
    }  # fmt: skip
    log.write_text(json.dumps(scheduled) + "\n", encoding="utf-8")
    assert "1 violation taken in" in run("baseline", "create", str(log), *NARROW).stdout
    log.write_text(json.dumps(scheduled) + "\n" + json.dumps(moved) + "\n", encoding="utf-8")
    code, report = checked(run, log)
    assert (code, said(report)[0]) == (1, ["s"])
    shown = " ".join(run("check", str(log), *NARROW, "--baseline", "baseline.json").stdout.split())
    assert "what the baseline of 2026-11-20 has is about another event (e1)" in shown


def test_a_waiver_is_no_entry_and_an_entry_no_waiver(run: Run, log: Path, tmp_path: Path) -> None:
    said_why = ("--reason", "r", "--approved-by", "m", "--legal-basis", "b", "--until", "2026-12-31")
    assert run("waive", str(log), "aa9cebf7", *NARROW, *said_why).exit_code == 0
    run("baseline", "create", str(log), *NARROW)
    entries = json.loads((tmp_path / "baseline.json").read_text(encoding="utf-8"))["entries"]
    assert "qasja-2026-02" not in [e["case"] for e in entries]
    code, report = checked(run, log)
    (waived,) = (f for f in report["findings"] if f["waiver"])
    assert (code, waived["baseline"]["state"]) == (0, None)
    # Once it is over, the violation is new.
    (tmp_path / "waivers.toml").write_text(
        (tmp_path / "waivers.toml").read_text(encoding="utf-8").replace("2026-12-31", "2026-11-01"),
        encoding="utf-8",
    )
    code, report = checked(run, log)
    assert (code, said(report)[0]) == (1, ["qasja-2026-02"])
    # Unless the baseline has it, too.
    run("baseline", "update", str(log), *NARROW, "--add")
    assert checked(run, log)[0] == 0
    # And what is waived then goes out of it.
    (tmp_path / "waivers.toml").unlink()
    run("waive", str(log), "aa9cebf7", *NARROW, *said_why)
    assert "as waived: 1" in run("baseline", "update", str(log), *NARROW).stdout


def test_the_configuration_names_one(run: Run, log: Path, known: Path, tmp_path: Path) -> None:
    inner = tmp_path / "kept"
    inner.mkdir()
    known.rename(inner / "violations.json")
    config = tmp_path / "transparency-check.toml"
    config.write_text('municipality = "kline"\nbaseline = "kept/violations.json"\n', encoding="utf-8")
    assert run("check", str(log), *NARROW).exit_code == 0
    assert run("check", str(log), *NARROW, "--no-baseline").exit_code == 1
    assert "kept/violations.json" in run("baseline", "show").stdout
    assert run("baseline", "update", str(log), *NARROW).stdout.startswith("kept/violations.json: ")
    (inner / "violations.json").unlink()
    result = run("check", str(log), *NARROW)
    assert result.exit_code == 2
    assert "transparency-check.toml:2: The baseline kept/violations.json could not be read" in result.stderr


def test_what_a_baseline_holds_is_shown(run: Run, known: Path) -> None:
    shown = run("baseline", "show").stdout
    assert "qasja-2026-02" in shown
    assert "XK-FOI-001 (" in shown
    data = json.loads(run("baseline", "show", "--format", "json").stdout)
    content = json.loads(known.read_text(encoding="utf-8"))
    assert [{k: v for k, v in e.items() if k != "place"} for e in data["entries"]] == content["entries"]
    assert run("baseline", "show", "--format", "markdown").stdout.startswith("# Baseline\n")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("check", "LOG", "--baseline", "none.json"), "The baseline none.json could not be read"),
        (("check", "LOG", "--baseline", "."), "is no file"),
        (("check", "LOG", "--baseline", "baseline.json", "--no-baseline"), "exclude each other"),
        (("check", "LOG", "--baseline", "baseline.json", "-o", "baseline.json"), "which is an input"),
        (("baseline", "create", "LOG"), "There is a baseline baseline.json already"),
        (("baseline", "create", "LOG", "--baseline", "records.jsonl", "--force"), "records.jsonl"),
        (("baseline", "update", "LOG", "--baseline", "none.json"), "baseline create LOG makes one"),
        (("baseline", "show", "--baseline", "records.jsonl"), "records.jsonl:2: "),
        (("baseline", "create", "--force"), "at least one log"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_mistakes(run: Run, log: Path, known: Path, args: tuple[str, ...], message: str) -> None:
    before = known.read_bytes(), log.read_bytes()
    result = run(*(str(log) if arg == "LOG" else arg for arg in args))
    assert result.exit_code == 2
    assert message.lower() in result.stderr.lower()
    assert (known.read_bytes(), log.read_bytes()) == before


def test_nothing_is_written_while_something_cannot_be_read(run: Run, log: Path, known: Path) -> None:
    before = known.read_bytes()
    with log.open("a", encoding="utf-8") as stream:
        stream.write('{"type": "request.registered"\n')
    for args in (("create", "--force"), ("update", "--add")):
        result = run("baseline", args[0], str(log), *NARROW, *args[1:])
        assert result.exit_code == 2
        assert "1 error in what was read keeps a baseline from being written" in result.stderr
        assert f"records.jsonl:{len(ROWS) + 1}: " in result.stderr
    assert known.read_bytes() == before
    _, report = checked(run, log)
    assert said(report)[2] == []


def test_force_makes_it_anew_and_nothing_else_stays_in_the_folder(
    run: Run, log: Path, known: Path, tmp_path: Path
) -> None:
    before = known.read_text(encoding="utf-8")
    result = run("baseline", "create", str(log), *NARROW, "--force", "--undetermined")
    assert "violations and undetermined findings taken in" in result.stdout
    after = json.loads(known.read_text(encoding="utf-8"))
    assert after["undetermined"] is True
    assert len(after["entries"]) > len(json.loads(before)["entries"])
    assert checked(run, log, "--fail-on", "undetermined")[0] == 0
    assert run("check", str(log), *NARROW, "--fail-on", "undetermined").exit_code == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["baseline.json", "records.jsonl"]
