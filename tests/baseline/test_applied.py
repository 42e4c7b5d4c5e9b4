"""What a baseline says of findings, and what an update makes of it (semantics 9)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from baseline.test_fingerprints import alone
from reports import made
from reports.made import PENDING, replace, report
from transparency_check.baseline.applied import Sight, applied
from transparency_check.baseline.file import BaselineFile, parsed
from transparency_check.baseline.writing import taken_in, updated, written
from transparency_check.model import BaselineUse, Evidence, Finding, PackDigest, Waived, Weight
from transparency_check.report import exit_code, fails, narrowed

COUNTED, FULFILLED, LATE, VIOLATED = map(alone, (made.COUNTED, made.FULFILLED, made.LATE, made.VIOLATED))
TODAY = dt.date(2026, 11, 20)
PACKS = (PackDigest("kosovo", "2026.11", "1" * 64),)
DOUBTFUL = replace(
    VIOLATED, outcome="undetermined", reasons=("missing_field",), possible=("late", "violated")
)
WAIVED = replace(VIOLATED, waiver=Waived("XK-MTG-001", "kline", "c", "r", "m", "b", "2026-12-31", "w:1"))
OF_OTHERS = replace(VIOLATED, binds="authority")
ADVISED = replace(VIOLATED, severity="advisory")
MOVED = replace(VIOLATED, trigger=Evidence("e9", "log.jsonl:5", "2026-11-12", "meeting.rescheduled"))
ANONYMOUS = replace(VIOLATED, trigger=Evidence(f"x-{'1' * 16}", "a:1", "2026-11-12", "meeting.scheduled"))


def baseline_of(*findings: Finding, undetermined: bool = False, today: dt.date = TODAY) -> BaselineFile:
    entries = taken_in(findings, undetermined, today.isoformat())
    return parsed(written(entries, PACKS, undetermined).encode(), "b.json")


def sight(**changed: Any) -> Sight:
    seen = {
        "rules": {"XK-MTG-001": True, "XK-MTG-023": True, "XK-FOI-001": True},
        "municipalities": {"kline"}, "today": TODAY, "packs": PACKS, "whole": True,
    }  # fmt: skip
    return Sight(**{**seen, **changed})


def used(file: BaselineFile, *findings: Finding, **seen: Any) -> BaselineUse:
    return applied(findings, file, sight(**seen)).use


def said(use: BaselineUse, *findings: Finding) -> tuple[list[str | None], int, int]:
    """The states of the findings, how many entries are resolved, how many nobody looked at."""
    return [use.states.get(f.id) for f in findings], len(use.resolved), len(use.unseen)


@pytest.mark.parametrize(
    ("before", "now", "state", "resolved"),
    [
        pytest.param(VIOLATED, VIOLATED, "unchanged", 0, id="9.2 as it was"),
        pytest.param(
            VIOLATED,
            replace(VIOLATED, outcome="late", due="2026-11-02"),
            "unchanged",
            0,
            id="9.4 a lesser one",
        ),
        pytest.param(LATE, replace(LATE, outcome="violated"), "new", 0, id="9.4 worse: late, now violated"),
        pytest.param(ADVISED, VIOLATED, "new", 0, id="9.4 worse: advisory, now a violation"),
        pytest.param(VIOLATED, ADVISED, "unchanged", 0, id="9.4 weighs less"),
        pytest.param(VIOLATED, MOVED, "new", 0, id="9.4 about another event"),
        pytest.param(VIOLATED, ANONYMOUS, "unchanged", 0, id="9.4 about an event without id"),
        pytest.param(ANONYMOUS, MOVED, "unchanged", 0, id="9.4 was about an event without id"),
        pytest.param(VIOLATED, DOUBTFUL, None, 0, id="9.5 not known any more is not resolved"),
        pytest.param(VIOLATED, WAIVED, None, 0, id="9.3 waived since"),
        pytest.param(VIOLATED, replace(VIOLATED, outcome="fulfilled"), None, 1, id="9.5 fulfilled"),
        pytest.param(VIOLATED, replace(VIOLATED, outcome="pending"), None, 1, id="9.5 pending again"),
        pytest.param(VIOLATED, replace(VIOLATED, outcome="not_applicable"), None, 1, id="9.5 not owed"),
        pytest.param(COUNTED, replace(COUNTED, due="2026-01-02"), "unchanged", 0, id="9.2 of a period"),
    ],
)
def test_one_entry_and_one_finding(before: Finding, now: Finding, state: str | None, resolved: int) -> None:
    use = used(baseline_of(before), now)
    assert said(use, now) == ([state], resolved, 0)
    assert bool(use.worse) == (state == "new")


@pytest.mark.parametrize(
    ("finding", "undetermined", "entries"),
    [
        pytest.param(VIOLATED, False, 1, id="violated"),
        pytest.param(LATE, False, 1, id="late"),
        pytest.param(ADVISED, False, 1, id="advisory"),
        pytest.param(replace(VIOLATED, commitment=True), False, 1, id="own commitment"),
        pytest.param(DOUBTFUL, False, 0, id="undetermined"),
        pytest.param(DOUBTFUL, True, 1, id="undetermined, where asked for"),
        pytest.param(WAIVED, True, 0, id="waived"),
        pytest.param(OF_OTHERS, True, 0, id="of others"),
        pytest.param(PENDING, True, 0, id="pending"),
        pytest.param(FULFILLED, True, 0, id="fulfilled"),
    ],
)
def test_what_enters(finding: Finding, undetermined: bool, entries: int) -> None:
    file = baseline_of(finding, undetermined=undetermined)
    assert len(file.entries) == entries
    # What enters is what could fail a run, at the strictest.
    strictest = "undetermined" if undetermined else "advisory"
    assert fails(Weight.of(finding), strictest) == bool(entries)
    assert exit_code(report(finding, baseline=used(file, finding)), strictest) == 0


def test_what_is_undetermined_may_be_known_and_is_worse_once_it_is_violated() -> None:
    file = baseline_of(DOUBTFUL, undetermined=True)
    assert said(used(file, DOUBTFUL), DOUBTFUL) == (["unchanged"], 0, 0)
    assert said(used(file, VIOLATED), VIOLATED) == (["new"], 0, 0)
    known = baseline_of(VIOLATED, undetermined=True)
    assert said(used(known, DOUBTFUL), DOUBTFUL) == (["unchanged"], 0, 0)


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param({"rules": {"XK-MTG-001": False}}, id="9.6 a duty that was not selected"),
        pytest.param({"rules": {}}, id="9.6 a duty that the packs do not have"),
        pytest.param({"municipalities": {"peje"}}, id="9.6 a municipality that the log does not have"),
        pytest.param({"today": TODAY - dt.timedelta(days=1)}, id="9.6 as of a day before it was taken in"),
        pytest.param({"whole": False}, id="9.6 something could not be read"),
    ],
)
def test_what_nobody_looked_at_is_not_resolved(seen: dict[str, Any]) -> None:
    file = baseline_of(VIOLATED)
    assert said(used(file, **seen)) == ([], 0, 1)
    assert said(used(file)) == ([], 1, 0)
    assert list(used(file).now.values()) == [None]


def test_what_is_told() -> None:
    file = baseline_of(VIOLATED)
    other = (PackDigest("kosovo", "2026.12", "2" * 64), PackDigest("more", "1", "3" * 64))
    found = applied([VIOLATED], file, sight(packs=other, rules={"XK-MTG-023": True}))
    assert [(p.code, p.severity, p.place) for p in found.problems] == [
        ("baseline_pack", "warning", "b.json:5"), ("baseline_rule", "warning", "b.json:9"),
    ]  # fmt: skip
    assert "2026.11 (11111111)" in found.problems[0].message
    assert applied([VIOLATED], file, sight()).problems == ()


def test_only_what_is_new_fails_a_run_and_no_rate_moves() -> None:
    file = baseline_of(VIOLATED)
    plain = report(VIOLATED, FULFILLED)
    known = report(VIOLATED, FULFILLED, baseline=used(file, VIOLATED, FULFILLED))
    both = report(VIOLATED, LATE, baseline=used(file, VIOLATED, LATE))
    assert [exit_code(r) for r in (plain, known, both)] == [1, 0, 1]
    assert plain.compliance() == known.compliance()


def test_a_narrowed_report_says_nothing_of_other_entries() -> None:
    other = alone(replace(COUNTED, municipality="peje"))
    file = baseline_of(VIOLATED, COUNTED, other)
    use = used(file, LATE, municipalities={"kline", "peje"})
    whole = report(LATE, baseline=use)
    assert len(use.resolved) == 3
    assert said(narrowed(whole, municipalities=["peje"]).baseline or use) == ([], 1, 2)
    assert said(narrowed(whole, cases=["assembly-2026-12"]).baseline or use) == ([], 1, 2)
    assert said(narrowed(whole, first=dt.date(2026, 1, 1)).baseline or use, LATE) == (["new"], 1, 2)


@pytest.mark.parametrize(
    ("before", "now", "seen", "add", "outcomes"),
    [
        pytest.param([VIOLATED], [VIOLATED, LATE], {}, False, ["violated"], id="nothing new without --add"),
        pytest.param(
            [VIOLATED], [VIOLATED, COUNTED], {}, True, ["violated"] * 2, id="what is new with --add"
        ),
        pytest.param([VIOLATED], [replace(VIOLATED, outcome="late")], {}, False, ["late"], id="lesser"),
        pytest.param([VIOLATED], [DOUBTFUL], {}, False, ["violated"], id="what is not known any more"),
        pytest.param([LATE], [replace(LATE, outcome="violated")], {}, False, ["late"], id="worse"),
        pytest.param([LATE], [replace(LATE, outcome="violated")], {}, True, ["violated"], id="worse, added"),
        pytest.param([VIOLATED, COUNTED], [COUNTED], {}, False, ["violated"], id="resolved"),
        pytest.param([VIOLATED], [WAIVED], {}, True, [], id="waived"),
        pytest.param([VIOLATED], [], {"whole": False}, False, ["violated"], id="not looked at"),
        pytest.param([VIOLATED], [], {"municipalities": ()}, False, ["violated"], id="not in this log"),
    ],
)
def test_an_update(
    before: list[Finding], now: list[Finding], seen: dict[str, Any], add: bool, outcomes: list[str]
) -> None:
    file = baseline_of(*before)
    use = used(file, *now, **seen)
    after = updated(now, file, use, "2026-12-24", add)
    assert [entry.outcome for entry in after.entries] == outcomes
    assert len(after.entries) == len(before) - after.resolved - after.waived + after.added - (
        1 if add and use.worse else 0
    )
    again = parsed(written(after.entries, PACKS, False).encode(), "b.json")
    if add:
        assert exit_code(report(*now, baseline=used(again, *now)), "advisory") in (0, 5)
    kept = {
        entry.since for entry in after.entries if entry.fingerprint in {e.fingerprint for e in file.entries}
    }
    assert kept <= ({"2026-11-20"} if not use.worse else {"2026-11-20", "2026-12-24"})


def test_the_file_is_the_same_whatever_the_order_of_findings() -> None:
    findings = [VIOLATED, LATE, COUNTED, alone(replace(COUNTED, municipality="peje"))]
    forth = written(taken_in(findings, False, "2026-11-20"), PACKS, False)
    back = written(taken_in(findings[::-1], False, "2026-11-20"), PACKS[::-1], False)
    assert forth == back
    assert [line for line in forth.splitlines() if '"rule"' in line] == [
        line for line in forth.splitlines() if line.startswith("{") and "fingerprint" in line
    ]
