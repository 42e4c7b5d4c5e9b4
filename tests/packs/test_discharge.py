"""Where an act has to appear and in which languages: what the duties demand, and never more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from reports.made import LATE
from transparency_check.model import Finding
from transparency_check.packs import load_rulebook
from transparency_check.packs.discharge import Discharges, channel_attribute, language_attributes
from transparency_check.packs.find import bundled_names
from transparency_check.packs.model import Duty, Municipality, Rulebook

TODAY = dt.date(2026, 11, 20)
OFFICIAL = {"languages": {"includes_all": {"municipality": "official_languages"}}}
NOTICE = {"event": "notice.published"}
STARTS: dict[str, Any] = {
    "trigger": {"event": "meeting.scheduled"},
    "deadline": {"before": "planned_at", "n": 7, "unit": "working-day"},
}


def duty(id_: str, **parts: Any) -> Duty:
    """A duty of the first law, with these parts."""
    whole: dict[str, Any] = {
        "id": id_,
        "title": {"en": id_},
        "area": "DOC",
        "bearer": "municipality",
        "severity": "violation",
        "versions": [{"instrument": "law-03-l-040", "confidence": "verified"}],
    }
    return Duty.model_validate(whole | parts)


def own(requires: dict[str, Any] | None, **parts: Any) -> Duty:
    return duty("XX-DOC-001", **STARTS, requires=requires, **parts)


def other(trigger: dict[str, Any] | None = None, number: int = 2, **parts: Any) -> Duty:
    """A content duty that demands the official languages."""
    return duty(f"XX-DOC-{number:03}", **{"trigger": trigger or NOTICE, "must": OFFICIAL} | parts)


WEBSITE = {**NOTICE, "where": {"channel": "website"}}
ANY = {**NOTICE, "where": {"channel": ["website", "media"]}}
SENT = {"event": "invitation.sent"}
# An act as it is told: event, channels, languages, the duties that demand these.
Told = tuple[str, list[list[str]], list[str], list[str]]
N = "notice.published"


class Case(NamedTuple):
    duties: list[Duty]
    acts: list[list[Told]]
    off: tuple[str, ...] = ()


CASES: dict[str, Case] = {
    "one channel": Case([own(WEBSITE)], [[(N, [["website"]], [], [])]]),
    "any of several": Case([own(ANY)], [[(N, [["website", "media"]], [], [])]]),
    "two acts, each in its channel": Case(
        [own({"all_of": [WEBSITE, {**NOTICE, "where": {"channel": "platform"}}]})],
        [[(N, [["website"]], [], [])], [(N, [["platform"]], [], [])]],
    ),
    "one act of two": Case(
        [own({"any_of": [WEBSITE, SENT]})],
        [[(N, [["website"]], [], []), ("invitation.sent", [], [], [])]],
    ),
    "both channels at once": Case(
        [own({**NOTICE, "where": {"channel": {"includes_all": ["website", "radio"]}}})],
        [[(N, [["website"], ["radio"]], [], [])]],
    ),
    "one way or another to satisfy a condition": Case(
        [
            own(
                {
                    **NOTICE,
                    "where": {"any": [{"channel": "website"}, {"live": True}], "all": [{"channel": "tv"}]},
                }
            )
        ],
        [[(N, [["website"], ["tv"]], [], []), (N, [["tv"]], [], [])]],
    ),
    "a channel that it must not be": Case(
        [own({**NOTICE, "where": {"channel": {"not": "intranet"}}})], [[(N, [], [], [])]]
    ),
    "a channel that has to be recorded": Case(
        [own({**NOTICE, "where": {"channel": {"present": True}}})], [[(N, [], [], [])]]
    ),
    "nothing demanded": Case([own(NOTICE)], [[(N, [], [], [])]]),
    "languages of its own": Case(
        [own({**NOTICE, "where": {"languages": {"includes_all": ["tr", "sq"]}}}), other(SENT)],
        [[(N, [], ["tr", "sq"], ["XX-DOC-001"])]],
    ),
    "official languages of its own": Case(
        [own({**NOTICE, "where": OFFICIAL})], [[(N, [], ["sq", "sr"], ["XX-DOC-001"])]]
    ),
    "any of several languages is none that is demanded": Case(
        [own({**NOTICE, "where": {"languages": ["sq", "sr"]}}), other(SENT)], [[(N, [], [], [])]]
    ),
    "languages by another duty": Case(
        [own(ANY), other()], [[(N, [["website", "media"]], ["sq", "sr"], ["XX-DOC-002"])]]
    ),
    "by two other duties": Case(
        [own(NOTICE), other(), other(number=3)], [[(N, [], ["sq", "sr"], ["XX-DOC-002", "XX-DOC-003"])]]
    ),
    "its own go before those of another duty": Case(
        [own({**NOTICE, "where": OFFICIAL}), other()], [[(N, [], ["sq", "sr"], ["XX-DOC-001"])]]
    ),
    "another duty about another event": Case([own(NOTICE), other(SENT)], [[(N, [], [], [])]]),
    "another duty with an exception": Case(
        [own(NOTICE), other(unless=[{"where": {"notice_kind": "call"}}])], [[(N, [], [], [])]]
    ),
    "another duty about just these events": Case(
        [
            own({**NOTICE, "where": {"notice_kind": "meeting"}}),
            other({**NOTICE, "where": {"notice_kind": ["meeting", "call"]}}),
        ],
        [[(N, [], ["sq", "sr"], ["XX-DOC-002"])]],
    ),
    "another duty about some of these events": Case(
        [
            own({**NOTICE, "where": {"notice_kind": ["meeting", "call"]}}),
            other({**NOTICE, "where": {"notice_kind": "meeting"}}),
        ],
        [[(N, [], [], [])]],
    ),
    "another duty about an attribute that is not demanded": Case(
        [own(NOTICE), other({**NOTICE, "where": {"notice_kind": "meeting"}})], [[(N, [], [], [])]]
    ),
    "another duty about the first of the events": Case(
        [own(NOTICE), other({**NOTICE, "take": "first"})], [[(N, [], [], [])]]
    ),
    "another duty under one of its readings only": Case(
        [
            own(NOTICE),
            other(readings=[{"name": "a", "source": "b"}, {"name": "c", "source": "d", "trigger": SENT}]),
        ],
        [[(N, [], [], [])]],
    ),
    "another duty that demands them one way or another": Case(
        [own(NOTICE), other(must={"any": [OFFICIAL, {"channel": "media"}]})], [[(N, [], [], [])]]
    ),
    "another duty of another municipality": Case(
        [own(NOTICE), other(municipalities=["peje"])], [[(N, [], [], [])]]
    ),
    "another duty in whose place stands one of the municipality": Case(
        [own(NOTICE), other(), other(SENT, 3, municipalities=["kline"], replaces="XX-DOC-002")],
        [[(N, [], [], [])]],
    ),
    "another duty that the office has left out": Case(
        [own(NOTICE), other()], [[(N, [], [], [])]], off=("XX-DOC-002",)
    ),
    "another duty of an authority": Case([own(NOTICE), other(binds="authority")], [[(N, [], [], [])]]),
    "a duty of an authority": Case([own(NOTICE, binds="authority"), other()], [[(N, [], [], [])]]),
    "another duty that is not in force": Case(
        [
            own(NOTICE),
            other(
                versions=[
                    {"instrument": "law-03-l-040", "confidence": "verified", "to": "2020-12-31"},
                ]
            ),
        ],
        [[(N, [], [], [])]],
    ),
    "the reading whose dates are shown": Case(
        [
            own(
                ANY,
                readings=[{"name": "a", "source": "b", "requires": WEBSITE}, {"name": "c", "source": "d"}],
            )
        ],
        [[(N, [["website"]], [], [])]],
    ),
    "a count": Case(
        [duty("XX-DOC-001", count={**WEBSITE, "per": "year", "at_least": 2})], [[(N, [["website"]], [], [])]]
    ),
    "a count that a reading has otherwise": Case(
        [
            duty(
                "XX-DOC-001",
                count={**WEBSITE, "per": "year", "at_least": 2},
                readings=[{"name": "a", "source": "b", "count": {"where": {"channel": "tv"}}}],
            )
        ],
        [],
    ),
    "what has to stay open": Case(
        [
            duty(
                "XX-DOC-001",
                trigger={"event": "consultation.opened"},
                open_for={"n": 30, "unit": "calendar-day", "closed_by": "consultation.closed"},
            )
        ],
        [],
    ),
    "a content": Case(
        [duty("XX-DOC-001", trigger=NOTICE, must={"channel": "notice-board", **OFFICIAL})],
        [[(N, [["notice-board"]], ["sq", "sr"], ["XX-DOC-001"])]],
    ),
    "a duty that no log can check": Case([duty("XX-DOC-001", checkable={"no": "no record"})], []),
}


@pytest.fixture(scope="module")
def kosovo() -> Rulebook:
    return load_rulebook(["kosovo"], examples=False)


def found(
    book: Rulebook, rule: str, municipality: str = "kline", off: tuple[str, ...] = (), **values: Any
) -> list[list[Told]]:
    finding: Finding = LATE._replace(rule=rule, municipality=municipality, **values)
    return [
        [
            (act.event, [list(c) for c in act.channels], list(act.languages), [d.rule for d in act.demands])
            for act in member
        ]
        for member in Discharges(book, off).of(finding, TODAY)
    ]


@pytest.mark.parametrize("name", CASES)
def test_what_the_duties_demand(kosovo: Rulebook, name: str) -> None:
    case = CASES[name]
    book = kosovo.model_copy(update={"duties": case.duties})
    assert found(book, "XX-DOC-001", off=case.off) == case.acts


def test_a_rule_that_is_no_duty_demands_nothing(kosovo: Rulebook) -> None:
    assert found(kosovo, "TC-REC-001") == []


def test_how_sure_it_is_follows_from_the_version_of_the_day(kosovo: Rulebook) -> None:
    versions = [
        {"instrument": "unmik-reg-2000-45", "confidence": "verified", "to": "2026-11-18"},
        {"instrument": "law-02-l-37", "confidence": "unverified", "from": "2026-11-19"},
    ]
    book = kosovo.model_copy(update={"duties": [own(NOTICE), other(versions=versions)]})

    def sure(**values: Any) -> list[str]:
        finding = LATE._replace(rule="XX-DOC-001", **values)
        return [d.confidence for m in Discharges(book).of(finding, TODAY) for a in m for d in a.demands]

    assert sure(act_by="2026-11-18", due="2026-11-22") == ["verified"]
    assert sure(act_by=None, due="2026-11-19T10:00:00+01:00") == ["unverified"]
    # Without a date it is the law of today.
    assert sure(act_by=None, due=None) == ["unverified"]


def test_official_languages_are_those_of_the_day(kosovo: Rulebook) -> None:
    rows = [
        Municipality.model_validate(
            {"id": "kline", "names": ["Klina"], "official_languages": languages, **days}
        )
        for languages, days in ((["sq"], {"to": "2026-11-18"}), (["sq", "tr"], {"from": "2026-11-19"}))
    ]
    book = kosovo.model_copy(update={"duties": [own(NOTICE), other()], "municipalities": rows})
    told = [found(book, "XX-DOC-001", act_by=day)[0][0][2] for day in ("2026-11-18", "2026-11-19")]
    assert told == [["sq"], ["sq", "tr"]]
    assert found(book, "XX-DOC-001", municipality="peje") == [[(N, [], [], [])]]


@pytest.mark.parametrize(
    ("rule", "municipality", "acts"),
    [
        (
            "XK-MTG-001",
            "kline",
            [[(N, [["website", "notice-board", "media"]], ["sq", "sr"], ["XK-LAN-006"])]],
        ),
        (
            "XK-MTG-001",
            "prizren",
            [[(N, [["website", "notice-board", "media"]], ["sq", "sr", "tr", "bs"], ["XK-LAN-006"])]],
        ),
        (
            "XK-CON-006",
            "kline",
            [
                [(N, [["website"]], ["sq", "sr"], ["XK-LAN-006"])],
                [(N, [["platform"]], ["sq", "sr"], ["XK-LAN-006"])],
            ],
        ),
        (
            "XK-ACT-004",
            "kline",
            [[("act.published", [["official-gazette"]], ["sq", "sr"], ["XK-LAN-002", "XK-LAN-006"])]],
        ),
        ("XK-FOI-001", "kline", [[("request.answered", [], [], [])]]),
        ("XK-MTG-019", "kline", [[("minutes.published", [["website"]], [], [])]]),
        ("XK-CON-007", "kline", []),
    ],
)
def test_duties_of_kosovo(kosovo: Rulebook, rule: str, municipality: str, acts: list[list[Told]]) -> None:
    assert found(kosovo, rule, municipality) == acts


def values_of(where: Any, name: str) -> Iterator[str]:
    """Whatever stands under this name in a condition, however deep."""
    if isinstance(where, dict):
        for key, value in where.items():
            if key == name:
                yield from (str(v) for v in (value if isinstance(value, list) else [value]))
            else:
                yield from values_of(value, name)
    elif isinstance(where, list):
        for part in where:
            yield from values_of(part, name)


@pytest.mark.parametrize("pack", bundled_names())
def test_every_channel_of_the_bundled_duties_is_told_and_none_is_added(pack: str) -> None:
    book = load_rulebook([pack], examples=False)
    assert (channel_attribute(book), language_attributes(book)) == ("channel", ["languages"])
    discharges = Discharges(book)
    seen = 0
    for duty_ in book.duties:
        finding = LATE._replace(rule=duty_.id)
        acts = [act for member in discharges.of(finding, TODAY) for act in member]
        told = {channel for act in acts for group in act.channels for channel in group}
        read = duty_.model_dump(mode="json")
        asked = [read[part] for part in ("requires", "count", "must")] if duty_.shape != "none" else []
        assert told == set(values_of(asked, "channel")), duty_.id
        seen += bool(told)
    assert seen or pack == "klgi"
