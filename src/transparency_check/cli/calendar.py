"""``calendar``: the working days and days off of a year."""

from __future__ import annotations

from typing import Any

import click

from ..errors import UsageError
from ..messages import text
from ..messages.figures import day
from . import options
from .law import office_rules
from .worded import argument, command, option


@command("calendar", help="help.calendar", epilog="help.exit.calendar")
@argument("year", type=click.IntRange(1, 9999), metavar="metavar.year")
@options.configured
@option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="help.format.short",
)
@options.output
def calendar(year: int, format_name: str, output: str | None, **law: Any) -> None:
    from ..calendars import Calendar
    from ..calendars.year import month_counts, year_days
    from ..json_text import dumped
    from ..reports.year import year_csv, year_object, year_text
    from .outlet import columns, deliver, refuse_input

    refuse_input(output, (), law["packs"], law["config"], law["no_config"])
    book, _ = office_rules(**law)
    span = book.calendar_range
    if not span.from_.year <= year <= span.to.year:
        raise UsageError(text("error.calendar.year", year=year, first=day(span.from_), last=day(span.to)))
    official = Calendar(book.calendar, span.from_, span.to)
    days, months = year_days(year, official), month_counts(year, official)
    if format_name == "json":
        shown = dumped(year_object(year, months, days)) + "\n"
    elif format_name == "csv":
        shown = year_csv(days)
    else:
        shown = year_text(year, months, days, columns(output))
    deliver(lambda stream: stream.write(shown), output)
