"""Questions for the laws, and how the engine answers them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from reference import flat
from reference.evaluator import evaluate as evaluate_by_reference
from reference.questions import DRAWN, TRIAL, book
from reference.random_logs import random_rows, random_times, some_duties
from reference.random_packs import random_pack
from transparency_check.engine import Judgement, evaluate
from transparency_check.model import Evidence, Finding, Reading
from transparency_check.packs.model import Rulebook
from transparency_check.times import read_time

Json = dict[str, Any]
PACKS = (DRAWN, TRIAL, DRAWN, "kosovo")


@dataclass(frozen=True)
class Case:
    """A log as rows, with the file that each is from, and the moments it is judged at."""

    rulebook: Rulebook
    rows: list[Json]
    as_of: str
    known_at: str | None
    until: str | None

    @property
    def records(self) -> list[Json]:
        return flat.records(self.rows, self.rulebook)


@cache
def case_of(seed: int, size: int = 40) -> Case:
    """The case of a seed; the same seed gives the same case."""
    rng = random.Random(seed)
    pack = PACKS[seed % len(PACKS)]
    rulebook = random_pack(rng, book(TRIAL), 6) if pack == DRAWN else some_duties(rng, book(pack), 4)
    rows = random_rows(rng, rulebook, size)
    return Case(rulebook, rows, *random_times(rng, rulebook, flat.records(rows, rulebook)))


def judgement(case: Case, records: list[Json] | None = None) -> Judgement:
    """The engine's judgement of a case, or of other records in place of its own."""
    zone = ZoneInfo(case.rulebook.zone)
    as_of, known_at, until = (
        None if text is None else read_time(text, zone) for text in (case.as_of, case.known_at, case.until)
    )
    assert as_of is not None
    lines = [json.dumps(r).encode() for r in (case.records if records is None else records)]
    return evaluate(lines, case.rulebook, as_of, known_at, until)


def findings(case: Case, records: list[Json] | None = None) -> list[Finding]:
    """The engine's findings, or the reference evaluator's (``judged_by``)."""
    if _judges[0] == "reference":
        return _by_reference(case, records)
    return judgement(case, records).findings()


def judged_by(name: str) -> None:
    """Ask ``engine`` (the default) or ``reference``, which is quicker on small logs."""
    _judges[0] = name


_judges = ["engine"]


def _by_reference(case: Case, records: list[Json] | None) -> list[Finding]:
    """The reference evaluator's verdicts in the form of findings, as far as they say the same."""
    given = case.records if records is None else records
    found = []
    for v in evaluate_by_reference(given, case.rulebook, case.as_of, case.known_at, case.until):
        values: Json = dict.fromkeys(Finding._fields)
        values |= {name: getattr(v, name) for name in ("rule", "municipality", "case", "period", "outcome")}
        values |= {name: getattr(v, name) for name in ("reasons", "due", "act_by", "due_range", "late_by")}
        values["id"] = repr((v.rule, v.municipality, v.case, v.period, v.trigger))
        values["possible"] = tuple(sorted(v.possible))
        values["trigger"] = v.trigger and Evidence(v.trigger, "", "", "")
        values["fulfilment"] = tuple(Evidence(name, "", "", "") for name in v.fulfilment)
        values["readings"] = tuple(Reading(*read) for read in v.readings)
        values["settled_by"] = ()
        found.append(Finding(**values))
    return found


@cache
def found_of(seed: int) -> tuple[Finding, ...]:
    """The findings of the case of a seed as it stands: most laws compare with these."""
    return tuple(findings(case_of(seed)))


def placeless(finding: Finding) -> Finding:
    """The finding without the places of its evidence, which say where a row stands."""
    return finding._replace(
        trigger=finding.trigger and replace(finding.trigger, place=""),
        fulfilment=tuple(replace(e, place="") for e in finding.fulfilment),
        settled_by=tuple(sorted({replace(s, place=None) for s in finding.settled_by}, key=repr)),
    )


def changed(before: list[Any], after: list[Any], of: Callable[[Any], Any] = lambda told: told) -> list[str]:
    """Lines that tell which findings differ in what ``of`` takes of them."""
    left, right = (sorted(map(repr, map(of, found))) for found in (before, after))
    if left == right:
        return []
    gone, came = [x for x in left if x not in right], [x for x in right if x not in left]
    return [f"before: {x}" for x in gone[:3]] + [f"after:  {x}" for x in came[:3]]
