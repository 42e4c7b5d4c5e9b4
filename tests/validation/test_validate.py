"""``validate``: what it finds in records alone, what it does not, and how it fails."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from transparency_check.checking import load_packs
from transparency_check.cli import application
from transparency_check.messages import validation
from transparency_check.plugins import load_registry

from .conftest import AS_OF, Json, Run, lines, record

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
COVERED = record(90, "coverage.declared", "2026-01-01", period="2026-01-01/2026-12-31")
SESSION = {"body": "assembly", "meeting_type": "session"}
# What other checks would say of most of these logs.
QUIET = ("coverage_assumed", "missing_attribute")

# Records, and what is told of them: code, line, and parts of the message.
TOLD: dict[str, tuple[list[Json], list[tuple[str, int, tuple[str, ...]]]]] = {
    "answered before it was registered": (
        [
            record(1, "request.registered", "2026-03-05", "r"),
            record(2, "request.answered", "2026-03-02", "r", outcome="granted"),
        ],
        [("impossible_order", 2, ("request.answered", "request.registered", "log.jsonl:1", "2026-03-05"))],
    ),
    "held before it was scheduled": (
        [
            record(1, "meeting.held", "2026-03-01", "m", **SESSION),
            record(2, "meeting.scheduled", "2026-03-02", "m", **SESSION, planned_at="2026-03-09"),
        ],
        [("impossible_order", 1, ("meeting.held", "meeting.scheduled"))],
    ),
    "closed before it was opened, and extended as well": (
        [
            record(1, "consultation.closed", "2026-03-01", "k"),
            record(2, "consultation.extended", "2026-02-20", "k"),
            record(3, "consultation.opened", "2026-03-02", "k"),
        ],
        [
            ("impossible_order", 1, ("consultation.opened",)),
            ("impossible_order", 2, ("consultation.opened",)),
        ],
    ),
    "published before it was adopted": (
        [
            record(1, "act.published", "2026-03-01", "a", act_kind="decision"),
            record(2, "act.adopted", "2026-03-02", "a", act_kind="decision"),
        ],
        [("impossible_order", 1, ("act.adopted",))],
    ),
    "on one day, an hour before": (
        [
            record(1, "recording.published", "2026-03-01T09:00", "m"),
            record(2, "meeting.held", "2026-03-01T10:00", "m", **SESSION),
        ],
        [("impossible_order", 1, ("meeting.held",))],
    ),
    "on one day without a time: it may be": (
        [
            record(1, "recording.published", "2026-03-01T09:00", "m"),
            record(2, "meeting.held", "2026-03-01", "m", **SESSION),
        ],
        [],
    ),
    "after the first of several": (
        [
            record(1, "comment.received", "2026-03-01", "k"),
            record(2, "comment.answered", "2026-03-03", "k"),
            record(3, "comment.received", "2026-03-05", "k"),
        ],
        [],
    ),
    "in force before it was published: unlawful, not impossible": (
        [
            record(1, "act.entered_into_force", "2026-03-01", "a", act_kind="decision"),
            record(2, "act.published", "2026-03-02", "a", act_kind="decision"),
        ],
        [],
    ),
    "of two cases": (
        [
            record(1, "request.answered", "2026-03-01", "r1", outcome="granted"),
            record(2, "request.registered", "2026-03-02", "r2"),
            record(3, "request.received", "2026-02-27", "r1"),
        ],
        [],
    ),
    "a date that was corrected since": (
        [
            record(1, "request.registered", "2026-03-05", "r"),
            record(2, "request.answered", "2026-03-02", "r", outcome="granted"),
            record(2, "request.answered", "2026-03-12", "r", outcome="granted", recorded_at="2026-03-13"),
        ],
        [],
    ),
    "a record that was withdrawn": (
        [
            record(1, "request.registered", "2026-03-05", "r"),
            record(2, "request.answered", "2026-03-02", "r", outcome="granted", retracted=True),
        ],
        [],
    ),
    "held in the future": (
        [record(1, "meeting.held", "2026-11-21", "m", **SESSION)],
        [("future_event", 1, ("2026-11-21", AS_OF))],
    ),
    "held today": ([record(1, "meeting.held", "2026-11-20T23:00", "m", **SESSION)], []),
    "in force in the future: it may be known": (
        [record(1, "act.entered_into_force", "2026-12-01", "a", act_kind="decision")],
        [],
    ),
    "coverage of days to come": (
        [record(1, "coverage.declared", "2027-01-01", period="2027-01-01/2027-12-31")],
        [],
    ),
    "entered in the future": (
        [record(1, "oath.taken", "2026-11-10", recorded_at="2026-11-23")],
        [("late_recording", 1, ("2026-11-23",)), ("recorded_in_future", 1, ("2026-11-23", AS_OF))],
    ),
    "entered late": (
        [record(1, "oath.taken", "2026-03-02", recorded_at="2026-03-20")],
        [("late_recording", 1, ("2026-03-02", "2026-03-20", "2026-03-09"))],
    ),
    "entered in time": ([record(1, "oath.taken", "2026-03-02", recorded_at="2026-03-09")], []),
    "planned for the day before": (
        [record(1, "meeting.scheduled", "2026-03-03", "m", **SESSION, planned_at="2026-03-02T10:00")],
        [("planned_before", 1, ("planned_at", "2026-03-02T10:00"))],
    ),
    "planned for the same day": (
        [record(1, "meeting.scheduled", "2026-03-02", "m", **SESSION, planned_at="2026-03-02")],
        [],
    ),
    "moved to a day that is over": (
        [
            record(1, "meeting.scheduled", "2026-03-02", "m", **SESSION, planned_at="2026-03-09"),
            record(2, "meeting.rescheduled", "2026-03-05", "m", planned_at="2026-03-04"),
        ],
        [("planned_before", 2, ("meeting.rescheduled",))],
    ),
    "related to a case that is a slip": (
        [
            record(1, "act.adopted", "2026-03-02", "act-7", act_kind="decision", related=["consultation-3"]),
            record(2, "consultation.opened", "2026-01-02", "konsultation-3"),
        ],
        [("unknown_related", 1, ("consultation-3", "Did you mean konsultation-3?"))],
    ),
    "related to a case that is there": (
        [
            record(1, "act.adopted", "2026-03-02", "act-7", act_kind="decision", related=["k"]),
            record(2, "consultation.opened", "2026-01-02", "k"),
        ],
        [],
    ),
    "related to a case of another municipality": (
        [
            record(1, "act.adopted", "2026-03-02", "act-7", act_kind="decision", related=["k"]),
            record(2, "consultation.opened", "2026-01-02", "k") | {"municipality": "decan"},
        ],
        [("unknown_related", 1, ("of which kline has no record",))],
    ),
    "the same record twice": (
        [record(1, "oath.taken", "2026-03-02"), record(1, "oath.taken", "2026-03-02")],
        [("duplicate_record", 2, ("log.jsonl:1",))],
    ),
    "the same record twice, without ids": (
        [{k: v for k, v in record(1, "oath.taken", "2026-03-02").items() if k != "id"}] * 2,
        [("duplicate_record", 2, ("log.jsonl:1",))],
    ),
    "confirmed later": (
        [
            record(1, "oath.taken", "2026-03-02"),
            record(1, "oath.taken", "2026-03-02", recorded_at="2026-03-03"),
        ],
        [],
    ),
    "contradicted": (
        [
            record(1, "oath.taken", "2026-03-02", role="mayor"),
            record(1, "oath.taken", "2026-03-02", role="foi-officer"),
        ],
        [("conflicting_records", 1, ("log.jsonl:2",)), ("conflicting_records", 2, ("log.jsonl:1",))],
    ),
    "alike but for the ids": (
        [record(n, "comment.received", "2026-03-02", "k") for n in (1, 2, 3)]
        + [record(4, "consultation.opened", "2026-03-01", "k")],
        [("twin_records", 1, ("3 records", "log.jsonl:3"))],
    ),
    "alike, but not neighbours": (
        [
            record(1, "comment.received", "2026-03-02", "k"),
            record(2, "consultation.opened", "2026-03-01", "k"),
            record(3, "comment.received", "2026-03-02", "k"),
        ],
        [],
    ),
    "a case without a beginning": (
        [
            record(1, "request.answered", "2026-03-02", "q-12", outcome="granted"),
            record(2, "request.registered", "2026-02-27", "q-21"),
            record(3, "request.answered", "2026-03-02", "q-21", outcome="granted"),
        ],
        [("missing_beginning", 1, ("q-12", "request.received, request.registered", "q-21"))],
    ),
    "a request that was only registered": ([record(1, "request.registered", "2026-03-02", "q")], []),
    "a year that is far off": (
        [
            record(1, "request.received", "2016-03-02", "r"),
            record(2, "request.registered", "2026-03-03", "r"),
            record(3, "request.answered", "2026-03-09", "r", outcome="granted"),
        ],
        [("odd_year", 1, ("10 years", "2026-03-03 to 2026-03-09"))],
    ),
    "a case that took years": (
        [
            record(1, "act.adopted", "2023-03-02", "a", act_kind="decision"),
            record(2, "lawsuit.filed", "2024-06-03", "a"),
            record(3, "review.completed", "2026-03-09", "a"),
        ],
        [],
    ),
    "two records are no measure": (
        [
            record(1, "request.received", "2016-03-02", "r"),
            record(2, "request.registered", "2026-03-03", "r"),
        ],
        [],
    ),
    "at midnight, where hours count (XK-FOI-004)": (
        [record(1, "request.received", "2026-03-02T00:00", "r")],
        [("midnight", 1, ("XK-FOI-004", "2026-03-02."))],
    ),
    "at midnight in UTC, with seconds": (
        [record(1, "request.received", "2026-03-02T00:00:00Z", "r")],
        [("midnight", 1, ("XK-FOI-004",))],
    ),
    "a minute after midnight": ([record(1, "request.received", "2026-03-02T00:01", "r")], []),
    "at midnight, where days count": ([record(1, "oath.taken", "2026-03-02T00:00")], []),
    "one document for ten records": (
        [record(n, "oath.taken", f"2026-03-{n:02}", source="https://kk.example/7") for n in range(1, 11)],
        [("shared_source", 1, ("10 records", "https://kk.example/7", "log.jsonl:10"))],
    ),
    "one document for nine": (
        [record(n, "oath.taken", f"2026-03-{n:02}", source="https://kk.example/8") for n in range(1, 10)],
        [],
    ),
    "what the reader says": (
        [record(1, "oath.taken", "2026-3-02"), record(2, "oath.takn", "2026-03-02")],
        [("bad_time", 1, ("2026-03-02",)), ("misspelt_type", 2, ("oath.taken",))],
    ),
}


TOWNS = 30
Told = dict[str, list[tuple[str, int, str]]]


def with_town(row: Json, n: int, town: str) -> Json:
    """A record of the nth row of a table, in a municipality of its own."""
    made = row | {"municipality": town if row["municipality"] == "kline" else row["municipality"]}
    return made | ({"id": f"{n}-{row['id']}"} if "id" in row else {})


def told_of(table: dict[str, list[Json]], folder: Path) -> Told:
    """What is told of each row of a table: code, line within the row, and message; many rows stand in one
    log, each in a municipality of its own.
    """
    book = load_packs(("kosovo",), load_registry(plugins=False))
    towns = sorted({m.id for m in book.municipalities} - {"decan"})[:TOWNS]
    found: Told = {name: [] for name in table}
    names = list(table)
    for start in range(0, len(names), TOWNS):
        log: list[Json] = []
        begins: list[tuple[int, str, str]] = []
        for n, (name, town) in enumerate(zip(names[start : start + TOWNS], towns, strict=False)):
            begins.append((len(log), name, town))
            log += [with_town(row, n, town) for row in table[name]]
        (folder / "log.jsonl").write_text(lines(log), encoding="utf-8")
        args = ["validate", "log.jsonl", "--as-of", AS_OF, "--no-config", "--format", "json"]
        for problem in json.loads(CliRunner().invoke(application, args).stdout)["problems"]:
            if problem["code"] == "coverage_assumed":
                for _, name, town in begins:
                    if town == problem["values"]["municipality"]:
                        found[name].append((problem["code"], 0, problem["message"].replace(town, "kline")))
                continue
            line = int(problem["place"].removeprefix("log.jsonl:"))
            before, name, town = next(b for b in reversed(begins) if b[0] < line)
            message = re.sub(
                r"log\.jsonl:([0-9]+)", lambda m, b=before: f"log.jsonl:{int(m[1]) - b}", problem["message"]
            )
            found[name].append((problem["code"], line - before, message.replace(town, "kline")))
    return found


@pytest.fixture(scope="module")
def of_table(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("told")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return told_of({name: records for name, (records, _) in TOLD.items()}, folder)


@pytest.fixture(scope="module")
def of_coverage(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("coverage")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return told_of({name: records for name, (records, _) in COVERAGE.items()}, folder)


def told(run: Run, records: list[Json], *args: str) -> list[Json]:
    Path("log.jsonl").write_text(lines(records), encoding="utf-8")
    result = run("validate", "log.jsonl", "--as-of", AS_OF, "--no-config", "--format", "json", *args)
    return [p for p in json.loads(result.stdout)["problems"] if p["code"] not in QUIET]


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told(of_table: Told, name: str) -> None:
    found = [told for told in of_table[name] if told[0] not in QUIET]
    expected = TOLD[name][1]
    assert [(code, line) for code, line, _ in found] == [(code, line) for code, line, _ in expected]
    for (_, _, message), (_, _, parts) in zip(found, expected, strict=True):
        assert all(part in message for part in parts), message


def test_every_code_of_its_own_is_tried() -> None:
    tried = {code for _, expected in TOLD.values() for code, _, _ in expected}
    own = {*validation.ERRORS, *validation.WARNINGS, *validation.NOTES}
    assert own - tried == {"coverage_assumed", "coverage_gap"}, "coverage has a table of its own below"


MEETING = record(1, "meeting.held", "2026-02-10", "m", **SESSION)
LAST = record(2, "oath.taken", "2026-06-10")
COVERAGE: dict[str, tuple[list[Json], list[tuple[Any, ...]]]] = {
    "nothing is declared": ([MEETING, LAST], [("coverage_assumed", 0, "kline", "2026-02-01")]),
    "all is declared": ([MEETING, LAST, COVERED], []),
    "a hole between two declarations": (
        [
            MEETING,
            LAST,
            record(3, "coverage.declared", "2026-01-01", period="2026-01-01/2026-03-31"),
            record(4, "coverage.declared", "2026-05-01", period="2026-05-01/2026-12-31"),
        ],
        [("coverage_gap", 3, "for meeting, oath from 2026-04-01 to 2026-04-30")],
    ),
    "declarations that meet": (
        [
            MEETING,
            LAST,
            record(3, "coverage.declared", "2026-01-01", period="2026-01-01/2026-03-31"),
            record(4, "coverage.declared", "2026-04-01", period="2026-04-01/2026-12-31"),
        ],
        [],
    ),
    "one family only": (
        [
            MEETING,
            LAST,
            record(
                3, "coverage.declared", "2026-01-01", period="2026-01-01/2026-12-31", event_families=["oath"]
            ),
        ],
        [("coverage_gap", 3, "for meeting from 2026-02-10 to 2026-06-10")],
    ),
    "what lies before the first record is no gap": (
        [MEETING, LAST, record(3, "coverage.declared", "2026-02-10", period="2026-02-10/2026-06-10")],
        [],
    ),
    "a family of its own beside all": (
        [
            MEETING,
            LAST,
            record(3, "coverage.declared", "2026-01-01", period="2026-01-01/2026-05-31"),
            record(
                4,
                "coverage.declared",
                "2026-06-01",
                period="2026-06-01/2026-12-31",
                event_families=["meeting"],
            ),
        ],
        [("coverage_gap", 3, "for oath from 2026-06-01 to 2026-06-10")],
    ),
}


@pytest.mark.parametrize("name", COVERAGE)
def test_gaps_in_coverage(of_coverage: Told, name: str) -> None:
    found = [told for told in of_coverage[name] if told[0].startswith("coverage")]
    expected = COVERAGE[name][1]
    assert [(code, line) for code, line, _ in found] == [(code, line) for code, line, *_ in expected]
    for (_, _, message), (_, _, *parts) in zip(found, expected, strict=True):
        assert all(part in message for part in parts), message


def test_evidence_of_the_sidecar_is_no_copied_cell(run: Run) -> None:
    Path("log.jsonl.meta.yaml").write_text("source: register 7\n")
    records = [record(n, "oath.taken", f"2026-03-{n:02}") for n in range(1, 15)]
    assert told(run, records) == []


@pytest.mark.parametrize(
    ("records", "fail_on", "code"),
    [
        ([MEETING, COVERED], None, 0),
        ([MEETING], "note", 1),
        ([MEETING], "warning", 0),
        ([MEETING, MEETING], None, 0),
        ([MEETING, MEETING], "warning", 1),
        ([MEETING | {"time": "2026-12-24"}, COVERED], None, 1),
        ([MEETING | {"time": "2026-12-24"}, COVERED], "never", 0),
        ([MEETING | {"time": "24.12.2026"}], None, 2),
        ([MEETING | {"time": "24.12.2026"}], "never", 0),
        ([MEETING | {"time": "24.12.2026"}, record(5, "meeting.held", "2027-01-01")], None, 2),
    ],
    ids=[
        "fine",
        "note",
        "note below",
        "warning below",
        "warning",
        "error",
        "never",
        "unread",
        "unread, never",
        "unread goes before error",
    ],
)
def test_exit_codes(run: Run, records: list[Json], fail_on: str | None, code: int) -> None:
    Path("log.jsonl").write_text(lines(records), encoding="utf-8")
    given = () if fail_on is None else ("--fail-on", fail_on)
    assert run("validate", "log.jsonl", "--as-of", AS_OF, "--no-config", *given).exit_code == code


def test_codes_are_selected_and_ignored(run: Run) -> None:
    records = [MEETING, MEETING, record(3, "oath.taken", "2027-01-01")]
    Path("log.jsonl").write_text(lines(records), encoding="utf-8")
    base = ("validate", "log.jsonl", "--as-of", AS_OF, "--no-config", "--format", "csv")
    told = {
        args: [line.split(",")[1] for line in run(*base, *args).stdout.splitlines()[1:]]
        for args in (
            ("--select", "future_event"),
            ("--select", "future-", "--select", "DUPLICATE"),
            ("--ignore", "future"),
        )
    }
    assert list(told.values()) == [
        ["future_event"],
        ["duplicate_record", "future_event"],
        ["coverage_assumed", "duplicate_record"],
    ]
    # What is not told fails nothing.
    assert run(*base, "--ignore", "future_event").exit_code == 0


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_code_that_is_none_is_refused(run: Run, option: str) -> None:
    Path("log.jsonl").write_text(lines([MEETING]), encoding="utf-8")
    result = run("validate", "log.jsonl", "--no-config", option, "future_evnt")
    assert result.exit_code == 2
    assert "future_evnt" in result.stderr and "future_event" in result.stderr.replace("future_evnt", "")


def test_no_log(run: Run) -> None:
    assert run("validate").exit_code == 2


def test_the_report_fits_its_schema(run: Run) -> None:
    schema = json.loads((ROOT / "docs/schemas/report.json").read_text(encoding="utf-8"))
    for folder in ("klina", "broken", "session"):
        log = str(SAMPLES / folder / "log.jsonl")
        given = json.loads(run("validate", log, "--as-of", AS_OF, "--no-config", "--format", "json").stdout)
        jsonschema.Draft202012Validator(schema).validate(given)
        assert given["findings"] == [] and given["summary"]["compliance"] is None
        severities = [p["severity"] for p in given["problems"]]
        assert given["summary"]["problems"] == {s: severities.count(s) for s in ("error", "warning", "note")}


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("klina", {"coverage_gap": 2, "late_recording": 1}),
        ("session", {}),
        ("broken", {"duplicate_record": 1}),
    ],
)
def test_samples(run: Run, folder: str, expected: dict[str, int]) -> None:
    """What only ``validate`` says of them; the coverage of Klina begins after a request of 2025."""
    log = str(SAMPLES / folder / "log.jsonl")
    problems = json.loads(run("validate", log, "--as-of", AS_OF, "--no-config", "--format", "json").stdout)[
        "problems"
    ]
    own = {*validation.ERRORS, *validation.WARNINGS, *validation.NOTES}
    counted: dict[str, int] = {}
    for problem in problems:
        if problem["code"] in own:
            counted[problem["code"]] = counted.get(problem["code"], 0) + 1
    assert counted == expected


def test_what_check_tells_is_told_here(run: Run) -> None:
    args = (str(SAMPLES / "broken" / "log.jsonl"), "--as-of", AS_OF, "--no-config", "--format", "json")
    select = ("--select", "XK-FOI-001")
    checked = json.loads(run("check", *args, *select).stdout)["problems"]
    validated = json.loads(run("validate", *args).stdout)["problems"]
    assert len(checked) > 20
    assert checked == [p for p in validated if p["code"] != "duplicate_record"]


@pytest.mark.parametrize("form", ["table", "markdown", "json", "jsonl", "csv", "counts"])
def test_every_format_tells_all_weights(run: Run, form: str) -> None:
    records = [MEETING, MEETING, record(3, "oath.taken", "2027-01-01")]
    Path("log.jsonl").write_text(lines(records), encoding="utf-8")
    shown = run("validate", "log.jsonl", "--as-of", AS_OF, "--no-config", "--format", form).stdout
    if form == "counts":
        assert json.loads(shown)["summary"]["problems"] == {"error": 1, "warning": 1, "note": 1}
        return
    for code in ("future_event", "duplicate_record", "coverage_assumed"):
        assert code.replace("_", "\\_") in shown or code in shown
    assert "log.jsonl:3" in shown


def test_texts_of_the_log_do_nothing_where_they_are_shown(run: Run) -> None:
    hostile = "=cmd|' /C calc'!A0\x1b[31m\n<script>"
    records = [record(1, "act.adopted", "2026-03-02", "a", act_kind="decision", related=[hostile])]
    Path("log.jsonl").write_text(lines(records), encoding="utf-8")
    for form in ("table", "markdown", "csv", "json"):
        shown = run("validate", "log.jsonl", "--as-of", AS_OF, "--no-config", "--format", form).stdout
        assert "unknown" in shown and "\x1b" not in shown
        assert form != "markdown" or "<script>" not in shown


def test_orders_are_read_off_the_vocabulary() -> None:
    """Another country's pack brings its own: nothing of the program knows the names of events."""
    book = load_packs(("kosovo",), load_registry(plugins=False))
    events = book.vocabulary.events
    ordered = {name: event.follows for name, event in events.items() if event.follows}
    assert len(ordered) > 20
    for name in ("request.answered", "meeting.held", "consultation.closed", "act.published"):
        assert ordered[name]
    source = "".join(p.read_text("utf-8") for p in (ROOT / "src/transparency_check/validation").glob("*.py"))
    assert not [name for name in events if name in source]
