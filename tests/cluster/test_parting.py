"""How municipalities, duties and cases are parted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import orjson
import pytest

from engine.logs import rulebook
from transparency_check.cluster.placing import Routes, concerned
from transparency_check.cluster.rows import Belongs, Facts, ReadRow
from transparency_check.cluster.splitting import Split, duties, linked, number_of_parts, parted


@pytest.mark.parametrize(
    ("numbers", "parts", "whole", "split"),
    [
        ({"a": 5, "b": 4, "c": 1}, 2, {"a": 0, "b": 1, "c": 1}, {}),
        ({"a": 5, "b": 4}, 9, {"a": 0, "b": 1}, {}),
        ({"a": 5, "b": 21}, 1, {"a": 0}, {"b": Split(1, (2, 3, 4))}),
        ({"b": 11}, 3, {}, {"b": Split(0, (1, 2))}),
        ({}, 3, {}, {}),
    ],
    ids=["the largest first", "no part without any", "one that is too large", "nothing else", "nothing"],
)
def test_municipalities(
    numbers: Mapping[str, int], parts: int, whole: Mapping[str, int], split: Mapping[str, Split]
) -> None:
    assert parted(numbers, parts, most=10) == (whole, split)


@pytest.mark.parametrize(
    ("records", "at_once", "parts"),
    [(0, 8, 1), (20_000, 8, 1), (100_000, 8, 4), (1_000_000, 8, 8), (10_000_000, 8, 40)],
)
def test_number_of_parts(records: int, at_once: int, parts: int) -> None:
    assert number_of_parts(records, at_once) == parts


@pytest.mark.parametrize(
    ("duty", "by_case"),
    [
        ("XK-MTG-001", True), ("XK-FOI-001", True), ("XK-MTG-010", False), ("XK-BUD-001", False),
        ("XK-CON-013", False),
    ],
    ids=["before an event", "after one", "a count", "of the calendar", "standing"],
)  # fmt: skip
def test_duties(duty: str, by_case: bool) -> None:
    found = duties(rulebook())
    assert (found.by_case.duty(duty) is not None) is by_case
    assert (found.wide.duty(duty) is not None) is not by_case
    assert len(found.by_case.duties) + len(found.wide.duties) == len(rulebook().duties)


def test_types_that_mean_something_beyond_a_case() -> None:
    found = duties(rulebook("kosovo", "XK-MTG-010"))
    assert found.types == {"meeting.held"}
    assert found.general == {"coverage.declared", "website.outage_recorded"}


def test_cases_that_hang_together() -> None:
    found = linked([("a", ("c", "b")), ("a", ("d", "c")), ("a", ("x", "y")), ("b", ("c", "e"))])
    assert found == {
        ("a", "b"): "b", ("a", "c"): "b", ("a", "d"): "b", ("a", "x"): "x", ("a", "y"): "x",
        ("b", "c"): "c", ("b", "e"): "c",
    }  # fmt: skip


@pytest.fixture(scope="module")
def routes() -> Routes:
    """Kline whole, Peja split in two, with cases that are linked and an id that stands for things in both."""
    found = Routes(
        {"kline": 0}, {"peje": Split(1, (2, 3))}, duties(rulebook("kosovo", "XK-MTG-010", "XK-FOI-001")),
        linked([("peje", ("p", "q"))]),
    )  # fmt: skip
    both = found.of_belonging([Belongs("kline", "k", "act.adopted"), Belongs("peje", "p", "act.adopted")])
    return Routes(found.whole, found.split, found.duties, found.linked, {"both": both})


def test_a_case_has_one_part_with_what_it_is_linked_to(routes: Routes) -> None:
    of_p = routes.owner("peje", "p")
    assert of_p in (2, 3)
    assert routes.owner("peje", "q") == of_p
    assert {routes.owner("peje", f"c{n}") for n in range(20)} == {2, 3}
    assert routes.owner("kline", "p") == 0
    assert routes.number == 4


def _row(
    municipality: str, case: str | None, type_: str | None, readable: bool = True, id_: str = "e"
) -> ReadRow:
    return ReadRow(municipality, id_, case, type_, (), readable, b"")


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        (_row("kline", "k", "act.adopted"), {0}),
        (_row("peje", None, "act.adopted"), {2, 3}),
        (_row("peje", None, "meeting.held"), {1, 2, 3}),
        (_row("peje", "p", "coverage.declared"), {1, 2, 3}),
        (_row("peje", "p", None, readable=False), {1, 2, 3}),
    ],
    ids=["of a whole municipality", "of no case", "that is counted", "that declares", "that cannot be read"],
)
def test_where_a_record_goes(routes: Routes, row: ReadRow, parts: set[int]) -> None:
    assert {*routes.of_row(row)} == parts


def test_a_record_of_a_case_goes_to_its_part_and_to_what_counts_it(routes: Routes) -> None:
    own = routes.owner("peje", "p")
    assert {*routes.of_row(_row("peje", "q", "act.adopted"))} == {own}
    assert {*routes.of_row(_row("peje", "q", "meeting.held"))} == {1, own}
    # What its id stands for elsewhere has to know of it, too.
    assert {*routes.of_row(_row("peje", "q", "act.adopted", id_="both"))} == {0, own}


@pytest.mark.parametrize(
    ("row", "whom"),
    [
        ({"file": "a", "case": "c"}, {"kline"}),
        ({"file": "a", "case": "unknown"}, {"kline", "peje"}),
        ({"file": "a"}, {"kline", "peje"}),
        ({"file": "b", "case": "c"}, {"kline", "peje", "istog"}),
    ],
    ids=["by its case", "by its file, of an unknown case", "by its file", "by neither"],
)
def test_whom_a_row_without_a_municipality_concerns(row: dict[str, str], whom: set[str]) -> None:
    standing = frozenset({("kline", "a", None), ("peje", "a", None), ("kline", "a", "c")})
    facts = Facts(standing, dict.fromkeys(("kline", "peje", "istog"), dt.date(2026, 1, 1)))
    record = orjson.dumps({"place": "a:1", **row})
    assert [*concerned([record], facts)] == [("a:1", record, whom)]
