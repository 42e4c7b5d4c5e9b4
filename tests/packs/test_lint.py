"""Lint: a sound pack passes, and each change to it is told once, at its place."""

# Rows of a table are read across.
# ruff: noqa: E501

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from packs.small_pack import FILES, write
from transparency_check.cli import application
from transparency_check.messages.lint import ERRORS, WARNINGS, severity
from transparency_check.packs.lint import CHECKS, lint_pack
from transparency_check.packs.lint.examples import possible_outcomes
from transparency_check.packs.lint.satisfiable import impossible
from transparency_check.packs.model import Attribute, Duty, Vocabulary

EVENTS = """\
events:
  meeting.scheduled:
    title: {en: A meeting was convened}
    attributes: [body, urgent, members, attests]
  meeting.held:
    title: {en: A meeting took place}
    attributes: [body]
  meeting.cancelled:
    title: {en: A meeting was called off}
attestation: attests
attributes:
  body: {type: choice, values: [assembly, committee]}
  urgent: {type: flag, absent: false}
  members: {type: integer}
  attests: {type: list of text}
"""
FIRST = "duties/mtg/XK-MTG-001.yaml"
SECOND = "duties/mtg/XK-MTG-002.yaml"
DUTY = """\
id: XK-MTG-001
title: {en: Held within a week}
area: MTG
bearer: the assembly
severity: violation
legal_basis: {provision: Art. 1, quote: within seven days}
trigger:
  event: meeting.scheduled
  where: {body: assembly, urgent: true, members: {at_least: 5}}
requires: {event: meeting.held}
deadline: {after: time, n: 7, roll: none}
readings: []
versions:
  - {instrument: law-1, from: 2020-01-01, to: 2022-12-31, confidence: verified}
  - {instrument: law-2, from: 2023-01-01, confidence: unverified}
help: {en: Hold it within seven days.}
examples:
"""
CONTENT = """\
id: XK-MTG-002
title: {en: What it shows}
area: MTG
bearer: the assembly
severity: violation
legal_basis: {provision: Art. 2}
trigger: {event: meeting.scheduled, where: {body: assembly, urgent: true, members: {at_least: 5}}}
must: {members: {at_least: 9}}
versions: [{instrument: law-2, confidence: unverified}]
help: {en: Have nine members.}
examples:
"""
SCHEDULED = "{id: e1, type: meeting.scheduled, time: 2026-03-02, municipality: kline, case: c1, body: assembly, urgent: true, members: 9}"
HELD = "{id: e2, type: meeting.held, time: %s, municipality: kline, case: c1}"


def example(name: str, events: list[str], expect: str, rest: str = "\n    counted: 2 March excluded; 9 March is 7") -> str:
    return f"  - name: {name}\n    as_of: 2026-03-20{rest}\n    events: [{', '.join(events)}]\n    expect: [{expect}]\n"


EXAMPLES = (
    example("on the day", [SCHEDULED, HELD % "2026-03-09"], "{outcome: fulfilled, due: 2026-03-09}")
    + example("after it", [SCHEDULED, HELD % "2026-03-10"], "{outcome: late, due: 2026-03-09}")
    + example("ahead", [SCHEDULED], "{outcome: pending}")
    + example("unknown", [SCHEDULED], "{outcome: undetermined}")
)
CONTENT_EXAMPLES = "".join(
    example(name, [SCHEDULED], f"{{outcome: {name}}}", "") for name in ("fulfilled", "violated", "undetermined")
)
SOUND = {
    **{name: text for name, text in FILES.items() if not name.startswith("duties/")},
    "instruments.yaml": FILES["instruments.yaml"].replace("from: 2020-01-01", "from: 2019-01-01"),
    "events.yaml": EVENTS,
    FIRST: DUTY + EXAMPLES,
    SECOND: CONTENT + CONTENT_EXAMPLES,
}


