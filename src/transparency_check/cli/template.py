"""``template``: an empty register as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from ..messages import text
from . import options
from .worded import command, option


@command("template", short_help="short.template", help="help.template", epilog="help.exit.template")
@option("--municipality", metavar="metavar.name", help="help.template.municipality")
@options.configured
@option(
    "--output", "-o", required=True, type=click.Path(), metavar="metavar.file", help="help.template.output"
)
def template(municipality: str | None, output: str, **law: Any) -> None:
    from ..packs.municipalities import municipality_id
    from ..spreadsheets.template import workbook
    from .law import office_rules
    from .outlet import deliver

    if not output.lower().endswith(".xlsx"):
        raise UsageError(text("error.template.ending", path=output))
    if Path(output).exists():
        raise UsageError(text("error.template.exists", path=output))
    book, _ = office_rules(**law)
    place = None if municipality is None else municipality_id(municipality, book)
    made = workbook(book, place)
    deliver(lambda stream: stream.buffer.write(made), output)
