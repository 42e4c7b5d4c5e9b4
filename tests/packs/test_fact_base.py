"""The bundled packs say what the legal fact base says: nothing raised, nothing invented, nothing left out.

``facts.jsonl`` holds the facts of each of its 327 records (146 duties of law, 181 own commitments): titles,
provision, quotation, link, versions with their confidence, active readings, number. What a pack says
otherwise stands below with the reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from transparency_check.messages.script import latin
from transparency_check.packs import load_rulebook
from transparency_check.packs.find import bundled_names
from transparency_check.packs.model import Duty, Version

FACTS = [
    json.loads(line)
    for line in Path(__file__).with_name("facts.jsonl").read_text(encoding="utf-8").splitlines()
]
GRADES = ("unverified", "secondary", "verified")

VERSIONS = {
    "XK-MTG-001": "the duty begins with the law, 15 June 2008, before the instruction of 2013",
    "XK-MTG-002": "the duty begins with the law, 15 June 2008, before the instruction of 2013",
    "XK-MTG-013": "the duty begins with the law, 15 June 2008, before the instruction of 2013",
    "XK-FOI-015": "the provision names the regulation that was in force before 9 August 2023",
}
READINGS = {
    "XK-ACT-002": "the later of two events is the anchor: one reading for each of them",
}
NUMBERS = {
    "XK-SPA-002": "the active readings carry the numbers",
    "XK-CON-007": "the active readings carry the numbers",
    "XK-REV-003": "the record says not to encode a number",
}


@pytest.fixture(scope="module")
def duties() -> dict[str, Duty]:
    return {d.id: d for d in load_rulebook(bundled_names()).duties}


def one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def dated(version: Version) -> list[Any]:
    days = [d.isoformat() if d else None for d in (version.from_, version.to)]
    return [version.instrument, *days, version.confidence]


def test_every_record_is_a_duty_and_every_duty_a_record(duties: dict[str, Duty]) -> None:
    assert sorted(duties) == sorted(f["id"] for f in FACTS)
    assert sum(d.startswith("XK-") for d in duties) == 146


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f["id"])
def test_facts(fact: dict[str, Any], duties: dict[str, Duty]) -> None:
    duty = duties[fact["id"]]
    # The fact base has its Serbian in Latin script.
    titles = duty.title.model_dump(exclude_none=True)
    assert {language: latin(title) for language, title in titles.items()} == fact["title"]
    assert duty.bearer == fact["bearer"]
    assert duty.legal_basis.provision == fact["provision"]
    assert one_line(duty.legal_basis.quote) == fact["quote"]
    # A remark behind a link is no part of it.
    assert duty.legal_basis.url == (fact["url"].split(" (")[0] if fact["url"] else None)
    assert duty.commitment == (not duty.id.startswith("XK-"))
    if duty.id not in READINGS:
        assert [r.name for r in duty.readings] == fact["readings"]
    if duty.id not in VERSIONS:
        assert [dated(v) for v in duty.versions] == fact["versions"]


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f["id"])
def test_nothing_is_raised(fact: dict[str, Any], duties: dict[str, Duty]) -> None:
    duty = duties[fact["id"]]
    assert not (duty.severity == "violation" and fact["severity"] == "advisory")
    given = {instrument: grade for instrument, _, _, grade in fact["versions"]}
    for version in duty.versions:
        ceiling = given.get(version.instrument, fact["confidence"])
        assert GRADES.index(version.confidence) <= GRADES.index(ceiling)
    if fact["checkable"] == "no":
        assert duty.checkable is not None


@pytest.mark.parametrize("fact", [f for f in FACTS if f["id"] not in NUMBERS], ids=lambda f: f["id"])
def test_no_number_is_invented(fact: dict[str, Any], duties: dict[str, Duty]) -> None:
    duty = duties[fact["id"]]
    stated = duty.deadline or duty.open_for
    if stated is None or stated.n in ("unknown", 0):
        return
    assert (stated.n, stated.unit) == (fact["number"], fact["unit"])
