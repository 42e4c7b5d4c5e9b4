"""The laws notice a program that breaks them: each broken in one way, by an evaluator that errs on
purpose.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from properties import judging, laws
from properties.judging import Case
from transparency_check.model import Finding

Judge = Callable[[Case, list[dict[str, Any]] | None], list[Finding]]
SEEDS = range(20, 60)


def _by_line(found: list[Finding], case: Case, records: list[dict[str, Any]]) -> list[Finding]:
    """What comes first in the log is not judged."""
    first = records[0].get("id")
    return [f for f in found if f.trigger is None or f.trigger.event != first]


def _forgives(found: list[Finding], case: Case, records: list[dict[str, Any]]) -> list[Finding]:
    """A violation is forgotten where the log has a bad value or an unreadable row more than fifteen
    records.
    """
    bad = sum(bool(r.get("bad")) or not r["readable"] for r in records)
    return [f._replace(outcome="fulfilled") if bad % 2 and f.outcome == "violated" else f for f in found]


def _reads_ids(found: list[Finding], case: Case, records: list[dict[str, Any]]) -> list[Finding]:
    """Ids that begin with x are judged otherwise."""
    return [
        f._replace(outcome="pending") if f.trigger and f.trigger.event.startswith("x") else f for f in found
    ]


def _withdraws(found: list[Finding], case: Case, records: list[dict[str, Any]]) -> list[Finding]:
    """What was fulfilled is pending on every second day."""
    even = int(case.as_of[8:10]) % 2 == 0
    return [f._replace(outcome="pending") if even and f.outcome == "fulfilled" else f for f in found]


def _hindsight(found: list[Finding], case: Case, records: list[dict[str, Any]]) -> list[Finding]:
    """What is entered later is seen already: as many records, as many findings."""
    return found[: len(records)]


def _by_the_year(found: list[Finding], case: Case, records: list[dict[str, Any]]) -> list[Finding]:
    """After 2050 nothing is due."""
    return [f._replace(due=None) if (f.due or "")[:4] > "2050" else f for f in found]


def _counts_cases(found: list[Finding], case: Case, records: list[dict[str, Any]]) -> list[Finding]:
    """A log of many cases is judged otherwise."""
    many = any(r.get("case") == "unrelated" for r in records)
    return [f._replace(outcome="pending") if many else f for f in found]


@pytest.mark.parametrize(
    ("law", "error"),
    [
        (laws.the_order_of_rows_means_nothing_5_3, _by_line),
        (laws.renaming_ids_changes_ids_only_5_1, _reads_ids),
        (laws.an_unrelated_case_changes_nothing_4_3, _counts_cases),
        (laws.a_later_as_of_makes_only_allowed_transitions_4_22, _withdraws),
        (laws.a_log_known_at_a_time_equals_its_prefix_2_4, _hindsight),
        (laws.shifting_by_28_years_shifts_the_dates_only_3_4, _by_the_year),
        (laws.a_bad_field_makes_nothing_fulfilled_4_21, _forgives),
        (laws.an_unreadable_row_makes_nothing_fulfilled_4_21, _forgives),
    ],
)
def test_a_breach_is_told(law: laws.Law, error: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(case: Case, records: list[dict[str, Any]] | None = None) -> list[Finding]:
        given = case.records if records is None else records
        return error(judging._by_reference(case, given), case, given)

    monkeypatch.setattr(laws, "findings", judge)
    monkeypatch.setattr(laws, "found_of", lambda seed: tuple(judge(judging.case_of(seed))))
    assert any(law(seed, random.Random(seed)) for seed in SEEDS)
