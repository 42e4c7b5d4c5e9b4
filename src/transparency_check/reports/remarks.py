"""What a service that runs checks is told, the most serious first: failures, problems, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Literal, NamedTuple

from ..messages import text
from ..model import Finding, Outcome, Report
from . import baselines, wording
from .options import Names, ReportOptions
from .places import Places, Spot

Level = Literal["error", "warning", "notice"]
LEVELS: tuple[Level, ...] = ("error", "warning", "notice")
_OUTCOMES: tuple[Outcome, ...] = (
    "violated",
    "late",
    "undetermined",
    "pending",
    "fulfilled",
    "not_applicable",
)


class Remark(NamedTuple):
    """One thing to tell. ``code`` is the id of a duty or the code of a problem, ``about`` the case or place,
    ``lines`` say what is wrong. ``finding`` is None for what is no finding; ``number`` says for how many it
    stands.
    """

    level: Level
    code: str
    title: str
    about: str
    lines: tuple[str, ...]
    spot: Spot | None
    finding: Finding | None = None
    number: int = 1

    @property
    def said(self) -> tuple[str, ...]:
        """The lines, the first with what it is about."""
        return (f"{self.about}: {self.lines[0]}", *self.lines[1:])


def level_of(report: Report, finding: Finding) -> Level:
    """How loud a finding is told: what fails a run is an error, what is advisory a warning; what is accepted,
    known before, open, or a matter of others, a notice.
    """
    if not finding.violation or finding.binds != "municipality":
        return "notice"
    if finding.waiver is not None or baselines.known(report, finding):
        return "notice"
    return "warning" if finding.advisory else "error"


def seriousness(report: Report, finding: Finding) -> tuple[int, int, int]:
    """What sorts findings, the most serious first; among equals their order stays."""
    known = baselines.known(report, finding) or finding.waiver is not None
    level = LEVELS.index(level_of(report, finding))
    return level, int(known or finding.binds != "municipality"), _OUTCOMES.index(finding.outcome)


def spot_of(finding: Finding, places: Places) -> Spot | None:
    """Where to look: the trigger, else what fulfils it, else what would settle it, else the first input."""
    evidence = [e.place for e in (finding.trigger, *finding.fulfilment) if e is not None]
    settling = [s.place for s in finding.settled_by if s.place]
    return next(map(places.of, [*evidence, *settling]), None) or places.any()


def shown(report: Report, options: ReportOptions) -> Iterable[Finding]:
    """The findings that want attention: violations and what is undetermined; of ``upcoming``, what comes."""
    if options.upcoming is not None:
        return options.upcoming.findings
    return (f for f in report.findings if f.violation or f.outcome == "undetermined")


def title_of(finding: Finding, names: Names) -> str:
    """The duty, with short marks."""
    title = " ".join(part for part in (finding.rule, names.rule(finding.rule)) if part)
    marks = wording.marks(finding)
    return f"{title} ({', '.join(marks)})" if marks else title


def about(finding: Finding) -> str:
    """What a finding is about: municipality, case or period, due date."""
    place = wording.place_of(finding)
    return f"{place} ({text('due_on', due=wording.due_text(finding.due))})" if finding.due else place


def lines_of(report: Report, finding: Finding, names: Names) -> tuple[str, ...]:
    """What a finding says: sentences, whether it was known before, law, id."""
    lines = [*wording.sentences(finding, names), *baselines.why_new(report, finding)]
    if baselines.known(report, finding):
        lines.append(text("remark.known"))
    return (*lines, *wording.law_lines(finding, names)[:1], f"#{finding.id}")


def remarks(report: Report, options: ReportOptions) -> list[Remark]:
    """All that is to be told, the most serious first; what the report counts and does not hold stands for
    its like.
    """
    places = Places(report.sources)
    found = [*_failures(report), *_problems(report, places)]
    findings = sorted(shown(report, options), key=partial(seriousness, report))
    found += (
        Remark(
            level_of(report, finding),
            finding.rule,
            title_of(finding, options.names),
            about(finding),
            lines_of(report, finding, options.names),
            spot_of(finding, places),
            finding,
            report.number([finding]),
        )
        for finding in findings
    )
    return sorted(found, key=lambda remark: LEVELS.index(remark.level))


def _failures(report: Report) -> Iterator[Remark]:
    for error in report.rule_errors:
        whose = f"{error.rule} ({error.plugin})" if error.rule else error.plugin
        yield Remark(
            "error", error.rule or error.plugin, text("remark.failure"), whose, (error.message,), None
        )


def _problems(report: Report, places: Places) -> Iterator[Remark]:
    for problem in report.problems:
        title = text("remark.problem", code=problem.code)
        spot = places.of(problem.place)
        yield Remark(problem.severity, problem.code, title, problem.place, (problem.message,), spot)


def summary(found: Iterable[Remark], most: int) -> str:
    """How many remarks of each level there are, and whether more than ``most`` of one are left out."""
    numbers = Counter[str]()
    for remark in found:
        numbers[remark.level] += remark.number
    each = {f"{level}s": text(f"remark.{level}", n=numbers[level]) for level in LEVELS}
    code = "remark.summary.some" if max(numbers.values(), default=0) > most else "remark.summary"
    return text(code, errors=each["errors"], warnings=each["warnings"], notices=each["notices"], most=most)