def lint(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    """Code and place (file and line) of all that is found."""
    found = lint_pack(str(write(folder, files)))
    for problem in found:
        assert re.fullmatch(r".+:[0-9]+:[0-9]+", problem.place)
        assert problem.severity == severity(problem.code)
    return [(p.code, ":".join(p.place.removeprefix(f"{folder.as_posix()}/").split(":")[:2])) for p in found]


def test_a_sound_pack_passes(tmp_path: Path) -> None:
    assert lint(tmp_path, SOUND) == []


CHANGES: list[tuple[str, str, str, str, str, int]] = [
    # what, file, old, new, code, line
    ("no Albanian title", "pack.yaml", "jurisdiction", "languages: [en, sq]\njurisdiction", "missing-translation", 3),
    ("no help", FIRST, "help: {en: Hold it within seven days.}\n", "", "missing-help", 1),
    ("no provision", FIRST, "provision: Art. 1, ", "", "missing-citation", 6),
    ("sure without wording", FIRST, "quote: within seven days", "url: ''", "missing-citation", 6),
    ("a version's number", SECOND, "legal_basis: {provision: Art. 2}", "legal_basis: {provision: Art. 2, quote: ''}", "", 0),
    ("an empty source", FIRST, "readings: []", "readings:\n  - {name: a, source: ''}", "number-without-source", 13),
    ("no roll", FIRST, ", roll: none}", "}", "missing-roll", 11),
    ("longer than the law", FIRST, "from: 2020-01-01, to", "from: 2018-06-01, to", "version-outside-instrument", 14),
    ("a condition against itself", FIRST, "members: {at_least: 5}", "members: {at_least: 5, less_than: 5}", "unreachable-condition", 9),
    ("excluded by another test", FIRST, "urgent: true, ", "all: [{body: {not: assembly}}], ", "unreachable-condition", 9),
    ("an exception that never holds", FIRST, "readings: []", "unless:\n  - {where: {body: committee}}", "unreachable-condition", 13),
    ("a demand against the trigger", SECOND, "must: {members", "must: {body: committee, members", "unreachable-condition", 8),
    ("before the calendar", FIRST, "from: 2020-01-01, to: 2022-12-31", "from: 2019-01-01, to: 2019-12-31", "unreachable-version", 14),
    ("another duty attested", SECOND, "must: {", "must: {attests: XK-MTG-001, ", "foreign-attestation", 8),
    ("an example of another duty", FIRST, "expect: [{outcome: late,", "expect: [{rule: XK-MTG-002, outcome: violated}, {outcome: late,", "", 0),
    ("an example beside", SECOND, "expect: [{outcome: violated}", "expect: [{outcome: violated}]\n  - name: beside\n    as_of: 2026-01-01\n    expect: [{rule: XK-MTG-001, none: true}", "example-beside-duty", 20),
    ("nothing expected", SECOND, "expect: [{outcome: violated}", "expect: [{case: c1}, {outcome: violated}", "empty-expectation", 19),
    ("never pending", FIRST, "{outcome: pending}", "{outcome: undetermined}", "outcome-not-covered", 17),
    ("never late", FIRST, "{outcome: late, due: 2026-03-09}", "{outcome: undetermined, due: 2026-03-09}", "outcome-not-covered", 17),
    ("an exception that no example shows", FIRST, "readings: []", "unless:\n  - {event: meeting.cancelled}", "outcome-not-covered", 18),
    ("never on the due day", FIRST, "time: 2026-03-09", "time: 2026-03-06", "outcome-not-covered", 17),
    ("never after the due day", FIRST, "time: 2026-03-10", "time: 2026-03-08", "outcome-not-covered", 17),
    ("not counted by hand", FIRST, "\n    counted: 2 March excluded; 9 March is 7", "", "not-counted", 18),
    ("no example", SECOND, "examples:\n" + CONTENT_EXAMPLES, "", "no-examples", 1),
    ("an attribute for nothing", "events.yaml", "  members: {type", "  votes: {type: integer}\n  members: {type", "unused-attribute", 14),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "line"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_each_fault_is_told_at_its_place(tmp_path: Path, file: str, old: str, new: str, code: str, line: int) -> None:
    assert old in SOUND[file]
    found = lint(tmp_path, {**SOUND, file: SOUND[file].replace(old, new, 1)})
    if not code:
        assert found == []
    elif code == "missing-translation":
        assert set(found) >= {(code, f"{file}:{line}"), (code, f"{FIRST}:2"), (code, f"{FIRST}:16"), (code, "events.yaml:3")}
        assert {c for c, _ in found} == {code}
    else:
        # What has no wording has no source of its number either, and a dead exception no example.
        allowed = {"missing-citation": "number-without-source", "unreachable-condition": "outcome-not-covered"}
        assert [f for f in found if f[0] != allowed.get(code)] == [(code, f"{file}:{line}")]


def test_numbers_need_a_source(tmp_path: Path) -> None:
    # A duty without wording is told once for that, and once for each number that then has no source.
    text = SOUND[FIRST].replace("quote: within seven days", "url: ''").replace("confidence: verified", "confidence: verified, n: 9")
    assert lint(tmp_path, {**SOUND, FIRST: text}) == [("missing-citation", f"{FIRST}:6"), ("number-without-source", f"{FIRST}:14")]
    noted = text.replace("n: 9", "n: 9, note: Art. 3")
    assert lint(tmp_path, {**SOUND, FIRST: noted}) == [("missing-citation", f"{FIRST}:6")]


def test_duties_that_can_never_both_be_met(tmp_path: Path) -> None:
    fewer = SOUND[SECOND].replace("XK-MTG-002", "XK-MTG-003").replace("{at_least: 9}", "{at_most: 8}")
    third = SECOND.replace("002", "003")
    assert lint(tmp_path, {**SOUND, third: fewer}) == [
        ("contradicting-duties", f"{SECOND}:8"),
        ("contradicting-duties", f"{third}:8"),
    ]
    # Events that differ may satisfy one duty each.
    apart = fewer.replace("body: assembly, urgent: true", "body: committee, urgent: true")
    assert lint(tmp_path, {**SOUND, third: apart}) == []


@pytest.mark.parametrize(("n", "code"), [(21, []), (22, ["contradicting-duties"])])
def test_what_must_be_short_and_long(tmp_path: Path, n: int, code: list[str]) -> None:
    """Seven days, and at most two weeks of days off after them, against n days."""
    long = SOUND[FIRST].replace("XK-MTG-001", "XK-MTG-003").replace("requires: {event: meeting.held}\n", "")
    long = long.replace("deadline: {after: time, n: 7, roll: none}", f"open_for: {{n: {n}, unit: calendar-day, closed_by: meeting.held}}")
    short = SOUND[FIRST].replace("roll: none", "roll: forward")
    found = lint(tmp_path, {**SOUND, FIRST: short, FIRST.replace("001", "003"): long})
    assert [c for c, _ in found if c.startswith("contra")] == code


VOCABULARY = Vocabulary(
    events={},
    attributes={
        "kind": Attribute(type="choice", values=["a", "b"]),
        "flag": Attribute(type="flag"),
        "quiet": Attribute(type="flag", absent=False),
        "n": Attribute(type="integer"),
        "day": Attribute(type="date-time"),
        "list": Attribute(type="list of choice", values=["a", "b"]),
    },
)


@pytest.mark.parametrize(
    ("conditions", "possible"),
    [
        ([{"kind": "a"}, {"kind": ["a", "b"]}], True),
        ([{"kind": "a"}, {"kind": "b"}], False),
        ([{"kind": {"not": ["a", "b"]}}], False),
        ([{"kind": {"not": "a"}}], True),
        ([{"flag": True}, {"flag": False}], False),
        ([{"flag": {"not": True}}, {"flag": {"not": False}}], False),
        ([{"list": "a"}, {"list": "b"}], True),
        ([{"list": ["a", "b"]}, {"list": {"not": "a"}}], True),
        ([{"list": {"includes_all": ["a", "b"]}}, {"list": {"not": "a"}}], False),
        ([{"n": {"at_least": 3}}, {"n": {"less_than": 3}}], False),
        ([{"n": {"at_least": 3, "at_most": 3}}], True),
        ([{"n": 2}, {"n": {"at_least": 3}}], False),
        ([{"n": {"at_least": {"field": "m"}}}, {"n": {"less_than": 3}}], True),
        ([{"day": {"at_least": "2026-01-02"}}, {"day": {"less_than": "2026-01-02"}}], False),
        ([{"kind": {"present": False}}, {"kind": "a"}], False),
        ([{"quiet": {"present": False}}, {"quiet": False}], True),
        ([{"any": [{"kind": "a"}, {"kind": "b"}]}, {"kind": "b"}], True),
        ([{"any": [{"kind": "a"}, {"flag": True}]}, {"kind": "b", "flag": False}], False),
        ([{"all": [{"kind": "a"}, {"kind": "b"}]}], False),
        ([{"municipality": "kline"}, {"municipality": "drenas"}], False),
    ],
    ids=str,
)
def test_what_can_hold_together(conditions: list[dict[str, object]], possible: bool) -> None:
    assert (impossible(conditions, VOCABULARY) is None) == possible


@pytest.mark.parametrize(
    ("parts", "outcomes"),
    [
        ({"deadline": {"after": "time", "n": 7}}, "fulfilled, late or violated, pending, undetermined"),
        ({"deadline": {"before": "time", "n": 0}}, "fulfilled, late or violated, undetermined"),
        ({"deadline": {"before": "planned_at", "n": 0}}, "fulfilled, late or violated, pending, undetermined"),
        ({"trigger": {"obligation": "XX-ABC-002"}, "deadline": {"after": "time", "n": 7}}, "fulfilled, late or violated, pending, undetermined"),
        ({"trigger": {"obligation": "XX-ABC-002"}, "deadline": {"after": {"event": "a.c"}, "n": 7}}, "fulfilled, late or violated, undetermined"),
        ({"must": {"body": "x"}, "requires": None}, "fulfilled, late or violated, undetermined"),
        ({"standing": True, "trigger": None}, "fulfilled, undetermined"),
        ({"standing": True, "trigger": None, "versions": [{"instrument": "i", "from": "2020-01-01", "confidence": "verified"}]}, "fulfilled, late or violated, undetermined"),
        ({"calendar": {"rrule": "FREQ=YEARLY", "roll": "none", "only_if": {"event": "c.d"}}, "trigger": None}, "fulfilled, late or violated, undetermined"),
        (
            {"count": {"event": "a.b", "per": "quarter", "at_least": 1}, "trigger": None, "requires": None, "readings": [{"name": "m", "source": "s", "count": {"per": "month"}}]},
            "undetermined",
        ),
    ],
    ids=["after", "order before the trigger", "order before a plan", "after an outcome", "beside an outcome", "content", "always", "since a day", "with its own condition", "periods that differ"],
)  # fmt: skip
def test_what_a_duty_can_come_to(parts: dict[str, object], outcomes: str) -> None:
    whole = {
        "id": "XX-ABC-001", "title": {"en": "A"}, "area": "ABC", "bearer": "B", "severity": "violation",
        "trigger": {"event": "a.b"}, "requires": {"event": "c.d"},
        "versions": [{"instrument": "i", "confidence": "verified"}], **parts,
    }  # fmt: skip
    duty = Duty.model_validate({key: value for key, value in whole.items() if value is not None})
    assert ", ".join(possible_outcomes(duty)) == outcomes


def test_every_code_has_a_check_and_a_case(tmp_path: Path) -> None:
    said = {text.partition(".")[0] for text in {**ERRORS, **WARNINGS}}
    assert said == set(CHECKS)
    assert said - {"contradicting-duties"} == {c[4] for c in CHANGES if c[4]}


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(application, ["rules", "lint", *args])
    return result.exit_code, result.stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "shown"),
    [
        (FIRST, "held", "held", 0, "Nothing found."),
        (FIRST, ", roll: none}", "}", 0, "0 errors, 1 warning."),
        (FIRST, "provision: Art. 1, ", "", 1, "1 error, 0 warnings."),
        (FIRST, "area: MTG", "area: MTH", 2, "pack-area"),
        (FIRST, "trigger:", "triger:", 2, "pack-"),
        ("pack.yaml", "id: small", "id: 7", 2, "pack-"),
    ],
    ids=["sound", "warning", "error", "a defect of the loader", "a defect of the shape", "no pack"],
)
def test_exit_codes(tmp_path: Path, file: str, old: str, new: str, code: int, shown: str) -> None:
    write(tmp_path, {**SOUND, file: SOUND[file].replace(old, new, 1)})
    got, text = run("--pack", str(tmp_path))
    assert (got, shown in text) == (code, True), text


def test_json_and_selection(tmp_path: Path) -> None:
    files = {name: text.replace("help: {", "notes: x #{") for name, text in SOUND.items()}
    write(tmp_path, files)
    code, text = run("--pack", str(tmp_path), "--select", "XK-MTG-002", "--format", "json")
    (problem,) = json.loads(text)
    assert (code, list(problem)) == (0, ["severity", "code", "place", "message", "values"])
    assert problem["place"] == f"{tmp_path.as_posix()}/{SECOND}:1:5"


@pytest.mark.parametrize("pack", ["information-office", "klgi"])
def test_bundled_packs_load_under_lint(pack: str) -> None:
    """The small ones; `make lint-packs` takes all, which are read as YAML."""
    assert {p.code for p in lint_pack(pack)} <= set(CHECKS)
