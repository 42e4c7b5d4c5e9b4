"""Examples of duties as tests: what is compared, and how a mismatch reads."""

# The sentences are compared whole, however long.
# ruff: noqa: E501

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import Any

import pytest

from packs.small_pack import DUTY_FILE, FILES, SECOND_FILE
from transparency_check import engine
from transparency_check.model import Evidence, Finding
from transparency_check.packs import load_rulebook
from transparency_check.packs.load import load_pack
from transparency_check.packs.merge import rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.packs.needed import closure, restricted
from transparency_check.packs.sources import Sources
from transparency_check.trials import company, examples
from transparency_check.trials.company import judge_together
from transparency_check.trials.examples import (
    ExampleResult,
    Trial,
    judged_alone,
    prepared,
    run_all,
    run_examples,
)

FINDING = Finding(
    id="f1", rule="XK-MTG-001", municipality="kline", case="c1", period=None, outcome="late", reasons=(), possible=("late",),
    settled_by=(), severity="violation", confidence="unverified", presumption=None, instrument="law-2", version_from="2023-01-01",
    version_to=None, curable=None, cure=None, trigger=Evidence("e1", "example:1", "2026-11-02", "meeting.scheduled"),
    anchor="2026-11-27", due="2026-11-18", act_by="2026-11-18", due_range=("2026-11-17", "2026-11-18"), provisional=True,
    readings=(), fulfilment=(), late_by=(1.0, "working-day"), bearer="the assembly", provision=None, url=None, commitment=False,
    instead=None, progress=None,
)  # fmt: skip
OTHER = FINDING._replace(
    case="c2", outcome="undetermined", reasons=("missing_field", "readings_differ"), late_by=None
)

EXAMPLE = """\
examples:
  - name: the example
    as_of: 2026-12-01
    events:
      - {id: e1, type: meeting.scheduled, time: 2026-11-02, municipality: kline, case: c1, body: assembly, planned_at: 2026-11-27}
    expect:
"""


def book(example: str = "", extra: dict[str, str] | None = None) -> Rulebook:
    files = {**FILES, DUTY_FILE: FILES[DUTY_FILE] + example, **(extra or {})}
    return rulebook([load_pack(Sources("p", {name: text.encode() for name, text in files.items()}))])


def run(example: str) -> list[ExampleResult]:
    whole = book(example)
    duty = whole.duty("XK-MTG-001")
    assert duty is not None
    return run_examples(duty, whole)


