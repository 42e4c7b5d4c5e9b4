"""From an answer to a written report: the views that were asked for, the format, the place."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from ..documents import NAMES as DOCUMENTS
from ..documents import NO_TEXT
from ..errors import TransparencyCheckError, UsageError
from ..harmless import plain
from ..messages import text
from ..reports.choosing import DEFAULT_FORMAT
from ..terminal import say, tell
from ..viewing import day as day
from ..viewing import days as days
from ..viewing import narrowed_to
from .destinations import Destination, destinations
from .outlet import STANDARD, colour_wanted, columns, deliver

if TYPE_CHECKING:
    from ..checking import Answer
    from ..documents.document import Fact
    from ..hookspecs import Reporter
    from ..model import Report
    from ..plugins import Registry
    from ..reports.options import ReportOptions
    from ..reports.outline import Outline

# The formats of pages that are no reports of findings, by the ending of the output.
PAGE_SUFFIXES = {
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    **{f".{name}": name for name in DOCUMENTS},
}


def shortened(
    formats: tuple[str, ...], output: str | None, statistics: bool, quiet: bool
) -> tuple[str, ...]:
    """The formats with the one that ``--statistics`` or ``--quiet`` stands for. Formats with a file of their
    own may stand beside ``--statistics``. Raises ``UsageError`` where another one does.
    """
    import click

    from ..terminal import QUIET

    click.get_current_context().meta[QUIET] = quiet
    other = [name for name in formats if "=" not in name]
    if statistics and other:
        raise UsageError(text("error.statistics", name=other[0]))
    if statistics:
        return (*formats, "statistics")
    return ("concise",) if quiet and not formats and output is None else formats


def view(
    answer: Answer,
    municipalities: Sequence[str],
    cases: Sequence[str],
    first: dt.date | None,
    last: dt.date | None,
) -> Report:
    """The report with only what was asked for; a case that no finding has is named on stderr."""

    def tell_of(message: str) -> None:
        tell(message, aside=True)

    return narrowed_to(answer, municipalities, cases, first, last, tell_of)


def chosen(
    formats: Sequence[str], output: str | None, registry: Registry, more: Sequence[Reporter] = ()
) -> tuple[Destination, ...]:
    """The formats of a run and where they go; those of plugins last, so that what one does to the report is
    in no other. ``more`` are formats of this run alone. Raises ``UsageError``, also for what is no text and
    would go to a terminal.
    """
    found = destinations(formats, output, [*more, *registry.reporters])
    for reporter, place in found:
        if getattr(reporter, "binary", False):
            _refuse_terminal(reporter.name, place)
    return tuple(
        sorted(found, key=lambda one: one.reporter not in more and not registry.is_built_in(one.reporter))
    )


def write(report: Report, places: Sequence[Destination], options: ReportOptions) -> None:
    """Write the report wherever it was asked for. What fails keeps no other from being written, and is told;
    raises the error that says most.
    """
    failed = []
    for reporter, output in places:
        drawn = replace(options, **drawing(output))
        try:
            deliver(partial(_written, reporter, report, drawn), output)
        except TransparencyCheckError as error:
            failed.append(error)
    if failed:
        worst = min(failed, key=lambda error: error.exit_code)
        for other in failed:
            if other is not worst:
                say(plain(str(other)))
        raise worst


def _written(reporter: Reporter, report: Report, options: ReportOptions, stream: TextIO) -> None:
    reporter.write(report, stream, options.mapping())


def write_page(
    page: Callable[[], Outline],
    data: Callable[[], object],
    format_name: str | None,
    output: str | None,
    facts: Sequence[Fact] = (),
) -> None:
    """Write what is no report of findings where it was asked for: as the format says, else as the name of the
    output, else as a table. ``facts`` are what a document says that it rests on.
    """
    chosen = chosen_page(format_name, output)
    if chosen in NO_TEXT:
        _refuse_terminal(chosen, output)
    if chosen in DOCUMENTS:
        from ..documents.document import Document
        from ..documents.formats import rendered

        document = rendered(chosen, Document(page(), tuple(facts)))
        deliver(lambda stream: stream.buffer.write(document), output)
        return
    shown = _page_text(chosen, page, data, output)
    deliver(lambda stream: stream.write(shown), output)


def chosen_page(format_name: str | None, output: str | None) -> str:
    """The format asked for, else that of the name of the output, else the table."""
    endings = (name for ending, name in PAGE_SUFFIXES.items() if (output or "").lower().endswith(ending))
    return format_name or next(endings, DEFAULT_FORMAT)


def _page_text(
    chosen: str, page: Callable[[], Outline], data: Callable[[], object], output: str | None
) -> str:
    from ..json_text import dumped
    from ..reports.markdown import markdown_page
    from ..reports.options import ReportOptions
    from ..reports.table import draw

    if chosen == "json":
        return dumped(data()) + "\n"
    if chosen == "markdown":
        return markdown_page(page())
    return "\n\n".join(draw(page(), ReportOptions(**drawing(output)))) + "\n"


def _refuse_terminal(name: str, output: str | None) -> None:
    if output in (None, STANDARD) and _on_terminal():
        raise UsageError(text("error.document.terminal", form=name))


def _on_terminal() -> bool:
    return sys.stdout.isatty()


def drawing(output: str | None) -> dict[str, Any]:
    """How text may be drawn at the place of output."""
    return {"colour": colour_wanted(output), "width": columns(output)}
