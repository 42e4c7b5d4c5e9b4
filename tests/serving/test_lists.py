"""Lists are taken out of what stands in order; they have what going through all findings would find."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from transparency_check.model import Finding
from transparency_check.report import day_in, day_of, still_owed
from transparency_check.serving.whole import Wanted, Whole

from .made import Made, serving

SAMPLES = Path(__file__).parents[2] / "samples"
OUTCOMES: tuple[tuple[str, ...], ...] = (
    (),
    ("violated",),
    ("late", "violated"),
    ("fulfilled",),
    ("undetermined", "pending"),
    ("not_applicable",),
)
DAYS = (
    (None, None),
    (dt.date(2026, 1, 1), None),
    (None, dt.date(2026, 6, 30)),
    (dt.date(2026, 3, 1), dt.date(2026, 11, 30)),
    (dt.date(2030, 1, 1), dt.date(2030, 1, 2)),
)


@pytest.fixture(scope="module", params=["klina/log.jsonl", "published-records"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """All that the pages of a sample show."""
    folder = tmp_path_factory.mktemp("lists")
    with serving(folder, str(SAMPLES / request.param), day=20) as made:
        yield whole_of(made)


def whole_of(made: Made) -> Whole:
    office = made.guard.app.state.office  # type: ignore[attr-defined]
    found: Whole = office.state.snapshot.whole
    return found


def gone_through(whole: Whole, wanted: Wanted) -> list[Finding]:
    """The slow way: each finding is asked for all that is wanted."""
    found = [
        f
        for f in whole.report.findings
        if (f.outcome in wanted.outcomes if wanted.outcomes else f.outcome != "not_applicable")
        and wanted.municipality in ("", f.municipality)
        and (wanted.rules is None or f.rule in wanted.rules)
        and wanted.case.casefold() in (f.case or "").casefold()
        and wanted.within(f)
    ]
    ahead = sorted(
        (f for f in found if f.outcome == "pending"), key=lambda f: (f.act_by or f.due or "9", f.id)
    )
    over = [f for f in found if f.outcome != "pending"]
    over.sort(key=lambda f: (str(day_of(f) or ""), f.rule, f.id), reverse=True)
    return [*ahead, *over]


@pytest.mark.parametrize("outcomes", OUTCOMES, ids=lambda own: " or ".join(own) or "all")
def test_a_list_has_what_is_wanted_in_its_order(whole: Whole, outcomes: tuple[str, ...]) -> None:
    towns = whole.record.towns
    case = next(f.case for f in whole.report.findings if f.case)
    rules = frozenset(sorted({f.rule for f in whole.report.findings})[::3])
    for (first, last), town, named, some in itertools.product(
        DAYS, ("", towns[0]), ("", case[1:5].upper()), (None, rules)
    ):
        wanted = Wanted(town, some, outcomes, named, first, last)
        listed, slow = whole.listed(wanted), gone_through(whole, wanted)
        assert len(listed) == len(slow), wanted
        assert list(listed) == slow, wanted
        assert listed.part(3, 4) == slow[3:7], wanted


def test_a_day_has_what_is_open_or_still_owed_on_it(whole: Whole) -> None:
    found: dict[dt.date, set[str]] = {}
    for f in whole.report.findings:
        open_ = f.outcome == "pending" or (f.outcome == "undetermined" and "pending" in f.possible)
        day = day_in(f.act_by) or day_in(f.due)
        if (open_ or still_owed(f)) and day is not None:
            found.setdefault(day, set()).add(f.id)
    assert found
    for day, ids in found.items():
        assert {f.id for f in whole.due_on(day)} == ids


def test_cases_stand_in_the_order_of_their_latest_days(whole: Whole) -> None:
    every = sorted(
        (item for part in whole.parts.values() for item in part.cases),
        key=lambda item: (item[1], item[0]),
        reverse=True,
    )
    towns, name = whole.record.towns, every[0][0][1]
    for sought, town, most in itertools.product(("", name[1:4].upper()), ("", towns[0]), (None, 0, 1, 60)):
        found = [
            item
            for item in every
            if sought.casefold() in item[0][1].casefold() and town in ("", item[0][0])
        ]
        assert found, sought
        assert whole.cases(sought, town, most) == (len(found), found[:most]), (sought, town, most)


def test_an_event_has_what_it_began_or_discharged(whole: Whole) -> None:
    for finding in itertools.islice((f for f in whole.report.findings if f.fulfilment), 20):
        event = finding.fulfilment[0].event
        assert finding in whole.touching(event, finding.municipality)
        # A record may name its municipality in words.
        assert finding in whole.touching(event, "Komuna e Klinës")
