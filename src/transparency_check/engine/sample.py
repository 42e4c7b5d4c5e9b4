"""A part of the findings that shows each kind of them, put together from the parts of an evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from transparency_check.engine.findings import Kind
from transparency_check.model import Finding, Outcome


class Sample(NamedTuple):
    """Findings of which each kind has some; ``more`` says, by the id of one of a kind, how many others were left out."""

    findings: list[Finding]
    more: Mapping[str, int]


# What one part gives: the findings that are of no kind, and of each kind how many there are, and the first.
First = tuple[list[Finding], Mapping[Kind, tuple[int, list[Finding]]]]


class Drawn(NamedTuple):
    """What each part gave for a sample of so many."""

    most: Mapping[Outcome, int]
    firsts: Sequence[First]


def together(parts: Iterable[First], most: Mapping[Outcome, int]) -> Sample:
    """The first ``most`` findings of each kind over all parts; all of the outcomes that ``most`` does not have."""
    found: list[Finding] = []
    more: dict[str, int] = {}
    drawn: dict[Kind, tuple[int, list[Finding]]] = {}
    for others, of_kinds in parts:
        found += others
        for kind, (total, some) in of_kinds.items():
            before, shown = drawn.get(kind, (0, []))
            drawn[kind] = (before + total, shown + some)
    for kind, (total, some) in drawn.items():
        some.sort(key=lambda finding: (*_place(finding), finding.id))
        last = _place(some[min(most[kind.outcome], len(some)) - 1])
        first = [finding for finding in some if _place(finding) <= last]
        found += first
        if total > len(first):
            more[first[0].id] = total - len(first)
    return Sample(found, more)


def _place(finding: Finding) -> tuple[str, str, str]:
    """Where a report shows a finding among those of its kind, as ``engine/sql/sample.sql`` has it."""
    return finding.municipality, finding.case or "", finding.period or ""
