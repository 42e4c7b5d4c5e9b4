"""diff: which verdicts moved between two states of the records, and by which event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.conftest import NOTICE, SCHEDULED, Logged, Run
from reports.made import COUNTED, VIOLATED
from transparency_check.changes import Change, Recorded, bearing, types_read
from transparency_check.checking import load_packs
from transparency_check.cli import application
from transparency_check.comparing import Move
from transparency_check.model import Evidence
from transparency_check.plugins import load_registry

JUDGED = ("--select", "XK-FOI-001", "--select", "XK-MTG-001", "--as-of", "2026-12-01")
REQUEST = {
    "id": "r1", "type": "request.registered", "time": "2026-11-02", "municipality": "kline", "case": "q1",
}  # fmt: skip
ANSWER = {
    "id": "r2", "type": "request.answered", "time": "2026-11-05", "municipality": "kline", "case": "q1",
    "outcome": "granted",
}  # fmt: skip
WITHDRAWN = {
    "id": "r3", "type": "request.withdrawn", "time": "2026-11-04", "municipality": "kline", "case": "q1",
}  # fmt: skip
OTHER = {**REQUEST, "id": "o1", "case": "q2", "time": "2026-11-25"}
CANCELLED = {
    "id": "e3", "type": "meeting.cancelled", "time": "2026-11-04", "municipality": "kline",
    "case": "assembly-2026-11",
}  # fmt: skip
LATER = {"recorded_at": "2026-11-20"}
Rows = list[dict[str, Any]]


def diffed(run: Run, *args: str) -> tuple[int, dict[str, Any]]:
    result = run("diff", *args, "--format", "json")
    assert result.stdout, result.stderr
    return result.exit_code, json.loads(result.stdout)


def said(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Of each move the outcomes, and the events with what became of them and what they are to it."""
    return [
        (
            *(side and side["outcome"] for side in (m["before"], m["after"])),
            *((e["kind"], e["role"], (e["after"] or e["before"])["event"]) for e in m["events"]),
        )
        for m in found["moves"]
    ]


# Name of a row: records before, records after, what moves. They stand in one pair of logs, each row in a case
# of its own.
ROWS: dict[str, tuple[Rows, Rows, list[tuple[Any, ...]]]] = {
    "answered": ([REQUEST], [REQUEST, ANSWER], [("violated", "fulfilled", ("new", "fulfilment", "r2"))]),
    "the answer is gone": (
        [REQUEST, ANSWER], [REQUEST], [("fulfilled", "violated", ("gone", "fulfilment", "r2"))],
    ),
    "the answer is retracted": (
        [REQUEST, ANSWER], [REQUEST, ANSWER, {**ANSWER, **LATER, "retracted": True}],
        [("fulfilled", "violated", ("retracted", "fulfilment", "r2"))],
    ),
    "the answer was later than recorded": (
        [REQUEST, ANSWER], [REQUEST, ANSWER, {**ANSWER, **LATER, "time": "2026-11-18"}],
        [("fulfilled", "late", ("changed", "fulfilment", "r2"))],
    ),
    "two records of the answer contradict each other": (
        [REQUEST, {**ANSWER, **LATER}],
        [REQUEST, {**ANSWER, **LATER}, {**ANSWER, **LATER, "time": "2026-11-18"}],
        [("fulfilled", "undetermined", ("unclear", "fulfilment", "r2"))],
    ),
    "registered later than recorded": (
        [REQUEST], [{**REQUEST, "time": "2026-11-29"}],
        [("violated", "pending", ("changed", "trigger", "r1"))],
    ),
    "withdrawn: an event that the finding does not show": (
        [REQUEST], [REQUEST, WITHDRAWN], [("violated", "not_applicable", ("new", "bearing", "r3"))],
    ),
    "cancelled": (
        [SCHEDULED], [SCHEDULED, CANCELLED], [("violated", "not_applicable", ("new", "bearing", "e3"))],
    ),
    "a new violation": ([], [REQUEST], [(None, "violated", ("new", "trigger", "r1"))]),
    "late, now violated": (
        [REQUEST, {**ANSWER, "time": "2026-11-12"}], [REQUEST],
        [("late", "violated", ("gone", "fulfilment", "r2"))],
    ),
    "a value is not recorded any more": (
        [SCHEDULED, NOTICE], [SCHEDULED, {**NOTICE, "channel": None}],
        [("fulfilled", "undetermined", ("changed", "fulfilment", "e2"))],
    ),
    "what decides nothing": ([REQUEST], [{**REQUEST, "note": "moved down"}], []),
}  # fmt: skip


