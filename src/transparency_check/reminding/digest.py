"""What a reminder says, in the language that is spoken: what is overdue, what is due when, what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..harmless import plain
from ..messages import text
from ..messages.figures import day as shown_day
from ..messages.language import current
from ..model import Finding, Report
from ..report import Upcoming, dates, day_in, still_owed
from ..reports import acts, changed, wording
from ..reports.options import Names, ReportOptions
from ..reports.outline import Tone, time_left

# Of one group; a mail that holds hundreds is not read.
_MOST = 50
_SUNDAY = 6
_WEEK = dt.timedelta(days=7)
# The longest subject, and how many municipalities it names.
_LONGEST_SUBJECT, _MOST_NAMES = 150, 3


@dataclass(frozen=True, slots=True)
class Item:
    """One obligation: when, what changed of it, the duty, which case, and what there is to say."""

    when: str
    marks: tuple[str, ...]
    title: str
    about: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Obligations that belong together; ``more`` says how many are left out, where any are."""

    title: str
    tone: Tone
    items: tuple[Item, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole reminder. ``wanted`` says whether it holds anything that somebody has to be told of: what may
    be open without any date is not that.
    """

    subject: str
    title: str
    lines: tuple[str, ...]
    groups: tuple[Group, ...]
    end: tuple[str, ...]
    wanted: bool
    language: str


def digest(report: Report, options: ReportOptions, today: dt.date) -> Digest:
    """The reminder of what comes next. Only the day of as-of is in it: what is said twice on one day is the
    same.
    """
    coming = options.upcoming
    assert coming is not None
    found = dict(_grouped(coming, today))
    dated = {name: of for name, of in found.items() if of and name != "undated"}
    counts = [text(f"remind.count.{name}", n=len(of)) for name, of in dated.items()]
    over = coming.since.over if coming.since is not None else ()
    if over:
        counts.append(text("remind.count.over", n=len(over)))
    groups = [
        _group(
            text(f"remind.group.{name}", n=len(of), until=shown_day(coming.until)),
            _TONES.get(name, "plain"),
            of,
            options,
        )
        for name, of in found.items()
        if of
    ]
    if over:
        groups.append(_over(coming, options.names))
    wanted = bool(dated or over) or bool(coming.since and coming.since.moves)
    said = ", ".join(counts) if counts else text("remind.count.none")
    return Digest(
        subject=_subject(coming, options.names, said),
        title=text("remind.title", day=shown_day(today)),
        lines=tuple(map(plain, _lines(report, coming, said))),
        groups=tuple(groups),
        end=tuple(map(plain, _end(report))),
        wanted=wanted,
        language=current(),
    )


_TONES: dict[str, Tone] = {"overdue": "bad", "today": "bad", "undated": "doubt"}


def _grouped(coming: Upcoming, today: dt.date) -> Iterator[tuple[str, list[Finding]]]:
    """The groups in their order, each with its findings in theirs."""
    sunday = today + dt.timedelta(days=_SUNDAY - today.weekday())
    found: dict[str, list[Finding]] = {
        name: [] for name in ("overdue", "today", "this_week", "next_week", "later", "undated")
    }
    for finding in coming.findings:
        day = _day(finding)
        if still_owed(finding):
            name = "overdue"
        elif day is None:
            name = "undated"
        elif day <= today:
            name = "today"
        else:
            name = "this_week" if day <= sunday else "next_week" if day <= sunday + _WEEK else "later"
        found[name].append(finding)
    yield from found.items()


def _day(finding: Finding) -> dt.date | None:
    """The last working day to act, else the earliest day that it may be due on."""
    return day_in(finding.act_by) or min(dates(finding), default=None)


def _group(title: str, tone: Tone, findings: list[Finding], options: ReportOptions) -> Group:
    items = tuple(_item(finding, options) for finding in findings[:_MOST])
    return Group(plain(title), tone, items, _more(len(findings)))


def _more(total: int) -> str:
    return text("remind.more", n=total - _MOST) if total > _MOST else ""


def _item(finding: Finding, options: ReportOptions) -> Item:
    coming, names = options.upcoming, options.names
    assert coming is not None
    how = acts.lines(options.acts(finding), finding.rule, names)
    return Item(
        when=plain(_when(finding, coming, names)),
        marks=tuple(map(plain, changed.mark(coming.since, finding))),
        title=plain(_title(finding, names)),
        about=plain(_about(finding, names)),
        lines=tuple(map(plain, wording.task(finding, names, how))),
    )


def _when(finding: Finding, coming: Upcoming, names: Names) -> str:
    act_by = finding.act_by
    parts = [shown_day(act_by)] if act_by else []
    if finding.due and finding.due != act_by:
        kept_open = names.shapes.get(finding.rule) == "duration"
        parts.append(text("open_until" if kept_open else "due_on", due=wording.due_text(finding.due)))
    if not parts:
        parts.append(text("clock_stopped" if finding.outcome == "pending" else "none.date"))
    if finding.provisional:
        parts.append(text("provisional"))
    return ", ".join([*parts, *time_left(finding, coming.left)])


def _title(finding: Finding, names: Names) -> str:
    title = names.rule(finding.rule) or finding.rule
    marks = wording.marks(finding)
    return f"{title} ({', '.join(marks)})" if marks else title


def _about(finding: Finding, names: Names) -> str:
    town = names.municipalities.get(finding.municipality, finding.municipality)
    parts = (town, finding.case, finding.period, finding.rule, f"#{finding.id}")
    return ", ".join(part for part in parts if part)


def _over(coming: Upcoming, names: Names) -> Group:
    assert coming.since is not None
    over = coming.since.over
    items = tuple(
        Item(
            when=plain(changed.became(move)),
            marks=(plain(changed.was(move)),),
            title=plain(_title(move.finding, names)),
            about=plain(_about(move.finding, names)),
            lines=tuple(map(plain, changed.story(move, names))),
        )
        for move in over[:_MOST]
    )
    title = text("section.over", day=shown_day(coming.since.as_of[:10]), n=len(over))
    return Group(plain(title), "good", items, _more(len(over)))


def _subject(coming: Upcoming, names: Names, said: str) -> str:
    towns = _towns(coming, names)
    if towns:
        shown = plain(text("remind.subject", names=", ".join(towns[:_MOST_NAMES]), counts=said))
    else:
        shown = plain(text("remind.subject.plain", counts=said))
    return shown if len(shown) <= _LONGEST_SUBJECT else f"{shown[: _LONGEST_SUBJECT - 3]}..."


def _towns(coming: Upcoming, names: Names) -> list[str]:
    over = (move.finding for move in (coming.since.over if coming.since is not None else ()))
    ids: Iterable[str] = {f.municipality for f in (*coming.findings, *over)}
    return sorted(names.municipalities.get(id_, id_) for id_ in ids)


def _lines(report: Report, coming: Upcoming, said: str) -> Iterator[str]:
    yield said[:1].upper() + said[1:] + "."
    yield from changed.head_line(coming.since)
    if errors := sum(problem.severity == "error" for problem in report.problems):
        yield text("remind.errors", n=errors)
    if report.rule_errors:
        yield text("report.rule_errors", n=len(report.rule_errors))


def _end(report: Report) -> Iterator[str]:
    inputs = ", ".join(source.name for source in report.sources)
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in report.packs)
    yield text("remind.end", version=report.tool_version, inputs=inputs)
    yield text("report.packs", packs=packs)
    yield text("remind.end.why")