class Judged:
    def __init__(self, findings: list[Finding]) -> None:
        self.given = findings

    def findings(self, all: bool = False) -> list[Finding]:
        return self.given if all else []


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Calls of the engine, which finds ``FINDING`` and ``OTHER`` whatever it is asked."""
    seen: list[tuple[Any, ...]] = []

    def evaluate(*arguments: Any) -> Judged:
        seen.append(arguments)
        return Judged([FINDING, OTHER])

    for judging in (company, examples):
        monkeypatch.setattr(judging, "evaluate", evaluate)
    return seen


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("{case: c1, outcome: late}", []),
        ("{case: c1, outcome: late, due: 2026-11-18, act_by: 2026-11-18, late_by: 1, instrument: law-2, reasons: []}", []),
        ("{case: c1, due_range: [2026-11-17, 2026-11-18]}", []),
        ("{case: c2, reasons: [readings_differ, missing_field], late_by: null}", []),
        ("{trigger: e1, due: 2026-11-18}", []),
        ("{rule: XK-MTG-002, none: true}", []),
        ("{case: c3, none: true}", []),
        ("{case: c1, outcome: violated}", ["XK-MTG-001, case c1: outcome is late, expected is violated"]),
        ("{case: c1, due: null}", ["XK-MTG-001, case c1: due is 2026-11-18, expected is none"]),
        ("{case: c2, reasons: []}", ["XK-MTG-001, case c2: reasons is [missing_field, readings_differ], expected is []"]),
        (
            "{case: c1, late_by: 2, act_by: 2026-11-17}",
            [
                "XK-MTG-001, case c1: act_by is 2026-11-18, expected is 2026-11-17",
                "XK-MTG-001, case c1: late_by is 1.0, expected is 2",
            ],
        ),
        (
            "{municipality: kline, outcome: late}",
            [
                "XK-MTG-001, municipality kline: outcome is undetermined, expected is late (of several findings that fit: kline c2 e1: undetermined (missing_field, readings_differ), due 2026-11-18; say which by case, municipality, period, trigger)"
            ],
        ),
        (
            "{case: c1, none: true}",
            ["XK-MTG-001, case c1: no finding is expected; there is kline c1 e1: late, due 2026-11-18"],
        ),
        (
            "{period: '2026'}",
            [
                "XK-MTG-001, period 2026: there is no such finding; there is kline c1 e1: late, due 2026-11-18, kline c2 e1: undetermined (missing_field, readings_differ), due 2026-11-18"
            ],
        ),
        ("{rule: XK-MTG-002, case: c1}", ["XK-MTG-002, case c1: there is no such finding"]),
    ],
)  # fmt: skip
def test_what_is_compared(calls: list[tuple[Any, ...]], expect: str, told: list[str]) -> None:
    (result,) = run(f"{EXAMPLE}      - {expect}\n")
    assert (result.rule, result.name) == ("XK-MTG-001", "the example")
    assert list(result.mismatches) == told


def test_moments_are_handed_on(calls: list[tuple[Any, ...]]) -> None:
    run(
        EXAMPLE.replace("as_of: 2026-12-01", "as_of: 2026-12-01T10:00\n    until: 2027-01-01")
        + "      - {case: c1}\n"
    )
    records, rules, as_of, known_at, until = calls[0]
    assert len(records) == 1
    assert [d.id for d in rules.duties] == ["XK-MTG-001"]
    assert (as_of.text, known_at, until.text) == ("2026-12-01T10:00", None, "2027-01-01")


def test_a_moment_that_cannot_be_read_is_a_mismatch(calls: list[tuple[Any, ...]]) -> None:
    (result,) = run(EXAMPLE.replace("as_of: 2026-12-01", "as_of: 01.12.2026") + "      - {case: c1}\n")
    assert len(result.mismatches) == 1
    assert "01.12.2026" in result.mismatches[0]
    assert not calls


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        pytest.param("type: meeting.scheduled", "type: meeting.sheduled", "misspelt_type", id="event"),
        pytest.param("type: meeting.scheduled", "type: council.gathered", "unknown_type", id="no such event"),
        pytest.param("municipality: kline", "municipality: klinee", "unknown_municipality", id="place"),
        pytest.param("body: assembly", "boddy: assembly", "unknown_column", id="attribute"),
        pytest.param("body: assembly", "body: asembly", "bad_choice", id="value"),
    ],
)
def test_an_example_whose_record_is_not_understood_does_not_hold(
    calls: list[tuple[Any, ...]], right: str, wrong: str, code: str
) -> None:
    assert right in EXAMPLE
    bad = EXAMPLE.replace(right, wrong)
    (slip,) = run(f"{bad}      - {{case: c1}}\n")
    (meant,) = run(f"{bad}      - {{case: c1}}\n    problems: [{code}]\n")
    (fails,) = run(f"{bad}      - {{case: c9}}\n    problems: [{code}]\n")
    (sound,) = run(f"{EXAMPLE}      - {{case: c1}}\n    problems: [{code}]\n")
    (told,) = slip.mismatches
    assert told.startswith("a record is not understood: example:1: ")
    assert meant.mismatches == (), [p.code for p in meant.problems]
    assert fails.mismatches[1].startswith("note: example:1: ")
    assert sound.mismatches == (f"problem {code} is expected; no record has it",)


def test_a_duty_is_judged_with_those_it_depends_on() -> None:
    local = (
        FILES[SECOND_FILE]
        .replace("XK-MTG-002", "XK-MTG-003")
        .replace("area:", "municipalities: [kline]\nreplaces: XK-MTG-002\narea:")
    ).replace("{obligation: XK-MTG-001}", "{event: meeting.held}")
    whole = book(extra={"duties/mtg/XK-MTG-003.yaml": local})
    chosen = {rule: sorted(closure(whole, [rule])) for rule in ("XK-MTG-001", "XK-MTG-002", "XK-MTG-003")}
    assert chosen == {
        "XK-MTG-001": ["XK-MTG-001"],
        "XK-MTG-002": ["XK-MTG-001", "XK-MTG-002"],
        "XK-MTG-003": ["XK-MTG-001", "XK-MTG-002", "XK-MTG-003"],
    }
    assert [d.id for d in restricted(whole, closure(whole, ["XK-MTG-999"])).duties] == []


NOTICE = "      - {id: e2, type: notice.published, time: 2026-11-10, municipality: Klina, case: c1, channel: [website]}\n"
EVENTS = EXAMPLE.removeprefix("examples:\n").removesuffix("    expect:\n")


def several(*parts: tuple[str, str, str]) -> str:
    """Examples of one event log each: name, further events, expectation."""
    texts = [
        f"{EVENTS.replace('the example', name)}{more}    expect:\n      - {expect}\n"
        for name, more, expect in parts
    ]
    return "examples:\n" + "".join(texts)


@pytest.fixture
def judgements(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of records of every true judgement."""
    seen: list[int] = []
    true = engine.evaluate

    def evaluate(records: list[bytes], *arguments: Any, **named: Any) -> Any:
        seen.append(len(records))
        return true(records, *arguments, **named)

    for judging in (company, examples):
        monkeypatch.setattr(judging, "evaluate", evaluate)
    return seen


