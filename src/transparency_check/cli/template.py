"""``template``: an empty register as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from ..messages import text
from ..spreadsheets import LANGUAGES
from . import options


@click.command(
    "template",
    short_help=text("short.template"),
    help=text("help.template"),
    epilog=text("help.exit.template"),
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help=text("help.template.lang"))
@click.option("--municipality", metavar="NAME", help=text("help.template.municipality"))
@options.configured
@click.option(
    "--output", "-o", required=True, type=click.Path(), metavar="FILE", help=text("help.template.output")
)
def template(lang: str, municipality: str | None, output: str, **law: Any) -> None:
    from ..checking import municipality_id
    from ..spreadsheets.language import Language
    from ..spreadsheets.template import workbook
    from .law import office_rules
    from .outlet import deliver

    if not output.lower().endswith(".xlsx"):
        raise UsageError(text("error.template.ending", path=output))
    if Path(output).exists():
        raise UsageError(text("error.template.exists", path=output))
    book, _ = office_rules(**law)
    place = None if municipality is None else municipality_id(municipality, book)
    made = workbook(book, Language(lang), place)
    deliver(lambda stream: stream.buffer.write(made), output)
