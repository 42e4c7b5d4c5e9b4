"""What a fingerprint survives, and what it tells apart."""

from __future__ import annotations

import random

import pytest

from reports.made import COUNTED, LATE, SUPERSEDED, VIOLATED, replace
from transparency_check.engine.findings import finding_id
from transparency_check.fingerprints import fingerprints, recorded_trigger
from transparency_check.model import Evidence, Finding


def each(trigger: str, time: str, *, case: str = "c1", started_by: str = "", **more: str) -> Finding:
    """A finding of a duty with one obligation for each trigger: its id holds the trigger."""
    qualifier = "\x1f".join(part for part in (started_by, trigger) if part)
    id_ = finding_id("XK-FOI-001", "kline", case, qualifier)
    evidence = Evidence(trigger, f"log.jsonl:{len(time)}", time, "request.registered")
    return replace(VIOLATED, id=id_, rule="XK-FOI-001", case=case, trigger=evidence, **more)


def alone(finding: Finding) -> Finding:
    """The finding of a duty that has one obligation in a case or period."""
    subject = finding.case or finding.period
    return replace(finding, id=finding_id(finding.rule, finding.municipality, subject, None))


def only(*findings: Finding) -> str:
    """The fingerprint of the first."""
    return fingerprints(findings)[findings[0].id]


FIRST, SECOND, THIRD = (f"x-{digit * 16}" for digit in "123")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            alone(LATE),
            replace(alone(LATE), trigger=Evidence("other", "b.csv:99", "2026-10-01", "meeting.scheduled")),
            id="line, file, date and event of the only obligation of a case",
        ),
        pytest.param(alone(COUNTED), replace(alone(COUNTED), due="2026-01-02"), id="the due day of a period"),
        pytest.param(
            each("r1", "2026-01-05"), each("r1", "2026-01-09", due="2026-01-16"), id="a corrected date"
        ),
        pytest.param(
            each(FIRST, "2026-01-05"), each(THIRD, "2026-01-07"), id="a corrected date of a row without id"
        ),
        pytest.param(
            each("r1", "2026-01-05"),
            replace(each("r1", "2026-01-05"), outcome="fulfilled", severity="advisory"),
            id="outcome and weight",
        ),
    ],
)
def test_what_a_fingerprint_survives(before: Finding, after: Finding) -> None:
    assert only(before) == only(after)
    assert len(only(before)) == 32
    assert int(only(before), 16) >= 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(alone(LATE), replace(alone(LATE), case="other"), id="case"),
        pytest.param(alone(LATE), replace(alone(LATE), municipality="peje"), id="municipality"),
        pytest.param(alone(LATE), replace(alone(LATE), rule="XK-MTG-002"), id="rule"),
        pytest.param(alone(COUNTED), replace(alone(COUNTED), period="2024"), id="period"),
        pytest.param(each("r1", "2026-01-05"), each("r2", "2026-01-05"), id="trigger"),
        pytest.param(
            each("r1", "2026-01-05", started_by="XK-FOI-002"),
            each("r1", "2026-01-05", started_by="XK-FOI-003"),
            id="the duty that started it",
        ),
        pytest.param(
            alone(replace(LATE, trigger=None)),
            replace(LATE, trigger=None, id=finding_id(LATE.rule, "kline", LATE.case, "XK-FOI-002")),
            id="started by a duty that has no trigger",
        ),
    ],
)
def test_what_a_fingerprint_tells_apart(one: Finding, other: Finding) -> None:
    if one.id == other.id:
        other = alone(other)
    found = fingerprints([one, other])
    assert len(found) == len(set(found.values())) == 2


def test_rows_without_ids_are_known_by_their_place_in_the_order_of_time() -> None:
    before = [each(FIRST, "2026-01-05"), each(SECOND, "2026-02-05"), each("r1", "2026-01-01")]
    corrected = [each(THIRD, "2026-01-09"), each(SECOND, "2026-02-05"), each("r1", "2026-01-01")]
    was, is_ = fingerprints(before), fingerprints(corrected)
    assert [was[f.id] for f in before] == [is_[f.id] for f in corrected]
    assert len(set(was.values())) == 3
    # Which of two is which, when they change places, nobody can say; there are still two.
    swapped = fingerprints([each(THIRD, "2026-03-09"), each(SECOND, "2026-02-05")])
    assert set(swapped.values()) == {was[before[0].id], was[before[1].id]}


def test_what_does_not_apply_keeps_its_place() -> None:
    given_up = replace(each(FIRST, "2026-01-05"), outcome="not_applicable", reasons=("superseded",))
    assert only(each(SECOND, "2026-02-05"), given_up) != only(each(SECOND, "2026-02-05"))


def test_the_order_of_findings_changes_nothing() -> None:
    findings = [
        alone(LATE), alone(VIOLATED), alone(COUNTED), SUPERSEDED, each("r1", "2026-01-05"),
        *(each(f"x-{n:016x}", f"2026-01-{n % 5 + 10}") for n in range(12)),
    ]  # fmt: skip
    expected = fingerprints(findings)
    assert len(set(expected.values())) == len(findings)
    for seed in range(5):
        shuffled = random.Random(seed).sample(findings, len(findings))
        assert fingerprints(shuffled) == expected


@pytest.mark.parametrize(
    ("trigger", "recorded"),
    [("r1", "r1"), (FIRST, None), ("x-12", "x-12"), (None, None)],
    ids=["recorded", "derived", "looks like it and is too short", "none"],
)
def test_the_id_of_the_trigger_where_a_record_gives_one(trigger: str | None, recorded: str | None) -> None:
    finding = LATE if trigger is None else each(trigger, "2026-01-05")
    if trigger is None:
        finding = replace(finding, trigger=None)
    assert recorded_trigger(finding) == recorded
