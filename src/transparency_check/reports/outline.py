"""The arrangement that every report for people shares: which sections, in which order, and what stands in
each.

Formats differ only in how they draw it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ..messages import known, text
from ..messages.figures import day
from ..model import BaselineUse, Finding, Outcome, Problem, Report
from ..report import Left, still_owed
from . import acts, baselines, changed, wording
from .options import Names, ReportOptions

if TYPE_CHECKING:
    from ..since import Since

Tone = Literal["plain", "good", "doubt", "bad"]
Cell = tuple[str, ...]
_Told = Callable[[Finding], Cell]

# Reports for people stop here; the JSON and CSV reports hold everything.
_PROBLEMS_SHOWN = 20
_FINDINGS_SHOWN = 20
# How many findings of a kind a report of open ones needs, by outcome (see needs.py); what is pending is put
# in the order of time.
OPEN: Mapping[Outcome, int] = {
    "violated": _FINDINGS_SHOWN, "late": _FINDINGS_SHOWN, "undetermined": _FINDINGS_SHOWN, "fulfilled": 1,
    "not_applicable": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A table with what is true of all its rows above it. A cell is its lines; an empty line is left out by
    the formats.
    """

    title: str = ""
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    tone: Tone
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report: title, lines of the header, sections."""

    title: str
    header: tuple[str, ...]
    sections: tuple[Section, ...]


def _shown_due(value: str | None) -> str:
    return wording.due_text(value) if value else ""


def _identity(finding: Finding) -> Cell:
    return tuple(p for p in (finding.municipality, finding.case, finding.period, f"#{finding.id}") if p)


def _due(finding: Finding) -> Cell:
    lines = [_shown_due(finding.due), text("provisional") if finding.provisional else ""]
    if finding.violation:
        lines.append(wording.outcome_name(finding.outcome))
    return tuple(line for line in lines if line)


def _duty(finding: Finding, names: Names) -> str:
    title = " ".join(p for p in (finding.rule, names.rule(finding.rule)) if p)
    marks = wording.marks(finding)
    return f"{title} ({', '.join(marks)})" if marks else title


def by_duty(report: Report, findings: Iterable[Finding], names: Names) -> tuple[Block, ...]:
    """One table per duty and version of the law."""
    # What the heading is made of comes first: it is made once for all findings that share it.
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for f in findings:
        what = (
            f.rule,
            f.severity,
            f.commitment,
            f.instrument,
            f.provision,
            f.confidence,
            f.presumption,
            f.bearer,
        )
        alike.setdefault(what, []).append(f)
    groups: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
    for same in alike.values():
        key = (_duty(same[0], names), tuple(wording.law_lines(same[0], names)))
        groups.setdefault(key, []).extend(same)
    columns = (text("column.finding"), text("column.due"), text("column.what"))
    return tuple(
        Block(
            title,
            (*lines, *_left_out(report.number(group))),
            columns,
            tuple(
                (_identity(f), _due(f), (*_story(f, names), *baselines.why_new(report, f)))
                for f in group[:_FINDINGS_SHOWN]
            ),
        )
        for (title, lines), group in sorted(groups.items(), key=lambda item: item[0])
    )


def _left_out(total: int) -> Cell:
    """What a table says of the rows it leaves out."""
    return (text("report.findings_shown", n=_FINDINGS_SHOWN, total=total),) if total > _FINDINGS_SHOWN else ()


def _story(finding: Finding, names: Names) -> Cell:
    said = wording.sentences(finding, names)
    shown_already = names.shapes.get(finding.rule) == "content" and finding.outcome == "violated"
    if finding.trigger and finding.outcome in ("violated", "late", "undetermined") and not shown_already:
        said.insert(1, text("trigger", evidence=wording.evidence(finding.trigger, names)))
    return tuple(said)


def by_date(
    findings: Iterable[Finding], names: Names, left: _Told = lambda _: (), how: _Told = lambda _: ()
) -> tuple[Block, ...]:
    """One table of what is to be done, in the order of the findings: how much time is ``left`` for each, and
    ``how`` it has to be done.
    """
    found = list(findings)
    rows = tuple((_act_by(f, names, left), _task(f, names, how)) for f in found[:_FINDINGS_SHOWN])
    columns = (text("column.act_by"), text("column.duty"))
    return (Block(lines=_left_out(len(found)), columns=columns, rows=rows),) if rows else ()


def _act_by(finding: Finding, names: Names, left: _Told) -> Cell:
    # What must stay open asks for nothing to be done on its due day.
    kept_open = names.shapes.get(finding.rule) == "duration"
    due = text("open_until" if kept_open else "due_on", due=_shown_due(finding.due)) if finding.due else ""
    if finding.act_by:
        lines = [day(finding.act_by)]
        if due and finding.due != finding.act_by:
            lines.append(due)
    elif due:
        lines = [due if kept_open else _shown_due(finding.due)]
    else:
        lines = [text("clock_stopped" if finding.outcome == "pending" else "none.date")]
    if finding.provisional:
        lines.append(text("provisional"))
    return (*lines, *left(finding))


def _task(finding: Finding, names: Names, how: _Told) -> Cell:
    return (_duty(finding, names), ", ".join(_identity(finding)), *wording.task(finding, names, how(finding)))


def time_left(finding: Finding, left: dict[str, Left]) -> Cell:
    """Days and working days left until the last working day to act."""
    if (given := left.get(finding.id)) is None:
        return ()
    if given.days < 0:
        return (text("left.passed"),)
    if given.days == 0:
        return (text("left.today"),)
    return (text("left.days", n=given.days), text("left.working", n=given.working_days))


def _problems(problems: list[Problem], code: str, tone: Tone) -> Section:
    lines = [f"{p.place}: {p.message}" for p in problems[:_PROBLEMS_SHOWN]]
    if len(problems) > _PROBLEMS_SHOWN:
        lines.append(text("report.more", n=len(problems) - _PROBLEMS_SHOWN))
    return Section(text(code, n=len(problems)), tone, (Block(lines=tuple(lines)),))


def header(report: Report, options: ReportOptions) -> tuple[str, ...]:
    """What stands above every report: when and by what it was judged, and what was read."""
    moments = "report.judged" if report.known_at == report.as_of else "report.judged.known"
    judged = text(
        "report.validated" if options.validation else moments,
        version=report.tool_version,
        as_of=day(report.as_of),
        zone=report.zone,
        known_at=day(report.known_at),
    )
    lines = [judged]
    lines.append(text("report.packs", packs=", ".join(f"{p.id} {p.version}" for p in report.packs)))
    lines.append(
        text(
            "report.inputs",
            inputs=", ".join(text("report.input", name=s.name, n=s.events) for s in report.sources),
        )
    )
    if report.redacted:
        lines.append(text("report.redacted"))
    lines += [text("register.head", name=s.name, head=s.head) for s in report.sources if s.head is not None]
    lines += wording.mappings(report)
    lines += wording.configuration(report)
    lines += baselines.head_line(report)
    lines += changed.head_line(options.upcoming.since if options.upcoming else None)
    lines += [text("report.coverage", coverage=line) for line in wording.coverage(report)]
    # Of records alone codes are selected, no duties.
    said = _typed if options.validation else _selected
    shown = [said(name, ", ".join(values)) for name, values in options.selection.items() if values]
    if shown:
        lines.append(text("report.selection", selection="; ".join(shown)))
    return tuple(lines)


def _typed(name: str, value: str) -> str:
    return f"--{name} {value}"


def _selected(name: str, value: str) -> str:
    code = f"selection.{name}"
    return text(code, value=value) if known(code) else f"{name} {value}"


def _failures(report: Report) -> list[Section]:
    sections = []
    if errors := [p for p in report.problems if p.severity == "error"]:
        sections.append(_problems(errors, "report.problems.error", "bad"))
    if report.rule_errors:
        lines = [
            text("report.rule_error", rule=e.rule, plugin=e.plugin, message=e.message)
            for e in report.rule_errors
        ]
        sections.append(
            Section(text("report.rule_errors", n=len(lines)), "bad", (Block(lines=tuple(lines)),))
        )
    return sections


def _warnings(report: Report) -> list[Section]:
    warnings = [p for p in report.problems if p.severity == "warning"]
    return [_problems(warnings, "report.problems.warning", "doubt")] if warnings else []


def _next(finding: Finding) -> tuple[str, ...]:
    return (
        finding.act_by or (finding.due or "9999")[:10],
        finding.due or "",
        finding.municipality,
        finding.rule,
        finding.id,
    )


def _by_cure(violations: list[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """What can still be cured apart from what is final; a rule in Python may leave it open."""
    for code, curable in (("section.curable", True), ("section.final", False), ("section.violations", None)):
        if found := [f for f in violations if f.curable is curable]:
            yield code, found


def _checked(report: Report, options: ReportOptions) -> list[Section]:
    names = options.names
    waived = [f for f in report.findings if f.waiver is not None]
    unchanged = [f for f in report.findings if baselines.known(report, f)]
    counted = [f for f in report.findings if f.waiver is None and not baselines.known(report, f)]
    violations = [f for f in counted if f.violation and f.owed == "law"]
    broken = [f for f in counted if f.violation and f.owed == "commitment"]
    of_others = [f for f in counted if f.violation and f.owed == "others"]
    undetermined = [f for f in counted if f.outcome == "undetermined"]
    pending = sorted((f for f in report.findings if f.outcome == "pending"), key=_next)
    sections = []
    for code, found in _by_cure(violations):
        title = text(code, n=report.number(found))
        sections.append(Section(title, "bad", by_duty(report, found, names)))
    if not violations and report.judged:
        code = "none.violations.waived" if waived else "none.violations"
        sections.append(Section(text("none.violations.new" if unchanged else code), "good"))
    if waived:
        title = text("section.waived", n=report.number(waived))
        sections.append(Section(title, "doubt", by_duty(report, waived, names)))
    if unchanged:
        title = text("section.unchanged", n=report.number(unchanged))
        sections.append(Section(title, "doubt", by_duty(report, unchanged, names)))
    if report.baseline is not None and report.baseline.resolved:
        sections.append(_resolved(report.baseline))
    if broken:
        title = text("section.commitments", n=report.number(broken))
        sections.append(Section(title, "doubt", by_duty(report, broken, names)))
    if of_others:
        title = text("section.of_others", n=report.number(of_others))
        sections.append(Section(title, "plain", by_duty(report, of_others, names)))
    if undetermined:
        title = text("section.undetermined", n=report.number(undetermined))
        sections.append(Section(title, "doubt", by_duty(report, undetermined, names)))
    if pending:
        title = text("section.pending", n=len(pending))
        sections.append(Section(title, "plain", by_date(pending, names, how=lambda f: _how(f, options))))
    if options.everything:
        for outcome in ("fulfilled", "not_applicable"):
            if found := [f for f in report.findings if f.outcome == outcome]:
                sections.append(
                    Section(
                        text(f"section.{outcome}", n=report.number(found)),
                        "good",
                        by_duty(report, found, names),
                    )
                )
    return sections


def _resolved(used: BaselineUse) -> Section:
    """What stands in the baseline and is no violation any more."""
    total = len(used.resolved)
    columns = (text("column.finding"), text("column.since"), text("column.now"))
    block = Block(
        lines=_left_out(total), columns=columns, rows=baselines.resolved_rows(used, _FINDINGS_SHOWN)
    )
    return Section(text("section.resolved", n=total), "good", (block,))


def _summary(report: Report) -> Section:
    lines = wording.summary(report) if report.judged else [text("none.found")]
    if any(f.outcome != "fulfilled" for f in report.findings):
        moments = f"--as-of {report.as_of}"
        if report.known_at != report.as_of:
            moments += f" --known-at {report.known_at}"
        lines.append(text("summary.explain", options=moments))
    return Section(text("section.summary"), "plain", (Block(lines=tuple(lines)),))


def _coming(options: ReportOptions) -> list[Section]:
    assert options.upcoming is not None
    coming, names = options.upcoming, options.names
    owed = [f for f in coming.findings if still_owed(f)]
    ahead = [f for f in coming.findings if not still_owed(f)]
    dated = [f for f in ahead if f.due or f.outcome == "pending"]
    undated = [f for f in ahead if not (f.due or f.outcome == "pending")]

    def left(finding: Finding) -> Cell:
        return (*time_left(finding, coming.left), *changed.mark(coming.since, finding))

    def how(finding: Finding) -> Cell:
        return _how(finding, options)

    sections = []
    if owed:
        title = text("section.overdue", n=len(owed))
        sections.append(Section(title, "bad", by_date(owed, names, left, how)))
    if dated:
        title = text("section.upcoming", until=day(coming.until), n=len(dated))
        sections.append(Section(title, "plain", by_date(dated, names, left, how)))
    else:
        sections.append(Section(text("none.upcoming", until=day(coming.until)), "good"))
    if undated:
        title = text("section.undated", n=len(undated))
        sections.append(Section(title, "doubt", by_date(undated, names, left, how)))
    if coming.since is not None and coming.since.over:
        sections.append(_over(coming.since, names))
    return sections


def _how(finding: Finding, options: ReportOptions) -> Cell:
    """Where the act has to appear, and in which languages."""
    return tuple(acts.lines(options.acts(finding), finding.rule, options.names))


def _over(since: Since, names: Names) -> Section:
    """What came next in the earlier report and does no more."""
    total = len(since.over)
    columns = (text("column.finding"), text("column.before"), text("column.now"), text("column.what"))
    rows = tuple(
        (
            _identity(move.finding),
            (changed.was(move),),
            (changed.became(move),),
            (_duty(move.finding, names), *changed.story(move, names)),
        )
        for move in since.over[:_FINDINGS_SHOWN]
    )
    title = text("section.over", day=day(since.as_of[:10]), n=total)
    return Section(title, "plain", (Block(lines=_left_out(total), columns=columns, rows=rows),))


def _validated(report: Report) -> list[Section]:
    """Problems by weight and kind, and how many there are."""
    weights: tuple[tuple[str, Tone], ...] = (("error", "bad"), ("warning", "doubt"), ("note", "plain"))
    sections, numbers = [], []
    for weight, tone in weights:
        found = [p for p in report.problems if p.severity == weight]
        title = text(f"validation.{weight}", n=len(found))
        numbers.append(title)
        by_code: dict[str, list[Problem]] = {}
        for problem in found:
            by_code.setdefault(problem.code, []).append(problem)
        blocks = []
        for code, alike in sorted(by_code.items()):
            lines = [f"{p.place}: {p.message}" for p in alike[:_PROBLEMS_SHOWN]]
            if len(alike) > _PROBLEMS_SHOWN:
                lines.append(text("report.more", n=len(alike) - _PROBLEMS_SHOWN))
            blocks.append(Block(f"{code} ({len(alike)})", tuple(lines)))
        if found:
            sections.append(Section(title, tone, tuple(blocks)))
    if not report.problems:
        sections.append(Section(text("validation.fine"), "good"))
    counted = text("validation.summary", n=report.events, problems=", ".join(numbers))
    return [*sections, Section(text("section.summary"), "plain", (Block(lines=(counted,)),))]


def outline(report: Report, options: ReportOptions) -> Outline:
    """The report as people read it: what failed, violations, undetermined, pending; counts last."""
    if options.validation:
        failed = _failures(replace(report, problems=()))
        title = text("report.title.validation")
        return Outline(title, header(report, options), (*failed, *_validated(report)))
    if options.upcoming is not None:
        body, title = [*_coming(options), *_warnings(report)], text("report.title.upcoming")
    else:
        body, title = [*_checked(report, options), *_warnings(report), _summary(report)], text("report.title")
    return Outline(title, header(report, options), (*_failures(report), *body))
