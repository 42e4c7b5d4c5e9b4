"""What the commands do, on small logs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import NOTICE, SCHEDULED, Logged, Run
from transparency_check.json_text import dumped
from transparency_check.packs import load_rulebook
from transparency_check.packs.find import bundled_names
from transparency_check.reports.duty_page import page

LATER = "2026-12-01"


def test_the_format_follows_the_name_of_the_output(run: Run, logged: Logged, tmp_path: Path) -> None:
    log = logged(SCHEDULED, NOTICE)
    folder = tmp_path / "out"
    folder.mkdir()
    for name, start in (
        ("r.json", '{"schema"'),
        ("r.csv", "id,rule"),
        ("r.md", "# Transparency"),
        ("r.txt", "transparency-check "),
    ):
        options = ("--as-of", LATER, "--select", "XK-MTG-001", "--output", str(folder / name))
        result = run("check", log, *options)
        assert result.exit_code in (0, 1), result.output
        assert not result.stdout
        assert "Report written to" in result.stderr
        assert (folder / name).read_text(encoding="utf-8").startswith(start)
    assert sorted(p.name for p in folder.iterdir()) == ["r.csv", "r.json", "r.md", "r.txt"]


def test_an_existing_report_keeps_its_mode_and_is_kept_where_writing_fails(
    run: Run, logged: Logged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, report = logged(SCHEDULED), tmp_path / "r.json"
    args = ("check", log, "--as-of", LATER, "--select", "XK-MTG-001", "--output", str(report))
    report.write_text("old", encoding="utf-8")
    report.chmod(0o640)
    assert run(*args).exit_code == 1
    assert report.stat().st_mode & 0o777 == 0o640
    written = report.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run(*args)
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert report.read_bytes() == written
    assert not list(tmp_path.glob(".*part"))


def test_select_and_ignore_take_ids_beginnings_and_areas(run: Run, logged: Logged) -> None:
    log = logged(SCHEDULED, NOTICE, {**NOTICE, "id": "e3", "recorded_at": "2026-11-30"})

    def rules(*args: str) -> set[str]:
        shown = run("check", log, "--as-of", LATER, "--format", "json", "--all", *args).stdout
        return {f["rule"] for f in json.loads(shown)["findings"]}

    assert rules("--select", "xk-mtg-001") == {"XK-MTG-001"}
    rest = rules("--select", "XK-MTG-00", "--ignore", "XK-MTG-001")
    assert "XK-MTG-003" in rest
    assert {rule[:7] for rule in rest} == {"XK-MTG-"}
    assert "XK-MTG-001" not in rest
    assert {rule[:6] for rule in rules("--select", "lan")} == {"XK-LAN"}
    assert "TC-REC-001" in rules()
    both = rules("--select", "TC", "--select", "XK-LAN-00", "--ignore", "TC")
    assert both == rules("--select", "xk-lan-00") != set()


def test_a_selected_duty_keeps_what_it_rests_on(run: Run, logged: Logged) -> None:
    certified = {
        "id": "c1",
        "type": "election_results.certified",
        "time": "2026-01-05",
        "municipality": "kline",
        "case": "mandate-2026",
    }
    args = ("check", logged(certified), "--as-of", LATER, "--format", "json")
    whole = [f for f in json.loads(run(*args).stdout)["findings"] if f["rule"] == "XK-MTG-023"]
    alone = json.loads(run(*args, "--select", "XK-MTG-023").stdout)["findings"]
    assert whole
    assert alone == whole


def test_views_by_municipality_case_and_day(run: Run, logged: Logged) -> None:
    other = SCHEDULED | {"id": "e7", "municipality": "peja", "case": "p-1", "planned_at": "2026-12-18T10:00"}
    log = logged(SCHEDULED, other)

    def cases(*args: str) -> set[str]:
        shown = run(
            "check", log, "--as-of", LATER, "--select", "XK-MTG-001", "--format", "json", *args
        ).stdout
        return {f["case"] for f in json.loads(shown)["findings"]}

    assert cases() == {"assembly-2026-11", "p-1"}
    assert cases("--municipality", "Pejë") == {"p-1"}
    assert cases("--municipality", "KLINA") == {"assembly-2026-11"}
    assert cases("--case", "p-1") == {"p-1"}
    assert cases("--from", "2026-11-19") == {"p-1"}
    assert cases("--to", "2026-11-18") == {"assembly-2026-11"}


def test_the_report_says_what_it_was_narrowed_to(run: Run, logged: Logged) -> None:
    chosen = ("--select", "XK-MTG-001", "--municipality", "kline")
    args = ("check", logged(SCHEDULED), "--as-of", LATER, *chosen)
    assert "Shown only: select XK-MTG-001; municipality kline" in run(*args).stdout
    shown = json.loads(run(*args, "--format", "json").stdout)
    assert shown["selection"] == {"select": ["XK-MTG-001"], "municipality": ["kline"]}


def test_as_of_is_now_and_printed(run: Run, logged: Logged) -> None:
    log = logged(SCHEDULED)
    shown = json.loads(run("check", log, "--select", "XK-MTG-001", "--format", "json").stdout)
    assert len(shown["as_of"]) == len("2026-11-24T08:00:00+01:00")
    assert shown["known_at"] == shown["as_of"]


def test_standard_input(run: Run) -> None:
    rows = json.dumps(SCHEDULED) + "\n"
    options = ("--input-format", "jsonl", "--as-of", LATER, "--select", "XK-MTG-001")
    result = run("check", "-", *options, input=rows)
    assert result.exit_code == 1, result.output


def test_upcoming_is_ordered_and_counts_days(run: Run, logged: Logged) -> None:
    later = SCHEDULED | {"id": "e8", "case": "assembly-2026-12", "planned_at": "2026-12-18T10:00"}
    args = ("upcoming", logged(later, SCHEDULED), "--as-of", "2026-11-12", "--select", "XK-MTG-001")
    shown = json.loads(run(*args, "--format", "json").stdout)
    assert [(f["case"], f["act_by"], f["left"]) for f in shown["findings"]] == [
        ("assembly-2026-11", "2026-11-18", {"days": 6, "working_days": 4}),
        ("assembly-2026-12", "2026-12-09", {"days": 27, "working_days": 19}),
    ]
    assert shown["until"] == "2026-12-12"
    text = run(*args).stdout
    assert "6 days" in text
    assert "4 working days" in text
    assert max(len(line) for line in text.splitlines()) <= 80
    near = json.loads(run(*args, "--within", "1w", "--format", "json").stdout)
    assert [f["case"] for f in near["findings"]] == ["assembly-2026-11"]


def test_upcoming_with_nothing_due_is_fine(run: Run, logged: Logged) -> None:
    result = run("upcoming", logged(SCHEDULED, NOTICE), "--as-of", "2026-11-25", "--select", "XK-MTG-001")
    assert result.exit_code == 0
    assert "Nothing is due until 2026-12-25." in result.stdout


def test_a_finding_open_under_one_reading_only_is_upcoming(run: Run, logged: Logged) -> None:
    # Due on the 18th under `lenient`, on the 17th under `clear` (vector V10).
    result = run("upcoming", logged(SCHEDULED), "--as-of", "2026-11-18", "--select", "XK-MTG-001")
    assert "May be open" in result.stdout
    assert "today" in result.stdout


def test_explain_proves_each_reading_day_by_day(run: Run, logged: Logged) -> None:
    log = logged(SCHEDULED, NOTICE | {"time": "2026-11-19"})
    args = ("--as-of", LATER, "--select", "XK-MTG-001", "--format", "json")
    (finding,) = json.loads(run("check", log, *args).stdout)["findings"]
    # Without the choice every duty is judged to find it.
    shown = run("explain", log, "#" + finding["id"][:8], "--as-of", LATER)
    assert shown.exit_code == 0
    assert "7 working days before Fri 2026-11-27" in shown.stdout
    assert "2026-11-22 Sun weekend" in " ".join(shown.stdout.split())
    assert "Last lawful day: Wed 2026-11-18." in shown.stdout
    assert "Last lawful day: Tue 2026-11-17." in shown.stdout
    assert "after the due date" in shown.stdout
    proof = json.loads(run("explain", log, finding["id"], "--as-of", LATER, "--format", "json").stdout)
    lenient = proof["readings"][0]["derivation"]
    assert lenient["due"] == finding["due"]
    assert [d["number"] for d in lenient["days"] if d["number"]] == list(range(1, 8))
    assert proof["finding"]["id"] == finding["id"]
    assert proof["candidates"][0]["verdict"] == "used"


def test_rules_list_show_and_test(run: Run) -> None:
    listed = run("rules", "list", "--select", "MTG")
    assert listed.exit_code == 0
    assert "XK-MTG-001" in listed.stdout
    assert "7 working days" in listed.stdout
    assert max(len(line) for line in listed.stdout.splitlines()) <= 80
    ids = [d["id"] for d in json.loads(run("rules", "list", "--format", "json").stdout)]
    assert ids == sorted(ids)
    shown = run("rules", "show", "xk-mtg-001").stdout
    assert "notice.published with notice_kind meeting and channel website or" in shown
    assert json.loads(run("rules", "show", "XK-MTG-001", "--format", "json").stdout)["id"] == "XK-MTG-001"
    tested = run("rules", "test", "--select", "XK-MTG-001")
    assert tested.exit_code == 0, tested.output
    assert "examples hold." in tested.stdout


def test_every_duty_can_be_shown() -> None:
    """What `rules show` writes of each; the packs are read once."""
    rulebook = load_rulebook(bundled_names())
    assert len(rulebook.duties) > 300
    for duty in rulebook.duties:
        shown = page(duty, rulebook, 80)
        assert shown.startswith(f"{duty.id}\n=")
        assert duty.title.en in " ".join(shown.split())
        json.loads(dumped(duty.model_dump(mode="json", by_alias=True, exclude_none=True)))


def test_rules_list_tells_pack_versions_and_why_not_judged(run: Run) -> None:
    listed = json.loads(run("rules", "list", "--select", "XK-MTG-001", "--format", "json").stdout)
    (duty,) = listed
    assert (duty["pack"], duty["judged"], duty["reason"]) == ("kosovo", True, None)
    assert duty["confidence"] == duty["versions"][-1]["confidence"]
    assert list(duty["versions"][0]) == ["instrument", "from", "to", "confidence"]
    for other in json.loads(run("rules", "list", "--not-judged", "--format", "json").stdout):
        assert (other["judged"], bool(other["reason"])) == (False, True)


@pytest.mark.parametrize(
    ("options", "there", "not_there"),
    [
        (("--area", "mtg"), "XK-MTG-001", "XK-FOI-001"),
        (("--area", "MTG", "--area", "FOI"), "XK-FOI-001", "XK-BUD-001"),
        (("--confidence", "unverified"), "XK-MTG-001", "XK-PAR-001"),
        (("--confidence", "secondary"), "XK-PAR-001", "XK-MTG-001"),
        (("--on", "2017-06-30", "--confidence", "secondary"), "XK-MTG-001", "XK-CON-007"),
        (("--on", "2008-06-14"), "", "XK-MTG-001"),
        (("--municipality", "Klinë"), "XK-MTG-001", "KLO-"),
        (("--judged",), "XK-MTG-001", ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_rules_list_filters(run: Run, options: tuple[str, ...], there: str, not_there: str) -> None:
    result = run("rules", "list", *options, "--format", "json")
    assert result.exit_code == 0, result.output
    ids = [d["id"] for d in json.loads(result.stdout)]
    assert there in ids or not there
    assert not not_there or not any(i.startswith(not_there) for i in ids)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--area", "MGT"), "No duty belongs to the area 'MGT', and no pack names it. Did you mean MTG?"),
        (("--municipality", "Klinna"), "There is no municipality 'Klinna'"),
        (("--on", "30.06.2017"), "--on"),
        (("--confidence", "sure"), "'sure' is not one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_rules_list_mistakes(run: Run, options: tuple[str, ...], said: str) -> None:
    result = run("rules", "list", *options)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_plugins_list(run: Run) -> None:
    result = run("plugins", "list", "--no-plugins")
    assert result.exit_code == 0
    assert "reporters" in result.stdout
    assert {p["name"] for p in json.loads(run("plugins", "list", "--format", "json").stdout)} >= {"readers"}


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1250"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}],
)
def test_utf8_whatever_the_console_says(logged: Logged, environment: dict[str, str]) -> None:
    args = ("check", logged(SCHEDULED | {"case": "mbledhja-ë"}), "--as-of", LATER, "--select", "XK-MTG-001")
    done = subprocess.run(
        [sys.executable, "-m", "transparency_check", *args],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "mbledhja-ë" in done.stdout.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_error(logged: Logged) -> None:
    log = logged(*(SCHEDULED | {"id": f"e{i}", "case": f"c{i}"} for i in range(400)))
    args = ("check", log, "--as-of", LATER, "--select", "XK-MTG-001")
    run = subprocess.Popen(
        [sys.executable, "-m", "transparency_check", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.read(10)
    run.stdout.close()
    assert run.stderr.read() == b""
    run.stderr.close()
    run.wait()
