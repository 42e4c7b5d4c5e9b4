"""Plans of the kinds of cases that the pack for Kosovo names: judged, they hold; a day later they do not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from planning.books import law
from transparency_check.planning.answer import Wish, planned
from transparency_check.planning.judging import judged, rows_of, small_log
from transparency_check.planning.plan import Plan, Step
from transparency_check.planning.planner import earliest, given_events, plan
from transparency_check.planning.supposed import on_day
from transparency_check.plugins import load_registry

KOSOVO = law("kosovo")
DAY = dt.timedelta(days=1)
ACT = {"consultation_required": True, "body": "assembly"}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def made(what: str, kind: str, on: str, today: str, **values: Any) -> Plan:
    kinds = KOSOVO.rulebook.vocabulary.plans[what]
    date = on_day(day(on), KOSOVO.zone)
    told = {kinds.kind: kind, **values} if kinds.kind else values
    return plan(KOSOVO, given_events(kinds, KOSOVO, "kline", date, day(today), told), date, day(today), kind)


def last_days(found: Plan) -> dict[str, str]:
    """The last lawful day of each step, by event type."""
    return {s.event.type: str(s.window.last) for s in found.steps if not s.given and s.window.last}


@pytest.mark.parametrize(
    ("what", "kind", "on", "values", "expected"),
    [
        pytest.param(
            "session", "ordinary", "2026-12-10", {},
            # Thu 10 Dec excluded; 9, 8, 7 = 1..3; 4, 3, 2, 1 Dec = 4..7; one whole day more: 30 Nov. Albanian
            # Flag Day (28 Nov) is a Saturday.
            {"notice.published": "2026-11-30", "invitation.sent": "2026-11-30",
             "materials.published": "2026-11-30",
             "minutes.approved": "2026-12-10", "meeting.broadcast": "2026-12-10"},
            id="an ordinary session, both readings of seven working days",
        ),
        pytest.param(
            "session", "extraordinary", "2026-12-10", {},
            # 9, 8, 7 = 1..3; one whole day more is Sunday the 6th.
            {"notice.published": "2026-12-06", "invitation.sent": "2026-12-06",
             "materials.published": "2026-11-30",
             "minutes.approved": "2026-12-10", "meeting.broadcast": "2026-12-10"},
            id="an extraordinary session, three working days",
        ),
        pytest.param(
            "session", "urgent", "2026-12-10", {},
            {"notice.published": "2026-12-09", "materials.published": "2026-11-30",
             "minutes.approved": "2026-12-10", "meeting.broadcast": "2026-12-10"},
            id="an urgent session, before it begins",
        ),
        pytest.param(
            "session", "ordinary", "2026-04-20", {},
            # V6 of the semantics: across Constitution Day and Orthodox Easter Monday, 6 April clear.
            {"notice.published": "2026-04-06", "invitation.sent": "2026-04-06",
             "materials.published": "2026-04-06",
             "minutes.approved": "2026-04-20", "meeting.broadcast": "2026-04-20"},
            id="across days off (V6)",
        ),
        pytest.param(
            "act", "regulation", "2026-12-22", ACT,
            # Closed the day before; opened so that 30 calendar days and 20 working days are over at its end:
            # 21 Nov + 30 = 21 Dec. The notice on the day it opens, on the working day before.
            {"consultation.closed": "2026-12-21", "consultation.opened": "2026-11-21",
             "notice.published": "2026-11-20", "act.published": "2026-12-29"},
            id="a regulation: consultation opened, open long enough, closed before, act published",
        ),
        pytest.param(
            "request", "none", "2026-04-24", {}, {"request.answered": "2026-05-04"},
            id="a request: seven days, the last one is Labour Day (V7)",
        ),
    ],
)  # fmt: skip
def test_the_last_day_of_each_step(
    what: str, kind: str, on: str, values: dict[str, Any], expected: dict[str, str]
) -> None:
    assert last_days(made(what, kind, on, "2026-01-05", **values)) == expected


def test_hours_end_at_an_instant() -> None:
    found = made("request", "life-or-liberty", "2026-08-03", "2026-08-03")
    (answer,) = [s for s in found.steps if s.event.type == "request.answered"]
    # From the beginning of the day on which it came, as no time is recorded.
    assert answer.event.moment.text == "2026-08-05T00:00:00+02:00"


@pytest.mark.parametrize(
    ("what", "kind", "today", "values", "lawful", "whole"),
    [
        ("session", "ordinary", "2026-11-20", {}, "2026-12-02", "2026-12-02"),
        ("session", "extraordinary", "2026-11-20", {}, "2026-11-26", "2026-12-02"),
        ("session", "urgent", "2026-11-20", {}, "2026-11-21", "2026-12-02"),
        # The minimum length of a consultation is advisory: its wording was not seen.
        ("act", "regulation", "2026-11-20", ACT, "2026-11-21", "2026-12-21"),
        ("act", "statute", "2026-11-20", ACT, "2026-11-20", "2026-11-20"),
        ("consultation", "written", "2026-11-20", {}, "2026-11-20", "2026-11-20"),
    ],
)  # fmt: skip
def test_the_earliest_date_and_none_before_it(
    what: str, kind: str, today: str, values: dict[str, Any], lawful: str, whole: str
) -> None:
    kinds = KOSOVO.rulebook.vocabulary.plans[what]
    told = {kinds.kind or "": kind, **values}
    for strictly, expected in ((True, lawful), (False, whole)):
        found = earliest(KOSOVO, kinds, "kline", day(today), told, kind, lawful=strictly)
        assert found is not None
        assert found.date.text == expected
        before = day(expected) - DAY
        if before >= day(today):
            assert not made(what, kind, before.isoformat(), today, **values).feasible(strictly)


def shifted(found: Plan, step: Step) -> Plan:
    """The plan with one step taken a day after its last lawful day, or what is closed a day too early."""
    end = step.window.last + DAY if step.window.last else step.event.day - DAY
    late = replace(step, event=replace(step.event, moment=on_day(end, KOSOVO.zone)))
    return replace(found, steps=tuple(late if s is step else s for s in found.steps))


def test_acting_as_proposed_fulfils_everything_and_each_step_a_day_late_does_not() -> None:
    """Sessions, acts, consultations and requests on several dates, all judged at once."""
    plans, late = [], []
    for today in ("2026-03-27", "2026-11-20", "2027-04-20"):
        for what, kinds in KOSOVO.rulebook.vocabulary.plans.items():
            for kind in kinds.kinds[:3]:
                told = {kinds.kind or "": kind, **(ACT if what == "act" else {})}
                found = earliest(KOSOVO, kinds, "kline", day(today), told, kind)
                assert found is not None, (what, kind, today)
                plans.append(found)
                late += [
                    (shifted(found, s), {a.arisen.duty.id for a in s.asks if a.limits})
                    for s in found.steps
                    if not s.given and s.window.until is None and any(a.limits for a in s.asks)
                ]
    logs = [
        small_log(rows_of(p.events(), KOSOVO), KOSOVO, max(e.day for e in p.events()) + DAY)
        for p in [*plans, *(p for p, _ in late)]
    ]
    outcomes = judged(logs, KOSOVO)
    for found, findings in zip(plans, outcomes, strict=False):
        open_anyway = {a.duty.id for a in (*found.doubtful, *found.others)}
        unmet = {f.rule: f.outcome for f in findings if f.binds == "municipality"}
        assert {
            r: o for r, o in unmet.items() if o not in ("fulfilled", "not_applicable")
        }.keys() <= open_anyway
    assert len(late) > 50
    for (found, rules), findings in zip(late, outcomes[len(plans) :], strict=True):
        missed = {f.rule for f in findings if f.outcome not in ("fulfilled", "not_applicable")}
        # A window that several duties share ends with the first of them.
        assert missed & (rules or missed), (found.kind, found.date.text, rules)


def test_only_what_is_missed_is_told_and_whether_it_is_law() -> None:
    found = made("session", "urgent", "2026-11-27", "2026-11-20")
    assert [s.event.type for s in found.missed()] == ["materials.published"]
    assert found.missed(lawful=True) == ()
    assert (found.feasible(), found.feasible(lawful=True)) == (False, True)


def test_what_is_not_stated_is_named() -> None:
    found = made("act", "regulation", "2026-12-22", "2026-11-20")
    assert {a.duty.id: a.missing for a in found.doubtful if a.event.type == "act.adopted"} == {
        "XK-ACT-001": ("body",),
        "XK-CON-001": ("consultation_required",),
    }


def test_what_may_apply_is_provided_for() -> None:
    """Nobody says whether the regulation falls under a duty to consult: the date is that of one that does."""
    kinds = KOSOVO.rulebook.vocabulary.plans["act"]
    told = {"act_kind": "regulation", "body": "assembly"}
    dates = []
    for more in ({}, {"consultation_required": True}, {"consultation_required": False}):
        found = earliest(KOSOVO, kinds, "kline", day("2026-11-20"), {**told, **more}, lawful=True)
        assert found is not None
        dates.append(found.date.text)
    assert dates == ["2026-11-21", "2026-11-21", "2026-11-20"]


def test_a_condition_that_is_contradicted_is_told() -> None:
    found = made("session", "extraordinary", "2026-12-22", "2026-11-20", requested_by="citizens")
    assert [(o.arisen.duty.id, o.why) for o in found.left] == [("XK-MTG-006", "contradiction")]
    assert found.feasible(lawful=True)


def test_a_municipality_has_its_own_languages_and_duties() -> None:
    registry = load_registry(plugins=False)
    wish = Wish("session", start="2026-11-20", kinds=("ordinary",), packs=("klina",))
    asks = {}
    for name in ("Klinë", "Prizren"):
        found = planned(replace(wish, municipality=name), registry, judge=False)
        (option,) = found.options
        assert option.plan is not None
        asks[name] = {a.arisen.duty.id for s in option.plan.steps for a in s.asks}
        notice = next(s for s in option.plan.steps if s.event.type == "notice.published")
        asks[name] |= set(notice.event.values["languages"])
    assert {"KLI-MTG-008", "sq", "sr"} <= asks["Klinë"]
    assert not {a for a in asks["Prizren"] if a.startswith("KLI-")}
    assert {"tr", "bs"} & asks["Prizren"]
