"""From an answer to a written report: the views that were asked for, the format, the place."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..documents import NAMES as DOCUMENTS
from ..documents import NO_TEXT
from ..errors import UsageError
from ..harmless import plain
from ..messages import text
from .application import tell
from .outlet import STANDARD, colour_wanted, columns, deliver

if TYPE_CHECKING:
    from ..checking import Answer
    from ..documents.document import Fact
    from ..hookspecs import Reporter
    from ..model import Report
    from ..reports.options import ReportOptions
    from ..reports.outline import Outline

DEFAULT_FORMAT = "table"
# The formats of pages that are no reports of findings, by the ending of the output.
PAGE_SUFFIXES = {
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    **{f".{name}": name for name in DOCUMENTS},
}


def chosen_reporter(name: str | None, output: str | None, reporters: Sequence[Reporter]) -> Reporter:
    """The reporter asked for by name, else by the suffix of the output, else the table. Raises
    ``UsageError`` for an unknown name.
    """
    from ..checking import nearest

    by_name = {r.name: r for r in reporters}
    if name is not None:
        if name not in by_name:
            message = text("error.format", name=name, names=", ".join(sorted(by_name)))
            raise UsageError(nearest(message, name, by_name))
        return by_name[name]
    if output is not None:
        for reporter in reporters:
            if output.lower().endswith(tuple(reporter.suffixes)):
                return reporter
    return by_name[DEFAULT_FORMAT]


def shortened(name: str | None, output: str | None, statistics: bool, quiet: bool) -> str | None:
    """The format that ``--statistics`` and ``--quiet`` stand for where none was asked for. Raises
    ``UsageError`` where both a format and ``--statistics`` were.
    """
    import click

    from .application import QUIET

    click.get_current_context().meta[QUIET] = quiet
    if statistics and name is not None:
        raise UsageError(text("error.statistics", name=name))
    if statistics:
        return "statistics"
    return "concise" if quiet and name is None and output is None else name


def day(option: str, value: str | None) -> dt.date | None:
    """A day given on the command line. Raises ``UsageError``."""
    if value is None:
        return None
    try:
        if len(value) == 10:
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise UsageError(text("error.day", option=option, name=value))


def days(first: str | None, last: str | None) -> tuple[dt.date | None, dt.date | None]:
    """``--from`` and ``--to``. Raises ``UsageError`` where they are no days or in the wrong order."""
    begin, end = day("--from", first), day("--to", last)
    if begin is not None and end is not None and begin > end:
        raise UsageError(text("error.days.order", first=first, last=last))
    return begin, end


def view(
    answer: Answer,
    municipalities: Sequence[str],
    cases: Sequence[str],
    first: dt.date | None,
    last: dt.date | None,
) -> Report:
    """The report with only what was asked for; a case that no finding has is named on stderr with the
    nearest one.
    """
    from ..checking import municipality_id, nearest
    from ..report import narrowed

    ids = {municipality_id(name, answer.rulebook) for name in municipalities}
    known = {f.case for f in answer.report.findings if f.case is not None}
    for case in cases:
        if case not in known:
            tell(plain(nearest(text("error.case", name=case), case, known)), aside=True)
    return narrowed(answer.report, ids, set(cases), first, last)


def write(report: Report, reporter: Reporter, options: ReportOptions, output: str | None) -> None:
    """Write the report where it was asked for. Raises ``UsageError`` for a document on a terminal."""
    _refuse_terminal(reporter.name, output)
    deliver(lambda stream: reporter.write(report, stream, options.mapping()), output)


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
    from ..reports.json import dumped
    from ..reports.markdown import markdown_page
    from ..reports.options import ReportOptions
    from ..reports.table import draw

    if chosen == "json":
        return dumped(data()) + "\n"
    if chosen == "markdown":
        return markdown_page(page())
    return "\n\n".join(draw(page(), ReportOptions(**drawing(output)))) + "\n"


def _refuse_terminal(name: str, output: str | None) -> None:
    if name in NO_TEXT and output in (None, STANDARD) and _on_terminal():
        raise UsageError(text("error.document.terminal", form=name))


def _on_terminal() -> bool:
    return sys.stdout.isatty()


def drawing(output: str | None) -> dict[str, Any]:
    """How text may be drawn at the place of output."""
    return {"colour": colour_wanted(output), "width": columns(output)}
