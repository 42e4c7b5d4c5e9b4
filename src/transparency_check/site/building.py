"""All files of a site, from an answer to the folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from ..as_of import Ahead
from ..calendars import working_days_between
from ..json_text import dumped
from ..messages.language import speaking
from ..pages.drawing import drawn, stylesheet
from ..pages.page import InLanguage, Page, Surroundings
from ..redaction import redacted
from ..report import upcoming
from ..reports.calendar_feed import CalendarReporter
from ..reports.csv import CsvReporter
from ..reports.json import JsonReporter
from ..reports.json_lines import JsonLinesReporter
from ..reports.options import Names, ReportOptions
from ..reports.scored import score_object, write_rows
from ..scoring.score import Per, scores
from ..selecting import areas
from .duty import duties_page, duty_page
from .feed import feed
from .folder import Folder, built
from .frame import (
    AREAS,
    CALENDAR,
    DATA,
    DUTIES,
    FEED,
    METHOD,
    OPEN_DATA,
    OVERVIEW,
    STYLESHEET,
    TOWNS,
    Frame,
    Settings,
    frame,
)
from .method import data_page, method_page
from .overview import area_page, areas_page, overview, town_page, towns_page
from .record import Record, events, gathered

if TYPE_CHECKING:
    from ..checking import Answer
    from ..hookspecs import Reporter

# A page as it is asked for: where it lies in the folder of its language, and what makes it.
_Made = tuple[str, Callable[[Frame], Page]]


class Built(NamedTuple):
    """How much was written."""

    pages: int
    files: int


def build(answer: Answer, settings: Settings, per: Per, within: str, output: Path) -> Built:
    """Build the site in ``output``, in the languages of ``settings``; its data are in the first of them.

    Raises ``UsageError`` where the folder is no place for it, or a library is not installed.
    """
    record = recorded(answer, per, within)
    rulebook = answer.rulebook
    number = 0
    with built(output) as folder:
        folder.put(STYLESHEET, stylesheet())
        for position, tag in enumerate(settings.languages):
            with speaking(tag):
                # What is left out is named in the language of the page, problems are told in it.
                own = replace(record, report=redacted(answer.report, rulebook))
                seen = frame(settings, own, rulebook)
                if position == 0:
                    _data(folder, seen, answer, per)
                    folder.put(OVERVIEW, _choice(seen))
                for path, make in pages(seen):
                    folder.put(f"{tag}/{path}", drawn(make(seen.at(path))))
                    number += 1
                folder.put(f"{tag}/{FEED}", feed(seen).encode("utf-8", "backslashreplace"))
                _report(folder, f"{tag}/{CALENDAR}", CalendarReporter(), seen, answer)
    return Built(number + 1, len(folder.files))


def recorded(answer: Answer, per: Per, within: str) -> Record:
    """What pages show of an answer."""
    report, rulebook = redacted(answer.report, answer.rulebook), answer.rulebook
    today = answer.as_of.day
    timeless = {d.id for d in rulebook.duties if d.shape == "standing"}
    areas_of = areas(rulebook)
    calendar = answer.calendar()
    coming = upcoming(
        report,
        today,
        Ahead.read(within).after(today),
        lambda a, b: working_days_between(a, b, calendar),
        {d.id for d in rulebook.duties if d.shape in ("content", "standing")},
        overdue=True,
    )
    scopes = gathered(report.findings, areas_of, coming)
    # Of many the pages hold the latest; what the feed tells is among them.
    kept = {
        f.id: f
        for found in scopes.values()
        for newest in (found.curable, found.final, found.late)
        for f in newest
    }
    return Record(
        report=report,
        today=today,
        per=per,
        scores=scores(report.findings, areas_of, per, timeless=timeless),
        areas=areas_of,
        scopes=scopes,
        coming=coming,
        events=events(kept.values(), answer.judgement.revisions(kept.values())),
    )


def pages(seen: Frame) -> Iterator[_Made]:
    """Every page of a language."""
    record = seen.record
    yield OVERVIEW, overview
    if len(record.towns) != 1:
        yield TOWNS, towns_page
    for town in record.towns:
        yield seen.town_page(town), partial(town_page, town=town)
    yield AREAS, areas_page
    for area in record.known_areas:
        yield seen.area_page(area), partial(area_page, area=area)
    yield DUTIES, duties_page
    for rule in record.rules:
        yield seen.duty_page(rule), partial(duty_page, rule=rule)
    yield METHOD, method_page
    yield OPEN_DATA, data_page


def _options(seen: Frame, answer: Answer) -> ReportOptions:
    return ReportOptions(
        names=Names.of(seen.rulebook),
        selection=seen.settings.selection,
        revisions=answer.judgement.revisions,
        acts=answer.discharges(),
    )


def _report(folder: Folder, path: str, reporter: Reporter, seen: Frame, answer: Answer) -> None:
    """A file that one of the formats of reports writes."""
    given = _options(seen, answer).mapping()
    _written(folder, path, lambda stream: reporter.write(seen.record.report, stream, given))


def _written(folder: Folder, path: str, write: Callable[[TextIO], object]) -> None:
    with (
        folder.open(path).open("wb") as raw,
        io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="") as stream,
    ):
        write(stream)


def _data(folder: Folder, seen: Frame, answer: Answer, per: Per) -> None:
    """The data to take away: all that pages are made of."""
    _report(folder, f"{DATA}/findings.csv", CsvReporter(), seen, answer)
    _report(folder, f"{DATA}/findings.jsonl", JsonLinesReporter(), seen, answer)
    _report(folder, f"{DATA}/report.json", JsonReporter(), seen, answer)
    found, options = seen.record.scores, _options(seen, answer)
    _written(folder, f"{DATA}/score.csv", lambda stream: write_rows(found, stream))
    data = dumped(score_object(seen.record.report, options, found, per)) + "\n"
    _written(folder, f"{DATA}/score.json", lambda stream: stream.write(data))


def _choice(seen: Frame) -> bytes:
    """The first page of all: the languages, each in its own words."""
    choices = []
    for tag in seen.settings.languages:
        with speaking(tag):
            own = frame(seen.settings, seen.record, seen.rulebook)
            choices.append((InLanguage(tag, f"{tag}/{OVERVIEW}"), own.name))
    page = Page(
        title=seen.name,
        surroundings=Surroundings(
            name=seen.name,
            home=OVERVIEW,
            stylesheet=STYLESHEET,
            footer=seen.surroundings(OVERVIEW).footer,
        ),
    )
    return drawn(page, "choice.html.jinja", choices=choices)
