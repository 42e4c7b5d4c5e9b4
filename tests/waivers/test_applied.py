"""Which violations a waiver is about, and whether it holds (semantics 8)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reports.made import FULFILLED, LATE, PENDING, VIOLATED, replace, report
from transparency_check.checking import load_packs
from transparency_check.model import Finding
from transparency_check.packs.model import Rulebook
from transparency_check.plugins import load_registry
from transparency_check.report import exit_code
from transparency_check.waivers.applied import applied
from transparency_check.waivers.file import Entry, Waiver, WaiverFile

TODAY = dt.date(2026, 11, 20)
QUARTER = replace(
    VIOLATED, id="0123456789ab", rule="XK-BUD-008", case=None, period="2026-04-30", due="2026-04-30"
)
ELSEWHERE = replace(LATE, id="1123456789ab", municipality="peje")
FINDINGS = (LATE, VIOLATED, QUARTER, ELSEWHERE, PENDING, FULFILLED)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_packs((), load_registry(plugins=False))


def a_waiver(**changed: Any) -> Waiver:
    about = {} if {"case", "period", "finding"} & changed.keys() else {"case": "assembly-2026-11"}
    whole = {
        "rule": "XK-MTG-001", "municipality": "kline", "reason": "Flood", "approved_by": "Mayor",
        "legal_basis": "Art. 9", "until": dt.date(2026, 12, 31),
    }  # fmt: skip
    return Waiver(**{**whole, **about, **changed})


def file_of(*waivers: Waiver) -> WaiverFile:
    return WaiverFile(
        "w.toml", "0" * 64, tuple(Entry(f"w.toml:{n}", w) for n, w in enumerate(waivers, 1)), ()
    )


def marked(rulebook: Rulebook, *waivers: Waiver, shown: bool = True) -> tuple[set[str], list[str], list[str]]:
    """The findings that are waived, the state of each waiver, and the codes of what is told."""
    rules = {d.id: shown for d in rulebook.duties}
    found = applied(FINDINGS, file_of(*waivers), rulebook, rules, TODAY)
    assert [f._replace(waiver=None) for f in found.findings] == list(FINDINGS), "nothing else is touched"
    waived = {f.id for f in found.findings if f.waiver}
    return waived, [use.state for use in found.uses], [p.code for p in found.problems]


@pytest.mark.parametrize(
    ("given", "waived"),
    [
        ({}, [LATE]),
        ({"municipality": "Klina"}, [LATE]),
        ({"municipality": "peje"}, [ELSEWHERE]),
        ({"case": "assembly-2026-12"}, [VIOLATED]),
        ({"finding": VIOLATED.id}, [VIOLATED]),
        ({"period": "2026-11-01/2026-11-18"}, [LATE, VIOLATED]),
        ({"rule": "XK-BUD-008", "period": "2026-04-30"}, [QUARTER]),
        ({"rule": "XK-BUD-008", "period": "2026-04-30/2026-04-30"}, [QUARTER]),
        ({"until": TODAY}, [LATE]),
    ],
    ids=[
        "a case", "the name of a municipality", "another municipality", "another case", "one finding",
        "days in which it was due", "a civil period", "the one day", "the last day of the waiver",
    ],
)  # fmt: skip
def test_what_a_waiver_is_about_8_1(rulebook: Rulebook, given: dict[str, Any], waived: list[Finding]) -> None:
    assert marked(rulebook, a_waiver(**given)) == ({f.id for f in waived}, ["used"], [])


@pytest.mark.parametrize(
    ("given", "state", "code"),
    [
        ({"until": dt.date(2026, 11, 19)}, "expired", "waiver_expired"),
        ({"case": "assembly-2026-1"}, "unused", "waiver_unused"),
        ({"period": "2026-11-19/2026-11-30"}, "unused", "waiver_unused"),
        ({"rule": PENDING.rule, "case": PENDING.case}, "unused", "waiver_not_needed"),
        ({"rule": "XK-MTG-01"}, "refused", "waiver_rule"),
        ({"municipality": "Klin"}, "refused", "waiver_municipality"),
        ({"period": "2026-12-01/2026-11-01"}, "refused", "waiver_period"),
        ({"period": "2026-11-31/2026-12-01"}, "refused", "waiver_period"),
    ],
    ids=[
        "the day after its last", "a case that is not there", "days on which nothing was due",
        "what is no violation", "a misspelt duty", "a misspelt municipality", "days in the wrong order",
        "no day",
    ],
)  # fmt: skip
def test_whatever_is_unclear_the_violation_counts_and_is_told_8_3_8_4(
    rulebook: Rulebook, given: dict[str, Any], state: str, code: str
) -> None:
    assert marked(rulebook, a_waiver(**given)) == (set(), [state], [code])


def test_a_duty_that_is_not_waivable_cannot_be_waived_8_5(rulebook: Rulebook) -> None:
    duties = tuple(
        d.model_copy(update={"waivable": False}) if d.id == "XK-MTG-001" else d for d in rulebook.duties
    )
    strict = rulebook.model_copy(update={"duties": duties})
    assert marked(strict, a_waiver()) == (set(), ["refused"], ["waiver_not_waivable"])


def test_of_a_duty_that_was_not_judged_nobody_says_that_its_waiver_is_not_used(rulebook: Rulebook) -> None:
    assert marked(rulebook, a_waiver(case="other"), shown=False) == (set(), ["unused"], [])


def test_the_first_of_several_says_why(rulebook: Rulebook) -> None:
    first, second = a_waiver(reason="Flood"), a_waiver(reason="Fire")
    found = applied(FINDINGS, file_of(first, second), rulebook, {"XK-MTG-001": True}, TODAY)
    (late,) = (f for f in found.findings if f.waiver)
    assert late.waiver is not None
    assert (late.waiver.reason, late.waiver.place) == ("Flood", "w.toml:1")
    assert [use.state for use in found.uses] == ["used", "used"]


def test_what_is_waived_fails_no_run_and_stays_a_violation_8_2(rulebook: Rulebook) -> None:
    serious = replace(LATE, severity="violation")
    assert exit_code(report(serious)) == 1
    (waived,) = applied((serious,), file_of(a_waiver()), rulebook, {"XK-MTG-001": True}, TODAY).findings
    both = report(waived)
    assert (exit_code(both), exit_code(both, "undetermined"), both.outcomes()["late"]) == (0, 0, 1)
    assert both.compliance() == report(serious).compliance()
    assert exit_code(report(waived, VIOLATED)) == 1
