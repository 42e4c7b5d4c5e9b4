"""Which duty a finding names in the place of its own (semantics 4.5, 4.14)."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reference.flat import records
from transparency_check.engine import evaluate
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.packs.needed import closure, restricted
from transparency_check.times import read_time

RULE = "XK-FOI-001"
EXTENDED = {"type": "request.extended", "time": "2026-03-04", "extension_days": 15}
WITHDRAWN = {"type": "request.withdrawn", "time": "2026-03-04"}


@pytest.fixture(scope="module", params=[1, -1], ids=["as in the file", "the other way"])
def book(request: pytest.FixtureRequest) -> Rulebook:
    """The duty with its exceptions in the order of their ids, and in the other one."""
    whole = load_rulebook(["kosovo"])
    few = restricted(whole, closure(whole, [RULE]))
    (duty,) = [duty for duty in few.duties if duty.id == RULE]
    turned = duty.model_copy(update={"unless": duty.unless[:: request.param]})
    return few.model_copy(update={"duties": [turned if d.id == RULE else d for d in few.duties]})


@pytest.mark.parametrize(
    ("more", "reasons", "instead"),
    [
        pytest.param([], ("exception",), "XK-FOI-005", id="one exception"),
        pytest.param([EXTENDED], ("exception",), "XK-FOI-002", id="of two the first by its id"),
        pytest.param([EXTENDED, WITHDRAWN], ("cancelled",), None, id="none, where it was cancelled"),
    ],
)
def test_the_duty_that_takes_its_place(
    book: Rulebook, more: list[dict[str, Any]], reasons: tuple[str, ...], instead: str | None
) -> None:
    asked = {"type": "request.registered", "time": "2026-03-02", "holder": "known-other"}
    rows = [{"municipality": "kline", "case": "c1", **row} for row in (asked, *more)]
    lines = [json.dumps(record).encode() for record in records(rows, book)]
    as_of = read_time("2026-06-01", ZoneInfo(book.zone))
    (found,) = [f for f in evaluate(lines, book, as_of).findings(all=True) if f.rule == RULE]
    assert (found.outcome, found.reasons, found.instead) == ("not_applicable", reasons, instead)
