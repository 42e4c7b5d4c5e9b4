"""What was found of the parts, put together to what one process would have found of the whole."""

from __future__ import annotations

import heapq
import os
import tempfile
import weakref
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from ..engine import Judgement, Sample
from ..engine.findings import in_report
from ..engine.sample import together
from ..errors import UsageError
from ..explanation import Explanation
from ..messages import phrase
from ..model import Finding, Outcome, Problem, Revision, Weight
from .rows import Judged, unpacked


class Spool:
    """The pages of all parts, in one file, which goes with it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="transparency-check-")  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        # Where each page of a part begins, and how long it is, by its number.
        self._places: dict[int, dict[int, tuple[int, int]]] = {}

    def add(self, part: int, number: int, page: bytes) -> None:
        """Keep a page of a part. They may come in any order."""
        begin = self._file.seek(0, os.SEEK_END)
        self._file.write(page)
        self._places.setdefault(part, {})[number] = begin, len(page)

    def findings(self) -> list[Iterator[Finding]]:
        """The findings of each part, in order."""
        return [chain.from_iterable(self._pages(part)) for part in sorted(self._places)]

    def _pages(self, part: int) -> Iterator[list[Finding]]:
        for _, (begin, length) in sorted(self._places[part].items()):
            self._file.seek(begin)
            yield unpacked(self._file.read(length))


class Spooled(Collection[Finding]):
    """The findings of these rules in the order of a report, read from their files whenever one goes through
    them.
    """

    def __init__(
        self, spool: Spool, rules: frozenset[str], weights: Mapping[tuple[str, Weight], int]
    ) -> None:
        self._spool, self._rules = spool, rules
        self._weights: Counter[Weight] = Counter()
        for (rule, weight), number in weights.items():
            if rule in rules:
                self._weights[weight] += number

    def __iter__(self) -> Iterator[Finding]:
        for finding in heapq.merge(*self._spool.findings(), key=in_report):
            if finding.rule in self._rules:
                yield finding

    def __len__(self) -> int:
        return self._weights.total()

    def __contains__(self, sought: object) -> bool:
        return any(finding == sought for finding in self)

    def weights(self) -> Mapping[Weight, int]:
        """How many there are of each weight, without making them."""
        return self._weights


class Gathered(Judgement):
    """The judgement of a whole log, of the judgements of its parts. It has no tables, so that it proves
    nothing.
    """

    def __init__(self, parts: Mapping[int, Judged], spool: Spool) -> None:
        self._parts = [parts[number] for number in sorted(parts)]
        self._spool = spool

    @cached_property
    def events(self) -> int:
        return sum(part.events for part in self._parts)

    @cached_property
    def assumed_coverage(self) -> Mapping[str, str]:
        return dict(sorted(item for part in self._parts for item in part.assumed.items()))

    @cached_property
    def problems(self) -> list[Problem]:
        return [problem for part in self._parts for problem in part.problems]

    @property
    def size(self) -> int:
        return sum(part.counts.total() for part in self._parts)

    def findings(self, all: bool = True) -> list[Finding]:
        found = heapq.merge(*self._spool.findings(), key=in_report)
        return [finding for finding in found if all or finding.outcome != "not_applicable"]

    def sample(self, most: Mapping[Outcome, int]) -> Sample:
        found, more = together((part.first for part in self._parts), most)
        return Sample(sorted(chain(found, *(part.late for part in self._parts)), key=in_report), more)

    def paged(self, rules: Iterable[str]) -> Spooled:  # type: ignore[override]
        weights: Counter[tuple[str, Weight]] = Counter()
        for part in self._parts:
            weights.update(part.weights)
            weights.update((finding.rule, Weight.of(finding)) for finding in part.late)
        return Spooled(self._spool, frozenset(rules), weights)

    def counts(self) -> dict[tuple[str, Outcome], int]:
        counted = Counter((f.rule, f.outcome) for part in self._parts for f in part.late)
        for part in self._parts:
            counted.update(part.counts)
        return dict(counted)

    def obligations(self) -> Counter[str]:
        counted: Counter[str] = Counter()
        for part in self._parts:
            counted.update(part.obligations)
        return counted

    def versions(self) -> set[tuple[str, int]]:
        return {version for part in self._parts for version in part.versions}

    def municipalities(self) -> list[str]:
        return sorted({name for part in self._parts for name in part.municipalities})

    def files(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for part in self._parts:
            for name, files in part.files.items():
                found.setdefault(name, set()).update(files)
        return found

    def events_of(self, municipality: str) -> int:
        raise _untold()

    def revisions(self, findings: Iterable[Finding]) -> dict[str, Revision]:
        raise _untold()

    def explain(self, finding_id: str, rule: str | None = None) -> Explanation:
        raise _untold()


def _untold() -> UsageError:
    return UsageError(
        phrase("A log that many processes have judged is not at hand to be asked for more."),
        phrase("Judge the logs of the municipality by themselves, without --engine spark."),
    )