def of_row(name: str, records: Rows) -> Rows:
    """The records in a case of the row's own."""
    return [r | {"id": f"{name}/{r['id']}", "case": name} for r in records]


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What moves between the logs of all rows."""
    folder = tmp_path_factory.mktemp("logs")
    for n, name in enumerate(("a.jsonl", "b.jsonl")):
        records = [r for row, sides in ROWS.items() for r in of_row(row, sides[n])]
        (folder / name).write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    args = ["diff", *(str(folder / name) for name in ("a.jsonl", "b.jsonl")), *JUDGED, "--format", "json"]
    found: dict[str, Any] = json.loads(CliRunner().invoke(application, args).stdout)
    return found


@pytest.mark.parametrize("name", ROWS)
def test_two_logs(moved: dict[str, Any], name: str) -> None:
    own = {"moves": [move for move in moved["moves"] if move["case"] == name]}
    expected = [
        (before, after, *((kind, role, f"{name}/{id_}") for kind, role, id_ in events))
        for before, after, *events in ROWS[name][2]
    ]
    assert said(own) == expected


def test_a_verdict_that_turned_into_a_violation_fails(run: Run, logged: Logged) -> None:
    first, second = logged(REQUEST, ANSWER, name="a.jsonl"), logged(REQUEST, name="b.jsonl")
    codes = [
        run("diff", *sides, *JUDGED, *more).exit_code
        for sides, more in (
            ((first, second), ()),
            ((second, first), ()),
            ((first, second), ("--exit-zero",)),
            ((first, second), ("--fail-on", "never")),
        )
    ]
    assert codes == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        pytest.param({"outcome": "fulfilled"}, {}, ["violation", "advisory", "undetermined"], id="violated"),
        pytest.param(None, {}, ["violation", "advisory", "undetermined"], id="a violation that arises"),
        pytest.param({}, None, [], id="a violation that is gone"),
        pytest.param({}, {}, [], id="violated before"),
        pytest.param({"outcome": "late"}, {}, ["violation", "advisory", "undetermined"], id="late before"),
        pytest.param({}, {"outcome": "late"}, [], id="violated before, late now"),
        pytest.param(
            {"outcome": "pending"}, {"severity": "advisory"}, ["advisory", "undetermined"], id="advisory"
        ),
        pytest.param({"outcome": "pending"}, {"binds": "authority"}, [], id="of others"),
        pytest.param(
            {"outcome": "pending"}, {"outcome": "undetermined"}, ["undetermined"], id="undetermined"
        ),
        pytest.param(
            {"outcome": "undetermined"}, {}, ["violation", "advisory", "undetermined"], id="was undetermined"
        ),
    ],
)
def test_what_is_worse(before: dict[str, Any] | None, after: dict[str, Any] | None, worse: list[str]) -> None:
    sides = [None if side is None else VIOLATED._replace(**side) for side in (before, after)]
    levels = ("violation", "advisory", "undetermined", "never")
    assert [level for level in levels if Move(*sides).worse(level)] == worse


def test_people_read_what_changed_beside_the_case(run: Run, logged: Logged) -> None:
    first = logged(REQUEST, ANSWER, name="a.jsonl")
    second = logged(REQUEST, ANSWER | {"time": "2026-11-18"}, name="b.jsonl")
    shown = run("diff", first, second, *JUDGED, "--format", "markdown").stdout
    assert shown.startswith("# What moves")
    assert "1 of 1 obligations move, 1 of them in their outcome" in shown
    assert "Changed: A decision on the request was given on 2026-11-18" in shown
    assert "it was 2026-11-05 before." in shown
    assert "a.jsonl: 2 events" in shown
    assert "Changed: A decision" in " ".join(run("diff", first, second, *JUDGED).stdout.split())


@pytest.mark.parametrize("everything", [("--all",), ()], ids=["all findings", "without what does not apply"])
def test_two_reports_move_as_their_logs(
    run: Run, logged: Logged, tmp_path: Path, everything: tuple[str, ...]
) -> None:
    first = logged(REQUEST, SCHEDULED, CANCELLED, name="a.jsonl")
    second = logged(REQUEST, ANSWER, SCHEDULED, name="b.jsonl")
    reports = []
    for n, log in enumerate((first, second)):
        report = str(tmp_path / f"{n}.json")
        # One with everything, the other without, is compared, too.
        run("check", log, *JUDGED, "--output", report, *(everything if n else ()))
        reports.append(report)
    code, found = diffed(run, *reports)
    _, of_logs = diffed(run, first, second, *JUDGED)
    outcomes = {
        m["id"]: (m["before"] and m["before"]["outcome"], m["after"]["outcome"]) for m in found["moves"]
    }
    expected = {m["id"]: (m["before"]["outcome"], m["after"]["outcome"]) for m in of_logs["moves"]}
    # What does not apply was left out of the report: there it seems not to arise.
    assert outcomes == {id_: (None if b == "not_applicable" else b, a) for id_, (b, a) in expected.items()}
    assert code == 1
    whole = json.loads(Path(reports[1]).read_text(encoding="utf-8"))
    by_id = {f["id"]: f for f in whole["findings"]}
    assert [m["after"] for m in found["moves"]] == [by_id[m["id"]] for m in found["moves"]]
    assert found["after"] == {k: v for k, v in whole.items() if k not in ("findings", "problems")}
    assert ("appears", "fulfilment", "r2") in {event for move in said(found) for event in move[2:]}
    assert (
        "Counts now: request.answered on 2026-11-05" in run("diff", *reports, "--format", "markdown").stdout
    )
    assert diffed(run, reports[1], reports[1])[1]["moved"] == 0


def test_one_log_at_two_moments(run: Run, logged: Logged) -> None:
    log = logged(REQUEST, {**ANSWER, **LATER}, {**WITHDRAWN, "recorded_at": "2026-11-28"})
    known = ("--known-at", "2026-11-10", "--known-at", "2026-11-21")
    code, found = diffed(run, log, *JUDGED, *known)
    assert (code, said(found)) == (0, [("violated", "fulfilled", ("new", "fulfilment", "r2"))])
    assert (found["before"]["known_at"], found["after"]["known_at"]) == ("2026-11-10", "2026-11-21")
    back = ("--known-at", "2026-11-21", "--known-at", "2026-11-10")
    assert diffed(run, log, *JUDGED, *back)[0] == 1


def test_what_moves_is_what_compare_moves(run: Run, logged: Logged) -> None:
    """One core: a moment of before and one of after are the same to both."""
    log = logged(REQUEST, {**ANSWER, **LATER}, SCHEDULED, {**NOTICE, **LATER})
    compared = json.loads(
        run(
            "compare", log, *JUDGED, "--known-at", "2026-11-10", "--against-known-at", "2026-11-21",
            "--format", "json",
        ).stdout
    )  # fmt: skip
    _, found = diffed(run, log, *JUDGED, "--known-at", "2026-11-10", "--known-at", "2026-11-21")
    for move in found["moves"]:
        del move["events"]
    assert found == compared


def test_a_large_log_is_read_row_by_row(run: Run, logged: Logged) -> None:
    rows = [{**REQUEST, "id": f"r{n}", "case": f"q{n}"} for n in range(2100)]
    first = logged(*rows, name="a.jsonl")
    second = logged(*rows, {**ANSWER, "id": "a7", "case": "q7"}, name="b.jsonl")
    _, found = diffed(run, first, second, *JUDGED)
    assert said(found) == [("violated", "fulfilled", ("new", "fulfilment", "a7"))]


def test_what_arises_by_itself_rests_on_any_event_that_its_duty_reads() -> None:
    rulebook = load_packs((), load_registry(plugins=False))
    read = types_read(rulebook)
    assert "coverage.declared" in read[COUNTED.rule]

    def change(id_: str, type_: str, municipality: str = "kline") -> Change:
        return Change(
            "new", None, Recorded(Evidence(id_, "l:1", "2025-05-05", type_), municipality, "x", "c")
        )

    changes = {
        "c": change("c", "coverage.declared"),
        "far": change("far", "coverage.declared", "peje"),
        "other": change("other", "request.answered"),
    }
    moved = Move(COUNTED, COUNTED._replace(outcome="undetermined"))
    assert [b.change.event.evidence.event for b in bearing(moved, changes, read, lambda _: ())] == ["c"]


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two logs, a report, and files that are none."""
    folder = tmp_path_factory.mktemp("mistakes")
    for name, records in (("a.jsonl", [REQUEST]), ("b.jsonl", [REQUEST, OTHER])):
        (folder / name).write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    for name, command, *more in (
        ("r.json", "check"),
        ("narrow.json", "check", "--case", "q1"),
        ("counts.json", "check", "--format", "counts"),
        ("coming.json", "upcoming"),
    ):
        judged = ("--select", "XK-FOI-001", "--as-of", "2026-12-01")
        CliRunner().invoke(
            application, [command, str(folder / "b.jsonl"), *judged, *more, "-o", str(folder / name)]
        )
    whole = (folder / "r.json").read_text(encoding="utf-8")
    (folder / "cut.json").write_text(whole[:-40], encoding="utf-8")
    (folder / "odd.json").write_text(whole.replace('"outcome":"', '"outcome":"un'), encoding="utf-8")
    (folder / "bare.json").write_text('{"schema":"transparency-check/report/1"}', encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Name two logs or two reports"),
        (("a.jsonl",), "Name two logs or two reports"),
        (("a.jsonl", "a.jsonl"), "nothing can have moved"),
        (("a.jsonl", "b.jsonl", "a.jsonl"), "Name two logs or two reports"),
        (("a.jsonl", "--known-at", "2026-11-01", "--known-at", "2026-11-01"), "Both moments are 2026-11-01"),
        (("a.jsonl", "r.json"), "a log with a log"),
        (("r.json", "narrow.json"), "narrowed to different things"),
        (("r.json", "r.json", "--known-at", "2026-11-01"), "leave out --known-at"),
        (("r.json", "counts.json"), "`transparency-check/counts/1`"),
        (("r.json", "coming.json"), "leaves out what is over"),
        (("r.json", "cut.json"), "cut.json:4: this is no whole JSON"),
        (("r.json", "odd.json"), "odd.json is no report as check writes it"),
        (("r.json", "bare.json"), "bare.json is no report as check writes it"),
        (("a.jsonl", "b.jsonl", "-o", "b.jsonl"), "is an input"),
        (("r.json", "r.json", "-o", "r.json"), "is an input"),
        (("a.jsonl", "none.jsonl"), "none.jsonl"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_mistakes(
    run: Run, mistaken: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(mistaken)
    result = run("diff", *args, "--select", "XK-FOI-001", "--as-of", "2026-12-01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