def test_true_judgements_of_one_moment_are_made_together(judgements: list[int]) -> None:
    results = run(
        several(
            (
                "noticed",
                NOTICE,
                "{case: c1, trigger: e1, outcome: fulfilled, due: 2026-11-18, instrument: law-2}",
            ),
            ("not noticed", "", "{case: c1, municipality: kline, outcome: violated, reasons: []}"),
        )
    )
    assert [(r.name, r.mismatches) for r in results] == [("noticed", ()), ("not noticed", ())]
    assert judgements == [3]


def test_each_is_judged_at_its_own_moments(judgements: list[int]) -> None:
    """As-of decides between pending and violated, known-at what is believed; each example has its own."""
    later = "{id: e2, type: notice.published, time: 2026-11-10, recorded_at: 2026-11-30, municipality: Klina, case: c1, channel: [website]}"
    text = several(
        ("before it is due", "", "{case: c1, outcome: pending}"),
        ("the day after", "", "{case: c1, outcome: violated}"),
        ("recorded later", f"      - {later}\n", "{case: c1, outcome: violated}"),
        ("recorded by then", f"      - {later}\n", "{case: c1, outcome: fulfilled}"),
        ("before it was scheduled", "", "{none: true}"),
    )
    moments = iter(("2026-11-16", "2026-11-19", "2026-12-01\n    known_at: 2026-11-29", "2026-12-01", "2026-11-01"))
    text = re.sub(r"as_of: 2026-12-01", lambda _: f"as_of: {next(moments)}", text)
    assert [r.mismatches for r in run(text)] == [()] * 5
    assert judgements == [7]


def test_a_mutant_is_judged_beside_the_original(judgements: list[int]) -> None:
    whole = book(several(("noticed", NOTICE, "{case: c1, outcome: fulfilled, due: 2026-11-18}")))
    duty = whole.duty("XK-MTG-001")
    assert duty is not None and duty.deadline is not None
    longer = duty.model_copy(update={"deadline": duty.deadline.model_copy(update={"n": 9})})
    trial = prepared([duty], whole)[0]
    assert isinstance(trial, Trial)
    both = list(judge_together([trial, replace(trial, changed=longer)], whole))
    assert [[(f.rule, f.municipality, f.due) for f in found or []] for found in both] == [
        [("XK-MTG-001", "kline", "2026-11-18")],
        [("XK-MTG-001", "kline", "2026-11-16")],
    ]


