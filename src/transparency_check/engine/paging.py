"""Findings of a large log: made when they are asked for, a page at a time, so that they never stand in memory together."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter, itemgetter

from transparency_check.engine.findings import Findings
from transparency_check.model import Finding, Weight

# Findings that are made at once: some hundred megabytes.
PAGE = 60_000
# What comes first in the order of a report.
_first = attrgetter("municipality", "rule")


class Paged(Collection[Finding]):
    """The findings of the parts of an evaluation and ``late``, in the order of a report.

    Each iteration makes them anew, and ends one that is under way.
    """

    def __init__(self, parts: Sequence[Findings], rules: frozenset[str], late: Sequence[Finding]) -> None:
        self._parts, self._rules, self._late = parts, rules, late
        self._turn = 0

    def __iter__(self) -> Iterator[Finding]:
        self._turn += 1
        turn = self._turn
        # No two parts share a rule, and what is late has one of its own: so runs of findings are put in order, not each of them.
        ordered = [*(chain.from_iterable(part.pages(self._rules, PAGE)) for part in self._parts), self._late]
        for _, run in heapq.merge(*(groupby(findings, _first) for findings in ordered), key=itemgetter(0)):
            for finding in run:
                if turn != self._turn:
                    raise RuntimeError("these findings are being gone through a second time")
                yield finding

    def __len__(self) -> int:
        return sum(self.weights().values())

    def __contains__(self, sought: object) -> bool:
        return any(finding == sought for finding in self)

    def weights(self) -> Mapping[Weight, int]:
        """How many there are of each weight, without making them."""
        return self._weights

    @cached_property
    def _weights(self) -> Counter[Weight]:
        counted = Counter(Weight.of(f) for f in self._late)
        for part in self._parts:
            counted += part.weights(self._rules)
        return counted
