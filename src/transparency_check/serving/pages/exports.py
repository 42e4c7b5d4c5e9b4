"""What can be taken away: the report in every format, narrowed as pages are, and the calendar feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import UsageError
from ...messages import text
from ...pages.blocks import Downloads, Drawable, Line, Notice, Prose
from ...pages.page import Section
from ...report import narrowed
from ...reports.options import ReportOptions
from ...reports.written import written as made_by
from ..days import TimeGiven, day_given
from ..drawing import ServedPage
from ..frame import EXPORTS, Served
from ..parts import Copied, Field, FieldGroup, Form, Option
from .asked import Asked, NotThere
from .notices import notices

if TYPE_CHECKING:
    from ...hookspecs import Reporter
    from ...model import Report

_NAMES = ("municipality", "case", "from", "to")
# Formats that say what a log of a build is told; they are for pipelines.
_NOT_FOR_PEOPLE = frozenset({"github", "azure", "gitlab", "concise", "statistics"})
TYPES = {
    ".html": "text/html; charset=utf-8", ".pdf": "application/pdf", ".csv": "text/csv; charset=utf-8",
    ".json": "application/json", ".jsonl": "application/x-ndjson", ".ics": "text/calendar; charset=utf-8",
    ".md": "text/markdown; charset=utf-8", ".txt": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xml": "application/xml",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A file to take away."""

    name: str
    type: str
    data: bytes


def exports_page(frame: Served, asked: Asked, feed: str) -> ServedPage:
    """All formats. ``feed`` is the whole address of the calendar feed; empty where there is none."""
    kept: dict[str, str | None] = {name: asked.one(name) for name in _NAMES}
    files = []
    for reporter in _reporters(frame):
        ending = reporter.suffixes[0]
        href = frame.href(f"{EXPORTS}/report{ending}", **kept)
        code = f"serve.export.{reporter.name}"
        files.append((Line(f"report{ending}", href), _said(code, reporter.name)))
    several = len(frame.record.towns) > 1
    narrow: list[Drawable] = [_filter(frame, asked, several), Downloads(tuple(files))]
    sections = [Section("files", text("serve.exports.files"), tuple(narrow))]
    if feed:
        blocks: tuple[Drawable, ...] = (
            Prose.of([text("serve.feed.explained")]),
            Copied(text("serve.feed"), feed),
            Notice((Line(text("serve.feed.secret")),)),
        )
        sections.append(Section("feed", text("serve.feed"), blocks))
    else:
        sections.append(Section("feed", text("serve.feed"), (Prose.of([text("serve.feed.none")]),)))
    return ServedPage(
        title=text("serve.nav.exports"),
        surroundings=frame.surroundings(EXPORTS),
        kicker=text("site.as_of", as_of=frame.as_of),
        lead=(Line(text("serve.exports.lead")),),
        opening=notices(frame),
        sections=tuple(sections),
    )


def _said(code: str, name: str) -> str:
    from ...messages import known

    return text(code) if known(code) else text("serve.export.other", name=name)


def _reporters(frame: Served) -> list[Reporter]:
    return [r for r in frame.registry().reporters if r.suffixes and r.name not in _NOT_FOR_PEOPLE]


def _filter(frame: Served, asked: Asked, several: bool) -> Form:
    fields = []
    if several:
        towns = sorted((frame.town(t), t) for t in frame.record.towns)
        given = asked.one("municipality")
        options = (Option("", text("serve.filter.all")), *(Option(t, n, t == given) for n, t in towns))
        fields.append(
            Field("municipality", text("serve.filter.municipality"), "choice", options=options, narrow=True)
        )
    fields.append(Field("case", text("serve.filter.case"), value=asked.one("case"), narrow=True))
    for name in ("from", "to"):
        label = text(f"serve.filter.{name}")
        fields.append(Field(name, label, value=asked.one(name), input_mode="decimal", narrow=True))
    return Form(
        frame.href(EXPORTS),
        (FieldGroup("", tuple(fields)),),
        text("serve.exports.narrow"),
        compact=True,
        label=text("serve.filter.label"),
    )


def export(frame: Served, asked: Asked, ending: str) -> Made:
    """The report in the format of an ending. Raises ``NotThere`` for one that there is not, ``UsageError``
    for one that is not installed.
    """
    found = next((r for r in _reporters(frame) if ending in r.suffixes), None)
    if found is None:
        raise NotThere(text("serve.no.format", name=ending))
    data = written(frame, found, _narrowed(frame, asked))
    return Made(f"report{ending}", TYPES.get(ending, "application/octet-stream"), data)


def _narrowed(frame: Served, asked: Asked) -> Report:
    try:
        first, last = (day_given(asked.one(name)) for name in ("from", "to"))
    except TimeGiven as error:
        raise UsageError(str(error)) from None
    towns, case = asked.every("municipality"), asked.one("case")
    return narrowed(frame.record.report, towns, [case] if case else [], first, last)


def written(frame: Served, reporter: Reporter, report: Report, upcoming: bool = False) -> bytes:
    """What a reporter makes of a report."""
    options = ReportOptions(
        names=frame.names,
        revisions=frame.whole.revisions,
        upcoming=frame.record.coming if upcoming else None,
    )
    return made_by(reporter, report, options)


def feed(frame: Served) -> Made:
    """What is open, as calendars subscribe to it."""
    from ...reports.calendar_feed import CalendarReporter

    data = written(frame, CalendarReporter(), frame.record.report)
    return Made("calendar.ics", TYPES[".ics"], data)
