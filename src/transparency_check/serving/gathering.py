"""What pages ask of an answer again and again, gathered once for a snapshot."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from ..calendars import working_days_between
from ..checking import Ahead, areas
from ..engine.case_file import cases_of
from ..report import upcoming
from ..scoring.score import scores
from ..site.record import Record, gathered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..checking import Answer
    from ..model import Finding

_PER: Final = "quarter"
Case = tuple[str, str]


@dataclass(frozen=True)
class Gathering:
    """``record`` is what the pages of a site show; ``findings`` are by id, ``by_case`` those of each case;
    ``cases`` are all that count, each with its latest day, the latest first.
    """

    record: Record
    findings: Mapping[str, Finding]
    by_case: Mapping[Case, tuple[Finding, ...]]
    cases: tuple[tuple[Case, str], ...]


def gathering(found: Answer, within: str) -> Gathering:
    """Gather it. ``within`` is how far ahead what comes is told (``30d``)."""
    report, rulebook = found.report, found.rulebook
    today = found.as_of.day
    calendar = found.calendar()
    areas_of = areas(rulebook)
    timeless = {d.id for d in rulebook.duties if d.shape == "standing"}
    coming = upcoming(
        report,
        today,
        Ahead.read(within).after(today),
        lambda a, b: working_days_between(a, b, calendar),
        {d.id for d in rulebook.duties if d.shape in ("content", "standing")},
        overdue=True,
    )
    record = Record(
        report=report,
        today=today,
        per=_PER,
        scores=scores(report.findings, areas_of, _PER, timeless=timeless),
        areas=areas_of,
        scopes=gathered(report.findings, areas_of, coming),
        coming=coming,
    )
    findings = {f.id: f for f in report.findings}
    by_case: defaultdict[Case, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.case is not None:
            by_case[finding.municipality, finding.case].append(finding)
    latest: dict[Case, str] = {}
    # Records of what has not happened yet bring no case about.
    counted = set(cases_of(found.judgement.prepared))
    for row in found.log.records if found.log is not None else ():
        read = orjson.loads(row)
        case = (read.get("municipality"), read.get("case"))
        if case in counted:
            day = str(read.get("time", ""))[:10]
            latest[case] = max(latest.get(case, ""), day)
    return Gathering(
        record=record,
        findings=findings,
        by_case={case: tuple(found_) for case, found_ in by_case.items()},
        cases=tuple(sorted(latest.items(), key=lambda item: (item[1], item[0]), reverse=True)),
    )
