"""What comes next as a calendar that offices subscribe to (iCalendar, RFC 5545).

Nothing is kept between two runs: an entry is told from others by the id of its finding, and its revision is
how often the log has spoken of it, which only grows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TextIO
from zoneinfo import ZoneInfo

from ..errors import UsageError
from ..harmless import plain
from ..messages import phrase, text
from ..model import Finding, Report, Revision
from ..report import day_in
from . import acts, wording
from .options import ReportOptions

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

_INSTALL = "pip install 'transparency-check[calendar]'"
# At nine o'clock, a week and a day before the day itself; before an hour, a day and two hours.
_BEFORE_A_DAY = (dt.timedelta(days=-6, hours=-15), dt.timedelta(hours=-15))
_BEFORE_AN_HOUR = (dt.timedelta(days=-1), dt.timedelta(hours=-2))
_ONE_DAY = dt.timedelta(days=1)
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?[+-][0-9]{2}:[0-9]{2}")
# Of a finding that no log stands behind.
_UNKNOWN = Revision(0, "1970-01-01T00:00:00+00:00")


class CalendarReporter:
    """An entry for each obligation that is or may be open and has a date: of ``upcoming`` those that it
    shows, of ``check`` all.

    Where those that are over were asked for, they are entries that are cancelled, so that calendars which
    know them take them out.
    """

    name = "ics"
    suffixes: tuple[str, ...] = (".ics",)

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the calendar. Raises ``UsageError`` where icalendar is not installed."""
        made = _calendar(report, ReportOptions.of(options))
        stream.write(made.to_ical(sorted=True).decode("utf-8", "replace"))


def _calendar(report: Report, options: ReportOptions) -> Calendar:
    try:
        from icalendar import Calendar, Timezone
    except ImportError:
        raise UsageError(
            phrase("To write a calendar, {module} has to be installed.", module="icalendar"),
            phrase("Install it with {command}.", command=_INSTALL),
        ) from None
    made = Calendar()
    made.add("prodid", f"-//transparency-check//{plain(report.tool_version)}//{options.language.upper()[:2]}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    shown = list(_findings(report, options))
    names = sorted({_town(finding, options) for finding, _ in shown})
    title = text("feed.name", names=", ".join(names[:3])) if names else text("feed.name.plain")
    made.add("name", plain(title))
    made.add("x-wr-calname", plain(title))
    made.add("x-wr-timezone", plain(report.zone))
    made.add("refresh-interval", _ONE_DAY, parameters={"value": "DURATION"})
    made.add("x-published-ttl", "P1D")
    revisions = options.revisions([finding for finding, _ in shown]) if options.revisions else {}
    entries = [
        event
        for finding, over in shown
        if (event := _entry(finding, report, options, over, revisions.get(finding.id, _UNKNOWN)))
    ]
    times = [start for event in entries if isinstance(start := event.start, dt.datetime)]
    if times:
        made.add_component(
            Timezone.from_tzid(
                report.zone, first_date=min(times).date(), last_date=max(times).date() + _ONE_DAY
            )
        )
    for event in entries:
        made.add_component(event)
    return made


def _findings(report: Report, options: ReportOptions) -> Iterator[tuple[Finding, bool]]:
    """The findings of the calendar, and whether each is over."""
    coming = options.upcoming
    if coming is None:
        today = day_in(report.as_of) or dt.date.min
        for finding in report.findings:
            doubtful = finding.outcome == "undetermined" and "pending" in finding.possible
            if finding.outcome == "pending" or (doubtful and not _passed(finding, today)):
                yield finding, False
        return
    for finding in coming.findings:
        yield finding, False
    for finding in coming.ended:
        yield finding, True


def _passed(finding: Finding, today: dt.date) -> bool:
    """Whether all its dates lie in the past, or it has none."""
    return max(_days(finding), default=dt.date.min) < today


def _entry(
    finding: Finding, report: Report, options: ReportOptions, over: bool, revision: Revision
) -> Event | None:
    """The entry of a finding; None where it has no date."""
    from icalendar import Event

    start = _start(finding, report)
    if start is None:
        return None
    made = Event()
    made.add("uid", plain(f"{finding.id}@transparency-check"))
    made.add("dtstamp", dt.datetime.fromisoformat(revision.at))
    made.add("last-modified", dt.datetime.fromisoformat(revision.at))
    # Its day may pass without any record, which cancels it, and the next record may bring it back.
    made.add("sequence", 2 * revision.number + over)
    made.add("dtstart", start)
    if not isinstance(start, dt.datetime):
        made.add("dtend", start + _ONE_DAY)
    made.add("transp", "TRANSPARENT")
    made.add(
        "status", "CANCELLED" if over else "TENTATIVE" if finding.outcome == "undetermined" else "CONFIRMED"
    )
    made.add("summary", plain(_summary(finding, options)))
    made.add("description", "\n".join(map(plain, _description(finding, options))))
    made.add(
        "categories", [plain(c) for c in (_town(finding, options), *finding.rule.rsplit("-", 2)[-2:-1])]
    )
    if finding.url and finding.url.startswith(("http://", "https://")):
        made.add("url", plain(finding.url))
    if not over:
        for before in _BEFORE_AN_HOUR if isinstance(start, dt.datetime) else _BEFORE_A_DAY:
            made.add_component(_alarm(before, plain(_summary(finding, options))))
    return made


def _alarm(before: dt.timedelta, said: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", said)
    return alarm


def _start(finding: Finding, report: Report) -> dt.date | None:
    """The last working day to act, or the instant of a duty in hours."""
    if finding.due is not None and _INSTANT.fullmatch(finding.due):
        return dt.datetime.fromisoformat(finding.due).astimezone(ZoneInfo(report.zone))
    return next(iter(_days(finding)), None)


def _days(finding: Finding) -> list[dt.date]:
    """The days that it may be due, the last working day to act first."""
    days = (finding.act_by, finding.due, *(finding.due_range or ()), *(r.due for r in finding.readings))
    return [day for value in days if (day := day_in(value)) is not None]


def _town(finding: Finding, options: ReportOptions) -> str:
    return options.names.municipalities.get(finding.municipality, finding.municipality)


def _summary(finding: Finding, options: ReportOptions) -> str:
    title = options.names.rule(finding.rule) or finding.rule
    about = finding.case or finding.period
    said = f"{title}: {about}" if about else title
    return f"{said} ({text('feed.doubt')})" if finding.outcome == "undetermined" else said


def _description(finding: Finding, options: ReportOptions) -> list[str]:
    """What is to be done by when, for whom it is said, by which law, and how to ask why."""
    due = [text("due_on", due=wording.due_text(finding.due))] if finding.due else []
    how = acts.lines(options.acts(finding), finding.rule, options.names)
    told = [*due, *wording.task(finding, options.names, how)]
    return [*told, f"{finding.rule} #{finding.id}"]