def test_together_is_as_alone() -> None:
    """Every finding of examples of all shapes, whole: in company nothing is seen of the others.

    Of one example of each shape and outcome; with EXAMPLES_ALONE=all of every one (``make examples-alone``).
    """
    whole = load_rulebook(["kosovo"])
    every = [t for t in prepared(whole.duties, whole) if isinstance(t, Trial)]
    trials = every if os.environ.get("EXAMPLES_ALONE") == "all" else some_of(every)
    for trial, found in zip(trials, judge_together(trials, whole), strict=True):
        assert found is not None
        assert sorted(map(repr, map(plain, found))) == sorted(map(repr, map(plain, judged_alone(trial, whole))))


def some_of(trials: list[Trial]) -> list[Trial]:
    """One trial of every shape and outcome that is expected first, of the latest duties that have it."""
    chosen = {(t.duty.shape, t.example.expect[0].outcome): t for t in trials}
    assert len(chosen) > 25
    return list(chosen.values())


def plain(finding: Finding) -> Finding:
    """A finding without what the names of its municipality and its records go into."""
    settled = tuple(sorted((s.reason, s.fields) for s in finding.settled_by))
    return finding._replace(id="", fulfilment=tuple(e.type for e in finding.fulfilment), settled_by=settled)


def test_an_example_that_fails_in_company_is_judged_alone(judgements: list[int]) -> None:
    results = run(
        several(
            ("noticed", NOTICE, "{case: c1, outcome: violated}"),
            ("not noticed", "", "{case: c1, outcome: violated}"),
        )
    )
    assert [r.mismatches for r in results] == [
        ("XK-MTG-001, case c1: outcome is fulfilled, expected is violated",),
        (),
    ]
    assert judgements == [3, 2]


def test_a_row_without_a_municipality_is_judged_alone(judgements: list[int]) -> None:
    lost = NOTICE.replace("municipality: Klina, ", "")
    unreadable = "{case: c1, outcome: undetermined, reasons: [unreadable_record]}"
    results = run(
        several(
            ("lost", lost, f"{unreadable}\n    problems: [missing_municipality]"),
            ("not noticed", "", "{case: c1, outcome: violated}"),
            ("noticed", NOTICE, "{case: c1, outcome: fulfilled}"),
        )
    )
    assert [r.mismatches for r in results] == [(), (), ()]
    assert sorted(judgements) == [2, 3]


def test_duties_that_name_municipalities_are_judged_together(judgements: list[int]) -> None:
    named = {DUTY_FILE: FILES[DUTY_FILE].replace("area:", "municipalities: [kline]\narea:")}
    other = EVENTS.replace("municipality: kline", "municipality: drenas").replace("the example", "elsewhere")
    examples = (
        several(("here", "", "{case: c1, outcome: violated}"))
        + f"{other}    expect:\n      - {{none: true}}\n"
    )
    whole = book(extra={DUTY_FILE: named[DUTY_FILE] + examples})
    assert [r.mismatches for r in run_all(whole.duties, whole)] == [(), ()]
    assert judgements == [2]


def test_conditions_on_the_municipality_are_judged_alone(judgements: list[int]) -> None:
    text = FILES[DUTY_FILE].replace("{body: assembly}", "{municipality: kline}")
    part = ("here", "", "{case: c1, outcome: violated}")
    whole = book(extra={DUTY_FILE: text + several(part, (part[0] + " again", *part[1:]))})
    assert [r.mismatches for r in run_all(whole.duties, whole)] == [(), ()]
    assert judgements == [1, 1]
