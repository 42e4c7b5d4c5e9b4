"""Conditions asked of supposed events, and the values that satisfy them (semantics 4.16, 7.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planning.books import law
from transparency_check.packs.model import EventSelector
from transparency_check.packs.reads import selectors
from transparency_check.planning.conditions import Asked, Truth, truth, unknown
from transparency_check.planning.supposed import Supposed, on_day
from transparency_check.planning.witness import witness


def asked(values: dict[str, Any], languages: list[str] | None = None) -> Asked:
    known = law()
    return Asked(values, "kline", languages, known.rulebook.vocabulary, known.zone)


ROWS: list[tuple[str, dict[str, Any], dict[str, Any], Truth, list[str]]] = [
    ("equal", {"body": "assembly"}, {"body": "assembly"}, True, []),
    ("another value", {"body": "assembly"}, {"body": "mayor"}, False, []),
    ("absent", {"body": "assembly"}, {}, None, ["body"]),
    ("one of several", {"act_kind": ["plan", "budget"]}, {"act_kind": "budget"}, True, []),
    ("among a list", {"channel": "website"}, {"channel": ["media", "website"]}, True, []),
    ("false beats unknown", {"body": "assembly", "vote": "x"}, {"body": "mayor"}, False, []),
    ("not", {"session_kind": {"not": "inaugural"}}, {"session_kind": "urgent"}, True, []),
    ("not, of what is absent", {"session_kind": {"not": "inaugural"}}, {}, None, ["session_kind"]),
    ("absence has a meaning", {"holder": "own"}, {}, True, []),
    ("what absence means is not recorded", {"holder": {"present": True}}, {}, False, []),
    ("present", {"reason": {"present": True}}, {"reason": "x"}, True, []),
    ("an empty text is not present", {"reason": {"present": True}}, {"reason": ""}, False, []),
    ("all of them", {"languages": {"includes_all": ["sq", "sr"]}}, {"languages": ["sq"]}, False, []),
    ("a bound", {"votes_for": {"more_than": 10}}, {"votes_for": 11}, True, []),
    ("a bound that another attribute sets", {"votes_for": {"at_least": {"field": "members_total"}}},
     {"votes_for": 9}, None, ["members_total"]),
    ("a share, exactly", {"signatures": {"share_of": {"field": "registered_voters", "at_least": 0.15}}},
     {"signatures": 15, "registered_voters": 100}, True, []),
    ("days compare", {"closes_at": {"at_most": "2026-03-02"}}, {"closes_at": "2026-03-02T23:00"}, True, []),
    ("any", {"any": [{"body": "mayor"}, {"vote": "x"}]}, {"body": "mayor"}, True, []),
    ("any, unknown", {"any": [{"body": "mayor"}, {"vote": "x"}]}, {"body": "assembly"}, None, ["vote"]),
    ("vouched for", {"attests": "XK-MTG-006"}, {"attests": ["XK-MTG-006"]}, True, []),
    ("denied", {"attests": "XK-MTG-006"}, {"attests": ["not XK-MTG-006"]}, False, []),
    ("silence vouches for nothing", {"attests": "XK-MTG-006"}, {"attests": ["XK-MTG-001"]}, None,
     ["attests"]),
    ("the municipality", {"municipality": ["kline"]}, {}, True, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("where", "values", "holds", "lacking"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_truth(where: dict[str, Any], values: dict[str, Any], holds: Truth, lacking: list[str]) -> None:
    question = asked(values)
    assert truth(where, question) is holds
    if holds is None:
        assert [name for name in unknown(where, question) if name in lacking] == lacking


def test_official_languages_that_are_not_known_leave_it_open() -> None:
    where = {"languages": {"includes_all": {"municipality": "official_languages"}}}
    assert truth(where, asked({"languages": ["sq", "sr"]}, ["sq", "sr"])) is True
    assert truth(where, asked({"languages": ["sq", "sr"]}, ["sq", "sr", "tr"])) is False
    assert truth(where, asked({"languages": ["sq", "sr"]})) is None


def test_every_selector_of_the_bundled_packs_has_a_witness() -> None:
    """What a duty asks for can be recorded: no condition of a step is left without an example."""
    known = law()
    without = []
    for duty in known.rulebook.duties:
        for selector in selectors(duty):
            assert isinstance(selector, EventSelector)
            day = known.calendar.first.replace(year=2026)
            town = (duty.municipalities or ["kline"])[0]
            event = Supposed("s1", selector.event, on_day(day, known.zone), town, {})
            question = known.asked(event)
            values = witness(selector.where, question)
            if values is None or truth(selector.where, replace(question, values=values)) is not True:
                without.append((duty.id, selector))
    assert without == []


def test_a_witness_changes_nothing_that_is_stated() -> None:
    question = asked({"requested_by": "citizens", "channel": ["media"]})
    assert witness({"requested_by": "mayor"}, question) is None
    found = witness({"channel": "website"}, question)
    assert found == {"requested_by": "citizens", "channel": ["media", "website"]}
