"""SARIF: against its schema, a foreign model, and what GitHub takes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reports.conftest import Write
from reports.made import (
    ADVISORY,
    COUNTED,
    DIFFERENT,
    ERROR,
    FULFILLED,
    LATE,
    PENDING,
    SUPERSEDED,
    VIOLATED,
    replace,
    report,
)
from reports.services import BASELINE, EVERYTHING, KNOWN, OTHERS, RESOLVED, WAIVED, WHOLE, many
from transparency_check.fingerprints import fingerprints
from transparency_check.model import Evidence, Problem, Source
from transparency_check.report import Upcoming
from transparency_check.reports import sarif

SCHEMA = json.loads((Path(__file__).parent / "foreign" / "sarif-2.1.0.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run_of(text: str) -> Any:
    """The run, once the whole has been found valid."""
    found = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA).validate(found)
    (run,) = found["runs"]
    return run


def by_id(text: str) -> dict[str, Any]:
    """The results of findings by the ids of these."""
    return {r["properties"]["id"]: r for r in run_of(text)["results"] if "properties" in r}


@pytest.mark.parametrize(
    ("whole", "options"),
    [
        pytest.param(report(), {}, id="nothing"),
        pytest.param(WHOLE, {}, id="what wants attention"),
        pytest.param(WHOLE, {"everything": True}, id="everything"),
        pytest.param(WHOLE, {"upcoming": Upcoming("2026-12-31", (PENDING,), {})}, id="what comes"),
        pytest.param(KNOWN, {"everything": True}, id="with a baseline"),
    ],
)
def test_it_is_valid(write: Write, whole: Any, options: dict[str, Any]) -> None:
    model = pytest.importorskip("sarif_pydantic")
    text = write(whole, "sarif", **options)
    run_of(text)
    read = model.Sarif.model_validate_json(text)
    assert read.version == "2.1.0"
    assert len(read.runs[0].results) == len(json.loads(text)["runs"][0]["results"])


@pytest.mark.parametrize(
    ("finding", "kind", "level"),
    [
        pytest.param(VIOLATED, "fail", "error", id="violated"),
        pytest.param(LATE, "fail", "error", id="late"),
        pytest.param(ADVISORY, "fail", "warning", id="advisory"),
        pytest.param(OTHERS, "fail", "note", id="a matter of others"),
        pytest.param(WAIVED, "fail", "error", id="waived: said by a suppression"),
        pytest.param(DIFFERENT, "review", "none", id="undetermined"),
        pytest.param(PENDING, "open", "none", id="pending"),
        pytest.param(FULFILLED, "pass", "none", id="fulfilled"),
        pytest.param(SUPERSEDED, "notApplicable", "none", id="not applicable"),
    ],
)
def test_kind_and_level(write: Write, finding: Any, kind: str, level: str) -> None:
    result = by_id(write(WHOLE, "sarif", everything=True))[finding.id]
    assert (result["kind"], result["level"]) == (kind, level)


def test_what_wants_no_attention_is_written_only_where_all_is_asked_for(write: Write) -> None:
    """GitHub takes every result for a problem, whatever its kind."""
    assert {r["kind"] for r in by_id(write(WHOLE, "sarif")).values()} == {"fail", "review"}
    assert set(by_id(write(WHOLE, "sarif", everything=True))) == {f.id for f in EVERYTHING}


def test_the_most_serious_come_first(write: Write) -> None:
    levels = [r["level"] for r in run_of(write(WHOLE, "sarif", everything=True))["results"]]
    assert levels[0] == "error"
    fails = [level for level in levels if level != "none"]
    waived = [r for r in run_of(write(WHOLE, "sarif"))["results"] if r["suppressions"]]
    assert len(waived) == 1
    assert levels[levels.index("warning") :].count("error") == 1, "only what is waived stands behind warnings"
    assert len(fails) == 8


def test_rules_hold_the_law_and_what_to_do(write: Write) -> None:
    run = run_of(write(report(PENDING), "sarif", everything=True))
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "XK-FOI-001"
    assert rule["shortDescription"]["text"] == "Decision on a request for access to documents"
    assert rule["helpUri"] == "https://example.org/law"
    for form in ("text", "markdown"):
        shown = rule["help"][form].replace("\\", "")
        assert "Decide in writing within seven days" in shown
        assert "Law: Art. 12; Law on Access to Public Documents (06/L-081) (source: secondary)" in shown
    assert rule["help"]["markdown"].startswith("## Decision")
    assert rule["defaultConfiguration"]["level"] == "error"
    assert rule["properties"]["tags"] == ["transparency", "FOI", "law-06-l-081"]


def test_every_result_names_its_rule(write: Write) -> None:
    run = run_of(write(WHOLE, "sarif", everything=True))
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules))
    assert [rules[r["ruleIndex"]] for r in run["results"]] == [r["ruleId"] for r in run["results"]]


def test_a_finding_stands_at_its_trigger_and_links_its_evidence(write: Write) -> None:
    result = by_id(write(report(LATE), "sarif"))[LATE.id]
    (at,) = result["locations"]
    assert at["physicalLocation"] == {
        "artifactLocation": {"uri": "log.jsonl", "uriBaseId": "%SRCROOT%", "index": 0},
        "region": {"startLine": 1},
    }
    (notice,) = result["relatedLocations"]
    assert notice["physicalLocation"]["region"] == {"startLine": 2}
    assert notice["message"]["text"].startswith("A public notice was published")
    assert "([log.jsonl:2](1))" in result["message"]["text"]
    assert "log.jsonl:1]" not in result["message"]["text"]


def test_a_longer_place_is_not_linked_as_a_shorter_one(write: Write) -> None:
    far = replace(
        LATE, fulfilment=(*LATE.fulfilment, Evidence("e9", "log.jsonl:21", "2026-11-20", "notice.published"))
    )
    said = by_id(write(report(far), "sarif"))[LATE.id]["message"]["text"]
    assert "[log.jsonl:2](1)" in said
    assert "[log.jsonl:21](2)" in said


@pytest.mark.parametrize(
    ("place", "uri", "region", "within"),
    [
        pytest.param("a b/ë#1.jsonl:7", "a%20b/%C3%AB%231.jsonl", 7, None, id="escaped"),
        pytest.param("r.xlsx!Seanca!B7", "r.xlsx", None, "Seanca!B7", id="a cell"),
        pytest.param("log.parquet:12", "log.parquet", None, "12", id="a record of a file that is no text"),
        pytest.param("log.jsonl.gz:3", "log.jsonl.gz", None, "3", id="a packed line"),
        pytest.param("-:4", "-", 4, None, id="standard input"),
        pytest.param("other:5", "other%3A5", None, None, id="a file whose name looks like a place"),
    ],
)
def test_places(write: Write, place: str, uri: str, region: int | None, within: str | None) -> None:
    trigger = Evidence("e1", place, "2026-11-02", "meeting.scheduled")
    found = report(replace(VIOLATED, trigger=trigger), sources=(Source("other:5", "0" * 64, 1),))
    (at,) = by_id(write(found, "sarif"))[VIOLATED.id]["locations"]
    physical = at["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == uri
    assert physical.get("region") == (None if region is None else {"startLine": region})
    assert [p["fullyQualifiedName"] for p in at.get("logicalLocations", [])] == ([within] if within else [])


def test_paths_begin_at_the_root_of_the_repository(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "records").mkdir()
    monkeypatch.chdir(tmp_path / "records")
    (at,) = by_id(write(report(VIOLATED), "sarif"))[VIOLATED.id]["locations"]
    assert at["physicalLocation"]["artifactLocation"]["uri"] == "records/log.jsonl"
    outside = Evidence("e1", f"{tmp_path.parent}/log.jsonl:1", "2026-11-02", "meeting.scheduled")
    (at,) = by_id(write(report(replace(VIOLATED, trigger=outside)), "sarif"))[VIOLATED.id]["locations"]
    assert at["physicalLocation"]["artifactLocation"] == {
        "uri": f"file://{tmp_path.parent.as_posix()}/log.jsonl"
    }


def test_what_no_record_shows_stands_at_the_log_and_keeps_apart(write: Write) -> None:
    """GitHub makes the digest of a line itself, and takes results of one rule and line for one."""
    earlier = replace(COUNTED, id="f" * 16, period="2024")
    results = by_id(write(report(COUNTED, earlier, VIOLATED), "sarif"))
    digests = [
        results[f.id]["partialFingerprints"].get("primaryLocationLineHash") for f in (COUNTED, earlier)
    ]
    assert None not in digests
    assert len(set(digests)) == 2
    assert "region" not in results[COUNTED.id]["locations"][0]["physicalLocation"]
    assert "primaryLocationLineHash" not in results[VIOLATED.id]["partialFingerprints"]


def test_fingerprints_are_those_of_the_findings(write: Write) -> None:
    results = by_id(write(WHOLE, "sarif", everything=True))
    known = fingerprints(WHOLE.findings)
    assert {i: r["partialFingerprints"]["transparencyCheck/v1"] for i, r in results.items()} == known


def test_a_waiver_is_a_suppression(write: Write) -> None:
    results = by_id(write(WHOLE, "sarif", everything=True))
    (given,) = results[WAIVED.id]["suppressions"]
    assert (given["kind"], given["status"]) == ("external", "accepted")
    assert "the hall burned down" in given["justification"]
    assert given["location"]["physicalLocation"]["region"] == {"startLine": 3}
    assert results[VIOLATED.id]["suppressions"] == []
    assert "suppressions" not in by_id(write(report(VIOLATED), "sarif"))[VIOLATED.id]


def test_the_state_towards_the_baseline(write: Write) -> None:
    results = by_id(write(KNOWN, "sarif", everything=True))
    states = {i: r["baselineState"] for i, r in results.items() if "baselineState" in r}
    assert states == BASELINE.states
    assert results[VIOLATED.id]["level"] == "error"
    whole = run_of(write(KNOWN, "sarif", everything=True))["results"]
    (absent,) = [r for r in whole if r.get("baselineState") == "absent"]
    assert absent["partialFingerprints"]["transparencyCheck/v1"] == RESOLVED.fingerprint
    assert (absent["kind"], absent["level"]) == ("pass", "none")
    # To GitHub it would be a problem that is still there.
    assert "absent" not in {r.get("baselineState") for r in run_of(write(KNOWN, "sarif"))["results"]}


def test_new_ones_stand_before_known_ones(write: Write) -> None:
    ids = [r["properties"]["id"] for r in run_of(write(KNOWN, "sarif"))["results"] if "properties" in r]
    assert ids.index(LATE.id) < ids.index(ADVISORY.id) < ids.index(VIOLATED.id)


def test_problems_are_results_of_rules_of_their_own(write: Write) -> None:
    run = run_of(write(WHOLE, "sarif"))
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("TC-INPUT-bad-time", "error")
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 12}
    twice = report(
        problems=(ERROR, replace(ERROR, place="log.jsonl:99"), Problem("error", "bad-time", "b", "x"))
    )
    prints = [
        r["partialFingerprints"]["transparencyCheck/v1"] for r in run_of(write(twice, "sarif"))["results"]
    ]
    assert len(set(prints)) == 3
    moved = report(problems=(replace(ERROR, place="log.jsonl:13"),))
    assert (
        run_of(write(moved, "sarif"))["results"][0]["partialFingerprints"]["transparencyCheck/v1"]
        == prints[0]
    )


@pytest.mark.parametrize(
    ("whole", "options", "successful", "code"),
    [
        pytest.param(report(FULFILLED), {}, True, 0, id="fine"),
        pytest.param(report(VIOLATED), {}, True, 1, id="a violation"),
        pytest.param(report(ADVISORY), {"fail_on": "advisory"}, True, 1, id="as the run is asked to fail"),
        pytest.param(report(), {}, True, 5, id="nothing"),
        pytest.param(report(VIOLATED, problems=(ERROR,)), {}, False, 2, id="something unread"),
        pytest.param(replace(WHOLE, problems=()), {}, False, 3, id="a rule that failed"),
    ],
)
def test_the_invocation(
    write: Write, whole: Any, options: dict[str, Any], successful: bool, code: int
) -> None:
    (invocation,) = run_of(write(whole, "sarif", **options))["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (successful, code)
    told = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert told == [f"{e.rule} ({e.plugin}): {e.message}" for e in whole.rule_errors]


def test_what_github_does_not_take_is_left_out_and_said(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MOST", 20)
    monkeypatch.setattr(sarif, "SHOWN", 10)
    run = run_of(write(report(*many(30), ADVISORY, LATE), "sarif"))
    assert {r["level"] for r in run["results"]} == {"error"}
    assert len(run["results"]) == 20
    left, shown = (n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"])
    assert left == "12 results less serious than these 20 are left out: code scanning takes no more."
    assert shown == "Of 20 results GitHub shows 10, the most serious ones."


def test_the_packed_file_is_no_larger_than_github_takes(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "PACKED", 40_000)
    whole = report(*many(2_000))
    text = write(whole, "sarif")
    run = run_of(text)
    assert 0 < len(run["results"]) < 2_000
    assert len(gzip.compress(text.encode())) < 45_000
    (left,) = run["invocations"][0]["toolExecutionNotifications"]
    assert left["message"]["text"].startswith(f"{2_000 - len(run['results']):} results less serious")


def test_texts_are_cut_to_what_github_shows(write: Write) -> None:
    long = replace(VIOLATED, provision="Art. 44, " * 300, bearer="x" * 2_000)
    (rule,) = run_of(write(report(long), "sarif"))["tool"]["driver"]["rules"]
    assert len(rule["name"]) <= 255
    assert len(rule["fullDescription"]["text"]) <= 1024
    assert rule["fullDescription"]["text"].endswith("\N{HORIZONTAL ELLIPSIS}")


def test_braces_and_brackets_are_text(write: Write) -> None:
    """Both ask a reader of SARIF to put something in, or to follow a link."""
    hostile = replace(VIOLATED, case="{0}[x](javascript:x)")
    said = by_id(write(report(hostile), "sarif"))[VIOLATED.id]["message"]["text"]
    assert said.startswith("kline, {{0}}[x] (javascript:x)")


def test_the_same_report_is_the_same_file(write: Write) -> None:
    assert write(KNOWN, "sarif") == write(KNOWN, "sarif")
    turned = replace(KNOWN, findings=tuple(KNOWN.findings))
    assert write(turned, "sarif", everything=True) == write(KNOWN, "sarif", everything=True)
